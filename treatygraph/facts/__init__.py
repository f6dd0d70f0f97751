"""Reads ``graph/`` strictly: every value a string, every problem with its ``file:line`` and the mend."""

from treatygraph.facts.load import FILES, digest, read

__all__ = ["FILES", "digest", "read"]
