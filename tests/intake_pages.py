"""The list of the convention as it would be published by the United Nations, Switzerland and the Netherlands.

Each page has the form of its register, with the register's own traps, and the differences that
:mod:`intake_harbours` plants.
"""

from __future__ import annotations

from intake_harbours import TITLE

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
    (
        "Czechoslovakia had signed and ratified the Convention on 4 May 1990 and 7 January 1991, respectively, with the "
        "following reservation: “Czechoslovakia does not consider itself bound by article 9.”"
    ),
    (
        "For the Kingdom in Europe. Subsequently, on 1 April 1999, the Government of the Netherlands notified the "
        "Secretary-General that the Convention would apply to Aruba."
    ),
    (
        "On 3 June 2024, the Government of Poland notified the Secretary-General of its decision to withdraw from the "
        "Convention in accordance with article 20. The withdrawal takes effect on 3 December 2024."
    ),
    (
        "On 5 May 2001, the Government of Bolivia notified the Secretary-General of its decision to withdraw the "
        "reservation to article 9 made upon accession."
    ),
)
_INNER = "ctl00_ctl00_ContentPlaceHolder1_ContentPlaceHolderInnerPage"


def untc(
    rows: tuple[tuple[str, str, str], ...] = UNTC_ROWS,
    notes: tuple[str, ...] = UNTC_NOTES,
    title: str = f"8. {TITLE}",
    totals: tuple[int, int] = (4, 15),
    heads: tuple[str, ...] = (
        "Participant<br>",
        "Signature<br>",
        "Acceptance(A), Accession(a), Succession(d), Ratification",
    ),
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
    entries = [
        f"{name.strip()} {day} {year} {later} {later_year}".strip()
        for name, day, year, later, later_year in FEDLEX_ROWS
    ]
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
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in (row[0], row[1], "", *row[2:])) + "</tr>\n"
        for row in DUTCH_ROWS
    )
    return f"""<html><head><title>Treaty database</title></head><body><a>Back to previous page</a><h1>{TITLE}</h1>
<table id="partijtabel"><thead><tr><th>Party</th><th>Signature</th><th>Provisional<br>application</th>
<th>Ratification<span>S=Signature without reservation or requirement of ratification R=Ratification, Acceptance, Approval or
Notification A=Accession Su=Succession NK=Not Known</span></th><th>Entry into force</th><th>Renunciation</th>
<th>Termination</th></tr></thead><tbody>{rows}</tbody></table></body></html>"""
