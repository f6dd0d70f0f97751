"""Writes what a register brings into a folder of facts, in canonical form, or nothing.

Everything is written into a copy first; the checks run there, and only then the files take their places, each at once.
"""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from treatygraph.checks import findings
from treatygraph.facts import read
from treatygraph.facts.canonical import canonical
from treatygraph.facts.load import FILES, LEDGER
from treatygraph.facts.written import write
from treatygraph.law.derivations import Corpus
from treatygraph.model.errors import FactsError, Finding, UsageError

__all__ = ["Written", "write_in"]


@dataclass(frozen=True)
class Written:
    """The files that changed, relative to the folder, and what the checks say about the instrument."""

    files: tuple[str, ...]
    findings: tuple[Finding, ...]


def write_in(
    folder: Path, instrument: str, lines: Sequence[Mapping[str, str]], source: Mapping[str, str], card: str, today: date
) -> Written:
    """Put lines, source and card into the facts.

    Args:
        folder: the facts.
        instrument: the id of the card.
        lines: new rows of the ledger.
        source: the new row of ``sources.csv``; empty where it is on record.
        card: the new text of the card; empty where it stays.
        today: the day on which the checks are made.

    Raises:
        FactsError: the checks find an error that was not there before; nothing is written.
        UsageError: the folder changed meanwhile; nothing is written.
    """
    before = _errors(folder, today)
    with tempfile.TemporaryDirectory(prefix="treatygraph-intake-") as name:
        copy = Path(name) / "graph"
        shutil.copytree(folder, copy)
        files = _put(copy, instrument, lines, source, card)
        stamps = {file: _bytes(folder / file) for file in files}
        for file in files:
            write(copy / file, canonical(copy, file))
        after = _findings(copy, today)
        worse = [one for one in after if one.severity == "error" and _own(one) not in before]
        if worse:
            raise FactsError(worse)
        changed = [file for file in files if (copy / file).read_bytes() != stamps[file]]
        if any(_bytes(folder / file) != stamps[file] for file in changed):
            raise UsageError(f"{folder} changed while the checks ran; nothing was written, run it again.")
        _replace(folder, {file: (copy / file).read_text(encoding="utf-8") for file in changed}, stamps)
    about = tuple(one for one in after if instrument in one.record or f"/{instrument}." in one.place)
    return Written(tuple(changed), about)


def _replace(folder: Path, texts: Mapping[str, str], stamps: Mapping[str, bytes]) -> None:
    """Put all files into their places; where one cannot be written, those before it are put back."""
    done: list[str] = []
    try:
        for file, text in texts.items():
            write(folder / file, text)
            done.append(file)
    except OSError as problem:
        for file in done:
            if stamps[file]:
                (folder / file).write_bytes(stamps[file])
            else:
                (folder / file).unlink()
        raise UsageError(f"{folder} cannot be written ({problem}); nothing was changed.") from None


def _put(
    copy: Path, instrument: str, lines: Sequence[Mapping[str, str]], source: Mapping[str, str], card: str
) -> list[str]:
    files = []
    if lines:
        files.append(f"acts/{instrument}.csv")
        _append(copy / files[-1], LEDGER.split(","), lines)
    if source:
        files.append("sources.csv")
        _append(copy / files[-1], FILES["sources.csv"].split(","), [source])
    if card:
        files.append(f"instruments/{instrument}.yaml")
        (copy / files[-1]).write_text(card, encoding="utf-8")
    return files


def _append(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    text = path.read_text(encoding="utf-8") if path.is_file() else ",".join(columns) + "\n"
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([[row.get(name, "") for name in columns] for row in rows])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + ("" if text.endswith("\n") else "\n") + stream.getvalue(), encoding="utf-8")


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _findings(folder: Path, today: date) -> tuple[Finding, ...]:
    facts = read(folder)
    return tuple(findings(facts, Corpus(facts), today))


def _errors(folder: Path, today: date) -> set[tuple[str, str, str]]:
    return {_own(one) for one in _findings(folder, today) if one.severity == "error"}


def _own(finding: Finding) -> tuple[str, str, str]:
    """A finding without its line, which moves when rows are added above it."""
    return finding.rule, finding.record, finding.message
