"""``treatygraph upcoming``."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from treatygraph.answers.upcoming import MONTHS
from treatygraph.cli.options import FORMATS, add_known, add_on, add_reading, opened, today

if TYPE_CHECKING:
    from treatygraph.answers.upcoming import Upcoming

__all__ = ["answer", "grammar", "run"]


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument(
        "--months", type=int, default=MONTHS, metavar="N", help=f"how many months ahead; default: {MONTHS}"
    )
    command.add_argument("--state", metavar="NAME", help="only what concerns this state or group")
    command.add_argument("--instrument", metavar="NAME", help="only this instrument")
    command.add_argument("--topic", help="only this topic and those below it")
    add_on(command)
    add_reading(command)
    add_known(command)
    command.add_argument(
        "--format",
        choices=(*FORMATS, "ics", "atom", "jsonfeed"),
        default="table",
        help="how to print the answer",
    )


def answer(options: Namespace) -> Upcoming:
    """What the graph answers."""
    return opened(options).upcoming(
        options.on or today(), months=options.months, state=options.state, instrument=options.instrument,
        topic=options.topic, reading=options.reading, known=options.known,
    )  # fmt: skip


def run(options: Namespace) -> int:
    """Print the answer; 0."""
    from treatygraph.render import emit
    from treatygraph.render.feeds import FORMS, feed
    from treatygraph.render.upcoming import VIEW

    upcoming = answer(options)
    if options.format in FORMS:
        feed(upcoming, options.format)
    else:
        emit(upcoming, options.format, VIEW)
    return 0
