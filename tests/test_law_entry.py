"""R13 to R17: entry into force, provisional application, consent that is taken back, with what looks alike and is not."""

from __future__ import annotations

import pytest

from law_bench import IN_FORCE, LEAVE, PAIR, THREE, TWO_CONSENTS, Bench
from treatygraph.model.dates import Span


@pytest.mark.parametrize(
    ("clause", "entry"),
    [
        ({"count": "3"}, "1992-01-31"),
        ({"count": "3", "delay": "P1M"}, "1992-02-29"),
        ({"count": "3", "delay": "P30D"}, "1992-03-01"),
        ({"count": "3", "delay": "P150D"}, "1992-06-29"),
        ({"count": "3", "delay": "P6M", "start": "first-of-month"}, "1992-07-01"),
        ({"count": "3", "not_before": "1997-01-13"}, "1997-01-13"),
        ({"count": "3", "delay": "P180D", "not_before": "1990-01-01"}, "1992-07-29"),
        ({"all_of": ("AAA", "BBB")}, "1991-08-31"),
        ({"including": ("AAA", "DDD"), "count": "3"}, "1993-05-05"),
        ({"including": ("AAA",), "count": "2", "others": "yes"}, "1992-01-31"),
        ({"including": ("AAA", "BBB"), "count": "2", "others": "yes"}, "1993-05-05"),
        ({"some": "2", "of": ("BBB", "DDD", "EEE")}, "1993-05-05"),
        ({"count": "3", "acts": ("ratification",)}, "1993-05-05"),
        ({"all_of": ("signatories",)}, "1992-01-31"),
    ],
)
def test_r13_the_condition_and_its_delay(bench: Bench, clause: dict[str, object], entry: str) -> None:
    acts = (
        "AAA signature 1989-01-01",
        "CCC signature 1989-01-01",
        "AAA ratification 1990-01-01",
        "BBB accession 1991-08-31",
        "CCC ratification 1992-01-31",
        "DDD ratification 1993-05-05",
    )
    found = bench.derive(bench.card({"clause": "entry-into-force", **clause}), *acts)
    assert found.result.life.entry == Span.parse(entry)
    assert found.status(entry) == "in-force"


def test_r13_what_is_missing_is_named(bench: Bench) -> None:
    card = bench.card({"clause": "entry-into-force", "all_of": ("AAA", "BBB", "CCC")}, signed="1989-01-01")
    assert bench.derive(card, "BBB ratification 1990-01-01").result.missing == "consent of AAA, CCC"
    counted = bench.card(THREE, signed="1989-01-01")
    assert bench.derive(counted, "BBB ratification 1990-01-01").result.missing == "2 more consents"


def test_r13_without_a_clause_all_participants_must_consent(bench: Bench) -> None:
    card = bench.card(participants=("AAA", "BBB", "CCC"))
    two = ("AAA ratification 1990-01-01", "BBB ratification 1991-01-01")
    assert bench.derive(card, *two).result.life.entry is None
    assert bench.derive(card, *two, "CCC ratification 1994-09-09").result.life.entry == Span.parse("1994-09-09")


def test_r13_a_continuing_state_counts_for_the_one_it_continues(bench: Bench) -> None:
    card = bench.card({"clause": "entry-into-force", "all_of": ("participants",)}, participants=("AAA", "OLD"))
    acts = ("AAA ratification 1991-01-01", "NEW ratification 1994-12-05")
    assert bench.derive(card, *acts).result.life.entry == Span.parse("1994-12-05")


def test_r13_both_names_of_one_state_count_once(bench: Bench) -> None:
    acts = ("OLD ratification 1990-01-01", "NEW ratification 1993-01-01", "AAA ratification 1994-01-01")
    assert bench.derive(bench.card(THREE), *acts).result.life.entry is None


def test_r13_a_stated_entry_of_a_closed_treaty_proves_consent(bench: Bench) -> None:
    found = bench.derive(bench.card(**PAIR, **IN_FORCE), "AAA signature 1999-05-01", "BBB signature 1999-05-01")
    assert found.edges("AAA") == [("signatory", "1999-05-01"), ("party", "2000-01-01")]


def test_r13_a_stated_entry_of_an_open_treaty_proves_nothing_of_a_signatory(bench: Bench) -> None:
    found = bench.derive(bench.card(signed="1999-05-01", **IN_FORCE), "AAA signature 1999-05-01")
    assert found.edges("AAA") == [("signatory", "1999-05-01")]


def test_r13_a_treaty_that_waits_for_another(bench: Bench) -> None:
    first = bench.card(name="first", **PAIR, entry_into_force="1994-12-05")
    second = bench.card(
        {"clause": "entry-into-force", "count": "2", "after": "first"}, name="second", signed="1993-01-03"
    )
    acts = ("second: AAA ratification 1993-02-02", "second: BBB ratification 1993-03-03")
    assert bench.together([first, second], *acts)["second"].result.life.entry == Span.parse("1994-12-05")
    waiting = bench.together([bench.card(name="first", **PAIR), second], *acts)["second"].result
    assert waiting.life.entry is None
    assert waiting.missing == "entry into force of first"


@pytest.mark.parametrize(
    ("clause", "early", "late"),
    [
        ({}, "1992-01-01", "2001-08-31"),
        ({"delay": "P30D"}, "1992-01-01", "2001-09-30"),
        ({"delay": "P6M"}, "1992-01-01", "2002-02-28"),
        ({"delay": "P6M", "start": "first-of-month"}, "1992-01-01", "2002-02-01"),
        ({"delay": "P2Y"}, "1992-07-07", "2003-08-31"),
        ({"delay": "P2Y", "applies": "after-entry"}, "1992-01-01", "2003-08-31"),
    ],
)
def test_r14_the_state_s_own_entry_into_force(bench: Bench, clause: dict[str, object], early: str, late: str) -> None:
    card = bench.card({"clause": "state-entry-into-force", **clause}, entry_into_force="1992-01-01")
    found = bench.derive(card, "AAA ratification 1990-07-07", "BBB accession 2001-08-31")
    assert ("party", early) in found.edges("AAA")
    assert ("party", late) in found.edges("BBB")


def test_r14_a_waiver_binds_earlier(bench: Bench) -> None:
    card = bench.card({"clause": "state-entry-into-force", "delay": "P9Y"}, entry_into_force="1968-04-22")
    found = bench.derive(card, "AAA ratification 1968-05-01", "AAA waiver 1969-02-02", "BBB ratification 1968-05-01")
    assert ("party", "1969-02-02") in found.edges("AAA")
    assert ("party", "1977-05-01") in found.edges("BBB")


def test_r15_deposits_before_entry_into_force_are_valid(bench: Bench) -> None:
    found = bench.derive(bench.card(entry_into_force="1992-01-01", signed="1989-01-01"), "AAA ratification 1990-07-07")
    assert found.status("1990-07-07") == "not-in-force"
    assert found.edges("AAA") == [("contracting", "1990-07-07"), ("party", "1992-01-01")]


def test_r16_provisional_application_by_the_treaty(bench: Bench) -> None:
    card = bench.card(
        {"clause": "provisional-application", "from": "1992-07-17", "until": "1992-11-09"},
        signed="1990-11-19",
        entry_into_force="1992-11-09",
    )
    found = bench.derive(card, "AAA signature 1990-11-19", "AAA ratification 1993-02-02")
    assert found.edges("AAA") == [
        ("signatory", "1990-11-19"),
        ("provisional", "1992-07-17"),
        ("signatory", "1992-11-09"),
        ("party", "1993-02-02"),
    ]
    assert [found.status(on) for on in ("1992-07-16", "1992-07-17", "1992-11-08", "1992-11-09")] == [
        "not-in-force",
        "provisional",
        "provisional",
        "in-force",
    ]
    assert found.standing("BBB", "1992-08-01") == "none"


def test_r16_provisional_application_by_a_state(bench: Bench) -> None:
    card = bench.card(THREE, signed="2003-12-18")
    acts = (
        "AAA signature 2003-12-18",
        "AAA provisional-application 2016-01-16",
        "AAA end-of-provisional-application 2021-02-15 effective=2021-02-23",
    )
    found = bench.derive(card, *acts)
    assert found.edges("AAA") == [
        ("signatory", "2003-12-18"),
        ("provisional", "2016-01-16"),
        ("signatory", "2021-02-23"),
    ]
    assert {item.status for item in found.result.statuses} == {"not-in-force"}


@pytest.mark.parametrize("by_treaty", [True, False])
def test_r16_whoever_will_not_become_a_party_stops_applying(bench: Bench, by_treaty: bool) -> None:
    clause = {"clause": "provisional-application", "from": "1994-12-17"}
    card = bench.card(*([clause] if by_treaty else []), THREE, signed="1994-12-17")
    acts = ["AAA signature 1994-12-17", "AAA intention-not-to-ratify 2009-08-20 effective=2009-10-18"]
    found = bench.derive(card, *acts, *([] if by_treaty else ["AAA provisional-application 1994-12-17"]))
    assert found.standing("AAA", "2009-10-17") == "provisional"
    assert found.standing("AAA", "2009-10-18") == "signatory"


def test_r17_consent_taken_back_before_entry_into_force(bench: Bench) -> None:
    card = bench.card(THREE, signed="1996-09-24")
    acts = ("AAA signature 1996-09-24", "AAA ratification 2000-06-30", "AAA withdrawal-of-consent 2023-11-03")
    others = ("BBB ratification 2001-01-01", "CCC ratification 2024-01-01")
    found = bench.derive(card, *acts, *others)
    assert found.edges("AAA") == [
        ("signatory", "1996-09-24"),
        ("contracting", "2000-06-30"),
        ("signatory", "2023-11-03"),
    ]
    assert found.flags("AAA", "2023-11-03") == {"consent-revoked"}
    assert "R17" in found.rules("AAA", "signatory")
    assert found.result.life.entry is None, "the consent left the count"
    assert found.result.missing == "1 more consents"


def test_r17_a_notice_before_entry_into_force_takes_consent_back_too(bench: Bench) -> None:
    acts = ("AAA signature 1996-09-24", "AAA ratification 2000-06-30", "AAA notice-of-withdrawal 2004-04-04")
    found = bench.derive(bench.card(THREE, LEAVE, signed="1996-09-24"), *acts)
    assert found.standing("AAA", "2005-01-01") == "signatory"
    assert "former-party" not in dict(found.edges("AAA"))


def test_r17_consent_taken_back_and_given_again(bench: Bench) -> None:
    card = bench.card({"clause": "state-entry-into-force", "delay": "P30D"}, LEAVE, entry_into_force="1997-04-29")
    acts = ("AAA accession 2017-12-29", "AAA withdrawal-of-consent 2018-01-08", "AAA accession 2018-05-17")
    assert bench.derive(card, *acts).edges("AAA") == [
        ("contracting", "2017-12-29"),
        ("contracting", "2018-05-17"),
        ("party", "2018-06-16"),
    ]


def test_r17_what_is_taken_back_after_it_bound_is_a_withdrawal_with_its_period(bench: Bench) -> None:
    acts = ("AAA signature 1999-01-01", "AAA ratification 2000-02-02", "AAA withdrawal-of-consent 2010-11-30")
    found = bench.derive(bench.card(LEAVE, **IN_FORCE), *acts)
    assert found.standing("AAA", "2011-02-27") == "party"
    assert found.standing("AAA", "2011-02-28") == "former-party"
    assert found.flags("AAA", "2010-12-25") == {"notice-pending"}


def test_r14_a_waiver_never_binds_later(bench: Bench) -> None:
    card = bench.card(**IN_FORCE)
    assert bench.derive(card, "AAA accession 2001-01-01", "AAA waiver 2010-01-01").edges("AAA") == [
        ("party", "2001-01-01")
    ]
    waiting = bench.card(TWO_CONSENTS)
    assert bench.derive(waiting, "AAA accession 2001-01-01", "AAA waiver 2002-01-01").edges("AAA") == [
        ("contracting", "2001-01-01"),
        ("party", "2002-01-01"),
    ]


def test_r16_provisional_application_does_not_come_back_after_an_exit(bench: Bench) -> None:
    acts = (
        "AAA provisional-application 1999-01-01",
        "AAA ratification 2001-01-01",
        "AAA notice-of-withdrawal 2005-01-01",
    )
    assert bench.derive(bench.card(LEAVE, **IN_FORCE), *acts).edges("AAA") == [
        ("provisional", "1999-01-01"),
        ("party", "2001-01-01"),
        ("former-party", "2005-04-01"),
    ]


def test_r17_consent_taken_back_ends_at_once_although_a_notice_runs(bench: Bench) -> None:
    card = bench.card(LEAVE, TWO_CONSENTS)
    acts = (
        "AAA ratification 2001-01-01",
        "AAA notice-of-withdrawal 2002-01-01",
        "AAA withdrawal-of-consent 2002-02-01",
    )
    assert bench.derive(card, *acts).standing("AAA", "2002-01-31") == "contracting"
    assert bench.derive(card, *acts).standing("AAA", "2002-02-01") == "none"
    late = (*acts[:2], "AAA withdrawal-of-consent 2009-01-01")
    assert bench.derive(card, *late).standing("AAA", "2002-04-01") == "none", "the notice had worked long before"
