"""A citation: in a style of its own, or with what it consists of."""

from __future__ import annotations

import json
from typing import Any

from treatygraph.answers.citation.citation import Citation
from treatygraph.render import View
from treatygraph.render.parts import Row, notes

__all__ = ["VIEW", "styled"]

_HEADER = ("id", "kind", "title", "publisher", "date", "address", "place")


def styled(citation: Citation, style: str) -> str:
    """The citation as a file of one style holds it."""
    if style == "csl":
        return json.dumps(citation.csl, ensure_ascii=False, indent=2) + "\n"
    return {"text": f"{citation.text}\n", "bibtex": citation.bibtex, "ris": citation.ris}[style]


def _rows(answer: dict[str, Any]) -> tuple[Row, list[Row]]:
    own = {"id": answer["key"], "kind": answer["kind"], "title": answer["title"], "address": answer["address"],
           "date": (answer["edition"] or {}).get("day", "")}  # fmt: skip
    return _HEADER, [
        [row.get(name, "") for name in _HEADER]
        for row in (own, *filter(None, [answer["instrument"]]), *answer["sources"])
    ]


def _table(answer: dict[str, Any]) -> None:
    print(answer["styles"]["text"])
    notes(answer["notes"])


VIEW = View(_rows, _table)
