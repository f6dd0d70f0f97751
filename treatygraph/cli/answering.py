"""A question as a command line, answered: what ``cite``, ``watch`` and batches ask."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from importlib import import_module
from typing import Final

from treatygraph.cli import parsed
from treatygraph.model.errors import UnknownName

__all__ = ["ASKING", "answer_to", "options_of"]

ASKING: Final = (
    "between",
    "status",
    "timeline",
    "show",
    "whatif",
    "claims",
    "query",
    "ask",
    "network",
    "compare",
    "upcoming",
    "changes",
    "changes",
)
"""The commands whose answers have ``answer(options)``."""


def options_of(words: Sequence[str], like: Namespace) -> Namespace:
    """The options of a question written as a command line, asked of the same graph as ``like``.

    Raises:
        UsageError: the words are not such a command line.
        UnknownName: no such command.
    """
    if not words or words[0] not in ASKING:
        raise UnknownName("question", words[0] if words else "", ASKING)
    options = parsed(words)
    options.store, options.facts = like.store, like.facts
    return options


def answer_to(options: Namespace, command: str) -> object:
    """The answer to a question."""
    answer: object = import_module(f"treatygraph.cli.{command}").answer(options)
    return answer
