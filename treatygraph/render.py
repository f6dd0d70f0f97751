"""Answers as a table that a journalist can read, as JSON, or as CSV."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from shutil import get_terminal_size
from typing import Any

from treatygraph.columns import layout
from treatygraph.errors import UsageError

__all__ = ["emit"]


Row = Sequence[str]


def emit(answer: Any, output: str, kind: str) -> None:
    """Print an answer to stdout.

    Raises:
        UsageError: the answer has no such form.
    """
    if output == "ttl":
        if kind != "sparql":
            raise UsageError("only 'show', 'sparql' and 'query' print Turtle; use --format table, json or csv.")
        sys.stdout.write(answer.turtle())
    elif output == "json":
        json.dump(_plain(answer), sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    elif output == "csv":
        header, rows = _ROWS[kind](_plain(answer))
        csv.writer(sys.stdout, lineterminator="\n").writerows([header, *rows])
    else:
        _TABLES[kind](_plain(answer))


def _plain(answer: Any) -> Any:
    if isinstance(answer, tuple | list):
        return [item.to_dict() for item in answer]
    return answer.to_dict()


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(_text(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {_text(item)}" for key, item in value.items())
    return str(value)


# ---------------------------------------------------------------------- rows for CSV


def _rows_between(answer: dict[str, Any]) -> tuple[Row, list[Row]]:
    header = (
        "id",
        "title",
        "part_of",
        "kind",
        "scope",
        "binding",
        "topics",
        "since",
        "until",
        "flags",
        "unverified",
        "sources",
    )
    rows: list[Row] = []

    def add(item: dict[str, Any], parent: str) -> None:
        rows.append([parent if key == "part_of" else _joined(item[key]) for key in header])
        for part in item["parts"]:
            add(part, item["id"])

    for item in answer["instruments"]:
        add(item, "")
    return header, rows


def _joined(value: Any) -> str:
    return ";".join(_text(item) for item in value) if isinstance(value, list) else _text(value)


def _rows_of(key: str | None, *header: str) -> Any:
    def rows(answer: Any) -> tuple[Row, list[Row]]:
        items = answer[key] if key else answer
        return header, [[_joined(item.get(name)) for name in header] for item in items]

    return rows


def _rows_show(answer: dict[str, Any]) -> tuple[Row, list[Row]]:
    header = ("section", "name", "value", "sources")
    lines = [(name, line) for name, part in answer.items() if isinstance(part, list) for line in part]
    return header, [[name, line["name"], _joined(line["value"]), _joined(line["sources"])] for name, line in lines]


def _rows_sparql(answer: dict[str, Any]) -> tuple[Row, list[Row]]:
    return answer["columns"], [[_text(cell) for cell in row] for row in answer["rows"]]


_ROWS: dict[str, Any] = {
    "between": _rows_between,
    "status": _rows_of("states", "state", "standing", "since", "until", "flags", "unverified"),
    "timeline": _rows_of(None, "date", "type", "instrument", "states", "text", "sources", "record"),
    "claims": _rows_of("claims", "id", "says", "verdict", "record", "sources"),
    "check": _rows_of("findings", "place", "severity", "rule", "record", "message", "mend"),
    "catalogue": _rows_of(None, "name", "summary", "parameters", "columns"),
    "show": _rows_show,
    "sparql": _rows_sparql,
}


# ---------------------------------------------------------------------- tables for people


def _table(title: str, header: Row, rows: Iterable[Row]) -> None:
    """A titled table as wide as the terminal; nothing is printed for no rows."""
    lines = list(rows)
    if lines:
        print(f"\n{title}" if title else "")
        print(layout(header, lines, get_terminal_size((140, 0)).columns))


def _notes(notes: Iterable[str]) -> None:
    for note in notes:
        print(f"Note: {note}")


def _flags(item: dict[str, Any]) -> str:
    found = []
    for flag in item["flags"]:
        details = [detail for detail in item.get("details", ()) if detail["flag"] == flag]
        by = sorted({detail["by"] for detail in details})
        rejected = sorted({name for detail in details for name in detail.get("rejected_by", ())})
        text = flag
        if by:
            text = f"{flag} ({', '.join(by)})" if flag == "contested" else f"{flag} by {', '.join(by)}"
        found.append(f"{text}, rejected by {', '.join(rejected)}" if rejected else text)
    if item.get("unverified"):
        found.append("unverified")
    return "; ".join(found)


def _table_between(answer: dict[str, Any]) -> None:
    print(answer["answer"])
    header = ("Instrument", "Since", "Until", "Topics", "To know")
    for title, wanted in _SECTIONS:
        _table(title, header, _between_rows(item for item in answer["instruments"] if wanted(item)))
    pledges = [(p["title"], p["since"], _text(p["until"]), p["by"], _text(p["topics"])) for p in answer["pledges"]]
    _table("One-sided pledges", ("Pledge", "Since", "Until", "By", "Topics"), pledges)
    ended = [
        (e["title"], e["until"], e["because"] + (" (unverified)" if e["unverified"] else "")) for e in answer["ended"]
    ]
    _table("Ended before", ("Instrument", "Until", "Because"), ended)
    _notes(answer["notes"])


_SECTIONS: tuple[tuple[str, Callable[[dict[str, Any]], bool]], ...] = (
    ("Legally binding, between the two alone", lambda item: item["binding"] is True and item["scope"] == "bilateral"),
    ("Legally binding, with others", lambda item: item["binding"] is True and item["scope"] != "bilateral"),
    ("Binding nature disputed", lambda item: item["binding"] is None),
    ("Politically binding only", lambda item: item["binding"] is False),
)


def _between_rows(items: Iterable[dict[str, Any]], depth: int = 0) -> Iterable[Row]:
    for item in items:
        title = ("  " * depth + "└ " if depth else "") + item["title"]
        yield title, item["since"], _text(item["until"]), _text(item["topics"]), _flags(item)
        yield from _between_rows(item["parts"], depth + 1)


def _table_status(answer: dict[str, Any]) -> None:
    print(answer["answer"])
    for view in answer["readings"]:
        print(f"Contested: {view['by']} holds it {view['status']} since {view['since']}.")
    if answer["missing"]:
        print(f"Missing for entry into force: {answer['missing']}.")
    rows = [(s["state"], s["standing"], _text(s["since"]), _text(s["until"]), _flags(s)) for s in answer["states"]]
    _table("", ("State", "Standing", "Since", "Until", "To know"), rows)
    if len(answer["states"]) <= 3:
        for state in answer["states"]:
            _reasons(state)
    _notes(answer["notes"])


def _reasons(state: dict[str, Any]) -> None:
    views = [
        (view["by"], view["standing"], _text(view["since"]), _text(view["flags"]), _steps(view["because"]))
        for view in state["readings"]
    ]
    _table(f"{state['state']}: other readings", ("By", "Standing", "Since", "Flags", "Because"), views)
    steps = [_step(step) for step in state["because"]]
    for detail in state["details"]:
        steps += [_step(step, detail["flag"]) for step in detail["because"]]
    _table(f"{state['state']}: reasons", ("Rule", "Act or fact", "Date", "Why", "Sources"), steps)


def _step(step: dict[str, Any], flag: str = "") -> Row:
    why = _text(step["text"]) if not step.get("ends") else f"ends: {_text(step['text'])}"
    return step["rule"], _text(step["act"]), _text(step["date"]), f"{flag} {why}".strip(), _text(step["sources"])


def _steps(steps: Iterable[dict[str, Any]]) -> str:
    return "; ".join(f"{step['rule']} {_text(step['text'])}".strip() for step in steps)


def _table_timeline(answer: list[dict[str, Any]]) -> None:
    print(
        f"{len(answer)} entries, from {answer[0]['date']} to {answer[-1]['date']}." if answer else "Nothing on record."
    )
    rows = []
    for item in answer:
        people = ", ".join(f"{p['name']} ({p['office']})" if p["office"] else p["name"] for p in item["officials"])
        text = f"{item['text']} [{people}]" if people else item["text"]
        rows.append((item["date"], item["type"], _text(item["instruments"]), text, _text(item["sources"])))
    _table("", ("Date", "Type", "Instrument", "What", "Sources"), rows)


def _table_show(answer: dict[str, Any]) -> None:
    print(answer["answer"])
    for name, lines in answer.items():
        if not isinstance(lines, list):
            continue
        rows = []
        for line in lines:
            extra = {k: v for k, v in line.items() if k not in ("name", "value", "sources", "terms", "id") and v}
            rows.append((line["name"], _text(line["value"]), _text(extra), _text(line["sources"])))
        _table(name, ("", "Value", "More", "Sources"), rows)


def _table_claims(answer: dict[str, Any]) -> None:
    print(answer["answer"] if answer.get("answer") else answer["report"])
    rows = [(c["id"], c["verdict"], c["says"], c["record"], _text(c["sources"])) for c in answer["claims"]]
    _table("", ("Claim", "Verdict", "Says", "Record", "Sources"), rows)


def _table_check(answer: dict[str, Any]) -> None:
    print(answer["answer"])
    for item in answer["findings"]:
        print(f"{item['place']}: {item['severity']}: {item['rule']}: {item['message']} Mend: {item['mend']}")


def _table_catalogue(answer: list[dict[str, Any]]) -> None:
    print(f"{len(answer)} named questions; run one with: treatygraph query NAME --parameter value")
    for theme in dict.fromkeys(item["theme"] for item in answer):
        rows = [
            (item["name"], item["summary"], "  ".join(f"--{p['name']} '{p['default']}'" for p in item["parameters"]))
            for item in answer
            if item["theme"] == theme
        ]
        _table(theme, ("Question", "What it answers", "Parameters and their defaults"), rows)


def _table_sparql(answer: dict[str, Any]) -> None:
    print(answer["answer"])
    _table("", answer["columns"], ([_text(cell) for cell in row] for row in answer["rows"]))


_TABLES: dict[str, Any] = {
    "between": _table_between,
    "status": _table_status,
    "timeline": _table_timeline,
    "claims": _table_claims,
    "check": _table_check,
    "catalogue": _table_catalogue,
    "show": _table_show,
    "sparql": _table_sparql,
}
