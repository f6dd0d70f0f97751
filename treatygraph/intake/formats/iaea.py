"""Status lists of the International Atomic Energy Agency: the text of a PDF, in columns that the text has lost.

State, a mark for a reservation, day of signature, means and day of deposit, day of entry into force; a line for
EURATOM; the totals at the end. "Succession notified" tells the day from which it works: "effect from".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from treatygraph.intake.days import days_in, plain
from treatygraph.intake.formats import RegisterFormat
from treatygraph.intake.means import means_of
from treatygraph.intake.page import RegisterPage
from treatygraph.intake.register import CONSENT, SIGNATURE, Register, RegisterEntry, Unread
from treatygraph.intake.running import Run, runs
from treatygraph.intake.states import cleaned
from treatygraph.model.errors import PageRefused

_CODES: Final = frozenset(
    (
        "", "instr", "instrument", "acceded", "ratified", "accepted", "approved", "confirmed", "succession",
        "succeeded", "notified", "effect", "effective", "from", "acceptance", "ratification", "accession",
        "approval", "deposited", "signed",
    )
)  # fmt: skip
"""What stands between the days of one state; a mark by itself is nothing."""
_AS_OF: Final = re.compile(
    r"(?:status (?:list )?(?:as )?(?:of|at|on)|as (?:of|at)|last change of status|latest status)\s*:?\s*"
    r"(?P<day>\d{1,2}\s+\w+\s+\d{4})",
    re.IGNORECASE,
)
_HEAD: Final = re.compile(r"entry\s+into\s+force", re.IGNORECASE)
_COLUMN_WORDS: Final = re.compile(
    r"^(?:state\s*/?|organi[sz]ation|state/organi[sz]ation|country.*|date of signature|signature|means\s*/?\s*date.*|"
    r"(?:of )?(?:deposit|expression).*|(?:of )?(?:consent )?to be bound|entry into force|declaration.*|reservation.*|"
    r"date of.*|page \d+.*|\d{1,3}( of \d+)?|unofficial.*|registration no.*)$",
    re.IGNORECASE,
)
_TOTAL: Final = re.compile(r"\b(signatories|parties|contracting states)\s*:?\s*(\d{1,3})\b", re.IGNORECASE)
_END: Final = re.compile(
    r"^\s*(?:signatories\s*:?\s*\d|parties\s*:?\s*\d|total|part ii\b|notes?\s*:|"
    r"\*\s*(?:indicates|deposited|signed|made|with)|"
    r"declarations\s*/?\s*reservations)",
    re.IGNORECASE | re.MULTILINE,
)
_NAMED: Final = re.compile(r"\b(?:convention|treaty|protocol|agreement|amendment|statute)\b", re.IGNORECASE)
_DEPOSIT: Final = re.compile(r"\b(?:instr\.?|acceded|ratified|accepted|approved|succession)", re.IGNORECASE)
_EXPECTS: Final = (
    "the columns State, Date of signature, Means and date of deposit, RegisterEntry into force, and a day of status"
)


def _recognises(page: RegisterPage) -> bool:
    text = page.text[:200_000]
    bare = text.lstrip("\ufeff \n\r").startswith(("<", "{", "["))
    words = plain(text).lower()
    ours = "atomic energy agency" in words or "iaea" in words or "means/date of deposit" in words
    return not bare and ours and bool(_HEAD.search(words)) and "signature" in words


def _parse(page: RegisterPage) -> Register:
    text = page.text
    head = _HEAD.search(text)
    if not head or not _DEPOSIT.search(text, head.end()):
        raise PageRefused(f"{page.name}: no list of deposits; expected {_EXPECTS}.")
    end = next((hit for hit in _END.finditer(text, head.end()) if days_in(text[head.end() : hit.start()])), None)
    body = _lines(text[head.end() : end.start() if end else None])
    rows = [row for run in runs(plain(" ".join(body)), _CODES) for row in _of_run(run)]
    entries = tuple(row for row in rows if isinstance(row, RegisterEntry))
    return Register(
        format="iaea",
        title=_title(text[: head.start()]),
        entries=entries,
        day=_day(text),
        depositary="IAEA",
        holds=frozenset({SIGNATURE, CONSENT}),
        listed=tuple(dict.fromkeys(row.state for row in entries)),
        unread=(*(row for row in rows if isinstance(row, Unread)), *_counted(text, entries)),
        totals=_totals(text),
    )


def _lines(text: str) -> Iterator[str]:
    """The lines of the list, without the heads that every page repeats."""
    for line in text.splitlines():
        words = plain(line)
        if words and not _COLUMN_WORDS.match(words) and not _AS_OF.search(words):
            yield words


def _title(text: str) -> str:
    named = (plain(line) for line in text.splitlines() if _NAMED.search(line))
    return next((line for line in named if not line.lower().startswith(("note", "the "))), "")


def _day(text: str) -> date | None:
    hit = _AS_OF.search(plain(text))
    days = days_in(hit["day"]) if hit else []
    return days[0].span.earliest if days and days[0].span.is_day else None


def _totals(text: str) -> dict[str, int]:
    return {
        {"contracting states": "parties"}.get(name.lower(), name.lower()): int(number)
        for name, number in _TOTAL.findall(text)
    }


def _of_run(run: Run) -> Iterator[RegisterEntry | Unread]:
    """The acts of one state: a signature where nothing stands before the first day, a deposit behind its means."""
    name = cleaned(run.name)
    at = f"status list, {name}"
    if run.slips:
        yield Unread(at, f"{name}: {', '.join(run.slips)}", "the day does not exist", name)
        return
    days = list(run.dates)
    means = run.words[: len(days)]
    if days and not means_of(means[0]):
        yield RegisterEntry(name, "signature", days[0].span, at, depositary="IAEA")
        days, means = days[1:], means[1:]
    if not days:
        return
    act = means_of(means[0])
    if act is None or len(days) > 2:
        listed = ", ".join(str(match.span) for match in days)
        yield Unread(
            at,
            f"{name}: {means[0]} {listed}",
            "a means of consent, its day and a day of entry into force were expected",
            name,
        )
        return
    later = days[1].span if len(days) > 1 else None
    yield RegisterEntry(name, act.act, days[0].span, at, later, "IAEA", act.exact, act.note)


def _counted(text: str, entries: tuple[RegisterEntry, ...]) -> Iterator[Unread]:
    """The list's own total of parties against the reading."""
    said = _totals(text).get("parties")
    read = len({entry.state for entry in entries if entry.act != "signature"})
    if said is not None and said != read:
        yield Unread("status list, totals", f"parties: {said}", f"the list counts {said} parties, {read} were read")


FORMAT: Final = RegisterFormat(
    id="iaea",
    title="status list of the International Atomic Energy Agency (PDF or its text)",
    recognises=_recognises,
    parse=_parse,
    expects=_EXPECTS,
    publisher="IAEA",
    hosts=("www.iaea.org", "iaea.org", "www-legacy.iaea.org", "ola.iaea.org"),
    depositaries=("IAEA",),
)
