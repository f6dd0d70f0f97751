"""A small record on which claims are tried, and claims written down as a report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tiny_record import Tiny
from treatygraph.answers.claims.answer import HeldClaim, claims
from treatygraph.build.as_known import index_known_by
from treatygraph.build.documents import documents
from treatygraph.build.index import Index
from treatygraph.build.storage import MemoryStorage
from treatygraph.law.derivations import Corpus
from treatygraph.triplestore.load import topics

LIMITS = """
title: {text: 'Treaty on Limits', source: register, at: limits}
short: {text: 'Limits', source: treatygraph, at: house-style}
kind: {is: treaty, source: treatygraph, at: inclusion-rule}
scope: {is: bilateral, source: treatygraph, at: inclusion-rule}
binding: {is: 'yes', source: treatygraph, at: inclusion-rule}
topics: {are: [strategic-offensive-arms], source: treatygraph, at: inclusion-rule}
signed: {date: '2010-04-08', place: Prague, source: register, at: limits}
entry_into_force: {date: '2011-02-05', source: register, at: limits}
participants: {are: [RUS, USA], source: register, at: limits}
clauses:
  - {clause: duration, article: XIV, term: P10Y, source: register, at: XIV}
"""
PROLONGED = """
title: {text: 'Agreement on the Extension of the Limits', source: register, at: prolonged}
kind: {is: executive-agreement, source: treatygraph, at: inclusion-rule}
scope: {is: bilateral, source: treatygraph, at: inclusion-rule}
binding: {is: 'yes', source: treatygraph, at: inclusion-rule}
topics: {are: [strategic-offensive-arms], source: treatygraph, at: inclusion-rule}
signed: {date: '2021-01-26', source: register, at: prolonged}
entry_into_force: {date: '2021-02-03', source: register, at: prolonged}
participants: {are: [RUS, USA], source: register, at: prolonged}
clauses:
  - {clause: duration, until: '2026-02-05', source: register, at: prolonged}
relations:
  - {relation: extends, instrument: limits, source: treatygraph, at: inclusion-rule}
"""
DRAFT = """
title: {text: 'Draft Convention', source: register, at: draft}
kind: {is: treaty, source: treatygraph, at: inclusion-rule}
scope: {is: multilateral, source: treatygraph, at: inclusion-rule}
binding: {is: 'yes', source: treatygraph, at: inclusion-rule}
topics: {are: [landmines], source: treatygraph, at: inclusion-rule}
"""


def event(
    day: str, kind: str, text: str, instruments: str, states: str, *people: str, about: str = "", of: str = ""
) -> str:
    lines = [
        f"date: {{is: '{day}', source: gazette, at: page 6}}",
        f"type: {{is: {kind}, source: treatygraph, at: inclusion-rule}}",
        f"text: {{is: '{text}', source: gazette, at: page 6}}",
        f"instruments: {{are: [{instruments}], source: gazette, at: page 6}}",
        f"states: {{are: [{states}], source: gazette, at: page 6}}",
    ]
    if of:
        lines.append(f"of: {{are: [{of}], source: gazette, at: page 6}}")
    if people:
        lines.append("officials:")
    for person in people:
        official, role, state, source = person.split()
        lines.append(f"  - {{official: {official}, role: {role}, state: {state}, source: {source}, at: page 6}}")
    if about:
        lines.append(f"about: {{event: {about}, source: treatygraph, at: inclusion-rule}}")
    return "\n".join(lines) + "\n"


RUSK, GROMYKO = "rusk-dean speaker USA gazette", "gromyko-andrei addressee SUN gazette"
EVENTS = {
    "1963-07-02-offer": event(
        "1963-07-02", "statement", "Rusk made Gromyko an offer.", "test-ban", "USA, SUN", RUSK, GROMYKO
    ),
    "1963-07-15-answer": event(
        "1963-07-15", "statement", "An answer came.", "test-ban", "SUN, USA", about="1963-07-02-offer"
    ),
    "1964-remark": event("1964-02", "meeting", "A remark fell.", "hotline", "USA", "rusk-dean speaker USA recall"),
    "1990-breach": event("1990-05-01", "violation-allegation", "London spoke of a test.", "test-ban", "GBR, SUN"),
    "1990-denial": event("1990-05-03", "denial", "Moscow denied it.", "test-ban", "SUN, GBR"),
    "1995-exit": event(
        "1995-01-20", "announcement", "London said that it would leave.", "test-ban", "GBR", of="withdrawal"
    ),
    "2020-10-talks": event("2020-10", "meeting", "They talked about prolonging.", "prolonged", "USA, RUS"),
}


def with_claims(tiny: Tiny) -> Tiny:
    """The tiny record with a treaty that was extended, two presidents, and some events."""
    for name, card in (("limits", LIMITS), ("prolonged", PROLONGED), ("draft", DRAFT)):
        tiny.put(f"instruments/{name}.yaml", card.lstrip())
    for name, text in EVENTS.items():
        tiny.put(f"events/{name}.yaml", text)
    for name in ("first-ann", "second-bob"):
        tiny.add("officials.csv", f"{name},{name.partition('-')[2].title()},,USA,,,gazette,page 7,")
    tiny.add("tenures.csv", "first-ann,President,USA,2017-01-20,2021-01-20,gazette,page 7,")
    tiny.add("tenures.csv", "second-bob,President,USA,2021-01-20,,gazette,page 7,")
    tiny.add("tenures.csv", "second-bob,Vice President,USA,2009,2017,gazette,page 7,")
    return tiny


Terms = Mapping[str, str | list[str]]


def written(check: str, terms: Terms, name: str = "one") -> str:
    parts = [f"{key}: [{', '.join(v)}]" if isinstance(v, list) else f"{key}: '{v}'" for key, v in terms.items()]
    return (
        f"  - {{id: {name}, says: 'It was so.', check: {check}, {', '.join([*parts, 'source: gazette, at: page 1'])}}}"
    )


def report(*claimed: str) -> str:
    head = (
        "title: {text: 'A story', source: gazette, at: page 1}\ndate: {is: '2021-05-28', source: gazette, at: page 1}\n"
    )
    return head + "claims:\n" + "\n".join(claimed) + "\n"


def index_of(record: Tiny) -> Index:
    facts = record.facts()
    return Index(MemoryStorage(documents(facts, Corpus(facts).derivations(), topics())))


def held(record: Tiny, check: str, terms: Terms, known: date | None = None) -> HeldClaim:
    record.put("reports/story.yaml", report(written(check, terms)))
    index = index_of(record)
    (found,) = claims(index_known_by(index, known) if known else index, "story", known).claims
    return found
