"""Tools about one instrument, and about disputes: instrument, parties, contested."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from treatygraph.agents.desk import Desk, in_words
from treatygraph.agents.lines import ReplyLine, ToolAnswer
from treatygraph.agents.standing_parts import QUALIFIES, OnADay, otherwise
from treatygraph.agents.tool import Arguments, Tool
from treatygraph.answers.contested import Dispute, contested, said
from treatygraph.answers.status_answer import InstrumentStatus, StateStatus
from treatygraph.answers.wording import made_by, number
from treatygraph.bonds.powers import power
from treatygraph.model.dates import long_form
from treatygraph.model.records import Instrument
from treatygraph.model.vocabulary import BINDS

__all__ = ["TOOLS"]


# -- instrument -------------------------------------------------------------------------------------------------------

_Part = Literal["summary", "clauses", "limits", "text", "relations"]
_PARTS: tuple[_Part, ...] = ("summary", "clauses", "limits", "text", "relations")


@dataclass(frozen=True, kw_only=True)
class InstrumentArguments(OnADay):
    """Arguments of instrument."""

    instrument: str
    """By any name, abbreviation or id: New START."""
    parts: tuple[_Part, ...] = _PARTS
    """What is wanted: summary (dates, depositary, topics), clauses (entry, withdrawal, duration), limits (numbers),
    text (how much was read, its address), relations (protocols, what it replaces)."""


@dataclass(frozen=True)
class InstrumentPart:
    """One thing about an instrument."""

    part: str
    name: str
    value: str
    article: str = ""


def _instrument(desk: Desk, asked: InstrumentArguments) -> ToolAnswer:
    name = desk.instrument(asked.instrument)
    answer = desk.graph.status(name, asked.on, reading=asked.reading, known=asked.known, today=desk.today)
    card = desk.index.instrument(name)
    assert card is not None  # the name is that of an instrument
    lines = [line for part in asked.parts for line in _parts(desk, card, answer, part)]
    disputes = contested(desk.index, answer.on, instrument=name).disputes
    told = tuple(said(desk.index, item) for item in disputes)
    return ToolAnswer(
        answer.answer, lines, answer.counts, told, desk.assumes(answer.on), answer.notes, answer.sources,
        (desk.address("instrument", name),),
    )  # fmt: skip


def _parts(desk: Desk, card: Instrument, answer: InstrumentStatus, part: str) -> Iterator[ReplyLine]:
    if part == "summary":
        yield from _summary(card, answer, made_by(card, desk.index.ledger(card.id)))
    elif part in ("clauses", "limits"):
        for clause in card.clauses:
            if (clause.kind == "limit") == (part == "limits"):
                terms = ", ".join(f"{key} {clause.get(key)}" for key in clause.terms if key != "gist")
                value = clause.get("gist") or terms
                record = InstrumentPart(
                    part, clause.kind, f"{value} [{terms}]" if value != terms else value, clause.article
                )
                article = f" (article {clause.article})" if clause.article else ""
                yield ReplyLine(
                    f"{clause.kind.replace('-', ' ')}{article}: {record.value}", record, clause.cite.sources
                )
        if part == "clauses" and not card.clauses_of("withdrawal"):
            read = "no" if card.text.read == "whole" else "not known: the text was not read whole; no"
            record = InstrumentPart(part, "withdrawal", f"{read} withdrawal clause on record")
            yield ReplyLine(record.value, record)
    elif part == "text":
        link = card.text.link or "no address on record"
        articles = f", articles {card.text.articles}" if card.text.articles else ""
        record = InstrumentPart(part, "text", f"{link}; read {card.text.read}{articles}")
        yield ReplyLine(f"text: {record.value}", record)
    else:
        yield from _relations(desk, card)


def _summary(card: Instrument, answer: InstrumentStatus, made: str) -> Iterator[ReplyLine]:
    """The values of the card; ``made`` says how it came about: what is no treaty is seldom signed (rule K12)."""
    values = {
        "title": card.title, "kind": card.kind, "scope": card.scope, "binding": card.binding,
        "topics": ", ".join(card.topics), made: f"{card.signed or ''} {card.signed_place}".strip(),
        "entry_into_force": str(card.entry_into_force or ""), "ended": str(card.ended or ""),
        "participants": ", ".join(card.participants[:12]), "depositaries": ", ".join(card.depositaries),
        "missing_for_entry": answer.missing,
    }  # fmt: skip
    for name, value in values.items():
        if value:
            key = "signed" if name == made else name
            sources = card.cites[key].sources if key in card.cites else ()
            yield ReplyLine(f"{name.replace('_', ' ')}: {value}", InstrumentPart("summary", name, value), sources)


def _relations(desk: Desk, card: Instrument) -> Iterator[ReplyLine]:
    for item in card.relations:
        record = InstrumentPart("relations", item.relation, item.instrument)
        text = f"{item.relation.replace('-', ' ')} {desk.title(item.instrument)} ({item.instrument})"
        yield ReplyLine(text, record, item.cite.sources)
    for other in desk.index.instruments().values():
        for item in other.relations:
            if item.instrument == card.id:
                record = InstrumentPart("relations", f"has {item.relation}", other.id)
                yield ReplyLine(f"{other.short} ({other.id}): {item.relation.replace('-', ' ')} this", record)


_CONSENTED = ("contracting",)
"""Who has consented to a treaty that is not in force for it yet."""


# -- parties ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class PartiesArguments(OnADay):
    """Arguments of parties."""

    instrument: str
    """By any name: NPT, Ottawa Convention."""
    standing: Literal["bound", "party", "provisional", "contracting", "signatory", "former-party", "participant",
                      "former-participant", "not-known", "any"] = "bound"  # fmt: skip
    """Only states of this standing; bound: parties, participants, and who has ratified what is not in force yet;
    signatory: signed and not ratified."""
    flag: Literal["suspended", "suspension-claimed", "notice-pending", "contested", "countermeasures"] | None = None
    """Only states with this flag."""
    group: str | None = None
    """Only members of this group: NATO, nuclear-armed states."""
    not_in: str | None = None
    """Only states that this other instrument does not bind."""
    joined_since: date | None = None
    """Only states bound since this day or later, YYYY-MM-DD."""
    left_since: date | None = None
    """Only states that left on this day or later, YYYY-MM-DD."""
    count_only: bool = False
    """The numbers without the list."""


@dataclass(frozen=True)
class PartyLine:
    """One state under an instrument."""

    state: str
    name: str
    standing: str
    since: str = ""
    until: str = ""
    flags: tuple[str, ...] = ()


def _parties(desk: Desk, asked: PartiesArguments) -> ToolAnswer:
    name = desk.instrument(asked.instrument)
    answer = desk.graph.status(name, asked.on, reading=asked.reading, known=asked.known, today=desk.today)
    chosen = list(_chosen(desk, asked, answer))
    what = _what(desk, asked, consented=any(item.standing in _CONSENTED for item in chosen))
    least = "at least " if not answer.counts_complete and asked.standing in ("bound", "party", "participant") else ""
    narrowed = bool(what)
    count = f"{least}{number(len(chosen))} state{'' if len(chosen) == 1 else 's'}"
    first = f" {count[0].upper()}{count[1:]} {what}." if narrowed else ""
    lines = () if asked.count_only else [_party(desk, item) for item in chosen]
    disputes = tuple(
        f"{desk.state_name(item.state)}: {otherwise(desk, item)}" for item in chosen if item.readings
    )  # fmt: skip
    answer_text = f"{answer.answer}{first}"
    counts = {**answer.counts, "listed": len(chosen)}
    return ToolAnswer(
        answer_text, lines, counts, disputes, desk.assumes(answer.on), answer.notes, answer.sources,
        (desk.address("instrument", name),),
    )  # fmt: skip


def _chosen(desk: Desk, asked: PartiesArguments, answer: InstrumentStatus) -> Iterator[StateStatus]:
    wanted: tuple[str, ...] | None = (asked.standing,)
    if asked.standing in ("bound", "any"):
        wanted = (*BINDS, *_CONSENTED) if asked.standing == "bound" else None
    if asked.left_since:
        wanted = ("former-party", "former-participant")
    members = set(power(desk.index, asked.group, answer.on).holders) if asked.group else None
    others = _bound_under(desk, asked.not_in, answer.on) if asked.not_in else frozenset()
    for item in answer.states:
        start = max(asked.joined_since or asked.left_since or date.min, date.min).isoformat()
        dated = asked.joined_since is None and asked.left_since is None
        if (
            (wanted is None or item.standing in wanted)
            and (asked.flag is None or asked.flag in item.flags or (asked.flag == "contested" and item.readings))
            and (members is None or item.state in members)
            and item.state not in others
            and (dated or item.since >= start)
        ):
            yield item


def _bound_under(desk: Desk, text: str, on: date) -> frozenset[str]:
    answer = desk.graph.status(desk.instrument(text), on, today=desk.today)
    return frozenset(item.state for item in answer.states if item.standing in BINDS)


def _what(desk: Desk, asked: PartiesArguments, *, consented: bool) -> str:
    """What is listed, in words; empty where all that the instrument binds."""
    words = [] if asked.standing in ("bound", "any") else [f"with the standing {asked.standing.replace('-', ' ')}"]
    words += ["bound by it, or that have consented to be"] if consented and asked.standing == "bound" else []
    words += [f"flagged {asked.flag.replace('-', ' ')}"] if asked.flag else []
    words += [f"of {asked.group}"] if asked.group else []
    words += [f"not bound by {desk.title(desk.instrument(asked.not_in))}"] if asked.not_in else []
    words += [f"bound since {long_form(asked.joined_since)} or later"] if asked.joined_since else []
    words += [f"out since {long_form(asked.left_since)} or later"] if asked.left_since else []
    return ", ".join(words)


def _party(desk: Desk, item: StateStatus) -> ReplyLine:
    flags = tuple(flag for flag in item.flags if flag in QUALIFIES or flag == "contested")
    name = desk.state_name(item.state)
    more = f" ({in_words(flags)})" if flags else ""
    text = f"{item.state} {name}: {item.standing.replace('-', ' ')} since {item.since}{more}"
    sources = tuple(dict.fromkeys(source for step in item.because for source in step["sources"]))
    return ReplyLine(text, PartyLine(item.state, name, item.standing, item.since, item.until, flags), sources)


# -- contested --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ContestedArguments(Arguments):
    """Arguments of contested."""

    on: date | None = None
    """The day, YYYY-MM-DD; left out: today."""
    instrument: str | None = None
    """Only under this instrument."""
    state: str | None = None
    """Only of this state, or the members of this group."""
    by: str | None = None
    """Only where this authority holds otherwise: North Korea, clause, iaea."""


@dataclass(frozen=True)
class ContestedLine:
    """One dispute."""

    instrument: str
    record_says: str
    state: str = ""
    """Empty: the status of the instrument itself."""
    since: str = ""
    flags: tuple[str, ...] = ()
    views: tuple[str, ...] = field(default=())
    """Who holds what: "PRK: former-party since 2003-01-11"."""


def _contested(desk: Desk, asked: ContestedArguments) -> ToolAnswer:
    on = asked.on or desk.today
    by = desk.graph.reading(asked.by) if asked.by else None
    answer = contested(desk.index, on, instrument=asked.instrument, state=asked.state, by=by)
    lines = [_dispute(desk, item) for item in answer.disputes]
    assumes = desk.assumes(on)
    return ToolAnswer(answer.answer, lines, {"disputes": len(lines)}, (), assumes)


def _dispute(desk: Desk, item: Dispute) -> ReplyLine:
    views = tuple(
        f"{view.by}: {view.holds}{f' since {view.since}' if view.since else ''}"
        f"{f' ({in_words(view.flags)})' if view.flags else ''}" for view in item.views
    )  # fmt: skip
    record = ContestedLine(item.instrument, item.record_says, item.state, item.since, item.flags, views)
    sources = (*(source for view in item.views for source in view.sources), *item.sources)
    return ReplyLine(said(desk.index, item), record, tuple(dict.fromkeys(sources)))


TOOLS = (
    Tool(
        "instrument", "Profile of a treaty",
        "One instrument: in force or not, counts, dates, withdrawal and other clauses, limits, the address of its "
        "text, related instruments.",
        InstrumentArguments, InstrumentPart, _instrument,
    ),
    Tool(
        "parties", "Parties of a treaty",
        "The states under one instrument, as a number or a list by filter: signed and not ratified (standing "
        "signatory), joined or left since a day, of a group, not in another treaty, suspended.",
        PartiesArguments, PartyLine, _parties,
    ),
    Tool(
        "contested", "What is contested",
        "Standings and statuses on which legal views differ on a day: what the record says, and who holds what.",
        ContestedArguments, ContestedLine, _contested,
    ),
)  # fmt: skip
