"""R23 to R29: notice, effect, what defers it, and what goes along, with what looks alike and is not."""

from __future__ import annotations

import pytest

from law_bench import IN_FORCE, LEAVE, PAIR, TAIL, TWO_CONSENTS, Bench, Derived
from treatygraph.law.withdrawal import notice_given
from treatygraph.model.coverage import TextRead
from treatygraph.model.dates import Span


@pytest.mark.parametrize(
    ("period", "notice", "out"),
    [
        ("P3M", "2010-11-30", "2011-02-28"),
        ("P3M", "2011-11-30", "2012-02-29"),
        ("P6M", "2020-08-31", "2021-02-28"),
        ("P6M", "2020-05-22", "2020-11-22"),
        ("P90D", "2023-12-31", "2024-03-30"),
        ("P150D", "2007-07-15", "2007-12-12"),
        ("P1Y", "2004-02-29", "2005-02-28"),
        ("P12M", "2004-02-29", "2005-02-28"),
        ("P1Y6M", "2003-08-31", "2005-02-28"),
    ],
)
def test_r23_receipt_plus_period_in_the_calendar(bench: Bench, period: str, notice: str, out: str) -> None:
    card = bench.card({**LEAVE, "period": period}, **IN_FORCE)
    found = bench.derive(card, "AAA accession 2001-01-01", f"AAA notice-of-withdrawal {notice}")
    assert found.edges("AAA")[-1] == ("former-party", out)


def test_r23_the_receipt_by_the_last_addressee_counts(bench: Bench) -> None:
    acts = ("AAA accession 2001-01-01", "AAA notice-of-withdrawal 2005-01-10", "AAA notice-of-withdrawal 2005-01-25")
    assert bench.derive(bench.card(LEAVE, **IN_FORCE), *acts).edges("AAA")[-1] == ("former-party", "2005-04-25")


def test_r23_a_day_of_effect_that_a_source_states_goes_first(bench: Bench) -> None:
    acts = ("AAA accession 2001-01-01", "AAA notice-of-withdrawal 2005-01-10 effective=2005-12-31")
    assert bench.derive(bench.card(LEAVE, **IN_FORCE), *acts).edges("AAA")[-1] == ("former-party", "2005-12-31")


def test_r23_no_notice_counts_before_the_clause_allows_one(bench: Bench) -> None:
    card = bench.card({**LEAVE, "not_before": "P10Y"}, **IN_FORCE)
    acts = ("AAA ratification 1999-01-01", "AAA notice-of-withdrawal 2003-03-03")
    assert bench.derive(card, *acts).edges("AAA")[-1] == ("former-party", "2010-04-01")


def test_r23_a_special_way_out_is_not_the_ordinary_one(bench: Bench) -> None:
    card = bench.card({**LEAVE, "period": "P1M", "only": "violation"}, {**LEAVE, "period": "P1Y"}, **IN_FORCE)
    acts = ("AAA ratification 1999-01-01", "AAA notice-of-withdrawal 2003-03-03")
    assert bench.derive(card, *acts).edges("AAA")[-1] == ("former-party", "2004-03-03")


def test_r24_between_notice_and_effect_a_full_party(bench: Bench) -> None:
    found = bench.derive(
        bench.card(LEAVE, **IN_FORCE), "AAA accession 2001-01-01", "AAA notice-of-withdrawal 2010-02-10"
    )
    assert found.flags("AAA", "2010-02-09") == set()
    assert (found.standing("AAA", "2010-02-10"), found.flags("AAA", "2010-02-10")) == ("party", {"notice-pending"})
    assert found.flags("AAA", "2010-05-09") == {"notice-pending"}
    assert found.flags("AAA", "2010-05-10") == set()


LEFT = ("AAA accession 2001-01-01", "AAA notice-of-withdrawal 2010-01-01")


def test_r25_an_armed_conflict_defers_the_effect_until_it_ends(bench: Bench) -> None:
    card = bench.card(TAIL, **IN_FORCE)
    ended = bench.derive(card, *LEFT, conflicts=[bench.conflict("AAA", "2009-01-01", "2012-09-09")])
    assert ended.edges("AAA")[-1] == ("former-party", "2012-09-09")
    assert ended.flags("AAA", "2012-09-08") == {"notice-pending"}
    going_on = bench.derive(card, *LEFT, conflicts=[bench.conflict("AAA", "2009-01-01")])
    assert going_on.edges("AAA")[-1] == ("party", "2001-01-01")
    assert going_on.flags("AAA", "2030-01-01") == {"notice-pending"}
    assert going_on.result.notes == ("AAA: deferred: the state is in an armed conflict",)


@pytest.mark.parametrize(
    ("state", "since", "until"),
    [("BBB", "2009-01-01", ""), ("AAA", "2009-01-01", "2010-06-30"), ("AAA", "2010-07-02", "")],
    ids=["another state's", "over on the due day", "begun after the due day"],
)
def test_r25_other_conflicts_defer_nothing(bench: Bench, state: str, since: str, until: str) -> None:
    found = bench.derive(bench.card(TAIL, **IN_FORCE), *LEFT, conflicts=[bench.conflict(state, since, until)])
    assert found.edges("AAA")[-1] == ("former-party", "2010-07-01")


def test_r25_without_a_tail_clause_no_conflict_defers(bench: Bench) -> None:
    found = bench.derive(bench.card(LEAVE, **IN_FORCE), *LEFT, conflicts=[bench.conflict("AAA", "2009-01-01")])
    assert found.edges("AAA")[-1] == ("former-party", "2010-04-01")


def test_r25_the_end_of_a_conflict_is_known_when_it_has_come(bench: Bench) -> None:
    war = [bench.conflict("AAA", "2009-01-01", "2012-09-09")]
    found = bench.derive(bench.card(TAIL, **IN_FORCE), *LEFT, conflicts=war, known="2011-01-01")
    assert found.standing("AAA", "2020-01-01") == "party"


@pytest.mark.parametrize(
    ("clauses", "read", "rule"),
    [
        ((), "whole", "R26"),
        (({"clause": "withdrawal", "none": "yes"},), "no", "R26"),
        (({"clause": "withdrawal", "ground": "extraordinary-events"},), "part", "R26"),
        ((), "part", "K9"),
        ((), "no", "K9"),
    ],
)
def test_r26_without_a_clause_no_day_is_guessed(
    bench: Bench, clauses: tuple[dict[str, object], ...], read: str, rule: str
) -> None:
    found = bench.derive(
        bench.card(*clauses, text=TextRead(read), **IN_FORCE), "AAA accession 2001-01-01",
        "AAA notice-of-withdrawal 2010-02-10",
    )  # fmt: skip
    assert found.standing("AAA", "2040-01-01") == "party"
    assert found.flags("AAA", "2040-01-01") == {"notice-pending"}
    step = found.flag("AAA", "notice-pending").because[-1]
    assert step.rule == rule
    assert ("VCLT" in step.text + found.result.notes[0]) is (rule == "R26" and "ground" not in str(clauses))


def test_r27_a_notice_taken_back_in_time_is_as_if_not_given(bench: Bench) -> None:
    acts = ("AAA accession 2001-01-01", "AAA notice-of-withdrawal 2010-02-10", "AAA revocation-of-notice 2010-05-09")
    found = bench.derive(bench.card(LEAVE, **IN_FORCE), *acts)
    assert found.flags("AAA", "2010-05-09") == {"notice-pending"}
    assert found.flags("AAA", "2010-05-10") == set()
    assert found.edges("AAA") == [("party", "2001-01-01")]


def test_r27_a_new_notice_needs_a_full_new_period(bench: Bench) -> None:
    acts = (
        "AAA accession 2001-01-01",
        "AAA notice-of-withdrawal 2010-02-10",
        "AAA revocation-of-notice 2010-05-09",
        "AAA notice-of-withdrawal 2013-01-10",
    )
    found = bench.derive(bench.card(LEAVE, **IN_FORCE), *acts)
    assert found.edges("AAA") == [("party", "2001-01-01"), ("former-party", "2013-04-10")]


def test_r27_too_late_to_take_it_back(bench: Bench) -> None:
    acts = ("AAA accession 2001-01-01", "AAA notice-of-withdrawal 2010-02-10", "AAA revocation-of-notice 2010-05-10")
    assert bench.derive(bench.card(LEAVE, **IN_FORCE), *acts).edges("AAA")[-1] == ("former-party", "2010-05-10")


def test_r27_a_notice_said_to_rest_is_a_view_of_its_own(bench: Bench) -> None:
    acts = (
        "AAA accession 2001-01-01",
        "AAA notice-of-withdrawal 2010-02-10",
        "AAA revocation-of-notice 2010-05-09",
        "AAA notice-of-withdrawal 2015-06-06",
    )
    says = (
        "AAA claims AAA revocation-of-notice 2010-05-09 holds=notice-pending said=2010-05-09",
        "AAA claims AAA notice-of-withdrawal 2015-06-06 holds=former-party effective=2015-06-07",
    )
    own = bench.derive(bench.card(LEAVE, **IN_FORCE), *acts, says=says, reading="AAA")
    assert own.flags("AAA", "2012-01-01") == {"notice-pending"}
    assert own.edges("AAA")[-1] == ("former-party", "2015-06-07")
    record = bench.derive(bench.card(LEAVE, **IN_FORCE), *acts, says=says)
    assert record.flags("AAA", "2012-01-01") == set()
    assert record.edges("AAA")[-1] == ("former-party", "2015-09-06")
    acts_told = {step.act for flag in own.result.flags for step in flag.because}
    assert "pact/AAA/suspension-of-notice/2010-05-09" not in acts_told, "only acts of the ledger are told"


def family(bench: Bench, *acts: str, relation: str = "protocol-to", kind: str = "protocol") -> dict[str, Derived]:
    """A framework and what hangs on it, both in force."""
    frame = bench.card({**LEAVE, "period": "P1Y"}, name="frame", **IN_FORCE)
    child = bench.card(LEAVE, name="child", kind=kind, relations=((relation, "frame"),), **IN_FORCE)
    return bench.together([frame, child], *acts)


JOINED = ("frame: AAA accession 2001-01-01", "child: AAA accession 2001-01-01", "child: BBB accession 2001-01-01")


@pytest.mark.parametrize(("relation", "kind"), [("protocol-to", "protocol"), ("amends", "amendment")])
def test_r28_leaving_a_framework_takes_its_protocols(bench: Bench, relation: str, kind: str) -> None:
    acts = (*JOINED, "frame: AAA notice-of-withdrawal 2010-01-01")
    found = family(bench, *acts, relation=relation, kind=kind)["child"]
    assert found.edges("AAA") == [("party", "2001-01-01"), ("former-party", "2011-01-01")]
    assert "R28" in found.rules("AAA", "former-party")
    assert found.edges("BBB") == [("party", "2001-01-01")]


def test_r28_leaving_a_protocol_does_not_leave_the_framework(bench: Bench) -> None:
    found = family(bench, *JOINED, "child: AAA notice-of-withdrawal 2010-01-01")
    assert found["child"].standing("AAA", "2010-04-01") == "former-party"
    assert found["frame"].standing("AAA", "2030-01-01") == "party"


@pytest.mark.parametrize("relation", ["implements", "follows", "part-of"])
def test_r28_other_relations_take_nothing_along(bench: Bench, relation: str) -> None:
    found = family(bench, *JOINED, "frame: AAA notice-of-withdrawal 2010-01-01", relation=relation)
    assert found["child"].standing("AAA", "2030-01-01") == "party"


def test_r28_a_state_that_comes_back_joins_each_again(bench: Bench) -> None:
    acts = (*JOINED, "frame: AAA notice-of-withdrawal 2010-01-01", "frame: AAA accession 2015-05-05")
    found = family(bench, *acts)
    assert found["frame"].standing("AAA", "2016-01-01") == "party"
    assert found["child"].standing("AAA", "2016-01-01") == "former-party"


def test_r28_a_protocol_with_the_framework_s_way_out(bench: Bench) -> None:
    frame = bench.card({**LEAVE, "period": "P1Y"}, name="frame", **IN_FORCE)
    child = bench.card({"clause": "withdrawal", "as": "frame"}, name="child", kind="protocol", **IN_FORCE)
    found = bench.together([frame, child], *JOINED, "child: AAA notice-of-withdrawal 2010-01-01")["child"]
    assert found.edges("AAA")[-1] == ("former-party", "2011-01-01")


def test_r29_what_lives_as_another_ends_with_it(bench: Bench) -> None:
    first = bench.card({"clause": "duration", "term": "P15Y"}, name="first", **PAIR, **IN_FORCE)
    second = bench.card({"clause": "duration", "as": "first"}, name="second", **PAIR, entry_into_force="2001-01-01")
    found = bench.together([first, second])["second"]
    assert (found.status("2014-12-31"), found.status("2015-01-01")) == ("in-force", "expired")
    assert found.rules("AAA", "former-party") >= {"R29", "R18"}


def test_when_a_state_would_be_out_if_it_gave_notice(bench: Bench) -> None:
    card = bench.card(TAIL, **IN_FORCE)
    entry = Span.parse("2000-01-01")
    free = notice_given(card, Span.parse("2025-07-18"), entry, ())
    assert free.day == Span.parse("2026-01-18")
    at_war = notice_given(card, Span.parse("2025-07-18"), entry, [bench.conflict("AAA", "2022-02-24")])
    assert at_war.day is None
    assert [step.rule for step in at_war.because] == ["R23", "R25"]


@pytest.mark.parametrize("revoked", ["2002-02-01", "2002-05-01"])
def test_r27_a_notice_that_was_revoked_in_time_leaves_the_consent_in_the_count(bench: Bench, revoked: str) -> None:
    acts = (
        "AAA ratification 2001-01-01", "AAA notice-of-withdrawal 2002-01-01", f"AAA revocation-of-notice {revoked}",
        "BBB ratification 2005-01-01",
    )  # fmt: skip
    found = bench.derive(bench.card(LEAVE, TWO_CONSENTS), *acts)
    assert found.status("2005-01-01") == ("in-force" if revoked < "2002-04-01" else "not-in-force")
