"""What a request asks of the SPARQL endpoint (SPARQL 1.1 Protocol, section 2.1)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from treatygraph.model.terms import DERIVED, READINGS
from treatygraph.web.limits import Limits
from treatygraph.web.media_types import SHORT
from treatygraph.web.problems import Refusal

__all__ = ["ACCEPT_POST", "Asking", "accept_of", "asking_of", "body_of"]

_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
ACCEPT_POST: Final = f"{_QUERY}, {_FORM}"
_FIELDS: Final = 100


@dataclass(frozen=True)
class Asking:
    """One query, with the dataset that the request names for it."""

    query: str | None
    """None where a GET gives none: it asks for the description of the service."""
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    accept: str = ""


async def asking_of(request: Request, limits: Limits) -> Asking:
    """What a GET or POST asks.

    Raises:
        Refusal: the request is not one of the protocol's queries.
    """
    fields = _pairs(request.url.query)
    if request.method != "POST":
        return _asking(request, fields)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == _UPDATE:
        raise _read_only()
    if kind not in (_FORM, _QUERY):
        raise Refusal(
            "wrong-media-type", f"a query comes as {_QUERY} or {_FORM}, not as '{kind[:80]}'.",
            offered=[_QUERY, _FORM],
        )  # fmt: skip
    text = _text(await body_of(request, limits))
    asking = _asking(request, [*fields, *_pairs(text)] if kind == _FORM else [*fields, ("query", text)])
    if asking.query is None:
        raise Refusal("bad-request", "the body has no field 'query'; put the query there.")
    return asking


def _asking(request: Request, fields: Iterable[tuple[str, str]]) -> Asking:
    fields = list(fields)
    if any(name == "update" for name, _ in fields):
        raise _read_only()
    queries = [value for name, value in fields if name == "query"]
    if len(queries) > 1:
        raise Refusal("bad-request", "the request has several queries; send one at a time.")
    default = tuple(value for name, value in fields if name == "default-graph-uri")
    named = tuple(value for name, value in fields if name == "named-graph-uri")
    for graph in (*default, *named):
        if graph not in (DERIVED, READINGS):
            raise Refusal(
                "query-refused",
                f"<{graph[:200]}> is not a graph of this store, and nothing is fetched; "
                f"leave it out, or name <{DERIVED}> or <{READINGS}>.",
            )
    short = next((value for name, value in fields if name in ("format", "output") and value), "")
    return Asking(queries[0] if queries else None, default, named, accept_of(request, short))


def accept_of(request: Request, short: str) -> str:
    """What the client takes: by a short name (``?format=csv``) if it is one, else by its header.

    A name that is not known is overlooked, as clients send names of their own beside the header.
    """
    both = {"json": "application/json", "xml": "application/xml"}
    return both.get(short) or SHORT.get(short) or ", ".join(request.headers.getlist("accept"))


async def body_of(request: Request, limits: Limits) -> bytes:
    """The body of a request, up to the limit.

    Raises:
        Refusal: it is larger, or does not arrive in time.
    """
    found = bytearray()
    try:
        async with asyncio.timeout(limits.upload):
            async for part in request.stream():
                found += part
                if len(found) > limits.body:
                    raise too_large(limits)
    except ClientDisconnect:  # nobody reads this; without it each would leave a page of traceback in the log
        raise Refusal("slow-request", "the client went away before its body had arrived.") from None
    except TimeoutError:
        raise Refusal("slow-request", f"the body did not arrive within {limits.upload:g} seconds.") from None
    return bytes(found)


def too_large(limits: Limits) -> Refusal:
    """The refusal of a body that is too large."""
    return Refusal("request-too-large", f"a body of more than {limits.body:,} bytes is not read.")


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except UnicodeDecodeError:
        raise Refusal("bad-request", "the fields of the request are not UTF-8 text.") from None
    except ValueError:
        raise Refusal("bad-request", f"the request has more than {_FIELDS} fields.") from None


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise Refusal("bad-request", "the body is not UTF-8 text.") from None


def _read_only() -> Refusal:
    return Refusal("read-only", "the request is an update; the graph is built from its facts and never changed by one.")
