"""The version of the package, and the day of the record that comes with it."""

from __future__ import annotations

from datetime import date
from typing import Final

__all__ = ["EDITION_DAY", "VERSION"]

VERSION = "0.1.0"
EDITION_DAY: Final = date(2026, 11, 30)
"""The day up to which this edition of the record tells what happened."""
