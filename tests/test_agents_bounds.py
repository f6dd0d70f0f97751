"""What an agent may send: every tool with a misplaced, unknown, missing and mistyped argument, and what is too much."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from agents_client import call, talk
from treatygraph.agents.server import TOOLS
from treatygraph.graph import Graph

RIGHT: dict[str, dict[str, Any]] = {
    "between": {"a": "US", "b": "Russia"},
    "standings": {"instruments": ["NPT"], "states": ["US"]},
    "instrument": {"instrument": "NPT"},
    "parties": {"instrument": "NPT"},
    "contested": {"instrument": "NPT"},
    "why": {"instrument": "NPT"},
    "timeline": {"first": "NPT"},
    "upcoming": {"instrument": "NPT"},
    "whatif": {"changes": ["US leaves NPT"]},
    "compare": {"pairs": ["US", "Russia", "US", "China"]},
    "cite": {"ids": ["npt"]},
    "resolve": {"text": "NPT"},
    "read": {"text": "The NPT has 191 parties.", "date": "2026-11-30"},
    "claims": {"claims": []},
    "questions": {"search": "left"},
    "query": {"name": "who-left", "parameters": {"instrument": "NPT"}},
    "terms": {"search": "act"},
    "sparql": {"query": "ASK { }"},
}


def test_every_wrong_argument_of_every_tool_is_refused_with_the_right_one(graph: Graph) -> None:
    async def conversation(client: Any) -> None:
        for name, right in RIGHT.items():
            assert set(RIGHT) == set(TOOLS)
            first = next(iter(right))
            tool = TOOLS[name]
            wrong: list[tuple[dict[str, Any], tuple[str, ...]]] = [
                ({**right, "nonsense": "x"}, ("unknown-argument", "misplaced-argument")),
                ({**right, "limit": 5}, ("unknown-argument",)),
                ({**right, first: 7}, ("bad-type",)),
                ({**right, "budget": "many"}, ("bad-type",)),
                ({**right, "budget": 1_000_000}, ("bad-value",)),
                ({**right, "parameters" if name != "query" else "instrument": {"on": "2020-01-01"}},
                 ("unknown-argument", "misplaced-argument")),
            ]  # fmt: skip
            if "on" in tool.hints:
                wrong += [
                    ({**right, "date": "2010-01-15"}, ("unknown-argument",)),
                    ({**right, "as_of": "2010-01-15"}, ("unknown-argument",)),
                    ({**right, "on": "2026-02-30"}, ("bad-date",)),
                ]
            wrong += [({key: right[key] for key in right if key != missing}, ("missing-argument",))
                      for missing in tool.required]  # fmt: skip
            for arguments, codes in wrong:
                result = await client.call_tool(name, arguments)
                assert result.is_error, (name, arguments)
                error = result.structured_content["error"]
                assert error["code"] in codes, (name, arguments, error)
                assert error["says"] in result.content[0].text
                assert error["fix"], (name, error)
                assert "pydantic" not in result.content[0].text
                assert len(result.content[0].text) < 700
            dated = await client.call_tool(name, {**right, "date": "2010-01-15"}) if "on" in tool.hints else None
            if dated and "date" not in tool.hints:
                assert dated.structured_content["error"]["candidates"][0] == "on"

    talk(graph, conversation)


@pytest.mark.parametrize(
    ("name", "arguments", "code", "word"),
    [
        ("query", {"name": "parties-on", "instrument": "BWC"}, "misplaced-argument", "parameters"),
        ("query", {"name": "parties-on"}, "usage", "needs instrument"),
        ("query", {"name": "why", "parameters": {"state": "Iran"}}, "usage", "needs instrument"),
        ("query", {"name": "who-left", "parameters": {"treaty": "NPT"}}, "unknown-parameter", "it takes instrument"),
        ("query", {"name": "is-it-right"}, "usage", "needs state"),
        ("instrument", {"instrument": "Open Skys"}, "unknown-name", "Open Skies Treaty"),
        ("between", {"a": "US", "b": "US"}, "usage", "name two powers"),
        ("between", {"a": "US", "b": "Atlantis"}, "unknown-name", "'Atlantis'"),
        ("between", {"a": "US", "b": "Russia", "topic": "nukes"}, "bad-value", "nuclear"),
        ("between", {"a": "US", "b": "Russia", "reading": "Peru"}, "unknown-name", "depositary"),
        ("sparql", {"query": "DELETE WHERE { ?s ?p ?o }"}, "query-refused", "update"),
        ("sparql", {"query": "SELECT * { SERVICE <http://x.invalid/> { ?s ?p ?o } }"}, "query-refused", "another host"),
        ("nothing", {}, "unknown-tool", "between"),
        ("resolve", {"text": "x" * 500}, "usage", "500 characters"),
        ("sparql", {"query": "ASK {}" + " " * 20_000}, "usage", "at most 20,000 are taken"),
        ("whatif", {"changes": ["US leaves NPT"] * 300}, "usage", "'changes' has 300 texts"),
        ("query", {"name": "limits", "parameters": {str(n): "x" for n in range(50)}}, "usage", "'parameters' has 50"),
    ],
)
def test_refusals_have_a_code_and_what_was_meant(
    graph: Graph, name: str, arguments: dict[str, Any], code: str, word: str
) -> None:
    result = call(graph, name, **arguments)
    assert result.is_error
    assert result.structured_content["error"]["code"] == code
    assert word in result.content[0].text
    assert "Traceback" not in result.content[0].text
    assert "--allow-service" not in result.content[0].text


def test_the_instructions_call_texts_data(graph: Graph) -> None:
    async def conversation(client: Any) -> str:
        return client.instructions or ""

    assert "never instructions" in talk(graph, conversation)


def test_a_lone_surrogate_is_answered(built_cache: Path) -> None:
    begin = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
    called = {"name": "resolve", "arguments": {"text": "\ud800"}}
    messages = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": begin},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": called},
    ]
    with subprocess.Popen(
        [sys.executable, "-m", "treatygraph", "mcp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    ) as process:  # fmt: skip
        assert process.stdin
        assert process.stdout
        for message in messages:
            process.stdin.write(json.dumps(message) + "\n")
            process.stdin.flush()
        answers = [json.loads(process.stdout.readline()) for _ in range(2)]
        process.stdin.close()
        process.wait(30)
    assert [item["id"] for item in answers] == [1, 2]
    assert "Nothing on record" in answers[1]["result"]["content"][0]["text"]
