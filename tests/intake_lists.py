"""The list of the convention as it would be published by the IAEA, the OAS, the OSCE, UNODA, or anybody."""

from __future__ import annotations

import json

from intake_harbours import LEDGER, TITLE

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
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        table,
        start,
    )


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
    kinds = {"signature": "SIG", "ratification": "RAT", "acceptance": "RAT", "accession": "ACC", "succession": "SUC"}
    written = {"SUN": "Russian Federation", "MKD": "the former Yugoslav Republic of Macedonia", "SWZ": "Swaziland"}
    actions: list[dict[str, object]] = []
    for line in LEDGER.splitlines():
        state, act, day = line.split(",")
        if state != "MEX":
            day = "1992-07-18" if (state, act) == ("BEL", "ratification") else day
            kind = "ACC" if state == "COD" else kinds[act]
            actions.append(_action(written.get(state, state), kind, day))
    actions += [
        _action("Kenya", "ACC", "2025-02-11"),
        _action("Atlantis", "ACC", "1999-01-01"),
        _action("Peru", "ACC", "1999-04-31"),
    ]
    actions.append(_action("Poland", "WIT", "2024-06-03"))
    actions[0]["note"] = "Upon signature: “…”"
    actions[1]["objections"] = [{"date": "1999-01-01", "note": "…", "state": {"name": "Belgium"}}]
    return json.dumps(
        {"data": {"treaty": {"title": TITLE, "slug": "harbours", "actions": actions}}}, ensure_ascii=False
    )


def _action(state: str, kind: str, day: str) -> dict[str, object]:
    where = {"name": "UN"}
    return {
        "date": f"{day}T00:00:00",
        "note": None,
        "type": kind,
        "action_type": "",
        "state": {"name": state},
        "depositary": where,
        "objections": [],
    }


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
