"""Answers as agents get them: of a bearable length, with every source that they cite named in full."""

from __future__ import annotations

from typing import Any, Final

from treatygraph.answers.citation.cite import sources_in
from treatygraph.build.edition import edition_of
from treatygraph.build.index import Index
from treatygraph.model.errors import UnknownName
from treatygraph.model.records import Source

__all__ = ["DETAILS", "MOST_LINES", "answered", "detailed", "shortened"]

MOST_LINES: Final = 100
"""So many lines of one list; what is left out is counted."""
DETAILS: Final = ("brief", "full")
"""How much of each instrument an answer tells."""
_SOURCES: Final = 2
"""So many sources of an instrument in a brief answer; the others are counted."""
_BETWEEN: Final = frozenset({"instruments", "not_known", "signed", "ended", "pledges"})
"""The lists of an answer to what remains between two powers."""
_STATUS: Final = frozenset({"status", "counts", "states"})
"""What an answer to how an instrument stands has, and no other."""
_FEW: Final = 5
"""States of which a brief answer gives every reason."""
_OF_THE_PARENT: Final = ("kind", "scope", "topics", "binding", "standing", "with")
"""What a part does not repeat."""


def answered(index: Index, answer: dict[str, Any]) -> dict[str, Any]:
    """An answer with its ``edition`` and ``bibliography``: of every source that it cites by id one line.

    The line has title, publisher, date and place. A source that is general knowledge says "unverified".
    """
    sources = {name: source for name in sorted(sources_in(answer)) if (source := index.source(name))}
    lines = {name: line for name, source in sources.items() if (line := _described(source))}
    return {**answer, "edition": edition_of(index).to_dict(), "bibliography": lines}


def _described(source: Source) -> str:
    if source.kind == "recall":
        return "unverified: general knowledge, not checked in a source"
    parts = (source.title, source.publisher, source.date, source.place)
    return ", ".join(part for part in dict.fromkeys(parts) if part)


def detailed(answer: dict[str, Any], detail: str) -> dict[str, Any]:
    """An answer to what remains, or to how an instrument stands, in full or in brief; any other as it is.

    In brief, what is empty, false or without an end is left out (``binding`` never is). A part does not repeat what is
    as in its parent. Two sources are named, general knowledge last, and ``more_sources`` counts the others. Of many
    states only those with flags or several readings have every reason: the others have the first, and
    ``more_reasons`` counts the rest.

    Raises:
        UnknownName: there is no such detail.
    """
    if detail not in DETAILS:
        raise UnknownName("detail", detail, DETAILS)
    lists = _BETWEEN if answer.keys() >= _BETWEEN else {"states"} if answer.keys() >= _STATUS else ()
    if detail == "full" or not lists:
        return answer
    return {
        key: [_brief(item, {}, len(value)) for item in value] if key in lists else value
        for key, value in answer.items()
    }


def _brief(item: dict[str, Any], parent: dict[str, Any], number: int) -> dict[str, Any]:
    """One of ``number`` instruments or states."""
    found: dict[str, Any] = {}
    for key, value in item.items():
        if key in _OF_THE_PARENT and key in parent and parent[key] == value:
            continue
        if key == "sources":
            found[key] = sorted(value, key="recall".__eq__)[:_SOURCES]
            if len(value) > _SOURCES:
                found["more_sources"] = len(value) - _SOURCES
        elif key == "parts" and value:
            found[key] = [_brief(part, item, number) for part in value]
        elif key == "because" and isinstance(value, list):
            most = 1 if number > _FEW and not item["flags"] and not item["readings"] else len(value)
            found[key] = [_step(step) for step in value[:most]]
            if len(value) > most:
                found["more_reasons"] = len(value) - most
        elif key == "binding" or _says_something(value):
            found[key] = value
    return found


def _step(step: dict[str, Any]) -> dict[str, Any]:
    """A reason; its one source is not named twice."""
    once = [step["source"]] == step["sources"]
    return {key: value for key, value in step.items() if _says_something(value) and not (once and key == "sources")}


def _says_something(value: Any) -> bool:
    return value is not False and value not in (None, "", [], {})


def shortened(value: dict[str, Any], most: int = MOST_LINES, *, last: bool = False) -> dict[str, Any]:
    """An answer in which no list is longer than ``most``; ``left_out`` says how many lines are not shown.

    Args:
        value: the answer.
        most: lines of each list directly in it.
        last: keep the end of a list in place of its beginning.
    """
    found: dict[str, Any] = {}
    left: dict[str, int] = {}
    for key, inner in value.items():
        if isinstance(inner, list) and len(inner) > most:
            found[key], left[key] = (inner[-most:] if last else inner[:most]), len(inner) - most
        else:
            found[key] = inner
    return {**found, "left_out": left} if left else found
