"""R1 to R9: days, what is not a treaty, and how a state becomes bound, with what looks alike and is not."""

from __future__ import annotations

import pytest

from law_bench import IN_FORCE, LEAVE, PAIR, THREE, Bench

# ---------------------------------------------------------------------- R1: days


def test_r1_half_open_on_the_effective_day_the_state_is_out(bench: Bench) -> None:
    found = bench.derive(
        bench.card(LEAVE, **IN_FORCE), "AAA accession 2001-04-04", "AAA notice-of-withdrawal 2010-02-10"
    )
    assert found.standing("AAA", "2001-04-03") == "none"
    assert found.standing("AAA", "2001-04-04") == "party"
    assert found.standing("AAA", "2010-05-09") == "party"
    assert found.standing("AAA", "2010-05-10") == "former-party"


def test_r1_what_was_not_known_yet_does_not_count(bench: Bench) -> None:
    card = bench.card(LEAVE, **IN_FORCE)
    acts = ("AAA accession 2001-04-04", "AAA notice-of-withdrawal 2010-02-10", "AAA accession 2015-07-07")
    assert bench.derive(card, *acts, known="2010-02-09").standing("AAA", "2012-01-01") == "party"
    assert bench.derive(card, *acts, known="2010-02-10").standing("AAA", "2012-01-01") == "former-party"
    assert bench.derive(card, *acts, known="2010-02-10").standing("AAA", "2016-01-01") == "former-party"
    assert bench.derive(card, *acts).standing("AAA", "2016-01-01") == "party"


def test_r1_an_act_known_to_the_month_is_known_when_the_month_is_over(bench: Bench) -> None:
    card = bench.card(**IN_FORCE)
    assert bench.derive(card, "AAA accession 2001-04", known="2001-04-29").standing("AAA", "2002-01-01") == "none"
    assert bench.derive(card, "AAA accession 2001-04", known="2001-04-30").standing("AAA", "2002-01-01") == "party"


# ---------------------------------------------------------------------- R3: what is not a treaty


@pytest.mark.parametrize("kind", ["political-document", "export-control-regime", "unilateral-statement", "resolution"])
def test_r3_what_is_not_a_treaty_has_participants_and_is_never_in_force(bench: Bench, kind: str) -> None:
    card = bench.card(LEAVE, kind=kind, signed="1995-03-01", operative="1995-09-01")
    found = bench.derive(
        card, "AAA adherence 1995-03-01", "BBB adherence 1999-01-01", "BBB end-of-participation 2004-06-06"
    )
    assert found.standing("AAA", "1995-08-31") == "none"
    assert found.standing("AAA", "1995-09-01") == "participant"
    assert found.standing("BBB", "2004-06-05") == "participant"
    assert found.standing("BBB", "2004-06-06") == "former-participant", "no period of notice"
    assert {item.status for item in found.result.statuses} == {"operative"}
    assert found.rules("AAA", "participant") == {"R3"}


def test_r3_a_participant_can_come_back(bench: Bench) -> None:
    card = bench.card(kind="export-control-regime", operative="1990-01-01")
    acts = ("AAA adherence 1990-01-01", "AAA end-of-participation 1995-01-01", "AAA adherence 1998-01-01")
    found = bench.derive(card, *acts)
    assert found.edges("AAA") == [
        ("participant", "1990-01-01"),
        ("former-participant", "1995-01-01"),
        ("participant", "1998-01-01"),
    ]


def test_r3_suspended_participation_can_be_resumed(bench: Bench) -> None:
    card = bench.card(kind="political-document", operative="1990-01-01")
    acts = (
        "AAA adherence 1990-01-01",
        "AAA suspension 2017-04-07 against=BBB",
        "AAA resumption 2017-05-06 against=BBB",
    )
    found = bench.derive(card, *acts, "BBB adherence 1990-01-01")
    assert "suspension-claimed" in found.flags("AAA", "2017-05-05")
    assert "suspension-claimed" not in found.flags("AAA", "2017-05-06")


# ---------------------------------------------------------------------- R5 to R9: becoming bound


def test_r5_signature_alone_makes_a_signatory(bench: Bench) -> None:
    found = bench.derive(bench.card(**IN_FORCE), "AAA signature 1999-01-01", "BBB signature 2003-01-01")
    assert found.standing("AAA", "2020-01-01") == "signatory"
    assert found.standing("BBB", "2002-12-31") == "none"


def test_r5_unsigning_ends_the_duty_and_not_the_signature(bench: Bench) -> None:
    acts = ("AAA signature 1999-01-01", "AAA intention-not-to-ratify 2002-06-14")
    found = bench.derive(bench.card(THREE, signed="1999-01-01"), *acts)
    assert found.standing("AAA", "2002-06-14") == "signatory"
    assert "signature-duty-ended" not in found.flags("AAA", "2002-06-13")
    assert found.flags("AAA", "2002-06-14") == {"signature-duty-ended"}


def test_r5_whoever_ratifies_after_all_is_not_flagged_as_unsigned(bench: Bench) -> None:
    acts = ("AAA signature 1999-01-01", "AAA intention-not-to-ratify 2002-06-14", "AAA ratification 2009-01-01")
    found = bench.derive(bench.card(**IN_FORCE), *acts)
    assert found.standing("AAA", "2010-01-01") == "party"
    assert found.flags("AAA", "2010-01-01") == set()


def test_r6_definitive_signature_binds_at_once(bench: Bench) -> None:
    card = bench.card({"clause": "entry-into-force", "on": "signature"}, **PAIR)
    found = bench.derive(card, "AAA definitive-signature 1999-05-01", "BBB definitive-signature 1999-05-03")
    assert found.status("1999-05-02") == "not-in-force"
    assert found.standing("AAA", "1999-05-02") == "contracting"
    assert found.standing("AAA", "1999-05-03") == "party"


def test_r6_signature_binds_where_the_text_says_so(bench: Bench) -> None:
    card = bench.card({"clause": "entry-into-force", "on": "signature", "delay": "P30D"}, **PAIR)
    found = bench.derive(card, "AAA signature 1999-05-01", "BBB signature 1999-05-01")
    assert found.standing("BBB", "1999-05-30") == "contracting"
    assert found.standing("BBB", "1999-05-31") == "party"


@pytest.mark.parametrize(
    "act", ["ratification", "acceptance", "approval", "accession", "consent-to-be-bound", "notification"]
)
def test_r7_consent_is_the_deposit(bench: Bench, act: str) -> None:
    found = bench.derive(bench.card(**IN_FORCE), f"AAA {act} 2005-05-05")
    assert found.edges("AAA") == [("party", "2005-05-05")]


def test_r8_the_first_of_several_deposits_counts_and_all_are_told(bench: Bench) -> None:
    acts = (
        "AAA accession 2005-07-22 at=Washington",
        "AAA accession 2005-02-09 at=Moscow",
        "AAA accession 2005-07-23 at=London",
    )
    found = bench.derive(bench.card(**IN_FORCE), *acts)
    assert found.edges("AAA") == [("party", "2005-02-09")]
    told = [step.act for item in found.result.of("AAA") for step in item.because if step.rule == "R8"]
    assert [act.rpartition("/")[2] for act in told] == ["moscow", "washington", "london"]


def test_r9_consent_before_entry_into_force_makes_a_contracting_state(bench: Bench) -> None:
    acts = ("AAA ratification 1990-01-01", "BBB ratification 1991-01-01", "CCC ratification 1992-01-01")
    found = bench.derive(bench.card(THREE), *acts)
    assert found.edges("AAA") == [("contracting", "1990-01-01"), ("party", "1992-01-01")]
    assert "R9" in found.rules("AAA", "contracting")
    assert found.edges("CCC") == [("party", "1992-01-01")]


# ---------------------------------------------------------------------- return


def test_a_state_that_left_can_return(bench: Bench) -> None:
    card = bench.card({"clause": "state-entry-into-force", "delay": "P30D"}, LEAVE, **IN_FORCE)
    acts = ("AAA accession 2001-01-01", "AAA notice-of-withdrawal 2005-01-01", "AAA accession 2015-01-01")
    assert bench.derive(card, *acts).edges("AAA") == [
        ("contracting", "2001-01-01"),
        ("party", "2001-01-31"),
        ("former-party", "2005-04-01"),
        ("contracting", "2015-01-01"),
        ("party", "2015-01-31"),
    ]


def test_a_second_accession_while_bound_changes_nothing(bench: Bench) -> None:
    acts = ("AAA accession 2001-01-01", "AAA ratification 2004-04-04")
    assert bench.derive(bench.card(**IN_FORCE), *acts).edges("AAA") == [("party", "2001-01-01")]


def test_a_state_that_left_and_takes_its_new_consent_back_is_a_former_party(bench: Bench) -> None:
    card = bench.card(LEAVE, {"clause": "state-entry-into-force", "delay": "P6M"}, **IN_FORCE)
    acts = (
        "AAA accession 2001-01-01", "AAA notice-of-withdrawal 2005-01-01", "AAA accession 2010-01-01",
        "AAA withdrawal-of-consent 2010-02-01",
    )  # fmt: skip
    assert bench.derive(card, *acts).edges("AAA")[-2:] == [
        ("contracting", "2010-01-01"),
        ("former-party", "2010-02-01"),
    ]
