"""R33 to R36: states that continue, separate and unite, with what looks alike and is not."""

from __future__ import annotations

from law_bench import IN_FORCE, LEAVE, TWO_CONSENTS, Bench


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
