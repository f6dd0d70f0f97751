"""What a ledger knows (K1 to K5, K17): yes, no, and where it can tell neither."""

from __future__ import annotations

import pytest

from law_bench import BOTH, IN_FORCE, LEAVE, PAIR, PARTIES, Bench
from treatygraph.build.codec import decode, encode
from treatygraph.law.derivations import Corpus
from treatygraph.law.knowledge import knowledge_of
from treatygraph.law.parents import first_day
from treatygraph.law.succession import line
from treatygraph.model.dates import Span, day
from treatygraph.model.knowledge import Absence, Knowledge
from treatygraph.model.records import Cite, Facts, Instrument, Relation, Roster, Source

OPEN_CARD = {**IN_FORCE, "signed": "1999-01-01"}


def knowledge(bench: Bench, card: Instrument, *acts: str, totals: tuple[str, ...] = ()) -> Knowledge:
    rosters = [
        Roster(card.id, Span.parse(when), None, int(number), "", bench.CITE)
        for when, number in (total.split() for total in totals)
    ]
    found = bench.derive(card, *acts).result
    return knowledge_of(card, bench.acts(*acts, name=card.id), found, bench.states, rosters)


def absence(bench: Bench, card: Instrument, state: str, on: str, *acts: str, totals: tuple[str, ...] = ()) -> Absence:
    found = bench.derive(card, *acts).result
    known = knowledge(bench, card, *acts, totals=totals)
    return known.absence(line(bench.states, state), day(on), first_day(found, bench.states, state))


def says(found: Absence) -> tuple[str, str]:
    return found.standing, found.because.rule


def test_k3_a_whole_ledger_says_no(bench: Bench) -> None:
    card = bench.card(coverage="2010-01-01", **OPEN_CARD)
    found = absence(bench, card, "BBB", "2009-05-01", "AAA accession 2000-01-01")
    assert (*says(found), found.as_of) == ("none", "K1", "")


def test_k3_a_ledger_that_merely_ends_says_no_as_of_its_end_for_five_years(bench: Bench) -> None:
    card = bench.card(coverage="2010-01-01", **OPEN_CARD)
    late = absence(bench, card, "BBB", "2015-01-01")
    assert (*says(late), late.as_of) == ("none", "K3", "1 January 2010")
    stale = absence(bench, card, "BBB", "2015-01-02")
    assert (*says(stale), stale.may_bind) == ("not-known", "K3", True)
    assert bench.derive(card, "AAA accession 2000-01-01").standing("AAA", "2030-01-01") == "party"


def test_k3_a_card_that_says_nothing_of_its_ledger_knows_of_nobody(bench: Bench) -> None:
    assert says(absence(bench, bench.card(**OPEN_CARD), "BBB", "2009-05-01")) == ("not-known", "K3")


@pytest.mark.parametrize(
    ("coverage", "on", "standing"),
    [
        (("BBB consent",), "2005-01-01", "not-known"),
        (("CCC consent",), "2005-01-01", "none"),
        (("others any",), "2005-01-01", "not-known"),
        (("all consent from=2004-01-01",), "2003-12-31", "none"),
        (("all consent from=2004-01-01",), "2004-01-01", "not-known"),
        (("all consent from=2003-01-01 until=2004-01-01",), "2009-01-01", "not-known"),
        (("BBB exit",), "2005-01-01", "none"),
    ],
)
def test_k3_a_hole_that_may_hold_its_act(bench: Bench, coverage: tuple[str, ...], on: str, standing: str) -> None:
    card = bench.card(coverage=bench.covered("2010-01-01", *coverage), **OPEN_CARD)
    assert absence(bench, card, "BBB", on, "AAA accession 2000-01-01").standing == standing


def test_k3_only_the_signature_may_be_missing(bench: Bench) -> None:
    card = bench.card(coverage=bench.covered("2010-01-01", "all signature"), **OPEN_CARD)
    found = absence(bench, card, "BBB", "2005-01-01")
    assert (found.standing, found.may, found.may_bind) == ("not-known", ("none", "signatory"), False)


def test_k3_who_could_not_join_is_out_whatever_is_missing(bench: Bench) -> None:
    card = bench.card(coverage=bench.covered("", "all any"), **OPEN_CARD)
    assert says(absence(bench, card, "BBB", "1998-12-31")) == ("none", "K3")
    assert absence(bench, card, "BBB", "1999-01-01").standing == "not-known"
    closed = bench.card(coverage=bench.covered("", "all any"), **{**PAIR, **IN_FORCE})
    assert says(absence(bench, closed, "CCC", "2005-01-01", *BOTH)) == ("none", "K3")
    named = bench.card(coverage=bench.covered("", "CCC any"), **{**PAIR, **IN_FORCE})
    assert absence(bench, named, "CCC", "2005-01-01", *BOTH).standing == "not-known"


def test_k3_an_exit_that_may_be_missing_leaves_the_pledge_of_one_state_open(bench: Bench) -> None:
    hole = bench.covered("", "AAA exit from=2010-01-01")
    card = bench.card(kind="unilateral-statement", scope="unilateral", participants=("AAA",), coverage=hole)
    pledge = bench.derive(card, "AAA declaration 2000-01-01")
    assert (pledge.status("2009-12-31"), pledge.status("2010-01-01")) == ("operative", "not-known")


def test_k3_nobody_joins_what_has_ended(bench: Bench) -> None:
    card = bench.card(coverage=bench.covered("2010-01-01"), ended="2009-01-01", **OPEN_CARD)
    assert absence(bench, card, "BBB", "2030-01-01").standing == "none"
    hole = bench.card(coverage=bench.covered("", "all any"), ended="2009-01-01", **OPEN_CARD)
    assert absence(bench, hole, "BBB", "2030-01-01").may_bind is False


def test_k3_before_its_own_first_act_it_was_out_unless_an_earlier_one_is_missing(bench: Bench) -> None:
    all_round = bench.card(coverage=bench.covered("", "all consent"), **OPEN_CARD)
    assert absence(bench, all_round, "AAA", "2001-01-01", "AAA accession 2005-01-01").standing == "none"
    by_name = bench.card(coverage=bench.covered("", "AAA consent"), **OPEN_CARD)
    assert absence(bench, by_name, "AAA", "2001-01-01", "AAA accession 2005-01-01").standing == "not-known"


@pytest.mark.parametrize("missing", ["AAA exit", "AAA objection", "AAA any"])
def test_k3_a_missing_exit_or_objection_makes_presence_not_known(bench: Bench, missing: str) -> None:
    card = bench.card(LEAVE, coverage=bench.covered("2020-01-01", f"{missing} from=2010-01-01"), **OPEN_CARD)
    found = bench.derive(card, "AAA accession 2005-01-01", "BBB accession 2005-01-01")
    assert [found.standing("AAA", on) for on in ("2009-12-31", "2010-01-01")] == ["party", "not-known"]
    assert found.standing("BBB", "2010-01-01") == "party"
    assert found.rules("AAA", "not-known") >= {"K3"}


def test_k3_an_exit_on_record_tells_that_it_stayed_until_then(bench: Bench) -> None:
    card = bench.card(LEAVE, coverage=bench.covered("2020-01-01", "all exit"), **OPEN_CARD)
    found = bench.derive(card, "AAA accession 2005-01-01", "AAA withdrawal 2010-01-01", "BBB accession 2005-01-01")
    assert [found.standing(code, "2009-01-01") for code in ("AAA", "BBB")] == ["party", "not-known"]


def test_k3_a_missing_exit_of_one_side_is_one_of_both(bench: Bench) -> None:
    card = bench.card(LEAVE, coverage=bench.covered("2020-01-01", "AAA exit from=2010-01-01"), **{**PAIR, **IN_FORCE})
    found = bench.derive(card, *BOTH)
    assert [found.standing("BBB", on) for on in ("2009-12-31", "2010-01-01")] == ["party", "not-known"]


def test_k3_a_missing_consent_makes_a_signatory_not_known(bench: Bench) -> None:
    card = bench.card(coverage=bench.covered("2020-01-01", "all consent from=2010-01-01"), **OPEN_CARD)
    found = bench.derive(card, "AAA signature 1999-05-01", "BBB signature 1999-05-01", "BBB ratification 2011-01-01")
    assert [found.standing("AAA", on) for on in ("2009-12-31", "2010-01-01")] == ["signatory", "not-known"]
    assert found.standing("BBB", "2010-06-01") == "signatory"


def test_k3_a_gap_of_a_state_is_one_of_whoever_carries_it_on(bench: Bench) -> None:
    card = bench.card(
        coverage=bench.covered("2020-01-01", "OLD any", "ONE any"), **{**IN_FORCE, "signed": "1960-01-01"}
    )
    found = bench.derive(card, "OLD accession 1970-01-01", "ONE accession 1970-01-01")
    assert found.standing("NEW", "2001-01-01") == found.standing("UNI", "2001-01-01") == "not-known"


def test_k2_a_total_of_the_depositary_that_ours_equals_makes_the_ledger_whole(bench: Bench) -> None:
    acts = ("AAA accession 2001-01-01", "BBB accession 2002-01-01")
    card = bench.card(**OPEN_CARD)
    assert says(absence(bench, card, "CCC", "2001-06-01", *acts, totals=("2010-05-01 2",))) == ("none", "K2")
    assert absence(bench, card, "CCC", "2001-06-01", *acts, totals=("2010-05-01 3",)).standing == "not-known"


def test_k2_with_an_undated_statement_only_the_day_of_the_list_is_certain(bench: Bench) -> None:
    acts = ("AAA accession 2001-01-01", "BBB consent-to-be-bound /2008-01-01")
    card, total = bench.card(**OPEN_CARD), ("2010-05-01 2",)
    found = [absence(bench, card, "CCC", on, *acts, totals=total) for on in ("2010-04-30", "2010-05-01")]
    assert [says(item) for item in found] == [("not-known", "K3"), ("none", "K2")]


def test_k2_a_gap_on_record_goes_before_a_total(bench: Bench) -> None:
    card = bench.card(coverage=bench.covered("", "CCC any"), **OPEN_CARD)
    found = absence(bench, card, "CCC", "2001-06-01", "AAA accession 2001-01-01", totals=("2010-05-01 1",))
    assert found.standing == "not-known"


def test_k4_an_undated_statement_makes_a_party_since_a_day_not_known(bench: Bench) -> None:
    found = bench.derive(bench.card(**OPEN_CARD), "AAA consent-to-be-bound /2010-05-16")
    assert [found.standing("AAA", on) for on in ("2005-01-01", "2010-05-15", "2010-05-16")] == [
        "not-known", "not-known", "party",
    ]  # fmt: skip


def test_k4_a_dated_act_goes_before_an_undated_statement(bench: Bench) -> None:
    found = bench.derive(bench.card(**OPEN_CARD), "AAA consent-to-be-bound /2010-05-16", "AAA accession 2004-01-01")
    assert found.standing("AAA", "2004-01-01") == "party"


def test_k4_named_as_no_party_is_no_on_that_day(bench: Bench) -> None:
    card = bench.card(coverage=bench.covered("", "others any"), **OPEN_CARD)
    acts = ("AAA accession 2001-01-01", "BBB stated-absence 2005-01-01")
    found = [absence(bench, card, "BBB", on, *acts) for on in ("2005-01-01", "2005-01-02")]
    assert [says(item) for item in found] == [("none", "K4"), ("not-known", "K3")]


def test_k5_party_to_an_amendment_means_party_to_what_it_amends(bench: Bench) -> None:
    parent = bench.card(coverage=bench.covered("", "others any"), **OPEN_CARD)
    amends = bench.card(
        name="more", kind="amendment", relations=(("amends", "pact"),), coverage="2020-01-01", **OPEN_CARD
    )
    lines = ("pact: AAA accession 2001-01-01", "more: BBB accession 2004-01-01", "more: AAA accession 2004-01-01")
    found = bench.together((parent, amends), *lines)["pact"]
    assert [found.standing("BBB", on) for on in ("2003-01-01", "2004-01-01")] == ["not-known", "party"]
    assert found.rules("BBB", "party") >= {"K5"}
    assert found.standing("AAA", "2001-01-01") == "party"


def test_k5_not_where_the_ledger_is_whole_or_the_protocol_is_for_others(bench: Bench) -> None:
    lines = ("pact: AAA accession 2001-01-01", "more: BBB accession 2004-01-01")
    whole = bench.card(coverage="2020-01-01", **OPEN_CARD)
    amends = bench.card(name="more", kind="amendment", relations=(("amends", "pact"),), **OPEN_CARD)
    assert bench.together((whole, amends), *lines)["pact"].standing("BBB", "2004-01-01") == "none"
    parent = bench.card(coverage=bench.covered("", "others any"), **OPEN_CARD)
    apart = bench.card(name="more", kind="protocol", **OPEN_CARD)
    apart = Instrument(**{
        **{name: getattr(apart, name) for name in apart.__slots__},
        "relations": (Relation("protocol-to", "pact", bench.CITE, apart=True),),
    })  # fmt: skip
    assert bench.together((parent, apart), *lines)["pact"].standing("BBB", "2004-01-01") == "none"


def test_k17_a_day_within_an_uncertain_beginning_or_end_is_not_known(bench: Bench) -> None:
    card = bench.card(kind="export-control-regime", binding="no", operative="1974-08-22")
    found = bench.derive(card, "AAA adherence /2017", "OLD adherence 1974-08-22/2017", "BBB adherence 1980-01-01",
                         "BBB end-of-participation 1990/1992")  # fmt: skip
    assert [found.standing("AAA", on) for on in ("1974-08-21", "1980-01-01", "2017-12-31")] == [
        "none", "not-known", "participant",
    ]  # fmt: skip
    assert found.standing("NEW", "2000-01-01") == "not-known", "whoever carries it on is no more certain"
    assert [found.standing("BBB", on) for on in ("1989-12-31", "1991-01-01", "1992-12-31")] == [
        "participant", "not-known", "former-participant",
    ]  # fmt: skip


def test_k17_what_ended_on_a_day_held_on_the_day_before(bench: Bench) -> None:
    card = bench.card(kind="political-document", binding="no", operative="1990-01-01")
    found = bench.derive(card, "AAA adherence 2000/2010-05-05", "AAA end-of-participation 2010-05-05")
    assert [found.standing("AAA", on) for on in ("2010-05-03", "2010-05-04", "2010-05-05")] == [
        "not-known", "participant", "former-participant",
    ]  # fmt: skip


def test_a_view_of_an_authority_is_no_matter_of_the_ledger(bench: Bench) -> None:
    card = bench.card(coverage=bench.covered("2020-01-01", "AAA exit"), **OPEN_CARD)
    said = ("CCC claims AAA - - holds=party effective=2005-01-01",)
    found = bench.derive(card, "AAA accession 2001-01-01", says=said, reading="CCC")
    assert [found.standing("AAA", on) for on in ("2004-01-01", "2006-01-01")] == ["not-known", "party"]


def test_spans_say_what_days_say(bench: Bench) -> None:
    card = bench.card(coverage=bench.covered("2010-01-01", "BBB consent from=2005-01-01"), **OPEN_CARD)
    known, own = knowledge(bench, card, "AAA accession 2000-01-01"), ("BBB",)
    spans = known.absence_spans(own, day("1990-01-01"), day("2030-01-01"))
    assert [(str(span.start), span.absence.standing) for span in spans] == [
        ("1990-01-01", "none"), ("1999-01-01", "none"), ("2005-01-01", "not-known"),
    ]  # fmt: skip
    for span in spans:
        assert known.absence(own, span.start) == span.absence
    assert decode(Knowledge, encode(known)) == known


def test_the_index_holds_what_each_ledger_knows(bench: Bench) -> None:
    card = bench.card(coverage="2010-01-01", **OPEN_CARD)
    facts = bench.facts([card], bench.acts("AAA accession 2001-01-01"))
    total = Roster("pact", Span.parse("2015-05-01"), None, 1, "", Cite(("register",), "x"))
    source = Source("register", "", "", "", "", "depositary", "", "", bench.CITE)
    facts = Facts(
        sources={"register": source},
        states=facts.states,
        instruments=facts.instruments,
        acts=facts.acts,
        rosters=(total,),
    )
    known = bench.index(facts).knowledge("pact")
    assert known == Corpus(facts).knowledge(Corpus(facts).default["pact"])
    assert (known.whole_text, known.whole_rule) == ("1 May 2015", "K2")


def test_r14_a_treaty_that_binds_each_state_only_when_it_waives(bench: Bench) -> None:
    card = bench.card({"clause": "state-entry-into-force", "article": "28(2)", "on": "waiver"}, **IN_FORCE)
    acts = ("AAA ratification 1999-01-01", "BBB ratification 2001-01-01", "BBB waiver 2010-05-30")
    found = bench.derive(card, *acts, "CCC ratification 1999-01-01", "CCC waiver 1999-06-01")
    assert [found.standing("BBB", on) for on in ("2010-05-29", "2010-05-30")] == ["contracting", "party"]
    assert found.rules("BBB", "party") >= {"R14"}
    assert found.standing("AAA", "2000-01-01") == "party", "no waiver on record: it waived with its consent"
    assert [found.standing("CCC", on) for on in ("1999-12-31", "2000-01-01")] == ["contracting", "party"]


def test_r16_provisional_application_has_its_own_time_and_extent(bench: Bench) -> None:
    clause = {"clause": "provisional-application", "article": "XVIII", "from": "1992-03-24", "extent": "part"}
    card = bench.card(clause, signed="1992-03-24", entry_into_force="2002-01-01")
    acts = ("AAA signature 1992-03-24", "AAA ratification 1994-01-01", "BBB signature 1992-03-24")
    found = bench.derive(card, *acts)
    assert [found.standing("AAA", on) for on in ("1992-06-01", "2001-12-31", "2002-01-01")] == [
        "provisional", "provisional", "party",
    ]  # fmt: skip
    assert found.standing("BBB", "2002-01-01") == "signatory"
    (row,) = [item for item in found.result.of("AAA") if item.standing == "provisional"]
    assert row.because[0].text == "article XVIII: some provisions"
    assert [found.status(on) for on in ("1992-06-01", "2002-01-01")] == ["provisional", "in-force"]


def test_r20_a_denunciation_that_ends_a_treaty_for_all(bench: Bench) -> None:
    clause = {"clause": "withdrawal", "article": "28", "period": "P2Y", "ends": "all"}
    card = bench.card(clause, **IN_FORCE)
    found = bench.derive(card, *PARTIES, "AAA notice-of-withdrawal 2010-01-01")
    assert [found.standing("CCC", on) for on in ("2011-12-31", "2012-01-01")] == ["party", "former-party"]
    assert found.status("2012-01-01") == "terminated"


def test_k12_who_is_bound_through_another_has_not_signed(bench: Bench) -> None:
    card = bench.card({"clause": "entry-into-force", "on": "signature"}, **{**PAIR, "signed": "1953-07-27"})
    acts = ("AAA definitive-signature 1953-07-27", "BBB bound-through 1953-07-27")
    found = bench.derive(card, *acts)
    assert found.standing("BBB", "1953-07-27") == "party"
    (row,) = found.result.of("BBB")
    assert row.because[0].act.split("/")[2] == "bound-through"
