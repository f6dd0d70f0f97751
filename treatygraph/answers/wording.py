"""Sentences that a journalist could print, made from the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from treatygraph.bonds.powers import Power, named
from treatygraph.model.dates import long_form

if TYPE_CHECKING:
    from treatygraph.answers.between_answer import Question, Remaining
    from treatygraph.build.index import Index
    from treatygraph.model.records import Act, Instrument

__all__ = ["authority_name", "listed", "made_by", "number", "sentence_between", "topic_name"]

_NAMED = 4
"""Up to so many instruments are named in the sentence."""
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def number(count: int) -> str:
    """A count in words up to twelve, in figures above."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def listed(items: Sequence[str]) -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


_BODIES: Final = {
    "depositary": "the depositary", "iaea": "the IAEA", "security-council": "the Security Council",
    "un-command": "the UN Command", "un-secretariat": "the UN Secretariat",
}  # fmt: skip


def authority_name(index: Index, authority: str) -> str:
    """Who holds a view, within a sentence: ``Russia``, ``the UN Secretariat``."""
    if authority.isupper():
        return named(index, authority)
    return _BODIES.get(authority, authority.replace("-", " "))


def made_by(card: Instrument, acts: Sequence[Act]) -> str:
    """How an instrument came about (rule K12): ``signed``, ``adopted``, ``announced`` or ``agreed``.

    A treaty is signed unless its acts say otherwise; what is none is signed only where an act says so.
    """
    kinds = {act.kind for act in acts}
    if kinds & {"signature", "definitive-signature"}:
        return "signed"
    if card.is_treaty:
        return "agreed" if "exchange-of-instruments" in kinds else "signed"
    if card.kind == "unilateral-statement" or kinds == {"declaration"}:
        return "announced"
    return "adopted" if card.kind == "resolution" or "adoption" in kinds else "agreed"


_TOPICS = {
    "nuclear": "nuclear arms", "wmd": "weapons of mass destruction", "conventional": "conventional arms",
    "nuclear-weapon-free-zone": "nuclear-weapon-free zones", "transfers": "transfers of arms",
    "nuclear-nonproliferation": "nuclear non-proliferation",
}  # fmt: skip


def topic_name(topic: str) -> str:
    """A topic within a sentence: ``nuclear testing``, ``conventional arms``."""
    return _TOPICS.get(topic, topic.replace("-", " "))


def sentence_between(sides: tuple[Power, Power], question: Question, instruments: Sequence[Remaining]) -> str:
    """The one sentence that answers what remains between two powers.

    Parts (protocols, amendments, extensions) count with their parent, as one treaty.
    """
    binding = [item for item in instruments if item.binding is True]
    loose = [item for item in instruments if item.binding is not True]
    text = f"On {long_form(question.on)}, {_bound(binding, sides, question)}"
    if question.topic is None and binding:
        text += f"; {_strategic(binding)}"
    text += "."
    if loose:
        text += f" {_beside(loose, beside=bool(binding))}"
    if question.reading != "depositary":
        text += f" This is the view of {question.reading}."
    return text


def _bound(binding: Sequence[Remaining], sides: tuple[Power, Power], question: Question) -> str:
    scope = "" if question.scope == "any" else f"{question.scope} "
    topic = f" on {question.topic.replace('-', ' ')}" if question.topic else ""
    what = f"{scope}legally binding instrument{'' if len(binding) == 1 else 's'}{topic}"
    named = f": {listed([item.title for item in binding])}" if 0 < len(binding) <= _NAMED else ""
    return f"{number(len(binding))} {what} bound {sides[0].name} and {sides[1].name}{named}"


def _strategic(binding: Sequence[Remaining]) -> str:
    limits = [item.title for item in binding if "strategic-offensive-arms" in item.topics]
    if not limits:
        return "none limits strategic offensive arms"
    verb = "limits" if len(limits) == 1 else "limit"
    return f"{number(len(limits))} {verb} strategic offensive arms: {listed(limits)}"


def _beside(loose: Sequence[Remaining], *, beside: bool) -> str:
    one = len(loose) == 1
    text = (
        f"{number(len(loose))} commitment{'' if one else 's'} stood that {'is' if one else 'are'} not legally binding"
    )
    return f"Beside that, {text}, or disputed." if beside else f"{text[0].upper()}{text[1:]}, or disputed."
