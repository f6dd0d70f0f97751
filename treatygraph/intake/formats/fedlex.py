"""The Swiss tables of parties (Fedlex): "Geltungsbereich am …", in German, French or Italian.

HTML: a section ``scope`` with a table of state, day and month, year with a letter, and the day of entry into force;
territories are set in under their state. Copies as Markdown have the table, or the same as running text. Switzerland
is not the depositary: the list is a copy of the depositary's, and tells the first deposit where there are several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from treatygraph.intake.days import days_in, plain
from treatygraph.intake.formats import RegisterFormat
from treatygraph.intake.grids import Cell, Grid, document, grids, is_html, text_of
from treatygraph.intake.means import UNSPECIFIED, Means
from treatygraph.intake.page import RegisterPage
from treatygraph.intake.register import CONSENT, Register, RegisterEntry, Unread
from treatygraph.intake.running import Run, runs
from treatygraph.intake.states import cleaned
from treatygraph.model.dates import Span
from treatygraph.model.errors import PageRefused

_HEAD: Final = re.compile(
    r"(?:Geltungsbereich|Champ d[’']application|Campo d[’']applicazione)[^.\n|<]{0,60}?\s(?:am|le|al|il)\s+"
    r"(?P<day>\d{1,2}(?:\.|er|º|°)?\s*\w+\s+\d{4})",
    re.IGNORECASE,
)
_LETTERS: Final[Mapping[str, Means]] = {
    "B": Means("accession"),
    "N": Means("succession"),
    "U": Means("definitive-signature"),
    "A": Means("accession"),
    "S": Means("succession"),
    "Si": Means("definitive-signature"),
    "F": Means("definitive-signature"),
    "": UNSPECIFIED,
}
"""German B, N, U; French A, S, Si; Italian A, S, F."""
_CODES: Final = frozenset(letter.lower() for letter in _LETTERS if letter)
_WORDS: Final = (
    r"Vertragsstaaten|Vertragsstaat|Vertragsparteien|Ratifikation|Genehmigung|Annahme|Inkrafttreten|In-Kraft-Treten|"
    r"Beitritt(?:serklärung)?|Nachfolgeerklärung|Unterzeichne(?:t|ung) ohne Ratifikationsvorbehalt|[EÉ]tats parties|"
    r"Entrée en vigueur|Déclaration de succession|Adhésion|Ratification|Signature sans réserve de ratification|"
    r"Stati partecipanti|Stati contraenti|Entrata in vigore|Dichiarazione di successione|Adesione|Ratifica|Acceptation|"
    r"Approbation"
)
_HEADINGS: Final = re.compile(rf"\b(?:{_WORDS})\b\s*(?:\((?:B|N|U|A|S|Si|F)\))?(?:\s+[ab](?=\s))?")
"""The heads of columns, which a page break may repeat in the middle of running text."""
_FOOT: Final = re.compile(
    r"^#{2,6} |^\[\^\w+\]:|\*\s+(?:Vorbehalte|Réserves|Riserve)|"
    r"(?<=\d{4}) (?:Vorbehalte und Erklärungen|Réserves et déclarations|Riserve e dichiarazioni)",
    re.MULTILINE,
)
_NUMBER: Final = re.compile(r"\b0\.\d{3}(?:\.\d+)*\b")
_EXPECTS: Final = "'Geltungsbereich am DAY' (Champ d'application, Campo d'applicazione) over a table of states and days"


def _recognises(page: RegisterPage) -> bool:
    return bool(_HEAD.search(page.text)) or "fedlex" in page.text[:20_000].lower()


def _parse(page: RegisterPage) -> Register:
    scope, words = _scope(page.text)
    head = _HEAD.search(words)
    if not head:
        raise PageRefused(f"{page.name}: no table of parties; expected {_EXPECTS}.")
    number = next(iter(_NUMBER.findall(page.text[:100_000])), "")
    at = f"SR {number}" if number else "table of parties"
    rows = [*_of_tables(grids(scope), at)] or [*_of_text(words[head.end() :], at)]
    if not rows:
        raise PageRefused(f"{page.name}: no state and day under '{plain(head[0])}'; expected {_EXPECTS}.")
    title = _title(page.text)
    as_of, concluded = days_in(head["day"]), days_in(title)
    return Register(
        format="fedlex",
        title=title,
        entries=tuple(row for row in rows if isinstance(row, RegisterEntry)),
        number=number,
        day=as_of[0].span.earliest if as_of else None,
        concluded=concluded[0].span if concluded else None,
        holds=frozenset({CONSENT}),
        listed=tuple(row.state for row in rows if isinstance(row, RegisterEntry)),
        unread=tuple(row for row in rows if isinstance(row, Unread)),
    )


def _scope(text: str) -> tuple[str, str]:
    """The part of the page that has the table, and its words."""
    if not is_html(text):
        hit = _HEAD.search(text)
        start = hit.start() if hit else 0
        return text[start:], text
    tree = document(text)
    section = tree.css_first("section#scope") or tree.css_first("[id^='scope']") or tree.body
    if section is None:
        return text, ""
    return f"<html><body>{section.html}</body></html>", text_of(section)


def _title(text: str) -> str:
    if is_html(text):
        tree = document(text)
        nodes = (tree.css_first(selector) for selector in (".erlasstitel", "h1", "title"))
        return next((text for node in nodes if node is not None and (text := text_of(node))), "")
    hit = re.search(r"^# (.+)$", text, re.MULTILINE)
    return plain(hit[1]) if hit else ""


def _of_tables(tables: list[Grid], at: str) -> Iterator[RegisterEntry | Unread]:
    for grid in tables:
        if sum(map(_dated, grid.rows)) < max(1, len(grid.rows) // 3):
            continue
        begun = False
        for row in grid.rows:
            begun = begun or _dated(row)
            name = cleaned(row[0].text) if row else ""
            if begun and name and not (row[0].indented or row[0].wide) and len(row) > 2:
                yield _of_row(name, " ".join(cell.text for cell in row[1:]).strip(), f"{at}, {name}")


def _dated(row: tuple[Cell, ...]) -> bool:
    return len(row) > 2 and bool(days_in(" ".join(cell.text for cell in row[1:])))


def _of_row(name: str, text: str, at: str) -> RegisterEntry | Unread:
    days = days_in(text)
    if not days or len(days) > 2 or days[0].start > 0:
        return Unread(at, f"{name}: {text}", "the row has no day of an act", name)
    later = days[1] if len(days) > 1 else None
    letter = text[days[0].end : later.start if later else None]
    return _entry(name, days[0].span, letter, later.span if later else None, at)


def _of_text(text: str, at: str) -> Iterator[RegisterEntry | Unread]:
    foot = _FOOT.search(text)
    words = re.sub(r"<sup>[^<]*</sup>|\[\^\w+\]", " ", text[: foot.start() if foot else None])
    for run in runs(plain(_HEADINGS.sub(" ", words)), _CODES):
        name = cleaned(run.name)
        yield _of_run(name, run, f"{at}, {name}")


def _of_run(name: str, run: Run, at: str) -> RegisterEntry | Unread:
    if run.slips or not name or len(run.dates) > 2:
        days = ", ".join((*run.slips, *(str(match.span) for match in run.dates)))
        return Unread(at, f"{name}: {days}", "a name with one or two days was expected", name)
    later = run.dates[1].span if len(run.dates) > 1 else None
    return _entry(name, run.dates[0].span, run.words[1], later, at)


def _entry(name: str, when: Span, letter: str, effective: Span | None, at: str) -> RegisterEntry | Unread:
    means = _LETTERS.get(letter.strip(" *()"))
    if means is None:
        return Unread(
            at, f"{name}: {when} {letter}", f"'{letter.strip()}' is none of the letters B, N, U (A, S, Si, F)", name
        )
    return RegisterEntry(name, means.act, when, at, effective, exact=means.exact, note=means.note)


FORMAT: Final = RegisterFormat(
    id="fedlex",
    title="Swiss table of parties (Fedlex, HTML or Markdown)",
    recognises=_recognises,
    parse=_parse,
    expects=_EXPECTS,
    publisher="Fedlex",
    hosts=("fedlex.admin.ch", "www.fedlex.admin.ch", "fedlex.data.admin.ch"),
)
