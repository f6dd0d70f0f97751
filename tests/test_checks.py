"""Every check: a record broken in one place is found there, and the unbroken one passes."""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import pytest

from treatygraph import vocabulary
from treatygraph.checks import findings, stops
from treatygraph.dates import Span
from treatygraph.facts import read
from treatygraph.law.clauses import CLAUSE_KEYS
from treatygraph.law.corpus import Corpus
from treatygraph.law.course import STRENGTH
from treatygraph.law.entry import CONSENTS
from treatygraph.law.results import BOUND
from treatygraph.records import TREATY_KINDS
from treatygraph.rooms import room

if TYPE_CHECKING:
    from conftest import Tiny


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
    Break("acts/guidelines.csv", "GBR,adherence,1974-09-03", "GBR,adherence,1974-08", "before-opening", "(1974-09)", "guidelines/GBR/adherence/1974-08"),
    Break(LEDGER, "1995-04-30", "1995-01-30", "effect-before-act", "before the act itself", "test-ban/GBR/notice-of-withdrawal/1995-01-31/london"),
    Break("states.csv", "1918-10-28,1993-01-01", "1993-01-01,1993-01-01", "state-ends-before-start", "CSK ends on", "CSK"),
    Break("instruments/hotline.yaml", "Direct Line'", "Test Bán'", "shared-name", "'test ban' is a name of hotline and of test-ban", "hotline"),
    Break("states.csv", "Czech Republic", "america", "shared-name", "'america' is a name of CZE and of USA", "CZE"),
    Break("assertions.csv", "1995-01-31", "1995-01-30", "assertion-without-act", "no notice-of-withdrawal of GBR on 1995-01-30", "test-ban/USA/rejects/GBR-notice-of-withdrawal-1995-01-30/1995-02-10"),
    Break("tenures.csv", "1957-02-15,1985-07-02", "1957-02-15,1957-02-15", "tenure-ends-before-start", "the tenure ends on 1957-02-15", "gromyko-andrei/Minister of Foreign Affairs/SUN/1957-02-15"),
    Break("tenures.csv", "1970-06-20,1974-03-04", "1963-10-19,1974-03-04", "tenures-overlap", "home-alec is Foreign Secretary (GBR) twice at once; the other term is at tenures.csv:3", "home-alec/Foreign Secretary/GBR/1963-10-19"),
    Break("groups.csv", "GBR,1949-04-04,1966", "GBR,1949-04-04,1949", "membership-ends-before-start", "", ""),
    Break("groups.csv", "GBR,1970,", "GBR,1965,", "memberships-overlap", "GBR is in alliance twice at once", "alliance/GBR/1965"),
    Break("sources.csv", "https://gazette.invalid/1999", "", "source-without-place", "'gazette' (press)", "gazette"),
]  # fmt: skip

WARNINGS = [
    Break(CARD, "date: '1963-10-10'", "date: '1963-10-12'", "entry-into-force", "the clause and the ledger yield 1963-10-10: 2 days earlier", "test-ban"),
    Break(CARD, "[GBR, SUN, USA], delay", "[GBR, SUN, USA], count: '9', delay", "entry-not-met", "the condition of article III was never met", "test-ban"),
    Break(LEDGER, "1995-04-30", "1995-04-29", "day-of-effect", "by the clause 1995-04-30: 1 day later", "test-ban/GBR/notice-of-withdrawal/1995-01-31/london"),
    Break(LEDGER, "CSK,ratification,1963-10-14,", "CSK,ratification,1963-10-14,1963-10-15", "day-of-effect", "by the clause 1963-10-14: 1 day earlier", "test-ban/CSK/ratification/1963-10-14/london"),
    Break("acts/guidelines.csv", "GBR,end-of-participation,1990,", "CSK,end-of-participation,1990,", "not-bound", "when it was not bound by guidelines", "guidelines/CSK/end-of-participation/1990"),
    Break(LEDGER, "1963-10-17,,,,Moscow", "1963-10-17,,,,London", "disagreeing-sources", "1963-10-14 in register, 1963-10-17 in gazette: 3 days apart", "test-ban/CSK/ratification/1963-10-17/london"),
    Break(LEDGER, "1963-10-17,,,,Moscow", "1963-10-17,,,,", "disagreeing-sources", "3 days apart", "test-ban/CSK/ratification/1963-10-17"),
    Break("rosters.csv", "1994,3,4", "1994,3,5", "roster", "test-ban on 1994: parties 4 (ours) / 5 (register)", "test-ban/parties/1994/register"),
    Break("rosters.csv", "1994,3,4", "1994,4,4", "roster", "test-ban on 1994: signatories 3 (ours) / 4 (register)", "test-ban/signatories/1994/register"),
    Break("rosters.csv", "1994,3,4", "2001,,5", "roster-beyond-coverage", "parties 3 (ours) / 5 (register). Our ledger is complete only through 2000-01-01", "test-ban/parties/2001/register"),
    Break("tenures.csv", "rusk-dean,Secretary of State,USA", "rusk-dean,Minister of Foreign Affairs,SUN", "two-holders", "rusk-dean and gromyko-andrei (tenures.csv:2) are both Minister of Foreign Affairs of SUN on 1961-01-21", "rusk-dean/Minister of Foreign Affairs/SUN/1961-01-21"),
    Break("groups.csv", "alliance,GBR,1970,", "alliance,CZE,1970,", "membership-outside-life", "but Czechia existed from 1993-01-01", "alliance/CZE/1970"),
]  # fmt: skip


def test_the_unbroken_record_passes(tiny: Tiny) -> None:
    assert tiny.errors() == []
    assert tiny.findings() == []


def _shown(case: Break) -> str:
    return f"{case.rule}: {case.new or case.old}"


@pytest.mark.parametrize("case", [*WORDS, *ERRORS], ids=_shown)
def test_an_error_stops_the_build_at_its_line(tiny: Tiny, case: Break) -> None:
    if not case.says:
        pytest.skip("see the test of years")
    place = tiny.change(case.file, case.old, case.new)
    (found,) = tiny.errors()
    assert (found.place, found.rule, found.severity, found.record) == (place, case.rule, "error", case.record)
    assert case.says in found.message
    assert found.mend.endswith(".")
    assert found in tiny.findings()
    tiny.change(case.file, case.new, case.old)
    assert tiny.findings() == []


@pytest.mark.parametrize("case", WARNINGS, ids=_shown)
def test_a_warning_is_shown_at_its_line(tiny: Tiny, case: Break) -> None:
    place = tiny.change(case.file, case.old, case.new)
    assert tiny.errors() == []
    (found,) = tiny.findings()
    assert (found.place, found.rule, found.severity, found.record) == (place, case.rule, "warning", case.record)
    assert case.says in found.message
    assert found.mend.endswith(".")
    tiny.change(case.file, case.new, case.old)
    assert tiny.findings() == []
