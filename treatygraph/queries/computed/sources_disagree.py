"""Which sources disagree on a date or a standing, and by how much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from treatygraph.build.index import Index
from treatygraph.checks.spans import apart
from treatygraph.model.records import Act
from treatygraph.model.vocabulary import CONSENTS
from treatygraph.queries.computed._documents import body_name, cited
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: Which sources disagree on the day of an act, and by how much; and which authorities deny a standing.
# number: 35
# theme: sources
# answer: {disagreement is|disagreements are} on record.
# option: topic topic "any" A topic, with all below it; or any.
# option: days number "1" Only dates that are at least so many days apart; 0 for those not given to the same
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


def rows(index: Index, asked: QuestionValues) -> Iterator[Row]:
    """Dates first, in order of instrument and state; then standings that an authority denies (rules R8 and R39)."""
    wanted = set(index.topic(asked["topic"]) or ()) if asked["topic"] != "any" else None
    least = int(asked["days"])
    for name, first, second in _rivals(index):
        days = apart(first.date, second.date)
        if days >= least and _wanted(index, name, wanted):
            about = first.kind if first.kind == second.kind else f"{first.kind} / {second.kind}"
            about += f" at {first.depositary}" if first.depositary else ""
            yield (
                name, index.summary(name).title, about, first.state, first.date.text, cited(index, first.cite.sources),
                second.date.text, cited(index, second.cite.sources), str(days),
            )  # fmt: skip
    for one in index.assertions():
        if one.stance == "rejects" and _wanted(index, one.instrument, wanted):
            about = one.act.replace("-", " ") or "standing"
            what = f"{one.act_date or 'done'}" if one.act else "on record"
            yield (
                one.instrument, index.summary(one.instrument).title, about, one.state, what, "the record",
                f"{body_name(index, one.authority)} rejects it" + (f" and holds {one.holds}" if one.holds else ""),
                cited(index, one.cite.sources), "",
            )  # fmt: skip


def _wanted(index: Index, name: str, topics: set[str] | None) -> bool:
    return topics is None or not topics.isdisjoint(index.summary(name).topics)


def _rivals(index: Index) -> list[tuple[str, Act, Act]]:
    """Pairs of rows of a ledger that ought to be one act at one depositary; kept, since all ledgers are read."""
    return index.keep(
        ("rival dates",),
        lambda: [
            (name, first, second)
            for name, ledger in groupby(index.acts(), key=lambda act: act.instrument)
            for first, second in _in_ledger(list(ledger))
        ],
    )


def _in_ledger(ledger: Sequence[Act]) -> Iterator[tuple[Act, Act]]:
    left = {act.state for act in ledger if act.kind not in _ONCE}
    groups: dict[tuple[str, str, str, str], list[Act]] = {}
    for act in ledger:
        if act.kind in _ONCE:
            sort = "consent" if act.kind in CONSENTS - {"succession"} else act.kind
            groups.setdefault((act.state, sort, act.scope, act.depositary), []).append(act)
    for (state, *_), acts in sorted(groups.items()):
        if state in left:
            continue  # a state that left in between may have done it twice
        for first, second in pairwise(acts):
            if first.date != second.date and not set(first.cite.sources) & set(second.cite.sources):
                yield first, second
