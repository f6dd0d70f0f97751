"""Checks of the facts beyond reading them: what cannot be, and what deserves a second look.

Reading (``treatygraph.facts``) refuses what cannot be read and names that lead nowhere. The checks
here hold the records against each other: errors stop a build, warnings are shown and let it pass.
A failure that is permitted for now stands in ``exceptions.csv`` with its reason and an expiry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from treatygraph.checks import (
    coherence,
    derived,
    knowledge,
    ledgers,
    lives,
    mistakes,
    naming,
    people,
    rosters,
    sourcing,
    wikidata_links,
    words,
)
from treatygraph.checks.exceptions import spared, stale
from treatygraph.law.derivations import Corpus
from treatygraph.model.errors import Finding
from treatygraph.model.records import Facts

__all__ = ["findings", "stops"]


def stops(facts: Facts) -> list[Finding]:
    """The errors that stop a build, in order of place; empty when the facts may be built.

    An error that ``exceptions.csv`` permits does not stop a build, whether the exception has expired
    or not: the same facts build the same graph on any day. :func:`findings` shows it once expired.
    """
    return sorted(finding for finding in _errors(facts) if not spared(finding, facts.waivers))


def findings(facts: Facts, corpus: Corpus, today: date, further: Iterable[Finding] = ()) -> list[Finding]:
    """Every error and warning that no exception in force permits, in order of place.

    Args:
        facts: the facts, as read.
        corpus: the same facts, ready to be derived; unused while an error stands that stops a build.
        today: the day on which exceptions are held against their expiry, and acts against the calendar.
        further: what was found elsewhere, in the form of the files and in the built graph.
    """
    findings_so_far = [*further, *_errors(facts), *mistakes.not_yet(facts, today)]
    if not stops(facts):
        findings_so_far += _warnings(facts, corpus)
    shown = [finding for finding in findings_so_far if not spared(finding, facts.waivers, today)]
    return sorted([*shown, *stale(findings_so_far, facts.waivers, today)])


def _errors(facts: Facts) -> Iterator[Finding]:
    yield from words.unknown_words(facts)
    yield from naming.shared_names(facts)
    yield from lives.acts_outside_lives(facts)
    yield from lives.broken_lives(facts)
    yield from ledgers.ledger_errors(facts)
    yield from people.people_errors(facts)
    yield from sourcing.source_errors(facts)
    yield from wikidata_links.link_errors(facts)


def _warnings(facts: Facts, corpus: Corpus) -> Iterator[Finding]:
    """What needs sound records to be seen at all: mostly warnings."""
    yield from ledgers.disagreeing_sources(facts)
    yield from ledgers.ledgers_without_end(facts)
    yield from knowledge.gaps_with_acts(facts)
    yield from knowledge.successions_on_birthdays(facts)
    yield from people.two_holders(facts)
    yield from people.memberships_outside_lives(facts)
    yield from mistakes.mistakes(facts)
    yield from sourcing.unused_sources(facts)
    yield from coherence.incoherent(facts, corpus.derivations())
    yield from derived.against_the_law(facts, corpus)
    yield from knowledge.parties_without_parent(facts, corpus)
    yield from rosters.differing_totals(facts, corpus)
