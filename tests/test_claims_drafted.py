"""Claims of a user's own: as YAML, as JSON, as Python has them, and refused by name where they cannot be judged."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from treatygraph.answers.claims.answer import claims_of
from treatygraph.answers.claims.drafted import drafted_of, read_drafted, read_file
from treatygraph.build.index import Index
from treatygraph.model.errors import UsageError

CLAIM = {"id": "c1", "check": "effect-of-withdrawal", "instrument": "Open Skies", "state": "US", "on": "2020-11-22"}
STORY: dict[str, Any] = {"title": "A story", "date": "2020-11-23", "claims": [CLAIM]}
YAML = """
title: A story
date: 2020-11-23
claims:
  - {id: c1, check: effect-of-withdrawal, instrument: Open Skies, state: US, on: 2020-11-22}
"""


def test_yaml_json_and_python_are_the_same_claims(tmp_path: Path) -> None:
    (tmp_path / "story.yaml").write_text(YAML, encoding="utf-8")
    found = [drafted_of(STORY, "x"), read_drafted(json.dumps(STORY), "x"), read_file(tmp_path / "story.yaml")]
    assert [item.claims for item in found] == [found[0].claims] * 3
    assert {item.date for item in found} == {date(2020, 11, 23)}


def test_the_answer_has_every_key_that_others_build_on(graph_index: Index) -> None:
    shape = claims_of(graph_index, drafted_of(STORY, "story.yaml")).to_dict()
    (claim,) = shape["claims"]
    assert shape["answer"] == "Of one claim in “A story” (2020-11-23), one is confirmed by the record."
    assert (claim["verdict"], claim["terms"]["instrument"], claim["terms"]["state"]) == (
        "confirmed",
        "open-skies",
        "USA",
    )
    assert claim["fix"] is None
    assert claim["because"]
    assert {"id", "says", "check", "terms", "verdict", "record", "fix", "because", "sources"} <= set(claim)
    assert "span" not in claim


def test_a_place_in_a_text_is_given_back(graph_index: Index) -> None:
    placed = {**STORY, "claims": [{**CLAIM, "span": [3, 9], "quote": "it left"}]}
    (claim,) = claims_of(graph_index, drafted_of(placed, "x")).to_dict()["claims"]
    assert (claim["span"], claim["quote"]) == ([3, 9], "it left")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"claims": []}, "has no list 'claims'"),
        ({"date": None}, "has no date"),
        ({"date": "yesterday"}, "'yesterday' is not a date"),
        ({"colour": "red"}, "unknown key colour"),
        ({"claims": [CLAIM, CLAIM]}, "the claim 'c1' stands twice"),
        ({"claims": [{**CLAIM, "check": "rumour"}]}, "the claim 'c1': 'rumour' is not a kind of check"),
        ({"claims": [{**CLAIM, "weapon": "x"}]}, "does not know weapon"),
        ({"claims": [{**CLAIM, "state": {"a": 1}}]}, "the term 'state' of the claim 'c1'"),
        ({"claims": [{"id": "c2", "instrument": "NPT"}]}, "the claim 'c2' has no 'check'"),
        ({"claims": ["NPT"]}, "claim 1 is no mapping"),
    ],
)
def test_what_cannot_be_judged_is_named(change: dict[str, Any], says: str) -> None:
    with pytest.raises(UsageError) as caught:
        drafted_of({**STORY, **change}, "story.yaml")
    assert says in str(caught.value)
    assert "story.yaml" in str(caught.value)


@pytest.mark.parametrize("text", ["{not json", "title: [", "just words"])
def test_what_is_no_report_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="story"):
        read_drafted(text, "story")


def test_names_that_nobody_has_are_not_on_record(graph_index: Index) -> None:
    drafted = drafted_of({**STORY, "claims": [{**CLAIM, "instrument": "Antimatter Accord"}]}, "x")
    (claim,) = claims_of(graph_index, drafted).claims
    assert claim.verdict == "not-on-record"
    assert "no instrument called “Antimatter Accord”" in claim.record
