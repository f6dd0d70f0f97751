"""``treatygraph whatif A leaves INSTRUMENT [and B joins INSTRUMENT …]``."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from treatygraph.cli.options import add_format, add_reading, day, opened, today

if TYPE_CHECKING:
    from treatygraph.answers.whatif.result import WhatIf

__all__ = ["answer", "grammar", "run"]


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument(
        "words", metavar="SUPPOSITION", nargs="+",
        help="'A leaves INSTRUMENT' or 'A joins INSTRUMENT', several with 'and' between them or each in quotes",
    )  # fmt: skip
    command.add_argument(
        "--notice", "--on", metavar="DATE", type=day, dest="on",
        help="the day the notices are received and the instruments deposited, YYYY-MM-DD; default: today",
    )  # fmt: skip
    command.add_argument("--binding", action="store_true", help="count only legally binding instruments")
    add_reading(command)
    add_format(command)


def texts(words: list[str]) -> list[str]:
    """The words of the command line as suppositions: each quoted one by itself, the others together.

    An argument that holds a whole supposition (``"US leaves NPT"``) is one; single words make one text.
    """
    texts_joined: list[str] = []
    loose: list[str] = []
    for word in words:
        if {"leaves", "joins"} & set(word.lower().split()) and len(word.split()) > 2:
            texts_joined += [" ".join(loose), word] if loose else [word]
            loose = []
        elif word.lower() != "and" or loose:
            loose.append(word)
    return [*texts_joined, *([" ".join(loose)] if loose else [])]


def answer(options: Namespace) -> WhatIf:
    """What the graph answers."""
    return opened(options).whatif(
        *texts(options.words), on=options.on or today(), reading=options.reading, binding=options.binding
    )


def run(options: Namespace) -> int:
    """Print the answer; 0."""
    from treatygraph.render import emit
    from treatygraph.render.whatif import VIEW

    emit(answer(options), options.format, VIEW)
    return 0
