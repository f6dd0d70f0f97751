"""Claims of reports: a small record on which every check gives each of its verdicts, and the story on the real graph."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

import pytest
from pyoxigraph import NamedNode

from tiny_record import Tiny
from treatygraph.answers import claims as answers
from treatygraph.answers.claims import VERDICTS, ClaimsAnswer, HeldClaim, claims
from treatygraph.documents import documents
from treatygraph.errors import FactsError, UnknownName
from treatygraph.facts.claim_terms import CHECKS, TERMS
from treatygraph.known import shelf_known_by
from treatygraph.law.corpus import Corpus
from treatygraph.loading import topics
from treatygraph.quads import quads
from treatygraph.quads.addresses import Addresses
from treatygraph.rooms import room
from treatygraph.shelf import MemoryShelf
from treatygraph.terms import KINDS, iri

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


def event(day: str, kind: str, text: str, instruments: str, states: str, *people: str, about: str = "") -> str:
    lines = [
        f"date: {{is: '{day}', source: gazette, at: page 6}}",
        f"type: {{is: {kind}, source: treatygraph, at: inclusion-rule}}",
        f"text: {{is: '{text}', source: gazette, at: page 6}}",
        f"instruments: {{are: [{instruments}], source: gazette, at: page 6}}",
        f"states: {{are: [{states}], source: gazette, at: page 6}}",
    ]
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
    "1995-exit": event("1995-01-20", "announcement", "London said that it would leave.", "test-ban", "GBR"),
    "2020-10-talks": event("2020-10", "meeting", "They talked about prolonging.", "prolonged", "USA, RUS"),
}


@pytest.fixture
def record(tiny: Tiny) -> Tiny:
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


def shelf_of(record: Tiny) -> MemoryShelf:
    facts = record.facts()
    return MemoryShelf(documents(facts, Corpus(facts).derivations(), topics()))


def held(record: Tiny, check: str, terms: Terms, known: date | None = None) -> HeldClaim:
    record.put("reports/story.yaml", report(written(check, terms)))
    shelf = shelf_of(record)
    (found,) = claims(shelf_known_by(shelf, known) if known else shelf, "story", known).claims
    return found


class Case(NamedTuple):
    """A claim as data, and what the small record makes of it."""

    check: str
    terms: dict[str, Any]
    verdict: str
    record: str


def case(check: str, verdict: str, record: str, **terms: Any) -> Case:
    return Case(check, terms, verdict, record)


OF_INSTRUMENTS = [
    case("date-of-signature", "confirmed", "on 5 August 1963", instrument="test-ban", on="1963"),
    case("date-of-signature", "imprecise", "on 5 August 1963", instrument="test-ban", on="1963-08-06"),
    case("date-of-signature", "contradicted", "on 5 August 1963", instrument="test-ban", on="1964"),
    case("date-of-signature", "not-on-record", "in September 1974", instrument="guidelines", on="1974-09-03"),
    case("date-of-signature", "confirmed", "signed by Russia on 20 June", instrument="hotline", state="RUS", on="1963-06-20"),
    case("date-of-signature", "not-on-record", "no signature of Test Ban by Czechia", instrument="test-ban", state="CZE", on="1993"),
    case("date-of-entry-into-force", "confirmed", "entered into force on 10 October 1963", instrument="test-ban", on="1963-10"),
    case("date-of-entry-into-force", "contradicted", "on 10 October 1963", instrument="test-ban", on="1963-08-05"),
    case("date-of-entry-into-force", "contradicted", "never entered into force", instrument="draft", on="1999"),
    case("date-of-end", "confirmed", "Unverified (general knowledge): the end", instrument="guidelines", on="2001"),
    case("date-of-end", "contradicted", "no end of Test Ban", instrument="test-ban", on="2001"),
    case("original-term-ends", "confirmed", "on 5 February 2021; it was extended on 26 January 2021", instrument="limits", on="2021-01/2021-05"),
    case("original-term-ends", "contradicted", "on 5 February 2021", instrument="limits", on="2026"),
    case("original-term-ends", "not-on-record", "no term of Test Ban", instrument="test-ban", on="2021"),
    case("about-topic", "confirmed", "about nuclear testing", instrument="test-ban", topic="nuclear"),
    case("about-topic", "contradicted", "about nuclear testing", instrument="test-ban", topic="landmines"),
    case("status-on", "confirmed", "was in force on 1 January 1970", instrument="test-ban", status="in-force", on="1970-01-01"),
    case("status-on", "contradicted", "was in force", instrument="test-ban", status="terminated", on="1970-01-01"),
    case("status-on", "not-on-record", "no status", instrument="test-ban", status="in-force", on="1950-01-01"),
    case("only-instrument", "depends", "but not among", instruments=["limits"], states=["USA", "RUS"], on="2015-01-01"),
    case("only-instrument", "confirmed", "Limits stood alone", instruments=["limits"], states=["USA", "RUS"], on="2015-01-01", topic="strategic-offensive-arms"),
    case("only-instrument", "contradicted", "beside Hotline", instruments=["limits"], states=["USA", "RUS"], on="2015-01-01", scope="bilateral"),
    case("only-instrument", "contradicted", "Limits did not hold", instruments=["limits"], states=["USA", "RUS"], on="2027-01-01"),
    case("only-instrument", "not-on-record", "did not exist", instruments=["test-ban"], states=["USA", "CZE"], on="1985-01-01"),
    case("extended-to", "confirmed", "until 5 February 2026", instrument="limits", until="2026-02-05", period="P5Y"),
    case("extended-to", "confirmed", "until 5 February 2026", instrument="limits", until="2026-02-04"),
    case("extended-to", "imprecise", "until 5 February 2026", instrument="limits", until="2026-02-05", period="P4Y"),
    case("extended-to", "imprecise", "until 5 February 2026", instrument="limits", until="2027-02-05", period="P5Y"),
    case("extended-to", "contradicted", "until 5 February 2026", instrument="limits", until="2027-02-05"),
    case("extended-to", "not-on-record", "no extension", instrument="test-ban", until="2026-02-05"),
    case("extended-soon-after", "confirmed", "6 days after Bob became President", instrument="limits", official="second-bob", office="President", period="P1M"),
    case("extended-soon-after", "contradicted", "6 days after", instrument="limits", official="second-bob", office="President", period="P5D"),
    case("extended-soon-after", "contradicted", "no extension of Test Ban", instrument="test-ban", official="second-bob", office="President", period="P1M"),
    case("extended-soon-after", "not-on-record", "no tenure", instrument="limits", official="second-bob", office="Premier", period="P1M"),
    case("not-extended-under", "imprecise", "dealings about it: They talked", instrument="limits", official="first-ann", office="President", state="USA"),
    case("not-extended-under", "confirmed", "no dealings", instrument="limits", official="first-ann", office="President", state="GBR"),
    case("not-extended-under", "contradicted", "on 26 January 2021, in Bob's term", instrument="limits", official="second-bob", office="President"),
    case("not-extended-under", "not-on-record", "no tenure", instrument="limits", official="first-ann", office="Premier"),
    case("ended-for-all", "confirmed", "on 5 February 2026 (expired)", instrument="limits"),
    case("ended-for-all", "contradicted", "2 states are still bound", instrument="limits", on="2022-01-01"),
    case("ended-for-all", "contradicted", "out is the United Kingdom (30 April 1995)", instrument="test-ban"),
    case("ended-for-all", "not-on-record", "never bound", instrument="draft"),
]  # fmt: skip

OF_STATES = [
    case("standing-on", "confirmed", "the Soviet Union was a party", instrument="test-ban", state="SUN", standing="party", on="1970-01-01"),
    case("standing-on", "contradicted", "was a signatory", instrument="test-ban", state="USA", standing="party", on="1963-08-06"),
    case("standing-on", "contradicted", "without a standing", instrument="limits", state="GBR", standing="party", on="2015-01-01"),
    case("standing-on", "depends", "the reading of USA holds party", instrument="test-ban", state="GBR", standing="former-party", on="1996-01-01"),
    case("stays-out", "confirmed", "out of Test Ban since 30 April 1995", instrument="test-ban", state="GBR", on="1996-01-01"),
    case("stays-out", "contradicted", "bound by Test Ban since 1963-10-10", instrument="test-ban", state="USA", on="1996-01-01"),
    case("stays-out", "imprecise", "never bound", instrument="limits", state="GBR", on="2015-01-01"),
    case("announcement-of-withdrawal", "confirmed", "announced on 20 January 1995", instrument="test-ban", state="GBR", on="1995-01-20"),
    case("announcement-of-withdrawal", "imprecise", "the day of the notice for that of the announcement", instrument="test-ban", state="GBR", on="1995-01-31"),
    case("announcement-of-withdrawal", "imprecise", "the day of the effect for that of the announcement", instrument="test-ban", state="GBR", on="1995-04"),
    case("announcement-of-withdrawal", "contradicted", "announced on 20 January 1995, was notified on 31 January 1995", instrument="test-ban", state="GBR", on="1990"),
    case("announcement-of-withdrawal", "not-on-record", "no notice of a withdrawal", instrument="test-ban", state="USA", on="1990"),
    case("notice-of-withdrawal", "confirmed", "notified on 31 January 1995", instrument="test-ban", state="GBR", on="1995-01-31"),
    case("notice-of-withdrawal", "imprecise", "the effect for that of the notice", instrument="test-ban", state="GBR", on="1995-04-30"),
    case("notice-of-withdrawal", "contradicted", "notified on 31 January 1995", instrument="test-ban", state="GBR", on="1996"),
    case("effect-of-withdrawal", "confirmed", "took effect on 30 April 1995", instrument="test-ban", state="GBR", on="1995-04-30"),
    case("effect-of-withdrawal", "imprecise", "the notice for that of the effect", instrument="test-ban", state="GBR", on="1995-01-31"),
    case("effect-of-withdrawal", "contradicted", "took effect on 30 April 1995", instrument="test-ban", state="GBR", on="1996"),
    case("effect-of-withdrawal", "not-on-record", "no effect", instrument="limits", state="USA", on="1996"),
]  # fmt: skip

OFFER = {"type": "statement", "instrument": "test-ban", "speaker": "rusk-dean", "addressee": "gromyko-andrei"}
OF_EVENTS = [
    case("event-on", "confirmed", "On 2 July 1963", **OFFER, on="1963-07-02"),
    case("event-on", "confirmed", "(a Tuesday)", **OFFER, on="1963-07-02", weekday="Tuesday"),
    case("event-on", "imprecise", "(a Tuesday)", **OFFER, on="1963-07-02", weekday="Monday"),
    case("event-on", "imprecise", "On 2 July 1963", **OFFER, on="1963-07-03"),
    case("event-on", "contradicted", "On 2 July 1963", **OFFER, on="1963-08"),
    case("event-on", "contradicted", "has Dean Rusk as speaker", type="statement", instrument="test-ban", speaker="home-alec", on="1963-07-02"),
    case("event-on", "not-on-record", "names no speaker", event="1963-07-15-answer", speaker="home-alec"),
    case("event-on", "not-on-record", "no such event with these persons", type="statement", instrument="test-ban", speaker="home-alec", on="1999"),
    case("event-on", "not-on-record", "no such event.", type="snapback", instrument="test-ban", on="1963-07-02"),
    case("event-on", "not-on-record", "the nearest is on 15 July 1963", type="statement", instrument="test-ban", state="SUN", on="1970"),
    case("event-on", "contradicted", "On 15 July 1963", event="1963-07-15-answer", on="1970"),
    case("event-on", "confirmed", "An answer came", about="1963-07-02-offer", state="SUN"),
    case("event-on", "confirmed", "Rusk made", event="1963-07-02-offer", office="Secretary of State"),
    case("event-on", "contradicted", "has Dean Rusk and Andrei Gromyko as office", event="1963-07-02-offer", office="President"),
    case("event-on", "confirmed", "Unverified (general knowledge): Dean Rusk as speaker", type="meeting", official="rusk-dean", on="1964-02"),
    case("event-on", "not-on-record", "in February 1964", event="1964-remark", on="1964-02-03"),
    case("allegation", "confirmed", "Whether there was a breach does not follow", instrument="test-ban", state="GBR", against=["SUN"]),
    case("allegation", "contradicted", "on 1 May 1990", instrument="test-ban", state="GBR", on="1999"),
    case("allegation", "not-on-record", "no event", instrument="test-ban", state="USA"),
    case("denial", "confirmed", "Russia denied a breach of Test Ban on 3 May 1990", instrument="test-ban", state="RUS"),
    case("denial", "imprecise", "on 3 May 1990", instrument="test-ban", state="SUN", on="1990-05-02"),
    case("denial", "not-on-record", "no event", instrument="test-ban", state="GBR"),
    case("office-on", "confirmed", "Minister of Foreign Affairs (from 1957-02-15", official="gromyko-andrei", office="Foreign Minister", state="SUN", on="1963-07-02"),
    case("office-on", "contradicted", "Secretary of State", official="rusk-dean", office="President", on="1963-07-02"),
    case("office-on", "contradicted", "until 2021-01-20", official="first-ann", office="President", on="2021-01-20"),
    case("office-on", "not-on-record", "does not say", official="second-bob", office="Vice President", on="2009-01-10"),
    case("office-on", "not-on-record", "no tenure", official="second-bob", office="Premier", on="2000-01-01"),
    case("not-in-office", "confirmed", "from 2021-01-20", official="second-bob", office="President", on="2020-05-22"),
    case("not-in-office", "contradicted", "from 2021-01-20", official="second-bob", office="President", on="2022-05-22"),
    case("not-in-office", "not-on-record", "no tenure", official="second-bob", office="Premier", on="2022-05-22"),
]  # fmt: skip


@pytest.mark.parametrize("case", [*OF_INSTRUMENTS, *OF_STATES, *OF_EVENTS], ids=lambda c: f"{c.check}-{c.verdict}")
def test_each_check_gives_its_verdict(record: Tiny, case: Case) -> None:
    found = held(record, case.check, case.terms)
    assert (found.verdict, found.check) == (case.verdict, case.check), found.record
    assert case.record.casefold() in found.record.casefold()
    assert found.record[0].isupper()
    assert found.record.endswith(".")


def test_every_check_is_run_and_tried() -> None:
    assert set(answers._CHECKS) == set(CHECKS)
    tried = {(item.check, item.verdict) for item in (*OF_INSTRUMENTS, *OF_STATES, *OF_EVENTS)}
    assert {check for check, _ in tried} == set(CHECKS)
    assert {verdict for _, verdict in tried} == set(VERDICTS)
    for check in CHECKS:
        assert {"confirmed", "contradicted"} <= {
            verdict for name, verdict in tried if name == check
        } or check == "denial"


def test_every_check_and_term_is_in_the_data_dictionary() -> None:
    text = (room("graph") / "README.md").read_text(encoding="utf-8")
    section = text.partition("### Reports")[2].partition("## Assertions")[0]
    assert [word for word in (*CHECKS, *TERMS) if f"`{word}`" not in section] == []


class Changed(NamedTuple):
    """A claim, one change to the record, and the verdicts before and after."""

    check: str
    terms: dict[str, Any]
    before: str
    file: str
    old: str
    new: str
    after: str


CHANGES = [
    Changed("date-of-signature", {"instrument": "limits", "on": "2010"}, "confirmed", "instruments/limits.yaml", "date: '2010-04-08'", "date: '2009-04-08'", "contradicted"),
    Changed("event-on", {**OFFER, "on": "1963-07-02"}, "confirmed", "events/1963-07-02-offer.yaml", "is: '1963-07-02'", "is: '1963-06-02'", "contradicted"),
    Changed("event-on", {**OFFER, "on": "1963-07-02"}, "confirmed", "events/1963-07-02-offer.yaml", "rusk-dean", "home-alec", "contradicted"),
    Changed("not-extended-under", {"instrument": "limits", "official": "first-ann", "office": "President"}, "imprecise", "events/2020-10-talks.yaml", "[prolonged]", "[limits]", "confirmed"),
    Changed("extended-to", {"instrument": "limits", "until": "2026-02-05"}, "confirmed", "instruments/prolonged.yaml", "until: '2026-02-05'", "until: '2025-02-05'", "contradicted"),
    Changed("extended-to", {"instrument": "limits", "until": "2026-02-05"}, "confirmed", "instruments/prolonged.yaml", "relation: extends", "relation: follows", "not-on-record"),
    Changed("announcement-of-withdrawal", {"instrument": "test-ban", "state": "GBR", "on": "1995-01-31"}, "imprecise", "events/1995-exit.yaml", "is: announcement", "is: statement", "confirmed"),
    Changed("only-instrument", {"instruments": ["limits"], "states": ["USA", "RUS"], "on": "2015-01-01"}, "depends", "instruments/limits.yaml", "[strategic-offensive-arms]", "[crisis-communication]", "contradicted"),
    Changed("ended-for-all", {"instrument": "limits", "on": "2022-01-01"}, "contradicted", "instruments/prolonged.yaml", "relation: extends", "relation: follows", "confirmed"),
    Changed("standing-on", {"instrument": "test-ban", "state": "GBR", "standing": "former-party", "on": "1996-01-01"}, "depends", "assertions.csv", "USA,rejects", "USA,accepts", "confirmed"),
    Changed("effect-of-withdrawal", {"instrument": "test-ban", "state": "GBR", "on": "1995-04-30"}, "confirmed", "acts/test-ban.csv", "1995-04-30", "1996-01-31", "contradicted"),
    Changed("office-on", {"official": "rusk-dean", "office": "Secretary of State", "on": "1963-07-02"}, "confirmed", "tenures.csv", "USA,1961-01-21", "USA,1964-01-21", "contradicted"),
    Changed("denial", {"instrument": "test-ban", "state": "SUN"}, "confirmed", "events/1990-denial.yaml", "is: denial", "is: statement", "not-on-record"),
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda c: f"{c.check}-{c.before}-{c.after}")
def test_a_change_of_the_record_changes_the_verdict(record: Tiny, change: Changed) -> None:
    assert held(record, change.check, change.terms).verdict == change.before
    record.change(change.file, change.old, change.new)
    assert held(record, change.check, change.terms).verdict == change.after


def test_definitions_are_named_with_their_counts(record: Tiny) -> None:
    found = held(record, "only-instrument", {"instruments": ["limits"], "states": ["USA", "RUS"], "on": "2015-01-01"})
    assert [(item["definition"], item["holds"], item["count"]) for item in found.definitions] == [
        ("binding instruments", False, 3),
        ("bilateral binding instruments", False, 2),
        ("binding instruments on strategic offensive arms", True, 1),
        ("bilateral binding instruments on strategic offensive arms", True, 1),
    ]
    assert "bilateral binding instruments (2 in all), beside Hotline" in found.record


def test_known_cuts_what_came_later(record: Tiny) -> None:
    terms = {"instrument": "test-ban", "state": "GBR", "on": "1995-01-31"}
    assert held(record, "notice-of-withdrawal", terms, known=date(1995, 1, 30)).verdict == "not-on-record"
    assert held(record, "notice-of-withdrawal", terms, known=date(1995, 2, 1)).verdict == "confirmed"
    assert (
        held(record, "denial", {"instrument": "test-ban", "state": "RUS"}, known=date(1990, 5, 2)).verdict
        == "not-on-record"
    )
    assert held(record, "ended-for-all", {"instrument": "limits"}, known=date(2021, 5, 28)).verdict == "contradicted"


def test_what_the_ledger_does_not_cover_is_said(record: Tiny) -> None:
    record.put("reports/story.yaml", report(written("ended-for-all", {"instrument": "test-ban"})))
    assert claims(shelf_of(record), "story", None).notes == ("ledger of test-ban complete through 2000-01-01",)


def test_reasons_are_addresses_of_the_graph(record: Tiny) -> None:
    cases = [*OF_INSTRUMENTS, *OF_STATES, *OF_EVENTS]
    record.put("reports/story.yaml", report(*(written(c.check, c.terms, f"c{n}") for n, c in enumerate(cases))))
    facts = record.facts()
    derivations = Corpus(facts).derivations()
    subjects = {quad.subject.value for quad in quads(facts, derivations) if isinstance(quad.subject, NamedNode)}
    addresses = Addresses(facts)
    answer = claims(MemoryShelf(documents(facts, derivations, topics())), "story", None)
    for item in answer.claims:
        assert bool(item.because) == bool(item.sources), item
        for name in item.because:
            there = subjects & {iri(kind, name) for kind in KINDS}
            assert there or addresses.reason(name), f"{item.check}: '{name}' is no address"


# ---------------------------------------------------------------------- what the facts may say


BROKEN = [
    ("check: denial", "check: rumour", "claim", "'rumour' is not a kind of check"),
    ("state: 'SUN', ", "", "claim", "lacks state"),
    ("state: 'SUN'", "state: 'SUN', office: 'X'", "claim", "does not know office"),
    ("state: 'SUN'", "state: 'SUN', colour: red", "unknown-key", "'colour'"),
    ("state: 'SUN'", "state: 'SUN', on: '11 May'", "claim", "'11 May' is not a date"),
    ("state: 'SUN'", "state: 'ATL'", "unknown-state", "'ATL' has no record"),
    ("says: 'It was so.', ", "", "missing-key", "no 'id' or no 'says'"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "rule", "says"), BROKEN, ids=[says for *_, says in BROKEN])
def test_a_broken_claim_stops_at_its_line(record: Tiny, old: str, new: str, rule: str, says: str) -> None:
    record.put("reports/story.yaml", report(written("denial", {"instrument": "test-ban", "state": "SUN"})))
    place = record.change("reports/story.yaml", old, new)
    with pytest.raises(FactsError) as caught:
        record.facts()
    found = next(item for item in caught.value.findings if item.rule == rule)
    assert found.place == place
    assert says in found.message
    assert found.mend.endswith(".")


@pytest.mark.parametrize(
    ("check", "terms", "says"),
    [
        ("only-instrument", {"instruments": ["limits"], "states": ["USA"], "on": "2015-01-01"}, "about two states"),
        ("standing-on", {"instrument": "limits", "state": "USA", "standing": "member", "on": "2015"}, "is no standing"),
        ("about-topic", {"instrument": "limits", "topic": "tanks"}, "is no topic"),
        ("event-on", {"type": "rumour"}, "is no type"),
        ("event-on", {"type": "statement", "weekday": "Monday"}, "a weekday needs"),
        ("extended-to", {"instrument": "limits", "until": "2026", "period": "5 years"}, "is not a period"),
    ],
)
def test_words_and_values_are_checked(record: Tiny, check: str, terms: dict[str, Any], says: str) -> None:
    record.put("reports/story.yaml", report(written(check, terms)))
    with pytest.raises(FactsError, match=says):
        record.facts()


def test_claims_have_ids_of_their_own_and_reports_a_title(record: Tiny) -> None:
    claim = written("denial", {"instrument": "test-ban", "state": "SUN"})
    record.put("reports/story.yaml", report(claim, claim).partition("\n")[2])
    with pytest.raises(FactsError) as caught:
        record.facts()
    assert {(item.rule, item.place) for item in caught.value.findings} == {
        ("repeated-key", "reports/story.yaml:4"),
        ("missing-key", "reports/story.yaml:1"),
    }


def test_a_report_is_found_by_id_and_title_and_missed_with_the_nearest(record: Tiny) -> None:
    record.put("reports/story.yaml", report(written("denial", {"instrument": "test-ban", "state": "SUN"})))
    shelf = shelf_of(record)
    assert claims(shelf, "A Story").report == claims(shelf, "STORY").report == "story"
    with pytest.raises(UnknownName) as caught:
        claims(shelf, "stories")
    assert caught.value.nearest == ("story",)
    with pytest.raises(UnknownName, match="Did you mean: story"):
        claims(shelf, "xyz")


# ---------------------------------------------------------------------- the story on the real graph


@pytest.fixture(scope="module")
def story(graph_shelf: MemoryShelf) -> ClaimsAnswer:
    return claims(graph_shelf, "2021-05-open-skies")


def of(story: ClaimsAnswer, name: str) -> HeldClaim:
    return next(item for item in story.claims if item.id == name)


def test_the_story_as_a_whole(story: ClaimsAnswer) -> None:
    shape = story.to_dict()
    assert len(shape["claims"]) >= 15
    assert shape["answer"].startswith("Of 26 claims in ")
    assert shape["report"] == "2021-05-open-skies"
    for item in shape["claims"]:
        assert {"id", "says", "verdict", "record", "because", "sources"} <= set(item)
        assert item["verdict"] in VERDICTS
        assert item["because"] or item["verdict"] == "not-on-record"


@pytest.mark.parametrize(
    "name",
    [
        "message", "sherman-office", "ryabkov-office", "not-rejoining", "already-out", "summit", "what-it-does", "signed",
        "candidate", "original-term", "extended-soon", "allegation", "denial", "russian-plan", "bill", "kremlin-reason",
    ],
)  # fmt: skip
def test_what_the_story_has_right(story: ClaimsAnswer, name: str) -> None:
    assert of(story, name).verdict == "confirmed", of(story, name).record


def test_november_2020_is_the_effect_not_the_announcement(story: ClaimsAnswer) -> None:
    found = of(story, "withdrawal-announced")
    assert found.verdict == "imprecise"
    assert "22 May 2020" in found.record
    assert "22 November 2020" in found.record


def test_the_only_treaty_depends_on_the_definition(story: ClaimsAnswer) -> None:
    found = of(story, "only-treaty")
    counts = {item["definition"]: (item["holds"], item["count"]) for item in found.definitions}
    assert found.verdict == "depends"
    assert counts["bilateral binding instruments on strategic offensive arms"] == (True, 1)
    assert "bilateral binding instruments on strategic offensive arms" in found.record
    for loose in ("binding instruments", "bilateral binding instruments"):
        assert not counts[loose][0]
        assert counts[loose][1] > 5
    bilateral = next(item for item in found.definitions if item["definition"] == "bilateral binding instruments")
    assert {"ttbt", "pnet", "launch-notification-1988", "new-start"} <= set(bilateral["instruments"])


def test_the_extension_is_confirmed(story: ClaimsAnswer) -> None:
    assert of(story, "extended-to").verdict == "confirmed"
    assert "5 February 2026" in of(story, "extended-to").record


def test_the_treaty_goes_on_without_the_two(story: ClaimsAnswer) -> None:
    found = of(story, "ended-entirely")
    assert found.verdict == "contradicted"
    assert "22 November 2020" in found.record
    assert "18 December 2021" in found.record


def test_talks_make_nothing_done_imprecise(story: ClaimsAnswer) -> None:
    assert of(story, "nothing-done-before").verdict == "imprecise"


def test_on_the_day_of_the_story_the_russian_notice_was_not_known(graph_shelf: MemoryShelf) -> None:
    by = date(2021, 5, 28)
    found = claims(shelf_known_by(graph_shelf, by), "2021-05-open-skies", by)
    assert of(found, "russian-plan").verdict == "confirmed"
    assert "18 June 2021" not in of(found, "russian-plan").record
    assert of(found, "summit").verdict == "not-on-record"
    assert found.to_dict()["known"] == "2021-05-28"
