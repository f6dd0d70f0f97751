"""What degrees explain: random matrices against all matrices there are, exact tails against all draws, and the record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product

import numpy
import pytest

from treatygraph.bonds.matrix import Mask
from treatygraph.build.index import Index
from treatygraph.model.errors import UsageError
from treatygraph.network import Selection, network
from treatygraph.network.null_model import average_tails, fixed_degrees, probabilities
from treatygraph.network.shared import Shared, shared, two_mode
from treatygraph.network.snapshot import snapshot

ON = date(2026, 1, 1)
ZONES = Selection(ON, topic="nuclear")
HELD = numpy.array([[1, 1, 0, 0], [0, 1, 1, 0], [1, 0, 1, 1], [0, 1, 0, 0]], dtype=bool)
FREE = numpy.array([[1, 1, 1, 1], [1, 1, 1, 0], [1, 1, 1, 1], [1, 1, 1, 1]], dtype=bool)
"""One cell of the second row cannot be filled."""


@pytest.fixture(scope="module")
def nuclear(graph_index: Index) -> Shared:
    return shared(graph_index, ZONES, draws=100)


def every_matrix(held: Mask, free: Mask) -> Iterator[Mask]:
    """All matrices with the same sums that differ in free cells only, by trying each."""
    cells = numpy.argwhere(free).tolist()
    for values in product((False, True), repeat=len(cells)):
        matrix = held.copy()
        for (row, column), value in zip(cells, values, strict=True):
            matrix[row, column] = value
        if (matrix.sum(0) == held.sum(0)).all() and (matrix.sum(1) == held.sum(1)).all():
            yield matrix


def counts(matrix: Mask) -> list[int]:
    whole = matrix.astype(int)
    common: list[int] = (whole @ whole.T)[numpy.triu_indices(len(matrix), 1)].tolist()
    return common


def test_draws_are_spread_over_all_matrices_with_the_same_sums() -> None:
    every = numpy.array([counts(one) for one in every_matrix(HELD, FREE)])
    assert len(every) > 5
    chance = fixed_degrees(HELD, FREE, 1500, seed=1)
    error = every.std(axis=0) / numpy.sqrt(1500)
    assert numpy.abs(chance.expected - every.mean(axis=0)) == pytest.approx(0, abs=4 * error.max())
    where = every.std(axis=0) > 0
    z = (numpy.array(counts(HELD)) - every.mean(axis=0))[where] / every.std(axis=0)[where]
    assert chance.z[where] == pytest.approx(z, abs=0.1)
    assert fixed_degrees(HELD, FREE, 200, seed=1).z.tolist() == fixed_degrees(HELD, FREE, 200, seed=1).z.tolist()


def test_probabilities_keep_the_sums_and_the_cells_that_are_not_free() -> None:
    generator = numpy.random.default_rng(5)
    held = generator.random((30, 12)) < generator.random((30, 1))
    free = generator.random((30, 12)) < 0.9
    held[0], held[1] = True, False  # a row that is full and one that is empty have no choice
    chances = probabilities(held, free)
    assert chances.sum(axis=0) == pytest.approx(held.sum(axis=0), abs=1e-6)
    assert chances.sum(axis=1) == pytest.approx(held.sum(axis=1), abs=1e-6)
    assert (chances[~free] == held[~free]).all()


def test_tails_are_those_of_all_outcomes() -> None:
    chances = numpy.array([[0.9, 0.2, 0.5], [0.6, 0.7, 0.1]])
    held = numpy.array([[1, 0, 1], [1, 1, 1]], dtype=bool)
    both = chances[0] * chances[1]
    tail = 0.0
    for outcome in product((0, 1), repeat=3):
        if sum(outcome) >= 2:
            tail += float(
                numpy.prod([chance if one else 1 - chance for one, chance in zip(outcome, both, strict=True)])
            )
    expected, tails = average_tails(held, chances)
    assert expected == pytest.approx([both.sum()])
    assert tails == pytest.approx([tail])


def test_a_planted_pair_is_found_and_chance_alone_is_not() -> None:
    generator = numpy.random.default_rng(3)
    held = generator.random((40, 60)) < 0.3
    free = numpy.ones_like(held)
    assert not (fixed_degrees(held, free, 300, seed=0).q <= 0.05).any()
    held[1] = held[0]
    chance = fixed_degrees(held, free, 300, seed=0)
    assert numpy.nonzero(chance.q <= 0.05)[0].tolist() == [0]
    assert chance.z.argmax() == 0


def test_folded_closed_and_unknown_cells_are_kept_apart(graph_index: Index) -> None:
    view = snapshot(graph_index, Selection(ON))
    modes = two_mode(graph_index, view)
    place = {name: number for number, name in enumerate(modes.instruments)}
    assert not {name for name in place if view.summary(name).scope != "multilateral"}
    rows = {code: number for number, code in enumerate(view.states)}
    assert "ccw-am1" not in place  # its parties are parties to the convention, with which it counts
    circles = {name: graph_index.knowledge(name).closed_to for name in place if graph_index.knowledge(name).closed_to}
    assert len(circles) > 10
    for name, circle in circles.items():
        outside = [rows[code] for code in {"FJI", "CPV", "BTN"} - set(circle)]
        assert not modes.free[outside, place[name]].any(), name
    assert modes.closed > 1000
    for name, states in view.open.items():
        for code in states:
            assert name not in place or not (modes.held | modes.free)[rows[code], place[name]], (name, code)


def test_the_record_is_explained_by_degrees_in_the_main(nuclear: Shared) -> None:
    assert 0.8 < nuclear.explained < 1
    assert nuclear.average_explained == pytest.approx(nuclear.explained, abs=0.01)
    assert nuclear.tested == nuclear.states * (nuclear.states - 1) // 2
    assert len(nuclear.pairs) == max(10, nuclear.significant)
    assert [item.z for item in nuclear.pairs] == sorted((item.z for item in nuclear.pairs), reverse=True)
    assert f"explain {nuclear.explained:.0%}" in nuclear.answer
    assert any("seed 0" in note for note in nuclear.notes)


def test_the_same_seed_gives_the_same_answer_and_backbone(graph_index: Index, nuclear: Shared) -> None:
    asked = Selection(ON, topic="small-arms", group="NATO")
    assert shared(graph_index, asked, draws=100).to_dict() == shared(graph_index, asked, draws=100).to_dict()
    graph = network(graph_index, ON, "small-arms", kind="backbone", group="NATO")
    answer = shared(graph_index, asked)
    assert graph.number_of_edges() == answer.significant
    assert set(graph) == set(snapshot(graph_index, asked).states)


def test_where_sums_leave_no_choice_nothing_is_said(graph_index: Index) -> None:
    for selection in (Selection(date(1700, 1, 1)), Selection(ON, topic="seabed"), Selection(ON, "antarctica", "P5")):
        answer = shared(graph_index, selection)
        assert not answer.pairs
        assert "nothing can be said" in answer.answer, selection


@pytest.mark.parametrize("asked", [{"draws": 10}, {"level": 0.0}, {"level": 1.5}, {"seed": -1}])
def test_bad_numbers(graph_index: Index, asked: dict[str, float]) -> None:
    with pytest.raises(UsageError, match="--draws"):
        shared(graph_index, ZONES, **asked)  # type: ignore[arg-type]
