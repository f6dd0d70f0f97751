"""Dates, periods, clauses, acts and standings in words that a reader knows; no code, no ``P3M``, no sentinel."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from treatygraph.answers.wording import listed, number
from treatygraph.bonds.powers import named
from treatygraph.build.index import Index
from treatygraph.model.dates import OPEN_TEXT, Period, day, long_form
from treatygraph.model.errors import BadDate
from treatygraph.model.records import Clause

__all__ = [
    "act_words", "capital", "clause_words", "date_words", "flag_words", "period_words", "plain", "reason_words",
    "value_words", "with_periods",
]  # fmt: skip

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_ACTS: Final[Mapping[str, str]] = {
    "consent-to-be-bound": "consent to be bound (which form is not recorded)",
    "notice-of-withdrawal": "notice of withdrawal",
    "withdrawal-of-consent": "consent withdrawn",
    "intention-not-to-ratify": "intention not to ratify",
    "bound-through": "bound through another",
}


def plain(word: str) -> str:
    """A word of the record's lists as English: ``former-party`` is "former party"."""
    return word.replace("-", " ")


def capital(text: str) -> str:
    """With a capital at its beginning; the rest is as it was."""
    return text[:1].upper() + text[1:]


def act_words(kind: str) -> str:
    """A kind of act in words."""
    return _ACTS.get(kind, plain(kind))


def date_words(text: str | None) -> str:
    """A date as known (EDTF) in words; absence, and the sentinel of an open end, are empty.

    >>> date_words("1970-03-05"), date_words("1976-05"), date_words("1993-01/1993-03"), date_words("9999-12-31")
    ('5 March 1970', 'May 1976', 'between January 1993 and March 1993', '')
    """
    if not text or text.startswith((OPEN_TEXT[:4], "0001")):
        return ""
    first, slash, last = text.partition("/")
    if slash:
        begun, ended = date_words(first.strip(".")), date_words(last.strip("."))
        if not begun:
            return f"not after {ended}"
        return f"between {begun} and {ended}" if ended else f"{begun} or later"
    try:
        return long_form(day(text))
    except BadDate:
        month = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text)
        return f"{_MONTHS[int(month[2]) - 1]} {month[1]}" if month else text


def period_words(text: str) -> str:
    """A period in words; no time at all is "at once".

    >>> period_words("P3M"), period_words("P1Y6M"), period_words("P0D")
    ('three months', 'one year and six months', 'at once')
    """
    period = Period.parse(text)
    parts = ((period.years, "year"), (period.months, "month"), (period.days, "day"))
    said = [f"{number(count)} {noun}{'' if count == 1 else 's'}" for count, noun in parts if count]
    return listed(said) or "at once"


_PERIOD: Final = re.compile(r"\bP(?=\d)(?:\d+Y)?(?:\d+M)?(?:\d+D)?\b")


def with_periods(text: str) -> str:
    """A text with its periods in words.

    >>> with_periods("article IX(4): P0D")
    'article IX(4): at once'
    """
    return _PERIOD.sub(lambda period: period_words(period[0]), text)


def value_words(value: object) -> str:
    """A value of a clause in words: periods and days are written out, lists joined."""
    if isinstance(value, tuple | list):
        return listed([value_words(item) for item in value])
    text = str(value)
    if _PERIOD.fullmatch(text):
        return period_words(text)
    return date_words(text) if re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", text) else plain(text)


_KEYS: Final[Mapping[str, str]] = {
    "on": "by", "count": "states needed", "acts": "acts that count", "all_of": "all of", "not_before": "not before",
    "of_parties_to": "of the parties to", "delay": "after", "start": "on", "period": "notice", "addressees": "to",
    "term": "lasts", "from": "counted from", "ends": "ends", "only": "only for", "at_end_of": "at the end of",
    "is": "with", "max": "by at most", "as": "as in",
}  # fmt: skip


def clause_words(clause: Clause) -> str:
    """What a clause says: its gist where the card has one, else its terms in words."""
    if clause.get("gist"):
        return clause.get("gist")
    said = [
        f"{_KEYS.get(key, plain(key))}: {value_words(value)}" for key, value in clause.terms.items() if key != "gist"
    ]
    return capital("; ".join(said))


_CODE: Final = re.compile(r"\b[A-Z]{3}\b")


def reason_words(index: Index, text: str) -> str:
    """Why something ended, with states by their names: ``withdrawal of USA`` is "withdrawal of the United States"."""
    return _CODE.sub(lambda code: named(index, code[0]) if index.existence(code[0]) else code[0], text)


def flag_words(index: Index, details: Mapping[str, Any]) -> str:
    """A flag with who raised it and who rejects it, in words."""
    by = str(details.get("by") or "")
    text = plain(str(details["flag"]))
    if by:
        text += f", by {reason_words(index, by)}"
    rejected = [reason_words(index, code) for code in details.get("rejected_by") or ()]
    return f"{text}; rejected by {listed(rejected)}" if rejected else text
