"""The forms in which SPARQL results and graphs are sent, by the names of media types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from pyoxigraph import QueryResultsFormat, RdfFormat

__all__ = ["GRAPHS", "ROWS", "SHORT", "chosen", "count_rows"]

ROWS: Final[Mapping[str, QueryResultsFormat]] = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
"""For SELECT and ASK; the first is the default."""
GRAPHS: Final[Mapping[str, RdfFormat]] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/n-quads": RdfFormat.N_QUADS,
    "application/trig": RdfFormat.TRIG,
}
"""For CONSTRUCT, DESCRIBE and records; the first is the default."""
SHORT: Final[Mapping[str, str]] = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "nq": "application/n-quads",
    "trig": "application/trig",
    "html": "text/html",
}
"""Short names, for ``?format=`` where a header cannot be set."""
_SAME: Final[Mapping[str, tuple[str, ...]]] = {
    "application/json": ("application/sparql-results+json", "application/ld+json"),
    "application/xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "text/xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "application/x-turtle": ("text/turtle",),
    "application/xhtml+xml": ("text/html",),
    "text/plain": ("application/n-triples", "text/tab-separated-values"),
}
"""What clients ask for when they mean another name."""


def chosen(accept: str, offered: Iterable[str]) -> str | None:
    """The form that a client likes best of those on offer, by its header ``Accept`` (RFC 9110, 12.5.1).

    Args:
        accept: the header; empty: anything.
        offered: media types, the server's favourite first.

    Returns:
        None where the client takes none of them.

    >>> chosen("text/turtle;q=0.5, application/ld+json", GRAPHS)
    'application/ld+json'
    >>> chosen("*/*;q=0.1, text/*", ROWS)
    'text/csv'
    >>> chosen("image/png", ROWS)
    """
    offers = list(offered)
    if not accept.strip():
        return offers[0]
    ranges = _ranges(accept, offers)
    liked = [(weight, -place, offer) for place, offer in enumerate(offers) if (weight := _weight(offer, ranges)) > 0]
    return max(liked)[2] if liked else None


def _ranges(accept: str, offers: list[str]) -> dict[str, float]:
    """The weight of each range; a name that stands for another counts for the first of its meanings on offer.

    It is worth a trace less than the right name, so that who gives both gets the right one.
    """
    ranges: dict[str, float] = {}
    for item in accept.split(","):
        name, *parameters = (part.strip().lower() for part in item.split(";"))
        weight = next((_number(one[2:]) for one in parameters if one.startswith("q=")), 1.0)
        meant = next((one for one in _SAME.get(name, ()) if one in offers), None) if name not in offers else None
        if meant and meant not in ranges:
            ranges[meant] = weight * 0.999
        else:
            ranges[name] = weight
    return ranges


def _number(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0


def _weight(offer: str, ranges: Mapping[str, float]) -> float:
    """By the most specific range that covers the offer."""
    kind = offer.partition("/")[0]
    return next((ranges[name] for name in (offer, f"{kind}/*", "*/*") if name in ranges), 0.0)


def _csv_lines(data: bytes) -> int:
    """Line ends outside quotation marks; a mark within a value is doubled, so it opens and closes at once."""
    return sum(part.count(b"\n") for part in data.split(b'"')[::2])


_COUNTS: Final[Mapping[str, Callable[[bytes], int]]] = {
    # A quotation mark within a string of JSON follows a backslash, so this ends a row and begins the next.
    "application/sparql-results+json": lambda data: data.count(b'}},{"') + (b'"bindings":[{' in data),
    "application/sparql-results+xml": lambda data: data.count(b"<result>"),
    "text/csv": lambda data: _csv_lines(data) - 1,
    "text/tab-separated-values": lambda data: data.count(b"\n") - 1,
}


def count_rows(data: bytes, form: str) -> int:
    """The number of rows in a result; in JSON, rows in which nothing is bound are not counted."""
    return _COUNTS[form](data)
