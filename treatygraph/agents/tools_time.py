"""Tools about reasons and time: why, timeline, upcoming."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from treatygraph.agents.desk import Desk
from treatygraph.agents.lines import ReplyLine, ToolAnswer
from treatygraph.agents.standing_parts import OnADay
from treatygraph.agents.tool import Arguments, BadArgument, Tool
from treatygraph.answers.contested import contested, said
from treatygraph.answers.reasoning import ReasonStep
from treatygraph.answers.terms import term
from treatygraph.answers.timeline import Entry
from treatygraph.answers.upcoming import Due
from treatygraph.answers.wording import listed, number
from treatygraph.bonds.powers import power
from treatygraph.model.dates import long_form
from treatygraph.model.vocabulary import ACTS, EVENT_TYPES

__all__ = ["TOOLS"]

_GROUNDS = ("violation-allegation", "denial", "statement", "announcement", "domestic-law", "countermeasure",
            "notice-of-withdrawal", "notice-of-suspension", "denunciation", "suspension")  # fmt: skip
"""Events that say what somebody gave as ground, alleged, denied or decided."""


# -- why --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class WhyArguments(OnADay):
    """Arguments of why."""

    instrument: str
    """The instrument, by any name."""
    state: str | None = None
    """The state or group whose standing is to be explained; left out: the status of the instrument itself."""
    part: Literal["all", "law", "grounds"] = "all"
    """law: the steps by which the standing follows; grounds: what was stated, alleged and denied, and by whom."""


@dataclass(frozen=True)
class ReasonLine:
    """One step of the law, or one ground."""

    part: str
    """law or ground."""
    text: str
    rule: str = ""
    """A rule of the law, explained at treatygraph://rule/ID."""
    date: str = ""
    act: str = ""
    """The id of the act or event."""


def _why(desk: Desk, asked: WhyArguments) -> ToolAnswer:
    name = desk.instrument(asked.instrument)
    answer = desk.graph.status(
        name, asked.on, state=asked.state, reading=asked.reading, known=asked.known, today=desk.today
    )
    steps = [(step, "") for step in answer.because]
    codes = [item.state for item in answer.states] if asked.state else []
    if asked.state:
        steps = [(step, item.state) for item in answer.states for step in item.because]
        steps += [
            (step, item.state) for item in answer.states for flag in item.details for step in flag.get("because", [])
        ]
    law = [_step(step, code if len(codes) > 1 else "") for step, code in steps]
    lines = list(law) if asked.part != "grounds" else []
    if asked.part != "law":
        lines += _grounds(desk, name, asked, answer.on)
    disputes = contested(desk.index, answer.on, instrument=name).disputes
    told = tuple(said(desk.index, item) for item in disputes if not asked.state or item.state in codes)
    rules = tuple(dict.fromkeys(step["rule"] for step, _ in steps))[:3]
    links = tuple((f"treatygraph://rule/{rule}", f"rule {rule}") for rule in rules)
    counts = {"steps": len(law), "grounds": len(lines) - len(law) if asked.part != "grounds" else len(lines)}
    return ToolAnswer(
        answer.answer, lines, counts, told, desk.assumes(answer.on), answer.notes, answer.sources,
        (*links, desk.address("instrument", name)),
    )  # fmt: skip


def _step(step: ReasonStep, state: str) -> ReplyLine:
    meaning = term(step["rule"])
    rule = meaning.definition.partition(". ")[0].rstrip(".") if meaning else ""
    ending = "ends it: " if step.get("ends") else ""
    text = f"{ending}{step['text'] or ''}".strip() or (step["act"] or "")
    act = step["act"] or ""
    kind = act.split("/")[2].replace("-", " ") if act.count("/") >= 2 else act
    when = f" {step['date']}" if step["date"] else ""
    shown = f"{f'{state}: ' if state else ''}{kind}{when}{': ' if kind and text else ''}{text if text != act else ''}"
    record = ReasonLine("law", shown.strip(), step["rule"], step["date"] or "", act)
    return ReplyLine(f"{shown.strip()} ({step['rule']}: {rule})", record, tuple(step["sources"]))


def _grounds(desk: Desk, name: str, asked: WhyArguments, on: date) -> Iterator[ReplyLine]:
    codes = None
    if asked.state:
        codes = {code for chain in power(desk.index, asked.state, on).continuities for code in chain}
    for key in sorted(desk.index.events_of(name), key=lambda key: _latest(desk, key), reverse=True):
        event = desk.index.event(key)
        if event is None or event.type not in _GROUNDS or event.date.latest > on:
            continue
        people = {person.state for person in event.officials}
        if codes is not None and codes.isdisjoint({*event.states, *people, *event.by}):
            continue
        sources = tuple(dict.fromkeys(source for cite in event.cites.values() for source in cite.sources))
        record = ReasonLine("ground", event.text, date=event.date.text, act=f"event/{key}")
        yield ReplyLine(f"{event.date.text} {event.type.replace('-', ' ')}: {event.text}", record, sources)


def _latest(desk: Desk, key: str) -> date:
    event = desk.index.event(key)
    return event.date.latest if event else date.min


# -- timeline ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class TimelineArguments(Arguments):
    """Arguments of timeline."""

    first: str
    """An instrument, a state or a group, by any name."""
    second: str | None = None
    """The other state or group, for what happened between two; or a state, for its acts under the instrument."""
    since: date | None = None
    """Nothing before this day, YYYY-MM-DD."""
    until: date | None = None
    """Nothing after this day, YYYY-MM-DD."""
    types: tuple[str, ...] = ()
    """Only these types of act or event: ["signature", "notice-of-withdrawal"]."""
    order: Literal["newest-first", "oldest-first"] = "oldest-first"
    """Which comes first."""


@dataclass(frozen=True)
class TimelineLine:
    """One thing that happened."""

    date: str
    type: str
    text: str
    instrument: str = ""
    states: tuple[str, ...] = ()
    officials: tuple[str, ...] = ()
    record: str = ""
    """The id of the act or event."""


def _timeline(desk: Desk, asked: TimelineArguments) -> ToolAnswer:
    entries, what = _entries(desk, asked)
    chosen = [item for item in _merged(entries) if not asked.types or item.type in asked.types]
    if asked.order == "newest-first":
        chosen.reverse()
    times = f" from {long_form(asked.since)}" if asked.since else ""
    times += f" to {long_form(asked.until)}" if asked.until else ""
    first, last = (chosen[0].date, chosen[-1].date) if chosen else ("", "")
    reach = f", from {min(first, last)} to {max(first, last)}" if chosen and not times else times
    many = "act or event" if len(chosen) == 1 else "acts and events"
    kinds = (
        f" of the type{'' if len(asked.types) == 1 else 's'} {listed([name.replace('-', ' ') for name in asked.types])}"
        if asked.types
        else ""
    )
    be = "is" if len(chosen) == 1 else "are"
    answer = f"{number(len(chosen)).capitalize()} {many}{kinds} {be} on record of {what}{reach}."
    return ToolAnswer(answer, [_entry(item) for item in chosen], {"entries": len(chosen)})


def _entries(desk: Desk, asked: TimelineArguments) -> tuple[Sequence[Entry], str]:
    try:
        name = desk.instrument(asked.first)
    except Exception:  # noqa: BLE001 - no instrument: a power, whose own error is the one to tell
        entries = desk.graph.timeline(asked.first, asked.second, since=asked.since, on=asked.until)
        return entries, asked.first if not asked.second else f"{asked.first} and {asked.second}"
    entries = desk.graph.timeline(name, since=asked.since, on=asked.until)
    if asked.second is None:
        return entries, desk.title(name)
    side = power(desk.index, asked.second, asked.until or desk.today)
    codes = {code for chain in side.continuities for code in chain}
    return [item for item in entries if not codes.isdisjoint(item.states)], f"{side.name} under {desk.title(name)}"


def _merged(entries: Iterable[Entry]) -> list[Entry]:
    """The entries without the acts that an event of the same day, type and instrument tells with more words."""
    entries = list(entries)
    told = {
        (item.date, kind, name, state)
        for item in entries if item.record.startswith("event/")
        for kind in (item.type, _ACT_OF.get(item.type, item.type)) for name in item.instruments for state in item.states
    }  # fmt: skip
    return [
        item for item in entries
        if item.record.startswith("event/") or not item.states
        or not all((item.date, item.type, name, state) in told for name in item.instruments for state in item.states)
    ]  # fmt: skip


_ACT_OF = {"withdrawal-effective": "withdrawal", "revocation-of-ratification": "withdrawal-of-consent"}


def _entry(item: Entry) -> ReplyLine:
    people = tuple(f"{person['name']} ({person['office']})" if person["office"] else person["name"]
                   for person in item.officials)  # fmt: skip
    record = TimelineLine(
        item.date, item.type, item.text, item.instrument or "", item.states if len(item.states) <= 12 else (),
        people[:4], item.record,
    )  # fmt: skip
    who = f"; {', '.join(people[:4])}" if people else ""
    return ReplyLine(f"{item.date} {item.text}{who}", record, item.sources)


# -- upcoming ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class UpcomingArguments(Arguments):
    """Arguments of upcoming."""

    on: date | None = None
    """The day after which it is due, YYYY-MM-DD; left out: today."""
    months: int = 24
    """How many months ahead."""
    state: str | None = None
    """Only what concerns this state or group."""
    instrument: str | None = None
    """Only this instrument."""
    topic: str | None = None
    """Only instruments of this topic and those below it."""


@dataclass(frozen=True)
class UpcomingLine:
    """Something that is due, if no act comes."""

    type: str
    text: str
    date: str = ""
    """Empty: it waits without a day."""
    instrument: str = ""
    states: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    """What may put it off or undo it."""


def _upcoming(desk: Desk, asked: UpcomingArguments) -> ToolAnswer:
    if not 1 <= asked.months <= 1200:
        raise BadArgument("bad-value", f"'months' is {asked.months}; give 1 to 1200.", ("24",), "leave it out for 24")
    answer = desk.graph.upcoming(
        asked.on or desk.today, months=asked.months, state=asked.state, instrument=asked.instrument, topic=asked.topic
    )
    lines = [_due(item) for item in (*answer.items, *answer.waiting)]
    counts = {"dated": len(answer.items), "waiting": len(answer.waiting)}
    return ToolAnswer(answer.answer, lines, counts, (), "as on record, if no act comes", answer.notes)


def _due(item: Due) -> ReplyLine:
    record = UpcomingLine(item.type, item.text, item.date, item.instrument, item.states[:12], item.conditions)
    more = f" ({'; '.join(item.conditions)})" if item.conditions else ""
    return ReplyLine(f"{item.date or 'no day'}: {item.text}{more}", record, item.sources)


def _types(_: Desk) -> Sequence[str]:
    return tuple(dict.fromkeys((*ACTS, *EVENT_TYPES)))


TOOLS = (
    Tool(
        "why", "Why a standing is as it is",
        "Why a state stands so under an instrument, or why the instrument ended: the legal steps with rule, act and "
        "date, and the stated grounds, allegations, denials and decisions.",
        WhyArguments, ReasonLine, _why,
    ),
    Tool(
        "timeline", "What happened",
        "Acts and events in order: of an instrument, of a state, between two powers, or of one state under an "
        "instrument; who signed, gave notice, decided.",
        TimelineArguments, TimelineLine, _timeline, {"types": _types},
    ),
    Tool(
        "upcoming", "What is due",
        "What expires, ends, takes effect or begins within some months, and notices that wait without a day.",
        UpcomingArguments, UpcomingLine, _upcoming, {"topic": Desk.topics},
    ),
)  # fmt: skip
