"""What would follow from a supposition, for people and as rows."""

from __future__ import annotations

from typing import Any

from treatygraph.render import View
from treatygraph.render.parts import Row, joined, notes, table, text

__all__ = ["VIEW"]

_KEPT = ("state", "verb", "instrument", "on", "act", "before", "since", "outcome", "effective", "status", "status_from",
         "missing_after", "sources")  # fmt: skip
_SHOWN = 24


def _rows(answer: dict[str, Any]) -> tuple[Row, list[Row]]:
    """One row per change, and one per pair that loses its last or gains its first instrument on a topic."""
    header = ("row", *_KEPT, "topic", "change", "a", "b", "counted_on")
    rows: list[Row] = [
        ["change", *(joined(item[key]) for key in _KEPT), "", "", "", "", ""] for item in answer["changes"]
    ]
    rows += [
        ["pair", *("" for _ in _KEPT), item["topic"], item["change"], one, other, answer["counted_on"]]
        for item in answer["topics"]
        for one, other in item["pairs"]
    ]
    return header, rows


def _table(answer: dict[str, Any]) -> None:
    print(answer["answer"])
    header = ("State", "", "Instrument", "Was", "Since", "Act supposed", "Comes to", "From")
    table("What each would come to", header, [_change(item) for item in answer["changes"]])
    for item in _each_once(answer["changes"]):
        _instrument(item)
    when = "whenever it took effect" if answer["assumed"] else f"on {answer['counted_on']}"
    topics = [
        (item["topic"], item["change"], text(item["count"]), text(item["affected"]), _who(item["pairs"]))
        for item in answer["topics"]
    ]
    table(f"Pairs that lose their last or gain their first mutual instrument, {when}",
          ("Topic", "", "Pairs", "Affected", "Between"), topics)  # fmt: skip
    notes(dict.fromkeys((*(note for item in answer["changes"] for note in item["notes"]), *answer["notes"])))


def _each_once(changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    by_key: dict[tuple[str, str], dict[str, Any]] = {}
    for item in changes:
        by_key.setdefault((item["verb"], item["instrument"]), item)
    return list(by_key.values())


def _change(item: dict[str, Any]) -> Row:
    return (
        item["state"], item["verb"], item["title"], item["before"], text(item["since"]), text(item["act"]),
        item["outcome"].replace("-", " "), text(item["effective"]),
    )  # fmt: skip


def _instrument(item: dict[str, Any]) -> None:
    ways = [
        (text(way["article"]), text(way["period"]), text(way["addressees"]), _conditions(way), text(way["sources"]))
        for way in item["ways"]
    ]
    table(f"{item['title']}: ways out", ("Article", "Period", "Notice to", "Conditions", "Sources"), ways)
    steps = [
        (step["rule"], text(step["act"]), text(step["date"]), text(step["text"]), text(step["sources"]))
        for step in (*item["standing_because"], *item["because"])
    ]
    table(f"{item['title']}: reasons", ("Rule", "Act or fact", "Date", "Why", "Sources"), steps)
    if item["deferred"]:
        print(f"\nDeferred: due {item['deferred']['due']}; {item['deferred']['text']}")
    depends = [(i["title"], i["relation"], i["before"], i["after"]) for i in item["dependents"]]
    table(f"{item['title']}: what depends on it", ("Instrument", "How", "State was", "State would be"), depends)
    print(f"\n{item['title']}: {item['status']}{_from(item)}; binds {len(item['left'])} states{_left(item['left'])}")
    if item["contracting"]:
        print(f"Consented, not bound: {item['contracting']} states")
    if item["missing_after"]:
        was = f" (before: {item['missing_before']})" if item["missing_before"] != item["missing_after"] else ""
        print(f"Missing for entry into force: {item['missing_after']}{was}")


def _from(item: dict[str, Any]) -> str:
    return f" on {item['status_from']}" if item["status_from"] else ""


def _left(states: list[str]) -> str:
    return f": {_short(states)}" if states else ""


def _short(names: list[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _conditions(way: dict[str, Any]) -> str:
    conditions = [way["only"], way["ground"], way["tail"]]
    conditions += [f"not before {way['not_before']} after entry into force" if way["not_before"] else None]
    conditions += ["at the end of a term" if way["at_end_of_term"] else None]
    conditions += ["ends it for all" if way["ends_for_all"] else None, "no clause" if way["none"] else None]
    return "; ".join(item for item in conditions if item)


def _who(pairs: list[list[str]]) -> str:
    """Pairs told by the state that is in most of them: ``USA with AND, BTN``."""
    left = [tuple(pair) for pair in pairs]
    phrases = []
    while left:
        counts: dict[str, int] = {}
        for pair in left:
            for name in pair:
                counts[name] = counts.get(name, 0) + 1
        most = max(sorted(counts), key=lambda name: counts[name])
        others = [one if other == most else other for one, other in left if most in (one, other)]
        phrases.append(f"{most} with {_short(others)}")
        left = [pair for pair in left if most not in pair]
        if len(phrases) > 2 and left:
            return "; ".join(phrases) + f"; and {len(left)} pairs more"
    return "; ".join(phrases)


VIEW = View(_rows, _table)
