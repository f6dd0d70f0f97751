"""What was known of the standing of states under an instrument by an earlier day, before later corrections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from treatygraph.bonds.powers import states_of
from treatygraph.build.index import Index
from treatygraph.law.derivations import Corpus
from treatygraph.model.dates import within
from treatygraph.model.records import Facts, Instrument
from treatygraph.model.standings import Derivation, Standing
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: What was known by an earlier day of how states stood under an instrument, and what later acts have
#   changed of it.
# number: 36
# theme: sources
# answer: By {known}, how {state|states} stood under {instrument} on {on} was known otherwise than now.
# param: instrument instrument "NPT" The instrument, by id, title, abbreviation or alias.
# param: on date "1993-02-01" The day asked about.
# param: known date "1993-02-01" Only what was on record by this day.
# option: show changed|all "changed" Only states whose standing on that day is seen otherwise now, or all.
# column: code Code of the state.
# column: name Its name.
# column: then How it stood on the day as known by then; none where it was not in the tables.
# column: then_since Since when, as known by then, in EDTF.
# column: now How it stood on the day as known now.
# column: now_since Since when, as known now, in EDTF.
# column: changed Whether the two differ: yes or no.
"""


def rows(index: Index, asked: QuestionValues) -> Iterator[Row]:
    """One row for each state (rule R1), in order of code."""
    on, name = asked.day("on"), asked["instrument"]
    before = _on(derived_by(index, name, asked.day("known")).standings, on)
    after = _on(index.derivation(name).standings, on)
    for code in sorted(before.keys() | after.keys()):
        then, now = _told(before.get(code)), _told(after.get(code))
        differ = then != now
        if differ or asked["show"] == "all":
            yield code, index.existences()[code].name, *then, *now, "yes" if differ else "no"


def _on(standings: Sequence[Standing], on: date) -> dict[str, Standing]:
    return {one.state: one for one in standings if within(on, one.start, one.end)}


def _told(one: Standing | None) -> tuple[str, str]:
    return (one.standing, one.origin or one.since) if one else ("none", "")


def derived_by(index: Index, name: str, known: date) -> Derivation:
    """What the depositaries' record yields for one instrument from the acts on record by a day.

    Only the instruments that its standings depend on are derived along with it, however deep.
    """
    return index.keep(("derived by", name, known), lambda: Corpus(_facts(index, name), known).default[name])


def _facts(index: Index, name: str) -> Facts:
    return index.keep(("facts of", name), lambda: _facts_of(index, _cards(index, name)))


def _facts_of(index: Index, cards: dict[str, Instrument]) -> Facts:
    return Facts(
        states=states_of(index),
        instruments=cards,
        acts={name: index.ledger(name) for name in cards},
        assertions=tuple(one for one in index.assertions() if one.instrument in cards),
        conflicts=index.conflicts(),
    )


def _cards(index: Index, name: str) -> dict[str, Instrument]:
    """The instrument, with those that its standings depend on, however deep."""
    links = _links(index)
    cards: dict[str, Instrument] = {}
    pending = [name]
    while pending:
        one = pending.pop()
        card = None if one in cards else index.instrument(one)
        if card:
            cards[one] = card
            pending.extend(sorted(links.get(one, ())))
    return cards


def _links(index: Index) -> dict[str, set[str]]:
    """What the standings under each instrument can depend on: see :meth:`treatygraph.law.derivations.Corpus.needs`."""
    return index.keep(("links of instruments",), lambda: _links_between(index.instruments()))


def _links_between(cards: Mapping[str, Instrument]) -> dict[str, set[str]]:
    links: dict[str, set[str]] = {}
    for name, card in cards.items():
        for relation in ("extends", "supersedes"):
            for other in card.related(relation):
                links.setdefault(other, set()).add(name)
        needs = links.setdefault(name, set())
        needs.update(*map(card.related, ("protocol-to", "amends")))
        for clause in card.clauses:
            needs.update(clause.get(key) for key in ("as", "after") if clause.get(key))
            if clause.kind == "supersession" and clause.get("ends"):
                links.setdefault(clause.get("ends"), set()).add(name)
    return links
