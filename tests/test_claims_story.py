"""The story of May 2021, held against the real graph."""

from __future__ import annotations

from datetime import date

import pytest

from treatygraph.answers.claims.answer import VERDICTS, ClaimsAnswer, HeldClaim, claims
from treatygraph.build.as_known import shelf_known_by
from treatygraph.build.shelf import MemoryShelf


@pytest.fixture(scope="module")
def story(graph_shelf: MemoryShelf) -> ClaimsAnswer:
    return claims(graph_shelf, "2021-05-open-skies")


def of(story: ClaimsAnswer, name: str) -> HeldClaim:
    return next(item for item in story.claims if item.id == name)


def test_the_story_as_a_whole(story: ClaimsAnswer) -> None:
    shape = story.to_dict()
    assert len(shape["claims"]) >= 15
    assert shape["answer"].startswith("Of 26 claims in ")
    assert shape["report"] == "2021-05-open-skies"
    for item in shape["claims"]:
        assert {"id", "says", "verdict", "record", "because", "sources"} <= set(item)
        assert item["verdict"] in VERDICTS
        assert item["because"] or item["verdict"] == "not-on-record"


@pytest.mark.parametrize(
    "name",
    [
        "message", "sherman-office", "ryabkov-office", "not-rejoining", "already-out", "summit", "what-it-does", "signed",
        "candidate", "original-term", "extended-soon", "allegation", "denial", "russian-plan", "bill", "kremlin-reason",
    ],
)  # fmt: skip
def test_what_the_story_has_right(story: ClaimsAnswer, name: str) -> None:
    assert of(story, name).verdict == "confirmed", of(story, name).record


def test_november_2020_is_the_effect_not_the_announcement(story: ClaimsAnswer) -> None:
    found = of(story, "withdrawal-announced")
    assert found.verdict == "imprecise"
    assert "22 May 2020" in found.record
    assert "22 November 2020" in found.record


def test_the_only_treaty_depends_on_the_definition(story: ClaimsAnswer) -> None:
    found = of(story, "only-treaty")
    counts = {item["definition"]: (item["holds"], item["count"]) for item in found.definitions}
    assert found.verdict == "depends"
    assert counts["bilateral binding instruments on strategic offensive arms"] == (True, 1)
    assert "bilateral binding instruments on strategic offensive arms" in found.record
    for loose in ("binding instruments", "bilateral binding instruments"):
        assert not counts[loose][0]
        assert counts[loose][1] > 5
    bilateral = next(item for item in found.definitions if item["definition"] == "bilateral binding instruments")
    assert {"ttbt", "pnet", "launch-notification-1988", "new-start"} <= set(bilateral["instruments"])


def test_the_extension_is_confirmed(story: ClaimsAnswer) -> None:
    assert of(story, "extended-to").verdict == "confirmed"
    assert "5 February 2026" in of(story, "extended-to").record


def test_the_treaty_goes_on_without_the_two(story: ClaimsAnswer) -> None:
    found = of(story, "ended-entirely")
    assert found.verdict == "contradicted"
    assert "22 November 2020" in found.record
    assert "18 December 2021" in found.record


def test_talks_make_nothing_done_imprecise(story: ClaimsAnswer) -> None:
    assert of(story, "nothing-done-before").verdict == "imprecise"


def test_on_the_day_of_the_story_the_russian_notice_was_not_known(graph_shelf: MemoryShelf) -> None:
    by = date(2021, 5, 28)
    found = claims(shelf_known_by(graph_shelf, by), "2021-05-open-skies", by)
    assert of(found, "russian-plan").verdict == "confirmed"
    assert "18 June 2021" not in of(found, "russian-plan").record
    assert of(found, "summit").verdict == "not-on-record"
    assert found.to_dict()["known"] == "2021-05-28"
