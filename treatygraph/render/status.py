"""An instrument's standing and its states', with readings and reasons."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from treatygraph.render import View
from treatygraph.render.parts import Row, flags, notes, rows_of, table, text

__all__ = ["VIEW"]

_EXPLAINED = 3
"""Up to so many states, each is shown with its reasons."""


def _table(answer: dict[str, Any]) -> None:
    print(answer["answer"])
    if answer["missing"]:
        print(f"Missing for entry into force: {answer['missing']}.")
    rows = [(s["state"], s["standing"], text(s["since"]), text(s["until"]), flags(s)) for s in answer["states"]]
    table("", ("State", "Standing", "Since", "Until", "Notes"), rows)
    if len(answer["states"]) <= _EXPLAINED:
        for state in answer["states"]:
            _reasons(state)
    notes(answer["notes"])


def _reasons(state: dict[str, Any]) -> None:
    views = [
        (view["by"], view["standing"], text(view["since"]), text(view["flags"]), _steps(view["because"]))
        for view in state["readings"]
    ]
    table(f"{state['state']}: other readings", ("By", "Standing", "Since", "Flags", "Because"), views)
    steps = [_step(step) for step in state["because"]]
    for detail in state["details"]:
        steps += [_step(step, detail["flag"]) for step in detail["because"]]
    table(f"{state['state']}: reasons", ("Rule", "Act or fact", "Date", "Why", "Sources"), steps)


def _step(step: dict[str, Any], flag: str = "") -> Row:
    why = text(step["text"]) if not step.get("ends") else f"ends: {text(step['text'])}"
    return step["rule"], text(step["act"]), text(step["date"]), f"{flag} {why}".strip(), text(step["sources"])


def _steps(steps: Iterable[dict[str, Any]]) -> str:
    return "; ".join(f"{step['rule']} {text(step['text'])}".strip() for step in steps)


VIEW = View(rows_of("states", "state", "standing", "since", "until", "flags", "unverified"), _table)
