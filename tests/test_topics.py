"""Topics: the rule of each stands in the scheme, and the cards follow it."""

from __future__ import annotations

import re

import pytest

from treatygraph.answers.terms import terms
from treatygraph.bonds.topics import topics_under
from treatygraph.build.index import Index
from treatygraph.model import vocabulary
from treatygraph.model.terms import BROADER_TOPICS

TITLES = (
    (r"nuclear|atomic", "nuclear"),
    (r"missile", "missiles"),
    (r"chemical|\bgases\b", "wmd"),
    (r"\bnaval\b|at sea|high seas", "conventional"),
    (r"small arms|light weapons|firearms", "small-arms"),
    (r"\btraffic|arms trade|arms transfers", "arms-trade"),
    (r"confidence", "confidence-building"),
    (r"outer space", "space"),
    (r"hot ?line|communications? link", "crisis-communication"),
)


def test_every_topic_says_when_a_card_has_it() -> None:
    uses = {item.id: item.use for item in terms()["topic"]}
    assert uses.keys() == {*vocabulary.TOPICS, *BROADER_TOPICS}
    assert all(uses.values())
    assert {name for name, use in uses.items() if use.startswith("Never on a card")} == set(BROADER_TOPICS)
    (scheme,) = (item for item in terms()[""] if item.id == "topic")
    assert "narrowest topic" in scheme.use


@pytest.mark.parametrize(("words", "topic"), TITLES)
def test_what_a_title_names_is_a_topic(graph_index: Index, words: str, topic: str) -> None:
    below = topics_under(graph_index, topic) or frozenset()
    named = [one for one in graph_index.summaries().values() if re.search(words, one.full_title, re.IGNORECASE)]
    assert named
    assert not [one.id for one in named if below.isdisjoint(one.topics)]


@pytest.mark.parametrize("name", ["seabed", "outer-space", "moon-agreement", "nrrc", "pnw", "accidents-measures"])
def test_what_is_about_nuclear_weapons_is_found_there(graph_index: Index, name: str) -> None:
    topics = set(graph_index.summary(name).topics)
    assert topics & (topics_under(graph_index, "nuclear") or set())
    assert topics & (topics_under(graph_index, "wmd") or set())
    assert "strategic-offensive-arms" not in topics


def test_what_only_notices_or_aims_limits_no_strategic_arms(graph_index: Index) -> None:
    """``between`` says of these that they limit strategic offensive arms."""
    names = {one.id for one in graph_index.summaries().values() if "strategic-offensive-arms" in one.topics}
    assert {"new-start", "start-1", "sort", "salt-2"} <= names
    assert names.isdisjoint({"launch-notification-1988", "us-china-detargeting-1998", "chn-rus-nfu-1994"})


def test_a_protocol_or_amendment_has_a_topic_of_what_it_changes(graph_index: Index) -> None:
    for one in graph_index.summaries().values():
        for parent in one.parents if one.kind in ("protocol", "amendment") else ():
            assert set(one.topics) & set(graph_index.summary(parent).topics), (one.id, parent)
