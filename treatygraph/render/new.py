"""A record begun: where it stands, what comes next, what the checks say."""

from __future__ import annotations

from typing import Any

from treatygraph.render import View
from treatygraph.render.parts import rows_of

__all__ = ["VIEW"]


def _table(answer: dict[str, Any]) -> None:
    print(answer["answer"])
    if answer["next"]:
        print("To fill in next:")
    for number, step in enumerate(answer["next"], 1):
        print(f"{number}. {step}")
    for item in answer["findings"]:
        print(f"{item['place']}: {item['severity']}: {item['rule']}: {item['message']} Fix: {item['mend']}")


VIEW = View(rows_of("findings", "place", "severity", "rule", "record", "message", "mend"), _table)
