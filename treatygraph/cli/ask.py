"""``treatygraph ask "…"``."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from treatygraph.cli.options import add_format, opened, today

__all__ = ["grammar", "run"]


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument("question", metavar="QUESTION", nargs="+", help="a question in plain English")
    command.add_argument("--brief", action="store_true", help="leave out the SPARQL behind the answer")
    add_format(command)


def run(options: Namespace) -> int:
    """Answer; 0."""
    from treatygraph.ask import ask
    from treatygraph.render import emit
    from treatygraph.render.ask import view

    answer = ask(opened(options), " ".join(options.question), today())
    emit(answer, options.format, view(answer, brief=options.brief))
    return 0
