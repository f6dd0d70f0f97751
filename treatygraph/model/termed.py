"""What carries terms by name, each a text or a list: a clause of a card, a claim of a report, a drafted claim."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["Termed", "Terms"]

Terms = Mapping[str, str | tuple[str, ...]]


class Termed:
    """A record with ``terms``, read as one text or as several values."""

    __slots__ = ()
    terms: Terms

    def get(self, key: str) -> str:
        """The text under ``key``, or the empty string; several values are joined by semicolons."""
        value = self.terms.get(key, "")
        return value if isinstance(value, str) else ";".join(value)

    def many(self, key: str) -> tuple[str, ...]:
        """The values under ``key``; a single text is a list of one, absence is empty."""
        value = self.terms.get(key, ())
        return ((value,) if value else ()) if isinstance(value, str) else value
