"""A release: every file of it, and the same bytes from another place, time and user."""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import jsonschema
import yaml

from treatygraph.build.other import other_record
from treatygraph.model.version import EDITION_DAY, RECORD_VERSION, VERSION

ROOT = Path(__file__).resolve().parent.parent
CFF = json.loads((ROOT / "tests" / "data" / "schemas" / "cff-1.2.0.json").read_text(encoding="utf-8"))


def release(out: Path, *words: str, zone: str = "UTC") -> Path:
    """A release of the small graph, as another user would make it."""
    environment = {
        "PATH": "/usr/bin:/bin", "TREATYGRAPH_CACHE": str(out.parent / "cache"), "PYTHONPATH": str(ROOT), "TZ": zone,
        "TREATYGRAPH_FACTS": "/nowhere",
    }  # fmt: skip
    line = [sys.executable, str(ROOT / "scripts" / "release"), str(out), "--graph", str(ROOT / "tests" / "small_graph")]
    done = subprocess.run([*line, *words], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return out


def test_the_same_release_twice_has_the_same_bytes(tmp_path: Path) -> None:
    old = ["--from", str(ROOT / "tests" / "small_graph")]
    (tmp_path / "b").mkdir(mode=0o700)
    first = release(tmp_path / "one", *old)
    second = release(tmp_path / "b" / "two", *old, zone="Asia/Tokyo")
    sums = (first / "SHA256SUMS").read_text(encoding="utf-8")
    assert sums == (second / "SHA256SUMS").read_text(encoding="utf-8")
    names = {line.split("  ")[1] for line in sums.splitlines()}
    assert names | {"SHA256SUMS"} == {path.name for path in first.iterdir()}
    for line in sums.splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((first / name).read_bytes()).hexdigest() == digest
    assert f"treatygraph-{VERSION}-py3-none-any.whl" in names
    _holds(first)


def _holds(folder: Path) -> None:
    """What each file of the release has in it."""
    edition = json.loads((folder / "edition.json").read_text(encoding="utf-8"))
    assert (edition["version"], edition["day"]) == (RECORD_VERSION, EDITION_DAY.isoformat())
    with tarfile.open(folder / f"treatygraph-facts-{RECORD_VERSION}.tar.gz") as packed:
        assert {member.mtime for member in packed} == {int(packed.getmembers()[0].mtime)}
    with other_record(str(folder / f"treatygraph-facts-{RECORD_VERSION}.tar.gz")) as record:
        assert record.edition.version == RECORD_VERSION
        assert "lake-treaty" in record.index.instruments()
    with zipfile.ZipFile(folder / f"treatygraph-tables-{RECORD_VERSION}.zip") as tables:
        descriptor = json.loads(tables.read(f"treatygraph-tables-{RECORD_VERSION}/datapackage.json"))
    assert descriptor["version"] == RECORD_VERSION
    assert descriptor["edition"]["digest"] == edition["digest"]
    assert gzip.decompress((folder / f"treatygraph-{RECORD_VERSION}.nq.gz").read_bytes()).count(b"\n") > 100
    assert "nothing changed" in (folder / f"CHANGES-{RECORD_VERSION}.md").read_text(encoding="utf-8")
    cited = yaml.load((folder / "CITATION.cff").read_text(encoding="utf-8"), yaml.BaseLoader)
    typed = yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))
    jsonschema.validate(typed, CFF)
    assert cited["preferred-citation"]["version"] == RECORD_VERSION
    deposit = json.loads((folder / ".zenodo.json").read_text(encoding="utf-8"))
    assert deposit["version"] == RECORD_VERSION


def test_the_citation_file_of_the_checkout_is_current() -> None:
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    text = "import runpy; print(runpy.run_path('scripts/release')['citation'](), end='')"
    done = subprocess.run(
        [sys.executable, "-c", text], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == (ROOT / "CITATION.cff").read_text(encoding="utf-8"), "Fix: run scripts/release --citation."
