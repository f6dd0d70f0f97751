"""The tables of what is derived: standings, flags and statuses, under every reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from treatygraph.build.codec import decode
from treatygraph.build.shelf import Shelf
from treatygraph.export.fields import Field, Table, days, of
from treatygraph.model.standings import Derivation

__all__ = ["RESULTS"]


class _Derived(NamedTuple):
    """A derived record and the reading that yields it."""

    reading: str
    record: Any


def _derived(attribute: str) -> Callable[[Shelf], Iterator[_Derived]]:
    def records(shelf: Shelf) -> Iterator[_Derived]:
        for found in _derivations(shelf):
            for part in getattr(found, attribute):
                yield _Derived(found.reading, part)

    return records


def _derivations(shelf: Shelf) -> list[Derivation]:
    """Every derivation, decoded once for all tables."""
    if "derivations" not in shelf.memo:
        shelf.memo["derivations"] = [decode(Derivation, value) for _, value in shelf.all("derivation")]
    found: list[Derivation] = shelf.memo["derivations"]
    return found


def _in(attribute: str) -> Callable[[Any], Any]:
    """An attribute of the record inside."""
    return lambda one: getattr(one.record, attribute)


def _lasting(what: str) -> tuple[Field, ...]:
    return tuple(of(one.name, one.description, _within(one.get), one.type) for one in days(what))


def _within(get: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda one: get(one.record)


def _rules(because: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(step.rule for step in because))


def _acts(because: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(step.act for step in because if step.act))


_INSTRUMENT: Final = "Id of the instrument (table instruments)."
_STATE: Final = "Code of the state (table states)."
_READING: Final = "Whose legal view: depositary, clause, or an authority."

RESULTS: Final[tuple[Table, ...]] = (
    Table(
        "standings",
        "Standings of states under instruments, derived, for every reading.",
        (
            of("reading", _READING),
            of("instrument", _INSTRUMENT, _in("instrument")),
            of("state", _STATE, _in("state")),
            of("standing", "party, signatory, former-party and so on.", _in("standing")),
            *_lasting("it holds"),
            of("since", "Since when, in EDTF, as known.", _in("since")),
            of("until_text", "Its end in EDTF, as known; empty: none.", _in("until")),
            of("origin", "Where it began in the person of a state it continues, in EDTF.", _in("origin")),
            of("rules", "Rules by which it began, separated by ;.", lambda one: _rules(one.record.because)),
            of("acts", "Acts and facts by which it began, separated by ;.", lambda one: _acts(one.record.because)),
            of("ending_rules", "Rules by which it ends, separated by ;.", lambda one: _rules(one.record.ending)),
            of("ending_acts", "Acts and facts by which it ends, separated by ;.", lambda one: _acts(one.record.ending)),
        ),
        _derived("standings"),
    ),
    Table(
        "flags",
        "What qualifies standings: pending notices, claimed suspensions, contest.",
        (
            of("reading", _READING),
            of("instrument", _INSTRUMENT, _in("instrument")),
            of("state", _STATE, _in("state")),
            of("flag", "Kind of flag.", _in("flag")),
            *_lasting("it holds"),
            of("by", "Who claims it, or whose reading differs.", _in("by")),
            of("against", "Codes of the states that it concerns, separated by ;; empty: all.", _in("against")),
            of("accepted_by", "Who accepts it, separated by ;.", _in("accepted_by")),
            of("rejected_by", "Who rejects it, separated by ;.", _in("rejected_by")),
            of("text", "What it is, in words.", _in("text")),
        ),
        _derived("flags"),
    ),
    Table(
        "statuses",
        "Statuses of instruments over time, derived, for every reading.",
        (
            of("reading", _READING),
            of("instrument", _INSTRUMENT, _in("instrument")),
            of("status", "in-force, expired, operative and so on.", _in("status")),
            *_lasting("it holds"),
            of("since", "Since when, in EDTF, as known.", _in("since")),
            of("until_text", "Its end in EDTF, as known; empty: none.", _in("until")),
        ),
        _derived("statuses"),
    ),
)
