"""Serving below a path of somebody's site: ``https://host/treaties/`` in place of a host of one's own.

The routes know nothing of it. The prefix is taken off what comes in, whether or not the proxy in front has done so
already, and put before every address of this server that goes out without it: in headers, and in what pages quote.
"""

from __future__ import annotations

import re
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from treatygraph.model.errors import UsageError

__all__ = ["Outgoing", "checked", "incoming"]

_PREFIX: Final = re.compile(r"(?:/[A-Za-z0-9._~-]{1,64}){1,8}")
_ATTRIBUTE: Final = rb'((?:href|src|action)=")/(?!/|%s/)'
"""An address in a page without the prefix. What visitors typed cannot look so: a quotation mark is escaped."""
_HEADERS: Final = ("location", "content-location", "link")


def checked(prefix: str) -> str:
    """A prefix without its last slash; empty for none.

    Raises:
        UsageError: it is no path.
    """
    plain = prefix.rstrip("/")
    if plain and (not _PREFIX.fullmatch(plain) or {".", ".."} & set(plain.split("/"))):
        raise UsageError(f"--root-path '{prefix}' is no path; write it as /treaties, in letters, digits and -._~.")
    return plain


def incoming(app: ASGIApp, prefix: str) -> ASGIApp:
    """The application with the prefix taken off the path of a request."""

    async def stripped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (scope["path"] == prefix or scope["path"].startswith(f"{prefix}/")):
            raw = scope.get("raw_path") or b""
            scope = {
                **scope,
                "path": scope["path"].removeprefix(prefix) or "/",
                "raw_path": raw.removeprefix(prefix.encode()) or b"/",
            }
        await app(scope, receive, send)

    return stripped if prefix else app


class Outgoing:
    """Puts the prefix before the addresses of this server that stand in an answer.

    Args:
        app: the application behind.
        prefix: as :func:`checked` gives it; not empty.
    """

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self._app, self._prefix = app, prefix
        self._bare = re.compile(_ATTRIBUTE % re.escape(prefix.removeprefix("/")).encode())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and send its answer with the prefix."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # a compressed page could not be written anew; the proxy in front compresses
        headers = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        await self._app({**scope, "headers": headers}, receive, self._sender(send))

    def _sender(self, send: Send) -> Send:
        start: Message | None = None
        parts: list[bytes] = []

        async def sent(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                headers = Headers(raw=message["headers"])
                named = MutableHeaders(scope=message)
                for name in _HEADERS:
                    if name in named:
                        named[name] = self._in_header(named[name])
                if headers.get("content-type", "").startswith("text/html"):
                    start = message
                    return
            elif start is not None:
                parts.append(message.get("body", b""))
                if message.get("more_body"):
                    return
                body = self._bare.sub(rb"\g<1>" + self._prefix.encode() + b"/", b"".join(parts))
                MutableHeaders(scope=start)["content-length"] = str(len(body))
                await send(start)
                message = {**message, "body": body}
            await send(message)

        return sent

    def _in_header(self, value: str) -> str:
        if value.startswith("/") and not value.startswith(("//", f"{self._prefix}/")):
            return self._prefix + value
        return value.replace("</", f"<{self._prefix}/").replace(f"<{self._prefix}{self._prefix}/", f"<{self._prefix}/")
