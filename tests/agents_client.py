"""Asks the server for agents in this process, as a client of the official SDK does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import anyio
from mcp.client.client import Client

from treatygraph.agents.server import agent_server
from treatygraph.graph import Graph

__all__ = ["TODAY", "answer", "call", "talk"]

TODAY = date(2026, 11, 30)
Talk = Callable[[Client], Awaitable[Any]]


def talk(graph: Graph, conversation: Talk) -> Any:
    """What a client gets that is connected to the server in this process."""

    async def connected() -> Any:
        async with Client(agent_server(graph, lambda: TODAY)) as client:
            return await conversation(client)

    return anyio.run(connected)


def call(graph: Graph, name: str, /, **arguments: Any) -> Any:
    """The result of one call."""
    return talk(graph, lambda client: client.call_tool(name, arguments))


def answer(graph: Graph, name: str, /, **arguments: Any) -> tuple[str, dict[str, Any]]:
    """The text and the structure of an answer that is no refusal."""
    result = call(graph, name, **arguments)
    assert not result.is_error, result.content[0].text
    return result.content[0].text, result.structured_content
