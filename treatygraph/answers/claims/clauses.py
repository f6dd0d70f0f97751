"""Claims about what a text says: its clauses and the limits that it sets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

from treatygraph.answers.claims.draft import Draft
from treatygraph.answers.claims.evidence import Evidence
from treatygraph.answers.claims.verdicts import CONFIRMED, CONTRADICTED, IMPRECISE, NOT_ON_RECORD, Held, Proof, capital
from treatygraph.answers.wording import listed
from treatygraph.facts.claim_terms import CLAUSE_WORDS
from treatygraph.model import names
from treatygraph.model.dates import Period
from treatygraph.model.quantities import Quantity
from treatygraph.model.records import Clause

__all__ = ["clause_says", "limit_says"]

_PERIODS: Final = ("period", "term", "delay", "max", "renews")
_NUMBERS: Final = ("count", "number", "some")
_ROMAN: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ALIKE: Final = {
    "launcher": "delivery", "missile": "delivery", "bomber": "delivery", "vehicle": "delivery", "system": "delivery",
    "kilometre": "km", "kilometer": "km", "kilotonne": "kt", "kiloton": "kt", "ton": "tonne", "enriched": "enrichment",
}  # fmt: skip
"""Words for the same thing, in the singular."""
_EMPTY: Final = frozenset({"the", "and", "for", "of", "on", "in", "each", "strategic", "nuclear"})
_BODIES: Final = {
    "security council": "security-council", "un security council": "security-council",
    "united nations security council": "security-council", "all parties": "all-parties",
    "other parties": "all-parties", "all other parties": "all-parties", "all states parties": "all-parties",
    "states parties": "all-parties", "other party": "other-party", "executive council": "executive-council",
    "un secretary general": "un", "secretary general": "un", "secretary general of the united nations": "un",
    "united nations": "un", "depositaries": "depositary", "depository": "depositary",
}  # fmt: skip


def clause_says(evidence: Evidence, draft: Draft) -> Held:
    """``clause-says``: the period, article, number, addressees or times of a clause, or whether there is one.

    That there is none is on record only where the whole text was read, or where the card says so (rule K9).
    """
    name, word = draft.get("instrument"), draft.get("clause")
    clauses = _clauses(evidence, name, word)
    absent = draft.get("exists") == "no" or draft.get("none") == "yes" or word == "none"
    if absent or draft.get("exists") == "yes":
        return _exists(evidence, draft, clauses, absent=absent)
    if word == "depositary" and draft.get("addressee"):
        return _depositaries(evidence, draft, clauses)
    there = [clause for clause in clauses if clause.get("none") != "yes"]
    if not there:
        return _exists(evidence, draft, clauses, absent=False)
    graded = [(_grade(draft, clause), clause) for clause in there]
    order = (CONFIRMED, IMPRECISE, CONTRADICTED, NOT_ON_RECORD)
    verdict, clause = min(graded, key=lambda item: order.index(item[0]))
    told = [clause] if verdict != CONTRADICTED else [item for grade, item in graded if grade == CONTRADICTED]
    return Held(verdict, _told(evidence, name, told), tuple(_proof(name, item) for item in told))


def _clauses(evidence: Evidence, name: str, word: str) -> list[Clause]:
    """The clauses of a kind on the card, those of another instrument where the card borrows them."""
    kind = CLAUSE_WORDS[word]
    clauses = list(evidence.borrowed(name).clauses_of(kind))
    if word == "conflict-tail":
        return [clause for clause in clauses if clause.get("tail")]
    if word == "term":  # a treaty of unlimited duration has no term
        return [clause for clause in clauses if clause.get("unlimited") != "yes"]
    return clauses


def _exists(evidence: Evidence, draft: Draft, clauses: Sequence[Clause], *, absent: bool) -> Held:
    """Whether there is a clause of the kind."""
    name, word = draft.get("instrument"), draft.get("clause")
    kind = "withdrawal" if word == "none" else word
    there = [clause for clause in clauses if clause.get("none") != "yes" and not _says_none(clause)]
    title = capital(evidence.title(name))
    if there:
        return Held(
            CONTRADICTED if absent else CONFIRMED,
            _told(evidence, name, there),
            tuple(_proof(name, item) for item in there),
        )
    whole = evidence.card(name).text.read == "whole"
    unlimited = [c for c in evidence.borrowed(name).clauses_of("duration") if c.get("unlimited") == "yes"]
    if word == "term" and unlimited:
        return Held(
            CONFIRMED if absent else CONTRADICTED, _told(evidence, name, unlimited), (_proof(name, unlimited[0]),)
        )
    denied = (
        bool(clauses)
        or (whole and word != "conflict-tail")
        or (word == "conflict-tail" and bool(_clauses(evidence, name, "withdrawal")))
    )
    if denied:
        text = f"{title} has no {kind.replace('-', ' ')} clause."
        return Held(CONFIRMED if absent else CONTRADICTED, text, tuple(_proof(name, item) for item in clauses))
    return Held(
        NOT_ON_RECORD,
        f"No {kind.replace('-', ' ')} clause of {evidence.title(name)} is on record; its text was not read whole.",
    )


def _says_none(clause: Clause) -> bool:
    """Whether a line tells that the text was searched and has no such clause."""
    return clause.cite.at == "none"


def _depositaries(evidence: Evidence, draft: Draft, clauses: Sequence[Clause]) -> Held:
    card = evidence.card(draft.get("instrument"))
    title = capital(evidence.title(card.id))
    named = (*card.depositaries, *(item for clause in clauses for item in clause.many("is")))
    there = {_bearer(evidence, _body(item)) for item in named}
    if not there:
        return Held(NOT_ON_RECORD, f"The record has no depositary of {evidence.title(card.id)}.")
    said = {_bearer(evidence, _body(item)) for item in draft.many("addressee")}
    shown = listed([evidence.named(item) if item in evidence.states else item for item in card.depositaries])
    text = f"{title} is deposited with {shown or listed(sorted(there))}."
    proof = evidence.of_card(card.id, "depositaries", "the depositaries")
    if said == there:
        return Held(CONFIRMED, text, (proof,))
    return Held(IMPRECISE if said & there else CONTRADICTED, text, (proof,))


def _bearer(evidence: Evidence, name: str) -> str:
    """The code of the state that bears the identity of a depositary today: Russia for the Soviet Union."""
    code = name.upper()
    return next(iter(evidence.heirs(code)), code) if code in evidence.states else name


def _body(text: str) -> str:
    """An addressee or a depositary in one form."""
    plain = names.key(text)
    return _BODIES.get(plain, plain.replace(" ", "-") if plain.islower() and len(plain) > 3 else plain)


def _grade(draft: Draft, clause: Clause) -> str:
    """Every term of the claim held against one clause: the worst counts."""
    grades = []
    if draft.get("article"):
        grades.append(_article(draft.get("article"), clause.article))
    if draft.get("period"):
        grades.append(_period(draft.get("period"), [clause.get(key) for key in _PERIODS if clause.get(key)]))
    for term, keys in (("number", _NUMBERS), ("times", ("times",))):
        if draft.get(term):
            grades.append(
                _number(Quantity.parse(draft.get(term)), [clause.get(key) for key in keys if clause.get(key)])
            )
    if draft.get("addressee"):
        grades.append(
            _addressees(
                {_body(item) for item in draft.many("addressee")}, {_body(item) for item in clause.many("addressees")}
            )
        )
    order = (CONTRADICTED, NOT_ON_RECORD, IMPRECISE, CONFIRMED)
    return min(grades, key=order.index, default=CONFIRMED)


def _article(said: str, written: str) -> str:
    if not written:
        return NOT_ON_RECORD
    mine, theirs = _numbers(said), _numbers(written)
    return CONFIRMED if mine and mine == theirs[: len(mine)] else CONTRADICTED


def _numbers(article: str) -> list[str]:
    """An article in parts, Roman numerals as numbers: ``X(1)`` is 10, 1.

    >>> _numbers("Article XIV(3)"), _numbers("14.3")
    (['14', '3'], ['14', '3'])
    """
    parts = [
        part
        for part in re.split(r"[^0-9a-z]+", article.casefold())
        if part not in ("", "article", "art", "paragraph", "para")
    ]
    return [str(_arabic(part)) if part and set(part) <= set(_ROMAN) else part for part in parts]


def _arabic(roman: str) -> int:
    values = [_ROMAN[letter] for letter in roman]
    return sum(
        -value if any(value < later for later in values[index + 1 :]) else value for index, value in enumerate(values)
    )


def _period(said: str, written: Sequence[str]) -> str:
    """Periods are the same as written, loose where they are about as long."""
    if not written:
        return NOT_ON_RECORD
    mine = Period.parse(said)
    if any(_length(mine) == _length(Period.parse(item)) and _same_unit(mine, Period.parse(item)) for item in written):
        return CONFIRMED
    return (
        IMPRECISE
        if any(abs(_length(mine) - _length(Period.parse(item))) <= _length(mine) * 0.05 for item in written)
        else CONTRADICTED
    )


def _length(period: Period) -> float:
    """About how many days."""
    return period.days + 365.25 / 12 * (period.months + 12 * period.years)


def _same_unit(first: Period, second: Period) -> bool:
    return bool(first.days) == bool(second.days)


def _number(said: Quantity, written: Sequence[str]) -> str:
    if not written:
        return NOT_ON_RECORD
    numbers = [float(part) for item in written for part in re.findall(r"\d+(?:\.\d+)?", item)]
    if any(said.holds(_exact(number)) for number in numbers):
        return CONFIRMED
    return IMPRECISE if any(said.is_near(_exact(number)) and number > 20 for number in numbers) else CONTRADICTED


def _exact(number: float) -> int | Fraction:
    return int(number) if number == int(number) else Fraction(str(number))


def _addressees(said: set[str], written: set[str]) -> str:
    if not written:
        return NOT_ON_RECORD
    if said == written:
        return CONFIRMED
    return CONFIRMED if said < written else IMPRECISE if said & written else CONTRADICTED


def _told(evidence: Evidence, name: str, clauses: Sequence[Clause]) -> str:
    parts = []
    for clause in clauses:
        article = f"article {clause.article}: " if clause.article else ""
        gist = clause.get("gist").rstrip(".") or ", ".join(f"{key} {clause.get(key)}" for key in clause.terms)
        parts.append(f"{article}{gist}")
    return f"{capital(evidence.title(name))}, {'; '.join(parts)}."


def _proof(name: str, clause: Clause) -> Proof:
    return Proof(f"{name}#{clause.kind}", f"the {clause.kind.replace('-', ' ')} clause", clause.cite.sources)


# ---------------------------------------------------------------------- limits


def limit_says(evidence: Evidence, draft: Draft) -> Held:
    """``limit-says``: a number, or a range, that the text sets for the thing nearest to the words of ``item``.

    Nothing is contradicted by a limit on something else: where no limit is on what the claim names, only a number
    that the text does set confirms it.
    """
    name, item = draft.get("instrument"), draft.get("item")
    limits = [
        clause
        for clause in evidence.card(name).clauses
        if clause.kind in ("limit", "verification") and clause.get("number")
    ]
    title = evidence.title(name)
    if not limits:
        return Held(NOT_ON_RECORD, f"The record has no limit of {title}.")
    meant = _meant(item, limits, ("item", "unit"))
    loose = meant or _meant(item, limits, ("item", "unit", "gist"))
    shown = loose or limits
    grade = _graded(draft.get("number"), shown)
    text = f"{capital(title)} sets {listed([_limit(clause) for clause in shown[:6]])}."
    proofs = tuple(_proof(name, clause) for clause in shown[:6])
    if grade == CONFIRMED and (loose or not item):
        return Held(CONFIRMED, text, proofs)
    if item and not meant:
        return Held(NOT_ON_RECORD, text, proofs)
    if item and _graded(draft.get("number"), limits) == CONFIRMED:
        return Held(CONTRADICTED, f"{text} The number is that of another limit.", proofs)
    return Held(grade, text, proofs)


def _graded(said: str, limits: Sequence[Clause]) -> str:
    """How a number as written stands to those of some limits; a range may be set in parts: 500 to 1,000 to 5,500."""
    written = [clause.get("number") for clause in limits]
    ends = [float(part.replace(",", "")) for part in _RANGE.findall(said)]
    if len(ends) == 2:
        spans = sorted(
            (min(numbers), max(numbers)) for text in written if (numbers := [float(x) for x in _RANGE.findall(text)])
        )
        if not spans:
            return NOT_ON_RECORD
        is_joined = all(after[0] <= before[1] for before, after in pairwise(spans))
        whole = [(spans[0][0], max(high for _, high in spans))] if is_joined else []
        return CONFIRMED if (min(ends), max(ends)) in (*spans, *whole) else CONTRADICTED
    grades = [_number(Quantity.parse(said), [text]) for text in written]
    return next((grade for grade in (CONFIRMED, IMPRECISE) if grade in grades), CONTRADICTED)


_RANGE: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")


def _limit(clause: Clause) -> str:
    unit = f" {clause.get('unit')}" if clause.get("unit") else ""
    item = clause.get("item").replace("-", " ")
    return f"{clause.get('number')}{unit}{f' for {item}' if item else ''}"


def _meant(item: str, limits: Sequence[Clause], words: Sequence[str]) -> list[Clause]:
    """The limits whose words share most with the claim's, and have fewest besides; all where the claim has none."""
    if not item:
        return list(limits)
    wanted = _stems(_thing(item))
    scored = []
    for clause in limits:
        having = _stems(_thing(" ".join(clause.get(word) for word in words)))
        shared = wanted & having
        # what is "not deployed" besides is another thing than what is deployed; a bare "launchers" may be either
        apart = "deployed" in wanted and ({"non", "not"} & wanted != set()) != ({"non", "not"} & having != set())
        more = len(having - wanted - (_KINDS if "deployed" not in wanted else frozenset()))
        scored.append((len(shared - _KINDS), not apart, len(shared), -more) if shared - _KINDS else (0, False, 0, 0))
    best = max(scored)
    return [clause for score, clause in zip(scored, limits, strict=True) if score == best] if best[0] else []


def _thing(text: str) -> str:
    """What is limited, without what it is counted by: "interceptors" of "interceptors per site"."""
    return re.split(r"\b(?:per|for|at|a|each)\b", text.replace("-", " "))[0] or text


_KINDS: Final = frozenset({"deployed", "non", "not", "or", "whether"})
"""Words that say of which kind, not what."""


def _stems(text: str) -> set[str]:
    words = {word.rstrip("s") for word in names.key(text).split() if len(word) > 1}
    return {_ALIKE.get(word, word) for word in words} - _EMPTY
