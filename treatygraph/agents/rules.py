"""The rules that answers cite, in words: those of ``docs/law.md``, of which a copy comes with the package."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

__all__ = ["FILE", "rule_text", "rules"]

FILE: Final = Path(__file__).resolve().parent / "rules.json"
"""Made from ``docs/law.md`` by ``scripts/generate``."""


@lru_cache(maxsize=1)
def rules() -> Mapping[str, str]:
    """What each rule says, by its number, in order."""
    found: dict[str, str] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def rule_text(name: str) -> str:
    """What a rule says, in its first sentence; empty where there is no such rule."""
    return rules().get(name, "").partition(". ")[0].rstrip(".")
