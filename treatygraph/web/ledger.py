"""What is written down of each request: a line in the log, and counts for Prometheus."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Mapping
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["LOG", "PROBLEM", "Ledger", "Requests"]

LOG: Final = logging.getLogger("treatygraph.access")
PROBLEM: Final = "Treatygraph-Problem"
"""The header in which a refusal has its name."""
_BOUNDS: Final = (0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0, 30.0)
"""Seconds up to which requests are counted."""
_ROOMS: Final = ("api", "sparql", "id", "scheme", "between", "editor", "static", "vendor", "health", "ready", "metrics")


class Requests:
    """How many requests came, how they ended, and how long they took."""

    def __init__(self) -> None:
        self.ended: Counter[tuple[str, str]] = Counter()
        """By the first part of the path and the verdict."""
        self.within: Counter[float] = Counter()
        self.seconds = 0.0

    def add(self, path: str, verdict: str, seconds: float) -> None:
        """Count one request."""
        first = path.split("/", 2)[1] if "/" in path else ""
        self.ended[first if first in _ROOMS else "other", verdict] += 1
        self.seconds += seconds
        self.within[next((bound for bound in _BOUNDS if seconds <= bound), float("inf"))] += 1

    def text(self, gauges: Mapping[str, float]) -> bytes:
        """The counts, and gauges of the moment, in the text form of Prometheus."""
        from prometheus_client import CollectorRegistry, generate_latest
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
        from prometheus_client.registry import Collector

        requests = self

        class Counts(Collector):
            def collect(self) -> list[CounterMetricFamily | GaugeMetricFamily | HistogramMetricFamily]:
                ended = CounterMetricFamily(
                    "treatygraph_requests", "Requests, by part of the site and verdict.", labels=("part", "verdict")
                )
                for labels, number in sorted(requests.ended.items()):
                    ended.add_metric(labels, number)
                so_far, buckets = 0, []
                for bound in (*_BOUNDS, float("inf")):
                    so_far += requests.within[bound]
                    buckets.append(("+Inf" if bound == float("inf") else str(bound), so_far))
                took = HistogramMetricFamily("treatygraph_request_seconds", "How long requests took.")
                took.add_metric((), buckets, requests.seconds)
                families = [GaugeMetricFamily(f"treatygraph_{name}", name.replace("_", " "), value)
                         for name, value in gauges.items()]  # fmt: skip
                return [ended, took, *families]

        registry = CollectorRegistry(auto_describe=False)
        registry.register(Counts())
        return bytes(generate_latest(registry))


class Ledger:
    """Writes down each request when its answer has begun.

    Args:
        app: the application behind.
        requests: where they are counted.
        log: ``paths`` (without query strings), ``questions`` (with them) or ``none``.
    """

    def __init__(self, app: ASGIApp, requests: Requests, log: str) -> None:
        self._app, self._requests, self._log = app, requests, log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and note how it ended."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.monotonic()

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = Headers(raw=message["headers"])
                status = message["status"]
                verdict = headers.get(PROBLEM) or ("ok" if status < 400 else str(status))
                self._note(scope, status, verdict, headers.get("content-length", "-"), time.monotonic() - begun)
            await send(message)

        await self._app(scope, receive, noted)

    def _note(self, scope: Scope, status: int, verdict: str, size: str, seconds: float) -> None:
        path = scope["path"]
        self._requests.add(path, verdict, seconds)
        if self._log == "none":
            return
        if self._log == "questions" and scope["query_string"]:
            path = f"{path}?{scope['query_string'].decode('latin-1')}"
        address = (scope["client"] or ("-",))[0]
        # Escaped, so that no path can begin a line of its own or reach a terminal.
        shown = path.encode("unicode_escape").decode("ascii").replace('"', "%22")
        LOG.info('%s "%s %s" %s %s %s %.3f', address, scope["method"], shown, status, verdict, size, seconds)
