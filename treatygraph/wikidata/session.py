"""What a user asks for, put together: our record, the client, and the questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from treatygraph.answers.wikidata_links import item_of
from treatygraph.bonds.powers import find
from treatygraph.build.index import Index
from treatygraph.model.errors import UsageError
from treatygraph.wikidata.client import Client
from treatygraph.wikidata.compare import WikidataComparison, compare, known_items
from treatygraph.wikidata.questions import NAMES, STATEMENTS
from treatygraph.wikidata.statements import Statement, read, target

__all__ = ["chosen", "compared"]


def chosen(index: Index, names: Iterable[str], *, everything: bool) -> list[tuple[str, str]]:
    """Instruments and their items: those named, or every one that has an item.

    Raises:
        UnknownName: no instrument is called that.
        UsageError: none is named, or one has no item.
    """
    if everything:
        return [(name, item) for name in index.ids("instrument") if (item := item_of(index, "instrument", name))]
    subjects = []
    for text in names:
        _, name = find(index, text, ("instrument",))
        item = item_of(index, "instrument", name)
        if not item:
            raise UsageError(
                f"'{name}' has no item of Wikidata yet{_near(index, name)}; find it with 'wikidata resolve'."
            )
        subjects.append((name, item))
    if not subjects:
        raise UsageError("name an instrument, or take every linked one with --all.")
    return subjects


def _near(index: Index, name: str) -> str:
    wider = [link.item for link in index.links("instrument", name) if not link.rejected]
    candidates = [link.item for link in index.candidates() if (link.kind, link.record) == ("instrument", name)]
    if wider:
        return f" (only {', '.join(wider)}, which is wider)"
    return f" (only a candidate that nobody has confirmed: {', '.join(candidates)})" if candidates else ""


def compared(index: Index, client: Client, instruments: Sequence[tuple[str, str]]) -> WikidataComparison:
    """Each instrument held against its item.

    Raises:
        RemoteError: the service gives no usable answer.
    """
    rows = client.answers(STATEMENTS, [item for _, item in instruments])
    sides = [(name, item, target(rows[item], item), read(rows[item])) for name, item in instruments]
    labels = _labels(index, client, [statement for *_, statements in sides for statement in statements])
    comparison = WikidataComparison(asked=client.today.isoformat())
    for name, item, now, statements in sides:
        one = compare(index, name, now, statements, lambda value: labels.get(value, value))
        if now != item:
            one.notes.append(f"{name}: {item} has become {now}; the link should follow.")
        if not rows[item]:
            one.notes.append(f"{name}: Wikidata has no statement on {item} that could be compared.")
        comparison.add(one)
    return comparison


def _labels(index: Index, client: Client, statements: Sequence[Statement]) -> dict[str, str]:
    """The English labels of values that are none of our records."""
    known = {*known_items(index, "state"), *known_items(index, "instrument")}
    items = sorted({one.value for one in statements if one.value and one.value not in known})
    rows = client.answers(NAMES, items)
    return {item: label_rows[0]["label"] for item, label_rows in rows.items() if label_rows}
