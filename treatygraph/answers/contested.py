"""What is contested on a day: each standing of which views differ, with what every view holds on that day (rule K11).

The views are those that ``status`` gives, so that a dispute has one answer wherever it is asked about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from treatygraph.answers.edition import Edition, edition_of
from treatygraph.answers.status import status
from treatygraph.answers.status_answer import InstrumentStatus, StateStatus
from treatygraph.answers.wording import authority_name, denied, listed, number
from treatygraph.bonds.powers import find, named, power
from treatygraph.build.index import Index
from treatygraph.model.dates import long_form, within
from treatygraph.model.json_form import NULL_WHERE_EMPTY, plain
from treatygraph.model.vocabulary import CLAUSE

__all__ = ["Contested", "Dispute", "DisputedView", "contested", "said"]


@dataclass(frozen=True)
class DisputedView:
    """What somebody holds otherwise."""

    by: str
    """depositary, clause, or an authority."""
    holds: str
    """A standing of the state, or a status of the instrument."""
    since: Annotated[str, NULL_WHERE_EMPTY]
    flags: tuple[str, ...]
    """What qualifies it: suspended, suspension-claimed, notice-pending."""
    rejected_by: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Dispute:
    """One standing, or the status of an instrument, on which views differ."""

    instrument: str
    title: str
    state: Annotated[str, NULL_WHERE_EMPTY]
    """Null: the status of the instrument itself."""
    name: Annotated[str, NULL_WHERE_EMPTY]
    record_says: str
    since: Annotated[str, NULL_WHERE_EMPTY]
    flags: tuple[str, ...]
    views: tuple[DisputedView, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Contested:
    """What is contested on a day."""

    answer: str
    on: date
    disputes: tuple[Dispute, ...]
    edition: Edition

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return plain(self)


def contested(
    index: Index, on: date, *, instrument: str | None = None, state: str | None = None, by: str | None = None
) -> Contested:
    """Every standing and status of which views differ on a day.

    Args:
        index: the built graph.
        on: the day.
        instrument: only under this instrument.
        state: only of this state, or the members of this group.
        by: only where this authority holds otherwise.

    Raises:
        UnknownName: no instrument, state or group is called that.
        UsageError: the state did not exist on the day.
    """
    names = [find(index, instrument, ("instrument",))[1]] if instrument else sorted(index.disputed())
    states = {code for chain in power(index, state, on).continuities for code in chain} if state else None
    lines = [line for name in names for line in _of_instrument(index, name, on)]
    disputes = tuple(
        item
        for item, about, holders in lines
        if (states is None or not about.isdisjoint(states)) and (by is None or by in holders)
    )
    return Contested(_sentence(index, disputes, on), on, disputes, edition_of(index))


def _of_instrument(index: Index, name: str, on: date) -> Iterator[tuple[Dispute, set[str], set[str]]]:
    """Each dispute, with the states whose standing it is about and those who hold a view of it.

    What is contested of an instrument is so for all states under it, and whoever holds what the record counts holds
    a view too.
    """
    answer = status(index, name, on)
    if answer.held:
        holders = {by for item in answer.held for by in item["by"]}
        yield _of_status(answer), {*holders, *(item.state for item in answer.states)}, holders
    for item in (*answer.states, *_unlisted(index, answer)):
        if item.readings:
            dispute = _of_state(index, answer, item)
            yield dispute, {item.state}, {view.by for view in dispute.views}


def _unlisted(index: Index, answer: InstrumentStatus) -> Iterator[StateStatus]:
    """States without a standing on record that some view holds to have one: Taiwan under the NPT."""
    listed_states = {item.state for item in answer.states}
    views = (index.derivation(answer.instrument, name) for name in index.disputes(answer.instrument))
    rows = (row for view in views for row in view.standings if within(answer.on, row.start, row.end))
    for code in sorted({row.state for row in rows} - listed_states):
        yield status(index, answer.instrument, answer.on, state=code).states[0]


def _of_status(answer: InstrumentStatus) -> Dispute:
    views = tuple(
        DisputedView(by, item["status"], item.get("since", ""), (), (), ())
        for item in answer.held
        for by in item["by"]
        if item["status"] != answer.status
    )
    return Dispute(
        answer.instrument, answer.title, "", "", answer.status, answer.since, (), views, answer.sources[:4]
    )  # fmt: skip


def _of_state(index: Index, answer: InstrumentStatus, item: StateStatus) -> Dispute:
    views = tuple(
        DisputedView(
            view["by"], view["standing"], view["since"] or "", tuple(view["flags"]), tuple(view["rejected_by"]),
            tuple(dict.fromkeys(source for step in view["because"] for source in step["sources"])),
        )
        for view in item.readings
    )  # fmt: skip
    flags = tuple(flag for flag in item.flags if flag != "contested")
    sources = tuple(dict.fromkeys(source for step in item.because for source in step["sources"]))
    return Dispute(
        answer.instrument, answer.title, item.state, named(index, item.state), item.standing, item.since, flags, views,
        sources,
    )  # fmt: skip


def said(index: Index, item: Dispute) -> str:
    """A dispute in words: what the record says, and who holds what."""
    who = f"{item.name} under {item.title}" if item.state else item.title
    record = _with_flags(item.record_says, item.flags)
    groups: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for view in item.views:
        groups.setdefault((_with_flags(view.holds, view.flags), view.since, view.rejected_by), []).append(view.by)
    return f"{who}: {record} on record; {'; '.join(_group(index, key, by) for key, by in groups.items())}"


def _group(index: Index, key: tuple[str, str, tuple[str, ...]], by: list[str]) -> str:
    holds, since, rejected = key
    who = ["by its clauses alone" if name == CLAUSE else authority_name(index, name) for name in by]
    text = f"{listed(who)}: {holds}{f' since {since}' if since else ''}"
    return text + (f" ({denied(index, rejected, 4)})" if rejected else "")


def _with_flags(standing: str, flags: tuple[str, ...]) -> str:
    words = [flag.replace("-", " ") for flag in flags if flag not in ("contested", "by-succession", "uncertain-date")]
    text = "no standing" if standing == "none" else standing.replace("-", " ")
    return text + (f" ({', '.join(words)})" if words else "")


def _sentence(index: Index, disputes: tuple[Dispute, ...], on: date) -> str:
    if not disputes:
        return f"On {long_form(on)}, nothing of this was contested on record."
    if len(disputes) == 1:
        return f"On {long_form(on)}, contested: {said(index, disputes[0])}."
    titles = list(dict.fromkeys(item.title for item in disputes))
    under = f"{number(len(titles))} instrument{'' if len(titles) == 1 else 's'}"
    text = f"On {long_form(on)}, {number(len(disputes))} standings under {under} were contested"
    return f"{text}: {listed(titles)}." if len(titles) <= 14 else f"{text}."
