"""What remains between two powers, for people and as rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from treatygraph.render import View
from treatygraph.render.parts import Row, flags, joined, notes, table, text

__all__ = ["OF_MEMBERS", "SECTIONS", "VIEW"]

_HEADER = (
    "id", "title", "part_of", "kind", "scope", "binding", "topics", "since", "until", "flags", "unverified", "sources",
)  # fmt: skip
SECTIONS: tuple[tuple[str, Callable[[dict[str, Any]], bool]], ...] = (
    ("Legally binding, between the two alone", lambda item: item["binding"] is True and item["scope"] == "bilateral"),
    ("Legally binding, with others", lambda item: item["binding"] is True and item["scope"] != "bilateral"),
    ("Binding nature disputed", lambda item: item["binding"] is None),
    ("Politically binding only", lambda item: item["binding"] is False),
)

OF_MEMBERS = {"Legally binding, between the two alone": "Legally binding, between two states alone"}
"""What a title says of groups: the treaty of a member is none of the group's (rule K13)."""
_SHOWN = 3


def _rows(answer: dict[str, Any]) -> tuple[Row, list[Row]]:
    rows: list[Row] = []

    def add(item: dict[str, Any], parent: str) -> None:
        rows.append([parent if key == "part_of" else joined(item[key]) for key in _HEADER])
        for part in item["parts"]:
            add(part, item["id"])

    for item in answer["instruments"]:
        add(item, "")
    return _HEADER, rows


def _table(answer: dict[str, Any]) -> None:
    print(answer["answer"])
    groups = any(name.islower() for name in answer["question"]["states"])
    header = ("Instrument", "Since", "Until", "Topics", *(["With"] if groups else []), "Notes")
    for title, wanted in SECTIONS:
        items = [item for item in answer["instruments"] if wanted(item)]
        table(OF_MEMBERS.get(title, title) if groups else title, header, _lines(items, groups=groups))
    unknown = [(u["title"], text(u["binding"]) or "disputed", _few(u["about"]), u["why"]) for u in answer["not_known"]]
    table("Not known to hold both", ("Instrument", "Binding", "Open of", "Because"), unknown)
    pledges = [(p["title"], p["since"], text(p["until"]), p["by"], text(p["topics"])) for p in answer["pledges"]]
    table("One-sided pledges", ("Pledge", "Since", "Until", "By", "Topics"), pledges)
    signed = [(s["title"], text(s["standing"]), text(s["topics"]), flags(s)) for s in answer["signed"]]
    table("Signed by both, not binding both", ("Instrument", "Standing", "Topics", "Notes"), signed)
    ended = [
        (
            e["title"],
            e["until"],
            e["because"]
            + (" (unverified)" if e["unverified"] else "")
            + (f" (contested by {', '.join(e['contested'])})" if e["contested"] else ""),
        )
        for e in answer["ended"]
    ]
    table("Ended before", ("Instrument", "Until", "Because"), ended)
    notes(answer["notes"])


def _lines(items: Iterable[dict[str, Any]], depth: int = 0, *, groups: bool) -> Iterable[Row]:
    for item in items:
        title = ("  " * depth + "└ " if depth else "") + item["title"]
        doubtful = len(item["with_not_known"])
        more = f" ({doubtful} more not known)" if doubtful else ""
        members = [f"{_few(item['with'])}{more}"] if groups else []
        yield title, item["since"], text(item["until"]), text(item["topics"]), *members, flags(item)
        yield from _lines(item["parts"], depth + 1, groups=groups)


def _few(codes: list[str]) -> str:
    """Codes of states where they are few; else how many."""
    return ", ".join(codes) if len(codes) <= _SHOWN else str(len(codes))


VIEW = View(_rows, _table)
