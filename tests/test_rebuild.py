"""A build after a change is the build that would have been made from nothing, whatever was changed."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

import treatygraph
from edits import EDITS, keep_rows, no_card, put_rows, rows_in, rows_of, sort_ledger
from treatygraph.build import incremental as rebuild
from treatygraph.build import pipeline as making
from treatygraph.build.codec import decode, encode
from treatygraph.build.decode import derivations_in, facts_in
from treatygraph.build.index_file import IndexFile
from treatygraph.facts import read
from treatygraph.facts.load import FILES
from treatygraph.facts.references import citations
from treatygraph.law.derivations import Corpus
from treatygraph.model.errors import FactsError
from treatygraph.model.folders import room
from treatygraph.model.records import Facts
from treatygraph.model.standings import Derivation

SMALL = Path(__file__).resolve().parent / "small_graph"
CHOSEN = (
    "new-start-extension-2021", "start-2-protocol", "abm-protocol-1974", "lisbon-protocol", "jcpoa", "korean-armistice",
    "budapest-memorandum", "pnet-protocol-1990", "rarotonga-p1", "egypt-israel-1979", "pmda-protocol-2010",
    "anglo-soviet-naval-protocol-1938", "moon-agreement",
)  # fmt: skip
"""Instruments with protocols, successors, extensions, disputes and borrowed clauses; with all that they name."""


# ---------------------------------------------------------------------- a part of the real record


def named_with(facts: Facts, names: Sequence[str]) -> set[str]:
    """The instruments, and all that their cards name, and so on."""
    found = set(names)
    while (
        more := {word for name in found for word in rebuild._named_on(facts.instruments[name])}
        & {*facts.instruments} - found
    ):
        found |= more
    return found


@pytest.fixture(scope="module")
def excerpt(tmp_path_factory: pytest.TempPathFactory, facts: Facts) -> Path:
    """A folder of facts: some instruments of the real record with everything that is about them."""
    kept = named_with(facts, CHOSEN)
    folder: Path = tmp_path_factory.mktemp("excerpt") / "graph"
    ignored = shutil.ignore_patterns("reports", "*.md", "*.tsv")
    shutil.copytree(room("graph"), folder, ignore=ignored)
    for path in (*folder.glob("instruments/*"), *folder.glob("acts/*")):
        if path.stem not in kept:
            path.unlink()
    for name, event in facts.events.items():
        if not set(event.instruments) <= kept or event.about:
            (folder / "events" / f"{name}.yaml").unlink()
    keep_rows(folder / "assertions.csv", lambda row: row["instrument"] in kept)
    keep_rows(folder / "rosters.csv", lambda row: row["instrument"] in kept)
    keep_rows(folder / "articles.csv", lambda row: row["kind"] != "instrument" or row["record"] in kept)
    keep_rows(folder / "exceptions.csv", lambda _: False)
    cited = {source for cite in citations(read(folder)) for source in cite.sources}
    keep_rows(folder / "sources.csv", lambda row: row["id"] in cited)
    return folder


# ---------------------------------------------------------------------- the same as from nothing


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_a_build_after_changes_is_the_build_from_nothing(
    excerpt: Path, tmp_path: Path, edit: Callable[[Path, random.Random], None]
) -> None:
    """Each edit some times, each time with one of another kind; facts that are refused are refused in the same words.

    ``TREATYGRAPH_EDITS`` names another series of edits than the one that is tried every time.
    """
    folder = Path(shutil.copytree(excerpt, tmp_path / "graph"))
    chance = random.Random(f"{edit.__name__} {os.environ.get('TREATYGRAPH_EDITS', '')}")
    before = tmp_path / "before.sqlite"
    making.make_index(folder, before, None)
    taken_in = 0
    for number in range(10):
        kept = Path(shutil.copytree(folder, tmp_path / f"kept-{number}"))
        edit(folder, chance)
        if number % 2:
            chance.choice(EDITS)(folder, chance)
        after, whole = tmp_path / f"after-{number}.sqlite", tmp_path / f"whole-{number}.sqlite"
        problem = refusal(folder, whole, None)
        assert refusal(folder, after, before) == problem
        if problem:
            shutil.rmtree(folder)
            kept.rename(folder)
            continue
        assert rows_in(after) == rows_in(whole)
        taken_in += rows_in(after) != rows_in(before)
        before = after
        if taken_in == 2:
            break
    assert taken_in, "an edit that is always refused tries nothing"


def refusal(folder: Path, into: Path, before: Path | None) -> str:
    """Why the facts are not built, in full; empty where they are, and what was counted stands beside the index."""
    try:
        counts = making.make_index(folder, into, before)
    except FactsError as problem:
        return str(problem)
    assert counts["standings"] == sum(len(json.loads(row[2])) for row in rows_in(into) if row[0] == "bearing")
    return ""


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def another_end_of_the_framework(folder: Path) -> None:
    replaced(
        folder / "acts" / "pmda.csv", "RUS,termination,2025-11-06,2025-11-06", "RUS,termination,2025-11-07,2025-11-07"
    )
    replaced(folder / "assertions.csv", "RUS,termination,2025-11-06", "RUS,termination,2025-11-07")


def another_pause_of_the_framework(folder: Path) -> None:
    for path in (folder / "acts" / "pmda.csv", folder / "assertions.csv"):
        replaced(path, "RUS,suspension,2016-10-03", "RUS,suspension,2016-10-05")


def another_end_of_a_state(folder: Path) -> None:
    replaced(folder / "states.csv", "1991-12-26", "1991-12-27")


def another_kind_of_source(folder: Path) -> None:
    cited = rows_of(folder / "acts" / "pmda.csv")[0]["source"].split(";")[0]
    rows = rows_of(folder / "sources.csv")
    put_rows(
        folder / "sources.csv", [{**row, "kind": "editorial" if row["id"] == cited else row["kind"]} for row in rows]
    )


FAR: tuple[tuple[Callable[[Path], None], tuple[tuple[str, str], ...]], ...] = (
    (another_end_of_the_framework, (("derivation", "depositary/pmda-protocol-2010"), ("bearing", "RUS"))),
    (another_pause_of_the_framework, (("reasons", "depositary/pmda/RUS"), ("bearing", "RUS"))),
    (another_end_of_a_state, (("derivation", "depositary/start-1"), ("bearing", "SUN"))),
    (another_kind_of_source, (("bearing", "USA"),)),
)
"""Edits, and what they change beyond the record that is edited."""


@pytest.mark.parametrize(("edit", "changed"), FAR, ids=[edit.__name__ for edit, _ in FAR])
def test_what_an_edit_changes_elsewhere_is_changed(
    excerpt: Path, tmp_path: Path, edit: Callable[[Path], None], changed: tuple[tuple[str, str], ...]
) -> None:
    folder = Path(shutil.copytree(excerpt, tmp_path / "graph"))
    paths = [tmp_path / f"{name}.sqlite" for name in ("before", "after", "whole")]
    before, after, whole = paths
    making.make_index(folder, before, None)
    edit(folder)
    making.make_index(folder, after, before)
    making.make_index(folder, whole, None)
    assert rows_in(after) == rows_in(whole)
    found = {(row[0], row[1]) for row in {*rows_in(after)} ^ {*rows_in(before)}}
    assert found >= set(changed), "the edit does not do what it is here for"


def test_the_real_record_after_a_change_is_the_record_from_nothing(graph: treatygraph.Graph, tmp_path: Path) -> None:
    """A card that many others name, an act that others' standings rest on, a source more, an instrument less."""
    folder = Path(shutil.copytree(room("graph"), tmp_path / "graph"))
    replaced(folder / "instruments" / "npt.yaml", "text: NPT", "text: N.P.T.")
    keep_rows(folder / "acts" / "start-1.csv", lambda row: (row["state"], row["act"]) != ("UKR", "ratification"))
    another_end_of_the_framework(folder)
    sources = rows_of(folder / "sources.csv")
    put_rows(folder / "sources.csv", [{**sources[0], "id": "a-new-source"}, *sources])
    no_card(folder, random.Random(5))
    after, whole = tmp_path / "after.sqlite", tmp_path / "whole.sqlite"
    assert making.make_index(folder, after, graph.home.index) == making.make_index(folder, whole, None)
    assert rows_in(after) == rows_in(whole)


def test_the_facts_and_standings_come_back_from_the_index(excerpt: Path, tmp_path: Path) -> None:
    """As they were read, in the same order, even where the rows of a table are not sorted."""
    folder = Path(shutil.copytree(excerpt, tmp_path / "graph"))
    for name in ("sources.csv", "states.csv", "officials.csv", "tenures.csv", "groups.csv", "articles.csv"):
        rows = rows_of(folder / name)
        random.Random(name).shuffle(rows)
        put_rows(folder / name, rows)
    making.make_index(folder, tmp_path / "index.sqlite", None)
    facts = read(folder)
    derivations = Corpus(facts).derivations()
    index = IndexFile(tmp_path / "index.sqlite")
    back = facts_in(index)
    assert back == facts
    for name in ("sources", "states", "groups", "officials", "instruments", "acts", "events"):
        assert list(getattr(back, name)) == list(getattr(facts, name)), name
    assert tuple(derivations_in(index)) == derivations
    index.close()


def test_the_real_record_comes_back_from_its_index(graph: treatygraph.Graph, facts: Facts, corpus: Corpus) -> None:
    index = IndexFile(graph.home.index)
    back, again = facts_in(index), tuple(derivations_in(index))
    index.close()
    assert back == facts
    assert list(back.instruments) == list(facts.instruments)
    assert again == corpus.derivations()


def test_what_a_reason_names_is_named_on_a_card(corpus: Corpus, facts: Facts) -> None:
    """The words of an answer rest on other cards' names only where one card names the other, so that it is reached."""
    for derivation in corpus.derivations():
        mine = rebuild._named_on(facts.instruments[derivation.instrument])
        for standing in derivation.standings:
            for step in (*standing.because, *standing.ending):
                name = step.act.partition("#")[0].partition("/")[0]
                if name in facts.instruments and name != derivation.instrument:
                    named = rebuild._named_on(facts.instruments[name])
                    assert name in mine or derivation.instrument in named, (derivation.instrument, step)


# ---------------------------------------------------------------------- no more than it must


def test_what_a_change_cannot_reach_is_not_derived_again(
    excerpt: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(excerpt, tmp_path / "graph"))
    before = tmp_path / "before.sqlite"
    making.make_index(folder, before, None)
    derived: list[str] = []
    results = Corpus.results

    def noted(self: Corpus, name: str, related: object) -> object:
        derived.append(name)
        return results(self, name, related)  # type: ignore[arg-type]

    monkeypatch.setattr(Corpus, "results", noted)
    rows = rows_of(folder / "acts" / "moon-agreement.csv")
    sort_ledger(folder / "acts" / "moon-agreement.csv", rows[:-1])
    making.make_index(folder, tmp_path / "one.sqlite", before)
    assert derived == ["moon-agreement"]
    derived.clear()
    sources = rows_of(folder / "sources.csv")
    put_rows(folder / "sources.csv", [{**sources[0], "id": "new-source"}, *sources])
    making.make_index(folder, tmp_path / "two.sqlite", tmp_path / "one.sqlite")
    assert derived == [], "every source stands on another line now, and no standing rests on that"
    keep_rows(folder / "states.csv", lambda _: True)
    states = rows_of(folder / "states.csv")
    put_rows(folder / "states.csv", [{**states[0], "note": "changed"}, *states[1:]])
    making.make_index(folder, tmp_path / "three.sqlite", tmp_path / "two.sqlite")
    assert len(derived) == len(list(folder.glob("instruments/*"))), "any standing may rest on a state"


def test_standings_are_the_same_after_they_were_a_document(corpus: Corpus) -> None:
    for derivation in corpus.derivations():
        assert decode(Derivation, encode(derivation)) == derivation


def test_every_table_is_edited() -> None:
    names = " ".join(edit.__name__ for edit in EDITS)
    assert not [name for name in FILES if name.removesuffix(".csv") not in names]
