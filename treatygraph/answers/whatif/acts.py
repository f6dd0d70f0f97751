"""What a supposition is in law: which act it would be, what it needs, and when it would take effect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from treatygraph.answers.reasoning import acts_of
from treatygraph.answers.whatif.overlay import Ground
from treatygraph.answers.whatif.result import Deferral, WayOut
from treatygraph.build.index import Index
from treatygraph.law.clauses import entry_of
from treatygraph.law.withdrawal import notice_given
from treatygraph.model.dates import OPEN, Span, within
from treatygraph.model.index_records import Summary
from treatygraph.model.records import Act, Cite, Clause, Instrument
from treatygraph.model.standings import Because, Standing

__all__ = [
    "SUPPOSED",
    "Position",
    "conditions",
    "deferral",
    "is_closed_to",
    "joining_act",
    "leaving_act",
    "position",
    "ways_out",
]

SUPPOSED = "supposed"
"""The place that a supposed act cites."""
_ONLY = {
    "violation": "only in response to another party's violation",
    "stalled-amendment": "only when an amendment has stalled",
}
_TAILS = {
    "named-conflict": "deferred while the state is engaged in an armed conflict",
    "any-conflict": "deferred while the state is party to an armed conflict",
    "occupation": "deferred while an armed conflict or occupation in which the state is involved lasts",
}


@dataclass(frozen=True)
class Position:
    """Where a state stands under an instrument on a day."""

    state: str
    """The code that it bears on the day."""
    line: tuple[str, ...]
    standing: str
    """``none`` where it has no standing."""
    held: Standing | None
    pending: bool
    """A notice of withdrawal has been given."""
    disowned: bool
    """It has said that it will not become a party."""


def position(index: Index, name: str, reading: str, state: str, line: tuple[str, ...], on: date) -> Position:
    """The standing of a state on a day, with what it has already begun."""
    derived = index.derivation(name, reading)
    held = next((item for item in derived.of(state) if within(on, item.start, item.end)), None)
    mine = {f.flag for f in derived.flags if f.state == state and within(on, f.start, f.end)}
    standing = held.standing if held else "none"
    return Position(state, line, standing, held, "notice-pending" in mine, "signature-duty-ended" in mine)


def leaving_act(card: Instrument, where: Position, on: date) -> Act | None:
    """The act by which a state in that position would leave; None where there is nothing to leave, or no need.

    A party gives notice (R23); a participant in what is no treaty ends its participation (R3); a state that
    applies the treaty provisionally says that it will not become a party (R16, VCLT article 25(2)); one whose
    consent does not bind it yet takes it back (R17); a signatory disowns its signature (R5, VCLT article 18(a)).
    """
    kinds = {
        "party": "notice-of-withdrawal",
        "participant": "end-of-participation",
        "provisional": "end-of-provisional-application",
        "contracting": "withdrawal-of-consent",
        "signatory": "intention-not-to-ratify",
    }
    kind = kinds.get(where.standing)
    if kind is None or where.pending or where.disowned:
        return None
    return _act(card, where, kind, on)


def joining_act(card: Instrument, where: Position, on: date) -> Act | None:
    """The act by which a state in that position would join; None where it is bound or has consented already.

    Of the consents that the clause on entry into force counts, else ratification for a signatory and accession
    for others; signature where that alone binds; adherence to what is no treaty.
    """
    if where.standing in ("party", "participant", "contracting") or is_closed_to(card, where.line):
        return None
    if card.ended and card.ended.latest <= on:
        return None
    if not card.is_treaty:
        return _act(card, where, "adherence", on)
    rule = entry_of(card)
    usual = "ratification" if where.standing == "signatory" else "accession"
    if rule and rule.on == "signature":
        usual = "definitive-signature"
    elif rule and rule.acts and usual not in rule.acts:
        usual = rule.acts[0]
    return _act(card, where, usual, on)


def is_closed_to(card: Instrument, line: Sequence[str]) -> bool:
    """Whether the instrument is between two others, so that no act of the state alone can make it a party (R36)."""
    return card.scope == "bilateral" and bool(card.participants) and not set(line) & set(card.participants)


def _act(card: Instrument, where: Position, kind: str, on: date) -> Act:
    return Act(card.id, where.state, kind, Span.of(on), None, (), "", "", "", Cite((), SUPPOSED))


def ways_out(card: Instrument) -> tuple[WayOut, ...]:
    """Every withdrawal clause of a card, the one that counts first: article, period, conditions, sources."""
    ways = [_way(clause) for clause in card.clauses_of("withdrawal")]
    return tuple(sorted(ways, key=lambda way: way["period"] is None or way["only"] is not None))


def _way(clause: Clause) -> WayOut:
    return {
        "article": clause.article or None,
        "period": clause.get("period") or None,
        "addressees": list(clause.many("addressees")),
        "ground": clause.get("ground") or None,
        "only": _ONLY.get(clause.get("only"), clause.get("only")) or None,
        "tail": _TAILS.get(clause.get("tail"), clause.get("tail")) or None,
        "not_before": clause.get("not_before") or None,
        "at_end_of_term": bool(clause.get("at_end_of")),
        "ends_for_all": clause.get("ends") == "all",
        "none": clause.get("none") == "yes",
        "sources": list(clause.cite.sources),
    }


def deferral(ground: Ground, card: Instrument, where: Position, on: date, entry: Span | None) -> Deferral | None:
    """What defers the effect of a notice beyond its period, with sources; None where nothing does (R25)."""
    notice = notice_given(card, Span.of(on), entry, ground.conflicts_of(where.line))
    steps: Sequence[Because] = [step for step in notice.because if step.rule == "R25"]
    if not steps:
        return None
    plain = notice_given(card, Span.of(on), entry, ())
    return {
        "due": plain.day.latest.isoformat() if plain.day else None,
        "until": notice.day.text if notice.day and notice.day.latest < OPEN else None,
        "text": notice.note,
        "because": list(acts_of(steps)),
    }


def conditions(brief: Summary, verb: str, where: Position, ways: Sequence[WayOut], outcome: str) -> Iterator[str]:
    """What the reader must know of the conditions of a move, which are told and not judged (R40)."""
    members = brief.participants
    if verb == "joins":
        if outcome in ("bound", "contracting") and members and not set(where.line) & set(members):
            yield f"{brief.title} is between {', '.join(members)}; others join only if these agree"
        elif outcome in ("bound", "contracting"):
            yield "whether the instrument is open to the state is not on record"
        return
    if outcome not in ("out", "deferred", "not-determinable", "ends-first") or not ways:
        return
    way = ways[0]
    if way["only"]:
        yield f"article {way['article']} allows this {way['only']}; whether that is so is not judged here (R40)"
    if way["ground"]:
        yield f"article {way['article']} asks for a statement of extraordinary events"
    if outcome == "not-determinable" and (way["none"] or not way["period"]):
        yield "if a withdrawal is admitted at all, twelve months' notice is due (VCLT article 56(2))"
    for other in ways[1:]:
        if other["period"] and not way["only"]:
            why = f", {other['only']}" if other["only"] else ", for extraordinary events" if other["ground"] else ""
            yield f"another way out: article {other['article']}, {other['period']}{why}"
