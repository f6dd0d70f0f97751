"""One SPARQL 1.1 server over HTTP: queries, updates, and what can go wrong with either.

SPARQLWrapper is used here and nowhere else in this room.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import pyoxigraph

from treatygraph.model.errors import StoreError, UsageError
from treatygraph.model.terms import PREFIXES
from treatygraph.remote.exchange import address_of, body_of, plain
from treatygraph.triplestore.sparql import Result, of_rows, of_triples, of_truth

if TYPE_CHECKING:
    from SPARQLWrapper import SPARQLWrapper

__all__ = ["Server"]

_SHOWN: Final = 300
"""So many characters of a server's complaint are passed on."""


class Server:
    """A server by its addresses.

    Args:
        url: where queries go.
        update: where updates go; empty: to ``url``.
        timeout: seconds to wait for an answer.
        user: for updates, by HTTP digest; the password is ``$TREATYGRAPH_STORE_PASSWORD``.
    """

    def __init__(self, url: str, update: str = "", *, timeout: int = 60, user: str = "") -> None:
        self.url, self._timeout, self._user = address_of(url, "the server"), timeout, user
        self._update = address_of(update, "--update") if update else url

    def query(self, text: str, default: Sequence[str], named: Sequence[str] = ()) -> Result:
        """The result of a query over the graphs given.

        Raises:
            UsageError: the server refuses the query.
            StoreError: the server cannot be reached, does not answer in time, or answers what cannot be read.
        """
        declared = "".join(f"PREFIX {name}: <{address}>\n" for name, address in PREFIXES.items())
        request = self._asked(self.url, declared + text)
        for graph in default:
            request.addDefaultGraph(graph)
        for graph in named:
            request.addNamedGraph(graph)
        rows = request.queryType in ("SELECT", "ASK")
        request.setReturnFormat("json" if rows else "n3")
        body = self._body(request)
        return self._rows(body) if rows else self._triples(body)

    def update(self, text: str) -> None:
        """Carry out an update.

        Raises:
            StoreError: the server cannot be reached, refuses, or does not answer in time.
        """
        request = self._asked(self._update, text)
        try:
            self._body(request)
        except UsageError as problem:
            raise StoreError(str(problem)) from None

    def _asked(self, url: str, text: str) -> SPARQLWrapper:
        from SPARQLWrapper import DIGEST, POST, SPARQLWrapper

        request = SPARQLWrapper(url)
        request.setMethod(POST)
        request.setTimeout(self._timeout)
        request.setQuery(text)
        if self._user:
            request.setHTTPAuth(DIGEST)
            request.setCredentials(self._user, os.environ.get("TREATYGRAPH_STORE_PASSWORD", ""))
        return request

    def _body(self, request: SPARQLWrapper) -> bytes:
        from http.client import HTTPException
        from urllib.error import HTTPError, URLError

        from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

        try:
            return body_of(request, self._timeout)
        except StoreError as problem:
            raise StoreError(f"{problem}, from {self.url}; ask for less.") from None
        except SPARQLWrapperException as problem:
            raise UsageError(f"{self.url} refuses: {_short(problem)}.") from None
        except HTTPError as problem:
            with problem:
                phrase = plain(str(problem.reason))
                raise StoreError(f"{self.url} answered {problem.code} {phrase}; look at that server.") from None
        except TimeoutError:
            raise StoreError(f"{self.url} did not answer within {self._timeout} s; ask again, or for less.") from None
        except (URLError, HTTPException, OSError) as problem:
            reason = getattr(problem, "reason", problem)
            if isinstance(reason, TimeoutError):
                raise StoreError(f"{self.url} did not answer within {self._timeout} s; ask again.") from None
            said = plain(str(reason))
            raise StoreError(f"{self.url} cannot be reached or broke off: {said}; is the server up?") from None

    def _rows(self, body: bytes) -> Result:
        try:
            answer = json.loads(body)
            if "boolean" in answer:
                return of_truth(bool(answer["boolean"]))
            columns = tuple(answer["head"]["vars"])
            rows = tuple(
                tuple(_text(row[name]["value"]) if name in row else None for name in columns)
                for row in answer["results"]["bindings"]
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise self._broken(body) from None
        if columns == ("__ASK_RETVAL",):  # Virtuoso 7 answers ASK with a row, or with none
            return of_truth(rows == (("1",),))
        return of_rows(columns, rows)

    def _triples(self, body: bytes) -> Result:
        try:
            return of_triples(quad.triple for quad in pyoxigraph.parse(body, format=pyoxigraph.RdfFormat.TURTLE))
        except (SyntaxError, ValueError):
            raise self._broken(body) from None

    def _broken(self, body: bytes) -> StoreError:
        """An answer of 200 whose body is not whole: some servers cut it off when their time is up."""
        return StoreError(f"the answer of {self.url} is broken after {len(body)} bytes; ask again, or for less.")


def _short(problem: Exception) -> str:
    text = " ".join(str(part) for part in problem.args).replace("\\n", " ").split("SPARQL query:")[0]
    return plain(" ".join(text.split()))[:_SHOWN]


def _text(value: object) -> str:
    """A value of a row; anything but text is no SPARQL result."""
    if not isinstance(value, str):
        raise TypeError
    return value
