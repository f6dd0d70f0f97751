"""A build after a change is the build that would have been made from nothing, whatever was changed."""

from __future__ import annotations

import csv
import json
import os
import random
import re
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import pyoxigraph
import pytest

import treatygraph
from treatygraph import making, rebuild, store
from treatygraph.codec import decode, encode
from treatygraph.errors import FactsError, StoreError
from treatygraph.facts import read
from treatygraph.facts.load import FILES
from treatygraph.facts.references import citations
from treatygraph.index import Index
from treatygraph.law.corpus import Corpus
from treatygraph.law.results import Derivation
from treatygraph.quads import nquads
from treatygraph.readback import derivations_in, facts_in
from treatygraph.records import Facts
from treatygraph.rooms import room

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


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def put_rows(path: Path, rows: Sequence[dict[str, str]]) -> None:
    columns = path.read_text(encoding="utf-8").splitlines()[0].split(",")
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def keep_rows(path: Path, wanted: Callable[[dict[str, str]], bool]) -> None:
    put_rows(path, [row for row in rows_of(path) if wanted(row)])


# ---------------------------------------------------------------------- edits, as people make them


def sort_ledger(path: Path, rows: list[dict[str, str]]) -> None:
    put_rows(path, sorted(rows, key=lambda row: (row["date"], row["state"], row["act"], row["depositary"])))


def moved(text: str, chance: random.Random) -> str:
    """The text with one of its days some weeks earlier or later."""
    days = list(re.finditer(r"\b\d{4}-\d{2}-\d{2}\b", text))
    if not days:
        return text
    found = chance.choice(days)
    day = date.fromisoformat(found[0]) + timedelta(days=chance.randint(-40, 40))
    return f"{text[: found.start()]}{day.isoformat()}{text[found.end() :]}"


def ledger(folder: Path, chance: random.Random) -> Path:
    return chance.choice(sorted(folder.glob("acts/*.csv")))


def another_day_of_an_act(folder: Path, chance: random.Random) -> None:
    path = ledger(folder, chance)
    rows = rows_of(path)
    row = chance.choice(rows)
    row["date"] = moved(row["date"], chance)
    sort_ledger(path, rows)


def no_act(folder: Path, chance: random.Random) -> None:
    path = ledger(folder, chance)
    rows = rows_of(path)
    rows.remove(chance.choice(rows))
    sort_ledger(path, rows)


def one_more_act(folder: Path, chance: random.Random) -> None:
    path = ledger(folder, chance)
    rows = rows_of(path)
    row = dict(chance.choice(rows))
    acts = ("signature", "ratification", "accession", "notice-of-withdrawal", "suspension", "objection")
    row["act"], row["date"] = chance.choice((row["act"], *acts)), moved(row["date"], chance)
    row["state"] = chance.choice(rows_of(folder / "states.csv"))["code"]
    sort_ledger(path, [*rows, row])


def no_ledger(folder: Path, chance: random.Random) -> None:
    ledger(folder, chance).unlink()


def card(folder: Path, chance: random.Random) -> tuple[Path, list[str]]:
    path = chance.choice(sorted(folder.glob("instruments/*.yaml")))
    return path, path.read_text(encoding="utf-8").splitlines(keepends=True)


def another_line_of_a_card(folder: Path, chance: random.Random) -> None:
    path, lines = card(folder, chance)
    dated = [number for number, line in enumerate(lines) if moved(line, random.Random(0)) != line]
    if dated:
        number = chance.choice(dated)
        lines[number] = moved(lines[number], chance)
    path.write_text("".join(lines), encoding="utf-8")


def no_line_of_a_card(folder: Path, chance: random.Random) -> None:
    path, lines = card(folder, chance)
    lines.remove(chance.choice(lines))
    path.write_text("".join(lines), encoding="utf-8")


def another_name_of_a_card(folder: Path, chance: random.Random) -> None:
    path, lines = card(folder, chance)
    name = f"Pact {chance.randrange(10**6)}"
    given = re.sub(r"^short: \{text: (?:'[^']*'|[^,]*)", f"short: {{text: '{name}'", "".join(lines), flags=re.MULTILINE)
    path.write_text(given, encoding="utf-8")


def another_topic(folder: Path, chance: random.Random) -> None:
    path, lines = card(folder, chance)
    given = re.sub(r"^topics: \{are: \[[^]]*\]", "topics: {are: [nuclear-testing]", "".join(lines), flags=re.MULTILINE)
    path.write_text(given, encoding="utf-8")


def one_more_card(folder: Path, chance: random.Random) -> None:
    """A copy of a card and its ledger, which supersedes, extends or belongs to another."""
    path, lines = card(folder, chance)
    name = f"{path.stem}-{chance.randrange(1000)}"
    text = re.sub(
        r"^(title|short): \{text: (?:'[^']*'|[^,]*)", rf"\1: {{text: '{name} \1'", "".join(lines), flags=re.MULTILINE
    )
    text = re.sub(r"^aliases:\n(?:  - .*\n)*", "", text, flags=re.MULTILINE)
    relation = chance.choice(("supersedes", "extends", "protocol-to", "follows", "amends"))
    other = chance.choice(sorted(folder.glob("instruments/*.yaml"))).stem
    line = f"  - {{relation: {relation}, instrument: {other}, source: treatygraph, at: inclusion-rule}}\n"
    text = (
        text.replace("relations:\n", f"relations:\n{line}") if "relations:\n" in text else f"{text}relations:\n{line}"
    )
    (folder / "instruments" / f"{name}.yaml").write_text(text, encoding="utf-8")
    if (folder / "acts" / f"{path.stem}.csv").is_file():
        shutil.copy(folder / "acts" / f"{path.stem}.csv", folder / "acts" / f"{name}.csv")


def no_card(folder: Path, chance: random.Random) -> None:
    """An instrument that no other card names leaves, with everything that is about it."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("instruments/*.yaml"))}
    alone = [name for name in texts if not any(re.search(rf"[ \[]{name}[,}}\]]", text) for text in texts.values())]
    name = chance.choice(alone or sorted(texts))
    (folder / "instruments" / f"{name}.yaml").unlink()
    (folder / "acts" / f"{name}.csv").unlink(missing_ok=True)
    for path in folder.glob("events/*.yaml"):
        if name in path.read_text(encoding="utf-8"):
            path.unlink()
    for other in ("assertions.csv", "rosters.csv", "articles.csv"):
        keep_rows(folder / other, lambda row: name not in (row.get("instrument"), row.get("record")))


def table(*names: str) -> Callable[[Path, random.Random], None]:
    """An edit of a row of one of these tables: another day, no row, one more at the top, another word."""

    def edit(folder: Path, chance: random.Random) -> None:
        path = folder / chance.choice(names)
        rows = rows_of(path)
        if not rows:
            return
        row = chance.choice(rows)
        how = chance.randrange(4)
        if how == 0:
            dated = [key for key in ("from", "until", "date", "effective", "said", "as_of") if row.get(key)]
            for key in dated[:1]:
                row[key] = moved(row[key], chance)
            row["note"] = "another day"
        elif how == 1:
            rows.remove(row)
        elif how == 2:
            key = next(iter(row))
            rows.insert(0, {**row, key: f"{row[key]}-{chance.randrange(1000)}" if key == "id" else row[key]})
            chance.shuffle(rows)
        else:
            words = {"kind": ("press", "editorial", "recall"), "name": ("Else",), "title": ("Else",), "note": ("so",)}
            words |= {"holds": ("party", "suspended", "none"), "stance": ("accepts", "rejects"), "body": ("USA",)}
            key = chance.choice([key for key in words if key in row] or [next(iter(row))])
            row[key] = chance.choice(words.get(key, ("else",)))
        put_rows(path, rows)

    edit.__name__ = "a_row_of_" + "_or_".join(name.partition(".")[0] for name in dict.fromkeys(names))
    return edit


def an_event(folder: Path, chance: random.Random) -> None:
    path = chance.choice(sorted(folder.glob("events/*.yaml")))
    if chance.random() < 0.3:
        path.unlink()
    else:
        path.write_text(moved(path.read_text(encoding="utf-8"), chance), encoding="utf-8")


EDITS: tuple[Callable[[Path, random.Random], None], ...] = (
    another_day_of_an_act, no_act, one_more_act, no_ledger, another_line_of_a_card, no_line_of_a_card,
    another_name_of_a_card, another_topic, one_more_card, no_card, an_event, table("sources.csv"),
    table("assertions.csv"), table("states.csv", "conflicts.csv"), table("officials.csv", "tenures.csv"),
    table("groups.csv", "groups.csv", "groups.csv", "group-titles.csv"), table("rosters.csv", "articles.csv", "exceptions.csv"),
)  # fmt: skip


# ---------------------------------------------------------------------- the same as from nothing


def rows_in(path: Path) -> list[tuple[str, str, str, int]]:
    index = Index(path)
    try:
        return index.rows()
    finally:
        index.close()


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
    (another_pause_of_the_framework, (("derivation", "depositary/pmda"), ("bearing", "RUS"))),
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
    index = Index(tmp_path / "index.sqlite")
    back = facts_in(index)
    assert back == facts
    for name in ("sources", "states", "groups", "officials", "instruments", "acts", "events"):
        assert list(getattr(back, name)) == list(getattr(facts, name)), name
    assert tuple(derivations_in(index)) == derivations
    index.close()


def test_the_real_record_comes_back_from_its_index(graph: treatygraph.Graph, facts: Facts, corpus: Corpus) -> None:
    index = Index(graph.home.index)
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


# ---------------------------------------------------------------------- builds on disk


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small folder of facts, built."""
    monkeypatch.setenv("TREATYGRAPH_CACHE", str(tmp_path / "cache"))
    folder = Path(shutil.copytree(SMALL, tmp_path / "graph"))
    store.built(folder, talk=lambda _: None)
    return folder


def reworded(folder: Path, name: str = "Pond Treaty") -> None:
    path = folder / "instruments" / "lake-treaty.yaml"
    text = path.read_text(encoding="utf-8")
    assert "Lake Treaty" in text or "Pond" in text
    path.write_text(re.sub("(Lake|Pond) Treaty", name, text), encoding="utf-8")


def test_a_change_is_taken_in_and_shows_in_every_answer(home: Path) -> None:
    reworded(home)
    talk: list[str] = []
    build = store.built(home, talk=talk.append)
    assert talk == ["treatygraph: taking in what changed …"]
    graph = treatygraph.open(home)
    assert "Pond Treaty" in str(graph.show("lake-treaty").to_dict())
    assert "building" not in "".join(talk)
    query = "SELECT ?name WHERE { <https://w3id.org/treatygraph/id/instrument/lake-treaty> rdfs:label ?name }"
    assert "Pond Treaty" in str(graph.sparql(query).rows)
    changed, counts = quads_in(build), build.manifest
    whole = store.built(home, again=True, talk=lambda _: None)
    assert whole.folder == build.folder
    assert quads_in(whole) == changed
    assert whole.manifest == counts
    facts = read(home)
    assert set(nquads(facts, Corpus(facts).derivations()).splitlines()) <= changed


def quads_in(build: store.Build) -> set[bytes]:
    made = pyoxigraph.Store.read_only(str(build.store)).dump(format=pyoxigraph.RdfFormat.N_QUADS)
    assert made is not None
    return set(made.splitlines())


def test_a_question_that_needs_no_store_lays_none_down(home: Path) -> None:
    graph = treatygraph.open(home)
    graph.show("lake-treaty")
    graph.status("lake-treaty", "2001-01-01")
    assert not (graph.home.folder / "store").exists()
    graph.sparql("ASK { ?s ?p ?o }")
    assert (graph.home.folder / "store").is_dir()


def test_the_store_can_be_laid_down_before_the_first_query(home: Path) -> None:
    graph = treatygraph.open(home)
    functions = [question.name for question in graph.questions() if question.function]
    graph.prepare(functions[0])
    assert not (graph.home.folder / "store").exists(), "a function answers, so no query waits"
    graph.prepare()
    assert (graph.home.folder / "store").is_dir()


def falsify(index: Path) -> None:
    """Let a card say something else than its checksum knows of."""
    connection = sqlite3.connect(index)
    connection.execute("UPDATE document SET value = replace(value, 'Lake', 'Fake') WHERE kind = 'instrument'")
    connection.commit()
    connection.close()


def test_a_damaged_index_before_is_not_built_upon(home: Path) -> None:
    index = store.built(home, talk=lambda _: None).index
    falsify(index)
    (home / "exceptions.csv").write_text("rule,record,reason,expires\nroster,x,why,2030-01-01\n", encoding="utf-8")
    build = store.built(home, talk=lambda _: None)
    assert not any("Fake" in row[2] for row in rows_in(build.index))
    made = rows_in(build.index)
    assert made == rows_in(store.built(home, again=True, talk=lambda _: None).index)


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"")], ids=["gone", "empty"])
def test_without_the_index_before_all_is_made_anew(home: Path, damage: Callable[[Path], object]) -> None:
    damage(store.built(home, talk=lambda _: None).index)
    reworded(home)
    assert "Pond Treaty" in str(treatygraph.open(home).show("lake-treaty").to_dict())


def test_a_build_by_other_code_is_not_built_upon(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "VERSION", "99.0")
    reworded(home)
    talk: list[str] = []
    store.built(home, talk=talk.append)
    assert "building the graph" in talk[0]


def test_an_index_too_large_for_memory_is_not_built_upon(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_HELD", 1)
    reworded(home)
    talk: list[str] = []
    store.built(home, talk=talk.append)
    assert "building the graph" in talk[0]


def test_a_store_is_laid_down_from_its_own_build_though_the_facts_have_changed(home: Path) -> None:
    graph = treatygraph.open(home)
    reworded(home)
    query = "SELECT ?name WHERE { <https://w3id.org/treatygraph/id/instrument/lake-treaty> rdfs:label ?name }"
    assert "Lake Treaty" in str(graph.sparql(query).rows)


def test_a_store_is_not_laid_down_from_a_damaged_index(home: Path) -> None:
    build = store.built(home, talk=lambda _: None)
    falsify(build.index)
    with pytest.raises(StoreError, match="build --again"):
        _ = build.store
    assert not (build.folder / "store").exists()
    assert not list(build.folder.parent.glob(".building-*"))


def test_standings_are_the_same_after_they_were_a_document(corpus: Corpus) -> None:
    for derivation in corpus.derivations():
        assert decode(Derivation, encode(derivation)) == derivation


def test_every_table_is_edited() -> None:
    names = " ".join(edit.__name__ for edit in EDITS)
    assert not [name for name in FILES if name.removesuffix(".csv") not in names]
