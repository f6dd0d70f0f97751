"""Begins a record: a valid file or row with what is known, in its right place, and what is to be filled in next."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from treatygraph.facts import read
from treatygraph.facts.canonical import canonical
from treatygraph.facts.written import write
from treatygraph.model.errors import FactsError, Finding, UsageError
from treatygraph.model.folders import room
from treatygraph.scaffold.drafts import RecordDraft, Values, draft

__all__ = ["Begun", "begin"]


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


def begin(kind: str, values: Values, today: date, graph: str | None = None) -> Begun:
    """Write the beginning of a record.

    Args:
        kind: ``instrument``, ``event``, ``source`` or ``official``.
        values: the arguments by name; several values of one are a list.
        today: the day on which the new facts are checked.
        graph: the folder of facts; None: that of this checkout.

    Returns:
        The files written, relative to the folder, with every finding of the checks that names one of them.

    Raises:
        FactsError: the facts on record cannot be read; nothing is written.
        UsageError: the record exists, or an argument names or says what no list has; nothing is written.
    """
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
