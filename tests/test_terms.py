"""Every word that an answer prints can be looked up: flags, standings, rules, topics, and lists of what may be typed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from treatygraph.answers.terms import Term, TermList, explain, term, terms
from treatygraph.cli import run
from treatygraph.graph import Graph
from treatygraph.model.errors import UsageError
from treatygraph.model.vocabulary import SCHEMES
from treatygraph.queries.catalogue import catalogue

ROOT = Path(__file__).resolve().parent.parent
CITED = re.compile(r'"([RK]\d{1,2})"')


def no_graph() -> object:
    raise AssertionError("a term of the ontology needs no graph")


def test_every_rule_that_the_code_cites_is_explained() -> None:
    rules = {item.id for item in terms()["rule"]}
    cited = {rule for path in (ROOT / "treatygraph").rglob("*.py") for rule in CITED.findall(path.read_text("utf-8"))}
    assert len(cited) > 30
    assert cited <= rules
    page = (ROOT / "docs" / "law.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| ([RK]\d+) \|", page, re.MULTILINE)) <= rules
    assert [item.id for item in terms()["rule"]] == [*(f"K{n}" for n in range(1, 18)), *(f"R{n}" for n in range(1, 43))]


@pytest.mark.parametrize("scheme", sorted(SCHEMES))
def test_every_word_of_the_vocabulary_is_explained(scheme: str) -> None:
    for word in SCHEMES[scheme]:
        meaning = term(word)
        assert meaning is not None, word
        assert len(meaning.definition) > 5, word


@pytest.mark.parametrize("text", ["signature-duty-ended", "Signature duty ended", "SIGNATURE-DUTY-ENDED"])
def test_words_are_taken_with_blanks_and_in_any_case(text: str) -> None:
    assert isinstance(found := explain(no_graph, text), Term)  # type: ignore[arg-type]
    assert (found.scheme, found.id) == ("flag", "signature-duty-ended")


@pytest.mark.parametrize(
    ("name", "has"),
    [("topics", "nuclear"), ("topic", "landmines"), ("flags", "contested"), ("rules", "R23"), ("statuses", "in-force"),
     ("groups", "nato"), ("readings", "PRK"), ("offices", "Prime Minister")],
)  # fmt: skip
def test_lists_hold_what_may_be_typed(graph: Graph, name: str, has: str) -> None:
    found = graph.explain(name)
    assert isinstance(found, TermList)
    words = [item.id for item in found.terms]
    assert has in words
    assert len(words) == len(set(words))


def test_every_list_is_listed(graph: Graph) -> None:
    found = graph.explain()
    assert isinstance(found, TermList)
    for item in found.terms:
        assert isinstance(graph.explain(item.id), TermList), item.id


def test_an_unknown_word_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"'contestd'. Did you mean: contested.* treatygraph explain"):
        explain(no_graph, "contestd")  # type: ignore[arg-type]


def test_show_explains_what_is_no_record(graph: Graph) -> None:
    found = graph.show("signature-duty-ended")
    assert (found.kind, found.iri) == ("term", "https://w3id.org/treatygraph/scheme/flag/signature-duty-ended")
    assert graph.show("R23").answer == graph.explain("R23").answer


def test_a_record_comes_before_a_word(graph: Graph) -> None:
    assert graph.show("NATO").kind == "group"


@pytest.mark.parametrize("question", catalogue(), ids=lambda item: item.name)
def test_the_help_of_a_question_lists_its_parameters(question: object, capsys: pytest.CaptureFixture[str]) -> None:
    name = question.name  # type: ignore[attr-defined]
    assert run(["query", name, "--help"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith(f"{name}: ")
    for parameter in question.parameters:  # type: ignore[attr-defined]
        assert f"--{parameter.name}" in printed


def test_help_without_a_name_is_that_of_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "-h"]) == 0
    assert "usage: treatygraph query" in capsys.readouterr().out


def test_formats_are_offered_only_where_they_work(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(["between", "--help"])
    assert "{table,json,csv," in capsys.readouterr().out


def test_the_command_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "K3", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["scheme"] == "rule"
