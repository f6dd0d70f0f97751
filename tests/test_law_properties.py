"""What must hold for any ledger: standings never overlap, and knowing more never changes what was known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from treatygraph.law.case import Case
from treatygraph.law.standings import derive
from treatygraph.model.coverage import Coverage, TextRead
from treatygraph.model.dates import BEGINNING, OPEN, Span
from treatygraph.model.records import Act, Assertion, Cite, Clause, Instrument, State
from treatygraph.model.standings import Derivation

CITE = Cite(("register",), "list", "x:1")
STATES = {code: State(code, code, BEGINNING, OPEN, "", (), "", (), {}, "", CITE) for code in ("AAA", "BBB", "CCC")} | {
    "OLD": State("OLD", "OLD", BEGINNING, date(1991, 12, 26), "", (), "", (), {}, "", CITE),
    "NEW": State("NEW", "NEW", date(1991, 12, 26), OPEN, "OLD", (), "continuity", (), {}, "", CITE),
    "ONE": State("ONE", "ONE", BEGINNING, date(1990, 5, 22), "", (), "", (), {}, "", CITE),
    "TWO": State("TWO", "TWO", date(1967, 11, 30), date(1990, 5, 22), "", (), "", (), {}, "", CITE),
    "UNI": State("UNI", "UNI", date(1990, 5, 22), OPEN, "", ("ONE", "TWO"), "union", (), {}, "", CITE),
    "HEI": State("HEI", "HEI", date(1991, 12, 26), OPEN, "", ("OLD",), "separation", (), {}, "", CITE),
}
KINDS = (
    "signature", "ratification", "accession", "notice-of-withdrawal", "revocation-of-notice", "withdrawal-of-consent",
    "suspension", "resumption", "intention-not-to-ratify", "countermeasure", "provisional-application",
    "end-of-provisional-application", "waiver", "succession", "definitive-signature", "withdrawal", "termination",
)  # fmt: skip
DAYS = st.dates(date(1960, 1, 1), date(2025, 12, 31))


def clause(kind: str, **terms: str) -> Clause:
    return Clause(kind, "I", terms, CITE)


CARDS = st.builds(
    lambda count, delay, period, term: Instrument(
        id="pact", title="Pact", short="Pact", aliases=(), kind="treaty", scope="multilateral", binding="yes",
        topics=("seabed",), signed=Span.of(date(1960, 1, 1)), signed_place="", entry_into_force=None, operative=None,
        ended=None, ended_how="", participants=(), depositaries=(),
        clauses=(
            clause("entry-into-force", count=str(count), delay=delay),
            clause("state-entry-into-force", delay=delay),
            clause("withdrawal", period=period),
            *([clause("duration", term=term)] if term else []),
        ),
        relations=(), coverage=Coverage(), text=TextRead(), identifiers=(), description="", cites={},
    ),
    st.integers(1, 3), st.sampled_from(("P0D", "P30D", "P6M")), st.sampled_from(("P3M", "P150D", "P1Y")),
    st.sampled_from(("", "P10Y", "P25Y")),
)  # fmt: skip


def act(state: str, kind: str, when: date, place: str = "", against: tuple[str, ...] = ()) -> Act:
    return Act("pact", state, kind, Span.of(when), None, against, "", place, "", CITE)


# An act outside the life of its state never gets here: the checks stop the build before.
ACTS = st.lists(
    st.builds(
        act,
        st.sampled_from(sorted(set(STATES) - {"NEW"})),
        st.sampled_from(KINDS),
        DAYS,
        st.sampled_from(("", "London", "Moscow")),
        st.sampled_from(((), ("AAA",), ("AAA", "BBB"))),
    ).filter(lambda one: STATES[one.state].start <= one.date.earliest < STATES[one.state].end),
    max_size=16,
)
VIEWS = st.lists(
    st.builds(
        lambda stance, state, kind, when, holds, later: Assertion(
            "BBB", stance, "pact", state, kind, when.isoformat(), holds, None, Span.of(max(when, later)), "", CITE
        ),
        st.sampled_from(("accepts", "rejects", "claims")),
        st.sampled_from(("AAA", "CCC")),
        st.sampled_from(("", *KINDS)),
        DAYS,
        st.sampled_from(("party", "former-party", "none", "suspended")),
        DAYS,
    ),
    max_size=4,
)


def of(card: Instrument, acts: list[Act], known: date | None = None) -> Derivation:
    return derive(Case(card, acts, STATES), known=known)


@settings(max_examples=150, deadline=None)
@given(CARDS, ACTS)
def test_standings_of_a_state_do_not_overlap_and_stay_within_its_life(card: Instrument, acts: list[Act]) -> None:
    derived = of(card, acts)
    for code, state in STATES.items():
        mine = derived.of(code)
        assert all(item.start < item.end for item in mine)
        assert all(state.start <= item.start and item.end <= state.end for item in mine)
        assert all(a.end <= b.start for a, b in pairwise(mine))


@settings(max_examples=100, deadline=None)
@given(CARDS, ACTS, ACTS, DAYS)
def test_knowing_more_never_changes_what_was_known(
    card: Instrument, early: list[Act], late: list[Act], known: date
) -> None:
    before = [item for item in early if item.known <= known]
    after = [item for item in late if item.known > known]
    assert of(card, before + after, known) == of(card, before, known)
    assert of(card, before, known) == of(card, before)


@settings(max_examples=100, deadline=None)
@given(CARDS, ACTS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(card: Instrument, acts: list[Act], random: st.DataObject) -> None:
    unique = list({item.id: item for item in acts}.values())
    shuffled = list(unique)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert of(card, shuffled) == of(card, unique)


@settings(max_examples=100, deadline=None)
@given(CARDS, ACTS)
def test_flags_lie_within_standings(card: Instrument, acts: list[Act]) -> None:
    derived = of(card, acts)
    for flag in derived.flags:
        assert flag.start < flag.end
        assert any(item.start <= flag.start and flag.end <= item.end for item in derived.of(flag.state))


@settings(max_examples=100, deadline=None)
@given(CARDS, ACTS)
def test_nobody_is_a_former_party_who_was_not_a_party(card: Instrument, acts: list[Act]) -> None:
    derived = of(card, acts)
    for code in ("AAA", "BBB", "CCC", "ONE", "UNI", "HEI"):
        parts = STATES[code].successor_of if STATES[code].mode == "union" else ()
        seen = {item.standing for part in parts for item in derived.of(part)}
        for item in derived.of(code):
            assert item.standing != "former-party" or "party" in seen
            seen.add(item.standing)


@settings(max_examples=100, deadline=None)
@given(CARDS, ACTS)
def test_the_day_of_effect_and_the_day_before_differ(card: Instrument, acts: list[Act]) -> None:
    derived = of(card, acts)
    for code in STATES:
        mine = derived.of(code)
        for item in mine:
            if item.start == BEGINNING:
                continue
            eve = item.start - timedelta(days=1)
            before = next((other.standing for other in mine if other.start <= eve < other.end), "none")
            assert before != item.standing


@settings(max_examples=60, deadline=None)
@given(CARDS, DAYS)
def test_the_continuing_state_is_the_same_party(card: Instrument, when: date) -> None:
    consents = [act(code, "ratification", date(1961, 1, 1)) for code in ("AAA", "BBB", "OLD")]
    derived = of(replace(card, clauses=card.clauses[:3]), consents)
    bearer = "OLD" if when < date(1991, 12, 26) else "NEW"
    held = [item.standing for item in derived.of(bearer) if item.start <= max(when, date(1962, 1, 1)) < item.end]
    assert held == ["party"]


@settings(max_examples=60, deadline=None)
@given(CARDS, ACTS, VIEWS, st.sampled_from(("depositary", "clause", "BBB")))
def test_the_same_case_gives_the_same_answer_under_every_reading(
    card: Instrument, acts: list[Act], views: list[Assertion], reading: str
) -> None:
    derived = derive(Case(card, acts, STATES, views), reading)
    assert derived == derive(Case(card, list(acts), dict(reversed(STATES.items())), list(views)), reading)
    for code in STATES:
        assert all(a.end <= b.start for a, b in pairwise(derived.of(code)))


@settings(max_examples=60, deadline=None)
@given(CARDS, ACTS, VIEWS, DAYS)
def test_what_is_said_later_is_not_known_before(
    card: Instrument, acts: list[Act], views: list[Assertion], known: date
) -> None:
    said = [view for view in views if view.said.latest <= known]
    assert derive(Case(card, acts, STATES, views), "BBB", known) == derive(Case(card, acts, STATES, said), "BBB", known)


@settings(max_examples=60, deadline=None)
@given(CARDS, ACTS)
def test_a_status_has_neither_gap_nor_overlap(card: Instrument, acts: list[Act]) -> None:
    found = of(card, acts).statuses
    assert all(item.start < item.end for item in found)
    assert all(a.end == b.start for a, b in pairwise(found))
    assert not found or found[-1].end == OPEN
