"""The sentence that answers a question as it was put: yes, no, a day, a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from treatygraph.answers.wording import listed, number
from treatygraph.ask.reading import Understood
from treatygraph.model.dates import day, long_form
from treatygraph.model.standings import BOUND

__all__ = ["reply"]

_MOST: Final = 12
"""So many are named in a sentence."""
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_FORMER: Final = ("former-party", "former-participant")
_LEAVING: Final = ("notice-of-withdrawal", "withdrawal", "termination", "end-of-participation")
"""Acts by which a state leaves."""
_STANDS: Final = ("in-force", "operative", "provisional")
Row = Mapping[str, str]


def reply(asked: Understood, answers: Sequence[Any]) -> str:
    """One sentence or a few: the answer for each command; where there are two, what differs between the days."""
    make = _REPLIES.get(asked.form.name, _own)
    each = zip(asked.each, answers, strict=True)
    found = [make(replace(asked, question=question), answer) for question, answer in each]
    if len(answers) == 2 and asked.form.name == "between":
        found.append(_change(*answers))
    return " ".join(dict.fromkeys(found))


def _own(asked: Understood, answer: Any) -> str:
    """The answer's own sentence, or for the rows of a question a count and the first of them."""
    if isinstance(answer, tuple):
        return _happened(asked, answer)
    if not hasattr(answer, "columns"):
        return str(answer.answer)
    return _list(asked, _rows(answer), _ITEMS.get(asked.form.name, "{title}"))


def _list(asked: Understood, rows: Sequence[Row], item: str) -> str:
    what = _begun(asked.question)
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


def _rows(answer: Any) -> list[Row]:
    return [{name: _when(cell or "") for name, cell in zip(answer.columns, row, strict=True)} for row in answer.rows]


def _when(text: str) -> str:
    """A day in words; any other text as it is."""
    if text == "..":
        return "no day on record"
    return long_form(day(text)) if _DAY.fullmatch(text) else text


def _change(first: Any, last: Any) -> str:
    then, now = ({item.id: item.title for item in one.instruments} for one in (first, last))
    gone = [title for name, title in then.items() if name not in now]
    new = [title for name, title in now.items() if name not in then]
    parts = [f"{what}: {listed(titles)}" for what, titles in (("gone", gone), ("new", new)) if titles]
    return f"Between the two days, {'; '.join(parts)}." if parts else "The two days have the same instruments."


def _happened(asked: Understood, entries: Sequence[Any]) -> str:
    what = _begun(asked.question)
    if not entries:
        return f"{what}: nothing on record."
    past = [entry for entry in entries if entry.order <= asked.today] or entries
    text = past[-1].text.rstrip(".")
    return f"{what}: {number(len(entries))} entries on record; the latest is of {_when(past[-1].date)}: {text}."


def _is_party(_: Understood, answer: Any) -> str:
    bound = [state.standing in BOUND for state in answer.states]
    return _yes_or_no(all(bound), any(bound), answer)


def _has_left(_: Understood, answer: Any) -> str:
    """Out by an act of its own: an instrument that expired, or that the other side ended, was not left."""
    left = [state.standing in _FORMER and _by_own_act(state) for state in answer.states]
    out = [state.standing in _FORMER for state in answer.states]
    told = _yes_or_no(all(left), any(left), answer)
    if any(out) and not any(left):
        what = answer.title
        return f"{told} It is no longer bound, but not by an act of its own: {what} had ended for it."
    return told


def _by_own_act(state: Any) -> bool:
    """Whether a reason for the standing is an act of leaving by the state itself (the key of an act says both)."""
    acts = [(step["act"] or "").split("/") for step in state.because if not step.get("ends")]
    return any(len(parts) > 2 and parts[1] == state.state and parts[2] in _LEAVING for parts in acts)


def _who_left(asked: Understood, answer: Any) -> str:
    rows = _rows(answer)
    told = _list(asked, [row for row in rows if row["act"]], "{state} ({out})")
    others = list(dict.fromkeys(row["state"] for row in rows if not row["act"]))
    if not others:
        return told
    names = listed(others[:_MOST]) if len(others) <= _MOST else f"{number(len(others))} others"
    return f"{told} No longer bound, but not by an act of their own: {names}."


def _yes_or_no(every: bool, some: bool, answer: Any) -> str:
    word = "Yes" if every else "Some" if some else "No"
    contested = any(state.readings for state in answer.states)
    lead = f"By the depositaries' record: {word.lower()}" if contested and answer.reading == "depositary" else word
    return f"{lead}. {answer.answer}"


def _is_in_force(_: Understood, answer: Any) -> str:
    word = "Yes" if answer.status in _STANDS else "No"
    return f"{word}. {_life(_, answer)}"


def _life(_: Understood, answer: Any) -> str:
    until = f" Its last day by the record is the one before {_when(answer.until)}." if answer.until else ""
    missing = f" Missing: {answer.missing}." if answer.missing else ""
    return f"{answer.answer}{until}{missing}"


def _ended(asked: Understood, answer: Any) -> str:
    gone = [f"{item.title} ({_when(item.until)}, {item.because})" for item in answer.ended]
    rows = [{"title": text} for text in gone]
    return _list(asked, rows, "{title}")


def _when_left(asked: Understood, answer: Any) -> str:
    who, what = asked.slots["a"].shown, asked.slots["instrument"].shown
    rows = _rows(answer)
    out = [row for row in rows if row["standing"] in _FORMER]
    if out and out[-1]["left_by"]:
        return (
            f"{_begun(who)} was out of {what} on {out[-1]['since']}, by its own {out[-1]['left_by'].replace('-', ' ')}."
        )
    if out:
        return (
            f"{_begun(who)} did not leave {what}: it is no longer bound since {out[-1]['since']}, by no act of its own."
        )
    if rows:
        return f"{_begun(who)} has not left {what}: its standing is {_plain(rows[-1])}, since {rows[-1]['since']}."
    return f"{_begun(who)} has no standing under {what} on record, so it has not left it."


def _when_joined(asked: Understood, answer: Any) -> str:
    who, what = asked.slots["a"].shown, asked.slots["instrument"].shown
    rows = _rows(answer)
    held = [row for row in rows if row["standing"] in BOUND]
    if not held:
        now = f": its standing is {_plain(rows[-1])}, since {rows[-1]['since']}" if rows else ""
        return f"{_begun(who)} has not become a party to {what}{now}."
    first, last = held[0], held[-1]
    named = "" if first["code"] == asked.slots["a"].id else f" (then in the person of {first['code']})"
    ends = "" if last["until"] == _when("..") else f", until {last['until']}"
    kind = "participant in" if first["standing"] == "participant" else "party to"
    return f"{_begun(who)} has been a {kind} {what} since {first['since']}{named}{ends}."


def _begun(text: str) -> str:
    """At the beginning of a sentence."""
    return text[0].upper() + text[1:]


def _plain(row: Row) -> str:
    return row["standing"].replace("-", " ")


def _act(asked: Understood, answer: Any) -> str:
    who, what, act = (asked.slots[name] for name in ("a", "instrument", "act"))
    rows = _rows(answer)
    dates = list(dict.fromkeys(f"{row['date']}{_at(row)}" for row in rows if row["act"] == act.id))
    if act.id == "signature":
        dates += [f"{row['date']}{_at(row)}" for row in rows if row["act"] == "definitive-signature"]
    others = list(dict.fromkeys(f"{row['act'].replace('-', ' ')} on {row['date']}" for row in rows))
    if dates:
        later = [row for row in rows if row["act"] in ("withdrawal-of-consent", "notice-of-withdrawal", "withdrawal")]
        undone = f" Later: {listed([row['act'].replace('-', ' ') + ' on ' + row['date'] for row in later])}."
        return f"{_begun(who.shown)} {_past(act.words)} {what.shown} on {listed(dates)}.{undone if later else ''}"
    known = f" What is on record: {listed(others)}." if others else ""
    return f"No {act.id.replace('-', ' ')} of {what.shown} by {who.shown} is on record.{known}"


def _at(row: Row) -> str:
    return f" ({row['place']})" if row["place"] else ""


def _past(words: str) -> str:
    first, *rest = words.split()
    past = {
        "sign": "signed",
        "ratify": "ratified",
        "accede": "acceded",
        "accept": "accepted",
        "approve": "approved",
        "suspend": "declared the suspension of",
        "suspended": "declared the suspension of",
    }
    return " ".join([past.get(first, first), *rest])


def _replaced(asked: Understood, answer: Any) -> str:
    wanted = asked.slots["instrument"]
    rows = [row for row in _rows(answer) if row["earlier"] == wanted.id]
    if not rows:
        return f"Nothing on record took the place of {wanted.shown}."
    return _list(asked, rows, "{later} (since {since})")


def _signed(asked: Understood, answer: Any) -> str:
    lines = {line["name"]: line["value"] for name, found in answer.sections if name == "card" for line in found}
    what = asked.slots["instrument"].shown
    if not lines.get("signed"):
        return f"When {what} was signed is not on record."
    place = f" in {lines['place']}" if lines.get("place") else ""
    return f"{what} was signed on {_when(lines['signed'])}{place}."


def _lines(answer: Any, section: str) -> list[Mapping[str, Any]]:
    return [line for name, found in answer.sections if name == section for line in found]


def _treaties_of(asked: Understood, answer: Any) -> str:
    lines = _lines(answer, "standings")
    rows = [{"title": line["name"]} for line in lines if line["value"] in BOUND and not line["until"]]
    return _list(asked, rows, "{title}")


def _is_binding(asked: Understood, answer: Any) -> str:
    binding = next((line["value"] for line in _lines(answer, "card") if line["name"] == "binding"), "")
    what = _begun(asked.slots["instrument"].shown)
    told = {
        "yes": f"Yes. {what} binds in law.",
        "no": f"No. {what} does not bind in law: it is a political commitment.",
    }
    return told.get(binding, f"That is disputed: whether {what} binds in law is seen differently.")


_REPLIES: Final[Mapping[str, Callable[[Understood, Any], str]]] = {
    "ended": _ended,
    "is-binding": _is_binding,
    "treaties-of": _treaties_of,
    "who-left": _who_left,
    "is-party": _is_party,
    "has-left": _has_left,
    "is-in-force": _is_in_force,
    "status": _life,
    "when-left": _when_left,
    "when-joined": _when_joined,
    "did-act": _act,
    "when-act": _act,
    "replaced": _replaced,
    "signed-when": _signed,
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
