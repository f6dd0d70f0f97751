"""``treatygraph sparql TEXT``."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from treatygraph.cli.options import add_format

__all__ = ["grammar", "run"]


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument("text", metavar="TEXT|FILE|-", help="a query, a file that holds one, or - for stdin")
    command.add_argument("--allow-service", action="store_true", help="let the query ask other hosts")
    add_format(command)


def run(options: Namespace) -> int:
    """Answer; 0."""
    from treatygraph.graph import open_graph
    from treatygraph.render import emit
    from treatygraph.render.queries import RESULT
    from treatygraph.sparql import text_of

    emit(open_graph().sparql(text_of(options.text), allow_service=options.allow_service), options.format, RESULT)
    return 0
