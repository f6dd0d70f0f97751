"""The server for agents over HTTP: the same tools, behind the limits of the web server."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from mcp.client.client import Client

from serving import PATIENCE
from treatygraph.agents.server import TOOLS


@pytest.fixture(scope="module")
def address(built_cache: Path) -> Iterator[str]:
    """The address of a server, run by the command line."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "TREATYGRAPH_CACHE": str(built_cache)}
    command = [sys.executable, "-m", "treatygraph", "mcp", "--http", "--port", "0"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as run:
        assert run.stdout
        lines = iter(run.stdout.readline, "")
        yield next(match[0] for line in lines if (match := re.search(r"http://127\.0\.0\.1:\d+", line)))
        run.terminate()
        run.wait(PATIENCE)


def test_a_client_over_http_asks_as_over_stdio(address: str) -> None:
    async def conversation() -> Any:
        async with Client(f"{address}/mcp") as client:
            assert [tool.name for tool in (await client.list_tools()).tools] == list(TOOLS)
            return await client.call_tool("standings", {"instruments": ["CTBT"], "states": ["Russia"]})

    result = anyio.run(conversation)
    assert "consent revoked" in result.content[0].text


def test_limits_of_the_web_server_hold(address: str) -> None:
    assert httpx.get(f"{address}/mcp", headers={"Accept": "text/event-stream"}).status_code == 405
    large = httpx.post(f"{address}/mcp", content=b"x" * (65 << 10), headers={"Content-Type": "application/json"})
    assert large.status_code == 413
    foreign = httpx.post(f"{address}/mcp", json={}, headers={"Origin": "https://elsewhere.example"})
    assert foreign.status_code == 400
    rebound = httpx.get(f"{address}/health", headers={"Host": "elsewhere.example"})
    assert rebound.status_code == 400
    assert httpx.get(f"{address}/health").json()["status"] == "ok"
    assert httpx.get(f"{address}/health").headers["X-Content-Type-Options"] == "nosniff"
