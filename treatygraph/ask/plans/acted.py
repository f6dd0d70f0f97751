"""Which states did something under an instrument, and how lists of states are told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from treatygraph.answers.wording import listed, made_by
from treatygraph.ask.frame import Piece
from treatygraph.ask.plans.lacks import lack_of_act, missing_acts
from treatygraph.ask.plans.plan import (
    FORMER,
    MOST,
    SILENT,
    Asking,
    Plan,
    amount,
    counted,
    enumerated,
    held_out,
    members_of,
    sentence,
    spanned,
)
from treatygraph.ask.rows import Row, begun, in_words, plain_rows, rows_of, statuses
from treatygraph.bonds.powers import named
from treatygraph.model.dates import long_form
from treatygraph.model.knowledge import Hole

__all__ = ["among_whom", "made_otherwise", "told_of_states", "who_acted", "who_left"]

_HOW: Final = {"ratified": "consented to be bound by", "signed": "signed", "joined": "joined", "left": "left",
               "suspended": "declared the suspension of", "objected": "objected under"}  # fmt: skip


def among_whom(it: Asking) -> tuple[str, str]:
    """The group that a question of named questions takes, and how it is said."""
    group = next(iter(it.frame.groups), None)
    return (group.value, f" among {members_of(group.shown)}") if group else ("any", "")


def told_of_states(
    it: Asking,
    names: Sequence[str],
    what: str,
    *,
    least: bool = False,
    total: int = 0,
    where: str = "",
    unsure: int = 0,
) -> str:
    """Yes or no, a count or a list, as it was asked: "12 states are party to X: A, B and 10 more.".

    Of ``unsure`` members of a group the record does not say; ``least``: there may be more than the names.
    """
    frame, count = it.frame, len(names)
    noun = ("member", "members") if frame.groups else ("state", "states")
    shown = "" if frame.ask == "how-many" and count > MOST else f": {enumerated(names)}" if names else ""
    of_total = (
        f" of the {total} {_plain_members(frame.groups[0].shown)}" if total and frame.groups else f" {noun[count != 1]}"
    )
    many = "none" if total and not count else amount(count, least=least and count > 0)
    lead = ""
    if frame.ask == "whether":
        if frame.has("mark:all"):
            lead = "Yes. " if total and count == total else "No. "
            lead = f"{SILENT}. " if unsure and count + unsure == total else lead
        elif frame.groups and 0 < count < total and not frame.has("mark:any"):
            lead = "Not all of them. " if count + unsure < total else ""  # a group is its members (rule K13)
        else:
            lead = (
                ("Yes, all of them. " if frame.groups and count == total else "Yes. ")
                if count
                else ("No. " if not least else f"{SILENT}. ")
            )
    return f"{lead}{begun(f'{many}{of_total} {what}{where}{shown}')}."


def _plain_members(shown: str) -> str:
    return members_of(shown).removeprefix("the ")


# -- acts --


def who_left(it: Asking, instrument: Piece) -> Plan:
    """Which states have left, by an act of their own, which are out without one, and of which it is contested."""
    since, until = it.span()
    day = until or it.today
    if until is None and since is None:
        it.notes.append(f"no day was given: today, {long_form(it.today)}, was taken")
    group = next(iter(it.frame.groups), None)
    if group:
        return _group_left(it, instrument, group, day, since)
    words = ("query", "who-left", "--instrument", instrument.value, "--on", day.isoformat())
    says = f"who has left {instrument.shown}{spanned(since, day, it.today) if since else f' by {long_form(day)}'}"

    def reply(answers: Sequence[object]) -> str:
        return _left_told(it, instrument, says, plain_rows(answers[0]), since)

    uses = "rel:notice rel:left rel:party rel:joined mark:any rel:announce rel:effective mark:all"
    return it.plan("who-left", says, (words,), reply, uses, instrument)


def _left_told(it: Asking, instrument: Piece, says: str, rows: Sequence[Row], since: date | None) -> str:
    own = [row for row in rows if row["act"]]
    if since:
        own = [row for row in own if row["out"] >= since.isoformat()]
    told = [f"{named(it.index, row['code'])} ({in_words(row['out'])})" for row in own]
    others = list(dict.fromkeys(named(it.index, row["code"]) for row in rows if not row["act"]))
    holding = held_out(it, instrument.value)
    contested = [f"{named(it.index, code)} ({', '.join(views)})" for code, views in holding.items()]
    if it.frame.ask in ("how-many", "whether"):
        have = "has" if len(told) == 1 else "have"
        head = told_of_states(
            it, told, f"{have} left {instrument.shown}", least=bool(missing_acts(it, instrument, "left"))
        )
    elif not told:
        head = f"{begun(says)}: none on record."
    else:
        head = f"{begun(says)}: {amount(len(told))}. {enumerated(told)}."
    if contested:
        head += f" Contested: {listed(contested)}."
    if others and not since:
        names = listed(others[:MOST]) if len(others) <= MOST else f"{len(others)} others"
        bound = (
            "No longer bound" if it.index.summary(instrument.value).binding is not False else "No longer a participant"
        )
        head += f" {bound}, but not by an act of their own: {names}."
    return head


def _group_left(it: Asking, instrument: Piece, group: Piece, day: date, since: date | None) -> Plan:
    words = (
        "status",
        instrument.value,
        "--state",
        it.name_of(group),
        "--on",
        day.isoformat(),
        *it.reading(),
        *it.known(),
    )
    says = f"which of {members_of(group.shown)} have left {instrument.shown} by {long_form(day)}"

    def reply(answers: Sequence[object]) -> str:
        out = [
            one
            for one in statuses(answers)[0].states
            if one.standing in FORMER and (since is None or one.since >= since.isoformat())
        ]
        names = [f"{named(it.index, one.state)} ({in_words(one.since)})" for one in out]
        verb = "has" if len(names) == 1 else "have"
        states = statuses(answers)[0].states
        gone = {one.state for one in out}
        lacks = {
            one.state: lack_of_act(it, one.state, instrument, "left", day) for one in states if one.state not in gone
        }
        unsure = [code for code, lack in lacks.items() if lack]
        told = told_of_states(it, names, f"{verb} left {instrument.shown}", least=bool(unsure),
                              total=len(states), unsure=len(unsure))  # fmt: skip
        return told + _unsure_told(it, unsure)

    return it.plan("who-left", says, (words,), reply, "rel:left rel:party mark:all mark:any", instrument, group)


def who_acted(it: Asking, instrument: Piece, relation: Piece) -> Plan:
    """Which states signed, ratified, joined, suspended or objected, and what was taken back."""
    since, until = it.span()
    last, (among, where) = until or it.today, among_whom(it)
    did = "signed" if relation.value == "signatory" else relation.value
    words = ["query", "who-acted", "--instrument", instrument.value, "--did", did, "--among", among]
    words += ["--since", since.isoformat()] if since else []
    words += ["--until", last.isoformat()]
    says = f"which states {_HOW[did]} {instrument.shown}{where}{spanned(since, last, it.today)}"

    def reply(answers: Sequence[object]) -> str:
        return _acted_told(it, instrument, did, rows_of(answers[0]), spanned(since, last, it.today) if it.whens else "")

    uses = f"rel:{relation.value} rel:signed rel:party mark:first mark:last mark:all mark:any rel:objected rel:claimed"
    uses += " rel:joined" if did == "objected" else ""
    return it.plan("who-acted", says, (tuple(words),), reply, uses, instrument, *it.frame.groups, *it.frame.states)


def _acted_told(it: Asking, instrument: Piece, did: str, rows: Sequence[Row], when: str) -> str:
    frame = it.frame
    if rows and frame.has("mark:first", "mark:last"):
        ends = [row for row in rows if row["date"] == rows[0 if frame.has("mark:first") else -1]["date"]]
        which = "first" if frame.has("mark:first") else "latest"
        kind = ends[0]["act"].replace("-", " ")
        who = listed([named(it.index, row["code"]) for row in ends])
        return f"The {which} to have {_HOW[did]} {instrument.shown}{when}: {who}, on {ends[0]['date']} ({kind})."
    lasting = [row for row in rows if not row["undone"]]
    undone = [f"{named(it.index, row['code'])} ({row['undone']})" for row in rows if row["undone"]]
    names = [named(it.index, row["code"]) for row in lasting]
    members = [
        one.state for group in frame.groups for one in it.index.memberships(group.value) if one.holds_on(it.today)
    ]
    did_it, total = {row["code"] for row in rows}, len(members)
    lacks = {code: lack_of_act(it, code, instrument, did, it.today) for code in members if code not in did_it}
    unsure = [code for code, lack in lacks.items() if lack]
    holes = [] if members else missing_acts(it, instrument, did)
    if not rows and did == "signed" and not frame.groups:
        return f"No signature of {instrument.shown} is on record.{made_otherwise(it, instrument)}{_gap(holes)}"
    if not names and not undone and not total:
        return f"No state is on record as having {_HOW[did]} {instrument.shown}{when}.{_gap(holes)}"
    verb = _HOW[did] if when or did == "signed" else f"have {_HOW[did]}" if len(names) != 1 else f"has {_HOW[did]}"
    told = told_of_states(
        it,
        names,
        f"{verb} {instrument.shown}",
        least=bool(holes or unsure),
        total=total,
        where=when,
        unsure=len(unsure),
    )
    if did == "ratified" and not when and not frame.groups:
        by = [
            f"{sum(row['act'] == kind for row in lasting)} by {kind}"
            for kind in dict.fromkeys(row["act"] for row in lasting)
        ]
        told += f" ({', '.join(by).replace('-', ' ')}.)" if len(by) > 1 else ""
    if undone:
        told += f" Taken back later: {listed(undone[:MOST])}."
    if did == "signed" and not when:
        told += _since_then(it, instrument, lasting)
    return told + _gap(holes) + _unsure_told(it, unsure)


def _gap(holes: Sequence[Hole]) -> str:
    return f" {sentence(holes[0].text)}" if holes else ""


def _unsure_told(it: Asking, unsure: Sequence[str]) -> str:
    return f" Of {enumerated([named(it.index, code) for code in unsure])} the record does not say." if unsure else ""


def made_otherwise(it: Asking, instrument: Piece) -> str:
    """How what nobody signed came about, as a sentence; empty where it is signed."""
    card = it.index.instrument(instrument.value)
    made = made_by(card, it.index.ledger(instrument.value)) if card else "signed"
    return "" if made == "signed" else f" It was {made}."


def _since_then(it: Asking, instrument: Piece, rows: Sequence[Row]) -> str:
    """How many of the signers are not bound."""
    if not it.frame.rel("signatory"):
        return ""
    now = {
        one.state: one.standing
        for one in it.index.derivation(instrument.value).standings
        if one.start <= it.today < one.end
    }
    waiting = [row for row in rows if now.get(row["code"]) == "signatory"]
    return f" {begun(counted(len(waiting), 'of them has', 'of them have'))} not consented to be bound."
