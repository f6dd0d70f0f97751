"""The named questions as pages: a form, the answer in a sentence, the rows as a table."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from urllib.parse import urlencode

from treatygraph.graph import Graph
from treatygraph.queries.catalogue import catalogue, question_named
from treatygraph.queries.question import NamedQuestion
from treatygraph.site.setting import Page, Setting
from treatygraph.site.templating import rendered

__all__ = ["question_page", "questions_page"]

_ROWS = 500


def questions_page(_: Graph, __: Mapping[str, str], setting: Setting) -> Page:
    """Every named question, by theme."""
    ordered = sorted(catalogue(), key=lambda one: (one.theme, one.summary))
    themes = [(theme, list(questions)) for theme, questions in groupby(ordered, key=lambda one: one.theme)]
    html = rendered("questions.html", setting, title=setting.frame("questions"), path="/questions", themes=themes)
    return Page("/questions", html)


def question_page(graph: Graph, arguments: Mapping[str, str], setting: Setting) -> Page:
    """One question with its values, and its rows.

    Raises:
        UnknownName: no question is called that.
        UsageError: a value is none that it takes.
    """
    question = question_named(arguments["question"])
    values = {name: value for name, value in arguments.items() if name not in ("question", "lang") and value}
    is_example = not values and any(one.default is None for one in question.parameters)
    if is_example:  # a question without its subject has no answer: the page shows one, and says so
        values = {name: value for name, value in question.examples.items() if name != "on"}
    result = graph.query(question.name, values, today=setting.today, limit=_ROWS)
    path = f"/questions/{question.name}"
    html = rendered(
        "question.html", setting, title=question.summary, path=path, question=question,
        answer=result.answer, columns=result.columns, rows=result.rows, complete=result.complete,
        asked=_asked(question, values, setting), is_example=is_example,
        query=urlencode(values), description=result.answer,
    )  # fmt: skip
    return Page(path, html)


def _asked(question: NamedQuestion, values: Mapping[str, str], setting: Setting) -> list[tuple[str, str, str, str]]:
    """Name, kind, description and value of each parameter, as the form shows them."""
    rows = []
    for one in question.parameters:
        default = setting.today.isoformat() if one.is_day_asked else one.example
        rows.append((one.name, one.type, one.description, values.get(one.name, default)))
    return rows
