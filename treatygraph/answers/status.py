"""How an instrument stands on a day, and every state under it: with readings and reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from treatygraph.answers.wording import listed
from treatygraph.bonds.powers import Side, find, side
from treatygraph.build.shelf import Shelf, fetch
from treatygraph.model.dates import OPEN, long_form, within
from treatygraph.model.standings import Because, Derivation, Flag, Standing, Status
from treatygraph.model.vocabulary import DEPOSITARY

__all__ = ["InstrumentStatus", "StateStatus", "status"]

_SHOWN = 40
_NAMED = 6


@dataclass(frozen=True)
class StateStatus:
    """One state's standing on the day, with what other readings hold."""

    state: str
    standing: str
    since: str
    until: str
    flags: tuple[str, ...]
    details: tuple[dict[str, Any], ...]
    readings: tuple[dict[str, Any], ...]
    because: tuple[dict[str, Any], ...]
    unverified: bool

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape of one state."""
        return {
            "state": self.state,
            "standing": self.standing,
            "since": self.since or None,
            "until": self.until or None,
            "flags": list(self.flags),
            "details": [dict(item) for item in self.details],
            "readings": [dict(item) for item in self.readings],
            "because": [dict(item) for item in self.because],
            "unverified": self.unverified,
        }


@dataclass(frozen=True)
class InstrumentStatus:
    """An instrument's status on a day, counts, and its states."""

    answer: str
    instrument: str
    title: str
    on: date
    known: date | None
    reading: str
    status: str
    since: str
    until: str
    counts: dict[str, int]
    states: tuple[StateStatus, ...]
    readings: tuple[dict[str, Any], ...]
    because: tuple[dict[str, Any], ...]
    missing: str
    sources: tuple[str, ...]
    notes: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape that others build on."""
        return {
            "answer": self.answer,
            "instrument": self.instrument,
            "title": self.title,
            "on": self.on.isoformat(),
            "known": self.known.isoformat() if self.known else None,
            "reading": self.reading,
            "status": self.status,
            "since": self.since or None,
            "until": self.until or None,
            "counts": dict(self.counts),
            "states": [state.to_dict() for state in self.states],
            "readings": [dict(item) for item in self.readings],
            "because": [dict(item) for item in self.because],
            "missing": self.missing or None,
            "sources": list(self.sources),
            "notes": list(self.notes),
        }

    def to_frame(self) -> Any:
        """One row per state, as a pandas DataFrame (needs pandas)."""
        import pandas

        keep = ("state", "standing", "since", "until", "flags", "unverified")
        return pandas.DataFrame([{key: item.to_dict()[key] for key in keep} for item in self.states])


def status(
    shelf: Shelf,
    instrument: str,
    on: date,
    *,
    state: str | None = None,
    reading: str = DEPOSITARY,
    known: date | None = None,
) -> InstrumentStatus:
    """The status of the instrument called ``instrument`` on a day.

    Args:
        shelf: the documents of the graph.
        instrument: any of its names.
        on: the day asked about.
        state: only this state (or group); it is listed even when it has no standing.
        reading: whose legal view is asked for.
        known: told back in the answer; the shelf must have been made for it.

    Raises:
        UnknownName: no instrument or state is called that.
    """
    _, name = find(shelf, instrument, ("instrument",))
    only = side(shelf, state, on) if state else None
    return _Answer(shelf, name, on, reading, known, only).result()


class _Answer:
    """Puts the documents of one instrument together for one day."""

    def __init__(self, shelf: Shelf, name: str, on: date, reading: str, known: date | None, only: Side | None) -> None:
        self._shelf, self._name, self._on, self._known, self._only = shelf, name, on, known, only
        self._reading = reading
        self._brief: dict[str, Any] = shelf.get("brief", name)
        self._default = self._derivation(DEPOSITARY)
        names = [item for item in shelf.get("readings", name) if item != DEPOSITARY]
        self._others = [self._derivation(item) for item in names]
        self._main = next((item for item in self._others if item.reading == reading), self._default)

    def _derivation(self, reading: str) -> Derivation:
        found = fetch(self._shelf, Derivation, "derivation", f"{reading}/{self._name}")
        assert found is not None  # every instrument has a derivation for each reading it lists
        return found

    def result(self) -> InstrumentStatus:
        now = _status_on(self._main, self._on)
        states = tuple(self._states())
        return InstrumentStatus(
            answer=self._sentence(now, states),
            instrument=self._name,
            title=self._brief["title"],
            on=self._on,
            known=self._known,
            reading=self._reading,
            status=now.status if now else "not-in-force" if self._brief["treaty"] else "none",
            since=now.since if now else "",
            until=now.until if now else "",
            counts=self._counts(),
            states=states,
            readings=tuple(self._other_statuses(now)),
            because=tuple(_step(item) for item in (now.because if now else ())),
            missing=self._main.missing,
            sources=tuple(self._brief["sources"]),
            notes=tuple(self._notes(states)),
        )

    def _counts(self) -> dict[str, int]:
        held = Counter(item.standing for item in self._main.standings if within(self._on, item.start, item.end))
        first, second = ("party", "signatory") if self._brief["treaty"] else ("participant", "former-participant")
        return {first: held.pop(first, 0), second: held.pop(second, 0), **dict(sorted(held.items()))}

    def _states(self) -> Iterable[StateStatus]:
        if self._only is None:
            for item in sorted(self._main.standings, key=lambda item: item.state):
                if within(self._on, item.start, item.end):
                    yield self._state(item.state, item)
            return
        for member, chain in zip(self._only.members, self._only.lines, strict=True):
            held = [item for item in self._main.standings if item.state in chain]
            now = next((item for item in held if within(self._on, item.start, item.end)), None)
            yield self._state(now.state if now else member, now)

    def _state(self, code: str, now: Standing | None) -> StateStatus:
        flags = [f for f in self._main.flags if f.state == code and within(self._on, f.start, f.end)]
        because = [_step(item) for item in (now.because if now else ())]
        if now and now.ending:
            because += [{**_step(item), "ends": True} for item in now.ending]
        return StateStatus(
            state=code,
            standing=now.standing if now else "none",
            since=(now.origin or now.since) if now else "",
            until=now.until if now else "",
            flags=tuple(sorted({flag.flag for flag in flags})),
            details=tuple(_detail(flag) for flag in flags if flag.flag != "contested"),
            readings=tuple(self._views(code, now)),
            because=tuple(because),
            unverified=_unverified(now.because if now else ()),
        )

    def _views(self, code: str, now: Standing | None) -> Iterable[dict[str, Any]]:
        """What every other reading holds of the state on the day, where it differs."""
        mine = (now.standing if now else "none", self._material(self._main, code))
        for other in (self._default, *self._others):
            if other.reading == self._reading:
                continue
            held = next((s for s in other.of(code) if within(self._on, s.start, s.end)), None)
            view = (held.standing if held else "none", self._material(other, code))
            if view != mine:
                yield {
                    "by": other.reading,
                    "standing": view[0],
                    "since": held.since if held else None,
                    "until": held.until or None if held else None,
                    "flags": list(view[1]),
                    "because": [_step(item) for item in (held.because if held else ())],
                }

    def _material(self, derived: Derivation, code: str) -> tuple[str, ...]:
        kept = ("notice-pending", "suspended", "suspension-claimed")
        flags = {
            f.flag for f in derived.flags if f.state == code and f.flag in kept and within(self._on, f.start, f.end)
        }
        return tuple(sorted(flags))

    def _other_statuses(self, now: Status | None) -> Iterable[dict[str, Any]]:
        for other in self._others:
            held = _status_on(other, self._on)
            if held and (now is None or held.status != now.status):
                yield {"by": other.reading, "status": held.status, "since": held.since,
                       "because": [_step(item) for item in held.because]}  # fmt: skip

    def _notes(self, states: Sequence[StateStatus]) -> Iterable[str]:
        yield from self._only.notes if self._only else ()
        if self._only:
            yield from (note for note in self._main.notes if note[:3] in self._only.lines[0])
        else:
            yield from self._main.notes
        through = self._brief["coverage"]
        if self._brief["gap"]:
            yield f"ledger of {self._name} incomplete: {self._brief['gap']}"
        elif through and through < self._on.isoformat():
            yield f"ledger of {self._name} complete through {through}"
        recall = [item.state for item in states if item.unverified]
        if recall:
            yield f"unverified (general knowledge): {', '.join(recall[:_SHOWN])}"

    def _sentence(self, now: Status | None, states: Sequence[StateStatus]) -> str:
        how = (now.status if now else "not-in-force").replace("-", " ")
        text = f"On {long_form(self._on)}, {self._brief['title']} {_OVER.get(how, f'was {how}')}"
        text += f" ({'on' if how in _OVER else 'since'} {now.since})" if now and now.since else ""
        if self._only and len(states) == 1:
            return f"{text}; {self._of_state(states[0])}."
        counts = self._counts()
        parts = [f"{count} {_plural(name, count)}" for name, count in counts.items() if count]
        text = f"{text}, with {listed(parts)}" if parts else text
        disputes = list(
            dict.fromkeys(_dispute(detail) for item in states for detail in item.details if _is_claim(detail))
        )
        if 0 < len(disputes) <= _NAMED:
            text += f"; {listed(disputes)}"
        return f"{text}."

    def _of_state(self, item: StateStatus) -> str:
        name = self._only.name if self._only else item.state
        if item.standing == "none":
            text = f"{name} had no standing under it"
        else:
            article = "" if item.standing == "contracting" else "a "
            text = f"{name} was {article}{item.standing.replace('-', ' ')}"
        for detail in item.details:
            if detail["flag"] == "by-succession":
                continue
            text += f", {detail['flag'].replace('-', ' ')}"
            if detail.get("rejected_by"):
                text += f" (rejected by {listed(detail['rejected_by'])})"
        views = [f"{listed(by)} {'holds' if len(by) == 1 else 'hold'} {held}" for held, by in _by_view(item).items()]
        return f"{text}; contested: {', '.join(views)}" if views else text


_OVER = {
    "expired": "had expired", "terminated": "had been terminated", "superseded": "had been superseded",
    "ended": "had ended",
}  # fmt: skip
"""How a sentence says that an instrument is over."""


def _plural(name: str, count: int) -> str:
    """``party`` and ``parties``, as a sentence has them."""
    plain = name.replace("-", " ")
    if count == 1:
        return plain
    if plain == "contracting":
        return "contracting states"
    return f"{plain[:-1]}ies" if plain.endswith("y") else f"{plain}s"


def _is_claim(detail: dict[str, Any]) -> bool:
    return detail["flag"] in ("suspension-claimed", "notice-pending")


def _dispute(detail: dict[str, Any]) -> str:
    what = "claims suspension" if detail["flag"] == "suspension-claimed" else "has given notice of withdrawal"
    towards = f" towards {listed(detail['against'])}" if detail.get("against") else ""
    rejected = f" (rejected by {listed(detail['rejected_by'])})" if detail.get("rejected_by") else ""
    return f"{detail['by']} {what}{towards}{rejected}"


def _by_view(item: StateStatus) -> dict[str, list[str]]:
    """Who holds the same view of a standing, by that view in words."""
    found: dict[str, list[str]] = {}
    for view in item.readings:
        flags = [flag for flag in view["flags"] if flag != "suspension-claimed"]
        held = f"{view['standing']}, {listed(flags)}" if flags else view["standing"]
        found.setdefault(held.replace("-", " "), []).append(view["by"])
    return found


def _status_on(derived: Derivation, on: date) -> Status | None:
    return next((item for item in derived.statuses if within(on, item.start, item.end)), None)


def _unverified(because: Iterable[Because]) -> bool:
    found = [source for step in because for source in step.sources]
    return bool(found) and all(source == "recall" for source in found)


def _step(step: Because) -> dict[str, Any]:
    """One step of the reasoning as JSON gives it (rule R41)."""
    sources = [item for item in step.sources if item != "treatygraph"]
    return {
        "rule": step.rule,
        "act": step.act or None,
        "date": step.date or None,
        "text": step.text or None,
        "source": sources[0] if sources else None,
        "sources": sources,
    }


def _detail(flag: Flag) -> dict[str, Any]:
    found: dict[str, Any] = {
        "flag": flag.flag,
        "by": flag.by,
        "since": flag.start.isoformat(),
        "until": None if flag.end == OPEN else flag.end.isoformat(),
    }
    for key in ("against", "accepted_by", "rejected_by"):
        if getattr(flag, key):
            found[key] = list(getattr(flag, key))
    if flag.text:
        found["text"] = flag.text
    found["because"] = [_step(item) for item in flag.because]
    return found
