"""The rows of the index to plain values and back: the one place that knows in which order their parts are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from treatygraph.build.codec import decode
from treatygraph.build.endings import lack, reason
from treatygraph.build.storage import Storage
from treatygraph.model.index_records import (
    Exclusion,
    Existence,
    FlagRow,
    OpenLedger,
    OpenSpan,
    StandingRow,
    Summary,
)
from treatygraph.model.knowledge import Knowledge
from treatygraph.model.records import Act, Facts, State
from treatygraph.model.standings import Because, Derivation, Flag, Outline, Standing
from treatygraph.model.vocabulary import DEPOSITARY

__all__ = [
    "ACT_KIND",
    "ACT_STATE",
    "Reasons",
    "derivation_of",
    "exclusions_of",
    "existence_of",
    "existences",
    "in_order",
    "instrument_in",
    "open_ledgers",
    "outline_of",
    "plain_exclusion",
    "plain_existence",
    "plain_open",
    "plain_standing",
    "plain_summary",
    "reasons_name",
    "reasons_of",
    "sources_of",
    "standing_rows",
    "summary_of",
    "texts",
]


Reasons = tuple[tuple[Standing, ...], tuple[Flag, ...]]
"""The standings and the flags of one state under one instrument and reading."""


def _position(record: type[Any], field: str) -> int:
    return [item.name for item in fields(record)].index(field)


# Where these parts stand in an encoded record, so that a reader can choose rows before it decodes them.
ACT_STATE, ACT_KIND = _position(Act, "state"), _position(Act, "kind")


def plain_open(knowledge: Knowledge) -> list[Any]:
    """What a ledger leaves open, in short: whom it knows more of, to whom it is closed, when others may be bound."""
    spans = [
        [span.start.isoformat(), span.end.isoformat(), span.absence.because.text] for span in knowledge.open_spans()
    ]
    return [sorted(knowledge.known_of), list(knowledge.closed_to), spans]


def open_ledgers(storage: Storage) -> Iterator[OpenLedger]:
    """The same of every ledger, from the documents."""
    for name, (known_of, closed_to, spans) in storage.all("open"):
        yield OpenLedger(name, frozenset(known_of), frozenset(closed_to), tuple(OpenSpan(*span) for span in spans))


def outline_of(item: Derivation) -> Outline:
    """A result without the reasons of its standings and flags."""
    rows = ([each.state, each.standing, each.start.isoformat(), each.end.isoformat(), *each.may]
            for each in item.standings)  # fmt: skip
    held = "".join(f";{' '.join(row)}" for row in rows)
    flagged = tuple(dict.fromkeys(flag.state for flag in item.flags))
    return Outline(item.instrument, item.reading, item.life, item.statuses, held and f"{held};", flagged,
                   item.derived_entry, item.missing, item.notes)  # fmt: skip


def reasons_name(reading: str, instrument: str, state: str) -> str:
    """The name of the document with the standings and flags of a state."""
    return f"{reading}/{instrument}/{state}"


def reasons_of(value: Any) -> Reasons:
    """The standings and flags of a state, from their document."""
    standings, flags = value
    return tuple(decode(Standing, row) for row in standings), tuple(decode(Flag, row) for row in flags)


def derivation_of(outline: Outline, reasons: Mapping[str, Any]) -> Derivation:
    """The result whole, from its outline and the documents of the reasons of its states."""
    names = [reasons_name(outline.reading, outline.instrument, state) for state in outline.states]
    parts = [reasons_of(reasons[name]) for name in names]
    return Derivation(
        outline.instrument, outline.reading, outline.life, outline.statuses,
        tuple(standing for standings, _ in parts for standing in standings),
        tuple(flag for _, flags in parts for flag in flags),
        outline.derived_entry, outline.missing, outline.notes,
    )  # fmt: skip


def plain_standing(facts: Facts, reading: str, standing: Standing, flags: Iterable[Flag]) -> list[Any]:
    """A standing as its state's document holds it: the state itself is the document's name."""
    return [
        reading,
        standing.instrument,
        standing.standing,
        standing.start.isoformat(),
        standing.end.isoformat(),
        standing.since,
        standing.until,
        standing.origin,
        reason(facts, standing) if standing.ending else "",
        sources_of(facts, standing.because),
        sources_of(facts, standing.ending),
        [_plain_flag(flag) for flag in flags if flag.start < standing.end and standing.start < flag.end],
        list(standing.may),
        lack(standing) if standing.may else "",
    ]


def _plain_flag(flag: Flag) -> list[Any]:
    days = [flag.start.isoformat(), flag.end.isoformat()]
    return [flag.flag, *days, flag.by, list(flag.against), list(flag.accepted_by), list(flag.rejected_by)]


def standing_rows(state: str, rows: Iterable[Sequence[Any]] | None) -> tuple[StandingRow, ...]:
    """The standings of a state; empty where it has none."""
    return tuple(
        StandingRow(
            state, reading, instrument, standing, start, end, since, until, origin, reason_, tuple(sources),
            tuple(ending), tuple(map(_flag_row, flags)), tuple(may), lacking,
        )
        for (
            reading, instrument, standing, start, end, since, until, origin, reason_, sources, ending, flags, may,
            lacking,
        ) in rows or ()
    )  # fmt: skip


def _flag_row(parts: Sequence[Any]) -> FlagRow:
    flag, start, end, by, against, accepted, rejected = parts
    return FlagRow(flag, start, end, by, tuple(against), tuple(accepted), tuple(rejected))


def instrument_in(row: Sequence[str]) -> str:
    """The instrument of a standing as its document holds it."""
    return row[1]


def in_order(row: Sequence[str]) -> tuple[bool, str, str]:
    """Where a standing stands in its state's document: by reading, the depositaries' first, and instrument."""
    reading, instrument, *_ = row
    return reading != DEPOSITARY, reading, instrument


def sources_of(facts: Facts, because: Iterable[Because]) -> list[str]:
    """The sources behind steps of reasoning, without our own reading of them."""
    names = dict.fromkeys(source for step in because for source in step.sources)
    return [name for name in names if name in facts.sources and facts.sources[name].kind != "editorial"]


def plain_summary(summary: Summary) -> list[Any]:
    """A summary as its document holds it: all but the id, which is the document's name."""
    _, *parts = summary
    return [list(part) if isinstance(part, tuple) else part for part in parts]


def summary_of(instrument: str, parts: Iterable[Any]) -> Summary:
    """The summary from its document."""
    values: list[Any] = [tuple(part) if isinstance(part, list) else part for part in parts]
    return Summary._make([instrument, *values])


def plain_existence(state: State) -> list[Any]:
    """The life of a state as its document holds it."""
    return [state.name, state.start.isoformat(), state.end.isoformat(), state.continues, list(state.successor_of)]


def existence_of(code: str, parts: Sequence[Any] | None) -> Existence | None:
    """The life of a state; None where there is no such state."""
    if parts is None:
        return None
    name, start, end, continues, successor_of = parts
    return Existence(code, name, start, end, continues, tuple(successor_of))


def existences(storage: Storage) -> Iterator[tuple[str, Existence]]:
    """The life of every state, in order of code."""
    for code, parts in storage.all("life"):
        life = existence_of(code, parts)
        if life:
            yield code, life


def plain_exclusion(exclusion: Exclusion) -> list[str]:
    """An exclusion as its document holds it: all but the instrument, which is the document's name."""
    _, *parts = exclusion
    return parts


def exclusions_of(instrument: str, rows: Iterable[Sequence[str]]) -> tuple[Exclusion, ...]:
    """The exclusions under an instrument."""
    return tuple(Exclusion(instrument, *row) for row in rows)


def texts(value: dict[str, Sequence[str]] | None) -> dict[str, tuple[str, ...]]:
    """Lists of texts by name."""
    return {name: tuple(listed) for name, listed in (value or {}).items()}
