"""A register laid beside a ledger: what agrees, what is new, what differs and by how much, what is gone.

Registers name kinds of act differently, list the first of several deposits, and put a predecessor's act under whoever
carries it on; none of that is a difference. A state of the ledger that is not on the list any more is one: an act by
which it left is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from treatygraph.intake.register import CONSENT, EXIT, SIGNATURE, Register, RegisterEntry, category
from treatygraph.intake.states import TERRITORY, StateNames
from treatygraph.model.dates import Span
from treatygraph.model.records import Act
from treatygraph.model.vocabulary import CONSENTS

__all__ = ["STATUSES", "Outcome", "outcomes"]

STATUSES: Final = ("new", "differs", "gone", "unreadable", "agrees")
_SISTERS: Final = frozenset(
    {"ratification", "acceptance", "approval", "consent-to-be-bound", "notification", "adherence"}
)
"""Consents that registers name one for another; an accession or a succession is something else."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one entry of the list, or of one act of the ledger that the list lacks."""

    status: str
    """One of :data:`STATUSES`."""
    state: str
    """The code of the state that acted; empty where no state is called so."""
    name: str
    """As the list writes it."""
    act: str
    date: str
    """The list's, in EDTF; empty for what the list lacks."""
    ours: str
    """The ledger's; empty for what the ledger lacks."""
    days: int | None
    """The list's day less the ledger's; None where there are not two days."""
    at: str
    """The place in the source, or in the ledger for what the list lacks."""
    note: str
    depositary: str = ""
    effective: str = ""
    entry: RegisterEntry | None = None


def outcomes(register: Register, ledger: Sequence[Act], names: StateNames) -> list[Outcome]:
    """Every difference, and what agrees, in the order of :data:`STATUSES` and then of states.

    Args:
        register: what the list says.
        ledger: the acts on record.
        names: what states are called, with their lives.
    """
    entries = list(_distinct(register.entries))
    results = [one for entry in entries if (one := _outcome(entry, ledger, names)) is not None]
    results += [_unread(one.at, one.text, one.why, _code(one.state, names)) for one in register.unread]
    results += _gone(register, results, ledger, names)
    return sorted(results, key=lambda one: (STATUSES.index(one.status), one.state, one.act, one.date, one.at))


def _distinct(entries: Iterable[RegisterEntry]) -> Iterator[RegisterEntry]:
    """The entries, without what a note repeats of the table."""
    seen: set[tuple[str, str, str, str]] = set()
    for entry in entries:
        own = (entry.state, entry.act, entry.date.text, entry.depositary)
        if own not in seen:
            seen.add(own)
            yield entry


def _unread(at: str, text: str, why: str, code: str = "") -> Outcome:
    return Outcome("unreadable", code, text, "", "", "", None, at, why)


def _code(name: str, names: StateNames) -> str:
    code = names.code(name) if name else ""
    return "" if code == TERRITORY else code


def _outcome(entry: RegisterEntry, ledger: Sequence[Act], names: StateNames) -> Outcome | None:
    """What became of one entry; None for a territory, which takes no part of its own."""
    code = names.code(entry.state) or names.two(entry.state)[1]
    if code == TERRITORY:
        return None
    if not code:
        return _unread(entry.at, entry.state, f"no state is called '{entry.state}'; add the name, or correct the page")
    acting, problem = _acting(code, entry, names)
    rows = [
        act
        for act in ledger
        if any(act.state in names.family(one) for one in acting) and category(act.kind) == category(entry.act)
    ]
    rows = _here(rows, entry, ledger)
    if problem:  # who acted cannot be reported: only the very day can be the same act
        rows = [row for row in rows if row.date == entry.date]
    base = Outcome(
        "new", acting[0], entry.state, entry.act, entry.date.text, "", None, entry.at, entry.note, entry.depositary,
        entry.effective.text if entry.effective else "", entry,
    )  # fmt: skip
    if rows:
        return _beside(base, entry, rows)
    return replace(base, status="unreadable", note=problem) if problem else base


def _acting(code: str, entry: RegisterEntry, names: StateNames) -> tuple[tuple[str, ...], str]:
    """The codes of the state that acted on the day, and what is wrong where it cannot be reported."""
    for when in {entry.date.earliest, entry.date.latest}:
        if acting := names.on(code, when):
            return (acting,), ""
    before = names.before(code, entry.date.latest)
    name = names.states[code].name
    if not before:
        return (code,), f"{name} did not exist on {entry.date}, nor did a predecessor on record"
    who = " or ".join(names.states[one].name for one in before)
    return (code, *before), f"{name} did not exist on {entry.date}: {who} acted, the list does not say who"


def _here(rows: Sequence[Act], entry: RegisterEntry, ledger: Sequence[Act]) -> list[Act]:
    """The rows that ought to be this entry: at its depositary, and in the same spell of participation."""
    if entry.depositary:
        rows = [row for row in rows if row.depositary in {entry.depositary, ""}]
    return [row for row in rows if not _left_between(row, entry, ledger)]


def _left_between(row: Act, entry: RegisterEntry, ledger: Iterable[Act]) -> bool:
    if category(entry.act) not in {CONSENT, EXIT} or row.date == entry.date:
        return False
    other = EXIT if category(entry.act) == CONSENT else CONSENT
    first, last = sorted((row.date, entry.date))
    return any(act.state == row.state and category(act.kind) == other and first < act.date < last for act in ledger)


def _beside(base: Outcome, entry: RegisterEntry, rows: Sequence[Act]) -> Outcome:
    same = [row for row in rows if row.date.earliest == entry.date.earliest and row.date.latest == entry.date.latest]
    if same:
        return _same_day(base, entry, min(same, key=lambda row: _is_other_kind(row.kind, entry)))
    wider = next((row for row in rows if _holds(row.date, entry.date)), None)
    if wider:
        return replace(base, status="differs", ours=wider.date.text, days=0, note="the ledger has it less exactly")
    row = min(rows, key=lambda one: one.date) if not entry.depositary else min(rows, key=lambda one: _apart(one, entry))
    days = (entry.date.earliest - row.date.earliest).days
    return replace(base, status="differs", ours=row.date.text, days=days, note=_named(row, entry))


def _holds(wide: Span, narrow: Span) -> bool:
    return wide.earliest <= narrow.earliest and narrow.latest <= wide.latest


def _apart(row: Act, entry: RegisterEntry) -> int:
    return abs((row.date.earliest - entry.date.earliest).days)


def _same_day(base: Outcome, entry: RegisterEntry, row: Act) -> Outcome:
    """The same day: still a difference where the act is of another kind or takes effect on another day."""
    note = _named(row, entry)
    if _is_other_kind(row.kind, entry):
        return replace(base, status="differs", ours=row.date.text, days=0, note=note)
    if row.effective and entry.effective and row.effective != entry.effective:
        days = (entry.effective.earliest - row.effective.earliest).days
        note = f"in effect on {entry.effective} in the list, on {row.effective} in the ledger"
        return replace(base, status="differs", ours=row.date.text, days=days, note=note)
    return replace(base, status="agrees", ours=row.date.text, days=0, note=note)


def _is_other_kind(kind: str, entry: RegisterEntry) -> bool:
    """Whether the two are different acts in law, not one act under two names."""
    if kind == entry.act or category(kind) != CONSENT or (kind in _SISTERS and entry.act in _SISTERS):
        return False
    return not ({kind, entry.act} - CONSENTS)


def _named(row: Act, entry: RegisterEntry) -> str:
    if row.kind == entry.act or not entry.exact:
        return (
            ""
            if row.kind in _SISTERS or row.kind == entry.act
            else f"{entry.act} in the list, {row.kind} in the ledger"
        )
    return f"{entry.act} in the list, {row.kind} in the ledger"


def _gone(
    register: Register, results: Sequence[Outcome], ledger: Sequence[Act], names: StateNames
) -> Iterator[Outcome]:
    """Acts of the ledger whose states the list has no more, and states that it has although they left."""
    listed = _listed(register, results, names)
    departed = {names.code(name) for name in register.departed}
    when = register.day or date.max
    reported: set[str] = set()
    for kind in (CONSENT, SIGNATURE):  # who is gone as a party is not gone as a signatory once more
        if kind in register.holds:
            yield from _missing(kind, listed, ledger, names, when, reported)
    for code in sorted(departed - {""}):
        if not _exit(ledger, names.family(code), when) and EXIT not in listed.get(code, set()):
            name = names.states[code].name
            note = "the list has it in brackets: it left, and neither the list nor the ledger has the act"
            yield Outcome("gone", code, name, "", "", "", None, f"{register.number or 'list'}, {name}", note)
    if CONSENT in register.holds:
        yield from _stays(results, ledger, names, when, departed)


def _listed(register: Register, results: Iterable[Outcome], names: StateNames) -> dict[str, set[str]]:
    """The categories of acts that the list has of each state; of a row that could not be read, all of them."""
    listed: dict[str, set[str]] = {}
    for one in results:
        if one.state and (one.entry or one.status == "unreadable"):
            for code in names.family(one.state):
                listed.setdefault(code, set()).update({category(one.act)} if one.act else {CONSENT, SIGNATURE})
    for entry in register.entries:
        if not names.code(entry.state) and (first := names.two(entry.state)[0]) in names.states:
            listed.setdefault(first, set()).update({CONSENT, SIGNATURE})
    return listed


def _missing(
    kind: str, listed: dict[str, set[str]], ledger: Sequence[Act], names: StateNames, when: date, reported: set[str]
) -> Iterator[Outcome]:
    for act in ledger:
        state = _today(act.state, names, when)
        if category(act.kind) != kind or not state or state in reported or act.date.latest > when:
            continue
        family = names.family(state)
        if any({kind, EXIT} & listed.get(code, set()) for code in family):
            continue
        reported.add(state)
        if _exit(ledger, family, when) is None:
            yield _absent(act, state, names)


def _absent(act: Act, state: str, names: StateNames) -> Outcome:
    why = "its signature is on record, and not on the list"
    if category(act.kind) == CONSENT:
        why = "on record, and not on the list: the act by which it left is missing, or the list leaves it out"
    name = names.states[state].name
    return Outcome("gone", state, name, act.kind, "", act.date.text, None, act.cite.place, why, act.depositary)


def _today(code: str, names: StateNames, when: date) -> str:
    """The state that a list of that day has in the place of ``code``; empty where none carries it on."""
    if when == date.max:
        return next((one for one in sorted(names.family(code)) if names.states[one].end == date.max), "")
    return names.on(code, when)


def _exit(ledger: Iterable[Act], family: frozenset[str], when: date) -> Act | None:
    """The last act on record by which the state left, in effect by ``when``; None where it came back after it."""
    acts = sorted(
        (act for act in ledger if act.state in family and category(act.kind) in {EXIT, CONSENT}),
        key=lambda act: act.date,
    )
    last = acts[-1] if acts else None
    if last is None or category(last.kind) != EXIT or last.date.earliest > when:
        return None
    return last


def _stays(
    results: Sequence[Outcome], ledger: Sequence[Act], names: StateNames, when: date, departed: set[str]
) -> Iterator[Outcome]:
    """States that the list has as parties although the ledger has them out by that day."""
    reported = {one.state for one in results if category(one.act) == EXIT}
    for one in results:
        if one.entry is None or category(one.act) != CONSENT or one.status == "new" or not one.state:
            continue
        family = names.family(one.state)
        last = _exit(ledger, family, when)
        if last is None or family & (departed | reported) or not last.effective or last.effective.latest > when:
            continue
        note = f"on the list, although the ledger has it out since {last.effective}"
        yield replace(
            one, status="differs", act=last.kind, date="", ours=last.date.text, days=None, note=note, entry=None
        )
