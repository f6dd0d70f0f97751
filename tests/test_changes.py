"""What changed: between two days, two states of knowledge, two records; held against the answers on each side."""

from __future__ import annotations

import csv
import io
import json
import shutil
import tarfile
from itertools import combinations
from pathlib import Path

import pytest

from edits import keep_rows
from tiny_record import write
from treatygraph import cli
from treatygraph.build.other import other_record
from treatygraph.facts.older import brought_up, is_older
from treatygraph.graph import Graph, open_graph
from treatygraph.model.errors import FactsError, UsageError
from treatygraph.model.folders import room
from treatygraph.model.version import RECORD_VERSION


def test_between_two_days_what_status_and_between_say_differs(graph: Graph) -> None:
    answer = graph.changes("2025-06-01", "2026-03-01")
    moved = {(item.instrument, item.state): (item.before, item.after) for item in answer.standings}
    assert moved["apmbc", "FIN"] == ("party", "former-party")
    assert moved["tpnw", "GHA"] == ("signatory", "party")
    for name in ("apmbc", "new-start", "tpnw", "att"):
        was, now = ({s.state: s.standing for s in graph.status(name, on).states} for on in ("2025-06-01", "2026-03-01"))
        differ = {code for code in was.keys() | now.keys() if was.get(code) != now.get(code)}
        assert differ == {code for (of, code), (old, new) in moved.items() if of == name and old != new}
    ended = {item.instrument: item.date for item in answer.instruments if item.change == "ended"}
    assert ended["new-start"] == "2026-02-05"
    finland = next(item for item in answer.standings if (item.instrument, item.state) == ("apmbc", "FIN"))
    assert (finland.date, finland.because) == ("2026-01-10", "withdrawal of FIN")
    assert any(str(act["act"]).startswith("apmbc/FIN/notice-of-withdrawal/2025-07-10") for act in finland.acts)
    assert all(act.date > "2025-06-01" for act in answer.acts if len(act.date) == 10)


def test_pairs_that_lost_their_last_instrument_are_those_that_between_says(graph: Graph) -> None:
    answer = graph.changes("2025-06-01", "2026-03-01", topic="strategic-offensive-arms")
    lost = {pair for item in answer.pairs if item.change == "lost" and item.topic == "any" for pair in item.pairs}
    for a, b in combinations(("USA", "RUS", "GBR", "FRA", "CHN"), 2):
        counts = [graph.between(a, b, on, topic="strategic-offensive-arms") for on in ("2025-06-01", "2026-03-01")]
        is_lost = bool(counts[0].instruments) and not counts[1].instruments and not counts[1].not_known
        assert is_lost == (tuple(sorted((a, b))) in lost), (a, b)
    assert any(item.question.startswith("treatygraph between") and "USA" in item.question for item in answer.answers)


def test_a_state_that_carries_on_another_has_not_changed(graph: Graph) -> None:
    moved = graph.changes("1991-12-20", "1991-12-30", instrument="NPT").standings
    assert not [item for item in moved if item.state in ("SUN", "RUS")]


def test_between_two_states_of_knowledge(graph: Graph) -> None:
    answer = graph.changes(on="2021-06-01", known_from="2020-12-01", known_to="2021-03-01", instrument="New START")
    assert [(item.before, item.after) for item in answer.instruments] == [("expired", "in-force")]


def test_what_cannot_be_asked(graph: Graph) -> None:
    with pytest.raises(UsageError, match="name one"):
        graph.changes()
    with pytest.raises(UsageError, match="earlier day first"):
        graph.changes("2026-01-01", "2025-01-01")
    with pytest.raises(UsageError, match="no record of version"):
        graph.changes(record="1999.01.01")
    with pytest.raises(UsageError, match="that is here"):
        graph.changes(record=RECORD_VERSION)


# ---------------------------------------------------------------------- two records


def test_another_record(graph: Graph, tmp_path: Path) -> None:
    """Without a ledger's exits, without a card, and with another day: the difference is exactly that."""
    old = tmp_path / "old"
    shutil.copytree(room("graph"), old)
    keep_rows(old / "acts" / "apmbc.csv", lambda row: row["act"] != "notice-of-withdrawal")
    path = old / "acts" / "tpnw.csv"
    text = path.read_text(encoding="utf-8")
    row = next(csv.reader(line for line in text.splitlines() if line.startswith("GHA,ratification")))
    path.write_text(text.replace(f"GHA,ratification,{row[2]}", "GHA,ratification,2025-09-25"), encoding="utf-8")
    answer = graph.changes(record=old, on="2026-11-30")
    changed = {(act.change, act.instrument, act.state, act.kind) for act in answer.acts}
    assert ("changed", "tpnw", "GHA", "ratification") in changed
    exits = {("added", "apmbc", code, "notice-of-withdrawal") for code in ("EST", "LVA", "LTU", "FIN", "POL")}
    assert changed == exits | {("changed", "tpnw", "GHA", "ratification")}
    assert {item.state for item in answer.standings if item.before == "party"} == {"EST", "LVA", "LTU", "FIN", "POL"}
    assert answer.sides[0].edition.digest != answer.edition.digest


def test_the_same_record_twice_has_no_change(graph: Graph) -> None:
    answer = graph.changes(record=room("graph"))
    assert answer.is_empty
    assert answer.answer.endswith("nothing changed.")


def older(folder: Path) -> Path:
    """A tiny record as the first releases wrote it."""
    write(folder)
    card = next((folder / "instruments").glob("*.yaml"))
    text = card.read_text(encoding="utf-8")
    line = "coverage: {gap: 'acts of some, not read', source: treatygraph, at: review}\n"
    kept = "".join(one for one in text.splitlines(keepends=True) if not one.startswith("coverage"))
    card.write_text(kept + line, encoding="utf-8")
    return folder


def test_a_record_in_the_form_of_an_older_release_is_read(tmp_path: Path, built_cache: Path) -> None:
    folder = older(tmp_path / "record" / "graph")
    (tmp_path / "record" / "edition.json").write_text('{"version": "2020.01.01", "day": "2020-01-01"}')
    assert is_older(folder)
    with other_record(str(folder.parent)) as other:
        assert other.edition.version == "2020.01.01"
        assert "only in words" in other.notes[0]
        assert other.index.instruments()
    archive = tmp_path / "record.tar.gz"
    with tarfile.open(archive, "w:gz") as packed:
        packed.add(folder.parent, "treatygraph-facts-2020.01.01")
    with other_record(str(archive)) as again:
        assert again.edition.version == "2020.01.01"


def test_a_record_of_today_is_copied_as_it_is(tmp_path: Path) -> None:
    write(tmp_path / "graph")
    assert not is_older(tmp_path / "graph")
    assert brought_up(tmp_path / "graph", tmp_path / "copy") == ()


def test_what_is_no_record_is_refused(tmp_path: Path, built_cache: Path) -> None:
    with pytest.raises(UsageError, match="has no facts"), other_record(str(tmp_path)):
        pass
    (tmp_path / "x.tar.gz").write_bytes(b"nothing")
    with pytest.raises(UsageError, match="cannot be unpacked"), other_record(str(tmp_path / "x.tar.gz")):
        pass
    broken = older(tmp_path / "graph")
    (broken / "states.csv").write_text("nothing\n")
    with pytest.raises(FactsError), other_record(str(broken)):
        pass


def test_every_form_of_the_command(graph: Graph, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["changes", "--since", "2025-06-01", "--on", "2026-03-01", "--topic", "landmines"]
    outputs = {}
    for form in ("table", "json", "csv", "notes", "ics", "atom"):
        assert cli.run([*words, "--format", form]) == 0
        outputs[form] = capsys.readouterr().out
    plain = json.loads(outputs["json"])
    rows = list(csv.DictReader(io.StringIO(outputs["csv"])))
    assert {row["of"] for row in rows} >= {"act", "standing"}
    assert len(rows) == sum(len(plain[key]) for key in ("acts", "standings", "instruments", "pairs"))
    assert outputs["notes"].startswith(f"# Record {RECORD_VERSION}")
    assert outputs["ics"].count("BEGIN:VEVENT") == sum(bool(item["date"]) for item in plain["standings"])
    assert (
        open_graph().changes("2025-06-01", "2026-03-01", topic="landmines").cite().work.title.startswith("What changed")
    )
