"""``treatygraph timeline A [B]`` and ``treatygraph timeline INSTRUMENT``."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from treatygraph.cli.options import add_format, day, opened

if TYPE_CHECKING:
    from treatygraph.answers.timeline import Entry

__all__ = ["answer", "grammar", "run"]


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument("first", metavar="A|INSTRUMENT", help="a state, a group, or an instrument")
    command.add_argument("second", metavar="B", nargs="?", help="the other power")
    command.add_argument("--since", metavar="DATE", type=day, help="nothing before this day")
    command.add_argument("--on", metavar="DATE", type=day, help="nothing after this day")
    add_format(command)


def answer(options: Namespace) -> tuple[Entry, ...]:
    """What the graph answers."""
    return opened(options).timeline(options.first, options.second, since=options.since, on=options.on)


def run(options: Namespace) -> int:
    """Print the answer; 0."""
    from treatygraph.render import emit
    from treatygraph.render.timeline import VIEW

    emit(answer(options), options.format, VIEW)
    return 0
