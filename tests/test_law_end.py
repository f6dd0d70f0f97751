"""R18 to R22: how long a treaty lasts and what ends it, with what looks alike and is not."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from law_bench import BOTH, IN_FORCE, LEAVE, PAIR, THREE, Bench
from treatygraph.law.derivations import Corpus
from treatygraph.model.dates import Span, day
from treatygraph.model.errors import FactsError


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


def test_instruments_that_depend_on_each_other_in_a_circle_are_refused(bench: Bench) -> None:
    first = bench.card({"clause": "duration", "as": "second"}, name="first")
    second = bench.card({"clause": "duration", "as": "first"}, name="second")
    with pytest.raises(FactsError, match="in a circle"):
        _ = Corpus(bench.facts([first, second], ())).order
