"""The page of two powers and a day: what remains, what is only signed, what ended and why, in numbered sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from treatygraph.answers.between_answer import Between, Remaining
from treatygraph.answers.wording import listed, still_held
from treatygraph.bonds.powers import find, named
from treatygraph.build.index import Index
from treatygraph.graph import Graph
from treatygraph.model.dates import long_form
from treatygraph.model.errors import UsageError
from treatygraph.model.vocabulary import DEPOSITARY
from treatygraph.render.between import OF_MEMBERS, SECTIONS
from treatygraph.site import schema_org
from treatygraph.site.bar import bar_of
from treatygraph.site.instrument_line import InstrumentLine
from treatygraph.site.setting import Page, Setting
from treatygraph.site.sources import Footnotes
from treatygraph.site.templating import rendered
from treatygraph.site.words import date_words, flag_words, plain, reason_words

__all__ = ["OPTIONS", "answer_of", "between_page", "path_of"]

OPTIONS = ("topic", "reading", "scope", "binding", "known")
"""What may be asked beyond two powers and a day."""
_KINDS = ("state", "group", "instrument")
"""What may be a power: an export-control regime stands for its participants."""
_NAMED = 4
"""Up to so many members of a group are named beside an instrument; more are counted."""


def answer_of(graph: Graph, arguments: Mapping[str, str], setting: Setting) -> Between:
    """The answer to the arguments ``a``, ``b``, ``on`` and those of :data:`OPTIONS`.

    Raises:
        UnknownName: a name is not on record.
        UsageError: it cannot be asked; the message names the place.
    """
    return graph.between(
        arguments["a"], arguments["b"], arguments.get("on") or setting.today.isoformat(),
        known=arguments.get("known") or None, reading=arguments.get("reading") or DEPOSITARY,
        topic=arguments.get("topic") or None, scope=arguments.get("scope") or "any",
        binding=arguments.get("binding", "") in ("true", "on", "1"), today=setting.today,
    )  # fmt: skip


def path_of(index: Index, arguments: Mapping[str, str], *, day: bool = True) -> str:
    """The path of the answer, by the ids of the two powers."""
    ids = [find(index, arguments[side], _KINDS)[1] for side in ("a", "b")]
    on = arguments.get("on", "")
    return f"/between/{'/'.join(ids)}" + (f"/{on}" if day and on else "")


def between_page(graph: Graph, arguments: Mapping[str, str], setting: Setting) -> Page:
    """The page, as :func:`answer_of` answers."""
    index = graph.index()
    answer = answer_of(graph, arguments, setting)
    dated = path_of(index, {**arguments, "on": answer.question.on.isoformat()})
    path = path_of(index, arguments)
    query = urlencode({name: arguments[name] for name in OPTIONS if arguments.get(name)})
    names = [title_of(index, arguments[side]) for side in ("a", "b")]
    title = f"{listed(names)}, {long_form(answer.question.on)}"
    notes = Footnotes(index)
    about = [schema_org.state(index, code) for code in answer.question.states if index.existence(code)]
    head = schema_org.answer(setting, path, answer.answer, answer.edition, about)
    html = rendered(
        "embed-between.html" if setting.embedded else "between.html", setting,
        answer=answer, title=title, path=path, dated=dated, names=names,
        pair=path_of(index, {side: arguments[side] for side in ("a", "b")}),
        asked=_asked(index, arguments, names), json_ld=head,
        sections=list(_sections(index, answer, notes)), signed=_signed(index, answer, notes),
        ended=_ended(index, answer, notes), not_known=_not_known(index, answer), pledges=_pledges(index, answer, notes),
        notes=[reason_words(index, note) for note in answer.notes], footnotes=notes,
        asked_more=f"?{query}" if query else "",
        topics=tuple(index.topics()), readings=_readings(index), on=answer.question.on,
        bar=bar_of(setting, dated, answer, title, ("svg", "png", "csv", "json"), query),
    )  # fmt: skip
    return Page(path + (f"?{query}" if query else ""), html)


def _asked(index: Index, arguments: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    """What was asked as the form shows it: powers by their names, where these name nobody else."""
    asked = dict(arguments)
    for side, name in zip(("a", "b"), names, strict=True):
        with suppress(UsageError):
            if find(index, name, _KINDS) == find(index, asked[side], _KINDS):
                asked[side] = name
    return asked


def title_of(index: Index, text: str) -> str:
    """What a power is called, by any of its names."""
    kind, name = find(index, text, _KINDS)
    if kind == "state":
        life = index.existence(name)
        return life.name if life else name
    group = index.group(name)
    return group.title if kind == "group" and group else index.summary(name).title


def _readings(index: Index) -> tuple[str, ...]:
    return tuple(sorted({view for views in index.disputed().values() for view in views} | {DEPOSITARY}))


def _sections(index: Index, answer: Between, notes: Footnotes) -> Iterator[tuple[str, list[InstrumentLine]]]:
    groups = any(name.islower() for name in answer.question.states)
    for title, wanted in SECTIONS:
        items = [item for item in answer.instruments if wanted({"binding": item.binding, "scope": item.scope})]
        if items:
            yield (OF_MEMBERS.get(title, title) if groups else title), list(_lines(index, items, notes))


def _lines(index: Index, items: Iterable[Remaining], notes: Footnotes, depth: int = 0) -> Iterator[InstrumentLine]:
    for item in items:
        said = [flag_words(index, detail) for detail in _apart(item.details)] or [plain(flag) for flag in item.flags]
        if item.members:
            said.insert(0, f"with {_members(index, item.members)}")
        if item.unverified:
            said.append("unverified")
        yield InstrumentLine(
            item.id, item.title, date_words(item.since), date_words(item.until), item.topics,
            tuple(dict.fromkeys(said)), tuple(notes(item.sources)), depth,
        )  # fmt: skip
        yield from _lines(index, item.parts, notes, depth + 1)


def _apart(details: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    return (detail for detail in details if "flag" in detail)


def _members(index: Index, codes: tuple[str, ...]) -> str:
    names = [named(index, code) for code in codes]
    return listed(names) if len(names) <= _NAMED else f"{len(names)} members"


def _signed(index: Index, answer: Between, notes: Footnotes) -> list[InstrumentLine]:
    return [
        InstrumentLine(
            item.id, item.title, "", "", item.topics,
            (*(f"{named(index, code)}: {plain(word)}" for code, word in item.standing.items()), *map(plain, item.flags),
             *(("unverified",) if item.unverified else ())),
            tuple(notes(item.sources)),
        )
        for item in answer.signed
    ]  # fmt: skip


def _ended(index: Index, answer: Between, notes: Footnotes) -> list[InstrumentLine]:
    return [
        InstrumentLine(
            item.id, item.title, "", date_words(item.until), item.topics,
            tuple(filter(None, (reason_words(index, item.because), still_held(index, item.contested),
                                "unverified" if item.unverified else ""))),
            tuple(notes(item.sources)),
        )
        for item in answer.ended
    ]  # fmt: skip


def _not_known(index: Index, answer: Between) -> list[InstrumentLine]:
    return [
        InstrumentLine(item.id, item.title, "", "", item.topics, (f"of {_members(index, item.about)}", item.why), ())
        for item in answer.not_known
    ]


def _pledges(index: Index, answer: Between, notes: Footnotes) -> list[InstrumentLine]:
    return [
        InstrumentLine(
            item["id"], item["title"], date_words(item["since"]), date_words(item["until"]), tuple(item["topics"]),
            (f"by {named(index, item['by'])}",), tuple(notes(item["sources"])),
        )
        for item in answer.pledges
    ]  # fmt: skip
