"""``treatygraph intake``: a depositary's list laid beside the ledger, and taken into it."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from treatygraph.cli.options import FORMATS, day, need, today

if TYPE_CHECKING:
    from pathlib import Path

    from treatygraph.intake.fetching import Fetcher

__all__ = ["grammar", "run"]

_SAID = ("title", "place", "publisher", "date", "kind", "licence", "note")


def grammar(command: ArgumentParser) -> None:
    """What the command takes: a page, and the source that its lines cite."""
    command.allow_abbrev = False  # what is not written out is not known
    command.add_argument(
        "page", metavar="PAGE", help="a file, '-' for standard input, or an address (only then the network)"
    )
    command.add_argument(
        "--instrument", metavar="NAME", default="", help="whose list it is; default: told from the page"
    )
    command.add_argument(
        "--register",
        metavar="ID",
        default="",
        help="whose form of page it is: untc, fedlex, …; default: told from its content",
    )
    command.add_argument("--day", metavar="DATE", type=day, help="the day of the list, where the page does not tell it")
    command.add_argument(
        "--source", metavar="ID", default="", help="the source that every line cites, on record or new"
    )
    for name in _SAID:
        command.add_argument(f"--source-{name}", default="", help=f"of a new source: its {name}")
    command.add_argument("--copy", action="store_true", help="of a new source: it is a copy on somebody's site")
    command.add_argument(
        "--only-new", action="store_true", help="leave what differs to a person; default: a second row"
    )
    command.add_argument(
        "--write", action="store_true", help="write lines, source and coverage into the facts, or nothing"
    )
    command.add_argument("--graph", metavar="FOLDER", help="facts elsewhere; default: those of this checkout")
    command.add_argument("--format", choices=FORMATS, default="table", help="how to print the answer")
    command.add_argument(
        "--contact",
        metavar="WHO",
        default=os.environ.get("TREATYGRAPH_CONTACT", ""),
        help="address or user name for the User-Agent; default: $TREATYGRAPH_CONTACT",
    )
    command.add_argument(
        "--timeout", metavar="SECONDS", type=float, default=30.0, help="how long to wait for an answer"
    )


def run(options: Namespace) -> int:
    """Lay the page beside the ledger; 1 where something differs, is gone or could not be read."""
    need("intake", "selectolax", "pypdf")
    from treatygraph.intake.fetching import page_from
    from treatygraph.intake.session import Wishes, take_in
    from treatygraph.intake.sources import SourceTerms
    from treatygraph.render import emit
    from treatygraph.render.intake import VIEW

    said = {name: getattr(options, f"source_{name}") for name in _SAID}
    wishes = Wishes(
        options.instrument, options.register, options.day, SourceTerms(options.source, copy=options.copy, **said),
        not options.only_new, options.write,
    )  # fmt: skip
    folder = _folder(options)
    answer = take_in(page_from(options.page, _fetcher(options)), folder, wishes, today())
    emit(answer, options.format, VIEW)
    return int(answer.has_findings)


def _folder(options: Namespace) -> Path:
    """The facts to read, and to write into where that is asked for.

    Raises:
        UsageError: the folder is none of facts, or those of an installation are to be written.
    """
    from treatygraph.model.errors import UsageError
    from treatygraph.model.folders import facts_folder

    folder = facts_folder(options.graph or None)
    if options.write and not options.graph and folder.parent.name == "data":
        raise UsageError("an installed treatygraph keeps its facts as they are; give --graph, a folder of your own.")
    return folder


def _fetcher(options: Namespace) -> Fetcher | None:
    from treatygraph.build.cache import cache_folder
    from treatygraph.intake.fetching import Fetcher, agent, is_address
    from treatygraph.model.errors import UsageError
    from treatygraph.model.version import VERSION

    if not is_address(options.page):
        return None
    if not options.contact:
        raise UsageError(
            "a register asks who is asking: give an address or a user name with --contact, or set TREATYGRAPH_CONTACT."
        )
    return Fetcher(agent(VERSION, options.contact), cache_folder() / "intake", options.timeout)
