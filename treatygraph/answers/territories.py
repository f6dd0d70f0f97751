"""To which territories of a state an instrument applies, as its acts tell (VCLT article 29, rule R38)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from treatygraph.answers.status_answer import Territory
from treatygraph.answers.status_wording import when
from treatygraph.answers.wording import listed
from treatygraph.bonds.powers import named
from treatygraph.build.index import Index
from treatygraph.model.dates import Span
from treatygraph.model.records import Act
from treatygraph.model.vocabulary import TERRITORIAL

__all__ = ["territories_of", "territory_notes"]

_APPLIES = TERRITORIAL[0]


def territories_of(index: Index, instrument: str, line: Iterable[str], bound: str, on: date) -> list[Territory]:
    """What the acts of a state, or of those that it continues, say of its territories up to a day.

    The latest act that names a territory counts, from the day on which it works and the state is bound. Empty where no
    act names one: then the instrument applies to the whole territory, unless another intention appears (R38).

    Args:
        index: the documents of the graph.
        instrument: its id.
        line: the state and those that it continues.
        bound: since when the state has been bound on the day, as known (EDTF).
        on: the day asked about.
    """
    latest: dict[str, tuple[Span, Act]] = {}
    begun = Span.parse(bound)
    for act in index.acts_of(instrument, tuple(line)):
        since = act.effective or act.date
        if act.kind in TERRITORIAL and since.earliest <= on:
            for name in act.scope.split(";"):
                known = latest.get(name.strip())
                if known is None or known[0] <= since:
                    latest[name.strip()] = since, act
    return [
        {"territory": name, "applies": act.kind == _APPLIES, "since": max(since, begun).text, "act": act.id,
         "sources": list(act.cite.sources)}
        for name, (since, act) in sorted(latest.items(), key=lambda item: (item[1][0], item[0]))
    ]  # fmt: skip


def territory_notes(index: Index, state: str, territories: Sequence[Territory]) -> Iterator[str]:
    """The same in one sentence; nothing where no act names a territory."""
    if not territories:
        return
    parts = []
    for applies, words in ((True, "it applies to"), (False, "it does not apply to")):
        days: dict[str, list[str]] = {}
        for item in territories:
            if item["applies"] is applies:
                days.setdefault(item["since"], []).append(item["territory"])
        if days:
            spans = [f"{'; '.join(names)} (since {when(since)})" for since, names in days.items()]
            parts.append(f"{words} {listed(spans)}")
    yield f"by what is on record of the territories of {named(index, state)}, {', and '.join(parts)}"
