"""A cache in which others can write is not believed: refused in one line, and nothing in it is read or written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from treatygraph.build import location, locks
from treatygraph.model.errors import StoreError

pytestmark = pytest.mark.skipif(os.name != "posix", reason="owners and modes are those of POSIX")


def test_a_cache_that_others_can_write_is_refused(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    cache.chmod(0o777)
    command = [sys.executable, "-m", "treatygraph", "status", "NPT"]
    environment = {**os.environ, "TREATYGRAPH_CACHE": str(cache)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, cwd=Path.cwd())
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines()[-1].startswith(f"treatygraph: others can write in the cache {cache}")
    assert "Traceback" not in done.stderr
    assert list(cache.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a folder away")
def test_a_cache_of_somebody_else_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / "cache"
    cache.mkdir(mode=0o700)
    os.chown(cache, 65534, 65534)
    monkeypatch.setenv("TREATYGRAPH_CACHE", str(cache))
    with pytest.raises(StoreError, match="belongs to somebody else"):
        location.cache_folder()


def test_a_cache_of_ones_own_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TREATYGRAPH_CACHE", str(tmp_path / "cache"))
    assert location.cache_folder() == tmp_path / "cache"


def test_a_link_in_place_of_a_lock_leads_nowhere(tmp_path: Path) -> None:
    victim = tmp_path / "victim.txt"
    victim.write_text("precious", encoding="utf-8")
    (tmp_path / "lock").symlink_to(victim)
    with pytest.raises(StoreError), locks.alone(tmp_path / "lock"):
        pass
    assert victim.read_text(encoding="utf-8") == "precious"
