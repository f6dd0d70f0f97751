"""The life of an instrument: when it entered into force, when it ended, and its status between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from treatygraph.law.case import Docket
from treatygraph.law.clauses import DurationRule, duration_of, durations_of, entry_of, withdrawal_of
from treatygraph.law.entry import EntryIntoForce, entry_into_force
from treatygraph.law.knowledge import holes_of
from treatygraph.law.layers import Layer, TreatyHistory, cut
from treatygraph.law.succession import carried_on_by, identity
from treatygraph.law.withdrawal import exit_of
from treatygraph.model.dates import OPEN, Period, Span
from treatygraph.model.records import Act, Instrument, State
from treatygraph.model.standings import Because, Life, Status
from treatygraph.model.vocabulary import BINDS_FIRMLY, CONSENTS, NOT_KNOWN

__all__ = ["Beginning", "beginning", "derived_entry", "life_of", "statuses"]

Beginning = tuple[Span | None, tuple[Because, ...]]
"""Entry into force (or the day it became operative), and why."""

_ENDED = ("expired", "terminated", "superseded", "ended")
_BACK = ("withdrawal-of-consent", "withdrawal", "notice-of-withdrawal")


@dataclass(frozen=True, slots=True)
class _End:
    """One way in which the instrument ends."""

    day: Span
    how: str
    because: tuple[Because, ...]


# ---------------------------------------------------------------------- the beginning


def derived_entry(docket: Docket) -> EntryIntoForce:
    """Entry into force as the clause and the consents yield it.

    A consent taken back before entry into force leaves the count (R17); one taken back later does not
    undo what it brought about (R19), and a notice that was revoked before it worked was never given (R27).
    """
    counted = list(docket.acts)
    taken_back = (act for act in docket.acts if act.kind in _BACK and not _revoked(docket, act))
    for back in sorted(taken_back, key=lambda act: act.date):
        entry = _entry(docket, [act for act in counted if act.date <= back.date])
        if entry.date and entry.date.latest <= back.date.earliest:
            break
        leaver = identity(docket.states, back.state)
        counted = [act for act in counted if not _given_by(docket, act, leaver) or act.date > back.date]
    return _entry(docket, counted)


def _revoked(docket: Docket, notice: Act) -> bool:
    """Whether a notice was revoked before it took effect (VCLT article 68)."""
    if notice.kind != "notice-of-withdrawal":
        return False
    works = exit_of(notice, docket.card, None, ()).day
    giver = identity(docket.states, notice.state)
    return any(
        act.kind == "revocation-of-notice"
        and identity(docket.states, act.state) == giver
        and notice.date < act.date
        and (works is None or act.date.earliest < works.latest)
        for act in docket.acts
    )


def _given_by(docket: Docket, act: Act, who: str) -> bool:
    return act.kind in CONSENTS and identity(docket.states, act.state) == who


def _entry(docket: Docket, acts: Sequence[Act]) -> EntryIntoForce:
    awaited = {clause.get("after") for clause in docket.card.clauses}
    entries = {name: docket.related[name].life.entry for name in awaited if name in docket.related}
    entry = entry_into_force(docket.card, acts, docket.states, entries)
    return _all_consented(docket, acts) if entry.date is None and not entry.missing else entry


def _all_consented(docket: Docket, acts: Sequence[Act]) -> EntryIntoForce:
    """Without a clause: when all participants have consented (VCLT article 24(2))."""
    card = docket.card
    nothing = EntryIntoForce(None, None, (), "")
    if not (card.is_treaty and card.participants) or card.clauses_of("entry-into-force"):
        return nothing
    first: dict[str, Act] = {}
    for act in acts:
        if act.kind in CONSENTS:
            first.setdefault(identity(docket.states, act.state), act)
    if not {identity(docket.states, code) for code in card.participants} <= set(first):
        return nothing
    last = max(first.values(), key=lambda act: act.date)
    return EntryIntoForce(
        last.date, last.date, (Because("R13", last.id, last.date.text, last.cite.sources, "VCLT 24(2)"),), ""
    )


def beginning(docket: Docket, entry: EntryIntoForce) -> Beginning:
    """The stated entry into force (or first operative day), else the derived one, with reasons."""
    card = docket.card
    if not card.is_treaty:
        stated = docket.stated(card.operative or card.signed)
        first = min((act.date for act in docket.acts), default=None)
        return stated or first, (docket.step("R3", "operative" if card.operative else "signed"),)
    stated = docket.stated(card.entry_into_force)
    if stated:
        return stated, (docket.step("R13", "entry_into_force"), *entry.because)
    return entry.date, entry.because


# ---------------------------------------------------------------------- the end


def life_of(docket: Docket, began: Beginning, courses: Mapping[str, TreatyHistory]) -> Life:
    """The life of the instrument: of all the ways in which it ends, the first."""
    entry, because = began
    ends = sorted(_held(docket, entry, courses), key=lambda end: (end.day.latest, end.how))
    ends = [end for end in ends if entry is None or end.day.latest >= entry.earliest]
    if not ends:
        return Life(entry, None, "", because)
    return Life(entry, ends[0].day, ends[0].how, because, ends[0].because)


def _held(docket: Docket, entry: Span | None, courses: Mapping[str, TreatyHistory]) -> list[_End]:
    """Endings, as the reading's own authority holds the instrument to have ended, or not (R39)."""
    ends = list(_endings(docket, entry, courses))
    for view in docket.views(""):
        when = view.effective or view.said
        if view.holds in ("in-force", "operative"):
            ends = [end for end in ends if end.day.latest < when.earliest]
        elif view.holds in _ENDED:
            step = Because("R39", view.id, view.said.text, view.cite.sources, f"held by {view.authority}")
            ends.append(_End(when, view.holds, (step,)))
    return ends


def _endings(docket: Docket, entry: Span | None, courses: Mapping[str, TreatyHistory]) -> Iterable[_End]:
    if entry is not None:
        yield from _by_duration(docket, entry)
    yield from _by_supersession(docket, courses)
    yield from _by_exit(docket, courses)
    ended = docket.stated(docket.card.ended)
    if ended:
        yield _End(ended, docket.card.ended_how or "ended", (docket.step("R20", "ended", docket.card.ended_how),))


def _by_duration(docket: Docket, entry: Span) -> Iterable[_End]:
    for rule in durations_of(docket.card):
        sources = rule.cite.sources
        if rule.lives_as:
            life = docket.related[rule.lives_as].life
            if life.end:
                step = Because("R29", f"{rule.lives_as}#life", life.end.text, sources, f"lives as {rule.lives_as}")
                yield _End(life.end, life.how, (step, *life.end_because))
            continue
        end = rule.until or (entry.shift(rule.term) if rule.term else None)
        if end is None or (rule.renews and not rule.until):
            continue
        step = Because("R18", f"{docket.card.id}#duration", end.text, sources, f"article {rule.article}")
        extended = _extended(docket, end)
        if extended:
            yield _End(extended[0], "expired", (step, *extended[1]))


def _extended(docket: Docket, end: Span) -> tuple[Span, tuple[Because, ...]] | None:
    """The end after extensions, each in force before the end that it defers (R18); None = without limit."""
    steps: list[Because] = []
    entered = [(entry, other) for other in docket.extensions if (entry := docket.related[other.id].life.entry)]
    for entry, other in sorted(entered, key=lambda pair: (pair[0], pair[1].id)):
        if entry.earliest >= end.earliest:
            continue
        later = _later(end, [rule for clause in other.clauses_of("duration") if (rule := duration_of(clause))])
        if later is None:
            return None
        end = later
        text = f"extended by {other.id}"
        steps.append(Because("R18", f"{other.id}#duration", entry.text, _sources(other, "duration"), text))
    return end, tuple(steps)


def _later(end: Span, rules: Sequence[DurationRule]) -> Span | None:
    """The end that an extension sets: a day of its own, or a term more; None when it sets no limit."""
    untils = [rule.until for rule in rules if rule.until]
    terms: list[Period] = [rule.term for rule in rules if rule.term]
    if untils:
        return end.not_before(max(untils))
    return end.shift(terms[0]) if terms else None


def _by_supersession(docket: Docket, courses: Mapping[str, TreatyHistory]) -> Iterable[_End]:
    """A later instrument ends this one by its clause, or because all parties concluded it (R21, VCLT 59)."""
    for other in docket.superseders:
        entry = docket.related[other.id].life.entry
        if entry is None:
            continue
        if any(clause.get("ends") == docket.card.id for clause in other.clauses_of("supersession")):
            sources, text = _sources(other, "supersession"), ""
        elif _all_in(docket, other, entry.latest, courses):
            sources, text = _relation_sources(other, docket.card.id), "concluded by all parties: VCLT article 59"
        else:
            continue
        yield _End(entry, "superseded", (Because("R21", f"{other.id}#supersession", entry.text, sources, text),))


def _all_in(docket: Docket, later: Instrument, when: date, courses: Mapping[str, TreatyHistory]) -> bool:
    """Whether every party to this treaty on a day is then a party to the later one; a stated end goes before."""
    if not docket.card.is_treaty or not later.is_treaty or docket.card.ended:
        return False
    here = {
        identity(docket.states, code)
        for code, course in courses.items()
        if docket.states[code].start <= when < docket.states[code].end
        and any(layer.first <= when < layer.last for layer in course.bound)
    }
    there = {
        identity(docket.states, item.state)
        for item in docket.related[later.id].standings
        if item.standing in BINDS_FIRMLY and item.start <= when < item.end
    }
    return bool(here) and here <= there


def _by_exit(docket: Docket, courses: Mapping[str, TreatyHistory]) -> Iterable[_End]:
    """A bilateral instrument ends when one side is out, a closed one when all are (R20), some when anyone is."""
    how = "terminated" if docket.card.is_treaty else "ended"
    rule = withdrawal_of(docket.card)
    if rule and rule.ends_for_all:
        for code, course in sorted(courses.items()):
            for left in course.exits:
                if left.day:
                    yield _End(left.day, how, (*left.because, Because("R20", text=f"withdrawal of {code}")))
    gone = _departures(docket, courses)
    last = gone[0] if gone and docket.card.scope == "bilateral" else gone[-1] if gone else None
    if last and last.end:
        yield _End(
            last.end, how, (*last.ending, Because("R20", text="a side is gone" if len(gone) < 3 else "all are gone"))
        )


def _departures(docket: Docket, courses: Mapping[str, TreatyHistory]) -> list[Layer]:
    """How each participant of a closed instrument was last bound, the first to go first; empty if any never was."""
    departures: list[Layer] = []
    for code in dict.fromkeys(carried_on_by(docket.states, code) for code in docket.card.participants):
        bound = courses[code].bound if code in courses else []
        if not bound:
            return []
        departures.append(_last_of(docket.states[code], max(bound, key=lambda layer: layer.last)))
    return sorted(departures, key=lambda layer: layer.last)


def _last_of(state: State, layer: Layer) -> Layer:
    """The layer, cut at the end of a state whose identity nobody carries on."""
    return cut(layer, Span.of(state.end), Because("R20", text=f"end of {state.code}")) if state.end < OPEN else layer


# ---------------------------------------------------------------------- the status


def statuses(docket: Docket, life: Life) -> Iterable[Status]:
    """The instrument's own status from its signature on, without gaps and without empty stretches."""
    certain = (item for item in _statuses(docket, life) if item.start < item.end)
    return (part for item in certain for part in _doubted(docket, item, life))


def _doubted(docket: Docket, item: Status, life: Life) -> Iterable[Status]:
    """A status, with the days on which a hole of the ledger may have made it another as not known (rule K3).

    A consent that is missing may have brought it into force, unless its card says when that was; an exit that is
    missing may have ended what one exit ends for all: a bond of two, a pledge of one.
    """
    card = docket.card
    rule, kinds = withdrawal_of(card), tuple[str, ...]()
    one_exit_ends = card.scope == "bilateral" or len(card.participants) == 1 or bool(rule and rule.ends_for_all)
    if item.status == "not-in-force" and card.entry_into_force is None:
        entry = entry_of(card)
        kinds = ("consent", "signature", "any") if entry and entry.on == "signature" else ("consent", "any")
    elif item.status in ("in-force", "operative") and one_exit_ends:
        kinds = ("exit", "any") if life.end is None else ()
    holes = [hole for hole in holes_of(card, docket.states) if hole.acts in kinds and hole.start < item.end]
    steps = [(hole.start, Because("K3", f"{card.id}#coverage", "", hole.sources, hole.text)) for hole in holes]
    if item.status in ("in-force", "operative") and life.end is None:
        steps += _doubts_of_parents(docket)
    begun_by, step = min(steps, key=lambda found: found[0], default=(OPEN, None))
    if step is None or begun_by >= item.end:
        yield item
        return
    since = max(item.start, begun_by)
    if item.start < since:
        yield replace(item, end=since, until=since.isoformat())
    begun = item.since if since == item.start else since.isoformat()
    yield replace(item, status=NOT_KNOWN, start=since, since=begun, because=(step, *item.because))


def _statuses(docket: Docket, life: Life) -> Iterable[Status]:
    card = docket.card
    first = card.signed or min((act.date for act in docket.acts), default=None) or life.entry
    if first is None:
        return
    begun, ended = life.entry, life.end
    before, live, gone = ("not-in-force", "in-force", life.how) if card.is_treaty else ("", "operative", "ended")
    for clause in card.clauses_of("provisional-application") if before else ():
        if clause.get("from"):
            begin = Span.parse(clause.get("from"))
            until = Span.parse(clause.get("until")) if clause.get("until") else begun
            yield _status(card.id, before, first, begin, (docket.step("R15", "signed"),))
            yield _status(card.id, "provisional", begin, until, (Because("R16", sources=clause.cite.sources),))
            before = ""
    if before:
        yield _status(card.id, before, first, begun, (docket.step("R15", "signed"),))
    if begun:
        yield _status(card.id, live, begun, ended, life.entry_because)
        if ended:
            yield _status(card.id, gone if gone in _ENDED else "terminated", ended, None, life.end_because)


def _doubts_of_parents(docket: Docket) -> Iterable[tuple[date, Because]]:
    """From when on that is in doubt as long as which it lives (R29), and why."""
    for rule in durations_of(docket.card):
        parent = docket.related.get(rule.lives_as) if rule.lives_as else None
        for item in parent.statuses if parent else ():
            if item.status == NOT_KNOWN and item.because[0].rule == "K3" and parent and parent.life.entry:
                yield item.start, item.because[0]


def _status(instrument: str, status: str, start: Span, end: Span | None, because: tuple[Because, ...]) -> Status:
    return Status(
        instrument, status, start.earliest, end.latest if end else OPEN, start.text, end.text if end else "", because
    )


def _relation_sources(card: Instrument, target: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s for item in card.relations if item.instrument == target for s in item.cite.sources))


def _sources(card: Instrument, kind: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source for clause in card.clauses_of(kind) for source in clause.cite.sources))
