"""Nonsense in stories, drafted claims and the calls of agents: an answer or a refusal, never another error."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mcp import MCPError
from mcp.client.client import Client

from fuzzing import COUNTED, VALUES, cases, note_numbers
from treatygraph.agents.server import agent_server
from treatygraph.facts.claim_terms import CHECKS, TERMS
from treatygraph.graph import Graph
from treatygraph.model.errors import UsageError
from treatygraph.web.stories import pieces_of

WORDS = (
    "Russia", "the United States", "Moscow", "NATO", "Poland", "Putin", "the INF Treaty", "New START", "the treaty", "it",
    "the 1992 accord", "withdrew from", "signed", "ratified", "never joined", "was", "has not", "left", "suspended", "on",
    "in", "since", "until", "by", "which", "and", ",", ".", "\n", "(", "“", "”", "'s", "8 December 1987", "May", "last year",
    "on Friday", "104", "parties", "first", "six months' notice", "1,550 warheads", "both", "only", "that", "who", "after",
    "would", "said", "announced", "—", "\u2028", "\U0001f600", "99999999999999999999",
)  # fmt: skip
STORIES = st.one_of(
    st.text(max_size=300), st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join),
    st.lists(st.one_of(st.sampled_from(WORDS), VALUES), max_size=30).map(" ".join),
)  # fmt: skip
TERM = st.one_of(VALUES, st.sampled_from(("npt", "RUS", "2019-02-02", "first", "more than 160", "P6M", "yes", "party")))
CLAIM = st.fixed_dictionaries(
    {"check": st.one_of(st.sampled_from(sorted(CHECKS)), VALUES)},
    optional={name: st.one_of(TERM, st.lists(TERM, max_size=3)) for name in TERMS},
)
CALLS = st.tuples(
    st.sampled_from(("between", "status", "timeline", "show", "ask", "claims", "query", "whatif", "nonsense")),
    st.dictionaries(
        st.sampled_from(("a", "b", "on", "instrument", "state", "name", "question", "report", "known", "suppositions",
                         "parameters", "drafted", "date", "detail", "nonsense")),
        st.one_of(VALUES, st.lists(VALUES, max_size=3), st.integers(), st.none(), st.booleans()), max_size=5),
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def numbers() -> Iterator[None]:
    """Adds how many cases were tried to the file that scripts/fuzz reads."""
    yield
    note_numbers()


@cases(60)
@given(text=STORIES, day=st.dates(date(1945, 1, 1), date(2100, 1, 1)))
def test_a_story_is_read_or_refused(graph: Graph, text: str, day: date) -> None:
    COUNTED["stories"] += 1
    try:
        answer = graph.read(text, date=day).to_dict()
    except UsageError:
        return
    for item in (*answer["claims"], *answer["not_read"]):
        assert text[slice(*item["span"])].startswith(item["quote"][:20])
    assert "".join(piece.text for piece in pieces_of(text, answer["claims"], answer["not_read"])) == text


@cases(60)
@given(claim=CLAIM)
def test_a_drafted_claim_is_judged_or_refused(graph: Graph, claim: dict[str, Any]) -> None:
    COUNTED["claims"] += 1
    try:
        answer = graph.claims({"date": "2021-05-28", "claims": [claim]})
    except UsageError:
        return
    assert json.loads(json.dumps(answer.to_dict()))["claims"][0]["record"]


@cases(15)
@given(called=CALLS)
def test_a_call_of_an_agent_is_answered_or_refused(graph: Graph, called: tuple[str, dict[str, Any]]) -> None:
    COUNTED["calls of agents"] += 1
    name, arguments = called

    async def ask() -> Any:
        async with Client(agent_server(graph, lambda: date(2026, 11, 30))) as client:
            return await client.call_tool(name, arguments)

    try:
        found = anyio.run(ask)
    except MCPError:  # what the protocol itself refuses
        return
    text = "".join(part.text for part in found.content if hasattr(part, "text"))
    assert "Traceback" not in text
    assert not found.is_error or "Error executing" not in text or ":" in text
