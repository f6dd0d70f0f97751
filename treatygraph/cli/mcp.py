"""``treatygraph mcp``."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

__all__ = ["grammar", "run"]


def grammar(command: ArgumentParser) -> None:
    """What the command takes: nothing."""
    command.epilog = "Messages go over stdin and stdout; the server ends when stdin does. See docs/agents.md."


def run(options: Namespace) -> int:
    """Serve until stdin ends; 0."""
    import importlib.util

    from treatygraph.model.errors import UsageError

    if importlib.util.find_spec("mcp") is None:
        raise UsageError("this needs the MCP SDK: pip install 'treatygraph[mcp]'.")
    from treatygraph.agents.server import agent_server
    from treatygraph.cli.options import opened, today

    agent_server(opened(options), today).run("stdio")
    return 0
