"""The sentence that answers a question as it was put: yes, no, a day, a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from treatygraph.answers.wording import listed, number
from treatygraph.ask.known_replies import KNOWING, life_of_instrument
from treatygraph.ask.reading import Understood
from treatygraph.ask.rows import Row, begun, in_words, rows_of
from treatygraph.build.index import Index

__all__ = ["reply"]

_MOST: Final = 12
"""So many are named in a sentence."""


def reply(index: Index, asked: Understood, answers: Sequence[Any]) -> str:
    """One sentence or a few: the answer for each command; where there are two, what differs between the days."""
    name = asked.form.name
    known = KNOWING.get(name)
    make = partial(known, index) if known else _REPLIES.get(name, _own)
    each = zip(asked.each, answers, strict=True)
    found = [make(replace(asked, question=question), answer) for question, answer in each]
    if len(answers) == 2 and name == "between":
        found.append(_change(*answers))
    found += _left_open(answers) if known is None else ()
    return " ".join(dict.fromkeys(found))


def _left_open(answers: Sequence[Any]) -> Iterator[str]:
    """What a list of rows leaves open (rule K8): a row that is not there is no "no"."""
    for answer in answers:
        notes = (getattr(answer, "notes", None) or ()) if hasattr(answer, "columns") else ()
        yield from (f"{begun(note)}." for note in notes[:1])


def _own(asked: Understood, answer: Any) -> str:
    """The answer's own sentence, or for the rows of a question a count and the first of them."""
    if isinstance(answer, tuple):
        return _happened(asked, answer)
    if not hasattr(answer, "columns"):
        return str(answer.answer)
    return _list(asked, rows_of(answer), _ITEMS.get(asked.form.name, "{title}"))


def _list(asked: Understood, rows: Sequence[Row], item: str) -> str:
    what = begun(asked.question)
    items = list(dict.fromkeys(_item(item.format_map(_Words(row))) for row in rows))
    if not items:
        return f"{what}: none on record."
    more = f"; and {len(items) - _MOST} more" if len(items) > _MOST else ""
    return f"{what}: {number(len(items))}. {'; '.join(items[:_MOST])}{more}."


def _item(text: str) -> str:
    """Without the brackets and marks that an empty cell leaves."""
    return text.replace(" ()", "").rstrip(" .,:")


class _Words(dict[str, str]):
    """The cells of a row as a sentence has them: days in words, what is absent left out."""

    def __missing__(self, name: str) -> str:
        return ""


def _change(first: Any, last: Any) -> str:
    then, now = ({item.id: item.title for item in one.instruments} for one in (first, last))
    gone = [title for name, title in then.items() if name not in now]
    new = [title for name, title in now.items() if name not in then]
    parts = [f"{what}: {listed(titles)}" for what, titles in (("gone", gone), ("new", new)) if titles]
    return f"Between the two days, {'; '.join(parts)}." if parts else "The two days have the same instruments."


def _happened(asked: Understood, entries: Sequence[Any]) -> str:
    what = begun(asked.question)
    if not entries:
        return f"{what}: nothing on record."
    past = [entry for entry in entries if entry.order <= asked.today] or entries
    text = past[-1].text.rstrip(".")
    return f"{what}: {number(len(entries))} entries on record; the latest is of {in_words(past[-1].date)}: {text}."


def _who_left(asked: Understood, answer: Any) -> str:
    rows = rows_of(answer)
    told = _list(asked, [row for row in rows if row["act"]], "{state} ({out})")
    others = list(dict.fromkeys(row["state"] for row in rows if not row["act"]))
    if not others:
        return told
    names = listed(others[:_MOST]) if len(others) <= _MOST else f"{number(len(others))} others"
    return f"{told} No longer bound, but not by an act of their own: {names}."


def _ended(asked: Understood, answer: Any) -> str:
    gone = [f"{item.title} ({in_words(item.until)}, {item.because})" for item in answer.ended]
    rows = [{"title": text} for text in gone]
    return _list(asked, rows, "{title}")


def _replaced(asked: Understood, answer: Any) -> str:
    wanted = asked.slots["instrument"]
    rows = [row for row in rows_of(answer) if row["earlier"] == wanted.id]
    if not rows:
        return f"Nothing on record took the place of {wanted.shown}."
    return _list(asked, rows, "{later} (since {since})")


def _lines(answer: Any, section: str) -> list[Mapping[str, Any]]:
    return [line for name, found in answer.sections if name == section for line in found]


def _is_binding(asked: Understood, answer: Any) -> str:
    binding = next((line["value"] for line in _lines(answer, "card") if line["name"] == "binding"), "")
    what = begun(asked.slots["instrument"].shown)
    told = {
        "yes": f"Yes. {what} binds in law.",
        "no": f"No. {what} does not bind in law: it is a political commitment.",
    }
    return told.get(binding, f"That is disputed: whether {what} binds in law is seen differently.")


_REPLIES: Final[Mapping[str, Callable[[Understood, Any], str]]] = {
    "ended": _ended,
    "is-binding": _is_binding,
    "who-left": _who_left,
    "status": life_of_instrument,
    "replaced": _replaced,
}

_ITEMS: Final[Mapping[str, str]] = {
    "one-sided": "{title} ({bound} alone)",
    "left-by": "{title} ({out})",
    "withdrawals-since": "{state} from {title} ({out})",
    "pending-withdrawals": "{state} from {title} (out on {effect})",
    "acts": "{act} on {date}",
    "who-signed": "{official} for {state}, {office}",
    "owes-article-18": "{state}",
    "replaced-all": "{later} after {earlier}",
    "depends-on-another": "{title} (on {on})",
    "last-day": "{title} ({last_day})",
    "limits": "{item}: {number} {unit}",
    "suspension-claims": "{state}, {title} (since {since})",
    "contested-on": "{state} under {title}, by {by}",
    "who-holds-what": "{authority} {stance} {holds}",
    "allegations": "{date}: {what}",
    "pledges": "{state}: {title}",
    "sources-of": "{title}",
    "unverified": "{key}",
    "unverified-by-instrument": "{title} ({facts})",
    "succession-acts": "{state} to {title} ({notified})",
}
"""How a row of each question is named."""
