"""``treatygraph new``: what it begins is valid and in its place, and nothing is written over or half."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tiny_record import Tiny
from treatygraph import cli
from treatygraph.checks.canonical import not_canonical
from treatygraph.facts.canonical import canonical, fact_files
from treatygraph.facts.written import write
from treatygraph.model.errors import TreatygraphError, UnknownName, UsageError

SOURCE = (
    "source",
    "harbour-record",
    "--title",
    "Harbour record",
    "--kind",
    "press",
    "--place",
    "https://harbour.invalid",
)
CITED = ("--source", "register", "--at", "page 7")
INSTRUMENT = (
    "instrument", "harbour-pact", "--title", "Pact: on the harbour's boats", "--kind", "treaty", "--scope", "bilateral",
    "--binding", "yes", "--topic", "naval-arms", "--signed", "1972-05", "--place", "Oslo", *CITED,
)  # fmt: skip
CLOSED = ("--participant", "USA", "--participant", "SUN", "--entry-into-force", "1973")
EVENT = (
    "event", "harbour-talks", "--date", "1972-04", "--type", "meeting", "--text", "They met; it's short.",
    "--instrument", "test-ban", "--state", "USA", "--official", "rusk-dean:signatory:USA", *CITED,
)  # fmt: skip
OFFICIAL = (
    "official",
    "doe-jane",
    "--name",
    "Jane Doe",
    "--state",
    "USA",
    "--office",
    "Envoy",
    "--from",
    "1972",
    *CITED,
)


@pytest.fixture
def neat(tiny: Tiny) -> Tiny:
    """The tiny record in canonical form."""
    for name in fact_files(tiny.root):
        write(tiny.root / name, canonical(tiny.root, name))
    return tiny


def texts(tiny: Tiny) -> dict[str, bytes]:
    return {
        path.relative_to(tiny.root).as_posix(): path.read_bytes() for path in tiny.root.rglob("*") if path.is_file()
    }


def new(tiny: Tiny, capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    code = cli.run(["new", *arguments, "--graph", str(tiny.root), "--format", "json"])
    answer = json.loads(capsys.readouterr().out)
    assert code == int(any(finding["severity"] == "error" for finding in answer["findings"]))
    return answer


@pytest.mark.parametrize(
    ("arguments", "files"),
    [
        (INSTRUMENT, ["instruments/harbour-pact.yaml", "acts/harbour-pact.csv"]),
        ((*INSTRUMENT, *CLOSED), ["instruments/harbour-pact.yaml", "acts/harbour-pact.csv"]),
        (EVENT, ["events/1972-04-harbour-talks.yaml"]),
        (OFFICIAL, ["officials.csv", "tenures.csv"]),
    ],
    ids=["instrument", "closed instrument", "event", "official"],
)
def test_what_is_begun_is_valid(
    neat: Tiny, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], files: list[str]
) -> None:
    before = texts(neat)
    answer = new(neat, capsys, *arguments)
    assert answer["files"] == files
    assert answer["findings"] == []
    assert answer["next"]
    assert neat.findings() == []
    assert list(not_canonical(neat.root)) == []
    after = texts(neat)
    assert {name for name in after if after[name] != before.get(name)} == set(files)


def test_the_arguments_stand_in_the_record(neat: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    new(neat, capsys, *INSTRUMENT, *CLOSED)
    new(neat, capsys, *EVENT)
    new(neat, capsys, *OFFICIAL)
    facts = neat.facts()
    card, event = facts.instruments["harbour-pact"], facts.events["1972-04-harbour-talks"]
    assert (card.title, str(card.signed), card.signed_place) == ("Pact: on the harbour's boats", "1972-05", "Oslo")
    assert (str(card.entry_into_force), card.participants) == ("1973", ("USA", "SUN"))
    assert (event.text, event.instruments, event.officials[0].role) == (
        "They met; it's short.",
        ("test-ban",),
        "signatory",
    )
    assert [tenure.office for tenure in facts.tenures if tenure.official == "doe-jane"] == ["Envoy"]


def test_a_pledge_is_operative_and_never_in_force(neat: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    pledge = ["political-document" if word == "treaty" else word for word in (*INSTRUMENT, *CLOSED)]
    assert new(neat, capsys, *pledge)["findings"] == []
    card = neat.facts().instruments["harbour-pact"]
    assert (card.entry_into_force, str(card.operative)) == (None, "1973")


def test_a_new_source_says_that_its_licence_is_unknown(neat: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    answer = new(neat, capsys, *SOURCE)
    assert [finding["rule"] for finding in answer["findings"]] == ["unused-source"]
    assert neat.facts().sources["harbour-record"].licence == "unknown"
    assert any("licence" in step for step in answer["next"])


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        (("instrument", "test-ban", *INSTRUMENT[2:]), UsageError, "the instrument 'test-ban' exists"),
        (("instrument", "Test Ban", *INSTRUMENT[2:]), UsageError, "is no id"),
        (("instrument", "../npt", *INSTRUMENT[2:]), UsageError, "is no id"),
        ([word.replace("naval-arms", "naval-arm") for word in INSTRUMENT], UnknownName, "Did you mean: naval-arms"),
        ([word.replace("treaty", "treatie") for word in INSTRUMENT], UnknownName, "Did you mean: treaty"),
        ([word.replace("register", "registry") for word in INSTRUMENT], UsageError, "treatygraph new source registry"),
        ([word.replace("1972-05", "May 1972") for word in INSTRUMENT], UsageError, "May 1972"),
        ([word.replace("Oslo", "Os\nlo") for word in INSTRUMENT], UsageError, "--place runs over lines"),
        ((*INSTRUMENT, "--participant", "UAS"), UnknownName, "no state is called 'UAS'"),
        (("source", "gazette", *SOURCE[2:]), UsageError, "the source 'gazette' exists"),
        (SOURCE[:-2], UsageError, "--place"),
        (("official", "rusk-dean", *OFFICIAL[2:]), UsageError, "the official 'rusk-dean' exists"),
        ([word.replace(":signatory:", ":guest:") for word in EVENT], UnknownName, "no role is called 'guest'"),
        (("event", "test-ban", "--date", "1963-08-05", *EVENT[4:]), UsageError, "'1963-08-05-test-ban' exists"),
    ],
)  # fmt: skip
def test_what_cannot_be_begun_writes_nothing(
    neat: Tiny, arguments: tuple[str, ...], error: type[TreatygraphError], says: str
) -> None:
    before = texts(neat)
    with pytest.raises(error) as caught:
        cli.run(["new", *arguments, "--graph", str(neat.root)])
    assert says in str(caught.value)
    assert texts(neat) == before


def test_what_is_missing_is_said(neat: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    """A title that another instrument bears is an error of the checks: the record is begun, and named."""
    same = [word.replace("Pact: on the harbour's boats", "Treaty Banning Tests") for word in INSTRUMENT]
    answer = new(neat, capsys, *same)
    assert [finding["rule"] for finding in answer["findings"]] == ["shared-name"]
    assert "1 finding about it" in answer["answer"]


def test_the_steps_are_printed(neat: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["new", *INSTRUMENT, "--graph", str(neat.root)])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Began the instrument 'harbour-pact' in instruments/harbour-pact.yaml and acts/")
    assert lines[1] == "To fill in next:"
    assert lines[2].startswith("1. instruments/harbour-pact.yaml: clauses: entry-into-force")
