"""What a request that is not answered gets: a problem document (RFC 9457) with a way to mend it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from starlette.responses import Response

from treatygraph.model.errors import QueryRefused, StoreError, TreatygraphError, UnknownName
from treatygraph.model.terms import BASE

__all__ = ["MEDIA_TYPE", "PROBLEMS", "Kind", "Refusal", "problem", "refusal_of", "response"]

MEDIA_TYPE: Final = "application/problem+json"


class Kind(NamedTuple):
    """A kind of problem: the status it is sent with, its title, and what to do about it."""

    status: int
    title: str
    mend: str


PROBLEMS: Final[Mapping[str, Kind]] = {
    "bad-request": Kind(400, "The question cannot be asked", "Fix the request at the place that is named."),
    "bad-query": Kind(400, "The query cannot be read", "Fix the query at the place that is named."),
    "result-too-large": Kind(400, "The result is larger than the limit", "Ask for less: add LIMIT, or fewer columns."),
    "query-refused": Kind(403, "The query is refused", "Ask what stands in this graph, with a query that only reads."),
    "read-only": Kind(403, "The graph is read-only", "Ask with SELECT, ASK, CONSTRUCT or DESCRIBE."),
    "not-found": Kind(404, "Nothing on record is called that", "Take one of the nearest names, or look it up."),
    "wrong-method": Kind(405, "The address does not take this method", "Use one of the methods in the header Allow."),
    "not-acceptable": Kind(406, "No such form of the answer", "Ask for one of the forms that are named."),
    "slow-request": Kind(408, "The request did not arrive in time", "Send it again, faster."),
    "request-too-large": Kind(413, "The request is larger than the limit", "Send a shorter query."),
    "address-too-long": Kind(414, "The address is longer than the limit", "Send the query by POST."),
    "wrong-media-type": Kind(415, "The body is of a kind that is not taken", "Send one of the kinds that are named."),
    "too-many-at-once": Kind(429, "Too many questions at once from one address", "Wait for the answers, then go on."),
    "server-error": Kind(500, "The server failed", "Ask something else, and tell who runs the server."),
    "busy": Kind(503, "The server is busy", "Ask again after the seconds of the header Retry-After."),
    "time-limit": Kind(503, "The query ran longer than the limit", "Make it narrower: name records, or add LIMIT."),
    "memory-limit": Kind(503, "The query used more memory than the limit", "Make it narrower, or join fewer patterns."),
    "unavailable": Kind(503, "The graph cannot be read", "Ask again later, or tell who runs the server."),
}
"""Every kind of problem by its name, which is the last part of its ``type``."""

_ARGUMENTS: Final = ("parameter", "scope", "value of")
"""What an unknown name is of that is no name of a record."""
RETRY: Final = 5
"""Seconds after which a request may do better that met a limit of load."""


class Refusal(Exception):
    """A request that is not answered."""

    def __init__(self, name: str, detail: str, /, **more: object) -> None:
        super().__init__(detail)
        self.name, self.detail, self.more = name, detail, more

    @property
    def nearest(self) -> tuple[str, ...]:
        """What was probably meant; empty where nothing is near."""
        nearest = self.more.get("nearest")
        return tuple(map(str, nearest)) if isinstance(nearest, list) else ()

    @property
    def kind(self) -> Kind:
        """What kind of problem it is."""
        return PROBLEMS[self.name]


def refusal_of(error: TreatygraphError) -> Refusal:
    """The refusal that an error raised on purpose becomes."""
    if isinstance(error, UnknownName):
        named = "bad-request" if error.what.startswith(_ARGUMENTS) else "not-found"
        return Refusal(named, error.plain, nearest=list(error.nearest))
    if isinstance(error, QueryRefused):
        return Refusal("query-refused", str(error).replace(", or allow it with --allow-service", ""))
    return Refusal("unavailable" if isinstance(error, StoreError) else "bad-request", str(error))


def problem(refusal: Refusal) -> dict[str, Any]:
    """The problem document, as plain values."""
    status, title, mend = refusal.kind
    return {
        "type": f"{BASE}problem/{refusal.name}",
        "title": title,
        "status": status,
        "detail": refusal.detail,
        "mend": mend,
        **refusal.more,
    }


def response(refusal: Refusal, headers: Mapping[str, str] | None = None) -> Response:
    """The problem document, as a response that no cache keeps."""
    return Response(
        json.dumps(problem(refusal), ensure_ascii=False, indent=2) + "\n",
        status_code=refusal.kind.status,
        media_type=MEDIA_TYPE,
        headers={**headers_of(refusal), **(headers or {})},
    )


def headers_of(refusal: Refusal) -> dict[str, str]:
    """The headers that go with a refusal."""
    headers = {"Cache-Control": "no-store", "Treatygraph-Problem": refusal.name}
    if refusal.kind.status in (429, 503):
        headers["Retry-After"] = str(RETRY)
    return headers
