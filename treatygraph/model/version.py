"""The version of the package, and the edition of the record that comes with it: version, day and digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final

from treatygraph.model.json_form import ABSENT_WHERE_EMPTY, plain

__all__ = ["EDITION_DAY", "OWN", "RECORD_VERSION", "VERSION", "Edition", "version_of"]

VERSION = "0.1.0"
EDITION_DAY: Final = date(2026, 11, 30)
"""The day up to which this edition of the record tells what happened."""


def version_of(day: date) -> str:
    """The version of the record that is released on a day.

    >>> version_of(date(2027, 2, 3))
    '2027.02.03'
    """
    return day.strftime("%Y.%m.%d")


RECORD_VERSION: Final = version_of(EDITION_DAY)
"""The version of the record that comes with this package; that of the package tells the code apart."""

OWN: Final = "+own"
"""What the version of a record ends with over which own facts are laid."""


@dataclass(frozen=True, slots=True)
class Edition:
    """Which record an answer rests on: the same values in every answer, picture, export and description."""

    version: str
    """Of the record: ``2026.11.30``; with ``+own`` where own facts are laid over it."""
    day: str
    """The day up to which it tells what happened (ISO)."""
    digest: str
    """Of the facts and the code that were built; empty where the build has none."""
    overlay: Annotated[tuple[str, ...], ABSENT_WHERE_EMPTY] = ()
    """Where own facts are laid over the record: the records that come from them or are changed by them."""

    def to_dict(self) -> dict[str, object]:
        """The JSON form; ``overlay`` only where there is one."""
        return plain(self)

    @property
    def label(self) -> str:
        """How a line under a picture or a page names it: ``treatygraph record 2026.11.30, digest 1a2b3c4d``."""
        digest = f", digest {self.digest[:8]}" if self.digest else ""
        return f"treatygraph record {self.version}{digest}"
