"""The server for agents over streamable HTTP, behind the same shield and limits as the web server."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from mcp.server.transport_security import TransportSecuritySettings
from starlette.types import ASGIApp, Receive, Scope, Send

from treatygraph.agents.server import agent_server
from treatygraph.graph import Graph
from treatygraph.model.version import VERSION
from treatygraph.web.delivery import Delivery
from treatygraph.web.ledger import Ledger, Requests
from treatygraph.web.limits import Limits
from treatygraph.web.middleware import Shield
from treatygraph.web.problems import Refusal, response
from treatygraph.web.traffic import Traffic
from treatygraph.web.turns import Turns

__all__ = ["PATH", "agents_application"]

PATH: Final = "/mcp"


def agents_application(
    graph: Graph,
    limits: Limits,
    today: Callable[[], date],
    traffic: Traffic,
    *,
    hosts: Sequence[str] = (),
    log: str = "none",
) -> ASGIApp:
    """The application: tools at ``/mcp``, and ``/health``.

    No session is kept: each request stands for itself, so that nothing of one client can be seen by another, and any
    number of clients needs no memory.

    Args:
        graph: what is served.
        limits: how much a visitor may ask: bytes of a request, calls at once, calls that wait.
        today: the clock.
        traffic: what the server has in hand.
        hosts: the host names that it answers to; empty: any.
        log: what the log has of each request: ``paths`` or ``none``.
    """
    server: Any = agent_server(graph, today)
    security = TransportSecuritySettings(enable_dns_rebinding_protection=False)  # the shield looks at the host
    app = server.streamable_http_app(
        streamable_http_path=PATH, stateless_http=True, max_request_body_size=limits.body, transport_security=security
    )
    turns = Turns(limits.workers + limits.long, limits.client, limits.waiting)
    fair = Fair(app, turns, limits)
    return Ledger(Shield(Delivery(fair, traffic), limits, hosts, lambda: VERSION), Requests(), log)


class Fair:
    """Lets so many calls run at once, in rotation among addresses; refuses pages of other sites.

    Args:
        app: the application behind.
        turns: the places.
        limits: how long a call may wait for one.
    """

    def __init__(self, app: ASGIApp, turns: Turns, limits: Limits) -> None:
        self._app, self._turns, self._limits = app, turns, limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on when its turn has come."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["path"] == "/health":
            body = json.dumps({"status": "ok", "version": VERSION}).encode()
            await send(
                {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]}
            )
            await send({"type": "http.response.body", "body": body})
            return
        address = (scope["client"] or ("",))[0]
        try:
            _of_no_other_site(scope)
            if scope["method"] != "POST":  # a stream without a session would hold a place and never say anything
                raise Refusal("wrong-method", "messages are sent by POST; there is no stream to listen to.")
            await self._turns.take(address, self._limits.wait)
        except Refusal as refusal:
            await response(refusal, {})(scope, receive, send)
            return
        try:
            await self._app(scope, receive, send)
        finally:
            self._turns.give(address)


def _of_no_other_site(scope: Scope) -> None:
    """Refuse what a page of another site has a browser send: this server may run in addition browser."""
    headers = dict(scope["headers"])
    origin = headers.get(b"origin", b"").decode("latin-1")
    host = headers.get(b"host", b"").decode("latin-1")
    if origin and origin.partition("://")[2] != host:
        raise Refusal("bad-request", "the request comes from a page of another site.")
