"""What was known of the standing of states under an instrument by an earlier day, before later corrections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from typing import Final

from treatygraph.bonds.powers import states_of
from treatygraph.build.codec import decode
from treatygraph.build.shelf import Shelf, fetch
from treatygraph.law.derivations import Corpus
from treatygraph.model.dates import within
from treatygraph.model.records import Act, Assertion, Clause, Conflict, Facts, Instrument
from treatygraph.model.standings import Derivation, Standing
from treatygraph.queries.computed._documents import standings, state_name
from treatygraph.queries.question import Asked, Row

HEADER = """
# summary: What was known by an earlier day of how states stood under an instrument, and what later acts have
#   changed of it.
# number: 36
# theme: sources
# answer: By {known}, how {state|states} stood under {instrument} on {on} was known otherwise than now.
# param: instrument instrument "NPT" The instrument, by id, title, abbreviation or alias.
# param: on date "1993-02-01" The day asked about.
# param: known date "1993-02-01" Only what was on record by this day.
# param: show changed|all "changed" Only states whose standing on that day is seen otherwise now, or all.
# column: code Code of the state.
# column: name Its name.
# column: then How it stood on the day as known by then; none where it was not in the tables.
# column: then_since Since when, as known by then, in EDTF.
# column: now How it stood on the day as known now.
# column: now_since Since when, as known now, in EDTF.
# column: changed Whether the two differ: yes or no.
"""


_CARD: Final = {item.name: number for number, item in enumerate(fields(Instrument))}
_CLAUSE: Final = {item.name: number for number, item in enumerate(fields(Clause))}


def rows(shelf: Shelf, asked: Asked) -> Iterator[Row]:
    """One row for each state (rule R1), in order of code."""
    on, name = asked.day("on"), asked["instrument"]
    before = _on(list(derived_by(shelf, name, asked.day("known")).standings), on)
    after = _on(standings(shelf, name), on)
    for code in sorted(before.keys() | after.keys()):
        then, now = _told(before.get(code)), _told(after.get(code))
        differ = then != now
        if differ or asked["show"] == "all":
            yield code, state_name(shelf, code), *then, *now, "yes" if differ else "no"


def _on(found: list[Standing], on: date) -> dict[str, Standing]:
    return {one.state: one for one in found if within(on, one.start, one.end)}


def _told(one: Standing | None) -> tuple[str, str]:
    return (one.standing, one.origin or one.since) if one else ("none", "")


def derived_by(shelf: Shelf, name: str, known: date) -> Derivation:
    """What the depositaries' record yields for one instrument from the acts on record by a day.

    Only the instruments that its standings depend on are derived along with it, however deep.
    """
    asked = ("derived by", name, known)
    if asked not in shelf.memo:
        shelf.memo[asked] = Corpus(_facts(shelf, name), known).default[name]
    found: Derivation = shelf.memo[asked]
    return found


def _facts(shelf: Shelf, name: str) -> Facts:
    if ("facts of", name) not in shelf.memo:
        cards = _cards(shelf, name)
        shelf.memo["facts of", name] = Facts(
            states=states_of(shelf),
            instruments=cards,
            acts={one: tuple(decode(Act, row) for row in shelf.get("ledger", one) or ()) for one in cards},
            assertions=tuple(
                decode(Assertion, row) for row in shelf.get("table", "assertions") or () if row[2] in cards
            ),
            conflicts=tuple(decode(Conflict, row) for row in shelf.get("table", "conflicts") or ()),
        )
    found: Facts = shelf.memo["facts of", name]
    return found


def _cards(shelf: Shelf, name: str) -> dict[str, Instrument]:
    """The instrument, with those that its standings depend on, however deep."""
    links = _links(shelf)
    found: dict[str, Instrument] = {}
    pending = [name]
    while pending:
        one = pending.pop()
        card = None if one in found else fetch(shelf, Instrument, "instrument", one)
        if card:
            found[one] = card
            pending.extend(sorted(links.get(one, ())))
    return found


def _links(shelf: Shelf) -> dict[str, set[str]]:
    """What the standings under each instrument can depend on: see :meth:`treatygraph.law.derivations.Corpus.needs`."""
    if "links of instruments" not in shelf.memo:
        found: dict[str, set[str]] = {}
        for name, value in shelf.all("instrument"):
            for relation, other, *_ in value[_CARD["relations"]]:
                if relation in ("extends", "supersedes"):
                    found.setdefault(other, set()).add(name)
                elif relation in ("protocol-to", "amends"):
                    found.setdefault(name, set()).add(other)
            for row in value[_CARD["clauses"]]:
                terms = row[_CLAUSE["terms"]]
                found.setdefault(name, set()).update(terms[key] for key in ("as", "after") if terms.get(key))
                if row[_CLAUSE["kind"]] == "supersession" and terms.get("ends"):
                    found.setdefault(terms["ends"], set()).add(name)
        shelf.memo["links of instruments"] = found
    kept: dict[str, set[str]] = shelf.memo["links of instruments"]
    return kept
