"""A tiny record that tests write, break and mend: three instruments, six states, every table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from treatygraph.checks import findings, stops
from treatygraph.facts import FILES, read
from treatygraph.law.derivations import Corpus
from treatygraph.model.errors import Finding
from treatygraph.model.records import Facts

TODAY = date(2026, 1, 1)

TABLES = {
    "sources.csv": """
register,Register of the depositary,Depositary,2020,https://register.invalid/list,depositary,,
gazette,Gazette,Gazette,1999,https://gazette.invalid/1999,press,,
recall,General knowledge,treatygraph,,,recall,,
treatygraph,Own classification,treatygraph,,,editorial,,""",
    "states.csv": """
CSK,Czechoslovakia,,,,,1918-10-28,1993-01-01,,,,,register,states,
CZE,Czechia,CZ,CZE,,,1993-01-01,,,CSK,separation,Czech Republic,register,states,
GBR,United Kingdom,GB,GBR,,,,,,,,UK;Britain,register,states,
RUS,Russia,RU,RUS,,,1991-12-26,,SUN,,continuity,Russian Federation,register,states,
SUN,Soviet Union,,,,,1922-12-30,1991-12-26,,,,USSR,register,states,
USA,United States,US,USA,,,,,,,,America,register,states,""",
    "group-titles.csv": """
alliance,The Alliance,,register,titles,""",
    "groups.csv": """
alliance,GBR,1949-04-04,1966,register,members,
alliance,GBR,1970,,register,members,
alliance,USA,1949-04-04,,register,members,""",
    "officials.csv": """
gromyko-andrei,Andrei Gromyko,,SUN,1909,1989,gazette,page 1,
home-alec,Alec Home,,GBR,1903,1995,gazette,page 1,
rusk-dean,Dean Rusk,,USA,1909,1994,gazette,page 1,""",
    "tenures.csv": """
gromyko-andrei,Minister of Foreign Affairs,SUN,1957-02-15,1985-07-02,gazette,page 2,
home-alec,Foreign Secretary,GBR,1960-07-27,1963-10-20,gazette,page 2,
home-alec,Foreign Secretary,GBR,1970-06-20,1974-03-04,gazette,page 2,
rusk-dean,Secretary of State,USA,1961-01-21,1969-01-20,gazette,page 2,""",
    "assertions.csv": """
USA,rejects,test-ban,GBR,notice-of-withdrawal,1995-01-31,party,,1995-02-10,gazette,page 3,""",
    "conflicts.csv": "",
    "rosters.csv": """
test-ban,1994,3,4,register,total,""",
    "exceptions.csv": "",
}

LEDGER = "state,act,date,effective,against,scope,depositary,source,at,note"

LEDGERS = {
    "guidelines": """
GBR,adherence,1974-09-03,,,,,register,members,
SUN,adherence,1974-09-03,,,,,register,members,
USA,adherence,1974-09-03,,,,,register,members,
GBR,end-of-participation,1990,,,,,gazette,page 4,""",
    "hotline": """
SUN,signature,1963-06-20,,,,,register,hotline,
USA,signature,1963-06-20,,,,,register,hotline,""",
    "test-ban": """
CSK,signature,1963-08-05,,,,Moscow,register,test-ban,
GBR,signature,1963-08-05,,,,London,register,test-ban,
SUN,signature,1963-08-05,,,,Moscow,register,test-ban,
USA,signature,1963-08-05,,,,Washington,register,test-ban,
GBR,ratification,1963-09-10,,,,London,register,test-ban,
SUN,ratification,1963-09-10,,,,Moscow,register,test-ban,
USA,ratification,1963-09-10,,,,Washington,register,test-ban,
CSK,ratification,1963-10-14,,,,London,register,test-ban,
CSK,ratification,1963-10-17,,,,Moscow,gazette,test-ban,
CZE,succession,1993-03-24,1993-01-01,,,Moscow,register,test-ban,
GBR,notice-of-withdrawal,1995-01-31,1995-04-30,,,London,register,test-ban,""",
}

CARDS = {
    "guidelines": """
title: {text: 'Guidelines for Exports', source: register, at: guidelines}
short: {text: 'Guidelines', source: treatygraph, at: house-style}
kind: {is: political-document, source: treatygraph, at: inclusion-rule}
scope: {is: multilateral, source: treatygraph, at: inclusion-rule}
binding: {is: 'no', source: treatygraph, at: inclusion-rule}
topics: {are: [export-control], source: treatygraph, at: inclusion-rule}
signed: {date: '1974-09', source: register, at: guidelines}
ended: {date: '2001-05-01', how: lapsed, source: recall, at: unverified}
relations:
  - {relation: follows, instrument: test-ban, source: treatygraph, at: inclusion-rule}
""",
    "hotline": """
title: {text: 'Memorandum on a Telegraph Link', source: register, at: hotline}
short: {text: 'Hotline', source: treatygraph, at: house-style}
aliases:
  - {text: 'Direct Line', source: treatygraph, at: house-style}
kind: {is: executive-agreement, source: treatygraph, at: inclusion-rule}
scope: {is: bilateral, source: treatygraph, at: inclusion-rule}
binding: {is: 'yes', source: treatygraph, at: inclusion-rule}
topics: {are: [crisis-communication], source: treatygraph, at: inclusion-rule}
signed: {date: '1963-06-20', source: register, at: hotline}
entry_into_force: {date: '1963-06-20', source: register, at: hotline}
participants: {are: [USA, SUN], source: register, at: hotline}
clauses:
  - {clause: entry-into-force, article: '8', on: signature, source: register, at: '8'}
""",
    "test-ban": """
title: {text: 'Treaty Banning Tests', source: register, at: test-ban}
short: {text: 'Test Ban', source: treatygraph, at: house-style}
kind: {is: treaty, source: treatygraph, at: inclusion-rule}
scope: {is: multilateral, source: treatygraph, at: inclusion-rule}
binding: {is: 'yes', source: treatygraph, at: inclusion-rule}
topics: {are: [nuclear-testing], source: treatygraph, at: inclusion-rule}
signed: {date: '1963-08-05', source: register, at: test-ban}
entry_into_force: {date: '1963-10-10', source: register, at: test-ban}
clauses:
  - {clause: entry-into-force, article: III, on: deposit, all_of: [GBR, SUN, USA], delay: P30D, source: register, at: III}
  - {clause: withdrawal, article: IV, period: P3M, addressees: [depositary], ground: extraordinary-events, source: register, at: IV}
coverage: {through: '2000-01-01', source: register, at: test-ban}
""",
}

EVENT = """
date: {is: '1963-08-05', source: gazette, at: page 5}
type: {is: signature, source: gazette, at: page 5}
text: {is: 'Signed in Moscow.', source: gazette, at: page 5}
instruments: {are: [test-ban], source: gazette, at: page 5}
states: {are: [GBR, SUN, USA], source: gazette, at: page 5}
officials:
  - {official: rusk-dean, role: signatory, state: USA, source: gazette, at: page 5}
"""


def write(root: Path) -> Tiny:
    """The tiny record in a folder, in which no check finds anything."""
    made = Tiny(root)
    for name, rows in TABLES.items():
        made.put(name, FILES[name] + rows + "\n")
    for name, rows in LEDGERS.items():
        made.put(f"acts/{name}.csv", LEDGER + rows + "\n")
    for name, card in CARDS.items():
        made.put(f"instruments/{name}.yaml", card.lstrip())
    made.put("events/1963-08-05-test-ban.yaml", EVENT.lstrip())
    return made


@dataclass(frozen=True)
class Tiny:
    """A folder of facts, and the ways in which a test can change it."""

    root: Path

    def put(self, name: str, text: str) -> None:
        """Write a file."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> str:
        """Replace the one place where ``old`` stands; returns ``file:line`` of it."""
        text = (self.root / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"'{old}' stands {text.count(old)} times in {name}"
        self.put(name, text.replace(old, new))
        return f"{name}:{text[: text.index(old)].count(chr(10)) + 1}"

    def add(self, name: str, row: str) -> str:
        """Add a line at the end of a file; returns its ``file:line``."""
        text = (self.root / name).read_text(encoding="utf-8")
        self.put(name, f"{text}{row}\n")
        return f"{name}:{text.count(chr(10)) + 1}"

    def facts(self) -> Facts:
        """The facts, as read."""
        return read(self.root)

    def errors(self) -> list[Finding]:
        """What stops a build."""
        return stops(self.facts())

    def findings(self, today: date = TODAY) -> list[Finding]:
        """Everything that the checks say."""
        facts = self.facts()
        return findings(facts, Corpus(facts), today)
