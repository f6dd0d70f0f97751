"""Files that nobody loses: an export replaces only what its own list names, and a picture only with --force."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from treatygraph.export.writing import HOMEPAGE, MARK, whole_file, whole_folder
from treatygraph.model.errors import StoreError, UsageError


def package(folder: Path, *names: str, name: str = "treatygraph-record", homepage: str = HOMEPAGE) -> None:
    for path in names:
        (folder / path).write_text(f"new {path}")
    resources = [{"path": path} for path in names]
    (folder / MARK).write_text(json.dumps({"name": name, "homepage": homepage, "resources": resources}))


def exported(path: Path, *names: str) -> None:
    with whole_folder(path, force=True) as folder:
        package(folder, *names)


def content(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_an_older_export_is_replaced_and_strangers_stay(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    exported(folder, "states.csv", "old.csv")
    (folder / "thesis.docx").write_text("years of work")
    (folder / ".git").mkdir()
    (folder / ".git" / "HEAD").write_text("ref")
    (folder / "states.csv").write_text("old")
    exported(folder, "states.csv", "acts.csv")
    assert content(folder) == {"states.csv", "acts.csv", MARK, "thesis.docx", ".git", ".git/HEAD"}
    assert (folder / "states.csv").read_text() == "new states.csv"
    assert (folder / "thesis.docx").read_text() == "years of work"
    exported(tmp_path / "alone", "a.csv", "b.csv")
    exported(tmp_path / "alone", "a.csv")
    assert content(tmp_path / "alone") == {"a.csv", MARK}


@pytest.mark.parametrize(
    "descriptor",
    [
        '{"name": "somebody-elses", "homepage": "https://w3id.org/treatygraph/", "resources": [{"path": "thesis.docx"}]}',
        '{"name": "treatygraph-record", "homepage": "https://example.org/", "resources": [{"path": "thesis.docx"}]}',
        '{"name": "treatygraph", "resources": []}', "[]", "{", "", "null", "[" * 100_000,
    ],
)  # fmt: skip
def test_a_package_of_somebody_else_is_left_alone(tmp_path: Path, descriptor: str) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")
    (tmp_path / MARK).write_text(descriptor)
    with pytest.raises(UsageError, match="no export of treatygraph"):
        exported(tmp_path, "states.csv")
    assert content(tmp_path) == {"thesis.docx", MARK}


@pytest.mark.parametrize("listed", ["../precious", "/etc/hostname", "sub/precious", "..", ".", ""])
def test_a_list_leads_nowhere_else(tmp_path: Path, listed: str) -> None:
    (tmp_path / "precious").write_text("kept")
    folder = tmp_path / "out"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "precious").write_text("kept")
    (folder / "kept.csv").symlink_to(tmp_path / "precious")
    package(folder)
    (folder / MARK).write_text(
        json.dumps({"name": "treatygraph", "homepage": HOMEPAGE, "resources": [{"path": listed}, {"path": "kept.csv"}]})
    )
    exported(folder, "states.csv")
    assert (tmp_path / "precious").read_text() == "kept"
    assert content(folder) == {"sub", "sub/precious", "kept.csv", "states.csv", MARK}


def test_a_stranger_in_the_way_is_not_overwritten(tmp_path: Path) -> None:
    exported(tmp_path / "out", "states.csv")
    (tmp_path / "out" / "acts.csv").write_text("mine")
    with pytest.raises(UsageError, match=r"acts\.csv is no file of an older export and stands in the way"):
        exported(tmp_path / "out", "states.csv", "acts.csv")
    assert (tmp_path / "out" / "acts.csv").read_text() == "mine"
    assert content(tmp_path / "out") == {"states.csv", "acts.csv", MARK}


def test_nothing_but_a_file_is_replaced_by_a_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UsageError, match="no ordinary file"), whole_file(tmp_path / "pipe", force=True):
        pass


def test_a_full_disk_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as problem, whole_file(tmp_path / "file", force=False):
        raise OSError(28, "No space left on device", "/somewhere/else")
    assert (
        str(problem.value) == f"{tmp_path / 'file'} cannot be written: No space left on device; choose another place."
    )
    assert content(tmp_path) == set()


def command(*words: str, stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    return subprocess.run(
        [sys.executable, "-m", "treatygraph", *words], stdout=stdout, stderr=subprocess.PIPE, check=False,
        env=environment,
    )  # fmt: skip


def test_a_picture_replaces_a_file_only_when_told_to(tmp_path: Path, built_cache: Path) -> None:
    picture = tmp_path / "picture.svg"
    picture.write_text("precious")
    words = ("draw", "timeline", "US", "Russia", "--on", "2021-05-28", "-o", str(picture))
    done = command(*words)
    assert (done.returncode, picture.read_text()) == (2, "precious")
    assert b"replace it with --force" in done.stderr
    assert command(*words, "--force").returncode == 0
    assert "<svg" in picture.read_text()
    assert content(tmp_path) == {"picture.svg"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_behind_stdout_is_one_clear_line(built_cache: Path) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        done = command("between", "US", "Russia", "--on", "2021-05-28", stdout=full.fileno())
    assert done.returncode == 2
    assert done.stderr == b"treatygraph: the answer cannot be written: No space left on device; send it elsewhere.\n"


def test_a_closed_stdout_is_one_clear_line(built_cache: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", '"$0" -m treatygraph between US Russia >&-', sys.executable], capture_output=True, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )  # fmt: skip
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    assert b"stdout or stderr is closed" in done.stderr
