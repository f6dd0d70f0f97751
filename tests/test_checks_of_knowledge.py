"""Checks of what ledgers say that they know: each finding seen on a record that deserves it, and gone when it is right."""

from __future__ import annotations

from law_bench import IN_FORCE, Bench
from treatygraph.checks.knowledge import gaps_with_acts, parties_without_parent, successions_on_birthdays
from treatygraph.law.derivations import Corpus
from treatygraph.model.records import Cite, Facts

CITED = {"coverage": Cite(("register",), "page", "instruments/pact.yaml:4")}


def gaps(bench: Bench, gap: str, *acts: str) -> list[str]:
    card = bench.card(coverage=bench.covered("", gap), **IN_FORCE)
    card.cites.update(CITED)  # type: ignore[attr-defined]
    return [finding.rule for finding in gaps_with_acts(bench.facts([card], bench.acts(*acts)))]


def test_a_gap_of_a_state_whose_act_is_there(bench: Bench) -> None:
    assert gaps(bench, "AAA consent", "AAA accession 2001-01-01") == ["gap-with-act"]
    assert gaps(bench, "AAA any", "AAA withdrawal 2001-01-01") == ["gap-with-act"]
    assert gaps(bench, "AAA exit", "AAA accession 2001-01-01") == []
    assert gaps(bench, "BBB consent", "AAA accession 2001-01-01") == []
    assert gaps(bench, "all consent", "AAA accession 2001-01-01") == []
    assert gaps(bench, "AAA consent from=2002-01-01", "AAA accession 2001-01-01") == []
    assert gaps(bench, "AAA consent", "AAA consent-to-be-bound /2001-01-01") == []


def orphans(bench: Bench, coverage: str, *gap: str) -> list[str]:
    parent = bench.card(coverage=bench.covered(coverage, *gap), signed="1999-01-01", **IN_FORCE)
    part = bench.card(name="more", kind="amendment", relations=(("amends", "pact"),), **IN_FORCE)
    part.cites["title"] = bench.CITE  # type: ignore[index]
    acts = [*bench.acts("AAA accession 2001-01-01"), *bench.acts("BBB accession 2004-01-01", name="more")]
    facts = bench.facts([parent, part], acts)
    return [finding.record for finding in parties_without_parent(facts, Corpus(facts))]


def test_a_party_to_an_amendment_that_is_none_to_what_it_amends(bench: Bench) -> None:
    assert orphans(bench, "2020-01-01") == ["more/BBB"]
    assert orphans(bench, "2020-01-01", "BBB consent") == []


def found_birthdays(bench: Bench, *acts: str) -> list[str]:
    facts: Facts = bench.facts([bench.card(**IN_FORCE)], bench.acts(*acts))
    return [finding.record for finding in successions_on_birthdays(facts)]


def test_a_succession_dated_on_a_birthday_beside_a_later_notification(bench: Bench) -> None:
    early, late = "HEI succession 1993-01-01 at=Moscow", "HEI succession 1993-04-15 at=London"
    assert found_birthdays(bench, early, late) == ["pact/HEI/succession/1993-01-01/moscow"]
    assert found_birthdays(bench, early) == []
    assert found_birthdays(bench, late) == []
