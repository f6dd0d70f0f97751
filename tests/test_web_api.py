"""``/api``: the JSON of the command line, and a description that is true."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import load_all_checks

from serving import PATIENCE
from treatygraph.queries.catalogue import catalogue


@pytest.fixture(scope="module")
def client(web: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=web, timeout=PATIENCE) as made:
        yield made


CASES: list[tuple[str, dict[str, str], list[str]]] = [
    ("between", {"a": "US", "b": "Russia", "on": "2021-05-28"}, ["US", "Russia", "--on", "2021-05-28"]),
    ("between", {"a": "US", "b": "NATO"}, ["US", "NATO"]),
    ("between", {"a": "US", "b": "RUS", "on": "2021-05-28", "topic": "nuclear", "binding": "true", "known": "2020-01-01"},
     ["US", "RUS", "--on", "2021-05-28", "--topic", "nuclear", "--binding", "--known", "2020-01-01"]),
    ("status", {"instrument": "NPT", "on": "2003-06-01", "state": "PRK"}, ["NPT", "--on", "2003-06-01", "--state", "PRK"]),
    ("timeline", {"a": "New START"}, ["New START"]),
    ("timeline", {"a": "US", "b": "Russia", "since": "2018-01-01"}, ["US", "Russia", "--since", "2018-01-01"]),
    ("show", {"name": "Open Skies"}, ["Open Skies"]),
    ("claims", {"report": "2021-05-open-skies"}, ["2021-05-open-skies"]),
    ("ask", {"question": "Which NATO members are not party to the Ottawa Convention?"},
     ["Which NATO members are not party to the Ottawa Convention?"]),
    ("query/remains", {"a": "US", "b": "Russia", "on": "2021-05-28"}, ["--a", "US", "--b", "Russia", "--on", "2021-05-28"]),
    ("query/parties-on", {"instrument": "Open Skies"}, ["--instrument", "Open Skies"]),
    ("query", {}, []),
]  # fmt: skip


@pytest.mark.parametrize(("path", "params", "words"), CASES)
def test_the_json_is_that_of_the_command_line(
    client: httpx.Client, path: str, params: dict[str, str], words: list[str]
) -> None:
    command = [*path.split("/"), *words, "--format", "json"]
    done = subprocess.run(
        [sys.executable, "-m", "treatygraph", *command], capture_output=True, text=True, check=True, cwd=Path.cwd()
    )
    answer = client.get(f"/api/{path}", params=params)
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == json.loads(done.stdout)


@pytest.mark.parametrize(
    ("path", "status", "part"),
    [
        ("between?a=US&b=Russai&on=2021-05-28", 404, "Russia"),
        ("between?a=US&b=US&on=2021-05-28", 400, "two powers"),
        ("between?a=US&b=Russia&on=1976", 400, "1976"),
        ("between?a=US&b=Russia&on=2021-13-01", 400, "2021-13-01"),
        ("between?a=US", 400, "b"),
        ("between?a=US&b=Russia&date=2021-05-28", 400, "'date' is no parameter of /api/between; it takes a, b, on"),
        ("between?a=US&b=Russia&on=2021-05-28&on=2022-05-28", 400, "'on' is given more than once"),
        ("between?a=US&b=Russia&reading=XYZ", 404, "XYZ"),
        ("between?a=US&b=Russia&topic=nonsense", 404, "nonsense"),
        ("status?instrument=NPT&day=2021-05-28", 400, "it takes instrument, on"),
        ("between?a=US&b=Russia&scope=some", 400, "scope"),
        ("between?a=Czechia&b=US&on=1985-01-01", 400, "Czechoslovakia"),
        ("status?instrument=NPTT", 404, "NPT"),
        ("ask?question=Is+France+a+happy+party+to+the+NPT", 400, "is understood by 'happy'"),
        ("ask?question=" + "x" * 501, 400, "500"),
        ("changes?on=2021-05-28", 400, "name one"),
        ("changes?since=2022-01-01&on=2021-05-28", 400, "earlier day first"),
        ("compare?a=US&b=Russia", 400, "one of the two"),
        ("upcoming?months=0", 400, "months"),
        ("cite?what=nothing-of-the-kind", 404, "nothing-of-the-kind"),
        ("show?name=" + "x" * 300, 400, "200"),
        ("query/remain", 404, "remains"),
        ("query/remains?c=1", 400, "c"),
        ("query/" + "%C3%A9" * 199, 404, "question"),
        ("nothing", 404, "page"),
    ],
)
def test_a_mistake_is_told_with_its_mend(client: httpx.Client, path: str, status: int, part: str) -> None:
    answer = client.get(f"/api/{path}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    found = answer.json()
    assert part in json.dumps(found, ensure_ascii=False)
    assert found["mend"]


def test_the_description_names_every_question(client: httpx.Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {f"/api/query/{question.name}" for question in catalogue()} <= set(paths)
    assert {"/sparql", "/api/between", "/api/status", "/api/timeline", "/api/show", "/api/claims", "/health"} <= set(
        paths
    )
    for path, operations in paths.items():
        for operation in operations.values():
            assert "422" not in operation["responses"], path


def test_the_description_is_true(web: str) -> None:
    load_all_checks()
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

    checks = [content_type_conformance, response_schema_conformance, status_code_conformance]
    schema = schemathesis.openapi.from_url(f"{web}/openapi.json")
    tried = 0
    found: Any
    for found in schema.get_all_operations():
        operation = found.ok()
        few = 12 if operation.path in ("/sparql", "/api/between", "/api/status") else 2

        @settings(max_examples=few, derandomize=True, deadline=None, database=None, phases=[Phase.generate],
                  suppress_health_check=list(HealthCheck))  # fmt: skip
        @given(case=operation.as_strategy())
        def answers(case: Any) -> None:
            nonlocal tried
            tried += 1
            response = case.call()
            assert response.status_code < 500 or response.status_code == 503, response.text
            if response.status_code == 503:
                assert response.headers["content-type"][0] == "application/problem+json"
            case.validate_response(response, checks=checks)

        answers()
    assert tried > 60
