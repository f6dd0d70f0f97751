"""Every check: a record broken in one place is found there, and the unbroken one passes."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest

from tiny_record import Tiny
from treatygraph.answers.check import check
from treatygraph.checks import findings, stops
from treatygraph.facts import read
from treatygraph.law.clauses import CLAUSE_KEYS
from treatygraph.law.derivations import Corpus
from treatygraph.law.entry import CONSENTS
from treatygraph.law.treaty_history import STRENGTH
from treatygraph.model import names, vocabulary
from treatygraph.model.folders import room
from treatygraph.model.records import Facts
from treatygraph.model.vocabulary import BINDS


class Break(NamedTuple):
    """One change to the tiny record, and what is to be found there."""

    file: str
    old: str
    new: str
    rule: str
    says: str
    record: str


CARD = "instruments/test-ban.yaml"
LEDGER = "acts/test-ban.csv"
EVENT = "events/1963-08-05-test-ban.yaml"

WORDS = [
    Break(CARD, "is: treaty,", "is: pact,", "unknown-word", "'pact' is not a kind of instrument", "test-ban"),
    Break(CARD, "is: multilateral", "is: regional", "unknown-word", "'regional' is not a scope", "test-ban"),
    Break(CARD, "is: 'yes'", "is: 'maybe'", "unknown-word", "'maybe' is not a value of 'binding'", "test-ban"),
    Break(CARD, "[nuclear-testing]", "[tests]", "unknown-word", "'tests' is not a topic", "test-ban"),
    Break(CARD, "on: deposit", "on: handover", "unknown-word", "'handover' is not a value of 'on'", "test-ban#entry-into-force"),
    Break(CARD, "on: deposit", "start: monday", "unknown-word", "value of 'start'", "test-ban#entry-into-force"),
    Break(CARD, "on: deposit", "acts: [signing]", "unknown-word", "value of 'acts'", "test-ban#entry-into-force"),
    Break(CARD, "[GBR, SUN, USA]", "[gbr]", "unknown-word", "'gbr' is not a value of 'all_of'", "test-ban#entry-into-force"),
    Break(CARD, "[depositary]", "[mayor]", "unknown-word", "'mayor' is not a value of 'addressees'", "test-ban#withdrawal"),
    Break(CARD, "ground: extraordinary-events", "ground: whim", "unknown-word", "value of 'ground'", "test-ban#withdrawal"),
    Break(CARD, "ground: extraordinary-events", "tail: war", "unknown-word", "value of 'tail'", "test-ban#withdrawal"),
    Break(CARD, "ground: extraordinary-events", "only: once", "unknown-word", "value of 'only'", "test-ban#withdrawal"),
    Break("instruments/guidelines.yaml", "how: lapsed", "how: faded", "unknown-word", "not a way to end", "guidelines"),
    Break("instruments/guidelines.yaml", "relation: follows", "relation: after", "unknown-word", "'after' is not a relation", "guidelines"),
    Break(LEDGER, "CSK,ratification,1963-10-14", "CSK,ratified,1963-10-14", "unknown-word", "kind of act", "test-ban/CSK/ratified/1963-10-14/london"),
    Break("sources.csv", "press", "rumour", "unknown-word", "'rumour' is not a kind of source", "gazette"),
    Break("states.csv", "separation", "divorce", "unknown-word", "'divorce' is not a mode of succession", "CZE"),
    Break("assertions.csv", "rejects", "doubts", "unknown-word", "'doubts' is not a stance", "test-ban/USA/doubts/GBR-notice-of-withdrawal-1995-01-31/1995-02-10"),
    Break("assertions.csv", ",party,", ",guest,", "unknown-word", "not a standing, status or flag", "test-ban/USA/rejects/GBR-notice-of-withdrawal-1995-01-31/1995-02-10"),
    Break(EVENT, "is: signature", "is: party", "unknown-word", "'party' is not a type of event", "1963-08-05-test-ban"),
    Break(EVENT, "role: signatory", "role: guest", "unknown-word", "'guest' is not a role", "1963-08-05-test-ban"),
]  # fmt: skip

ERRORS = [
    Break(LEDGER, "CZE,succession,1993-03-24", "CZE,succession,1992-12-31", "outside-life", "before Czechia existed", "test-ban/CZE/succession/1992-12-31/moscow"),
    Break("acts/guidelines.csv", "GBR,end-of-participation,1990,", "SUN,end-of-participation,1992,", "outside-life", "after Soviet Union ended", "guidelines/SUN/end-of-participation/1992"),
    Break("acts/guidelines.csv", "SUN,adherence", "RUS,adherence", "outside-life", "before Russia existed", "guidelines/RUS/adherence/1974-09-03"),
    Break(LEDGER, "CSK,signature,1963-08-05", "CSK,signature,1963-08-04", "before-opening", "before test-ban was signed or opened", "test-ban/CSK/signature/1963-08-04/moscow"),
    Break(LEDGER, "CSK,ratification,1963-10-17", "CSK,territorial-exclusion,1963-10-17", "territory", "names no territory", "test-ban/CSK/territorial-exclusion/1963-10-17/moscow"),
    Break(LEDGER, "1995-04-30", "1995-01-30", "effect-before-act", "before the act itself", "test-ban/GBR/notice-of-withdrawal/1995-01-31/london"),
    Break("states.csv", "RUS,,,1991-12-26,,", "RUS,,,1991-12-26,1991-12-26,", "state-ends-before-start", "RUS ends on 1991-12-26", "RUS"),
    Break("instruments/guidelines.yaml", "Guidelines for Exports", "The TREATY bánning tests", "shared-name", "'treaty banning tests' is a name of guidelines and of test-ban", "guidelines"),
    Break("states.csv", "Czech Republic", "america", "shared-name", "'america' is a name of CZE and of USA", "CZE"),
    Break("assertions.csv", "1995-01-31", "1995-01-30", "assertion-without-act", "no notice-of-withdrawal of GBR on 1995-01-30", "test-ban/USA/rejects/GBR-notice-of-withdrawal-1995-01-30/1995-02-10"),
    Break("tenures.csv", "1957-02-15,1985-07-02", "1957-02-15,1957-02-15", "tenure-ends-before-start", "the tenure ends on 1957-02-15", "gromyko-andrei/Minister of Foreign Affairs/SUN/1957-02-15"),
    Break("tenures.csv", "1970-06-20,1974-03-04", "1963-10-19,1974-03-04", "tenures-overlap", "home-alec is Foreign Secretary (GBR) twice at once; the other term is at tenures.csv:3", "home-alec/Foreign Secretary/GBR/1963-10-19"),
    Break("groups.csv", "GBR,1949-04-04,1966", "GBR,1949-04-04,1948", "membership-ends-before-start", "the membership ends on 1948", "alliance/GBR/1949-04-04"),
    Break("groups.csv", "GBR,1970,", "GBR,1965,", "memberships-overlap", "GBR is in alliance twice at once", "alliance/GBR/1965"),
    Break("sources.csv", "https://gazette.invalid/1999", "", "source-without-place", "'gazette' (press)", "gazette"),
    Break("sources.csv", "https://gazette.invalid/1999", "javascript:alert(1)", "source-place", "'javascript:'", "gazette"),
]  # fmt: skip

WARNINGS = [
    Break(CARD, "date: '1963-10-10'", "date: '1963-10-12'", "entry-into-force", "the clause and the ledger yield 1963-10-10: 2 days earlier", "test-ban"),
    Break(LEDGER, "1995-04-30", "1995-04-29", "day-of-effect", "by the clause 1995-04-30: 1 day later", "test-ban/GBR/notice-of-withdrawal/1995-01-31/london"),
    Break(LEDGER, "CSK,ratification,1963-10-14,", "CSK,ratification,1963-10-14,1963-10-15", "day-of-effect", "by the clause 1963-10-14: 1 day earlier", "test-ban/CSK/ratification/1963-10-14/london"),
    Break("acts/guidelines.csv", "GBR,end-of-participation,1990,", "CSK,end-of-participation,1990,", "not-bound", "when it was not bound by guidelines", "guidelines/CSK/end-of-participation/1990"),
    Break(LEDGER, "1963-10-17,,,,Moscow", "1963-10-17,,,,London", "disagreeing-sources", "1963-10-14 in register, 1963-10-17 in gazette: 3 days apart", "test-ban/CSK/ratification/1963-10-17/london"),
    Break(LEDGER, "1963-10-17,,,,Moscow", "1963-10-17,,,,", "disagreeing-sources", "3 days apart", "test-ban/CSK/ratification/1963-10-17"),
    Break("rosters.csv", "1994,3,4", "1994,3,5", "roster", "test-ban on 1994: parties 4 (ours) / 5 (register)", "test-ban/parties/1994/register"),
    Break("rosters.csv", "1994,3,4", "1994,4,4", "roster", "test-ban on 1994: signatories 3 (ours) / 4 (register)", "test-ban/signatories/1994/register"),
    Break("rosters.csv", "1994,3,4", "2001,,5", "roster-beyond-coverage", "parties 3 (ours) / 5 (register). Our ledger is complete only through 2000-01-01", "test-ban/parties/2001/register"),
    Break("tenures.csv", "rusk-dean,Secretary of State,USA", "rusk-dean,Minister of Foreign Affairs,SUN", "two-holders", "rusk-dean and gromyko-andrei (tenures.csv:2) are both Minister of Foreign Affairs of SUN on 1961-01-21", "rusk-dean/Minister of Foreign Affairs/SUN/1961-01-21"),
    Break(CARD, "'Treaty Banning Tests'", "'Treaty Banning T&eacute;sts'", "broken-text", "'&eacute;' is left over", "test-ban"),
    Break("states.csv", "Czechoslovakia", "CzechoslovakÃ­a", "broken-text", "is left over", "CSK"),
    Break(EVENT, "'Signed in Moscow.'", "'Signed in <b>Moscow.'", "broken-text", "'<b>' is left over", "1963-08-05-test-ban"),
    Break("instruments/hotline.yaml", "text: 'Hotline'", "text: 'START III'", "ambiguous-name", "'START III' is used for New START and", "hotline"),
    Break("groups.csv", "alliance,GBR,1970,", "alliance,CZE,1970,", "membership-outside-life", "but Czechia existed from 1993-01-01", "alliance/CZE/1970"),
]  # fmt: skip


def test_the_unbroken_record_passes(tiny: Tiny) -> None:
    assert tiny.errors() == []
    assert tiny.findings() == []


def _shown(case: Break) -> str:
    return f"{case.rule}: {case.new or case.old}"


@pytest.mark.parametrize("case", [*WORDS, *ERRORS], ids=_shown)
def test_an_error_stops_the_build_at_its_line(tiny: Tiny, case: Break) -> None:
    whole = (tiny.root / case.file).read_text(encoding="utf-8")
    place = tiny.change(case.file, case.old, case.new)
    (found,) = tiny.errors()
    assert (found.place, found.rule, found.severity, found.record) == (place, case.rule, "error", case.record)
    assert case.says in found.message
    assert found.mend.endswith(".")
    assert found in tiny.findings()
    tiny.put(case.file, whole)
    assert tiny.findings() == []


@pytest.mark.parametrize("case", WARNINGS, ids=_shown)
def test_a_warning_is_shown_at_its_line(tiny: Tiny, case: Break) -> None:
    whole = (tiny.root / case.file).read_text(encoding="utf-8")
    place = tiny.change(case.file, case.old, case.new)
    assert tiny.errors() == []
    (found,) = tiny.findings()
    assert (found.place, found.rule, found.severity, found.record) == (place, case.rule, "warning", case.record)
    assert case.says in found.message
    assert found.mend.endswith(".")
    tiny.put(case.file, whole)
    assert tiny.findings() == []


def test_the_mend_names_who_existed(tiny: Tiny) -> None:
    tiny.change("acts/guidelines.csv", "SUN,adherence", "RUS,adherence")
    assert tiny.errors()[0].mend == "put it under SUN, or correct the day."


def test_the_mend_names_the_heir_of_a_state_that_ended(tiny: Tiny) -> None:
    tiny.change("acts/guidelines.csv", "GBR,end-of-participation,1990,", "SUN,end-of-participation,1992,")
    assert tiny.errors()[0].mend == "put it under RUS, or correct the day."


def test_the_mend_names_the_day_that_the_ledger_has(tiny: Tiny) -> None:
    tiny.change("assertions.csv", "1995-01-31", "1995-01-30")
    assert tiny.errors()[0].mend == "the ledger has it on 1995-01-31."


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (LEDGER, "CZE,succession,1993-03-24,1993-01-01", "CZE,succession,1993,1992-12-31"),
        (LEDGER, "CSK,ratification,1963-10-17", "CSK,ratification,1992/1993"),
        ("states.csv", "CZE,Czechia,CZ,CZE,,,1993-01-01", "CZE,Czechia,CZ,CZE,,,1993"),
        ("instruments/guidelines.yaml", "'1974-09'", "'1975-01'"),
        ("tenures.csv", "1970-06-20,1974-03-04", "1963,1974-03-04"),
        ("groups.csv", "GBR,1970,", "GBR,1966,"),
        ("groups.csv", "GBR,1949-04-04,1966", "GBR,1949,1949"),
    ],
)
def test_what_may_be_so_is_no_error(tiny: Tiny, file: str, old: str, new: str) -> None:
    """A vague date is an interval, and only what is certain counts; what is not a treaty may precede its text."""
    tiny.change(file, old, new)
    if "1992/1993" in new:
        tiny.change(LEDGER, "\nCSK,ratification,1992/1993,,,,Moscow,gazette,test-ban,", "")
        tiny.change(LEDGER, "CZE,succession", "CSK,ratification,1992/1993,,,,Moscow,gazette,test-ban,\nCZE,succession")
    assert tiny.errors() == []


def test_a_row_out_of_order_is_found_with_its_right_place(tiny: Tiny) -> None:
    place = tiny.add(LEDGER, "USA,signature,1963-08-05,,,,London,register,test-ban,")
    (found,) = tiny.errors()
    assert (found.place, found.rule, found.record) == (place, "ledger-order", "test-ban")
    assert found.message == "the row of USA (signature, 1963-08-05) belongs before line 5."
    assert found.mend == "sort the rows by date, state, act and depositary, as text."


def test_an_empty_ledger_without_a_card_is_found(tiny: Tiny) -> None:
    tiny.put("acts/lost.csv", (tiny.root / LEDGER).read_text(encoding="utf-8").splitlines()[0] + "\n")
    (found,) = tiny.errors()
    assert (found.place, found.rule, found.record) == ("acts/lost.csv:1", "ledger-without-card", "lost")
    assert "instruments/lost.yaml" in found.mend


def test_an_id_beats_the_alias_of_another(tiny: Tiny) -> None:
    tiny.change("instruments/hotline.yaml", "Direct Line'", "test-ban'")
    tiny.change("instruments/test-ban.yaml", "text: 'Test Ban'", "text: 'Ban'")
    assert tiny.errors() == []


def test_a_source_that_nothing_cites_is_shown(tiny: Tiny) -> None:
    place = tiny.add("sources.csv", "attic,Attic,,,https://attic.invalid,reference,,")
    (found,) = tiny.findings()
    assert (found.place, found.rule, found.severity, found.record) == (place, "unused-source", "warning", "attic")


def test_an_open_treaty_says_how_far_its_ledger_is_complete(tiny: Tiny) -> None:
    tiny.change(CARD, "coverage: {through: '2000-01-01', source: register, at: test-ban}\n", "")
    (found,) = tiny.findings()
    assert (found.place, found.rule, found.record) == (f"{CARD}:1", "no-coverage", "test-ban")
    assert "(11 acts)" in found.message


def test_an_entry_that_the_ledger_does_not_explain_is_shown(tiny: Tiny) -> None:
    place = tiny.change(CARD, "date: '1963-10-10'", "date: '1963-10-10'")
    tiny.change(CARD, "[GBR, SUN, USA], delay", "[GBR, SUN, USA], count: '9', delay")
    (found,) = tiny.findings()
    assert (found.place, found.rule, found.record) == (place, "entry-not-met", "test-ban")
    tiny.change(CARD, "through: '2000-01-01'", "through: '1963-09-01'")
    assert tiny.findings() == [], "a ledger that is not complete explains nothing"


def test_a_state_in_a_union_is_not_bound_before_its_own_consent(tiny: Tiny) -> None:
    tiny.change("states.csv", "CSK,separation", "CSK,union")
    place = tiny.change(LEDGER, "CZE,succession,1993-03-24,1993-01-01", "CZE,accession,1993-03-24,")
    found = next(found for found in tiny.findings() if found.rule != "roster")
    assert (found.place, found.rule, found.severity) == (place, "bound-before-consent", "warning")
    assert found.record == "test-ban/CZE/accession/1993-03-24/moscow"
    assert "bound since 1993-01-01" in found.message


def test_states_and_instruments_in_a_circle_are_found(tiny: Tiny) -> None:
    tiny.change("states.csv", "1922-12-30,1991-12-26,,", "1922-12-30,1991-12-26,RUS,")
    tiny.change(CARD, "clauses:", "clauses:\n  - {clause: duration, as: hotline, source: register, at: IV}")
    hotline = "clauses:\n  - {clause: duration, as: test-ban, source: register, at: '9'}"
    tiny.change("instruments/hotline.yaml", "clauses:", hotline)
    circles = [found for found in tiny.errors() if found.rule == "circle"]
    assert [found.record for found in circles] == ["instruments/hotline.yaml", "RUS", "SUN"]
    assert "hotline -> test-ban -> hotline" in circles[0].message
    assert circles == tiny.findings()


def test_deposits_at_several_places_are_no_disagreement(tiny: Tiny) -> None:
    """The tiny record has one: Czechoslovakia deposited in London and, three days later, in Moscow (R8)."""
    ledger = tiny.facts().acts["test-ban"]
    assert len({act.date for act in ledger if (act.state, act.kind) == ("CSK", "ratification")}) == 2
    assert tiny.findings() == []


def test_one_who_left_may_return(tiny: Tiny) -> None:
    tiny.add(LEDGER, "GBR,accession,1996-01-01,,,,London,gazette,test-ban,")
    assert tiny.findings() == []


def test_a_notice_that_nobody_bound_gave_is_shown(tiny: Tiny) -> None:
    place = tiny.add(LEDGER, "GBR,notice-of-withdrawal,1995-05-01,,,,London,gazette,test-ban,")
    (found,) = tiny.findings()
    assert (found.place, found.rule) == (place, "not-bound")


def test_totals_follow_who_left_and_who_continues(tiny: Tiny) -> None:
    """Britain, out on 30 April 1995, is neither party nor signatory; Russia signs as the Soviet Union."""
    tiny.add("rosters.csv", "test-ban,1995-04-29,3,4,gazette,total,")
    tiny.add("rosters.csv", "test-ban,1995-04-30,2,3,gazette,total,")
    tiny.add("rosters.csv", "test-ban,1963-09-30,4,3,gazette,total,")
    assert tiny.findings() == []


def test_what_has_not_happened_is_no_act(tiny: Tiny) -> None:
    """An announced withdrawal is an event; the act is added when it is done."""
    facts = tiny.facts()
    assert tiny.findings(date(1995, 2, 11)) == []
    early = [finding for finding in findings(facts, Corpus(facts), date(1995, 1, 30)) if finding.rule == "not-yet"]
    assert [(finding.record, finding.severity) for finding in early] == [
        ("test-ban/GBR/notice-of-withdrawal/1995-01-31/london", "error"),
        ("test-ban/USA/rejects/GBR-notice-of-withdrawal-1995-01-31/1995-02-10", "error"),
    ]


def test_a_signature_after_the_consent_is_shown(tiny: Tiny) -> None:
    tiny.change(LEDGER, "USA,signature,1963-08-05,,,,Washington,register,test-ban,\n", "")
    place = tiny.add(LEDGER, "USA,signature,1996-08-05,,,,Washington,register,test-ban,")
    (found,) = [found for found in tiny.findings() if found.rule == "signed-after-consent"]
    assert (found.place, found.severity) == (place, "warning")
    assert "USA signs on 1996-08-05, after its ratification of 1963-09-10" in found.message


def test_too_many_facts_from_memory_are_shown(tiny: Tiny) -> None:
    path = tiny.root / LEDGER
    assert "too-much-recall" not in {found.rule for found in tiny.findings()}
    path.write_text(path.read_text(encoding="utf-8").replace("register", "recall"), encoding="utf-8")
    (found,) = [found for found in tiny.findings() if found.rule == "too-much-recall"]
    assert "rest on general knowledge" in found.message


EXCEPTION = "shared-name,hotline,both names are in use,{}"


@pytest.mark.parametrize(
    ("expires", "rules"), [("2026-01-02", []), ("2026-01-01", ["shared-name", "expired-exception"])]
)
def test_an_exception_permits_until_it_expires(tiny: Tiny, expires: str, rules: list[str]) -> None:
    tiny.change("instruments/hotline.yaml", "Direct Line'", "Treaty Banning Tests'")
    tiny.add("exceptions.csv", EXCEPTION.format(expires))
    assert tiny.errors() == [], "a build does not depend on the day on which it is made"
    assert sorted(found.rule for found in tiny.findings(date(2026, 1, 1))) == sorted(rules)


def test_an_exception_that_permits_nothing_is_shown(tiny: Tiny) -> None:
    place = tiny.add("exceptions.csv", EXCEPTION.format("2030-01-01"))
    (found,) = tiny.findings()
    assert (found.place, found.rule, found.severity) == (place, "unused-exception", "warning")
    assert found.record == "shared-name/hotline"


def test_an_exception_is_for_its_own_record_only(tiny: Tiny) -> None:
    tiny.change("states.csv", "Czech Republic", "america")
    tiny.add("exceptions.csv", EXCEPTION.format("2030-01-01"))
    assert [found.rule for found in tiny.errors()] == ["shared-name"]


def test_the_vocabulary_has_every_word_that_the_law_uses() -> None:
    assert set(vocabulary.ACTS) >= CONSENTS
    assert set(vocabulary.INSTRUMENT_KINDS) >= vocabulary.TREATY_KINDS
    assert set(vocabulary.STANDINGS) >= {*STRENGTH, *BINDS}
    assert set(vocabulary.HELD) == {*vocabulary.STANDINGS, *vocabulary.STATUSES, *vocabulary.FLAGS}
    for kind, key in vocabulary.CLAUSE_VALUES:
        assert key in CLAUSE_KEYS[kind], f"a {kind} clause knows no '{key}'"


@pytest.mark.parametrize("name", sorted(vocabulary.SCHEMES))
def test_no_word_stands_twice(name: str) -> None:
    words = vocabulary.SCHEMES[name]
    assert len(words) == len(set(words))
    assert all(word == word.lower().strip() for word in words)


def test_the_record_itself_has_no_error() -> None:
    assert "\n".join(str(found) for found in stops(read(room("graph")))) == ""


def test_the_whole_record_is_checked() -> None:
    checked = check(None, date(2026, 11, 25), every=True)
    found = list(checked.findings)
    assert checked.errors == ()
    assert all(finding.record and finding.mend for finding in found)
    assert found == sorted(found)


def test_what_an_abbreviation_is_used_for_is_on_record(facts: Facts) -> None:
    """And no card bears one: whoever asks is asked back."""
    borne = {names.key(name) for card in facts.instruments.values() for name in (card.id, card.short, *card.aliases)}
    for name, meant in names.AMBIGUOUS.items():
        assert set(meant.ids) <= set(facts.instruments)
        assert names.key(name) not in borne
