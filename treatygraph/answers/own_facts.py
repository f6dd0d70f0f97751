"""What an answer says of own facts that are laid over the record: which of what it tells comes from them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from treatygraph.answers.wording import listed
from treatygraph.build.edition import origins_of
from treatygraph.build.index import Index

__all__ = ["own_notes"]

_NAMED = 5


def own_notes(index: Index, instruments: Collection[str], states: Collection[str] = ()) -> Iterator[str]:
    """Which cards, acts and assertions under some instruments are not those of the record.

    Args:
        index: the built graph.
        instruments: the instruments of the answer.
        states: of acts, only those of these states; empty: of all.
    """
    origins = [item for item in origins_of(index) if item.kind in ("instrument", "act", "ledger", "assertion")]
    if not origins:
        return
    folder, asked = origins[0].folder, set(instruments)
    cards = [item for item in origins if item.kind == "instrument" and item.record in asked]
    for change, words in (("added", "comes from"), ("replaced", "is told as in")):
        titles = [index.summary(item.record).title for item in cards if item.change == change]
        if titles:
            what = words if len(titles) == 1 else words.replace("comes", "come").replace("is", "are")
            yield f"{_few(titles)} {what} own facts laid over the record ({folder})"
    acts = [item.record for item in origins if item.kind == "act" and _concerns(item.record, asked, states)]
    acts = [name for name in acts if name.partition("/")[0] not in {item.record for item in cards}]
    if acts:
        yield f"own facts ({folder}) add, change or leave out acts: {_few(acts)}"
    views = [item.record for item in origins if item.kind == "assertion" and asked & set(item.record.split("/"))]
    if views:
        yield f"own facts ({folder}) add, change or leave out what authorities hold: {_few(views)}"


def _concerns(act: str, instruments: Collection[str], states: Collection[str]) -> bool:
    instrument, _, rest = act.partition("/")
    return instrument in instruments and (not states or rest.partition("/")[0] in states)


def _few(names: list[str]) -> str:
    more = [f"{len(names) - _NAMED} more"] if len(names) > _NAMED else []
    return listed([*names[:_NAMED], *more])
