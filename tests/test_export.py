"""Exports: what goes out comes back equal, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest

import treatygraph
from treatygraph import cli
from treatygraph.export import FORMATS, ExportSelection
from treatygraph.export.networks import spells_graph, stretches_graph
from treatygraph.export.panels import PANELS
from treatygraph.export.rdf import CONTEXT_FILE, all_quads, context_text
from treatygraph.export.statements import statements
from treatygraph.graph import Graph
from treatygraph.model.errors import StoreError, UnknownName, UsageError
from treatygraph.model.folders import room
from treatygraph.model.terms import PREFIXES, READINGS

ROOT = Path(__file__).resolve().parent.parent
TODAY = "2026-11-23"


@pytest.fixture(scope="module")
def small(built_cache: Path) -> Iterator[Graph]:
    assert built_cache.is_dir()
    opened = treatygraph.open(Path(__file__).parent / "small_graph")
    yield opened
    opened.close()


# --- RDF


def plain(dataset: Any) -> set[tuple[Any, ...]]:
    """The quads of an rdflib dataset."""
    return {(s, p, o, str(getattr(graph, "identifier", graph))) for s, p, o, graph in dataset.quads()}


@pytest.fixture(scope="module")
def stored(small: Graph) -> set[tuple[Any, ...]]:
    """The quads of the store, as rdflib has them."""
    from rdflib import Dataset

    text = pyoxigraph.Store.read_only(str(small.home.store)).dump(format=pyoxigraph.RdfFormat.N_QUADS)
    found = Dataset()
    found.parse(data=text, format="nquads")
    return plain(found)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib warns of its own parsers
@pytest.mark.parametrize(("name", "parser"), [("trig", "trig"), ("nquads", "nquads"), ("jsonld", "json-ld")])
def test_rdflib_reads_the_same_quads(
    small: Graph, stored: set[tuple[Any, ...]], tmp_path: Path, name: str, parser: str
) -> None:
    from rdflib import Dataset

    small.export(name, tmp_path / "out", today=TODAY)
    found = Dataset()
    found.parse(tmp_path / "out", format=parser)
    assert plain(found) == stored
    assert len(stored) > 1000


def test_rdflib_reads_the_same_triples_from_turtle(small: Graph, stored: set[tuple[Any, ...]], tmp_path: Path) -> None:
    import rdflib

    small.export("turtle", tmp_path / "out.ttl", today=TODAY)
    found = rdflib.Graph()
    found.parse(tmp_path / "out.ttl", format="turtle")
    assert set(found) == {quad[:3] for quad in stored if quad[3] != READINGS}
    assert any(quad[3] == READINGS for quad in stored), "what other legal views yield is left out, or counts double"


def test_json_ld_uses_the_published_context(small: Graph, tmp_path: Path) -> None:
    small.export("jsonld", tmp_path / "out.jsonld", today=TODAY)
    found = json.loads((tmp_path / "out.jsonld").read_text(encoding="utf-8"))
    published = json.loads((room("ontology") / CONTEXT_FILE).read_text(encoding="utf-8"))
    assert found["@context"] == published["@context"]
    nodes = [item for graph in found["@graph"] if graph["id"] == "graph/facts" for item in graph["@graph"]]
    node = next(item for item in nodes if item["id"] == "id/instrument/lake-treaty")
    assert node["type"] == ["Instrument"] or node["type"] == "Instrument"
    assert node["instrumentScope"] == "scheme/scope/" + node["instrumentScope"].rpartition("/")[2]


def test_what_is_generated_is_as_it_must_be(graph: Graph) -> None:
    context = (room("ontology") / CONTEXT_FILE).read_text(encoding="utf-8")
    assert context == context_text(graph.home.store), "Fix: run scripts/generate."


def test_statements_of_rdf_1_2_come_back(small: Graph, tmp_path: Path) -> None:
    small.export("rdf12", tmp_path / "out.ttl", today=TODAY)
    made = set(statements(all_quads(small.home.store)))
    found = {
        quad.triple for quad in pyoxigraph.parse(path=str(tmp_path / "out.ttl"), format=pyoxigraph.RdfFormat.TURTLE)
    }
    assert found == made
    quoted = [triple for triple in found if isinstance(triple.object, pyoxigraph.Triple)]
    standings = [triple for triple in quoted if "/id/standing/" in triple.subject.value]
    count = small.sparql("SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s a tg:Standing } }").rows[0][0]
    assert len(standings) == int(count or 0) > 5
    begins = {triple.subject for triple in found if triple.predicate.value.endswith("#from")}
    assert begins == {triple.subject for triple in standings}, "every statement says since when"
    assert not [triple for triple in quoted if "/scheme/" in triple.object.predicate.value], "a concept is no property"


def test_statements_of_rdf_1_2_compare_with_those_of_wikidata(graph: Graph) -> None:
    """Russia's ratification of the test-ban treaty: between the items, at a date and time, with its end."""
    pq, wdt, wd = (f"http://www.wikidata.org/{part}/" for part in ("prop/qualifier", "prop/direct", "entity"))
    by_subject: dict[str, list[pyoxigraph.Triple]] = {}
    for triple in statements(all_quads(graph.home.store)):
        by_subject.setdefault(str(triple.subject), []).append(triple)
    quoted = {str(triple.object): name for name, all_of in by_subject.items() for triple in all_of
              if isinstance(triple.object, pyoxigraph.Triple)}  # fmt: skip
    act = quoted[f"<{wd}Q521306> <{wdt}P6193> <{wd}Q159>"]
    values = {triple.predicate.value.removeprefix(pq): triple.object for triple in by_subject[act]}
    for name, moment in (("P585", "2000-06-30T00:00:00Z"), ("P582", "2023-11-03T00:00:00Z")):
        assert values[name] == pyoxigraph.Literal(moment, datatype=pyoxigraph.NamedNode(PREFIXES["xsd"] + "dateTime"))
    ends = [triple for all_of in by_subject.values() for triple in all_of if triple.predicate.value == f"{pq}P582"]
    assert 5 < len(ends) < 60
    assert not [triple for triple in ends if "9999" in str(triple.object)]


def test_the_same_facts_give_the_same_bytes(small: Graph, tmp_path: Path) -> None:
    for name, kind in FORMATS.items():
        places = [tmp_path / f"{name}-{turn}" for turn in (1, 2)]
        for place in places:
            small.export(name, place, today=TODAY)
        first, second = (
            {path.name: path.read_bytes() for path in (sorted(place.iterdir()) if kind.folder else [place])}
            for place in places
        )
        assert list(first.values()) == list(second.values()), name


# --- networks


def test_gexf_opens_in_networkx_with_its_spells(graph: Graph, tmp_path: Path) -> None:
    import networkx

    graph.export("gexf", tmp_path / "net.gexf", today=TODAY, topic="strategic-offensive-arms")
    found = networkx.read_gexf(tmp_path / "net.gexf")
    made = spells_graph(graph.index(), ExportSelection(topic="strategic-offensive-arms"))
    assert set(found.nodes) == set(made.nodes)
    assert {frozenset(edge) for edge in found.edges} == {frozenset(edge) for edge in made.edges}
    for first, second, data in made.edges(data=True):
        back = found.edges[first, second]
        assert _spells(back["spells"]) == data["spells"]
        assert [value[0] for value in back["standing"]] == [value[0] for value in data["standing"]]
    for node, data in made.nodes(data=True):
        assert _spells(found.nodes[node]["spells"]) == data["spells"]
        assert {key: found.nodes[node][key] for key in data if key != "spells"} == {
            key: value for key, value in data.items() if key != "spells"
        }
    assert _spells(found.edges["USA", "new-start"]["spells"]) == [("2011-02-05", "2026-02-05")]
    assert found.nodes["new-start"]["topics_above"] == "missiles;nuclear;wmd"


def test_networks_say_earliest_and_latest_days_and_no_day_that_stands_for_none(graph: Graph, tmp_path: Path) -> None:
    import networkx

    for name in ("gexf", "graphml"):
        graph.export(name, tmp_path / name, today=TODAY, topic="export-control")
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert "9999-" not in text
        assert "0001-01-01" not in text
    edges = networkx.read_graphml(tmp_path / "graphml", force_multigraph=True).edges(data=True)
    imprecise = [data for _, _, data in edges if data["imprecise"] == "yes"]
    assert imprecise
    for _, _, data in edges:
        start, end = data["start_earliest"], data["end_earliest"]
        assert start <= data["start_latest"]
        assert end <= data["end_latest"]
        differ = start != data["start_latest"] or end != data["end_latest"]
        assert (data["imprecise"] == "yes") == differ
        assert start <= data["start"] <= data["start_latest"]  # the record is sure from the last of them on
        assert not data["end"] or data["end"] <= (data["end_latest"] or data["end"])


def test_refused_ties_are_marked(graph: Graph) -> None:
    ties = stretches_graph(graph.index(), ExportSelection(topic="nuclear-nonproliferation"))
    assert {data["refused"] for data in ties["PSE"]["npt"].values()} == {"CAN;USA"}
    assert {data["refused"] for data in ties["PRK"]["npt"].values()} == {"TWN"}
    assert graph.network("2026-01-01").edges["USA", "npt"]["refused"] == "PSE"
    assert graph.network("1990-01-01").edges["USA", "npt"]["refused"] == ""


def _spells(found: list[tuple[str, str]]) -> list[tuple[str | None, str | None]]:
    """Networkx reads an open end as the text None."""
    return [(None if start == "None" else start, None if end == "None" else end) for start, end in found]


def test_graphml_comes_back_with_every_stretch(graph: Graph, tmp_path: Path) -> None:
    import networkx

    graph.export("graphml", tmp_path / "net.graphml", today=TODAY, group="NATO", topic="conventional")
    found = networkx.read_graphml(tmp_path / "net.graphml", force_multigraph=True)
    made = stretches_graph(graph.index(), ExportSelection(group="NATO", topic="conventional"))
    assert dict(found.nodes(data=True)) == dict(made.nodes(data=True))

    def edges(one: Any) -> list[Any]:
        return sorted((min(a, b), max(a, b), sorted(data.items())) for a, b, data in one.edges(data=True))

    assert edges(found) == edges(made)


def test_a_day_gives_only_what_holds_on_it(graph: Graph) -> None:
    made = stretches_graph(graph.index(), ExportSelection(on=date(2021, 5, 28), topic="strategic-offensive-arms"))
    assert {("USA", "new-start"), ("RUS", "new-start")} <= {tuple(edge[:2]) for edge in made.edges}
    assert not {"start-1", "sort"} & set(made.nodes)


# --- safety


def test_nothing_is_replaced_without_force(small: Graph, tmp_path: Path) -> None:
    file, folder = tmp_path / "out.nq", tmp_path / "out"
    small.export("nquads", file, today=TODAY)
    small.export("csv", folder, today=TODAY)
    for name, place in (("nquads", file), ("csv", folder)):
        with pytest.raises(UsageError, match="--force"):
            small.export(name, place, today=TODAY)
        small.export(name, place, today=TODAY, force=True)


def test_a_folder_of_something_else_is_left_alone(small: Graph, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(UsageError, match="no export"):
        small.export("csv", tmp_path / "mine", today=TODAY, force=True)
    with pytest.raises(UsageError, match="is a folder"):
        small.export("nquads", tmp_path / "mine", today=TODAY, force=True)
    assert (tmp_path / "mine" / "thesis.txt").read_text(encoding="utf-8") == "years of work"


def test_a_failed_export_leaves_nothing_behind(small: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("treatygraph.export.package._write_csv", broken)
    with pytest.raises(StoreError, match="disk full"):
        small.export("csv", tmp_path / "out", today=TODAY)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "more", "word"),
    [
        ("turtle", {"on": "2021-01-01"}, "takes no --on"),
        ("csv", {"topic": "nuclear"}, "takes no --topic"),
        ("gexf", {"since": 2000}, "takes no --since"),
        ("dyad-years", {"on": "2021-01-01"}, "takes no --on"),
        ("dyad-years", {"since": 2099}, "last whole year"),
        ("gexf", {"topic": "dinosaurs"}, "topic"),
        ("gexf", {"group": "Atlantis"}, "group"),
    ],
)
def test_what_cannot_be_asked_is_refused(graph: Graph, tmp_path: Path, name: str, more: Any, word: str) -> None:
    with pytest.raises(UsageError, match=word):
        graph.export(name, tmp_path / "out", today=TODAY, **more)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_format_names_the_known_ones(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="turtle"):
        graph.export("xml", tmp_path / "out", today=TODAY)


def test_the_command_lists_formats_and_writes(
    built_cache: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["export"]) == 0
    listed = capsys.readouterr().out
    assert all(name in listed for name in FORMATS)
    assert (
        cli.run(["export", "graphml", "-o", str(tmp_path / "a.graphml"), "--on", "2021-05-28", "--topic", "nuclear"])
        == 0
    )
    assert capsys.readouterr().out == f"{tmp_path / 'a.graphml'}\n"
    with pytest.raises(UsageError, match="-o PATH"):
        cli.run(["export", "csv"])


def test_every_panel_is_listed() -> None:
    assert set(PANELS) <= set(FORMATS)
