"""What a state has joined, left, seen end and still has before it; and who joined and left an instrument, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from treatygraph.answers.citable import Citable
from treatygraph.answers.citation.works import CitedSubject
from treatygraph.answers.edition import Edition, edition_of
from treatygraph.answers.wording import number
from treatygraph.bonds.powers import find, power_ever
from treatygraph.build.index import Index
from treatygraph.law.succession import line
from treatygraph.model.dates import OPEN, Span, long_form
from treatygraph.model.index_records import StandingRow
from treatygraph.model.standings import Standing
from treatygraph.model.vocabulary import BINDS, DEPOSITARY, NOT_KNOWN, TREATY_KINDS

__all__ = ["InstrumentMove", "StateEntry", "StateParticipation", "moves_of", "participation"]

_EXITS: Final = frozenset(
    {"notice-of-withdrawal", "withdrawal", "termination", "end-of-participation", "withdrawal-of-consent"}
)
"""Acts by which a state itself goes; what expired, was superseded or was ended by others it did not leave."""
_GIVEN_UP: Final = {
    "withdrawal-of-consent": "signed; its consent was withdrawn",
    "intention-not-to-ratify": "signed; it will not ratify",
    "notice-of-withdrawal": "signed; it gave notice that it leaves",
}
"""What is said of a state that signed and then turned away."""
_FORMER: Final = ("former-party", "former-participant")


class StateEntry(NamedTuple):
    """An instrument in one of the lists of a state."""

    instrument: str
    title: str
    kind: str
    topics: tuple[str, ...]
    binding: bool | None
    standing: str
    since: str
    """Since when the list's word is true of it, as known (EDTF)."""
    until: str
    """Until when it is, where an end is known; else empty."""
    because: str
    """Why it is out, or what it waits for; empty where it is simply held."""
    act: str
    """The kind of the act by which the state came in or went; empty where none is on record."""
    sources: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        return {
            "id": self.instrument, "title": self.title, "kind": self.kind, "topics": list(self.topics),
            "binding": self.binding, "standing": self.standing, "since": self.since or None,
            "until": self.until or None, "because": self.because or None, "act": self.act or None,
            "sources": list(self.sources),
        }  # fmt: skip


@dataclass(frozen=True)
class StateParticipation(Citable):
    """The lists of one state on a day."""

    answer: str
    state: str
    title: str
    on: date
    since: date | None
    """Only what came, went or began to wait on this day or later; None: all."""
    joined: tuple[StateEntry, ...]
    left: tuple[StateEntry, ...]
    ended: tuple[StateEntry, ...]
    """Expired, superseded, ended by others: it held the state, and no act of the state's own took it out."""
    pending: tuple[StateEntry, ...]
    """Signed or consented to and not yet binding, or about to end by a notice."""
    not_known: tuple[StateEntry, ...]
    edition: Edition

    @property
    def subject(self) -> CitedSubject:
        """What a citation says of it."""
        since = f" since {long_form(self.since)}" if self.since else ""
        address = f"state/{self.state}/{self.on.isoformat()}" + (f"?since={self.since}" if self.since else "")
        return CitedSubject("answer", f"What {self.title} joined and left{since}, {long_form(self.on)}", address)

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape that others build on."""
        lists = ("joined", "left", "ended", "pending", "not_known")
        return {
            "answer": self.answer, "state": self.state, "title": self.title, "on": self.on.isoformat(),
            "since": self.since.isoformat() if self.since else None,
            **{name: [entry.to_dict() for entry in getattr(self, name)] for name in lists},
            "edition": self.edition.to_dict(),
        }  # fmt: skip


class InstrumentMove(NamedTuple):
    """A state comes to be bound by an instrument, or ceases to be."""

    state: str
    joined: bool
    """Whether it came; else it went."""
    date: str
    """The day as known (EDTF)."""
    because: str
    """Of those that went: why."""
    act: str
    """The kind of the act; empty where none is on record."""
    acted: str
    """When it acted, as known; empty where no act is on record."""
    sources: tuple[str, ...]


def participation(index: Index, state: str, on: date, since: date | None = None) -> StateParticipation:
    """The lists of a state, what it continues counted as the same state.

    Args:
        index: the documents of the graph.
        state: by any of its names.
        on: the day; of a state that has ended by then, its last day is taken.
        since: only what came, went or began to wait on this day or later.

    Raises:
        UnknownName: no state is called that.
        UsageError: it did not exist yet.
    """
    _, code = find(index, state, ("state",))
    side, when = power_ever(index, code, on)
    codes = side.continuities[0]
    lists: dict[str, list[StateEntry]] = {name: [] for name in ("joined", "left", "ended", "pending", "not_known")}
    for rows in index.standings(codes).values():
        place = _placed(index, rows, when.isoformat())
        if place and (since is None or (place[1].since and Span.parse(place[1].since).latest >= since)):
            lists[place[0]].append(place[1])
    ordered = {name: tuple(sorted(states, key=_order, reverse=name != "pending")) for name, states in lists.items()}
    answer = _sentence(side.name, when, since, ordered)
    return StateParticipation(
        answer, side.id, side.title, when, since, ordered["joined"], ordered["left"], ordered["ended"],
        ordered["pending"], ordered["not_known"], edition_of(index),
    )  # fmt: skip


def _order(entry: StateEntry) -> tuple[date, str]:
    return (Span.parse(entry.since).latest if entry.since else OPEN), entry.instrument


def _placed(index: Index, rows: Sequence[StandingRow], on: str) -> tuple[str, StateEntry] | None:
    """The list in which an instrument stands on a day, and its entry there."""
    now = next((row for row in reversed(rows) if row.on(on)), None)
    if now is None:
        return None
    if now.standing in _FORMER:
        return _gone(index, rows, now)
    notice = next((flag for flag in now.flags_on(on) if flag.flag == "notice-pending"), None)
    if now.binds and notice:
        end = f"; out on {now.until}" if now.until else ""
        return "pending", _entry(index, now, notice.start, f"notice of withdrawal given{end}", "notice-of-withdrawal")
    if now.binds:
        first = _first_bound(rows, now)
        return "joined", _entry(index, now, first.origin or first.since, "", _act(index, first))
    if now.standing in ("signatory", "contracting"):
        act = _act(index, now)
        waits = "signed, not ratified" if now.standing == "signatory" else "ratified, not in force for it"
        return "pending", _entry(index, now, now.origin or now.since, _GIVEN_UP.get(act, waits), act)
    if now.standing == NOT_KNOWN:
        return "not_known", _entry(index, now, now.since, now.lack, "")
    return None


def _first_bound(rows: Sequence[StandingRow], now: StandingRow) -> StandingRow:
    """The row with which an unbroken time of being bound began: applied provisionally first, then as a party."""
    first = now
    for row in reversed(rows[: rows.index(now)]):
        if not row.binds or row.end != first.start:
            break
        first = row
    return first


def _gone(index: Index, rows: Sequence[StandingRow], now: StandingRow) -> tuple[str, StateEntry]:
    before = next((row for row in reversed(rows) if row.binds and row.end <= now.start), None)
    kind = _own_exit(index, before) if before else ""
    because = before.reason if before else ""
    entry = _entry(index, now, now.since, because, kind)
    if before:
        entry = entry._replace(sources=before.ending_sources or now.sources)
    return ("left" if kind else "ended"), entry


def _entry(index: Index, row: StandingRow, since: str, because: str, act: str) -> StateEntry:
    summary = index.summary(row.instrument)
    return StateEntry(
        row.instrument, summary.title, summary.kind, summary.topics, summary.binding, row.standing, since, row.until,
        because, act, row.sources,
    )  # fmt: skip


def _own_exit(index: Index, row: StandingRow) -> str:
    """The kind of the state's own act that ended a standing; empty where it was not its own."""
    steps = [step for one in _same(index, row) for step in one.ending]
    return next((kind for step in steps if (kind := _kind_of(step.act, row.state)) in _EXITS), "")


def _act(index: Index, row: StandingRow) -> str:
    """The kind of the act with which a standing began."""
    steps = [step for one in _same(index, row) for step in one.because]
    return next((kind for step in steps if (kind := _kind_of(step.act, row.state))), "")


def _same(index: Index, row: StandingRow) -> Iterator[Standing]:
    """The standing with its reasons that a row is of."""
    for one in index.standings_of(row.instrument, DEPOSITARY, row.state):
        if (one.standing, one.start.isoformat()) == (row.standing, row.start):
            yield one


def _kind_of(act: str, state: str) -> str:
    """The kind of an act by its key, if it is the state's; a fact of the card is no act."""
    parts = act.split("/")
    return parts[2] if "#" not in act and len(parts) > 3 and parts[1] == state else ""


def _sentence(name: str, on: date, since: date | None, lists: dict[str, tuple[StateEntry, ...]]) -> str:
    held = sum(1 for entry in lists["joined"] if entry.kind in TREATY_KINDS)
    left, ended, waiting = (len(lists[part]) for part in ("left", "ended", "pending"))
    if since:
        joined = len(lists["joined"])
        return (
            f"Since {long_form(since)}, {name} has joined {_counted(joined)} that still "
            f"{'holds' if joined == 1 else 'hold'} it on {long_form(on)}, and has left {number(left)} by an act of its "
            f"own; {number(ended)} more ended, and {number(waiting)} {'is' if waiting == 1 else 'are'} pending."
        )
    others = len(lists["joined"]) - held
    return (
        f"On {long_form(on)}, {_counted(held, 'treaty', 'treaties')} and {number(others)} other "
        f"{'commitment' if others == 1 else 'commitments'} held {name}; it had left {number(left)} by an act of its "
        f"own, {number(ended)} more had ended, and {number(waiting)} {'was' if waiting == 1 else 'were'} pending."
    )


def _counted(count: int, singular: str = "instrument", plural: str = "instruments") -> str:
    return f"{number(count)} {singular if count == 1 else plural}"


def moves_of(index: Index, instrument: str, reading: str = DEPOSITARY) -> tuple[InstrumentMove, ...]:
    """Who came to be bound by an instrument and who ceased to be, oldest first, as a reading has it.

    A state that continues another does not join: it is bound from the day on which that one was (R33).

    Raises:
        KeyError: there is no such instrument.
    """
    lives = index.existences()
    moves: list[tuple[date, InstrumentMove]] = []
    by_state: dict[str, list[Standing]] = {}
    for one in index.standings_of(instrument, reading):
        if one.standing in BINDS:
            by_state.setdefault(one.state, []).append(one)
    for state, held in by_state.items():
        carried = set(line(lives, state)) - {state}
        for place, one in enumerate(held):
            if not (place and held[place - 1].end == one.start) and not (carried & by_state.keys() and place == 0):
                moves.append((one.start, _move(index, one, joined=True)))
            goes_on = place + 1 < len(held) and held[place + 1].start == one.end
            if one.end < OPEN and not goes_on and not _is_carried_on(index, state, one, by_state):
                moves.append((one.end, _move(index, one, joined=False)))
    return tuple(move for _, move in sorted(moves, key=lambda item: (item[0], not item[1].joined, item[1].state)))


def _is_carried_on(index: Index, state: str, one: Standing, by_state: dict[str, list[Standing]]) -> bool:
    """Whether a state ended on the day and another bears its identity under the instrument (R33)."""
    return any(
        life.continues == state and any(held.start == one.end for held in by_state.get(life.code, ()))
        for life in index.existences().values()
    )


def _move(index: Index, one: Standing, *, joined: bool) -> InstrumentMove:
    steps = one.because if joined else one.ending
    act = next((step for step in steps if _kind_of(step.act, one.state)), None)
    sources = tuple(dict.fromkeys(source for step in steps for source in step.sources))
    because = "" if joined else _why(index, one)
    day = one.since if joined else one.until
    kind = _kind_of(act.act, one.state) if act else ""
    if act is None or (not joined and kind not in _EXITS):  # it did not go: it was no longer recognised, or ended
        return InstrumentMove(one.state, joined, day, because, "", "", sources)
    return InstrumentMove(one.state, joined, day, because, kind, act.date, sources)


def _why(index: Index, one: Standing) -> str:
    rows = index.rows_of(one.state)
    start = one.start.isoformat()
    return next(
        (row.reason for row in rows if (row.instrument, row.start, row.reading) == (one.instrument, start, DEPOSITARY)),
        "",
    )
