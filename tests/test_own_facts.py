"""Own facts laid over the record: added, replaced, removed; told in answers; never in exports unasked."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tiny_record import Tiny, write
from treatygraph import cli
from treatygraph.answers.check import check
from treatygraph.build.edition import edition_of
from treatygraph.facts import read
from treatygraph.facts.overlay import lay_over
from treatygraph.graph import Graph, open_graph
from treatygraph.model.errors import FactsError, UsageError
from treatygraph.model.version import RECORD_VERSION

CARD = """title: {text: 'Quiet Line Agreement', source: desk, at: page 1}
short: {text: 'Quiet Line', source: treatygraph, at: house-style}
kind: {is: treaty, source: treatygraph, at: inclusion-rule}
scope: {is: bilateral, source: treatygraph, at: inclusion-rule}
binding: {is: 'yes', source: treatygraph, at: inclusion-rule}
topics: {are: [crisis-communication], source: treatygraph, at: inclusion-rule}
signed: {date: '1980-01-01', source: desk, at: page 1}
entry_into_force: {date: '1980-01-01', source: desk, at: page 1}
participants: {are: [GBR, USA], source: desk, at: page 1}
"""
LEDGER = "state,act,date,effective,against,scope,depositary,source,at,note\n"
SIGNED = "GBR,definitive-signature,1980-01-01,,,,,desk,page 1,\nUSA,definitive-signature,1980-01-01,,,,,desk,page 1,\n"
SOURCES = "id,title,publisher,date,place,kind,licence,note\n"
REMOVED = "file,key,reason\n"


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tiny:
    """A tiny record, and a cache of its own."""
    monkeypatch.setenv("TREATYGRAPH_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("TREATYGRAPH_FACTS", raising=False)
    return write(tmp_path / "graph")


@pytest.fixture
def own(tmp_path: Path) -> Callable[..., Path]:
    """Writes a folder of own facts."""

    def put(**files: str) -> Path:
        folder = tmp_path / "desk-files"
        for name, text in files.items():
            path = folder / name.replace("__", "/").replace("_dot_", ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder

    return put


def quiet_line(own: Callable[..., Path]) -> Path:
    return own(**{
        "instruments__quiet-line_dot_yaml": CARD, "acts__quiet-line_dot_csv": LEDGER + SIGNED,
        "sources_dot_csv": SOURCES + "desk,Desk note,,,our files,official,,\n",
    })  # fmt: skip


def opened(base: Tiny, folder: Path | None = None) -> Graph:
    return open_graph(base.root, facts=folder)


def test_an_own_agreement_is_named_with_its_origin_and_leaves_no_trace(base: Tiny, own: Callable[..., Path]) -> None:
    plain = opened(base)
    before = plain.between("US", "UK", "1990-01-01")
    folder = quiet_line(own)
    answer = opened(base, folder).between("US", "UK", "1990-01-01")
    assert {item.id for item in answer.instruments} - {item.id for item in before.instruments} == {"quiet-line"}
    assert any("Quiet Line comes from own facts" in note and "desk-files" in note for note in answer.notes)
    assert answer.edition.version == f"{RECORD_VERSION}+own"
    assert "instrument/quiet-line" in answer.edition.overlay
    assert answer.edition.digest != before.edition.digest
    assert "laid over it" in answer.cite().work.note
    again = opened(base)
    assert edition_of(again.index()) == before.edition
    assert again.between("US", "UK", "1990-01-01") == before


def test_the_variable_does_what_the_option_does(
    base: Tiny, own: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = quiet_line(own)
    monkeypatch.setenv("TREATYGRAPH_FACTS", str(folder))
    assert edition_of(open_graph(base.root).index()) == edition_of(opened(base, folder).index())


def test_status_and_past_knowledge_and_supposition_say_it_too(base: Tiny, own: Callable[..., Path]) -> None:
    graph = opened(base, quiet_line(own))
    assert any("own facts" in note for note in graph.status("quiet-line", "1990-01-01").notes)
    assert graph.between("US", "UK", "1990-01-01", known="1985-01-01").edition.overlay
    assert "own facts" in graph.show("quiet-line").answer
    assert graph.whatif("US leaves quiet-line", on="1990-01-01").edition.overlay


def test_rows_are_added_replaced_and_removed(base: Tiny, own: Callable[..., Path], tmp_path: Path) -> None:
    ledger = base.root / "acts" / "test-ban.csv"
    first, second, *_ = ledger.read_text(encoding="utf-8").splitlines()[1:]
    cells = first.split(",")
    key = "/".join(part for part in (cells[0], cells[1], cells[2]) if part)
    changed = second.split(",")
    changed[-1] = "our note"
    folder = own(**{
        "acts__test-ban_dot_csv": LEDGER + ",".join(changed) + "\nCZE,accession,1999-05-05,,,,,gazette,page 9,\n",
        "removed_dot_csv": REMOVED + f"acts/test-ban.csv,{key},double\n",
    })  # fmt: skip
    overlaid = lay_over(base.root, folder, tmp_path / "merged")
    old, new = ({act.id: act for act in read(root).acts["test-ban"]} for root in (base.root, tmp_path / "merged"))
    assert {name.split("/")[1] for name in new.keys() - old.keys()} == {"CZE"}
    assert all(name.split("/")[1] == cells[0] for name in old.keys() - new.keys())
    assert old.keys() - new.keys()
    assert [act.note for act in new.values() if act.note == "our note"] == ["our note"]
    assert {change for _, _, change in overlaid.origin} == {"added", "replaced", "removed"}


def test_a_card_takes_the_place_of_one(base: Tiny, own: Callable[..., Path]) -> None:
    text = (base.root / "instruments" / "hotline.yaml").read_text(encoding="utf-8")
    graph = opened(
        base,
        own(
            instruments__hotline_dot_yaml=text + "description: {text: 'Ours.', source: treatygraph, at: house-style}\n"
        ),
    )
    card = graph.index().instrument("hotline")
    assert card is not None
    assert card.description == "Ours."
    assert any("own facts" in note for note in graph.status("hotline", "1990-01-01").notes)


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"notes_dot_csv": "a,b\n"}, "notes.csv:1: overlay"),
        ({"sources_dot_csv": "id,title\n"}, "sources.csv:1: unknown-column"),
        ({"sources_dot_csv": SOURCES + "a,b\n"}, "sources.csv:2: cells"),
        ({"removed_dot_csv": REMOVED + "acts/none.csv,,x\n"}, "removed.csv:2: overlay"),
        ({"removed_dot_csv": REMOVED + "acts/test-ban.csv,USA/no-act/1999,x\n"}, "no row"),
        ({"removed_dot_csv": REMOVED + "../graph/states.csv,,x\n"}, "no file"),
        ({"acts__test-ban_dot_csv": LEDGER + "USA,nonsense,1999-01-01,,,,,gazette,page 1,\n"}, "acts/test-ban.csv:2"),
        ({"acts__test-ban_dot_csv": LEDGER + "USA,accession,1999-13-01,,,,,gazette,page 1,\n"}, "acts/test-ban.csv:2"),
    ],
)  # fmt: skip
def test_what_is_broken_is_named_in_the_own_folder(
    base: Tiny, own: Callable[..., Path], files: dict[str, str], says: str
) -> None:
    with pytest.raises(FactsError) as problem:
        opened(base, own(**files))
    assert says in str(problem.value)
    assert edition_of(opened(base).index()).version == RECORD_VERSION


def test_no_folder(base: Tiny, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="new facts"):
        opened(base, tmp_path / "nothing")
    with pytest.raises(UsageError, match="leave out"):
        open_graph(facts=tmp_path, store="http://127.0.0.1:1/")


def test_own_facts_enter_no_export_unasked(base: Tiny, own: Callable[..., Path], tmp_path: Path) -> None:
    graph, said = opened(base, quiet_line(own)), list[str]()
    for name, own_too in (("without", False), ("with", True)):
        graph.export("csv", tmp_path / name, today="2026-11-30", own=own_too, talk=said.append)
        texts = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / name).glob("*.csv"))
        assert ("Quiet Line" in texts) == own_too, name
    assert any("left out" in text for text in said)


def test_a_folder_is_begun_filled_and_checked(
    base: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(tmp_path / "mine")
    assert cli.run(["new", "facts", folder]) == 0
    with pytest.raises(UsageError, match="there already"):
        cli.run(["new", "facts", folder])
    at = ["--graph", str(base.root), "--facts", folder]
    assert cli.run(["new", "source", "desk", "--title", "Desk", "--kind", "official", "--place", "files", *at]) == 0
    words = ["new", "instrument", "pact-1999", "--title", "Pact", "--kind", "treaty", "--scope", "bilateral", "--binding",
             "yes", "--topic", "seabed", "--signed", "1999-01-01", "--participant", "USA", "--participant", "GBR"]  # fmt: skip
    assert cli.run([*words, "--source", "desk", "--at", "page 1", *at]) == 0
    assert not (base.root / "instruments" / "pact-1999.yaml").exists()
    capsys.readouterr()
    assert cli.run(["check", "--format", "json", *at]) == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []
    (tmp_path / "mine" / "instruments" / "pact-1999.yaml").write_text("title: {text: 'x'}\n")
    answer = check(str(base.root), date(2026, 1, 1), own=folder)
    assert answer.errors
    assert all(finding.place.startswith("mine/") for finding in answer.errors)
