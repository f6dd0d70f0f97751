"""Completion: what may stand at the cursor, and a real shell that asks."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from treatygraph.cli import COMMANDS
from treatygraph.cli.candidates import candidates
from treatygraph.cli.completion import SCRIPTS
from treatygraph.queries.catalogue import catalogue

ROOT = Path(__file__).resolve().parent.parent


def words(*typed: str) -> list[str]:
    return [word for word, _ in candidates(typed)]


def test_commands_and_questions_are_completed() -> None:
    assert words("") == list(COMMANDS)
    assert words("st") == ["status"]
    assert words("query", "") == [question.name for question in catalogue()]
    assert words("query", "remains-") == ["remains-by-purpose", "remains-on-topic"]
    assert words("nonsense", "x") == []


def test_parameters_and_options_are_completed() -> None:
    assert words("query", "notice-today", "--")[:3] == ["--state", "--instrument", "--on"]
    assert "--state" not in words("query", "notice-today", "--state", "US", "--")
    assert words("query", "operating-pairs", "--show", "") == ["any", "operating", "suspended", "claimed"]
    assert words("query", "remains", "--format", "j") == ["json"]
    assert "--timeout" in words("sparql", "--")
    assert words("completion", "z") == ["zsh"]


def test_names_of_the_record_are_completed(built_cache: Path) -> None:
    assert built_cache.is_dir()
    assert words("query", "remains", "--a", "fra") == ["FRA"]
    assert "PRK" in words("between", "north k")
    assert words("status", "new-start") == ["new-start", "new-start-extension-2021"]
    assert "nuclear-testing" in words("query", "in-force-on", "--topic", "nuclear")
    assert words("query", "parties-on", "--reading", "cl") == ["clause"]


def test_nothing_is_built_for_a_completion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TREATYGRAPH_CACHE", str(tmp_path))
    assert words("status", "new") == []
    assert not list(tmp_path.glob("graph-*"))


@pytest.mark.parametrize("shell", SCRIPTS)
def test_the_script_is_read_by_its_shell(shell: str) -> None:
    found = shutil.which(shell)
    if not found:
        if os.environ.get("TREATYGRAPH_REQUIRE_ALL") == "1" and shell == "bash":
            pytest.fail("bash is not here")
        pytest.skip(f"{shell} is not here")
    flags = {"fish": ["--no-execute"]}.get(shell, ["-n"])
    done = subprocess.run([found, *flags], input=SCRIPTS[shell], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_bash_completes(built_cache: Path, tmp_path: Path) -> None:
    bash = shutil.which("bash")
    if not bash:
        pytest.skip("bash is not here")
    command = tmp_path / "treatygraph"
    command.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m treatygraph "$@"\n', encoding="utf-8")
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    script = """
source <(treatygraph completion bash)
ask() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _treatygraph; echo "${COMPREPLY[*]}"; }
complete -p treatygraph
ask treatygraph stat
ask treatygraph query notice-today --inst
ask treatygraph query notice-today --instrument new-start-
ask treatygraph between US russ
ask treatygraph query ""
"""
    environment = {
        **os.environ,
        "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
        "TREATYGRAPH_CACHE": str(built_cache),
    }
    done = subprocess.run([bash, "-c", script], capture_output=True, text=True, check=True, env=environment)
    lines = done.stdout.splitlines()
    assert lines[0] == "complete -o default -F _treatygraph treatygraph"
    assert lines[1:4] == ["status", "--instrument", "new-start-extension-2021"]
    assert "RUS" in lines[4].split()
    assert "notice-today" in done.stdout
    assert done.stderr == ""
