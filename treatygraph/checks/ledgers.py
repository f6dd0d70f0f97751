"""Ledgers: in order, under a card, named rightly by assertions, and where their sources disagree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from treatygraph.checks.spans import apart, count_of_days
from treatygraph.model.errors import Finding
from treatygraph.model.records import Act, Assertion, Facts
from treatygraph.model.vocabulary import CONSENTS, EXITS, TERRITORIAL

__all__ = ["disagreeing_sources", "ledger_errors", "ledgers_without_end"]

_ONCE: Final = frozenset({"signature", "adherence", "adoption", "intention-not-to-ratify"}) | CONSENTS
"""Acts that a state does once, unless it has left in between."""
_BETWEEN: Final = EXITS | {"withdrawal-of-consent", "revocation-of-notice"}
"""Acts after which a state may do the same act again."""


def ledger_errors(facts: Facts) -> Iterator[Finding]:
    """Errors: a ledger without a card, rows out of order, an assertion about an act that no ledger has."""
    for name, ledger in facts.acts.items():
        if name not in facts.instruments:
            mend = f"write instruments/{name}.yaml, or name the ledger as its card."
            yield Finding(f"acts/{name}.csv:1", "ledger-without-card", f"'{name}' has no card.", mend, record=name)
        yield from _out_of_order(name, ledger)
        yield from (_without_territory(act) for act in ledger if act.kind in TERRITORIAL and not act.scope)
    for view in facts.assertions:
        yield from _without_act(view, facts.acts.get(view.instrument, ()))


def _without_territory(act: Act) -> Finding:
    return Finding(
        act.cite.place,
        "territory",
        f"the {act.kind} of {act.state} names no territory.",
        "write the territories into 'scope', with ';' between them.",
        record=act.id,
    )


def _line(act: Act) -> int:
    return int(act.cite.place.rpartition(":")[2])


def _key(act: Act) -> tuple[str, str, str, str]:
    return act.date.text, act.state, act.kind, act.depositary


def _out_of_order(name: str, ledger: Sequence[Act]) -> Iterator[Finding]:
    """The first row that stands too late; sorting once mends them all."""
    rows = sorted(ledger, key=_line)
    for above, row in pairwise(rows):
        if _key(row) < _key(above):
            place = next(other for other in rows if _key(row) < _key(other))
            yield Finding(
                row.cite.place,
                "ledger-order",
                f"the row of {row.state} ({row.kind}, {row.date}) belongs before line {_line(place)}.",
                "sort the rows by date, state, act and depositary, as text.",
                record=name,
            )
            return


def _without_act(view: Assertion, ledger: Iterable[Act]) -> Iterator[Finding]:
    if not view.act or any(view.is_about(act) for act in ledger):
        return
    days = sorted({act.date.text for act in ledger if (act.state, act.kind) == (view.state, view.act)})
    known = f"the ledger has it on {', '.join(days)}." if days else "add the act, or leave 'act' and 'date' empty."
    yield Finding(
        view.cite.place,
        "assertion-without-act",
        f"the ledger of {view.instrument} has no {view.act} of {view.state} on {view.act_date or 'an empty date'}.",
        known,
        record=view.id,
    )


def ledgers_without_end(facts: Facts) -> Iterator[Finding]:
    """A warning for each open treaty whose card does not say how far its ledger is complete."""
    for card in facts.instruments.values():
        if card.is_treaty and not card.participants and not (card.through or card.coverage.gaps):
            rows = len(facts.acts.get(card.id, ())) or "no"
            yield Finding(
                card.cites["title"].place,
                "no-coverage",
                f"{card.id} does not say how far its ledger is complete ({rows} acts).",
                "add 'coverage: {through: …}' or '{gaps: […]}', or 'participants' if it was closed to a known list.",
                "warning",
                card.id,
            )


def disagreeing_sources(facts: Facts) -> Iterator[Finding]:
    """A warning for one act that different sources put on different days at the same depositary.

    Deposits at several depositaries differ by nature (rule R8). A row without a depositary is held
    against the nearest of those with one.
    """
    for ledger in facts.acts.values():
        groups: dict[tuple[str, str, str], list[Act]] = {}
        for act in ledger:
            if act.kind in _ONCE:
                groups.setdefault((act.state, _sort_of(act), act.scope), []).append(act)
        for rows in groups.values():
            for first, second in _rivals(rows):
                if not _repeated(first, second, ledger):
                    yield _disagreement(first, second)


def _sort_of(act: Act) -> str:
    """Sources name one consent differently (ratification, accession); a succession is one of its own."""
    return "consent" if act.kind in CONSENTS - {"succession"} else act.kind


def _rivals(rows: Sequence[Act]) -> Iterator[tuple[Act, Act]]:
    """Pairs of rows that ought to be one: neighbours at one depositary, and a placeless row with its nearest."""
    placed: dict[str, list[Act]] = {}
    for row in rows:
        placed.setdefault(row.depositary, []).append(row)
    for here in placed.values():
        yield from pairwise(here)
    elsewhere = [row for row in rows if row.depositary]
    for row in placed.get("", ()):
        if elsewhere and row.date not in {other.date for other in elsewhere}:
            yield min(elsewhere, key=lambda other: abs(apart(other.date, row.date))), row


def _repeated(first: Act, second: Act, ledger: Iterable[Act]) -> bool:
    """Whether it was done twice: the state left in between, or one source tells of both."""
    if set(first.cite.sources) & set(second.cite.sources):
        return True
    begun, again = sorted((first.date, second.date))
    return any(act.state == first.state and act.kind in _BETWEEN and begun <= act.date <= again for act in ledger)


def _disagreement(first: Act, second: Act) -> Finding:
    days = apart(first.date, second.date)
    how = f"{count_of_days(days)} apart" if days else "not to the same precision"
    where = f" ({second.depositary or first.depositary})" if second.depositary or first.depositary else ""
    named = second.kind if first.kind == second.kind else f"{first.kind} and {second.kind}"
    return Finding(
        second.cite.place,
        "disagreeing-sources",
        f"{named} of {second.state}{where}: {first.date} in {', '.join(first.cite.sources)},"
        f" {second.date} in {', '.join(second.cite.sources)}: {how}.",
        "keep the depositary's row, add the exit between the two if both are right, or permit it in exceptions.csv.",
        "warning",
        second.id,
    )
