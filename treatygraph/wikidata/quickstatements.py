"""Lines of QuickStatements, version 1: the form in which editors of Wikidata load many statements at once.

Form of a line, as Help:QuickStatements of Wikidata describes it: item, property and value, then qualifiers as pairs
of property and value, then references as pairs that begin with ``S`` in place of ``P``, all separated by tabs. A
text stands in double quotes; a date carries its precision (9 a year, 10 a month, 11 a day).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from treatygraph.model.dates import Span

__all__ = ["line", "text", "time"]

_PRECISION = {"day": ("", 11), "month": ("-00", 10), "year": ("-00-00", 9)}


def time(when: Span) -> str:
    """A date with its precision; empty for an interval, which the form cannot say.

    >>> time(Span.parse("2010-04-08"))
    '+2010-04-08T00:00:00Z/11'
    >>> time(Span.parse("2023-05"))
    '+2023-05-00T00:00:00Z/10'
    """
    if when.precision not in _PRECISION:
        return ""
    filling, precision = _PRECISION[when.precision]
    return f"+{when.text}{filling}T00:00:00Z/{precision}"


def text(value: str) -> str:
    """A text in quotes; a quotation mark, a tab or a line break within it would end it and is taken out.

    >>> text("https://example.org/a")
    '"https://example.org/a"'
    """
    return '"' + " ".join(value.replace('"', " ").split()) + '"'


def line(item: str, pid: str, value: str, *, when: Span | None = None, urls: Sequence[str], retrieved: date) -> str:
    """One statement with its point in time and its references.

    Args:
        item: the id of the item that the statement is about.
        pid: the property.
        value: an id, or a date as :func:`time` writes it.
        when: the point in time; None for a statement that needs none.
        urls: the reference URLs; each makes a reference of its own.
        retrieved: the day on which the references were looked at.
    """
    cells = [item, pid, value]
    if when is not None:
        cells += ["P585", time(when)]
    for number, url in enumerate(urls):
        cells += [f"{'!' if number else ''}S854", text(url), "S813", time(Span.of(retrieved))]
    return "\t".join(cells)
