"""The rules of the law, each on a card and a ledger of a few lines, with what looks alike and is not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pytest

from treatygraph.dates import Span, day
from treatygraph.errors import FactsError
from treatygraph.law.corpus import Corpus
from treatygraph.law.withdrawal import notice_given

if TYPE_CHECKING:
    from conftest import Bench, Derived

LEAVE = {"clause": "withdrawal", "article": "IX", "period": "P3M"}
THREE = {"clause": "entry-into-force", "article": "VII", "count": "3"}
IN_FORCE = {"entry_into_force": "2000-01-01"}
PAIR: dict[str, Any] = {"scope": "bilateral", "participants": ("AAA", "BBB"), "signed": "1999-05-01"}
BOTH = ("AAA ratification 1999-06-01", "BBB ratification 1999-06-01")


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


# ---------------------------------------------------------------------- R13 to R17: entry into force


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


# ---------------------------------------------------------------------- R18 to R22: duration and end


def test_r18_a_fixed_term_ends_on_the_anniversary(bench: Bench) -> None:
    card = bench.card({"clause": "duration", "article": "VIII", "term": "P5Y"}, **PAIR, **IN_FORCE)
    found = bench.derive(card, *BOTH)
    assert (found.status("2004-12-31"), found.status("2005-01-01")) == ("in-force", "expired")
    assert (found.standing("AAA", "2004-12-31"), found.standing("AAA", "2005-01-01")) == ("party", "former-party")


@pytest.mark.parametrize(("key", "value"), [("until", "2005-01-01"), ("through", "2004-12-31")])
def test_r18_a_term_with_a_day_of_its_own(bench: Bench, key: str, value: str) -> None:
    found = bench.derive(bench.card({"clause": "duration", key: value}, **PAIR, **IN_FORCE), *BOTH)
    assert (found.status("2004-12-31"), found.status("2005-01-01")) == ("in-force", "expired")


def test_r18_a_term_that_renews_itself_goes_on(bench: Bench) -> None:
    found = bench.derive(bench.card({"clause": "duration", "term": "P5Y", "renews": "P5Y"}, **PAIR, **IN_FORCE), *BOTH)
    assert found.status("2024-01-01") == "in-force"
    assert found.result.life.end is None


def extended(bench: Bench, *entries: tuple[str, Mapping[str, object]]) -> str:
    """When a treaty of 2000 for ten years ends, extended by agreements with an entry and a duration each."""
    cards = [bench.card({"clause": "duration", "term": "P10Y"}, name="limits", **PAIR, **IN_FORCE)]
    for number, (entry, duration) in enumerate(entries):
        values = {**PAIR, "relations": (("extends", "limits"),), "entry_into_force": entry}
        cards.append(bench.card({"clause": "duration", **duration}, name=f"more-{9 - number}", **values))
    end = Corpus(bench.facts(cards, ())).default["limits"].life.end
    return end.text if end else ""


def test_r18_an_extension_in_force_in_time(bench: Bench) -> None:
    assert extended(bench) == "2010-01-01"
    assert extended(bench, ("2009-12-31", {"until": "2015-01-01"})) == "2015-01-01"
    assert extended(bench, ("2009-12-31", {"term": "P3Y"})) == "2013-01-01"
    assert extended(bench, ("2009-12-31", {"unlimited": "yes"})) == ""


@pytest.mark.parametrize("entry", ["2010-01-01", "2010-01-02", "2011-06-01"])
def test_r18_an_extension_in_force_too_late_revives_nothing(bench: Bench, entry: str) -> None:
    assert extended(bench, (entry, {"until": "2015-01-01"})) == "2010-01-01"


def test_r18_one_extension_after_another(bench: Bench) -> None:
    first, second = ("2009-06-01", {"until": "2015-01-01"}), ("2014-12-01", {"until": "2020-01-01"})
    assert extended(bench, first, second) == extended(bench, second, first) == "2020-01-01"
    assert extended(bench, second) == "2010-01-01", "the second alone came too late"


def test_r18_before_the_extension_was_known_the_old_end_stood(bench: Bench) -> None:
    limits = bench.card({"clause": "duration", "term": "P10Y"}, name="limits", **PAIR, **IN_FORCE)
    values = {**PAIR, "relations": (("extends", "limits"),), "entry_into_force": "2009-12-01"}
    more = bench.card({"clause": "duration", "until": "2015-01-01"}, name="more", **values)
    ends = [
        Corpus(bench.facts([limits, more], ()), day(by)).default["limits"].life.end
        for by in ("2009-11-30", "2009-12-01")
    ]
    assert [str(end) for end in ends] == ["2010-01-01", "2015-01-01"]


@pytest.mark.parametrize(
    ("notice", "out"),
    [
        ("2004-06-30", "2005-01-01"),
        ("2004-07-01", "2005-01-01"),
        ("2004-07-02", "2010-01-01"),
        ("2009-07-01", "2010-01-01"),
        ("2009-08-15", "2015-01-01"),
    ],
)
def test_r18_notice_before_the_end_of_a_term(bench: Bench, notice: str, out: str) -> None:
    leave = {"clause": "withdrawal", "period": "P6M", "at_end_of": "term"}
    card = bench.card({"clause": "duration", "term": "P5Y", "renews": "P5Y"}, leave, **PAIR, **IN_FORCE)
    found = bench.derive(card, *BOTH, f"AAA notice-of-withdrawal {notice}")
    assert found.result.life.end == Span.parse(out)
    assert "notice-pending" in found.flags("AAA", notice)


def test_r19_falling_below_the_number_ends_nothing(bench: Bench) -> None:
    acts = [f"{code} ratification 1990-01-01" for code in ("AAA", "BBB", "CCC")]
    left = [f"{code} notice-of-withdrawal 2000-01-01" for code in ("AAA", "BBB")]
    found = bench.derive(bench.card(THREE, LEAVE), *acts, *left)
    assert found.status("2020-01-01") == "in-force"
    assert found.standing("CCC", "2020-01-01") == "party"


def test_r19_consent_taken_back_later_does_not_undo_entry_into_force(bench: Bench) -> None:
    acts = [f"{code} ratification 1990-01-01" for code in ("AAA", "BBB", "CCC")]
    found = bench.derive(bench.card(THREE, LEAVE), *acts, "AAA withdrawal-of-consent 2000-01-01")
    assert found.result.life.entry == Span.parse("1990-01-01")
    assert found.standing("AAA", "2000-04-01") == "former-party"


def test_r20_a_bilateral_treaty_ends_when_one_side_is_out(bench: Bench) -> None:
    found = bench.derive(bench.card(LEAVE, **PAIR, **IN_FORCE), *BOTH, "BBB notice-of-withdrawal 2001-12-13")
    assert (found.status("2002-03-12"), found.status("2002-03-13")) == ("in-force", "terminated")
    assert found.standing("AAA", "2002-03-13") == found.standing("BBB", "2002-03-13") == "former-party"


def test_r20_one_of_many_leaves_and_the_treaty_goes_on(bench: Bench) -> None:
    acts = [f"{code} ratification 1999-01-01" for code in ("AAA", "BBB", "CCC")]
    found = bench.derive(bench.card(LEAVE, **IN_FORCE), *acts, "BBB notice-of-withdrawal 2001-12-13")
    assert found.status("2020-01-01") == "in-force"


def test_r20_a_closed_treaty_ends_when_all_have_left(bench: Bench) -> None:
    acts = [f"{code} ratification 1999-01-01" for code in ("AAA", "BBB", "CCC")]
    left = ["AAA notice-of-withdrawal 2001-01-01", "BBB notice-of-withdrawal 2003-01-01"]
    card = bench.card(LEAVE, participants=("AAA", "BBB", "CCC"), **IN_FORCE)
    assert bench.derive(card, *acts, *left).result.life.end is None
    assert bench.derive(card, *acts, *left, "CCC notice-of-withdrawal 2005-01-01").result.life.end == Span.parse(
        "2005-04-01"
    )


def test_r20_agreement_of_both_sides_ends_it_at_once(bench: Bench) -> None:
    card = bench.card(LEAVE, **PAIR, **IN_FORCE)
    one = bench.derive(card, *BOTH, "AAA termination 2005-05-05")
    both = bench.derive(card, *BOTH, "AAA termination 2005-05-05", "BBB termination 2005-05-05")
    assert one.result.life.end == Span.parse("2005-08-05"), "one side alone keeps to the clause"
    assert both.result.life.end == Span.parse("2005-05-05")


def test_r20_some_clauses_end_it_for_all(bench: Bench) -> None:
    acts = [f"{code} ratification 1999-01-01" for code in ("AAA", "BBB", "CCC")]
    card = bench.card({**LEAVE, "ends": "all"}, **IN_FORCE)
    found = bench.derive(card, *acts, "BBB notice-of-withdrawal 2001-12-13")
    assert found.result.life.end == Span.parse("2002-03-13")
    assert found.standing("CCC", "2002-03-13") == "former-party"


def test_r20_a_bilateral_treaty_ends_with_a_state_that_nobody_continues(bench: Bench) -> None:
    lost = bench.card(scope="bilateral", participants=("AAA", "PAR"), entry_into_force="1980-01-01")
    kept = bench.card(scope="bilateral", participants=("AAA", "OLD"), entry_into_force="1980-01-01")
    assert bench.derive(lost).result.life.end == Span.parse("1993-01-01")
    assert bench.derive(kept).result.life.end is None


def test_r21_a_later_treaty_ends_an_earlier_one_by_its_clause(bench: Bench) -> None:
    old = bench.card({"clause": "duration", "until": "2012-12-31"}, name="old", **PAIR, entry_into_force="2003-06-01")
    new = bench.card({"clause": "supersession", "ends": "old"}, name="new", **PAIR, entry_into_force="2011-02-05")
    found = Corpus(bench.facts([old, new], ())).default["old"]
    assert (str(found.life.end), found.life.how) == ("2011-02-05", "superseded")
    draft = bench.card({"clause": "supersession", "ends": "old"}, name="new", **PAIR)
    assert str(Corpus(bench.facts([old, draft], ())).default["old"].life.end) == "2012-12-31"


@pytest.mark.parametrize(("joined", "end"), [(("AAA", "BBB"), "2011-02-05"), (("AAA",), None)])
def test_r21_without_a_clause_only_if_all_parties_concluded_it(
    bench: Bench, joined: tuple[str, ...], end: str | None
) -> None:
    old = bench.card(name="old", entry_into_force="2003-06-01")
    new = bench.card(name="new", entry_into_force="2011-02-05", relations=(("supersedes", "old"),))
    acts = [*bench.acts("AAA ratification 2003-01-01", "BBB ratification 2003-01-01", name="old")]
    acts += bench.acts(
        "CCC ratification 2010-01-01", *(f"{code} ratification 2010-01-01" for code in joined), name="new"
    )
    found = Corpus(bench.facts([old, new], acts)).default["old"]
    assert (str(found.life.end) if found.life.end else None) == end


# ---------------------------------------------------------------------- R23 to R29: withdrawal


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


TAIL = {**LEAVE, "period": "P6M", "tail": "named-conflict"}
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
    "clauses", [(), ({"clause": "withdrawal", "none": "yes"},)], ids=["none found", "text searched"]
)
def test_r26_without_a_clause_no_day_is_guessed(bench: Bench, clauses: tuple[dict[str, object], ...]) -> None:
    found = bench.derive(
        bench.card(*clauses, **IN_FORCE), "AAA accession 2001-01-01", "AAA notice-of-withdrawal 2010-02-10"
    )
    assert found.standing("AAA", "2040-01-01") == "party"
    assert found.flags("AAA", "2040-01-01") == {"notice-pending"}
    assert "cannot be determined" in found.result.notes[0]
    assert found.flag("AAA", "notice-pending").because[-1].rule == "R26"


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


# ---------------------------------------------------------------------- R30 to R32: suspension

PARTIES = tuple(f"{code} ratification 1999-01-01" for code in ("AAA", "BBB", "CCC"))


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


# ---------------------------------------------------------------------- R33 to R36: succession


def test_r33_a_continuing_state_is_the_same_party(bench: Bench) -> None:
    found = bench.derive(bench.card(**IN_FORCE), "OLD ratification 1970-01-01", "AAA accession 2001-01-01")
    other = bench.derive(bench.card(entry_into_force="1970-03-05"), "OLD ratification 1969-01-01")
    assert other.edges("OLD")[-1] == ("party", "1970-03-05")
    (new,) = other.result.of("NEW")
    assert (new.standing, str(new.start), new.origin) == ("party", "1992-01-01", "1970-03-05")
    assert new.because[0].rule == "R33"
    assert other.standing("OLD", "1992-01-01") == "none"
    assert found.standing("HEI", "2010-01-01") == "none"


def test_r33_a_continuing_state_leaves_by_its_own_notice(bench: Bench) -> None:
    acts = ("OLD ratification 1971-01-01", "NEW notice-of-withdrawal 2005-01-01")
    found = bench.derive(bench.card(LEAVE, entry_into_force="1970-03-05"), *acts)
    assert found.edges("NEW") == [("party", "1992-01-01"), ("former-party", "2005-04-01")]


def test_r34_a_state_that_separated_is_bound_when_it_says_so_and_from_the_start(bench: Bench) -> None:
    card = bench.card(entry_into_force="1970-03-05")
    acts = ("PAR ratification 1969-01-01", "HEI succession 1993-04-17 effective=1993-01-01")
    found = bench.derive(card, *acts)
    assert found.edges("HEI") == [("party", "1993-01-01")]
    assert found.flags("HEI", "1993-02-01") == {"by-succession"}
    assert found.standing("PAR", "1993-01-01") == "none"
    assert bench.derive(card, *acts, known="1993-02-01").standing("HEI", "1993-02-01") == "none"
    assert bench.derive(card, *acts, known="1993-05-01").standing("HEI", "1993-02-01") == "party"


def test_r34_a_notification_without_a_day_works_from_the_succession(bench: Bench) -> None:
    acts = ("PAR ratification 1969-01-01", "HEI succession 1996-12-11")
    assert bench.derive(bench.card(entry_into_force="1970-03-05"), *acts).edges("HEI") == [("party", "1993-01-01")]


def test_r34_succession_to_what_was_not_yet_in_force(bench: Bench) -> None:
    acts = ("PAR ratification 1992-01-01", "HEI succession 1996-12-11")
    assert bench.derive(bench.card(entry_into_force="1998-12-03"), *acts).edges("HEI")[-1] == ("party", "1998-12-03")


def test_r34_without_a_word_a_state_that_separated_is_not_bound(bench: Bench) -> None:
    found = bench.derive(bench.card(entry_into_force="1970-03-05"), "PAR ratification 1969-01-01")
    assert found.standing("HEI", "2000-01-01") == "none"


def test_r34_accession_of_its_own_binds_from_the_accession(bench: Bench) -> None:
    acts = ("PAR ratification 1969-01-01", "HEI accession 1996-12-11")
    found = bench.derive(bench.card(entry_into_force="1970-03-05"), *acts)
    assert found.edges("HEI") == [("party", "1996-12-11")]
    assert found.flags("HEI", "1997-01-01") == set()


def test_r35_a_union_is_bound_since_the_first_of_its_parts(bench: Bench) -> None:
    acts = ("ONE ratification 1986-05-14", "TWO ratification 1979-06-01")
    found = bench.derive(bench.card(entry_into_force="1970-03-05"), *acts)
    (held,) = found.result.of("UNI")
    assert (held.standing, str(held.start), held.origin) == ("party", "1990-05-01", "1979-06-01")
    assert held.because[0].rule == "R35"
    assert found.flags("UNI", "2000-01-01") == {"by-succession"}
    assert found.standing("ONE", "1990-05-01") == "none"


def test_r35_one_part_is_enough_and_the_stronger_standing_passes_on(bench: Bench) -> None:
    acts = ("ONE signature 1968-07-01", "TWO ratification 1979-06-01")
    assert bench.derive(bench.card(entry_into_force="1970-03-05"), *acts).edges("UNI") == [("party", "1990-05-01")]


def test_r35_a_part_that_had_left_hands_over_nothing(bench: Bench) -> None:
    acts = ("ONE ratification 1975-01-01", "ONE notice-of-withdrawal 1985-01-01")
    found = bench.derive(bench.card(LEAVE, entry_into_force="1970-03-05"), *acts)
    assert found.standing("UNI", "1995-01-01") == "none"


def test_r35_a_part_that_had_ended_before_hands_over_nothing(bench: Bench) -> None:
    gone = bench.state("ONE", until="1975-04-30")
    case = bench.case(bench.card(entry_into_force="1970-03-05"), "ONE ratification 1971-01-01")
    earlier = type(case)(case.instrument, case.acts, {**bench.states, "ONE": gone})
    from treatygraph.law.standings import derive

    assert derive(earlier).of("UNI") == ()


def test_r35_a_union_that_another_state_continues(bench: Bench) -> None:
    later = {
        **bench.states,
        "UNI": bench.state("UNI", since="1990-05-01", until="2000-01-01", parts=("ONE", "TWO"), mode="union"),
    }
    later["ALT"] = bench.state("ALT", since="2000-01-01", continues="UNI", mode="continuity")
    case = bench.case(bench.card(entry_into_force="1970-03-05"), "ONE ratification 1971-01-01")
    from treatygraph.law.standings import derive

    (held,) = derive(type(case)(case.instrument, case.acts, later)).of("ALT")
    assert (held.standing, str(held.start), held.origin) == ("party", "2000-01-01", "1971-01-01")


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
    contested = {flag.by: str(flag.start) for flag in flagged.flags if flag.flag == "contested"}
    assert contested == {"AAA": "2003-01-10", "clause": "2003-01-10"}


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
    party = found.result.of("AAA")[0]
    assert (party.since, party.until) == ("2001-05", "2010")
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


# ---------------------------------------------------------------------- return, and what a notice would do


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


def test_when_a_state_would_be_out_if_it_gave_notice(bench: Bench) -> None:
    card = bench.card(TAIL, **IN_FORCE)
    entry = Span.parse("2000-01-01")
    free = notice_given(card, Span.parse("2025-07-18"), entry, ())
    assert free.day == Span.parse("2026-01-18")
    at_war = notice_given(card, Span.parse("2025-07-18"), entry, [bench.conflict("AAA", "2022-02-24")])
    assert at_war.day is None
    assert [step.rule for step in at_war.because] == ["R23", "R25"]


def test_instruments_that_depend_on_each_other_in_a_circle_are_refused(bench: Bench) -> None:
    first = bench.card({"clause": "duration", "as": "second"}, name="first")
    second = bench.card({"clause": "duration", "as": "first"}, name="second")
    with pytest.raises(FactsError, match="in a circle"):
        _ = Corpus(bench.facts([first, second], ())).order


# ---------------------------------------------------------------------- found by the literal reading (literal_law.py)


TWO_CONSENTS = {"clause": "entry-into-force", "article": "VII", "count": "2"}


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


@pytest.mark.parametrize("revoked", ["2002-02-01", "2002-05-01"])
def test_r27_a_notice_that_was_revoked_in_time_leaves_the_consent_in_the_count(bench: Bench, revoked: str) -> None:
    acts = (
        "AAA ratification 2001-01-01", "AAA notice-of-withdrawal 2002-01-01", f"AAA revocation-of-notice {revoked}",
        "BBB ratification 2005-01-01",
    )  # fmt: skip
    found = bench.derive(bench.card(LEAVE, TWO_CONSENTS), *acts)
    assert found.status("2005-01-01") == ("in-force" if revoked < "2002-04-01" else "not-in-force")


def test_r33_a_succession_works_from_the_life_of_the_state_that_declared_it(bench: Bench) -> None:
    bench.states["OLD"] = bench.state("OLD", since="1970-01-01", until="1992-01-01")
    found = bench.derive(bench.card(entry_into_force="1960-01-01"), "OLD succession 1975-01-01")
    bench.states["OLD"] = bench.state("OLD", until="1992-01-01")
    assert found.edges("OLD") == [("party", "1970-01-01")]
    assert found.edges("NEW") == [("party", "1992-01-01")]
    assert found.result.of("NEW")[0].origin == "1970-01-01"


def test_r35_a_union_becomes_a_party_when_the_consent_of_its_part_takes_effect(bench: Bench) -> None:
    found = bench.derive(bench.card(TWO_CONSENTS), "ONE ratification 1985-01-01", "AAA ratification 1995-01-01")
    assert found.edges("UNI") == [("contracting", "1990-05-01"), ("party", "1995-01-01")]


def test_r35_a_notice_of_a_part_works_for_the_union(bench: Bench) -> None:
    card = bench.card(LEAVE, entry_into_force="1980-01-01")
    found = bench.derive(card, "ONE ratification 1985-01-01", "ONE notice-of-withdrawal 1990-04-01")
    assert found.edges("UNI") == [("party", "1990-05-01"), ("former-party", "1990-07-01")]


def test_r35_a_union_inherits_nothing_of_a_treaty_that_had_ended(bench: Bench) -> None:
    card = bench.card({"clause": "duration", "term": "P5Y"}, entry_into_force="1980-01-01")
    found = bench.derive(card, "ONE ratification 1981-01-01")
    assert found.standing("ONE", "1986-01-01") == "former-party"
    assert found.edges("UNI") == []


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
