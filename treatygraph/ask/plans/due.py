"""Questions about what is to come: which treaties end, which withdrawals take effect, within a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from treatygraph.answers.upcoming import Upcoming
from treatygraph.ask.plans.plan import Asking, Plan, amount, enumerated
from treatygraph.ask.rows import begun, in_words, typed
from treatygraph.model.dates import long_form

__all__ = ["plans"]

_MONTHS: Final = 24
_WHAT: Final = {"ended": ("end",), "left": ("exit", "notice-without-a-day"), "entered": ("begins", "bound")}
"""What is asked of what is due, by the sign of the relation."""


def plans(it: Asking) -> Iterator[Plan]:
    """A plan where a question looks ahead and asks what ends, takes effect or begins."""
    frame = it.frame
    ahead = frame.future or frame.has("mark:upcoming") or any(when.last > it.today for when in frame.whens)
    relation = frame.rel("left", "ended", "entered", "happened", "pending")
    if not ahead or relation is None or len(frame.instruments) + len(frame.powers) > 1 or frame.past:
        return
    if frame.ask not in ("which", "who", "when", "what-is", "how-many", "whether", "") or frame.rel("whatif"):
        return
    if (frame.instruments or frame.states) and not (frame.has("mark:upcoming") or frame.whens):
        return
    when = frame.when("on", "until", "by", "since")
    start = max(when.first, it.today) if when and when.role == "on" else it.today
    if when:
        it.whens.append(when)
    last = when.last if when else None
    months = max(1, (last.year - start.year) * 12 + last.month - start.month + 1) if last else _MONTHS
    words = ["upcoming", "--on", start.isoformat(), "--months", str(months)]
    for name, pieces in (("state", frame.powers), ("instrument", frame.instruments), ("topic", frame.of("topic"))):
        words += [f"--{name}", pieces[0].value] if pieces else []
    kinds = _WHAT.get(relation.value, ())
    about = "".join(f" of {piece.shown}" for piece in (*frame.powers, *frame.instruments))
    says = f"what is due{about} after {long_form(start)}, up to {long_form(last)}" if last else (
        f"what is due{about} within {months} months after {long_form(start)}"
    )  # fmt: skip

    def reply(answers: Sequence[object]) -> str:
        due = typed(Upcoming, answers[0])
        items = [one for one in due.items if (not kinds or one.type in kinds) and _is_by(one.date, last)]
        if frame.has("mark:upcoming") and "next" in frame.text.casefold() and frame.ask in ("when", "which", "what-is"):
            items = items[:1]
        told = [f"{in_words(one.date)}, {one.text.rstrip('.')}" for one in items]
        waiting = [one.text.rstrip(".") for one in due.waiting] if "exit" in kinds else []
        more = f" Without a day: {enumerated(waiting)}." if waiting else ""
        lead = ("Yes. " if told else "No. ") if frame.ask == "whether" else ""
        if not told:
            return f"{lead}{begun(says)}: nothing of that kind is on record, if no act comes.{more}"
        return f"{lead}{begun(says)}, if no act comes: {amount(len(told))}. {enumerated(told)}.{more}"

    uses = "rel:left rel:ended rel:entered rel:happened rel:pending mark:upcoming rel:effective rel:in-force topic"
    names = (*frame.powers, *frame.instruments, *frame.of("topic"))
    yield it.plan("upcoming", says, (tuple(words),), reply, f"{uses} rel:party mark:any mark:all", *names)


def _is_by(text: str, last: date | None) -> bool:
    return last is None or text[:10] <= last.isoformat()
