"""Depositary notifications of the United Nations: one act each, as text; several may follow each other in a file.

``C.N.185.2025.TREATIES-XXVI.5``, the instrument's title, ``STATE: ACT``, the day on which it was effected, and the
day of effect. A notification is no list: what it does not have is no finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from treatygraph.intake.days import days_in, plain
from treatygraph.intake.formats import RegisterFormat
from treatygraph.intake.grids import document, is_html, text_of
from treatygraph.intake.means import means_of
from treatygraph.intake.notes import effect
from treatygraph.intake.page import RegisterPage
from treatygraph.intake.register import Register, RegisterEntry, Unread
from treatygraph.model.dates import Span
from treatygraph.model.errors import PageRefused

_REFERENCE: Final = re.compile(
    r"C\.\s?N\.\s?(?P<number>\d+)\.(?P<year>\d{4})\.\s?TREATIES-\s?(?P<treaty>[\w.]+(?:\.[a-z])?)"
)
_HEADING: Final = re.compile(r"^(?P<state>[^:\n]{3,80}):\s*(?P<act>[A-Z][^\n]{3,160})$", re.MULTILINE)
_DAY: Final = re.compile(
    r"action\s+was\s+effected\s+on\s+(?P<day>\d{1,2}\s+\w+\s+\d{4})|"
    r"(?:received|deposited|effected)\s+on\s+(?P<other>\d{1,2}\s+\w+\s+\d{4})",
    re.IGNORECASE,
)
_COMMUNICATES: Final = re.compile(r"communicates\s+the\s+following", re.IGNORECASE)
_FORCE: Final = re.compile(
    r"enter(?:ed|s)?\s+into\s+force\s+for\s+[^.]{3,120}?\son\s+(?P<day>\d{1,2}\s+\w+\s+\d{4})", re.IGNORECASE
)
_EXPECTS: Final = "'C.N.….TREATIES-…', the instrument's title, 'STATE: ACT' and 'The above action was effected on DAY'"


def _words(page: RegisterPage) -> str:
    tree = document(page.text) if is_html(page.text) else None
    text = "\n".join(text_of(node) for node in tree.css("p, h1, h2, h3, td, div")) if tree is not None else page.text
    return "\n".join(plain(line) for line in text.splitlines())


def _recognises(page: RegisterPage) -> bool:
    text = page.text
    return bool(_REFERENCE.search(text)) and bool(_COMMUNICATES.search(text)) and "tblgrid" not in text


def _parse(page: RegisterPage) -> Register:
    text = _words(page)
    parts = list(_parts(text))
    treaties = sorted({treaty for treaty, _, _ in parts})
    if len(treaties) != 1:
        named = ", ".join(treaties) or "none"
        raise PageRefused(f"{page.name}: notifications about one instrument were expected; this has: {named}.")
    rows = [_act(reference, body) for _, reference, body in parts]
    title, concluded = _head(parts[0][2])
    return Register(
        format="cn",
        title=title,
        entries=tuple(row for row in rows if isinstance(row, RegisterEntry)),
        number=treaties[0],
        concluded=concluded,
        depositary="UN",
        unread=tuple(row for row in rows if isinstance(row, Unread)),
    )


def _parts(text: str) -> Iterator[tuple[str, str, str]]:
    """Instrument's number, reference and text of each notification; one that another refers to begins none."""
    begins = [hit for hit in _REFERENCE.finditer(text) if _COMMUNICATES.search(text, hit.end(), _next(text, hit.end()))]
    for number, hit in enumerate(begins):
        until = begins[number + 1].start() if number + 1 < len(begins) else len(text)
        yield hit["treaty"].strip(".").replace(".", "-"), hit[0].replace(" ", ""), text[hit.end() : until]


def _next(text: str, start: int) -> int:
    later = _REFERENCE.search(text, start)
    return later.start() if later else len(text)


def _act(reference: str, body: str) -> RegisterEntry | Unread:
    communicated = _COMMUNICATES.search(body)
    head = body[: communicated.start() if communicated else None]
    heading = [hit for hit in _HEADING.finditer(head) if means_of(hit["act"])]
    when = _DAY.search(body, communicated.end() if communicated else 0)
    days = days_in(when["day"] or when["other"]) if when else []
    if not heading or not days:
        lacks = "'STATE: ACT' stands above it" if not heading else "the day on which the action was effected is told"
        return Unread(reference, plain(head)[-160:], f"no {lacks}")
    means = means_of(heading[-1]["act"])
    assert means is not None
    act = "notice-of-withdrawal" if means.act == "withdrawal" else means.act
    state = heading[-1]["state"].strip()
    return RegisterEntry(state, act, days[0].span, reference, _effective(body, act), "UN", means.exact, means.note)


def _effective(body: str, act: str) -> Span | None:
    text = plain(body)
    if act == "notice-of-withdrawal":
        return effect(text)
    hit = _FORCE.search(text)
    days = days_in(hit["day"]) if hit else []
    return days[0].span if days else None


def _head(body: str) -> tuple[str, Span | None]:
    """The title in capitals above the heading, over however many lines, and the day in the line of its place."""
    title: list[str] = []
    for line in body.splitlines():
        if _COMMUNICATES.search(line) or (_HEADING.match(line) and means_of(line)):
            break
        if line and line == line.upper():
            days = days_in(line)
            if days:
                return plain(" ".join(title)).title(), days[0].span
            title.append(line)
    return plain(" ".join(title)).title(), None


FORMAT: Final = RegisterFormat(
    id="cn",
    title="depositary notifications of the United Nations (text or PDF)",
    recognises=_recognises,
    parse=_parse,
    expects=_EXPECTS,
    publisher="United Nations Treaty Section",
    hosts=("treaties.un.org",),
    depositaries=("UN",),
)
