"""``treatygraph claims REPORT|FILE|-``: claims of a report of the record, or of a user's own, held against it."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from treatygraph.cli.options import add_format, add_known, opened

if TYPE_CHECKING:
    from treatygraph.answers.claims.answer import ClaimsAnswer

__all__ = ["answer", "grammar", "run"]


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument(
        "report",
        metavar="REPORT|FILE|-",
        help="the id of a report of the record; a YAML or JSON file of your own claims; or - for such a text on stdin",
    )
    add_known(command)
    add_format(command)


def answer(options: Namespace) -> ClaimsAnswer:
    """What the graph answers."""
    return opened(options).claims(_report(options.report), known=options.known)


def run(options: Namespace) -> int:
    """Print the answer; 0."""
    from treatygraph.render import emit
    from treatygraph.render.claims import VIEW

    emit(answer(options), options.format, VIEW)
    return 0


def _report(text: str) -> str | Path | Mapping[str, Any]:
    """What is asked for: a report by its name, a file, or what stands on stdin."""
    if text == "-":
        from treatygraph.answers.claims.drafted import loaded

        value = loaded(sys.stdin.read(), "stdin")
        return dict(value) if isinstance(value, Mapping) else {"claims": value}
    path = Path(text)
    return path if path.suffix in _FILES or path.is_file() else text


_FILES = (".yaml", ".yml", ".json")
