"""How deeply a query is nested: the engine recurses into brackets and chains of operators, and dies of too many.

Measured with pyoxigraph 0.5.13 and a stack of 8 MiB: it ends with a segmentation fault at 1,000 nested calls or
``EXISTS``, at 5,000 nested braces, and at 20,000 operators in one chain; 250 nested collections take for ever.
"""

from __future__ import annotations

import re
from typing import Final

from treatygraph.model.errors import UsageError

__all__ = ["DEPTH", "OPERATORS", "refuse_nesting"]

DEPTH: Final = 100
"""Brackets of all kinds that may be open at once."""
OPERATORS: Final = 4_000
"""Operators in one query, ``UNION`` counted in: a chain of them is as deep as it is long."""

_STRING: Final = (
    r'"""(?:[^"\\]|\\.|"(?!""))*"""', r"'''(?:[^'\\]|\\.|'(?!''))*'''",
    r'"(?:[^"\\\r\n]|\\.)*"', r"'(?:[^'\\\r\n]|\\.)*'",
)  # fmt: skip
_NAME: Final = (r"[?$]\w+", r"(?:\w[\w.-]*)?:[\w.:%\\-]*", r"(?i:\bUNION\b)", r"\w+")
_IRI: Final = r"<[^<>\"{}|^`\\\x00-\x20]*>"
_REST: Final = (*_STRING, r"#[^\r\n]*", *_NAME, r"[(\[{]", r"[)\]}]", r"[!+\-*/|&^]")
_READINGS: Final = tuple(re.compile("|".join(parts), re.DOTALL) for parts in ((_IRI, *_REST), _REST))
"""A ``<`` begins an address or compares two values; only the grammar tells which, so the query is read both ways."""


def refuse_nesting(text: str) -> None:
    """Refuse a query that is nested too deeply for the engine; brackets in strings, comments and addresses are text.

    Raises:
        UsageError: more than :data:`DEPTH` brackets are open at once, or there are more operators than
            :data:`OPERATORS`.
    """
    if sum(map(text.count, "([{")) <= DEPTH and len(text) <= OPERATORS:
        return
    depths, chains = zip(*(_measured(reading, text) for reading in _READINGS), strict=True)
    if max(depths) > DEPTH:
        raise UsageError(f"the query is nested {max(depths):,} brackets deep; at most {DEPTH} are read: nest it less.")
    if min(chains) > OPERATORS:  # those of addresses, which one of the readings takes for operators, do not count
        raise UsageError(
            f"the query has {min(chains):,} operators, at most {OPERATORS:,} are read; write VALUES or IN instead."
        )


def _measured(reading: re.Pattern[str], text: str) -> tuple[int, int]:
    """The most brackets that are open at once, and the number of operators."""
    deepest = open_now = operators = 0
    for token in reading.finditer(text):
        match token[0]:
            case "(" | "[" | "{":
                open_now += 1
                deepest = max(deepest, open_now)
            case ")" | "]" | "}":
                open_now = max(0, open_now - 1)
            case "!" | "+" | "-" | "*" | "/" | "|" | "&" | "^":
                operators += 1
            case word if word.upper() == "UNION":
                operators += 1
    return deepest, operators
