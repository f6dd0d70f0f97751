"""``treatygraph between A B``."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from treatygraph.cli.options import add_format, add_known, add_on, add_reading, opened, today

if TYPE_CHECKING:
    from treatygraph.answers.between import Between

__all__ = ["answer", "grammar", "run"]


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument("first", metavar="A", help="a state or group, by any of its names")
    command.add_argument("second", metavar="B", help="the other one")
    command.add_argument("--topic", help="only this topic and those below it, e.g. nuclear")
    command.add_argument(
        "--scope",
        type=str.lower,
        choices=("bilateral", "multilateral", "any"),
        default="any",
        help="by the number of parties",
    )  # fmt: skip
    command.add_argument("--binding", action="store_true", help="leave out what is not legally binding")
    add_on(command)
    add_reading(command)
    add_known(command)
    add_format(command)


def answer(options: Namespace) -> Between:
    """What the graph answers."""
    return opened(options).between(
        options.first,
        options.second,
        options.on or today(),
        known=options.known,
        reading=options.reading,
        topic=options.topic,
        scope=options.scope,
        binding=options.binding,
        today=today(),
    )


def run(options: Namespace) -> int:
    """Print the answer; 0."""
    from treatygraph.render import emit
    from treatygraph.render.between import VIEW

    emit(answer(options), options.format, VIEW)
    return 0
