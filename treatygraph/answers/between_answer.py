"""The shape of the answer to what remains between two powers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypedDict

from treatygraph.answers.citable import Citable
from treatygraph.answers.citation.works import CitedSubject, command, path
from treatygraph.answers.edition import Edition
from treatygraph.answers.reasoning import FlagDetail
from treatygraph.model.json_form import HIDDEN, NULL_WHERE_EMPTY, key, plain
from treatygraph.model.vocabulary import DEPOSITARY

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["Between", "Ended", "NotKnown", "Pledge", "Question", "Remaining", "Signed"]


@dataclass(frozen=True)
class Question:
    """What was asked, with names resolved."""

    states: tuple[str, str]
    """Codes of the two states, or ids of groups."""
    on: date
    """The day asked about."""
    known: date | None = None
    """Only what was on record by this day."""
    reading: str = DEPOSITARY
    """Whose legal view."""
    topic: str | None = None
    scope: str = "any"
    binding: bool = False

    @property
    def options(self) -> dict[str, str]:
        """The day and what narrows the question, as the command line takes them; the usual is empty."""
        return {
            "on": self.on.isoformat(),
            "known": self.known.isoformat() if self.known else "",
            "reading": self.reading if self.reading != DEPOSITARY else "",
            "topic": self.topic or "",
            "scope": self.scope if self.scope != "any" else "",
            "binding": "true" if self.binding else "",
        }

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return plain(self)


class Remaining(NamedTuple):
    """An instrument that holds both powers on the day, with its protocols, amendments and extensions."""

    id: str
    title: str
    kind: str
    scope: str
    """``bilateral`` where it holds the two and nobody else on the day."""
    topics: tuple[str, ...]
    binding: bool | None
    """Whether it binds in law; null: that is disputed."""
    since: str
    """Since when it holds both, as known (EDTF)."""
    until: Annotated[str, NULL_WHERE_EMPTY]
    """Until when, as known (EDTF); null while no end is known."""
    standing: dict[str, str]
    """The standing of each state, by its code."""
    members: Annotated[tuple[str, ...], key("with")]
    """Of groups: the members that it holds towards the other power; empty where both powers are states."""
    open_members: Annotated[tuple[str, ...], key("with_not_known")]
    """Of groups: further members of whom the record cannot say whether it holds them."""
    flags: tuple[str, ...]
    details: tuple[FlagDetail, ...]
    unverified: bool
    """Whether nothing but general knowledge stands behind a standing."""
    sources: tuple[str, ...]
    parts: tuple[Remaining, ...] = ()
    parents: Annotated[tuple[str, ...], HIDDEN] = ()

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return plain(self)


class Ended(NamedTuple):
    """An instrument that held both powers before the day, and no longer does."""

    id: str
    title: str
    until: str
    """When it ended (EDTF)."""
    because: str
    """Why, in a few words: ``withdrawal of USA``, ``expired``."""
    binding: bool | None
    topics: tuple[str, ...]
    unverified: bool
    sources: tuple[str, ...]
    contested: tuple[str, ...] = ()
    """Whose view it is that it still holds both on the day: authorities, or ``clause`` for its text alone."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return plain(self)


class NotKnown(NamedTuple):
    """An instrument that stands on the day and of which the record cannot say whether it binds both powers."""

    id: str
    title: str
    kind: str
    scope: str
    binding: bool | None
    topics: tuple[str, ...]
    about: tuple[str, ...]
    """Codes of the states whose standing is not known."""
    why: str
    """What the record lacks."""
    parents: Annotated[tuple[str, ...], HIDDEN] = ()

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return plain(self)


class Signed(NamedTuple):
    """An instrument to which both powers have put their names on the day, and that does not bind both."""

    id: str
    title: str
    kind: str
    scope: str
    topics: tuple[str, ...]
    standing: dict[str, str]
    """The standing of each state, by its code."""
    flags: tuple[str, ...]
    unverified: bool
    sources: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return plain(self)


class Pledge(TypedDict):
    """A one-sided commitment of one of the powers; it binds nobody else."""

    id: str
    title: str
    by: str
    since: str
    until: str | None
    topics: list[str]
    flags: list[str]
    unverified: bool
    sources: list[str]


@dataclass(frozen=True)
class Between(Citable):
    """The answer: a sentence, what remains, what was only signed, what ended, what to know about it."""

    answer: str
    """One or two sentences that can be printed."""
    question: Question
    instruments: tuple[Remaining, ...]
    """What holds both, what binds first."""
    not_known: tuple[NotKnown, ...]
    """What stands on the day, and of which the record cannot say whether it holds both."""
    signed: tuple[Signed, ...]
    """What both have put their names to, and does not bind both."""
    ended: tuple[Ended, ...]
    """What held both before the day, and no longer does."""
    pledges: tuple[Pledge, ...]
    notes: tuple[str, ...]
    """What the reader must know: gaps, continuity, what is unverified."""
    edition: Edition
    title: Annotated[str, HIDDEN] = ""
    """What it is about, as a citation says it."""

    @property
    def subject(self) -> CitedSubject:
        """What a citation says of it."""
        first, second = self.question.states
        options = self.question.options
        page = "api/between" if options["known"] or options["scope"] or options["binding"] else "between"
        address = path(page, a=first, b=second, **options)
        return CitedSubject("answer", self.title, address, command("between", first, second, **options))

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return plain(self)

    def to_frame(self) -> DataFrame:
        """One row per instrument and part, as a pandas DataFrame (needs pandas)."""
        import pandas

        rows = [item.to_dict() for top in self.instruments for item in (top, *top.parts)]
        return pandas.DataFrame(rows).drop(columns=["parts", "details"], errors="ignore")
