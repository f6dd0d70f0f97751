"""``treatygraph query [NAME]``."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from treatygraph.cli.limits import add_limits, told, watched
from treatygraph.cli.options import add_format, opened, today

if TYPE_CHECKING:
    from treatygraph.triplestore.sparql import Result

__all__ = ["OWN_HELP", "TAKES_MORE", "answer", "grammar", "run"]

TAKES_MORE = True
"""A question has parameters of its own."""
OWN_HELP = True
"""With a name, the help is that of the question."""


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument(
        "name", metavar="NAME", nargs="?", help="a named question; its parameters as --parameter value"
    )
    command.add_argument(
        "-h", "--help", action="store_true", help="show this help; with a name, that question's parameters"
    )
    add_limits(command)
    add_format(command, "ttl")
    command.set_defaults(print_help=command.print_help)


def answer(options: Namespace) -> Result:
    """What the graph answers to a question of the catalogue."""
    from treatygraph.queries.catalogue import parameters_of

    values = parameters_of(options.rest)
    graph = opened(options)
    graph.prepare(options.name)
    with watched(options):
        return graph.query(options.name, values, today=today(), limit=options.limit or None)


def run(options: Namespace) -> int:
    """Print the answer, or the list of questions; 0."""
    from treatygraph.queries.catalogue import catalogue, parameters_of, question_named
    from treatygraph.render import emit
    from treatygraph.render.queries import CATALOGUE, RESULT, print_parameters

    if options.help:
        if options.name:
            print_parameters(question_named(options.name).to_dict())
        else:
            options.print_help()
        return 0
    if options.name is None:
        parameters_of(options.rest)
        emit(catalogue(), options.format, CATALOGUE)
        return 0
    result = answer(options)
    emit(result, options.format, RESULT)
    told(result.complete, options.limit)
    return 0
