"""``treatygraph compare A B --then DATE`` and ``treatygraph compare A B C [D]``."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from treatygraph.cli.options import add_format, add_known, add_on, add_reading, day, opened, today

if TYPE_CHECKING:
    from treatygraph.answers.compare import Comparison

__all__ = ["answer", "grammar", "run"]


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument("first", metavar="A", help="a state or group, by any of its names")
    command.add_argument("second", metavar="B", help="the other one")
    command.add_argument("third", metavar="C", nargs="?", help="of a second pair: one power; alone: A and C")
    command.add_argument("fourth", metavar="D", nargs="?", help="of a second pair: the other power")
    command.add_argument("--then", metavar="DATE", type=day, help="the earlier day, where one pair is compared")
    command.add_argument("--topic", help="only this topic and those below it, e.g. nuclear")
    command.add_argument(
        "--scope", choices=("bilateral", "multilateral", "any"), default="any", help="by the number of parties"
    )
    command.add_argument("--binding", action="store_true", help="leave out what is not legally binding")
    add_on(command)
    add_reading(command)
    add_known(command)
    add_format(command)


def answer(options: Namespace) -> Comparison:
    """What the graph answers."""
    return opened(options).compare(
        options.first, options.second, options.third, options.fourth, then=options.then, on=options.on or today(),
        topic=options.topic, scope=options.scope, binding=options.binding, reading=options.reading,
        known=options.known, today=today(),
    )  # fmt: skip


def run(options: Namespace) -> int:
    """Print the answer; 0."""
    from treatygraph.render import emit
    from treatygraph.render.compare import VIEW

    emit(answer(options), options.format, VIEW)
    return 0
