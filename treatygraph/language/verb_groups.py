"""Verbs of the field with their auxiliaries: tense, negation, voice, and whether they tell a fact or a prospect."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

from treatygraph.language.mentions import VerbGroup
from treatygraph.language.verbs import FORMS
from treatygraph.language.words import Word, word_set

__all__ = ["verb_groups"]

_ADVERBS: Final = word_set(
    "formally officially already also now only just finally later then soon again still since long ever yet "
    "always longer "
    "first never not not' jointly unilaterally effectively reportedly even both simply recently previously "
    "immediately legally completely fully subsequently eventually unanimously indefinitely voluntarily "
    "publicly quietly repeatedly abruptly actually clearly thereby therefore thus once twice last "
    "earlier swiftly duly all each together either neither nearly almost instead promptly briefly "
    "temporarily partially partly hitherto itself themselves himself today yesterday"
)
_NEGATORS: Final = word_set("not never neither nor no cannot none nobody hardly")
_HAVE: Final = word_set("have has had having 've")
_BE: Final = word_set("is are was were be been being am 's 're")
_WILL: Final = word_set("will shall 'll")
_MODAL: Final = word_set("would should could can may might must cannot need ought")
_DO: Final = word_set("do does did")
_AUX: Final = _HAVE | _BE | _WILL | _MODAL | _DO
_IF: Final = word_set("if unless whether should lest")
_HEARSAY: Final = word_set(
    "report reports rumour rumours rumor rumors claim claims allegation allegations suggestion suggestions speculation "
    "fear fears hope hopes belief impression idea notion myth denial denials suspicion suspicions risk danger "
    "possibility prospect accusation accusations assertion assertions"
)
"""Before "that" these tell what somebody holds: "reports that Russia has left"."""
_NOT_A_VERB_AFTER: Final = word_set(
    "the a an its their his her this that these those of any new such no every each our my"
)
"""After these a base form or a past form is a noun or an adjective ("the suspended treaty", "a halt", "its exit")."""
_ALSO_NOUNS: Final = word_set(
    "exit halt freeze breach limit cap ban vote claim note demand offer hope plan aim need try estimate praise "
    "fear work mark face show pause protest object charge blame return notice reach strike pass back deal cut "
    "set end launch quit report cause last hand"
)
_PARTICIPLE_LEADS: Final = word_set("been was were is are be being get got")


class _Head(NamedTuple):
    at: int
    end: int
    act: str
    lemma: str
    form: str


def verb_groups(words: Sequence[Word], taken: Collection[int]) -> Iterator[VerbGroup]:
    """Every verb of the field in a sentence, in order.

    Args:
        words: the words of the sentence.
        taken: which of them are parts of names, by number.
    """
    at = 0
    while at < len(words):
        head = None if at in taken else _head(words, at, taken)
        group = _group(words, head, taken) if head else None
        if group:
            yield group
        at = head.end if head and group else at + 1


def _head(words: Sequence[Word], at: int, taken: Collection[int]) -> _Head | None:
    heads: list[_Head] = []
    for rest, act, lemma, form in FORMS.get(words[at].key, ()):
        end = at + 1
        for wanted in rest:
            while end < len(words) and words[end].key in _ADVERBS and words[end].key != wanted:
                end += 1
            if end >= len(words) or words[end].key != wanted or end in taken:
                break
            end += 1
        else:
            if not heads or len(rest) >= len(heads[0].lemma.split()) - 1:
                heads.append(_Head(at, end, act, lemma, form))
    if not heads:
        return None
    longest = max(len(head.lemma.split()) for head in heads)
    heads = [head for head in heads if len(head.lemma.split()) == longest]
    act = heads[0].act
    forms = {head.form for head in heads if head.act == act}
    first = heads[0]
    return first._replace(form="past|participle" if {"past", "participle"} <= forms else first.form)


def _group(words: Sequence[Word], head: _Head, taken: Collection[int]) -> VerbGroup | None:
    """The verb with what stands before it; None where the word is a noun or an adjective here."""
    start = head.at
    negated = any(word.key in _NEGATORS for word in words[head.at + 1 : head.end])  # "is not in force"
    auxiliaries: list[str] = []
    at = head.at - 1
    while at >= 0 and at not in taken:
        key = words[at].key
        if (key in ("t", "'", "s", "ve", "re", "ll", "d") and at > 0 and words[at - 1].text in "'’") or key in "'’":
            negated = negated or key == "t"
            if key == "t":
                at -= 1
            elif key == "s":
                break
            at -= 1
            continue
        stripped = (
            key[:-1]
            if key.endswith("n") and key[:-1] in _AUX and at + 1 < len(words) and words[at + 1].text in "'’"
            else key
        )
        if stripped in _AUX:
            auxiliaries.insert(0, stripped)
        elif key in _NEGATORS:
            negated = True
        elif key not in _ADVERBS:
            break
        start = at
        at -= 1
    before = words[at].key if at >= 0 and at not in taken else ""
    return _classified(words, head, start, auxiliaries, before, negated, at, taken)


class _Reading(NamedTuple):
    """What the form and the auxiliaries make of a verb."""

    mood: str
    tense: str
    passive: bool = False
    governor: str = ""


def _classified(
    words: Sequence[Word],
    head: _Head,
    start: int,
    auxiliaries: list[str],
    before: str,
    negated: bool,
    at: int,
    taken: Collection[int],
) -> VerbGroup | None:
    reading: _Reading | None
    is_base = head.form == "base" or words[head.at].key == head.lemma.partition(" ")[0]  # "to officially quit"
    if before == "to" and (is_base or auxiliaries[:1] == ["have"]):
        keys = [word.key for word in words[:at] if word.is_word and word.key not in _ADVERBS]
        governor = "yet" if at and words[at - 1].key == "yet" else keys[-1] if keys else ""  # "has yet to ratify"
        reading = _Reading("infinitive", "present", False, governor)
        negated = negated or (at > 0 and words[at - 1].key in _NEGATORS)
    elif head.form in ("past|participle", "participle", "past"):
        is_led = head.end < len(words) and words[head.end].key == "by"
        reading = _past(head, auxiliaries, before, is_bare=start == head.at, is_led=is_led)
    elif head.form == "ing":
        reading = _progressive(auxiliaries, before)
    else:
        reading = _present(head, auxiliaries, before)
    if reading is None:
        return None
    mood = "possible" if reading.mood == "fact" and _is_hypothetical(words, start, taken) else reading.mood
    return VerbGroup(
        head.act, head.lemma, words[start].start, words[head.end - 1].end,
        mood, reading.tense, negated, reading.passive, reading.governor,
    )  # fmt: skip


def _mood(auxiliaries: Collection[str]) -> str:
    if any(aux in _WILL for aux in auxiliaries):
        return "future"
    return "possible" if any(aux in _MODAL for aux in auxiliaries) else "fact"


def _past(head: _Head, auxiliaries: list[str], before: str, *, is_bare: bool, is_led: bool) -> _Reading | None:
    """Of a past form or a participle; one that "by" follows is in the passive: "ratified by the Senate"."""
    if not auxiliaries and before in _NOT_A_VERB_AFTER and is_bare:
        return None
    is_state = head.lemma.startswith("be ")
    perfect = any(aux in _HAVE for aux in auxiliaries)
    passive = head.form != "past" and not is_state and any(aux in _PARTICIPLE_LEADS for aux in auxiliaries)
    passive = passive or (
        (head.form == "participle" or (is_led and head.form != "past")) and not auxiliaries and not is_state
    )
    tense = "perfect" if perfect else "past"
    if passive and auxiliaries and auxiliaries[-1] in ("is", "are", "be") and not perfect:
        tense = "present"
    is_prospect = passive and before == "to" and auxiliaries[:1] == ["be"]
    mood = _mood(auxiliaries)
    return _Reading("possible" if is_prospect and mood == "fact" else mood, tense, passive)


def _progressive(auxiliaries: list[str], before: str) -> _Reading | None:
    if any(aux in _BE for aux in auxiliaries):
        return _Reading(_mood(auxiliaries), "progressive")
    if before in ("the", "a", "an", "its", "their", "his", "her", "s"):
        return None
    return _Reading("gerund", "progressive", False, before)


def _present(head: _Head, auxiliaries: list[str], before: str) -> _Reading | None:
    if not auxiliaries and head.form == "base" and head.lemma in _ALSO_NOUNS:
        return None
    if not auxiliaries and before in _NOT_A_VERB_AFTER | {"of", "in", "on", "for", "with", "from", "s"}:
        return None
    return _Reading(_mood(auxiliaries), "past" if "did" in auxiliaries else "present")


def _is_hypothetical(words: Sequence[Word], start: int, taken: Collection[int]) -> bool:
    """Whether "if" or "whether" begins the clause that the verb stands in, or a noun of hearsay with "that"."""
    for at in range(start - 1, max(-1, start - 12), -1):
        if at in taken:
            continue
        if words[at].key in _IF:
            return True
        if words[at].key == "that" and at and words[at - 1].key in _HEARSAY:
            return True
        if words[at].text in ",;:.—" or words[at].key in ("that", "which", "who", "but", "then"):
            return False
    return False
