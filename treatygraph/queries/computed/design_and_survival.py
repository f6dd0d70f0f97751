"""Which features of a treaty's text go with its survival."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from treatygraph.build.index import Index
from treatygraph.model.index_records import Summary
from treatygraph.model.records import Clause
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: Which features of the text of treaties go with survival: of those in force on a day, which shares lasted
#   to a later one.
# number: 39
# theme: network
# answer: {feature|features} of the treaties in force on {since}, each with how many lasted to {on}; what goes
#   together need not cause each other.
# option: since date "2010-01-01" Treaties in force on this day are counted.
# param: on date "2026-11-23" A treaty has survived if it is in force on this day.
# option: scope any|bilateral|multilateral "any" How many parties the treaties are made for.
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

Clauses = Sequence[Clause]
_KINDS: Final = ("treaty", "protocol", "amendment", "executive-agreement")


def _has(kind: str, *keys: str) -> Callable[[Clauses], bool]:
    return lambda clauses: any(one.kind == kind and all(one.terms.get(key) for key in keys) for one in clauses)


_FEATURES: Final[Mapping[str, Callable[[Clauses], bool]]] = {
    "withdrawal clause with a period of notice": _has("withdrawal", "period"),
    "withdrawal only on extraordinary events": _has("withdrawal", "ground"),
    "Security Council must be told of a withdrawal": lambda clauses: any(
        one.kind == "withdrawal" and "security-council" in one.terms.get("addressees", ()) for one in clauses
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


class _TreatyDesign(NamedTuple):
    name: str
    clauses: Clauses
    lasted: bool


def rows(index: Index, asked: QuestionValues) -> Iterator[Row]:
    """One row for each feature, in the order in which texts have them; clauses that nobody has read count as absent."""
    treaties = list(_treaties(index, asked))
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


def _treaties(index: Index, asked: QuestionValues) -> Iterator[_TreatyDesign]:
    for name, card in index.instruments().items():
        summary = index.summary(name)
        if summary.kind not in _KINDS or asked["scope"] not in ("any", summary.scope):
            continue
        if _in_force(summary, asked["since"]):
            yield _TreatyDesign(name, card.clauses, _in_force(summary, asked["on"]))


def _in_force(summary: Summary, on: str) -> bool:
    """Whether a treaty is in force on a day; an uncertain end counts when it is certainly over."""
    entry, end = summary.entry, summary.end
    return bool(entry) and entry <= on and not (end and end.rpartition("/")[2] <= on)
