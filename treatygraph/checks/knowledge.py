"""What a card says that its ledger knows, held against the ledger (K1), against amendments (K5), and in successions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from treatygraph.law.derivations import Corpus
from treatygraph.law.parents import first_day, parents_of
from treatygraph.law.succession import line
from treatygraph.law.totals import CONSENTED
from treatygraph.model.coverage import Gap
from treatygraph.model.errors import Finding
from treatygraph.model.records import Act, Facts, Instrument
from treatygraph.model.standings import Derivation, Standing
from treatygraph.model.vocabulary import CONSENTS, EVERY_STATE, EXITS, NOT_KNOWN

__all__ = ["gaps_with_acts", "parties_without_parent", "successions_on_birthdays"]

_JOINING = CONSENTS | {"adherence", "adoption", "declaration"}


def gaps_with_acts(facts: Facts) -> Iterator[Finding]:
    """A warning for each gap that lacks what the ledger has: a state named without an act, and its act is there."""
    for card in facts.instruments.values():
        ledger = facts.acts.get(card.id, ())
        for gap in card.coverage.gaps:
            act = next((act for act in ledger if _fills(gap, act)), None)
            if act:
                yield Finding(
                    card.cites["coverage"].place,
                    "gap-with-act",
                    f"{card.id} lacks {gap.words}, and its ledger has {act.kind} of {act.state} on {act.date}.",
                    "take the state out of the gap, or give the time over which another act is missing.",
                    "warning",
                    card.id,
                )


def _fills(gap: Gap, act: Act) -> bool:
    """Whether the act is what the gap says is missing; a gap of all states is none that one act fills."""
    if act.state not in gap.states or not EVERY_STATE.isdisjoint(gap.states) or not act.date.is_day:
        return False
    within = (gap.start is None or gap.start.earliest <= act.date.earliest) and (
        gap.end is None or act.date.latest <= gap.end.latest
    )
    kinds = {"consent": _JOINING, "exit": EXITS, "any": _JOINING | EXITS}.get(gap.acts, {gap.acts})
    return within and act.kind in kinds


def parties_without_parent(facts: Facts, corpus: Corpus) -> Iterator[Finding]:
    """A warning for each party to an amendment or protocol that is certainly none to what it amends (K5)."""
    for card in facts.instruments.values():
        for parent in parents_of(card):
            if parent in facts.instruments:
                yield from _orphans(facts, corpus, card, parent)


def _orphans(facts: Facts, corpus: Corpus, card: Instrument, parent: str) -> Iterator[Finding]:
    above = corpus.completed(corpus.default[parent], corpus.default)
    for row in corpus.default[card.id].standings:
        apart = _apart(facts, corpus, row, above) if row.standing == "party" else None
        if apart:
            when, held = apart
            yield Finding(
                card.cites["title"].place,
                "party-without-parent",
                f"{row.state} is a party to {card.id} on {when}, and {held.replace('-', ' ')} under {parent}.",
                f"find the missing act under {parent}, record the gap, or write 'parties: apart' on the relation.",
                "warning",
                f"{card.id}/{row.state}",
            )


def _apart(facts: Facts, corpus: Corpus, row: Standing, above: Derivation) -> tuple[date, str] | None:
    """The first day on which a party is certainly no party to the parent, and what it is there."""
    for when in _edges(row, above.of(row.state)):
        there = next((item for item in above.of(row.state) if item.start <= when < item.end), None)
        held = there.standing if there else _absent(facts, corpus, row, above, when)
        if held not in (*CONSENTED, NOT_KNOWN) and when < above.life.ends_on:
            return when, held
    return None


def _absent(facts: Facts, corpus: Corpus, row: Standing, above: Derivation, when: date) -> str:
    first = first_day(above, facts.states, row.state)
    return corpus.knowledge(above).absence(line(facts.states, row.state), when, first).standing


def _edges(row: Standing, others: Iterable[Standing]) -> list[date]:
    inside = {edge for item in others for edge in (item.start, item.end) if row.start < edge < row.end}
    return sorted({row.start, *inside})


def successions_on_birthdays(facts: Facts) -> Iterator[Finding]:
    """A warning for a succession dated on the state's first day where the notification elsewhere came later.

    One depositary dated it back; taken as the act, it would be on record before anybody had said a word (R34).
    """
    for ledger in facts.acts.values():
        notified = [act for act in ledger if act.kind == "succession"]
        for act in notified:
            born = facts.states[act.state].start
            later = [other for other in notified if other.state == act.state and other.date.earliest > born]
            if later and act.date.earliest == act.date.latest == born:
                yield Finding(
                    act.cite.place,
                    "succession-on-birthday",
                    f"succession of {act.state} to {act.instrument} dated on its first day, {born}; at another"
                    f" depositary it was notified on {later[0].date}.",
                    "give the day of notification as the date, and the first day as the day of effect.",
                    "warning",
                    act.id,
                )
