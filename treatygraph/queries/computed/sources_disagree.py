"""Which sources disagree on a date or a standing, and by how much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from treatygraph.build.codec import decode
from treatygraph.build.shelf import Shelf
from treatygraph.checks.spans import apart
from treatygraph.model.records import Act, Assertion
from treatygraph.model.vocabulary import CONSENTS
from treatygraph.queries.computed._documents import body_name, cited, title
from treatygraph.queries.question import Asked, Row

HEADER = """
# summary: Which sources disagree on the day of an act, and by how much; and which authorities deny a standing.
# number: 35
# theme: sources
# answer: {disagreement is|disagreements are} on record.
# param: topic topic "any" A topic, with all below it; or any.
# param: days number "1" Only dates that are at least so many days apart; 0 for those not given to the same
#   precision too.
# column: id The instrument's id.
# column: title Its short title.
# column: about The act, or the standing, that they disagree about.
# column: state Code of the state; empty for the instrument itself.
# column: one What the first says: a date in EDTF, or what is held.
# column: one_source Titles of its sources.
# column: other What the other says.
# column: other_source Titles of its sources.
# column: days_apart The least number of days between the two dates; empty for a standing.
"""
_ONCE = frozenset({"signature", "adherence", "adoption", "intention-not-to-ratify"}) | CONSENTS


def rows(shelf: Shelf, asked: Asked) -> Iterator[Row]:
    """Dates first, in order of instrument and state; then standings that an authority denies (rules R8 and R39)."""
    wanted = set(shelf.get("topic", asked["topic"]) or ()) if asked["topic"] != "any" else None
    least = int(asked["days"])
    for name, first, second in _rivals(shelf):
        days = apart(first.date, second.date)
        if days >= least and _wanted(shelf, name, wanted):
            about = first.kind if first.kind == second.kind else f"{first.kind} / {second.kind}"
            about += f" at {first.depositary}" if first.depositary else ""
            yield (
                name, title(shelf, name), about, first.state, first.date.text, cited(shelf, first.cite.sources),
                second.date.text, cited(shelf, second.cite.sources), str(days),
            )  # fmt: skip
    for row in shelf.get("table", "assertions") or ():
        one = decode(Assertion, row)
        if one.stance == "rejects" and _wanted(shelf, one.instrument, wanted):
            about = one.act.replace("-", " ") or "standing"
            what = f"{one.act_date or 'done'}" if one.act else "on record"
            yield (
                one.instrument, title(shelf, one.instrument), about, one.state, what, "the record",
                f"{body_name(shelf, one.authority)} rejects it" + (f" and holds {one.holds}" if one.holds else ""),
                cited(shelf, one.cite.sources), "",
            )  # fmt: skip


def _wanted(shelf: Shelf, name: str, topics: set[str] | None) -> bool:
    return topics is None or not topics.isdisjoint(shelf.get("brief", name)["topics"])


def _rivals(shelf: Shelf) -> list[tuple[str, Act, Act]]:
    """Pairs of rows of a ledger that ought to be one act at one depositary; kept, since all ledgers are read."""
    if "rival dates" not in shelf.memo:
        shelf.memo["rival dates"] = [pair for name, ledger in shelf.all("ledger") for pair in _in_ledger(name, ledger)]
    found: list[tuple[str, Act, Act]] = shelf.memo["rival dates"]
    return found


def _in_ledger(name: str, ledger: Iterable[list[Any]]) -> Iterator[tuple[str, Act, Act]]:
    """Only rows whose state did the same act on another day at the same depositary are decoded."""
    groups: dict[tuple[str, str, str, str], list[list[Any]]] = {}
    rows = list(ledger)
    left = {row[1] for row in rows if row[2] not in _ONCE}
    for row in rows:
        if row[2] in _ONCE:
            sort = "consent" if row[2] in CONSENTS - {"succession"} else str(row[2])
            groups.setdefault((row[1], sort, row[6], row[7]), []).append(row)
    for (state, _, _, _), here in sorted(groups.items()):
        if state in left or len({row[3] for row in here}) < 2:
            continue  # a state that left in between may have done it twice
        acts = [decode(Act, row) for row in here]
        for first, second in pairwise(acts):
            if first.date != second.date and not set(first.cite.sources) & set(second.cite.sources):
                yield name, first, second
