"""Whether a sentence of the form "A withdrew from T in 2023" is right, and what the precise statement is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from treatygraph.answers.claims.record import CONFIRMED, CONTRADICTED, IMPRECISE, NOT_ON_RECORD, dated, verdict_on_date
from treatygraph.bonds.powers import named
from treatygraph.build.shelf import Shelf
from treatygraph.model.dates import Span
from treatygraph.model.records import Act
from treatygraph.model.vocabulary import CONSENTS
from treatygraph.queries.computed._documents import cited, ledger, line_on, standings, statuses, title
from treatygraph.queries.computed._exits import Exit, exits
from treatygraph.queries.question import Asked, Row

HEADER = """
# summary: Whether it is right that a state signed, ratified, joined, suspended or withdrew from an instrument at a
#   time.
# number: 34
# theme: claims
# param: state state "Russia" The state, by any of its names.
# param: did signed|ratified|joined|suspended|withdrew "withdrew" What it is said to have done.
# param: instrument instrument "CTBT" The instrument, by id, title, abbreviation or alias.
# param: when when "2023" When it is said to have done so: a day, a month or a year.
# column: verdict Confirmed, contradicted, imprecise, or not on record.
# column: precise What the record says instead, or with what precision.
# column: act Kind of the act on record that comes nearest.
# column: date When it was done, in EDTF.
# column: effect First day on which it had worked, in EDTF; empty where it moved nothing.
# column: sources Titles of the sources of the act.
"""
_DID: Final = {
    "signed": ("signature", "definitive-signature"),
    "ratified": ("ratification", "acceptance", "approval", "exchange-of-instruments"),
    "joined": tuple(sorted(CONSENTS | {"adherence", "adoption"})),
    "suspended": ("suspension",),
    "withdrew": ("notice-of-withdrawal", "withdrawal"),
}
_NEAR: Final = {
    "signed": (*sorted(CONSENTS), "adherence", "adoption"),
    "ratified": ("accession", "succession", "definitive-signature", "signature", "adherence"),
    "joined": ("signature",),
    "suspended": ("notice-of-withdrawal", "withdrawal", "end-of-participation", "countermeasure"),
    "withdrew": (
        "withdrawal-of-consent", "intention-not-to-ratify", "suspension", "termination", "end-of-participation",
        "countermeasure",
    ),
}  # fmt: skip
"""Acts of another category that are taken for the one that is said."""
_VERBS: Final = {
    "signature": "signed",
    "definitive-signature": "signed, and so was bound by,",
    "ratification": "ratified",
    "acceptance": "accepted",
    "approval": "approved",
    "accession": "acceded to",
    "succession": "notified its succession to",
    "exchange-of-instruments": "exchanged the instruments of",
    "adherence": "joined",
    "adoption": "adopted",
}
_WORDS: Final = {
    "withdrawal-of-consent": "withdrew its consent before being bound, which is no withdrawal from a treaty",
    "intention-not-to-ratify": "said that it would not become a party, which ends its duty as a signatory",
    "suspension": "suspended it, and stayed bound by it as the depositaries keep the record",
    "termination": "declared its end",
    "end-of-participation": "ended its participation; it was never a party to a treaty there",
    "countermeasure": "took a countermeasure, which leaves the treaty as it is",
}


def rows(shelf: Shelf, asked: Asked) -> Iterator[Row]:
    """One row for each act that the sentence can mean, the nearest first; one row where there is none."""
    name, did, said = asked["instrument"], asked["did"], Span.parse(asked["when"])
    line = line_on(shelf, asked["state"], min(said.latest, _LAST))
    acts = ledger(shelf, name, line)
    meant = [act for act in acts if act.kind in _DID[did]]
    found = [(act, _verdict(shelf, act, said)) for act in meant]
    other = [act for act in acts if act.kind in _NEAR[did]]
    if not any(verdict in (CONFIRMED, IMPRECISE) for _, verdict in found):
        found += [(act, _wrong(act, said)) for act in other if _wrong(act, said) != CONTRADICTED] or []
    if not found:
        yield _nothing(shelf, asked, line, other), _precise_nothing(shelf, asked, line), "", "", "", ""
        return
    order = (CONFIRMED, IMPRECISE, NOT_ON_RECORD, CONTRADICTED)
    for act, verdict in sorted(found, key=lambda one: (order.index(one[1]), one[0].date.latest, one[0].id)):
        effect = _effect(shelf, act)
        yield (
            verdict,
            _precise(shelf, act, effect),
            act.kind,
            act.date.text,
            effect,
            cited(shelf, act.cite.sources),
        )


def sentence(asked: Asked, given: Sequence[Row]) -> str:
    """The verdict on the sentence, and the precise statement of the act that comes nearest."""
    said = f"“{asked.known('state')} {asked['did']}: {asked.known('instrument')}, {asked['when']}”"
    return f"{said} is {str(given[0][0]).replace('-', ' ')}. {given[0][1]}"


_LAST = Span.parse("9998").earliest


def _verdict(shelf: Shelf, act: Act, said: Span) -> str:
    """The act at the time that is said; for a withdrawal the day of effect counts too, and the other is loose."""
    verdict = verdict_on_date(said, act.date)
    effect = _effect(shelf, act)
    if act.kind != "notice-of-withdrawal" or not effect:
        return verdict
    out = verdict_on_date(said, Span.parse(effect))
    return CONFIRMED if out == CONFIRMED else IMPRECISE if verdict == CONFIRMED else out


def _wrong(act: Act, said: Span) -> str:
    """An act of another category at that time makes the sentence imprecise at best."""
    return IMPRECISE if verdict_on_date(said, act.date) == CONFIRMED else CONTRADICTED


def _effect(shelf: Shelf, act: Act) -> str:
    found: list[Exit] = [one for one in exits(shelf) if one.act.id == act.id]
    if found:
        return found[0].out
    begun = [one for one in standings(shelf, act.instrument, (act.state,)) if act.id in {s.act for s in one.because}]
    return begun[0].start.isoformat() if begun else ""


def _precise(shelf: Shelf, act: Act, effect: str) -> str:
    who, what = named(shelf, act.state), title(shelf, act.instrument)
    if act.kind == "notice-of-withdrawal":
        then = (
            f"; it was out on {effect}" if effect else "; the notice has not taken effect in the depositaries' record"
        )
        text = f"{who} gave notice of withdrawal from {what} {dated(act.date)}{then}"
    elif act.kind in _WORDS:
        text = f"{dated(act.date)} {who} {_WORDS[act.kind]} ({what})"
    else:
        text = f"{dated(act.date)} {who} {_VERBS.get(act.kind, 'gave its consent to')} {what}"
    after = _after(shelf, act)
    text = f"{text}; {after}" if after else text
    return f"{text[0].upper()}{text[1:]}."


def _after(shelf: Shelf, act: Act) -> str:
    """How the state stood on the day after the act, and the instrument on that day."""
    day = act.date.latest
    held = next((one for one in standings(shelf, act.instrument, (act.state,)) if one.start <= day < one.end), None)
    status = next((one.status for one in statuses(shelf, act.instrument) if one.start <= day < one.end), "")
    where = f", and the instrument was {status.replace('-', ' ')}" if status else ""
    return f"on that day it stood as {held.standing.replace('-', ' ')}{where}" if held else ""


def _nothing(shelf: Shelf, asked: Asked, line: tuple[str, ...], other: list[Act]) -> str:
    known = standings(shelf, asked["instrument"], line)
    return CONTRADICTED if known or other else NOT_ON_RECORD


def _precise_nothing(shelf: Shelf, asked: Asked, line: tuple[str, ...]) -> str:
    day = min(Span.parse(asked["when"]).latest, _LAST)
    held = next((one for one in standings(shelf, asked["instrument"], line) if one.start <= day < one.end), None)
    how = f"it stood as {held.standing.replace('-', ' ')}" if held else "it had no standing"
    who = named(shelf, asked["state"])
    text = f"the record has no such act of {who}; {how} under {title(shelf, asked['instrument'])} on {day.isoformat()}"
    return f"{text[0].upper()}{text[1:]}."
