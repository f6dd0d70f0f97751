"""A verb with its actor, its instrument and its day: what the rules draft claims from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from treatygraph.answers.claims.draft import Draft
from treatygraph.language.mentions import TextDate, VerbGroup
from treatygraph.language.scanning import Sentence
from treatygraph.read.actors import Actor, agents_of
from treatygraph.read.discourse import Discourse
from treatygraph.read.targets import Target, date_of, date_of_paper, target_of

__all__ = ["DraftedClaim", "VerbClause", "draft"]


_RANKED: Final = re.compile(
    r"(?<!be )(?<!become )\b(?:(?:one of|among) the (?:very )?(?:first|last)"
    r"(?: (?:states|countries|nations|governments))?) to\s*$"
)
_UNDONE: Final = re.compile(r"(?:\b(?:has|have|had)\s+)?\b(?:yet|failed|refused|declined)\s+to\s+(?:\w+ly\s+)?$")
"""What stands before a verb that tells what was not done: "has yet to ratify"."""


@dataclass(frozen=True, slots=True)
class DraftedClaim:
    """A claim drafted from a text."""

    draft: Draft
    is_passing: bool = False
    """Whether it stands in passing, as a title before a name does: listed only where the record differs."""
    is_uncertain: bool = False
    """Whether the words may mean another instrument, or somebody else: then nobody is accused of an error by them."""


def draft(sentence: Sentence, start: int, end: int, check: str, **terms: str | tuple[str, ...] | None) -> DraftedClaim:
    """A claim from a place of a sentence; terms without a value are left out."""
    start, end = max(start, sentence.start), min(max(end, start + 1), sentence.end)
    quote = sentence.text[start:end].rstrip(" ,;:")
    kept = {name: value for name, value in terms.items() if value}
    return DraftedClaim(Draft("", quote, check, kept, (start, start + len(quote)), quote))


@dataclass(frozen=True)
class VerbClause:
    """The clause of one verb."""

    sentence: Sentence
    verb: VerbGroup
    actor: Actor
    discourse: Discourse
    governor: VerbGroup | None = None
    """The verb before it in the sentence: "announced" that it would leave."""
    governing_actor: Actor | None = None

    @cached_property
    def target(self) -> Target:
        """What the verb is about."""
        return target_of(self.sentence, self.verb, self.discourse)

    @cached_property
    def agents(self) -> Actor:
        """Who acts, where the verb is in the passive."""
        return agents_of(self.sentence, self.verb, self.discourse)

    @cached_property
    def when(self) -> TextDate | None:
        """The day of it."""
        found = None
        if self.verb.mood == "infinitive" and self.governor is not None:
            found = date_of(self.sentence, self.governor)  # "in 1995 they agreed to extend it"
        found = found or date_of(self.sentence, self.verb)
        if found is None and self.verb.act in ("notify", "announce", "hand-over", "vote"):
            return date_of_paper(self.sentence, self.verb)
        return found

    @property
    def day(self) -> str:
        """The day of it in EDTF; empty where none is said."""
        return self.when.value if self.when else ""

    def day_of(self, instrument: str) -> str:
        """The day of one of several: "the INF Treaty in 2019 and the Iran deal in 2018" has a day for each."""
        after = next((m.end for m in self.target.instruments if m.ids == (instrument,)), None)
        if len(self.instruments) < 2 or after is None:
            return self.day
        own = next((when.value for when in self.sentence.dates if after <= when.start <= after + 25), "")
        later = [when for when in self.sentence.dates if when.start >= self.verb.end]
        return own or (self.day if len(later) < 2 else "")

    @property
    def today(self) -> str:
        """The day of the story."""
        return self.discourse.day.isoformat()

    @property
    def is_fact(self) -> bool:
        """Whether the verb tells what has happened, and does not deny it."""
        return self.verb.mood == "fact" and not self.verb.negated and self.verb.tense in ("past", "perfect")

    @property
    def is_ranked(self) -> bool:
        """Whether an infinitive tells of one of the first to do it: "among the first to sign in December 1997"."""
        lead = self.sentence.text[max(self.sentence.start, self.verb.start - 60) : self.verb.start].casefold()
        return self.verb.mood == "infinitive" and _RANKED.search(lead) is not None

    @property
    def is_presupposed(self) -> bool:
        """Whether a gerund tells what has happened: "after leaving", ", leaving"."""
        return self.verb.mood == "gerund" and self.verb.governor in (
            "after",
            "since",
            "having",
            ",",
            "by",
            "following",
            "despite",
        )

    @property
    def instruments(self) -> tuple[str, ...]:
        """The instruments it is about: the target's, or the subject's in a passive."""
        if self.is_passive:
            return (self.actor.instrument,) if self.actor.instrument else ()
        return tuple(dict.fromkeys(mention.ids[0] for mention in self.target.instruments if mention.ids))

    @property
    def is_passive(self) -> bool:
        """Whether the instrument is the subject: "was signed", or "the accord, signed in Prague"."""
        return bool(self.verb.passive or (self.actor.instrument and not self.actor.states))

    @property
    def states(self) -> tuple[str, ...]:
        """Who acts."""
        return self.agents.states if self.is_passive else self.actor.states

    @property
    def officials(self) -> tuple[str, ...]:
        """Who acts for them."""
        return self.agents.officials if self.is_passive else self.actor.officials

    @property
    def start(self) -> int:
        """Where the words of the clause begin that a claim quotes."""
        if 0 <= self.actor.start < self.verb.start:
            return self.actor.start
        lead = _UNDONE.search(self.sentence.text, self.sentence.start, self.verb.start)
        return lead.start() if lead else self.verb.start

    @property
    def end(self) -> int:
        """Where they end."""
        agents = self.agents.end if self.is_passive else 0
        ends = [
            self.verb.end,
            agents,
            self.target.end,
            self.when.end if self.when and self.when.start > self.verb.start else 0,
        ]
        return max(ends)

    def tail(self, length: int = 110) -> str:
        """What follows the verb in the sentence, in lower case."""
        return self.sentence.text[self.verb.end : min(self.sentence.end, self.verb.end + length)].casefold()

    def says(self, pattern: str, length: int = 110) -> bool:
        """Whether a pattern stands in what follows."""
        return re.search(pattern, self.tail(length)) is not None

    def is_bilateral(self, instrument: str) -> bool:
        """Whether an instrument has but two sides."""
        card = self.discourse.card(instrument)
        return card is not None and card.scope == "bilateral"

    def sides(self, instrument: str) -> tuple[str, ...]:
        """The two sides of an instrument of two, the Soviet Union as Russia since 1992; none of another."""
        card = self.discourse.card(instrument)
        if card is None or card.scope != "bilateral" or len(card.participants) != 2:
            return ()
        late = self.discourse.day.year > 1991
        return tuple("RUS" if late and state == "SUN" else state for state in card.participants)

    def is_treaty(self, instrument: str) -> bool:
        """Whether an instrument has parties, and not mere participants."""
        return self.discourse.is_treaty(instrument)

    def made(self, check: str, **terms: str | tuple[str, ...] | None) -> DraftedClaim:
        """A claim that quotes the clause."""
        return draft(self.sentence, self.start, self.end, check, **terms)

    def of_each(self, check: str, instrument: str, **terms: str | tuple[str, ...] | None) -> Iterator[DraftedClaim]:
        """One claim for each state that acts; of a group, one for the group."""
        for state in (*self.states, *self.actor.groups):
            yield self.made(check, instrument=instrument, state=state, **terms)
