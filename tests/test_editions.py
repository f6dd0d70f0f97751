"""The edition of the record: version, day and digest, the same in every answer that is an object."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from treatygraph.ask import ask
from treatygraph.build.edition import edition_of
from treatygraph.graph import Graph
from treatygraph.model.version import EDITION_DAY, RECORD_VERSION, Edition, version_of

ON = "2021-05-28"
REPORT = {"title": "Mine", "date": ON, "claims": [{"id": "c1", "says": "Russia is a party to the NPT.",
          "check": "standing-on", "instrument": "NPT", "state": "Russia", "on": ON, "standing": "party"}]}  # fmt: skip
STORY = "MOSCOW, May 28, 2021. Russia is a party to the Open Skies Treaty."
SUM = "SELECT (COUNT(*) AS ?n) WHERE { ?t a tg:Instrument }"
ANSWERS: dict[str, Callable[[Graph], Any]] = {
    "between": lambda g: g.between("US", "Russia", ON),
    "status": lambda g: g.status("open-skies", ON),
    "show": lambda g: g.show("open-skies"),
    "whatif": lambda g: g.whatif("US leaves NPT", on=ON),
    "claims": lambda g: g.claims(REPORT),
    "read": lambda g: g.read(STORY),
    "ask": lambda g: ask(g, "What remains between the US and Russia?", EDITION_DAY),
    "query": lambda g: g.query("pledges"),
    "sparql": lambda g: g.sparql(SUM),
    "summary": lambda g: g.summary(ON, topic="nuclear"),
    "centrality": lambda g: g.centrality(ON, topic="nuclear"),
    "communities": lambda g: g.communities(ON, topic="landmines"),
    "core": lambda g: g.core(ON, topic="landmines"),
    "similar": lambda g: g.similar("open-skies", ON),
    "history": lambda g: g.history("US", "Russia", ON, since="2020-01-01"),
    "pairs": lambda g: g.pairs("NATO", ON, since="2020-12-31", topic="nuclear"),
    "erosion": lambda g: g.erosion("2020-01-01", ON, topic="nuclear"),
}


def test_a_version_is_the_day_of_the_record() -> None:
    assert version_of(date(2027, 2, 3)) == "2027.02.03"
    assert version_of(EDITION_DAY) == RECORD_VERSION


@pytest.mark.parametrize("door", ANSWERS)
def test_every_answer_names_the_record_that_it_rests_on(graph: Graph, door: str) -> None:
    answer: Any = ANSWERS[door](graph)
    plain = answer.to_dict()
    assert plain["edition"] == edition_of(graph.index()).to_dict()
    assert plain["edition"]["version"] == RECORD_VERSION
    assert plain["edition"]["digest"] == graph.home.folder.name.removeprefix("graph-")


def test_an_overlay_is_named_only_where_there_is_one() -> None:
    assert "overlay" not in Edition("2026.11.30", "2026-11-30", "d").to_dict()
    assert Edition("2026.11.30+own", "2026-11-30", "d", ("instrument/pact",)).to_dict()["overlay"] == [
        "instrument/pact"
    ]
