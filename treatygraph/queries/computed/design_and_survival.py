"""Which features of a treaty's text go with its survival."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from typing import Any, Final, NamedTuple

from treatygraph.build.shelf import Shelf
from treatygraph.model.records import Clause, Instrument
from treatygraph.queries.question import Asked, Row

HEADER = """
# summary: Which features of the text of treaties go with survival: of those in force on a day, which shares lasted
#   to a later one.
# number: 39
# theme: network
# answer: {feature|features} of the treaties in force on {since}, each with how many lasted to {on}; what goes
#   together need not cause each other.
# param: since date "2010-01-01" Treaties in force on this day are counted.
# param: on date "2026-11-23" A treaty has survived if it is in force on this day.
# param: scope any|bilateral|multilateral "any" How many parties the treaties are made for.
# column: feature What the text has.
# column: with How many of the treaties have it.
# column: lasted How many of these lasted.
# column: share_with Their share, from 0 to 1; empty where none has it.
# column: without How many of the treaties do not have it, or are not on record as having it.
# column: lasted_without How many of these lasted.
# column: share_without Their share.
# column: difference Share with less share without.
# column: ended Ids of those with the feature that did not last, separated by spaces.
"""

Terms = list[tuple[str, Mapping[str, Any]]]
"""The clauses of a card: kind and terms."""
_CARD: Final = {item.name: number for number, item in enumerate(fields(Instrument))}
_CLAUSE: Final = {item.name: number for number, item in enumerate(fields(Clause))}
_KINDS: Final = ("treaty", "protocol", "amendment", "executive-agreement")


def _has(kind: str, *keys: str) -> Callable[[Terms], bool]:
    return lambda found: any(one == kind and all(terms.get(key) for key in keys) for one, terms in found)


_FEATURES: Final[Mapping[str, Callable[[Terms], bool]]] = {
    "withdrawal clause with a period of notice": _has("withdrawal", "period"),
    "withdrawal only on extraordinary events": _has("withdrawal", "ground"),
    "Security Council must be told of a withdrawal": lambda found: any(
        kind == "withdrawal" and "security-council" in terms.get("addressees", ()) for kind, terms in found
    ),
    "armed conflict defers a withdrawal": _has("withdrawal", "tail"),
    "no withdrawal clause, text searched": _has("withdrawal", "none"),
    "unlimited duration": _has("duration", "unlimited"),
    "fixed term": _has("duration", "term"),
    "fixed term that renews itself": _has("duration", "term", "renews"),
    "life tied to another instrument": _has("duration", "as"),
    "verification clause": _has("verification"),
    "numerical limit": _has("limit", "number"),
    "reservations barred": _has("reservation-ban"),
}


class _Treaty(NamedTuple):
    name: str
    clauses: Terms
    lasted: bool


def rows(shelf: Shelf, asked: Asked) -> Iterator[Row]:
    """One row for each feature, in the order in which texts have them; clauses that nobody has read count as absent."""
    treaties = list(_treaties(shelf, asked))
    for feature, has in _FEATURES.items():
        mine = [one for one in treaties if has(one.clauses)]
        rest = [one for one in treaties if not has(one.clauses)]
        kept, others = sum(one.lasted for one in mine), sum(one.lasted for one in rest)
        difference = f"{kept / len(mine) - others / len(rest):+.3f}" if mine and rest else ""
        gone = " ".join(one.name for one in mine if not one.lasted)
        yield (
            feature, str(len(mine)), str(kept), _share(kept, len(mine)), str(len(rest)), str(others),
            _share(others, len(rest)), difference, gone,
        )  # fmt: skip


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else ""


def _treaties(shelf: Shelf, asked: Asked) -> Iterator[_Treaty]:
    cards = _cards(shelf)
    for name, clauses in cards.items():
        brief = shelf.get("brief", name)
        if brief["kind"] not in _KINDS or asked["scope"] not in ("any", brief["scope"]):
            continue
        if _in_force(brief, asked["since"]):
            yield _Treaty(name, clauses, _in_force(brief, asked["on"]))


def _in_force(brief: Mapping[str, Any], on: str) -> bool:
    """Whether a treaty is in force on a day; an uncertain end counts when it is certainly over."""
    entry, end = brief["entry"], brief["end"]
    return bool(entry) and entry <= on and not (end and end.rpartition("/")[2] <= on)


def _cards(shelf: Shelf) -> dict[str, Terms]:
    """The clauses of every card, kept: kinds and terms alone, without decoding the rest."""
    if "clauses of cards" not in shelf.memo:
        shelf.memo["clauses of cards"] = {
            name: [(row[_CLAUSE["kind"]], row[_CLAUSE["terms"]]) for row in value[_CARD["clauses"]]]
            for name, value in shelf.all("instrument")
        }
    found: dict[str, Terms] = shelf.memo["clauses of cards"]
    return found
