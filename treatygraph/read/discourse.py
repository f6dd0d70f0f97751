"""What a story has spoken of so far: what "the treaty", "it" and a bare surname refer to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from treatygraph.answers.claims.draft import Draft
from treatygraph.build.index import Index
from treatygraph.language.lexicon import GENERIC, Lexicon
from treatygraph.language.mentions import Mention
from treatygraph.language.scanning import Sentence
from treatygraph.language.words import Word, word_set, words_of
from treatygraph.model.records import Act, Instrument, Tenure
from treatygraph.read.naming import dated, protocols

if TYPE_CHECKING:
    from treatygraph.build.index import Index

__all__ = ["Discourse"]

_NOT_TREATIES: Final = frozenset({"political-document", "export-control-regime", "resolution", "unilateral-statement"})
_NOT_AGREED: Final = frozenset({"resolution", "unilateral-statement", "export-control-regime"})
"""What no deal, pact or treaty is."""
_NOUN: Final = "|".join(
    sorted(
        GENERIC - {"moratorium", "regime", "deals", "document", "declaration"} | {"resolution"}, key=len, reverse=True
    )
)
_SHORT: Final = re.compile(
    r"\b(?P<lead>the|this|that|these|its|their|both|a|an)?\s*(?:(?P<year>(?:18|19|20)\d\d)\s+)?"
    r"(?P<adjectives>(?:(?:landmark|historic|key|major|global|international|bilateral|multilateral|"
        r"cold[\s-]war|arms[\s-]control|arms|nuclear|"
    r"disarmament|strategic|missile|weapons|non-?proliferation|same|entire|whole|defunct|current|existing|"
        r"interim|old|older|earlier|new|newer|five-year|ten-year|\d+-year|"
    r"\d+-year-old|decades-old|test[\s-]ban|inspection|military|UN|U\.N\.|US-Russian|U\.S\.-Russian|latter|"
        r"original)\s+){0,3})"
    rf"(?P<noun>{_NOUN}|framework)\b(?=(?:\s+of\s+(?P<of>(?:19|20)\d\d)\b)?)"
    r"(?!\s+(?:between|banning|to ban|that would|to limit|with(?! (?:regard|respect|effect))|bodies|series|"
        r"obligations? on|against|on (?:conventional|nuclear|chemical|biological|strategic|offensive|"
        r"defensive|missile|the (?:use|transfer|prohibition|limitation|reduction|elimination)|"
        r"[a-z-]+ (?:weapons|arms|munitions|mines))))",
    re.IGNORECASE,
)  # fmt: skip
_SUBJECTS: Final = (
    r"(?:free[\s-]trade|trade|climate|peace|pandemic|extradition|fisher(?:y|ies)|border|investment|tax|gas|oil|grain|prisoner|"
    r"ceasefire|defen[cs]e|security|cooperation|partnership|friendship|maritime|tariff)"
)
"""What treaties that are not on record are about."""
_FOREIGN: Final = re.compile(
    r"\b(?:(?P<names>[A-Z][\w&.]*(?:[\s-]+(?:of|on|the|and|for)?\s*[A-Z][\w&.]*){0,5})\s+"
    rf"(?:['’]s\s+)?(?:{_SUBJECTS}\s+)?|{_SUBJECTS}\s+)(?:[Tt]reaty|[Cc]onvention|[Aa]greement|[Aa]ccords?|[Pp]act|[Dd]eal|[Pp]rotocol)\b"
)
_PLAIN: Final = word_set(
    "the this that these a an under both its their cold war nuclear arms control strategic missile in on after "
    "since when but and as for if while one no new old any each such another other us u s russian american "
    "soviet first last all his her our"
)
_STRICT: Final = frozenset({"ban", "convention", "protocol", "memorandum", "framework", "resolution"})
"""Words that fit only an instrument which bears them."""
_HEADS: Final = frozenset(
    {"President", "Prime Minister", "Premier", "Chancellor", "Leader", "Supreme Leader", "Leader (de facto)"}
)


@dataclass(slots=True)
class Discourse:
    """The memory of a reader: filled sentence by sentence."""

    index: Index
    lexicon: Lexicon
    day: date
    main: str = ""
    """The instrument that the story is about: the first that it names."""
    instruments: list[str] = field(default_factory=list)
    """Instruments in the order in which they were named, the last last."""
    previous: tuple[str, ...] = ()
    """Instruments of the sentence before."""
    states: tuple[str, ...] = ()
    """Who acted last."""
    officials: dict[str, str] = field(default_factory=dict)
    """Officials named in full, by surname."""
    last_official: str = ""
    all_states: set[str] = field(default_factory=set)
    anchor: tuple[date, date] | None = None
    told_here: tuple[date, date] | None = None
    """The last day named in the paragraph."""
    since_named: int = 0
    """How many sentences ago an instrument was named last."""
    acts: set[str] = field(default_factory=set)
    """Kinds of act told so far."""
    last_claim: Draft | None = None
    """The last claim about an act of a state: what "Finland followed" repeats."""
    last_standing: Draft | None = None
    """The last claim that a state is outside, or has only signed: what "neither has Russia" repeats."""
    acted: bool = False
    """Whether a verb of the sentence at hand has said who acts."""
    last_act: str = ""
    """What kind of act was told last."""
    _paragraph: list[str] = field(default_factory=list)
    _cards: dict[str, Instrument | None] = field(default_factory=dict)

    def card(self, instrument: str) -> Instrument | None:
        """The card of an instrument; None where there is none."""
        if instrument not in self._cards:
            self._cards[instrument] = self.index.instrument(instrument)
        return self._cards[instrument]

    def acts_by_then(self, instrument: str, state: str) -> tuple[Act, ...]:
        """What a state has done upon an instrument by the day of the story."""
        return tuple(act for act in self.index.acts_of(instrument, (state,)) if act.date.earliest <= self.day)

    def is_treaty(self, instrument: str) -> bool:
        """Whether an instrument has parties, and not mere participants."""
        card = self.card(instrument)
        return card is not None and card.kind not in _NOT_TREATIES

    def tenures(self, official: str) -> tuple[Tenure, ...]:
        """The offices of an official."""
        return self.index.tenures(official)

    def open_paragraph(self) -> None:
        """A new paragraph speaks of the main instrument again, unless the last one was about another alone."""
        named = set(self._paragraph)
        if named and (self.main in named or len(named) > 1):
            self.previous = (self.main,) if self.main in named else tuple(named)
        elif not named and self.main and self.previous != ("",):
            self.previous = (self.main,)
        self._paragraph.clear()
        self.told_here = None

    def resolved(self, sentence: Sentence, *, opens: bool) -> Sentence:
        """The sentence with its short forms: "the treaty", "the 1992 agreement", a surname.

        Args:
            sentence: as scanned.
            opens: whether it is the first of a paragraph.
        """
        people = tuple(self._people(sentence))
        mentions = sorted((*sentence.mentions, *people), key=lambda mention: mention.start)
        mentions = list(protocols(sentence, mentions, self.instruments, self.index))
        mentions = sorted((*mentions, *self._foreign(sentence, mentions)), key=lambda mention: mention.start)
        for match in _SHORT.finditer(sentence.text, sentence.start, sentence.end):
            if any(m.start < match.end() and match.start() < m.end for m in mentions):
                continue
            if any(
                m.kind == "instrument" and not m.ids and m.start < match.end() and match.start() < m.end
                for m in mentions
            ):
                continue
            short = self._short(match, [m for m in mentions if m.start < match.start()], opens)
            if short:
                mentions = sorted((*mentions, short), key=lambda mention: mention.start)
        present = {*self.all_states, *(i for m in mentions if m.kind in ("state", "body") for i in m.ids)}
        present |= {self.lexicon.states_of_officials.get(m.ids[0], "") for m in mentions if m.kind == "official"}
        anew = tuple(dated(sentence, mentions, present, self.index))
        mentions = [m for m in mentions if not any(o.start <= m.start < o.end for o in anew)]
        mentions = sorted((*mentions, *anew), key=lambda mention: mention.start)
        dates = tuple(
            w
            for w in sentence.dates
            if not any(m.form == "short" and m.start < w.end and w.start < m.end for m in mentions)
        )
        return replace(sentence, mentions=tuple(mentions), dates=dates)

    def _foreign(self, sentence: Sentence, mentions: Sequence[Mention]) -> Iterator[Mention]:
        """Treaties that are not on record ("the Paris climate accord"): "the treaty" after them means none of ours."""
        for match in _FOREIGN.finditer(sentence.text, sentence.start, sentence.end):
            names = [word for word in words_of(match["names"] or "") if word.is_word]
            at = match.start()
            named = [mention for mention in mentions if mention.form != "capital"]  # "the Paris accord"
            own = [
                w
                for w in names
                if w.key not in _PLAIN and not _is_inside(replace(w, start=w.start + at, end=w.end + at), named)
            ]
            if any(m.kind == "instrument" and m.start < match.end() and at < m.end for m in mentions) or (
                match["names"] and not own
            ):
                continue
            yield Mention("instrument", (), at, match.end(), match[0], "foreign")

    def _short(self, match: re.Match[str], before: Sequence[Mention], opens: bool) -> Mention | None:
        lead, noun = (match["lead"] or "").casefold(), match["noun"].casefold()
        if lead in ("a", "an") and not match["year"] and before and not match["adjectives"]:
            last = before[-1]  # "START II, a treaty that …": in apposition
            if last.kind == "instrument" and re.fullmatch(r",\s+", match.string[last.end : match.start()]):
                return replace(last, start=match.start("noun"), end=match.end(), form="short")
        if lead in ("a", "an") or (not lead and not match["year"]) or noun.endswith("s"):
            return None
        if lead == "that" and noun == "agreement" and noun not in map(self._head, self.previous):
            return None  # "that agreement lasted": of something else than the treaty before
        if lead in ("that", "this") and self.since_named > 0 and not [m for m in before if m.kind == "instrument"]:
            return None
        if match["of"]:  # "the agreement of 1988" is of that year by its signature, or is none that was told
            found = next((i for i in reversed(self.instruments) if self._is_of(i, match["of"], signed=True)), "")
        else:
            found = self._by_age(match["adjectives"]) or self._meant(noun, match["year"], before, opens)
        at = match.start("year") if match["year"] else match.start("noun")
        return Mention(
            "instrument", (found,) if found else (), at, match.end(), match[0].strip(), "short", match["year"] or ""
        )

    def _meant(self, noun: str, year: str | None, before: Sequence[Mention], opens: bool) -> str:
        near = [m.ids[0] for m in before if m.kind == "instrument" and m.ids]
        if year:
            dated = [i for i in dict.fromkeys((*reversed(near), *reversed(self.instruments))) if self._is_of(i, year)]
            return dated[0] if dated else ""
        if not near and self.previous == ("",):
            return ""
        for group in (near[::-1], self.previous):
            fitting = list(dict.fromkeys(i for i in group if self._fits(i, noun)))
            if noun == "treaty" and group is self.previous and self.main and not self._is_called(fitting, noun):
                fitting = []  # "the treaty" after a protocol was named in passing is the story's own treaty
            if group is self.previous and len(fitting) > 1:
                return self.main if self.main in fitting else ""
            if fitting:
                return fitting[0]
        fitting = [i for i in reversed(self.instruments) if self._fits(i, noun)]
        if opens and self.main in fitting:
            return self.main
        return fitting[0] if len(set(fitting)) == 1 else self.main if self.main in fitting else ""

    def _fits(self, instrument: str, noun: str) -> bool:
        card = self.card(instrument)
        if card is None:
            return False
        called = " ".join((card.title, card.short, *card.aliases)).casefold()
        if noun in _STRICT or (card.kind in _NOT_AGREED and noun != "regime"):
            return noun in called
        if noun == "deal" and card.scope != "bilateral" and card.kind in ("treaty", "protocol", "amendment"):
            return "deal" in called or "agreement" in called  # no convention of many is called a deal
        return (
            noun != "treaty"
            or card.kind in ("treaty", "protocol", "amendment")
            or "treaty" in called
            or instrument == self.main
        )

    def _is_called(self, instruments: Sequence[str], noun: str) -> bool:
        """Whether one of some instruments bears a word for itself, or the story's own does not."""
        return noun in map(self._head, instruments) or noun != self._head(self.main)

    def _head(self, instrument: str) -> str:
        """The word for what an instrument is, as its title has it: "treaty" of the Treaty on Open Skies."""
        card = self.card(instrument)
        words = re.findall(r"[a-z]+", card.title.casefold()) if card else []
        return next((word for word in words if word in GENERIC), "")

    def _by_age(self, adjectives: str) -> str:
        """The oldest or the youngest of the instruments named: "the old treaty" beside a newer one."""
        words = set(adjectives.casefold().split())
        cards = [card for i in dict.fromkeys(self.instruments) if (card := self.card(i)) and card.signed]
        if len(cards) < 2 or not words & {"old", "older", "earlier", "newer"}:
            return ""
        ordered = sorted(cards, key=lambda card: card.signed.earliest if card.signed else self.day)
        return ordered[-1 if "newer" in words else 0].id

    def _is_of(self, instrument: str, year: str, *, signed: bool = False) -> bool:
        card = self.card(instrument)
        days = (card.signed, *(() if signed else (card.entry_into_force, card.operative))) if card else ()
        return any(span is not None and span.text[:4] == year for span in days)

    def _people(self, sentence: Sentence) -> Iterator[Mention]:
        words = [word for word in sentence.words if word.is_word]
        for number, word in enumerate(words):
            known = self.lexicon.surnames(word.key)
            if not known or not word.is_capital or _is_inside(word, sentence.mentions):
                continue
            before = words[number - 1] if number else None
            found, start = self._person(word, before, known)
            if found:
                yield Mention("official", (found,), start, word.end, sentence.text[start : word.end])

    def _person(self, word: Word, before: Word | None, known: Sequence[tuple[str, str]]) -> tuple[str, int]:
        if word.key in self.officials:
            named = self.officials[word.key]
            return (
                (named, word.start)
                if not before or not before.is_capital or before.end + 1 < word.start or _is_title(before)
                else ("", 0)
            )
        first = (
            before if before and before.is_capital and before.end + 1 == word.start and not _is_title(before) else None
        )
        if first:
            fitting = [official for name, official in known if name[:1] == first.key[:1] and name[:3] == first.key[:3]]
            return (self._in_office(fitting), first.start)
        heads = [official for _, official in known if self._is_head(official)]
        if len(known) > 1:  # "President Bush": the one in office
            heads = [official for official in heads if any(self._leads(item) for item in self.tenures(official))]
        return (heads[0], word.start) if len(heads) == 1 else ("", 0)

    def _leads(self, tenure: Tenure) -> bool:
        return tenure.office in _HEADS and tenure.holds_on(self.day)

    def _in_office(self, officials: Iterable[str]) -> str:
        found = list(officials)
        if len(found) == 1:
            return found[0]
        serving = [official for official in found if any(item.holds_on(self.day) for item in self.tenures(official))]
        return serving[0] if len(serving) == 1 else ""

    def _is_head(self, official: str) -> bool:
        """Whether the person has led a state by the day of the story: known by the surname alone."""
        return any(
            item.office in _HEADS and item.start is not None and item.start.earliest <= self.day
            for item in self.tenures(official)
        )

    def take(self, sentence: Sentence) -> None:
        """Remember what a sentence has named."""
        named = [m.ids[0] for m in sentence.of_kind("instrument") if m.ids]
        self.instruments.extend(named)
        self._paragraph.extend(named)
        if not named and any(m.form == "foreign" for m in sentence.of_kind("instrument")):
            self.previous = ("",)
        self.since_named = 0 if named else self.since_named + 1
        if named:
            self.previous = tuple(dict.fromkeys(reversed(named)))
            self.main = self.main or named[0]
        self._remember_subject(sentence)
        for mention in sentence.mentions:
            if mention.kind in ("state", "body"):
                self.all_states.update(mention.ids)
            if mention.kind == "official":
                self.last_official = mention.ids[0]
                surname = [word.key for word in words_of(mention.text) if word.is_word][-1]
                for key in (surname, mention.ids[0].split("-")[0]):
                    self.officials[key] = mention.ids[0]
        past = [when for when in sentence.dates if when.first <= self.day]
        before = [when for when in past if when.last < self.day] or past  # "twenty years ago today" is the day told
        if past:
            self.anchor = before[-1].first, before[-1].last
            self.told_here = self.anchor

    def _remember_subject(self, sentence: Sentence) -> None:
        """A state that opens the sentence is what "it" means in the next, whatever the verb."""
        first = next((m for m in sentence.mentions if m.kind in ("state", "group", "instrument", "official")), None)
        if (
            first
            and first.kind == "state"
            and first.form != "adjective"
            and first.start - sentence.start < 5
            and not self.acted
        ):
            self.states = first.ids
        self.acted = False


_TITLES: Final = word_set(
    "after although and as at before both but by chancellor dr ex for former from general how if in its "
    "leader messrs minister mr mrs ms of on premier president presidents prime secretary since sir state that "
    "the their then this though to under what when while why with"
)


def _is_title(word: Word) -> bool:
    return word.key in _TITLES


def _is_inside(word: Word, mentions: Sequence[Mention]) -> bool:
    return any(mention.start <= word.start and word.end <= mention.end for mention in mentions)
