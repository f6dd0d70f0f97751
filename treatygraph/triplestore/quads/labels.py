"""How records that have no name are called: by those that they are about."""

from __future__ import annotations

from collections.abc import Iterable

from treatygraph.model.dates import Span
from treatygraph.model.records import Facts

__all__ = ["Labels", "words"]


def words(notation: str) -> str:
    """A word of a concept scheme or a key of a card as a reader writes it.

    >>> words("notice-of-withdrawal")
    'notice of withdrawal'
    """
    return notation.replace("-", " ").replace("_", " ")


class Labels:
    """The names that labels are made from."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def instrument(self, name: str) -> str:
        """The short title."""
        return self._facts.instruments[name].short

    def body(self, name: str) -> str:
        """A state or a group by its name; an organisation is called as it is written."""
        state, group = self._facts.states.get(name), self._facts.groups.get(name)
        return state.name if state else group.title if group else name

    def bodies(self, names: Iterable[str]) -> str:
        """Several, in their order."""
        return ", ".join(map(self.body, names))

    def official(self, name: str) -> str:
        """A person's name."""
        return self._facts.officials[name].name

    def about(self, what: str, name: str, *more: str, when: Span | None = None) -> str:
        """A label: what it is, of which instrument, of whom, and when where that is known."""
        day = when.text if when else ""
        return f"{words(what)}: " + ", ".join(part for part in (*more, self.instrument(name), day) if part)
