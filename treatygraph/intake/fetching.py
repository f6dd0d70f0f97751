"""A page from a file, from standard input or, only where an address is given, from the network.

Whoever is asked hears who asks. A page that was fetched before is asked for only if it changed; the answer's headers
and the page itself lie in the cache. Redirects stay on http and https, at most five; time and size have limits.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPMessage
from pathlib import Path
from typing import IO, BinaryIO, Final
from urllib.parse import urlsplit

from treatygraph.facts.written import write
from treatygraph.intake.page import MOST, RegisterPage
from treatygraph.model.errors import PageRefused, RemoteError, UsageError

__all__ = ["Fetcher", "agent", "is_address", "page_from"]

_TYPES: Final = ("text/", "application/json", "application/pdf", "application/xhtml+xml", "application/xml",
                 "application/octet-stream", "application/csv")  # fmt: skip
"""Media types that a register's page can have."""
_REDIRECTS_MOST: Final = 5


def is_address(text: str) -> bool:
    """Whether the text is an address of the web, and so asks for the network."""
    return text.lower().startswith(("http://", "https://"))


def agent(version: str, contact: str) -> str:
    """The User-Agent: what asks, and whom to write to."""
    return f"treatygraph/{version} ({contact})"


@dataclass(frozen=True)
class Fetcher:
    """Fetches pages, politely."""

    agent: str
    cache: Path
    """A folder; pages and the headers by which they are asked for again lie in it."""
    timeout: float = 30.0
    """Seconds without an answer after which it gives up."""
    most: int = MOST
    """Bytes that a page may have."""

    def page(self, address: str) -> RegisterPage:
        """The page at ``address``.

        Raises:
            UsageError: the address is none of the web.
            RemoteError: nobody answers in time, or the answer is an error.
            PageRefused: the answer is too large, or no form of a page that can be read.
        """
        _check(address)
        known = self._known(address)
        request = urllib.request.Request(address, headers={"User-Agent": self.agent, **known})
        try:
            with urllib.request.build_opener(_Redirects()).open(request, timeout=self.timeout) as answer:
                kind = str(answer.headers.get_content_type())
                content = self._content(answer, address, kind)
                self._keep(address, content, answer.headers)
                return RegisterPage(content, address, answer.geturl(), kind)
        except urllib.error.HTTPError as problem:
            with problem:
                if problem.code == http.client.NOT_MODIFIED and known:
                    return RegisterPage(self._file(address, "page").read_bytes(), address, address)
            raise RemoteError(f"{address} answers {problem.code} {problem.reason}; nothing was read.") from None
        except (urllib.error.URLError, http.client.HTTPException, OSError) as problem:
            reason = getattr(problem, "reason", None) or problem
            raise RemoteError(f"{address} does not answer ({reason}); save the page and give the file.") from None

    def _content(self, answer: IO[bytes], address: str, kind: str) -> bytes:
        if not kind.startswith(_TYPES):
            raise PageRefused(f"{address} is of the type {kind}; expected HTML, JSON, CSV, Markdown, text or PDF.")
        content = answer.read(self.most + 1)
        if len(content) > self.most:
            raise PageRefused(f"{address} has more than {self.most} bytes; nothing was read.")
        return content

    def _file(self, address: str, suffix: str) -> Path:
        return self.cache / f"{hashlib.sha256(address.encode()).hexdigest()[:32]}.{suffix}"

    def _known(self, address: str) -> dict[str, str]:
        """The headers by which a server can say that nothing changed; empty where the page is not in the cache."""
        page, headers = self._file(address, "page"), self._file(address, "json")
        try:
            stored: object = json.loads(headers.read_text(encoding="utf-8")) if page.is_file() else {}
        except (OSError, ValueError):
            return {}
        conditions = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
        return (
            {conditions[name]: str(value) for name, value in stored.items() if name in conditions}
            if isinstance(stored, dict)
            else {}
        )

    def _keep(self, address: str, content: bytes, headers: HTTPMessage) -> None:
        marks = {name: headers[name] for name in ("ETag", "Last-Modified") if headers[name]}
        if marks:
            self.cache.mkdir(parents=True, exist_ok=True)
            self._file(address, "page").write_bytes(content)
            write(self._file(address, "json"), json.dumps(marks))


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Redirects that stay on the web: none to files or other schemes, and not for ever."""

    max_redirections = _REDIRECTS_MOST

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        """The next request.

        Raises:
            UsageError: it would leave the web.
        """
        _check(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _check(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UsageError(f"'{address}' is no address of the web; give one that begins with https://, or a file.")
    if parts.username or parts.password:
        raise UsageError(
            "an address with a user name or password in it is not fetched; save the page and give the file."
        )


def page_from(source: str, fetcher: Fetcher | None, stdin: BinaryIO | None = None) -> RegisterPage:
    """The page at a path, from standard input (``-``) or at an address.

    Raises:
        UsageError: there is no such file, or an address is given and nobody to ask it with.
    """
    if is_address(source):
        if fetcher is None:
            raise UsageError(f"'{source}' is an address; fetching it needs a contact for the User-Agent.")
        return fetcher.page(source)
    if source == "-":
        return RegisterPage((stdin or sys.stdin.buffer).read(MOST + 1), "standard input")
    try:
        with Path(source).open("rb") as stream:
            return RegisterPage(stream.read(MOST + 1), source)
    except OSError as problem:
        raise UsageError(
            f"'{source}' cannot be read: {problem.strerror or problem}; give a file, '-' or an address."
        ) from None
