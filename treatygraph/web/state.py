"""What the routes share: the graph, the workers, the limits, the clock."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from email.utils import formatdate
from functools import cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from treatygraph.graph import Graph
from treatygraph.model.version import VERSION
from treatygraph.web.ipc import IpcFrame
from treatygraph.web.limits import Limits
from treatygraph.web.pool import Pool
from treatygraph.web.problems import Refusal
from treatygraph.web.traffic import Traffic

__all__ = ["Notices", "Site", "site_of"]

_KEPT = 100
_FRESH: Final = "public, max-age=300"
"""How long a copy of the data is used unasked: a newer build may take the place of the one that is served."""


@dataclass
class Notices:
    """What the server has noticed about its build."""

    is_there: bool = True
    """Whether the build is in its place in the cache; the server answers from memory meanwhile."""
    is_current: bool = True
    """Whether the facts are those that are served."""


@dataclass(frozen=True)
class Site:
    """One server's parts."""

    graph: Graph
    """For what costs nothing: names, titles, the catalogue. What a visitor asks is computed by the workers."""
    pool: Pool
    limits: Limits
    traffic: Traffic
    """What the server has in hand."""
    today: Callable[[], date]
    """The server's one clock."""
    address: str
    """The address under which the world reaches the server; empty: the one of the request."""
    prefix: str = ""
    """The path below which the world reaches the server; the address, where one is told, has it already."""
    notices: Notices = field(default_factory=Notices)
    contact: str = ""
    """Where errors in the record are reported; empty: a page says what to send."""
    kept: dict[tuple[str, ...], Response] = field(default_factory=dict)
    """Pages of records that were made last, as what they show does not change within a day."""

    @property
    def version(self) -> str:
        """Changes with the build and the program: what is kept for a year has it in its address."""
        return f"{VERSION}-{self.graph.home.folder.name.removeprefix('graph-')[:12]}"

    @property
    def without(self) -> tuple[str, ...]:
        """Paths of pages that this server has not, as what they need is not installed."""
        needs = {"/explorer": "treatygraph.draw.explorer", "/read": "treatygraph.web.stories"}
        return tuple(path for path, module in needs.items() if not _is_there(module))

    @cached_property
    def dated(self) -> dict[str, str]:
        """Headers of what the build alone says: since when it has said so, and how long that may be kept."""
        changed = max(path.stat().st_mtime for path in (self.graph.home.folder / "manifest.json", Path(__file__)))
        return {"Last-Modified": formatdate(int(changed), usegmt=True), "Cache-Control": _FRESH}

    def base(self, request: Request) -> str:
        """The address of the server, without a slash at its end."""
        return self.address or str(request.base_url).rstrip("/") + self.prefix

    def kept_page(self, key: tuple[str, ...]) -> Response | None:
        """A page that was made before; None where it was not, or long ago."""
        return self.kept.get(key)

    def keep_page(self, key: tuple[str, ...], page: Response) -> None:
        """Keep a page for those who ask for it next."""
        while len(self.kept) >= _KEPT:
            del self.kept[next(iter(self.kept))]
        self.kept[key] = page

    async def ask(self, request: Request, job: dict[str, Any]) -> IpcFrame:
        """The answer of a worker; a visitor who goes away takes the question along.

        Raises:
            Refusal: a limit was met, or the worker refused.
        """
        client = request.client.host if request.client else ""
        asking = asyncio.ensure_future(self.pool.ask(job, client))
        gone = asyncio.ensure_future(_gone(request))
        try:
            await asyncio.wait({asking, gone}, return_when=asyncio.FIRST_COMPLETED)
            if asking.done():
                return asking.result()
            # Nobody reads this any more.
            raise Refusal("slow-request", "the client went away before it had its answer.")
        finally:
            gone.cancel()
            asking.cancel()

    async def call(self, request: Request, method: str, **arguments: object) -> dict[str, Any]:
        """What a method of the graph answers, in its JSON shape.

        Raises:
            Refusal: a name is unknown, or a limit was met.
        """
        answer: dict[str, Any] = json.loads((await self.called(request, method, **arguments)).body)
        return answer

    async def called(self, request: Request, method: str, **arguments: object) -> IpcFrame:
        """The same as bytes of JSON."""
        given = {name: value for name, value in arguments.items() if value is not None}
        return await self.ask(request, {"job": "graph", "method": method, "arguments": given})


@lru_cache
def _is_there(module: str) -> bool:
    return find_spec(module) is not None


async def _gone(request: Request) -> None:
    with contextlib.suppress(RuntimeError):
        while (await request.receive())["type"] != "http.disconnect":
            pass


def site_of(request: Request) -> Site:
    """The site that a request came to."""
    site: Site = request.app.state.site
    return site
