"""Reads ``graph/`` strictly: every value a string, every problem with its ``file:line`` and the mend."""

from treatygraph.facts.links import link_lines, read_links
from treatygraph.facts.load import FILES, digest, read
from treatygraph.facts.sheets import Findings

__all__ = ["FILES", "Findings", "digest", "link_lines", "read", "read_links"]
