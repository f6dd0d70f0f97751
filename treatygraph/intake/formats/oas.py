"""The lists of the Organization of American States: "Signatories and Ratifications", in English or Spanish.

Columns: country, signature, RA/AC/AD (the day of the country's own instrument), deposit, and its type; between them
columns of references. Only the deposit is an international act. Days are figures with a year of two: month first in
English, day first in Spanish, unless a day of the list can only be read the other way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from treatygraph.intake.days import days_in, numeric
from treatygraph.intake.formats import RegisterFormat
from treatygraph.intake.grids import Grid, document, grids, is_html, text_of
from treatygraph.intake.means import UNSPECIFIED, Means
from treatygraph.intake.page import RegisterPage
from treatygraph.intake.register import CONSENT, SIGNATURE, Register, RegisterEntry, Unread
from treatygraph.intake.states import cleaned
from treatygraph.model.dates import Span
from treatygraph.model.errors import PageRefused

_COUNTRY: Final = (
    "signatory countries",
    "signatory countr",
    "countries",
    "países signatarios",
    "paises signatarios",
    "países",
)
_SIGNED: Final = ("signature", "firma")
_DEPOSITED: Final = ("deposit", "depósito", "deposito")
_TYPE: Final = ("inst",)
_TYPES: Final[Mapping[str, Means]] = {
    "RA": Means("ratification"),
    "AC": Means("acceptance"),
    "AD": Means("accession"),
    "": UNSPECIFIED,
}
_LATEST: Final = date(2068, 12, 31)
"""A year of two figures up to 68 is of this century: no instrument of the OAS is older than 1948."""
_EXPECTS: Final = "a table with the columns SIGNATORY COUNTRIES, SIGNATURE, RA/AC/AD, DEPOSIT, INST (or in Spanish)"


def _columns(grid: Grid) -> tuple[int, dict[str, int]]:
    for number in range(min(4, len(grid.rows))):
        heads = [text.lower() for text in grid.texts(number)]
        wanted = (("country", _COUNTRY), ("signed", _SIGNED), ("deposited", _DEPOSITED), ("type", _TYPE))
        places = {
            name: place
            for name, words in wanted
            if (place := next((at for at, head in enumerate(heads) if head.startswith(words)), -1)) >= 0
        }
        if {"country", "signed", "deposited"} <= places.keys():
            return number, places
    return -1, {}


def _recognises(page: RegisterPage) -> bool:
    words = page.text.lower()
    named = "signatory countries" in words or "signatarios" in words or "ra/ac/ad" in words
    return named and ("oas" in words or "oea" in words or "ra/ac/ad" in words)


def _parse(page: RegisterPage) -> Register:
    for grid in grids(page.text):
        number, places = _columns(grid)
        if number >= 0:
            return _read(page, grid, number, places)
    raise PageRefused(f"{page.name}: no list of signatures and deposits; expected {_EXPECTS}.")


def _read(page: RegisterPage, grid: Grid, number: int, places: Mapping[str, int]) -> Register:
    heads = " ".join(grid.texts(number)).lower()
    rows = [[cell.text for cell in cells] for cells in grid.rows[number + 1 :]]
    order = _order([text for cells in rows for text in cells], "dmy" if "firma" in heads else "mdy")
    acts = [act for cells in rows for act in _row(cells, places, order)]
    entries = tuple(act for act in acts if isinstance(act, RegisterEntry))
    title = _title(page.text)
    concluded = days_in(_adopted(page.text))
    return Register(
        format="oas",
        title=title,
        entries=entries,
        concluded=concluded[0].span if concluded else None,
        depositary="OAS",
        holds=frozenset({SIGNATURE, CONSENT}),
        listed=tuple(dict.fromkeys(entry.state for entry in entries)),
        unread=tuple(act for act in acts if isinstance(act, Unread)),
    )


def _order(texts: list[str], usual: str) -> str:
    """Which of the two figures is the day: what the list itself shows, else what is usual in its language."""
    days = [text for text in texts if text.count("/") == 2]
    other = "mdy" if usual == "dmy" else "dmy"
    return max((usual, other), key=lambda order: sum(numeric(text, order, _LATEST) is not None for text in days))


def _row(cells: list[str], places: Mapping[str, int], order: str) -> Iterator[RegisterEntry | Unread]:
    def cell(name: str) -> str:
        place = places.get(name, -1)
        return cells[place].strip() if 0 <= place < len(cells) else ""

    name = cleaned(cell("country"))
    at = f"list of signatures and ratifications, {name}"
    if not name or not (cell("signed") or cell("deposited")):
        return
    kind = cell("type").upper().strip("*. ")
    if text := cell("signed"):
        yield _act(name, text, Means("signature"), order, at)
    if text := cell("deposited"):
        means = _TYPES.get(kind)
        problem = Unread(at, f"{name}: {kind}", "the type of instrument is none of RA, AC, AD", name)
        yield _act(name, text, means, order, at) if means else problem


def _act(name: str, text: str, means: Means, order: str, at: str) -> RegisterEntry | Unread:
    when = _day(text, order)
    if when is None:
        return Unread(at, f"{name}: {text}", "no single day stands in the cell", name)
    return RegisterEntry(name, means.act, when, at, depositary="OAS", exact=means.exact, note=means.note)


def _day(text: str, order: str) -> Span | None:
    if figures := numeric(text, order, _LATEST):
        return figures
    days = days_in(text, order)
    return days[0].span if len(days) == 1 else None


def _title(text: str) -> str:
    if not is_html(text):
        return next((line.strip("# ").strip() for line in text.splitlines() if line.startswith("#")), "")
    tree = document(text)
    nodes = (tree.css_first(selector) for selector in ("h1", "h2", "h3", "title"))
    return next((words for node in nodes if node is not None and (words := text_of(node))), "")


def _adopted(text: str) -> str:
    """The lines of the head that tell where and when it was adopted or signed."""
    words = text_of(body) if is_html(text) and (body := document(text).body) is not None else text
    start = max(words.lower().find("adopted"), words.lower().find("aprobada"), words.lower().find("adoptada"))
    return words[start : start + 160] if start >= 0 else ""


FORMAT: Final = RegisterFormat(
    id="oas",
    title="list of signatures and ratifications of the Organization of American States (HTML)",
    recognises=_recognises,
    parse=_parse,
    expects=_EXPECTS,
    publisher="Organization of American States",
    hosts=("www.oas.org", "oas.org"),
    depositaries=("OAS",),
)
