"""Where instruments are deposited, as ledgers name it, from what registers write."""

from __future__ import annotations

from typing import Final

from treatygraph.model.names import key

__all__ = ["depositary_called"]

_NAMES: Final = {
    "un": "UN",
    "united nations": "UN",
    "new york": "UN",
    "secretary general": "UN",
    "secretary general of the united nations": "UN",
    "london": "London",
    "united kingdom": "London",
    "uk": "London",
    "gbr": "London",
    "moscow": "Moscow",
    "russian federation": "Moscow",
    "russia": "Moscow",
    "soviet union": "Moscow",
    "ussr": "Moscow",
    "rus": "Moscow",
    "washington": "Washington",
    "washington dc": "Washington",
    "washington d c": "Washington",
    "united states": "Washington",
    "united states of america": "Washington",
    "usa": "Washington",
    "paris": "Paris",
    "france": "Paris",
    "iaea": "IAEA",
    "vienna": "IAEA",
    "oas": "OAS",
    "organization of american states": "OAS",
}


def depositary_called(text: str) -> str:
    """The name that ledgers use; the text itself where it is none of those known, empty for none.

    >>> depositary_called("Washington, D.C.")
    'Washington'
    """
    return _NAMES.get(key(text), text.strip())
