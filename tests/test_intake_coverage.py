"""``intake``: how far a ledger is whole after a list, and what stays open (rule K1)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import intake_pages as pages
from intake_harbours import compared, harbours, read_page
from treatygraph.intake.coverage import Terms, card_text, coverage_of, moved
from treatygraph.model.records import Act

OLD: Terms = {
    "through": "2018-07-10",
    "gaps": [
        {"states": "all", "acts": "consent", "from": "2018-07-11", "note": "nine were read"},
        {"states": ["GBR"], "acts": "objection", "note": "not read"},
        {"states": ["FRA"], "acts": "any", "note": "not read at all"},
    ],
    "source": "register",
    "at": "list",
}


def after(page: str, tmp_path: Path, terms: Terms = OLD) -> Terms:
    here, register = harbours(tmp_path / "graph"), read_page(page)
    ledger: tuple[Act, ...] = here.facts().acts["harbours-1990"]
    terms, why = moved(terms, register, compared(register, here), ledger, "list-2026")
    assert not why
    return terms


def test_a_list_closes_the_gaps_of_what_it_holds(tmp_path: Path) -> None:
    terms = after(pages.untc(), tmp_path)
    assert (terms["through"], terms["source"], terms["at"]) == ("2026-02-03", "list-2026", "XXVI-8")
    assert terms["gaps"] == [
        {"states": ["GBR"], "acts": "objection", "note": "not read"},
        {"states": ["FRA"], "acts": "objection", "note": "not read at all"},
        {
            "states": ["MEX"],
            "acts": "exit",
            "until": "2026-02-03",
            "note": "MEX: on record and not on the list of 2026-02-03: the acts by which they left, if they did",
        },
        {
            "states": "others",
            "acts": "consent",
            "until": "2026-02-03",
            "note": "2 rows of the list of 2026-02-03 could not be read",
        },
    ]


def test_a_list_without_signatures_leaves_them_open(tmp_path: Path) -> None:
    listed = after(pages.fedlex(), tmp_path)["gaps"]
    assert isinstance(listed, list)
    assert {"states": ["FRA"], "acts": "any", "note": "not read at all"} in listed
    assert {"states": "all", "acts": "signature", "from": "2018-07-11", "note": "the list has no signatures"} in listed


def test_the_line_of_the_card_is_put_in_place() -> None:
    card = "title: {text: 'A', source: s, at: t}\ncoverage: {through: '2018', source: s, at: t}\ndescription: {text: 'B', source: s, at: t}\n"
    assert coverage_of(card) == {"through": "2018", "source": "s", "at": "t"}
    text = card_text(
        card,
        {
            "through": "2026-02-03",
            "gaps": [{"states": ["GBR"], "acts": "exit", "note": "it's"}],
            "source": "s",
            "at": "t",
        },
    )
    assert (
        text.splitlines()[1]
        == "coverage: {through: '2026-02-03', gaps: [{states: ['GBR'], acts: 'exit', note: 'it''s'}], source: 's', at: 't'}"
    )
    assert coverage_of("title: {text: 'A', source: s, at: t}\n") == {}
    assert coverage_of(card_text("title: x\n", {"through": "2026"})) == {"through": "2026"}


def test_a_day_less_exact_is_reached_to_its_end(tmp_path: Path) -> None:
    here, register = harbours(tmp_path / "graph"), read_page(pages.untc())
    terms, why = moved({"through": "2026"}, register, compared(register, here), (), "s")
    assert (terms, why) == (
        {"through": "2026"},
        f"it stays: the ledger is complete through 2026-12-31, the list is of {date(2026, 2, 3)}",
    )
