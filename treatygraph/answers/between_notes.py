"""Notes on an answer between two powers: what could change it, in words of a reader and as few as can be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from treatygraph.answers.between_answer import Remaining
from treatygraph.answers.own_facts import own_notes
from treatygraph.answers.wording import listed
from treatygraph.bonds.powers import named
from treatygraph.build.index import Index
from treatygraph.model.dates import Span, long_form
from treatygraph.model.index_records import Exclusion

__all__ = ["exclusion_text", "notes_of"]

_NAMED: Final = 3
"""Up to so many instruments are named in a note; more are counted."""


def notes_of(
    index: Index, excluded: Iterable[Exclusion], remaining: Mapping[str, Remaining], on: str
) -> tuple[str, ...]:
    """What the reader must know: who is not bound to whom, which ledgers end early, what rests on general knowledge.

    Args:
        index: the built graph.
        excluded: the denials that stand on the day.
        remaining: what is known to hold both, by id.
        on: the day asked about (ISO).
    """
    notes = sorted({exclusion_text(index, item) for item in excluded})
    notes += own_notes(index, remaining)
    notes += _ledgers(index, remaining, on)
    recall = [remaining[name].title for name in sorted(remaining) if remaining[name].unverified]
    if recall:
        notes.append(f"what is told of {_titles(recall)} rests on general knowledge alone (unverified)")
    return tuple(dict.fromkeys(notes))


def exclusion_text(index: Index, item: Exclusion) -> str:
    """Who denies whom the bond, by names."""
    did = "objected to" if item.rule == "R11" else "does not accept"
    whom, title = named(index, item.against), index.summary(item.instrument).title
    text = f"{named(index, item.by)} {did} the participation of {whom} in {title}: it does not hold between them"
    return text[0].upper() + text[1:]


def _ledgers(index: Index, remaining: Mapping[str, Remaining], on: str) -> Iterator[str]:
    """The ledgers of which an end before the day may hide an exit."""
    short: list[tuple[str, str]] = []
    partly: list[str] = []
    for name in sorted(remaining):
        coverage, title = index.summary(name).coverage, remaining[name].title
        if coverage and coverage < on:
            short.append((coverage, title))
        elif not coverage and remaining[name].scope != "bilateral":
            partly.append(title)
    if short:
        yield _ends(sorted(short))
    if partly:
        yield f"the acts under {_titles(partly)} were not read to their end: an exit may be missing"


def _ends(short: Sequence[tuple[str, str]]) -> str:
    (first, title), (last, _) = short[0], short[-1]
    if len(short) <= _NAMED:
        each = listed([f"{name} up to {_day(day)}" for day, name in short])
        return f"the record has the acts under {each}; an exit after that would be missing"
    span = f"up to {_day(first)}" if first == last else f"up to days from {_day(first)} ({title}) to {_day(last)}"
    return (
        f"the record has the acts under {len(short)} of these instruments {span}; an exit after that would be missing"
    )


def _day(text: str) -> str:
    return long_form(Span.parse(text).latest)


def _titles(titles: Sequence[str]) -> str:
    if len(titles) <= _NAMED:
        return listed(titles)
    return f"{', '.join(titles[: _NAMED - 1])} and {len(titles) - _NAMED + 1} more"
