"""What an answer between two powers says of what the record does not hold (K6, K10, K11, K13, K14)."""

from __future__ import annotations

from datetime import date

import pytest

from test_between import ask, every, ids
from treatygraph.answers.between import Between
from treatygraph.build.index import Index
from treatygraph.graph import Graph
from treatygraph.model.errors import UnknownName
from treatygraph.model.vocabulary import BINDS


def open_ids(answer: Between) -> set[str]:
    return {item.id for item in answer.not_known}


def test_a_count_is_at_least_while_something_binding_is_open(graph_index: Index) -> None:
    answer = ask(graph_index, "UK", "Italy", "2020-01-01")
    assert "at least" in answer.answer
    assert any(item.binding for item in answer.not_known)
    assert "the record does not say" in answer.answer


def test_nothing_that_holds_both_is_open(graph_index: Index) -> None:
    for first, second in (("US", "Russia"), ("Kenya", "Tonga"), ("NATO", "Russia"), ("Canada", "Palestine")):
        answer = ask(graph_index, first, second, "2020-01-01")
        assert not open_ids(answer) & ids(answer)


def test_what_is_open_may_bind_and_names_of_whom(graph_index: Index) -> None:
    on = date(2020, 1, 1)
    answer = ask(graph_index, "Kenya", "Tonga", on.isoformat())
    assert answer.not_known
    for item in answer.not_known:
        assert item.why
        assert set(item.about) <= {"KEN", "TON"}
        for code in item.about:
            rows = [row for row in graph_index.standings((code,)).get(item.id, ()) if row.on(on.isoformat())]
            assert all(row.may_bind for row in rows)
            assert rows or not set(graph_index.knowledge(item.id).absence((code,), on).may).isdisjoint(BINDS)


def test_what_is_closed_to_one_is_never_open(graph_index: Index) -> None:
    answer = ask(graph_index, "Kenya", "Tonga", "2020-01-01")
    for item in answer.not_known:
        closed_to = graph_index.summary(item.id).participants
        assert not closed_to or {"KEN", "TON"} <= set(closed_to)


@pytest.mark.parametrize("topic", ["nuclear-nonproliferation", "outer-space"])
def test_what_is_open_matches_the_question(graph_index: Index, topic: str) -> None:
    answer = ask(graph_index, "Kenya", "Tonga", "2026-11-30", topic=topic, binding=True)
    assert all(topic in item.topics and item.binding for item in answer.not_known)


def test_the_future_is_told_as_the_future(graph_index: Index) -> None:
    answer = ask(graph_index, "US", "Russia", "3000-01-01").answer
    assert "would still bind" in answer
    assert "if nothing happened (the record ends on 30 November 2026)" in answer
    assert "would" not in ask(graph_index, "US", "Russia", "2026-11-30").answer


def test_a_group_is_its_members(graph_index: Index) -> None:
    answer = ask(graph_index, "NATO", "Russia", "2010-01-01")
    assert "held Russia with at least one member of NATO" in answer.answer
    assert "with all 28" in answer.answer
    assert "none held NATO itself" in answer.answer
    members = {item.id: item.members for item in every(answer.instruments)}
    assert members["hotline-1963"] == ("USA",)
    assert len(members["npt"]) == 28
    assert all(members.values())


def test_between_two_states_no_member_is_told(graph_index: Index) -> None:
    assert all(item.members == () for item in every(ask(graph_index, "US", "Russia", "2010-01-01").instruments))


def test_scope_is_by_who_is_bound(graph_index: Index) -> None:
    scopes = {item.id: item.scope for item in every(ask(graph_index, "US", "Russia", "2005-01-01").instruments)}
    assert scopes["start-1"] == "multilateral", "it bound five"
    assert scopes["sort"] == "bilateral"


def test_contested_stands_with_the_name(graph_index: Index) -> None:
    answer = ask(graph_index, "US", "Russia", "2024-01-01").answer
    assert "New START (contested: Russia claims to have suspended it, rejected by the United States)" in answer


@pytest.mark.parametrize("wrong", [{"scope": "zzz"}, {"topic": "nonsense"}])
def test_a_question_that_is_not_understood_is_refused(graph_index: Index, wrong: dict[str, str]) -> None:
    with pytest.raises(UnknownName):
        ask(graph_index, "US", "Russia", "2021-05-28", **wrong)


def test_notes_speak_to_a_reader(graph_index: Index) -> None:
    for first, second in (("US", "Russia"), ("NATO", "Russia"), ("Canada", "Palestine")):
        notes = ask(graph_index, first, second, "2026-11-30").notes
        assert len(notes) <= 8
        assert not any(note.startswith("ledger") for note in notes)


def test_every_answer_names_its_edition(graph_index: Index) -> None:
    edition = ask(graph_index, "US", "Russia", "2021-05-28").to_dict()["edition"]
    assert edition["day"] == "2026-11-30"
    assert set(edition) == {"version", "day", "digest"}


@pytest.mark.parametrize("known", ["1980-01-01", "1800-01-01"])
def test_what_was_made_later_was_open_to_nobody_then(graph: Graph, known: str) -> None:
    answer = graph.between("US", "Russia", "2026-11-30", known=known)
    made = {name: graph.index().instrument(name) for name in open_ids(answer)}
    assert all(card and card.signed and card.signed.earliest.isoformat() <= known for card in made.values())
    assert f"as known on 1 January {known[:4]}" in answer.answer


def test_one_verb_for_no_instrument_that_is_known(graph_index: Index) -> None:
    assert "instruments is" not in ask(graph_index, "Kenya", "Tonga", "1970-07-01").answer
