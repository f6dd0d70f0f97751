"""Since when a state is bound by an instrument, how long, and when it left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from treatygraph.answers.status_wording import when
from treatygraph.answers.wording import listed
from treatygraph.ask.frame import Piece
from treatygraph.ask.plans.acts import KINDS, WORDS_OF_ACTS, act_of, when_act
from treatygraph.ask.plans.lacks import lack_of_absence, lack_of_rows
from treatygraph.ask.plans.plan import FORMER, SILENT, Asking, Plan, held_out
from treatygraph.ask.rows import Row, begun, in_words, rows_of
from treatygraph.law.succession import line
from treatygraph.model.dates import long_form
from treatygraph.model.vocabulary import BINDS, DEPOSITARY, NOT_KNOWN

__all__ = ["when_joined", "when_of"]


def when_of(it: Asking, state: Piece, instrument: Piece) -> Iterator[Plan]:
    """Every plan for when a state did something, by the relation that the question names."""
    frame = it.frame
    relation = frame.rel("left", "be-out", "suspended", "signed", "ratified", "objected", "notice", "joined", "party",
                         "inherited", "announce", "entered", "ended")  # fmt: skip
    if relation is None:
        return
    if relation.value in ("left", "be-out") or frame.ask == "until-when":
        if frame.rel("notice", "announce"):
            yield when_act(it, state, instrument, "notice", "notice-of-withdrawal")
        yield _when_left(it, state, instrument)
    elif relation.value in ("joined", "party", "inherited", "entered"):
        if relation.text.casefold().startswith(tuple(WORDS_OF_ACTS)):
            yield when_act(it, state, instrument, relation.value, act_of(relation))
        yield when_joined(it, state, instrument, "when-joined")
    elif relation.value in KINDS:
        yield when_act(it, state, instrument, relation.value, act_of(relation))


def _standings_words(state: Piece, instrument: Piece, day: date) -> tuple[str, ...]:
    return ("query", "standings-of", "--instrument", instrument.value, "--a", state.value, "--on", day.isoformat())


def _when_left(it: Asking, state: Piece, instrument: Piece) -> Plan:
    day = it.days()[-1]
    words = _standings_words(state, instrument, day)

    def reply(answers: Sequence[object]) -> str:
        return _left_told(it, state, instrument, rows_of(answers[0]), day)

    uses = "rel:left rel:be-out rel:party rel:future rel:entered rel:effective rel:in-force"
    return it.plan("when-left", f"when {state.shown} left {instrument.shown}", (words,), reply, uses, state, instrument)


def _left_told(it: Asking, state: Piece, instrument: Piece, rows: Sequence[Row], day: date) -> str:
    who, what = begun(state.shown), instrument.shown
    chain = line(it.index.existences(), state.value)
    out = [row for row in rows if row["standing"] in FORMER]
    views = [view for code, held in held_out(it, instrument.value).items() if code in chain for view in held]
    if views and not out:
        return f"That is contested: by the depositaries' record {state.shown} is not out; {listed(views)}."
    if out and out[-1]["left_by"]:
        return f"{who} was out of {what} on {out[-1]['since']}, by its own {out[-1]['left_by'].replace('-', ' ')}."
    if out:
        return f"{who} did not leave {what}: it is no longer bound since {out[-1]['since']}, by no act of its own."
    flags = it.index.flags_of(instrument.value, DEPOSITARY, *chain)
    pending = [flag for flag in flags if flag.flag == "notice-pending" and flag.start <= it.today < flag.end]
    if pending:
        return f"{who} has given notice to leave {what} and is to be out on {long_form(pending[0].end)}."
    if rows and rows[-1]["standing"] == NOT_KNOWN:
        lack = lack_of_rows(it, state.value, instrument) or "its standing is not known"
        return f"{SILENT} whether {state.shown} has left {what}: {lack}."
    known = it.index.knowledge(instrument.value)
    if hole := known.hole(chain, day, ("exit", "any"), acting=True, by_name=True):
        return f"{SILENT} whether {state.shown} has left {what}: {hole.text}."
    if rows:
        standing = rows[-1]["standing"].replace("-", " ")
        return f"{who} has not left {what}: its standing is {standing}, since {rows[-1]['since']}."
    if lack := lack_of_absence(it, state.value, instrument, day):
        return f"{SILENT} whether {state.shown} was ever bound by {what}: {lack}."
    return f"{who} has no standing under {what} on record, so it has not left it."


def when_joined(it: Asking, state: Piece, instrument: Piece, kind: str) -> Plan:
    """Since when, or for the kind ``how-long`` how long, it has been a party."""
    day = it.days()[-1]
    words = _standings_words(state, instrument, day)
    says = f"{'how long' if kind == 'how-long' else 'since when'} {state.shown} has been a party to {instrument.shown}"

    def reply(answers: Sequence[object]) -> str:
        return _joined_told(it, state, instrument, rows_of(answers[0]), day)

    uses = "rel:joined rel:party rel:inherited rel:entered rel:remain rel:lasted mark:last"
    return it.plan(kind, says, (words,), reply, uses, state, instrument)


def _joined_told(it: Asking, state: Piece, instrument: Piece, rows: Sequence[Row], day: date) -> str:
    who, what = state.shown, instrument.shown
    bound = [row for row in rows if row["standing"] in BINDS]
    doubtful = any(row["standing"] == NOT_KNOWN for row in rows)
    lack = (
        lack_of_rows(it, state.value, instrument)
        if doubtful
        else ""
        if rows
        else lack_of_absence(it, state.value, instrument, day)
    )
    if lack and not bound:
        return f"{SILENT} whether {who} has joined {what}: {lack}."
    if not bound:
        now = f": its standing is {rows[-1]['standing'].replace('-', ' ')}, since {rows[-1]['since']}" if rows else ""
        return f"{begun(who)} has not become a party to {what}{now}."
    first, last = bound[0], bound[-1]
    own = "" if first["code"] == state.value else f" (then in the person of {first['code']})"
    open_ended = last["until"] == in_words("..")
    kind = "participant in" if first["standing"] == "participant" else "party to"
    if open_ended:
        return f"{begun(who)} has been a {kind} {what} since {when(first['since'])}{own}."
    return f"{begun(who)} was a {kind} {what} from {when(first['since'])}{own} to {last['until']}."
