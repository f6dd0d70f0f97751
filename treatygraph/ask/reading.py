"""Reads a question in plain English: which form it has, what stands in its slots, which days it means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

from treatygraph.ask.days import When, dates_in
from treatygraph.ask.forms import FORMS, Form
from treatygraph.ask.pattern import Found, Slot, fits
from treatygraph.ask.slots import Slots
from treatygraph.bonds.powers import find
from treatygraph.build.index import Index
from treatygraph.model import names
from treatygraph.model.dates import long_form
from treatygraph.model.errors import BadDate, NotUnderstood, UnknownName, UsageError

__all__ = ["Understood", "nearest_questions", "understand"]

_MOST_WORDS: Final = 60
_MOST_LETTERS: Final = 1000
"""No question is longer; a title can be."""
_TRIES: Final = 400
"""How many ways of reading a question with an unknown name are looked at."""
_POLITE: Final = re.compile(
    r"^(?:please\s+)?(?:(?:can|could|would)\s+you\s+)?(?:please\s+)?tell\s+me\s+(?!about\b)(?:please\s+)?|^please\s+"
    r"|\s+please\W*$|^(?:i\s+(?:want|would\s+like|need)\s+to\s+know)\s+",
    re.IGNORECASE,
)
_PAST: Final = re.compile(r"\W*(?:was|were)\b", re.IGNORECASE)
_WHOLE_PAST: Final = "no day was given: the whole past is meant"
_STILL: Final = re.compile(r"\bstill\b", re.IGNORECASE)
_SHORT_FOR: Final = (
    (re.compile(r"\b(what|who|when|where|how|it|that)['’]s\b", re.IGNORECASE), r"\1 is"),
    (re.compile(r"\b(?:[A-Za-z]\.){2,}"), lambda found: found[0].replace(".", "")),
    (re.compile(r"['’](?=s\b)"), " "),
)
_COMMON: Final = frozenset({"the", "a", "of", "on", "in", "and", "to", "is", "it", "us", "russia", "states"})
_KIND_WORDS: Final = {"state": ("state",), "power": ("state", "group"), "instrument": ("instrument",),
                      "name": ("instrument", "state", "group", "official")}  # fmt: skip


@dataclass(frozen=True)
class Understood:
    """What a question was understood as."""

    form: Form
    slots: Found
    question: str
    """The question as understood."""
    each: tuple[str, ...]
    """The same for each command: with one day of two."""
    commands: tuple[tuple[str, ...], ...]
    """The words of each command; two where a date was no day: for its first and its last day."""
    notes: tuple[str, ...]
    """What was taken for granted: which day, and why."""
    today: date
    past: bool = False
    """Whether the whole past is asked about: in the past tense, without a day (rule K16)."""


def understand(index: Index, text: str, today: date) -> Understood:
    """What a question in plain English asks for.

    Args:
        index: where names are looked up.
        text: the question.
        today: what "today" means, and the day taken where none is given.

    Raises:
        NotUnderstood: no form fits; the nearest questions are named, and the word that stands in the way.
    """
    if len(text) > _MOST_LETTERS:
        raise NotUnderstood(
            f"{text[:80]}…", f"It is longer than {_MOST_LETTERS} letters.", nearest_questions(text[:80])
        )
    try:
        rest, whens = dates_in(text, today)
    except BadDate as problem:
        raise NotUnderstood(text, str(problem), nearest_questions(text)) from None
    words = _words(rest)
    if not words or len(words) > _MOST_WORDS:
        raise NotUnderstood(text, "", nearest_questions(text))
    resolve, why = Slots(index), ""
    for form in FORMS:
        found = next((one for pattern in form.written_out for one in fits(pattern, words, resolve)), None)
        if found is None:
            continue
        try:
            return _understood(form, found, whens, today, past=form.past and bool(_PAST.match(rest)))
        except UsageError as problem:
            why = why or str(problem)
    raise NotUnderstood(text, why or _unknown_name(index, words, resolve), nearest_questions(text))


def _words(text: str) -> list[str]:
    for pattern, plain in _SHORT_FOR:
        text = pattern.sub(plain, text)
    text = _STILL.sub(" ", _POLITE.sub("", text.strip()))
    return names.key(text).split()


def nearest_questions(text: str, limit: int = 2) -> tuple[str, ...]:
    """The examples of forms that share most with a text: rare words count more, and only their beginnings."""
    examples = [form.example for form in FORMS]
    asked, known = _stems(text), [_stems(example) for example in examples]
    weights = {stem: 1 / sum(stem in other for other in known) for stems in known for stem in stems}

    def score(number: int) -> float:
        shared = sum(weights[stem] for stem in asked & known[number])
        return shared / (1 + sum(weights[stem] for stem in known[number] - asked))

    ranked = sorted(range(len(examples)), key=lambda number: (-score(number), number))
    return tuple(examples[number] for number in ranked[:limit])


def _stems(text: str) -> set[str]:
    return {word[:5] for word in names.key(text).split() if word not in _COMMON}


def _unknown_name(index: Index, words: Sequence[str], resolve: Slots) -> str:
    """Why a question of a known form is not understood: the name that nothing bears; empty where no form fits."""
    best, why = (0, 0), ""
    for pattern in (pattern for form in FORMS for pattern in form.written_out):
        for found in islice(fits(pattern, words, _anything), _TRIES):
            strange = [slot for slot in found.values() if not resolve(slot.id, slot.words)]
            plain = len(words) - sum(len(slot.words.split()) for slot in found.values())
            rank = len(found) - len(strange), plain
            if strange and plain > 1 and rank > best:
                best, why = rank, _complaint(index, strange[0])
    return why


def _anything(kind: str, words: str) -> Slot | None:
    """A slot that holds whatever stands there, with its kind for an id."""
    return Slot(words, kind, words) if kind not in ("scope", "binding", "act") else None


def _complaint(index: Index, slot: Slot) -> str:
    if slot.id in _KIND_WORDS:
        try:
            find(index, slot.words, _KIND_WORDS[slot.id])
        except UsageError as problem:
            return str(problem)
    return str(UnknownName(slot.id, slot.words))


def _understood(form: Form, found: Found, whens: Sequence[When], today: date, *, past: bool) -> Understood:
    """The commands of a form with its slots and dates.

    Raises:
        UsageError: the form takes no such date, or one only.
    """
    past = past and not whens
    dates, notes = ({}, (_WHOLE_PAST,)) if past else _dates(form, whens, today)
    days = [{name: ends[0] for name, ends in dates.items()}]
    if any(first != last for first, last in dates.values()):
        days.append({name: ends[1] for name, ends in dates.items()})
    each = tuple(_said(form, found, one) for one in days)
    commands = tuple(_command(form, found, one) for one in days)
    question = each[0] if len(each) == 1 else f"{each[0]}, and on {long_form(_differs(days))}"
    return Understood(form, found, question, each, commands, notes, today, past)


def _differs(days: Sequence[dict[str, date]]) -> date:
    """The day of the second command that the first one does not have."""
    return next(when for name, when in days[1].items() if when != days[0][name])


_Dates = dict[str, tuple[date, date]]


def _dates(form: Form, whens: Sequence[When], today: date) -> tuple[_Dates, tuple[str, ...]]:
    taken: _Dates = {}
    notes: list[str] = []
    for when in whens:
        for role, ends in _roles(form, when):
            option = form.dates.get(role)
            if option is None:
                raise UsageError(f"a question such as '{form.example}' takes no date such as '{when.said}'.")
            if option in taken:
                if taken[option] == ends:
                    continue
                raise UsageError(f"'{when.said}' is one date too many.")
            taken[option] = ends
            notes += _told(when, role, ends)
    if form.today and form.today not in taken:
        taken[form.today] = (today, today)
        notes.append(f"no day was given: today, {long_form(today)}, was taken")
    if "known" in taken and "on" in form.dates.values() and "on" not in taken:
        taken["on"] = taken["known"]
        notes.append(f"the day asked about is the day of the record, {long_form(taken['on'][0])}")
    elif form.today == "known" and "on" not in taken:
        taken["on"] = taken["known"]
    return taken, tuple(notes)


def _roles(form: Form, when: When) -> Iterator[tuple[str, tuple[date, date]]]:
    """What a date is for: "by" as the form has it, and "in 2020" as a span where the form takes one."""
    role = form.by if when.role == "by" else when.role
    if role == "on" and "on" not in form.dates and "since" in form.dates:
        yield "since", (when.first, when.first)
        if "until" in form.dates:
            yield "until", (when.last, when.last)
    else:
        yield role, (when.first, when.last)


def _told(when: When, role: str, ends: tuple[date, date]) -> Iterator[str]:
    if role == "on" and ends[0] != ends[1]:
        yield (
            f"'{when.said}' is not a day: answered for its first, {long_form(ends[0])}, and its last, "
            f"{long_form(ends[1])}"
        )
    elif role != "on" and when.said.casefold() not in ("today", "now") and not _is_full(when.said):
        yield f"'{when.said}' was taken as {long_form(ends[0])}"


def _is_full(said: str) -> bool:
    return len(re.findall(r"\d+", said)) > 1 or said.count("-") == 2


def _command(form: Form, found: Found, dates: dict[str, date]) -> tuple[str, ...]:
    ids = {name: slot.id for name, slot in found.items()}
    words = [word.format_map(ids) for word in form.command.split()]
    for name in ("on", "notice"):
        words += [f"--{name}", dates[name].isoformat()] if name in dates else []
    for slot, option in form.flags.items():
        if slot in ids:
            words += [f"--{option}"] if slot == "binding" else [f"--{option}", ids[slot]]
    for name in ("known", "since", "until"):
        words += [f"--{name}", dates[name].isoformat()] if name in dates else []
    return tuple(words)


def _said(form: Form, found: Found, dates: dict[str, date]) -> str:
    values = {name: slot.shown for name, slot in found.items()}
    values |= {name: long_form(when) for name, when in dates.items()}
    values.setdefault("on", values.get("notice", "any day"))
    text = form.says.format_map(values)
    text += f" about {values['topic']}" if "topic" in found else ""
    text += f", {found['scope'].id} only" if "scope" in found else ""
    text += ", legally binding only" if "binding" in found else ""
    text += f", in the view of {values['authority']}" if "authority" in found else ""
    for name in ("since", "until"):
        text += f", {name} {values[name]}" if name in dates else ""
    if "known" in dates and "{known}" not in form.says:
        text += f", as known by {values['known']}"
    if "on" in dates and form.dates.get("until") == "on":
        text += f", until {values['on']}"
    return text
