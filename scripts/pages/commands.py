"""``docs/commands.md``: every command with its options, from the parsers themselves."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from treatygraph.cli import COMMANDS, parser

__all__ = ["commands"]

_WIDTH = 110
_INTRO = """# Command line

Made by `scripts/generate` from the parsers; do not edit.

`treatygraph COMMAND …`: answers go to standard output, messages to standard error. Exit codes: 0 fine, 1 problems
found (`check`, `claims`, `read`, `intake` say which), 2 wrong use or unknown name. With `--format json` a refusal is
JSON too.

Names are accepted in many forms: codes, ids, titles, abbreviations, with or without accents; states also in Arabic,
Chinese, French, German, Russian and Spanish. Words that may be typed are listed by `treatygraph explain topics`,
`explain groups`, `explain readings`, `explain offices`.
"""


def commands() -> str:
    """The whole page."""
    top = parser()
    lines = [_INTRO, "| command | what it does |", "|---|---|"]
    lines += [f"| [`{name}`](#{name}) | {summary} |" for name, summary in COMMANDS.items()]
    for name, command in _subcommands(top):
        lines += ["", *_described(name, command, 2)]
    return "\n".join(lines) + "\n"


def _described(name: str, command: argparse.ArgumentParser, level: int) -> Iterator[str]:
    yield f"{'#' * level} {name}"
    yield ""
    yield "```text"
    command.formatter_class = _wide
    yield command.format_help().rstrip()
    yield "```"
    for inner, below in _subcommands(command):
        yield ""
        yield from _described(f"{name} {inner}", below, level + 1)


def _subcommands(command: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in command._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def _wide(prog: str) -> argparse.HelpFormatter:
    return argparse.HelpFormatter(prog, max_help_position=30, width=_WIDTH)
