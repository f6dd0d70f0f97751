"""``treatygraph read STORY.txt|-``: a news story read, and its claims held against the record."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from treatygraph.cli.options import FORMATS, add_known, day, opened, today

__all__ = ["grammar", "run"]


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument(
        "story", metavar="STORY.txt|-", help="a file with the text of a story in English; or - for stdin"
    )
    command.add_argument(
        "--date", metavar="DATE", type=day, help="the day of the story; default: that of its date line"
    )
    add_known(command)
    command.add_argument(
        "--format",
        choices=(*FORMATS, "claimreview"),
        default="table",
        help="how to print the answer; claimreview: schema.org JSON-LD",
    )


def run(options: Namespace) -> int:
    """Answer; 0."""
    from treatygraph.read import read
    from treatygraph.read.claim_review import claim_reviews
    from treatygraph.render import emit
    from treatygraph.render.read import VIEW

    graph = opened(options)
    index = graph.index(options.known)
    answer = read(index, _text(options.story), day=options.date, today=today(), known=options.known)
    if options.format == "claimreview":
        json.dump(claim_reviews(answer.to_dict()), sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        emit(answer, options.format, VIEW)
    return 0


def _text(name: str) -> str:
    """The story: from a file, or from stdin.

    Raises:
        UsageError: the file cannot be read, or is no text.
    """
    from treatygraph.model.errors import UsageError

    try:
        if name == "-":
            return sys.stdin.read()
        return Path(name).read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise UsageError(f"'{name}' cannot be read: {problem.strerror}; give a text file, or - for stdin.") from None
    except UnicodeDecodeError:
        raise UsageError(f"'{name}' is no text in UTF-8; save the story as plain text.") from None
