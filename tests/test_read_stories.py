"""Stories in newsroom prose, written before the reader was: which of their claims it drafts, and how it judges them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from treatygraph.answers.claims.held import HeldClaim
from treatygraph.build.index import Index
from treatygraph.facts.claim_terms import CHECKS
from treatygraph.read import read

STORIES = sorted((Path(__file__).parent / "data" / "stories").glob("*.json"))


@dataclass(frozen=True)
class Told:
    """A claim of a story as its author has it."""

    id: str
    start: int
    end: int
    instruments: frozenset[str]
    check: str
    verdict: str


@dataclass(frozen=True)
class Reading:
    """A story as read: the author's claims, and ours."""

    name: str
    told: tuple[Told, ...]
    claims: tuple[HeldClaim, ...]

    def pairs(self) -> list[tuple[Told, HeldClaim]]:
        """Each claim of the author with the claim of ours that stands at its place and is about the same."""
        found = []
        for told in self.told:
            fitting = [claim for claim in self.claims if _fits(told, claim)]
            if fitting:
                found.append((told, max(fitting, key=lambda claim: (claim.check == told.check, _overlap(told, claim)))))
        return found


def _overlap(told: Told, claim: HeldClaim) -> int:
    start, end = claim.span or (0, 0)
    return min(told.end, end) - max(told.start, start)


def _fits(told: Told, claim: HeldClaim) -> bool:
    named = {str(claim.terms.get("instrument", "")), *claim.terms.get("instruments", ())}
    same = bool(named & told.instruments) or (not told.instruments and claim.check == told.check)
    return same and _overlap(told, claim) > 0


@pytest.fixture(scope="module")
def readings(graph_index: Index) -> list[Reading]:
    return [_reading(graph_index, json.loads(path.read_text(encoding="utf-8"))) for path in STORIES]


def _reading(index: Index, story: dict[str, Any]) -> Reading:
    told = tuple(
        Told(c["id"], c["span"][0], c["span"][1], frozenset(c["instruments"]), c["check"]["check"], c["verdict"])
        for c in story["claims"]
    )
    return Reading(story["id"], told, read(index, story["text"], day=date.fromisoformat(story["date"])).claims)


@pytest.mark.parametrize("path", STORIES, ids=lambda path: str(path.stem))
def test_the_places_of_a_story_are_right(path: Path) -> None:
    story = json.loads(path.read_text(encoding="utf-8"))
    for claim in story["claims"]:
        assert story["text"][slice(*claim["span"])] == claim["quote"], claim["id"]
        assert claim["check"]["check"] in CHECKS, claim["id"]


def test_most_claims_of_the_stories_are_drafted(readings: list[Reading]) -> None:
    told = sum(len(reading.told) for reading in readings)
    drafted = sum(len(reading.pairs()) for reading in readings)
    assert drafted >= 0.85 * told


def test_nearly_all_that_is_drafted_is_in_the_stories(readings: list[Reading]) -> None:
    claims = [(reading, claim) for reading in readings for claim in reading.claims]
    strange = [
        (reading.name, claim.quote)
        for reading, claim in claims
        if not any(_overlap(told, claim) > 0 for told in reading.told)
    ]
    assert len(strange) <= 0.1 * len(claims), strange


def test_a_true_claim_is_never_called_contradicted(readings: list[Reading]) -> None:
    accused = [
        (reading.name, told.id)
        for reading in readings
        for told, claim in reading.pairs()
        if told.verdict == "confirmed" and claim.verdict == "contradicted"
    ]
    assert accused == []


def test_a_wrong_claim_is_not_called_confirmed(readings: list[Reading]) -> None:
    passed = [
        (reading.name, told.id)
        for reading in readings
        for told, claim in reading.pairs()
        if told.check == claim.check and told.verdict in ("contradicted", "imprecise") and claim.verdict == "confirmed"
    ]
    assert passed == []
