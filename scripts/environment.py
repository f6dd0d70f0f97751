"""Makes a virtual environment from locked versions: `environment.py FOLDER LOCK [core]`.

With `core` only the packages that every command needs are put into it; without, all of the lock, which adds to a
core that is there. The folder's `stamp` holds the fingerprint of what it was made from; nothing is done when that
still fits. Two first starts at once wait for each other. Talk goes to stderr, by the caller.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

CORE = ("edtf", "oxrdflib", "pyoxigraph", "pyparsing", "python-dateutil", "pyyaml", "rapidfuzz", "rdflib", "six")
"""What the package depends on without any extra, and what that depends on; a test holds it to the lock."""
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


def main(folder: Path, lock: Path, *, core: bool = False) -> int:
    """Make the environment if it is missing or stale; 0 when it is there in the end."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with (folder.parent / f"{folder.name}.lock").open("w") as guard:
            fcntl.flock(guard, fcntl.LOCK_EX)
            return 0 if is_fresh(folder, lock, core=core) else make(folder, lock, core=core)
    except OSError as problem:
        print(f"cannot make {folder}: {problem}")
        return 2


def text_of(lock: Path) -> str:
    """The entries of a lock, with those of the lock that it adds to (``-r``)."""
    text = lock.read_text()
    return re.sub(r"^-r (.+)$", lambda line: text_of(lock.parent / line[1]), text, flags=re.MULTILINE)


def fingerprint(lock: Path) -> str:
    """What the environment depends on: the locked versions."""
    return hashlib.sha256(text_of(lock).encode()).hexdigest()


def is_fresh(folder: Path, lock: Path, *, core: bool = False) -> bool:
    """Whether the environment fits the lock, with at least the core; its stamp is then made newer than the lock."""
    stamp, parts = folder / "stamp", folder / "core"
    if not (folder / "bin" / "python").exists() or not stamp.is_file() or stamp.read_text() != fingerprint(lock):
        return False
    if parts.exists() and not core:
        return False
    stamp.touch()
    return True


def core_of(lock: str) -> str:
    """The entries of a lock for the packages of the core, with their hashes."""
    entries = re.split(r"\n(?=[A-Za-z0-9])", lock)
    return "\n".join(entry for entry in entries if re.split(r"[=\[ ]", entry)[0].lower() in CORE) + "\n"


def make(folder: Path, lock: Path, *, core: bool = False) -> int:
    """Make the environment anew, or add to its core what is missing; without a stamp it counts as not made."""
    text = core_of(text_of(lock)) if core else text_of(lock)
    packages = len(re.findall(r"^[A-Za-z0-9]", text, re.MULTILINE))
    place = f"{folder.parent.name}/{folder.name}"
    if core or not is_fresh(folder, lock, core=True):
        print(f"making {place}, once: {packages} packages …", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        try:
            # pip of this Python is used where it has one: putting another in takes longer than all packages.
            venv.EnvBuilder(with_pip=not (core and _has_pip()), symlinks=True).create(folder)
        except subprocess.CalledProcessError:
            print("this Python cannot make virtual environments; install its venv module (Debian: python3-venv).")
            return 2
    else:
        print(f"adding to {place} what this command needs, once: up to {packages} packages …", flush=True)
    (folder / "stamp").unlink(missing_ok=True)
    listed = folder / "locked.txt"
    listed.write_text(text)
    python = str(folder / "bin" / "python")
    pip = [sys.executable, "-m", "pip", "--python", python] if _has_pip() else [python, "-m", "pip"]
    install = ["install", "--no-compile", "--no-deps", "--require-hashes", "--requirement", str(listed)]
    done = subprocess.run([*pip, "--disable-pip-version-check", "-qq", *install], check=False)
    if done.returncode:
        print("the locked versions could not be installed; see above.")
        return 2
    (folder / "core").unlink(missing_ok=True)
    if core:
        (folder / "core").touch()
    (folder / "stamp").write_text(fingerprint(lock))
    return 0


def _has_pip() -> bool:
    """Whether this Python has a pip that can install for another one."""
    if importlib.util.find_spec("pip") is None:
        return False
    import pip

    return tuple(map(int, pip.__version__.split(".")[:2])) >= (22, 3)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), core="core" in sys.argv[3:]))
