"""A build on a server, where one at home has its folder."""

from __future__ import annotations

from treatygraph.build.index import Index
from treatygraph.remote.engine import RemoteEngine
from treatygraph.remote.server import Server
from treatygraph.remote.storage import RemoteStorage

__all__ = ["RemoteBuild"]


class RemoteBuild:
    """The build that a server holds now; what is asked afterwards is asked of that one.

    Raises:
        StoreError: the server cannot be asked, or holds no build.
    """

    def __init__(self, server: Server) -> None:
        self._engine = RemoteEngine(server)

    def open_index(self) -> Index:
        """The index, read from the server."""
        build = self._engine.build
        return Index(RemoteStorage(self._engine.server, build), build.removeprefix("graph-"))

    def engine(self) -> RemoteEngine:
        """Who answers queries."""
        return self._engine

    @property
    def manifest(self) -> dict[str, object]:
        """What is known of the build: its name and where it is."""
        return {"build": self._engine.build, "server": self._engine.server.url}
