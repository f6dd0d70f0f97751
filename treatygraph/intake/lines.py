"""Lines of a ledger from what a register has and the ledger has not, each with its source and the place in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from treatygraph.intake.compare import Outcome
from treatygraph.model.records import Act

__all__ = ["COLUMNS", "Line", "lines_of"]

COLUMNS = ("state", "act", "date", "effective", "against", "scope", "depositary", "source", "at", "note")
"""The columns of a ledger."""
Line = dict[str, str]


def lines_of(results: Iterable[Outcome], ledger: Sequence[Act], source: str, *, differing: bool) -> list[Line]:
    """The lines to add, in the order of a ledger.

    What differs is a second row beside ours: two sources that disagree are two rows. A difference that makes no row
    of its own (the same act on the same day) is left to a person.

    Args:
        results: what the comparison says.
        ledger: the acts on record.
        source: the id of the source; it stands in every line.
        differing: whether what differs becomes lines too.
    """
    taken = {(act.state, act.kind, act.date.text, act.depositary) for act in ledger}
    where = _where(ledger)
    rows = []
    for one in results:
        if one.entry is None or one.status not in ({"new", "differs"} if differing else {"new"}):
            continue
        line = _line(one, source, where)
        own = (line["state"], line["act"], line["date"], line["depositary"])
        if own not in taken:
            taken.add(own)
            rows.append(line)
    return sorted(rows, key=lambda row: (row["date"], row["state"], row["act"], row["depositary"]))


def _line(outcome: Outcome, source: str, where: str) -> Line:
    return dict.fromkeys(COLUMNS, "") | {
        "state": outcome.state,
        "act": outcome.act,
        "date": outcome.date,
        "effective": outcome.effective,
        "depositary": outcome.depositary or where,
        "source": source,
        "at": outcome.at,
        "note": outcome.entry.note if outcome.entry else "",
    }


def _where(ledger: Iterable[Act]) -> str:
    """The depositary of an instrument that has one; empty where it has several, or none is named."""
    named = set(_depositaries(ledger))
    return named.pop() if len(named) == 1 else ""


def _depositaries(ledger: Iterable[Act]) -> Iterator[str]:
    return (act.depositary for act in ledger if act.depositary)
