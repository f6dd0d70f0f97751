"""Our record and Wikidata's statements side by side: what agrees, what differs, what only one of them has.

Statements are read with rank, qualifiers and references. A deprecated statement never counts as agreement; a preferred
one stands in place of normal ones; of several dates of one signature each is held against every day of ours. A date
known to the month agrees with any day in it. What nobody has linked cannot be compared, and a note says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from treatygraph.answers.wikidata_links import item_of
from treatygraph.build.index import Index
from treatygraph.law.succession import line
from treatygraph.model.dates import Span
from treatygraph.model.records import Instrument
from treatygraph.wikidata import ours
from treatygraph.wikidata.ours import OwnStatement
from treatygraph.wikidata.properties import PROPERTIES
from treatygraph.wikidata.statements import Statement, best

__all__ = ["LISTS", "ComparedLine", "WikidataComparison", "compare", "gap", "known_items"]

LISTS: Final = ("agrees", "differs", "only_here", "only_there")


@dataclass(frozen=True)
class ComparedLine:
    """One thing compared."""

    instrument: str
    item: str
    property: str
    what: str
    value: str
    """The state, place, body or instrument; empty for a date."""
    here: str
    there: str
    days: int | None
    """By how many days the dates differ; None where it is not dates that differ."""
    note: str
    sources: tuple[str, ...]
    statement: str = ""
    urls: tuple[str, ...] = ()
    held: OwnStatement | None = field(default=None, repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        return {
            "instrument": self.instrument, "item": self.item, "property": self.property,
            "property_label": PROPERTIES[self.property].label, "what": self.what, "value": self.value,
            "here": self.here or None, "there": self.there or None, "days": self.days, "note": self.note or None,
            "sources": list(self.sources), "statement": self.statement or None, "references": list(self.urls),
        }  # fmt: skip


@dataclass
class WikidataComparison:
    """The four lists, and notes on what could not be compared."""

    instruments: list[str] = field(default_factory=list)
    agrees: list[ComparedLine] = field(default_factory=list)
    differs: list[ComparedLine] = field(default_factory=list)
    only_here: list[ComparedLine] = field(default_factory=list)
    only_there: list[ComparedLine] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    asked: str = ""

    @property
    def answer(self) -> str:
        """One sentence: how many of each."""
        count, same = len(self.instruments), len(self.agrees)
        return (
            f"On {count} instrument{'s' * (count != 1)}, Wikidata and this record agree in {same} "
            f"statement{'s' * (same != 1)} and differ in {len(self.differs)}; "
            f"{len(self.only_here)} more stand only here and {len(self.only_there)} only there."
        )

    def add(self, other: WikidataComparison) -> None:
        """Take in the lists of another comparison."""
        self.instruments += other.instruments
        for name in (*LISTS, "notes"):
            getattr(self, name).extend(getattr(other, name))

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        lists = {name: [line.to_dict() for line in getattr(self, name)] for name in LISTS}
        return {"answer": self.answer, "instruments": self.instruments, "asked": self.asked, **lists,
                "notes": self.notes}  # fmt: skip


def gap(here: Span, there: Span) -> int:
    """Days between two dates; 0 when they may be the same day.

    >>> gap(Span.parse("1968-07-01"), Span.parse("1968-07"))
    0
    >>> gap(Span.parse("1968-07-01"), Span.parse("1968-07-04"))
    3
    """
    if here.latest < there.earliest:
        return (there.earliest - here.latest).days
    return max(0, (here.earliest - there.latest).days)


def known_items(index: Index, kind: str) -> dict[str, str]:
    """The record of each item that a link of this kind leads to."""
    return index.keep(
        ("items", kind), lambda: {item: name for name in index.ids(kind) if (item := item_of(index, kind, name))}
    )


def compare(
    index: Index, instrument: str, item: str, statements: Sequence[Statement], label: Callable[[str], str]
) -> WikidataComparison:
    """Hold one instrument against the statements of its item.

    Args:
        index: our record.
        instrument: its id.
        item: the id of its item.
        statements: what Wikidata says of it.
        label: the name of an item that is none of ours.
    """
    card = index.instrument(instrument)
    assert card  # the caller has looked the name up
    return _Desk(index, card, item, statements, label).compared()


class _Desk:
    """One instrument's two sides, and the lists that grow from them."""

    def __init__(
        self, index: Index, card: Instrument, item: str, statements: Sequence[Statement], label: Callable[[str], str]
    ) -> None:
        self._index, self._card, self._item, self._label = index, card, item, label
        self._all = statements
        self._found = WikidataComparison([card.id])

    def compared(self) -> WikidataComparison:
        index, card = self._index, self._card
        states = known_items(index, "state")
        held = ours.acts(index, card.id)
        self._values(("P1891",), [one for one in held if one.pid == "P1891"], states, self._heirs)
        self._values(("P6193",), [one for one in held if one.pid == "P6193"], states, self._heirs)
        self._exits(states)
        self._dates()
        self._values(("P2058",), ours.depositaries(index, card), states, None)
        self._values(("P276",), ours.places(index, card), {}, None)
        related = ours.succession(index, card)
        instruments = known_items(index, "instrument")
        for group in (("P1365", "P155"), ("P1366", "P156")):
            self._values(group, [one for one in related if one.pid in group], instruments, None)
        return self._found

    def _of(self, *properties: str) -> list[Statement]:
        return [statement for statement in self._all if statement.property in properties]

    # -------- Values: states, places, bodies, instruments

    def _values(
        self,
        properties: tuple[str, ...],
        held: Sequence[OwnStatement],
        known: Mapping[str, str],
        heirs: Callable[[OwnStatement], set[str]] | None,
    ) -> None:
        statements = self._of(*properties)
        counted = best(statements, each_value=True)
        self._note_unknown(properties[0], counted)
        used: set[str] = set()
        unlinked = sorted({one.label for one in held if not one.item})
        if unlinked:
            label = PROPERTIES[properties[0]].label
            self._note(f"no item is linked for {', '.join(unlinked)}, so '{label}' cannot be compared there")
        for one in held:
            same = [statement for statement in counted if one.item and statement.value == one.item]
            used |= {statement.id for statement in same}
            if same:
                self._same_value(one, same)
                continue
            family = heirs(one) if heirs else set()
            kin = [statement for statement in counted if statement.value in family]
            used |= {statement.id for statement in kin}
            if kin:
                self._differ(one, kin[0], None, f"Wikidata names {self._name(kin[0].value, known)}")
            elif one.item:
                gone = any(statement.value == one.item for statement in statements)
                self._only_here(one, "there only as deprecated" if gone else "")
        for statement in counted:
            if statement.value and statement.id not in used and not unlinked_match(statement, unlinked, self._label):
                self._only_there(statement, self._name(statement.value, known))

    def _same_value(self, one: OwnStatement, statements: Sequence[Statement]) -> None:
        """The value agrees; its dates may."""
        when = [(span, statement) for statement in statements for span in statement.when]
        if not one.dated or not when:
            self._agree(one, statements[0])
            if one.dated:
                unknown = any(statement.when_unknown for statement in statements)
                self._only_here(one, "the date is unknown there" if unknown else "no date there")
            return
        near = [(min(gap(mine, span) for mine in one.spans), span, statement) for span, statement in when]
        agreeing = [statement for days, _, statement in near if days == 0]
        if agreeing:
            self._agree(one, agreeing[0])
        for days, span, statement in near:
            if days:
                self._differ(one, statement, days, "", span)

    def _heirs(self, one: OwnStatement) -> set[str]:
        """The items of the states whose identity the state carries on, or that carry on its own."""
        lives = self._index.existences()
        items = known_items(self._index, "state")
        return {
            item for item, code in items.items()
            if code != one.key and (one.key in line(lives, code) or code in line(lives, one.key))
        }  # fmt: skip

    def _exits(self, states: Mapping[str, str]) -> None:
        """The ends of consents: there a statement of ratification has an end time (P582)."""
        held = {one.item: one for one in ours.exits(self._index, self._card.id) if one.item}
        seen: set[str] = set()
        for statement in best(self._of("P6193"), each_value=True):
            one = held.get(statement.value)
            for span in statement.ended:
                end = replace(statement, property="P582", date=span, when=())
                if one:
                    self._nearest(end, [one])
                    seen.add(statement.value)
                else:
                    self._only_there(end, self._name(statement.value, states))
        for item, one in held.items():
            if item not in seen:
                self._only_here(one, "no end time there")

    # -------- Dates

    def _dates(self) -> None:
        held = {one.pid: one for one in ours.dates(self._index, self._card)}
        self._date(held.get("P585"), ("P585",))
        self._date(held.get("P580"), ("P580",))
        self._date(held.get("P582"), ("P582", "P576"))
        inception = [statement for statement in best(self._of("P571"), each_value=False) if statement.date]
        beginnings = [one for one in (held.get("P585"), held.get("P580")) if one]
        for statement in inception:
            self._nearest(statement, beginnings)

    def _date(self, one: OwnStatement | None, properties: tuple[str, ...]) -> None:
        counted = best(self._of(*properties), each_value=False)
        self._note_unknown(properties[0], counted)
        dated = [statement for statement in counted if statement.date]
        for statement in dated:
            self._nearest(statement, [one] if one else [])
        if one and not dated:
            gone = any(statement.rank == "deprecated" for statement in self._of(*properties))
            self._only_here(one, "there only as deprecated" if gone else "")

    def _nearest(self, statement: Statement, held: Sequence[OwnStatement]) -> None:
        span = statement.date
        assert span  # the callers pass statements that have a date
        if not held:
            self._only_there(statement, "")
            return
        days, one = min(((gap(one.spans[0], span), one) for one in held), key=lambda pair: pair[0])
        if days:
            self._differ(one, statement, days, "", span)
        else:
            self._agree(one, statement)

    # -------- The lists

    def _name(self, item: str, known: Mapping[str, str]) -> str:
        code = known.get(item, "")
        life, summary = self._index.existence(code), self._index.summaries().get(code)
        return life.name if life else summary.title if summary else self._label(item)

    def _note(self, text: str) -> None:
        self._found.notes.append(f"{self._card.short}: {text}.")

    def _note_unknown(self, prop: str, statements: Iterable[Statement]) -> None:
        if any(statement.unknown for statement in statements):
            self._note(f"Wikidata has an unknown value for '{PROPERTIES[prop].label}', which says nothing to compare")

    def _line(
        self, one: OwnStatement, statement: Statement | None, there: str, days: int | None, note: str
    ) -> ComparedLine:
        here = "; ".join(dict.fromkeys(span.text for span in one.spans))
        prop = statement.property if statement else one.pid
        return ComparedLine(self._card.id, self._item, prop, one.what, one.label, here, there, days, note, one.sources,
                    statement.id if statement else "", statement.urls if statement else (), one)  # fmt: skip

    def _agree(self, one: OwnStatement, statement: Statement) -> None:
        self._found.agrees.append(self._line(one, statement, _there(statement), None, ""))

    def _differ(
        self, one: OwnStatement, statement: Statement, days: int | None, note: str, span: Span | None = None
    ) -> None:
        there = span.text if span else _there(statement)
        self._found.differs.append(self._line(one, statement, there, days, note))

    def _only_here(self, one: OwnStatement, note: str) -> None:
        self._found.only_here.append(self._line(one, None, "", None, note))

    def _only_there(self, statement: Statement, value: str) -> None:
        what = PROPERTIES[statement.property].label
        self._found.only_there.append(
            ComparedLine(
                self._card.id, self._item, statement.property, what, value, "", _there(statement), None, "", (),
                statement.id, statement.urls,
            )
        )  # fmt: skip


def unlinked_match(statement: Statement, unlinked: Sequence[str], label: Callable[[str], str]) -> bool:
    """Whether a statement's value has the name of one of ours that nobody has linked: it is not "only there"."""
    return bool(unlinked) and label(statement.value) in unlinked


def _there(statement: Statement) -> str:
    return statement.date.text if statement.date else "; ".join(span.text for span in statement.when)
