"""A CSV of anybody's: one row for each act, or one row for each state with a column for each kind of act.

Long: ``state,act,date`` and, where there are, ``effective,depositary,note``. Wide: ``state`` and columns named
Signature, Ratification, Accession and so on. Commas, semicolons or tabs; names or codes of states.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Final

from treatygraph.intake.days import day_of
from treatygraph.intake.depositaries import depositary_called
from treatygraph.intake.formats import RegisterFormat
from treatygraph.intake.formats.lists import Heads, acts_of, heads_of
from treatygraph.intake.grids import is_html
from treatygraph.intake.means import Means, means_of
from treatygraph.intake.page import RegisterPage
from treatygraph.intake.register import CONSENT, EXIT, SIGNATURE, Register, RegisterEntry, Unread, category
from treatygraph.model.dates import Span
from treatygraph.model.errors import BadDate, PageRefused
from treatygraph.model.names import key
from treatygraph.model.vocabulary import ACTS

_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "state": (
        "state",
        "country",
        "party",
        "participant",
        "code",
        "iso3",
        "staat",
        "etat",
        "pays",
        "pais",
        "estado",
        "partij",
    ),
    "act": ("act", "action", "type", "action type", "kind"),
    "date": ("date", "day", "datum", "fecha"),
    "effective": ("effective", "entry into force", "date of effect"),
    "depositary": ("depositary", "where"),
    "note": ("note", "notes", "remark"),
}
_EXPECTS: Final = "a CSV with the columns state, act, date, or state and a column for each kind of act"


def _rows(text: str) -> list[list[str]]:
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True) if any(row)]
    except csv.Error:
        return []


def _long(heads: list[str]) -> dict[str, int]:
    words = [key(head) for head in heads]
    return {
        name: place
        for name, known in _NAMES.items()
        if (place := next((at for at, word in enumerate(words) if word in known), -1)) >= 0
    }


def _recognises(page: RegisterPage) -> bool:
    text = page.text.lstrip("\ufeff")
    if is_html(text) or text.lstrip().startswith(("{", "[", "#", "<", "---")) or "\n" not in text:
        return False
    rows = _rows(text)
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    return {"state", "act", "date"} <= _long(rows[0]).keys() or heads_of(rows[0], 0) is not None


def _parse(page: RegisterPage) -> Register:
    rows = _rows(page.text.lstrip("\ufeff"))
    places = _long(rows[0]) if rows else {}
    if {"state", "act", "date"} <= places.keys():
        acts = [_act(row, places, line) for line, row in enumerate(rows[1:], 2)]
        holds: frozenset[str] = frozenset()
    else:
        heads = heads_of(rows[0], 0) if rows else None
        if heads is None:
            raise PageRefused(f"{page.name}: the columns are not known; expected {_EXPECTS}.")
        acts = [act for line, row in enumerate(rows[1:], 2) for act in acts_of(row, heads, f"line {line}")]
        holds = _held(heads)
    entries = tuple(act for act in acts if isinstance(act, RegisterEntry))
    return Register(
        format="csv",
        title="",
        entries=entries,
        holds=holds or frozenset(category(entry.act) for entry in entries) & {SIGNATURE, CONSENT, EXIT},
        listed=tuple(dict.fromkeys(entry.state for entry in entries)),
        unread=tuple(act for act in acts if isinstance(act, Unread)),
    )


def _held(heads: Heads) -> frozenset[str]:
    return frozenset(category(means.act) for _, means in heads.acts) & {SIGNATURE, CONSENT, EXIT}


def _act(row: list[str], places: Mapping[str, int], line: int) -> RegisterEntry | Unread:
    def cell(name: str) -> str:
        place = places.get(name, -1)
        return row[place].strip() if 0 <= place < len(row) else ""

    at, state = f"line {line}", cell("state")
    means = Means(cell("act")) if cell("act") in ACTS else means_of(cell("act"))
    when, effective = _span(cell("date")), _span(cell("effective"))
    if not state or means is None or when is None or (cell("effective") and effective is None):
        lacks = "state" if not state else "known act" if means is None else "day that can be read"
        return Unread(at, ",".join(row), f"the row has no {lacks}", state)
    where = depositary_called(cell("depositary"))
    return RegisterEntry(state, means.act, when, at, effective, where, means.exact, cell("note") or means.note)


def _span(text: str) -> Span | None:
    if not text:
        return None
    try:
        return Span.parse(text)
    except BadDate:
        return day_of(text)


FORMAT: Final = RegisterFormat(
    id="csv",
    title="CSV of anybody's",
    recognises=_recognises,
    parse=_parse,
    expects=_EXPECTS,
)
