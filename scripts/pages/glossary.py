"""``docs/glossary.md``: the words that answers print and users type, with the definitions of the ontology."""

from __future__ import annotations

from collections.abc import Iterator

from treatygraph.answers.terms import Term, terms

__all__ = ["glossary"]

_INTRO = """# Glossary

Made by `scripts/generate` from the ontology; do not edit. The same words: `treatygraph explain WORD`, in Python
`graph.explain("R23")`. How the project's main words hang together is told in [Background](background.md).
"""
_ORDER = (
    "standing", "flag", "status", "reading", "rule", "act", "clause", "instrument-kind", "binding", "scope", "ending",
    "topic", "relation", "stance", "event-type", "role", "source-kind", "succession-mode",
)  # fmt: skip


def glossary() -> str:
    """The whole page."""
    lists = {item.id: item for item in terms()[""]}
    assert set(_ORDER) == set(lists), "Fix: every list of the ontology has its place on the page."
    lines = [_INTRO]
    for name in _ORDER:
        lines += [f"## {lists[name].label.capitalize()}", "", lists[name].definition, ""]
        lines += [lists[name].use, ""] if lists[name].use else []
        lines += [*_table(terms()[name]), ""]
    lines += ["## Classes", "", "Of the ontology; properties are in `ontology/treatygraph.ttl`.", ""]
    lines += _table(tuple(item for item in terms()["vocabulary"] if item.id[0].isupper()))
    return "\n".join(lines) + "\n"


def _table(words: tuple[Term, ...]) -> Iterator[str]:
    law, use = any(item.source for item in words), any(item.use for item in words)
    yield f"| word | meaning |{' source |' if law else ''}{' a card has it where | under |' if use else ''}"
    yield f"|---|---|{'---|' if law else ''}{'---|---|' if use else ''}"
    for item in words:
        name = f"`{item.id}`" + ("" if item.label.replace(" ", "-") == item.id else f" {item.label}")
        rule = f" {item.use} | {', '.join(f'`{one}`' for one in item.broader)} |" if use else ""
        yield f"| {name} | {item.definition} |{f' {item.source} |' if law else ''}{rule}"
