"""Cards of instruments, sheets of events and reports: from YAML to records."""

from __future__ import annotations

from pathlib import Path

from treatygraph.facts.claim_terms import TERMS
from treatygraph.facts.claim_terms import problem_of as claim_problem
from treatygraph.facts.knowledge import GAP_KEYS, read_coverage, read_text
from treatygraph.facts.sheets import Fact, Findings, Sheet, open_sheet
from treatygraph.law.clauses import CLAUSE_KEYS, problem_of
from treatygraph.model.records import Claim, Clause, Event, Instrument, Participation, Relation, Report

__all__ = ["read_event", "read_instrument", "read_report"]

_CARD = {
    "title": ("text",),
    "short": ("text",),
    "kind": ("is",),
    "scope": ("is",),
    "binding": ("is",),
    "topics": ("are",),
    "adopted": ("date",),
    "signed": ("date", "place"),
    "entry_into_force": ("date",),
    "operative": ("date",),
    "ended": ("date", "how"),
    "participants": ("are",),
    "depositaries": ("are",),
    "coverage": ("through", "open_to"),
    "text": ("read", "articles", "link"),
    "description": ("text",),
}
_CARD_LISTS = {
    "aliases": ("text",),
    "clauses": ("clause", "article", "gist", *sorted({key for keys in CLAUSE_KEYS.values() for key in keys})),
    "relations": ("relation", "instrument", "parties"),
    "identifiers": ("scheme", "id"),
}
_CARD_PARTS = {("coverage", "gaps"): GAP_KEYS}
_NEEDED = ("title", "kind", "scope", "binding", "topics")


def read_instrument(path: Path, name: str, findings: Findings) -> Instrument:
    """The card at ``path``; its id is the file's name."""
    sheet = open_sheet(path, name, findings)
    sheet.expect(_CARD, _CARD_LISTS, _CARD_PARTS)
    sheet.need("card", _NEEDED)
    return Instrument(
        id=path.stem,
        title=sheet.text("title", "text"),
        short=sheet.text("short", "text") or sheet.text("title", "text"),
        aliases=tuple(fact.text("text") for fact in sheet.facts("aliases")),
        kind=sheet.text("kind", "is"),
        scope=sheet.text("scope", "is"),
        binding=sheet.text("binding", "is"),
        topics=_many(sheet, "topics"),
        signed=findings.span(sheet.text("signed", "date"), _place(sheet, "signed")),
        signed_place=sheet.text("signed", "place"),
        entry_into_force=findings.span(sheet.text("entry_into_force", "date"), _place(sheet, "entry_into_force")),
        operative=findings.span(sheet.text("operative", "date"), _place(sheet, "operative")),
        ended=findings.span(sheet.text("ended", "date"), _place(sheet, "ended")),
        ended_how=sheet.text("ended", "how"),
        participants=_many(sheet, "participants"),
        depositaries=_many(sheet, "depositaries"),
        clauses=tuple(_clause(fact, findings) for fact in sheet.facts("clauses")),
        relations=tuple(_relation(fact, findings) for fact in sheet.facts("relations")),
        coverage=read_coverage(sheet.fact("coverage"), findings),
        text=read_text(sheet.fact("text"), findings),
        identifiers=tuple((f.text("scheme"), f.text("id")) for f in sheet.facts("identifiers")),
        description=sheet.text("description", "text"),
        cites=sheet.cites(),
        adopted=findings.span(sheet.text("adopted", "date"), _place(sheet, "adopted")),
    )


def _place(sheet: Sheet, key: str) -> str:
    fact = sheet.fact(key)
    return fact.place if fact else f"{sheet.name}:1"


def _many(sheet: Sheet, key: str) -> tuple[str, ...]:
    fact = sheet.fact(key)
    return fact.many("are") if fact else ()


def _relation(fact: Fact, findings: Findings) -> Relation:
    parties = fact.text("parties")
    if parties not in ("", "apart"):
        message = f"'{parties}' does not say who its parties are."
        findings.add(fact.place, "relation", message, "write parties: apart, or leave it out.")
    return Relation(fact.text("relation"), fact.text("instrument"), fact.cite, parties == "apart")


def _clause(fact: Fact, findings: Findings) -> Clause:
    clause = Clause(fact.text("clause"), fact.text("article"), fact.rest("clause", "article"), fact.cite)
    problem = problem_of(clause)
    if problem and not any(finding.place == fact.place for finding in findings.found):
        findings.add(fact.place, "clause", problem, "see the keys of each kind of clause in graph/README.md.")
    return clause


_EVENT = {
    "date": ("is",),
    "type": ("is",),
    "text": ("is",),
    "instruments": ("are",),
    "states": ("are",),
    "about": ("event",),
    "by": ("are",),
    "of": ("are",),
}


def read_event(path: Path, name: str, findings: Findings) -> Event | None:
    """The event at ``path``; None when its date cannot be read."""
    sheet = open_sheet(path, name, findings)
    sheet.expect(_EVENT, {"officials": ("official", "role", "state"), "about": ("event",)})
    sheet.need("event", ("date", "type", "text"), "is: …")
    when = findings.span(sheet.text("date", "is"), _place(sheet, "date"))
    about = [sheet.text("about", "event"), *(fact.text("event") for fact in sheet.facts("about"))]
    if when is None:
        return None
    return Event(
        id=path.stem,
        date=when,
        type=sheet.text("type", "is"),
        text=sheet.text("text", "is"),
        instruments=_many(sheet, "instruments"),
        states=_many(sheet, "states"),
        officials=tuple(
            Participation(f.text("official"), f.text("role"), f.text("state"), f.cite) for f in sheet.facts("officials")
        ),
        about=tuple(event for event in about if event),
        by=_many(sheet, "by"),
        of=_many(sheet, "of"),
        cites=sheet.cites(),
    )


_REPORT = {"title": ("text",), "date": ("is",)}


def read_report(path: Path, name: str, findings: Findings) -> Report | None:
    """The report at ``path``; None when its date cannot be read."""
    sheet = open_sheet(path, name, findings)
    sheet.expect(_REPORT, {"claims": ("id", "says", "check", *TERMS)})
    sheet.need("report", _REPORT)
    when = findings.span(sheet.text("date", "is"), _place(sheet, "date"))
    claims: dict[str, Claim] = {}
    for fact in sheet.facts("claims"):
        claim = _claim(fact, findings)
        if claim.id in claims:
            message = f"the claim '{claim.id}' stands twice."
            findings.add(fact.place, "repeated-key", message, "give each claim an id of its own.")
        claims[claim.id] = claim
    if when is None:
        return None
    return Report(path.stem, sheet.text("title", "text"), when, tuple(claims.values()), sheet.cites())


def _claim(fact: Fact, findings: Findings) -> Claim:
    claim = Claim(fact.text("id"), fact.text("says"), fact.text("check"), fact.rest("id", "says", "check"), fact.cite)
    if not (claim.id and claim.says):
        findings.add(fact.place, "missing-key", "the claim has no 'id' or no 'says'.", "give both, in your own words.")
    problem = claim_problem(claim)
    if problem:
        findings.add(fact.place, "claim", problem, "see the terms of each kind of check in graph/README.md.")
    return claim
