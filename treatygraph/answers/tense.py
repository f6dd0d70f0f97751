"""How a sentence speaks of a day: as of what is past, or of what would be if nothing happened (rule K10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from treatygraph.model.dates import long_form
from treatygraph.model.version import EDITION_DAY

__all__ = ["Tense", "tense_of"]


@dataclass(frozen=True, slots=True)
class Tense:
    """The words for a day: ``would`` beyond today, ``late`` between the day of the edition and today."""

    would: bool = False
    late: bool = False

    def be(self, what: str, *, still: bool = False) -> str:
        """``was a party``, ``would be a party``, ``would still be in force``."""
        if not self.would:
            return f"was {what}"
        return f"would still be {what}" if still else f"would be {what}"

    def have(self, what: str) -> str:
        """``had no standing``, ``would have no standing``."""
        return f"would have {what}" if self.would else f"had {what}"

    def had(self, done: str) -> str:
        """``had ratified it``, ``would have ratified it``."""
        return f"would have {done}" if self.would else f"had {done}"

    @property
    def condition(self) -> str:
        """What a sentence ends with: empty of a day that the record has reached."""
        if self.would:
            return f" if nothing happened (the record ends on {long_form(EDITION_DAY)})"
        return f" (as of {long_form(EDITION_DAY)}, where the record ends)" if self.late else ""


def tense_of(on: date, today: date | None = None) -> Tense:
    """The tense of an answer about a day.

    Args:
        on: the day asked about.
        today: the day of the one who asks; None: the day of the edition.
    """
    if on <= EDITION_DAY:
        return Tense()
    would = on > max(today or EDITION_DAY, EDITION_DAY)
    return Tense(would=would, late=not would)
