"""What our record says of an instrument, in the shape in which Wikidata says it: a property, a value, its dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from treatygraph.answers.wikidata_links import item_of
from treatygraph.build.index import Index
from treatygraph.model.dates import OPEN, Span
from treatygraph.model.errors import BadDate
from treatygraph.model.records import Act, Instrument, Relation
from treatygraph.model.terms import slug
from treatygraph.model.vocabulary import CONSENTS, DEPOSITARY, EXITS

__all__ = ["AFTER", "BEFORE", "OwnStatement", "acts", "dates", "depositaries", "exits", "places", "succession"]

BEFORE: Final = {"supersedes": "P1365", "follows": "P155"}
"""The property that says of an instrument what it came after, by our relation."""
AFTER: Final = {"supersedes": "P1366", "follows": "P156"}
"""The property that says of an instrument what came after it, by our relation on the later one."""


@dataclass(frozen=True)
class OwnStatement:
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


def acts(index: Index, instrument: str) -> list[OwnStatement]:
    """Signatures (P1891) and consents to be bound (P6193), one for each state.

    Wikidata has one property for ratification, acceptance, approval and accession; ``what`` says which it was.
    """
    signed: dict[str, list[Act]] = {}
    bound: dict[str, list[Act]] = {}
    for act in index.ledger(instrument):
        if act.kind == "signature":
            signed.setdefault(act.state, []).append(act)
        elif act.kind in CONSENTS:
            bound.setdefault(act.state, []).append(act)
    return [
        _of_acts(index, pid, state, group)
        for pid, of_kind in (("P1891", signed), ("P6193", bound))
        for state, group in sorted(of_kind.items())
    ]


def _of_acts(index: Index, pid: str, state: str, group: list[Act]) -> OwnStatement:
    dated = sorted((act.date, act.cite.sources) for act in group)
    name = _called(index, state)
    what = ", ".join(dict.fromkeys(act.kind.replace("-", " ") for act in group))
    sources = tuple(dict.fromkeys(source for act in group for source in act.cite.sources))
    return OwnStatement(pid, what, state, name, item_of(index, "state", state), tuple(dated), sources)


def exits(index: Index, instrument: str) -> list[OwnStatement]:
    """When states ceased to be bound by an act of their own (P582, the end time of a statement P6193), one for each.

    A state whose last standing still binds, because it came back or took its notice back, has none; nor has one that
    was bound until the instrument itself ended.
    """
    acts: dict[str, list[Act]] = {}
    for act in index.ledger(instrument):
        if act.kind in EXITS or act.kind == "withdrawal-of-consent":
            acts.setdefault(act.state, []).append(act)
    end = _span(index.summary(instrument).end)
    left = (_exit(index, instrument, state, group) for state, group in sorted(acts.items()))
    return [one for one in left if one and (end is None or one.spans[0].earliest < end.earliest)]


def _exit(index: Index, instrument: str, state: str, group: list[Act]) -> OwnStatement | None:
    last = max(group, key=lambda act: act.date)
    sources = tuple(dict.fromkeys(source for act in group for source in act.cite.sources))
    standings = [row for row in index.standings_of(instrument, DEPOSITARY, state) if row.binds]
    if any(row.end == OPEN for row in standings[-1:]) or (last.kind in EXITS and not standings):
        return None
    when = last.date
    if standings and standings[-1].end >= last.date.earliest:
        when = Span.parse(standings[-1].until) if standings[-1].until else Span.of(standings[-1].end)
    what = last.kind.replace("-", " ")
    return OwnStatement("P582", what, state, _called(index, state), item_of(index, "state", state),
                        ((when, sources),), sources)  # fmt: skip


def _called(index: Index, code: str) -> str:
    """The name of a state; what is no state is called as it is written."""
    life = index.existence(code)
    return life.name if life else code


def dates(index: Index, card: Instrument) -> list[OwnStatement]:
    """Signature (P585), entry into force (P580) and end (P582), as the record has or derives them."""
    summary = index.summary(card.id)
    days = (
        ("P585", "signature", card.signed, "signed"),
        ("P580", "entry into force", _span(summary.entry), "entry_into_force"),
        ("P582", "end", _span(summary.end), "ended"),
    )
    return [_date(card, pid, what, span, field) for pid, what, span, field in days if span]


def _span(text: str) -> Span | None:
    try:
        return Span.parse(text) if text else None
    except BadDate:
        return None


def _date(card: Instrument, pid: str, what: str, span: Span, field: str) -> OwnStatement:
    stated = getattr(card, field)
    sources = card.cites[field].sources if stated and stated.text == span.text and field in card.cites else ()
    return OwnStatement(pid, what, "", "", "", ((span, sources),), sources)


def depositaries(index: Index, card: Instrument) -> list[OwnStatement]:
    """Who keeps the original (P2058)."""
    return [_depositary(index, card, name) for name in card.depositaries]


def _depositary(index: Index, card: Instrument, name: str) -> OwnStatement:
    kinds = (("state", name), ("group", slug(name)), ("body", slug(name)))
    item = next((known for kind, key in kinds if (known := item_of(index, kind, key))), "") or _named(index, name)
    label = _called(index, name)
    return OwnStatement("P2058", "depositary", name, label, item, (), card.cites["depositaries"].sources)


def places(index: Index, card: Instrument) -> list[OwnStatement]:
    """Where it was signed (P276)."""
    names = [name.strip() for name in card.signed_place.split(";") if name.strip()]
    sources = card.cites["signed"].sources if "signed" in card.cites else ()
    return [OwnStatement("P276", "place", name, name, _named(index, name), (), sources) for name in names]


def _named(index: Index, name: str) -> str:
    """The item of a name that has no record of its own; empty when none, or several, are linked."""
    items = {link.item for link in index.links("", "") if link.label == name and not link.rejected}
    return items.pop() if len(items) == 1 else ""


def succession(index: Index, card: Instrument) -> list[OwnStatement]:
    """What it came after (P1365, P155), and what came after it (P1366, P156)."""
    before = [_related(index, relation, BEFORE) for relation in card.relations if relation.relation in BEFORE]
    after = [_related(index, relation, AFTER) for relation in _later(index, card.id) if relation.relation in AFTER]
    return [*before, *after]


def _related(index: Index, relation: Relation, terms: dict[str, str]) -> OwnStatement:
    other = relation.instrument
    summary = index.summaries().get(other)
    title = summary.title if summary else other
    what = (
        relation.relation
        if terms is BEFORE
        else {"supersedes": "superseded by", "follows": "followed by"}[relation.relation]
    )
    return OwnStatement(terms[relation.relation], what, other, title, item_of(index, "instrument", other), (),
                relation.cite.sources)  # fmt: skip


def _later(index: Index, instrument: str) -> Iterator[Relation]:
    """The relations of other cards to this one, each with the later instrument in the place of this."""
    yield from index.keep(("later relations",), lambda: _turned(index)).get(instrument, ())


def _turned(index: Index) -> dict[str, list[Relation]]:
    relations: dict[str, list[Relation]] = {}
    for name, card in index.instruments().items():
        for relation in card.relations:
            relations.setdefault(relation.instrument, []).append(Relation(relation.relation, name, relation.cite))
    return relations
