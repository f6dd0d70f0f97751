"""Tools that lay powers and instruments side by side on a day: between, standings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from treatygraph.agents.desk import Desk, in_words
from treatygraph.agents.lines import ReplyLine, ToolAnswer
from treatygraph.agents.standing_parts import QUALIFIES, OnADay, otherwise
from treatygraph.agents.tool import BadArgument, Tool
from treatygraph.answers.between_answer import Between, Ended, NotKnown, Pledge, Remaining, Signed
from treatygraph.answers.status_answer import InstrumentStatus, StateStatus
from treatygraph.answers.wording import authority_name, denied, listed, number, reason_named, still_held
from treatygraph.bonds.powers import power
from treatygraph.model.dates import long_form
from treatygraph.model.vocabulary import CLAUSE

__all__ = ["TOOLS"]


# -- between ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class BetweenArguments(OnADay):
    """Arguments of between."""

    a: str
    """A state or a group by any name: US, Russia, NATO, European Union."""
    b: str
    """The other state or group."""
    topic: str | None = None
    """Only instruments of this topic and those below it."""
    scope: Literal["any", "bilateral", "multilateral"] = "any"
    """Only what holds the two alone, or only what holds others too."""
    binding: bool = False
    """Only what binds in law."""
    show: Literal["held", "ended", "signed", "pledges", "not_known", "counts"] = "held"
    """Which list: what holds both, what ended, what was only signed, one-sided pledges, what the record cannot say of;
    counts: none."""


@dataclass(frozen=True)
class BetweenLine:
    """One instrument between two powers."""

    id: str
    title: str
    kind: str = ""
    binding: str = ""
    """yes, no or disputed."""
    since: str = ""
    until: str = ""
    flags: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    """Of a group: the members that it holds."""
    because: str = ""
    """Why it ended."""
    by: str = ""
    """Whose pledge it is."""
    why: str = ""
    """What the record lacks."""


def _between(desk: Desk, asked: BetweenArguments) -> ToolAnswer:
    answer = desk.graph.between(
        asked.a, asked.b, asked.on or desk.today, known=asked.known, reading=asked.reading, topic=asked.topic,
        scope=asked.scope, binding=asked.binding, today=desk.today,
    )  # fmt: skip
    lists: dict[str, Sequence[ReplyLine]] = {
        "held": [line for item in answer.instruments for line in _held(item)],
        "ended": [_ended(desk, item) for item in answer.ended],
        "signed": [_signed(item) for item in answer.signed],
        "pledges": [_pledge(item) for item in answer.pledges],
        "not_known": [_not_known(item) for item in answer.not_known],
    }
    counts = {
        "binding": sum(item.binding is True for item in answer.instruments),
        "not_binding": sum(item.binding is not True for item in answer.instruments),
        "not_known": len(answer.not_known),
        "signed_only": len(answer.signed),
        "ended": len(answer.ended),
        "pledges": len(answer.pledges),
    }
    return ToolAnswer(
        answer.answer, lists.get(asked.show, ()), counts, tuple(_disputes_between(desk, answer)),
        desk.assumes(answer.question.on), answer.notes,
    )  # fmt: skip


def _disputes_between(desk: Desk, answer: Between) -> Iterator[str]:
    for item in answer.instruments:
        for detail in item.details:
            rejection = denied(desk.index, detail.get("rejected_by", []), 4)
            who = "its clauses alone" if detail["by"] == CLAUSE else authority_name(desk.index, detail["by"])
            held = f" holds {holding}" if detail["flag"] == "contested" and (holding := detail.get("text", "")) else ""
            text = f"{item.title}: {detail['flag'].replace('-', ' ')}, by {who}{held} since {detail['since']}"
            yield text + (f", {rejection}" if rejection else "")


def _binding(value: bool | None) -> str:
    return {True: "yes", False: "no", None: "disputed"}[value]


def _held(item: Remaining, inside: str = "") -> Iterator[ReplyLine]:
    flags = tuple(flag for flag in item.flags if flag not in ("by-succession", "uncertain-date"))
    record = BetweenLine(
        item.id, item.title, item.kind, _binding(item.binding), item.since, item.until, flags, item.members
    )
    what = "" if item.binding else " (binding disputed)" if item.binding is None else " (not binding)"
    until = f" until {item.until}" if item.until else ""
    text = f"{item.title} ({item.id}){what} since {item.since}{until}"
    text += f"; {in_words(flags)}" if flags else ""
    text += f"; part of {inside}" if inside else ""
    text += f"; with {len(item.members)} member{'' if len(item.members) == 1 else 's'}" if item.members else ""
    yield ReplyLine(text, record, item.sources)
    for part in item.parts:
        yield from _held(part, item.id)


def _ended(desk: Desk, item: Ended) -> ReplyLine:
    dispute = still_held(desk.index, item.contested)
    because = "; ".join(filter(None, (reason_named(desk.index, item.because), dispute)))
    flags = ("contested",) if dispute else ()
    record = BetweenLine(
        item.id, item.title, binding=_binding(item.binding), until=item.until, flags=flags, because=because
    )
    return ReplyLine(f"{item.title} ({item.id}) until {item.until}: {because}", record, item.sources)


def _signed(item: Signed) -> ReplyLine:
    record = BetweenLine(item.id, item.title, item.kind, flags=item.flags)
    standing = ", ".join(f"{code} {text}" for code, text in item.standing.items())
    return ReplyLine(f"{item.title} ({item.id}): {standing}", record, item.sources)


def _pledge(item: Pledge) -> ReplyLine:
    record = BetweenLine(item["id"], item["title"], since=item["since"], until=item["until"] or "", by=item["by"])
    text = f"{item['title']} ({item['id']}), by {item['by']} alone, since {item['since']}"
    return ReplyLine(text, record, tuple(item["sources"]))


def _not_known(item: NotKnown) -> ReplyLine:
    record = BetweenLine(item.id, item.title, item.kind, _binding(item.binding), why=item.why)
    return ReplyLine(f"{item.title} ({item.id}), of {', '.join(item.about[:6])}: {item.why}", record)


# -- standings --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class StandingsArguments(OnADay):
    """Arguments of standings."""

    instruments: tuple[str, ...]
    """Instruments by any name: ["NPT", "CTBT"]."""
    states: tuple[str, ...]
    """States or groups by any name; a group stands for its members: ["nuclear-armed states"]."""


@dataclass(frozen=True)
class StandingCell:
    """A standing of one state under one instrument."""

    standing: str
    since: str = ""
    until: str = ""
    flags: tuple[str, ...] = ()
    otherwise: str = ""
    """Who holds otherwise, in words."""


@dataclass(frozen=True)
class StandingsLine:
    """The standings of one state."""

    state: str
    name: str
    standings: dict[str, StandingCell]
    """By the id of the instrument."""


def _standings(desk: Desk, asked: StandingsArguments) -> ToolAnswer:
    on = asked.on or desk.today
    names = list(dict.fromkeys(desk.instrument(text) for text in asked.instruments))
    holders = [code for text in asked.states for code in power(desk.index, text, on).holders]
    codes = list(dict.fromkeys(holders))
    if len(names) * len(codes) > 1000:
        text = (
            f"{len(names)} instruments and {len(codes)} states are {len(names) * len(codes)} standings, at most 1000."
        )
        raise BadArgument("too-many", text, (), "ask about fewer states, or use 'parties' for one instrument")
    cells: dict[str, list[tuple[StandingCell, StateStatus, str]]] = {code: [] for code in codes}
    statuses: list[str] = []
    known_to: list[str] = []
    for name in names:
        whole = desk.graph.status(name, on, reading=asked.reading, known=asked.known, today=desk.today)
        known_to += [f"{whole.title} as of {whole.as_of}"] if whole.as_of else []
        if whole.status not in ("in-force", "operative"):
            statuses.append(f"{whole.title} is {whole.status.replace('-', ' ')}")
        for code in codes:
            state = _of_state(desk, whole, code, asked)
            cells[code].append((_cell(desk, state), state, name))
    lines = [_standings_line(desk, code, row) for code, row in cells.items()]
    disputes = tuple(
        f"{desk.state_name(code)}, {desk.title(name)}: {cell.otherwise}"
        for code, row in cells.items() for cell, _, name in row if cell.otherwise
    )  # fmt: skip
    answer = (
        f"On {long_form(on)}, the standing of {number(len(codes))} state{'' if len(codes) == 1 else 's'} under "
        f"{number(len(names))} instrument{'' if len(names) == 1 else 's'}"
    )
    answer += f"; {number(len(disputes))} contested: {listed(disputes[:2])}" if disputes else ""
    answer += f"; {listed(statuses)}" if statuses else ""
    answer += f"; {listed(known_to)}" if known_to else ""
    counts = Counter(cell.standing for row in cells.values() for cell, _, _ in row)
    tally = dict(counts)
    if len(names) == len(codes) == 1:
        single = desk.graph.status(
            names[0], on, state=codes[0], reading=asked.reading, known=asked.known, today=desk.today
        )
        return ToolAnswer(single.answer, lines, tally, (), desk.assumes(on), single.notes)
    return ToolAnswer(f"{answer}.", lines, tally, disputes, desk.assumes(on))


def _of_state(desk: Desk, whole: InstrumentStatus, code: str, asked: StandingsArguments) -> StateStatus:
    """The state's row in the whole answer, or, where it has none there, what is known of it."""
    row = next((item for item in whole.states if item.state == code), None)
    if row:
        return row
    answer = desk.graph.status(
        whole.instrument, whole.on, state=code, reading=asked.reading, known=asked.known, today=desk.today
    )
    return answer.states[0]


def _cell(desk: Desk, state: StateStatus) -> StandingCell:
    flags = tuple(flag for flag in state.flags if flag in QUALIFIES or flag == "contested")
    return StandingCell(state.standing, state.since, state.until, flags, otherwise(desk, state))


def _standings_line(desk: Desk, code: str, row: Sequence[tuple[StandingCell, StateStatus, str]]) -> ReplyLine:
    texts = []
    for cell, state, name in row:
        more = ", ".join(filter(None, (cell.since and f"since {cell.since}", in_words(cell.flags))))
        unclear = f", may be {in_words(state.may)}" if state.may else ""
        texts.append(f"{name} {cell.standing.replace('-', ' ')}{f' ({more})' if more else ''}{unclear}")
    sources = [source for _, state, _ in row for step in state.because for source in step["sources"]]
    record = StandingsLine(code, desk.state_name(code), {name: cell for cell, _, name in row})
    return ReplyLine(f"{code} {desk.state_name(code)}: {'; '.join(texts)}", record, tuple(dict.fromkeys(sources)))


TOOLS = (
    Tool(
        "between", "What remains between two powers",
        "Which treaties and other instruments hold two states or groups on a day, what ended and why, what the record "
        "cannot say. Counts come with it; show chooses the list.",
        BetweenArguments, BetweenLine, _between, {"topic": Desk.topics},
    ),
    Tool(
        "standings", "Table of states and instruments",
        "Whether states are parties: each state under each instrument on a day, with since when, flags, and who holds "
        "otherwise. For one state and one treaty too.",
        StandingsArguments, StandingsLine, _standings,
    ),
)  # fmt: skip
