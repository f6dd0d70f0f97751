"""The status page of the United Nations Treaty Collection: one instrument, its participants, its end notes.

The head tells chapter, title, day and totals; the table whose id ends in ``tblgrid`` names its columns in its first
row, and they differ from treaty to treaty. Declarations stand below and are no participants. Who left may be gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from treatygraph.intake.days import days_in, plain
from treatygraph.intake.formats import RegisterFormat
from treatygraph.intake.grids import Cell, Grid, document, grids, is_html, text_of
from treatygraph.intake.means import Means, means_of, named_in
from treatygraph.intake.notes import acts_of_note, effected_by
from treatygraph.intake.page import RegisterPage
from treatygraph.intake.register import CONSENT, SIGNATURE, Register, RegisterEntry, Remark, Unread, category
from treatygraph.model.dates import Span
from treatygraph.model.errors import PageRefused

_LETTERS: Final[Mapping[str, Means]] = {
    "a": Means("accession"),
    "A": Means("acceptance"),
    "AA": Means("approval"),
    "c": Means("ratification", exact=False, note="formal confirmation"),
    "d": Means("succession"),
    "P": Means("consent-to-be-bound"),
    "s": Means("definitive-signature"),
}
"""What a letter behind a date means where the heading of its column does not say."""
_EXPECTS: Final = "a table of participants whose id ends in 'tblgrid', under the instrument's title and 'STATUS AS AT'"
_CELL: Final = re.compile(r"^\[?\s*(?P<day>.*?\d{4})\s*(?P<letter>[A-Za-z]{0,3})\s*\]?$")
_TITLE: Final = re.compile(r"^(?P<number>\d+)\s*\.\s*(?:(?P<letter>[a-z])\s*[.)]?\s+)?(?P<title>.+)$")
_AS_AT: Final = re.compile(r"STATUS AS AT\s*:?\s*(\d{1,2})-(\d{1,2})-(\d{4})")
_TOTALS: Final = re.compile(r"(Signatories|Parties)\s*:\s*(\d+)", re.IGNORECASE)
_FAR: Final = 0.05
"""A share of the page's own total by which the reading may fall short; more is a changed layout."""


def _recognises(page: RegisterPage) -> bool:
    text = page.text
    return is_html(text) and ("tblgrid" in text or "ContentPlaceHolderInnerPage" in text or "STATUS AS AT" in text)


def _parse(page: RegisterPage) -> Register:
    tree = document(page.text)
    grid = next((one for one in grids(page.text) if one.name.endswith("tblgrid")), None)
    if grid is None:
        raise PageRefused(f"{page.name}: no table of participants; expected {_EXPECTS}.")
    title, number = _title(tree)
    if not title:
        raise PageRefused(f"{page.name}: the page does not name its instrument; expected {_EXPECTS}.")
    rows = list(_rows(grid, page.name, number))
    notes = dict(_notes(tree))
    entries = [entry for row in rows for entry in _attributed(row, notes)]
    if not entries:
        raise PageRefused(f"{page.name}: no participant of the table has an act that can be read; expected {_EXPECTS}.")
    of_notes, remarks = _of_notes(rows, notes, number)
    register = Register(
        format="untc",
        title=title,
        entries=(*entries, *of_notes),
        number=number,
        day=_day(tree),
        concluded=_concluded(tree),
        depositary="UN",
        holds=frozenset(category(entry.act) for entry in entries) & {CONSENT, SIGNATURE},
        departed=tuple(row.name for row in rows if row.departed),
        listed=tuple(row.name for row in rows),
        unread=tuple(problem for row in rows for problem in row.unread),
        remarks=remarks,
        totals=_totals(tree),
    )
    return replace(register, unread=(*register.unread, *_short(register, rows, page.name)))


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    departed: bool
    marks: tuple[str, ...]
    entries: tuple[RegisterEntry, ...]
    unread: tuple[Unread, ...]


def _rows(grid: Grid, page: str, number: str) -> Iterator[_Row]:
    """The rows of participants; the first row names the columns."""
    if len(grid.rows) < 2 or "participant" not in "".join(grid.texts(0)[:1]).lower():
        raise PageRefused(f"{page}: the table of participants does not name its columns; expected {_EXPECTS}.")
    columns = [_column(cell.text) for cell in grid.rows[0]]
    if not any(columns[1:]):
        heads = ", ".join(cell.text for cell in grid.rows[0][1:])
        raise PageRefused(f"{page}: no column of acts among: {heads}; expected Signature, Ratification or the like.")
    for cells in grid.rows[1:]:
        if cells and cells[0].text:
            yield _row(cells, columns, number)


def _column(heading: str) -> dict[str, Means]:
    """What the dates of a column are, by their letters; empty where the heading names no act."""
    named = named_in(heading)
    plain_one = means_of(heading.partition("(")[0])
    if plain_one and plain_one.act == "provisional-application":
        return {"": plain_one, "n": plain_one}
    if named.get("") and named[""].act == "signature":
        return {
            letter: replace(named[""], note="succession to signature") if means.act == "succession" else means
            for letter, means in named.items()
        }
    return {**_LETTERS, **named} if named else {}


def _row(cells: tuple[Cell, ...], columns: list[dict[str, Means]], number: str) -> _Row:
    name = cells[0].text
    departed = name.startswith("[") or any(cell.text.startswith("[") for cell in cells[1:])
    name = name.strip("[] ")
    at = f"{number}, {name}" if number else f"participants, {name}"
    entries: list[RegisterEntry] = []
    unread: list[Unread] = []
    for cell, means in zip(cells[1:], columns[1:], strict=False):
        if cell.text and means:
            act = _entry(cell.text, means, name, at)
            if isinstance(act, RegisterEntry):
                entries.append(act)
            else:
                unread.append(act)
    marks = tuple(mark for cell in cells for mark in cell.marks)
    return _Row(name, departed, marks, tuple(entries), tuple(unread))


def _entry(text: str, means: Mapping[str, Means], name: str, at: str) -> RegisterEntry | Unread:
    hit = _CELL.match(text)
    days = days_in(hit["day"]) if hit else []
    if not hit or len(days) != 1 or days[0].start or days[0].end < len(hit["day"]):
        return Unread(at, text, "no single day stands in the cell", name)
    if hit["letter"] not in means:
        return Unread(at, text, f"neither the heading nor the register's letters explain '{hit['letter']}'", name)
    act = means[hit["letter"]]
    return RegisterEntry(name, act.act, days[0].span, at, depositary="UN", exact=act.exact, note=act.note)


def _attributed(row: _Row, notes: Mapping[str, str]) -> Iterator[RegisterEntry]:
    """The row's entries, under the predecessor where a note says that it effected the formality."""
    by = next((actor for mark in row.marks if (actor := effected_by(notes.get(mark, "")))), "")
    for entry in row.entries:
        yield replace(entry, state=by) if by else entry


def _of_notes(
    rows: list[_Row], notes: Mapping[str, str], number: str
) -> tuple[list[RegisterEntry], tuple[Remark, ...]]:
    """What the notes at participants' names tell: acts where they can be read, else remarks for a person."""
    flagged: dict[str, list[str]] = {}
    for row in rows:
        for mark in row.marks:
            flagged.setdefault(mark, []).append(row.name)
    names = {row.name for row in rows}  # a note below the table, on a state that is still in it, is on a declaration
    entries: list[RegisterEntry] = []
    remarks: list[Remark] = []
    for mark, text in notes.items():
        at = f"{number}, note {mark}" if number else f"note {mark}"
        acts = [act for act in acts_of_note(text, at, "UN") if mark in flagged or act.state not in names]
        entries += acts
        if mark in flagged and not acts and not effected_by(text):
            remarks.append(Remark(at, text, tuple(flagged[mark])))
    return entries, tuple(remarks)


def _notes(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    for node in tree.css("div[id$='divNotesAll']"):
        anchor = node.css_first("a[name]")
        mark = plain(anchor.text()) if anchor else ""
        text = text_of(node)
        if mark:
            yield mark, text.removeprefix(mark).strip()


def _first(tree: LexborHTMLParser, *endings: str) -> str:
    for ending in endings:
        node = tree.css_first(f"[id$='{ending}']")
        if node is not None and (text := text_of(node)):
            return text
    return ""


def _title(tree: LexborHTMLParser) -> tuple[str, str]:
    """Title and number of the instrument: ``XXVI-8`` from chapter and place in it."""
    hit = _TITLE.match(_first(tree, "rptTreaty_ctl00_tcTreaty"))
    if not hit:
        return "", ""
    chapter = _first(tree, "rptHead_ctl00_tcHead").upper().removeprefix("CHAPTER").strip()
    parts = (chapter, hit["number"], hit["letter"])
    return hit["title"].strip(), "-".join(part for part in parts if part)


def _day(tree: LexborHTMLParser) -> date | None:
    body = tree.body
    hit = _AS_AT.search(text_of(body)) if body is not None else None
    try:
        return date(int(hit[3]), int(hit[2]), int(hit[1])) if hit else None
    except ValueError:
        return None


def _concluded(tree: LexborHTMLParser) -> Span | None:
    days = days_in(_first(tree, "rptTreaty_ctl00_tcText"))
    return days[0].span if days else None


def _totals(tree: LexborHTMLParser) -> dict[str, int]:
    return {name.lower(): int(number) for name, number in _TOTALS.findall(_first(tree, "rptStatus_ctl00_tcText"))}


def _short(register: Register, rows: list[_Row], page: str) -> Iterator[Unread]:
    """What the page's own totals say against the reading.

    Raises:
        PageRefused: the reading is far from them: the layout is another one.
    """
    here = [row for row in rows if not row.departed]
    for name, kind in (("parties", CONSENT), ("signatories", SIGNATURE)):
        read = sum(any(category(entry.act) == kind for entry in row.entries) for row in here)
        said = register.totals.get(name)
        if said is None or said == read:
            continue
        if abs(said - read) > max(3, _FAR * said):
            raise PageRefused(f"{page}: the page counts {said} {name}, {read} were read; expected {_EXPECTS}.")
        yield Unread(
            f"{register.number}, status", f"{name}: {said}", f"the page counts {said} {name}, {read} were read"
        )


FORMAT: Final = RegisterFormat(
    id="untc",
    title="status page of the United Nations Treaty Collection (HTML)",
    recognises=_recognises,
    parse=_parse,
    expects=_EXPECTS,
    publisher="United Nations Treaty Section",
    hosts=("treaties.un.org",),
    depositaries=("UN",),
)
