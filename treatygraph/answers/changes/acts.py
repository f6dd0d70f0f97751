"""Acts that were made between two days, or that two records do not have alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from treatygraph.answers.changes.items import ActChange
from treatygraph.answers.changes.sides import Side, Wanted
from treatygraph.model.records import Act

__all__ = ["acts_between", "acts_differing"]


def acts_between(before: Side, after: Side, wanted: Wanted) -> Iterator[ActChange]:
    """The acts made after one day and up to another; of an uncertain day by the last on which it may have been.

    Of two states of knowledge these are the acts that came to be known (rule R1).
    """
    first, last = (before.known or before.on), (after.known or after.on)
    for name in wanted.names:
        for act in after.index.ledger(name):
            if first < act.known <= last and wanted.state(act.state):
                yield _change("made", act, after, _words(act))


def acts_differing(before: Side, after: Side, wanted: Wanted) -> Iterator[ActChange]:
    """The acts that stand in one record only, or otherwise in the other."""
    for name in wanted.names:
        for was, now in _matched(before.index.ledger(name), after.index.ledger(name)):
            act = now or was
            if act is None or not wanted.state(act.state):
                continue
            if was is None:
                yield _change("added", act, after, _words(act))
            elif now is None:
                yield _change("removed", act, before, _words(act))
            elif what := _differences(was, now):
                yield _change("changed", act, after, what)


_Pair = tuple[Act | None, Act | None]


def _matched(old: Iterable[Act], new: Iterable[Act]) -> Iterator[_Pair]:
    """Each act of one record in addition of the other, by key; else by state and kind where each has as many.

    So a day that was put right is one act that changed, not one that is gone and another that came.
    """
    was, now = ({act.id: act for act in acts} for acts in (old, new))
    alone: dict[tuple[str, str], tuple[list[Act], list[Act]]] = {}
    for side, other, place in ((was, now, 0), (now, was, 1)):
        for key in side.keys() - other.keys():
            act = side[key]
            alone.setdefault((act.state, act.kind), ([], []))[place].append(act)
    yield from ((was[key], now[key]) for key in sorted(was.keys() & now.keys()))
    for _, (gone, come) in sorted(alone.items()):
        gone.sort(key=lambda act: act.id)
        come.sort(key=lambda act: act.id)
        if len(gone) == len(come):
            yield from zip(gone, come, strict=True)
        else:
            yield from ((act, None) for act in gone)
            yield from ((None, act) for act in come)


def _change(change: str, act: Act, side: Side, text: str) -> ActChange:
    summary = side.index.summary(act.instrument)
    return ActChange(
        change, act.id, act.instrument, summary.title, act.state, act.kind, act.date.text, summary.topics, text,
        act.cite.sources,
    )  # fmt: skip


def _words(act: Act) -> str:
    effect = f", effective {act.effective}" if act.effective else ""
    against = f", against {', '.join(act.against)}" if act.against else ""
    where = f" ({act.depositary})" if act.depositary else ""
    return f"{act.kind.replace('-', ' ')}{effect}{against}{where}"


def _differences(was: Act, now: Act) -> str:
    """What differs, in words; sources and notes are no difference of the act itself."""
    pairs = (("date", was.date.text, now.date.text), ("depositary", was.depositary, now.depositary),
             ("effective", str(was.effective or ""), str(now.effective or "")), ("scope", was.scope, now.scope),
             ("against", ", ".join(was.against), ", ".join(now.against)))  # fmt: skip
    return "; ".join(f"{name} {old or 'none'} to {new or 'none'}" for name, old, new in pairs if old != new)
