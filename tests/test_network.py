"""The network: measures against networkx and slow recounts, losses against the matrix."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import networkx
import numpy
import pytest

from treatygraph import cli
from treatygraph.answers.between import Question, Remaining, between
from treatygraph.bonds.matrix_from_index import intervals
from treatygraph.bonds.unknowns import open_intervals
from treatygraph.build.index import Index
from treatygraph.model.errors import TreatygraphError, UnknownName, UsageError
from treatygraph.network import Selection, network
from treatygraph.network.centrality import centrality
from treatygraph.network.cohesion import core
from treatygraph.network.communities import communities
from treatygraph.network.consensus import alike, consensus
from treatygraph.network.erosion import Erosion, erosion
from treatygraph.network.graphs import states_graph
from treatygraph.network.history import history
from treatygraph.network.likeness import agreement
from treatygraph.network.pairs import pairs
from treatygraph.network.similar import similar
from treatygraph.network.snapshot import snapshot
from treatygraph.network.summary import summary

TODAY = date(2026, 11, 25)
COLD = date(1985, 6, 1)
TESTING = Selection(TODAY, topic="nuclear-testing", binding=True)


@pytest.fixture(scope="module")
def losses(graph_index: Index) -> Erosion:
    return erosion(graph_index, Selection(TODAY), since=date(2000, 1, 1))


# ---------------------------------------------------------------------- measures on a day


def test_the_figures_are_those_of_the_graph(graph_index: Index) -> None:
    """Counted again on the bipartite graph, which is made from the documents and not from the arrays."""
    found = summary(graph_index, TESTING)
    plain = network(graph_index, TODAY, "nuclear-testing", binding=True)
    states = [name for name, kind in plain.nodes(data="kind") if kind == "state"]
    assert found.bonds == plain.number_of_edges()
    assert found.instruments == plain.number_of_nodes() - len(states)
    assert found.states == len(states)
    assert set(found.isolates) == {name for name in states if not plain.degree(name)}
    assert found.pairs == found.states * (found.states - 1) // 2
    widest = found.widest[0]
    assert (widest["id"], widest["states"]) == ("ptbt", plain.degree("ptbt"))
    assert widest["sources"]


def test_weights_are_counts_of_between(graph_index: Index) -> None:
    graph = network(graph_index, COLD, kind="states", group="Warsaw Pact")
    assert set(graph) == {"BGR", "CSK", "DDR", "HUN", "POL", "ROU", "SUN"}

    def every(items: tuple[Remaining, ...]) -> int:
        return sum(1 + every(item.parts) for item in items)

    for first, second, weight in graph.edges(data="weight"):
        answer = between(graph_index, first, second, Question((first, second), COLD))
        assert every(answer.instruments) == weight, (first, second)


def test_instruments_share_parties(graph_index: Index) -> None:
    plain = network(graph_index, TODAY, "nuclear-weapon-free-zone")
    graph = network(graph_index, TODAY, "nuclear-weapon-free-zone", kind="instruments")
    assert graph.number_of_edges() > 3
    for first, second, weight in graph.edges(data="weight"):
        assert len(set(plain[first]) & set(plain[second])) == weight, (first, second)


def test_centrality_is_what_networkx_and_linear_algebra_say(graph_index: Index) -> None:
    found = centrality(graph_index, TESTING, by="betweenness", at_least=2)
    shared = snapshot(graph_index, TESTING).shared
    values, vectors = numpy.linalg.eigh(shared.astype(float))
    first = numpy.abs(vectors[:, values.argmax()])
    graph = states_graph(snapshot(graph_index, TESTING), 2)
    expected = networkx.betweenness_centrality(graph)
    places = {item.id: item for item in found.places}
    for number, code in enumerate(snapshot(graph_index, TESTING).states):
        assert places[code].strength == shared[number].sum()
        assert places[code].partners == graph.degree(code)
        assert places[code].eigenvector == pytest.approx(first[number], abs=1e-5)
        assert places[code].betweenness == pytest.approx(expected[code], abs=1e-6)
    order = [item.betweenness for item in found.places]
    assert order == sorted(order, reverse=True)  # type: ignore[type-var]


def test_an_order_that_is_that_of_degree_is_told(graph_index: Index) -> None:
    found = centrality(graph_index, Selection(TODAY))
    ranks = numpy.array([[item.degree, item.strength] for item in found.places]).argsort(axis=0).argsort(axis=0)
    both = numpy.asarray(numpy.corrcoef(ranks.T))
    assert found.like_degree == pytest.approx(both[0, 1], abs=0.02)  # ties apart
    assert "the order is that of degree" in found.answer
    assert "order" not in centrality(graph_index, Selection(TODAY), by="degree").answer
    assert centrality(graph_index, Selection(date(1700, 1, 1))).like_degree is None


def test_a_core_of_those_who_joined_most_says_so(graph_index: Index) -> None:
    found = core(graph_index, Selection(TODAY))
    view = snapshot(graph_index, Selection(TODAY))
    assert found.partners == pytest.approx(
        (view.shared[numpy.triu_indices(len(view.states), 1)] >= found.at_least).mean(), abs=1e-4
    )
    assert found.of_most_joined > 0.85 * len(found.states)
    assert "who joined most" in found.answer


def test_parts_are_folded_as_between_folds_them(graph_index: Index) -> None:
    view = snapshot(graph_index, Selection(TODAY, group="P5"))
    for one, first in enumerate(view.states):
        for other, second in enumerate(view.states[:one]):
            answer = between(graph_index, first, second, Question((first, second), TODAY))
            assert view.folded[one, other] == len(answer.instruments), (first, second)
    found = summary(graph_index, view.selection)
    assert found.mean_folded == pytest.approx(view.folded[numpy.triu_indices(5, 1)].mean(), abs=0.01)
    assert found.mean_folded < found.mean


def test_centrality_of_instruments(graph_index: Index) -> None:
    found = centrality(graph_index, Selection(COLD, topic="nuclear"), of="instruments", by="degree")
    assert found.places[0].id == "npt"
    assert found.places[0].degree == len(network(graph_index, COLD, "nuclear")["npt"])


def test_communities_part_all_states_and_come_out_the_same_again(graph_index: Index) -> None:
    asked = Selection(TODAY, topic="nuclear-weapon-free-zone")
    found = communities(graph_index, asked)
    members = [code for one in found.communities for code in one.states]
    assert len(members) == len(set(members))
    assert set(members) | set(found.alone) == set(snapshot(graph_index, asked).states)
    assert communities(graph_index, asked).to_dict() == found.to_dict()
    zones = {one.marks[0]["id"] for one in found.communities if one.marks}
    assert {"tlatelolco", "pelindaba"} <= zones
    assert found.modularity > found.chance[1] > found.chance[0] > 0.3
    assert found.stability > 0.9
    assert all(0.9 < one.stability <= 1 for one in found.communities)


def test_where_chance_gives_as_much_there_are_no_communities(graph_index: Index) -> None:
    found = communities(graph_index, Selection(date(2026, 1, 1), "biological-weapons"), runs=4)
    assert found.modularity <= found.chance[1]
    assert "carry no communities" in found.answer


def test_partitions_are_compared_as_the_index_is_defined() -> None:
    """Hubert and Arabie's index: by hand from the pairs, 2 of which are together in both."""
    one, other = [("a", "b", "c"), ("d", "e")], [("a", "b"), ("c", "d", "e")]
    assert alike(one, one) == 1
    assert alike(one, other) == pytest.approx((2 - 4 * 4 / 10) / (4 - 4 * 4 / 10))
    assert alike([("a", "b"), ("c", "d")], [("a", "c"), ("b", "d")]) < 0


def test_most_runs_win() -> None:
    """Two cliques with one edge between them: every run parts them, and the runs agree."""
    graph = networkx.barbell_graph(5, 0)
    graph = networkx.relabel_nodes(graph, {node: f"n{node}" for node in graph})
    agreed = consensus(graph, 1.0, 0, 5)
    assert [len(part) for part in agreed.parts] == [5, 5]
    assert agreed.stability == 1
    assert agreed.together == (1.0, 1.0)


def test_the_core_is_the_largest_set_with_enough_partners(graph_index: Index) -> None:
    """Peeled by hand: states with too few partners go until none is left to go."""
    asked = Selection(TODAY, group="NATO")
    found = core(graph_index, asked, at_least=28)
    shot = snapshot(graph_index, asked)
    close = shot.shared >= 28
    left = set(range(len(shot.states)))
    while gone := {one for one in left if sum(close[one, other] for other in left) < found.depth}:
        left -= gone
    assert {shot.states[one] for one in left} == set(found.states)
    deeper = set(range(len(shot.states)))
    while gone := {one for one in deeper if sum(close[one, other] for other in deeper) < found.depth + 1}:
        deeper -= gone
    assert not deeper
    assert {item["id"] for item in found.common} >= {"npt", "cwc", "bwc"}


def test_similar_is_jaccard_of_the_parties(graph_index: Index) -> None:
    found = similar(graph_index, "TPNW", Selection(TODAY))
    plain = network(graph_index, TODAY)
    mine = set(plain["tpnw"])
    assert found.states == len(mine)
    view = snapshot(graph_index, Selection(TODAY))
    for item in found.similar:
        known = set(view.states) - view.open.get(item.id, frozenset()) - view.open.get("tpnw", frozenset())
        ours, theirs = mine & known, set(plain[item.id]) & known
        assert item.compared == len(known)
        assert item.jaccard == pytest.approx(len(ours & theirs) / len(ours | theirs), abs=1e-4)
        assert set(item.only_here) == ours - theirs
        assert set(item.only_there) == theirs - ours
    assert [item.kappa for item in found.similar] == sorted((i.kappa for i in found.similar), reverse=True)


def test_agreement_is_taken_beyond_chance() -> None:
    """Twenty cells: both in 8, one alone in 2, the other alone in 4, neither in 6 (checked by hand)."""
    one = numpy.array([1] * 8 + [1] * 2 + [0] * 4 + [0] * 6, dtype=bool)
    other = numpy.array([1] * 8 + [0] * 2 + [1] * 4 + [0] * 6, dtype=bool)
    same = agreement(one, other, numpy.ones(20, dtype=bool))
    assert (same.both, same.compared) == (8, 20)
    assert same.jaccard == pytest.approx(8 / 14)
    assert same.containment == pytest.approx(0.8)
    assert same.kappa == pytest.approx((0.7 - 0.5) / 0.5)  # 10 and 12 of 20: 0.5 * 0.6 + 0.5 * 0.4 by chance
    assert same.pi == pytest.approx((0.7 - 0.505) / 0.495)  # 0.55 on average
    half = numpy.array([True] * 10 + [False] * 10)
    assert agreement(one, other, half).compared == 10
    assert agreement(one, one, numpy.ones(20, dtype=bool)).kappa == 1
    assert agreement(half, half, half).kappa == 0  # all of both: nothing to agree on beyond chance


def test_states_are_alike_by_what_they_joined(graph_index: Index) -> None:
    found = similar(graph_index, "Denmark", Selection(TODAY))
    assert found.state == "DNK"
    assert {"NOR", "SWE", "DEU"} & {item.id for item in found.similar[:5]}
    assert all(item.compared <= 95 for item in found.similar)
    assert "kappa" in found.answer
    with pytest.raises(UsageError, match="was not there"):
        similar(graph_index, "Czechia", Selection(date(1985, 1, 1)))


# ---------------------------------------------------------------------- erosion


@pytest.mark.parametrize(
    ("when", "instrument", "what", "by", "count"),
    [
        ("2002-06-13", "abm", "ended", ("USA",), 1),
        ("2009-12-05", "start-1", "ended", (), 10),
        ("2019-08-02", "inf", "ended", ("USA",), 1),
        ("2020-11-22", "open-skies", "left", ("USA",), 33),
        ("2021-12-18", "open-skies", "left", ("RUS",), 32),
        ("2023-11-03", "ctbt", "consent-withdrawn", ("RUS",), 0),
        ("2023-02-28", "new-start", "suspension-claimed", ("RUS",), 0),
        ("2025-03-06", "ccm", "left", ("LTU",), 111),
        ("2025-12-27", "apmbc", "left", ("EST", "LTU", "LVA"), 492),
    ],
)
def test_what_was_lost(losses: Erosion, when: str, instrument: str, what: str, by: tuple[str, ...], count: int) -> None:
    (loss,) = [item for item in losses.losses if (item.date, item.instrument, item.what) == (when, instrument, what)]
    assert loss.by == by
    assert loss.pairs == count
    assert loss.sources


def test_losses_are_the_fall_of_the_matrix(graph_index: Index, losses: Erosion) -> None:
    table = intervals(graph_index)
    for loss in losses.losses:
        if loss.what in ("ended", "left"):
            mask = numpy.array([name == loss.instrument for name in table.instruments])
            on = date.fromisoformat(loss.date)
            before, after = (table.matrix(day, mask) for day in (on - timedelta(days=1), on))
            assert int(numpy.triu(before > after).sum()) == loss.pairs, (loss.date, loss.instrument)


def test_nothing_that_fell_is_missing(graph_index: Index, losses: Erosion) -> None:
    """Year by year, per instrument: whoever was bound at its start and is not at its end is among the losses."""
    table = intervals(graph_index)
    doubts = open_intervals(graph_index)
    seen = {(loss.instrument, code) for loss in losses.losses if loss.what in ("ended", "left") for code in loss.states}
    for year in range(2000, 2026):
        start, end = date(year, 1, 1), date(year + 1, 1, 1)
        gone = table.held(start) & ~table.held(end) & table.wanted()
        for line, number in numpy.argwhere(gone).tolist():
            code, name = table.bearer(line, end), table.instruments[number]
            # An uncertain end is no event of any one day (K17).
            uncertain = any(
                (item.state, item.instrument) == (code, name) and item.start <= str(end) and item.end > str(start)
                for item in doubts
            )
            if code and not uncertain:
                assert (table.instruments[number], table.bearer(line, start)) in seen, (year, table.instruments[number])


def test_erosion_among_a_group(graph_index: Index, losses: Erosion) -> None:
    asked = Selection(TODAY, group="nuclear-armed", binding=True)
    found = erosion(graph_index, asked, since=date(2000, 1, 1))
    assert all(loss.binding is True for loss in found.losses)
    names = {(loss.date, loss.instrument) for loss in found.losses}
    assert ("2019-08-02", "inf") in names
    assert not any(instrument == "apmbc" for _, instrument in names)
    whole = {(loss.date, loss.instrument): loss.pairs for loss in losses.losses if loss.what == "left"}
    mine = {(loss.date, loss.instrument): loss.pairs for loss in found.losses if loss.what == "left"}
    assert all(count <= whole[key] for key, count in mine.items())
    # Of the nuclear-armed states France, Russia and the United Kingdom stayed in Open Skies.
    assert mine["2020-11-22", "open-skies"] == 3


# ---------------------------------------------------------------------- bad input, and the command line


@pytest.mark.parametrize(
    ("call", "kind", "says"),
    [
        (lambda s: summary(s, Selection(TODAY, topic="nuclear-test")), UnknownName, "nuclear-testing"),
        (lambda s: summary(s, Selection(TODAY, group="Natto")), UnknownName, "no group is called 'Natto'"),
        (lambda s: summary(s, Selection(TODAY, group="Warsaw Pact")), UsageError, "no member"),
        (lambda s: centrality(s, TESTING, of="people"), UnknownName, "states"),
        (lambda s: centrality(s, TESTING, by="fame"), UnknownName, "strength"),
        (lambda s: centrality(s, TESTING, at_least=0), UsageError, "from 1 on"),
        (lambda s: communities(s, TESTING, resolution=0), UsageError, "above 0"),
        (lambda s: core(s, TESTING, at_least=0), UsageError, "from 1 on"),
        (lambda s: similar(s, "Hovercraft", TESTING), UnknownName, "is called 'Hovercraft'"),
        (lambda s: history(s, "US", "USA", TESTING), UsageError, "name two powers"),
        (lambda s: history(s, "US", "Russia", TESTING, every="week"), UnknownName, "year"),
        (lambda s: history(s, "US", "Russia", TESTING, since=date(2030, 1, 1)), UsageError, "ends before it begins"),
        (lambda s: pairs(s, "US", TESTING), UsageError, "name the other power"),
        (lambda s: erosion(s, TESTING, since=date(2030, 1, 1)), UsageError, "ends before it begins"),
        (lambda s: network(s, TODAY, kind="people"), UsageError, "bipartite, states, instruments and backbone"),
        (lambda s: network(s, TODAY, "nonsense"), UnknownName, "nonsense"),
        (lambda s: network(s, TODAY, "nonsense", kind="states"), UnknownName, "nonsense"),
    ],
)
def test_bad_input(
    graph_index: Index, call: Callable[[Index], object], kind: type[TreatygraphError], says: str
) -> None:
    with pytest.raises(kind, match=says):
        call(graph_index)


def test_before_there_was_anything(graph_index: Index) -> None:
    asked = Selection(date(1700, 1, 1))
    assert summary(graph_index, asked).instruments == 0
    assert core(graph_index, asked).states == ()
    assert communities(graph_index, asked).communities == ()
    assert similar(graph_index, "NPT", asked).similar == ()
    assert {item.eigenvector for item in centrality(graph_index, asked).places} == {0.0}


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (("summary", "--topic", "nuclear-testing"), "states"),
        (("centrality", "--of", "instruments", "--group", "NATO"), "places"),
        (("communities", "--topic", "nuclear-weapon-free-zone", "--seed", "3"), "communities"),
        (("core", "--group", "P5", "--at-least", "20"), "states"),
        (("similar", "CCM"), "similar"),
        (("history", "US", "Russia", "--every", "year", "--since", "1990"), "points"),
        (("history", "P5", "--since", "2000"), "pairs"),
        (("erosion", "--since", "2019", "--binding"), "losses"),
    ],
)
def test_the_command_line(
    built_cache: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], key: str
) -> None:
    arguments = ["network", *words, "--on", TODAY.isoformat()]
    assert cli.run([*arguments, "--format", "json"]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert answer[key]
    assert cli.run([*arguments, "--format", "csv"]) == 0
    header, *rows = capsys.readouterr().out.splitlines()
    assert rows
    assert len(header.split(",")) > 1
    assert cli.run(arguments) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == answer["answer"]
    assert len(printed) > 3


def test_every_question_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.run(["network", "history", "--help"])
    assert stopped.value.code == 0
    assert "--every" in capsys.readouterr().out
    with pytest.raises(SystemExit) as stopped:
        cli.run(["network"])
    assert stopped.value.code == 2


def test_a_missing_extra_is_told(built_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(UsageError, match=r"pip install '\.\[network\]'"):
        cli.run(["network", "summary"])
