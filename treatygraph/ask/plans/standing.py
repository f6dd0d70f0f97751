"""Questions about states under an instrument: whether it holds them or held them, and whether they left it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from treatygraph.answers.status_answer import InstrumentStatus, StateStatus
from treatygraph.answers.status_wording import lack_of
from treatygraph.answers.wording import listed
from treatygraph.ask.frame import Piece
from treatygraph.ask.plans.acts import has_done, have_done
from treatygraph.ask.plans.lacks import lack_of_exit, lack_of_past
from treatygraph.ask.plans.plan import FORMER, MOST, SILENT, Asking, Plan
from treatygraph.ask.plans.since import when_joined, when_of
from treatygraph.ask.rows import begun, in_words, rows_of, sentence_of, statuses
from treatygraph.model.act_words import LEAVING
from treatygraph.model.dates import long_form
from treatygraph.model.vocabulary import BINDS, NOT_KNOWN

__all__ = ["plans"]

_DID: Final = {
    "signed": "signed",
    "ratified": "ratified",
    "joined": "joined",
    "suspended": "suspended",
    "left": "withdrew",
}


def plans(it: Asking) -> Iterator[Plan]:
    """Every plan for a question that names states and one instrument, the most special first."""
    frame = it.frame
    if not frame.states or frame.groups or len(frame.instruments) != 1 or frame.of("official"):
        return
    instrument = frame.instruments[0]
    if frame.has("mark:known") and frame.ask in ("which", "what-is", "status", "how", ""):
        yield _status(it, instrument, "known-of-state", "status")
    if frame.rel("whatif") or frame.ask in ("why", "who", "which", "where") or frame.has("mark:only"):
        return
    several = len(frame.states) > 1
    if frame.ask == "whether" or (frame.ask == "" and frame.rel("party")):
        yield from _whether(it, instrument)
    if several:
        relation = frame.rel("signed", "ratified", "joined")
        if relation and frame.ask in ("when", ""):
            yield have_done(it, instrument, relation)
        return
    state = frame.states[0]
    if frame.ask in ("when", "until-when", ""):
        yield from when_of(it, state, instrument)
    if frame.ask == "how-long" and not frame.rel("left", "notice"):
        yield when_joined(it, state, instrument, "how-long")
    if frame.ask in ("status", "what-is", "how", "") or frame.has("rel:status"):
        yield _status(it, instrument, "standing", "status")


def _whether(it: Asking, instrument: Piece) -> Iterator[Plan]:
    frame = it.frame
    relation = frame.rel(
        "left", "ratified", "signed", "suspended", "joined", "objected", "inherited", "notice", "be-out"
    )
    if relation is None and (signer := frame.rel("signatory")):
        relation = replace(signer, value="signed")
    single = len(frame.states) == 1
    if relation is None or relation.value == "be-out":
        if relation is None:
            yield _is_party(it, instrument)
        else:
            yield _has_left(it, instrument)
        return
    if frame.future and relation.value != "be-out":
        return
    dated = frame.when("on", "since", "until", "by")
    dated_act = dated and dated.role == "on" and single and relation.value in _DID and not frame.view
    if dated_act and dated and not (frame.has("mark:now") or (dated.is_day and relation.text.casefold() == "out of")):
        yield _claimed(it, frame.states[0], instrument, relation.value)
    if relation.value == "left":
        yield _has_left(it, instrument)
    elif relation.value == "inherited":
        yield _is_party(it, instrument)
    elif single:
        yield has_done(it, frame.states[0], instrument, relation)
        if relation.value == "joined":
            yield _is_party(it, instrument)
    else:
        yield have_done(it, instrument, relation)


# -- standing on a day --


def _status_commands(it: Asking, instrument: Piece, days: Sequence[date]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        ("status", instrument.value, "--state", piece.value, "--on", day.isoformat(), *it.reading(), *it.known())
        for day in days
        for piece in it.frame.states
    )


def _former(it: Asking, piece: Piece) -> date | None:
    """The first day on which a state that has ended was gone; None for one that is there."""
    life = it.index.existence(piece.value)
    return date.fromisoformat(life.end) if life and life.end <= it.today.isoformat() else None


def _life_commands(it: Asking, instrument: Piece) -> tuple[tuple[str, ...], ...]:
    """Of states that have ended their whole life, of others the day of the one who asks."""
    today = ("--on", it.today.isoformat())
    return tuple(
        (
            "status",
            instrument.value,
            "--state",
            piece.value,
            *(() if _former(it, piece) else today),
            *it.reading(),
            *it.known(),
        )
        for piece in it.frame.states
    )


def _is_party(it: Asking, instrument: Piece) -> Plan:
    frame = it.frame
    whole = frame.past and not frame.whens
    gone = any(_former(it, piece) for piece in frame.states) and not frame.whens
    who = listed([piece.shown for piece in frame.states])
    verb = ("was ever" if whole else "is") if len(frame.states) == 1 else "were ever" if whole else "are"
    noun = "a party" if len(frame.states) == 1 else "party"
    says = f"whether {who} {verb} {noun} to {instrument.shown}"
    if whole or gone:
        it.notes.append(
            "no day was given: the whole past is meant" if whole else "a state that has ended: its life is meant"
        )
        days: tuple[date, ...] = ()
        commands = _life_commands(it, instrument)
    else:
        days = it.days()
        commands = _status_commands(it, instrument, days)

    def reply(answers: Sequence[object]) -> str:
        each = statuses(answers)
        if whole or gone:
            return " ".join(
                _ever(it, piece, answer, present=not whole) for piece, answer in zip(frame.states, each, strict=True)
            )
        if len(frame.states) > 1:
            return _of_each(it, each[: len(frame.states)])
        return " ".join(dict.fromkeys(_verdict(it, answer) for answer in each))

    uses = "rel:party rel:in-force rel:joined rel:inherited rel:remain rel:binding rel:legal rel:status noun:things"
    return it.plan("is-party", it.said(says, days), commands, reply, uses, *frame.states, instrument)


def _verdict(it: Asking, answer: InstrumentStatus, *, left: bool = False) -> str:
    """Yes, no or not known, with the answer's own sentence; contested is said first."""
    states = answer.states
    truths = [_has_left_by_act(state) if left else state.standing in BINDS for state in states]
    doubt = any(state.standing == NOT_KNOWN for state in states)
    word = "Yes" if all(truths) and truths else "Some" if any(truths) else SILENT if doubt else "No"
    if it.frame.has("mark:claim") and _is_denied(it) and word in ("Yes", "No"):
        word = "No" if word == "Yes" else "Yes"
    contested = any(state.readings for state in states)
    lead = f"By the depositaries' record: {word.lower()}" if contested and answer.reading == "depositary" else word
    return f"{lead}. {answer.answer}"


def _is_denied(it: Asking) -> bool:
    return any(piece.negated for piece in it.frame.pieces if piece.kind in ("rel", "instrument", "state"))


def _of_each(it: Asking, answers: Sequence[InstrumentStatus]) -> str:
    """Several states, or one of them: yes to all, or which of them."""
    states = [answer.states[0] for answer in answers]
    bound = [state for state in states if state.standing in BINDS]
    unsure = [state for state in states if state.standing == NOT_KNOWN]
    wanted = any(it.frame.has(mark) for mark in ("mark:either", "mark:any"))
    if len(bound) == len(states) or (wanted and bound):
        word = "Yes"
    else:
        word = SILENT if unsure and (wanted or len(bound) + len(unsure) == len(states)) else "No"
    told = " ".join(dict.fromkeys(answer.answer for answer in answers))
    return f"{word}. {told}"


def _ever(it: Asking, piece: Piece, answer: InstrumentStatus, *, present: bool) -> str:
    """Whether the instrument ever held a state, and when (rule K16); of one that has ended, that it is no more."""
    told = []
    gone = _former(it, piece)
    lead = f"{begun(piece.shown)}: " if len(it.frame.states) > 1 else ""
    for state in answer.states:
        bound = [span for span in state.bound if span[0][:10] <= answer.on.isoformat()]  # nothing that begins later
        spans = [f"from {since} to {until}" if until else f"since {since}" for since, until in bound]
        if spans and present and gone:
            told.append(f"{lead}no: {piece.shown} ended on {long_form(gone)}. It was bound {listed(spans)}.")
        elif spans:
            told.append(f"{lead}yes, {listed(spans)}.")
        elif lack := lack_of(state) if state.standing == NOT_KNOWN else lack_of_past(it, answer, state.state):
            told.append(f"{lead}{SILENT}: {lack}.")
        else:
            told.append(f"{lead}no.")
    if it.frame.has("mark:claim") and _is_denied(it) and len(told) == 1 and SILENT not in told[0]:
        told = [f"that is {'wrong' if 'yes' in told[0] or 'no:' in told[0] else 'right'}: {told[0]}"]
    return f"{' '.join(begun(text) for text in told[:MOST])} {answer.answer}"


def _status(it: Asking, instrument: Piece, kind: str, what: str) -> Plan:
    days = it.days()
    who = listed([piece.shown for piece in it.frame.states])
    commands = _status_commands(it, instrument, days)
    says = it.said(f"how {who} {'stands' if len(it.frame.states) == 1 else 'stand'} under {instrument.shown}", days)
    uses = f"rel:party rel:{what} rel:holds rel:known mark:known rel:contested ask:status rel:left rel:in-force"
    return it.plan(kind, says, commands, lambda answers: " ".join(dict.fromkeys(map(sentence_of, answers))), uses,
                   *it.frame.states, instrument)  # fmt: skip


# -- leaving --


def _has_left_by_act(state: StateStatus) -> bool:
    """Whether it is out, and a reason is an act of leaving by the state itself (the key of an act says both)."""
    acts = [(step["act"] or "").split("/") for step in state.because if not step.get("ends")]
    own = any(len(parts) > 2 and parts[1] == state.state and parts[2] in LEAVING for parts in acts)
    return own and state.standing in FORMER


def _has_left(it: Asking, instrument: Piece) -> Plan:
    frame = it.frame
    gone = any(_former(it, piece) for piece in frame.states) and not frame.whens
    days = () if gone else it.days()
    commands = _life_commands(it, instrument) if gone else _status_commands(it, instrument, days)
    who = listed([piece.shown for piece in frame.states])

    def reply(answers: Sequence[object]) -> str:
        return " ".join(dict.fromkeys(_left_verdict(it, answer) for answer in statuses(answers)))

    uses = "rel:left rel:party rel:be-out rel:announce rel:notice rel:pending"
    return it.plan("has-left", it.said(f"whether {who} has left {instrument.shown}", days), commands, reply, uses,
                   *frame.states, instrument)  # fmt: skip


def _left_verdict(it: Asking, answer: InstrumentStatus) -> str:
    told = _verdict(it, answer, left=True)
    states = answer.states
    if not any(map(_has_left_by_act, states)) and (lack := lack_of_exit(it, answer)):
        told = f"{SILENT}: {lack}. {answer.answer}"
    out = [state for state in states if state.standing in FORMER]
    if any("consent-revoked" in state.flags for state in states):
        told += " It took back its ratification; no treaty in force was left."
    if not out and it.frame.has("rel:left") and all(state.standing == "none" and not state.bound for state in states):
        told += " It was never bound, so it has left nothing."
    if out and not any(_has_left_by_act(state) for state in states):
        told += f" It is no longer bound, but not by an act of its own: {answer.title} had ended for it."
    if any("notice-pending" in state.flags for state in states):
        told += " It has given notice, which has not taken effect."
    for piece in it.frame.states:
        ended = _former(it, piece)
        if ended:
            told += f" {begun(piece.shown)} ended on {long_form(ended)}."
    return told


# -- acts --


def _claimed(it: Asking, state: Piece, instrument: Piece, relation: str) -> Plan:
    """Whether it did so at that time, held against the record as a claim is."""
    when = it.frame.when("on")
    assert when is not None
    it.whens.append(when)
    time = _edtf(when.first, when.last)
    did = _DID[relation]
    words = (
        "query",
        "is-it-right",
        "--state",
        state.value,
        "--did",
        did,
        "--instrument",
        instrument.value,
        "--when",
        time,
    )
    says = f"whether {state.shown} {did} {instrument.shown} {_when_said(time)}".replace("withdrew", "withdrew from")

    def reply(answers: Sequence[object]) -> str:
        rows = rows_of(answers[0])
        verdict, record = rows[0]["verdict"], rows[0]["precise"]
        verdicts = {"confirmed": "Yes", "imprecise": "Not precisely", "contradicted": "No",
                    "depends": "That depends on the view taken"}  # fmt: skip
        word = verdicts.get(verdict, SILENT)
        if _is_denied(it) and it.frame.has("mark:claim"):
            word = {"Yes": "No", "No": "Yes"}.get(word, word)
        return f"{word}. {record}"

    return it.plan("did-act-then", says, (words,), reply, f"rel:{relation} rel:party", state, instrument)


def _edtf(first: date, last: date) -> str:
    if first == last:
        return first.isoformat()
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return str(first.year)
    if first.day == 1 and (first.year, first.month) == (last.year, last.month) and last.day > 27:
        return f"{first.year}-{first.month:02d}"
    return f"{first.isoformat()}/{last.isoformat()}"


def _when_said(time: str) -> str:
    if len(time) == 10:
        return f"on {in_words(time)}"
    return f"in {time}" if "/" not in time else f"between {' and '.join(in_words(part) for part in time.split('/'))}"
