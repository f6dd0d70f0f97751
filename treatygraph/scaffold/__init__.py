"""Begins a record: a valid file or row with what is known, in its right place, and what is to be filled in next."""

from __future__ import annotations

import tempfile
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from treatygraph.facts import read
from treatygraph.facts.canonical import canonical
from treatygraph.facts.load import FILES
from treatygraph.facts.overlay import REMOVED, REMOVED_COLUMNS, lay_over
from treatygraph.facts.written import write
from treatygraph.model.errors import FactsError, Finding, UsageError
from treatygraph.model.folders import facts_folder, room
from treatygraph.scaffold.drafts import RecordDraft, Values, draft

__all__ = ["Begun", "begin", "begin_folder"]


@dataclass(frozen=True)
class Begun:
    """What was written, what to fill in next, and what the checks say about it."""

    answer: str
    files: tuple[str, ...]
    next: tuple[str, ...]
    findings: tuple[Finding, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        return {**asdict(self), "findings": [asdict(finding) for finding in self.findings]}


def begin(kind: str, values: Values, today: date, graph: str | None = None, own: str | None = None) -> Begun:
    """Write the beginning of a record.

    Args:
        kind: ``instrument``, ``event``, ``source`` or ``official``.
        values: the arguments by name; several values of one are a list.
        today: the day on which the new facts are checked.
        graph: the folder of facts; None: that of this checkout.
        own: a folder of own facts in which it is written; what it names may stand in ``graph`` or there.

    Returns:
        The files written, relative to the folder, with every finding of the checks that names one of them.

    Raises:
        FactsError: the facts on record cannot be read; nothing is written.
        UsageError: the record exists, or an argument names or says what no list has; nothing is written.
    """
    if own:
        return _begin_own(kind, values, today, graph, Path(own))
    folder = Path(graph) if graph else _checkout()
    record = draft(kind, values, read(folder), folder)
    for name in record.files:
        if name not in record.tables and (folder / name).exists():
            raise UsageError(f"{name} exists; choose another id, or edit the file.")
    for name, text in record.files.items():
        write(folder / name, text)
    try:
        for name in record.files:
            write(folder / name, canonical(folder, name))
    except FactsError as problem:
        return _begun(record, problem.findings)
    return _begun(record, _findings(folder, today))


def begin_folder(own: Path) -> Begun:
    """Begin a folder of own facts: what it may hold, and no fact yet.

    Raises:
        UsageError: there is something at the place already.
    """
    if own.exists() and (not own.is_dir() or any(own.iterdir())):
        raise UsageError(f"{own} is there already; choose another place.")
    files = {
        "sources.csv": FILES["sources.csv"] + "\n",
        REMOVED: REMOVED_COLUMNS + "\n",
        "README.md": _README,
        "instruments/.keep": "",
        "acts/.keep": "",
        "events/.keep": "",
    }
    for name, text in files.items():
        write(own / name, text)
    shown = tuple(name for name in files if not name.endswith(".keep"))
    steps = (
        f"treatygraph new source ID … --facts {own}: what your facts rest on",
        f"treatygraph new instrument ID … --facts {own}: a card and its ledger",
        f"treatygraph check --facts {own}: every finding about them",
        f"treatygraph between A B --facts {own}; or export TREATYGRAPH_FACTS={own} for every command",
    )
    return Begun(f"Began a folder of own facts in {own}.", shown, steps, ())


_README = """# Own facts

This folder is laid over the record with `treatygraph … --facts FOLDER`, or for every command with `TREATYGRAPH_FACTS`.

It has the files of the record that it needs, in the same form: `instruments/`, `events/` and `reports/` (a file takes
the place of one of the same name), `acts/` and the tables (rows are added; one with the key of a row on record takes
its place). Each fact ends with its source, and the source is a row of `sources.csv`, here or on record. `removed.csv`
leaves out what it names: a file, and the key of a row in it (`acts/npt.csv`, `PRK/accession/1985-12-12`); without a key
the whole file. Answers say what comes from here; exports leave it out unless `--own` is given.
"""


def _begin_own(kind: str, values: Values, today: date, graph: str | None, own: Path) -> Begun:
    """Write the beginning of a record into a folder of own facts."""
    record = facts_folder(graph or None)
    with tempfile.TemporaryDirectory(prefix="treatygraph-own-") as place:
        lay_over(record, own, Path(place) / "graph")
        made = draft(kind, values, read(Path(place) / "graph"), own)
    for name, text in made.files.items():
        if name not in made.tables and (own / name).exists():
            raise UsageError(f"{own / name} exists; choose another id, or edit the file.")
        write(own / name, text)
        write(own / name, canonical(own, name))
    with tempfile.TemporaryDirectory(prefix="treatygraph-own-") as place:
        overlaid = lay_over(record, own, Path(place) / "graph")
        problems = _findings(Path(place) / "graph", today)
    mine = [replace(item, place=where) for item in problems if (where := overlaid.place(item.place))]
    return _begun(made, tuple(item for item in mine if item.rule != "canonical"))


def _checkout() -> Path:
    folder = room("graph")
    if folder.parent.name == "data":
        raise UsageError("an installed treatygraph keeps its facts as they are; give --graph, a folder of your own.")
    return folder


def _findings(folder: Path, today: date) -> tuple[Finding, ...]:
    from treatygraph.checks import findings
    from treatygraph.law.derivations import Corpus

    try:
        facts = read(folder)
        return tuple(findings(facts, Corpus(facts), today))
    except FactsError as problem:
        return problem.findings


def _begun(record: RecordDraft, findings: tuple[Finding, ...]) -> Begun:
    mine = [finding for finding in findings if _is_about(finding, record)]
    count = f"{len(mine)} finding{'' if len(mine) == 1 else 's'} about it" if mine else "The checks find nothing wrong"
    answer = f"Began {record.what} '{record.id}' in {' and '.join(record.files)}. {count}."
    return Begun(answer, tuple(record.files), record.next, tuple(mine))


def _is_about(finding: Finding, record: RecordDraft) -> bool:
    file = finding.place.rpartition(":")[0]
    return finding.record.startswith(record.id) or (file in record.files and file not in record.tables)
