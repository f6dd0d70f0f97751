"""Answers in a notebook, many questions at once, and questions asked again."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from treatygraph import cli
from treatygraph.answers.watching import content_of, difference
from treatygraph.ask import ask
from treatygraph.ask.batch import batch, questions_in
from treatygraph.draw import shown
from treatygraph.graph import Graph
from treatygraph.model.display import html, plain
from treatygraph.model.errors import UsageError
from treatygraph.model.version import EDITION_DAY, RECORD_VERSION

ON = "2021-05-28"


class Page(HTMLParser):
    """The tags of a page, each closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag: str, _: object) -> None:
        self.open.append(tag)
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


# ---------------------------------------------------------------------- notebooks


def test_every_answer_shows_itself_with_text_beside(graph: Graph) -> None:
    answers: list[Any] = [
        graph.between("US", "Russia", ON), graph.status("NPT", ON), graph.timeline("INF"), graph.show("npt"),
        graph.query("pledges"), graph.sparql("SELECT ?t WHERE { ?t a tg:Instrument } LIMIT 3"),
        graph.whatif("US leaves NPT", on=ON), ask(graph, "Is Russia a party to the NPT?", EDITION_DAY),
        graph.compare("US", "Russia", then="2018-01-01", on=ON), graph.upcoming(ON), graph.cite("npt"),
        graph.summary(ON, topic="nuclear"),
    ]  # fmt: skip
    for answer in answers:
        bundle = answer._repr_mimebundle_(include=None, exclude=None)
        assert set(bundle) == {"text/html", "text/plain"}
        page = Page(bundle["text/html"])
        assert {"details", "strong"} & set(page.seen), answer
        assert len(bundle["text/plain"]) < 3000
    bundle = answers[0]._repr_mimebundle_()
    assert answers[0].answer in bundle["text/plain"]
    assert "New START" in bundle["text/html"]
    assert RECORD_VERSION in bundle["text/html"]
    assert answers[0]._repr_html_() == bundle["text/html"]


def test_texts_are_escaped() -> None:
    value = {"answer": "<script>x</script>", "rows": [[None, "<b>"]], "columns": ["<i>", "b"], "notes": ["a & b"]}
    text = html(value)
    Page(text)
    assert "<script>" not in text
    assert "<b>" not in text
    assert "a &amp; b" in text
    assert plain([1, 2]) == "2 entries"


def test_pictures_show_themselves_and_are_cited(graph: Graph) -> None:
    picture = shown.timeline(graph, "US", "Russia", ON, topic="nuclear")
    bundle = picture._repr_mimebundle_()
    assert bundle["image/svg+xml"].lstrip().startswith(("<svg", "<?xml"))
    assert "US and Russia" in bundle["text/plain"]
    cited = graph.cite(picture.subject)
    assert cited.work.kind == "picture"
    assert "draw timeline US Russia --on 2021-05-28" in cited.work.note
    assert "<iframe" in shown.network(graph, ON, states=["US", "Russia"])._repr_mimebundle_()["text/html"]


def test_a_day_that_is_left_out_is_today_and_is_said(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Graph, "today", staticmethod(lambda: date(2024, 2, 29)))
    answer = graph.between("US", "Russia")
    assert answer.question.on == date(2024, 2, 29)
    assert answer.notes[0] == "no day was given: 2024-02-29 is taken"
    assert answer.answer.startswith("On 29 February 2024")
    assert not [note for note in graph.between("US", "Russia", ON).notes if "no day" in note]
    assert graph.status("NPT").on == date(2024, 2, 29)
    assert graph.upcoming().on == date(2024, 2, 29)
    assert graph.whatif("US leaves NPT").on == date(2024, 2, 29)


# ---------------------------------------------------------------------- batches


def test_each_row_is_answered_as_by_itself(graph: Graph, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "q.csv"
    path.write_text(
        "case,question,a,b,instrument,state,on,topic\n"
        f"1,,US,Russia,,,{ON},nuclear\n2,,,,NPT,North Korea,2002-01-01,\n3,Is France a party to the NPT?,,,,,,\n"
        f"4,,US,Atlantis,,,{ON},\n5,,US,Russia,NPT,,{ON},\n6,,,,,,,\n7,,US,,,,,\n",
        encoding="utf-8-sig",
    )
    answer = batch(graph, questions_in(path), EDITION_DAY)
    between = graph.between("US", "Russia", ON, topic="nuclear", today=EDITION_DAY)
    assert answer.rows[0].answer == between.answer
    assert answer.rows[0].instruments[0] == between.instruments[0].id
    assert (answer.rows[1].status, answer.rows[1].kind) == ("party", "status")
    assert answer.rows[2].answer.startswith("Yes")
    assert [bool(row.error) for row in answer.rows] == [False, False, False, True, True, True, True]
    assert "'instrument' is no part" in answer.rows[4].error
    assert answer.answer.startswith("3 of 7 questions answered")
    assert list(answer.to_frame()["case"]) == [*"1234567"]
    assert cli.run(["batch", str(path)]) == 1
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["case"] for row in rows] == [*"1234567"]
    assert rows[0]["answer"] == between.answer
    assert rows[0]["digest"]


def test_a_file_without_questions(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text("x,y\n1,2\n")
    with pytest.raises(UsageError, match="no column"):
        questions_in(path)
    with pytest.raises(UsageError, match="cannot be read"):
        questions_in(tmp_path / "none.csv")


# ---------------------------------------------------------------------- watch


def desk(folder: Path, *lines: str) -> Path:
    path = folder / "desk.yaml"
    path.write_text("questions:\n" + "".join(f"  - {line}\n" for line in lines), encoding="utf-8")
    return path


def report(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = cli.run(["watch", *words, "--format", "json"])
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return code, found


@pytest.mark.usefixtures("graph")
def test_what_has_another_answer_is_told_with_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = desk(
        tmp_path, '{id: mines, command: "between Finland Norway --topic landmines --on 2026-06-01"}',
        '{id: finland, command: "status apmbc --state Finland --on 2026-06-01"}',
        '{id: plain, question: "Is Russia a party to the NPT?"}', '{id: inf, command: "timeline INF --since 2019-01-01"}',
    )  # fmt: skip
    own = tmp_path / "own"
    own.mkdir()
    (own / "removed.csv").write_text("file,key,reason\nacts/apmbc.csv,FIN/notice-of-withdrawal,as if it stayed\n")
    code, first = report(capsys, str(path), "--facts", str(own))
    assert code == 0
    assert "first time" in first["answer"]
    code, again = report(capsys, str(path), "--facts", str(own))
    assert (code, [row.get("differs") for row in again["questions"]]) == (0, [[], [], [], []])
    before = (tmp_path / "desk.yaml.state.json").read_bytes()
    code, dry = report(capsys, str(path), "--dry-run")
    assert code == 1
    assert (tmp_path / "desk.yaml.state.json").read_bytes() == before
    code, now = report(capsys, str(path))
    assert (code, now) == (1, dry)
    changed = {row["id"]: row["differs"] for row in now["questions"] if row["differs"]}
    assert set(changed) == {"mines", "finland"}
    gone = next(item for item in changed["mines"] if item["change"] == "gone")
    assert gone["item"] == "apmbc"
    assert gone["why"]["because"] == "withdrawal of FIN"
    assert gone["why"]["sources"]
    assert now["since"]["edition"]["version"].endswith("+own")
    assert report(capsys, str(path))[0] == 0


@pytest.mark.usefixtures("graph")
def test_a_question_that_cannot_be_asked_keeps_what_was(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = desk(tmp_path, '{id: a, command: "between US Atlantis"}', '{id: b, command: "show npt"}')
    code, found = report(capsys, str(path))
    assert code == 2
    assert "Atlantis" in found["questions"][0]["error"]
    assert "1 could not be asked" in found["answer"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("questions: []\n", "has no questions"),
        ("questions: [{id: a}]\n", "needs a command or a question"),
        ("questions: [{id: a, command: x, say: y}]\n", "no other key"),
        ("questions: [{id: a, command: x}, {id: a, command: y}]\n", "stands twice"),
        ("questions: [\n", "line"),
        ("questions: [{id: a, command: 'between \"US'}]\n", "cannot be read"),
    ],
)  # fmt: skip
def test_files_that_are_none(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "desk.yaml").write_text(text)
    with pytest.raises(UsageError, match=says):
        cli.run(["watch", str(tmp_path / "desk.yaml")])
    assert not list(tmp_path.glob("*.state.json"))


def test_a_damaged_state_is_named(tmp_path: Path) -> None:
    path = desk(tmp_path, '{id: b, command: "show npt"}')
    (tmp_path / "desk.yaml.state.json").write_text("{")
    with pytest.raises(UsageError, match="delete it"):
        cli.run(["watch", str(path)])


def test_another_day_alone_is_no_change(graph: Graph) -> None:
    first, second = (graph.between("US", "Russia", on).to_dict() for on in ("2026-10-01", "2026-11-01"))
    assert not difference(content_of(first), content_of(second), second)
    later = graph.between("US", "Russia", "2026-01-01").to_dict()
    assert {
        item["item"] for item in difference(content_of(later), content_of(first), first) if item["change"] == "gone"
    } >= {"new-start"}
