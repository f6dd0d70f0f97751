"""``treatygraph publish --to URL``."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

__all__ = ["grammar", "run"]


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument("--to", metavar="URL", required=True, help="where the server takes queries")
    command.add_argument("--update", metavar="URL", default="", help="where it takes updates; default: the same")
    command.add_argument(
        "--user", metavar="NAME", default="", help="for updates; the password is $TREATYGRAPH_STORE_PASSWORD"
    )
    command.add_argument("--timeout", metavar="SECONDS", type=int, default=120, help="how long one answer may take")
    command.add_argument("--format", choices=("table", "json"), default="table", help="how to print what was done")


def run(options: Namespace) -> int:
    """Lay the graph down, and say what is there; 0."""
    import json
    import sys

    from treatygraph.build.cache import built
    from treatygraph.remote.publish import publish
    from treatygraph.remote.server import Server
    from treatygraph.triplestore.sparql import Local

    def talk(message: str) -> None:
        print(message, file=sys.stderr)

    build = built()
    server = Server(options.to, options.update, timeout=options.timeout, user=options.user)
    done = publish(build.folder.name, Local(build.store).store, build.shelf().documents(), server, talk)
    if options.format == "json":
        print(json.dumps(done.to_dict(), indent=2))
    else:
        print(done.answer)
    return 0
