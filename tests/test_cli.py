"""The command line: its shapes, its exit codes, its talk."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from treatygraph import cli
from treatygraph.model.errors import TreatygraphError, UsageError

ROOT = Path(__file__).resolve().parent.parent
Ask = Callable[..., Any]


@pytest.fixture
def ask(built_cache: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs a command on the real graph and gives back its JSON."""
    assert built_cache.is_dir()

    def run(*arguments: str) -> Any:
        assert cli.run([*arguments, "--format", "json"]) == 0
        return json.loads(capsys.readouterr().out)

    return run


@pytest.fixture
def read(built_cache: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Runs a command on the real graph and gives back what it prints."""
    assert built_cache.is_dir()

    def run(*arguments: str) -> str:
        cli.run(list(arguments))
        return capsys.readouterr().out

    return run


STRATEGIC = ("--scope", "bilateral", "--topic", "strategic-offensive-arms", "--binding")


@pytest.mark.parametrize(
    ("day", "left"),
    [
        ("1975-06-01", ["salt-1-interim"]),
        ("2010-06-01", ["sort"]),
        ("2021-05-28", ["new-start"]),
        ("2026-02-04", ["new-start"]),
        ("2026-02-05", []),
        ("2026-11-23", []),
    ],
)
def test_strategic_limits_between_the_two(ask: Ask, day: str, left: list[str]) -> None:
    answer = ask("between", "US", "Russia", "--on", day, *STRATEGIC)
    assert [item["id"] for item in answer["instruments"]] == left
    assert answer["question"]["states"] == ["USA", "RUS"]


def test_everything_between_the_two_on_the_day_of_the_story(ask: Ask) -> None:
    answer = ask("between", "US", "Russia", "--on", "2021-05-28")
    listed = {item["id"]: item for item in answer["instruments"]}
    assert {
        "ttbt", "pnet", "incsea", "launch-notification-1988", "nrrc", "npt", "bwc", "cwc", "outer-space", "ptbt", "cfe",
    } <= set(listed)  # fmt: skip
    assert not {"open-skies", "inf", "abm", "start-1", "start-2", "sort", "ctbt"} & set(listed)
    assert "suspension-claimed" in listed["cfe"]["flags"]
    binding = [item["binding"] is True for item in answer["instruments"]]
    assert binding == sorted(binding, reverse=True), "what binds comes first"
    assert "one limits strategic offensive arms: New START" in answer["answer"]
    ended = {item["id"]: item for item in answer["ended"]}
    assert ended["open-skies"]["until"] == "2020-11-22"
    assert ended["open-skies"]["because"] == "withdrawal of USA"
    assert all(item["sources"] for item in answer["instruments"])


def test_json_of_between_keeps_its_keys(ask: Ask) -> None:
    answer = ask("between", "US", "Russia", "--on", "2021-05-28", "--topic", "strategic-offensive-arms", "--binding")
    assert set(answer) >= {"answer", "question", "instruments", "ended", "notes"}
    item = answer["instruments"][0]
    assert set(item) >= {
        "id", "title", "kind", "scope", "topics", "binding", "since", "until", "standing", "flags", "sources", "parts",
    }  # fmt: skip
    assert item["standing"] == {"USA": "party", "RUS": "party"}
    assert (item["since"], item["until"]) == ("2011-02-05", "2026-02-05")
    assert [part["id"] for part in item["parts"]] == ["new-start-extension-2021"]


def test_json_of_status_keeps_its_keys(ask: Ask) -> None:
    answer = ask("status", "NPT", "--state", "North Korea", "--on", "2003-06-01")
    assert set(answer) >= {"instrument", "on", "status", "since", "until", "counts", "states", "notes"}
    assert (answer["instrument"], answer["status"], answer["since"]) == ("npt", "in-force", "1970-03-05")
    state = answer["states"][0]
    assert (state["state"], state["standing"], state["since"]) == ("PRK", "party", "1985-12-12")
    assert "contested" in state["flags"]
    views = {view["by"]: (view["standing"], view["since"]) for view in state["readings"]}
    assert views["PRK"] == ("former-party", "2003-01-11")
    assert views["clause"] == ("former-party", "2003-04-10")
    assert all(step["rule"].startswith("R") for step in state["because"])


def test_a_broader_topic_takes_all_below_it(ask: Ask) -> None:
    answer = ask("between", "US", "Russia", "--on", "2021-05-28", "--topic", "nuclear")
    assert {"npt", "new-start", "ttbt"} <= {item["id"] for item in answer["instruments"]}


def test_what_was_known_on_a_day(ask: Ask) -> None:
    known = ask("between", "US", "Russia", "--on", "2021-05-28", "--known", "2020-12-31", *STRATEGIC)
    assert known["instruments"] == [], "before the extension was agreed the treaty was to lapse in February 2021"
    assert known["question"]["known"] == "2020-12-31"


def test_groups_stand_where_states_do(ask: Ask) -> None:
    answer = ask("between", "NATO", "Russia", "--on", "1999-11-20")
    listed = {item["id"] for item in answer["instruments"]}
    assert {"npt", "cfe", "start-1", "abm"} <= listed
    assert "tpnw" not in listed


def test_a_state_that_did_not_exist_follows_continuity(ask: Ask) -> None:
    answer = ask("between", "US", "Russia", "--on", "1975-06-01", *STRATEGIC)
    assert "the Soviet Union" in answer["answer"]
    assert any("whose identity it continues" in note for note in answer["notes"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("between", "Russja", "US"), "Did you mean: Russia"),
        (("between", "Czechia", "US", "--on", "1985-01-01"), "Czechoslovakia was there"),
        (("between", "US", "USA", "--on", "2021-05-28"), "name two powers"),
        (("between", "US", "Russia", "--topic", "nuclaer"), "nuclear"),
        (("between", "US", "Russia", "--reading", "Narnia"), "depositary"),
        (("status", "NPPT"), "Did you mean: NPT"),
        (("status", "OST"), "no instrument is called 'OST'. Did you mean: Outer Space Treaty, Open Skies Treaty?"),
        (("show", "start"), "Did you mean: START I, START II, New START?"),
        (("show", "New STRAT"), "New START"),
        (("timeline", "Nowhere land"), "no instrument"),
        (("claims", "no-such-report"), "2021-05-open-skies"),
        (("query", "remians"), "remains"),
        (("query", "remains", "--x", "1"), "on"),
        (("between", "US", "Russia", "--wat"), "unknown option"),
    ],
)
def test_bad_questions_get_one_clear_line(built_cache: Path, arguments: tuple[str, ...], words: str) -> None:
    with pytest.raises(TreatygraphError, match=re.escape(words)) as problem:
        cli.run(list(arguments))
    assert "\n" not in str(problem.value)


def test_an_impossible_day_is_a_usage_error(built_cache: Path) -> None:
    with pytest.raises(TreatygraphError, match="2021-02-30"):
        cli.run(["between", "US", "Russia", "--on", "2021-02-30"])


def test_exit_codes(built_cache: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["treatygraph", "between", "Russja", "US"])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("treatygraph: no state or group is called 'Russja'")


@pytest.mark.parametrize(("typed", "meant"), [("betwen", "between"), ("Staus", "status"), ("what-if", "whatif")])
def test_a_mistyped_command_names_the_nearest(
    typed: str, meant: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["treatygraph", typed, "US", "Russia"])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"treatygraph: no command is called '{typed}'. Did you mean: {meant}")
    assert captured.err.count("\n") == 1


def test_a_command_that_is_near_to_none_lists_them(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.run(["zzzz"])
    assert stopped.value.code == 2
    assert "'between'" in capsys.readouterr().err


@pytest.mark.parametrize("name", sorted(cli.COMMANDS))
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code = cli.run([name, "--help"])
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    assert code == 0
    assert cli.COMMANDS[name].split(";")[0][:30] in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    "arguments",
    [
        ("between", "US", "Russia", "--on", "2021-05-28"),
        ("status", "new-start", "--on", "2024-01-01"),
        ("status", "apmbc", "--state", "Ukraine", "--on", "2026-01-01"),
        ("timeline", "US", "Russia", "--since", "2020-01-01", "--on", "2021-12-31"),
        ("timeline", "open-skies"),
        ("show", "New START"),
        ("show", "Russia"),
        ("show", "NATO"),
        ("show", "sherman-wendy"),
        ("show", "unoda-2018"),
        ("claims", "2021-05-open-skies"),
        ("query",),
        ("query", "remains", "--a", "US", "--b", "Russia"),
        ("sparql", "SELECT ?s WHERE { ?s a <https://w3id.org/treatygraph/ontology#Instrument> } LIMIT 3"),
    ],
    ids=" ".join,
)
def test_every_answer_begins_with_a_sentence_and_has_csv(read: Callable[..., str], arguments: tuple[str, ...]) -> None:
    first = read(*arguments).splitlines()[0]
    assert first.strip()
    assert "None" not in first
    table = read(*arguments, "--format", "csv").splitlines()
    assert "," in table[0] or len(table) > 1


def test_same_question_same_bytes(read: Callable[..., str]) -> None:
    asked = ("between", "US", "Russia", "--on", "2021-05-28", "--format", "json")
    assert read(*asked) == read(*asked)


def test_status_of_the_suspended_treaty(read: Callable[..., str]) -> None:
    text = read("status", "new-start", "--on", "2024-01-01")
    assert "in force" in text
    assert "Russia claims suspension towards the United States (rejected by the United States)" in text


@pytest.mark.parametrize(
    ("words", "fix"),
    [
        (("between", "US", "Russia", "--topic", "nukes"), "The list: treatygraph explain topics"),
        (("between", "US", "Russia", "--reading", "Kremlin"), "The list: treatygraph explain readings"),
        (("between", "US", "Xyzzyland"), "Write a name, an abbreviation or a code"),
        (("status", "qwertz"), "such as 'New START'"),
        (("query", "qwertz"), "The list: treatygraph query"),
        (("between", "US", "Russia", "--on", "2021-13-45"), "Write one of the calendar"),
        (("build", "--graph", "tests"), "name one that holds 'instruments/'"),
        (("check", "--graph", "tests"), "name one that holds 'instruments/'"),
    ],
)
def test_a_refusal_names_the_fix(built_cache: Path, words: tuple[str, ...], fix: str) -> None:
    with pytest.raises(UsageError, match=re.escape(fix)):
        cli.run(words)
