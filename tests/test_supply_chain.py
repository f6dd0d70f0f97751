"""What the package rests on is pinned, hashed and listed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)", re.MULTILINE)


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-test.txt"])
def test_every_locked_package_has_a_hash(lock: str) -> None:
    text = (ROOT / "scripts" / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith(("#", "-r "))]
    assert lines
    assert not [line for line in lines if "--hash=sha256:" not in line or "==" not in line]


def test_the_page_lists_what_is_locked() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    locked = PINNED.findall((ROOT / "scripts" / "requirements.txt").read_text(encoding="utf-8"))
    absent = [f"{name} {version}" for name, version in locked if f"| {name} | {version} |" not in page]
    assert not absent, f"not in docs/dependencies.md: {absent}. Fix: .venv/test/bin/python scripts/supply-chain"
