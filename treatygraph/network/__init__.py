"""States and instruments as a network on a day: who is held by what, who shares what, and what was lost.

What is computed needs numpy, which is no part of the core: it is imported when a name of this room is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from treatygraph.network.graphs import KINDS, network
    from treatygraph.network.snapshot import Selection, Snapshot

__all__ = ["KINDS", "Selection", "Snapshot", "network"]

_HOMES: Final = {"KINDS": "graphs", "network": "graphs", "Selection": "snapshot", "Snapshot": "snapshot"}


def __getattr__(name: str) -> object:
    """The name, from the module where it lives."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__} has no '{name}'.")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
