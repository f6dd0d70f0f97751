"""One exchange with a server that may lie: its answer has a limit in bytes, and the whole exchange one in seconds."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from http.client import IncompleteRead
from typing import TYPE_CHECKING, Final, NoReturn, Protocol, TypeVar
from urllib.error import HTTPError
from urllib.parse import urlsplit

from treatygraph.model.errors import StoreError, UsageError

if TYPE_CHECKING:
    from SPARQLWrapper import SPARQLWrapper

__all__ = ["ANSWER", "address_of", "body_of", "plain"]

ANSWER: Final = 40 << 20
"""Bytes of an answer that are read at most: some 200,000 rows of three columns."""
_COMPLAINT: Final = 4096
"""Bytes that are read of a server's complaint."""
_PART: Final = 1 << 16
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_T = TypeVar("_T")


class _Response(Protocol):
    length: int | None
    """Bytes that are announced and not read yet."""

    def read1(self, size: int, /) -> bytes: ...


def address_of(url: str, what: str) -> str:
    """The address of a server, looked at.

    Args:
        url: as the user gives it.
        what: the name of the option.

    Raises:
        UsageError: it is no address, or holds a password, which every message about the server would show.
    """
    if not url.startswith(("http://", "https://")):
        raise UsageError(f"'{plain(url)}' is not the address of a SPARQL server; write http://… or https://….")
    try:
        holds_more = "@" in urlsplit(url).netloc
    except ValueError:
        raise UsageError(f"the address of {what} cannot be read; write it as http://host:port/path.") from None
    if holds_more:
        raise UsageError(
            f"the address of {what} holds a name or password, which is not used; take it out of the address "
            "(for 'publish', give --user NAME and the password as $TREATYGRAPH_STORE_PASSWORD)."
        )
    return url


def plain(text: str) -> str:
    """A text of somebody else's in one line, without characters that a terminal obeys."""
    return _CONTROLS.sub(" ", text).strip()


def body_of(request: SPARQLWrapper, seconds: float) -> bytes:
    """What a server answers to a query that SPARQLWrapper holds.

    Raises:
        TimeoutError: the answer was not there whole within that time, however slowly it came.
        StoreError: the answer is larger than :data:`ANSWER`.
        SPARQLWrapperException, HTTPError, URLError, OSError: as SPARQLWrapper raises them.
    """
    return _within(seconds, lambda: _exchange(request))


def _exchange(query: SPARQLWrapper) -> bytes:
    from urllib.request import urlopen

    from SPARQLWrapper import SPARQLExceptions as Complaints

    complaints = {
        400: Complaints.QueryBadFormed, 401: Complaints.Unauthorized, 404: Complaints.EndPointNotFound,
        414: Complaints.URITooLong, 500: Complaints.EndPointInternalError,
    }  # fmt: skip
    # SPARQLWrapper's own query() reads the whole of whatever comes, a complaint too.
    request = query._createRequest()
    try:
        with urlopen(request, timeout=query.timeout) as response:
            return _limited(response)
    except HTTPError as problem:
        if problem.code not in complaints:
            raise
        with problem:
            raise complaints[problem.code](problem.read(_COMPLAINT)) from None


def _limited(response: _Response) -> bytes:
    body = bytearray()
    while part := response.read1(_PART):
        body += part
        if len(body) > ANSWER:
            raise StoreError(f"the answer is larger than {ANSWER >> 20} MiB")
    if response.length:  # unlike read(), read1() does not tell that the rest never came
        raise IncompleteRead(bytes(body), response.length)
    return bytes(body)


def _within(seconds: float, call: Callable[[], _T]) -> _T:
    """What a call returns or raises; its thread is left behind where it takes longer.

    A limit of the socket is one for each read: a server that sends a byte a second would never meet it.
    """
    outcome: list[Callable[[], _T]] = []

    def run() -> None:
        try:
            value = call()
        except BaseException as problem:  # noqa: BLE001 - handed over to the thread that asked
            outcome.append(_raising(problem))
        else:
            outcome.append(lambda: value)

    thread = threading.Thread(target=run, name="exchange", daemon=True)
    thread.start()
    thread.join(seconds)
    if not outcome:
        raise TimeoutError
    return outcome[0]()


def _raising(problem: BaseException) -> Callable[[], NoReturn]:
    def again() -> NoReturn:
        raise problem

    return again
