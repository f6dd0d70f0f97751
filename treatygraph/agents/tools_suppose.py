"""Tools that suppose, compare and cite: whatif, compare, cite."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from treatygraph.agents.desk import Desk
from treatygraph.agents.lines import ReplyLine, ToolAnswer
from treatygraph.agents.tool import Arguments, BadArgument, Tool
from treatygraph.answers.compare import Difference
from treatygraph.answers.whatif.result import Change
from treatygraph.answers.wording import number, reason_named, still_held

__all__ = ["TOOLS"]


# -- whatif -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class WhatIfArguments(Arguments):
    """Arguments of whatif."""

    changes: tuple[str, ...]
    """What is supposed, one text each: ["US leaves NPT", "Russia joins CTBT"]."""
    on: date | None = None
    """The day on which notices are received and instruments deposited, YYYY-MM-DD; left out: today."""
    reading: str = "depositary"
    """Whose legal view."""
    show: Literal["consequences", "bound"] = "consequences"
    """bound: also the codes of the states that stay bound."""


@dataclass(frozen=True)
class ConsequenceLine:
    """A consequence of a supposition."""

    about: str
    """change, clause, dependent, pairs, note or bound."""
    text: str
    state: str = ""
    instrument: str = ""
    date: str = ""


def _whatif(desk: Desk, asked: WhatIfArguments) -> ToolAnswer:
    answer = desk.graph.whatif(*asked.changes, on=asked.on or desk.today, reading=asked.reading)
    lines = [line for change in answer.changes for line in _consequences(desk, change, asked.show)]
    for item in answer.topics:
        pairs = ", ".join("-".join(pair) for pair in item.pairs[:5])
        text = (
            f"{item.topic}: {item.count} pairs {item.change} their {'last' if item.change == 'lost' else 'first'} bond"
        )
        text += f" ({pairs}{' …' if item.count > 5 else ''})" if item.count else ""
        lines.append(ReplyLine(f"{text}; {item.fewer} affected", ConsequenceLine("pairs", text)))
    links = tuple(desk.address("instrument", change.instrument) for change in answer.changes[:2])
    counts = {"changes": len(answer.changes)}
    assumes = "all else as on record; whether a ground or a condition is met is not judged"
    return ToolAnswer(answer.answer, lines, counts, (), assumes, answer.notes, links=links)


def _consequences(desk: Desk, change: Change, show: str) -> Iterator[ReplyLine]:
    when = change.effective.isoformat() if change.effective else ""
    text = (
        f"{change.name} {change.verb} {change.title}: {change.outcome.replace('-', ' ')}{f' on {when}' if when else ''}"
    )
    text += f"; before: {change.before.replace('-', ' ')}; the instrument {change.status}"
    text += f"; {'at least ' if not change.left_complete else ''}{len(change.left)} states bound"
    text += f"; still missing for entry: {change.missing_after}" if change.missing_after else ""
    yield ReplyLine(text, ConsequenceLine("change", text, change.state, change.instrument, when), change.sources)
    for way in change.ways[:1]:
        text = f"article {way['article']}: notice {way['period'] or 'of no stated length'}"
        text += f" to {', '.join(way['addressees'])}" if way["addressees"] else ""
        text += f"; {way['tail']}" if way["tail"] else ""
        record = ConsequenceLine("clause", text, change.state, change.instrument)
        yield ReplyLine(text, record, tuple(way["sources"]))
    for item in change.dependents:
        if item["affected"]:
            text = f"{item['title']} ({item['relation'].replace('-', ' ')}): {item['before']} to {item['after']}"
            record = ConsequenceLine("dependent", text, change.state, item["id"])
            yield ReplyLine(text, record, tuple(item["sources"]))
    joins = change.verb == "joins" and change.outcome in ("bound", "contracting")
    if joins and (text := _consent(desk, change.instrument)):
        yield ReplyLine(text, ConsequenceLine("note", text, change.state, change.instrument))
    for note in change.notes:
        yield ReplyLine(note, ConsequenceLine("note", note, change.state, change.instrument))
    if show == "bound":
        yield ReplyLine(f"bound: {' '.join(change.left)}", ConsequenceLine("bound", " ".join(change.left)))


def _consent(desk: Desk, name: str) -> str:
    """What must be said of joining where the card does not say who may."""
    card = desk.index.instrument(name)
    read = card.text.read if card else "no"
    return (
        "" if read == "whole" else "its text was not read whole: joining may need the consent of its parties or a body"
    )


# -- compare, cite ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class CompareArguments(Arguments):
    """Arguments of compare."""

    pairs: tuple[str, ...]
    """Two names for a pair on two days (with "then"), or four for two pairs: ["US", "Russia", "US", "China"]."""
    on: date | None = None
    """The day, or the later of two, YYYY-MM-DD; left out: today."""
    then: date | None = None
    """The earlier day of one pair, YYYY-MM-DD."""
    topic: str | None = None
    """Only instruments of this topic and those below it."""
    binding: bool = False
    """Only what binds in law."""


@dataclass(frozen=True)
class CompareLine:
    """An instrument on one side, or on both."""

    side: str
    """kept, lost, gained; or common, only-first, only-second; or not-known."""
    id: str
    title: str
    since: str = ""
    until: str = ""
    because: str = ""


def _compare(desk: Desk, asked: CompareArguments) -> ToolAnswer:
    if (len(asked.pairs), asked.then is not None) not in ((2, True), (4, False)):
        text = "'pairs' has two names and comes with 'then', or four names without."
        raise BadArgument("bad-value", text, ("then",), 'write ["US", "Russia"] with "then", or four names')
    answer = desk.graph.compare(
        *asked.pairs, then=asked.then, on=asked.on or desk.today, topic=asked.topic, binding=asked.binding,
    )  # fmt: skip
    names = ("kept", "lost", "gained") if answer.of == "days" else ("common", "only-first", "only-second")
    lists = dict(zip(names, (answer.both, answer.only_first, answer.only_second), strict=True))
    order = (names[1], names[2], names[0])
    lines = [_difference(desk, side, item) for side in order for item in lists[side]]
    lines += [ReplyLine(f"not known: {title} ({name})", CompareLine("not-known", name, title))
              for name, title in answer.not_known]  # fmt: skip
    counts = {name.replace("-", "_"): sum(not item.part_of for item in items) for name, items in lists.items()}
    counts |= {
        "not_known": len(answer.not_known),
        "parts": sum(bool(i.part_of) for part in lists.values() for i in part),
    }
    return ToolAnswer(answer.answer, lines, counts, (), desk.assumes(asked.on or desk.today), answer.notes)


def _difference(desk: Desk, side: str, item: Difference) -> ReplyLine:
    because = reason_named(desk.index, item.because) if item.because else ""
    because = "; ".join(filter(None, (because, still_held(desk.index, item.contested))))
    record = CompareLine(side, item.id, item.title, item.since, item.until, because)
    more = f" until {item.until}: {because}" if because else f" since {item.since}" if item.since else ""
    more += f"; part of {item.part_of}" if item.part_of else ""
    return ReplyLine(f"{side.replace('-', ' ')}: {item.title} ({item.id}){more}", record, item.sources)


@dataclass(frozen=True, kw_only=True)
class CiteArguments(Arguments):
    """Arguments of cite."""

    ids: tuple[str, ...]
    """What is to be cited: ids of sources from an answer, names of records, keys of acts, or the address of an answer:
    ["nti-org-p50791", "New START", "new-start#entry_into_force"]."""
    style: Literal["text", "bibtex", "csl", "ris"] = "text"
    """How entries are written."""
    accessed: date | None = None
    """The day on which it was read, YYYY-MM-DD."""
    sources: bool = False
    """Also the sources behind each."""


@dataclass(frozen=True)
class CiteLine:
    """One entry."""

    id: str
    kind: str
    entry: str
    url: str = ""
    """Its page; empty: no page is known."""


def _cite(desk: Desk, asked: CiteArguments) -> ToolAnswer:
    lines = []
    for text in asked.ids:
        item: Any = desk.graph.cite(text, sources=asked.sources, accessed=asked.accessed)
        entry = {"text": item.text, "bibtex": item.bibtex, "ris": item.ris}.get(asked.style) or json.dumps(
            item.csl, ensure_ascii=False
        )
        lines.append(ReplyLine(entry, CiteLine(text, item.kind, entry, item.address)))
    without = sum(not line.record.url for line in lines if isinstance(line.record, CiteLine))
    answer = f"{number(len(lines)).capitalize()} entr{'y' if len(lines) == 1 else 'ies'}"
    answer += f"; of {number(without)} no page is known." if without else "."
    return ToolAnswer(answer, lines, {"entries": len(lines), "without_page": without})


TOOLS = (
    Tool(
        "whatif", "What would follow",
        "What would follow if states left or joined instruments: when they are out or bound, by which article, what "
        "else falls, which pairs lose their last bond.",
        WhatIfArguments, ConsequenceLine, _whatif, seconds=30.0,
    ),
    Tool(
        "compare", "Two pairs, or two days",
        "What two pairs of states have in common and what only one has; or what a pair kept, lost and gained between "
        "two days.",
        CompareArguments, CompareLine, _compare, {"topic": Desk.topics},
    ),
    Tool(
        "cite", "Entries for a bibliography",
        "Sources, treaties, records, acts or answers as entries: text, BibTeX, CSL-JSON or RIS, with a page where one "
        "is known. A treaty comes as itself and as the record of it.",
        CiteArguments, CiteLine, _cite,
    ),
)  # fmt: skip
