"""``treatygraph check``."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from treatygraph.cli.options import add_format, today

__all__ = ["grammar", "run"]


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument("--graph", metavar="FOLDER", help="facts elsewhere; default: those installed")
    command.add_argument("--all", action="store_true", help="also the known differences between sources")
    add_format(command)


def run(options: Namespace) -> int:
    """Print the findings; 1 where there are errors."""
    from treatygraph.answers.check import check
    from treatygraph.render import emit
    from treatygraph.render.check import VIEW

    answer = check(options.graph, today(), every=options.all, own=options.facts)
    emit(answer, options.format, VIEW)
    return 1 if answer.errors else 0
