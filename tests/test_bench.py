"""The bench: what it asks of each peer means the same, it sees when answers differ, and it says what was missed."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from treatygraph.graph import Graph

ROOT = Path(__file__).resolve().parent.parent
DAYS = (date(1944, 6, 1), date(1963, 10, 10), date(1975, 1, 1), date(1991, 12, 26), date(2021, 5, 28))


@pytest.fixture(scope="module")
def benches() -> Iterator[None]:
    sys.path.insert(0, str(ROOT / "scripts"))
    yield
    sys.path.remove(str(ROOT / "scripts"))


@pytest.fixture(scope="module")
def folder(benches: None, graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the bench lays down, over the build of the record that the tests share."""
    from benches import sizes

    found = tmp_path_factory.mktemp("bench")
    (found / "cache").symlink_to(graph.home.folder.parent)
    (found / "figures.json").write_text(json.dumps({"folder": graph.home.folder.name}), encoding="utf-8")
    sizes._arrays(found)
    return found


def test_the_peers_answer_the_same(folder: Path) -> None:
    from benches import peers, texts
    from benches.texts import Texts

    class InTexts(peers.Oxigraph):
        texts = Texts(typed=False)

    ours = peers.Treatygraph(folder, "")
    asked = [ours, *(kind(folder, "") for kind in (peers.Numpy, peers.Oxigraph, InTexts))]
    for day in DAYS:
        answers = [peer.form("between", peer.between(texts.POWERS, day)) for peer in asked]
        assert answers == [answers[0]] * len(asked), day
    assert len(answers[0]) > 50
    for question in ("history", "parties"):
        answers = [peer.form(question, getattr(peer, question)()) for peer in asked]
        assert answers == [answers[0]] * len(asked), question
    mine, theirs = (peer.form("timeline", peer.timeline()) for peer in (asked[0], asked[2]))
    assert mine == theirs
    mine, theirs = (peer.form("all_pairs", peer.all_pairs()) for peer in asked[:2])
    assert mine == theirs
    assert ours.intervals().denials, "what one side denies the other is counted in"
    assert ["RUS", "USA", len(asked[1].between(texts.POWERS, texts.ON))] in mine


def test_pairs_with_an_answer_of_the_same_size(folder: Path, graph: Graph) -> None:
    from benches import pairs, texts

    found = pairs.chosen(graph.intervals(), 40).alike
    assert 1 < len(found) <= pairs.MOST
    for pair in found:
        assert graph.between(pair.first[0], pair.second[0], on=pairs.EARLY).question.on == pairs.EARLY
        listed = graph.between(pair.first[0], pair.second[0], on=texts.ON).instruments
        assert 36 <= sum(1 + len(item.parts) for item in listed) <= 44
    assert pairs.Pairs.read(folder).alike, "the record itself has such pairs too"


def figures(**more: Any) -> dict[str, Any]:
    made = {"instruments": 2, "acts": 3, "standings": 4, "quads": 5, "seconds": 8.0, "index": 2.0, "disk": 1.0}
    ours = {"between, again": {"seconds": 1e-4, "size": 72, "check": "aa"}, "build": {"seconds": 8.0}}
    theirs = {"between, again": {"seconds": 0.5, "size": 72, "check": "aa"}, **more}
    return {"made": {"build": made}, "treatygraph": ours, "rdflib": theirs}


def kept(**more: Any) -> dict[str, Any]:
    return {"machine": "A machine.", "patience": 60.0, "sizes": {"1": figures(**more)}}


def test_the_page_has_ratios_and_says_what_is_equal(benches: None) -> None:
    from benches import page

    found = page.written(kept())
    assert "| the two powers, again (72) | 100 µs | – | – | – | 500 ms (5,000x) |" in found
    assert "Equal answers, and of how many peers: the two powers, again (2)." in found
    assert "| rdflib in memory, `between`, x1 | ≥ 100x | 5,000x | holds |" in found


def test_an_answer_that_differs_is_told_of(benches: None) -> None:
    from benches import page, table

    other = {"seconds": 0.5, "size": 72, "check": "bb"}
    assert "**Answers that differ from the first peer's:** the two powers, again: rdflib." in page.written(
        kept(**{"between, again": other})
    )
    assert table.alike(["a", "b", "c"], ["a", "b"]), "on the days that both were asked about"
    assert not table.alike(["a", "b", "c"], ["a", "c"])


def test_a_bar_that_is_missed_is_told_of(benches: None) -> None:
    from benches import page

    slow = kept(**{"between, again": {"seconds": 0.001, "size": 72, "check": "aa"}})
    slow["sizes"]["100"] = figures()
    slow["sizes"]["100"]["treatygraph"]["build"] = {"seconds": 1000.0}
    found = page.written(slow)
    assert "| rdflib in memory, `between`, x1 | ≥ 100x | 10x | **missed** |" in found
    assert "| build, x100 to x1 | ≤ 110x | 125x | **missed** |" in found


def test_a_peer_that_gave_no_answer_says_why(benches: None) -> None:
    from benches import page

    late = kept(**{"all pairs on a day": {"seconds": None, "why": "over 60 s"}})
    late["sizes"]["1"]["virtuoso"] = {"left out": {"seconds": None, "why": "too large"}}
    found = page.written(late)
    assert "| all pairs on a day | – | – | – | – | over 60 s |" in found
    assert "- x1, Virtuoso, HTTP: too large." in found
