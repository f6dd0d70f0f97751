"""States and instruments as a network on a day: who is held by what, who shares what, and what was lost."""

from __future__ import annotations

from treatygraph.network.graphs import KINDS, network
from treatygraph.network.snapshot import Selection, Snapshot, snapshot

__all__ = ["KINDS", "Selection", "Snapshot", "network", "snapshot"]
