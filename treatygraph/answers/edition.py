"""Which edition of the record an answer rests on: the same values in every answer that is an object."""

from __future__ import annotations

from treatygraph.build.edition import edition_of
from treatygraph.model.version import Edition

__all__ = ["Edition", "edition_of"]
