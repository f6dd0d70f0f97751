"""Who does what to which instrument, and when: the parts of a clause around a verb, found by the order of words.

The subject is the first name of the clause that no preposition leads; a clause begins at the verb before, at "that",
"which", "and", or a mark. Where a clause has no subject of its own it takes that of the clause before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from treatygraph.language.lexicon import GENERIC
from treatygraph.language.mentions import Mention, TextDate, VerbGroup
from treatygraph.language.scanning import Sentence
from treatygraph.language.words import Word
from treatygraph.read.discourse import Discourse

__all__ = ["Actor", "Target", "actor_of", "agents_of", "clusters", "date_of", "date_of_paper", "own_start", "target_of"]

_PREPOSITIONS: Final = frozenset(
    "of from with against to in by on for between among under into at after before since over about towards toward despite following "
    "during via through per without within including beside besides near outside like unlike via across regarding concerning as "
    "calling accusing urging telling asking warning blaming citing than".split()
)
_TITLE: Final = frozenset(
    "president presidents prime minister ministers secretary state foreign defence defense vice deputy premier chancellor leader leaders "
    "general then former ex mr mrs ms sir king queen emperor chairman the its their his her a an current new outgoing spokesman "
    "spokeswoman ambassador envoy negotiator chief national security adviser advisor late both neither either only even all "
    "affairs u s us un eu uk assistant under permanent representative director dictator ruler soviet".split()
)
_BREAKS: Final = frozenset(
    "and but while whereas although though when after before as because since so which who that whose where until or nor yet then".split()
)
_ACTOR_NOUNS: Final = frozenset(
    "government governments officials official parliament lawmakers legislators legislature deputies mps senators senate president minister "
    "administration cabinet leadership leaders leader side authorities diplomats congress house assembly army military delegation "
    "ministry regime upper lower chamber house foreign defence defense prime ambassador negotiators premier chancellor people delegate".split()
)
_PRONOUNS: Final = frozenset("it he she they who which that this both".split())
_FOR_STATES: Final = re.compile(r"\b(?:the|that|this)\s+(?:country|nation|state|government|kingdom|republic|latter|north|south|regime|alliance)\b", re.I)
_SKIPPED: Final = frozenset(
    "fulfillment fulfilment the a an this that its their his her said same new old entire whole so called landmark historic key also participation participating "
    "in membership of from out to all both obligations commitments under implementation its adherence involvement role main last "
    "remaining major decades cold war era formally current cooperation observance operation and either yet so also too again".split()
)
"""Words that may stand between a verb and the instrument that it is about."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: states, and the people or bodies that do it for them."""

    states: tuple[str, ...] = ()
    officials: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    instrument: str = ""
    is_body: bool = False
    """A parliament, which acts at home."""
    end: int = -1
    """Where they end; -1 where it was taken over."""
    start: int = -1
    """Where the words for it begin; -1 where it was taken over from before."""
    noun: str = ""
    """The noun that is the subject where no name is: "withdrawal", "law"."""
    negated: bool = False
    """Whether the words for it deny: "neither", "none of"."""
    antecedent: Actor | None = None
    """In a relative clause: what it hangs on."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a verb is about: an instrument, or a noun that is none."""

    instruments: tuple[Mention, ...] = ()
    is_implicit: bool = False
    """Whether no instrument is named: that of the context is meant."""
    noun: str = ""
    """The first noun that is no instrument."""
    end: int = -1


def clusters(sentence: Sentence) -> list[tuple[Mention, ...]]:
    """Names that stand together: "Estonia, Latvia and Lithuania", "Presidents Obama and Medvedev"."""
    found: list[tuple[Mention, ...]] = []
    for mention in sentence.mentions:
        if mention.kind == "instrument":
            found.append((mention,))
            continue
        last = found[-1] if found else ()
        gap = sentence.text[last[-1].end : mention.start] if last else ""
        joins = last and last[-1].kind != "instrument" and re.fullmatch(
            r"(?:,|,? and|,? nor|,? or|,? as well as| &)(?: the| the former| then)?(?: (?:President|Prime Minister|Secretary|Chancellor|Leader|leader|Mr|U\.S\. President))*\s*", gap
        )
        if joins and (last[-1].form != "adjective" or mention.form == "adjective") and {last[-1].kind, mention.kind} <= {"state", "group", "official", "body"}:
            found[-1] = (*last, mention)
        else:
            found.append((mention,))
    return found


def _lead(sentence: Sentence, start: int) -> tuple[str, int]:
    """The word before a name, its titles and articles passed over, and where the name with these begins."""
    begins = start
    for word in reversed([word for word in sentence.words if word.end <= start]):
        if word.key in _TITLE or any(m.start <= word.start < m.end and m.form == "adjective" for m in sentence.mentions):
            begins = word.start
            continue
        if word.key == "of" and re.search(r"(?:secretary|minister|head|chief|president|leader)s?\s+of\s+\S", sentence.text[max(sentence.start, word.start - 12) : start], re.I):
            continue
        if word.text in ".-’'" and begins - word.end < 2 or word.key == "s" and begins - word.end < 3 and word.start > sentence.start and sentence.text[word.start - 1] in "'’":
            continue
        return word.key, begins
    return "", begins


def own_start(sentence: Sentence, verb: VerbGroup) -> int:
    """Where the clause of a verb begins."""
    start = sentence.start
    for other in sentence.verbs:
        if other.end <= verb.start and not (other.mood in ("gerund",) and other.act == "other"):
            start = max(start, other.end)
    names = sentence.mentions
    for word in sentence.words:
        if not start <= word.start < verb.start or any(m.start <= word.start < m.end for m in names):
            continue
        if word.text in ";:—–“”\"(" or word.key in ("that", "which", "who", "while", "but", "although", "though", "whereas", "because", "when", "where", "whose"):
            start = word.end
        elif word.key in ("and", "after", "before", "as", "since", "or") and not _joins_names(sentence, word):
            start = word.end
    return start


def _joins_names(sentence: Sentence, word: Word) -> bool:
    """Whether a word stands between names that belong together, or before a time."""
    for cluster in clusters(sentence):
        if len(cluster) > 1 and cluster[0].start < word.start < cluster[-1].end:
            return True
    if word.key in ("after", "before", "since"):
        return any(0 <= when.start - word.end <= 5 for when in sentence.dates)
    return word.key in ("and", "or") and any(n.end <= word.start and word.start - n.end < 3 for n in sentence.numbers) and any(
        0 < n.start - word.end < 3 for n in sentence.numbers
    )


def actor_of(sentence: Sentence, verb: VerbGroup, discourse: Discourse, before: Actor | None = None) -> Actor:
    """Who does what the verb tells.

    Args:
        sentence: with its short forms resolved.
        verb: one of its verbs.
        discourse: what the story has spoken of.
        before: the actor of the verb before in the same sentence.
    """
    start = own_start(sentence, verb)
    begin = _after_object(sentence, start, verb)
    here = [word for word in sentence.words if begin <= word.start and word.end <= verb.start]
    direct = [cluster for cluster in clusters(sentence) if begin <= cluster[0].start and cluster[-1].end <= verb.start]
    relative = _word_before(sentence, start)
    for cluster in direct:
        lead, begins = _lead(sentence, cluster[0].start)
        if lead in _PREPOSITIONS and begins > start + 1:
            continue
        found = _actor(sentence, cluster, begins, discourse)
        if found:
            negated = bool(re.search(r"\b(?:neither|none of(?: the)?(?: \w+)?|no|nor (?:had|has|have|did|does|do))\s+(?:of\s+)?(?:the\s+)?$", sentence.text[max(start, begins - 24) : begins] + sentence.text[begins : cluster[0].start], re.I))
            return replace(found, negated=negated, antecedent=_antecedent(sentence, start, relative, discourse))
    if relative in ("which", "who", "that") and not _has_noun(here):
        antecedent = _antecedent(sentence, start, relative, discourse)
        if antecedent:
            return replace(antecedent, antecedent=antecedent)
    return _indirect(sentence, verb, discourse, here, before, begin)


def _antecedent(sentence: Sentence, start: int, relative: str, discourse: Discourse) -> Actor | None:
    """What a relative clause that begins at a place hangs on."""
    if relative not in ("which", "who", "that"):
        return None
    words = 2 if relative != "that" else 1
    before = [c for c in clusters(sentence) if c[-1].end <= start and len(sentence.text[c[-1].end : start].split()) <= words]
    return _actor(sentence, before[-1], _lead(sentence, before[-1][0].start)[1], discourse) if before else None


_SPEECH: Final = frozenset({"say", "announce", "plan", "notify", "accuse"})


def _after_object(sentence: Sentence, start: int, verb: VerbGroup) -> int:
    """Where a subject can begin: what follows another verb is its object, until a comma or "and"."""
    before = [other for other in sentence.verbs if other.end <= verb.start]
    if not before or before[-1].end != start or before[-1].act in _SPEECH:
        return start
    breaks = [w.end for w in sentence.words if start <= w.start < verb.start and (w.text in ",;" or w.key in ("and", "but", "nor")) and not _joins_names(sentence, w)]
    return breaks[0] if breaks else verb.start


def _actor(sentence: Sentence, cluster: Sequence[Mention], begins: int, discourse: Discourse) -> Actor | None:
    first = cluster[0]
    following = sentence.text[cluster[-1].end : cluster[-1].end + 40]
    if first.kind == "instrument":
        if re.match(r"['’]s\s", following):
            return Actor(instrument=first.ids[0] if first.ids else "", start=begins, noun=_noun_after(following))
        return Actor(instrument=first.ids[0] if first.ids else "", start=begins)
    if first.form == "adjective" and len(cluster) == 1:
        after = re.match(r"\s+([\w-]+)", following)
        if not after or after[1].casefold() not in _ACTOR_NOUNS:
            if after and re.match(r"(?:withdrawal|exit|departure|suspension|notice|pullout|participation)", after[1], re.I):
                return Actor(first.ids, start=begins, noun=after[1].casefold())
            return None
        is_body = bool(re.match(r"(?:parliament|lawmakers|legislat|deputies|mps|senat|congress|assembly|upper|lower)", after[1], re.I))
        return Actor(first.ids, start=begins, is_body=is_body)
    states: list[str] = []
    for mention in cluster:
        if mention.kind in ("state", "body"):
            states.extend(mention.ids)
        elif mention.kind == "official":
            states.append(discourse.lexicon.states_of_officials.get(mention.ids[0], ""))
    possessive = re.match(r"['’]s?\s+(?:own\s+)?([\w-]+)(?:\s+([\w-]+))?", following) if cluster[-1].kind != "body" else None
    noun = _noun_after(following) if possessive else ""
    is_body = any(m.kind == "body" and not re.search(r"Kremlin|House$|Downing|Department|Ministry|Office|Pentagon|Whitehall|Quai|Elys", m.text) for m in cluster)
    if possessive and re.match(r"(?:parliament|lawmakers|senate|congress|legislat|lower|upper|duma)", noun, re.I):
        is_body = True
    if noun in _ACTOR_NOUNS or is_body:
        noun = ""
    officials = tuple(m.ids[0] for m in cluster if m.kind == "official")
    groups = tuple(m.ids[0] for m in cluster if m.kind == "group")
    return Actor(tuple(dict.fromkeys(filter(None, states))), officials, groups, "", is_body, cluster[-1].end, begins, noun)


def _noun_after(text: str) -> str:
    words = re.findall(r"[a-z-]+", text.casefold())
    words = [word for word in words if word not in ("s", "own", "formal", "official", "planned", "decision", "to", "announced", "recent", "full")]
    return words[0] if words else ""


def _has_noun(words: Sequence[Word]) -> bool:
    return sum(word.is_word and len(word.text) > 3 for word in words) > 2


def _word_before(sentence: Sentence, place: int) -> str:
    before = [word for word in sentence.words if word.end <= place]
    return before[-1].key if before else ""


_EVENT_NOUNS: Final = re.compile(
    r"\b(withdrawal|exit|departure|pullout|suspension|notice|notification|extension|decision|law|decree|move|sanctions|ceasefire|deal|talks|"
    r"step|signature|ratification|accession|termination|denunciation|bill|letter|countries|states|parties|nations|members|ministers|version)\b",
    re.IGNORECASE,
)


def _indirect(sentence: Sentence, verb: VerbGroup, discourse: Discourse, here: Sequence[Word], before: Actor | None, start: int) -> Actor:
    keys = [word.key for word in here]
    text = sentence.text[start : verb.start]
    noun = _EVENT_NOUNS.search(text)
    if re.search(r"\b(?:its|the|their|both)\s+(?:\w+\s+)?(?:parliament|senate|congress|lawmakers|legislature|lower house|upper house)\b", text, re.I):
        return Actor(before.states if before and before.states else discourse.states, is_body=True)
    if noun and not (noun[1].casefold() == "deal" and verb.act in ("enter", "expire", "sign", "extend", "denounce")):
        states = next((m.ids for m in sentence.mentions if m.kind == "state" and start <= m.start < verb.start), ())
        return Actor(states, noun=noun[1].casefold())
    if any(key in ("it", "which") for key in keys) or "that" in keys:
        if before is not None and (before.states or before.instrument) and not _wants_instrument(verb):
            return Actor(before.states, before.officials) if before.states else before
        near = "" if _EVENT_NOUNS.search(sentence.text, sentence.start, start) else _near_instrument(sentence, verb, discourse)
        return Actor(instrument=near) if _wants_instrument(verb) else Actor(discourse.states)
    if any(key in ("he", "she") for key in keys) and discourse.last_official:
        official = discourse.last_official
        return Actor((discourse.lexicon.states_of_officials.get(official, ""),), (official,))
    if any(key in ("they", "two", "both", "sides") for key in keys) or _FOR_STATES.search(text):
        return Actor(before.states if before and before.states else discourse.states)
    comma = sentence.text[: verb.start].rstrip().endswith(",")
    if before is not None and before.antecedent is not None and comma:
        return replace(before.antecedent, start=-1, antecedent=None)
    if before is not None and not _has_noun([w for w in here if w.key not in ("also", "already", "again")]):
        return replace(before, start=-1)
    return Actor()


def _wants_instrument(verb: VerbGroup) -> bool:
    return verb.act in ("enter", "expire", "limit", "bind", "extend") or verb.passive


def _near_instrument(sentence: Sentence, verb: VerbGroup, discourse: Discourse) -> str:
    earlier = [m for m in sentence.of_kind("instrument") if m.end <= verb.start and m.ids]
    if earlier:
        return earlier[-1].ids[0]
    if len(discourse.previous) == 1:
        return discourse.previous[0]
    return discourse.main if discourse.main in discourse.previous or not discourse.previous else ""


_DUTIES: Final = frozenset("participation obligations membership commitments adherence role observance implementation signature".split())


def target_of(sentence: Sentence, verb: VerbGroup, discourse: Discourse) -> Target:
    """Which instrument the verb is about: the first after it, "it", or, where nothing follows, that of the context."""
    stop = min((other.start for other in sentence.verbs if other.start >= verb.end), default=sentence.end)
    dates = sentence.dates
    noun, last = "", ""
    instruments = [m for m in sentence.of_kind("instrument") if verb.end <= m.start]
    for word in sentence.words:
        if word.start < verb.end:
            continue
        at = next((m for m in instruments if m.start <= word.start < m.end), None)
        if at is not None and not noun and not at.ids:
            return Target(noun="another", end=at.end)  # a treaty that is not on record, or one that is not made out
        if at is not None and not noun:
            return Target(_joined(sentence, at), end=at.end)
        if word.start >= stop and word.key not in GENERIC:
            break
        if any(when.start <= word.start < when.end for when in dates) or not word.is_word and word.text not in ",;.:—":
            if any(when.start <= word.start < when.end for when in dates):
                break
            continue
        if word.key in ("in", "under", "to") and last in _DUTIES:
            continue
        last = word.key
        if word.text in ",;.:—" or word.key in ("and", "but", "in", "on", "at", "by", "last", "this", "for", "as", "with", "after", "when", "because", "until", "since", "over", "towards", "toward", "if", "today", "yesterday"):
            break
        if word.key in ("it", "them") and not noun:
            near = _near_instrument(sentence, verb, discourse)
            return Target((Mention("instrument", (near,), word.start, word.end, word.text, "short"),) if near else (), end=word.end)
        if word.key in _SKIPPED or any(m.start <= word.start < m.end for m in sentence.mentions):
            continue
        noun = noun or word.key
    if noun:
        return Target(noun=noun)
    near = _near_instrument(sentence, verb, discourse)
    return Target((Mention("instrument", (near,), verb.end, verb.end, ""),) if near else (), is_implicit=True)


def _joined(sentence: Sentence, first: Mention) -> tuple[Mention, ...]:
    """Instruments that stand together: "the INF Treaty (in 2019) and the Iran deal"."""
    found = [first] if first.ids else []
    last = first
    for mention in sentence.of_kind("instrument"):
        if mention.start >= last.end and re.fullmatch(r"(?:\s+in [^,.;]{3,24}?)?(?:,|,? and|,? or| and from| as well as)(?: from)?(?: the| to the| its)?\s*", sentence.text[last.end : mention.start]):
            found.extend([mention] if mention.ids else [])
            last = mention
    return tuple(found)


def agents_of(sentence: Sentence, verb: VerbGroup, discourse: Discourse) -> Actor:
    """Who acts in a passive clause: "signed in Prague by Presidents Obama and Medvedev"."""
    for cluster in clusters(sentence):
        lead, begins = _lead(sentence, cluster[0].start)
        if cluster[0].start < verb.end or cluster[0].kind == "instrument":
            continue
        gap = sentence.text[verb.end : begins]
        if lead == "by" and not re.search(r"[;:]|\bwhich\b|\bwho\b", gap) and not any(v.start >= verb.end and v.end <= begins and v.act not in ("other",) for v in sentence.verbs):
            return _actor(sentence, cluster, begins, discourse) or Actor()
    return Actor()


def date_of_paper(sentence: Sentence, verb: VerbGroup) -> TextDate | None:
    """When a notice was given or a statement made whose content stands between: "notified the UN of its decision to leave on 3 May"."""
    said = min((v.start for v in sentence.verbs if v.start >= verb.end and v.act == "say"), default=sentence.end)
    marks = [w.start for w in sentence.words if verb.end <= w.start and w.text in ",;:"]
    stop = min([said, *marks])
    return next((w for w in sentence.dates if verb.end <= w.start < stop and w.first == w.last), None)


def date_of(sentence: Sentence, verb: VerbGroup, after: int | None = None) -> TextDate | None:
    """When it happened: the first day after the verb in its clause, or one that leads the sentence."""
    begin = verb.end if after is None else after
    stop = _clause_end(sentence, verb, begin)
    for when in sentence.dates:
        if begin <= when.start < stop and when.role in ("on", "since", "by", "until", "after", "before"):
            return when
    first = sentence.verbs[0] if sentence.verbs else verb
    paper = re.search(r"\b(?:letter|note|notification|communication|statement|decree)\s+(?:dated|of|received on|sent on|delivered on)\s+(?:the\s+)?$", sentence.text[sentence.start : sentence.dates[0].start], re.I) if sentence.dates else None
    if paper and verb.act == "notify" and sentence.dates[0].end <= verb.start:
        return sentence.dates[0]
    fronted = [w for w in sentence.dates if w.end <= verb.start and w.start >= own_start(sentence, verb)]
    if fronted and _leads(sentence, fronted[0], own_start(sentence, verb)):
        return fronted[0]
    lead = [w for w in sentence.dates if w.start - sentence.start < 14 and w.end <= first.start]
    return lead[0] if lead and lead[0].role == "on" and _leads(sentence, lead[0], sentence.start) else None


def _leads(sentence: Sentence, when: TextDate, start: int) -> bool:
    """Whether a date stands at the head of its clause, or right before the verb."""
    between = [w for w in sentence.words if start <= w.start and w.end <= when.start and w.is_word]
    return len(between) <= 3 and all(not any(m.start <= w.start < m.end and m.kind == "instrument" for m in sentence.mentions) for w in between)


def _clause_end(sentence: Sentence, verb: VerbGroup, begin: int) -> int:
    stop = sentence.end
    for other in sentence.verbs:
        if other.start >= begin and not (other.act in ("other", "say") and other.mood == "infinitive"):
            starts = own_start(sentence, other)
            stop = min(stop, starts if starts > begin and sentence.text[:starts].endswith(("and", "but")) else other.start)
            break
    for word in sentence.words:
        if begin <= word.start < stop and (word.text in ";—–" or word.key in ("but", "while", "although", "though", "whereas", "which", "who")):
            return word.start
    return stop
