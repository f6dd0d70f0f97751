"""Citations, read back by the libraries and schemas of the field."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import bibtexparser
import jsonschema
import pytest
import rispy

from treatygraph import cli
from treatygraph.answers.citation.styles import bibtex, csl, ris
from treatygraph.answers.citation.works import Work, key_of, work_of_source
from treatygraph.ask import ask
from treatygraph.graph import Graph
from treatygraph.model.errors import UnknownName, UsageError
from treatygraph.model.version import EDITION_DAY, RECORD_VERSION

SCHEMAS = Path(__file__).parent / "data" / "schemas"
CSL = json.loads((SCHEMAS / "csl-data.json").read_text(encoding="utf-8"))
READ = "2027-01-09"


def entries(text: str) -> list[dict[str, str]]:
    parser = bibtexparser.bparser.BibTexParser(ignore_nonstandard_types=False, common_strings=True)
    found: list[dict[str, str]] = bibtexparser.loads(text, parser).entries
    return found


@pytest.mark.parametrize(
    "what",
    [
        None, "new-start", "Russia", "NATO", "open-skies/USA/notice-of-withdrawal/2020-05-22", "new-start#signed",
        "/between?a=US&b=Russia&on=2021-05-28&topic=nuclear", "https://w3id.org/treatygraph/id/instrument/npt",
        "/api/status?instrument=NPT&state=North+Korea&on=2003-06-01", "/api/timeline?a=INF&since=2019-01-01", "aad-list",
    ],
)  # fmt: skip
def test_every_style_is_read_by_its_readers(graph: Graph, what: str | None) -> None:
    citation = graph.cite(what, sources=True, accessed=READ)
    works = 1 + len(citation.sources) + (citation.original is not None)
    jsonschema.validate(citation.csl, CSL)
    parsed = entries(citation.bibtex)
    assert [entry["ID"] for entry in parsed] == [item["id"] for item in citation.csl]
    assert len(parsed) == works == len(rispy.loads(citation.ris))
    if what != "aad-list":
        assert parsed[0]["version"] == citation.csl[0]["version"] == RECORD_VERSION
        assert parsed[0]["urldate"] == READ
        assert citation.edition
        assert citation.edition.digest in parsed[0]["note"]
        assert f"Version {RECORD_VERSION}" in citation.text


def test_the_same_answer_has_one_citation_at_every_door(graph: Graph, capsys: pytest.CaptureFixture[str]) -> None:
    answer = graph.between("US", "Russia", "2021-05-28")
    by_answer = graph.cite(answer, accessed=READ)
    assert answer.cite(date(2027, 1, 9)).text == by_answer.text
    assert graph.cite("/between?a=USA&b=Russian+Federation&on=2021-05-28", accessed=READ).text == by_answer.text
    words = ["cite", "--accessed", READ, "between", "US", "Russia", "--on", "2021-05-28"]
    assert cli.run(words) == 0
    assert capsys.readouterr().out.strip() == by_answer.text
    assert cli.run([*words, "--style", "bibtex"]) == 0
    assert capsys.readouterr().out == by_answer.bibtex


def test_every_answer_can_be_cited(graph: Graph) -> None:
    answers = (
        graph.whatif("US leaves NPT", on="2026-11-30"), graph.summary("2021-05-28", topic="nuclear"),
        ask(graph, "Is Russia a party to the NPT?", EDITION_DAY), graph.query("pledges"), graph.show("npt"),
        graph.erosion("2019-01-01", "2021-05-28"),
    )  # fmt: skip
    texts = {graph.cite(answer).text for answer in answers}
    assert len(texts) == len(answers)
    assert all(RECORD_VERSION in text for text in texts)
    assert graph.cite(answers[2]).work.title == "Is Russia a party to the NPT?"


def test_general_knowledge_is_no_work_and_is_said(graph: Graph) -> None:
    recalled = next(a for a in graph.index().acts() if a.cite.sources == ("recall",))
    citation = graph.cite(recalled.id, sources=True)
    assert citation.sources == ()
    assert "unverified" in citation.notes[0]


def test_what_cannot_be_cited_is_refused(graph: Graph) -> None:
    with pytest.raises(UnknownName):
        graph.cite("no-such-thing")
    with pytest.raises(UnknownName, match="new-start#signed"):
        graph.cite("new-start#signing")
    with pytest.raises(UsageError, match="'date' is no parameter"):
        graph.cite("/between?a=US&b=Russia&date=2021-05-28")
    with pytest.raises(UsageError, match="cannot be cited"):
        graph.cite(42)


def test_characters_that_a_format_obeys_stay_text() -> None:
    title = "50% of {A} & B_C #1 \\cite{x} ~ ^ $y$ «Договор»\nER  - "
    work = Work("k", "press", title, "", "P & Q", "", "2020-05", "", "https://x.invalid/a_b?c=%20{d}", "", READ, "")
    (entry,) = entries(bibtex([work]))
    assert entry["ID"] == "k"
    assert entry["url"] == "https://x.invalid/a_b?c=%20%7Bd%7D"
    assert r"50\% of \{A\} \& B\_C \#1 \textbackslash{}cite\{x\}" in entry["title"]
    (record,) = rispy.loads(ris([work]))
    assert record["title"] == title.replace("\n", " ").strip()
    items: Any = csl([work])
    jsonschema.validate(items, CSL)
    assert items[0]["issued"] == {"date-parts": [[2020, 5]]}


def test_every_source_of_the_record_is_a_work(graph: Graph) -> None:
    works = [work_of_source(source) for source in graph.index().sources().values()]
    jsonschema.validate(csl(works), CSL)
    assert len(entries(bibtex(works))) == len(works) == len({work.key for work in works})
    assert len(rispy.loads(ris(works))) == len(works)
    assert not [work for work in works if " " in work.address]


def test_keys_are_plain() -> None:
    assert key_of("", "a, {b} = c") == "a-b-c"
