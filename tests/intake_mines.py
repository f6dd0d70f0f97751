"""The Mine Ban Convention without its acts of 2025 and 2026, and a status page of our own making that has them."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from intake_pages import untc
from treatygraph.model.folders import room
from treatygraph.model.records import Act, Facts
from treatygraph.model.vocabulary import CONSENTS

_LETTERS = {"accession": "a", "acceptance": "A", "approval": "AA", "succession": "d"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
HEADS = ("Participant", "Signature", "Acceptance(A), Approval(AA), Accession(a), Succession(d), Ratification")
LEFT = {
    "Estonia": ("27 June 2025", "27 December 2025"),
    "Finland": ("10 July 2025", "10 January 2026"),
    "Latvia": ("27 June 2025", "27 December 2025"),
    "Lithuania": ("27 June 2025", "27 December 2025"),
    "Poland": ("20 August 2025", "20 February 2026"),
}
"""Who left, the day of the notice, and the day of its effect."""


def emptied(target: Path, keep: Iterable[str] = ()) -> Path:
    """A copy of the facts whose Mine Ban ledger ends with 2024, as its coverage says; of all cards, or those of ``keep``."""
    shutil.copytree(room("graph"), target)
    wanted = {"apmbc", *keep}
    for folder in ("acts", "instruments", "events", "reports") if keep else ():
        for path in (target / folder).iterdir():
            if path.stem not in wanted:
                path.unlink()
    for name in ("assertions.csv", "rosters.csv"):  # what hangs on an act of 2025 goes with it
        _without(
            target / name, lambda row: row["instrument"] == "apmbc" or (bool(keep) and row["instrument"] not in wanted)
        )
    _without(target / "acts" / "apmbc.csv", lambda row: row["date"] >= "2025")
    if keep:  # links lead to what is not there any more
        for name in ("exceptions.csv", "links.sssom.tsv", "link-candidates.sssom.tsv", "articles.csv"):
            (target / name).unlink()
    card = target / "instruments" / "apmbc.yaml"
    text = "".join(
        line for line in card.read_text(encoding="utf-8").splitlines(keepends=True) if not line.startswith("coverage:")
    )
    card.write_text(
        text + "coverage: {through: '2024-12-31', source: untc-2026, at: 'chapter XXVI'}\n", encoding="utf-8"
    )
    return target


def _without(path: Path, gone) -> None:  # type: ignore[no-untyped-def]
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        names, rows = list(reader.fieldnames or ()), [row for row in reader if not gone(row)]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def status_page(facts: Facts, as_at: str = "STATUS AS AT : 01-03-2026 09:15:00 EDT") -> str:
    """The page as of 1 March 2026: everybody of the ledger but the five that left, whose notices stand in end notes."""
    signed: dict[str, Act] = {}
    bound: dict[str, Act] = {}
    for act in facts.acts["apmbc"]:
        held = signed if act.kind == "signature" else bound if act.kind in CONSENTS else {}
        held.setdefault(act.state, act)
    names = {code: facts.states[code].name for code in {*signed, *bound}}
    rows = tuple(
        (_marked(name), _day(signed.get(code)), _day(bound.get(code)))
        for code, name in sorted(names.items(), key=lambda item: item[1])
        if name not in LEFT
    )
    notes = (
        *tuple(
            f"On {notice}, the Government of {name} notified the Secretary-General of its decision to withdraw from the Convention. The action shall take effect for {name} on {effect} in accordance with article 20 (3)."
            for name, (notice, effect) in LEFT.items()
        ),
        "In a communication received on 18 July 2025, the Government of Ukraine notified the Secretary-General that it suspended the operation of the Convention. (See C.N.385.2025.TREATIES-XXVI.5 of 21 July 2025.)",
    )
    title = f"5. {facts.instruments['apmbc'].title}"
    totals = (sum(row[1] != "&nbsp;" for row in rows), sum(row[2] != "&nbsp;" for row in rows))
    return untc(rows, notes, title, totals, HEADS, as_at)


def _marked(name: str) -> str:
    """Ukraine's name points at the note on it; the notes on those that left stand alone."""
    return f"{name} <SUP><A href='#6' class='noteIndex'>6</A></SUP>" if name == "Ukraine" else name


def _day(act: Act | None) -> str:
    if act is None:
        return "&nbsp;"
    when: date = act.date.earliest
    return f"&nbsp;{when.day} {_MONTHS[when.month - 1]}\t {when.year} {_LETTERS.get(act.kind, '')}"
