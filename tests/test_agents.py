"""The server for agents, asked by a real client of the SDK: what it answers, in which size, with which sources."""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import anyio
import pytest
from jsonschema import Draft202012Validator
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters

from agents_client import TODAY, answer, call, talk
from treatygraph.agents.confined import confined
from treatygraph.agents.server import TOOLS
from treatygraph.answers.contested import contested
from treatygraph.graph import Graph
from treatygraph.model.errors import QueryRefused, UsageError

CALLS: list[tuple[str, dict[str, Any]]] = [
    ("between", {"a": "US", "b": "Russia"}),
    ("between", {"a": "NATO", "b": "Russia", "on": "2010-01-01"}),
    ("between", {"a": "US", "b": "Russia", "show": "ended"}),
    ("standings", {"instruments": ["NPT", "CTBT", "TPNW"], "states": ["nuclear-armed states"]}),
    ("standings", {"instruments": ["Open Skies"], "states": ["US"]}),
    ("instrument", {"instrument": "New START"}),
    ("parties", {"instrument": "CTBT", "standing": "signatory"}),
    ("parties", {"instrument": "NPT"}),
    ("contested", {}),
    ("why", {"instrument": "Open Skies", "state": "US"}),
    ("timeline", {"first": "New START"}),
    ("upcoming", {"months": 60}),
    ("whatif", {"changes": ["US leaves NPT"]}),
    ("compare", {"pairs": ["US", "Russia", "US", "China"]}),
    ("cite", {"ids": ["inf", "unoda-2026"], "style": "bibtex"}),
    ("resolve", {"text": "Korea"}),
    ("read", {"text": "The United States withdrew from the INF Treaty on 2 August 2019.", "date": "2019-08-03"}),
    ("read", {"text": "The NPT may one day perhaps have been about to be signed by nobody.", "date": "2019-08-03"}),
    ("claims", {"claims": [{"id": "c", "says": "…", "check": "act-on", "instrument": "NPT", "state": "PRK",
                            "act": "notice-of-withdrawal", "on": "2003-01-10"}]}),
    ("questions", {}),
    ("query", {"name": "who-left", "parameters": {"instrument": "Ottawa Convention"}}),
    ("terms", {"search": "withdrawal notice"}),
    ("sparql", {"query": "SELECT ?s { ?s a tg:Instrument } ORDER BY ?s"}),
]  # fmt: skip


def test_a_client_over_stdio_lists_the_tools_and_asks_what_remains(built_cache: Path) -> None:
    async def conversation() -> None:
        environment = {"PYTHONPATH": os.pathsep.join(sys.path), "TREATYGRAPH_CACHE": os.environ["TREATYGRAPH_CACHE"]}
        server = StdioServerParameters(command=sys.executable, args=["-m", "treatygraph", "mcp"], env=environment)
        async with Client(server) as client:
            tools = (await client.list_tools()).tools
            assert [tool.name for tool in tools] == list(TOOLS)
            result = await client.call_tool("between", {"a": "US", "b": "Russia"})
            assert result.structured_content
            assert result.structured_content["answer"].startswith(f"On {date.today().day} ")  # noqa: DTZ011

    anyio.run(conversation)


def test_every_tool_has_a_title_hints_and_real_schemas(graph: Graph) -> None:
    tools = talk(graph, lambda client: client.list_tools()).tools
    for tool in tools:
        assert tool.title
        assert tool.annotations.read_only_hint
        assert tool.annotations.idempotent_hint
        assert tool.input_schema["additionalProperties"] is False
        assert '"null"' not in json.dumps(tool.input_schema), tool.name
        for schema in (tool.input_schema, tool.output_schema):
            Draft202012Validator.check_schema(schema)
        assert all(schema.get("description") for schema in tool.input_schema["properties"].values()), tool.name
        assert tool.output_schema["properties"]["lines"]["items"]["properties"], tool.name
    dated = [tool for tool in tools if "on" in tool.input_schema["properties"]]
    assert all(tool.input_schema["properties"]["on"]["format"] == "date" for tool in dated)
    assert len(json.dumps([tool.input_schema for tool in tools])) < 26_000, "an agent pays for the list in every talk"


def test_answers_are_of_their_schema_within_budget_and_cite_records(graph: Graph) -> None:
    async def conversation(client: Any) -> None:
        schemas = {tool.name: tool.output_schema for tool in (await client.list_tools()).tools}
        for name, arguments in CALLS:
            result = await client.call_tool(name, arguments)
            text, form = result.content[0].text, result.structured_content
            assert not result.is_error, text
            problem = next(Draft202012Validator(schemas[name]).iter_errors(form), None)
            assert problem is None, (name, problem and problem.message)
            assert text.startswith(form["answer"])
            assert max(len(text), len(json.dumps(form, ensure_ascii=False, separators=(",", ":")))) <= 6300, name
            for line in form.get("lines", []):
                assert "" not in line.values(), "what is empty is left out"
            sources = form.get("sources", [])
            pages = [bool(source.get("url")) and "github.com" not in source["url"] for source in sources]
            assert pages == sorted(pages, reverse=True), f"{name}: those with a page come first"
            assert ("cursor" in form) == ("left_out" in form)

    talk(graph, conversation)


def test_a_cursor_goes_on_and_is_of_one_call(graph: Graph) -> None:
    _, form = answer(graph, "parties", instrument="NPT", budget=400)
    names = [line["state"] for line in form["lines"]]
    while "cursor" in form:
        cursor = form["cursor"]
        _, form = answer(graph, "parties", instrument="NPT", budget=2000, cursor=cursor)
        names += [line["state"] for line in form["lines"]]
    bound = [item.state for item in graph.status("NPT", TODAY).states if item.standing == "party"]
    assert names == bound
    refused = call(graph, "parties", instrument="BWC", cursor=cursor)
    assert refused.is_error
    assert refused.structured_content["error"]["code"] == "bad-cursor"


def test_counts_come_without_lists_and_lists_by_filter(graph: Graph) -> None:
    text, form = answer(graph, "parties", instrument="NPT", count_only=True)
    assert "191 parties" in text
    assert "lines" not in form
    assert form["counts"]["party"] == 191
    _, form = answer(graph, "parties", instrument="CTBT", standing="signatory")
    assert {line["state"] for line in form["lines"]} >= {"USA", "CHN", "EGY", "IRN", "ISR", "RUS"}
    _, form = answer(graph, "parties", instrument="BWC", not_in="CWC")
    assert not {"USA", "RUS"} & {line["state"] for line in form.get("lines", [])}
    _, form = answer(graph, "parties", instrument="TPNW", joined_since="2024-01-01")
    assert all(line["since"] >= "2024" for line in form["lines"])
    _, form = answer(graph, "parties", instrument="Open Skies", left_since="2020-01-01")
    assert {line["state"] for line in form["lines"]} == {"USA", "RUS"}


def test_what_is_suspended_stands_in_the_first_sentence(graph: Graph) -> None:
    text, _ = answer(graph, "instrument", instrument="CFE")
    assert "claim suspension" in text.splitlines()[0]
    text, _ = answer(graph, "between", a="US", b="Russia", on="2023-06-01", topic="strategic-offensive-arms")
    assert "claims to have suspended it" in text.splitlines()[0]
    text, _ = answer(graph, "between", a="US", b="Russia", on="2030-01-01")
    assert "if nothing happened" in text.splitlines()[0]


@pytest.mark.parametrize(
    ("tool", "arguments", "told", "never"),
    [
        ("between", {"a": "India", "b": "Pakistan", "topic": "crisis-communication"}, "DGMO hot line (unverified).", "~"),
        ("standings", {"instruments": ["ecowas-convention"], "states": ["Mali"]},
         "(since 2009-09-29, unverified); Mali was a party, as of 5 March 2010.", "~"),
        ("instrument", {"instrument": "unscr-2231", "parts": ["summary"]}, "- adopted: 2015-07-20", "signed:"),
        ("instrument", {"instrument": "pmda", "parts": ["summary"]},
         "counted here as terminated since 6 November 2025, as Russia holds", "reading 'depositary'"),
        ("between", {"a": "US", "b": "Russia", "topic": "fissile-material", "show": "ended"},
         "termination by Russia; contested: by its clauses alone it stands", "by RUS"),
        ("contested", {"state": "Taiwan", "instrument": "NPT"}, "rejected by China, not on the depositary's list",
         "China and the depositary"),
        ("timeline", {"first": "rarotonga-p1"}, "Rarotonga Protocol 1: in force (unverified)", "~"),
        ("contested", {"by": "Iran"}, "UNSCR 2231", "nothing of this"),
        ("contested", {"state": "Iran"}, "UNSCR 2231", "nothing of this"),
        ("standings", {"instruments": ["NSG", "MTCR"], "states": ["India", "China"]},
         "Nuclear Suppliers Group as of 1 January 2022", "~"),
        ("parties", {"instrument": "TPNW", "count_only": True}, "states that signed only", "25 signatories"),
        ("resolve", {"text": "UNSCR 1718", "kinds": ["instrument"]}, "UNSCR 1718", "UNSCR 715"),
        ("query", {"name": "limits", "parameters": {"instrument": "Outer Space Treaty"}},
         "no limits in numbers on record", "sets no limits"),
        ("timeline", {"first": "Sweden", "since": "2017-01-01", "types": ["signature"]},
         "No acts and events of the type signature are on record of Sweden", "~"),
        ("between", {"a": "UK", "b": "France", "topic": "nuclear", "scope": "bilateral"}, "France on record.", "~"),
        ("standings", {"instruments": ["versailles-1919", "finland-peace-1947"], "states": ["Sweden", "US"],
                       "on": "1950-01-01"}, "USA the United States: versailles-1919 signatory", "not known"),
        ("standings", {"instruments": ["italy-peace-1947"], "states": ["Mexico"], "on": "1953-01-01"},
         "is not known to have been a party", "no standing"),
        ("parties", {"instrument": "CTBT", "group": "Annex 2 states", "count_only": True},
         "35 states bound by it, or that have consented to be, of Annex 2 states.", "~"),
        ("query", {"name": "limits-on-state", "parameters": {"a": "Russia", "of": "warheads"}},
         "number 1550; since 2011-02-05; until 2026-02-05", "~"),
        ("cite", {"ids": ["New START"]}, "Signed at Prague; entered into force 2011-02-05. 8 April 2010", "~"),
        ("cite", {"ids": ["italy-peace-1947"], "style": "csl"}, '"type": "treaty"', "{'"),
        ("read", {"text": "North Korea withdrew from the NPT in 2003."}, "the reading of PRK: out since", "reading of CAN"),
    ],
)  # fmt: skip
def test_no_answer_says_more_than_is_known(
    graph: Graph, tool: str, arguments: dict[str, Any], told: str, never: str
) -> None:
    text, _ = answer(graph, tool, **arguments)
    assert told in text
    assert never not in text


def test_a_dispute_has_one_answer_at_every_tool(graph: Graph) -> None:
    """Every contested standing of the day: the same standing and the same views, whoever is asked."""
    disputes = contested(graph.index(), TODAY).disputes
    assert len(disputes) > 20

    async def conversation(client: Any) -> None:
        for item in (item for item in disputes if item.state):
            asked = {"instruments": [item.instrument], "states": [item.state]}
            cell = (await client.call_tool("standings", asked)).structured_content["lines"][0]["standings"][
                item.instrument
            ]
            assert cell["standing"] == item.record_says
            for view in item.views:
                holds = "no standing" if view.holds == "none" else view.holds.replace("-", " ")
                assert holds in cell["otherwise"], (item.instrument, item.state)
            why = await client.call_tool("why", {"instrument": item.instrument, "state": item.state, "part": "law"})
            sentence = why.structured_content["answer"]
            says = "had no standing" if item.record_says == "none" else item.record_says.replace("-", " ")
            assert says in sentence
            assert "contested" in sentence or "hold" in sentence, sentence
            row = (
                await client.call_tool("contested", {"instrument": item.instrument, "state": item.state})
            ).structured_content
            lines = [line for line in row["lines"] if line.get("state") == item.state]
            assert [line["record_says"] for line in lines] == [item.record_says]
        named = graph.query("contested-on", today=TODAY)
        rows = {(row[0], row[2], row[4]) for row in named.rows}
        assert rows == {(item.instrument, item.state, view.holds) for item in disputes for view in item.views}

    talk(graph, conversation)


def test_links_and_resources_explain_rules_records_topics_and_views(graph: Graph) -> None:
    async def conversation(client: Any) -> None:
        result = await client.call_tool("why", {"instrument": "Open Skies", "state": "US"})
        links = [str(item.uri) for item in result.content if item.type == "resource_link"]
        assert "treatygraph://rule/R23" in links
        assert "treatygraph://instrument/open-skies" in links
        for uri, word in (
            ("treatygraph://rule/R23", "A withdrawal takes effect when all addressees have received the notice"),
            ("treatygraph://instrument/new-start", '"bibliography"'),
            ("treatygraph://topic/nuclear-testing", "ctbt"),
            ("treatygraph://reading/PRK", "NPT"),
            ("treatygraph://catalogue", "who-left"),
            ("treatygraph://ontology", "tg:Standing"),
        ):
            contents = (await client.read_resource(uri)).contents
            assert word in contents[0].text
        templates = (await client.list_resource_templates()).resource_templates
        assert {item.uri_template for item in templates} >= {"treatygraph://rule/{rule}", "treatygraph://{kind}/{id}"}

    talk(graph, conversation)


def test_ids_names_topics_and_readings_are_completed(graph: Graph) -> None:
    from mcp.types import PromptReference, ResourceTemplateReference

    async def conversation(client: Any) -> None:
        record = ResourceTemplateReference(uri="treatygraph://{kind}/{id}")
        for reference, name, value, word in (
            (record, "id", "new-st", "new-start"),
            (ResourceTemplateReference(uri="treatygraph://topic/{topic}"), "topic", "nuclear-t", "nuclear-testing"),
            (ResourceTemplateReference(uri="treatygraph://reading/{reading}"), "reading", "pr", "PRK"),
            (PromptReference(name="brief-on-pair"), "a", "unit", "United States"),
            (PromptReference(name="treaty-profile"), "instrument", "open", "Open Skies Treaty"),
        ):
            done = await client.complete(reference, {"name": name, "value": value})
            assert word in done.completion.values

    talk(graph, conversation)


def test_prompts_say_which_tools_to_use(graph: Graph) -> None:
    async def conversation(client: Any) -> None:
        prompts = {item.name for item in (await client.list_prompts()).prompts}
        assert prompts == {"fact-check", "brief-on-pair", "treaty-profile", "brief-on-dispute"}
        for name, arguments in (
            ("fact-check", {"text": "Ignore this."}), ("brief-on-pair", {"a": "US", "b": "Russia"}),
            ("treaty-profile", {"instrument": "NPT"}), ("brief-on-dispute", {"instrument": "NPT"}),
        ):  # fmt: skip
            text = (await client.get_prompt(name, arguments)).messages[0].content.text
            assert any(f"{tool}" in text for tool in TOOLS)

    talk(graph, conversation)


ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def test_a_query_that_runs_long_is_ended_and_one_that_asks_another_host_refused(graph: Graph) -> None:
    with pytest.raises(UsageError, match=r"more than 1\.5 seconds"):
        confined(graph.home.store, ENDLESS, seconds=1.5)
    with pytest.raises(QueryRefused):
        confined(graph.home.store, "SELECT * { SERVICE <http://host.invalid/> { ?s ?p ?o } }")
