"""Runs the application: listens, logs, ends in good order."""

from __future__ import annotations

import contextlib
import logging
from typing import Any, Final

import uvicorn
from starlette.types import ASGIApp

from treatygraph.model.errors import StoreError, UsageError
from treatygraph.web.limits import Limits
from treatygraph.web.timeouts import PunctualProtocol

__all__ = ["run"]

_CONNECTIONS: Final = 1000
_IDLE: Final = 5
"""Seconds for which a connection stays open between two requests."""


class _WithoutQuestions(logging.Filter):
    """Takes the query string out of each line of the access log: what people ask is their own affair."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Shorten the line."""
        if isinstance(record.args, tuple) and len(record.args) == 5:
            client, method, path, version, status = record.args
            record.args = (client, method, str(path).partition("?")[0], version, status)
        return True


def run(
    app: ASGIApp, limits: Limits, *, host: str, port: int, log: str = "paths", proxies: str = "", socket: str = ""
) -> None:
    """Serve until SIGTERM or SIGINT; then answer what is running, and end.

    Args:
        app: the application.
        limits: its limits.
        host: the address to listen on.
        port: the port; 0: any that is free.
        log: ``paths`` (without query strings), ``questions`` (with them) or ``none``.
        proxies: addresses of reverse proxies whose ``X-Forwarded-For`` is believed, with commas; empty: none.
        socket: a Unix socket to listen on in place of an address.

    Raises:
        UsageError: nothing can listen there.
        StoreError: the workers cannot be started.
    """
    where: dict[str, Any] = {"uds": socket} if socket else {"host": host, "port": port}
    config = uvicorn.Config(
        app,
        **where,
        access_log=log != "none",
        date_header=True,
        forwarded_allow_ips=proxies or None,
        h11_max_incomplete_event_size=64 << 10,
        http=type("Protocol", (PunctualProtocol,), {"seconds": limits.upload}),
        lifespan="on",
        limit_concurrency=_CONNECTIONS,
        proxy_headers=bool(proxies),
        server_header=False,
        timeout_graceful_shutdown=int(limits.seconds + limits.wait) + 1,
        timeout_keep_alive=_IDLE,
        ws="none",
    )
    if log == "paths":
        logging.getLogger("uvicorn.access").addFilter(_WithoutQuestions())
    server = uvicorn.Server(config)
    try:
        # Ctrl-C has been heeded by then: it is raised again once all is ended.
        with contextlib.suppress(KeyboardInterrupt):
            server.run()
    except SystemExit:
        place = socket or f"{host}:{port}"
        raise UsageError(f"the server cannot listen on {place}; take another --host, --port or --socket.") from None
    if not server.started:
        raise StoreError("the server could not start; the reason stands above.")
