"""Replies that say yes, no, or what the record does not say (rule K8): they ask what a ledger knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from treatygraph.answers.status_wording import lack_of
from treatygraph.answers.unknowns import absence_of, lack_in_words
from treatygraph.answers.wording import listed, made_by, number
from treatygraph.ask.reading import Understood
from treatygraph.ask.rows import Row, begun, in_words, rows_of
from treatygraph.bonds.powers import named
from treatygraph.build.index import Index
from treatygraph.law.succession import line
from treatygraph.model.vocabulary import BINDS, CONSENTS, NOT_KNOWN

__all__ = ["KNOWING", "life_of_instrument"]

_MOST: Final = 12
_FORMER: Final = ("former-party", "former-participant")
_LEAVING: Final = ("notice-of-withdrawal", "withdrawal", "termination", "end-of-participation")
"""Acts by which a state leaves."""
_SIGNATURES: Final = ("signature", "definitive-signature")
_STANDS: Final = ("in-force", "operative", "provisional")
_SILENT: Final = "The record does not say"


# -- a state under an instrument --


def _is_party(index: Index, asked: Understood, answer: Any) -> str:
    if asked.past:
        return _was_party(index, answer)
    bound = [state.standing in BINDS for state in answer.states]
    return _verdict(all(bound), any(bound), answer)


def _verdict(every: bool, some: bool, answer: Any) -> str:
    """Yes, no or not known, with the answer's own sentence; contested is said first."""
    doubt = any(state.standing == NOT_KNOWN for state in answer.states)
    word = "Yes" if every else "Some" if some else _SILENT if doubt else "No"
    contested = any(state.readings for state in answer.states)
    lead = f"By the depositaries' record: {word.lower()}" if contested and answer.reading == "depositary" else word
    return f"{lead}. {answer.answer}"


def _was_party(index: Index, answer: Any) -> str:
    """Whether the instrument ever held the states, and when (rule K16)."""
    told = []
    for state in answer.states:
        spans = [f"from {since} to {until}" if until else f"since {since}" for since, until in state.bound]
        who = f"{begun(named(index, state.state))}: " if len(answer.states) > 1 else ""
        if spans:
            told.append(f"{who}{'y' if who else 'Y'}es, {listed(spans)}.")
        elif state.standing == NOT_KNOWN:
            told.append(f"{who}{'t' if who else 'T'}he record does not say: {lack_of(state)}.")
        else:
            told.append(f"{who}{'n' if who else 'N'}o.")
    return f"{' '.join(told[:_MOST])} {answer.answer}"


def _has_left(_: Index, __: Understood, answer: Any) -> str:
    """Out by an act of its own: an instrument that expired, or that the other side ended, was not left."""
    left = [state.standing in _FORMER and _by_own_act(state) for state in answer.states]
    out = [state.standing in _FORMER for state in answer.states]
    told = _verdict(all(left), any(left), answer)
    if any(out) and not any(left):
        return f"{told} It is no longer bound, but not by an act of its own: {answer.title} had ended for it."
    return told


def _by_own_act(state: Any) -> bool:
    """Whether a reason for the standing is an act of leaving by the state itself (the key of an act says both)."""
    acts = [(step["act"] or "").split("/") for step in state.because if not step.get("ends")]
    return any(len(parts) > 2 and parts[1] == state.state and parts[2] in _LEAVING for parts in acts)


def _is_in_force(index: Index, asked: Understood, answer: Any) -> str:
    told = life_of_instrument(asked, answer)
    if answer.held:
        return f"That is contested. {told}"
    if asked.past:
        summary = index.summary(answer.instrument)
        since = summary.entry or (answer.since if answer.status in _STANDS else "")
        if since:
            return f"Yes, {f'from {since} to {summary.end}' if summary.end else f'since {since}'}. {told}"
    return f"{'Yes' if answer.status in _STANDS else 'No'}. {told}"


def life_of_instrument(_: Understood, answer: Any) -> str:
    """The answer's own sentence, the last day, and what entry into force still needs."""
    until = f" Its last day by the record is the one before {in_words(answer.until)}." if answer.until else ""
    missing = f" Missing: {answer.missing}." if answer.missing else ""
    return f"{answer.answer}{until}{missing}"


# -- acts --


def _lack(index: Index, asked: Understood) -> str:
    """What the record lacks where it does not know whether a state has a standing on the day asked; else empty."""
    instrument, chain = asked.slots["instrument"].id, _line(index, asked)
    absence = absence_of(index, index.outline(instrument), chain, asked.today)
    return lack_in_words(absence.because) if absence.standing == NOT_KNOWN else ""


def _line(index: Index, asked: Understood) -> tuple[str, ...]:
    return line(index.existences(), asked.slots["a"].id)


def _when_left(index: Index, asked: Understood, answer: Any) -> str:
    who, what = asked.slots["a"].shown, asked.slots["instrument"].shown
    rows = rows_of(answer)
    out = [row for row in rows if row["standing"] in _FORMER]
    if out and out[-1]["left_by"]:
        return (
            f"{begun(who)} was out of {what} on {out[-1]['since']}, by its own {out[-1]['left_by'].replace('-', ' ')}."
        )
    if out:
        return (
            f"{begun(who)} did not leave {what}: it is no longer bound since {out[-1]['since']}, by no act of its own."
        )
    if rows:
        return f"{begun(who)} has not left {what}: its standing is {_plain(rows[-1])}, since {rows[-1]['since']}."
    if lack := _lack(index, asked):
        return f"{_SILENT} whether {who} was ever bound by {what}: {lack}."
    return f"{begun(who)} has no standing under {what} on record, so it has not left it."


def _when_joined(index: Index, asked: Understood, answer: Any) -> str:
    who, what = asked.slots["a"].shown, asked.slots["instrument"].shown
    rows = rows_of(answer)
    held = [row for row in rows if row["standing"] in BINDS]
    lack = "" if rows else _lack(index, asked)
    if lack:
        return f"{_SILENT} whether {who} has joined {what}: {lack}."
    if not held:
        now = f": its standing is {_plain(rows[-1])}, since {rows[-1]['since']}" if rows else ""
        return f"{begun(who)} has not become a party to {what}{now}."
    first, last = held[0], held[-1]
    named = "" if first["code"] == asked.slots["a"].id else f" (then in the person of {first['code']})"
    ends = "" if last["until"] == in_words("..") else f", until {last['until']}"
    kind = "participant in" if first["standing"] == "participant" else "party to"
    return f"{begun(who)} has been a {kind} {what} since {first['since']}{named}{ends}."


def _plain(row: Row) -> str:
    return row["standing"].replace("-", " ")


def _did_act(index: Index, asked: Understood, answer: Any) -> str:
    """Whether a state did it: an act of that kind, or what the record has instead (rule K12)."""
    who, act = asked.slots["a"], asked.slots["act"]
    told = _act(index, asked, answer)
    if any(row["act"] in _kinds(act.id) for row in rows_of(answer)):
        return told
    lack = _act_lack(index, asked, act.id)
    return f"{_SILENT} whether {who.shown} did: {lack}. {told}" if lack else f"No. {told}"


def _kinds(act: str) -> tuple[str, ...]:
    return _SIGNATURES if act == "signature" else (act,)


def _act_lack(index: Index, asked: Understood, act: str) -> str:
    """What the ledger lacks where an act of that kind may be missing from it; else empty."""
    name, chain = asked.slots["instrument"].id, _line(index, asked)
    of_kind = "signature" if act == "signature" else "consent" if act in CONSENTS else "exit"
    acting = bool(index.acts_of(name, chain))
    hole = index.knowledge(name).hole(chain, asked.today, (of_kind, "any"), acting=acting)
    if hole:
        return f"the ledger is incomplete ({hole.text})"
    return "" if acting else _lack(index, asked)


def _act(index: Index, asked: Understood, answer: Any) -> str:
    who, what, act = (asked.slots[name] for name in ("a", "instrument", "act"))
    rows = rows_of(answer)
    dates = list(dict.fromkeys(f"{row['date']}{_at(row)}" for row in rows if row["act"] == act.id))
    if act.id == "signature":
        dates += [f"{row['date']}{_at(row)}" for row in rows if row["act"] == "definitive-signature"]
    others = list(dict.fromkeys(f"{row['act'].replace('-', ' ')} on {row['date']}" for row in rows))
    through = list(dict.fromkeys(item.note for item in index.acts_of(what.id, _line(index, asked)) if item.note))
    if dates:
        later = [row for row in rows if row["act"] in ("withdrawal-of-consent", "notice-of-withdrawal", "withdrawal")]
        undone = f" Later: {listed([row['act'].replace('-', ' ') + ' on ' + row['date'] for row in later])}."
        return f"{begun(who.shown)} {_past(act.words)} {what.shown} on {listed(dates)}.{undone if later else ''}"
    how = f" ({'; '.join(through)})" if through else ""
    known = f" What is on record: {listed(others)}{how}." if others else ""
    return f"No {act.id.replace('-', ' ')} of {what.shown} by {who.shown} is on record.{known}"


def _at(row: Row) -> str:
    return f" ({row['place']})" if row["place"] else ""


def _past(words: str) -> str:
    first, *rest = words.split()
    past = {
        "sign": "signed",
        "ratify": "ratified",
        "accede": "acceded",
        "accept": "accepted",
        "approve": "approved",
        "suspend": "declared the suspension of",
        "suspended": "declared the suspension of",
    }
    return " ".join([past.get(first, first), *rest])


def _signers(index: Index, asked: Understood, _: Any) -> str:
    """The states with an act of signature (rule K12), and what the ledger lacks of them."""
    what = asked.slots["instrument"]
    acts = [act for act in index.ledger(what.id) if act.kind in _SIGNATURES]
    states = list(dict.fromkeys(act.state for act in sorted(acts, key=lambda act: (act.date.latest, act.state))))
    gaps = [hole for hole in index.knowledge(what.id).holes if hole.acts in ("signature", "any")]
    lack = f" The ledger is incomplete ({gaps[0].text})." if gaps else ""
    if not states:
        card = index.instrument(what.id)
        made = made_by(card, index.ledger(what.id)) if card else "signed"
        other = f" It was {made}." if made != "signed" else ""
        return f"No signature of {what.shown} is on record.{other}{lack}"
    shown = [named(index, code) for code in states[:_MOST]]
    more = [f"{len(states) - _MOST} more"] if len(states) > _MOST else []
    least = "at least " if gaps else ""
    count = f"{least}{number(len(states))} state{'' if len(states) == 1 else 's'}"
    return f"{begun(count)} signed {what.shown}: {listed([*shown, *more])}.{lack}"


def _made(index: Index, asked: Understood, _: Any) -> str:
    """When and where it was signed, or adopted, announced, agreed (rule K12)."""
    what = asked.slots["instrument"]
    card = index.instrument(what.id)
    if card is None or card.signed is None:
        return f"When {what.shown} was signed is not on record."
    made = made_by(card, index.ledger(what.id))
    place = f" in {card.signed_place}" if card.signed_place else ""
    lead = "" if made == "signed" else f"{begun(what.shown)} is not on record as signed. "
    return f"{lead}{begun(what.shown)} was {made} on {in_words(card.signed.text)}{place}."


KNOWING: Final[Mapping[str, Callable[[Index, Understood, Any], str]]] = {
    "is-party": _is_party,
    "has-left": _has_left,
    "is-in-force": _is_in_force,
    "when-left": _when_left,
    "when-joined": _when_joined,
    "did-act": _did_act,
    "when-act": _act,
    "signers": _signers,
    "signed-when": _made,
}
"""The reply of each form of question that the record may be unable to answer."""
