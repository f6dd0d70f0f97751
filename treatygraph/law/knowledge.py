"""What a ledger knows, worked out from its card, its acts and the totals of depositaries (rules K1 to K4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from treatygraph.law.succession import heirs_of
from treatygraph.law.totals import parties
from treatygraph.model.cites import Cite
from treatygraph.model.coverage import Gap
from treatygraph.model.dates import BEGINNING, OPEN, Span, long_form
from treatygraph.model.knowledge import Hole, Knowledge, StatedAbsence
from treatygraph.model.records import Act, Instrument, Roster, State
from treatygraph.model.standings import Derivation
from treatygraph.model.vocabulary import CONSENTS, EVERY_STATE, STATED_ABSENCE

__all__ = ["holes_of", "knowledge_of"]


def knowledge_of(
    card: Instrument,
    acts: Sequence[Act],
    derived: Derivation,
    states: Mapping[str, State],
    totals: Sequence[Roster] = (),
    known: date | None = None,
) -> Knowledge:
    """What the ledger of one instrument knows of the states that it does not name.

    Args:
        card: the instrument.
        acts: its ledger.
        derived: what the default reading yields for it.
        states: all states by code.
        totals: the totals that depositaries publish of its parties.
        known: the day by which things are known; an instrument that was made later was open to nobody then.
    """
    entry, end = derived.life.entry, derived.life.end
    equal = [roster.as_of for roster in totals if roster.parties and parties(derived, roster.as_of) == {roster.parties}]
    whole, rule = _whole(card, acts, equal)
    opened = _opened(card, acts, entry)
    return Knowledge(
        instrument=card.id,
        treaty=card.is_treaty,
        opened=OPEN if known and opened > known else opened,
        entry=entry.earliest if entry else OPEN,
        ended=end.latest if end else OPEN,
        closed_to=card.participants or card.coverage.open_to,
        whole=whole.latest if whole else BEGINNING,
        whole_text=long_form(whole.latest) if whole else "",
        whole_rule=rule,
        sources=_cite(card).sources,
        holes=tuple(holes_of(card, states)),
        lists=tuple((day.earliest, day.latest) for day in equal),
        absences=tuple(_absences(acts)),
    )


def holes_of(card: Instrument, states: Mapping[str, State]) -> Iterator[Hole]:
    """The gaps of a ledger, in days; a state that is named stands for all whose standings can rest on its acts."""
    return (_hole(card, gap, states) for gap in card.coverage.gaps)


def _hole(card: Instrument, gap: Gap, states: Mapping[str, State]) -> Hole:
    start = gap.start.earliest if gap.start else BEGINNING
    end = gap.end.latest if gap.end else OPEN
    named = gap.states
    if EVERY_STATE.isdisjoint(named):
        named = tuple(sorted(heirs_of(states, *named)))
    text = f"the record's list of {_whom(card)} is incomplete ({gap.note or gap.words})"
    return Hole(named, gap.acts, start, end, text, _cite(card).sources)


def _whom(card: Instrument) -> str:
    return "parties" if card.is_treaty else "participants"


def _cite(card: Instrument) -> Cite:
    return card.cites.get("coverage", Cite((), ""))


def _whole(card: Instrument, acts: Sequence[Act], equal: Sequence[Span]) -> tuple[Span | None, str]:
    """Up to which day the ledger is whole, and by which rule.

    A total that ours equals makes it whole up to its day only if every consent before it is dated (K2): else a state
    may have come and gone, or come on another day than its statement says.
    """
    stated = card.coverage.through
    dated = [day for day in equal if all(act.date.is_day for act in acts if _consented_by(act, day.latest))]
    later = max(dated, key=lambda day: day.earliest, default=None)
    if later and (stated is None or later.earliest > stated.latest):
        return Span.of(later.earliest), "K2"
    return stated, "K1"


def _consented_by(act: Act, when: date) -> bool:
    return act.kind in CONSENTS and act.date.earliest <= when


def _opened(card: Instrument, acts: Sequence[Act], entry: Span | None) -> date:
    """The first day on which a state could act; the beginning where no day is on record."""
    days = [span.earliest for span in (card.signed, card.operative, card.entry_into_force, entry) if span]
    days += [act.date.earliest for act in acts if act.date.earliest > BEGINNING]
    return min(days, default=BEGINNING)


def _absences(acts: Sequence[Act]) -> Iterator[StatedAbsence]:
    for act in acts:
        if act.kind == STATED_ABSENCE:
            yield StatedAbsence(act.state, act.date.earliest, act.date.latest, act.id, act.cite.sources)
