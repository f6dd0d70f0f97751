"""Wikidata's statements as values, from the rows of a query: rank, value, dates, references."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from treatygraph.model.dates import Span
from treatygraph.model.errors import BadDate
from treatygraph.model.wikidata_links import ENTITY
from treatygraph.wikidata.wire import Row

__all__ = ["Statement", "best", "moment", "read", "target"]

_TIME: Final = re.compile(r"\+?(\d{4})-(\d{2})-(\d{2})T")
_LENGTH: Final = {"11": 10, "10": 7, "9": 4}
"""How much of a day each precision of Wikidata says: day, month, year."""
_NOBODY: Final = "/.well-known/genid/"
"""In the address of what stands for a value that is known to exist and not known."""


@dataclass(frozen=True)
class Statement:
    """One statement of an item."""

    id: str
    property: str
    rank: str
    """``preferred``, ``normal`` or ``deprecated``."""
    value: str
    """An id of Wikidata; empty for a date, for "no value" and for "unknown value"."""
    date: Span | None
    """The value, where it is a date."""
    unknown: bool
    """The value exists and is not known."""
    when: tuple[Span, ...]
    """Every point in time that qualifies it; several where several are given."""
    when_unknown: bool
    """A point in time qualifies it that is not known."""
    urls: tuple[str, ...]
    """The reference URLs."""
    ended: tuple[Span, ...] = ()
    """Every end time that qualifies it: a state's last day as a party."""


def moment(time: str, precision: str) -> Span | None:
    """A point in time with its precision as an uncertain date; None when it is vaguer than a year, or before Christ.

    >>> moment("2010-04-08T00:00:00Z", "11").text
    '2010-04-08'
    >>> moment("+1963-00-00T00:00:00Z", "9").text
    '1963'
    """
    match = _TIME.match(time)
    if not match or precision not in _LENGTH:
        return None
    try:
        return Span.parse("-".join(match.groups())[: _LENGTH[precision]])
    except BadDate:
        return None


def target(rows: Sequence[Row], item: str) -> str:
    """The item that answers for ``item``: itself, or the one to which it was redirected."""
    return next((row["item"].removeprefix(ENTITY) for row in rows if row.get("item")), item)


def read(rows: Iterable[Row]) -> tuple[Statement, ...]:
    """The statements that rows tell of, in order of property and id; a statement may take several rows."""
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row["statement"], []).append(row)
    statements = [_statement(name, group) for name, group in grouped.items()]
    return tuple(sorted(statements, key=lambda statement: (statement.property, statement.id)))


def _statement(name: str, rows: Sequence[Row]) -> Statement:
    first, value = rows[0], rows[0].get("value", "")
    when = {span for row in rows if (span := moment(row.get("when", ""), row.get("whenPrecision", "")))}
    ended = {span for row in rows if (span := moment(row.get("ended", ""), row.get("endedPrecision", "")))}
    return Statement(
        id=name.rpartition("/")[2],
        property=first["property"],
        rank=first["rank"].rpartition("#")[2].removesuffix("Rank").lower(),
        value=value.removeprefix(ENTITY) if value.startswith(ENTITY) else "",
        date=moment(first.get("time", ""), first.get("precision", "")),
        unknown=_is_unknown(value),
        when=tuple(sorted(when)),
        when_unknown=any(_is_unknown(row.get("raw", "")) for row in rows),
        urls=tuple(sorted({row["url"] for row in rows if row.get("url")})),
        ended=tuple(sorted(ended)),
    )


def _is_unknown(value: str) -> bool:
    return value.startswith("_:") or _NOBODY in value


def best(statements: Iterable[Statement], *, each_value: bool) -> list[Statement]:
    """The statements that count: none that is deprecated, and a preferred one in place of normal ones.

    Args:
        statements: those of one property.
        each_value: what is preferred is preferred among statements of the same value (a treaty has many signatories),
            not among all (it has one day of signature).
    """
    current = [statement for statement in statements if statement.rank != "deprecated"]
    preferred = {statement.value if each_value else "" for statement in current if statement.rank == "preferred"}
    return [
        statement
        for statement in current
        if statement.rank == "preferred" or (statement.value if each_value else "") not in preferred
    ]
