"""The table of parties of the Dutch treaty database (verdragenbank), in English or Dutch.

Columns: party, signature, provisional application, ratification with a letter, entry into force, renunciation,
termination; days as ``19-11-1990``. A party that ended is named with the day on which it did: ``(<01-01-1993)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from treatygraph.intake.days import days_in
from treatygraph.intake.formats import RegisterFormat
from treatygraph.intake.grids import Grid, document, grids, is_html, text_of
from treatygraph.intake.means import UNSPECIFIED, Means
from treatygraph.intake.page import RegisterPage
from treatygraph.intake.register import CONSENT, EXIT, SIGNATURE, Register, RegisterEntry, Unread
from treatygraph.model.dates import Span
from treatygraph.model.errors import PageRefused

_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "party": ("party", "parties", "partij", "partijen"),
    "signature": ("signature", "ondertekening"),
    "provisional": ("provisional", "voorlopige"),
    "consent": ("ratification", "ratificatie", "bekrachtiging"),
    "effective": ("entry into force", "inwerkingtreding", "in werking"),
    "notice": ("renunciation", "opzegging"),
    "exit": ("termination", "beëindiging", "buitenwerkingtreding", "buiten werking"),
}
_NEEDED: Final = ("party", "signature", "consent", "effective")
_LETTERS: Final[Mapping[str, Means]] = {
    "R": UNSPECIFIED,
    "": UNSPECIFIED,
    "A": Means("accession"),
    "T": Means("accession"),
    "SU": Means("succession"),
    "VG": Means("succession"),
    "S": Means("definitive-signature"),
    "O": Means("definitive-signature"),
    "NK": UNSPECIFIED,
    "NB": UNSPECIFIED,
    "DS": Means("definitive-signature"),
}
"""English S, R, A, Su, NK; Dutch O, R, T, VG, NB. ``R`` is a ratification, acceptance, approval or notification."""
_CELL: Final = re.compile(r"^(?P<day>\d{1,2}-\d{1,2}-\d{4})?\s*(?:\((?P<letter>\w{1,2})\))?$")
_EXPECTS: Final = (
    "a table with the columns Party, Signature, Ratification (R, A, Su), RegisterEntry into force (or in Dutch)"
)


def _columns(grid: Grid) -> tuple[int, dict[str, int]]:
    """The row of headings and the place of each column; -1 where the grid has none."""
    for number in range(min(4, len(grid.rows))):
        heads = [text.lower() for text in grid.texts(number)]
        places = {
            name: place
            for name, words in _COLUMNS.items()
            if (place := next((at for at, head in enumerate(heads) if head.startswith(words)), -1)) >= 0
        }
        if all(name in places for name in _NEEDED):
            return number, places
    return -1, {}


def _recognises(page: RegisterPage) -> bool:
    text = page.text
    if "partijtabel" in text or "treatydatabase.overheid.nl" in text or "verdragenbank" in text:
        return is_html(text)
    return any(_columns(grid)[0] >= 0 for grid in grids(text))


def _parse(page: RegisterPage) -> Register:
    for grid in grids(page.text):
        number, places = _columns(grid)
        if number >= 0:
            return _read(page, grid, number, places)
    raise PageRefused(f"{page.name}: no table of parties; expected {_EXPECTS}.")


def _read(page: RegisterPage, grid: Grid, number: int, places: Mapping[str, int]) -> Register:
    title = _title(page.text)
    rows = [row for cells in grid.rows[number + 1 :] for row in _row([cell.text for cell in cells], places)]
    concluded = days_in(title)
    entries = tuple(row for row in rows if isinstance(row, RegisterEntry))
    return Register(
        format="dutch",
        title=title,
        entries=entries,
        concluded=concluded[0].span if concluded else None,
        holds=frozenset({SIGNATURE, CONSENT, EXIT}),
        listed=tuple(dict.fromkeys(row.state for row in entries)),
        unread=tuple(row for row in rows if isinstance(row, Unread)),
    )


def _title(text: str) -> str:
    tree = document(text)
    node = tree.css_first("h1") or tree.css_first("title")
    return text_of(node) if node is not None and is_html(text) else ""


def _row(cells: list[str], places: Mapping[str, int]) -> Iterator[RegisterEntry | Unread]:
    def cell(name: str) -> str:
        place = places.get(name, -1)
        return cells[place].strip() if 0 <= place < len(cells) else ""

    name = cell("party")
    at = f"table of parties, {name}"
    if not name or not any(cell(part) for part in places if part != "party"):
        return
    bad = [text for part in places if part != "party" and (text := cell(part)) and not _CELL.match(text)]
    if bad:
        yield Unread(
            at, f"{name}: {', '.join(bad)}", "a day such as 19-11-1990, with a letter in brackets, was expected", name
        )
        return
    yield from _signed(name, cell("signature"), cell("provisional"), at)
    yield from _bound(name, cell("consent"), cell("effective"), at)
    yield from _left(name, cell("notice"), cell("exit"), at)


def _day(text: str) -> Span | None:
    days = days_in(text)
    return days[0].span if days else None


def _signed(name: str, signature: str, provisional: str, at: str) -> Iterator[RegisterEntry | Unread]:
    for text, act in ((signature, "signature"), (provisional, "provisional-application")):
        if when := _day(text):
            hit = _CELL.match(text)
            definitive = act == "signature" and hit and (hit["letter"] or "").upper() in {"S", "O", "DS"}
            yield RegisterEntry(name, "definitive-signature" if definitive else act, when, at)
        elif text:
            yield Unread(at, f"{name}: {text}", "the day does not exist", name)


def _bound(name: str, text: str, effective: str, at: str) -> Iterator[RegisterEntry | Unread]:
    hit = _CELL.match(text)
    means = _LETTERS.get((hit["letter"] or "").upper()) if hit and text else None
    when, later = _day(text), _day(effective)
    if text and means is None:
        yield Unread(
            at, f"{name}: {text}", f"the letter is none of {', '.join(letter for letter in _LETTERS if letter)}", name
        )
    elif means and when:
        yield RegisterEntry(name, means.act, when, at, later, exact=means.exact, note=means.note)
    elif text:
        yield Unread(at, f"{name}: {text}", "the list does not tell the day", name)


def _left(name: str, notice: str, end: str, at: str) -> Iterator[RegisterEntry]:
    noticed, ended = _day(notice), _day(end)
    if noticed:
        yield RegisterEntry(name, "notice-of-withdrawal", noticed, at, ended)
    elif ended:
        yield RegisterEntry(name, "withdrawal", ended, at)


FORMAT: Final = RegisterFormat(
    id="dutch",
    title="table of parties of the Dutch treaty database (HTML)",
    recognises=_recognises,
    parse=_parse,
    expects=_EXPECTS,
    publisher="Netherlands, Ministry of Foreign Affairs",
    hosts=("treatydatabase.overheid.nl", "verdragenbank.overheid.nl", "verdragen.nl"),
    depositaries=("NLD", "The Hague"),
)
