"""``treatygraph changes``."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from treatygraph.cli.options import FORMATS, add_on, add_reading, day, opened, today

if TYPE_CHECKING:
    from treatygraph.answers.changes.answer import Changes

__all__ = ["answer", "grammar", "run"]


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    of = command.add_mutually_exclusive_group(required=True)
    of.add_argument("--since", metavar="DATE", type=day, help="between this day and --on")
    of.add_argument("--known-from", metavar="DATE", type=day, help="what came on record after this day")
    of.add_argument(
        "--from", dest="record", metavar="FOLDER|VERSION",
        help="another record: a folder of facts, an archive of a release, or its version",
    )  # fmt: skip
    command.add_argument("--known-to", metavar="DATE", type=day, help="and by this day; default: all")
    command.add_argument("--state", metavar="NAME", help="only what concerns this state or group")
    command.add_argument("--instrument", metavar="NAME", help="only this instrument")
    command.add_argument("--topic", help="only this topic and those below it")
    add_on(command)
    add_reading(command)
    command.add_argument(
        "--format", choices=(*FORMATS, "notes", "ics", "atom", "jsonfeed"), default="table",
        help="how to print the answer; notes: as release notes in Markdown",
    )  # fmt: skip


def answer(options: Namespace) -> Changes:
    """What the graph answers."""
    return opened(options).changes(
        options.since, options.on or today(), known_from=options.known_from, known_to=options.known_to,
        record=options.record, state=options.state, instrument=options.instrument, topic=options.topic,
        reading=options.reading,
    )  # fmt: skip


def run(options: Namespace) -> int:
    """Print the answer; 0."""
    from treatygraph.render import emit
    from treatygraph.render.changes import VIEW, release_notes
    from treatygraph.render.feeds import FORMS, feed

    changes = answer(options)
    if options.format in FORMS:
        feed(changes, options.format)
    elif options.format == "notes":
        print(release_notes(changes), end="")
    else:
        emit(changes, options.format, VIEW)
    return 0
