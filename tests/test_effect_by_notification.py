"""An accession that works from the day the depositary tells the others: no check can derive that day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from treatygraph.checks import findings
from treatygraph.facts import read
from treatygraph.law.derivations import Corpus

GRAPH = Path(__file__).resolve().parent.parent / "graph"
PLAIN = "'on': notification, "


@pytest.mark.parametrize(("card", "found"), [("as it is", False), ("without its rule", True)])
def test_the_stated_effect_is_not_held_against_the_clause(tmp_path: Path, card: str, found: bool) -> None:
    graph = tmp_path / "graph"
    graph.mkdir()
    for path in GRAPH.iterdir():
        if path.name != "instruments":
            (graph / path.name).symlink_to(path)
    (graph / "instruments").mkdir()
    for path in (GRAPH / "instruments").iterdir():
        text = path.read_text(encoding="utf-8")
        if card != "as it is" and path.stem == "geneva-protocol":
            assert PLAIN in text
            text = text.replace(PLAIN, "")
        (graph / "instruments" / path.name).write_text(text, encoding="utf-8")
    facts = read(graph)
    rules = [
        item.rule
        for item in findings(facts, Corpus(facts), date(2026, 11, 25))
        if "geneva-protocol.csv" in str(item.place)
    ]
    assert ("day-of-effect" in rules) is found
