"""A convention with a ledger, and its list as each register would publish it: the same acts, with the same slips.

Every page has what its ledger has, in the register's own names and days, and these differences: Kenya is new, Belgium
ratified ten days later, Congo acceded where the ledger has a ratification, Mexico is not on the list, Atlantis is no
state, and the day of Peru is none.
"""

from __future__ import annotations

import csv
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from treatygraph.facts import FILES, read
from treatygraph.intake.compare import Outcome, outcomes
from treatygraph.intake.formats import parse
from treatygraph.intake.page import RegisterPage
from treatygraph.intake.register import Register
from treatygraph.intake.states import StateNames, state_names
from treatygraph.model.folders import room
from treatygraph.model.records import Facts

TITLE = "Convention on the Harbours of the World"
NAME = "harbours-1990"
DAY = date(2026, 2, 3)

CARD = f"""\
title: {{text: '{TITLE}', source: treatygraph, at: house-style}}
kind: {{is: treaty, source: treatygraph, at: inclusion-rule}}
scope: {{is: multilateral, source: treatygraph, at: inclusion-rule}}
binding: {{is: 'yes', source: treatygraph, at: inclusion-rule}}
topics: {{are: [naval-arms], source: treatygraph, at: inclusion-rule}}
signed: {{date: '1990-05-04', place: Oslo, source: treatygraph, at: house-style}}
entry_into_force: {{date: '1991-08-01', source: treatygraph, at: house-style}}
depositaries: {{are: [UN], source: treatygraph, at: house-style}}
coverage: {{through: '2018-07-10', source: treatygraph, at: house-style}}
"""

LEDGER = """\
BEL,signature,1990-05-04
CSK,signature,1990-05-04
GBR,signature,1990-05-04
POL,signature,1990-05-04
SUN,signature,1990-05-04
USA,signature,1990-05-04
CSK,ratification,1991-01-07
SUN,ratification,1991-06-03
BEL,ratification,1992-07-08
CZE,succession,1993-02-22
NLD,acceptance,1993-03-01
BOL,accession,1993-04-14
POL,ratification,1994-01-10
KOR,accession,1994-06-30
MKD,succession,1994-12-12
MEX,accession,1995-05-05
GBR,ratification,1995-08-09
PRK,accession,1996-01-15
SWZ,accession,1998-12-21
CIV,accession,1999-03-01
COD,ratification,2001-11-02
TZA,accession,2002-05-30"""
EXIT = "POL,notice-of-withdrawal,2024-06-03"

PLANTED = {
    ("new", "KEN", None),
    ("differs", "BEL", 10),
    ("differs", "COD", 0),
    ("gone", "MEX", None),
    ("unreadable", "Atlantis", None),
    ("unreadable", "PER", None),
}
"""What is wrong on every page: status, state (or the name where there is no state), and days apart."""


@dataclass(frozen=True)
class Harbours:
    """The folder of facts that has the convention."""

    root: Path

    def facts(self) -> Facts:
        """The facts as they are now."""
        return read(self.root)

    def names(self) -> StateNames:
        """What states are called."""
        return state_names(self.facts())

    def ledger(self) -> str:
        """The text of the ledger."""
        return (self.root / "acts" / f"{NAME}.csv").read_text(encoding="utf-8")

    def card(self) -> str:
        """The text of the card."""
        return (self.root / "instruments" / f"{NAME}.yaml").read_text(encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        """Every file with its content."""
        return {str(path.relative_to(self.root)): path.read_bytes() for path in self.root.rglob("*") if path.is_file()}


def harbours(root: Path, depositary: str = "UN", left: bool = True) -> Harbours:
    """The convention beside the states and sources of the record; with the act by which Poland left, or without."""
    (root / "acts").mkdir(parents=True)
    (root / "instruments").mkdir()
    for name, columns in FILES.items():
        (root / name).write_text(columns + "\n", encoding="utf-8")
    for name in ("sources.csv", "states.csv"):
        shutil.copy(room("graph") / name, root / name)
    rows = [*LEDGER.splitlines(), *([EXIT] if left else [])]
    with (root / "acts" / f"{NAME}.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["state", "act", "date", "effective", "against", "scope", "depositary", "source", "at", "note"])
        for state, act, day in sorted((row.split(",") for row in rows), key=lambda row: (row[2], row[0], row[1])):
            effective = "2024-12-03" if act == "notice-of-withdrawal" else ""
            writer.writerow([state, act, day, effective, "", "", depositary, "recall", "unverified", ""])
    (root / "instruments" / f"{NAME}.yaml").write_text(CARD, encoding="utf-8")
    return Harbours(root)


def read_page(content: str | bytes, name: str = "page", form: str = "") -> Register:
    """What a page says."""
    raw = content.encode() if isinstance(content, str) else content
    return parse(RegisterPage(raw, name), form)[1]


def compared(register: Register, here: Harbours) -> list[Outcome]:
    """The page beside the ledger."""
    facts = here.facts()
    return outcomes(register, facts.acts[NAME], state_names(facts))


def differences(register: Register, here: Harbours) -> set[tuple[str, str, int | None]]:
    """Everything that does not agree: status, state or name, days apart."""
    return {(one.status, one.state or one.name, one.days) for one in compared(register, here) if one.status != "agrees"}
