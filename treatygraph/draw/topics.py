"""A topic of a picture, with those below it."""

from __future__ import annotations

from treatygraph.build.index import Index

__all__ = ["topics_under"]


def topics_under(index: Index, topic: str | None) -> frozenset[str] | None:
    """The topic and those below it; None, for every topic, where none is asked for.

    Raises:
        UnknownName: no topic is called that; the nearest ones are listed.
    """
    if topic is None:
        return None
    found = index.topic(topic)
    if found is None:
        from treatygraph.model.names import unknown

        raise unknown("topic", topic, [(name.replace("-", " "), name) for name, _ in index.topics().items()])
    return frozenset(found)
