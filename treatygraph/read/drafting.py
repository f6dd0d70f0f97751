"""Claims drafted from a story, sentence by sentence, and the sentences from which none was."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from treatygraph.answers.claims.draft import Draft
from treatygraph.facts.claim_terms import problem_of
from treatygraph.language.days import Clock
from treatygraph.language.lexicon import lexicon_of
from treatygraph.language.scanning import Sentence, scan
from treatygraph.read.actors import Actor, actor_of
from treatygraph.read.boundaries import clusters, is_subordinate, resumes
from treatygraph.read.clause import DraftedClaim, VerbClause
from treatygraph.read.discourse import Discourse
from treatygraph.read.rules import (
    disputes,
    figures,
    joining,
    leaving,
    life,
    nominal,
    papers,
    parties,
    people,
    predicates,
    ranks,
    snapback,
    terms,
    votes,
)

if TYPE_CHECKING:
    from treatygraph.build.index import Index
    from treatygraph.read.story import Story

__all__ = ["Drafts", "UnreadSentence", "drafts_of"]

_RULES: Final[Mapping[str, Callable[[VerbClause], Iterable[DraftedClaim]]]] = {
    "leave": leaving.leave,
    "suspend": leaving.suspend,
    "denounce": leaving.denounce,
    "revoke": leaving.revoke,
    "notify": papers.notify,
    "hand-over": papers.hand_over,
    "announce": papers.announce,
    "sign": joining.sign,
    "ratify": joining.ratify,
    "join": joining.join,
    "accede": joining.join,
    "adopt": joining.adopt,
    "open": joining.open_for_signature,
    "vote": joining.vote,
    "enter": life.enter,
    "expire": life.expire,
    "extend": life.extend,
    "stay": life.stay,
    "supersede": life.supersede,
    "return": life.return_,
    "bind": life.bind,
    "follow": leaving.follow,
    "finish": leaving.finish,
    "accuse": disputes.accuse,
    "deny": disputes.deny,
    "object": disputes.object_to,
    "negotiate": joining.agree,
}
"""What is drafted from a verb of each kind."""
_PATTERNS: Final[tuple[Callable[[Sentence, Discourse], Iterable[DraftedClaim]], ...]] = (
    leaving.pulled_out,
    figures.counts,
    figures.limits,
    votes.votes,
    terms.clauses,
    terms.binding,
    ranks.orders,
    ranks.only_left,
    ranks.none_left,
    ranks.since,
    parties.parties,
    parties.became,
    parties.out,
    predicates.in_force_since,
    predicates.signature_of,
    nominal.nouns,
    nominal.entry,
    nominal.exchange,
    nominal.decisions,
    disputes.because,
    predicates.signed_in_turn,
    parties.done_neither,
    parties.members,
    parties.ceased,
    parties.never_did,
    parties.nor,
    parties.unratified,
    parties.belongs,
    parties.party_since,
    predicates.dates_from,
    predicates.still_holds,
    figures.none_of,
    disputes.reported,
    snapback.snapback,
    life.brought,
    predicates.years,
    people.offices,
)
"""What is drafted from words in their order, whatever the verb."""
_TOLD: Final = frozenset({"leave", "denounce", "suspend", "ratify", "accede", "join", "sign", "revoke", "announce"})


@dataclass(frozen=True, slots=True)
class UnreadSentence:
    """A sentence that names an instrument, or an act upon one, and from which no claim was drafted."""

    span: tuple[int, int]
    quote: str
    why: str


@dataclass(frozen=True, slots=True)
class Drafts:
    """What was read from a story."""

    drafted: tuple[DraftedClaim, ...]
    unread: tuple[UnreadSentence, ...]
    instruments: tuple[str, ...]
    """Every instrument that the text names, in order."""


def drafts_of(index: Index, story: Story) -> Drafts:
    """The claims of fact in a story about arms control, in the order of the text."""
    discourse = Discourse(index, lexicon_of(index), story.date)
    drafted: list[DraftedClaim] = []
    unread: list[UnreadSentence] = []
    counted: list[tuple[int, DraftedClaim]] = []
    if story.headline:
        headline = _sentence(story, *story.headline, discourse, opens=True)
        named = [m.ids[0] for m in headline.of_kind("instrument") if m.ids and m.form == "name"]
        discourse.main = named[0] if named else ""
        if named:
            unread.append(
                UnreadSentence(story.headline, headline.quote, "a headline: what it says is read in the text")
            )
    for paragraph in story.paragraphs:
        discourse.open_paragraph()
        for number, place in enumerate(paragraph):
            sentence = _sentence(story, *place, discourse, opens=number == 0)
            read = [item for item in _of_sentence(sentence, discourse) if not problem_of(item.draft)]
            found = [_attributed(sentence, _questioned(sentence, item, discourse)) for item in read]
            drafted += _distinct(found, drafted)
            counted += leaving.departures(sentence, discourse)
            outside = [i.draft for i in found if i.draft.get("standing") in ("none", "signatory")]
            discourse.last_standing = outside[-1] if outside else None
            if not discourse.acted and found and found[-1].draft.many("state"):
                discourse.states, discourse.acted = found[-1].draft.many("state"), True
            discourse.take(sentence)
            if not [item for item in found if not item.is_passing] and (why := _why_unread(sentence, found)):
                unread.append(UnreadSentence(place, sentence.quote, why))
    drafted += _distinct(_of_counted(counted, drafted), drafted)
    ordered = sorted(drafted, key=lambda item: item.draft.span or (0, 0))
    numbered = tuple(
        replace(item, draft=replace(item.draft, id=f"c{number}")) for number, item in enumerate(ordered, start=1)
    )
    return Drafts(numbered, tuple(unread), tuple(dict.fromkeys(discourse.instruments)))


_DEPARTING: Final = frozenset({"notice-of-withdrawal", "effect-of-withdrawal", "announcement-of-withdrawal"})


def _of_counted(counted: Iterable[tuple[int, DraftedClaim]], drafted: Sequence[DraftedClaim]) -> Iterator[DraftedClaim]:
    """The claim of states that are counted in one sentence and named in others: as many as leave in the story."""
    for number, item in counted:
        name = item.draft.get("instrument")
        states = dict.fromkeys(
            state
            for other in drafted
            for state in other.draft.many("state")
            if other.draft.check in _DEPARTING and other.draft.get("instrument") == name
        )
        if len(states) == number:
            yield replace(item, draft=item.draft.having(state=tuple(filter(None, states))))


def _sentence(story: Story, start: int, end: int, discourse: Discourse, *, opens: bool) -> Sentence:
    clock = Clock(story.date, discourse.anchor)
    return discourse.resolved(
        scan(
            story.text, start, end, discourse.lexicon, clock, frozenset({*discourse.all_states, *discourse.instruments})
        ),
        opens=opens,
    )


def _of_sentence(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    before: Actor | None = None
    main: Actor | None = None
    governor, governing = None, None
    if not sentence.is_question:
        for verb in sentence.verbs[:1]:
            whole = VerbClause(sentence, verb, Actor(), discourse)
            yield from disputes.holds(whole)
        for verb in sentence.verbs:
            # ", and left" goes on with the main clause, whatever stood between
            actor = actor_of(sentence, verb, discourse, main if main and resumes(sentence, verb) else before)
            clause = VerbClause(sentence, verb, actor, discourse, governor, governing)
            if (verb.act in _RULES and verb.mood != "possible") or verb.act in ("leave", "extend"):
                yield from _with_followers(sentence, discourse, _RULES[verb.act](clause))
            if (actor.states or actor.instrument) and (before is None or verb.mood in ("fact", "future")):
                before = actor
                main = actor if main is None or not is_subordinate(sentence, verb) else main
            if (actor.states or actor.groups) and verb.mood in ("fact", "future"):
                discourse.states, discourse.acted = actor.states, True
            if verb.act in _TOLD:
                discourse.last_act = verb.act
                discourse.acts.add(verb.act)
            governor, governing = verb, actor
    for pattern in _PATTERNS:
        yield from (item for item in pattern(sentence, discourse) if not _is_supposed(sentence, item))


_SUPPOSED: Final = re.compile(
    r"\b(?:if|unless|whether|den(?:y|ies|ied|ying)(?: that)?|(?:reports?|rumou?rs?|claims?|allegations?|suggestions?|"
    r"speculation|fears?|hopes?|idea|myth|impression) that|as if|as though|nearly|almost|as good as|in effect)\b",
    re.IGNORECASE,
)
_OF_FACT: Final = frozenset(
    {
        "standing-on", "effect-of-withdrawal", "date-of-entry-into-force", "act-on", "status-on", "order-of",
        "binding-is", "only-instrument", "none-left", "count-on", "notice-of-withdrawal", "member-on", "event-on",
    }
)  # fmt: skip
"""Checks of what is so: none is drafted from what a text only supposes or denies."""


def _is_supposed(sentence: Sentence, item: DraftedClaim) -> bool:
    """Whether a claim stands in a clause that "if" opens, that is denied, or that is only reported."""
    start = item.draft.span[0] if item.draft.span else sentence.start
    head = re.split(r"[;:—–]", sentence.text[sentence.start : start])[-1]
    found = list(_SUPPOSED.finditer(head))
    return item.draft.check in _OF_FACT and bool(found) and "," not in head[found[-1].end() :]


_FOLLOWS: Final = re.compile(r"[,;]?\s*(?:and|while|whereas)?\s*(?:by\s+)?(?:the\s+)?", re.IGNORECASE)
_WHEN: Final = re.compile(
    r"\s+(?:did\s+so\s+|followed\s+(?:suit\s+)?|likewise\s+)?(?:on\s+|in\s+)?(?:the\s+)?", re.IGNORECASE
)


def _with_followers(sentence: Sentence, discourse: Discourse, found: Iterable[DraftedClaim]) -> Iterator[DraftedClaim]:
    """Claims, and those that repeat them of others: "Finland gave notice on 10 July and Poland on 20 August"."""
    last = None
    for item in found:
        yield item
        if item.draft.get("state") and item.draft.get("on") and item.draft.check != "standing-on":
            last = item
    discourse.last_claim = last.draft if last else discourse.last_claim
    end = last.draft.span[1] if last and last.draft.span else 0
    for cluster in clusters(sentence) if last else ():
        when = next((w for w in sentence.dates if w.start >= cluster[-1].end), None)
        if cluster[0].kind != "state" or when is None or not 0 <= cluster[0].start - end < 12 or cluster[0].start < end:
            continue
        if _FOLLOWS.fullmatch(sentence.text[end : cluster[0].start]) and _WHEN.fullmatch(
            sentence.text[cluster[-1].end : when.start]
        ):
            for state in (i for mention in cluster for i in mention.ids):
                draft = last.draft.having(state=state, on=when.value) if last else None
                place = (cluster[0].start, when.end)
                quote = sentence.text[slice(*place)]
                if draft:
                    yield DraftedClaim(replace(draft, says=quote, quote=quote, span=place))
            end = when.end


_DONE: Final = frozenset({"notice-of-withdrawal", "effect-of-withdrawal"})
_DAYS_OF: Final = {"date-of-signature": "signed", "date-of-entry-into-force": "entry", "date-of-end": "end"}


def _questioned(sentence: Sentence, item: DraftedClaim, discourse: Discourse) -> DraftedClaim:
    """A claim with whether its words may mean another instrument than the order of words points to.

    "It took effect on 3 December 1998" after two instruments were told may be of either: where the day is not that of
    the one which the order of words points to, and is that of another one, nobody is accused of an error.
    """
    kind, name, day = _DAYS_OF.get(item.draft.check), item.draft.get("instrument"), item.draft.get("on")
    start, end = item.draft.span or (0, 0)
    within = [m for m in sentence.mentions if start <= m.start < end]
    names = [m for m in within if m.kind == "instrument" and m.form == "name"]
    if not within and not day and item.draft.check in _DONE:
        return replace(item, is_uncertain=True)  # "…, and gave formal notice": who, of what and when are made out
    if kind is None or len(day) < len("1998-12") or any(name in m.ids for m in names):
        return item
    states = discourse.all_states
    is_of_another = any(
        brief.id != name
        and str(getattr(brief, kind)).startswith(day)
        and (brief.id in discourse.instruments or (len(brief.participants) == 2 and {*brief.participants} <= states))
        for brief in discourse.index.summaries().values()
    )
    return replace(item, is_uncertain=is_of_another)


_HOLDERS: Final = re.compile(
    r"(?:^|(?<=[,;:—–] )|(?<=\bbut )|(?<=\band ))(?:(?:some|many|most|several|his|her|its|their|other|"
    r"independent|US|the)\s+){0,2}"
    r"(?:critics|analysts|experts|opponents|supporters|observers|historians|campaigners|commentators|scholars|detractors|"
    r"activists|diplomats|lawyers|people)\s+(?:have\s+|had\s+)?(?:say|said|argue|argued|claim|claimed|believe|believed|"
    r"contend|contended|insist|insisted|allege|alleged|note|noted|complain|complained)\s+(?:that\s+)?"
    r"(?:[^.;,]{0,40}?)$",
    re.IGNORECASE,
)


def _attributed(sentence: Sentence, item: DraftedClaim) -> DraftedClaim:
    """A claim with the people who hold it, where the text does not say it in its own voice: "Critics say …"."""
    start, end = item.draft.span or (sentence.start, sentence.end)
    holders = _HOLDERS.search(sentence.text[sentence.start : start])
    if not holders:
        return item
    place = (sentence.start + holders.start(), end)
    quote = sentence.text[slice(*place)]
    return replace(item, draft=replace(item.draft, says=quote, quote=quote, span=place))


def _distinct(found: Iterable[DraftedClaim], before: list[DraftedClaim]) -> list[DraftedClaim]:
    """Each claim once: what the story repeats is listed where it stands first."""
    seen = {_key(item.draft) for item in before}
    kept: list[DraftedClaim] = []
    for item in found:
        if _key(item.draft) not in seen and not _is_dated_elsewhere(item.draft, [*before, *kept]):
            seen.add(_key(item.draft))
            kept.append(item)
    return kept


def _is_dated_elsewhere(draft: Draft, others: Iterable[DraftedClaim]) -> bool:
    """Whether a claim without a day repeats one that has its day."""
    if draft.get("on") or draft.check not in ("announcement-of-withdrawal", "notice-of-withdrawal", "act-on"):
        return False
    return any(other.draft.having(on="").terms == draft.terms and other.draft.check == draft.check for other in others)


def _key(draft: Draft) -> tuple[object, ...]:
    return draft.check, tuple(sorted((name, str(value)) for name, value in draft.terms.items()))


_UPON: Final = frozenset(
    {"leave", "denounce", "suspend", "ratify", "accede", "unsign", "extend", "expire", "enter", "notify"}
)


def _why_unread(sentence: Sentence, found: list[DraftedClaim]) -> str:
    """Why nothing was drafted from a sentence that is about an instrument; empty where it is about none."""
    named = [m for m in sentence.of_kind("instrument") if m.ids]
    acts = [verb for verb in sentence.verbs if verb.act in _UPON]
    nouns = re.search(
        r"\b(?:withdrawal|ratification|accession|signator(?:y|ies)|denunciation)\b", sentence.quote, re.IGNORECASE
    )
    if not named and not (acts and sentence.of_kind("state", "official") and nouns) and not nouns:
        return ""
    if sentence.is_question:
        return "a question"
    if any(verb.mood in ("possible", "future") for verb in sentence.verbs):
        return "tells what may come, or what somebody would do"
    if found:
        return "names an instrument only in passing"
    return "no statement that the record can judge was made out"
