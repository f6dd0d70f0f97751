"""Claims of reports: on a small record, every check gives each of its verdicts."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import pytest
from pyoxigraph import NamedNode

from claimed import held, index_of, report, with_claims, written
from claims_cases import ACTS, STANDINGS, TEXTS
from tiny_record import Tiny
from treatygraph.answers.claims.answer import VERDICTS, claims
from treatygraph.answers.claims.checks import RUNNING
from treatygraph.build.documents import documents
from treatygraph.build.index import Index
from treatygraph.build.storage import MemoryStorage
from treatygraph.facts.claim_terms import CHECKS, TERMS
from treatygraph.law.derivations import Corpus
from treatygraph.model.folders import room
from treatygraph.model.terms import KINDS, iri
from treatygraph.triplestore.load import topics
from treatygraph.triplestore.quads import quads
from treatygraph.triplestore.quads.addresses import Addresses


@pytest.fixture
def record(tiny: Tiny) -> Tiny:
    """The tiny record with a treaty that was extended, two presidents, and some events."""
    return with_claims(tiny)


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
    case("date-of-signature", "confirmed", "signed (Hotline) on 20 June", instrument="hotline", state="RUS", on="1963-06-20"),
    case("date-of-signature", "imprecise", "notified its succession", instrument="test-ban", state="CZE", on="1993"),
    case("date-of-entry-into-force", "confirmed", "entered into force on 10 October 1963", instrument="test-ban", on="1963-10"),
    case("date-of-entry-into-force", "imprecise", "on 10 October 1963", instrument="test-ban", on="1963-08-05"),
    case("date-of-entry-into-force", "contradicted", "on 10 October 1963", instrument="test-ban", on="1961"),
    case("date-of-entry-into-force", "not-on-record", "does not say when the Draft", instrument="draft", on="1999"),
    case("date-of-end", "confirmed", "Unverified (general knowledge): the end", instrument="guidelines", on="2001"),
    case("date-of-end", "contradicted", "no end of Test Ban", instrument="test-ban", on="2001"),
    case("original-term-ends", "confirmed", "on 5 February 2021; it was extended on 26 January 2021", instrument="limits", on="2021-01/2021-05"),
    case("original-term-ends", "contradicted", "on 5 February 2021", instrument="limits", on="2026"),
    case("original-term-ends", "not-on-record", "no term of Test Ban", instrument="test-ban", on="2021"),
    case("about-topic", "confirmed", "about nuclear testing", instrument="test-ban", topic="nuclear"),
    case("about-topic", "contradicted", "about nuclear testing", instrument="test-ban", topic="landmines"),
    case("status-on", "confirmed", "was in force on 1 January 1970", instrument="test-ban", status="in-force", on="1970-01-01"),
    case("status-on", "contradicted", "was in force", instrument="test-ban", status="terminated", on="1970-01-01"),
    case("status-on", "contradicted", "it was made on 5 August 1963", instrument="test-ban", status="in-force", on="1950-01-01"),
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
    case("announcement-of-withdrawal", "confirmed", "announced withdrawal on 20 January 1995", instrument="test-ban", state="GBR", on="1995-01-20"),
    case("announcement-of-withdrawal", "imprecise", "for the announcement the day when it gave notice", instrument="test-ban", state="GBR", on="1995-01-31"),
    case("announcement-of-withdrawal", "imprecise", "for the announcement the day when it was out", instrument="test-ban", state="GBR", on="1995-04"),
    case("announcement-of-withdrawal", "contradicted", "announced withdrawal on 20 January 1995, gave notice of withdrawal on 31 January 1995", instrument="test-ban", state="GBR", on="1990"),
    case("announcement-of-withdrawal", "not-on-record", "no announcement of a withdrawal", instrument="test-ban", state="USA", on="1990"),
    case("notice-of-withdrawal", "confirmed", "gave notice of withdrawal (Test Ban) on 31 January 1995", instrument="test-ban", state="GBR", on="1995-01-31"),
    case("notice-of-withdrawal", "imprecise", "the notice of withdrawal was on 31 January 1995", instrument="test-ban", state="GBR", on="1995-04-30"),
    case("notice-of-withdrawal", "contradicted", "gave notice of withdrawal (Test Ban) on 31 January 1995", instrument="test-ban", state="GBR", on="1996"),
    case("effect-of-withdrawal", "depends", "out since 30 April 1995", instrument="test-ban", state="GBR", on="1995-04-30"),
    case("effect-of-withdrawal", "imprecise", "for the effect the day when it gave notice", instrument="test-ban", state="GBR", on="1995-01-31"),
    case("effect-of-withdrawal", "contradicted", "was out on 30 April 1995", instrument="test-ban", state="GBR", on="1996"),
    case("effect-of-withdrawal", "not-on-record", "has not left Limits", instrument="limits", state="USA", on="1996"),
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
    case("office-on", "imprecise", "Secretary of State", official="rusk-dean", office="President", on="1963-07-02"),
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
    assert set(RUNNING) == set(CHECKS)
    tried = {(item.check, item.verdict) for item in (*OF_INSTRUMENTS, *OF_STATES, *OF_EVENTS)}
    tried |= {(item.check, item.verdict) for item in (*ACTS, *STANDINGS, *TEXTS)}
    assert {check for check, _ in tried} == set(CHECKS)
    assert {verdict for _, verdict in tried} == set(VERDICTS)
    for check in set(CHECKS) - {"denial", "adopted-on"}:
        assert {"confirmed", "contradicted"} <= {verdict for name, verdict in tried if name == check}, check


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
    Changed("announcement-of-withdrawal", {"instrument": "test-ban", "state": "GBR", "on": "1995-01-20"}, "confirmed", "events/1995-exit.yaml", "are: [withdrawal]", "are: [suspension]", "contradicted"),
    Changed("only-instrument", {"instruments": ["limits"], "states": ["USA", "RUS"], "on": "2015-01-01"}, "depends", "instruments/limits.yaml", "[strategic-offensive-arms]", "[crisis-communication]", "contradicted"),
    Changed("ended-for-all", {"instrument": "limits", "on": "2022-01-01"}, "contradicted", "instruments/prolonged.yaml", "relation: extends", "relation: follows", "confirmed"),
    Changed("standing-on", {"instrument": "test-ban", "state": "GBR", "standing": "former-party", "on": "1996-01-01"}, "depends", "assertions.csv", "USA,rejects", "USA,accepts", "confirmed"),
    Changed("effect-of-withdrawal", {"instrument": "test-ban", "state": "GBR", "on": "1995-04-30"}, "depends", "acts/test-ban.csv", "1995-04-30", "1996-01-31", "contradicted"),
    Changed("office-on", {"official": "rusk-dean", "office": "Secretary of State", "on": "1963-07-02"}, "confirmed", "tenures.csv", "USA,1961-01-21", "USA,1964-01-21", "contradicted"),
    Changed("effect-of-withdrawal", {"instrument": "test-ban", "state": "GBR", "on": "1995-04-30"}, "depends", "assertions.csv", "USA,rejects", "USA,accepts", "confirmed"),
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
    assert claims(index_of(record), "story", None).notes == ("ledger of test-ban complete through 2000-01-01",)


def test_reasons_are_addresses_of_the_graph(record: Tiny) -> None:
    cases = [*OF_INSTRUMENTS, *OF_STATES, *OF_EVENTS]
    record.put("reports/story.yaml", report(*(written(c.check, c.terms, f"c{n}") for n, c in enumerate(cases))))
    facts = record.facts()
    derivations = Corpus(facts).derivations()
    subjects = {quad.subject.value for quad in quads(facts, derivations) if isinstance(quad.subject, NamedNode)}
    addresses = Addresses(facts)
    answer = claims(Index(MemoryStorage(documents(facts, derivations, topics()))), "story", None)
    for item in answer.claims:
        assert bool(item.because) == bool(item.sources), item
        for name in item.because:
            there = subjects & {iri(kind, name) for kind in KINDS}
            assert there or addresses.reason(name), f"{item.check}: '{name}' is no address"
