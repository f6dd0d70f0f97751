"""``treatygraph sparql TEXT``."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from treatygraph.cli.limits import add_limits, told, watched
from treatygraph.cli.options import add_format, opened

__all__ = ["grammar", "run"]


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument("text", metavar="TEXT|FILE|-", help="a query, a file that holds one, or - for stdin")
    command.add_argument("--allow-service", action="store_true", help="let the query ask other hosts")
    add_limits(command)
    add_format(command, "ttl")


def run(options: Namespace) -> int:
    """Answer; 0."""
    from treatygraph.render import emit
    from treatygraph.render.queries import RESULT
    from treatygraph.triplestore.sparql import text_of

    graph, text = opened(options), text_of(options.text)
    graph.prepare()
    with watched(options):
        result = graph.sparql(text, allow_service=options.allow_service, limit=options.limit or None)
    emit(result, options.format, RESULT)
    for warning in result.warnings:
        print(f"treatygraph: warning: {warning}", file=sys.stderr)
    told(result.complete, options.limit)
    return 0
