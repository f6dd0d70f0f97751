"""``treatygraph batch QUESTIONS.csv``."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from treatygraph.cli.options import FORMATS, opened, today

if TYPE_CHECKING:
    from treatygraph.ask.batch import Batch

__all__ = ["answer", "grammar", "run"]


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument(
        "questions", metavar="QUESTIONS.csv", type=Path,
        help="a CSV: 'question' in plain English, or 'a' and 'b', or 'instrument'; with 'on', 'topic', 'state' …",
    )  # fmt: skip
    command.add_argument("--format", choices=FORMATS, default="csv", help="how to print the answers")


def answer(options: Namespace) -> Batch:
    """What the graph answers."""
    from treatygraph.ask.batch import batch, questions_in

    rows = questions_in(options.questions)
    return batch(opened(options), rows, today())


def run(options: Namespace) -> int:
    """Print the answers; 1 where a question could not be answered."""
    from treatygraph.render import emit
    from treatygraph.render.batch import VIEW

    answers = answer(options)
    emit(answers, options.format, VIEW)
    return 1 if answers.failed else 0
