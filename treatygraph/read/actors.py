"""Who does what a verb tells, found by the order of words.

The subject is the first name of the clause that no preposition leads; a clause begins at the verb before, at "that",
"which", "and", or a mark. Where a clause has no subject of its own it takes that of the clause before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from treatygraph.language.mentions import Mention, VerbGroup
from treatygraph.language.scanning import Sentence
from treatygraph.language.words import Word, word_set
from treatygraph.read.boundaries import clusters, joins_names, lead_of, own_start
from treatygraph.read.discourse import Discourse

__all__ = ["Actor", "actor_of", "agents_of", "near_instrument"]

_PREPOSITIONS: Final = word_set(
    "of from with against to in by on for between among under into at after before since over about towards "
    "toward "
    "despite following during via through per without within including beside besides near outside like unlike "
    "via across regarding concerning as calling accusing urging telling asking warning blaming citing than"
)

_ACTOR_NOUNS: Final = word_set(
    "government governments officials official parliament lawmakers legislators legislature deputies mps senators "
    "senate president minister administration cabinet leadership leaders leader side authorities diplomats "
    "congress house assembly army military delegation ministry regime upper lower chamber house foreign "
    "defence defense prime ambassador negotiators premier chancellor people delegate"
)

_FOR_STATES: Final = re.compile(
    r"\b(?:the|that|this)\s+(?:country|nation|state|government|kingdom|republic|latter|north|south|regime|alliance)\b",
    re.IGNORECASE,
)

_SPEECH: Final = frozenset({"say", "announce", "plan", "notify", "accuse"})

_ACT_NOUNS: Final = (
    r"withdrawal|exit|departure|pullout|suspension|notice|notification|signature|ratification|accession|"
    r"termination|denunciation"
)
_EVENT_NOUNS: Final = re.compile(
    rf"\b({_ACT_NOUNS}|extension|decision|law|decree|move|sanctions|ceasefire|deal|talks|step|bill|letter|"
    r"countries|states|parties|nations|members|ministers|version)\b",
    re.IGNORECASE,
)


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
    if relative == "whose" and not direct and not _closes(sentence, start, verb):
        owner = _antecedent(sentence, start, relative, discourse)
        lawmakers = re.search(
            r"\b(?:parliament|lawmakers|senate|legislature|house)\b", sentence.text[start : verb.start], re.IGNORECASE
        )
        return replace(owner, is_body=True, antecedent=owner) if owner and lawmakers else Actor()
    for cluster in direct:
        lead, begins = lead_of(sentence, cluster[0].start)
        if lead in _PREPOSITIONS and begins > start + 1:
            continue
        found = _actor(sentence, cluster, begins, discourse)
        if found:
            negated = bool(
                re.search(
                    (
                        r"\b(?:neither|none of(?: the)?(?: \w+)?|no|nor (?:had|has|have|did|does|"
                        r"do))\s+(?:of\s+)?(?:the\s+)?$"
                    ),
                    sentence.text[max(start, begins - 24) : begins] + sentence.text[begins : cluster[0].start],
                    re.IGNORECASE,
                )
            )
            return replace(found, negated=negated, antecedent=_antecedent(sentence, start, relative, discourse))
    if relative in ("which", "who", "that", "whose") and not direct and _closes(sentence, start, verb):
        head = _head(sentence, start, relative, discourse)
        if head:
            return replace(head, start=-1)
    if _opens(sentence, verb, start):
        return _after_comma(sentence, verb, discourse)
    if relative in ("which", "that") and _PRONOUNS & {word.key for word in here}:
        return _indirect(sentence, verb, discourse, here, before, begin)  # "the treaty, which it ratified in 1970"
    if relative in ("which", "who", "that") and not _has_noun(here):
        antecedent = _antecedent(sentence, start, relative, discourse)
        if antecedent:
            return replace(antecedent, antecedent=antecedent)
        if not {word.key for word in here} & {"it", "he", "she", "they", "both"}:
            return Actor()  # it hangs on a noun that is no name ("allies that have signed")
    around = _around(sentence, verb, discourse) if not direct else None
    return replace(around, start=-1) if around else _indirect(sentence, verb, discourse, here, before, begin)


_PRONOUNS: Final = word_set("it he she they")


def _opens(sentence: Sentence, verb: VerbGroup, start: int) -> bool:
    """Whether a participle opens the sentence: "Signed in Cairo in 1996, the treaty bans …"."""
    head = sentence.text[start : verb.start]
    return (
        start == sentence.start
        and verb.mood == "fact"
        and verb.tense == "past"
        and re.fullmatch(r"(?:\w+ly\s+|First\s+)?", head) is not None
    )


def _after_comma(sentence: Sentence, verb: VerbGroup, discourse: Discourse) -> Actor:
    for mention in sentence.of_kind("instrument"):
        between = sentence.text[verb.end : mention.start]
        if mention.start > verb.end and re.search(r",\s+(?:the|this|its|that)?\s*$", between):
            return _actor(sentence, (mention,), mention.start, discourse) or Actor()
    return Actor()


_CLOSED: Final = re.compile(r",\s+(?:(?:of|to|under|by)\s+)?(?:which|who|whose)\b[^;:]*,\s*$")


def _around(sentence: Sentence, verb: VerbGroup, discourse: Discourse) -> Actor | None:
    """The subject before a relative clause of several verbs: "the CTBT, which some ratified and others did not, is"."""
    match = _CLOSED.search(sentence.text, sentence.start, verb.start)
    found = [c for c in clusters(sentence) if match and 0 <= match.start() - c[-1].end < 2]
    return _headed(sentence, found[-1], discourse) if found else None


_AGAIN: Final = re.compile(r",\s+(?:which|who)\b(?P<first>)[^;:]*?\b(?:and|but)\s+(?:which|who)\s*$")


def _antecedent(sentence: Sentence, start: int, relative: str, discourse: Discourse) -> Actor | None:
    """What a relative clause that begins at a place hangs on."""
    if relative not in ("which", "who", "that", "whose"):
        return None
    again = _AGAIN.search(sentence.text, sentence.start, start)
    if again:  # "the pact, which they signed in 1988 and which came into force in 1991"
        return _antecedent(sentence, again.start("first"), relative, discourse)
    words = 2 if relative != "that" else 1
    words += re.search(r"\b(?:to|of|under|by|in|from)\s+which\s*$", sentence.text[sentence.start : start]) is not None
    before = [
        c for c in clusters(sentence) if c[-1].end <= start and len(sentence.text[c[-1].end : start].split()) <= words
    ]
    return _headed(sentence, before[-1], discourse) if before else None


def _headed(sentence: Sentence, cluster: Sequence[Mention], discourse: Discourse) -> Actor | None:
    """Who or what names are, or the act that is told of the instrument that they name."""
    found = _actor(sentence, cluster, lead_of(sentence, cluster[0].start)[1], discourse)
    act = _ACT_UPON.search(sentence.text, sentence.start, cluster[0].start) if found and found.instrument else None
    if not act:
        return found
    owner = [m for m in sentence.of_kind("state") if 0 <= act.start() - m.end < 4]
    return Actor(owner[-1].ids if owner else (), noun=act["noun"].casefold(), start=act.start())


_ACT_UPON: Final = re.compile(rf"\b(?P<noun>{_ACT_NOUNS})\s+(?:from|of|to)\s+(?:the\s+)?$", re.IGNORECASE)
"""What is done to an instrument, and not the instrument: "its withdrawal from the treaty, which took effect"."""


def _closes(sentence: Sentence, start: int, verb: VerbGroup) -> bool:
    """Whether a comma ends a relative clause right before a verb: "Russia, which rejects the charge, left"."""
    head = sentence.text[start : verb.start].rstrip()
    return head.endswith(",") and bool(head[:-1].strip())


def _head(sentence: Sentence, start: int, relative: str, discourse: Discourse) -> Actor | None:
    """What the main clause around a relative clause is about: the name before it, or before its apposition."""
    found = _antecedent(sentence, start, relative, discourse)
    if found:
        return found
    for cluster in clusters(sentence)[:1]:  # "New START, the last treaty that limits them, lapses in 2026"
        lead, begins = lead_of(sentence, cluster[0].start)
        if (
            lead not in _PREPOSITIONS
            and cluster[-1].end < start
            and re.match(r",\s+(?:the|an?|its|their|whose)\b", sentence.text[cluster[-1].end :])
        ):
            return _actor(sentence, cluster, begins, discourse)
    return None


def _after_object(sentence: Sentence, start: int, verb: VerbGroup) -> int:
    """Where a subject can begin: what follows another verb is its object, until a comma or "and"."""
    before = [other for other in sentence.verbs if other.end <= verb.start]
    if not before or before[-1].end != start or before[-1].act in _SPEECH:
        return start
    breaks = [
        w.end
        for w in sentence.words
        if start <= w.start < verb.start
        and (w.text in ",;" or w.key in ("and", "but", "nor"))
        and not joins_names(sentence, w)
    ]
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
            if after and re.match(
                r"(?:withdrawal|exit|departure|suspension|notice|pullout|participation)", after[1], re.IGNORECASE
            ):
                return Actor(first.ids, start=begins, noun=after[1].casefold())
            return None
        is_body = bool(
            re.match(
                r"(?:parliament|lawmakers|legislat|deputies|mps|senat|congress|assembly|upper|lower)",
                after[1],
                re.IGNORECASE,
            )
        )
        return Actor(first.ids, start=begins, is_body=is_body)
    states: list[str] = []
    for mention in cluster:
        if mention.kind in ("state", "body"):
            states.extend(mention.ids)
        elif mention.kind == "official":
            states.append(discourse.lexicon.states_of_officials.get(mention.ids[0], ""))
    possessive = (
        re.match(r"['’]s?\s+(?:own\s+)?([\w-]+)(?:\s+([\w-]+))?", following) if cluster[-1].kind != "body" else None
    )
    noun = _noun_after(following) if possessive else ""
    is_body = any(
        m.kind == "body"
        and not re.search(r"Kremlin|House$|Downing|Department|Ministry|Office|Pentagon|Whitehall|Quai|Elys", m.text)
        for m in cluster
    )
    if possessive and re.match(
        r"(?:parliament|lawmakers|senate|congress|legislat|lower|upper|duma)", noun, re.IGNORECASE
    ):
        is_body = True
    if noun in _ACTOR_NOUNS or is_body:
        noun = ""
    officials = tuple(m.ids[0] for m in cluster if m.kind == "official")
    groups = tuple(m.ids[0] for m in cluster if m.kind == "group")
    return Actor(
        tuple(dict.fromkeys(filter(None, states))), officials, groups, "", is_body, cluster[-1].end, begins, noun
    )


def _noun_after(text: str) -> str:
    words = re.findall(r"[a-z-]+", text.casefold())
    words = [
        word
        for word in words
        if word not in ("s", "own", "formal", "official", "planned", "decision", "to", "announced", "recent", "full")
    ]
    return words[0] if words else ""


def _has_noun(words: Sequence[Word]) -> bool:
    return sum(word.is_word and len(word.text) > 3 for word in words) > 2


def _word_before(sentence: Sentence, place: int) -> str:
    before = [word for word in sentence.words if word.end <= place]
    return before[-1].key if before else ""


def _indirect(
    sentence: Sentence, verb: VerbGroup, discourse: Discourse, here: Sequence[Word], before: Actor | None, start: int
) -> Actor:
    keys = [word.key for word in here]
    keys += [w.key for w in sentence.words if verb.start <= w.start < verb.end and w.key in ("both", "neither")]
    text = sentence.text[start : verb.start]
    noun = _EVENT_NOUNS.search(text)
    if re.search(
        (
            r"\b(?:its|the|their|both)\s+(?:\w+\s+)?(?:parliament|senate|congress|lawmakers|legislature|lower house|"
            r"upper house)\b"
        ),
        text,
        re.IGNORECASE,
    ):
        return Actor(before.states if before and before.states else discourse.states, is_body=True)
    if noun and not (noun[1].casefold() == "deal" and verb.act in ("enter", "expire", "sign", "extend", "denounce")):
        states = next((m.ids for m in sentence.mentions if m.kind == "state" and start <= m.start < verb.start), ())
        return Actor(states, noun=noun[1].casefold())
    if any(key in ("it", "which") for key in keys) or "that" in keys:
        if before is not None and (before.states or before.instrument) and not _wants_instrument(verb):
            return Actor(before.states, before.officials) if before.states else before
        if before is None and not _wants_instrument(verb):
            named = [m for m in sentence.of_kind("state") if m.end <= start and m.form != "capital"]
            if named:  # "Russia's withdrawal, of which it gave notice", "a year after it gave notice"
                return Actor(named[0].ids)
        near = "" if _is_told(sentence, start) else near_instrument(sentence, verb, discourse)
        return Actor(instrument=near) if _wants_instrument(verb) else Actor(discourse.states)
    if any(key in ("he", "she") for key in keys) and discourse.last_official:
        official = discourse.last_official
        return Actor((discourse.lexicon.states_of_officials.get(official, ""),), (official,))
    if any(key in ("they", "two", "both", "neither", "sides") for key in keys) or _FOR_STATES.search(text):
        return Actor(before.states if before and before.states else _pair(discourse, keys) or discourse.states)
    comma = sentence.text[: verb.start].rstrip().endswith(",")
    if before is not None and before.antecedent is not None and comma:
        return replace(before.antecedent, start=-1, antecedent=None)
    if before is not None and not _has_noun([w for w in here if w.key not in ("also", "already", "again")]):
        return replace(before, start=-1)
    if before is None and keys == [] and _word_before(sentence, start) == "and":
        return _opening(sentence, start, discourse)  # "The agreement ran for five years and expired"
    return Actor()


def _opening(sentence: Sentence, place: int, discourse: Discourse) -> Actor:
    """What the sentence begins with, where no verb that is known stands between."""
    for cluster in clusters(sentence)[:1]:
        lead, begins = lead_of(sentence, cluster[0].start)
        if lead not in _PREPOSITIONS and cluster[-1].end < place and begins - sentence.start < 8:
            found = _actor(sentence, cluster, begins, discourse)
            return replace(found, start=-1) if found else Actor()
    return Actor()


def _is_told(sentence: Sentence, place: int) -> bool:
    """Whether "it" may mean an act that was told before, and not an instrument."""
    found = _EVENT_NOUNS.search(sentence.text, sentence.start, place)
    return found is not None and not sentence.text[: found.start()].endswith("for ")


def _pair(discourse: Discourse, keys: Sequence[str]) -> tuple[str, ...]:
    """The two powers of the story, where "both" or "the two" act and the last to act was one of them alone."""
    if not {"both", "two", "neither"} & set(keys) or len(discourse.states) == 2:
        return ()
    for card in filter(None, map(discourse.card, reversed(discourse.instruments))):
        if card.scope == "bilateral" and len(card.participants) == 2 and "SUN" not in card.participants:
            return tuple(card.participants)
    return ("USA", "RUS") if {"USA", "RUS"} <= discourse.all_states else ()


def _wants_instrument(verb: VerbGroup) -> bool:
    if verb.act == "bind" and verb.passive:
        return False  # who is bound is a state
    return verb.act in ("enter", "expire", "limit", "bind", "extend") or verb.passive


def near_instrument(sentence: Sentence, verb: VerbGroup, discourse: Discourse) -> str:
    """The instrument that a verb without one means: the last named before it, else that of the context; or empty."""
    earlier = [m for m in sentence.of_kind("instrument") if m.end <= verb.start and m.ids]
    if earlier:
        return earlier[-1].ids[0]
    if len(discourse.previous) == 1:
        return discourse.previous[0]
    return discourse.main if discourse.main in discourse.previous or not discourse.previous else ""


def agents_of(sentence: Sentence, verb: VerbGroup, discourse: Discourse) -> Actor:
    """Who acts in a passive clause: "signed in Prague by Presidents Obama and Medvedev"."""
    for cluster in clusters(sentence):
        lead, begins = lead_of(sentence, cluster[0].start)
        if cluster[0].start < verb.end or cluster[0].kind == "instrument":
            continue
        gap = sentence.text[verb.end : begins]
        if (
            lead == "by"
            and not re.search(r"[;:]|\bwhich\b|\bwho\b", gap)
            and not any(v.start >= verb.end and v.end <= begins and v.act != "other" for v in sentence.verbs)
        ):
            return _actor(sentence, cluster, begins, discourse) or Actor()
    return Actor()
