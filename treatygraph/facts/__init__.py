"""Reads ``graph/`` strictly: every value a string, every problem with its ``file:line`` and the mend."""

from treatygraph.facts.load import FILES, digest, read
from treatygraph.facts.sheets import Findings
from treatygraph.facts.wikidata_links import link_lines, read_links

__all__ = ["FILES", "Findings", "digest", "link_lines", "read", "read_links"]
