"""The first queries of queries/README.md: each runs as it stands, has rows, and nothing is to be warned of."""

from __future__ import annotations

import re

import pytest

from treatygraph.graph import Graph
from treatygraph.model.folders import room
from treatygraph.site.reconciling import Reconciler, RowQuery
from treatygraph.triplestore.describe import described, pointing, triples_of

TEXTS = re.findall(r"```sparql\n(.*?)```", (room("queries") / "README.md").read_text(encoding="utf-8"), re.DOTALL)
NPT = "https://w3id.org/treatygraph/id/instrument/npt"


def test_there_are_twenty() -> None:
    assert len(TEXTS) == 20


@pytest.mark.parametrize("number", range(1, 21))
def test_a_first_query_has_rows_and_no_warning(graph: Graph, number: int) -> None:
    result = graph.sparql(TEXTS[number - 1])
    assert result.rows
    assert not result.warnings


def test_first_counts_are_those_of_the_answers(graph: Graph) -> None:
    parties = graph.sparql(TEXTS[3])
    assert len(parties.rows) == graph.status("NPT", "2026-11-30").counts["party"]
    in_force = graph.sparql(TEXTS[4])
    assert in_force.rows[0][0] == str(len(graph.query("in-force-on", {"on": "2021-05-28"}).rows))


def test_a_description_has_parts_labels_and_counted_back_links(graph: Graph) -> None:
    store = graph.home.engine().store
    found = described(store, NPT)
    assert any("/id/clause/npt/" in part for part in found.parts)
    counts = {one.key: one.count for one in found.back}
    acts = graph.sparql(f"SELECT (COUNT(?a) AS ?n) {{ ?a a tg:Act ; tg:instrument <{NPT}> }}")
    assert counts["act.instrument"] == int(acts.rows[0][0] or 0) > 500
    assert "standing.instrument.readings" in counts
    assert (
        found.labels["https://w3id.org/treatygraph/scheme/topic/nuclear-nonproliferation"]
        == "nuclear non-proliferation"
    )
    assert len(str(triples_of(found, NPT, "https://h/id/instrument/npt"))) < 200_000
    last = pointing(store, NPT, "act.instrument", -(-counts["act.instrument"] // 100))
    assert last
    assert len(last.subjects) == (counts["act.instrument"] - 1) % 100 + 1
    assert pointing(store, NPT, "act.instrument", last.pages + 1) is None
    assert described(store, NPT + "x").is_empty


def test_a_row_of_a_table_is_matched_with_a_record(graph: Graph) -> None:
    reconciler = Reconciler(graph.index(), graph.home.engine().store)
    for text, wanted, types in (
        ("Tanzania, United Republic of", "state/TZA", ("State",)), ("США", "state/USA", ()), ("NPT", "instrument/npt", ()),
        ("Ottawa Convention", "instrument/apmbc", ("Instrument",)), ("Obama", "official/obama-barack", ("Official",)),
    ):  # fmt: skip
        best = reconciler.candidates(RowQuery(text, types))[0]
        assert (best.id, best.score, best.match) == (wanted, 100, True)
    assert not any(one.match for one in reconciler.candidates(RowQuery("OST")))
    right = RowQuery("OST", ("Instrument",), 5, (("signed", ("1992-03-24",)),))
    assert reconciler.candidates(right)[0].id == "instrument/open-skies"
    wrong = RowQuery("Germany", ("State",), 5, (("code", ("FRA",)),))
    assert not reconciler.candidates(wrong)[0].match, "a value that speaks against the name leaves it to a person"
    assert not reconciler.candidates(RowQuery("zzzzzz"))
