"""A citation of whatever the record has: an answer, a record or fact by its name, or the record as a whole."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final
from urllib.parse import quote

from treatygraph.answers.citable import Citable
from treatygraph.answers.citation.citation import Citation, citation_of
from treatygraph.answers.citation.originals import original_of
from treatygraph.answers.citation.styles import text
from treatygraph.answers.citation.works import CONTAINER, CitedSubject, Work, work_of_source
from treatygraph.answers.edition import edition_of
from treatygraph.answers.show import show
from treatygraph.bonds.powers import named
from treatygraph.build.index import Index
from treatygraph.model.errors import UnknownName, UsageError
from treatygraph.model.names import unknown
from treatygraph.model.records import Act
from treatygraph.model.terms import BASE

__all__ = ["cite", "cited_by_name", "plain_form", "sources_in", "whole_record"]

_CITING: Final = ("source", "sources", "ending_sources")
_UNCITABLE: Final = ("editorial", "recall")
"""Kinds of source that are no work: our own reading, and general knowledge."""
_ADDRESS: Final = re.compile(rf"(?:{re.escape(BASE)}|/)?(?:id/)(instrument|state|group|official|event|source|act)/(.+)")


def cite(
    index: Index,
    what: object = None,
    *,
    sources: bool = False,
    accessed: date | None = None,
    base: str | None = None,
    answer: object = None,
) -> Citation:
    """The citation of an answer, of a record or fact by its name, of a subject, or of the record as a whole.

    Args:
        index: the built graph.
        what: an answer; a name, id or address of a record; the key of an act; ``new-start#entry_into_force`` for a
            value of a card; a subject; None: the record as a whole.
        sources: also the sources behind it.
        accessed: the day on which it was read.
        base: where the pages are; default: the permanent addresses.
        answer: of a subject: the answer whose sources are listed.

    Raises:
        UnknownName: nothing is called that.
        UsageError: the name is that of several records or acts.
    """
    edition, base = edition_of(index), base or BASE
    if what is None:
        return citation_of(whole_record(), edition, accessed=accessed, base=base)
    if isinstance(what, str):
        subject, names = cited_by_name(index, what)
        if isinstance(subject, Work):
            return Citation(text(subject, ()), subject, CitedSubject("source", subject.title, ""), (), (), edition)
    elif isinstance(what, CitedSubject):
        subject, names = what, sources_in(plain_form(answer))
    elif isinstance(what, Citable):
        edition = what.edition or edition
        subject, names = what.subject, sources_in(plain_form(what))
    elif hasattr(what, "columns") and hasattr(what, "answer"):  # rows of a query, which come from a lower floor
        subject, names = CitedSubject("answer", str(what.answer), ""), sources_in(plain_form(what))
    else:
        raise UsageError("this cannot be cited; give an answer of the graph, or the name of a record or fact.")
    works, notes = _works(index, names) if sources else ((), ())
    kind, _, name = subject.path.removeprefix("id/").partition("/")
    original = original_of(index, name) if (subject.kind, kind) == ("record", "instrument") else None
    return citation_of(subject, edition, accessed=accessed, base=base, sources=works, notes=notes, original=original)


def whole_record() -> CitedSubject:
    """The record as a whole: the data set."""
    return CitedSubject("dataset", CONTAINER, "")


def plain_form(answer: object) -> object:
    """An answer as JSON gives it: a list of entries where it is one."""
    if isinstance(answer, tuple | list):
        return [plain_form(item) for item in answer]
    return answer.to_dict() if hasattr(answer, "to_dict") else answer


def sources_in(value: object) -> tuple[str, ...]:
    """The ids of all sources that an answer in its plain form names, in order, each once."""
    return tuple(dict.fromkeys(_sources(value)))


def _sources(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in _CITING:
                yield from [inner] if isinstance(inner, str) else (one for one in inner or () if isinstance(one, str))
            else:
                yield from _sources(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _sources(inner)


def _works(index: Index, names: Iterable[str]) -> tuple[tuple[Work, ...], tuple[str, ...]]:
    """The sources as works, and what cannot be cited."""
    records = [source for name in names if (source := index.source(name))]
    works = tuple(work_of_source(source) for source in records if source.kind not in _UNCITABLE)
    recall = any(source.kind == "recall" for source in records)
    note = "a part of it rests on general knowledge that was not checked in a source (unverified), and has no citation"
    return works, (note,) if recall else ()


# ---------------------------------------------------------------------- records and facts by name


def cited_by_name(index: Index, name: str) -> tuple[CitedSubject | Work, tuple[str, ...]]:
    """What a name stands for, and the ids of the sources behind it; a source stands for itself.

    Raises:
        UnknownName: nothing is called that.
        UsageError: the name is that of several records or acts.
    """
    address = _ADDRESS.fullmatch(name.strip())
    key = address[2] if address else name.strip()
    if "#" in key:
        return _value(index, key)
    if key.count("/") >= 3:
        act = _act(index, key)
        title = f"{index.summary(act.instrument).title}: {_what(act)} of {named(index, act.state)}, {act.date.text}"
        return CitedSubject("fact", title, f"id/act/{quote(act.id)}", _shown(act.instrument)), act.cite.sources
    source = index.source(key)
    if source:
        return work_of_source(source), ()
    record = show(index, key)
    return record.subject, sources_in(record.to_dict())


def _what(act: Act) -> str:
    return act.kind.replace("-", " ")


def _shown(name: str) -> str:
    return f"treatygraph show {shlex.quote(name)}"


def _act(index: Index, key: str) -> Act:
    instrument = key.partition("/")[0]
    acts = index.ledger(instrument) if instrument in index.summaries() else ()
    same = [act for act in acts if act.id == key] or [act for act in acts if act.id.startswith(f"{key}/")]
    if not same:
        raise unknown("act", key, [(act.id, act.id) for act in acts])
    if len(same) > 1:
        raise UsageError(f"'{key}' names several acts: {', '.join(act.id for act in same)}. Use one of these keys.")
    return same[0]


def _value(index: Index, key: str) -> tuple[CitedSubject, tuple[str, ...]]:
    """A single value of a card: ``new-start#entry_into_force``."""
    name, _, field = key.partition("#")
    card = index.instrument(name)
    if card is None:
        raise UnknownName("instrument", name)
    if field not in card.cites:
        raise UnknownName("value of the card", key, [f"{name}#{one}" for one in card.cites])
    value = getattr(card, field, None)
    shown = "; ".join(map(str, value)) if isinstance(value, tuple) else str(value or "")
    title = f"{card.short}: {field.replace('_', ' ')}{f' {shown}' if shown else ''}"
    return CitedSubject("fact", title, f"id/instrument/{name}", _shown(name)), card.cites[field].sources
