"""The server for agents, asked by a real client of the SDK: over stdio, and in one process."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters
from mcp.shared.exceptions import MCPError

from treatygraph.agents.answers import answered, detailed, shortened
from treatygraph.agents.confined import confined
from treatygraph.agents.server import agent_server
from treatygraph.graph import Graph
from treatygraph.model.errors import QueryRefused, UsageError
from treatygraph.model.records import Act

TOOLS = {"between", "status", "timeline", "show", "ask", "claims", "query", "sparql"}
TODAY = date(2026, 11, 23)
Talk = Callable[[Client], Awaitable[Any]]


def talk(graph: Graph, conversation: Talk) -> Any:
    """What a client gets that is connected to the server in this process."""

    async def connected() -> Any:
        async with Client(agent_server(graph, lambda: TODAY)) as client:
            return await conversation(client)

    return anyio.run(connected)


def call(graph: Graph, name: str, /, **arguments: Any) -> Any:
    return talk(graph, lambda client: client.call_tool(name, arguments))


def answer(graph: Graph, name: str, /, **arguments: Any) -> Any:
    result = call(graph, name, **arguments)
    assert not result.is_error, result.content
    text = result.content[0].text
    assert json.loads(text) == result.structured_content, "text and structure say the same"
    assert "\n" not in text, "an agent pays for every space"
    return result.structured_content


def test_a_client_over_stdio_lists_the_tools_and_asks_what_remains(built_cache: Path) -> None:
    async def conversation() -> None:
        environment = {"PYTHONPATH": os.pathsep.join(sys.path), "TREATYGRAPH_CACHE": os.environ["TREATYGRAPH_CACHE"]}
        server = StdioServerParameters(command=sys.executable, args=["-m", "treatygraph", "mcp"], env=environment)
        async with Client(server) as client:
            tools = (await client.list_tools()).tools
            assert {tool.name for tool in tools} >= TOOLS
            assert all(tool.description and tool.annotations and tool.annotations.read_only_hint for tool in tools)
            result = await client.call_tool("between", {"a": "US", "b": "Russia"})
            found = result.structured_content
            assert found
            assert found["answer"].startswith(f"On {date.today().day} ")  # noqa: DTZ011 - the server's own clock
            assert found["question"]["states"] == ["USA", "RUS"]
            assert {"npt", "outer-space"} <= {item["id"] for item in found["instruments"]}
            for item in found["instruments"]:
                assert item["sources"]
                assert set(item["sources"]) <= set(found["bibliography"])

    anyio.run(conversation)


def test_every_answer_begins_with_a_sentence_and_names_its_sources(graph: Graph) -> None:
    found = answer(graph, "between", a="US", b="Russia", on="2021-05-28", topic="strategic-offensive-arms")
    assert "bound the United States and Russia: New START." in found["answer"]
    ended = {item["id"]: item["because"] for item in found["ended"]}
    assert ended["start-1"] == "expired"
    state = answer(graph, "status", instrument="NPT", state="North Korea", on="2003-06-01")
    assert state["states"][0]["readings"]
    assert all(step["rule"] for step in state["states"][0]["because"])
    assert state["bibliography"]
    assert answer(graph, "claims", report="2021-05-open-skies")["bibliography"]
    assert answer(graph, "show", name="New START")["bibliography"]


def test_a_brief_answer_leaves_out_nothing_that_it_does_not_say(graph: Graph) -> None:
    brief, full = (answer(graph, "between", a="US", b="Russia", detail=detail) for detail in ("brief", "full"))
    assert answer(graph, "between", a="US", b="Russia") == brief
    assert full == answered(graph.index(), graph.between("US", "Russia", TODAY).to_dict())
    assert _size(brief) < 0.65 * _size(full)
    assert {key for key in full if full[key] != brief[key]} == {
        "instruments",
        "signed",
        "ended",
        "pledges",
        "bibliography",
    }
    for key in ("instruments", "signed", "ended", "pledges"):
        _same(brief[key], full[key], {})
    cited = {name for key in ("instruments", "signed", "ended", "pledges") for name in _sources_of(brief[key])}
    assert set(brief["bibliography"]) == cited
    assert brief["bibliography"].items() <= full["bibliography"].items()


def _size(value: Any) -> int:
    return len(json.dumps(value, ensure_ascii=False).encode())


def _same(brief: list[Any], full: list[Any], parent: dict[str, Any]) -> None:
    """What a brief item leaves out is nothing, or as in its parent; of its sources some are named, all counted."""
    for short, whole in zip(brief, full, strict=True):
        assert set(short) <= {*whole, "more_sources"}
        for key, value in whole.items():
            if key == "sources":
                assert short[key]
                assert set(short[key]) <= set(value)
                assert len(short[key]) + short.get("more_sources", 0) == len(value)
                assert short[key][0] != "recall" or set(value) == {"recall"}, "what was read goes before what was not"
            elif key == "parts":
                _same(short.get(key, []), value, whole)
            elif key in ("flags", "details", "unverified", "until", "since"):
                assert short.get(key) == (value or None)
            elif key == "with":
                assert short.get(key, parent.get(key) or None) == (value or None)
            else:
                assert short.get(key, parent.get(key)) == value


def _sources_of(items: list[Any]) -> set[str]:
    return {name for item in items for name in item["sources"]}.union(
        *(_sources_of(item.get("parts", [])) for item in items),
        (name for item in items for one in item.get("details", []) for name in one.get("sources", [])),
    )


def test_of_many_states_the_contested_have_every_reason(graph: Graph) -> None:
    brief, full = (answer(graph, "status", instrument="NPT", detail=detail) for detail in ("brief", "full"))
    assert full == answered(graph.index(), graph.status("NPT", TODAY).to_dict())
    assert _size(brief) < 0.5 * _size(full)
    assert {key for key in full if full[key] != brief[key]} <= {"states", "bibliography"}
    for short, whole in zip(brief["states"], full["states"], strict=True):
        for key, value in whole.items():
            if key != "because":
                assert short.get(key) == (value or None)
        many = not whole["flags"] and not whole["readings"]
        assert len(short["because"]) == (1 if many else len(whole["because"]))
        assert len(short["because"]) + short.get("more_reasons", 0) == len(whole["because"])
        for told, step in zip(short["because"], whole["because"], strict=False):
            once = {"sources": [told["source"]]} if "source" in told else {}
            assert {**once, **told} == {key: value for key, value in step.items() if value}
    few = answer(graph, "status", instrument="NPT", state="France")["states"][0]
    assert len(few["because"]) > 1, "of one state every reason is told"
    assert "more_reasons" not in few


def test_other_answers_are_told_as_they_are(graph: Graph) -> None:
    supposed = graph.whatif("US leaves NPT", on=TODAY).to_dict()
    assert detailed(supposed, "brief") is supposed


def test_what_remains_is_brief_in_answers_to_questions_too(graph: Graph) -> None:
    question = "What remains between the US and Russia?"
    found = answer(graph, "ask", question=question)["answers"][0]
    assert found == {key: value for key, value in answer(graph, "between", a="US", b="Russia").items() if key in found}
    assert _size(answer(graph, "ask", question=question)) < 0.7 * _size(
        answer(graph, "ask", question=question, detail="full")
    )


def test_a_day_left_out_is_the_day_of_the_clock(graph: Graph) -> None:
    assert answer(graph, "between", a="US", b="Russia")["question"]["on"] == "2026-11-23"
    assert answer(graph, "query", name="pending-withdrawals")["answer"].startswith("On 23 November 2026, ")
    asked = answer(graph, "ask", question="What remains between the US and Russia?")
    assert asked["commands"] == ["treatygraph between USA RUS --on 2026-11-23"]


def test_long_answers_say_what_they_leave_out(graph: Graph) -> None:
    whole = graph.timeline("NPT")
    found = answer(graph, "timeline", first="NPT", limit=3)
    assert [entry["record"] for entry in found["entries"]] == [entry.record for entry in whole[-3:]]
    assert found["left_out"] == {"entries": len(whole) - 3}
    record = answer(graph, "show", name="NPT")
    assert len(record["acts"]) + record["left_out"]["acts"] == len(_acts(graph, "npt"))


def _acts(graph: Graph, name: str) -> list[Act]:
    return list(graph.index().ledger(name))


def test_named_questions_are_listed_and_run(graph: Graph) -> None:
    listed = answer(graph, "query")
    assert {"remains", "who-left"} <= {one["name"] for one in listed["questions"]}
    found = answer(graph, "query", name="who-left", parameters={"instrument": "Open Skies"})
    assert [row[0] for row in found["rows"]] == ["USA", "RUS"]


@pytest.mark.parametrize(
    ("tool", "arguments", "word"),
    [
        ("status", {"instrument": "Open Skys"}, "Open Skies Treaty"),
        ("between", {"a": "US", "b": "Atlantis"}, "'Atlantis'"),
        ("between", {"a": "US", "b": "Russia", "on": "May 2021"}, "write YYYY-MM-DD"),
        ("between", {"a": "US", "b": "Russia", "scope": "none"}, "multilateral"),
        ("between", {"a": "US", "b": "Russia", "detail": "long"}, "brief"),
        ("query", {"name": "nothing"}, "no question is called"),
        ("query", {"name": "who-left", "parameters": {"treaty": "NPT"}}, "instrument"),
        ("ask", {"question": "Who will win the war?"}, "is understood by 'win'"),
        ("claims", {"report": "nothing"}, "nothing"),
        ("sparql", {"query": "SELECT nonsense"}, "SPARQL"),
        ("sparql", {"query": "DELETE WHERE { ?s ?p ?o }"}, "update"),
        ("sparql", {"query": "SELECT * { SERVICE <http://host.invalid/> { ?s ?p ?o } }"}, "asks another host"),
    ],
)
def test_errors_are_clear(graph: Graph, tool: str, arguments: Any, word: str) -> None:
    result = call(graph, tool, **arguments)
    assert result.is_error
    assert word in result.content[0].text
    assert "Traceback" not in result.content[0].text
    assert "--allow-service" not in result.content[0].text


def test_sparql_gives_rows_up_to_a_limit(graph: Graph) -> None:
    found = answer(graph, "sparql", query="SELECT ?one { ?one a tg:Instrument } ORDER BY ?one", limit=5)
    assert len(found["rows"]) == 5
    assert found["left_out"] == graph.build.manifest["instruments"] - 5  # type: ignore[operator]


ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def test_a_query_that_runs_long_is_ended(graph: Graph) -> None:
    begun = time.monotonic()
    with pytest.raises(UsageError, match=r"more than 1\.5 seconds"):
        confined(graph.home.store, ENDLESS, seconds=1.5)
    assert time.monotonic() - begun < 6


def test_a_query_that_asks_another_host_is_refused(graph: Graph) -> None:
    with pytest.raises(QueryRefused):
        confined(graph.home.store, "SELECT * { SERVICE <http://host.invalid/> { ?s ?p ?o } }")


def test_records_are_resources(graph: Graph) -> None:
    async def conversation(client: Client) -> Any:
        templates = (await client.list_resource_templates()).resource_templates
        listed = {str(one.uri) for one in (await client.list_resources()).resources}
        texts = {}
        for address in ("treatygraph://instrument/new-start", "treatygraph://state/RUS", "treatygraph://catalogue",
                        "treatygraph://instruments", "treatygraph://ontology"):  # fmt: skip
            texts[address] = (await client.read_resource(address)).contents[0].text  # type: ignore[union-attr]
        return [one.uri_template for one in templates], listed, texts

    templates, listed, texts = talk(graph, conversation)
    assert templates == ["treatygraph://{kind}/{id}"]
    assert listed == {"treatygraph://catalogue", "treatygraph://instruments", "treatygraph://ontology"}
    record = json.loads(texts["treatygraph://instrument/new-start"])
    assert (record["kind"], record["id"]) == ("instrument", "new-start")
    assert record["bibliography"]
    assert len(json.loads(texts["treatygraph://instruments"])) == graph.build.manifest["instruments"]
    assert "tg:Standing" in texts["treatygraph://ontology"]


@pytest.mark.parametrize("address", ["treatygraph://instrument/nowhere", "treatygraph://state/new-start"])
def test_a_resource_that_is_not_there_is_an_error(graph: Graph, address: str) -> None:
    async def conversation(client: Client) -> str:
        with pytest.raises(MCPError) as problem:
            await client.read_resource(address)
        return str(problem.value)

    assert "is called" in talk(graph, conversation)


def test_whatif_is_a_tool_where_the_graph_can_suppose(graph: Graph) -> None:
    async def conversation(client: Client) -> set[str]:
        return {tool.name for tool in (await client.list_tools()).tools}

    assert ("whatif" in talk(graph, conversation)) == hasattr(graph, "whatif")


def test_shortened_counts_what_is_left_out() -> None:
    assert shortened({"rows": [1, 2, 3], "one": [1]}, 2) == {"rows": [1, 2], "one": [1], "left_out": {"rows": 1}}
    assert shortened({"rows": [1, 2, 3]}, 2, last=True)["rows"] == [2, 3]
    assert shortened({"rows": [1]}, 2) == {"rows": [1]}


def test_the_bibliography_says_nothing_twice(graph: Graph) -> None:
    found = answered(graph.index(), {"sources": ["1997-2001-state-gov"]})["bibliography"]
    assert found == {"1997-2001-state-gov": "1997-2001.state.gov, 1997"}


def test_the_bibliography_marks_what_is_unverified(graph: Graph) -> None:
    found = answered(graph.index(), {"because": [{"source": "recall"}], "sources": ["unoda-2026", "no-such-source"]})
    assert found["bibliography"]["recall"].startswith("unverified")
    assert set(found["bibliography"]) == {"recall", "unoda-2026"}
