"""``treatygraph export FORMAT -o PATH``."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from treatygraph.cli.options import add_known, add_on, add_reading, opened, today

__all__ = ["grammar", "run"]

_SITE = "The pages as a folder that any host can carry, each record as Turtle and JSON-LD beside its page."
_OTHERS = ("on", "topic", "group", "since", "system", "organisations", "at", "known", "parquet", "stata")
"""What the site takes no part of."""


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument(
        "format", metavar="FORMAT", nargs="?", help="the kind of file; without it, the list of formats"
    )
    command.add_argument("-o", "--output", metavar="PATH", help="the file, or the folder where the format is one")
    command.add_argument("--topic", help="only instruments of this topic and those below it")
    command.add_argument("--group", help="only states that are members of this group")
    command.add_argument(
        "--system", choices=("all", "cow", "gw", "un"),
        help="only states of a list: Correlates of War, Gleditsch and Ward, United Nations; default: all",
    )  # fmt: skip
    command.add_argument(
        "--organisations", action="store_true", help="add the European Union and Euratom to the states"
    )
    command.add_argument("--since", metavar="YEAR", type=int, help="first year of panels by year; default: 1945")
    command.add_argument(
        "--at", choices=("end", "any", "share"),
        help="what a year counts: 31 December, any day of it, or the share of its days; default: end",
    )  # fmt: skip
    command.add_argument("--parquet", action="store_true", help="a panel as Parquet instead of CSV")
    command.add_argument("--stata", action="store_true", help="a panel as Stata file instead of CSV")
    command.add_argument("--force", action="store_true", help="replace an older export")
    command.add_argument("--own", action="store_true", help="take in own facts that are laid over the record")
    site = command.add_argument_group("of the format 'site'")
    site.add_argument(
        "--pair", nargs=2, action="append", metavar=("A", "B"), help="a page of these two powers; repeat it"
    )
    site.add_argument("--address", default="", metavar="URL", help="under which the world will reach the pages")
    site.add_argument(
        "--contact", default="", metavar="ADDRESS", help="where errors are reported: mailto:… or https://…"
    )
    add_on(command)
    add_known(command)
    add_reading(command)


def run(options: Namespace) -> int:
    """Write the files, and say what was written; 0."""
    import sys

    from treatygraph.export import FORMATS
    from treatygraph.model.errors import UsageError
    from treatygraph.render.parts import table

    if options.format is None:
        rows = [(name, kind.summary) for name, kind in FORMATS.items()]
        table("", ("Format", "What it is"), [*rows, ("site", _SITE)])
        return 0
    if options.output is None:
        raise UsageError("where to? Name a file or a folder with -o PATH.")

    def talk(message: str) -> None:
        print(message, file=sys.stderr)

    if options.format == "site":
        return _site(options, talk)
    wrong = next((name for name in ("pair", "address", "contact") if getattr(options, name)), "")
    if wrong:
        raise UsageError(f"the format '{options.format}' takes no --{wrong}; 'site' does.")
    exported = opened(options).export(
        options.format, options.output, today=today(), on=options.on, topic=options.topic, group=options.group,
        reading=options.reading, system=options.system or "all", organisations=options.organisations,
        at=options.at or "end", known=options.known, since=options.since, parquet=options.parquet, stata=options.stata,
        force=options.force, own=options.own, talk=talk,
    )  # fmt: skip
    for path in exported.files:
        print(path)
    return 0


def _site(options: Namespace, talk: Callable[[str], None]) -> int:
    """Write the site, and say how much was written; 0."""
    from time import monotonic

    from treatygraph.build.edition import origins_of
    from treatygraph.model.errors import UsageError

    try:
        from treatygraph.site.static_site import write_site
    except ImportError as problem:
        raise UsageError(f"the site needs more packages ({problem.name}): pip install 'treatygraph[web]'.") from None
    wrong = next((name for name in _OTHERS if getattr(options, name)), "")
    if wrong:
        raise UsageError(f"the format 'site' takes no --{wrong}: it is the whole record.")
    graph, begun = opened(options), monotonic()
    if origins_of(graph.index()) and not options.own:
        raise UsageError("own facts are laid over the record; take them into the site with --own, or leave them out.")
    graph.prepare()
    pairs = [(first, second) for first, second in options.pair or ()]
    written = write_site(
        graph, Path(options.output), today(), pairs=pairs, address=options.address, contact=options.contact,
        force=options.force, talk=talk,
    )  # fmt: skip
    print(f"{written.path}: {written.files:,} files, {written.bytes / 1e6:.1f} MB, {monotonic() - begun:.0f} s")
    return 0
