"""The canonical form: what is written is what any hand would have written, and nothing is lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tiny_record import Tiny
from treatygraph.checks.canonical import not_canonical
from treatygraph.facts import cards, read
from treatygraph.facts.canonical import SHEETS, canonical, fact_files
from treatygraph.model.errors import FactsError
from treatygraph.model.folders import room

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "format-facts"
CARD = "instruments/test-ban.yaml"
LEDGER = "acts/test-ban.csv"


def formatted(root: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), "--graph", str(root), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_every_file_of_the_record_is_canonical() -> None:
    found = "\n".join(str(finding) for finding in not_canonical(room("graph")))
    assert found == "", "run scripts/format-facts"


def test_the_script_formats_once_and_changes_no_fact(tiny: Tiny) -> None:
    formatted(tiny.root)
    before = tiny.facts()
    tiny.put(LEDGER, "\r\n".join(reversed_rows((tiny.root / LEDGER).read_text(encoding="utf-8"))) + "\r\n")
    tiny.change(CARD, "is: treaty,", 'is:   "treaty"  ,')
    assert [finding.rule for finding in not_canonical(tiny.root)] == ["canonical-form"] * 2
    assert formatted(tiny.root, "--check").returncode == 1
    assert formatted(tiny.root).stdout.split() == [LEDGER, CARD]
    assert formatted(tiny.root, "--check").returncode == 0
    after = read(tiny.root)
    assert {act.id for act in after.acts["test-ban"]} == {act.id for act in before.acts["test-ban"]}
    assert after.instruments["test-ban"].kind == "treaty"
    assert not list(tiny.root.rglob(".*")), "nothing is left beside the files"


def reversed_rows(text: str) -> list[str]:
    header, *rows = text.splitlines()
    return [header, *reversed(rows)]


def test_a_finding_names_the_first_line_that_differs(tiny: Tiny) -> None:
    formatted(tiny.root)
    place = tiny.change(LEDGER, "GBR,ratification", "  GBR,ratification")
    (found,) = not_canonical(tiny.root)
    assert (found.place, found.rule, found.record) == (place, "canonical-form", LEDGER)
    assert "scripts/format-facts" in found.mend


@pytest.mark.parametrize(
    ("name", "old", "new", "rule"),
    [
        (CARD, "kind:", "# a comment\nkind:", "comment"),
        (CARD, "kind:", "kind of:", "unknown-key"),
        (CARD, "is: treaty,", "is: 'treaty,", "yaml"),
        (LEDGER, "state,act", "act,state", "unknown-column"),
        (LEDGER, "GBR,ratification,", 'GBR,"ratification,', "csv"),
    ],
)
def test_what_cannot_be_read_is_refused_and_left(tiny: Tiny, name: str, old: str, new: str, rule: str) -> None:
    formatted(tiny.root)
    path = tiny.root / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    broken = path.read_bytes()
    with pytest.raises(FactsError) as caught:
        canonical(tiny.root, name)
    assert rule in {finding.rule for finding in caught.value.findings}
    done = formatted(tiny.root)
    assert done.returncode == 2
    assert f"{name}:" in done.stderr
    assert path.read_bytes() == broken


def test_the_order_of_keys_has_every_key_that_is_read() -> None:
    assert set(SHEETS["instruments"]) == {*cards._CARD, *cards._CARD_LISTS}
    assert set(SHEETS["events"]) == {*cards._EVENT, "officials"}
    assert set(SHEETS["reports"]) == {*cards._REPORT, "claims"}


def test_values_that_yaml_would_type_are_quoted(tiny: Tiny) -> None:
    tiny.change(CARD, "is: 'yes'", 'is: "yes"')
    tiny.change(CARD, "text: 'Test Ban'", "text: it's")
    text = canonical(tiny.root, CARD)
    assert "binding: {is: 'yes'," in text
    assert "{text: 'it''s'," in text


def test_a_licence_that_nobody_states_is_said_to_be_unknown(tiny: Tiny) -> None:
    rows = canonical(tiny.root, "sources.csv").splitlines()[1:]
    assert all(row.split(",")[6] == "unknown" for row in rows)
    tiny.change("sources.csv", "depositary,,", "depositary,CC BY 4.0,")
    assert "depositary,CC BY 4.0," in canonical(tiny.root, "sources.csv")


def test_files_are_named_in_order(tiny: Tiny) -> None:
    names = list(fact_files(tiny.root))
    assert {"sources.csv", LEDGER, CARD, "events/1963-08-05-test-ban.yaml"} <= set(names)
    assert len(names) == len(set(names))
