"""The named questions: each runs on Oxigraph and on plain rdflib with the same rows."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest

from asking import examples
from treatygraph.graph import Graph
from treatygraph.model.errors import StoreError, TreatygraphError, UnknownName, UsageError
from treatygraph.model.folders import room
from treatygraph.model.terms import PREFIXES
from treatygraph.queries.catalogue import NamedQuestion, catalogue, parameters_of, prepared, read_question, run_named
from treatygraph.queries.parameters import values
from treatygraph.triplestore.sparql import Local

NAMES = [question.name for question in catalogue()]
QUERIES = [question for question in catalogue() if not question.function]
FILES = {room("queries") / f"{question.name}.rq" for question in QUERIES}
LITERAL = pyoxigraph.NamedNode(PREFIXES["rdfs"] + "Literal")
"""The range of a date: OWL 2 has no xsd:date."""
DAY = pyoxigraph.Literal("2021-05-28", datatype=pyoxigraph.NamedNode(f"{PREFIXES['xsd']}date"))
FUNCTIONS = [question.name for question in catalogue() if question.function]


@pytest.fixture(scope="module")
def plain(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The same graph in rdflib's own memory store, with its own query engine."""
    from rdflib import Dataset

    dump = tmp_path_factory.mktemp("dump") / "graph.nq"
    pyoxigraph.Store.read_only(str(graph.home.store)).dump(str(dump), format=pyoxigraph.RdfFormat.N_QUADS)
    dataset = Dataset(default_union=True)
    dataset.parse(dump, format="nquads")
    return dataset


def test_there_are_enough_questions() -> None:
    assert len(NAMES) >= 12
    assert len(NAMES) == len(set(NAMES))


@pytest.mark.parametrize("name", NAMES)
def test_a_question_has_a_header_and_its_columns(graph: Graph, name: str) -> None:
    question = next(item for item in catalogue() if item.name == name)
    described = question.to_dict()
    assert described["summary"]
    assert described["theme"]
    result = graph.query(name, examples(name))
    assert list(result.columns) == described["columns"]
    assert result.rows, "the defaults of a question are an example that has an answer"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_answers_the_same_every_time(graph: Graph, name: str) -> None:
    first = graph.query(name, examples(name))
    again = Graph(graph.build)
    assert again.query(name, examples(name)) == first == graph.query(name, examples(name))
    again.close()
    with pytest.raises(UsageError, match="function"):
        prepared(graph.index(), name, examples(name))


@pytest.mark.parametrize("name", [question.name for question in QUERIES])
def test_a_question_answers_the_same_on_plain_rdflib(graph: Graph, plain: Any, name: str) -> None:
    ours = [tuple(cell or "" for cell in row) for row in graph.query(name, examples(name)).rows]
    text = prepared(graph.index(), name, examples(name))
    theirs = [tuple("" if term is None else str(term) for term in row) for row in plain.query(text)]
    assert ours == theirs


@pytest.mark.parametrize(
    ("first", "second", "on"),
    [
        ("US", "Russia", "2021-05-28"),
        ("US", "Russia", "2026-11-23"),
        ("US", "Russia", "1975-06-01"),
        ("India", "Pakistan", "2020-01-01"),
        ("North Korea", "South Korea", "1994-01-01"),
        ("France", "Germany", "1989-06-01"),
        ("Poland", "Belarus", "2023-06-01"),
        ("Soviet Union", "US", "2021-05-28"),
        ("United States", "Palestine", "2020-01-01"),
        ("Canada", "Palestine", "2020-01-01"),
        ("China", "Taiwan", "2020-01-01"),
    ],
)
def test_remains_by_sparql_is_between(graph: Graph, first: str, second: str, on: str) -> None:
    answer = graph.between(first, second, on=on)
    listed: set[str] = set()

    def walk(item: Any) -> None:
        listed.add(item.id)
        for part in item.parts:
            walk(part)

    for item in answer.instruments:
        walk(item)
    rows = graph.query("remains", {"a": first, "b": second, "on": on}).rows
    assert {row[0] for row in rows} == listed


@pytest.mark.parametrize("path", sorted(room("queries").rglob("*.rq")), ids=lambda path: path.stem)
def test_days_are_compared_as_text(path: Path) -> None:
    """Virtuoso 7 loses rows where ``?day <= "2021-05-28"^^xsd:date``; text is ordered alike by every engine."""
    from rdflib import Literal, Variable
    from rdflib.plugins.sparql import prepareQuery
    from rdflib.plugins.sparql.algebra import traverse
    from rdflib.plugins.sparql.parserutils import CompValue

    dated = {
        quad.subject.value
        for quad in pyoxigraph.parse(path=room("ontology") / "treatygraph.ttl", format=pyoxigraph.RdfFormat.TURTLE)
        if quad.predicate.value.endswith("#range") and quad.object == LITERAL
    }
    assert f"{PREFIXES['tg']}from" in dated
    asked = {f"${one.name}" for one in read_question(path).parameters if one.type == "date"} if path in FILES else set()
    text = re.sub(
        r"\$\w+", lambda token: str(DAY) if token[0] in asked else f"<x:{token[0][1:]}>", path.read_text("utf-8")
    )
    days: set[Any] = set()
    bare: set[Any] = set()

    def look(part: Any) -> None:
        if isinstance(part, CompValue) and part.name == "RelationalExpression" and part.op in ("<", "<=", ">", ">="):
            bare.update(one for one in (part.expr, part.other) if isinstance(one, Variable | Literal))
        if isinstance(part, CompValue) and part.name == "BGP":
            days.update(value for _, link, value in part.triples if str(link) in dated)

    traverse(prepareQuery(text, initNs=dict(PREFIXES)).algebra, visitPre=look)
    assert not bare & days, "Fix: STR(?day) on both sides."
    assert not [one for one in bare if isinstance(one, Literal) and str(one.datatype).endswith("date")]


def test_parameters_are_checked(graph: Graph) -> None:
    assert parameters_of(["--a", "US", "--on=2021-05-28"]) == {"a": "US", "on": "2021-05-28"}
    with pytest.raises(UsageError):
        parameters_of(["a", "US"])
    with pytest.raises(UnknownName, match="on"):
        graph.query("remains", {"day": "2021-05-28"})
    with pytest.raises(UnknownName, match="remains"):
        run_named(graph.index(), Local(graph.home.store), "remans", {})
    with pytest.raises(TreatygraphError, match="2021-13-01"):
        graph.query("remains", examples("remains", on="2021-13-01"))


def test_parameters_stand_where_the_query_uses_them() -> None:
    for question in QUERIES:
        code = "\n".join(line.partition(" #")[0] for line in question.text.splitlines() if not line.startswith("#"))
        bare = re.sub(r'"[^"\n]*"|<[^<>\s]*>', "", code)
        assert set(re.findall(r"\$(\w+)", question.text)) == set(re.findall(r"\$(\w+)", bare)), question.name
        assert set(re.findall(r"\$(\w+)", bare)) == {one.name for one in question.parameters}, question.name


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("# summary: s\n# theme: t\n", "not whole"),
        ("# summary: s\n# theme: t\n# column: a\n", "no column"),
        ('# summary: s\n# theme: t\n# column: a b\n# param: on day "2020-01-01" d\n', "no parameter"),
        ('# summary: s\n# theme: t\n# column: a b\n# param: a line "US" d\n', "add the parameter: on date"),
        ("# sumary: s\n", "no line of a header"),
        ("# summary: s\n# theme: t\n# number: one\n# column: a b\n", "no number of a question"),
        ("# summary: s\n# theme: t\n# answer: On {day}.\n# column: a b\n", "no parameter"),
    ],
)
def test_a_broken_header_is_named_with_its_mend(tmp_path: Path, header: str, message: str) -> None:
    path = tmp_path / "odd.rq"
    path.write_text(header + "\nSELECT * { ?s ?p ?o }\n", encoding="utf-8")
    with pytest.raises(StoreError, match=message) as raised:
        read_question(path)
    assert str(raised.value).startswith("queries/odd.rq: ")
    assert "Fix: " in str(raised.value)


def test_values_take_whole_tokens_all_at_once(tmp_path: Path, graph: Graph) -> None:
    path = tmp_path / "tokens.rq"
    header = '# summary: s\n# theme: t\n# param: a text "x" d\n# param: about text "y" d\n# column: one c\n'
    path.write_text(header + "\nSELECT ?one { BIND(CONCAT($a, $about) AS ?one) }\n", encoding="utf-8")
    question = read_question(path)
    found = values(graph.index(), question.parameters, {"a": 'say "$about"', "about": "$a\\"})
    assert graph.sparql(question.filled(found)).rows == (('say "$about"$a\\',),)


def test_words_to_choose_from_are_listed(graph: Graph) -> None:
    with pytest.raises(UnknownName, match="bilateral, multilateral"):
        graph.query("remains-on-topic", examples("remains-on-topic", scope="trilateral"))


@pytest.mark.parametrize(("topic", "scope"), [("nuclear", "any"), ("any", "bilateral"), ("any", "multilateral")])
def test_remains_on_topic_is_between(graph: Graph, topic: str, scope: str) -> None:
    answer = graph.between("US", "Russia", "2021-05-28", topic=None if topic == "any" else topic, scope=scope)
    listed = {part.id for item in answer.instruments for part in (item, *item.parts)}
    asked = {"a": "US", "b": "Russia", "on": "2021-05-28", "topic": topic, "scope": scope}
    rows = graph.query("remains-on-topic", asked).rows
    assert listed <= {row[0] for row in rows}
    assert len(rows) < len(graph.query("remains", examples("remains", on="2021-05-28")).rows)


def test_a_day_left_out_is_today_where_there_is_a_clock(graph: Graph) -> None:
    assert graph.query("in-force-on", today="1975-06-01").rows == graph.query("in-force-on", {"on": "1975-06-01"}).rows
    assert "28 May 2021" in graph.query("in-force-on", examples("in-force-on")).answer


def test_nobody_is_asked_about_before_they_were_there(graph: Graph) -> None:
    with pytest.raises(UsageError, match="Czechoslovakia"):
        graph.query("remains", {"a": "US", "b": "Czechia", "on": "1985-01-01"})


def test_the_last_day_is_the_day_before_the_end(graph: Graph) -> None:
    rows = graph.query("last-day", examples("last-day")).rows
    assert any(row[3] for row in rows)
    for _, _, _, last, gone, _ in rows:
        if last:
            assert last == (date.fromisoformat(str(gone)) - timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("end", "last"),
    [
        ("2000-03-01", "2000-02-29"),
        ("1900-03-01", "1900-02-28"),
        ("2023-03-01", "2023-02-28"),
        ("2024-03-01", "2024-02-29"),
        ("2020-01-01", "2019-12-31"),
        ("2020-02-01", "2020-01-31"),
        ("2020-05-01", "2020-04-30"),
        ("2020-08-01", "2020-07-31"),
        ("2020-12-01", "2020-11-30"),
        ("2020-10-10", "2020-10-09"),
    ],
)
def test_the_last_day_follows_the_calendar(graph: Graph, end: str, last: str) -> None:
    text = prepared(graph.index(), "last-day", examples("last-day"))
    body = text[text.index("  BIND(SUBSTR") : text.index("}\nORDER BY")]
    day = f'"{end}"^^xsd:date'
    rows = graph.sparql(f"SELECT ?last_day {{ BIND({day} AS ?first) BIND({day} AS ?end)\n{body} }}").rows
    assert rows == ((last,),)


def test_withdrawals_are_from_treaties_in_force(graph: Graph) -> None:
    rows = graph.query("withdrawals-since", examples("withdrawals-since")).rows
    left = {(row[0], row[2]): row[4] for row in rows}
    assert left["open-skies", "USA"] == "2020-11-22"
    assert left["open-skies", "RUS"] == "2021-12-18"
    assert left["cfe", "RUS"] == "2023-11-07"
    assert not {"start-2", "ctbt", "att", "new-start"} & {name for name, _ in left}


def test_a_reading_is_that_of_its_authority(graph: Graph) -> None:
    asked = {"instrument": "NPT", "on": "2005-01-01"}
    ours = {row[0]: row[2] for row in graph.query("parties-on", asked).rows}
    theirs = {row[0]: row[2] for row in graph.query("parties-on", {**asked, "reading": "North Korea"}).rows}
    assert ours["PRK"] != "former-party"
    assert theirs["PRK"] == "former-party"
    assert ours["FRA"] == theirs["FRA"] == "party"
    with pytest.raises(UnknownName, match="depositary"):
        graph.query("parties-on", {**asked, "reading": "Atlantis"})


def test_a_suspension_is_told_with_who_rejects_it(graph: Graph) -> None:
    rows = {(row[0], row[2]): row for row in graph.query("suspension-claims", {"on": "2024-01-01"}).rows}
    assert rows["new-start", "RUS"][6] == "United States"
    assert rows["new-start", "RUS"][7] == "no"


def test_the_network_has_states_and_instruments(graph: Graph) -> None:
    network = graph.network(on=date(2021, 5, 28), topic="aerial-observation")
    assert network.has_edge("RUS", "open-skies")
    assert not network.has_edge("USA", "open-skies")
    assert network.nodes["open-skies"]["kind"] == "instrument"


@pytest.mark.parametrize("question", catalogue(), ids=NAMES)
def test_a_question_without_its_subject_is_refused(graph: Graph, question: NamedQuestion) -> None:
    """An example is no answer: who leaves out the instrument must not be told of another one."""
    needed = [one.name for one in question.parameters if one.default is None]
    for name in needed:
        assert name not in ("on", "reading")
        with pytest.raises(UsageError, match=rf"the question needs {name} \(.*; for example "):
            graph.query(question.name, {key: text for key, text in question.examples.items() if key != name})
    subjects = [one.name for one in question.parameters if one.type in ("state", "line", "instrument")]
    assert set(subjects) <= set(needed)


def test_a_question_of_options_alone_may_be_asked_bare(graph: Graph) -> None:
    bare = [question for question in catalogue() if all(one.default for one in question.parameters)]
    assert {"pending-withdrawals", "contested-on", "exits-and-breaches"} <= {question.name for question in bare}
    assert graph.query("pending-withdrawals").answer.startswith("On 30 November 2026, ")
