"""Sentences that a journalist could print, made from the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from treatygraph.answers.sides import Side
from treatygraph.dates import long_form

if TYPE_CHECKING:
    from treatygraph.answers.between import Question, Remaining

__all__ = ["listed", "number", "sentence_between"]

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def number(count: int) -> str:
    """A count in words up to twelve, in figures above."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def listed(items: Sequence[str]) -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def sentence_between(sides: tuple[Side, Side], question: Question, instruments: Sequence[Remaining]) -> str:
    """The one sentence that answers what remains between two powers.

    Parts (protocols, amendments, extensions) count with their parent, as one treaty.
    """
    binding = [item for item in instruments if item.binding is True]
    loose = [item for item in instruments if item.binding is not True]
    names = f"{sides[0].name} and {sides[1].name}"
    start = f"On {long_form(question.on)}, "
    text = start + _bound(binding, names, _kind(question))
    if question.topic is None and binding:
        text += _strategic(binding)
    if loose and not question.binding:
        text += (
            f" Beside {'it' if len(binding) == 1 else 'them'} {_stand(loose)}."
            if binding
            else f" {_stand(loose).capitalize()}."
        )
    if question.reading != "depositary":
        text += f" This is the view of {question.reading}."
    return text


def _stand(loose: Sequence[Remaining]) -> str:
    one = len(loose) == 1
    return (
        f"{number(len(loose))} commitment{'' if one else 's'} that {'is' if one else 'are'} not legally binding stood"
    )


def _kind(question: Question) -> str:
    words = [question.scope] if question.scope != "any" else []
    return " ".join([*words, "instrument"])


def _bound(binding: Sequence[Remaining], names: str, kind: str) -> str:
    count = number(len(binding))
    plural = "" if len(binding) == 1 else "s"
    named = f": {listed([item.title for item in binding])}" if 0 < len(binding) <= 4 else ""
    topic = ""
    return f"{count} binding {kind}{plural}{topic} held between {names}{named}."


def _strategic(binding: Sequence[Remaining]) -> str:
    limits = [item.title for item in binding if "strategic-offensive-arms" in item.topics]
    if not limits:
        return " None of them limits strategic offensive arms."
    verb = "limits" if len(limits) == 1 else "limit"
    return f" {number(len(limits)).capitalize()} {verb} strategic offensive arms: {listed(limits)}."
