"""Questions about one state and no instrument: what holds it, what it signed, stays out of, left, and why it left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from treatygraph.ask.frame import Piece
from treatygraph.ask.plans.pairs import told_of_events
from treatygraph.ask.plans.plan import MOST, SILENT, Asking, Plan, amount, enumerated, left_open, spanned
from treatygraph.ask.rows import Row, begun, in_words, plain_rows, rows_of, statuses
from treatygraph.bonds.powers import named
from treatygraph.model.dates import long_form

__all__ = ["plans"]

_ASKS: Final = ("which", "how-many", "", "what-is", "show", "whether", "status")


def plans(it: Asking) -> Iterator[Plan]:
    """Every plan for a question that names one state and no instrument, and those that name both and ask why."""
    frame = it.frame
    if len(frame.states) == 1 and len(frame.instruments) == 1 and not frame.groups:
        yield from _of_both(it, frame.states[0], frame.instruments[0])
        return
    if frame.groups or frame.instruments or frame.of("official"):
        return
    if frame.rel("inherited") and len(frame.states) in (1, 2):
        yield _inherited(it, frame.states[0])
    if len(frame.states) != 1:
        return
    state = frame.states[0]
    if frame.rel("happened"):
        yield _happened(it, state)
    if frame.has("mark:known") and frame.when("known"):
        yield _known(it, state)
    if frame.ask not in _ASKS:
        return
    if frame.rel("left") and not frame.denied("left"):
        yield _left(it, state)
        return
    if frame.rel("pending"):
        yield _pending(it, state)
    if frame.has("noun:things") or (frame.ask != "whether" and frame.rel("party", "signed", "nonparty")):
        yield _treaties(it, state)


def _happened(it: Asking, state: Piece) -> Plan:
    since, until = it.span()
    words = ["timeline", state.value]
    words += ["--on", until.isoformat()] if until and until != it.today else []
    words += ["--since", since.isoformat()] if since else []
    says = f"what happened to {state.shown}{spanned(since, until, it.today)}"
    return it.plan(
        "timeline",
        says,
        (tuple(words),),
        lambda answers: told_of_events(says, answers, it.today),
        "rel:happened",
        state,
    )


def _left(it: Asking, state: Piece) -> Plan:
    since, until = it.span()
    day = until or it.today
    if until is None:
        it.notes.append(f"no day was given: today, {long_form(it.today)}, was taken")
    words = ("query", "left-by", "--a", state.value, "--on", day.isoformat())
    by = spanned(since, day, it.today) if since else f" by {long_form(day)}"
    says = f"which instruments {state.shown} has left{by}"

    def reply(answers: Sequence[object]) -> str:
        rows = [row for row in plain_rows(answers[0]) if since is None or row["out"] >= since.isoformat()]
        return _listed(it, says, [f"{row['title']} ({in_words(row['out'])})" for row in rows])

    return it.plan("left-by", says, (words,), reply, "rel:left rel:party rel:announce", state)


def _listed(it: Asking, says: str, items: Sequence[str], *, least: bool = False) -> str:
    """A yes or no where that was asked, the count, and the first of them; ``least``: others may be missing."""
    lead = ""
    if it.frame.ask == "whether":
        lead = "Yes. " if items else f"{SILENT} for certain. " if least else "No. "
    if not items:
        return f"{lead}{begun(says)}: none on record."
    more = f"; and {len(items) - MOST} more" if len(items) > MOST else ""
    return f"{lead}{begun(says)}: {amount(len(items), least=least)}. {'; '.join(items[:MOST])}{more}."


def _pending(it: Asking, state: Piece) -> Plan:
    days = it.days()
    words = ("query", "pending-withdrawals", "--on", days[0].isoformat())
    says = it.said(f"which withdrawals of {state.shown} are pending", days[:1])

    def reply(answers: Sequence[object]) -> str:
        rows = [row for row in rows_of(answers[0]) if row["state"] == state.value]
        return _listed(it, says, [f"{row['title']} (out on {row['effect']})" for row in rows])

    return it.plan("pending-withdrawals", says, (words,), reply, "rel:pending rel:left rel:notice", state)


def _treaties(it: Asking, state: Piece) -> Plan:
    """What holds a state, what it signed, or what it is outside of."""
    frame, days = it.frame, it.days()
    signed = frame.rel("signed", "signatory")
    out = any(piece.negated for piece in frame.pieces if piece.kind in ("rel", "state")) or frame.rel("nonparty")
    unratified = signed and frame.rel("ratified", "party", "joined", "in-force")
    how = "outside" if out and not signed else "signed" if signed else "bound"
    topic = frame.topic
    words = [
        (
            "query",
            "treaties-of",
            "--a",
            state.value,
            "--how",
            how,
            *(("--topic", topic.value) if topic else ()),
            "--on",
            day.isoformat(),
        )
        for day in days
    ]
    what = {"bound": "which instruments hold {}", "signed": "which instruments {} has signed",
            "outside": "to which multilateral instruments {} is no party"}[how].format(state.shown)  # fmt: skip
    says = it.said(
        f"{what}{f' about {topic.shown}' if topic else ''}{f', {frame.scope} only' if frame.scope else ''}", days
    )

    def reply(answers: Sequence[object]) -> str:
        told = []
        for day, answer in zip(days, answers, strict=True):
            rows = [row for row in rows_of(answer) if not frame.scope or row["scope"] == frame.scope]
            if frame.rel("binding"):
                rows = [row for row in rows if it.index.summary(row["id"]).binding]
            if unratified and out:
                rows = [row for row in rows if row["standing"] == "signatory"]
            sure = [row for row in rows if row["standing"] != "not-known"]
            titles = [_with_standing(row) if how == "outside" else row["title"] for row in sure]
            unsure, open_ = len(rows) - len(sure), bool(left_open(answer))
            text = _listed(it, f"{what}{f' about {topic.shown}' if topic else ''} on {long_form(day)}", titles,
                           least=bool(unsure) or (open_ and not topic))  # fmt: skip
            told.append(f"{text} Of {unsure} more the record does not say." if unsure and not open_ else text)
        return " ".join(dict.fromkeys(told))

    uses = "rel:party rel:signed rel:signatory rel:ratified rel:joined rel:nonparty rel:in-force rel:remain mark:all"
    pieces = (state, *frame.of("topic", "scope"))
    return it.plan("treaties-of", says, words, reply, f"{uses} rel:binding", *pieces)


def _with_standing(row: Row) -> str:
    return f"{row['title']} ({row['standing'].replace('-', ' ')})" if row["standing"] != "none" else row["title"]


def _inherited(it: Asking, state: Piece) -> Plan:
    words = ("query", "obligations-from-predecessor", "--state", state.value)
    says = f"through which acts {state.shown} took up what held a predecessor"

    def reply(answers: Sequence[object]) -> str:
        rows = rows_of(answers[0])
        return _listed(it, says, [f"{row['title']} ({row['act'].replace('-', ' ')} on {row['date']})" for row in rows])

    return it.plan("inherited", says, (words,), reply, "rel:inherited rel:party", *it.frame.states)


def _known(it: Asking, state: Piece) -> Plan:
    """What was on record of a state by a day: the instruments that held it then, as known then."""
    when = it.frame.when("known")
    assert when is not None
    it.whens.append(when)
    words = ("timeline", state.value, "--on", when.last.isoformat())
    says = f"what was on record about {state.shown} by {long_form(when.last)}"
    return it.plan("known-of-state", says, (words,), lambda answers: told_of_events(says, answers, when.last),
                   "mark:known ask:status rel:party", state)  # fmt: skip


# -- a state and an instrument: why, what it did, who alleged what --


def _of_both(it: Asking, state: Piece, instrument: Piece) -> Iterator[Plan]:
    frame = it.frame
    if frame.ask == "why":
        if frame.rel("left", "suspended", "ended"):
            yield _reasons(it, state, instrument)
        elif frame.rel("contested"):
            yield _contested(it, state, instrument)
    elif frame.rel("inherited") and frame.ask in ("whether", "how", "which", "what-is"):
        yield _succeeded(it, state, instrument)
    elif frame.rel("done", "happened") or (
        frame.ask in ("which", "what-is")
        and frame.rel("party") is None
        and not frame.rel("alleged")
        and not frame.has("mark:known")
    ):
        yield _acts(it, state, instrument)


def _reasons(it: Asking, state: Piece, instrument: Piece) -> Plan:
    day = it.days()[-1]
    words = ("query", "reasons-given", "--instrument", instrument.value, "--a", state.value, "--on", day.isoformat())
    says = f"why {state.shown} left or suspended {instrument.shown}, as far as it said so"
    suspending = it.frame.rel("suspended") is not None

    def reply(answers: Sequence[object]) -> str:
        rows = [
            row
            for row in rows_of(answers[0])
            if (row["act"] == "suspension") is suspending or (not suspending and row["act"] != "suspension")
        ]
        if not rows:
            return f"No such act of {state.shown} under {instrument.shown} is on record, so no reason either."
        ranked = sorted(rows, key=lambda row: _RANK.get(row["reason"], 9))
        said = [row for row in ranked if row["reason"] in ("alleged breach", "step of another state")] or ranked
        told = [f"{row['reason']}, {row['when']}: {row['what'].rstrip('.')}" for row in said]
        act = f"{rows[0]['act'].replace('-', ' ')} of {rows[0]['date']}"
        why = "; ".join(dict.fromkeys(told[:4]))
        return f"{begun(state.shown)}, {act} under {instrument.shown}; on record as its reason: {why}."

    return it.plan(
        "reasons", says, (words,), reply, "rel:left rel:suspended rel:announce rel:ended rel:notice", state, instrument
    )


_RANK: Final = {"alleged breach": 0, "step of another state": 1, "its own statement": 2, "note on the act": 4,
                "ground of the clause": 3, "step of its own law": 5}  # fmt: skip


def _contested(it: Asking, state: Piece, instrument: Piece) -> Plan:
    days = it.days()
    words = ("status", instrument.value, "--state", state.value, "--on", days[0].isoformat())
    says = it.said(f"who holds what of {state.shown} under {instrument.shown}", days[:1])

    def reply(answers: Sequence[object]) -> str:
        answer = statuses(answers)[0]
        views = [view for one in answer.states for view in one.readings]
        if not views:
            return f"It is not contested. {answer.answer}"
        told = [_view_told(it, view) for view in views]
        return f"{'; '.join(begun(text) for text in told)}. {answer.answer}"

    return it.plan("contested", says, (words,), reply, "rel:contested rel:party ask:status", state, instrument)


def _view_told(it: Asking, view: Mapping[str, Any]) -> str:
    since = f" since {in_words(view['since'])}" if view.get("since") else ""
    why = "; ".join(step["text"] for step in view["because"])
    return f"{_viewer(it, view['by'])} holds that it is {view['standing'].replace('-', ' ')}{since} ({why})"


def _viewer(it: Asking, by: str) -> str:
    return "the text of the clause alone" if by == "clause" else named(it.index, by) if it.index.existence(by) else by


def _acts(it: Asking, state: Piece, instrument: Piece) -> Plan:
    days = it.days()
    words = ("query", "acts-of", "--instrument", instrument.value, "--a", state.value, "--on", days[-1].isoformat())
    says = f"what {state.shown} has done under {instrument.shown} by {long_form(days[-1])}"

    def reply(answers: Sequence[object]) -> str:
        return _listed(it, says, [f"{row['act']} on {row['date']}" for row in rows_of(answers[0])])

    return it.plan("acts", says, (words,), reply, "rel:done rel:happened", state, instrument)


def _succeeded(it: Asking, state: Piece, instrument: Piece) -> Plan:
    words = ("query", "obligations-from-predecessor", "--state", state.value)
    says = f"how {state.shown} took up {instrument.shown} from a predecessor"

    def reply(answers: Sequence[object]) -> str:
        rows = [row for row in rows_of(answers[0]) if row["id"] == instrument.value]
        if not rows:
            return f"No. No act by which {state.shown} took up {instrument.shown} from a predecessor is on record."
        told = [f"{row['act'].replace('-', ' ')} on {row['date']}" for row in rows]
        was = f"{named(it.index, rows[0]['predecessor'])} was {rows[0]['was'].replace('-', ' ')}"
        return f"Yes, by its own acts: {enumerated(told)}. {begun(was)} on its last day."

    return it.plan("inherited", says, (words,), reply, "rel:inherited rel:party rel:remain", state, instrument)
