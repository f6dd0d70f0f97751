"""The edition of the record that an index holds."""

from __future__ import annotations

from treatygraph.build.index import Index
from treatygraph.model.version import EDITION_DAY, RECORD_VERSION, Edition

__all__ = ["edition_of"]


def edition_of(index: Index) -> Edition:
    """The edition that an index holds."""
    return Edition(RECORD_VERSION, EDITION_DAY.isoformat(), index.digest)
