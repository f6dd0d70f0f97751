"""Runs the application: listens, logs, ends in good order."""

from __future__ import annotations

import contextlib
import ctypes
import logging
import sys
from typing import Any, Final

import uvicorn
from starlette.types import ASGIApp

from treatygraph.model.errors import StoreError, UsageError
from treatygraph.web.connections import protocol
from treatygraph.web.ledger import LOG
from treatygraph.web.limits import Limits
from treatygraph.web.traffic import Traffic

__all__ = ["run"]

_CONNECTIONS: Final = 1000
_IDLE: Final = 5
"""Seconds for which a connection stays open between two requests."""
_GRACE: Final = 8
"""Seconds that running answers get to end on SIGTERM: what supervises a server mostly kills it after ten."""
_MMAP_THRESHOLD: Final = -3
"""The parameter of glibc's ``mallopt``."""


def run(
    app: ASGIApp,
    limits: Limits,
    traffic: Traffic,
    *,
    host: str,
    port: int,
    proxies: str = "",
    socket: str = "",
) -> None:
    """Serve until SIGTERM or SIGINT; then answer what is running, and end.

    Args:
        app: the application.
        limits: its limits.
        traffic: what it has in hand.
        host: the address to listen on.
        port: the port; 0: any that is free.
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
        access_log=False,
        date_header=True,
        forwarded_allow_ips=proxies or None,
        h11_max_incomplete_event_size=64 << 10,
        http=protocol(limits, traffic, is_behind_proxy=bool(proxies or socket)),
        lifespan="on",
        limit_concurrency=_CONNECTIONS,
        proxy_headers=bool(proxies),
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
        timeout_keep_alive=_IDLE,
        ws="none",
    )
    _log_to_stdout()
    _give_memory_back()
    server = uvicorn.Server(config)
    try:
        # Ctrl-C has been heeded by then: it is raised again once all is ended.
        with contextlib.suppress(KeyboardInterrupt):
            server.run()
    except SystemExit:
        if getattr(server.lifespan, "startup_failed", True):
            raise StoreError(f"the server could not start: {traffic.problem or 'the reason stands above.'}") from None
        place = socket or f"{host}:{port}"
        raise UsageError(f"the server cannot listen on {place}; take another --host, --port or --socket.") from None
    if not server.started:
        raise StoreError(f"the server could not start: {traffic.problem or 'the reason stands above.'}")


def _log_to_stdout() -> None:
    """A line for each request on stdout: time, address, request, status, verdict, bytes, seconds."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%Y-%m-%dT%H:%M:%S%z"))
    LOG.handlers = [handler]
    LOG.setLevel(logging.INFO)
    LOG.propagate = False


def _give_memory_back() -> None:
    """Let large answers lie in memory of their own, which the system gets back at once when they are sent.

    Without it glibc learns from the first large answer to keep the next ones on its heap: after 40 answers of 15 MiB a
    server held 500 MiB for good.
    """
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, 256 << 10)
