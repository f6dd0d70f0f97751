"""Which pairs would lose their last mutual instrument of a topic if a state left one.

A supposition (:mod:`treatygraph.answers.whatif.answer`) derives every standing anew and counts all pairs before and
after. Here one state is out on a day that is given, so only its own pairs can lose anything, and what it loses with the
instrument is told by the same two rules (R28, R29): the pairs are the same, in a tenth of the time and without numpy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from treatygraph.build.index import Index
from treatygraph.law.clauses import durations_of
from treatygraph.law.standings import frameworks_of
from treatygraph.model.records import Instrument
from treatygraph.queries.computed._documents import card, held_on, line_on
from treatygraph.queries.computed._pairs import bound_by, denied
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: If a state left an instrument, which pairs would lose their last mutual legally binding instrument of a
#   topic.
# number: 40
# theme: network
# answer: If {state} left {instrument} on {on}, {pair and topic|pairs and topics} would be left without a mutual
#   treaty.
# param: state state "US" The state that leaves.
# param: instrument instrument "CWC" The instrument, by id, title, abbreviation or alias.
# param: on date "2026-11-23" The day on which it would be out.
# option: topic topic "any" Only this topic, with all below it; any: each topic of the instrument.
# column: topic The topic of which nothing mutual would be left.
# column: code Code of the other state of the pair.
# column: name Its name.
# column: lost Ids of the instruments that would end between the two, separated by spaces.
"""


def rows(index: Index, asked: QuestionValues) -> Iterator[Row]:
    """One row for each topic and pair (rules R28 and R29)."""
    on, name = asked["on"], asked["instrument"]
    line = line_on(index, asked["state"], asked.day("on"))
    held = {one: row for one, row in held_on(index, line, on).items() if row.binds}
    if name not in held:
        return
    left = _left_with(index, name, held)
    for topic in _topics(index, asked):
        wanted = set(index.topic(topic) or ())
        about = [one for one in held if _is_about(index, one, wanted)]
        parties = {one: bound_by(index, one, on) - set(line) for one in about}
        for code in sorted(set().union(*(parties[one] for one in about if one in left))):
            shared = [one for one in about if code in parties[one] and not denied(index, one, held[one], code, on)]
            if shared and left.issuperset(shared):
                yield topic, code, index.existences()[code].name, " ".join(shared)


def _left_with(index: Index, name: str, held: Iterable[str]) -> set[str]:
    """The instrument, with what cannot stay without it: its protocols, extensions and what lives as long (R28, R29)."""
    cards = [card(index, one) for one in held]
    left: set[str] = set()
    more = {name}
    while more:
        left |= more
        more = {one.id for one in cards if _rests_on(one) & left} - left
    return left


def _rests_on(one: Instrument) -> set[str]:
    lives = {rule.lives_as for rule in durations_of(one) if rule.lives_as}
    return {*frameworks_of(one), *one.related("extends"), *lives}


def _is_about(index: Index, name: str, topics: set[str]) -> bool:
    summary = index.summary(name)
    return summary.binding is True and not topics.isdisjoint(summary.topics)


def _topics(index: Index, asked: QuestionValues) -> list[str]:
    if asked["topic"] != "any":
        return [asked["topic"]]
    return sorted(index.summary(asked["instrument"]).topics)
