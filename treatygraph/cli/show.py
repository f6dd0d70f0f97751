"""``treatygraph show NAME``."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from treatygraph.cli.options import add_format, opened

if TYPE_CHECKING:
    from treatygraph.answers.show import Record

__all__ = ["answer", "grammar", "run"]


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument("name", metavar="NAME", help="an instrument, state, group, official, event or source")
    add_format(command, "ttl")


def answer(options: Namespace) -> Record:
    """What the graph answers."""
    return opened(options).show(options.name)


def run(options: Namespace) -> int:
    """Print the answer; 0."""
    from treatygraph.render import emit
    from treatygraph.render.queries import RESULT
    from treatygraph.render.show import VIEW

    graph = opened(options)
    record = graph.show(options.name)
    if options.format == "ttl":
        emit(graph.sparql(f"DESCRIBE <{record.iri}>"), "ttl", RESULT)
    else:
        emit(record, options.format, VIEW)
    return 0
