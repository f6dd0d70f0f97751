"""One name, one record: a name that two states or two instruments bear cannot be asked for."""

from __future__ import annotations

from collections.abc import Iterator

from treatygraph.model.errors import Finding
from treatygraph.model.names import key, names
from treatygraph.model.records import Cite, Facts

__all__ = ["shared_names"]


def shared_names(facts: Facts) -> Iterator[Finding]:
    """An error for each name of two states or two instruments, unless it is the id of one of them."""
    bearers: dict[tuple[str, str], set[str]] = {}
    for name, kind, record, _ in names(facts):
        if kind in ("state", "instrument"):
            bearers.setdefault((kind, name), set()).add(record)
    for (kind, name), records in sorted(bearers.items()):
        if len(records) > 1 and name not in {key(record) for record in records}:
            first, *others = sorted(records)
            yield Finding(
                _cite(facts, kind, first).place,
                "shared-name",
                f"'{name}' is a name of {first} and of {', '.join(others)} ({_cite(facts, kind, others[0]).place}).",
                "take the name from all but one of them, or make it longer.",
                record=first,
            )


def _cite(facts: Facts, kind: str, record: str) -> Cite:
    return facts.states[record].cite if kind == "state" else facts.instruments[record].cites["title"]
