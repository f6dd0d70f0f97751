"""A register beside a ledger: first what needs a person, then what is new, then the lines."""

from __future__ import annotations

from typing import Any

from treatygraph.render import View
from treatygraph.render.parts import notes, rows_of, table, text

__all__ = ["VIEW"]

_HEADS = ("state", "act", "list", "ledger", "days", "place", "note")
_TITLES = {
    "differs": "Differs",
    "gone": "Gone from the list",
    "unreadable": "Could not be read",
    "new": "New",
}


def _table(answer: dict[str, Any]) -> None:
    print(answer["answer"])
    for status, title in _TITLES.items():
        rows = [_row(one) for one in answer["outcomes"] if one["status"] == status]
        table(title, _HEADS, rows)
    table(
        "Lines of the ledger",
        ("line",),
        [(",".join(_cell(cell) for cell in line.values()),) for line in answer["lines"]],
    )
    table("To be read by a person", ("place", "about", "begins"), [
        (one["at"], ", ".join(one["states"]), one["text"]) for one in answer["remarks"]
    ])  # fmt: skip
    if answer["source"]:
        print("\nSource: " + ",".join(_cell(cell) for cell in answer["source"].values()))
    _coverage(answer["coverage"])
    notes(f"{one['place']}: {one['severity']}: {one['message']} {one['mend']}" for one in answer["findings"])


def _row(one: dict[str, Any]) -> list[str]:
    days = "" if one["days"] is None else f"{one['days']:+d}" if one["days"] else "0"
    name = f"{one['state']} {one['name']}" if one["state"] else one["name"]
    return [name, one["act"], one["date"], one["ours"], days, one["at"], one["note"]]


def _cell(cell: str) -> str:
    return f'"{cell}"' if "," in cell else cell


def _coverage(coverage: dict[str, Any]) -> None:
    before, after = (coverage[key].get("through", "no day") for key in ("before", "after"))
    print(f"\nCoverage: through {before}" + (f"; {coverage['why']}." if coverage["why"] else f"; now through {after}."))
    for gap in coverage["after"].get("gaps", ()) if not coverage["why"] else ():
        print(f"Gap: {text(gap)}")


VIEW = View(
    rows_of(
        "outcomes", "status", "state", "name", "act", "date", "ours", "days", "effective", "depositary", "at", "note"
    ),
    _table,
)
