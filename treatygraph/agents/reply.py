"""Answers as agents get them: one to three sentences and compact lines within a budget of tokens, the same as JSON.

What does not fit is counted, and a cursor goes on with it. Each line names one source that can be cited, one with a
page before one without; the sources are records beside the lines.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from typing import Any, Final, get_args, get_type_hints

from treatygraph.agents.lines import SourceRecord, ToolAnswer
from treatygraph.agents.tool import Arguments, BadArgument, Tool
from treatygraph.answers.edition import Edition, edition_of
from treatygraph.answers.schema import schema_of
from treatygraph.answers.wording import UNVERIFIED, unverified
from treatygraph.build.index import Index
from treatygraph.model.cites import is_recall
from treatygraph.model.json_form import plain
from treatygraph.model.records import Source

__all__ = ["Reply", "output_schema", "reply", "source_record", "tokens"]

_CHARACTERS: Final = 4
"""Of one token, roughly: English text of this kind has 4.1 with the common tokenizers."""
_SHARE: Final = 0.35
"""Of the budget, at most, for the records of sources."""
_OVERHEAD: Final = 260
"""Characters of what frames the lines in JSON."""
_NOTES: Final = 3
_NOTE: Final = 220
"""Characters of a note."""
_WITHOUT_PAGE: Final = ("github.com/", "gitlab.com/")
"""An address there is that of a collection, and not of the page that says it."""


@dataclass(frozen=True)
class Reply:
    """The answer of a tool."""

    answer: str
    """One to three sentences that can be printed."""
    edition: Edition
    """Which edition of the record it rests on."""
    counts: Mapping[str, int] = field(default_factory=dict)
    contested: tuple[str, ...] = ()
    """Who holds otherwise, in words."""
    assumes: str = ""
    """What a sentence about the future takes for granted."""
    notes: tuple[str, ...] = ()
    """Gaps of the record and what else the reader must know."""
    sources: tuple[SourceRecord, ...] = ()
    """What can be cited, with a page first; "cite" gives entries."""
    left_out: int = 0
    """Lines that did not fit."""
    cursor: str = ""
    """Goes on with them; absent where all is there."""


def output_schema(tool: Tool) -> dict[str, Any]:
    """The schema of a tool's answers: a reply with lines of the tool's own kind; what is empty is left out."""
    form = _terse(schema_of(Reply))
    lines = schema_of(tool.line)
    definitions = {**form.get("$defs", {}), **lines.pop("$defs", {})}
    lines.pop("$schema")
    lines["properties"]["source"] = {"type": "string", "description": "The id of a source."}
    lines["properties"]["unverified"] = {"type": "boolean", "description": "True: general knowledge alone."}
    lines["required"] = _required(tool.line)
    definitions["SourceRecord"]["required"] = ["id"]
    for name, kind in _inner(tool.line):
        definitions[name]["required"] = _required(kind)
    form["required"] = ["answer", "edition"]
    form["properties"]["lines"] = {"type": "array", "items": lines}
    return {**form, "$defs": definitions}


def _inner(kind: type) -> Iterable[tuple[str, type]]:
    """The dataclasses that a line holds, by name: what is empty is left out of them too."""
    for hint in get_type_hints(kind).values():
        for part in (hint, *get_args(hint)):
            if isinstance(part, type) and is_dataclass(part):
                yield part.__name__, part


def _terse(form: dict[str, Any]) -> dict[str, Any]:
    """A schema without its descriptions: of what all answers have in common, the instructions speak once."""
    return {
        name: _terse(value) if isinstance(value, dict) else value
        for name, value in form.items()
        if not (name == "description" and isinstance(value, str))
    }


def _required(kind: type) -> list[str]:
    return [item.name for item in fields(kind) if item.default is MISSING and item.default_factory is MISSING]


def reply(
    index: Index, tool: Tool, arguments: Arguments, raw: Mapping[str, Any], answer: ToolAnswer
) -> tuple[str, dict[str, Any]]:
    """An answer as text and as JSON, both within the budget.

    Raises:
        BadArgument: the cursor is of another call.
    """
    mark = _mark(tool, raw)
    begin = _offset(arguments.cursor, mark, len(answer.lines))
    head = [answer.answer]
    notes = tuple(_short(note) for note in answer.notes[:_NOTES]) if not begin else ()
    contested = answer.contested[: 2 * _NOTES] if not begin else ()
    fixed = plain(Reply(answer.answer, edition_of(index), dict(answer.counts), contested, answer.assumes, notes))
    room = arguments.budget * _CHARACTERS - len(_json(_full(fixed))) - _OVERHEAD
    shown, records = _fitting(index, answer, begin, room)
    left = len(answer.lines) - begin - len(shown)
    cursor = f"{begin + len(shown)}-{mark}" if left > 0 else ""
    form = _full({**fixed, "left_out": max(left, 0), "cursor": cursor})
    form["lines"] = [record for _, record in shown]
    if not answer.lines:
        del form["lines"]
    if records:
        form["sources"] = [_full(plain(record)) for record in records]
    parts = [*head, *(line for line, _ in shown)]
    if left > 0:
        parts.append(f"({left} more: cursor {cursor})")
    parts += [f"Contested: {text}" for text in contested if text not in answer.answer]
    parts += [f"Note: {note}" for note in notes]
    parts += [_cited(record) for record in records]
    return "\n".join(parts), form


def _fitting(
    index: Index, answer: ToolAnswer, begin: int, room: int
) -> tuple[list[tuple[str, dict[str, Any]]], list[SourceRecord]]:
    """The lines that fit, at least one, and the records of their sources, as far as a share of the room goes."""
    shown: list[tuple[str, dict[str, Any]]] = []
    records: dict[str, SourceRecord] = {}
    used = cited = 0
    for name in _ranked(index, answer.sources)[:3]:
        cited += _add(index, name, records)
    for line in answer.lines[begin:]:
        record = _full(plain(line.record))
        best = next(iter(_ranked(index, line.sources)), "")
        if best:
            record["source"] = best
        doubt = "" if UNVERIFIED in line.text else unverified(line.sources)
        if is_recall(line.sources):
            record["unverified"] = True
        mark = f" [{best}]" if best else ""
        text = f"- {line.text}{doubt}{mark}"
        size = max(len(text), len(_json(record)) + 1)
        if shown and used + cited + size > room:
            break
        used += size
        if best and best not in records and cited < room * _SHARE:
            cited += _add(index, best, records)
        shown.append((text, record))
    ranked = sorted(records.values(), key=_rank)
    return shown, ranked


def _add(index: Index, name: str, records: dict[str, SourceRecord]) -> int:
    record = source_record(index.source(name))
    if record is None or name in records:
        return 0
    records[name] = record
    return len(_json(_full(plain(record)))) + 1


def source_record(source: Source | None) -> SourceRecord | None:
    """A source as answers give it; None of none."""
    if source is None:
        return None
    url = source.place if source.place.startswith(("http://", "https://")) else ""
    place = "" if url or source.place in (source.title, source.publisher) else source.place
    publisher = "" if source.publisher == source.title else source.publisher
    return SourceRecord(source.id, source.title, publisher, source.date, url, place, source.kind)


def _ranked(index: Index, names: Iterable[str]) -> list[str]:
    """Ids of sources, those with a page first, general knowledge last."""
    cited = (name for name in dict.fromkeys(names) if name != "treatygraph")
    records = [record for name in cited if (record := source_record(index.source(name)))]
    return [record.id for record in sorted(records, key=_rank)]


def _rank(record: SourceRecord) -> tuple[bool, bool, bool]:
    root = any(host in record.url for host in _WITHOUT_PAGE)
    return record.kind == "recall", not record.url or root, record.kind not in ("primary", "depositary", "official")


def _cited(record: SourceRecord) -> str:
    parts = (record.title, record.publisher, record.date, record.url or record.place)
    return f"[{record.id}] {', '.join(part for part in dict.fromkeys(parts) if part)}"


def _mark(tool: Tool, raw: Mapping[str, Any]) -> str:
    same = {name: value for name, value in raw.items() if name not in ("cursor", "budget")}
    return f"{zlib.crc32(json.dumps([tool.name, same], sort_keys=True, default=str).encode()):08x}"


def _offset(cursor: str, mark: str, lines: int) -> int:
    if not cursor:
        return 0
    number, _, of = cursor.partition("-")
    if of != mark or not number.isdecimal() or int(number) >= max(lines, 1):
        raise BadArgument(
            "bad-cursor", "the cursor is of another call; repeat that call's arguments with it.", (), "leave it out"
        )
    return int(number)


def _short(note: str) -> str:
    return note if len(note) <= _NOTE else f"{note[: _NOTE - 1].rsplit(' ', 1)[0]} …"


def _full(form: dict[str, Any]) -> dict[str, Any]:
    """A record without what is empty; numbers and truth values stay."""
    filled: dict[str, Any] = {}
    for name, value in form.items():
        inner = {key: _full(item) for key, item in value.items()} if _is_nested(value) else value
        if inner not in (None, "", [], {}) and inner is not False and (name != "left_out" or inner):
            filled[name] = inner
    return filled


def _is_nested(value: object) -> bool:
    return isinstance(value, dict) and bool(value) and all(isinstance(item, dict) for item in value.values())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def tokens(text: str) -> int:
    """How many tokens a text has, roughly."""
    return -(-len(text) // _CHARACTERS)
