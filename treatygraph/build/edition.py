"""The edition of the record that an index holds, and what of it comes from own facts laid over it."""

from __future__ import annotations

from treatygraph.build.codec import decode
from treatygraph.build.index import Index
from treatygraph.model.records import Origin
from treatygraph.model.version import EDITION_DAY, OWN, RECORD_VERSION, Edition

__all__ = ["edition_of", "origins_of"]


def edition_of(index: Index) -> Edition:
    """The edition that an index holds."""
    overlay = tuple(f"{item.kind}/{item.record}" for item in origins_of(index))
    version = f"{RECORD_VERSION}{OWN}" if overlay else RECORD_VERSION
    return Edition(version, EDITION_DAY.isoformat(), index.digest, overlay)


def origins_of(index: Index) -> tuple[Origin, ...]:
    """What comes from own facts laid over the record; empty for the record itself."""
    return index.keep(
        ("origins",), lambda: tuple(decode(Origin, row) for row in index.storage.get("origins", "records") or ())
    )
