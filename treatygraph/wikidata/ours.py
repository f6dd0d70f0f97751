"""What our record says of an instrument, in the shape in which Wikidata says it: a property, a value, its dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from treatygraph.answers.wikidata_links import item_of, links_of
from treatygraph.build.codec import decode
from treatygraph.build.shelf import Shelf, fetch
from treatygraph.model.dates import Span
from treatygraph.model.errors import BadDate
from treatygraph.model.records import Act, Instrument, Relation
from treatygraph.model.terms import slug
from treatygraph.model.vocabulary import CONSENTS

__all__ = ["AFTER", "BEFORE", "Held", "acts", "dates", "depositaries", "places", "succession"]

BEFORE: Final = {"supersedes": "P1365", "follows": "P155"}
"""The property that says of an instrument what it came after, by our relation."""
AFTER: Final = {"supersedes": "P1366", "follows": "P156"}
"""The property that says of an instrument what came after it, by our relation on the later one."""


@dataclass(frozen=True)
class Held:
    """One thing that our record says."""

    pid: str
    """The id of the property."""
    what: str
    """``signature``, ``ratification``, ``accession``, ``entry into force`` and so on."""
    key: str
    """The code of the state, the id of the instrument, or the name of the place or body; empty for a date."""
    label: str
    item: str
    """The id of the value at Wikidata; empty for a date and where none is linked."""
    dated: tuple[tuple[Span, tuple[str, ...]], ...]
    """Each date with the sources that give it, earliest first: several depositaries, several days."""
    sources: tuple[str, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        """The dates alone."""
        return tuple(span for span, _ in self.dated)


def acts(shelf: Shelf, instrument: str) -> list[Held]:
    """Signatures (P1891) and consents to be bound (P6193), one for each state.

    Wikidata has one property for ratification, acceptance, approval and accession; ``what`` says which it was.
    """
    signed: dict[str, list[Act]] = {}
    bound: dict[str, list[Act]] = {}
    for value in shelf.get("ledger", instrument) or ():
        act = decode(Act, value)
        if act.kind == "signature":
            signed.setdefault(act.state, []).append(act)
        elif act.kind in CONSENTS:
            bound.setdefault(act.state, []).append(act)
    return [
        _of_acts(shelf, pid, state, group)
        for pid, found in (("P1891", signed), ("P6193", bound))
        for state, group in sorted(found.items())
    ]


def _of_acts(shelf: Shelf, pid: str, state: str, group: list[Act]) -> Held:
    dated = sorted((act.date, act.cite.sources) for act in group)
    name = (shelf.get("life", state) or [state])[0]
    what = ", ".join(dict.fromkeys(act.kind.replace("-", " ") for act in group))
    sources = tuple(dict.fromkeys(source for act in group for source in act.cite.sources))
    return Held(pid, what, state, name, item_of(shelf, "state", state), tuple(dated), sources)


def dates(shelf: Shelf, card: Instrument) -> list[Held]:
    """Signature (P585), entry into force (P580) and end (P582), as the record has or derives them."""
    brief = shelf.get("brief", card.id) or {}
    found = (
        ("P585", "signature", card.signed, "signed"),
        ("P580", "entry into force", _span(brief.get("entry", "")), "entry_into_force"),
        ("P582", "end", _span(brief.get("end", "")), "ended"),
    )
    return [_date(card, pid, what, span, field) for pid, what, span, field in found if span]


def _span(text: str) -> Span | None:
    try:
        return Span.parse(text) if text else None
    except BadDate:
        return None


def _date(card: Instrument, pid: str, what: str, span: Span, field: str) -> Held:
    stated = getattr(card, field)
    sources = card.cites[field].sources if stated and stated.text == span.text and field in card.cites else ()
    return Held(pid, what, "", "", "", ((span, sources),), sources)


def depositaries(shelf: Shelf, card: Instrument) -> list[Held]:
    """Who keeps the original (P2058)."""
    return [_depositary(shelf, card, name) for name in card.depositaries]


def _depositary(shelf: Shelf, card: Instrument, name: str) -> Held:
    kinds = (("state", name), ("group", slug(name)), ("body", slug(name)))
    item = next((found for kind, key in kinds if (found := item_of(shelf, kind, key))), "") or _named(shelf, name)
    label = (shelf.get("life", name) or [name])[0]
    return Held("P2058", "depositary", name, label, item, (), card.cites["depositaries"].sources)


def places(shelf: Shelf, card: Instrument) -> list[Held]:
    """Where it was signed (P276)."""
    names = [name.strip() for name in card.signed_place.split(";") if name.strip()]
    sources = card.cites["signed"].sources if "signed" in card.cites else ()
    return [Held("P276", "place", name, name, _named(shelf, name), (), sources) for name in names]


def _named(shelf: Shelf, name: str) -> str:
    """The item of a name that has no record of its own; empty when none, or several, are linked."""
    found = {link.item for link in links_of(shelf, "", "") if link.label == name and not link.rejected}
    return found.pop() if len(found) == 1 else ""


def succession(shelf: Shelf, card: Instrument) -> list[Held]:
    """What it came after (P1365, P155), and what came after it (P1366, P156)."""
    before = [_related(shelf, relation, BEFORE) for relation in card.relations if relation.relation in BEFORE]
    after = [_related(shelf, relation, AFTER) for relation in _later(shelf, card.id) if relation.relation in AFTER]
    return [*before, *after]


def _related(shelf: Shelf, relation: Relation, terms: dict[str, str]) -> Held:
    other = relation.instrument
    title = (shelf.get("brief", other) or {}).get("title", other)
    what = (
        relation.relation
        if terms is BEFORE
        else {"supersedes": "superseded by", "follows": "followed by"}[relation.relation]
    )
    return Held(terms[relation.relation], what, other, title, item_of(shelf, "instrument", other), (),
                relation.cite.sources)  # fmt: skip


def _later(shelf: Shelf, instrument: str) -> Iterator[Relation]:
    """The relations of other cards to this one, each with the later instrument in the place of this."""
    if "later" not in shelf.memo:
        shelf.memo["later"] = dict(_turned(shelf))
    yield from shelf.memo["later"].get(instrument, ())


def _turned(shelf: Shelf) -> Iterable[tuple[str, list[Relation]]]:
    found: dict[str, list[Relation]] = {}
    for name, _ in shelf.all("instrument"):
        card = fetch(shelf, Instrument, "instrument", name)
        for relation in card.relations if card else ():
            found.setdefault(relation.instrument, []).append(Relation(relation.relation, name, relation.cite))
    return found.items()
