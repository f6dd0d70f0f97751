"""Many questions at once, as a table has them: each row is asked by itself, and one that cannot be asked says why."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from treatygraph.answers.citable import Citable
from treatygraph.answers.citation.cite import sources_in
from treatygraph.answers.edition import Edition, edition_of
from treatygraph.ask import ask
from treatygraph.ask.running import Doors
from treatygraph.model.errors import TreatygraphError, UsageError

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["COLUMNS", "Batch", "BatchRow", "batch", "questions_in"]

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "ask": ("question",),
    "between": ("a", "b", "on", "topic", "scope", "binding", "reading", "known"),
    "status": ("instrument", "on", "state", "reading", "known"),
}
"""What a row of each kind of question may fill; which kind it is follows from what it fills."""


@dataclass(frozen=True)
class BatchRow:
    """One question and its answer."""

    given: Mapping[str, str]
    """The row as it was put, columns that are no question's too."""
    kind: str
    """``ask``, ``between`` or ``status``; empty where the row is no question."""
    answer: str
    """The sentence; empty where there is none."""
    instruments: tuple[str, ...]
    """Of ``between``: what holds both, by id; of ``status`` the instrument."""
    status: str
    """Of ``status``: that of the instrument, or the standing of the one state asked about."""
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    error: str
    """Why it was not answered; empty where it was."""

    def to_dict(self) -> dict[str, object]:
        """The JSON shape: what was put, then the answer."""
        return {
            **self.given, "kind": self.kind or None, "answer": self.answer or None,
            "instruments": list(self.instruments), "status": self.status or None, "notes": list(self.notes),
            "sources": list(self.sources), "error": self.error or None,
        }  # fmt: skip


@dataclass(frozen=True)
class Batch(Citable):
    """All of them, in the order of the questions."""

    answer: str
    rows: tuple[BatchRow, ...]
    edition: Edition

    @property
    def failed(self) -> tuple[BatchRow, ...]:
        """The rows that were not answered."""
        return tuple(row for row in self.rows if row.error)

    def to_dict(self) -> dict[str, object]:
        """The JSON shape."""
        return {
            "answer": self.answer,
            "answers": [row.to_dict() for row in self.rows],
            "edition": self.edition.to_dict(),
        }

    def to_frame(self) -> DataFrame:
        """One row per question, as a pandas DataFrame (needs pandas)."""
        import pandas

        return pandas.DataFrame([row.to_dict() for row in self.rows])


def questions_in(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV of questions.

    Raises:
        UsageError: it cannot be read, or has no column of any question.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            columns = reader.fieldnames or []
            rows = [{key: (value or "").strip() for key, value in row.items() if key} for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise UsageError(f"'{path}' cannot be read as CSV in UTF-8: {problem}.") from None
    if not {"question", "a", "instrument"} & set(columns):
        raise UsageError(f"'{path}' has no column 'question', no 'a' and 'b', and no 'instrument'; it has: {columns}.")
    return rows


def batch(graph: Doors, rows: Iterable[Mapping[str, str]], today: date) -> Batch:
    """The answers to many questions.

    Args:
        graph: the graph.
        rows: each a question: ``question`` in plain English; ``a`` and ``b``; or ``instrument``; what narrows it under
            the names of the options. Other columns are carried along.
        today: the day that is taken where a row names none.
    """
    answers = tuple(_row(graph, row, today) for row in rows)
    failed = sum(bool(row.error) for row in answers)
    counts = Counter(row.kind for row in answers if not row.error)
    parts = ", ".join(f"{counts[kind]} by '{kind}'" for kind in COLUMNS if counts[kind])
    text = f"{len(answers) - failed} of {len(answers)} questions answered{f': {parts}' if parts else ''}."
    return Batch(text, answers, edition_of(graph.index()))


def _row(graph: Doors, row: Mapping[str, str], today: date) -> BatchRow:
    kind = "ask" if row.get("question") else "between" if row.get("a") or row.get("b") else "status"
    try:
        wrong = _foreign(row, kind)
        if wrong:
            raise UsageError(wrong)
        return _answered(graph, row, kind, today)
    except TreatygraphError as problem:
        known = kind if any(row.get(name) for name in COLUMNS[kind]) else ""
        return BatchRow(dict(row), known, "", (), "", (), (), str(problem))


def _foreign(row: Mapping[str, str], kind: str) -> str:
    """What is filled in that belongs to another kind of question: nothing is answered in part (K14)."""
    every = {name for names in COLUMNS.values() for name in names}
    extra = [name for name in every - set(COLUMNS[kind]) if row.get(name)]
    return f"'{min(extra)}' is no part of a question of the kind '{kind}'." if extra else ""


def _answered(graph: Doors, row: Mapping[str, str], kind: str, today: date) -> BatchRow:
    values = {name: row[name] for name in COLUMNS[kind] if row.get(name)}
    if kind == "ask":
        asked = ask(graph, values["question"], today)
        return _made(row, kind, asked.answer, (), "", asked.notes, asked.to_dict())
    day = values.pop("on", None) or today.isoformat()
    if kind == "between":
        if not (values.get("a") and values.get("b")):
            raise UsageError("a question between two powers needs both 'a' and 'b'.")
        first, second = values.pop("a"), values.pop("b")
        binding = values.pop("binding", "").lower() in ("true", "yes", "1")
        answer = graph.between(first, second, day, binding=binding, today=today, **values)
        ids = tuple(item.id for top in answer.instruments for item in (top, *top.parts))
        return _made(row, kind, answer.answer, ids, "", answer.notes, answer.to_dict())
    if "instrument" not in values:
        raise UsageError("the row asks nothing; fill 'question', 'a' and 'b', or 'instrument'.")
    status = graph.status(values.pop("instrument"), day, today=today, **values)
    standing = status.states[0].standing if status.state and len(status.states) == 1 else status.status
    return _made(row, kind, status.answer, (status.instrument,), standing, status.notes, status.to_dict())


def _made(
    row: Mapping[str, str], kind: str, answer: str, instruments: tuple[str, ...], status: str,
    notes: tuple[str, ...], plain: object,
) -> BatchRow:  # fmt: skip
    return BatchRow(dict(row), kind, answer, instruments, status, notes, sources_in(plain), "")
