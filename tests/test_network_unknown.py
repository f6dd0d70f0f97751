"""What the record cannot tell counts neither way in a network, and what a selection leaves out is said (K8, K17)."""

from __future__ import annotations

from datetime import date

import pytest

from treatygraph.bonds.unknowns import open_on
from treatygraph.build.index import Index
from treatygraph.model.errors import UnknownName, UsageError
from treatygraph.network.centrality import centrality
from treatygraph.network.erosion import erosion
from treatygraph.network.snapshot import Selection, snapshot
from treatygraph.network.summary import summary

TODAY = date(2026, 11, 30)


def test_missiles_are_found_whatever_binds(graph_index: Index) -> None:
    found = snapshot(graph_index, Selection(TODAY, "missiles"))
    assert {"mtcr", "hcoc", "launch-notification-1988"} <= set(found.instruments)


def test_notes_tell_how_many_ledgers_cannot_tell(graph_index: Index) -> None:
    found = snapshot(graph_index, Selection(TODAY, "missiles"))
    assert found.open
    for name, codes in found.open.items():
        column = found.instruments.index(name) if name in found.instruments else None
        for code in codes:
            assert column is None or not found.held[found.states.index(code), column], (name, code)
    note = next(note for note in found.notes() if "cannot tell" in note)
    assert f"{len(found.open)} of {len(found.selected)} instruments" in note
    for answer in (summary(graph_index, found.selection), centrality(graph_index, found.selection)):
        assert note in answer.notes


def test_where_nothing_is_open_no_note_says_so(graph_index: Index) -> None:
    found = snapshot(graph_index, Selection(date(1972, 1, 1), "antarctica"))
    assert not found.open
    assert not [note for note in found.notes() if "cannot tell" in note]


def test_an_empty_selection_says_what_was_there(graph_index: Index) -> None:
    answer = summary(graph_index, Selection(date(1800, 1, 1), "landmines"))
    assert answer.instruments == 0
    assert any("of the selection are on record" in note for note in answer.notes)


def test_what_does_not_bind_is_told_as_left_out(graph_index: Index) -> None:
    answer = summary(graph_index, Selection(TODAY, "export-control", binding=True))
    assert any("do not bind in law" in note or "does not bind in law" in note for note in answer.notes)


def test_where_all_tie_there_is_nothing_to_rank(graph_index: Index) -> None:
    answer = centrality(graph_index, Selection(date(1800, 1, 1), "landmines"), by="betweenness").answer
    assert "tie" in answer
    assert answer.endswith("nothing to rank.")
    assert "most central" not in answer


def test_an_uncertain_end_is_no_loss_of_a_day(graph_index: Index) -> None:
    found = erosion(graph_index, Selection(TODAY), since=date(2010, 1, 1))
    for loss in found.losses:
        if loss.what in ("ended", "left"):
            assert not set(loss.states) & open_on(graph_index, loss.date).get(loss.instrument, frozenset()), loss
    assert any("days that the record cannot tell" in note for note in found.notes)


def test_organisations_are_no_states_unless_asked_for(graph_index: Index) -> None:
    plain = snapshot(graph_index, Selection(TODAY))
    assert not {"EUU", "EUE"} & set(plain.states)
    whole = snapshot(graph_index, Selection(TODAY, organisations=True))
    assert set(whole.states) - set(plain.states) == {"EUU", "EUE"}


@pytest.mark.parametrize(
    ("system", "on", "count"),
    [("un", date(2015, 1, 1), 193), ("un", date(1946, 1, 1), 50), ("cow", date(2016, 12, 31), 195)],
)
def test_a_list_of_states_has_those_of_the_day(graph_index: Index, system: str, on: date, count: int) -> None:
    """The Philippines were a member before they were independent: no state on record yet."""
    answer = summary(graph_index, Selection(on, system=system))
    assert answer.states == count
    assert answer.pairs == count * (count - 1) // 2
    assert answer.to_dict()["question"]["system"] == system


def test_a_list_that_nobody_has_is_refused(graph_index: Index) -> None:
    with pytest.raises(UnknownName, match="cow"):
        snapshot(graph_index, Selection(TODAY, system="world"))
    with pytest.raises(UsageError, match="leave the list"):
        erosion(graph_index, Selection(TODAY, system="un"), since=date(2010, 1, 1))
