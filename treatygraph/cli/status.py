"""``treatygraph status INSTRUMENT``."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from treatygraph.cli.options import add_format, add_known, add_on, add_reading, opened, today

if TYPE_CHECKING:
    from treatygraph.answers.status import InstrumentStatus

__all__ = ["answer", "grammar", "run"]


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument("instrument", metavar="INSTRUMENT", help="by id, title, abbreviation or alias")
    command.add_argument("--state", help="only this state or group")
    add_on(command)
    add_reading(command)
    add_known(command)
    add_format(command)


def answer(options: Namespace) -> InstrumentStatus:
    """What the graph answers."""
    return opened(options).status(
        options.instrument, options.on, state=options.state, reading=options.reading, known=options.known, today=today()
    )


def run(options: Namespace) -> int:
    """Print the answer; 0."""
    from treatygraph.render import emit
    from treatygraph.render.status import VIEW

    emit(answer(options), options.format, VIEW)
    return 0
