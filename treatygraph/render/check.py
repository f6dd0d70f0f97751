"""Findings about the facts, one a line, as compilers print them."""

from __future__ import annotations

from typing import Any

from treatygraph.render import View
from treatygraph.render.parts import rows_of

__all__ = ["VIEW"]


def _table(answer: dict[str, Any]) -> None:
    print(answer["answer"])
    for item in answer["findings"]:
        print(f"{item['place']}: {item['severity']}: {item['rule']}: {item['message']} Fix: {item['mend']}")


VIEW = View(rows_of("findings", "place", "severity", "rule", "record", "message", "mend"), _table)
