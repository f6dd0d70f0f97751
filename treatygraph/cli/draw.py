"""``treatygraph draw``: pictures and the explorer page, each one file that needs no network."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from treatygraph.cli.options import today

__all__ = ["grammar", "run"]


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    pictures = command.add_subparsers(title="pictures", metavar="PICTURE", required=True)
    text = "A page that answers for any two powers and day; it works without a network."
    explorer = pictures.add_parser("explorer", help=text, description=text)
    _add_output(explorer, "an .html file")
    explorer.set_defaults(draw=_explorer)


def _add_output(picture: ArgumentParser, what: str) -> None:
    picture.add_argument("-o", "--output", metavar="FILE", required=True, type=Path, help=what)


def run(options: Namespace) -> int:
    """Draw; 0."""
    content = options.draw(options)
    if isinstance(content, str):
        content = content.encode()
    options.output.write_bytes(content)
    print(f"{options.output}: {len(content):,} bytes", file=sys.stderr)
    return 0


def _explorer(options: Namespace) -> str:
    from treatygraph.draw.explorer import page
    from treatygraph.graph import open_graph

    del options
    return page(open_graph(), today())
