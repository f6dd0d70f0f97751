"""The shape of the answer to what remains between two powers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from treatygraph.answers.citable import Citable
from treatygraph.answers.citation.works import Subject, command, path
from treatygraph.answers.edition import Edition
from treatygraph.model.vocabulary import DEPOSITARY

__all__ = ["Between", "Ended", "NotKnown", "Question", "Remaining", "Signed"]


@dataclass(frozen=True)
class Question:
    """What was asked."""

    states: tuple[str, str]
    on: date
    known: date | None = None
    reading: str = DEPOSITARY
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
        """The question as JSON gives it back."""
        return {
            "states": list(self.states),
            "on": self.on.isoformat(),
            "known": self.known.isoformat() if self.known else None,
            "reading": self.reading,
            "topic": self.topic,
            "scope": self.scope,
            "binding": self.binding,
        }


class Remaining(NamedTuple):
    """An instrument that holds both powers on the day."""

    id: str
    title: str
    kind: str
    scope: str
    """``bilateral`` where it holds the two and nobody else on the day."""
    topics: tuple[str, ...]
    binding: bool | None
    since: str
    until: str
    standing: dict[str, str]
    flags: tuple[str, ...]
    sources: tuple[str, ...]
    details: tuple[dict[str, Any], ...] = ()
    unverified: bool = False
    parts: tuple[Remaining, ...] = ()
    parents: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    """Of groups: the members that it holds towards the other power; empty where both powers are states."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of one instrument."""
        return {
            "id": self.id,
            "title": self.title,
            "kind": self.kind,
            "scope": self.scope,
            "topics": list(self.topics),
            "binding": self.binding,
            "since": self.since,
            "until": self.until or None,
            "standing": dict(self.standing),
            "with": list(self.members),
            "flags": list(self.flags),
            "details": [dict(item) for item in self.details],
            "unverified": self.unverified,
            "sources": list(self.sources),
            "parts": [part.to_dict() for part in self.parts],
        }


class Ended(NamedTuple):
    """An instrument that held both powers before the day, and no longer does."""

    id: str
    title: str
    until: str
    because: str
    sources: tuple[str, ...]
    binding: bool | None
    topics: tuple[str, ...]
    unverified: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of one ended instrument."""
        return {
            "id": self.id,
            "title": self.title,
            "until": self.until,
            "because": self.because,
            "binding": self.binding,
            "topics": list(self.topics),
            "unverified": self.unverified,
            "sources": list(self.sources),
        }


class NotKnown(NamedTuple):
    """An instrument that stands on the day and of which the record cannot say whether it binds both powers."""

    id: str
    title: str
    kind: str
    scope: str
    topics: tuple[str, ...]
    binding: bool | None
    about: tuple[str, ...]
    """Whose standing is not known."""
    why: str
    """What the record lacks."""
    parents: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of one instrument that is not known to bind both."""
        return {
            "id": self.id,
            "title": self.title,
            "kind": self.kind,
            "scope": self.scope,
            "binding": self.binding,
            "topics": list(self.topics),
            "about": list(self.about),
            "why": self.why,
        }


class Signed(NamedTuple):
    """An instrument to which both powers have put their names on the day, and that does not bind both."""

    id: str
    title: str
    kind: str
    scope: str
    topics: tuple[str, ...]
    standing: dict[str, str]
    flags: tuple[str, ...]
    sources: tuple[str, ...]
    unverified: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of one instrument that was signed alone."""
        return {
            "id": self.id,
            "title": self.title,
            "kind": self.kind,
            "scope": self.scope,
            "topics": list(self.topics),
            "standing": dict(self.standing),
            "flags": list(self.flags),
            "unverified": self.unverified,
            "sources": list(self.sources),
        }


@dataclass(frozen=True)
class Between(Citable):
    """The answer: a sentence, what remains, what was only signed, what ended, what to know about it."""

    answer: str
    question: Question
    instruments: tuple[Remaining, ...]
    signed: tuple[Signed, ...]
    ended: tuple[Ended, ...]
    pledges: tuple[dict[str, Any], ...]
    notes: tuple[str, ...]
    not_known: tuple[NotKnown, ...]
    edition: Edition
    title: str = ""
    """What it is about, as a citation says it."""

    @property
    def subject(self) -> Subject:
        """What a citation says of it."""
        first, second = self.question.states
        options = self.question.options
        page = "api/between" if options["known"] or options["scope"] or options["binding"] else "between"
        address = path(page, a=first, b=second, **options)
        return Subject("answer", self.title, address, command("between", first, second, **options))

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape that others build on."""
        return {
            "answer": self.answer,
            "question": self.question.to_dict(),
            "instruments": [item.to_dict() for item in self.instruments],
            "not_known": [item.to_dict() for item in self.not_known],
            "signed": [item.to_dict() for item in self.signed],
            "ended": [item.to_dict() for item in self.ended],
            "pledges": [dict(item) for item in self.pledges],
            "notes": list(self.notes),
            "edition": self.edition.to_dict(),
        }

    def to_frame(self) -> Any:
        """One row per instrument and part, as a pandas DataFrame (needs pandas)."""
        import pandas

        rows = [item.to_dict() for top in self.instruments for item in (top, *top.parts)]
        return pandas.DataFrame(rows).drop(columns=["parts", "details"], errors="ignore")
