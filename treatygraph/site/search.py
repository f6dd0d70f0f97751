"""One search for all: states in six languages, treaties, people, topics, named questions, two powers at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from treatygraph.answers.wording import topic_name
from treatygraph.bonds.powers import find
from treatygraph.build.index import Index
from treatygraph.graph import Graph
from treatygraph.labels import FILE, read_labels
from treatygraph.model import names
from treatygraph.model.errors import TreatygraphError, UsageError
from treatygraph.queries.catalogue import catalogue
from treatygraph.site.setting import Page, Setting
from treatygraph.site.templating import rendered
from treatygraph.site.words import capital

__all__ = ["KINDS", "Hit", "hits", "names_data", "near", "search_page", "two_powers"]

KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "state": ("/state/", "state"), "instrument": ("/instrument/", "treaty or document"), "group": ("/group/", "group"),
    "official": ("/person/", "person"), "topic": ("/topic/", "topic"), "question": ("/questions/", "question"),
}  # fmt: skip
"""Of each kind that is found: where its pages are, and how it is called."""
_MOST: Final = 40
_APART: Final = re.compile(r"\s+(?:and|vs\.?|versus|with|und|et|y|и|和)\s+|\s*[–—/&;,]\s*|\s+-\s+", re.IGNORECASE)
_WORDS: Final = 6
"""Two names in a row without a word between them are looked for in texts of up to so many words."""


@dataclass(frozen=True)
class Hit:
    """Something that bears the name, or a part of it."""

    kind: str
    path: str
    record: str
    """Its id."""
    title: str
    said: str
    """The name by which it was found, where that is another than its title."""
    rank: int
    """0: the whole name; 1: its beginning; 2: the beginning of a word; 3: within a word."""


def hits(index: Index, text: str) -> list[Hit]:
    """What bears a name, the best first, each record once."""
    wanted = names.key(text)
    best: dict[str, Hit] = {}
    for kind, record, title, said in _names(index) if wanted else ():
        rank = _rank(names.key(said), wanted)
        if rank is None:
            continue
        path = KINDS[kind][0] + record
        if path not in best or rank < best[path].rank:
            shown = "" if names.key(said) == names.key(title) else said
            best[path] = Hit(kind, path, record, title, shown, rank)
    return sorted(best.values(), key=lambda hit: (hit.rank, tuple(KINDS).index(hit.kind), hit.title))[:_MOST]


def _rank(name: str, wanted: str) -> int | None:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    if f" {wanted}" in name:
        return 2
    return 3 if len(wanted) > 2 and wanted in name else None


def _names(index: Index) -> tuple[tuple[str, str, str, str], ...]:
    """Kind, id, title and one name of every record, topic and question: each name that a user may type."""
    return index.keep(("names of the site",), lambda: tuple(_every_name(index)))


def _every_name(index: Index) -> Iterator[tuple[str, str, str, str]]:
    for code, state in index.states().items():
        for said in (state.name, code, *state.aliases):
            yield "state", code, state.name, said
    for label in read_labels(FILE):
        life = index.existence(label.record) if label.kind == "state" else None
        if life:
            yield "state", label.record, life.name, label.label
    yield from _names_of_records(index)
    for name in index.topics():
        yield "topic", name, capital(topic_name(name)), topic_name(name)
        yield "topic", name, capital(topic_name(name)), name
    for question in catalogue():
        yield "question", question.name, question.summary, question.summary
        yield "question", question.name, question.summary, question.name


def _names_of_records(index: Index) -> Iterator[tuple[str, str, str, str]]:
    for name, card in index.instruments().items():
        for said in (card.short, card.title, name, *card.aliases):
            yield "instrument", name, card.short, said
    for name, group in index.groups().items():
        for said in (group.title, name, *group.aliases):
            yield "group", name, group.title, said
    for name, official in index.officials().items():
        for said in filter(None, (official.name, official.native_name)):
            yield "official", name, official.name, said


def two_powers(index: Index, text: str) -> tuple[str, str, str] | None:
    """The ids of two powers that a text names, and a day where it has one; None where it names no two."""
    on = re.search(r"\b\d{4}-\d{2}-\d{2}\b", text)
    plain = re.sub(r"\s*\b(?:on\s+)?\d{4}-\d{2}-\d{2}\b", "", text).strip()
    for first, second in _splits(plain):
        with suppress(UsageError):
            ids = tuple(find(index, part, ("state", "group"))[1] for part in (first, second))
            if ids[0] != ids[1]:
                return ids[0], ids[1], on[0] if on else ""
    return None


def _splits(text: str) -> Iterator[tuple[str, str]]:
    parts = _APART.split(text)
    if len(parts) == 2 and all(parts):
        yield parts[0], parts[1]
    words = re.split(r"[\s-]+", text)
    if 1 < len(words) <= _WORDS:
        yield from ((" ".join(words[:place]), " ".join(words[place:])) for place in range(1, len(words)))


def search_page(graph: Graph, arguments: Mapping[str, str], setting: Setting) -> Page:
    """What a text leads to; where it is the name of one record, or of two powers, the page of that."""
    index, text = graph.index(), arguments.get("q", "").strip()
    pair = two_powers(index, text) if text else None
    results = hits(index, text)
    whole = [hit for hit in results if hit.rank == 0]
    if len(whole) == 1 or (whole and whole[0].kind != whole[1].kind and whole[0].kind == "state"):
        return Page("/search", "", 303, whole[0].path)
    if pair and not whole:
        return Page("/search", "", 303, f"/between/{pair[0]}/{pair[1]}" + (f"/{pair[2]}" if pair[2] else ""))
    answer = _asked(graph, text, setting) if text and not whole else ""
    closest = near(index, text) if text and not results and not answer else []
    html = rendered(
        "search.html", setting, title=f"{setting.frame('search')}: {text}" if text else setting.frame("search"),
        path="/search", text=text, hits=results, near=closest, answer=answer, kinds=KINDS,
    )  # fmt: skip
    return Page("/search", html)


def near(index: Index, text: str) -> list[Hit]:
    """What comes close to a text that nothing is called by."""
    spelled = {
        names.key(said): (kind, record, title) for kind, record, title, said in _names(index) if kind != "question"
    }
    shown = names.nearest(text, {key: key for key in spelled}, limit=6)
    made = (
        Hit(kind, KINDS[kind][0] + record, record, title, "", 4)
        for kind, record, title in (spelled[key] for key in shown)
    )
    return list({hit.path: hit for hit in made}.values())


def _asked(graph: Graph, text: str, setting: Setting) -> str:
    """The answer to a question in plain English; empty where the text is none that is understood."""
    if len(text.split()) < 3:
        return ""
    try:
        from treatygraph.ask import ask
    except ImportError:
        return ""
    with suppress(TreatygraphError):
        return ask(graph, text, setting.today).answer
    return ""


def names_data(index: Index) -> dict[str, Any]:
    """All names for the script that completes what is typed: of each record its kind, path, title and other names."""
    entries: dict[tuple[str, str], tuple[str, list[str]]] = {}
    for kind, record, title, said in _names(index):
        _, others = entries.setdefault((kind, record), (title, []))
        if said != title and said not in others:
            others.append(said)
    return {
        "kinds": {kind: {"path": path.strip("/"), "title": title} for kind, (path, title) in KINDS.items()},
        "records": [[kind, record, title, _plain(others)] for (kind, record), (title, others) in entries.items()],
    }


def _plain(names_of: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names_of))
