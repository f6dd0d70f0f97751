"""Makes a virtual environment from locked versions: `environment.py FOLDER LOCK`.

The folder's `stamp` holds the fingerprint of what it was made from; nothing is done when that
still fits. Two first starts at once wait for each other. Talk goes to stderr, by the caller.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def inside() -> None:
    """Run the calling script in the test environment, made if need be, unless the packages are there already."""
    if importlib.util.find_spec("pyoxigraph") and importlib.util.find_spec("yaml"):
        return
    folder = ROOT / ".venv" / "test"
    if main(folder, ROOT / "scripts" / "requirements-test.txt"):
        sys.exit(2)
    python = str(folder / "bin" / "python")
    os.execv(python, [python, *sys.argv])


def main(folder: Path, lock: Path) -> int:
    """Make the environment if it is missing or stale; 0 when it is there in the end."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with (folder.parent / f"{folder.name}.lock").open("w") as guard:
            fcntl.flock(guard, fcntl.LOCK_EX)
            return 0 if is_fresh(folder, lock) else make(folder, lock)
    except OSError as problem:
        print(f"cannot make {folder}: {problem}")
        return 2


def fingerprint(lock: Path) -> str:
    """What the environment depends on: the locked versions."""
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def is_fresh(folder: Path, lock: Path) -> bool:
    """Whether the environment fits the lock; its stamp is then made newer than the lock."""
    stamp = folder / "stamp"
    if not (folder / "bin" / "python").exists() or not stamp.is_file() or stamp.read_text() != fingerprint(lock):
        return False
    stamp.touch()
    return True


def make(folder: Path, lock: Path) -> int:
    """Make the environment anew; without a stamp it counts as not made."""
    print(f"making {folder.parent.name}/{folder.name}, once …", flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    try:
        venv.EnvBuilder(with_pip=True, symlinks=True).create(folder)
    except subprocess.CalledProcessError:
        print("this Python cannot make virtual environments; install its venv module (Debian: python3-venv).")
        return 2
    pip = [str(folder / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "-qq"]
    done = subprocess.run([*pip, "install", "--require-hashes", "--requirement", str(lock)], check=False)
    if done.returncode:
        print("the locked versions could not be installed; see above.")
        return 2
    (folder / "stamp").write_text(fingerprint(lock))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
