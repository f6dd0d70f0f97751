"""Two days of a pair, or two pairs, side by side."""

from __future__ import annotations

from typing import Any, Final

from treatygraph.render import View
from treatygraph.render.parts import Row, joined, notes, table, text

__all__ = ["VIEW"]

_LISTS: Final = (("lost", "Lost"), ("gained", "Gained"), ("kept", "Kept"), ("only_first", "The first pair only"),
                 ("only_second", "The second pair only"), ("common", "Common to both pairs"))  # fmt: skip
_HEADER: Final = (
    "change", "id", "title", "part_of", "kind", "scope", "binding", "topics", "since", "until", "because", "acts",
    "unverified", "sources",
)  # fmt: skip


def _rows(answer: dict[str, Any]) -> tuple[Row, list[Row]]:
    rows: list[Row] = []
    for name, _ in _LISTS:
        for item in answer.get(name, ()):
            acts = [act["act"] for act in item["acts"] if act["act"]]
            rows.append([name, *(joined(acts if key == "acts" else item[key]) for key in _HEADER[1:])])
    rows += [["not_known", item["id"], item["title"], *[""] * (len(_HEADER) - 3)] for item in answer["not_known"]]
    return _HEADER, rows


def _table(answer: dict[str, Any]) -> None:
    print(answer["answer"])
    for name, title in _LISTS:
        items = answer.get(name, ())
        if name in ("lost", "gained"):
            header = ("Instrument", "Until" if name == "lost" else "Since", "Because", "Sources")
            day = "until" if name == "lost" else "since"
            rows = [(_title(i), text(i[day]), text(i["because"]) or _act(i), text(i["sources"][:2])) for i in items]
            table(title, header, rows)
        else:
            table(title, ("Instrument", "Since", "Topics"), [(_title(i), i["since"], text(i["topics"])) for i in items])
    table("Not known on one side", ("Id", "Instrument"), [(i["id"], i["title"]) for i in answer["not_known"]])
    notes(answer["notes"])


def _title(item: dict[str, Any]) -> str:
    return f"└ {item['title']}" if item["part_of"] else str(item["title"])


def _act(item: dict[str, Any]) -> str:
    return next((act["act"] for act in item["acts"] if act["act"]), "")


VIEW = View(_rows, _table)
