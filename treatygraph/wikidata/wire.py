"""One question over HTTP: the only module that talks to a query service, and the only one that knows SPARQLWrapper.

An answer counts only when its body is a whole result: a server that runs out of time half-way says 200 and cuts the
body short, so the status alone proves nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any, Final
from urllib.error import HTTPError, URLError

from treatygraph.model.errors import UsageError
from treatygraph.remote.exchange import body_of

__all__ = ["Busy", "Faulty", "Row", "ask"]

Row = dict[str, str]
"""What one solution binds; a blank node begins with ``_:``."""

_BUSY: Final = frozenset({429, 503})
_PASSING: Final = frozenset({500, 502, 503, 504, 408})


class Busy(Exception):
    """The server asks to wait; ``seconds`` as it says, None where it does not say."""

    def __init__(self, status: int, seconds: float | None) -> None:
        super().__init__(f"the server is busy (HTTP {status})")
        self.seconds = seconds


class Faulty(Exception):
    """No usable answer this time; ``splits`` tells whether a smaller question may do better."""

    def __init__(self, reason: str, *, splits: bool) -> None:
        super().__init__(reason)
        self.splits = splits


def ask(endpoint: str, query: str, *, agent: str, timeout: float) -> list[Row]:
    """The rows that a query service gives for a SELECT.

    Args:
        endpoint: the address of the service.
        query: SPARQL 1.1, sent by POST.
        agent: the User-Agent; services refuse those that say nothing.
        timeout: seconds to wait for the server before giving up.

    Raises:
        Busy: the server asks to wait.
        Faulty: no whole answer; a later try may help.
        UsageError: the server refuses the question, now and later.
    """
    from SPARQLWrapper import JSON, POST, SPARQLWrapper
    from SPARQLWrapper.SPARQLExceptions import EndPointInternalError, SPARQLWrapperException

    service = SPARQLWrapper(endpoint, agent=agent, returnFormat=JSON)
    service.setMethod(POST)
    service.setTimeout(max(1, round(timeout)))
    service.setQuery(query)
    try:
        body = body_of(service, timeout)
    except EndPointInternalError:
        raise Faulty("the server failed (HTTP 500)", splits=True) from None
    except SPARQLWrapperException as problem:
        raise UsageError(f"{endpoint} refuses the question: {_short(problem)}") from None
    except HTTPError as problem:
        with problem:
            raise _of_status(endpoint, problem) from None
    except TimeoutError:
        raise Faulty(f"no answer within {timeout:g} seconds", splits=True) from None
    except URLError as problem:
        if isinstance(problem.reason, TimeoutError):
            raise Faulty(f"no answer within {timeout:g} seconds", splits=True) from None
        raise Faulty(f"no connection ({problem.reason})", splits=False) from None
    except (HTTPException, OSError) as problem:
        raise Faulty(f"the answer broke off ({_short(problem)})", splits=True) from None
    return _rows(body)


def _short(problem: BaseException) -> str:
    return " ".join(str(problem).split())[:200] or type(problem).__name__


def _of_status(endpoint: str, problem: HTTPError) -> Exception:
    wait = _wait(problem.headers)
    if problem.code == 429 or (problem.code in _BUSY and wait is not None):
        return Busy(problem.code, wait)
    if problem.code in _PASSING:
        return Faulty(f"the server failed (HTTP {problem.code})", splits=True)
    return UsageError(f"{endpoint} refuses the question (HTTP {problem.code}).")


def _wait(headers: Message) -> float | None:
    """Seconds to wait: ``Retry-After`` as a number, or as a date held against the server's own clock."""
    text = (headers.get("Retry-After") or "").strip()
    if text.isdecimal():
        return float(text)
    try:
        until, now = parsedate_to_datetime(text), parsedate_to_datetime(headers.get("Date") or "")
    except (TypeError, ValueError):
        return None
    return max(0.0, (until - now).total_seconds())


def _rows(body: bytes) -> list[Row]:
    try:
        bindings = json.loads(body)["results"]["bindings"]
        return [{name: _text(term) for name, term in binding.items()} for binding in bindings]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Faulty("the answer is not whole", splits=True) from None


def _text(term: Mapping[str, Any]) -> str:
    return f"_:{term['value']}" if term["type"] == "bnode" else str(term["value"])
