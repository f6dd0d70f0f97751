"""R11, R12, R39 to R42: who does not accept what, whose view it is, and what is uncertain."""

from __future__ import annotations

from law_bench import BOTH, IN_FORCE, LEAVE, PAIR, PARTIES, Bench
from treatygraph.law.derivations import Corpus

# ---------------------------------------------------------------------- R11, R12: who does not accept whom


def test_r12_whoever_rejects_an_accession_sees_no_party(bench: Bench) -> None:
    acts = (*PARTIES, "DDD accession 2015-02-10 at=Moscow", "DDD accession 2015-02-12 at=London")
    says = ("AAA rejects DDD accession 2015-02-10 holds=none effective=2015-02-10",)
    assert bench.derive(bench.card(**IN_FORCE), *acts, says=says).standing("DDD", "2016-01-01") == "party"
    own = bench.derive(bench.card(**IN_FORCE), *acts, says=says, reading="AAA")
    assert own.standing("DDD", "2016-01-01") == "none", "the second deposit is the same accession"


def test_r12_a_depositary_that_stops_listing_a_participant(bench: Bench) -> None:
    acts = (*PARTIES, "DDD ratification 2000-01-27 at=Washington")
    says = (
        "depositary not-recorded DDD ratification 2000-01-27 holds=none effective=2001-10-25",
        "AAA accepts DDD ratification 2000-01-27 holds=party effective=2000-03-05",
    )
    default = bench.derive(bench.card(**IN_FORCE), *acts, says=says)
    assert default.edges("DDD") == [("party", "2000-01-27")]
    assert (default.standing("DDD", "2001-10-24"), default.standing("DDD", "2001-10-25")) == ("party", "none")
    own = bench.derive(bench.card(**IN_FORCE), *acts, says=says, reading="AAA")
    assert own.standing("DDD", "2020-01-01") == "party"


# ---------------------------------------------------------------------- R39, R42: readings, uncertainty


def test_r39_an_exit_that_the_depositary_does_not_record(bench: Bench) -> None:
    acts = (*PARTIES, "AAA notice-of-withdrawal 2003-01-10")
    says = (
        "AAA claims AAA notice-of-withdrawal 2003-01-10 holds=former-party effective=2003-01-11",
        "BBB rejects AAA notice-of-withdrawal 2003-01-10 holds=party effective=2003-01-10",
        "depositary not-recorded AAA notice-of-withdrawal 2003-01-10 holds=party",
    )
    card = bench.card(LEAVE, **IN_FORCE)
    default = bench.derive(card, *acts, says=says)
    assert default.edges("AAA") == [("contracting", "1999-01-01"), ("party", "2000-01-01")]
    ends = {
        reading: bench.derive(card, *acts, says=says, reading=reading).edges("AAA")[-1]
        for reading in ("AAA", "BBB", "clause")
    }
    assert ends["AAA"] == ("former-party", "2003-01-11")
    assert ends["BBB"][0] == "party"
    assert ends["clause"] == ("former-party", "2003-04-10")
    ledger, views = bench.acts(*acts), [bench.says(text) for text in says]
    (flagged,) = [
        item for item in Corpus(bench.facts([card], ledger, views)).derivations() if item.reading == "depositary"
    ]
    contested = [(flag.by, str(flag.start), flag.text) for flag in flagged.flags if flag.flag == "contested"]
    assert contested == [
        ("AAA", "2003-01-10", "party, notice-pending"),
        ("clause", "2003-01-10", "party, notice-pending"),
        ("AAA", "2003-01-11", "former-party"),
        ("clause", "2003-04-10", "former-party"),
    ]
    (own,) = [flag for flag in flagged.flags if flag.by == "AAA" and flag.text == "former-party"]
    assert (own.accepted_by, own.rejected_by) == ((), ("BBB", "depositary"))
    assert own.because[0].date == "2003-01-11"
    assert own.because[1].act == "pact/AAA/notice-of-withdrawal/2003-01-10"


def test_r39_whoever_denies_that_a_notice_was_taken_back_and_holds_a_party(bench: Bench) -> None:
    acts = (*PARTIES, "AAA notice-of-withdrawal 2003-01-10", "AAA revocation-of-notice 2003-02-02")
    says = ("BBB rejects AAA revocation-of-notice 2003-02-02 holds=party effective=2003-02-02",)
    found = bench.derive(bench.card(LEAVE, **IN_FORCE), *acts, says=says, reading="BBB")
    assert found.standing("AAA", "2010-01-01") == "party"


def test_r39_an_authority_that_holds_the_instrument_ended(bench: Bench) -> None:
    says = ("AAA claims - - - holds=terminated effective=2009-05-27",)
    card = bench.card(**PAIR, **IN_FORCE)
    assert bench.derive(card, *BOTH, says=says).status("2010-01-01") == "in-force"
    own = bench.derive(card, *BOTH, says=says, reading="AAA")
    assert (own.status("2009-05-26"), own.status("2009-05-27")) == ("in-force", "terminated")
    assert own.standing("BBB", "2009-05-27") == "former-party"


def test_r39_a_state_held_to_be_a_party_without_an_act(bench: Bench) -> None:
    says = (
        "AAA accepts CCC - - holds=party effective=2001-12-01 said=2012-01-01",
        "CCC claims CCC - - holds=party said=2019-09-04",
    )
    card = bench.card(LEAVE, **PAIR, **IN_FORCE)
    acts = (*BOTH, "AAA notice-of-withdrawal 2019-02-02")
    assert bench.derive(card, *acts, says=says).standing("CCC", "2010-01-01") == "none"
    own = bench.derive(card, *acts, says=says, reading="AAA")
    assert own.edges("CCC") == [("party", "2001-12-01"), ("former-party", "2019-05-02")], "it ends with the treaty"
    late = bench.derive(card, *acts, says=says, reading="CCC")
    assert late.edges("CCC") == [("party", "2019-09-04")], "what is held of the time after the end stands"


def test_r39_a_view_of_a_standing_gives_way_to_a_later_act(bench: Bench) -> None:
    says = ("BBB claims AAA - - holds=party effective=2004-06-10",)
    acts = ("AAA accession 2001-01-01", "AAA notice-of-withdrawal 2010-02-10")
    found = bench.derive(bench.card(LEAVE, **IN_FORCE), *acts, says=says, reading="BBB")
    assert found.edges("AAA") == [("party", "2001-01-01"), ("former-party", "2010-05-10")]


def test_r26_the_clause_reading_knows_no_exit_without_a_clause(bench: Bench) -> None:
    says = ("AAA claims AAA termination 2025-10-27 holds=terminated effective=2025-11-06",)
    acts = (*BOTH, "AAA termination 2025-10-27 effective=2025-11-06")
    card = bench.card(**PAIR, **IN_FORCE)
    assert bench.derive(card, *acts, says=says).status("2025-11-06") == "terminated"
    clause = bench.derive(card, *acts, says=says, reading="clause")
    assert clause.status("2025-11-06") == "in-force"
    assert (clause.standing("AAA", "2026-01-01"), clause.flags("AAA", "2026-01-01")) == ("party", {"notice-pending"})


def test_r23_the_clause_reading_lets_nobody_out_too_early(bench: Bench) -> None:
    card = bench.card({**LEAVE, "period": "P150D"}, **IN_FORCE)
    for effective, out in (("2023-06-10", "2023-11-06"), ("2023-11-07", "2023-11-07")):
        acts = ("AAA accession 2001-01-01", f"AAA notice-of-withdrawal 2023-06-09 effective={effective}")
        assert bench.derive(card, *acts, reading="clause").edges("AAA")[-1] == ("former-party", out)


def test_r3_what_is_disputed_binds_those_who_say_so(bench: Bench) -> None:
    card = bench.card(kind="political-document", binding="disputed", participants=("AAA", "BBB"), signed="1994-12-05")
    acts = ("AAA adoption 1994-12-05", "BBB adoption 1994-12-05")
    says = ("AAA claims - - - holds=in-force said=2018-11-27", "BBB rejects - - - holds=operative said=2013-04-12")
    assert bench.derive(card, *acts, says=says).status("2020-01-01") == "operative"
    assert bench.derive(card, *acts, says=says, reading="BBB").standing("AAA", "2020-01-01") == "participant"
    own = bench.derive(card, *acts, says=says, reading="AAA")
    assert (own.status("2020-01-01"), own.standing("BBB", "2020-01-01")) == ("in-force", "party")
    unbound = bench.card(kind="political-document", binding="no", participants=("AAA", "BBB"), signed="1994-12-05")
    assert bench.derive(unbound, *acts, says=says, reading="AAA").status("2020-01-01") == "operative"


def test_r42_an_imprecise_day_stays_imprecise(bench: Bench) -> None:
    acts = ("AAA accession 2001-05", "AAA withdrawal 2010")
    found = bench.derive(bench.card(LEAVE, **IN_FORCE), *acts)
    party = next(item for item in found.result.of("AAA") if item.standing == "party")
    assert (party.since, party.until) == ("2001-05", "2010")
    assert (party.start.isoformat(), party.end.isoformat()) == ("2001-05-31", "2010-01-01")
    assert found.flags("AAA", "2001-04-30") == set()
    assert found.flags("AAA", "2001-05-20") == found.flags("AAA", "2010-06-01") == {"uncertain-date"}
    assert found.flags("AAA", "2005-01-01") == set()


def test_r42_the_day_of_a_suspension_stays_imprecise(bench: Bench) -> None:
    found = bench.derive(bench.card(**IN_FORCE), *PARTIES, "AAA suspension 2022-08 against=BBB")
    assert found.flags("AAA", "2022-08-31") == {"suspended", "suspension-claimed", "uncertain-date"}
    assert found.flags("AAA", "2022-09-01") == {"suspended", "suspension-claimed"}


def test_r42_an_interval_of_notice_gives_an_interval_of_effect(bench: Bench) -> None:
    card = bench.card({**LEAVE, "period": "P90D"}, **IN_FORCE)
    acts = ("AAA accession 2001-01-01", "AAA notice-of-withdrawal 2024-12-28/2025-01-31")
    party = bench.derive(card, *acts).result.of("AAA")[0]
    assert party.until == "2025-03-28/2025-05-01"


def test_r41_every_standing_says_why(bench: Bench) -> None:
    acts = (*PARTIES, "AAA notice-of-withdrawal 2003-01-10", "BBB suspension 2005-05-05", "DDD signature 2001-01-01")
    found = bench.derive(bench.card(LEAVE, **IN_FORCE), *acts).result
    assert all(item.because and all(step.rule for step in item.because) for item in found.standings)
    assert all(flag.because for flag in found.flags)
    known = {act.id for act in bench.acts(*acts)}
    assert {step.act for item in found.standings for step in item.because if step.act} <= known
