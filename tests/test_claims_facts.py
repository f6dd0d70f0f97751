"""What the facts may say of claims, and where they are told that they may not."""

from __future__ import annotations

from typing import Any

import pytest

from claimed import report, shelf_of, with_claims, written
from tiny_record import Tiny
from treatygraph.answers.claims.answer import claims
from treatygraph.model.errors import FactsError, UnknownName


@pytest.fixture
def record(tiny: Tiny) -> Tiny:
    """The tiny record with a treaty that was extended, two presidents, and some events."""
    return with_claims(tiny)


BROKEN = [
    ("check: denial", "check: rumour", "claim", "'rumour' is not a kind of check"),
    ("state: 'SUN', ", "", "claim", "lacks state"),
    ("state: 'SUN'", "state: 'SUN', office: 'X'", "claim", "does not know office"),
    ("state: 'SUN'", "state: 'SUN', colour: red", "unknown-key", "'colour'"),
    ("state: 'SUN'", "state: 'SUN', on: '11 May'", "claim", "'11 May' is not a date"),
    ("state: 'SUN'", "state: 'ATL'", "unknown-state", "'ATL' has no record"),
    ("says: 'It was so.', ", "", "missing-key", "no 'id' or no 'says'"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "rule", "says"), BROKEN, ids=[says for *_, says in BROKEN])
def test_a_broken_claim_stops_at_its_line(record: Tiny, old: str, new: str, rule: str, says: str) -> None:
    record.put("reports/story.yaml", report(written("denial", {"instrument": "test-ban", "state": "SUN"})))
    place = record.change("reports/story.yaml", old, new)
    with pytest.raises(FactsError) as caught:
        record.facts()
    found = next(item for item in caught.value.findings if item.rule == rule)
    assert found.place == place
    assert says in found.message
    assert found.mend.endswith(".")


@pytest.mark.parametrize(
    ("check", "terms", "says"),
    [
        ("only-instrument", {"instruments": ["limits"], "states": ["USA"], "on": "2015-01-01"}, "about two states"),
        ("standing-on", {"instrument": "limits", "state": "USA", "standing": "member", "on": "2015"}, "is no standing"),
        ("about-topic", {"instrument": "limits", "topic": "tanks"}, "is no topic"),
        ("event-on", {"type": "rumour"}, "is no type"),
        ("event-on", {"type": "statement", "weekday": "Monday"}, "a weekday needs"),
        ("extended-to", {"instrument": "limits", "until": "2026", "period": "5 years"}, "is not a period"),
    ],
)
def test_words_and_values_are_checked(record: Tiny, check: str, terms: dict[str, Any], says: str) -> None:
    record.put("reports/story.yaml", report(written(check, terms)))
    with pytest.raises(FactsError, match=says):
        record.facts()


def test_claims_have_ids_of_their_own_and_reports_a_title(record: Tiny) -> None:
    claim = written("denial", {"instrument": "test-ban", "state": "SUN"})
    record.put("reports/story.yaml", report(claim, claim).partition("\n")[2])
    with pytest.raises(FactsError) as caught:
        record.facts()
    assert {(item.rule, item.place) for item in caught.value.findings} == {
        ("repeated-key", "reports/story.yaml:4"),
        ("missing-key", "reports/story.yaml:1"),
    }


def test_a_report_is_found_by_id_and_title_and_missed_with_the_nearest(record: Tiny) -> None:
    record.put("reports/story.yaml", report(written("denial", {"instrument": "test-ban", "state": "SUN"})))
    shelf = shelf_of(record)
    assert claims(shelf, "A Story").report == claims(shelf, "STORY").report == "story"
    with pytest.raises(UnknownName) as caught:
        claims(shelf, "stories")
    assert caught.value.nearest == ("story",)
    with pytest.raises(UnknownName, match="Did you mean: story"):
        claims(shelf, "xyz")
