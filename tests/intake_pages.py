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
        writer.writerow("state,act,date,effective,against,scope,depositary,source,at,note".split(","))
        for state, act, day in sorted((row.split(",") for row in rows), key=lambda row: (row[2], row[0], row[1])):
            effective = "2024-12-03" if act == "notice-of-withdrawal" else ""
            writer.writerow([state, act, day, effective, "", "", depositary, "recall", "unverified", ""])
    (root / "instruments" / f"{NAME}.yaml").write_text(CARD, encoding="utf-8")
    return Harbours(root)


def read_page(content: str | bytes, name: str = "page", form: str = "") -> Register:
    """What a page says."""
    raw = content.encode() if isinstance(content, str) else content
    return parse(RegisterPage(raw, name), form)[1]


def found(register: Register, here: Harbours) -> list[Outcome]:
    """The page beside the ledger."""
    facts = here.facts()
    return outcomes(register, facts.acts[NAME], state_names(facts))


def differences(register: Register, here: Harbours) -> set[tuple[str, str, int | None]]:
    """Everything that does not agree: status, state or name, days apart."""
    return {
        (one.status, one.state or one.name, one.days) for one in found(register, here) if one.status != "agrees"
    }


# Each page below is made in the form of its register, with the register's own traps.

UNTC_ROWS = (
    ("Atlantis", "", "1 Jan\t 1999 a"),
    ("<A href='#EndDec' class='noteIndex'>Belgium</A>", " &nbsp;4 May\t 1990 ", "18 Jul\t 1992 "),
    ("Bolivia (Plurinational State of)", "", "14 Apr\t 1993 a"),
    ("Côte d'Ivoire", "", "&nbsp;1 Mar\t 1999 a"),
    ("Czech Republic <SUP><A href='#1' class='noteIndex'>1</A> </SUP>", "", "22 Feb\t 1993 d"),
    ("Democratic People's Republic of Korea", "", "15 Jan\t 1996 a"),
    ("Democratic Republic of the Congo", "", " &nbsp;2 Nov\t 2001 a"),
    ("Eswatini", "", "21 Dec\t 1998 a"),
    ("Kenya", "", "11 Feb\t 2025 a"),
    ("Netherlands (Kingdom of the) <SUP>2</SUP>", "", "&nbsp;1 Mar\t 1993 A"),
    ("North Macedonia", "", "12 Dec\t 1994 d"),
    ("Peru", "", "31 Apr\t 1999 a"),
    ("[Poland] <SUP>3</SUP>", "[ 4 May\t 1990 ]", "[10 Jan\t 1994 ]"),
    ("Republic of Korea", "", "30 Jun\t 1994 a"),
    ("Russian Federation", "4 May\t 1990 ", "&nbsp;3 Jun\t 1991 "),
    ("United Kingdom of Great Britain and Northern Ireland", "4 May\t 1990 ", "&nbsp;9 Aug\t 1995 "),
    ("United Republic of Tanzania", "", "30 May\t 2002 a"),
    ("United States of America", "4 May\t 1990 ", "&nbsp;"),
)
UNTC_NOTES = (
    "Czechoslovakia had signed and ratified the Convention on 4 May 1990 and 7 January 1991, respectively, with the "
    "following reservation: “Czechoslovakia does not consider itself bound by article 9.”",
    "For the Kingdom in Europe. Subsequently, on 1 April 1999, the Government of the Netherlands notified the "
    "Secretary-General that the Convention would apply to Aruba.",
    "On 3 June 2024, the Government of Poland notified the Secretary-General of its decision to withdraw from the "
    "Convention in accordance with article 20. The withdrawal takes effect on 3 December 2024.",
    "On 5 May 2001, the Government of Bolivia notified the Secretary-General of its decision to withdraw the "
    "reservation to article 9 made upon accession.",
)
_INNER = "ctl00_ctl00_ContentPlaceHolder1_ContentPlaceHolderInnerPage"


def untc(
    rows: tuple[tuple[str, str, str], ...] = UNTC_ROWS,
    notes: tuple[str, ...] = UNTC_NOTES,
    title: str = f"8. {TITLE}",
    totals: tuple[int, int] = (4, 15),
    heads: tuple[str, ...] = ("Participant<br>", "Signature<br>", "Acceptance(A), Accession(a), Succession(d), Ratification"),
    as_at: str = "STATUS AS AT : 03-02-2026 10:16:18 EDT",
    grid: str = "tblgrid",
) -> str:
    """The status page of the United Nations Treaty Collection."""
    head = "".join(f"<td valign='bottom'>{cell}</td>" for cell in heads)
    body = "".join(f"<tr><td>{a}<br></td><td>{b}<br></td><td>{c}<br></td></tr>\n" for a, b, c in rows)
    told = "".join(
        f"<tr><td><div id='{_INNER}_dgNotesAll_ctl{number:02d}_divNotesAll' class='divNotesAll'><a name='{number}'>"
        f"{number}</a><index></index> {text}<br><br></div></td></tr>"
        for number, text in enumerate(notes, 1)
    )
    return f"""<!DOCTYPE html><html><head><title>UNTC</title></head><body><form><table><tr><td>
<div id="{_INNER}_div3" class="heading-three">{as_at}</div>
<div id="{_INNER}_rptHead_ctl00_tcHead"> CHAPTER XXVI </div>
<div id="{_INNER}_rptTreaty_ctl00_tcTreaty">{title}</div>
<div id="{_INNER}_rptTreaty_ctl00_tcText">Oslo, 4 May 1990</div>
<div id="{_INNER}_rptStatus_ctl00_tcText">Signatories :
  {totals[0]}.   Parties : {totals[1]}</div>
<table id="{_INNER}_{grid}"><tr class="thead-one">{head}</tr>
{body}</table>
<table id="{_INNER}_tblDec"><tr><td><b>Belgium</b></td></tr><tr><td>“Belgium declares on 1 June 1993 …”</td></tr></table>
<table id="{_INNER}_dgNotesAll">{told}</table></td></tr></table></form></body></html>"""


FEDLEX_ROWS = (
    ("Atlantis", "1. Januar", "1999 B", "1. Februar", "1999"),
    ("Belgien*", "18. Juli", "1992", "18. August", "1992"),
    ("Bolivien", "14. April", "1993 B", "14. Mai", "1993"),
    ("Côte d’Ivoire", "1. März", "1999 B", "31. März", "1999"),
    ("Kenia", "11. Februar", "2025 B", "13. März", "2025"),
    ("Kongo (Kinshasa)", "2. November", "2001 B", "2. Dezember", "2001"),
    ("Korea (Nord-)", "15. Januar", "1996 B", "14. Februar", "1996"),
    ("Korea (Süd-)* **", "30. Juni", "1994 B", "30. Juli", "1994"),
    ("Mazedonien", "12. Dezember", "1994 N", "17. November", "1991"),
    ("Niederlande", "1. März", "1993", "31. März", "1993"),
    ("  Aruba", "1. April", "1999", "1. April", "1999"),
    ("Peru", "31. April", "1999 B", "", ""),
    ("Russland", "3. Juni", "1991", "1. August", "1991"),
    ("Swasiland", "21. Dezember", "1998 B", "20. Januar", "1999"),
    ("Tansania", "30. Mai", "2002 B", "29. Juni", "2002"),
    ("Tschechische Republik", "22. Februar", "1993 N", "1. Januar", "1993"),
    ("Vereinigtes Königreich", "9. August", "1995", "8. September", "1995"),
)
FEDLEX_TITLE = "Übereinkommen vom 4. Mai 1990 über die Häfen der Welt"


def fedlex() -> str:
    """The Swiss table of parties, as HTML: days and years in columns of their own, territories set in."""
    rows = ""
    for name, day, year, later, later_year in FEDLEX_ROWS:
        cell = f"<p class='man-template-tab-krpr '>{name}</p>"
        if name.startswith(" "):
            cell = f"<dl class='man-template-tab-struktur-2'><dt><span data-message='E40S10-TAB'>[tab]</span></dt><dd>{name.strip()}</dd></dl>"
        rows += (
            f"<tr><td>{cell}</td><td><p>  {day}</p></td><td colspan='2'><p>{year}</p></td><td><p>{later}</p></td>"
            f"<td><p>{later_year}</p></td></tr>\n"
        )
    empty = "<tr>" + "<td><p class='tababstandnach '></p></td>" * 5 + "</tr>"
    return f"""<!DOCTYPE html><html><head><title>SR 0.515.99</title></head><body>
<h1 class="erlasstitel">{FEDLEX_TITLE}</h1><p>Am 1. Juni 1995 in Kraft getreten (Stand am 3. Februar 2026)</p>
<section id="scope"><h1 class="heading"><a href="#scope">Geltungsbereich am 3. Februar 2026<sup>4</sup></a></h1><div>
<table>{empty}<tr><td><p>Vertragsstaaten</p></td><td colspan="3"><p>Ratifikation<br>Beitritt (B)<br>Nachfolgeerklärung (N)</p></td>
<td colspan="2"><p>Inkrafttreten</p></td></tr>{empty}
{rows}{empty}<tr><td colspan="6"><dl><dt>* </dt><dd>Vorbehalte und Erklärungen.</dd></dl></td></tr></table></div></section>
<section id="decl"><h1>Erklärungen</h1><p>Die Schweiz erklärt am 1. Mai 1994 …</p></section></body></html>"""


def fedlex_text() -> str:
    """A copy as Markdown that lost its table: names and days in running text, with the heads of a second page."""
    entries = [f"{name.strip()} {day} {year} {later} {later_year}".strip() for name, day, year, later, later_year in FEDLEX_ROWS]
    entries.insert(6, "Vertragsstaaten Ratifikation Inkrafttreten a Beitritt (B) Nachfolgeerklärung (N)")
    return f"""---
sr_number: "0.515.99"
---
# {FEDLEX_TITLE}

<sup>1</sup> Art. 1 Die Vertragsstaaten … <sup>6</sup> Geltungsbereich des Übereinkommens am 3. Februar 2026 Vertragsstaaten
Ratifikation Inkrafttreten Beitritt (B) Nachfolgeerklärung (N) {" ".join(entries)}

###### Fussnoten

[^2]: Von der Bundesversammlung genehmigt am 26. Juni 1993
"""


DUTCH_ROWS = (
    ("Atlantis", "", "01-01-1999 (A)", "01-02-1999", "", ""),
    ("Belgium", "04-05-1990", "18-07-1992 (R)", "18-08-1992", "", ""),
    ("Bolivia", "", "14-04-1993 (A)", "14-05-1993", "", ""),
    ("Congo, Democratic Republic of the", "", "02-11-2001 (A)", "02-12-2001", "", ""),
    ("Côte d'Ivoire", "", "01-03-1999 (A)", "31-03-1999", "", ""),
    ("Czech Republic", "", "22-02-1993 (Su)", "01-01-1993", "", ""),
    ("Czechoslovakia (<01-01-1993)", "04-05-1990", "07-01-1991 (R)", "01-08-1991", "", ""),
    ("Kenya", "", "11-02-2025 (A)", "13-03-2025", "", ""),
    ("Korea, Democratic People's Republic of", "", "15-01-1996 (A)", "14-02-1996", "", ""),
    ("Korea, Republic of", "", "30-06-1994 (A)", "30-07-1994", "", ""),
    ("Netherlands, the Kingdom of the", "", "01-03-1993 (R)", "31-03-1993", "", ""),
    ("North Macedonia", "", "12-12-1994 (Su)", "17-11-1991", "", ""),
    ("Peru", "", "31-04-1999 (A)", "", "", ""),
    ("Poland", "04-05-1990", "10-01-1994 (R)", "09-02-1994", "03-06-2024", "03-12-2024"),
    ("Russian Federation", "04-05-1990", "03-06-1991 (R)", "01-08-1991", "", ""),
    ("Swaziland", "", "21-12-1998 (A)", "20-01-1999", "", ""),
    ("Tanzania, United Republic of", "", "30-05-2002 (A)", "29-06-2002", "", ""),
    ("United Kingdom", "04-05-1990", "09-08-1995 (R)", "08-09-1995", "", ""),
    ("United States of America", "04-05-1990", "", "", "", ""),
)


def dutch() -> str:
    """The table of parties of the Dutch treaty database."""
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in (row[0], row[1], "", *row[2:])) + "</tr>\n" for row in DUTCH_ROWS
    )
    return f"""<html><head><title>Treaty database</title></head><body><a>Back to previous page</a><h1>{TITLE}</h1>
<table id="partijtabel"><thead><tr><th>Party</th><th>Signature</th><th>Provisional<br>application</th>
<th>Ratification<span>S=Signature without reservation or requirement of ratification R=Ratification, Acceptance, Approval or
Notification A=Accession Su=Succession NK=Not Known</span></th><th>Entry into force</th><th>Renunciation</th>
<th>Termination</th></tr></thead><tbody>{rows}</tbody></table></body></html>"""

IAEA_ROWS = (
    "Atlantis acceded: 1 Jan 1999 1 Feb 1999",
    "Belgium 4 May 1990 ratified: 18 Jul 1992 17 Aug 1992",
    "Bolivia, Plurinational State\nof\nacceded: 14 Apr 1993 14 May 1993",
    "Congo, Democratic Republic of the acceded: 02 Nov 2001 02 Dec 2001",
    "Côte d'Ivoire instr. acceded 1 Mar 1999 31 Mar 1999",
    "Czech Republic succession\nnotified\n22 Feb 1993 effect from\n1 Jan 1993",
    "Eswatini, Kingdom of acceded: 21 Dec 1998 20 Jan 1999",
    "Kenya acceded: 11 Feb 2025 13 Mar 2025",
    "*Korea, Democratic People's Republic of acceded*: 15 Jan 1996 14 Feb 1996",
    "Korea, Republic of acceded: 30 Jun 1994 30 Jul 1994",
    "Netherlands, Kingdom of the accepted(*) 1 Mar 1993 31 Mar 1993",
    "North Macedonia succession notified 12 Dec 1994 effect from 17 Nov 1991",
    "Peru acceded: 31 Apr 1999 31 May 1999",
    "Russian Federation* 4 May 1990 ratified* 3 Jun 1991 1 Aug 1991",
    "Tanzania, United Republic of acceded: 30 May 2002 29 Jun 2002",
    "United Kingdom 4 May 1990 ratified(*) 1/ 9 Aug 1995 8 Sep 1995",
    "United States of America 4 May 1990",
)


def iaea() -> str:
    """The text of a status list of the IAEA, with the heads of its second page in the middle."""
    page = "State/\nOrganization\nDate of signature Means/date of deposit of expression of\nconsent to be bound\nEntry into force\n"
    rows = [*IAEA_ROWS[:8], f"Page 2 of 3\n{page}".rstrip(), *IAEA_ROWS[8:]]
    body = "\n".join(rows)
    return f"""International Atomic Energy Agency
{TITLE}
Registration No: 1999
Status list as of 3 February 2026

{page}
{body}

Signatories: 4
Parties: 15

* Deposited or made a reservation on 1 May 1999.
Declarations/reservations
Belgium, 1 June 1993: …
"""


def pdf(text: str) -> bytes:
    """A PDF that has the text, line by line: the fewest objects that make one."""
    lines = [line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in text.splitlines()]
    shown = "BT /F1 9 Tf 40 800 Td 11 TL\n" + "".join(f"({line}) Tj T*\n" for line in lines) + "ET"
    stream = shown.encode("cp1252", "replace")
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (table, start)


OAS_ROWS = (
    ("Atlantis", "", "01/01/98", "01/01/99", "AD"),
    ("Belgium */", "05/04/90", "02/02/92", "07/18/92", "RA"),
    ("Bolivia", "", "03/03/93", "04/14/93", "AD"),
    ("Congo (Democratic Republic of)", "", "10/02/01", "11/02/01", "AD"),
    ("Côte d'Ivoire", "", "02/01/99", "03/01/99", "AD"),
    ("Kenya", "", "01/11/25", "02/11/25", "AD"),
    ("Netherlands", "", "02/01/93", "03/01/93", "AC"),
    ("North Korea", "", "01/01/96", "01/15/96", "AD"),
    ("Peru", "", "01/01/99", "04/31/99", "AD"),
    ("Republic of Korea", "", "06/01/94", "06/30/94", "AD"),
    ("Russian Federation", "05/04/90", "05/05/91", "06/03/91", "RA"),
    ("Swaziland", "", "12/01/98", "12/21/98", "AD"),
    ("Tanzania", "", "05/01/02", "05/30/02", "AD"),
    ("United Kingdom", "05/04/90", "08/01/95", "08/09/95", "RA"),
    ("United States", "05/04/90", "", "", ""),
)
OAS_LACKS = {("gone", "CZE", None), ("gone", "MKD", None)}
"""What lists without successions lack besides: nothing on them says how those two became parties."""


def oas() -> str:
    """A list of the Organization of American States: month first, and the country's own instrument beside the deposit."""
    rows = "".join(
        f"<tr><td>{name}</td><td>{signed}</td><td></td><td>{own}</td><td>D</td><td>{deposit}</td><td>{kind}</td><td></td></tr>"
        for name, signed, own, deposit, kind in OAS_ROWS
    )
    heads = ("SIGNATORY COUNTRIES", "SIGNATURE", "REF", "RA/AC/AD", "REF", "DEPOSIT", "INST", "INFORMA REF")
    head = "".join(f"<td><b>{cell}</b></td>" for cell in heads)
    return f"""<html><head><title>OAS :: Department of International Law</title></head><body><h2>{TITLE}</h2>
<p>ADOPTED AT: Oslo, 05/04/90</p><table border="1"><tr>{head}</tr>{rows}</table>
<p>REF = REFERENCE INST = TYPE OF INSTRUMENT D = DECLARATION RA = RATIFICATION AC = ACCEPTANCE AD = ACCESSION</p></body></html>"""


LIST_ROWS = (
    ("Atlantis", "", "accession 1 January 1999", ""),
    ("Belgium", "4 May 1990", "18 July 1992", "17 August 1992"),
    ("Bolivia", "", "accession 14 April 1993", ""),
    ("Congo, Democratic Republic of the", "", "accession 2 November 2001", ""),
    ("Côte d’Ivoire", "–", "accession 1 March 1999", ""),
    ("Czech Republic", "", "succession 22 February 1993", "1 January 1993"),
    ("Czechoslovakia", "4 May 1990", "7 January 1991", ""),
    ("Kenya", "", "accession 11 February 2025", ""),
    ("Kingdom of the Netherlands", "", "acceptance 1 March 1993", ""),
    ("Peru", "", "accession 31 April 1999", ""),
    ("[Poland]", "4 May 1990", "10 January 1994", ""),
    ("Republic of Korea", "", "accession 30 June 1994", ""),
    ("Democratic People’s Republic of Korea", "", "accession January 15, 1996", ""),
    ("the former Yugoslav Republic of Macedonia", "", "succession 12 December 1994", "17 November 1991"),
    ("Russian Federation", "4 May 1990", "3 June 1991", "1 August 1991"),
    ("Swaziland", "", "accession 21 December 1998", ""),
    ("United Republic of Tanzania", "", "accession 30 May 2002", ""),
    ("United Kingdom", "4 May 1990", "9 August 1995", ""),
    ("United States of America", "4 May 1990", "", ""),
)


def listed(markdown: bool = False) -> str:
    """A table of states and their acts, as the OSCE publishes them; or the same as Markdown."""
    heads = ("Participating State", "Date of signature", "Deposit of instrument of ratification", "Entry into force")
    if markdown:
        rows = ["| " + " | ".join(row) + " |" for row in (heads, ("---",) * 4, *LIST_ROWS)]
        return f"# {TITLE}\n\nStatus as of 3 February 2026\n\n" + "\n".join(rows) + "\n"
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in LIST_ROWS)
    head = "".join(f"<th>{cell}</th>" for cell in heads)
    return f"<html><body><h1>{TITLE}</h1><p>Status as of 3 February 2026</p><table><tr>{head}</tr>{body}</table></body></html>"


def long_csv(delimiter: str = ",") -> str:
    """A CSV of anybody's with one row for each act; names and codes, days in two forms."""
    rows = [("state", "act", "date", "note")]
    for line in LEDGER.splitlines():
        state, act, day = line.split(",")
        rows += [] if state == "MEX" else [(state, act, day, "")]
    rows = [("BEL", "ratification", "18 July 1992", "") if row[:2] == ("BEL", "ratification") else row for row in rows]
    rows = [("COD", "accession", "2001-11-02", "") if row[0] == "COD" else row for row in rows]
    rows += [
        ("Kenya", "accession", "11 février 2025", "by post"), ("Atlantis", "accession", "1999-01-01", ""),
        ("Peru", "accession", "1999-04-31", ""), ("Poland", "notice-of-withdrawal", "2024-06-03", ""),
    ]  # fmt: skip
    return "\n".join(delimiter.join(row) for row in rows) + "\n"


def unoda() -> str:
    """The JSON of UNODA's interface: every action, with states and depositaries as objects, and verbatim notes."""
    import json

    kinds = {"signature": "SIG", "ratification": "RAT", "acceptance": "RAT", "accession": "ACC", "succession": "SUC"}
    written = {"SUN": "Russian Federation", "MKD": "the former Yugoslav Republic of Macedonia", "SWZ": "Swaziland"}
    actions: list[dict[str, object]] = []
    for line in LEDGER.splitlines():
        state, act, day = line.split(",")
        if state != "MEX":
            day = "1992-07-18" if (state, act) == ("BEL", "ratification") else day
            kind = "ACC" if state == "COD" else kinds[act]
            actions.append(_action(written.get(state, state), kind, day))
    actions += [_action("Kenya", "ACC", "2025-02-11"), _action("Atlantis", "ACC", "1999-01-01"), _action("Peru", "ACC", "1999-04-31")]
    actions.append(_action("Poland", "WIT", "2024-06-03"))
    actions[0]["note"] = "Upon signature: “…”"
    actions[1]["objections"] = [{"date": "1999-01-01", "note": "…", "state": {"name": "Belgium"}}]
    return json.dumps({"data": {"treaty": {"title": TITLE, "slug": "harbours", "actions": actions}}}, ensure_ascii=False)


def _action(state: str, kind: str, day: str) -> dict[str, object]:
    where = {"name": "UN"}
    return {"date": f"{day}T00:00:00", "note": None, "type": kind, "action_type": "", "state": {"name": state}, "depositary": where, "objections": []}


def notification(state: str = "Kenya", act: str = "Accession", day: str = "11 February 2025", number: int = 185) -> str:
    """One depositary notification of the United Nations, as text."""
    later = (
        f"The Convention will enter into force for {state} on 13 March 2025 in accordance with its article 17 (2)."
        if act != "Withdrawal"
        else "The withdrawal will take effect for it on 3 December 2024 in accordance with article 20 (3)."
    )
    return f"""Reference: C.N.{number}.2025.TREATIES-XXVI.8 (Depositary Notification)

CONVENTION ON THE HARBOURS OF THE WORLD
OSLO, 4 MAY 1990

{state.upper()}: {act.upper()}

The Secretary-General of the United Nations, acting in his capacity as depositary,
communicates the following:

The above action was effected on {day}.

{later} (See also C.N.12.1990.TREATIES-1 of 1 June 1990.)

12 February 2025

Attention: Treaty Services of Ministries of Foreign Affairs.
"""
