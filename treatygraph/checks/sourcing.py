"""Sources: where each one is, and that each one is used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from treatygraph.facts.references import citations
from treatygraph.model.errors import Finding
from treatygraph.model.records import Facts

__all__ = ["source_errors", "unused_sources"]

_PLACELESS: Final = ("recall", "editorial")
"""Kinds of source that nobody else can open."""
_SCHEME: Final = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
_OPENABLE: Final = frozenset({"http", "https", "doi", "urn", "isbn"})
"""What an address may begin with; ``javascript:`` and ``data:`` would be code in whatever page links it."""


def source_errors(facts: Facts) -> Iterator[Finding]:
    """An error for each source that a reader could not find."""
    for source in facts.sources.values():
        if not source.place and source.kind not in _PLACELESS:
            yield Finding(
                source.cite.place,
                "source-without-place",
                f"'{source.id}' ({source.kind}) says nowhere where it can be read.",
                "fill 'place': an address, or owner/repository@commit and the path.",
                record=source.id,
            )
        scheme = _SCHEME.match(source.place)
        if scheme and scheme[1].casefold() not in _OPENABLE:
            yield Finding(
                source.cite.place,
                "source-place",
                f"the place of '{source.id}' begins with '{scheme[0].strip()}', which no reader can open as a page.",
                "give an address that begins with https:// or http://, or say in words where it is.",
                record=source.id,
            )


def unused_sources(facts: Facts) -> Iterator[Finding]:
    """A warning for each source that no fact cites."""
    used = {name for cite in citations(facts) for name in cite.sources}
    for source in facts.sources.values():
        if source.id not in used:
            yield Finding(
                source.cite.place,
                "unused-source",
                f"no fact cites '{source.id}'.",
                "take the row out, or cite it.",
                "warning",
                source.id,
            )
