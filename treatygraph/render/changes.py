"""What changed: as tables, as rows, and as release notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from treatygraph.answers.changes.answer import Changes
from treatygraph.render import View
from treatygraph.render.parts import Row, joined, notes, table, text

__all__ = ["VIEW", "release_notes"]

_HEADER: Final = (
    "of",
    "change",
    "instrument",
    "title",
    "state",
    "date",
    "before",
    "after",
    "text",
    "topics",
    "sources",
)
_SHOWN: Final = 60
"""So many rows of a table; JSON and CSV have all."""
_PAIRS: Final = 4


def _rows(answer: dict[str, Any]) -> tuple[Row, list[Row]]:
    rows: list[Row] = []
    for name in ("acts", "standings", "instruments"):
        for item in answer[name]:
            row = {**item, "of": name[:-1], "text": item.get("text") or item.get("because")}
            rows.append([joined(row.get(key)) for key in _HEADER])
    for item in answer["pairs"]:
        pairs = "; ".join("-".join(pair) for pair in item["pairs"])
        rows.append(["pairs", item["change"], "", "", "", "", "", "", pairs, item["topic"], ""])
    return _HEADER, rows


def _table(answer: dict[str, Any]) -> None:
    print(answer["answer"])
    instruments = [(i["title"], i["change"], text(i["before"]), text(i["after"]), text(i["date"])) for i in
                   answer["instruments"]]  # fmt: skip
    _cut("Instruments", ("Instrument", "Change", "Before", "After", "Date"), instruments)
    standings = [(s["title"], s["state"], _with(s, "before"), _with(s, "after"), text(s["date"]), text(s["because"]))
                 for s in answer["standings"]]  # fmt: skip
    _cut("Standings", ("Instrument", "State", "Before", "After", "Date", "Because"), standings)
    acts = [(a["date"], a["change"], a["title"], a["state"], a["text"], text(a["sources"][:1])) for a in answer["acts"]]
    _cut("Acts", ("Date", "Change", "Instrument", "State", "What", "Source"), acts)
    pairs = [(p["topic"], p["change"], str(p["count"]), str(p["open"]), _few(p["pairs"])) for p in answer["pairs"]]
    _cut("Pairs", ("Topic", "Last or first", "Pairs", "Open", "Among them"), pairs)
    answers = [(a["question"], a["before"], a["after"]) for a in answer["answers"]]
    _cut("Answers that are others now", ("Question", "Before", "After"), answers)
    notes(answer["notes"])


def _cut(title: str, header: Row, rows: Sequence[Row]) -> None:
    table(title, header, rows[:_SHOWN])
    if len(rows) > _SHOWN:
        print(f"… and {len(rows) - _SHOWN:,} more; --format json or csv has all.")


def _with(item: dict[str, Any], side: str) -> str:
    flags = item[f"flags_{side}"]
    return f"{item[side]} ({', '.join(flags)})" if flags else str(item[side])


def _few(pairs: list[list[str]]) -> str:
    more = f", {len(pairs) - _PAIRS} more" if len(pairs) > _PAIRS else ""
    return ", ".join("-".join(pair) for pair in pairs[:_PAIRS]) + more


VIEW = View(_rows, _table)


def release_notes(answer: Changes) -> str:
    """The changes as release notes in Markdown: facts by instrument, then what follows from them."""
    return "\n".join(_notes(answer)) + "\n"


def _notes(answer: Changes) -> Iterator[str]:
    version = answer.edition.version
    yield f"# Record {version}"
    yield f"\n{answer.answer}"
    for note in answer.notes:
        yield f"\n> {note}"
    for change, title in (("added", "Instruments added"), ("removed", "Instruments taken out"),
                          ("began", "Instruments that began"), ("ended", "Instruments that ended"),
                          ("changed", "Instruments of another status")):  # fmt: skip
        items = [item for item in answer.instruments if item.change == change]
        if items:
            yield f"\n## {title} ({len(items)})\n"
            for item in items:
                status = " to ".join(part for part in (item.before, item.after) if part).replace("-", " ")
                yield f"- {item.title} (`{item.instrument}`){f': {status}' if status else ''}"
    if answer.acts:
        yield f"\n## Acts ({len(answer.acts):,})\n"
        counts = Counter((item.title, item.change) for item in answer.acts)
        titles = sorted({item.title for item in answer.acts}, key=lambda name: (-_total(counts, name), name))
        for name in titles:
            parts = [f"{counts[name, change]} {change}" for change in ("made", "added", "changed", "removed")
                     if counts[name, change]]  # fmt: skip
            yield f"- {name}: {', '.join(parts)}"
    if answer.standings:
        yield f"\n## Standings that are others on {answer.sides[1].on.isoformat()} ({len(answer.standings):,})\n"
        moves = Counter((item.before, item.after) for item in answer.standings)
        yield from (f"- {before} to {after}: {count}" for (before, after), count in moves.most_common())
    if answer.pairs:
        yield "\n## Pairs of states, by topic\n"
        for pair in answer.pairs:
            what = "lost their last" if pair.change == "lost" else "gained their first"
            yield f"- {pair.topic}: {len(pair.pairs):,} {what} mutual instrument"
    if answer.answers:
        yield f"\n## Answers that are others now ({len(answer.answers)})\n"
        for told in answer.answers:
            yield f"- `{told.question}`\n  - before: {told.before}\n  - now: {told.after}"


def _total(counts: Counter[tuple[str, str]], title: str) -> int:
    return sum(count for (name, _), count in counts.items() if name == title)
