"""What a gap leaves open beyond the state that it names: who could join, the instrument itself, what rests on it."""

from __future__ import annotations

from dataclasses import replace

from law_bench import BOTH, IN_FORCE, LEAVE, PAIR, Bench
from treatygraph.law.derivations import Corpus
from treatygraph.model.dates import day
from treatygraph.model.records import Instrument

OPEN_CARD = {**IN_FORCE, "signed": "1999-01-01"}


def test_a_state_outside_the_circle_is_out_whatever_the_ledger_lacks(bench: Bench) -> None:
    gaps = bench.covered("", "all consent")
    wide = bench.card(coverage=gaps, **OPEN_CARD)
    narrow = bench.card(coverage=replace(gaps, open_to=("AAA", "BBB")), **OPEN_CARD)
    named = bench.covered("", "all consent", "CCC any")
    but_one = bench.card(coverage=replace(named, open_to=("AAA", "BBB")), **OPEN_CARD)
    found = [_absence(bench, card, code) for card in (wide, narrow, but_one) for code in ("BBB", "CCC")]
    assert found == ["not-known", "not-known", "not-known", "none", "not-known", "not-known"]


def _absence(bench: Bench, card: Instrument, code: str) -> str:
    facts = bench.facts([card], bench.acts("AAA accession 2000-01-01"))
    corpus = Corpus(facts)
    return corpus.knowledge(corpus.default["pact"]).absence((code,), day("2010-01-01")).standing


def test_a_consent_that_is_missing_may_have_brought_it_into_force(bench: Bench) -> None:
    rule = {"clause": "entry-into-force", "count": "2"}
    whole = bench.card(rule, signed="1999-01-01", coverage="2020-01-01")
    short = bench.card(rule, signed="1999-01-01", coverage=bench.covered("", "others consent from=2003-01-01"))
    found = [bench.derive(card, "AAA ratification 2000-01-01") for card in (whole, short)]
    assert [one.status("2002-01-01") for one in found] == ["not-in-force", "not-in-force"]
    assert [one.status("2004-01-01") for one in found] == ["not-in-force", "not-known"]
    stated = bench.card(rule, coverage=bench.covered("", "others consent"), **OPEN_CARD)
    assert bench.derive(stated, "AAA ratification 2000-01-01").status("2004-01-01") == "in-force"


def test_an_exit_that_is_missing_may_have_ended_what_is_between_two(bench: Bench) -> None:
    card = bench.card(LEAVE, coverage=bench.covered("", "AAA exit from=2005-01-01"), **PAIR)
    found = bench.derive(card, *BOTH)
    assert [found.status(on) for on in ("2004-12-31", "2005-01-01")] == ["in-force", "not-known"]


def test_what_rests_on_a_framework_is_in_doubt_with_it(bench: Bench) -> None:
    frame = bench.card(coverage=bench.covered("2020-01-01", "AAA exit from=2005-01-01"), **OPEN_CARD)
    more = bench.card(
        name="more", kind="protocol", relations=(("protocol-to", "pact"),), coverage="2020-01-01", **OPEN_CARD
    )
    acts = [f"{name}: {code} accession 2000-01-01" for name in ("pact", "more") for code in ("AAA", "BBB")]
    found = bench.together((frame, more), *acts)["more"]
    assert [found.standing("AAA", on) for on in ("2004-12-31", "2005-01-01")] == ["party", "not-known"]
    assert found.standing("BBB", "2005-01-01") == "party"
