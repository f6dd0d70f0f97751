"""The sentence that answers what remains between two powers: never more than the record knows (K6, K10, K11, K13)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from treatygraph.answers.between_answer import NotKnown, Question, Remaining
from treatygraph.answers.tense import Tense, tense_of
from treatygraph.answers.wording import UNVERIFIED, amount, authority_name, denied, listed, number, topic_name
from treatygraph.bonds.own import own_bonds
from treatygraph.bonds.powers import Power
from treatygraph.build.index import Index
from treatygraph.model.dates import long_form

__all__ = ["sentence_between", "title_between"]

_NAMED: Final = 4
"""Up to so many instruments are named in the sentence."""
_STRATEGIC: Final = "strategic-offensive-arms"


def sentence_between(
    index: Index,
    powers: tuple[Power, Power],
    question: Question,
    instruments: Sequence[Remaining],
    not_known: Sequence[NotKnown],
    today: date | None = None,
) -> str:
    """The one sentence that answers what remains between two powers.

    Parts (protocols, amendments, extensions) count with their parent, as one treaty.
    """
    return _Sentence(index, powers, question, instruments, not_known, tense_of(question.on, today)).text()


def title_between(powers: tuple[Power, Power], question: Question) -> str:
    """What an answer is about, as a citation says it: ``Treaties between Russia and Ukraine on 1 May 2021``."""
    what = "Legally binding instruments" if question.binding else "Treaties and commitments"
    narrow = f" on {topic_name(question.topic)}" if question.topic else ""
    scope = f" ({question.scope})" if question.scope != "any" else ""
    text = f"{what}{narrow} between {powers[0].name} and {powers[1].name}{scope}, {long_form(question.on)}"
    return text + (f", as known on {long_form(question.known)}" if question.known else "")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """What the sentence tells."""

    index: Index
    powers: tuple[Power, Power]
    question: Question
    instruments: Sequence[Remaining]
    not_known: Sequence[NotKnown]
    tense: Tense

    def text(self) -> str:
        """All of it."""
        binding = [item for item in self.instruments if item.binding is True]
        loose = [item for item in self.instruments if item.binding is not True]
        known = f", as known on {long_form(self.question.known)}" if self.question.known else ""
        text = f"On {long_form(self.question.on)}{known}, {self._bound(binding)}"
        if self.question.topic is None and binding:
            text += f"; {self._strategic(binding)}"
        text += f"{self.tense.condition}.{self._left_open(more=bool(binding))}"
        if loose:
            text += f" {self._beside(loose, beside=bool(binding))}"
        if self.question.reading != "depositary":
            text += f" This is the view of {authority_name(self.index, self.question.reading)}."
        return text

    def _doubtful(self) -> list[NotKnown]:
        """What may bind and is not known to, parts with their parents."""
        binding = [item for item in self.not_known if item.binding is True]
        names = {item.id for item in self.instruments} | {item.id for item in binding}
        return [item for item in binding if names.isdisjoint(item.parents)] or binding

    def _bound(self, binding: Sequence[Remaining]) -> str:
        doubtful = self._doubtful()
        scope = "" if self.question.scope == "any" else f"{self.question.scope} "
        topic = f" on {topic_name(self.question.topic)}" if self.question.topic else ""
        count = len(binding)
        known = bool(count) or not doubtful
        many = amount(count, least=bool(doubtful and count))
        what = f"{many} {scope}legally binding instrument{'' if count == 1 or not known else 's'}{topic}"
        text = f"{what} {self._verb() if known else self._not_known_verb()} {self._whom()}{self._shares(binding)}"
        if not count and not doubtful:  # an instrument of two may have been left out of the record
            text += " on record"
        if 0 < count <= _NAMED:
            return f"{text}: {listed([self._named(item) for item in binding])}"
        return f"{text}{self._unverified(binding)}"

    def _unverified(self, items: Sequence[Remaining]) -> str:
        """How many of those that are not named rest on general knowledge alone."""
        count = sum(item.unverified for item in items)
        return f", {number(count)} of them {UNVERIFIED}" if count else ""

    def _left_open(self, *, more: bool) -> str:
        doubtful = self._doubtful()
        if not doubtful:
            return ""
        names = f" ({listed([item.title for item in doubtful])})" if len(doubtful) <= _NAMED else ""
        return f" Of {number(len(doubtful))}{' more' if more else ''}{names} the record does not say."

    def _verb(self) -> str:
        group = any(power.is_group for power in self.powers)
        if self.tense.would:
            return "would still hold" if group else "would still bind"
        return "held" if group else "bound"

    def _not_known_verb(self) -> str:
        group = any(power.is_group for power in self.powers)
        return f"{'would be' if self.tense.would else 'is'} known to have {'held' if group else 'bound'}"

    def _whom(self) -> str:
        first, second = self.powers
        if first.is_group and not second.is_group:
            first, second = second, first
        if not second.is_group:
            return f"{first.name} and {second.name}"
        one = f"at least one {_member_of(first)}" if first.is_group else first.name
        return f"{one} with at least one {_member_of(second)}"

    def _shares(self, binding: Sequence[Remaining]) -> str:
        """Of groups: how many hold all members, and how many the group itself (rule K13)."""
        groups = [power for power in self.powers if power.is_group]
        if not groups or not binding:
            return ""
        members = {member for power in groups for member in power.members}
        everyone = sum(members <= set(item.members) for item in binding)
        may = sum(members <= {*item.members, *item.open_members} for item in binding) > everyone
        may = may or any(members <= set(item.about) for item in self.not_known if item.binding is True)
        whole = f"all {len(members)}" if len(groups) == 1 else "all of both"
        return f", {_at_least(everyone, may)} with {whole}{''.join(self._itself(power) for power in groups)}"

    def _itself(self, group: Power) -> str:
        """How many instruments hold the group in its own person, towards the other power."""
        if _is_described(group):
            return ""
        other = next(power for power in self.powers if power is not group)
        tops = (item for top in self.instruments for item in (top, *top.parts))
        binding = {item.id for item in tops if item.binding is True}
        binding |= {item.id for item in self.not_known if item.binding is True}
        own = own_bonds(self.index, group, other, self.question.reading, self.question.on, frozenset(binding))
        verb = "would hold" if self.tense.would else "held"
        if own.open and not own.held:
            return f"; of none is it known that it {verb} {_own(group)} itself"
        return f"; {_at_least(own.held, own.open > 0)} {verb} {_own(group)} itself"

    def _strategic(self, binding: Sequence[Remaining]) -> str:
        limits = [item for item in binding if _STRATEGIC in item.topics]
        would = "would " if self.tense.would else ""
        if not limits:
            open_ones = any(item.binding is True and _STRATEGIC in item.topics for item in self.not_known)
            if open_ones:
                return "none is known to limit strategic offensive arms"
            return f"none {f'{would}limit' if would else 'limits'} strategic offensive arms"
        verb = f"{would}limit" if would or len(limits) > 1 else "limits"
        names = [item.title if len(binding) <= _NAMED else self._named(item) for item in limits]
        return f"{number(len(limits))} {verb} strategic offensive arms: {listed(names)}"

    def _named(self, item: Remaining) -> str:
        """A title, with what is contested of it on the day (rule K11)."""
        disputes = list(dict.fromkeys(self._disputes(item)))
        remarks = [UNVERIFIED] if item.unverified else []
        remarks += [f"contested: {'; '.join(disputes)}"] if disputes else []
        return f"{item.title} ({'; '.join(remarks)})" if remarks else item.title

    def _disputes(self, item: Remaining) -> Iterator[str]:
        claims = [detail for detail in item.details if detail["flag"] == "suspension-claimed"]
        for detail in claims:
            rejection = denied(self.index, detail.get("rejected_by", ()))
            who = authority_name(self.index, detail["by"])
            yield f"{who} claims to have suspended it" + (f", {rejection}" if rejection else "")
        others = dict.fromkeys(detail["by"] for detail in item.details if detail["flag"] == "contested")
        if others and not claims:
            who = listed([authority_name(self.index, by) for by in others])
            yield f"{who} {'holds' if len(others) == 1 else 'hold'} otherwise"

    def _beside(self, loose: Sequence[Remaining], *, beside: bool) -> str:
        one = len(loose) == 1
        stood = "would stand" if self.tense.would else "stood"
        text = (
            f"{number(len(loose))} commitment{'' if one else 's'} {stood} that {'is' if one else 'are'} "
            f"not legally binding, or disputed{self._unverified(loose)}"
        )
        return f"In addition, {text}." if beside else f"{text[0].upper()}{text[1:]}."


def _at_least(count: int, may: bool) -> str:
    """``none``, ``eight``, ``at least eight``, ``none for certain``: a count that may be short (rule K13)."""
    if not count:
        return "none for certain" if may else "none"
    return amount(count, least=may)


def _is_described(group: Power) -> bool:
    """Whether the group has no name of its own but is described: ``the nuclear-armed states``."""
    return group.name.removeprefix("the ")[:1].islower()


def _own(group: Power) -> str:
    """The group as a person: ``NATO``, ``the European Union``."""
    return group.name.removesuffix(" members")


def _member_of(group: Power) -> str:
    return f"of {group.name}" if _is_described(group) else f"member of {_own(group)}"
