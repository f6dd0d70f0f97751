"""``treatygraph claims REPORT``."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from treatygraph.cli.options import add_format, add_known, opened

__all__ = ["grammar", "run"]


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument("report", metavar="REPORT", help="the id of a report")
    add_known(command)
    add_format(command)


def run(options: Namespace) -> int:
    """Answer; 0."""
    from treatygraph.render import emit
    from treatygraph.render.claims import VIEW

    emit(opened(options).claims(options.report, known=options.known), options.format, VIEW)
    return 0
