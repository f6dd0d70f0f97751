"""Questions about the states of an instrument: who is party, who is not, who signed first, how many, of which group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from treatygraph.answers.status_answer import InstrumentStatus
from treatygraph.answers.wording import listed
from treatygraph.ask.frame import Piece
from treatygraph.ask.plans.acted import among_whom, told_of_states, who_acted, who_left
from treatygraph.ask.plans.lacks import missing_acts
from treatygraph.ask.plans.plan import (
    MOST,
    SILENT,
    Asking,
    Plan,
    counted,
    enumerated,
    sentence,
)
from treatygraph.ask.rows import Row, begun, rows_of, statuses
from treatygraph.bonds.powers import named
from treatygraph.model.dates import long_form
from treatygraph.model.vocabulary import BINDS, NOT_KNOWN

__all__ = ["plans"]

_ASKS: Final = ("who", "which", "how-many", "whether", "", "show", "what-is", "when")
_SIGNED_ONLY: Final = ("signatory",)


def plans(it: Asking) -> Iterator[Plan]:
    """Every plan for a question about the states under one instrument, the most special first."""
    frame = it.frame
    if not frame.instruments or len(frame.groups) > 1 or frame.ask not in _ASKS or frame.rel("whatif"):
        return
    if frame.of("official") or (frame.states and not frame.rel("objected")):
        return
    if len(frame.instruments) == 2 and any(piece.negated for piece in frame.instruments):
        yield _in_one_only(it)
        return
    if len(frame.instruments) != 1 or not _about_states(it):
        return
    instrument = frame.instruments[0]
    signed, ratified = frame.rel("signed", "signatory"), frame.rel("ratified", "party", "joined")
    if signed and ratified and ratified.negated and not signed.negated:
        yield _standing_only(it, instrument)
    if frame.rel("pending"):
        yield _pending(it, instrument)
    lacking = next((piece for piece in frame.pieces if piece.kind == "rel" and piece.negated), None)
    if lacking or frame.rel("nonparty") or instrument.negated:
        yield _has_not(it, instrument, lacking)
        return
    relation = frame.rel("left", "ratified", "joined", "signed", "signatory", "suspended", "objected")
    if relation is None or relation.value == "party":
        yield _parties(it, instrument)
    elif relation.value == "left" and not frame.has("mark:first", "mark:last"):
        yield who_left(it, instrument)
    elif relation.value == "joined" and not frame.whens and not frame.has("mark:first", "mark:last"):
        yield _parties(it, instrument)
    else:
        yield who_acted(it, instrument, relation)


def _about_states(it: Asking) -> bool:
    """Whether it asks for states at all, and not for the day or the text of the instrument itself."""
    frame = it.frame
    relations = frame.rel(
        "party", "signed", "signatory", "ratified", "joined", "left", "suspended", "objected", "nonparty", "pending"
    )
    if frame.ask == "when":
        return False
    if frame.ask == "whether":
        return bool(frame.groups) or (
            frame.has("mark:any", "mark:all", "noun:states", "ask:who", "mark:none") and bool(relations)
        )
    if frame.ask in ("", "show", "what-is"):
        return bool((frame.groups or frame.has("noun:states")) and relations) or bool(
            relations and (_is_plural(it) or relations.value == "nonparty")
        )
    return bool(relations) or bool(frame.groups) or frame.has("ask:who", "noun:states")


def _is_plural(it: Asking) -> bool:
    """Whether a list is wanted: "parties", "signatories", "withdrawals"; "signature" alone is a day."""
    rels = (piece for piece in it.frame.pieces if piece.kind == "rel" and piece.value != "remain")
    return any(piece.text.casefold().split()[0].endswith("s") for piece in rels)


def _be(it: Asking, day: date, names: Sequence[str]) -> str:
    if day > it.today:
        return "would be"
    one, many = ("is", "are") if day == it.today else ("was", "were")
    return one if len(names) == 1 else many


# -- standing --


def _statuses(it: Asking, days: Sequence[date], *instruments: Piece) -> list[tuple[str, ...]]:
    """The commands for the states under instruments on days, those of the group where one is named."""
    state = ("--state", it.name_of(it.frame.groups[0])) if it.frame.groups else ()
    return [
        ("status", one.value, *state, "--on", day.isoformat(), *it.reading(), *it.known())
        for day in days
        for one in instruments
    ]


def _parties(it: Asking, instrument: Piece) -> Plan:
    days = it.days()
    says = it.said(f"who is party to {instrument.shown}{among_whom(it)[1]}", days)

    def reply(answers: Sequence[object]) -> str:
        told = [_parties_told(it, instrument, answer) for answer in statuses(answers)]
        return " ".join(dict.fromkeys(told))

    uses = "rel:party rel:joined rel:in-force mark:all mark:any rel:remain rel:binding"
    return it.plan("parties", says, _statuses(it, days, instrument), reply, uses, instrument, *it.frame.groups)


def _parties_told(it: Asking, instrument: Piece, answer: InstrumentStatus) -> str:
    bound = [state for state in answer.states if state.standing in BINDS]
    unsure = [state for state in answer.states if state.standing == NOT_KNOWN]
    names = [named(it.index, state.state) for state in bound]
    day = answer.on
    kind = "in" if any(state.standing == "participant" for state in bound) else "party to"
    total = len(answer.states) if it.frame.groups else 0
    least = bool(unsure) or (not it.frame.groups and not answer.counts_complete)
    as_of = f", as of {answer.as_of}" if answer.as_of and day != it.today else ""
    be = _be(it, day, names)
    told = told_of_states(
        it,
        names,
        f"{be} {kind} {instrument.shown}",
        least=least,
        total=total,
        where=f" on {long_form(day)}{as_of}",
        unsure=len(unsure),
    )
    consented = [state for state in answer.states if state.standing == "contracting"]
    if not bound and consented and not it.frame.groups:
        told += f" It is not in force: {counted(len(consented), 'state has', 'states have')} consented to be bound."
    if unsure and it.frame.groups:
        told += f" Of {listed([named(it.index, one.state) for one in unsure][:MOST])} the record does not say."
    return told


def _standing_only(it: Asking, instrument: Piece) -> Plan:
    """Those that signed and did not consent to be bound."""
    days, group = it.days(), it.frame.groups
    says = it.said(f"which states have signed {instrument.shown} without being bound{among_whom(it)[1]}", days)

    def reply(answers: Sequence[object]) -> str:
        told = []
        for answer in statuses(answers):
            names = [named(it.index, one.state) for one in answer.states if one.standing in _SIGNED_ONLY]
            verb = "has" if len(names) == 1 else "have"
            had = verb if answer.on == it.today else "had"
            where = "" if answer.on == it.today else f" on {long_form(answer.on)}"
            total = len(answer.states) if group else 0
            what = f"{had} signed {instrument.shown} and not consented to be bound"
            doubtful = any(one.standing == NOT_KNOWN for one in answer.states)
            least = doubtful or (not group and not answer.counts_complete)
            told.append(told_of_states(it, names, what, total=total, least=least, where=where))
        return " ".join(dict.fromkeys(told))

    uses = "rel:signed rel:signatory rel:ratified rel:party rel:joined mark:all mark:any"
    return it.plan("signed-only", says, _statuses(it, days, instrument), reply, uses, instrument, *it.frame.groups)


def _in_one_only(it: Asking) -> Plan:
    """Party to one instrument and not to another."""
    one, other = sorted(it.frame.instruments, key=lambda piece: piece.negated)
    days = it.days()[:1]
    says = it.said(f"who is party to {one.shown} and not to {other.shown}{among_whom(it)[1]}", days)

    def reply(answers: Sequence[object]) -> str:
        both = statuses(answers)
        first, second = ({s.state: s.standing for s in answer.states} for answer in both)
        left = [code for code, standing in first.items() if standing in BINDS and second.get(code) not in BINDS]
        unsure = any(second.get(code) == NOT_KNOWN for code in left) or not both[1].counts_complete
        names = [named(it.index, code) for code in left if second.get(code) != NOT_KNOWN]
        be = "is" if len(names) == 1 else "are"
        tail = " The record may lack parties of the second." if unsure else ""
        what = f"{be} party to {one.shown} and not to {other.shown}"
        return told_of_states(it, names, what, where=f" on {long_form(days[0])}") + tail

    uses = "rel:party rel:joined rel:ratified"
    return it.plan("party-to-one", says, _statuses(it, days, one, other), reply, uses, one, other, *it.frame.groups)


# -- what has not been done --


def _has_not(it: Asking, instrument: Piece, lacking: Piece | None) -> Plan:
    days, (among, where) = it.days(), among_whom(it)
    value = lacking.value if lacking else "party"
    what = {"signed": "signed", "signatory": "signed", "ratified": "ratified"}.get(value, "bound")
    words = ("query", "who-has-not", "--instrument", instrument.value, "--what", what, "--among", among, "--on")
    commands = [(*words, day.isoformat()) for day in days]
    verbs = {"bound": "no party to", "signed": "without a signature of", "ratified": "without consent to be bound by"}
    verb = verbs[what]
    says = it.said(f"which states are {verb} {instrument.shown}{where}", days)

    def reply(answers: Sequence[object]) -> str:
        told = []
        for day, answer in zip(days, answers, strict=True):
            rows = rows_of(answer)
            sure = [row for row in rows if not row["why"]]
            unsure = [row["state"] for row in rows if row["why"]]
            names = [_with_standing(it, row, what) for row in sure]
            text = told_of_states(
                it, names, f"{_be(it, day, names)} {verb} {instrument.shown}", where=f" on {long_form(day)}"
            )
            if unsure:
                text += f" Of {enumerated(unsure, MOST // 2)} the record does not say."
            told.append(text)
        return " ".join(dict.fromkeys(told))

    uses = "rel:party rel:signed rel:signatory rel:ratified rel:joined rel:nonparty mark:all mark:any rel:binding"
    return it.plan("who-has-not", says, commands, reply, uses, instrument, *it.frame.groups)


def _with_standing(it: Asking, row: Row, what: str) -> str:
    name = named(it.index, row["code"])
    standing = row["standing"].replace("-", " ")
    return f"{name} ({standing})" if standing not in ("none", "not known") and what != "signed" else name


def _pending(it: Asking, instrument: Piece) -> Plan:
    days = it.days()
    words = ("query", "pending-withdrawals", "--on", days[0].isoformat())
    says = it.said(f"whose withdrawal from {instrument.shown} is notified and not yet in effect", days[:1])

    def reply(answers: Sequence[object]) -> str:
        rows = [row for row in rows_of(answers[0]) if row["id"] == instrument.value]
        told = [f"{named(it.index, row['state'])} (out on {row['effect']})" for row in rows]
        if not told:
            holes = missing_acts(it, instrument, "left")
            none = f"no state has a pending withdrawal from {instrument.shown} on {long_form(days[0])}"
            return f"{SILENT} for certain: {holes[0].text}." if holes else sentence(none)
        count = begun(counted(len(told), "state has", "states have"))
        return f"{count} given notice and not left {instrument.shown}: {enumerated(told)}."

    uses = "rel:pending rel:left rel:notice rel:party mark:upcoming rel:effective"
    return it.plan("pending-withdrawals", says, (words,), reply, uses, instrument)
