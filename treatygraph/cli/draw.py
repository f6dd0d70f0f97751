"""``treatygraph draw``: pictures and the explorer page, each one file that needs no network."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from treatygraph.cli.options import add_on, add_reading, day, opened, today
from treatygraph.model.errors import UsageError

if TYPE_CHECKING:
    from treatygraph.graph import Graph

__all__ = ["grammar", "run"]

PICTURES: Mapping[str, str] = {
    "network": "States and instruments on a day: who is held by what, and how.",
    "timeline": "Every instrument between two powers as a bar, from signature to end.",
    "storyline": "What two powers agreed, thread by thread and topic by topic: what holds, what was cut and when.",
    "map": "The states of a treaty on a day, by standing, on a map of the world.",
    "heatmap": "Pairs of states by years: how many legally binding instruments hold them.",
    "explorer": "A page that answers for any two powers and any day.",
}


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    pictures = command.add_subparsers(title="pictures", metavar="PICTURE", required=True)
    for name, summary in PICTURES.items():
        picture = pictures.add_parser(name, help=summary, description=summary)
        _GRAMMARS[name](picture)
        picture.set_defaults(picture=name)


def _network(picture: ArgumentParser) -> None:
    whom = picture.add_mutually_exclusive_group()
    whom.add_argument("--states", metavar="A,B", help="only these states, by any of their names")
    whom.add_argument("--group", metavar="GROUP", help="only the members of this group on the day")
    picture.add_argument("--topic", help="only this topic and those below it")
    add_on(picture)
    _add_output(picture, "an .html file")


def _timeline(picture: ArgumentParser) -> None:
    picture.add_argument("first", metavar="A", help="a state or group, by any of its names")
    picture.add_argument("second", metavar="B", help="the other one")
    picture.add_argument("--topic", help="only this topic and those below it")
    add_on(picture)
    add_reading(picture)
    _add_output(picture, "an .html, .svg or .png file")


def _storyline(picture: ArgumentParser) -> None:
    picture.add_argument("first", metavar="A", help="a state or group, by any of its names")
    picture.add_argument("second", metavar="B", nargs="?", help="the other one; without it, A is a group: its members")
    picture.add_argument(
        "--since", metavar="DATE", type=day, help="where time begins; default: the first, from 1945 on"
    )
    picture.add_argument("--topic", help="only this topic and those below it")
    picture.add_argument("--all", action="store_true", help="also what is not legally binding, or disputed to be")
    picture.add_argument("--narrow", action="store_true", help="for a phone's width (an .html page has both forms)")
    add_on(picture)
    add_reading(picture)
    _add_output(picture, "an .html, .svg or .png file")


def _map(picture: ArgumentParser) -> None:
    picture.add_argument("instrument", metavar="INSTRUMENT", help="an instrument, by any of its names")
    add_on(picture)
    add_reading(picture)
    _add_output(picture, "an .html, .svg or .png file")


def _heatmap(picture: ArgumentParser) -> None:
    whom = picture.add_mutually_exclusive_group(required=True)
    whom.add_argument("--group", metavar="GROUP", help="the states that were ever in this group")
    whom.add_argument("--states", metavar="A,B,…", help="these states, by any of their names")
    picture.add_argument("--every", choices=("year", "five-years", "decade"), default="year", help="the columns")
    picture.add_argument("--since", metavar="DATE", type=day, default=date(1945, 12, 31), help="the first column")
    picture.add_argument("--topic", help="only this topic and those below it")
    add_on(picture)
    add_reading(picture)
    _add_output(picture, "an .html, .svg or .png file")


def _explorer(picture: ArgumentParser) -> None:
    add_on(picture)
    _add_output(picture, "an .html file")


_GRAMMARS = {
    "network": _network,
    "timeline": _timeline,
    "storyline": _storyline,
    "map": _map,
    "heatmap": _heatmap,
    "explorer": _explorer,
}


def _add_output(picture: ArgumentParser, what: str) -> None:
    picture.add_argument("-o", "--output", metavar="FILE", required=True, type=Path, help=what)
    picture.add_argument("--force", action="store_true", help="replace a file that is there")


def run(options: Namespace) -> int:
    """Draw; 0."""
    from treatygraph.draw import pictures
    from treatygraph.export.writing import whole_file

    kind = options.output.suffix.removeprefix(".").lower()
    kinds = pictures.KINDS[options.picture]
    if kind not in kinds:
        raise UsageError(f"'{options.output}': {options.picture} writes {' or '.join(f'.{one}' for one in kinds)}.")
    if options.output.exists() and not options.force:  # told before a picture is drawn in vain
        raise UsageError(f"{options.output} is there already; choose another place, or replace it with --force.")
    graph, on = opened(options), options.on or today()
    content = _drawn(graph, options, kind, on)
    with whole_file(options.output, force=options.force) as file:
        file.write_bytes(content)
    print(f"{options.output}: {len(content):,} bytes", file=sys.stderr)
    return 0


def _drawn(graph: Graph, options: Namespace, kind: str, on: date) -> bytes:
    from treatygraph.draw import pictures

    if options.picture == "explorer":
        return pictures.explorer(graph, on)
    if options.picture == "network":
        return pictures.network(graph, on, states=_names(options.states), group=options.group, topic=options.topic)
    if options.picture == "timeline":
        return pictures.timeline(
            graph, options.first, options.second, on, kind, topic=options.topic, reading=options.reading
        )
    if options.picture == "storyline":
        return pictures.storyline(
            graph, [name for name in (options.first, options.second) if name], on, kind, since=options.since,
            topic=options.topic, reading=options.reading, binding=not options.all, narrow=options.narrow,
        )  # fmt: skip
    if options.picture == "map":
        return pictures.map_of(graph, options.instrument, on, kind, reading=options.reading)
    return pictures.heatmap(
        graph, on, kind, group=options.group, states=_names(options.states), every=options.every, since=options.since,
        topic=options.topic, reading=options.reading,
    )  # fmt: skip


def _names(text: str | None) -> list[str] | None:
    return None if text is None else [name.strip() for name in text.split(",") if name.strip()]
