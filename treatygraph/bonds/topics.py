"""Topics of the tree: one of a question with those below it, those of an instrument with those above them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from treatygraph.build.index import Index
from treatygraph.model.errors import UnknownName

__all__ = ["below", "topics_above", "topics_under", "unknown_topic"]


def topics_under(index: Index, topic: str | None) -> frozenset[str] | None:
    """The topic and those below it; None, for every topic, where none is asked for.

    Raises:
        UnknownName: no topic is called that; the nearest ones are listed.
    """
    return None if topic is None else below(index.topics(), topic)


def below(topics: Mapping[str, frozenset[str]], topic: str) -> frozenset[str]:
    """The topic and those below it, of these topics.

    Raises:
        UnknownName: no topic is called that; the nearest ones are listed.
    """
    if topic not in topics:
        raise unknown_topic(topic, topics)
    return topics[topic]


def topics_above(index: Index, topics: Iterable[str]) -> tuple[str, ...]:
    """The topics above some, these left out, in order of id: ``missiles``, ``nuclear``, ``wmd`` for strategic arms."""
    own = set(topics)
    return tuple(name for name, under in index.topics().items() if name not in own and not own.isdisjoint(under))


def unknown_topic(topic: str, topics: Iterable[str]) -> UnknownName:
    """The error that names the nearest topics."""
    from treatygraph.model.names import unknown  # an answer that needs no suggestion does not import the matcher

    return unknown("topic", topic, [(name.replace("-", " "), name) for name in topics])
