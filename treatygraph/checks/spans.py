"""How far apart two dates are, and whether two terms surely overlap, when neither need be known to the day."""

from __future__ import annotations

from datetime import date

from treatygraph.model.dates import OPEN, Span

__all__ = ["apart", "count_of_days", "overlap"]


def apart(first: Span, second: Span) -> int:
    """The least number of days from ``first`` to ``second``; 0 when they may be the same day.

    >>> apart(Span.parse("1997-04-29"), Span.parse("1997-05-01"))
    2
    >>> apart(Span.parse("1997-05"), Span.parse("1997-05-01"))
    0
    """
    if first.latest < second.earliest:
        return (second.earliest - first.latest).days
    if second.latest < first.earliest:
        return (second.latest - first.earliest).days
    return 0


def count_of_days(number: int) -> str:
    """``1 day``, ``12 days``; the sign is left out."""
    return f"{abs(number):,} day{'' if abs(number) == 1 else 's'}"


def overlap(first: tuple[Span | None, Span | None], second: tuple[Span | None, Span | None]) -> bool:
    """Whether two half-open terms have a day in common for certain.

    An absent end is open; an absent start is unknown, so that nothing is certain before the end.
    """
    begins, ends = zip(_certain(first), _certain(second), strict=True)
    return max(begins) < min(ends)


def _certain(term: tuple[Span | None, Span | None]) -> tuple[date, date]:
    start, end = term
    return start.latest if start else OPEN, end.earliest if end else OPEN
