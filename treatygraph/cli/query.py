"""``treatygraph query [NAME]``."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from treatygraph.cli.limits import add_limits, told, watched
from treatygraph.cli.options import add_format, opened, today

__all__ = ["TAKES_MORE", "grammar", "run"]

TAKES_MORE = True
"""A question has parameters of its own."""


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument(
        "name", metavar="NAME", nargs="?", help="a named question; its parameters as --parameter value"
    )
    add_limits(command)
    add_format(command)


def run(options: Namespace) -> int:
    """Answer; 0."""
    from treatygraph.queries.catalogue import catalogue, parameters_of
    from treatygraph.render import emit
    from treatygraph.render.queries import CATALOGUE, RESULT

    given = parameters_of(options.rest)
    if options.name is None:
        emit(catalogue(), options.format, CATALOGUE)
        return 0

    graph = opened(options)
    graph.prepare(options.name)
    with watched(options):
        result = graph.query(options.name, given, today=today(), limit=options.limit or None)
    emit(result, options.format, RESULT)
    told(result.complete, options.limit)
    return 0
