"""What a request asks of the SPARQL endpoint (SPARQL 1.1 Protocol, section 2.1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request

from treatygraph.model.terms import NAMED
from treatygraph.web.bodies import FORM, body_of, pairs_of, text_of
from treatygraph.web.limits import Limits
from treatygraph.web.media_types import SHORT
from treatygraph.web.problems import Refusal

__all__ = ["ACCEPT_POST", "ProtocolRequest", "accept_of", "asking_of"]

_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
ACCEPT_POST: Final = f"{_QUERY}, {FORM}"


@dataclass(frozen=True)
class ProtocolRequest:
    """One query, with the dataset that the request names for it."""

    query: str | None
    """None where a GET gives none: it asks for the description of the service."""
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    accept: str = ""


async def asking_of(request: Request, limits: Limits) -> ProtocolRequest:
    """What a GET or POST asks.

    Raises:
        Refusal: the request is not one of the protocol's queries.
    """
    fields = pairs_of(request.url.query)
    if request.method != "POST":
        return _asking(request, fields)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == _UPDATE:
        raise _read_only()
    if kind not in (FORM, _QUERY):
        raise Refusal(
            "wrong-media-type", f"a query comes as {_QUERY} or {FORM}, not as '{kind[:80]}'.",
            offered=[_QUERY, FORM],
        )  # fmt: skip
    text = text_of(await body_of(request, limits))
    asking = _asking(request, [*fields, *pairs_of(text)] if kind == FORM else [*fields, ("query", text)])
    if asking.query is None:
        raise Refusal("bad-request", "the body has no field 'query'; put the query there.")
    return asking


def _asking(request: Request, fields: Iterable[tuple[str, str]]) -> ProtocolRequest:
    fields = list(fields)
    if any(name == "update" for name, _ in fields):
        raise _read_only()
    queries = [value for name, value in fields if name == "query"]
    if len(queries) > 1:
        raise Refusal("bad-request", "the request has several queries; send one at a time.")
    default = tuple(value for name, value in fields if name == "default-graph-uri")
    named = tuple(value for name, value in fields if name == "named-graph-uri")
    for graph in (*default, *named):
        if graph not in NAMED:
            names = ", ".join(f"<{name}>" for name in NAMED)
            raise Refusal(
                "query-refused",
                f"<{graph[:200]}> is not a graph of this store, and nothing is fetched; "
                f"leave it out, or name one of {names}.",
            )
    short = next((value for name, value in fields if name in ("format", "output") and value), "")
    return ProtocolRequest(queries[0] if queries else None, default, named, accept_of(request, short))


def accept_of(request: Request, short: str) -> str:
    """What the client takes: by a short name (``?format=csv``) if it is one, else by its header.

    A name that is not known is overlooked, as clients send names of their own beside the header.
    """
    both = {"json": "application/json", "xml": "application/xml"}
    return both.get(short) or SHORT.get(short) or ", ".join(request.headers.getlist("accept"))


def _read_only() -> Refusal:
    return Refusal("read-only", "the request is an update; the graph is built from its facts and never changed by one.")
