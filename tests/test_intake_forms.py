"""``intake``: each form of page is told by its content and read whole; every planted difference is found, and no other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import intake_lists as lists
import intake_pages as pages
from intake_harbours import DAY, PLANTED, TITLE, differences, harbours, read_page
from treatygraph.intake.formats import every
from treatygraph.model.errors import PageRefused

FORMS: list[tuple[str, Callable[[], str | bytes], str]] = [
    ("untc", pages.untc, "UN"),
    ("fedlex", pages.fedlex, "UN"),
    ("fedlex", pages.fedlex_text, "UN"),
    ("dutch", pages.dutch, "UN"),
    ("iaea", lists.iaea, "IAEA"),
    ("iaea", lambda: lists.pdf(lists.iaea()), "IAEA"),
    ("list", lists.listed, "UN"),
    ("list", lambda: lists.listed(markdown=True), "UN"),
    ("csv", lists.long_csv, "UN"),
    ("csv", lambda: lists.long_csv(";"), "UN"),
    ("csv", lambda: lists.long_csv("\t"), "UN"),
    ("unoda", lists.unoda, "UN"),
]


@pytest.mark.parametrize(("form", "make", "depositary"), FORMS)
def test_every_planted_difference_is_found_and_nothing_else(
    form: str, make: Callable[[], str | bytes], depositary: str, tmp_path: Path
) -> None:
    register = read_page(make())
    assert register.format == form
    assert differences(register, harbours(tmp_path / "graph", depositary)) == PLANTED


def test_the_list_of_the_oas_lacks_successions(tmp_path: Path) -> None:
    register = read_page(lists.oas())
    assert (register.format, register.depositary) == ("oas", "OAS")
    assert differences(register, harbours(tmp_path / "graph", "OAS")) == PLANTED | lists.OAS_LACKS


def test_spanish_lists_of_the_oas_have_the_day_first() -> None:
    page = lists.oas().replace("SIGNATORY COUNTRIES", "PAÍSES SIGNATARIOS").replace(">SIGNATURE<", ">FIRMA<")
    page = page.replace(">DEPOSIT<", ">DEPÓSITO<")
    days = {entry.state: entry.date.text for entry in read_page(page).entries if entry.act != "signature"}
    assert days["Belgium"] == "1992-07-18", "a day that can only be read month first settles the order"
    short = page.replace("07/18/92", "18/07/92")
    for month_first in ("04/14/93", "01/15/96", "06/30/94", "12/21/98", "05/30/02", "04/31/99"):
        short = short.replace(month_first, "01/02/99")
    days = {entry.state: entry.date.text for entry in read_page(short).entries if entry.act != "signature"}
    assert (days["Belgium"], days["Kenya"]) == ("1992-07-18", "2025-11-02")


def test_heads_tell_title_number_day_and_totals() -> None:
    untc = read_page(pages.untc())
    assert (untc.title, untc.number, untc.day) == (TITLE, "XXVI-8", DAY)
    assert (str(untc.concluded), dict(untc.totals)) == ("1990-05-04", {"signatories": 4, "parties": 15})
    assert untc.departed == ("Poland",)
    fedlex = read_page(pages.fedlex())
    assert (fedlex.title, fedlex.number, fedlex.day) == (pages.FEDLEX_TITLE, "0.515.99", DAY)
    assert read_page(pages.fedlex_text()).day == read_page(lists.iaea()).day == read_page(lists.listed()).day == DAY
    assert read_page(pages.dutch()).day is None


def test_notes_give_predecessors_and_exits_and_leave_the_rest_to_a_person() -> None:
    register = read_page(pages.untc())
    told = {(entry.state, entry.act, entry.date.text) for entry in register.entries if "note" in entry.at}
    assert told == {
        ("Czechoslovakia", "signature", "1990-05-04"),
        ("Czechoslovakia", "ratification", "1991-01-07"),
        ("Poland", "notice-of-withdrawal", "2024-06-03"),
    }
    effects = [str(entry.effective) for entry in register.entries if entry.act == "notice-of-withdrawal"]
    assert effects == ["2024-12-03"]
    assert [(remark.at, remark.states) for remark in register.remarks] == [
        ("XXVI-8, note 2", ("Netherlands (Kingdom of the)",))
    ], "a note on a reservation is no act, and stands at no name of the table"


def test_a_formality_of_a_predecessor_stands_under_it() -> None:
    rows = (("Yemen <SUP>1</SUP>", "", "1 Mar\t 1986 a"), *pages.UNTC_ROWS[1:3])
    notes = ("The formality was effected by the Yemen Arab Republic. See also note 1 under “Yemen”.",)
    register = read_page(pages.untc(rows, notes, totals=(1, 3)))
    assert [entry.state for entry in register.entries if entry.date.text == "1986-03-01"] == ["Yemen Arab Republic"]


def test_territories_take_no_part_of_their_own(tmp_path: Path) -> None:
    names = harbours(tmp_path / "graph").names()
    entries = read_page(pages.fedlex_text()).entries
    assert [entry.state for entry in entries if names.code(entry.state) == "territory"] == ["Aruba"]
    assert "Aruba" not in {entry.state for entry in read_page(pages.fedlex()).entries}


def test_notifications_are_no_lists(tmp_path: Path) -> None:
    text = lists.notification() + "\n" + lists.notification("Poland", "Withdrawal", "3 June 2024", 186)
    register = read_page(text)
    acts = [(entry.state, entry.act, entry.date.text, str(entry.effective), entry.at) for entry in register.entries]
    assert acts == [
        ("KENYA", "accession", "2025-02-11", "2025-03-13", "C.N.185.2025.TREATIES-XXVI.8"),
        ("POLAND", "notice-of-withdrawal", "2024-06-03", "2024-12-03", "C.N.186.2025.TREATIES-XXVI.8"),
    ]
    assert (register.title, str(register.concluded)) == ("Convention On The Harbours Of The World", "1990-05-04")
    assert differences(register, harbours(tmp_path / "graph")) == {("new", "KEN", None)}, "what they lack is not gone"


def test_notifications_of_two_instruments_are_refused() -> None:
    other = lists.notification().replace("XXVI.8", "XXVI.9")
    with pytest.raises(PageRefused, match=r"one instrument were expected; this has: XXVI-8, XXVI-9"):
        read_page(lists.notification() + other)


def test_a_page_of_one_act_of_unoda() -> None:
    page = """<!DOCTYPE html><html><head><link rel="canonical" href="https://treaties.unoda.org/a/npt/fiji/RAT/moscow">
    </head><body><nav>1 January 2020</nav><main><h1>Treaty on the Non-Proliferation of Nuclear Weapons: Fiji</h1>
    <p>Deposited on 29 August 1972</p><blockquote>Notice of succession …</blockquote></main></body></html>"""
    register = read_page(page)
    (entry,) = register.entries
    assert (register.format, entry.state, entry.date.text, entry.depositary) == (
        "unoda-action",
        "fiji",
        "1972-08-29",
        "Moscow",
    )
    assert not register.holds
    assert [remark.text for remark in register.remarks] == ["Notice of succession …"]


REFUSED: list[tuple[str, str, str]] = [
    ("nothing", "", "is empty"),
    ("prose", "<html><body><p>Harbours are places for ships.</p></body></html>", "no register's page"),
    ("another grid", pages.untc(grid="tblother"), "no table of participants; expected a table"),
    ("no heads", pages.untc(heads=("Land", "Unterschrift", "Beitritt")), "does not name its columns"),
    ("no acts", pages.untc(heads=("Participant", "Colour", "Size")), "no column of acts among: Colour, Size"),
    ("no title", pages.untc(title=""), "does not name its instrument"),
    ("no rows", pages.untc(rows=(("Kenya", "", ""),), totals=(0, 0)), "has an act that can be read"),
    ("lost rows", pages.untc(totals=(4, 99)), "counts 99 parties, 15 were read"),
    ("lost table", pages.fedlex().replace("Juli", "x").partition("<table>")[0], "no state and day under"),
    ("broken JSON", lists.unoda()[:-3], "broken JSON"),
    ("two treaties", f"[{lists.unoda()}]".replace("[{", '{"a": {', 1)[:-1] + ', "b": {"actions": []}}', "2 treaties with actions"),
    ("another JSON", '{"weather": "fine"}', "no register's page"),
    ("a PDF of nothing", "%PDF-1.4 nothing", "is a PDF that cannot be read"),
    ("Dutch without a table", "<html><body><div id='partijtabel'></div></body></html>", "no table of parties"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "page", "message"), REFUSED, ids=[what for what, *_ in REFUSED])
def test_a_wrong_page_is_refused_with_what_was_expected(what: str, page: str, message: str) -> None:
    with pytest.raises(PageRefused, match=message.replace("(", r"\(")):
        read_page(page)


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(PageRefused, match="neither text nor PDF"):
        read_page(b"\x89PNG\0\0\0\r" * 9)


def test_a_form_that_is_named_must_fit() -> None:
    with pytest.raises(PageRefused, match="no format is called 'unic'; use one of: untc, "):
        read_page(pages.untc(), form="unic")
    with pytest.raises(PageRefused, match="no page of Swiss table of parties"):
        read_page(pages.untc(), form="fedlex")


def test_each_form_says_what_it_expects_and_knows_no_page_of_another() -> None:
    known = {form: make() for form, make, _ in FORMS}
    assert all(form.expects and form.title for form in every())
    for form, content in known.items():
        assert read_page(content).format == form


FRENCH = """<html><body><h1 class="erlasstitel">Convention du 4 mai 1990 sur les ports du monde</h1><section id="scope">
<h1>Champ d’application le 3 février 2026</h1><table>
<tr><td>Etats parties</td><td colspan="2">Ratification<br>Adhésion (A)<br>Déclaration de succession (S)</td><td colspan="2">Entrée en vigueur</td></tr>
<tr><td>Corée (Sud)*</td><td>30 juin</td><td>1994 A</td><td>30 juillet</td><td>1994</td></tr>
<tr><td>Côte d’Ivoire</td><td>1<sup>er</sup> mars</td><td>1999 A</td><td>31 mars</td><td>1999</td></tr>
<tr><td>Pays-Bas</td><td>1er mars</td><td>1993</td><td>31 mars</td><td>1993</td></tr>
<tr><td>République tchèque</td><td>22 février</td><td>1993 S</td><td>1er janvier</td><td>1993</td></tr>
</table></section></body></html>"""


def test_the_french_edition_of_the_swiss_table(tmp_path: Path) -> None:
    register = read_page(FRENCH)
    assert (register.format, register.day, str(register.concluded)) == ("fedlex", DAY, "1990-05-04")
    acts = [(entry.state, entry.act, entry.date.text, str(entry.effective)) for entry in register.entries]
    assert acts == [
        ("Corée (Sud)", "accession", "1994-06-30", "1994-07-30"),
        ("Côte d’Ivoire", "accession", "1999-03-01", "1999-03-31"),
        ("Pays-Bas", "ratification", "1993-03-01", "1993-03-31"),
        ("République tchèque", "succession", "1993-02-22", "1993-01-01"),
    ]
    names = harbours(tmp_path / "graph").names()
    assert [names.code(entry.state) for entry in register.entries] == ["KOR", "CIV", "NLD", "CZE"]


def test_totals_that_differ_a_little_are_told() -> None:
    register = read_page(pages.untc(totals=(4, 16)))
    assert [problem.why for problem in register.unread][-1] == "the page counts 16 parties, 15 were read"


def test_letters_that_nothing_explains_are_not_guessed() -> None:
    rows = (("Kenya", "", "1 Jan\t 2001 z"), *pages.UNTC_ROWS[1:3])
    register = read_page(pages.untc(rows, (), totals=(1, 2)))
    assert [(problem.text, problem.state) for problem in register.unread] == [("1 Jan 2001 z", "Kenya")]


@pytest.mark.parametrize(
    "page",
    [
        "<html><body>" + "<div>" * 50_000 + "tblgrid",
        '{"actions":' + "[" * 100_000,
        "<html><table id=x_tblgrid><tr><td>Participant<td>Signature" + "<table>" * 1_000,
        pages.untc(heads=("", "", "")),
    ],
    ids=["blocks", "brackets", "tables", "heads"],
)
def test_what_is_nested_without_end_is_refused(page: str) -> None:
    with pytest.raises(PageRefused):
        read_page(page)
