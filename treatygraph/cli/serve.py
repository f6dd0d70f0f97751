"""``treatygraph serve``."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from treatygraph.cli.options import opened, today
from treatygraph.model.errors import UsageError

if TYPE_CHECKING:
    from treatygraph.graph import Graph

__all__ = ["grammar", "run"]

_LIMITS = {
    "seconds": (float, "seconds that one query may run"),
    "patience": (float, "seconds after which a query counts as long"),
    "memory": (int, "MiB that one query may use"),
    "resident": (int, "MiB of a store that is held in memory; a larger one is read from disk"),
    "rows": (int, "rows of one result"),
    "size": (int, "MiB of one result"),
    "workers": (int, "queries that run at once"),
    "long": (int, "long queries that run at once, beside the others"),
    "waiting": (int, "queries that wait for a worker"),
    "upload": (float, "seconds within which a request must have arrived"),
    "body": (int, "KiB of the body of a request"),
    "download": (float, "seconds after which a client that takes too little of its answer is cut off"),
    "client": (int, "queries of one address at once"),
    "connections": (int, "open connections of one address"),
    "flight": (int, "MiB of answers that are being sent"),
}
"""The limits that have an option of their own: how it is read, and what it says."""
_UNITS = {"body": 1 << 10, **dict.fromkeys(("flight", "memory", "resident", "size"), 1 << 20)}
"""Bytes of the unit in which a limit is given, where it is one of bytes."""


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument("--host", default="127.0.0.1", help="the address to listen on; default: this machine alone")
    command.add_argument("--port", type=int, default=8000, help="the port; 0: any that is free")
    command.add_argument("--socket", default="", metavar="PATH", help="a Unix socket to listen on, in place of a port")
    command.add_argument("--address", default="", metavar="URL", help="under which the world reaches the server")
    command.add_argument(
        "--root-path", default="", metavar="PATH", help="the path below which it is reached: /treaties"
    )
    command.add_argument("--hosts", default="", metavar="NAMES", help="answer to these host names only, with commas")
    command.add_argument("--proxies", default="", metavar="IPS", help="believe X-Forwarded-For of these, with commas")
    command.add_argument(
        "--contact", default="", metavar="ADDRESS", help="where errors are reported: mailto:… or https://…"
    )
    command.add_argument("--reload", action="store_true", help="take up edited facts at once, not only on SIGHUP")
    command.add_argument(
        "--log", choices=("paths", "questions", "none"), default="paths", help="what the access log holds"
    )
    group = command.add_argument_group("limits")
    for name, (kind, text) in _LIMITS.items():
        group.add_argument(f"--max-{name}", type=kind, metavar="N", help=text)


def run(options: Namespace) -> int:
    """Serve until told to end; 0."""
    try:
        from treatygraph.web.app import application
        from treatygraph.web.limits import Limits
        from treatygraph.web.prefix import checked
        from treatygraph.web.server import run as serve
        from treatygraph.web.service import ServedFacts
        from treatygraph.web.traffic import Traffic
    except ImportError as problem:
        raise UsageError(f"the server needs more packages ({problem.name}): pip install 'treatygraph[web]'.") from None

    if not 0 <= options.port <= 65535:
        raise UsageError(f"--port {options.port} is no port; give a number from 0 to 65535.")
    given = {name: getattr(options, f"max_{name}") for name in _LIMITS}
    limits = Limits(**{
        name: value * _UNITS.get(name, 1) for name, value in given.items() if value is not None
    })  # fmt: skip
    prefix = checked(options.root_path)
    graph = opened(options)
    graph.prepare()
    hosts = [name.strip() for name in options.hosts.split(",") if name.strip()]
    traffic = Traffic(limits)
    origin = ServedFacts(lambda: opened(options), _is_current, options.reload)
    app = application(
        graph,
        limits,
        today,
        traffic,
        origin=origin,
        log=options.log,
        address=options.address,
        hosts=hosts,
        prefix=prefix,
        contact=options.contact,
    )
    serve(
        app, limits, traffic, host=options.host, port=options.port, proxies=options.proxies,
        socket=options.socket,
    )  # fmt: skip
    return 0


def _is_current(graph: Graph) -> bool:
    """Whether a graph is that of the facts as they are now."""
    from treatygraph.build.cache import ready

    build = ready()
    return build is not None and build.folder == graph.home.folder
