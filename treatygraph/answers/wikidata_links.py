"""What a record is elsewhere: its item of Wikidata and its article, with how each was found."""

from __future__ import annotations

from typing import Any

from treatygraph.build.index import Index

__all__ = ["item_of", "label_lines", "link_lines"]


def item_of(index: Index, kind: str, record: str) -> str:
    """The id of the item that a record is, exactly or as near as may be; empty when none is linked."""
    kept = [link for link in index.links(kind, record) if not link.rejected]
    for predicate in ("exactMatch", "closeMatch"):
        for link in kept:
            if link.predicate == predicate:
                return link.item
    return ""


def link_lines(index: Index, kind: str, record: str) -> tuple[dict[str, Any], ...]:
    """The links of a record as lines of an answer: what, where, how sure, and the source of the id."""
    lines: list[dict[str, Any]] = []
    for link in sorted(index.links(kind, record), key=lambda link: link.rejected):
        name = "not the same" if link.rejected else link.predicate
        lines.append(
            {"name": name, "value": link.address, "label": link.item_label or None, "how": link.justification,
             "confidence": link.confidence, "date": link.date, "note": link.note or None,
             "sources": [source for source in link.cite.sources if source != "treatygraph"]}
        )  # fmt: skip
    for article in index.articles(kind, record):
        line = {"name": "Wikipedia (English)", "value": article.title, "note": article.note or None}
        lines.append({**line, "sources": list(article.cite.sources)})
    return tuple(lines)


def label_lines(kind: str, record: str) -> tuple[dict[str, Any], ...]:
    """What a record is called in other languages, and what else was taken in: each with whose it is."""
    from treatygraph.build.cache import labels_file
    from treatygraph.labels import labels_of
    from treatygraph.labels.extras import extras_of

    file = labels_file()
    lines: list[dict[str, Any]] = [
        {"name": label.language, "value": label.label, "from": label.origin, "confirmed_by": label.confirmed or None,
         "sources": []}
        for label in labels_of(kind, record, file)
    ]  # fmt: skip
    extras = extras_of(file.parent, kind, record)
    origin = extras.pop("origin", "")
    return (*lines, *({"name": name, "value": value, "from": origin, "sources": []} for name, value in extras.items()))
