"""Records, rules, topics and views as resources, lists of them, and completion of their ids."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, Final

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ResourceError
from mcp.types import Completion

from treatygraph.agents.bounds import bounded
from treatygraph.agents.desk import SCHEME, Desk
from treatygraph.agents.reply import source_record
from treatygraph.answers.contested import contested, said
from treatygraph.answers.terms import terms
from treatygraph.model import names
from treatygraph.model.errors import TreatygraphError, UnknownName
from treatygraph.model.folders import room
from treatygraph.model.json_form import plain
from treatygraph.model.vocabulary import CLAUSE, DEPOSITARY

__all__ = ["KINDS", "add_resources", "completed"]

KINDS: Final = ("instrument", "state", "group", "official", "event", "source")
_MOST: Final = 60
"""Lines of one section of a record; what is left out is counted."""
_COMPLETED: Final = 100


def add_resources(server: MCPServer[Any], desk: Desk) -> None:
    """Register the templates and the lists."""

    @server.resource(f"{SCHEME}://rule/{{rule}}", name="rule", title="A rule of the law", mime_type="text/plain")
    def rule(rule: str) -> str:
        """A rule that answers cite: R1 to R42, K1 to K17."""
        return _answered(lambda: _rule(rule))

    @server.resource(f"{SCHEME}://topic/{{topic}}", name="topic", title="A topic", mime_type="application/json")
    def topic(topic: str) -> str:
        """The instruments of a topic and of those below it."""
        return _answered(lambda: _json(_topic(desk, topic)))

    @server.resource(
        f"{SCHEME}://reading/{{reading}}", name="reading", title="A legal view", mime_type="application/json"
    )
    def reading(reading: str) -> str:
        """What an authority, or the clauses alone, hold otherwise than the depositaries, today."""
        return _answered(lambda: _json(_reading(desk, reading)))

    @server.resource(f"{SCHEME}://{{kind}}/{{id}}", name="record", title="A record", mime_type="application/json")
    def record(kind: str, id: str) -> str:
        """A record as JSON: kind is instrument, state, group, official, event or source."""
        return _answered(lambda: _json(_record(desk, kind, id)))

    @server.resource(f"{SCHEME}://catalogue", name="catalogue", title="Named questions", mime_type="application/json")
    def questions() -> str:
        """The named questions, with parameters and columns."""
        return _json([item.to_dict() for item in desk.graph.questions()])

    @server.resource(f"{SCHEME}://instruments", name="instruments", title="Instruments", mime_type="application/json")
    def instruments() -> str:
        """Every instrument: id, title, kind, topics; the record is at treatygraph://instrument/ID."""
        fields = ("id", "title", "kind", "topics", "signed", "entry", "end")
        summaries = desk.index.summaries().values()
        return _json([{field: getattr(item, field) for field in fields if getattr(item, field)} for item in summaries])

    @server.resource(f"{SCHEME}://ontology", name="ontology", title="Ontology", mime_type="text/turtle")
    def ontology() -> str:
        """The classes and properties, each with a definition and an example, for SPARQL."""
        return (room("ontology") / "treatygraph.ttl").read_text(encoding="utf-8")


def _answered(make: Callable[[], str]) -> str:
    try:
        return make()
    except TreatygraphError as problem:
        raise ResourceError(str(problem)) from None


def _rule(name: str) -> str:
    known = {item.id: item for item in terms()["rule"]}
    if name.upper() not in known:
        raise UnknownName("rule", name[:20], names.nearest(name, {names.key(key): key for key in known}))
    return known[name.upper()].answer


def _topic(desk: Desk, name: str) -> object:
    bounded({"topic": name})
    narrower = desk.index.topic(name)
    if narrower is None:
        raise names.unknown("topic", name, [(names.key(item), item) for item in desk.index.topics()])
    chosen = (item for item in desk.index.summaries().values() if {name, *narrower} & set(item.topics))
    return [{"id": item.id, "title": item.title, "topics": item.topics} for item in chosen]


def _reading(desk: Desk, name: str) -> object:
    bounded({"reading": name})
    by = desk.graph.reading(name)
    answer = contested(desk.index, desk.today, by=None if by == DEPOSITARY else by)
    return {"answer": answer.answer, "disputes": [said(desk.index, item) for item in answer.disputes]}


def _record(desk: Desk, kind: str, name: str) -> object:
    bounded({"id": name})
    record = desk.graph.show(name)
    if kind not in KINDS or record.kind != kind:
        raise UnknownName(kind, name, [f"{SCHEME}://{record.kind}/{record.id}"])
    form = record.to_dict()
    left: dict[str, int] = {}
    for section, lines in form.items():
        if isinstance(lines, list) and len(lines) > _MOST:
            form[section], left[section] = lines[:_MOST], len(lines) - _MOST
    if left:
        form["left_out"] = left
    cited = {
        source for lines in form.values() if isinstance(lines, list) for line in lines for source in line["sources"]
    }
    bibliography = (source_record(desk.index.source(source)) for source in sorted(cited))
    form["bibliography"] = [
        {key: value for key, value in plain(item).items() if value} for item in bibliography if item
    ]
    return form


def completed(desk: Desk, argument: str, value: str, kind: str) -> Completion:
    """The values that complete what was typed of an id of a template, or of a name that a prompt takes."""
    known = _known(desk, argument, kind)
    key = names.key(value)
    hits = [text for text, name in known if name.startswith(key)] or [text for text, name in known if key in name]
    values = list(dict.fromkeys(hits))
    return Completion(values=values[:_COMPLETED], total=len(values), has_more=len(values) > _COMPLETED)


def _known(desk: Desk, argument: str, kind: str) -> Sequence[tuple[str, str]]:
    """What an argument may be, each with the form under which it is compared."""
    index = desk.index
    if argument == "id":
        kinds = (kind,) if kind in KINDS else KINDS[:3]
        return [(name, names.key(name)) for item in kinds for name in index.ids(item)]
    words: dict[str, Callable[[], Sequence[str]]] = {
        "kind": lambda: KINDS,
        "rule": lambda: tuple(item.id for item in terms()["rule"]),
        "topic": desk.topics,
        "reading": lambda: (DEPOSITARY, CLAUSE, *sorted({item.authority for item in index.assertions()})),
        "instrument": lambda: [item.title for item in index.summaries().values()],
    }
    if argument in ("a", "b", "state"):
        return [(life.name, names.key(life.name)) for life in index.existences().values()]
    return [(name, names.key(name)) for name in words.get(argument, tuple)()]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
