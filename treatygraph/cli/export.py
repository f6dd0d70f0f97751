"""``treatygraph export FORMAT -o PATH``."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from treatygraph.cli.options import add_on, add_reading, opened, today

__all__ = ["grammar", "run"]


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument(
        "format", metavar="FORMAT", nargs="?", help="the kind of file; without it, the list of formats"
    )
    command.add_argument("-o", "--output", metavar="PATH", help="the file, or the folder where the format is one")
    command.add_argument("--topic", help="only instruments of this topic and those below it")
    command.add_argument("--group", help="only states that are members of this group")
    command.add_argument("--since", metavar="YEAR", type=int, help="first year of dyad-years; default: 1945")
    command.add_argument("--parquet", action="store_true", help="a panel as Parquet in place of CSV")
    command.add_argument("--force", action="store_true", help="replace an older export")
    command.add_argument("--own", action="store_true", help="take in own facts that are laid over the record")
    add_on(command)
    add_reading(command)


def run(options: Namespace) -> int:
    """Write the files, and say what was written; 0."""
    import sys

    from treatygraph.export import FORMATS
    from treatygraph.model.errors import UsageError
    from treatygraph.render.parts import table

    if options.format is None:
        table("", ("Format", "What it is"), [(name, kind.summary) for name, kind in FORMATS.items()])
        return 0
    if options.output is None:
        raise UsageError("where to? Name a file or a folder with -o PATH.")

    def talk(message: str) -> None:
        print(message, file=sys.stderr)

    made = opened(options).export(
        options.format, options.output, today=today(), on=options.on, topic=options.topic, group=options.group,
        reading=options.reading, since=options.since, parquet=options.parquet, force=options.force, own=options.own,
        talk=talk,
    )  # fmt: skip
    for path in made.files:
        print(path)
    return 0
