"""``treatygraph mcp``."""

from __future__ import annotations

import threading
from argparse import ArgumentParser, Namespace

__all__ = ["grammar", "run"]

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def grammar(command: ArgumentParser) -> None:
    """What the command takes: nothing, or an address for HTTP."""
    command.epilog = (
        "Without --http, messages go over stdin and stdout, and the server ends when stdin does. See docs/agents.md."
    )
    command.add_argument("--http", action="store_true", help="serve over HTTP at /mcp, in place of stdin and stdout")
    command.add_argument("--host", default="127.0.0.1", help="the address to listen on; default: this machine alone")
    command.add_argument("--port", type=int, default=8001, help="the port; 0: any that is free")
    command.add_argument("--hosts", default="", metavar="NAMES", help="answer to these host names only, with commas")
    command.add_argument("--proxies", default="", metavar="IPS", help="believe X-Forwarded-For of these, with commas")


def run(options: Namespace) -> int:
    """Serve until stdin ends, or until told to end; 0."""
    import importlib.util

    from treatygraph.model.errors import UsageError

    if importlib.util.find_spec("mcp") is None:
        raise UsageError("this needs the MCP SDK: pip install 'treatygraph[mcp]'.")
    from treatygraph.agents.server import agent_server
    from treatygraph.cli.options import opened, today

    graph = opened(options)
    if not options.http:
        # The store for SPARQL takes some seconds where it is not there yet; the first answers do not wait for it.
        threading.Thread(target=graph.prepare, daemon=True).start()
        agent_server(graph, today).run("stdio")
        return 0
    try:
        from treatygraph.agents.http import agents_application
        from treatygraph.web.limits import Limits
        from treatygraph.web.server import run as serve
        from treatygraph.web.traffic import Traffic
    except ImportError as problem:
        raise UsageError(f"HTTP needs more packages ({problem.name}): pip install 'treatygraph[mcp,web]'.") from None
    if not 0 <= options.port <= 65535:
        raise UsageError(f"--port {options.port} is no port; give a number from 0 to 65535.")
    graph.prepare()
    limits = Limits()
    traffic = Traffic(limits)
    hosts = [name.strip() for name in options.hosts.split(",") if name.strip()]
    if not hosts and options.host in _LOOPBACK:  # a name that leads here from elsewhere is an attack on the browser
        hosts = [*_LOOPBACK]
    app = agents_application(graph, limits, today, traffic, hosts=hosts, log="paths")
    serve(app, limits, traffic, host=options.host, port=options.port, proxies=options.proxies)
    return 0
