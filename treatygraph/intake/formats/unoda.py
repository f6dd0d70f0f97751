"""UNODA's treaty data: the JSON that its API gives for one treaty, with every action at every depositary.

``actions { date note type action_type state depositary objections { date note state } }``; a state and a depositary
are a name, or an object with a name. Notes are verbatim prose and stay for a person to read, as objections do.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Final

from treatygraph.intake.days import plain
from treatygraph.intake.depositaries import depositary_called
from treatygraph.intake.formats import RegisterFormat
from treatygraph.intake.means import Means, means_of
from treatygraph.intake.page import RegisterPage
from treatygraph.intake.register import CONSENT, SIGNATURE, Register, RegisterEntry, Remark, Unread
from treatygraph.model.dates import Span
from treatygraph.model.errors import BadDate, PageRefused

TYPES: Final[Mapping[str, Means]] = {
    "SIG": Means("signature"),
    "RAT": Means("ratification", exact=False, note="ratification, acceptance or approval: the source does not tell"),
    "ACC": Means("accession"),
    "SUC": Means("succession"),
    "ACP": Means("acceptance"),
    "APP": Means("approval"),
    "CON": Means("consent-to-be-bound"),
    "WIT": Means("notice-of-withdrawal"),
}
"""The codes of the register; ``RAT`` stands for every deposit by a signatory."""
_NAMES: Final = ("title", "name", "label", "short_name", "shortName", "slug", "code", "id")
_EXPECTS: Final = "JSON of one treaty with 'actions', each with date, type, state and depositary"

Json = Mapping[str, object]


def _recognises(page: RegisterPage) -> bool:
    return page.text.lstrip("\ufeff \n\r\t").startswith("{") and '"actions"' in page.text


def _parse(page: RegisterPage) -> Register:
    try:
        answer: object = json.loads(page.text)
    except (ValueError, RecursionError) as problem:
        raise PageRefused(f"{page.name}: broken JSON ({problem}); expected {_EXPECTS}.") from None
    treaties = list(_treaties(answer, 0))
    if len(treaties) != 1:
        raise PageRefused(f"{page.name}: {len(treaties)} treaties with actions; expected {_EXPECTS}.")
    treaty, actions = treaties[0]
    title = _name(treaty, ("title", "name", "full_name", "fullName", "short_name", "shortName"))
    rows = [row for number, action in enumerate(actions, 1) for row in _action(action, number)]
    entries = tuple(row for row in rows if isinstance(row, RegisterEntry))
    return Register(
        format="unoda",
        title=title,
        entries=entries,
        number=_name(treaty, ("slug", "code", "id", "short_name", "shortName")),
        holds=frozenset({SIGNATURE, CONSENT}),
        listed=tuple(dict.fromkeys(row.state for row in entries)),
        unread=tuple(row for row in rows if isinstance(row, Unread)),
        remarks=tuple(row for row in rows if isinstance(row, Remark)),
    )


def _treaties(value: object, depth: int) -> Iterator[tuple[Json, list[object]]]:
    """Every object that has a list of actions, however deep the answer wraps it."""
    if depth > 12:
        return
    if isinstance(value, dict):
        actions = value.get("actions")
        if isinstance(actions, list):
            yield value, actions
            return
        for inner in value.values():
            yield from _treaties(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _treaties(inner, depth + 1)


def _name(value: object, keys: tuple[str, ...] = _NAMES) -> str:
    """A name that is text, or stands in an object under one of ``keys``."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Mapping):
        return next((plain(text) for name in keys if isinstance(text := value.get(name), str) and text), "")
    return ""


def _action(action: object, number: int) -> Iterator[RegisterEntry | Unread | Remark]:
    if not isinstance(action, Mapping):
        yield Unread(f"action {number}", str(action)[:80], "an object was expected")
        return
    state, where = _name(action.get("state")), depositary_called(_name(action.get("depositary")))
    at = f"{state or f'action {number}'}" + (f", {where}" if where else "")
    means, when = _means(action), _when(action.get("date"))
    if not state or means is None or when is None:
        lacks = "state" if not state else "known type" if means is None else "day"
        yield Unread(
            f"action {number}",
            f"{state} {action.get('type')} {action.get('date')}",
            f"the action has no {lacks}",
            state,
        )
        return
    yield RegisterEntry(state, means.act, when, at, depositary=where, exact=means.exact, note=means.note)
    if note := _name(action.get("note")):
        yield Remark(at, note, (state,))
    yield from _objections(action.get("objections"), at)


def _means(action: Json) -> Means | None:
    kind = action.get("type")
    if isinstance(kind, str) and kind.upper() in TYPES:
        return TYPES[kind.upper()]
    return means_of(_name(action.get("action_type"))) or (means_of(kind) if isinstance(kind, str) else None)


def _when(value: object) -> Span | None:
    try:
        return Span.parse(value.partition("T")[0].strip()) if isinstance(value, str) and value.strip() else None
    except BadDate:
        return None


def _objections(value: object, at: str) -> Iterator[Remark]:
    for objection in value if isinstance(value, list) else ():
        if isinstance(objection, Mapping):
            who, day = _name(objection.get("state")), str(objection.get("date") or "no day")
            yield Remark(at, f"objection of {who or 'a state'}, {day}", tuple(filter(None, (who,))))


FORMAT: Final = RegisterFormat(
    id="unoda",
    title="treaty data of the United Nations Office for Disarmament Affairs (JSON)",
    recognises=_recognises,
    parse=_parse,
    expects=_EXPECTS,
    publisher="United Nations Office for Disarmament Affairs",
    hosts=("treaties.unoda.org",),
    depositaries=("UN",),
)
