"""Between which pairs of its parties an instrument operates on a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from treatygraph.build.index import Index
from treatygraph.model.dates import within
from treatygraph.model.standings import Flag
from treatygraph.queries.computed._documents import body_name
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: Between which pairs of its parties an instrument operates on a day, and between which a suspension stands.
# number: 18
# theme: suspension and dispute
# answer: On {on}, {pair of parties|pairs of parties} of {instrument} answer to this.
# param: instrument instrument "CFE" The instrument, by id, title, abbreviation or alias.
# param: on date "2023-06-01" The day asked about.
# option: show any|operating|suspended|claimed "any" All pairs, or only those that operate, are suspended, or where a
#   suspension is claimed.
# column: a Code of one party.
# column: b Code of the other.
# column: operating Operating; suspended by the depositaries' record; or claimed, where a suspension is claimed only.
# column: by Codes of those that suspended or claim so, separated by spaces.
# column: since Since when, the earliest.
# column: rejected_by Who rejects the claim.
"""


def rows(index: Index, asked: QuestionValues) -> Iterator[Row]:
    """One row for each pair of parties, in order of their codes (rules R30 to R32)."""
    on, name = asked.day("on"), asked["instrument"]
    standings = index.derivation(name).standings
    parties = sorted({one.state for one in standings if one.binds and within(on, one.start, one.end)})
    now = [
        flag
        for flag in index.derivation(name).flags
        if flag.flag in ("suspended", "suspension-claimed") and within(on, flag.start, flag.end)
    ]
    for first, second in combinations(parties, 2):
        between = [flag for flag in now if _concerns(flag, first, second)]
        how = "operating"
        if between:
            how = "suspended" if any(flag.flag == "suspended" for flag in between) else "claimed"
        if asked["show"] in ("any", how):
            yield first, second, how, *_told(index, between)


def _concerns(flag: Flag, first: str, second: str) -> bool:
    if flag.state not in (first, second):
        return False
    return not flag.against or (second if flag.state == first else first) in flag.against


def _told(index: Index, between: Sequence[Flag]) -> tuple[str, str, str]:
    if not between:
        return "", "", ""
    critics = sorted({who for flag in between for who in flag.rejected_by})
    return (
        " ".join(sorted({flag.state for flag in between})),
        min(flag.start for flag in between).isoformat(),
        ", ".join(body_name(index, who) for who in critics),
    )
