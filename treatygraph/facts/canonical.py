"""The one written form of the facts: the same records give the same bytes, whoever wrote the file.

Tables: one row a line, a cell quoted only where it must be, rows in the order of their key. Cards, events and
reports: one fact a line, keys in a fixed order, the citation last. On a card a single word stands plain and
everything else in quotation marks; events and reports, which are prose, quote every value.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from treatygraph.facts.knowledge import GAP_KEYS
from treatygraph.facts.load import FILES, LEDGER
from treatygraph.facts.sheets import Fact, Findings, Sheet, open_sheet
from treatygraph.facts.tables import read_table
from treatygraph.law.clauses import CLAUSE_KEYS
from treatygraph.model.errors import FactsError

__all__ = ["SHEETS", "canonical", "fact_files", "sheet_text", "table_text"]

SHEETS: Final[Mapping[str, tuple[str, ...]]] = {
    "instruments": (
        "title", "short", "aliases", "kind", "scope", "binding", "topics", "adopted", "signed", "entry_into_force",
        "operative", "ended", "participants", "depositaries", "clauses", "relations", "coverage", "text", "identifiers",
        "description",
    ),
    "events": ("date", "type", "text", "of", "instruments", "states", "by", "officials", "about"),
    "reports": ("title", "date", "claims"),
}  # fmt: skip
"""The folders of YAML files, and the order of the keys in a file of each."""

_FIRST: Final = ("id", "says", "check", "clause", "article", "relation", "official", "role", "state", "scheme")
_LAST: Final = ("gist", "source", "at")
_WORD: Final = re.compile(r"[A-Za-z](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?\Z")
_TYPED: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
"""Words that YAML 1.1 reads as something else than text."""
_PLAIN_ROOMS: Final = ("instruments",)

Row = Mapping[str, str]
_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "tenures.csv": ("official", "from", "office", "body"),
    "assertions.csv": ("instrument", "state", "date", "authority"),
    "acts": ("date", "state", "act", "depositary"),
}
"""What the rows of a table are sorted by, where it is not simply the columns from left to right."""
_UNSAID: Final[Mapping[str, Mapping[str, str]]] = {"sources.csv": {"licence": "unknown"}}
"""What stands in a cell that was left empty: that a licence is not known is said, not left to be guessed."""


def fact_files(graph: Path) -> Iterator[str]:
    """The names of all files of facts under ``graph``, relative to it, in order."""
    yield from sorted(name for name in FILES if (graph / name).is_file())
    for folder, suffix in (("acts", "csv"), *((folder, "yaml") for folder in SHEETS)):
        yield from (f"{folder}/{path.name}" for path in sorted((graph / folder).glob(f"*.{suffix}")))


def canonical(graph: Path, name: str) -> str:
    """The canonical text of one file of facts.

    Raises:
        FactsError: the file cannot be read, or holds something that would be lost, such as a comment.
    """
    findings = Findings()
    folder = name.partition("/")[0]
    if name.endswith(".csv"):
        columns = FILES.get(name, LEDGER)
        rows = list(read_table(graph / name, name, columns.split(","), findings, cited=False))
        text = table_text(columns, [{key: row.text(key) for key in columns.split(",")} for row in rows], folder)
    else:
        text = sheet_text(folder, open_sheet(graph / name, name, findings), findings)
        if not findings.found and _comments(graph / name) != text.count("#"):
            findings.add(f"{name}:1", "comment", "a comment would be lost.", "say it in a 'note' or 'gist' instead.")
    if findings.found:
        raise FactsError(findings.found)
    return text


def _comments(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("#")


def table_text(columns: str, rows: Sequence[Row], name: str) -> str:
    """A table with its header; ``name`` is that of the file, or ``acts`` for a ledger."""
    names = columns.split(",")
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(names)
    by = [names.index(key) for key in _BY.get(name, ())]
    unsaid = _UNSAID.get(name, {})
    cells = [[_clean(row.get(key, "")) or unsaid.get(key, "") for key in names] for row in rows]
    cells.sort(key=lambda row: [*(row[place] for place in by), *row])
    writer.writerows(cells)
    return stream.getvalue()


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def sheet_text(folder: str, sheet: Sheet, findings: Findings) -> str:
    """A card, an event or a report; what has no place in it goes to ``findings``."""
    plain, lines = folder in _PLAIN_ROOMS, []
    for key in sorted(sheet.keys() - set(SHEETS[folder])):
        findings.add(
            f"{sheet.name}:1",
            "unknown-key",
            f"'{key}' is not a key here.",
            f"use one of: {', '.join(SHEETS[folder])}.",
        )
    for key in SHEETS[folder]:
        fact = sheet.fact(key)
        if fact is not None:
            lines.append(f"{key}: {_fact(fact, findings, plain=plain)}")
        elif sheet.facts(key):
            lines.append(f"{key}:")
            lines += [f"  - {_fact(item, findings, plain=plain)}" for item in sheet.facts(key)]
    return "".join(f"{line}\n" for line in lines)


def _fact(fact: Fact, findings: Findings, *, plain: bool, order: Sequence[str] = ()) -> str:
    parts = []
    for key in sorted(fact.terms, key=order.index) if order and set(fact.terms) <= set(order) else _keys(fact):
        if key in fact.parts:
            listed = ", ".join(_fact(item, findings, plain=plain, order=GAP_KEYS) for item in fact.parts[key])
            parts.append(f"{_scalar(key, plain=True)}: [{listed}]")
            continue
        value = fact.terms[key]
        if any("\n" in text for text in ((value,) if isinstance(value, str) else value)):
            findings.add(fact.place, "yaml", f"'{key}' runs over lines.", "write it on one line.")
        parts.append(f"{_scalar(key, plain=True)}: {_value(value, plain=plain)}")
    return f"{{{', '.join(parts)}}}"


def _keys(fact: Fact) -> list[str]:
    """The keys of a fact in order: what it is, its terms as the law lists them or as written, the citation."""
    kind = fact.terms.get("clause", "")
    terms = CLAUSE_KEYS.get(kind, ()) if isinstance(kind, str) else ()
    rest = [key for key in fact.terms if key not in (*_FIRST, *terms, *_LAST)]
    first = _FIRST if "clause" in fact.terms or "check" in fact.terms else ()
    order = (*first, *terms, *(key for key in fact.terms if key not in first and key not in terms and key in _FIRST))
    return [key for key in dict.fromkeys((*order, *rest, *fact.parts, *_LAST)) if key in {*fact.terms, *fact.parts}]


def _value(value: str | tuple[str, ...], *, plain: bool) -> str:
    if isinstance(value, str):
        return _scalar(value, plain=plain)
    return f"[{', '.join(_scalar(item, plain=plain) for item in value)}]"


def _scalar(text: str, *, plain: bool) -> str:
    text = _clean(text)
    if plain and _WORD.match(text) and text.lower() not in _TYPED:
        return text
    return "'" + text.replace("'", "''") + "'"
