"""``docs/rosters.md``: every total that others publish, beside ours on the same day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pages import Record, paragraph, table
from treatygraph.checks.rosters import Total, totals

__all__ = ["rosters"]


def rosters(found: Record) -> Iterator[str]:
    """The blocks of the page."""
    yield "# Our totals and those of others\n"
    yield paragraph(
        "Made by `scripts/record` from `graph/rosters.csv` and the ledgers; do not edit.",
        "Each total is counted as the other side counts: parties are the states that have consented and not left;",
        "signatories are the states that ever signed and are still in the table.",
        "A span of ours means that the total is of a month or a year in which ours moved, or that days are not known.",
    )
    lines = list(totals(found.facts, found.corpus))
    verdicts = Counter(_verdict(total) for total in lines)
    yield table(("verdict", "totals"), verdicts.most_common())
    header = ("instrument", "on", "what", "ours", "theirs", "difference", "by", "explanation")
    yield table(header, (_row(total, found) for total in lines))


def _verdict(total: Total) -> str:
    if total.agrees:
        return "equal"
    return "differs, beyond our coverage" if total.is_beyond else "differs, explained"


def _row(total: Total, found: Record) -> tuple[object, ...]:
    least, most = total.ours
    apart = 0 if total.agrees else total.theirs - (most if total.theirs > most else least)
    sources = ", ".join(total.roster.cite.sources)
    return (
        total.card.id,
        total.roster.as_of,
        total.what,
        str(total),
        total.theirs,
        f"{apart:+,}" if apart else "",
        sources,
        explanation(total, found),
    )


def explanation(total: Total, found: Record) -> str:
    """Why the numbers differ; empty where they agree."""
    if total.agrees:
        return ""
    for rule in ("roster", "roster-beyond-coverage"):
        if (rule, total.record) in found.reasons:
            return found.reasons[rule, total.record]
    if not total.is_beyond:
        return "not explained"
    missing = f": {total.card.coverage.words}" if total.card.coverage.words else ""
    return f"our ledger is complete {total.coverage}{missing}"
