"""Every error that treatygraph raises on purpose.

TreatygraphError
├── UsageError            the question cannot be asked (exit code 2)
│   ├── UnknownName       no state, instrument or query of that name; carries the nearest
│   ├── PageRefused       a page that is no register's, or not the one that was asked for; says what was expected
│   ├── NotUnderstood     a question in plain words that no form fits; carries the nearest questions
│   ├── BadDate           not a day, or not a date in the Extended Date/Time Format
│   └── BadNumber         not a number as people write it
├── FactsError            the facts in ``graph/`` are broken; names file, line and mend
├── QueryRefused          a query that would reach another host, or write
├── RemoteError           another host did not answer, or not in a way that can be used
└── StoreError            the built graph cannot be read or written
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = [
    "BadDate",
    "BadNumber",
    "FactsError",
    "Finding",
    "NotUnderstood",
    "PageRefused",
    "QueryRefused",
    "RemoteError",
    "StoreError",
    "TreatygraphError",
    "UnknownName",
    "UsageError",
    "refusal",
]


class TreatygraphError(Exception):
    """Base of all errors raised on purpose."""


class UsageError(TreatygraphError):
    """The caller asked for something that cannot be asked."""


_BY_NAME = " Write a name, an abbreviation or a code, such as {}."
_LIST = " The list: "
_FIXES = {
    "topic": f"{_LIST}treatygraph explain topics", "reading": f"{_LIST}treatygraph explain readings",
    "rule": f"{_LIST}treatygraph explain rules", "group": f"{_LIST}treatygraph explain groups",
    "question": f"{_LIST}treatygraph query", "format": f"{_LIST}treatygraph export",
    "instrument": _BY_NAME.format("'New START' or 'CTBT'"), "state": _BY_NAME.format("'Germany', 'US' or 'PRK'"),
    "state or group": _BY_NAME.format("'Germany', 'US' or 'NATO'") + " Groups: treatygraph explain groups",
}  # fmt: skip
"""What helps where no name comes near, by what was looked for."""


class UnknownName(UsageError):
    """No record is called that; ``nearest`` holds the names that come closest, else the message says where to look."""

    def __init__(self, what: str, name: str, nearest: Iterable[str] = ()) -> None:
        self.what, self.name, self.nearest = what, name, tuple(nearest)
        fix = _FIXES.get(what, "")
        near = f" Did you mean: {', '.join(self.nearest)}?" if self.nearest else ""
        self.plain = f"no {what} is called '{name}'.{near}"
        """The message for those who have no command line."""
        super().__init__(self.plain + (fix if fix.startswith(_LIST) or not near else ""))


class NotUnderstood(UsageError):
    """A question in plain words that cannot be understood: why, the word in the way, and near ones that can."""

    def __init__(self, text: str, why: str = "", nearest: Iterable[str] = (), word: str = "") -> None:
        self.text, self.why, self.nearest, self.word = text, why, tuple(nearest), word
        reason = f" {why[0].upper()}{why[1:]}" if why else ""
        what = "question that is" if len(self.nearest) == 1 else "questions that are"
        hint = f" The nearest {what} understood: {' / '.join(self.nearest)}" if self.nearest else ""
        super().__init__(f"the question '{text}' is not understood.{reason}{hint}")


class PageRefused(UsageError):
    """The page of a register is not what was expected; nothing is written."""


class BadDate(UsageError):
    """The text is not a date of the form that was asked for."""


class BadNumber(UsageError):
    """The text is not a number that can be read."""


@dataclass(frozen=True, order=True)
class Finding:
    """One thing wrong with the facts: where, which rule, what, and how to mend it."""

    place: str
    """``file:line``, relative to the root of the facts."""
    rule: str
    """Name of the check."""
    message: str
    mend: str
    severity: str = "error"
    """``error`` makes a check fail and, unless only the form of a file is at fault, stops a build; ``warning`` does
    neither."""
    record: str = ""
    """The record that the finding is about, as ``exceptions.csv`` names it."""

    def __str__(self) -> str:
        return f"{self.place}: {self.rule}: {self.message} Fix: {self.mend}"


class FactsError(TreatygraphError):
    """The facts cannot be read; ``findings`` holds every place, not only the first."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings, key=_by_place))
        super().__init__("\n".join(str(finding) for finding in self.findings))


class QueryRefused(UsageError):
    """The query would reach another host or change the graph."""


class RemoteError(TreatygraphError):
    """Another host did not answer, or not in a way that can be used; what it had answered before is kept."""


class StoreError(TreatygraphError):
    """The built graph cannot be read or written."""


def _by_place(finding: Finding) -> tuple[str, int, Finding]:
    """File first, then line as a number."""
    file, _, line = finding.place.rpartition(":")
    return file, int(line) if line.isdecimal() else 0, finding


_KINDS = (
    (UnknownName, "unknown-name", "use one of the nearest names, or look the name up"),
    (NotUnderstood, "not-understood", "ask one of the nearest questions"),
    (BadDate, "bad-date", "write a day as YYYY-MM-DD"),
    (QueryRefused, "query-refused", "leave out what asks another host or writes"),
    (UsageError, "usage", "see 'treatygraph COMMAND --help'"),
    (FactsError, "facts", "correct the places named; 'treatygraph check' lists them all"),
    (RemoteError, "remote", "try again later"),
    (StoreError, "store", "build the graph anew: 'treatygraph build'"),
)
"""How a refusal of each class is named, and its usual fix; the first that fits."""


def refusal(problem: TreatygraphError) -> dict[str, dict[str, object]]:
    """A refusal as JSON: ``{"error": {"kind", "says", "nearest", "fix"}}``, and ``reason`` and ``word``."""
    says = problem.plain if isinstance(problem, UnknownName) else str(problem)
    named = ((kind, fix) for of_class, kind, fix in _KINDS if isinstance(problem, of_class))
    kind, fix = next(named, ("error", "see 'treatygraph --help'"))
    nearest = list(getattr(problem, "nearest", ()))
    if isinstance(problem, FactsError) and problem.findings:
        fix = problem.findings[0].mend
    told: dict[str, object] = {"kind": kind, "says": says, "nearest": nearest, "fix": fix}
    if isinstance(problem, NotUnderstood):
        told |= {"reason": problem.why or None, "word": problem.word or None}
    return {"error": told}
