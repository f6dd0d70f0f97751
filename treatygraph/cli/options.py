"""Options that several commands take, and the clock."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date
from typing import TYPE_CHECKING

from treatygraph.model.spreadsheet import EXCEL

if TYPE_CHECKING:
    from treatygraph.graph import Graph

__all__ = ["FORMATS", "add_format", "add_known", "add_on", "add_reading", "day", "need", "opened", "today"]

FORMATS = ("table", "json", "csv", *EXCEL)


def today() -> date:
    """Today, as the user's calendar has it: the only clock of the package."""
    return date.today()  # noqa: DTZ011 - a day without a time zone is meant


def day(text: str) -> date:
    """A day of the command line."""
    from treatygraph.model.dates import day as read

    return read(text)


def need(extra: str, *modules: str) -> None:
    """Make sure that what an extra brings is there.

    Raises:
        UsageError: a module is missing; how to install it is told.
    """
    from importlib.util import find_spec

    from treatygraph.model.errors import UsageError

    missing = [name for name in modules if find_spec(name) is None]
    if missing:
        raise UsageError(
            f"this needs {' and '.join(missing)}. Install the extra '{extra}': pip install '.[{extra}]' in the"
            f" checkout, or pip install 'WHEEL[{extra}]' with the path of the wheel."
        )


def add_format(command: ArgumentParser, *more: str) -> None:
    """``--format``: how to print the answer; ``more`` are formats that only some commands have."""
    command.add_argument("--format", choices=(*FORMATS, *more), default="table", help="how to print the answer")


def add_on(command: ArgumentParser) -> None:
    """``--on``: the day asked about; today when left out."""
    command.add_argument("--on", metavar="DATE", type=day, help="the day asked about, YYYY-MM-DD; default: today")


def add_known(command: ArgumentParser) -> None:
    """``--known``: only what was on record by a day."""
    command.add_argument("--known", metavar="DATE", type=day, help="only what was on record by this day")


def add_reading(command: ArgumentParser) -> None:
    """``--reading``: whose legal view."""
    command.add_argument(
        "--reading", metavar="WHO", default="depositary", help="whose legal view: depositary, clause, or an authority"
    )


def opened(options: Namespace) -> Graph:
    """The graph at home, with own facts (``--facts``) laid over it, or that of ``--store``.

    Raises:
        FactsError: the facts are broken.
        StoreError: the graph cannot be built or read, or the server cannot be asked.
    """
    from treatygraph.graph import open_graph

    return open_graph(facts=options.facts, store=options.store)
