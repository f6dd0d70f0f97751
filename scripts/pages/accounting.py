"""``docs/accounting.md``: what became of every row that was collected before the record was made."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping

from pages import Record, paragraph, table
from pages.record import members
from treatygraph.model.dates import OPEN
from treatygraph.model.records import Facts

__all__ = ["LEAST", "accounting", "held"]

LEAST: Mapping[str, int] = {
    "instruments": 230,
    "acts": 6_700,
    "events": 340,
    "officials with a tenure": 300,
    "members of the United Nations": 193,
    "states that ended": 25,
}
"""What the record must at least hold."""


def held(facts: Facts) -> Mapping[str, int]:
    """How much the record holds of what :data:`LEAST` names."""
    return {
        "instruments": len(facts.instruments),
        "acts": sum(map(len, facts.acts.values())),
        "events": len(facts.events),
        "officials with a tenure": len({tenure.official for tenure in facts.tenures}),
        "members of the United Nations": len(members(facts)),
        "states that ended": sum(1 for state in facts.states.values() if state.end != OPEN),
    }


def accounting(found: Record) -> Iterator[str]:
    """The blocks of the page."""
    yield "# What became of what was collected\n"
    yield paragraph(
        "Made by `scripts/record` from `docs/accounting.csv` and the facts; do not edit.",
        "The record began with tables collected from public lists in November 2026.",
        "A second collection, at the end of that month, filled what the first had left open.",
        "Each of their rows was followed into the record, one by one; here is where they went.",
        "The record has grown since: what it holds today stands in [record.md](record.md).",
    )
    yield "## Held today\n"
    counted = held(found.facts)
    yield table(("records", "at least", "held"), ((name, least, counted[name]) for name, least in LEAST.items()))
    yield "## Row by row\n"
    with (found.docs / "accounting.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    header = ("collected", "rows", "became", "of them", "how, or why not", "which")
    yield table(
        header,
        (
            (
                row["collected"],
                int(row["rows"]),
                row["outcome"],
                int(row["count"]),
                row["reason"],
                _names(row["records"]),
            )
            for row in rows
        ),
    )


def _names(text: str) -> str:
    return ", ".join(text.split(";")) if text else ""
