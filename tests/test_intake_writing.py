"""``intake`` at the command line: what is written, and that otherwise nothing is; exit codes; words that are not known."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import intake_lists as lists
import intake_pages as pages
from intake_harbours import NAME, Harbours, harbours
from treatygraph import cli
from treatygraph.checks.canonical import not_canonical
from treatygraph.facts.canonical import canonical
from treatygraph.facts.written import write
from treatygraph.model.errors import FactsError, PageRefused, UsageError

PLACE = "https://treaties.un.org/Pages/ViewDetails.aspx?mtdsg_no=XXVI-8"
NEW = ("--source", "untc-harbours", "--source-place", PLACE)


@pytest.fixture
def here(tmp_path: Path) -> Harbours:
    """The convention in canonical form."""
    found = harbours(tmp_path / "graph")
    for name in (f"acts/{NAME}.csv", f"instruments/{NAME}.yaml"):
        write(found.root / name, canonical(found.root, name))
    return found


@pytest.fixture
def page(tmp_path: Path) -> Callable[[str], str]:
    """Saves a page and tells where."""

    def saved(content: str) -> str:
        path = tmp_path / "page"
        path.write_text(content, encoding="utf-8")
        return str(path)

    return saved


def intake(here: Harbours, path: str, *more: str) -> int:
    return cli.run(["intake", path, "--graph", str(here.root), *more])


def answered(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def test_without_write_nothing_is_written(
    here: Harbours, page: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = here.files()
    assert intake(here, page(pages.untc()), "--format", "json") == 1, "something differs"
    answer = answered(capsys)
    assert here.files() == before
    assert answer["counts"] == {"new": 1, "differs": 2, "gone": 1, "unreadable": 2, "agrees": 20}
    assert answer["answer"].endswith("Nothing was written: that takes --write.")
    assert answer["coverage"]["after"]["through"] == "2026-02-03"


def test_write_takes_in_lines_source_and_coverage(
    here: Harbours, page: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert intake(here, page(pages.untc()), *NEW, "--write", "--format", "json") == 1
    answer = answered(capsys)
    assert answer["files"] == [f"acts/{NAME}.csv", "sources.csv", f"instruments/{NAME}.yaml"]
    assert 'KEN,accession,2025-02-11,,,,UN,untc-harbours,"XXVI-8, Kenya",\n' in here.ledger()
    assert "BEL,ratification,1992-07-08" in here.ledger(), "two sources that disagree are two rows"
    assert "BEL,ratification,1992-07-18" in here.ledger()
    source = here.facts().sources["untc-harbours"]
    assert (source.kind, source.date, source.place) == ("depositary", "2026-02-03", PLACE)
    assert "through: '2026-02-03'" in here.card()
    assert "MEX" in here.card(), "who is gone leaves a gap"
    assert not [one for one in not_canonical(here.root) if NAME in one.place or "sources" in one.place]


def test_a_second_time_there_is_nothing_to_write(
    here: Harbours, page: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    saved = page(pages.untc())
    intake(here, saved, *NEW, "--write")
    before = here.files()
    capsys.readouterr()
    assert intake(here, saved, "--source", "untc-harbours", "--write", "--format", "json") == 1
    answer = answered(capsys)
    assert (answer["files"], answer["lines"]) == ([], [])
    assert answer["answer"].endswith("Nothing was to be written.")
    assert here.files() == before


def test_only_new_leaves_what_differs_to_a_person(here: Harbours, page: Callable[[str], str]) -> None:
    intake(here, page(pages.untc()), *NEW, "--write", "--only-new")
    assert "KEN,accession" in here.ledger()
    assert "1992-07-18" not in here.ledger()


def test_a_list_that_agrees_ends_with_zero(here: Harbours, page: Callable[[str], str]) -> None:
    saved = page(
        "state,signature\nBEL,1990-05-04\nCSK,1990-05-04\nGBR,1990-05-04\nPOL,1990-05-04\nSUN,1990-05-04\nUSA,1990-05-04\n"
    )
    assert intake(here, saved, "--instrument", NAME) == 0


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        (("--source-place", PLACE), "depositary"),
        (("--source-place", PLACE, "--copy"), "depositary-copy"),
        (("--source-place", "https://github.com/x/y (746a24f, untc.html)"), "depositary-copy"),
        (("--source-place", PLACE, "--source-kind", "dataset"), "dataset"),
    ],
)
def test_a_copy_says_so(
    more: tuple[str, ...], kind: str, here: Harbours, page: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    intake(here, page(pages.untc()), "--source", "s", "--format", "json", *more)
    assert answered(capsys)["source"]["kind"] == kind


def test_a_register_that_is_no_depositary_has_a_copy(
    here: Harbours, page: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    place = "https://www.fedlex.admin.ch/eli/cc/1995/1/de"
    intake(here, page(pages.fedlex()), "--source", "s", "--source-place", place, "--format", "json")
    source = answered(capsys)["source"]
    assert (source["kind"], source["publisher"]) == ("depositary-copy", "Fedlex")


REFUSALS: list[tuple[tuple[str, ...], str]] = [
    (("--write",), "every line ends with its source: give --source ID"),
    (("--source", "new-one", "--write"), "'new-one' is not on record: say where it can be read with --source-place"),
    (("--source-title", "List"), "belongs to an id: give --source ID"),
    (("--source", "recall", "--source-title", "List"), "'recall' is on record; leave out --source-title"),
    (("--source", "recall", "--copy"), "leave out --copy"),
    (("--day", "2026-02-04"), "the page tells its day: 2026-02-03"),
    (("--day", "2026-02-30"), "is not a day"),
    (("--instrument", "no such treaty"), "no instrument is called 'no such treaty'"),
    (("--register", "fedlex"), "no page of Swiss table of parties"),
    (("--wirte",), "unknown option: --wirte"),
    (("--instr", NAME), "unknown option: --instr"),
]


@pytest.mark.parametrize(("more", "message"), REFUSALS)
def test_what_is_refused_writes_nothing(
    more: tuple[str, ...], message: str, here: Harbours, page: Callable[[str], str]
) -> None:
    saved, before = page(pages.untc()), here.files()
    with pytest.raises(UsageError, match=message):
        intake(here, saved, *more)
    assert here.files() == before


def test_a_wrong_page_ends_with_two_and_says_what_was_expected(
    here: Harbours, page: Callable[[str], str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    saved, before = page(pages.untc(grid="tblother")), here.files()
    monkeypatch.setattr("sys.argv", ["treatygraph", "intake", saved, "--graph", str(here.root), *NEW, "--write"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    assert "no table of participants; expected a table of participants" in capsys.readouterr().err
    assert here.files() == before


def test_a_list_of_a_day_to_come_is_refused(here: Harbours, page: Callable[[str], str]) -> None:
    with pytest.raises(PageRefused, match="a day to come"):
        intake(here, page(pages.untc(as_at="STATUS AS AT : 03-02-2999 10:16:18 EDT")))


def test_what_the_checks_refuse_is_not_written(here: Harbours, page: Callable[[str], str]) -> None:
    saved, before = page(pages.untc()), here.files()
    with pytest.raises(FactsError, match="hearsay"):
        intake(here, saved, *NEW, "--source-kind", "hearsay", "--write")
    assert here.files() == before


def test_errors_that_were_there_before_do_not_hinder(here: Harbours, page: Callable[[str], str]) -> None:
    path = here.root / "acts" / f"{NAME}.csv"
    path.write_text(
        path.read_text(encoding="utf-8") + "CZE,accession,1980-01-01,,,,UN,recall,unverified,\n", encoding="utf-8"
    )
    assert intake(here, page(pages.untc()), *NEW, "--write") == 1
    assert "KEN,accession" in here.ledger()


def test_the_page_may_come_from_standard_input(here: Harbours, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(pages.untc().encode())))
    assert intake(here, "-") == 1


def test_a_file_that_is_not_there(here: Harbours) -> None:
    with pytest.raises(UsageError, match=r"cannot be read: No such file or directory; give a file"):
        intake(here, str(here.root / "none.html"))
    with pytest.raises(UsageError, match="no folder of facts is there"):
        cli.run(["intake", "-", "--graph", str(here.root / "acts")])


def test_coverage_stays_where_the_list_is_older_or_no_list(
    here: Harbours, page: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    for content, more, why in (
        (
            pages.untc(as_at="STATUS AS AT : 01-01-2010 10:16:18 EDT"),
            (),
            "complete through 2018-07-10, the list is of 2010-01-01",
        ),
        (lists.notification(), (), "no list of all who consented"),
        (pages.dutch(), (), "does not tell its day; give it with --day"),
        (pages.dutch(), ("--day", "2026-01-01"), ""),
    ):
        intake(here, page(content), *more, "--format", "json")
        told = answered(capsys)["coverage"]["why"]
        assert why in told if why else told == ""


def test_the_table_says_first_what_needs_a_person(
    here: Harbours, page: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    intake(here, page(pages.untc()), *NEW)
    out = capsys.readouterr().out
    order = [
        out.index(title)
        for title in ("Differs", "Gone from the list", "Could not be read", "New", "Lines of the ledger")
    ]
    assert order == sorted(order)
    assert "XXVI-8, Belgium" in out
    assert "Coverage: through 2018-07-10; now through 2026-02-03." in out


def test_csv_has_a_row_for_every_outcome(
    here: Harbours, page: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    intake(here, page(pages.untc()), "--format", "csv")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "status,state,name,act,date,ours,days,effective,depositary,at,note"
    assert len(lines) == 1 + 26
