"""What an instrument still lacks for entry into force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from treatygraph.bonds.unknowns import absence_of, open_standings
from treatygraph.build.index import Index
from treatygraph.law.clauses import EntryRule, entry_of
from treatygraph.model.dates import within
from treatygraph.model.records import Instrument
from treatygraph.model.standings import Derivation, Standing
from treatygraph.queries.computed._documents import card, cited, line_on
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: What is still missing for an instrument to enter into force: whose consent, or how many more.
# number: 16
# theme: state of the world
# answer: Entry into force of {instrument}: {condition is|conditions are} open on {on}.
# param: instrument instrument "CTBT" The instrument, by id, title, abbreviation or alias.
# param: on date "2026-11-23" The day asked about.
# column: missing What is missing: consent of a named state, a number of consents (up to so many, where the record may
#   lack some), another instrument, or a share that is not counted here.
# column: state Code of the state whose consent is needed; empty for the others.
# column: name Its name.
# column: standing How it stands: signatory, none where it has not signed, or not-known where the record cannot say.
# column: since Since when, in EDTF.
# column: article The article that says so.
# column: sources Titles of the sources of the clause.
"""
_CONSENTED = ("contracting", "party", "provisional")


def rows(index: Index, asked: QuestionValues) -> Iterator[Row]:
    """One row for each open condition of the clause (rule R13); none once it is in force."""
    name, on = asked["instrument"], asked.day("on")
    instrument = card(index, name)
    rule = entry_of(instrument)
    entry = index.summary(name).entry
    if rule is None or (entry and entry <= asked["on"]):
        return
    derived = index.derivation(name)
    held = [one for one in derived.standings if within(on, one.start, one.end)]
    consented = {one.state for one in held if one.standing in _CONSENTED}
    source = cited(index, rule.cite.sources)
    lacking = 0
    for code in _named(index, instrument, rule):
        line = line_on(index, code, on)
        if not consented & set(line):
            lacking += 1
            standing = _standing(index, derived, held, line, on)
            yield "consent", code, index.existences()[code].name, *standing, rule.article, source
    short = rule.count - len(consented)
    if short > 0 and short > lacking:
        most = "up to " if "contracting" in open_standings(index, derived, on) else ""
        yield f"{most}{short} consents of {rule.count}", "", "", "", "", rule.article, source
    some = rule.some - len(consented & set(rule.of))
    if some > 0:
        yield f"{some} of {', '.join(rule.of)}", "", "", "", "", rule.article, source
    if rule.uncountable:
        yield "a share of the parties to another instrument", "", "", "", "", rule.article, source
    awaited = index.summary(rule.after).entry if rule.after else ""
    if rule.after and not (awaited and awaited <= asked["on"]):
        yield f"entry into force of {rule.after}", "", "", "", "", rule.article, source


def _named(index: Index, instrument: Instrument, rule: EntryRule) -> Sequence[str]:
    """The states whose consent the clause asks for by name, or as signers or participants."""
    needed = list(rule.including)
    for word in rule.all_of:
        if word == "participants":
            needed += instrument.participants
        elif word == "signatories":
            needed += sorted({act.state for act in index.ledger(instrument.id) if act.kind == "signature"})
        else:
            needed.append(word)
    if not needed and not rule.count and not rule.some:
        needed += instrument.participants
    return list(dict.fromkeys(needed))


def _standing(
    index: Index, derived: Derivation, held: Sequence[Standing], line: Sequence[str], on: date
) -> tuple[str, str]:
    one = next((one for one in held if one.state in line), None)
    return (one.standing, one.origin or one.since) if one else (absence_of(index, derived, line, on).standing, "")
