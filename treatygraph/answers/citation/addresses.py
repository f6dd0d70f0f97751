"""The address of an answer, read back as the question that it asks: what a page's "cite" hands over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from treatygraph.answers.citation.works import CitedSubject, command, path
from treatygraph.bonds.powers import find, named
from treatygraph.build.index import Index
from treatygraph.model.errors import UsageError
from treatygraph.model.terms import BASE

__all__ = ["AddressedQuestion", "asked_at", "is_question", "timeline_subject"]

_PAGES: Final[Mapping[str, Mapping[str, str]]] = {
    "between": {"a": "first", "b": "second"},
    "status": {},
    "timeline": {"a": "first", "b": "second"},
}
"""The questions that have addresses, and what their parameters are called in Python where that differs."""
_TAKES: Final[Mapping[str, frozenset[str]]] = {
    "between": frozenset({"a", "b", "on", "known", "reading", "topic", "scope", "binding"}),
    "status": frozenset({"instrument", "on", "state", "known", "reading"}),
    "timeline": frozenset({"a", "b", "since", "on"}),
}


class AddressedQuestion(NamedTuple):
    """A question as its address asks it."""

    method: str
    """``between``, ``status`` or ``timeline``: the method of the graph."""
    arguments: Mapping[str, str]


def is_question(text: str) -> bool:
    """Whether a text is the address of an answer: a path or a whole address, with ``?``."""
    return "?" in text and urlsplit(text).path.rpartition("/")[2] in _PAGES


def asked_at(text: str) -> AddressedQuestion:
    """The question at an address, such as ``/between?a=US&b=Russia&on=2021-05-28``.

    Raises:
        UsageError: it has a parameter that the question does not take, or one twice.
    """
    parts = urlsplit(text.removeprefix(BASE))
    method = unquote(parts.path).rpartition("/")[2]
    pairs = [(name, value) for name, value in parse_qsl(parts.query) if value]
    values = dict(pairs)
    wrong = sorted(values.keys() - _TAKES[method])
    if wrong or len(values) != len(pairs):
        takes = ", ".join(sorted(_TAKES[method]))
        what = f"'{wrong[0]}' is no parameter of '{method}'" if wrong else "a parameter is given more than once"
        raise UsageError(f"{what}; it takes {takes}, each once.")
    return AddressedQuestion(method, {_PAGES[method].get(name, name): value for name, value in values.items()})


def timeline_subject(index: Index, first: str, second: str | None, since: str = "", on: str = "") -> CitedSubject:
    """What a citation says of a timeline, which is a list and cannot say it itself.

    Raises:
        UnknownName: nothing is called that.
    """
    words = [word for word in (first, second) if word]
    kinds = ("instrument", "state", "group") if second is None else ("state", "group")
    records = [find(index, word, kinds) for word in words]
    titles = [named(index, record) if kind == "state" else _title(index, kind, record) for kind, record in records]
    span = f", {since or '…'} to {on or '…'}" if since or on else ""
    ids = [record for _, record in records]
    sides = dict(zip("ab", ids, strict=False))
    return CitedSubject(
        "answer",
        f"Timeline of {' and '.join(titles)}{span}",
        path("api/timeline", **sides, since=since, on=on),
        command("timeline", *ids, since=since, on=on),
    )


def _title(index: Index, kind: str, record: str) -> str:
    if kind == "instrument":
        return index.summary(record).title
    group = index.group(record)
    return group.title if group else record
