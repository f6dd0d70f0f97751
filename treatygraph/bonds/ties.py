"""A tie of a state to an instrument as networks draw it: from when to when, at the earliest and latest; to whom not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from treatygraph.build.index import Index
from treatygraph.model.dates import Span
from treatygraph.model.index_records import StandingRow

__all__ = ["Tie", "tie_of"]


class Tie(NamedTuple):
    """Days are ISO texts; empty where no end is known."""

    start_earliest: str
    start_latest: str
    end_earliest: str
    """Ends are the first day on which it is gone."""
    end_latest: str
    refused: str
    """States that do not accept this one under the instrument, or that it does not accept (R11, R12), by ``;``."""

    @property
    def imprecise(self) -> bool:
        """Whether the record knows its first or last day as an interval only."""
        return self.start_earliest != self.start_latest or self.end_earliest != self.end_latest


def tie_of(index: Index, row: StandingRow, on: str = "") -> Tie:
    """The tie behind a standing that binds; with ``on``, refused only by those who refuse on that day."""
    start, end = Span.parse(row.since or row.start), Span.parse(row.until) if row.until else None
    return Tie(
        start.earliest.isoformat(),
        max(start.latest.isoformat(), row.start),  # a state carried on from a day on which it was not known
        end.earliest.isoformat() if end else "",
        end.latest.isoformat() if end else "",
        ";".join(sorted({*_refused(index, row, on)})),
    )


def _refused(index: Index, row: StandingRow, on: str) -> Iterator[str]:
    for item in index.exclusions(row.instrument):
        now = item.start <= on < item.end if on else item.start < row.end and row.start < item.end
        if now and row.state in (item.by, item.against):
            yield item.against if item.by == row.state else item.by
