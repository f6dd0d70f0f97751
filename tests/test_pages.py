"""The pages about the record: current, complete in their accounting, and without a difference left unexplained."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from treatygraph.checks.rosters import totals
from treatygraph.law.clauses import entry_of
from treatygraph.model.dates import OPEN

if TYPE_CHECKING:
    from treatygraph.law.derivations import Corpus
    from treatygraph.model.records import Facts

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = ["accounting.md", "crosswalk.md", "record.md", "rosters.md"]


def made(docs: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / "record"), "--docs", str(docs), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def table(name: str) -> list[dict[str, str]]:
    with (DOCS / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_page_is_what_the_facts_yield() -> None:
    done = made(DOCS, "--check")
    assert done.returncode == 0, f"run scripts/record: {done.stdout.split()} out of date"


def test_a_stale_page_is_found_and_written(tmp_path: Path) -> None:
    for name in ("accounting.csv", "crosswalk.csv", *PAGES):
        shutil.copy(DOCS / name, tmp_path / name)
    (tmp_path / "record.md").write_text("by hand", encoding="utf-8")
    (tmp_path / "rosters.md").unlink()
    stale = made(tmp_path, "--check")
    assert (stale.returncode, stale.stdout.split()) == (1, ["record.md", "rosters.md"])
    assert (tmp_path / "record.md").read_text(encoding="utf-8") == "by hand"
    assert made(tmp_path).returncode == 0
    for name in PAGES:
        assert (tmp_path / name).read_bytes() == (DOCS / name).read_bytes()


def test_no_difference_is_left_unexplained() -> None:
    for name in ("record.md", "rosters.md"):
        assert "not explained" not in (DOCS / name).read_text(encoding="utf-8")


def test_every_roster_is_compared(facts: Facts, corpus: Corpus) -> None:
    lines = (DOCS / "rosters.md").read_text(encoding="utf-8").splitlines()
    compared = [line for line in lines if line.split("|")[3:4] in ([" parties "], [" signatories "])]
    numbers = sum((roster.parties is not None) + (roster.signatories is not None) for roster in facts.rosters)
    assert len(compared) == numbers
    assert {total.roster for total in totals(facts, corpus)} >= {
        roster for roster in facts.rosters if roster.parties is not None or roster.signatories is not None
    }


def test_the_accounting_adds_up() -> None:
    rows = table("accounting.csv")
    for collected in {row["collected"] for row in rows}:
        mine = [row for row in rows if row["collected"] == collected]
        assert {int(row["rows"]) for row in mine} == {sum(int(row["count"]) for row in mine)}, collected
    assert all(row["reason"] for row in rows if row["outcome"] != "in")
    assert sum(int(row["rows"]) for row in {row["collected"]: row for row in rows}.values()) > 10_000


def test_what_the_accounting_names_is_on_record(facts: Facts) -> None:
    for row in table("accounting.csv"):
        for name in filter(None, row["records"].split(";")):
            first, _, second = name.partition("/")
            known = first in facts.instruments or first in facts.states or first in facts.events
            assert known, f"{row['collected']}, {row['outcome']}: '{name}' has no record"
            assert not second or second in facts.states or second in {"suspension", "duration", "entry-into-force"}, (
                name
            )


@pytest.mark.parametrize(
    ("what", "least"),
    [
        ("instruments", 230), ("acts", 6_700), ("events", 340), ("officials with a tenure", 300),
        ("members of the United Nations, of 193", 193), ("states that ended", 25),
    ],
)  # fmt: skip
def test_the_record_holds_at_least(what: str, least: int) -> None:
    lines = (DOCS / "record.md").read_text(encoding="utf-8").splitlines()
    number = next(line for line in lines if line.startswith(f"| {what} |")).split("|")[2]
    assert int(number.replace(",", "")) >= least


def test_the_members_of_the_united_nations_are_all_there(facts: Facts) -> None:
    """Held against another list: every country of ISO 3166 that is a member; the rest is known by name."""
    pycountry = pytest.importorskip("pycountry")
    here = {
        state.identifiers["iso3"]
        for state in facts.states.values()
        if state.end == OPEN and "iso3" in state.identifiers
    }
    not_states = here - {country.alpha_3 for country in pycountry.countries}
    assert not_states <= {"EUE", "EUU", "XKX"}
    others = {"COK", "NIU", "PSE", "TWN", "VAT"}
    assert len(here - not_states - others) == 193


def test_facts_from_general_knowledge_are_few() -> None:
    lines = (DOCS / "record.md").read_text(encoding="utf-8").splitlines()
    share = next(line for line in lines if line.startswith("| facts that rest on general knowledge |"))
    assert float(share.partition("(")[2].partition(" %")[0]) <= 5


def test_every_code_of_the_other_list_is_accounted_for(facts: Facts) -> None:
    on_cards = [code for card in facts.instruments.values() for scheme, code in card.identifiers if scheme == "aad"]
    without = [row["code"] for row in table("crosswalk.csv")]
    assert len(on_cards) == len(set(on_cards)), "a code stands on two cards"
    assert not set(on_cards) & set(without), "a code with a card is listed as having none"
    assert len({*on_cards, *without}) == 225
    assert all(row["reason"] and row["title"] for row in table("crosswalk.csv"))


def test_the_deposits_yield_the_stated_entry_into_force(facts: Facts, corpus: Corpus) -> None:
    """For every treaty that counts deposits and has a ledger complete to its day, but for exceptions with a reason."""
    excused = {waiver.record for waiver in facts.waivers if waiver.rule in ("entry-into-force", "entry-not-met")}
    counted = {}
    for name, card in facts.instruments.items():
        rule, stated = entry_of(card), card.entry_into_force
        if rule is None or rule.uncountable or rule.on in ("signature", "exchange") or stated is None:
            continue
        derived = corpus.default[name].derived_entry
        closed = derived is None and card.participants  # the notes of two sides, which no depositary lists
        if card.through and card.through.latest >= stated.latest and name not in excused and not closed:
            counted[name] = (derived, stated)
    assert {name: days for name, days in counted.items() if days[0] != days[1]} == {}
    assert {"npt", "ptbt", "bwc", "cwc", "ccw", "enmod", "apmbc", "ccm", "tpnw", "cfe", "open-skies"} <= counted.keys()
