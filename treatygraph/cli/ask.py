"""``treatygraph ask "…"``."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from treatygraph.cli.options import add_format, opened, today

if TYPE_CHECKING:
    from treatygraph.ask import Understanding

__all__ = ["answer", "grammar", "run"]


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument("question", metavar="QUESTION", nargs="+", help="a question in plain English")
    command.add_argument("--brief", action="store_true", help="leave out the SPARQL behind the answer")
    add_format(command)


def answer(options: Namespace) -> Understanding:
    """What the graph answers."""
    from treatygraph.ask import ask

    return ask(opened(options), " ".join(options.question), today())


def run(options: Namespace) -> int:
    """Print the answer; 0."""
    from treatygraph.render import emit
    from treatygraph.render.ask import view

    understanding = answer(options)
    emit(understanding, options.format, view(understanding, brief=options.brief))
    return 0
