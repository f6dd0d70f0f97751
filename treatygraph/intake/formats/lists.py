"""Lists in a table whose heads name the acts, in any of the six languages: those of the OSCE, and others like them.

The first column names the state; each further column an act, or the day of entry into force, a depositary or a note.
A cell may name its own act: "accession 3 May 1999".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from treatygraph.intake.days import days_in
from treatygraph.intake.depositaries import depositary_called
from treatygraph.intake.formats import RegisterFormat
from treatygraph.intake.grids import Cell, Grid, document, grids, is_html, text_of
from treatygraph.intake.means import Means, means_of
from treatygraph.intake.page import RegisterPage
from treatygraph.intake.register import CONSENT, EXIT, SIGNATURE, Register, RegisterEntry, Unread, category
from treatygraph.intake.states import cleaned
from treatygraph.model.errors import PageRefused
from treatygraph.model.names import key

_STATE: Final = re.compile(
    r"^(?:state|states|participating state|states? part|contracting|country|countries|party|parties|participant|member|"
    r"staat|staaten|vertragsstaat|teilnehmerstaat|etat|pays|partie|pais|estado|parte|partij|land|stato)\b"
)
_FORCE: Final = re.compile(
    r"entry into force|in force|effective|inkrafttreten|in kraft|entree en vigueur|entrada en vigor|inwerkingtreding|"
    r"entrata in vigore"
)
_WHERE: Final = re.compile(r"^(?:depositary|deposited (?:with|at)|depositar|depositaire|depositario|depositaris)\b")
_NOTE: Final = re.compile(r"^(?:note|notes|remark|remarks|comment|bemerkung|remarques|observaciones|opmerkingen)\b")
_AS_OF: Final = re.compile(
    r"(?:status|list|as|stand|état|situation|stand van zaken|situación)\s+(?:as\s+)?(?:of|at|on|am|vom|au|al|op|per)"
    r"\s*:?\s*"
    r"(?P<day>\d{1,2}[^\s]*\s+(?:de\s+)?\w+,?\s+(?:de\s+)?\d{4}|\d{4}-\d{2}-\d{2})",
    re.IGNORECASE,
)
_EXPECTS: Final = "a table with a column of states and columns named Signature, Ratification, Accession or the like"


@dataclass(frozen=True, slots=True)
class Heads:
    """What the columns of a table are, by their places."""

    row: int
    state: int
    acts: tuple[tuple[int, Means], ...]
    force: int = -1
    where: int = -1
    note: int = -1


def heads_of(cells: Sequence[str], row: int) -> Heads | None:
    """What the heads of a table name; None where no state or no act is among them."""
    words = [key(cell) for cell in cells]
    state = next((at for at, word in enumerate(words) if _STATE.match(word)), -1)
    force = next((at for at, word in enumerate(words) if _FORCE.search(word)), -1)
    where = next((at for at, word in enumerate(words) if _WHERE.match(word)), -1)
    note = next((at for at, word in enumerate(words) if _NOTE.match(word)), -1)
    taken = {state, force, where, note}
    acts = tuple((at, means) for at, cell in enumerate(cells) if at not in taken and (means := means_of(cell)))
    return Heads(row, state, acts, force, where, note) if state >= 0 and acts else None


def acts_of(cells: Sequence[str], heads: Heads, at: str) -> Iterator[RegisterEntry | Unread]:
    """The acts of one row."""

    def cell(place: int) -> str:
        return cells[place].strip() if 0 <= place < len(cells) else ""

    name = cleaned(cell(heads.state)).strip("[] ")
    force = days_in(cell(heads.force))
    for place, means in heads.acts:
        text = cell(place)
        days = days_in(text)
        if not name or not text or text in {"-", "–", "—", "n/a", "."}:
            continue
        own = means_of(text) or means
        if len(days) != 1:
            yield Unread(at, f"{name}: {text}", "no single day stands in the cell", name)
            continue
        effective = force[0].span if len(force) == 1 and category(own.act) == CONSENT else None
        where = depositary_called(cell(heads.where))
        yield RegisterEntry(name, own.act, days[0].span, at, effective, where, own.exact, own.note)


def _recognises(page: RegisterPage) -> bool:
    return _table(page.text) is not None


def _table(text: str) -> tuple[Grid, Heads] | None:
    for grid in grids(text) if is_html(text) or "|" in text else ():
        for number in range(min(4, len(grid.rows))):
            heads = heads_of(grid.texts(number), number)
            if heads and any(days_in(" ".join(grid.texts(row))) for row in range(number + 1, len(grid.rows))):
                return grid, heads
    return None


def _parse(page: RegisterPage) -> Register:
    table = _table(page.text)
    if table is None:
        raise PageRefused(f"{page.name}: no list of acts; expected {_EXPECTS}.")
    grid, heads = table
    rows = [
        act
        for cells in grid.rows[heads.row + 1 :]
        for act in acts_of([cell.text for cell in cells], heads, _at(cells, heads))
    ]
    entries = tuple(row for row in rows if isinstance(row, RegisterEntry))
    words = _words(page.text)
    as_of = _AS_OF.search(words)
    day = days_in(as_of["day"]) if as_of else []
    return Register(
        format="list",
        title=_title(page.text),
        entries=entries,
        day=day[0].span.earliest if day and day[0].span.is_day else None,
        holds=frozenset(category(means.act) for _, means in heads.acts) & {SIGNATURE, CONSENT, EXIT},
        departed=tuple(
            cells[heads.state].text.strip("[] ")
            for cells in grid.rows[heads.row + 1 :]
            if len(cells) > heads.state and cells[heads.state].text.startswith("[")
        ),
        listed=tuple(dict.fromkeys(entry.state for entry in entries)),
        unread=tuple(row for row in rows if isinstance(row, Unread)),
    )


def _at(cells: tuple[Cell, ...], heads: Heads) -> str:
    name = cells[heads.state].text if heads.state < len(cells) else ""
    return f"list, {cleaned(name).strip('[] ')}"


def _words(text: str) -> str:
    if is_html(text):
        body = document(text).body
        return text_of(body)[:20_000] if body is not None else ""
    return text[:20_000]


def _title(text: str) -> str:
    if is_html(text):
        node = document(text).css_first("h1") or document(text).css_first("title")
        return text_of(node) if node is not None else ""
    hit = re.search(r"^#+ (.+)$", text, re.MULTILINE)
    return hit[1].strip() if hit else ""


FORMAT: Final = RegisterFormat(
    id="list",
    title="table of states and their acts (HTML or Markdown): OSCE and others",
    recognises=_recognises,
    parse=_parse,
    expects=_EXPECTS,
    hosts=("www.osce.org", "osce.org"),
    depositaries=("OSCE",),
)
