"""One form of question: the ways of putting it, and the command that answers it.

A pattern may use the shorthands of :data:`SHORT`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

__all__ = ["ON", "SHORT", "VIEWED", "Form", "about_instrument", "of_a_day"]

SHORT: Final[Mapping[str, str]] = {
    "which": "(which|what)",
    "be": "(is|are|was|were)",
    "have": "(has|have|had)",
    "do": "(do|does|did)",
    "who": "(who|(which|what) (state|states|country|countries|party|parties|power|powers))",
    "thing": (
        "(treaty|treaties|agreement|agreements|accord|accords|pact|pacts|instrument|instruments|convention"
        "|conventions|commitment|commitments|deal|deals)"
    ),
    "things": (
        "[any|all|the|all the|other] [<binding>] [<scope>] [<binding>] [<topic>] [arms control] @thing "
        "[(about|on|for|concerning|regarding|limiting|covering|banning|that limit|that limited|that cover) <topic>]"
    ),
    "pair": "(between <power:a> and <power:b>|between <power:a> with <power:b>)",
    "two": "[both] <power:a> and <power:b>",
    "tail": "[(about|on|concerning|regarding|as to) <topic>] [(according to|in the view of) <authority>]",
    "view": "[(according to|in the view of) <authority>]",
    "in_force": "(in force|operative|in effect|valid|alive)",
    "stay": (
        "(remain|remains|remained|[@be] left|@be [@in_force]|hold|holds|held|stand|stands|stood|exist|exists|existed"
        "|apply|applies|applied|survive|survives|survived)"
    ),
    "leave": (
        "(leave|left|leaves|withdraw from|withdrew from|withdraws from|withdrawn from|quit|exit|exited|pull out of"
        "|pulled out of)"
    ),
    "true": "(correct|true|right|accurate)",
    "would_leave": "(leaves|left|withdraws from|withdrew from|quits)",
    "to_leave": "(leave|withdraw from|quit)",
    "council": "[un] security council",
    "before": "[(before|when|for) leaving|before withdrawal]",
    "join": "(join|joined|enter|entered|become [a] party to|became [a] party to|become [a] member of|become bound by)",
    "party": (
        "([a] (party|parties|member|members|participant|participants) (to|of|in)|bound by|in|covered by|taking part in)"
    ),
}
"""Shorthands: ``@name`` in a pattern."""

_SHORTHAND: Final = re.compile(r"@(\w+)")
ON: Final = {"on": "on"}
VIEWED: Final = {"on": "on", "known": "known"}
"""The dates that a question may have: a day; a day, and a day by which it was on record."""


@dataclass(frozen=True)
class Form:
    """One kind of question."""

    name: str
    example: str
    """As a user may put it; offered when a question is not understood."""
    command: str
    """The command, with slots in braces."""
    says: str
    """The question as understood, with slots in braces."""
    patterns: tuple[str, ...]
    dates: Mapping[str, str] = field(default_factory=dict)
    """What a date may be for (``on``, ``since``, ``until``, ``known``), and the option that takes it."""
    today: str = ""
    """The option that is today when no date is given."""
    past: bool = False
    """Whether the past tense without a day asks about the whole past, and not about today."""
    by: str = "on"
    """What "by 1 May" means here."""
    flags: Mapping[str, str] = field(default_factory=lambda: {"scope": "scope", "topic": "topic", "binding": "binding"})
    """Slots that become options of the command, where they are filled."""

    @cached_property
    def written_out(self) -> tuple[str, ...]:
        """The patterns without shorthands."""
        return tuple(_written_out(pattern) for pattern in self.patterns)


def _written_out(pattern: str) -> str:
    while _SHORTHAND.search(pattern):
        pattern = _SHORTHAND.sub(lambda found: SHORT[found[1]], pattern)
    return pattern


def about_instrument(name: str, example: str, says: str, *patterns: str) -> Form:
    """A named question about an instrument, without a date."""
    return Form(name, example, f"query {name} --instrument {{instrument}}", says, patterns)


def of_a_day(name: str, example: str, says: str, *patterns: str, more: str = "") -> Form:
    """A named question of a day."""
    return Form(name, example, f"query {name}{more}", f"{says} on {{on}}", patterns, dates=ON, today="on")
