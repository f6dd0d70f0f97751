"""Words with their meanings, one or a list of them."""

from __future__ import annotations

from typing import Any

from treatygraph.render import View
from treatygraph.render.parts import Row, table, text

__all__ = ["VIEW"]


def _rows(answer: dict[str, Any]) -> tuple[Row, list[Row]]:
    header = ("list", "id", "label", "definition", "source", "iri")
    return header, [
        [item["scheme"], item["id"], item["label"], item["definition"], item["source"] or "", item["iri"]]
        for item in answer.get("terms", [answer])
    ]


def _table(answer: dict[str, Any]) -> None:
    print(answer["answer"])
    if "terms" in answer:
        table("", ("Word", "Label", "Meaning"), [(i["id"], i["label"], i["definition"]) for i in answer["terms"]])
    else:
        if answer["use"]:
            print(f"use: {answer['use']}")
        for name in ("broader", "narrower"):
            if answer[name]:
                print(f"{name}: {text(answer[name])}")


VIEW = View(_rows, _table)
