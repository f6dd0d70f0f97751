"""Results as files: the columns of ``SELECT *`` as the query names them, rows as Excel opens them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pyoxigraph
import pytest

from treatygraph import cli
from treatygraph.graph import Graph
from treatygraph.model.spreadsheet import EXCEL, write_rows
from treatygraph.triplestore.columns import named_in_order, solutions_of

COLUMNS = ["o", "p", "s"]


@pytest.mark.parametrize(
    ("text", "ordered"),
    [
        ("SELECT * { ?s ?p ?o }", "SELECT ?s ?p ?o { ?s ?p ?o }"),
        ("select distinct * where { $s ?p ?o }", "select distinct ?s ?p ?o where { $s ?p ?o }"),
        (
            "# all of ?o\nPREFIX o: <http://x/?o>\nSELECT * { ?s ?p ?o }",
            "# all of ?o\nPREFIX o: <http://x/?o>\nSELECT ?s ?p ?o { ?s ?p ?o }",
        ),
        ('SELECT * { ?s ?p ?o FILTER(?o != "?p *") }', 'SELECT ?s ?p ?o { ?s ?p ?o FILTER(?o != "?p *") }'),
        ("SELECT * { ?o ?p ?s }", ""),
        ("SELECT ?o ?p ?s { SELECT * { ?s ?p ?o } }", ""),
        ("SELECT (COUNT(*) AS ?o) { ?s ?p ?x }", ""),
        ("ASK { ?s ?p ?o }", ""),
    ],
)
def test_the_star_is_put_into_words(text: str, ordered: str) -> None:
    assert named_in_order(text, COLUMNS) == ordered


def test_the_rows_are_the_same_whoever_orders_the_columns() -> None:
    store = pyoxigraph.Store()
    store.load(b"<http://x/s> <http://x/p> 1, 2 . <http://x/t> <http://x/p> 3 .", pyoxigraph.RdfFormat.TURTLE)
    text = "SELECT * { { SELECT ?s (SUM(?o) AS ?sum) { ?s ?p ?o } GROUP BY ?s } ?s ?q ?r } ORDER BY ?s ?r"
    ordered, plain = solutions_of(store, text, default_graph=None), store.query(text)
    assert isinstance(ordered, pyoxigraph.QuerySolutions)
    assert isinstance(plain, pyoxigraph.QuerySolutions)
    assert [variable.value for variable in ordered.variables] == ["s", "sum", "q", "r"]
    names = [variable.value for variable in plain.variables]
    assert [[row[name] for name in names] for row in ordered] == [[row[name] for name in names] for row in plain]


def test_select_star_at_the_door_of_python(graph: Graph) -> None:
    assert graph.sparql("SELECT * { ?s ?p ?o } LIMIT 1").columns == ("s", "p", "o")


@pytest.mark.parametrize(("form", "separator"), [("excel", ","), ("excel-semicolon", ";")])
def test_rows_for_excel_have_the_mark_and_come_back(form: str, separator: str) -> None:
    rows = [["state", "text"], ["Côte d'Ivoire", 'says "no", or; nothing\nmore']]
    stream = io.StringIO()
    write_rows(stream, rows, form)
    data = stream.getvalue().encode()
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in data
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator)) == rows


@pytest.mark.parametrize("form", EXCEL)
def test_the_command_line_has_it(graph: Graph, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    read: Callable[[str], list[list[str]]] = lambda text: list(  # noqa: E731
        csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";" if "semi" in form else ",")
    )
    assert cli.run(("status", "new-start", "--on", "2021-05-28", "--format", "csv")) == 0
    plain = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert cli.run(("status", "new-start", "--on", "2021-05-28", "--format", form)) == 0
    text = capsys.readouterr().out
    assert text.startswith("\ufeff")
    assert read(text) == plain
