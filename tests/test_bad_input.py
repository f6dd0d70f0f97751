"""What bad facts get: one clear line with file, line, rule and mend; nothing written, the old build stays."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from tiny_record import Tiny
from treatygraph.build.cache import built
from treatygraph.model.errors import FactsError

CARD = "instruments/test-ban.yaml"
LEDGER = "acts/test-ban.csv"


class Fault(NamedTuple):
    """A change that breaks the tiny record, and the one line that it must bring up."""

    file: str
    old: str
    new: str
    rule: str
    says: str


FAULTS = {
    "broken YAML": Fault(CARD, "is: treaty, source", "is: [treaty, source", "yaml", "broken YAML"),
    "a stray quotation mark in YAML": Fault(CARD, "'Test Ban'", "'Test' Ban'", "yaml", "broken YAML"),
    "a repeated key on a card": Fault(CARD, "topics:", "binding: {is: 'no', source: register, at: '2'}\ntopics:", "repeated-key", "'binding' stands twice"),
    "a repeated key in a fact": Fault(CARD, "is: treaty,", "is: treaty, is: protocol,", "repeated-key", "'is' stands twice"),
    "a repeated key in a table": Fault("states.csv", "USA,United", "GBR,Great Albion,,,,,,,,,,,register,states,\nUSA,United", "repeated-key", "'GBR' stands twice"),
    "an unknown key on a card": Fault(CARD, "signed:", "signd:", "unknown-key", "'signd' is not a key"),
    "an unknown key in a fact": Fault(CARD, "is: treaty,", "is: treaty, since: '1963',", "unknown-key", "'since' is not a key of 'kind'"),
    "an unknown key in a clause": Fault(CARD, "delay: P30D", "within: P30D", "unknown-key", "'within' is not a key of 'clauses'"),
    "a key of another clause": Fault(CARD, "delay: P30D", "ground: extraordinary-events", "clause", "'ground' is not a key of a entry-into-force clause"),
    "a period that is none": Fault(CARD, "delay: P30D", "delay: 30 days", "clause", "'30 days' is not a period"),
    "a nested fact": Fault(CARD, "is: treaty,", "is: {now: treaty},", "yaml", "nested"),
    "an unknown column": Fault(LEDGER, "state,act,date", "state,act,day", "unknown-column", "the columns differ: date, day"),
    "a column too few": Fault("sources.csv", ",licence,note", ",licence", "unknown-column", "the columns differ: note"),
    "a cell too many": Fault(LEDGER, "CZE,succession", "CZE,Czechia,succession", "cells", "11 cells for 10 columns"),
    "an open quotation mark in CSV": Fault("sources.csv", "Own classification", '"Own classification', "csv", "broken CSV"),
    "a value without a source": Fault(CARD, "is: treaty, source: treatygraph, at: inclusion-rule", "is: treaty, at: inclusion-rule", "missing-source", "the fact has no 'source'"),
    "a value without a place in it": Fault(CARD, "is: treaty, source: treatygraph, at: inclusion-rule", "is: treaty, source: treatygraph", "missing-source", "the fact has no 'at'"),
    "a row without a source": Fault(LEDGER, "1963-10-14,,,,London,register", "1963-10-14,,,,London,", "missing-source", "no source"),
    "a source that has no record": Fault(LEDGER, "Moscow,gazette", "Moscow,bulletin", "unknown-source", "'bulletin' has no record"),
    "a state that has no record": Fault(LEDGER, "CZE,succession", "CZR,succession", "unknown-state", "'CZR' has no record"),
    "an instrument that has no record": Fault("rosters.csv", "test-ban,1994", "tests,1994", "unknown-instrument", "'tests' has no record"),
    "an impossible day": Fault(LEDGER, "CZE,succession,1993-03-24", "CZE,succession,1993-02-30", "date", "'1993-02-30' is not a day"),
    "a day in another form": Fault(CARD, "'1963-10-10'", "'10 October 1963'", "date", "'10 October 1963' is not a date"),
    "an interval that ends before it begins": Fault("groups.csv", "1949-04-04,1966", "1949-04-04,1966/1965", "date", "ends before it begins"),
    "an act without a date": Fault(LEDGER, "CZE,succession,1993-03-24,1993-01-01", "CZE,succession,,", "date", "the act has no date"),
    "an act before the state existed": Fault(LEDGER, "CZE,succession,1993-03-24", "CZE,succession,1992-12-31", "outside-life", "before Czechia existed (from 1993-01-01)"),
    "consent before signature was possible": Fault(LEDGER, "CSK,signature,1963-08-05", "CSK,accession,1960-01-01", "before-opening", "accession of CSK on 1960-01-01, before test-ban was signed or opened (1963-08-05)"),
    "an act of no known kind": Fault(LEDGER, "CSK,ratification,1963-10-14", "CSK,ratified,1963-10-14", "unknown-word", "'ratified' is not a kind of act"),
}  # fmt: skip


def broken(tiny: Tiny) -> FactsError:
    """The error that the record gets, from the reader or from the checks."""
    try:
        problems = tiny.errors()
    except FactsError as error:
        return error
    assert problems, "nothing was found"
    return FactsError(problems)


def change(tiny: Tiny, name: str) -> tuple[str, Fault]:
    fault = FAULTS[name]
    return tiny.change(fault.file, fault.old, fault.new), fault


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_brings_one_clear_line(tiny: Tiny, name: str) -> None:
    place, fault = change(tiny, name)
    error = broken(tiny)
    text = str(error)
    assert len(error.findings) == 1, text
    assert len(text.splitlines()) == 1
    (found,) = error.findings
    assert found.rule == fault.rule, text
    assert fault.says in found.message
    assert found.place in {place, _next(place)}, "a second row of a kind is noticed at the second"
    assert "Fix: " in text
    assert found.mend.endswith(".")


def _next(place: str) -> str:
    name, _, line = place.rpartition(":")
    return f"{name}:{int(line) + 1}"


def test_several_faults_are_shown_at_once(tiny: Tiny) -> None:
    places = [
        change(tiny, name)[0] for name in ("an unknown key in a fact", "a row without a source", "an impossible day")
    ]
    by_line = sorted(places, key=lambda place: (place.rpartition(":")[0], int(place.rpartition(":")[2])))
    assert [found.place for found in broken(tiny).findings] == by_line


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"\0", b"- a\n- b\n", b"plain text", b"{", b"%"])
@pytest.mark.parametrize("file", [CARD, "events/1963-08-05-test-ban.yaml"])
def test_a_file_of_another_kind_is_an_error_of_that_file(tiny: Tiny, file: str, content: bytes) -> None:
    (tiny.root / file).write_bytes(content)
    error = broken(tiny)
    assert all(found.place.startswith(f"{file}:") and found.mend for found in error.findings)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\0", b"{}", b'"', b"\xef\xbb\xbfstate,act\n"])
@pytest.mark.parametrize("file", [LEDGER, "states.csv", "sources.csv"])
def test_a_table_of_another_kind_is_an_error_of_that_table(tiny: Tiny, file: str, content: bytes) -> None:
    (tiny.root / file).write_bytes(content)
    error = broken(tiny)
    assert all(found.place.startswith(f"{file}:") and found.mend for found in error.findings), str(error)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("TREATYGRAPH_CACHE", str(folder))
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Every file that readers can see; the lock is not part of a build."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in ("lock", "LOCK")
    }


@pytest.mark.parametrize("name", ["broken YAML", "an act before the state existed", "an act of no known kind"])
def test_a_broken_record_writes_nothing(tiny: Tiny, cache: Path, name: str) -> None:
    change(tiny, name)
    with pytest.raises(FactsError) as caught:
        built(tiny.root, talk=lambda _: None)
    assert len(str(caught.value).splitlines()) == 1
    assert contents(cache) == {}
    assert [path.name for path in cache.iterdir() if path.is_dir()] == []


@pytest.mark.parametrize("name", ["an impossible day", "consent before signature was possible"])
def test_the_old_build_stays(tiny: Tiny, cache: Path, name: str) -> None:
    old = built(tiny.root, talk=lambda _: None)
    before = contents(cache)
    fault = FAULTS[name]
    whole = (tiny.root / fault.file).read_text(encoding="utf-8")
    tiny.change(fault.file, fault.old, fault.new)
    for again in (False, True):
        with pytest.raises(FactsError):
            built(tiny.root, again=again, talk=lambda _: None)
        assert contents(cache) == before
    tiny.put(fault.file, whole)
    assert built(tiny.root, talk=lambda _: None).folder == old.folder
