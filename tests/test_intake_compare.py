"""``intake``: what is a difference and what is none: predecessors, several depositaries, kinds of act, who left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import intake_harbours as harbour
import intake_lists as lists
import intake_pages as pages
from intake_harbours import NAME, Harbours, harbours, read_page
from treatygraph.intake.compare import Outcome, outcomes
from treatygraph.intake.instrument import card_of
from treatygraph.intake.lines import lines_of
from treatygraph.intake.register import Register, RegisterEntry
from treatygraph.intake.states import state_names
from treatygraph.model.cites import Cite
from treatygraph.model.dates import Span
from treatygraph.model.errors import PageRefused, UnknownName
from treatygraph.model.records import Act, Facts


def act(state: str, kind: str, day: str, where: str = "", effective: str = "") -> Act:
    cite = Cite(("recall",), "unverified", "acts/x.csv:2")
    return Act("x", state, kind, Span.parse(day), Span.parse(effective) if effective else None, (), "", where, "", cite)


def entry(state: str, kind: str, day: str, where: str = "", effective: str = "", exact: bool = True) -> RegisterEntry:
    later = Span.parse(effective) if effective else None
    return RegisterEntry(state, kind, Span.parse(day), f"list, {state}", later, where, exact)


def beside(facts: Facts, ledger: list[Act], entries: list[RegisterEntry], **more: object) -> list[Outcome]:
    register = Register("list", "", tuple(entries))
    return outcomes(replace(register, **more), ledger, state_names(facts))  # type: ignore[arg-type]


def one(facts: Facts, ledger: list[Act], entries: list[RegisterEntry]) -> tuple[str, str, int | None]:
    (outcome,) = beside(facts, ledger, entries)
    return outcome.status, outcome.state, outcome.days


def test_an_act_of_the_state_that_was_carried_on_is_its_own(facts: Facts) -> None:
    listed = [entry("Russian Federation", "signature", "1977-05-18")]
    assert one(facts, [act("SUN", "signature", "1977-05-18")], listed) == ("agrees", "SUN", 0)
    assert one(facts, [], listed) == ("new", "SUN", None), "a new line stands under the predecessor"


def test_whose_predecessor_cannot_be_told_is_unreadable(facts: Facts) -> None:
    listed = [entry("Yemen", "accession", "1979-06-12")]
    (outcome,) = beside(facts, [], listed)
    assert outcome.status == "unreadable"
    assert (
        outcome.note == "Yemen did not exist on 1979-06-12: North Yemen or South Yemen acted, the list does not say who"
    )
    assert one(facts, [act("YMD", "accession", "1979-06-12")], listed)[0] == "agrees"


def test_nobody_acts_before_there_is_anybody(facts: Facts) -> None:
    (outcome,) = beside(
        facts, [act("KAZ", "accession", "1994-02-14")], [entry("Kazakhstan", "accession", "1900-01-01")]
    )
    assert (outcome.status, outcome.state) == ("unreadable", "KAZ")


@pytest.mark.parametrize(
    ("ours", "theirs", "exact", "status"),
    [
        ("ratification", "acceptance", True, "agrees"),
        ("ratification", "consent-to-be-bound", True, "agrees"),
        ("ratification", "accession", True, "differs"),
        ("accession", "ratification", False, "differs"),
        ("succession", "accession", True, "differs"),
        ("definitive-signature", "ratification", True, "differs"),
        ("signature", "ratification", True, "new"),
    ],
)
def test_names_of_one_act_and_acts_of_other_kinds(
    facts: Facts, ours: str, theirs: str, exact: bool, status: str
) -> None:
    got = one(facts, [act("KEN", ours, "2001-01-01")], [entry("Kenya", theirs, "2001-01-01", exact=exact)])
    assert got[0] == status


def test_a_list_without_depositaries_has_any_deposit(facts: Facts) -> None:
    ledger = [act("KEN", "accession", "2001-01-01", "London"), act("KEN", "accession", "2001-02-01", "Moscow")]
    assert one(facts, ledger, [entry("Kenya", "accession", "2001-02-01")])[0] == "agrees"
    assert one(facts, ledger, [entry("Kenya", "accession", "2001-01-05")]) == ("differs", "KEN", 4), (
        "from the first (R8)"
    )


def test_a_deposit_is_held_against_that_at_its_own_depositary(facts: Facts) -> None:
    ledger = [act("KEN", "accession", "2001-01-01", "London"), act("KEN", "accession", "2001-02-01", "Moscow")]
    assert one(facts, ledger, [entry("Kenya", "accession", "2001-02-03", "Moscow")]) == ("differs", "KEN", 2)
    assert one(facts, ledger, [entry("Kenya", "accession", "2001-01-01", "Washington")])[0] == "new"
    assert (
        one(facts, [act("KEN", "accession", "2001-01-01")], [entry("Kenya", "accession", "2001-01-01", "UN")])[0]
        == "agrees"
    )


def test_who_came_back_did_it_again(facts: Facts) -> None:
    ledger = [act("KEN", "accession", "2001-01-01"), act("KEN", "notice-of-withdrawal", "2010-01-01")]
    assert one(facts, ledger, [entry("Kenya", "accession", "2020-01-01")])[0] == "new"


def test_days_of_effect_and_days_less_exact(facts: Facts) -> None:
    ledger = [act("KEN", "accession", "2001-01-01", effective="2001-02-01")]
    assert one(facts, ledger, [entry("Kenya", "accession", "2001-01-01", effective="2001-02-03")]) == (
        "differs",
        "KEN",
        2,
    )
    assert one(facts, ledger, [entry("Kenya", "accession", "2001-01-01")])[0] == "agrees"
    (outcome,) = beside(facts, [act("KEN", "accession", "2001-01")], [entry("Kenya", "accession", "2001-01-15")])
    assert (outcome.status, outcome.days, outcome.note) == ("differs", 0, "the ledger has it less exactly")


HELD = frozenset({"consent"})


def test_who_is_not_on_the_list_any_more_is_gone_once(facts: Facts) -> None:
    ledger = [act("KEN", "accession", "2001-01-01", "London"), act("KEN", "accession", "2001-01-02", "Moscow"),
              act("BEL", "ratification", "2001-01-01"), act("YUG", "ratification", "1980-01-01")]  # fmt: skip
    found = beside(facts, ledger, [entry("Belgium", "ratification", "2001-01-01")], holds=HELD, day=date(2026, 1, 1))
    assert [(one.status, one.state) for one in found] == [("gone", "KEN"), ("agrees", "BEL")]
    assert not [one for one in beside(facts, ledger, [], day=date(2026, 1, 1)) if one.status == "gone"]


def test_acts_after_the_day_of_the_list_are_not_missing(facts: Facts) -> None:
    assert not beside(facts, [act("KEN", "accession", "2020-01-01")], [], holds=HELD, day=date(2019, 1, 1))


def test_who_left_on_record_is_not_missed_and_may_not_stay(facts: Facts) -> None:
    ledger = [
        act("KEN", "accession", "2001-01-01"),
        act("KEN", "notice-of-withdrawal", "2010-01-01", effective="2010-07-01"),
    ]
    assert not beside(facts, ledger, [], holds=HELD, day=date(2026, 1, 1))
    listed = [entry("Kenya", "accession", "2001-01-01")]
    stays = beside(facts, ledger, listed, holds=HELD, day=date(2026, 1, 1))
    assert [(one.status, one.act, one.note) for one in stays if one.status != "agrees"] == [
        ("differs", "notice-of-withdrawal", "on the list, although the ledger has it out since 2010-07-01")
    ]
    assert {one.status for one in beside(facts, ledger, listed, holds=HELD, day=date(2010, 3, 1))} == {"agrees"}


def test_brackets_without_an_act_of_leaving_are_a_finding(tmp_path: Path) -> None:
    here = harbours(tmp_path / "graph", left=False)
    silent = read_page(pages.untc(notes=("", "", "See note 1 under “Poland”.")))
    assert ("gone", "POL", None) in harbour.differences(silent, here)
    told = read_page(pages.untc())
    assert ("new", "POL", None) in harbour.differences(told, here), "the note tells the act"


def test_a_row_that_cannot_be_read_is_on_the_list_all_the_same(tmp_path: Path) -> None:
    here = harbours(tmp_path / "graph")
    rows = tuple((name, first, "?" if "Kingdom of Great" in name else last) for name, first, last in pages.UNTC_ROWS)
    found = harbour.differences(read_page(pages.untc(rows, totals=(4, 14))), here)
    assert found == {*harbour.PLANTED, ("unreadable", "GBR", None)}


def test_lines_stand_under_predecessors_with_source_and_place(tmp_path: Path) -> None:
    here = harbours(tmp_path / "graph")
    facts = here.facts()
    empty = outcomes(read_page(pages.untc()), (), state_names(facts))
    lines = lines_of(empty, (), "list-2026", differing=True)
    assert {"SUN", "CSK"} <= {line["state"] for line in lines}
    assert "RUS" not in {line["state"] for line in lines}
    poland = next(line for line in lines if line["act"] == "notice-of-withdrawal")
    assert ",".join(poland.values()) == "POL,notice-of-withdrawal,2024-06-03,2024-12-03,,,UN,list-2026,XXVI-8, note 3,"
    assert lines == sorted(lines, key=lambda line: (line["date"], line["state"], line["act"], line["depositary"]))


def test_what_differs_is_a_second_row_unless_it_is_the_same_act(tmp_path: Path) -> None:
    here = harbours(tmp_path / "graph")
    ledger = here.facts().acts[NAME]
    found = harbour.compared(read_page(pages.untc()), here)
    both = [(line["state"], line["date"]) for line in lines_of(found, ledger, "s", differing=True)]
    assert both == [("BEL", "1992-07-18"), ("COD", "2001-11-02"), ("KEN", "2025-02-11")]
    assert [line["state"] for line in lines_of(found, ledger, "s", differing=False)] == ["KEN"]


def named(here: Harbours, page: str, name: str = "") -> str:
    facts = here.facts()
    return card_of(read_page(page), facts, state_names(facts), name).id


def test_the_instrument_is_told_from_title_or_acts(tmp_path: Path) -> None:
    here = harbours(tmp_path / "graph")
    for page in (pages.untc(), lists.unoda(), lists.oas(), pages.fedlex(), lists.long_csv(), lists.notification()):
        assert named(here, page) == NAME
    assert named(here, pages.fedlex(), "harbours-1990") == NAME


def test_a_page_of_another_treaty_is_refused(tmp_path: Path) -> None:
    here = harbours(tmp_path / "graph")
    other = pages.untc(
        title="3. Convention on Bridges", rows=tuple((a, b, c.replace("199", "198")) for a, b, c in pages.UNTC_ROWS)
    )
    with pytest.raises(
        PageRefused, match="no instrument on record has the title or the acts of 'Convention on Bridges'"
    ):
        named(here, other)
    with pytest.raises(
        PageRefused, match=r"not about Convention on the Harbours.*; the page has 'Convention on Bridges'"
    ):
        named(here, other, NAME)
    few = lists.notification().replace("HARBOURS OF THE WORLD", "BRIDGES").replace("4 MAY 1990", "4 MAY 1960")
    with pytest.raises(
        PageRefused, match=r"the page is about 'Convention On The Bridges', concluded 1960-05-04, which is not"
    ):
        named(here, few, NAME)
    with pytest.raises(UnknownName):
        named(here, pages.untc(), "no such thing")
