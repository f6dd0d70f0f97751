"""Sends an answer in parts, as fast as its reader takes them, within the limit of bytes in flight."""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from treatygraph.web.connections import CONNECTION
from treatygraph.web.problems import Refusal, response
from treatygraph.web.traffic import NotRead, Traffic

__all__ = ["Delivery"]

_PART: Final = 64 << 10
"""Bytes that are handed to the connection at a time; it holds at most twice as many."""


class Delivery:
    """Refuses an answer for which there is no room, and sends others part by part.

    Args:
        app: the application behind.
        traffic: what is in flight.
    """

    def __init__(self, app: ASGIApp, traffic: Traffic) -> None:
        self._app, self._traffic = app, traffic

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and send its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        head: list[Message] = []

        async def sent(message: Message) -> None:
            """Keep the head back until there is a body: an answer that is refused has another head."""
            if message["type"] == "http.response.start":
                head.append(message)
                return
            if not head:
                await _in_parts(message, send)
                return
            start = head.pop()
            size = int(Headers(raw=start["headers"]).get("content-length", "0"))
            if size <= _PART:
                await send(start)
                await _in_parts(message, send)
                return
            try:
                with self._traffic.sending((scope["client"] or ("",))[0], size, asyncio.get_running_loop().time()):
                    await send(start)
                    await _in_parts(message, send)
            except Refusal as refusal:
                message["body"] = b""
                if isinstance(refusal, NotRead) and CONNECTION in scope:
                    # A problem document would only be one more thing that is not read.
                    scope[CONNECTION].dismiss()
                    while (await receive())["type"] != "http.disconnect":
                        pass
                    return
                await response(refusal)(scope, receive, send)

        await self._app(scope, receive, sent)


async def _in_parts(message: Message, send: Send) -> None:
    body = memoryview(message.get("body", b""))
    more = message.get("more_body", False)
    for start in range(0, max(1, len(body)), _PART):
        part = bytes(body[start : start + _PART])
        await send({**message, "body": part, "more_body": more or start + _PART < len(body)})
