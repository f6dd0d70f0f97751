"""The source line that every picture bears: what it is from, of which day, and under which licence it may be shown."""

from __future__ import annotations

from datetime import date

from treatygraph.answers.edition import edition_of
from treatygraph.build.index import Index
from treatygraph.model.dates import long_form

__all__ = ["credit"]


def credit(index: Index) -> str:
    """``treatygraph 0.1.0 · record of 30 November 2026 · w3id.org/treatygraph · CC BY 4.0``."""
    edition = edition_of(index)
    day = long_form(date.fromisoformat(edition.day))
    return f"treatygraph {edition.version} · record of {day} · w3id.org/treatygraph · CC BY 4.0"
