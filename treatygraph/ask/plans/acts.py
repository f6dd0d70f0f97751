"""Acts of a state under an instrument: whether and when it signed, ratified, joined, suspended, gave notice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from treatygraph.answers.wording import listed
from treatygraph.ask.frame import Piece
from treatygraph.ask.plans.lacks import lack_of_act
from treatygraph.ask.plans.plan import SILENT, Asking, Plan
from treatygraph.ask.rows import Row, begun, rows_of
from treatygraph.law.succession import line
from treatygraph.model.act_words import LEAVING

__all__ = ["KINDS", "WORDS_OF_ACTS", "act_of", "has_done", "have_done", "when_act"]

_ACTS: Final = {"signed": "signature", "ratified": "ratification", "joined": "consent",
                "suspended": "suspension", "objected": "objection", "notice": "notice-of-withdrawal",
                "announce": "notice-of-withdrawal"}  # fmt: skip
"""The act that a relation is about, as a reply names it."""
KINDS: Final = {
    "signed": frozenset({"signature", "definitive-signature"}),
    "ratified": frozenset({"ratification", "consent-to-be-bound", "exchange-of-instruments", "notification"}),
    "joined": frozenset({"accession", "succession", "adherence", "ratification", "acceptance", "approval", "adoption",
                         "definitive-signature", "consent-to-be-bound", "exchange-of-instruments", "declaration"}),
    "suspended": frozenset({"suspension"}),
    "objected": frozenset({"objection"}),
    "notice": LEAVING - {"intention-not-to-ratify"},
}  # fmt: skip
_PAST: Final = {"signed": "signed", "ratified": "ratified", "joined": "joined",
                "suspended": "declared the suspension of", "objected": "objected to",
                "notice": "gave notice of withdrawal from"}  # fmt: skip
_CONSENTS: Final = ("accession", "acceptance", "approval", "succession", "ratification")
WORDS_OF_ACTS: Final = {"accede": "accession", "accept": "acceptance", "approv": "approval"}


def acts_words(state: Piece, instrument: Piece, until: date) -> tuple[str, ...]:
    return ("query", "acts-of", "--instrument", instrument.value, "--a", state.value, "--on", until.isoformat())


def has_done(it: Asking, state: Piece, instrument: Piece, relation: Piece) -> Plan:
    """Whether a state did it: an act of that kind, or what the record has instead (rule K12)."""
    day, value, act = it.days()[-1], relation.value, act_of(relation)
    words = acts_words(state, instrument, day)
    says = it.said(f"whether {state.shown} has {_PAST.get(value, value)} {instrument.shown}", (day,))

    def reply(answers: Sequence[object]) -> str:
        rows = rows_of(answers[0])
        told = _act_told(it, state, instrument, value, act, rows)
        done = [row for row in rows if row["act"] in kinds_of(value, act)]
        undone = [row for row in rows if row["act"] in LEAVING]
        if done:
            word = "No longer" if undone and value != "signed" and value in ("ratified", "joined") else "Yes"
        else:
            lack = lack_of_act(it, state.value, instrument, value, day)
            word = f"{SILENT} whether {state.shown} did: {lack}" if lack else "No"
        if it.frame.has("mark:claim") and relation.negated:
            word = {"Yes": "No", "No": "Yes"}.get(word, word)
        return f"{word}. {told}"

    uses = (
        f"rel:{value} rel:party rel:left rel:announce" if value == "notice" else f"rel:{value} rel:party rel:signatory"
    )
    return it.plan("did-act", says, (words,), reply, uses, state, instrument)


def have_done(it: Asking, instrument: Piece, relation: Piece) -> Plan:
    """The same of several states: all of them, or one of them."""
    day, value, act = it.days()[-1], relation.value, act_of(relation)
    states = it.frame.states
    commands = tuple(acts_words(state, instrument, day) for state in states)
    says = it.said(
        f"whether {listed([one.shown for one in states])} have {_PAST.get(value, value)} {instrument.shown}", (day,)
    )

    def reply(answers: Sequence[object]) -> str:
        each = [rows_of(answer) for answer in answers]
        done = [any(row["act"] in kinds_of(value, act) for row in rows) for rows in each]
        either = bool(it.frame.has("mark:either", "mark:any"))
        enough = any(done) if either else all(done)
        told = [_act_told(it, state, instrument, value, act, rows) for state, rows in zip(states, each, strict=True)]
        rest = [state for state, did in zip(states, done, strict=True) if not did]
        lacks = [lack for state in rest if (lack := lack_of_act(it, state.value, instrument, value, day))]
        unsure = bool(lacks) and not enough and (either or len(lacks) == len(rest))
        word = f"{SILENT}: {lacks[0]}" if unsure else "Yes" if enough else "No"
        return f"{f'{word}. ' if it.frame.ask == 'whether' or unsure else ''}{' '.join(told)}"

    return it.plan("did-act", says, commands, reply, f"rel:{value} rel:party", *states, instrument)


def act_of(relation: Piece) -> str:
    """The kind of act that a sign is of: the verb itself, else the usual one of the relation."""
    word = next((act for stem, act in WORDS_OF_ACTS.items() if relation.text.casefold().startswith(stem)), "")
    return word or _ACTS.get(relation.value, "")


def kinds_of(value: str, act: str) -> frozenset[str]:
    if value == "joined" and act in _CONSENTS:
        return frozenset({act})
    return KINDS.get(value, frozenset({act}))


def _act_told(it: Asking, state: Piece, instrument: Piece, value: str, act: str, rows: Sequence[Row]) -> str:
    """When it did so, and what undid it; or what is on record in its place."""
    kinds = kinds_of(value, act)
    dates = list(dict.fromkeys(_dated(row, act, value) for row in rows if row["act"] in kinds))
    later = list(
        dict.fromkeys(f"{row['act'].replace('-', ' ')} on {row['date']}" for row in rows if row["act"] in LEAVING)
    )
    others = list(dict.fromkeys(f"{row['act'].replace('-', ' ')} on {row['date']}" for row in rows))
    if dates:
        undone = f" Later: {listed(later)}." if later and value in ("signed", "ratified", "joined") else ""
        verb = (
            "acceded to"
            if act == "accession" and all(row["act"] == "accession" for row in rows if row["act"] in kinds)
            else _PAST[value]
        )
        return f"{begun(state.shown)} {verb} {instrument.shown} on {listed(dates)}.{undone}"
    chain = line(it.index.existences(), state.value)
    through = list(dict.fromkeys(one.note for one in it.index.acts_of(instrument.value, chain) if one.note))
    how = f" ({'; '.join(through)})" if through else ""
    known = f" What is on record: {listed(others)}{how}." if others else ""
    return f"No {act.replace('-', ' ')} of {instrument.shown} by {state.shown} is on record.{known}"


def _dated(row: Row, act: str, value: str) -> str:
    parts = [row["place"]] if row["place"] else []
    if value in ("ratified", "joined") and row["act"] not in (act, "accession"):
        parts.insert(0, row["act"].replace("-", " "))
    return f"{row['date']} ({', '.join(parts)})" if parts else row["date"]


def when_act(it: Asking, state: Piece, instrument: Piece, value: str, act: str) -> Plan:
    """When a state did it."""
    day = it.days()[-1]
    words = acts_words(state, instrument, day)
    says = f"when {state.shown} {_PAST.get(value, value)} {instrument.shown}"

    def reply(answers: Sequence[object]) -> str:
        rows = rows_of(answers[0])
        told = _act_told(it, state, instrument, value, act, rows)
        if any(row["act"] in kinds_of(value, act) for row in rows):
            return told
        lack = lack_of_act(it, state.value, instrument, value, day)
        return f"{SILENT} whether {state.shown} did: {lack}. {told}" if lack else told

    uses = "rel:left rel:announce rel:notice rel:party" if value == "notice" else f"rel:{value} rel:party"
    return it.plan("when-act", says, (words,), reply, uses, state, instrument)
