"""R30 to R32: who suspends what towards whom, with what looks alike and is not."""

from __future__ import annotations

from law_bench import BOTH, IN_FORCE, PAIR, PARTIES, Bench
from treatygraph.model.dates import day


def test_r31_a_suspension_towards_all_is_a_claim_by_a_party(bench: Bench) -> None:
    found = bench.derive(bench.card(**IN_FORCE), *PARTIES, "AAA suspension 2007-07-14 effective=2007-12-12")
    assert found.standing("AAA", "2015-01-01") == "party"
    assert found.flags("AAA", "2007-12-11") == set()
    assert found.flags("AAA", "2007-12-12") == {"suspension-claimed"}
    assert found.flag("AAA", "suspension-claimed").against == ()


def test_r30_towards_one_of_many_it_suspends_between_the_two(bench: Bench) -> None:
    found = bench.derive(bench.card(**IN_FORCE), *PARTIES, "AAA suspension 2022-08-01 against=BBB")
    assert found.flags("AAA", "2023-01-01") == {"suspended", "suspension-claimed"}
    assert found.flag("AAA", "suspended").against == ("BBB",)


def test_r30_of_a_bilateral_treaty_one_side_s_word_is_not_enough(bench: Bench) -> None:
    found = bench.derive(bench.card(**PAIR, **IN_FORCE), *BOTH, "AAA suspension 2016-10-03 against=BBB")
    assert found.flags("AAA", "2017-01-01") == {"suspension-claimed"}


def test_r31_a_rejected_suspension_stays_a_claim(bench: Bench) -> None:
    says = ("BBB rejects AAA suspension 2022-08-01 holds=party effective=2022-08-01 said=2022-09-01",)
    acts = (*PARTIES, "AAA suspension 2022-08-01 against=BBB")
    default = bench.derive(bench.card(**IN_FORCE), *acts, says=says)
    assert default.flags("AAA", "2023-01-01") == {"suspension-claimed"}
    assert default.flag("AAA", "suspension-claimed").rejected_by == ("BBB",)
    assert bench.derive(bench.card(**IN_FORCE), *acts, says=says, reading="BBB").flags("AAA", "2023-01-01") == set()
    claimant = bench.derive(bench.card(**IN_FORCE), *acts, says=says, reading="AAA")
    assert claimant.flags("AAA", "2023-01-01") == {"suspended"}


def test_r31_what_the_rejection_was_not_known_for(bench: Bench) -> None:
    says = ("BBB rejects AAA suspension 2022-08-01 holds=party effective=2022-08-01 said=2022-09-01",)
    acts = (*PARTIES, "AAA suspension 2022-08-01 against=BBB")
    found = bench.derive(bench.card(**IN_FORCE), *acts, says=says, known="2022-08-31")
    assert found.flag("AAA", "suspension-claimed").rejected_by == ()


def test_r30_accepted_by_every_other_party_it_suspends_from_then_on(bench: Bench) -> None:
    says = [f"{by} accepts AAA suspension 2022-08-01 holds=suspended effective={on}" for by, on in
            (("BBB", "2022-09-01"), ("CCC", "2022-10-01"))]  # fmt: skip
    acts = (*PARTIES, "AAA suspension 2022-08-01")
    both = bench.derive(bench.card(**IN_FORCE), *acts, says=says)
    assert both.flags("AAA", "2022-09-30") == {"suspension-claimed"}
    assert both.flags("AAA", "2022-10-01") == {"suspended", "suspension-claimed"}
    one = bench.derive(bench.card(**IN_FORCE), *acts, says=says[:1])
    assert one.flags("AAA", "2023-01-01") == {"suspension-claimed"}


def test_r30_both_sides_suspend(bench: Bench) -> None:
    acts = (*BOTH, "AAA suspension 2019-02-02 against=BBB", "BBB suspension 2019-03-04 against=AAA")
    found = bench.derive(bench.card(**PAIR, **IN_FORCE), *acts)
    assert found.flags("AAA", "2019-03-03") == {"suspension-claimed"}
    assert found.flags("AAA", "2019-03-04") == found.flags("BBB", "2019-03-04") == {"suspended", "suspension-claimed"}


def test_r30_both_sides_suspend_though_one_had_another_name_before(bench: Bench) -> None:
    card = bench.card(scope="bilateral", participants=("AAA", "OLD"), entry_into_force="1980-01-01")
    acts = ("AAA suspension 2019-02-02 against=NEW", "NEW suspension 2019-03-04 against=AAA")
    assert "suspended" in bench.derive(card, *acts).flags("NEW", "2019-03-04")


def test_r32_resumption_ends_it(bench: Bench) -> None:
    acts = (*PARTIES, "AAA suspension 2022-08-01 against=BBB", "AAA resumption 2023-05-05")
    found = bench.derive(bench.card(**IN_FORCE), *acts)
    assert found.flags("AAA", "2023-05-04") == {"suspended", "suspension-claimed"}
    assert found.flags("AAA", "2023-05-05") == set()


def test_r32_resumption_towards_some(bench: Bench) -> None:
    acts = (*PARTIES, "AAA suspension 2022-08-01 against=BBB;CCC", "AAA resumption 2023-05-05 against=CCC")
    found = bench.derive(bench.card(**IN_FORCE), *acts)
    towards = {flag.against for flag in found.result.flags if flag.flag == "suspended" and flag.end > day("2023-05-05")}
    assert towards == {("BBB",)}


def test_r32_resumption_towards_another_changes_nothing(bench: Bench) -> None:
    acts = (*PARTIES, "AAA suspension 2022-08-01 against=BBB", "AAA resumption 2023-05-05 against=CCC")
    assert "suspended" in bench.derive(bench.card(**IN_FORCE), *acts).flags("AAA", "2024-01-01")


def test_r32_countermeasures_are_no_suspension(bench: Bench) -> None:
    acts = (*BOTH, "AAA countermeasure 2023-06-01 against=BBB scope=data", "AAA resumption 2024-06-01")
    found = bench.derive(bench.card(**PAIR, **IN_FORCE), *acts)
    assert found.flags("AAA", "2023-06-01") == {"countermeasures"}
    assert found.flags("AAA", "2024-06-01") == set()


def test_r31_what_is_over_is_not_suspended(bench: Bench) -> None:
    card = bench.card({"clause": "duration", "until": "2026-02-05"}, **PAIR, **IN_FORCE)
    found = bench.derive(card, *BOTH, "AAA suspension 2023-02-28 against=BBB")
    assert found.flags("AAA", "2026-02-04") == {"suspension-claimed"}
    assert found.flags("AAA", "2026-02-05") == set()
