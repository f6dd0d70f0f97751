"""What the rows of a named question leave open, told beside them (rule K8): a row that is not there is no "no"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from treatygraph.answers.wording import listed
from treatygraph.bonds.powers import Power, named, with_article
from treatygraph.bonds.unknowns import absence_of, open_on, open_spans, open_states, unknowns
from treatygraph.build.index import Index
from treatygraph.model.dates import BEGINNING, day, long_form
from treatygraph.model.errors import UsageError
from treatygraph.model.vocabulary import DEPOSITARY, NOT_KNOWN
from treatygraph.queries.computed._documents import line_on
from treatygraph.queries.parameters import Value
from treatygraph.queries.question import NamedQuestion

__all__ = ["notes_of_state", "unknown_notes"]

_NAMED: Final = 3
_EXITS: Final = frozenset({"left-by", "law-to-exit", "pending-withdrawals", "who-left", "withdrawals-since",
                           "withdrawals-undone", "exits-and-breaches", "who-made-the-exit"})  # fmt: skip
"""The questions about acts by which states leave."""
_NO_LEDGER: Final = frozenset({"allegations", "clauses-of", "extensions-of", "limits", "sources-of", "unverified",
                               "what-happened", "who-holds-what"})  # fmt: skip
"""Questions about an instrument whose rows are no acts of states."""
_EXIT_GAPS: Final = ("exit", "any")


def unknown_notes(index: Index, question: NamedQuestion, filled: Mapping[str, Value], today: date) -> Iterator[str]:
    """What the record does not know of what a question asks.

    Args:
        index: the built graph.
        question: the question.
        filled: its parameters' values.
        today: the day that is meant where the question has none.
    """
    texts = {name: value.shown for name, value in filled.items()}
    on = day(texts["on"]) if "on" in texts else today
    one, other = texts.get("a") or texts.get("state", ""), texts.get("b", "")
    reading = texts.get("reading", DEPOSITARY)
    if texts.get("instrument"):
        if question.name not in _NO_LEDGER:
            yield from _of_instrument(index, texts["instrument"], one, on, reading)
    elif one and other:
        yield from _of_pair(index, one, other, on, reading)
    elif one:
        yield from notes_of_state(index, one, on)
    elif question.name == "in-force-on":
        yield from _of_entry(index, on)
    elif question.name == "network-by-year":
        yield from _of_network(index, on)
    if question.name in _EXITS and not texts.get("instrument"):
        yield from _of_exits(index, on)


def _line(index: Index, code: str, on: date) -> tuple[str, ...]:
    try:
        return line_on(index, code, on)
    except UsageError:  # it was not there: the rows say what there is to say
        return ()


def _of_instrument(index: Index, name: str, one: str, on: date, reading: str) -> Iterator[str]:
    title, known = index.summary(name).title, index.knowledge(name)
    chain = _line(index, one, on) if one else ()
    if chain:
        held = [row for row in index.standings(chain, reading).get(name, ()) if row.on(on.isoformat())]
        absence = absence_of(index, index.derivation(name, reading), chain, on)
        lack = next((row.lack for row in held if row.standing == NOT_KNOWN), "")
        if not held and absence.standing == NOT_KNOWN:
            lack = absence.because.text
        if lack:
            yield f"how {named(index, chain[0])} stood under {title} on {long_form(on)} is not known: {lack}"
            return
        acting = bool(index.acts_of(name, chain))
        holes = [hole for hole in known.holes if hole == known.hole(chain, on, (hole.acts,), acting=acting)]
        yield from (f"an act may be missing: {text}" for text in dict.fromkeys(hole.text for hole in holes))
        return
    doubtful = open_states(index, index.derivation(name, reading), on)
    if doubtful:
        many = len(doubtful)
        yield (
            f"of {many} state{'' if many == 1 else 's'} the record cannot say whether {title} held "
            f"{'it' if many == 1 else 'them'} on {long_form(on)}: a count is at least so many"
        )
    texts = dict.fromkeys(hole.text for hole in known.holes if hole.start <= on)
    yield from texts
    if BEGINNING < known.whole < min(on, known.ended):
        yield f"the record's list ends on {known.whole_text}"


def _of_pair(index: Index, one: str, other: str, on: date, reading: str) -> Iterator[str]:
    lines = _line(index, one, on), _line(index, other, on)
    if not all(lines):
        return
    mine, theirs = (Power(chain[0], chain[0], (chain[0],), (chain,), (chain[0],)) for chain in lines)
    titles = [index.summary(row.instrument).title for row in unknowns(index, (mine, theirs), reading, on)]
    if titles:
        who = listed([_spoken(index, chain) for chain in lines])
        yield f"of {_counted(titles)} the record cannot say whether both {who} were held on {long_form(on)}"


def notes_of_state(index: Index, one: str, on: date) -> Iterator[str]:
    """Of how many instruments the record cannot say whether they held a state on a day; nothing where of none."""
    chain, when = _line(index, one, on), on.isoformat()
    if not chain:
        return
    spans = open_spans(index, chain).items()
    doubtful = [name for name, open_ in spans if any(span.start <= when < span.end for span in open_)]
    if doubtful:
        titles = sorted(index.summary(name).title for name in doubtful)
        who = named(index, chain[0])
        yield f"of {_counted(titles)} the record cannot say whether {who} was held on {long_form(on)}"


def _of_network(index: Index, on: date) -> Iterator[str]:
    titles = [index.summary(name).title for name in open_on(index, on.isoformat())]
    if titles:
        yield f"of {_counted(titles)} the record cannot say of every state whether it was held: counts are at least"


def _of_entry(index: Index, on: date) -> Iterator[str]:
    """The instruments of which the record cannot say whether they were in force."""
    names = (name for name, row in index.summaries().items() if row.is_treaty and (not row.entry or not row.end))
    doubtful = [
        name
        for name in names
        if any(item.status == NOT_KNOWN and item.start <= on < item.end for item in index.statuses_of(name, DEPOSITARY))
    ]
    if doubtful:
        titles = [index.summary(name).title for name in doubtful]
        they = "it was" if len(titles) == 1 else "they were"
        yield f"of {_counted(titles)} the record cannot say whether {they} in force"


def _of_exits(index: Index, on: date) -> Iterator[str]:
    """The instruments from whose ledgers an exit may be missing."""
    names = (item.instrument for item in index.open_ledgers())
    titles = [index.summary(name).title for name in names if _may_lack_exit(index, name, on)]
    if titles:
        yield f"exits from {_counted(titles)} may be missing: that was not read to its end"


def _may_lack_exit(index: Index, name: str, on: date) -> bool:
    return any(hole.acts in _EXIT_GAPS and hole.start <= on for hole in index.knowledge(name).holes)


def _spoken(index: Index, chain: Sequence[str]) -> str:
    life = index.existence(chain[0])
    return with_article(chain[0], life.name if life else chain[0])


def _counted(titles: Iterable[str]) -> str:
    names = list(titles)
    what = f"{len(names)} instrument{'' if len(names) == 1 else 's'}"
    more = [f"{len(names) - _NAMED} more"] if len(names) > _NAMED else []
    return f"{what} ({listed([*names[:_NAMED], *more])})"
