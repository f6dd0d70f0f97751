"""The law against a second reading of the same rules: the same standing on every day at which anything changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import literal_law
from fuzzing import COUNTED, EXAMPLES, note_numbers
from treatygraph.law.knowledge import knowledge_of
from treatygraph.law.parents import first_day
from treatygraph.law.standings import Case, derive
from treatygraph.law.succession import line
from treatygraph.model.coverage import Coverage, Gap, TextRead
from treatygraph.model.dates import BEGINNING, OPEN, Span, within
from treatygraph.model.records import Act, Cite, Clause, Instrument, State

CITE = Cite(("register",), "list", "x:1")


def state(code: str, start: date, end: date, continues: str = "", parts: tuple[str, ...] = (), mode: str = "") -> State:
    return State(code, code, start, end, continues, parts, mode, (), {}, "", CITE)


STATES = {
    one.code: one
    for one in (
        state("AAA", BEGINNING, OPEN),
        state("BBB", BEGINNING, OPEN),
        state("CCC", date(1962, 3, 1), OPEN),
        state("OLD", BEGINNING, date(1991, 12, 26)),
        state("NEW", date(1991, 12, 26), OPEN, "OLD", (), "continuity"),
        state("HEI", date(1991, 12, 26), OPEN, "", ("OLD",), "separation"),
        state("ONE", BEGINNING, date(1990, 5, 22)),
        state("TWO", date(1967, 11, 30), date(1990, 5, 22)),
        state("UNI", date(1990, 5, 22), OPEN, "", ("ONE", "TWO"), "union"),
    )
}
KINDS = (
    "ratification", "ratification", "accession", "notice-of-withdrawal", "revocation-of-notice",
    "signature", "ratification", "accession", "definitive-signature", "succession", "notice-of-withdrawal", "withdrawal",
    "termination", "revocation-of-notice", "withdrawal-of-consent", "provisional-application",
    "end-of-provisional-application", "intention-not-to-ratify", "waiver",
)  # fmt: skip
PERIODS = {"P0D": (0, 0), "P30D": (0, 30), "P6M": (6, 0), "P3M": (3, 0), "P150D": (0, 150), "P1Y": (12, 0), "P10Y": (120, 0), "P25Y": (300, 0)}  # fmt: skip
DAYS = st.one_of(st.dates(date(1960, 1, 2), date(2005, 12, 31)), st.dates(date(1989, 1, 1), date(1992, 12, 31)))


@st.composite
def ledgers(draw: st.DrawFn) -> list[Any]:
    """Acts of states that are there, no two of one person on one day: the order within a day is no matter of law."""
    found: dict[tuple[str, date], Any] = {}
    for _ in range(draw(st.integers(0, 14))):
        code = draw(st.sampled_from(("AAA", "BBB", "CCC", "OLD", "NEW", "HEI", "ONE", "TWO", "UNI")))
        kind = draw(st.sampled_from(KINDS))
        close = [one.when for one in found.values() if one.state == code]
        after = bool(close) and draw(st.integers(0, 1)) == 1
        when = max(close) + timedelta(days=draw(st.integers(1, 400))) if after else draw(DAYS)
        if STATES[code].start <= when < STATES[code].end:
            found.setdefault(("OLD" if code == "NEW" else code, when), literal_law.Deed(code, kind, when))
    return list(found.values())


HOLES = st.lists(
    st.tuples(
        st.sampled_from(tuple(STATES)),
        st.sampled_from(("consent", "exit", "any", "signature", "objection")),
        st.dates(date(1960, 1, 2), date(2005, 12, 31)),
    ),
    max_size=2,
)


def card(count: int, delay: str, notice: str, term: str, coverage: Coverage, *, by_waiver: bool) -> Instrument:
    """A multilateral treaty with these clauses."""
    clauses = [
        Clause("entry-into-force", "I", {"count": str(count), "delay": delay}, CITE),
        Clause("state-entry-into-force", "II", {"delay": delay, **({"on": "waiver"} if by_waiver else {})}, CITE),
        Clause("withdrawal", "III", {"period": notice}, CITE),
        *([Clause("duration", "IV", {"term": term}, CITE)] if term else []),
    ]
    return Instrument(
        id="pact", title="Pact", short="Pact", aliases=(), kind="treaty", scope="multilateral", binding="yes",
        topics=("seabed",), signed=Span.of(date(1960, 1, 1)), signed_place="", entry_into_force=None, operative=None,
        ended=None, ended_how="", participants=(), depositaries=(), clauses=tuple(clauses), relations=(), coverage=coverage,
        text=TextRead(), identifiers=(), description="", cites={},
    )  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def numbers() -> Iterator[None]:
    """Adds how many cases were tried to the file that scripts/fuzz reads."""
    yield
    note_numbers()


@settings(
    max_examples=EXAMPLES * 5 or 300, derandomize=not EXAMPLES, deadline=None, database=None, print_blob=True,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(
    count=st.integers(1, 3),
    delay=st.sampled_from(("P0D", "P30D", "P6M")),
    notice=st.sampled_from(("P3M", "P150D", "P1Y")),
    term=st.sampled_from(("", "", "P10Y", "P25Y")),
    deeds=ledgers(),
    by_waiver=st.booleans(),
    whole=st.sampled_from(("", "1985-06-01", "2004-01-01")),
    holes=HOLES,
)
def test_the_literal_reading_agrees(
    count: int, delay: str, notice: str, term: str, deeds: list[Any], by_waiver: bool, whole: str,
    holes: list[tuple[str, str, date]],
) -> None:  # fmt: skip
    COUNTED["ledgers by law"] += 1
    acts = [Act("pact", one.state, one.kind, Span.of(one.when), None, (), "", "", "", CITE) for one in deeds]
    gaps = tuple(Gap((code,), kind, Span.of(start), None, "") for code, kind, start in holes)
    pact = card(count, delay, notice, term, Coverage(Span.parse(whole) if whole else None, gaps), by_waiver=by_waiver)
    derived = derive(Case(pact, acts, STATES))
    known = knowledge_of(pact, acts, derived, STATES)
    terms = literal_law.Treaty(
        count, PERIODS[delay], PERIODS[notice], PERIODS[term] if term else None, by_waiver, date(1960, 1, 1),
        date.fromisoformat(whole) if whole else literal_law.FIRST, tuple(holes),
    )  # fmt: skip
    countries = {
        code: literal_law.Country(one.start, one.end, one.continues, one.successor_of if one.mode == "union" else ())
        for code, one in STATES.items()
    }
    literal = literal_law.Literal(terms, deeds, countries)
    days = {edge for item in derived.standings for edge in (item.start, item.end)} | {one.when for one in deeds}
    days |= {literal_law.later(one.when, period) for one in deeds for period in (terms.delay, terms.notice)}
    days |= {edge for one in STATES.values() for edge in (one.start, one.end)} | {start for _, _, start in holes}
    days |= {terms.opened, terms.whole, literal_law.later(terms.whole, (60, 0))}
    near = sorted({day + timedelta(days=step) for day in days if BEGINNING < day < OPEN for step in (-1, 0, 1)})
    for code, state_now in STATES.items():
        own, first = line(STATES, code), first_day(derived, STATES, code)
        for day in near:
            if not within(day, state_now.start, state_now.end):
                continue
            held = [item.standing for item in derived.of(code) if within(day, item.start, item.end)]
            found = held or [known.absence(own, day, first).standing]
            assert (code, day, found) == (code, day, [literal.known(code, day, near)])
