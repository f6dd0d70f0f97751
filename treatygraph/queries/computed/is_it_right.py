"""Whether a sentence of the form "A withdrew from T in 2023" is right, and what the precise statement is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from treatygraph.answers.claims.draft import Draft
from treatygraph.answers.claims.evidence import LATEST
from treatygraph.answers.claims.judge import judge
from treatygraph.bonds.exits import exits
from treatygraph.build.index import Index
from treatygraph.model.act_words import LEAVING, acts_meant
from treatygraph.model.dates import Span
from treatygraph.model.records import Act
from treatygraph.model.vocabulary import DEPOSITARY
from treatygraph.queries.computed._documents import cited, line_on
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: Whether it is right that a state signed, ratified, joined, suspended or withdrew from an instrument at a
#   time.
# number: 34
# theme: claims
# param: state state "Russia" The state, by any of its names.
# param: did signed|ratified|joined|suspended|withdrew "withdrew" What it is said to have done.
# param: instrument instrument "CTBT" The instrument, by id, title, abbreviation or alias.
# param: when when "2023" When it is said to have done so: a day, a month or a year.
# column: verdict Confirmed, imprecise, contradicted, depends, or not on record.
# column: precise What the record says instead, or with what precision.
# column: act Kind of the act on record that comes nearest.
# column: date When it was done, in EDTF.
# column: effect First day on which it had worked, in EDTF; empty where it moved nothing.
# column: sources Titles of the sources of the act.
"""
_ACTS: Final = {
    "signed": "signature",
    "ratified": "ratification",
    "joined": "consent",
    "suspended": "suspension",
    "withdrew": "withdrawal",
}
"""The act that each verb claims."""
_NEAR: Final = LEAVING | {"suspension", "countermeasure"}
"""Acts that are taken for leaving or suspending."""


def rows(index: Index, values: QuestionValues) -> Iterator[Row]:
    """One row for each act that the verdict rests on, the nearest first; one row where there is none."""
    terms = {name: values[name] for name in ("instrument", "state")} | {
        "act": _ACTS[values["did"]],
        "on": values["when"],
    }
    (held,) = judge(index, [Draft("asked", "", "act-on", terms)], LATEST)
    acts = _acts(index, values, held.because)
    sources = cited(index, held.sources)
    if not acts:
        yield held.verdict, held.record, "", "", "", sources
    for act in acts:
        yield held.verdict, held.record, act.kind, act.date.text, _effect(index, act), cited(index, act.cite.sources)


def sentence(values: QuestionValues, answer_rows: Sequence[Row]) -> str:
    """The verdict on the sentence, and the precise statement of the act that comes nearest."""
    said = f"“{values.known('state')} {values['did']}: {values.known('instrument')}, {values['when']}”"
    return f"{said} is {_SAID.get(str(answer_rows[0][0]), str(answer_rows[0][0]))}. {answer_rows[0][1]}"


_SAID: Final = {"depends": "right by one reading and wrong by another", "not-on-record": "not on record"}


def _acts(index: Index, values: QuestionValues, because: Sequence[str]) -> list[Act]:
    """The acts that a verdict rests on, of the kind that was claimed first, those nearest in time first."""
    said, meant = Span.parse(values["when"]), acts_meant(_ACTS[values["did"]])
    line = line_on(index, values["state"], min(said.latest, LATEST))
    acts = index.acts_of(values["instrument"], line)
    named = [act for act in acts if act.id in because]
    if not named and values["did"] == "withdrew":
        # out of force is a standing: the act that brought it about, or what comes nearest to one
        named = [act for act in acts if act.kind in _NEAR]
    meant |= acts_meant("notice") if values["did"] == "withdrew" else frozenset()
    return sorted(named, key=lambda act: (act.kind not in meant, abs((act.date.latest - said.latest).days), act.id))


def _effect(index: Index, act: Act) -> str:
    """The first day on which an act had worked, in EDTF; empty where it moved nothing."""
    out = next((item.out for item in exits(index) if item.act.id == act.id), "")
    if out:
        return out
    standings = index.standings_of(act.instrument, DEPOSITARY, act.state)
    begun = [item for item in standings if act.id in {step.act for step in item.because}]
    return begun[0].start.isoformat() if begun else ""
