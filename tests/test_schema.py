"""One shape of an answer: its JSON, its schema, the description of the interface and the reference page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, NotRequired, TypedDict

import pytest
from jsonschema import Draft202012Validator

from treatygraph.answers.between_answer import Between
from treatygraph.answers.claims.answer import ClaimsAnswer
from treatygraph.answers.schema import DIALECT, definitions_of, described, schema_of
from treatygraph.answers.show import Record
from treatygraph.answers.status_answer import InstrumentStatus
from treatygraph.answers.timeline import Entry
from treatygraph.answers.whatif.result import WhatIf
from treatygraph.graph import Graph
from treatygraph.model.json_form import ABSENT_WHERE_NONE, HIDDEN, NULL_WHERE_EMPTY, key, plain, shown
from treatygraph.queries.question import NamedQuestion
from treatygraph.read.answer import ReadAnswer
from treatygraph.triplestore.sparql import Result

TODAY = date(2026, 11, 30)
STORY = "VIENNA, 18 June 2021 - Russia withdrew from the Open Skies Treaty on Friday. The NPT has 500 parties."


class Detail(TypedDict):
    """A detail."""

    by: str
    """Who."""
    text: NotRequired[str]


@dataclass(frozen=True)
class Small:
    """An answer of this test.

    With a second paragraph.
    """

    until: Annotated[str, NULL_WHERE_EMPTY]
    """When it ends."""
    members: Annotated[tuple[str, ...], key("with")]
    day: date
    details: tuple[Detail, ...] = ()
    parts: tuple[Small, ...] = ()
    inner: Annotated[str, HIDDEN] = ""
    span: Annotated[tuple[int, int] | None, ABSENT_WHERE_NONE] = None

    @property
    @shown
    def size(self) -> int:
        """How many members."""
        return len(self.members)


def test_a_field_is_a_key_unless_a_mark_says_otherwise() -> None:
    small = Small("", ("USA",), TODAY, ({"by": "USA"},), (Small("2030", (), TODAY, span=(1, 2)),), "kept to itself")
    assert plain(small) == {
        "until": None,
        "with": ["USA"],
        "day": "2026-11-30",
        "details": [{"by": "USA"}],
        "parts": [
            {"until": "2030", "with": [], "day": "2026-11-30", "details": [], "parts": [], "span": [1, 2], "size": 0}
        ],
        "size": 1,
    }


def test_a_schema_is_that_of_the_fields() -> None:
    schema = schema_of(Small, closed=True)
    assert (schema["$schema"], schema["description"]) == (DIALECT, "An answer of this test.")
    assert schema["required"] == ["until", "with", "day", "details", "parts", "size"]
    assert schema["properties"]["until"] == {"type": ["string", "null"], "description": "When it ends."}
    assert schema["properties"]["day"] == {"type": "string", "format": "date"}
    assert schema["properties"]["size"]["description"] == "How many members."
    assert schema["$defs"]["Detail"]["required"] == ["by"]
    validator = Draft202012Validator(schema)
    assert validator.is_valid(plain(Small("", (), TODAY)))
    assert not validator.is_valid({**plain(Small("", (), TODAY)), "another": 1})
    assert not validator.is_valid({**plain(Small("", (), TODAY)), "day": None})


def test_what_has_no_json_form_is_an_error() -> None:
    with pytest.raises(TypeError, match="has no JSON form"):
        plain(Small("", (), TODAY, parts=(object(),)))  # type: ignore[arg-type]


def answers(graph: Graph) -> list[tuple[type, Any]]:
    """An answer of each class, and of the hard cases."""
    supposed = graph.whatif("US leaves NPT", "Russia joins CTBT", on=TODAY)
    return [
        (Between, graph.between("US", "Russia", TODAY)),
        (Between, graph.between("NATO", "Russia", "2010-01-01")),
        (Between, graph.between("Canada", "Palestine", TODAY)),
        (InstrumentStatus, graph.status("NPT", "2003-06-01")),
        (InstrumentStatus, graph.status("CFE", TODAY)),
        (InstrumentStatus, graph.status("UNSCR 2231", TODAY)),
        *((Entry, entry) for entry in graph.timeline("New START")),
        *((Record, graph.show(name)) for name in ("NPT", "US", "NATO", "unoda-2026")),
        (ClaimsAnswer, graph.claims("2021-05-open-skies")),
        (ReadAnswer, graph.read(STORY)),
        (WhatIf, supposed),
        (Result, graph.query("who-left", {"instrument": "NPT"}, limit=1)),
        *((NamedQuestion, question) for question in graph.questions()),
    ]


def test_every_answer_is_of_its_schema_and_has_no_other_key(graph: Graph) -> None:
    for kind, answer in answers(graph):
        schema = schema_of(kind, closed=kind is not Record)
        Draft202012Validator.check_schema(schema)
        form = answer.to_dict()
        problem = next(Draft202012Validator(schema).iter_errors(form), None)
        assert problem is None, f"{kind.__name__}: {problem and (problem.json_path, problem.message[:300])}"
        assert list(form)[: len(schema["properties"])] == [name for name in schema["properties"] if name in form]


def test_a_key_of_an_answer_stands_in_the_interface_and_on_the_page(graph: Graph) -> None:
    page = (Path(__file__).parent.parent / "docs" / "api.md").read_text(encoding="utf-8")
    for kind in (Between, InstrumentStatus, ClaimsAnswer, WhatIf):
        names = [item.name for item in described(kind)]
        assert list(definitions_of(kind, place="#/")[kind.__name__]["properties"]) == names
        assert all(f"| `{name}` |" in page for name in names)
    assert set(graph.between("US", "Russia", TODAY).to_dict()) == {item.name for item in described(Between)}
