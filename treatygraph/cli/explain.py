"""``treatygraph explain [WORD]``."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from treatygraph.cli.options import add_format, opened

__all__ = ["grammar", "run"]


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument(
        "word",
        metavar="WORD",
        nargs="?",
        help="a flag, standing, rule (R23), topic or class; or a list: topics, readings, groups, offices, flags, rules",
    )
    add_format(command)


def run(options: Namespace) -> int:
    """Answer; 0."""
    from treatygraph.answers.terms import explain
    from treatygraph.render import emit
    from treatygraph.render.terms import VIEW

    emit(explain(lambda: opened(options).index(), options.word), options.format, VIEW)
    return 0
