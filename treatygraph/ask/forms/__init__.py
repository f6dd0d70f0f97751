"""The forms of questions, by theme. To add one: phrases into ``tests/data/phrasings.yaml`` first, then the form."""

from __future__ import annotations

from typing import Final

from treatygraph.ask.forms import dispute, instruments, leaving, parties, powers, record
from treatygraph.ask.forms.form import Form

__all__ = ["FORMS", "Form"]

FORMS: Final[tuple[Form, ...]] = (
    *powers.FORMS,
    *leaving.FORMS,
    *parties.FORMS,
    *instruments.FORMS,
    *dispute.FORMS,
    *record.FORMS,
)
"""Every form, in the order in which they are tried."""
