"""The page of a comparison: what two powers kept, lost and gained between two days, or two pairs side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import urlencode

from treatygraph.answers.compare import Comparison, Difference
from treatygraph.build.index import Index
from treatygraph.graph import Graph
from treatygraph.model.vocabulary import DEPOSITARY
from treatygraph.site import schema_org
from treatygraph.site.bar import bar_of
from treatygraph.site.between import OPTIONS, path_of
from treatygraph.site.instrument_line import InstrumentLine
from treatygraph.site.setting import Page, Setting
from treatygraph.site.sources import Footnotes
from treatygraph.site.templating import rendered
from treatygraph.site.words import act_words, capital, date_words, reason_words

__all__ = ["comparison_of", "comparison_page", "is_comparison"]

_DAYS: Final = ("Lost", "Gained", "Kept")
_PAIRS: Final = ("The first pair only: {0}", "The second pair only: {1}", "Common to both pairs")


def is_comparison(arguments: Mapping[str, str]) -> bool:
    """Whether two powers are asked about with another day or another pair."""
    return bool(arguments.get("then") or arguments.get("c") or arguments.get("d"))


def comparison_of(graph: Graph, arguments: Mapping[str, str], setting: Setting) -> Comparison:
    """The answer: arguments of two powers, and ``then``, or ``c`` and ``d``.

    Raises:
        UnknownName: a name is not on record.
        UsageError: both a day and a pair are given, or the days are not in order.
    """
    return graph.compare(
        arguments["a"], arguments["b"], arguments.get("c") or arguments.get("d") or None,
        (arguments.get("d") or None) if arguments.get("c") else None, then=arguments.get("then") or None,
        on=arguments.get("on") or setting.today, topic=arguments.get("topic") or None,
        scope=arguments.get("scope") or "any", binding=arguments.get("binding", "") in ("true", "on", "1"),
        reading=arguments.get("reading") or DEPOSITARY, known=arguments.get("known") or None, today=setting.today,
    )  # fmt: skip


def comparison_page(graph: Graph, arguments: Mapping[str, str], setting: Setting) -> Page:
    """The page, as :func:`comparison_of` answers."""
    index = graph.index()
    answer = comparison_of(graph, arguments, setting)
    on = answer.questions[1].on.isoformat()
    path, dated = path_of(index, arguments), path_of(index, {**arguments, "on": on})
    query = urlencode({name: arguments[name] for name in ("then", "c", "d", *OPTIONS) if arguments.get(name)})
    notes = Footnotes(index)
    lists = answer.only_first, answer.only_second, answer.both
    titles = [capital(title.format(*answer.titles)) for title in (_DAYS if answer.of == "days" else _PAIRS)]
    html = rendered(
        "embed-compare.html" if setting.embedded else "compare.html", setting,
        title=answer.title, path=path, answer=answer, asked=arguments, footnotes=notes,
        dated=dated, json_ld=schema_org.answer(setting, f"{path}?{query}", answer.answer, answer.edition, ()),
        sections=[(title, list(_lines(index, each, notes))) for title, each in zip(titles, lists, strict=True)],
        notes=[reason_words(index, note) for note in answer.notes],
        bar=bar_of(setting, dated, answer, answer.title, ("csv", "json"), query),
    )  # fmt: skip
    return Page(f"{path}?{query}", html)


def _lines(index: Index, differences: Iterable[Difference], notes: Footnotes) -> Iterable[InstrumentLine]:
    for item in differences:
        said = [reason_words(index, item.because)] if item.because else []
        acts = (_act(index, str(act.get("act") or ""), str(act.get("date") or "")) for act in item.acts)
        said += list(dict.fromkeys(acts))
        if item.unverified:
            said.append("unverified")
        cited = [source for act in item.acts for source in _texts(act.get("sources"))]
        yield InstrumentLine(
            item.id, item.title, date_words(item.since), date_words(item.until), item.topics,
            tuple(filter(None, said)), tuple(notes(cited or item.sources)), 1 if item.part_of else 0,
        )  # fmt: skip


def _texts(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list | tuple) else []


def _act(index: Index, key: str, when: str) -> str:
    """An act by its key: who did what, and when; a fact of a card is none."""
    parts = key.split("/")
    if "#" in key or len(parts) < 4:
        return ""
    life = index.existence(parts[1])
    return f"{life.name if life else parts[1]}: {act_words(parts[2])}, {date_words(when) or parts[3]}"
