"""``treatygraph status INSTRUMENT``."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from treatygraph.cli.options import add_format, add_known, add_on, add_reading, opened, today

__all__ = ["grammar", "run"]


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument("instrument", metavar="INSTRUMENT", help="by id, title, abbreviation or alias")
    command.add_argument("--state", help="only this state or group")
    add_on(command)
    add_reading(command)
    add_known(command)
    add_format(command)


def run(options: Namespace) -> int:
    """Answer; 0."""
    from treatygraph.render import emit
    from treatygraph.render.status import VIEW

    answer = opened(options).status(
        options.instrument, options.on, state=options.state, reading=options.reading, known=options.known, today=today()
    )
    emit(answer, options.format, VIEW)
    return 0
