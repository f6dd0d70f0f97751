"""The names in a drafted claim, resolved to the ids of records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from treatygraph.answers.claims.draft import Draft
from treatygraph.answers.readings import reading
from treatygraph.bonds.powers import find
from treatygraph.build.index import Index
from treatygraph.facts.claim_terms import TERMS
from treatygraph.model import names
from treatygraph.model.errors import UsageError

__all__ = ["Resolved", "Resolver"]

_FORMS: Final = ("treaty", "convention", "agreement", "accord", "pact", "protocol")
"""What people add to a name, or leave out: "the NPT treaty", "Open Skies"."""
_KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "instrument": ("instrument",),
    "power": ("state", "group"),
    "group": ("state", "group"),
    "official": ("official",),
}


@dataclass(frozen=True)
class Resolved:
    """A claim whose names are ids, and the terms whose names nobody has, as typed."""

    draft: Draft
    unknown: Mapping[str, tuple[str, ...]]


class Resolver:
    """Finds what the names of claims mean; what was looked up once is kept."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._seen: dict[tuple[str, str], str] = {}
        self._surnames: dict[str, list[str]] | None = None

    def __call__(self, draft: Draft) -> Resolved:
        """The claim with ids for names; what nobody has stays as typed."""
        terms: dict[str, str | tuple[str, ...]] = {}
        unknown: dict[str, tuple[str, ...]] = {}
        for name, value in draft.terms.items():
            look_up = self._looking_up(draft.check, name)
            if look_up is None:
                terms[name] = value
                continue
            resolved = {text: look_up(text) for text in draft.many(name)}
            missing = tuple(text for text, record in resolved.items() if not record)
            unknown |= {name: missing} if missing else {}
            ids = tuple(dict.fromkeys(record or text for text, record in resolved.items()))
            terms[name] = ids if not isinstance(value, str) else ids[0]
        return Resolved(draft.having(**terms), unknown)

    def _looking_up(self, check: str, term: str) -> Callable[[str], str] | None:
        """What looks up the names under a term; None where it takes no name."""
        kind = TERMS[term].kind
        if term == "against":
            kind = "" if check == "vote-was" else "power"
        if term == "addressee":
            kind = "official" if check == "event-on" else "body"
        if kind in ("event", "body", "authority"):
            return {"event": self._event, "body": self._body, "authority": self._authority}[kind]
        if kind in _KINDS:
            return lambda text: self._named(kind, text)
        return None

    def _event(self, text: str) -> str:
        return text if self._index.event(text) is not None else ""

    def _body(self, text: str) -> str:
        """A state among the addressees of a clause; other words stay as they are."""
        return self._named("power", text) or text

    def _authority(self, text: str) -> str:
        try:
            return reading(self._index, text)
        except UsageError:
            return self._named("power", text) or names.key(text).replace(" ", "-")

    def _named(self, kind: str, text: str) -> str:
        asked = (kind, text)
        if asked not in self._seen:
            self._seen[asked] = self._found(kind, text)
        return self._seen[asked]

    def _found(self, kind: str, text: str) -> str:
        kinds = _KINDS[kind]
        for name in _forms(kind, text):
            entries = self._index.named(names.key(name))
            records = list(dict.fromkeys(record for of_kind, record, _ in entries if of_kind in kinds))
            exact = [record for record in records if record.casefold() == text.strip().casefold()]
            if len(exact or records) == 1:
                return str((exact or records)[0])
        if kind == "official":
            return self._surname(text)
        try:
            return find(self._index, text, kinds)[1]
        except UsageError:  # nobody has the name, or several do
            return ""

    def _surname(self, text: str) -> str:
        """The one official who bears the last of the words as a surname, if there is one alone."""
        if self._surnames is None:
            self._surnames = {}
            for official in self._index.officials():
                self._surnames.setdefault(official.partition("-")[0], []).append(official)
        words = names.key(text).split()
        bearers = self._surnames.get(words[-1], []) if words else []
        first = {official: official.partition("-")[2][:1] for official in bearers}
        # "Sergei Lavrov" is Sergey Lavrov: spellings of a given name differ, its first letter seldom does
        mine = [
            official for official in bearers if len(words) == 1 or first[official] in {word[0] for word in words[:-1]}
        ]
        return mine[0] if len(mine) == 1 else ""


def _forms(kind: str, text: str) -> list[str]:
    """A name as typed, and with what people add to it or leave out."""
    plain = names.key(text)
    if kind != "instrument":
        return [text]
    *head, last = plain.split() or [""]
    shorter = [" ".join(head)] if head and last in _FORMS else []
    return [text, *shorter, *(f"{plain} {form}" for form in _FORMS[:3])]
