"""A query that is nested too deeply is refused before the engine sees it: the engine would take the process along."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatygraph.model.errors import UsageError
from treatygraph.triplestore.guard import guard
from treatygraph.triplestore.nesting import DEPTH, OPERATORS, refuse_nesting

DEEP = {
    "braces": ("SELECT * {", "{", "", "}", "}"),
    "parentheses": ("SELECT * { ?s ?p ?o FILTER(", "(", "1", ")", ") }"),
    "collections": ("SELECT * { ?s ?p ", "(", "1", ")", " }"),
    "blank nodes": ("SELECT * { ?s ?p ", "[<a:b> ", "1", "]", " }"),
    "calls": ("SELECT * { ?s ?p ?o FILTER(", "STR(", "1", ")", ") }"),
    "exists": ("SELECT * {", "FILTER EXISTS {", "?s ?p ?o", "}", "}"),
    "paths": ("SELECT * { ?s ", "(", "<a:b>", ")", " ?o }"),
    "a mark in an address": ("SELECT * { <x:it's> <x:p#> ?o ", "{", "", "}", "}"),
    "after a comparison": ("SELECT * { ?s ?p ?o FILTER(?s<?o&&'>'='>' && ", "(", "1", ")", ") }"),
    "comments between": ("SELECT * {", "{ # }\n", "", "}", "}"),
    "strings between": ('SELECT * { ?s ?p "}}" ', '{ ?s ?p "\\"}" ', "", "}", "}"),
}


@pytest.mark.parametrize("name", DEEP)
def test_what_is_nested_too_deeply_is_refused(name: str) -> None:
    begin, opening, middle, closing, end = DEEP[name]
    with pytest.raises(UsageError, match="brackets deep; at most 100 are read: nest it less"):
        refuse_nesting(begin + opening * (DEPTH + 1) + middle + closing * (DEPTH + 1) + end)
    refuse_nesting(begin + opening * (DEPTH // 2) + middle + closing * (DEPTH // 2) + end)


@pytest.mark.parametrize("mark", ["!", "1+", "1*", "?a-", "?a-1-", "?a||", "?a&&", "<a:b>/", "{} UNION "])
def test_a_chain_without_end_is_refused(mark: str) -> None:
    with pytest.raises(UsageError, match="operators, at most"):
        refuse_nesting("SELECT * { " + mark * (OPERATORS + 1))


@pytest.mark.parametrize(
    "text",
    [
        'SELECT * { ?s ?p "' + "(" * 5000 + '" }',
        "SELECT * { ?s ?p '''" + "{\n" * 5000 + "''' }",
        "SELECT * { # " + "[" * 5000 + "\n }",
        "SELECT * { VALUES ?i { " + "tg:new-start-treaty tg:a.b-c <x:a-b/c*d> " * 2000 + "} }",
        "SELECT * { " + "{ ?s ?p ?o } " * 500 + "}",
    ],
)
def test_what_only_looks_deep_is_read(text: str) -> None:
    refuse_nesting(text)


@given(st.text(alphabet="(){}[]<>'\"#\\!+-*/|&^ \n?aU:", max_size=300))
def test_no_text_breaks_the_count(text: str) -> None:
    try:
        refuse_nesting(text * 40)
    except UsageError as problem:
        assert "at most" in str(problem)  # noqa: PT017 - a refusal is as good as none


def test_a_deep_query_that_holds_the_word_service_is_read() -> None:
    depth = DEPTH - 1
    assert guard('SELECT * { ?s ?p "a service" ' + "{" * depth + "}" * depth + " }", allow_service=False) is False


@pytest.mark.parametrize("command", ["sparql", "agent"])
def test_the_command_line_and_an_agent_are_told_so(built_cache: Path, command: str) -> None:
    text = "SELECT * { " + "{" * 8000 + "}" * 8000 + " }"
    asked = (
        "import treatygraph; from treatygraph.agents.confined import confined; import sys; "
        "confined(treatygraph.open().home.store, sys.argv[1])"
    )
    words = ["-m", "treatygraph", "sparql", text] if command == "sparql" else ["-c", asked, text]
    done = subprocess.run(
        [sys.executable, "-P", *words], capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )  # fmt: skip
    assert done.returncode == (2 if command == "sparql" else 1)
    assert "the query is nested 8,001 brackets deep; at most 100 are read" in done.stderr
