"""Patterns of sentences: what a question may look like, word for word, with slots for names.

A pattern is text: ``(is|was) <state> [a] party to <instrument>``. Round brackets hold alternatives, square
ones what may be left out, ``<kind>`` or ``<kind:name>`` a slot. A sentence fits only if every word of it is
used: half a question understood is an answer to another question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from treatygraph.model.errors import UsageError

__all__ = ["Resolver", "Slot", "fits"]

_TOKEN: Final = re.compile(r"<[^>]+>|[()\[\]|]|[^\s()\[\]|<>]+")
_LONGEST: Final = {"instrument": 48, "name": 48, "power": 9, "state": 9, "topic": 7}
_SHORT: Final = 4


@dataclass(frozen=True)
class Slot:
    """What stands in a slot: the words, and the id that they name."""

    words: str
    id: str
    shown: str


Resolver = Callable[[str, str], Slot | None]
"""Kind of slot and words to what they name; None where they name nothing."""


@dataclass(frozen=True)
class _Word:
    text: str


@dataclass(frozen=True)
class _Hole:
    kind: str
    name: str


@dataclass(frozen=True)
class _Choice:
    options: tuple[tuple[_Node, ...], ...]


_Node = _Word | _Hole | _Choice
Found = Mapping[str, Slot]


def fits(pattern: str, words: Sequence[str], resolve: Resolver) -> Iterator[Found]:
    """Every way in which the words fit the pattern: what stands in each slot."""
    for end, found in _follow(_compiled(pattern), tuple(words), 0, {}, resolve):
        if end == len(words):
            yield found


def _follow(
    nodes: tuple[_Node, ...], words: tuple[str, ...], at: int, found: Found, resolve: Resolver
) -> Iterator[tuple[int, Found]]:
    if not nodes:
        yield at, found
        return
    first, rest = nodes[0], nodes[1:]
    for end, more in _one(first, words, at, found, resolve):
        yield from _follow(rest, words, end, more, resolve)


def _one(node: _Node, words: tuple[str, ...], at: int, found: Found, resolve: Resolver) -> Iterator[tuple[int, Found]]:
    if isinstance(node, _Word):
        if at < len(words) and words[at] == node.text:
            yield at + 1, found
    elif isinstance(node, _Choice):
        for option in node.options:
            yield from _follow(option, words, at, found, resolve)
    elif node.name not in found:
        for end in range(min(len(words), at + _LONGEST.get(node.kind, _SHORT)), at, -1):
            slot = resolve(node.kind, " ".join(words[at:end]))
            if slot:
                yield end, {**found, node.name: slot}


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> tuple[_Node, ...]:
    tokens = _TOKEN.findall(pattern)
    nodes, end = _sequence(tokens, 0)
    if end != len(tokens):
        raise UsageError(f"the pattern '{pattern}' has a bracket too many at '{tokens[end]}'.")
    return nodes[0] if len(nodes) == 1 else (_Choice(nodes),)


def _sequence(tokens: Sequence[str], at: int) -> tuple[tuple[tuple[_Node, ...], ...], int]:
    """The alternatives up to the bracket that closes them."""
    options: list[list[_Node]] = [[]]
    while at < len(tokens) and tokens[at] not in (")", "]"):
        token = tokens[at]
        at += 1
        if token == "|":
            options.append([])
        elif token in ("(", "["):
            inner, at = _sequence(tokens, at)
            at += 1
            options[-1].append(_Choice(inner if token == "(" else (*inner, ())))
        elif token.startswith("<"):
            kind, _, name = token[1:-1].partition(":")
            options[-1].append(_Hole(kind, name or kind))
        else:
            options[-1].append(_Word(token))
    return tuple(tuple(option) for option in options), at
