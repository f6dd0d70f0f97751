"""What a change consists of, as values."""

from __future__ import annotations

from typing import NamedTuple

from treatygraph.answers.citation.works import key_of
from treatygraph.answers.feeds import FeedEntry
from treatygraph.model.dates import OPEN_TEXT, Span
from treatygraph.model.errors import BadDate

__all__ = ["ActChange", "AnswerChange", "InstrumentChange", "PairChange", "StandingChange"]


def _days(text: str) -> Span | None:
    try:
        return Span.parse(text) if text and text != OPEN_TEXT else None
    except BadDate:
        return None


class ActChange(NamedTuple):
    """An act that was made between the days, came to be known, or stands in one record only or otherwise."""

    change: str
    """``made``; of records ``added``, ``removed`` or ``changed``."""
    act: str
    instrument: str
    title: str
    state: str
    kind: str
    date: str
    topics: tuple[str, ...]
    text: str
    """The act in a few words; of one that changed, what changed."""
    sources: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """The JSON shape."""
        return {**self._asdict(), "topics": list(self.topics), "sources": list(self.sources)}


class StandingChange(NamedTuple):
    """A state stands otherwise under an instrument."""

    state: str
    instrument: str
    title: str
    before: str
    """The standing; ``none`` or ``not-known`` where it has none."""
    after: str
    flags_before: tuple[str, ...]
    flags_after: tuple[str, ...]
    date: str
    """The day on which the later standing began, or the earlier ended, as known (EDTF); empty where none is known."""
    because: str
    """Why the earlier one ended, in a few words; empty where the later one began by an act."""
    acts: tuple[dict[str, object], ...]
    topics: tuple[str, ...]
    sources: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """The JSON shape."""
        plain = {name: list(value) if isinstance(value, tuple) else value for name, value in self._asdict().items()}
        return {**plain, "date": self.date or None, "because": self.because or None}

    @property
    def entry(self) -> FeedEntry:
        """The entry of a feed."""
        days = _days(self.date)
        title = f"{self.title}: {self.state}, {self.before.replace('-', ' ')} to {self.after.replace('-', ' ')}"
        lines = [title, *([self.because] if self.because else []), *([f"Sources: {', '.join(self.sources)}"])]
        key = key_of("standing", self.instrument, self.state, self.after, self.date)
        first, last = (days.earliest, days.latest) if days else (None, None)
        return FeedEntry(key, title, "\n".join(lines), first, last, f"id/instrument/{self.instrument}")


class InstrumentChange(NamedTuple):
    """An instrument stands otherwise, or is on one record only."""

    change: str
    """``began``, ``ended``, ``changed``; of records ``added``, ``removed``."""
    instrument: str
    title: str
    before: str
    """Its status; empty where there was none."""
    after: str
    date: str
    because: str
    binding: bool | None
    topics: tuple[str, ...]
    sources: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """The JSON shape."""
        plain = {name: list(value) if isinstance(value, tuple) else value for name, value in self._asdict().items()}
        return {name: None if value == "" else value for name, value in plain.items()}

    @property
    def entry(self) -> FeedEntry:
        """The entry of a feed."""
        days = _days(self.date)
        title = f"{self.title} {self.change}{f': {self.after.replace(chr(45), chr(32))}' if self.after else ''}"
        text = f"{title}\nSources: {', '.join(self.sources)}"
        key = key_of("instrument", self.instrument, self.change, self.date)
        first, last = (days.earliest, days.latest) if days else (None, None)
        return FeedEntry(key, title, text, first, last, f"id/instrument/{self.instrument}")


class PairChange(NamedTuple):
    """Pairs that lost their last mutual instrument on a topic, or gained their first."""

    topic: str
    """A topic of the scheme; ``any`` for all together."""
    change: str
    """``lost`` or ``gained``."""
    pairs: tuple[tuple[str, str], ...]
    open: int
    """Pairs of which the record cannot say whether they are among them."""

    def to_dict(self) -> dict[str, object]:
        """The JSON shape."""
        pairs = [list(pair) for pair in self.pairs]
        return {"topic": self.topic, "change": self.change, "count": len(pairs), "open": self.open, "pairs": pairs}


class AnswerChange(NamedTuple):
    """An answer that is another now."""

    question: str
    """As a command line."""
    before: str
    after: str

    def to_dict(self) -> dict[str, object]:
        """The JSON shape."""
        return dict(self._asdict())
