"""Questions asked again: what of an answer is kept, and what has become another since, with why.

Kept is what an answer rests on, not its words: the day of a sentence changes each morning, the treaties do not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from treatygraph.answers.citable import Citable
from treatygraph.answers.edition import Edition

__all__ = ["WatchReport", "Watched", "content_of", "difference"]

_IDS: Final = ("id", "act", "record", "instrument", "state", "name")
"""What tells the items of a list apart, the first that they have."""
_KEPT: Final = (
    "title", "since", "until", "standing", "status", "flags", "because", "binding", "date", "value", "outcome", "text",
)  # fmt: skip
"""What of an item is compared."""
_WHY: Final = ("because", "until", "since", "sources")
_LISTS: Final = frozenset({
    "instruments", "not_known", "signed", "pledges", "states", "held", "items", "waiting", "changes", "claims", "kept",
    "lost", "gained", "entries", "standings", "answers",
})  # fmt: skip
_VALUES: Final = ("status", "counts", "missing")

Content = dict[str, object]


def content_of(plain: object) -> Content:
    """What an answer in its plain form rests on: its items by name, and its status and counts; parts too."""
    if isinstance(plain, Sequence) and not isinstance(plain, str):
        return {"entries": _items(plain)}
    if not isinstance(plain, Mapping):
        return {}
    columns, rows = plain.get("columns"), plain.get("rows")
    if isinstance(columns, list) and isinstance(rows, list):
        return {"rows": {" | ".join(str(cell) for cell in row if cell is not None): {} for row in rows}}
    content: Content = {name: plain[name] for name in _VALUES if name in plain}
    for name, value in plain.items():
        if name == "answers" and isinstance(value, list):  # of a question in plain English: those of its commands
            for number, inner in enumerate(value):
                content |= {f"{key} ({number + 1})" if number else key: one for key, one in content_of(inner).items()}
        elif name in _LISTS and isinstance(value, list):
            content[name] = _items(value)
    return content


def _items(rows: Sequence[object]) -> dict[str, object]:
    items: dict[str, object] = {}
    for row in rows:
        if isinstance(row, Mapping):
            items[_name(row)] = {key: row[key] for key in _KEPT if key in row and not _is_reasoning(row[key])}
            parts = row.get("parts")
            if isinstance(parts, list):
                items |= _items(parts)
    return items


def _name(row: Mapping[str, object]) -> str:
    return next((str(row[key]) for key in _IDS if row.get(key)), str(sorted(row.items(), key=str)))


def _is_reasoning(value: object) -> bool:
    """Whether it is the steps of a reasoning, which another release may tell otherwise."""
    return isinstance(value, list) and any(isinstance(item, Mapping) for item in value)


def difference(before: Mapping[str, object], after: Mapping[str, object], plain: object) -> list[dict[str, object]]:
    """What differs between two contents, each with why as far as the answer tells.

    Args:
        before: the content kept from last time.
        after: that of the answer now.
        plain: the answer now, in which reasons stand.
    """
    changes: list[dict[str, object]] = []
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if isinstance(old, Mapping) and isinstance(new, Mapping) and name not in _VALUES:
            for item in sorted(old.keys() | new.keys()):
                if old.get(item) != new.get(item):
                    change = "gone" if item not in new else "new" if item not in old else "changed"
                    changes.append(_change(name, item, change, old.get(item), new.get(item), plain))
        elif old != new:
            changes.append({"list": name, "change": "changed", "before": old, "after": new})
    return changes


def _change(name: str, item: str, change: str, old: object, new: object, plain: object) -> dict[str, object]:
    row: dict[str, object] = {"list": name, "item": item, "change": change}
    if change == "changed" and isinstance(old, Mapping) and isinstance(new, Mapping):
        keys = [key for key in sorted(old.keys() | new.keys()) if old.get(key) != new.get(key)]
        row["before"] = {key: old.get(key) for key in keys}
        row["after"] = {key: new.get(key) for key in keys}
    why = _reason(plain, item)
    return {**row, "why": why} if why else row


def _reason(plain: object, item: str) -> dict[str, object]:
    """What the answer tells of an item wherever it stands, what has ended first."""
    if not isinstance(plain, Mapping):
        return {}
    lists = [plain.get("ended"), *(value for name, value in plain.items() if name != "ended")]
    for value in lists:
        for row in value if isinstance(value, list) else ():
            if isinstance(row, Mapping) and _name(row) == item:
                return {key: _acts(row[key]) for key in _WHY if row.get(key)}
    return {}


def _acts(value: object) -> object:
    """Of the steps of a reasoning the acts alone."""
    if _is_reasoning(value) and isinstance(value, list):
        return [step.get("act") or step.get("text") for step in value if isinstance(step, Mapping)]
    return value


class Watched(dict[str, object]):
    """One question: its id, the question, ``before`` and ``after`` as sentences, and what ``differs``."""

    @property
    def has_changed(self) -> bool:
        """Whether its answer is another one now."""
        return bool(self.get("differs"))


class WatchReport(Citable):
    """What has become of the questions of a desk since they were last asked."""

    def __init__(
        self, answer: str, since: Mapping[str, object] | None, rows: Sequence[Watched], edition: Edition
    ) -> None:
        """Put together.

        Args:
            answer: the sentence.
            since: when they were last asked, and of which record; None: never.
            rows: the questions.
            edition: the record that was asked now.
        """
        self.answer, self.since, self.rows, self.edition = answer, since, tuple(rows), edition

    @property
    def changed(self) -> tuple[Watched, ...]:
        """The questions with another answer."""
        return tuple(row for row in self.rows if row.has_changed)

    @property
    def failed(self) -> tuple[Watched, ...]:
        """The questions that could not be asked."""
        return tuple(row for row in self.rows if "error" in row)

    def to_dict(self) -> dict[str, object]:
        """The JSON shape."""
        assert self.edition is not None
        return {
            "answer": self.answer,
            "since": dict(self.since) if self.since else None,
            "questions": [dict(row) for row in self.rows],
            "edition": self.edition.to_dict(),
        }
