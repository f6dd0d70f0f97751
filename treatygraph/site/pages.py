"""Every page of the site by its name, and the making of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from treatygraph.graph import Graph
from treatygraph.site import lists, questions
from treatygraph.site.between import between_page
from treatygraph.site.comparison import comparison_page, is_comparison
from treatygraph.site.instrument import instrument_page
from treatygraph.site.records import record_page
from treatygraph.site.search import search_page
from treatygraph.site.setting import Page, Setting
from treatygraph.site.state import state_page

__all__ = ["PAGES", "page"]

PAGES: Final[Mapping[str, Callable[[Graph, Mapping[str, str], Setting], Page]]] = {
    "home": lists.home_page,
    "form": lists.form_page,
    "between": between_page,
    "instrument": instrument_page,
    "state": state_page,
    "group": lists.group_page,
    "person": lists.person_page,
    "topic": lists.topic_page,
    "record": record_page,
    "records": lists.records_page,
    "questions": questions.questions_page,
    "question": questions.question_page,
    "search": search_page,
    "downloads": lists.downloads_page,
    "report": lists.report_page,
}
"""What makes each page from the graph, its arguments and the setting."""


def page(graph: Graph, name: str, arguments: Mapping[str, str], setting: Setting) -> Page:
    """One page.

    Args:
        graph: the graph.
        name: one of :data:`PAGES`.
        arguments: what it is about, as texts: ``a``, ``b`` and ``on`` of ``between``.
        setting: where links lead, the language, the day.

    Raises:
        UnknownName: a name is not on record; the nearest ones are listed.
        UsageError: it cannot be asked; the message names the place.
    """
    if name == "between" and is_comparison(arguments):
        return comparison_page(graph, arguments, setting)
    return PAGES[name](graph, arguments, setting)
