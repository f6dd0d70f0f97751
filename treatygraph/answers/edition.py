"""Which edition of the record an answer rests on: the same three values in every answer that is an object."""

from __future__ import annotations

from dataclasses import dataclass

from treatygraph.build.index import Index
from treatygraph.model.json_form import plain
from treatygraph.model.version import EDITION_DAY, VERSION

__all__ = ["Edition", "edition_of"]


@dataclass(frozen=True, slots=True)
class Edition:
    """The release of the record."""

    version: str
    day: str
    """The day up to which it tells what happened (ISO)."""
    digest: str
    """Of the facts and the code that were built; empty where the build has none."""

    def to_dict(self) -> dict[str, str]:
        """The JSON form."""
        return plain(self)


def edition_of(index: Index) -> Edition:
    """The edition that an index holds."""
    return Edition(VERSION, EDITION_DAY.isoformat(), index.digest)
