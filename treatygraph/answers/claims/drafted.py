"""Claims of a user's own: a title, a day and drafted claims, as YAML, as JSON, or as Python has them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from treatygraph.answers.claims.draft import Draft
from treatygraph.facts.claim_terms import problem_of
from treatygraph.model.dates import Span
from treatygraph.model.errors import BadDate, UsageError

__all__ = ["LIMIT", "Drafted", "drafted_of", "loaded", "read_drafted", "read_file"]

LIMIT: Final = 500
"""At most so many claims at once."""
_SIZE: Final = 2_000_000
_KEYS: Final = ("title", "date", "claims")
_OWN: Final = ("id", "says", "check", "span", "quote")
_MEND: Final = "write title, date (YYYY-MM-DD) and claims, a list of {id, says, check, …terms}"


@dataclass(frozen=True)
class Drafted:
    """A report of a user's own: where it stands, its title and day, and its claims."""

    name: str
    title: str
    date: date
    claims: tuple[Draft, ...]


def read_drafted(text: str, name: str) -> Drafted:
    """The claims in a text, YAML or JSON.

    Raises:
        UsageError: it is neither, or something in it is not as it must be; the claim and the term are named.
    """
    if len(text) > _SIZE:
        raise UsageError(f"{name} has {len(text)} characters; at most {_SIZE} are read. Split it.")
    return drafted_of(loaded(text, name), name)


def read_file(path: Path) -> Drafted:
    """The claims in a file.

    Raises:
        UsageError: it cannot be read, or something in it is not as it must be.
    """
    try:
        return read_drafted(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as problem:
        raise UsageError(f"{path} cannot be read: {problem}. Give a file of text in UTF-8.") from None


def loaded(text: str, name: str) -> object:
    """What a text holds, YAML (every value as text) or JSON.

    Raises:
        UsageError: it is neither.
    """
    if text.lstrip()[:1] in ("{", "["):
        try:
            return json.loads(text)
        except ValueError as problem:
            raise UsageError(f"{name} is no JSON: {problem}.") from None
    import yaml

    try:
        # every value as text: a loader that types them would take the key "on" for a truth
        return yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except yaml.YAMLError as problem:
        raise UsageError(f"{name} is no YAML: {' '.join(str(problem).split())}") from None


def drafted_of(value: object, name: str) -> Drafted:
    """Claims as Python has them: a mapping with title, date and claims, or the list of claims alone.

    Raises:
        UsageError: something is not as it must be; the claim and the term are named.
    """
    if isinstance(value, Sequence) and not isinstance(value, str):
        value = {"claims": value}
    if not isinstance(value, Mapping):
        raise UsageError(f"{name} has no claims; {_MEND}.")
    strange = sorted(str(key) for key in value if key not in _KEYS and not str(key).startswith("_"))
    if strange:
        raise UsageError(f"{name}: unknown key {', '.join(strange)}; {_MEND}.")
    claims = value.get("claims")
    if not isinstance(claims, Sequence) or isinstance(claims, str) or not claims:
        raise UsageError(f"{name} has no list 'claims'; {_MEND}.")
    if len(claims) > LIMIT:
        raise UsageError(f"{name} has {len(claims)} claims; at most {LIMIT} are judged at once. Split it.")
    drafts = [_draft(item, index, name) for index, item in enumerate(claims, 1)]
    twice = {draft.id for draft in drafts if [other.id for other in drafts].count(draft.id) > 1}
    if twice:
        raise UsageError(f"{name}: the claim '{min(twice)}' stands twice; give each an id of its own.")
    return Drafted(name, str(value.get("title") or name), _day(value.get("date"), name), tuple(drafts))


def _day(value: object, name: str) -> date:
    if value is None:
        raise UsageError(f"{name} has no date; claims are judged on the day of their report: write date: YYYY-MM-DD.")
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return Span.parse(str(value)).latest
    except BadDate as problem:
        raise UsageError(f"{name}: the date: {problem}") from None


def _draft(item: object, index: int, name: str) -> Draft:
    if not isinstance(item, Mapping):
        raise UsageError(f"{name}: claim {index} is no mapping; write {{id, says, check, …terms}}.")
    label = str(item.get("id") or index)
    nested = item.get("terms")
    written = {str(key): value for key, value in item.items() if key not in (*_OWN, "terms")}
    written |= {str(key): value for key, value in nested.items()} if isinstance(nested, Mapping) else {}
    terms = {key: _value(value, label, key, name) for key, value in written.items() if value not in (None, "", [])}
    if not item.get("check"):
        raise UsageError(f"{name}: the claim '{label}' has no 'check'; see the list of checks in docs/claims.md.")
    draft = Draft(
        label, str(item.get("says") or ""), str(item["check"]), terms, _span(item.get("span")), _text(item.get("quote"))
    )
    if problem := problem_of(draft):
        raise UsageError(f"{name}: the claim '{label}': {problem}")
    return draft


def _value(value: object, claim: str, term: str, name: str) -> str | tuple[str, ...]:
    """A term as text: days and numbers as YAML types them are written out again."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (str, int, float, date)):
        return str(value)
    if isinstance(value, Sequence) and all(isinstance(part, (str, int, float, date)) for part in value):
        return tuple(str(part) for part in value)
    raise UsageError(f"{name}: the term '{term}' of the claim '{claim}' is neither a text nor a list of texts.")


def _span(value: object) -> tuple[int, int] | None:
    if isinstance(value, Sequence) and len(value) == 2 and all(isinstance(part, int) for part in value):
        return int(value[0]), int(value[1])
    return None


def _text(value: object) -> str | None:
    return str(value) if value is not None else None
