"""Words that no list knows: every closed value is held against :mod:`treatygraph.model.vocabulary`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from treatygraph.model import vocabulary
from treatygraph.model.errors import Finding
from treatygraph.model.records import Event, Facts, Instrument

__all__ = ["unknown_words"]

_CODES: Final = ("including", "of", "all_of")
"""Keys of an entry clause that carry codes of states."""

Use = tuple[str, str, str, str, Sequence[str]]
"""Place, record, what the word says, the word, and the list that must know it."""


def unknown_words(facts: Facts) -> Iterator[Finding]:
    """An error for every closed value that is not on its list; where a word may be absent, empty passes."""
    for place, record, what, word, known in _uses(facts):
        if word not in known:
            message = f"'{word}' is not a {what}." if word else f"the {what} is empty."
            yield _finding(place, record, message, f"use one of: {', '.join(known)}.")
    yield from _unknown_codes(facts)


def _finding(place: str, record: str, message: str, mend: str) -> Finding:
    return Finding(place, "unknown-word", message, mend, record=record)


def _uses(facts: Facts) -> Iterator[Use]:
    for card in facts.instruments.values():
        yield from _of_card(card)
        yield from _of_clauses(card)
    for ledger in facts.acts.values():
        for act in ledger:
            yield act.cite.place, act.id, "kind of act", act.kind, vocabulary.ACTS
    for source in facts.sources.values():
        yield source.cite.place, source.id, "kind of source", source.kind, vocabulary.SOURCE_KINDS
    for state in facts.states.values():
        if state.mode:
            yield state.cite.place, state.code, "mode of succession", state.mode, vocabulary.SUCCESSION_MODES
        for span in state.systems:
            yield span.cite.place, state.code, "list of states", span.system, vocabulary.STATE_LISTS
    for view in facts.assertions:
        yield view.cite.place, view.id, "stance", view.stance, vocabulary.STANCES
        if view.holds:
            yield view.cite.place, view.id, "standing, status or flag", view.holds, vocabulary.HELD
    for event in facts.events.values():
        yield from _of_event(event)


def _of_event(event: Event) -> Iterator[Use]:
    yield event.cites["type"].place, event.id, "type of event", event.type, vocabulary.EVENT_TYPES
    for word in event.of:
        yield event.cites["of"].place, event.id, "act that an event is about", word, vocabulary.ANNOUNCED
    if event.type == "announcement" and not event.of:
        yield event.cites["type"].place, event.id, "act that is announced ('of')", "", vocabulary.ANNOUNCED
    for person in event.officials:
        yield person.cite.place, event.id, "role", person.role, vocabulary.ROLES


def _of_card(card: Instrument) -> Iterator[Use]:
    for key, what, word, known in (
        ("kind", "kind of instrument", card.kind, vocabulary.INSTRUMENT_KINDS),
        ("scope", "scope", card.scope, vocabulary.SCOPES),
        ("binding", "value of 'binding'", card.binding, vocabulary.BINDING),
        ("ended", "way to end", card.ended_how, vocabulary.ENDINGS),
    ):
        if key in card.cites:
            yield card.cites[key].place, card.id, what, word, known
    for topic in card.topics:
        yield card.cites["topics"].place, card.id, "topic", topic, vocabulary.TOPICS
    for relation in card.relations:
        yield relation.cite.place, card.id, "relation", relation.relation, vocabulary.RELATIONS


def _of_clauses(card: Instrument) -> Iterator[Use]:
    for clause in card.clauses:
        for key in clause.terms:
            known = vocabulary.CLAUSE_VALUES.get((clause.kind, key))
            if known and key not in _CODES:
                for word in clause.many(key):
                    what = f"value of '{key}' in the clause {clause.kind}"
                    yield clause.cite.place, f"{card.id}#{clause.kind}", what, word, known


def _unknown_codes(facts: Facts) -> Iterator[Finding]:
    """Codes of states in entry clauses: a word in lower case leads nowhere and would never be met."""
    for card in facts.instruments.values():
        for clause in card.clauses:
            for key in _CODES:
                words = vocabulary.CLAUSE_VALUES.get((clause.kind, key), ())
                for word in clause.many(key):
                    if word not in words and word not in facts.states:
                        mend = f"use codes of states.csv{''.join(f', or {known}' for known in words)}."
                        message = f"'{word}' is not a value of '{key}'."
                        yield _finding(clause.cite.place, f"{card.id}#{clause.kind}", message, mend)
