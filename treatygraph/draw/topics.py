"""A topic of a picture, with those below it."""

from __future__ import annotations

from treatygraph.build.shelf import Shelf

__all__ = ["topics_under"]


def topics_under(shelf: Shelf, topic: str | None) -> frozenset[str] | None:
    """The topic and those below it; None, for every topic, where none is asked for.

    Raises:
        UnknownName: no topic is called that; the nearest ones are listed.
    """
    if topic is None:
        return None
    found = shelf.get("topic", topic)
    if found is None:
        from treatygraph.model.names import unknown

        raise unknown("topic", topic, [(name.replace("-", " "), name) for name, _ in shelf.all("topic")])
    return frozenset(found)
