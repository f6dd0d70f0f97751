"""A worker process: opens the graph once, then answers one question after another over a socket."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final, cast

import pyoxigraph

from treatygraph.build.cache import Build
from treatygraph.draw.svg import svg
from treatygraph.graph import Graph
from treatygraph.model.dates import day
from treatygraph.model.errors import QueryRefused, TreatygraphError, UsageError
from treatygraph.model.terms import PREFIXES
from treatygraph.site.forms import MEDIA_TYPES, data_of, drawing_of
from treatygraph.site.frame import frame_of
from treatygraph.site.links import Links
from treatygraph.site.pages import page
from treatygraph.site.reconciling import Reconciler, RowQuery
from treatygraph.site.setting import Setting
from treatygraph.triplestore.columns import solutions_of
from treatygraph.triplestore.graphs import PLAIN
from treatygraph.triplestore.guard import guard, unreadable
from treatygraph.triplestore.sandbox import confine, end_with, memory_used
from treatygraph.web.ipc import IpcFrame, pack, receive_from
from treatygraph.web.limits import Limits
from treatygraph.web.media_types import GRAPHS, ROWS, count_rows
from treatygraph.web.nodes import node_of
from treatygraph.web.preload import graph_of
from treatygraph.web.problems import Refusal, refusal_of

__all__ = ["METHODS", "WorkerDesk", "work"]

METHODS: Final = (
    "between",
    "status",
    "timeline",
    "show",
    "claims",
    "cite",
    "compare",
    "upcoming",
    "changes",
    "ask",
    "read",
)
"""The methods of the graph that a visitor may call."""


def work(channel: socket.socket, folder: str, limits: Limits, nice: int) -> None:
    """Answer what comes over the channel until the other side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server decides when a worker ends
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.nice(nice)
    end_with(channel)
    try:
        desk = WorkerDesk(graph_of(Build(Path(folder))), limits)
    except TreatygraphError as problem:
        channel.sendall(pack(IpcFrame({"failed": str(problem)})))
        return
    memory_used()
    confine(limits.memory)
    rest = memory_used()[1]
    with contextlib.suppress(ConnectionError):  # the server has no more use for this worker
        channel.sendall(pack(IpcFrame({"ready": os.getpid()})))
        while frame := receive_from(channel):
            reply = desk.answer(frame.head)
            reply.head["spent"] = memory_used()[1] > rest + limits.memory // 4
            channel.sendall(pack(reply))
            del reply


_Results = pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples


class WorkerDesk:
    """Answers the questions of visitors from one graph, within the limits of size."""

    def __init__(self, graph: Graph, limits: Limits) -> None:
        self._graph, self._limits = graph, limits
        self._store = graph.home.engine().store
        self._reconciler = Reconciler(graph.index(), self._store)

    def answer(self, job: Mapping[str, Any]) -> IpcFrame:
        """The answer to one job, or the problem document in its place; never an exception."""
        jobs: Mapping[str, Callable[[Mapping[str, Any]], IpcFrame]] = {
            "sparql": self._sparql,
            "node": self._node,
            "reconcile": self._reconcile,
            "named": self._named,
            "graph": self._method,
            "page": self._page,
            "data": self._data,
            "drawing": self._drawing,
        }
        try:
            return jobs[job["job"]](job)
        except Refusal as refusal:
            return _refused(refusal)
        except TreatygraphError as error:
            return _refused(refusal_of(error))
        except MemoryError:
            return _refused(Refusal("memory-limit", self._too_much_memory()))
        except RecursionError:
            return _refused(Refusal("bad-query", "the query is nested too deep."))
        except Exception:  # noqa: BLE001 - a visitor gets a clear answer; whoever runs the server gets the cause
            traceback.print_exc(file=sys.stderr)
            return _refused(Refusal("server-error", "an error that nobody foresaw; it is in the server's log."))

    def _too_much_memory(self) -> str:
        return f"the query used more than {self._limits.memory >> 20} MiB of memory."

    def _method(self, job: Mapping[str, Any]) -> IpcFrame:
        if job["method"] not in METHODS:
            raise Refusal("server-error", "no such method.")
        answer = getattr(self._graph, job["method"])(**job["arguments"])
        plain = [item.to_dict() for item in answer] if isinstance(answer, tuple) else answer.to_dict()
        return self._whole("application/json", _json(plain))

    def _page(self, job: Mapping[str, Any]) -> IpcFrame:
        """A page of the site."""
        made = page(self._graph, job["name"], job["arguments"], _setting(job["setting"]))
        whole = self._whole("text/html", made.html.encode())
        return IpcFrame({**whole.head, "path": made.path, "status": made.status, "moved": made.moved}, whole.body)

    def _data(self, job: Mapping[str, Any]) -> IpcFrame:
        """An answer of the site as JSON or CSV, or a feed."""
        data = data_of(self._graph, job["name"], job["arguments"], job["form"], _setting(job["setting"]))
        return self._whole(MEDIA_TYPES[job["form"]], data)

    def _drawing(self, job: Mapping[str, Any]) -> IpcFrame:
        """A picture of an answer as SVG, for a reader or for the process that paints it."""
        drawing = drawing_of(self._graph, job["name"], job["arguments"], job["picture"], _setting(job["setting"]))
        scheme = "" if job["form"] == "svg" else "light"  # what paints a PNG knows no setting of a reader
        whole = self._whole("image/svg+xml", svg(drawing, scheme=scheme).encode())
        return IpcFrame({**whole.head, "width": round(drawing.width)}, whole.body)

    def _named(self, job: Mapping[str, Any]) -> IpcFrame:
        """A question of the catalogue."""
        limit = self._limits.rows + 1
        result = self._graph.query(job["name"], job["given"], today=job["today"], limit=limit)
        self._few(len(result.rows))
        return self._whole("application/json", _json(result.to_dict()))

    def _node(self, job: Mapping[str, Any]) -> IpcFrame:
        """What the graph tells of one thing; an empty body where it has none such."""
        return self._whole(job["form"], node_of(self._store, job) or b"")

    def _reconcile(self, job: Mapping[str, Any]) -> IpcFrame:
        """What the rows of a table mean, or what goes with that."""
        what, reconciler = job["what"], self._reconciler
        value: Any
        if what == "rows":
            value = {
                name: {"result": [one.to_dict() for one in reconciler.candidates(_row_query(row))]}
                for name, row in job["rows"].items()
            }
        elif what == "extend":
            value = reconciler.extended(job["ids"], job["properties"])
        elif what == "entity":
            value = {"result": reconciler.suggested(job["prefix"], job["limit"])}
        elif what == "property":
            wanted = job["prefix"].casefold()
            there = (one for one in reconciler.properties() if wanted in f"{one['id']} {one['name']}".casefold())
            value = {"result": list(there)[: job["limit"]]}
        else:
            value = {
                "type": job["type"], "limit": job["limit"],
                "properties": reconciler.properties(job["type"])[: job["limit"]],
            }  # fmt: skip
        return self._whole("application/json", _json(value))

    def _sparql(self, job: Mapping[str, Any]) -> IpcFrame:
        text = job["text"]
        _proper(text)
        try:
            named = _guarded(text)
        except QueryRefused:
            raise
        except UsageError as error:
            raise Refusal("bad-query", str(error)) from None
        try:
            return self._result(self._query(text, job, named=named), job)
        except SyntaxError as error:
            refusal = unreadable(text, str(error))
            raise (refusal if isinstance(refusal, QueryRefused) else Refusal("bad-query", str(refusal))) from None
        except (OSError, RuntimeError, ValueError) as error:
            raise Refusal("bad-query", f"the query cannot be answered: {error}.") from None

    def _query(self, text: str, job: Mapping[str, Any], *, named: bool) -> _Results:
        """Run the query; a dataset that the request names takes the place of the query's own (protocol, 2.1.4)."""
        asked: dict[str, Any] = {"default_graph": None if named else list(PLAIN)}
        if job.get("default") or job.get("named"):
            asked = {
                "default_graph": [pyoxigraph.NamedNode(name) for name in job.get("default", ())],
                "named_graphs": [pyoxigraph.NamedNode(name) for name in job.get("named", ())],
            }
        return solutions_of(self._store, text, **asked)

    def _result(self, solutions: _Results, job: Mapping[str, Any]) -> IpcFrame:
        if isinstance(solutions, pyoxigraph.QueryTriples):
            form = _form(job["graph"], GRAPHS)
            triples = list(islice(solutions, self._limits.rows + 1))
            self._few(len(triples))
            made = sorted(set(triples), key=str)
            data = pyoxigraph.serialize(made, format=GRAPHS[form], prefixes=dict(PREFIXES)) or b""
            return self._whole(form, data)
        form = _form(job["rows"], ROWS)
        page = _Page(self._limits.size)
        solutions.serialize(cast("IO[bytes]", page), format=ROWS[form])
        data = page.whole()
        if not isinstance(solutions, pyoxigraph.QueryBoolean):
            self._few(count_rows(data, form))
        return self._whole(form, data)

    def _few(self, rows: int) -> None:
        if rows > self._limits.rows:
            raise Refusal("result-too-large", f"the result has more than {self._limits.rows:,} rows.")

    def _whole(self, form: str, data: bytes) -> IpcFrame:
        _fits(len(data), self._limits.size)
        return IpcFrame({"type": form}, data)


class _Page:
    """Takes what the engine writes, up to a number of bytes."""

    def __init__(self, size: int) -> None:
        self._size, self._parts, self._used = size, list[bytes](), 0

    def write(self, data: bytes) -> int:
        """Keep what was written."""
        self._used += len(data)
        _fits(self._used, self._size)
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def whole(self) -> bytes:
        """All that was written."""
        return b"".join(self._parts)


def _fits(used: int, size: int) -> None:
    if used > size:
        raise Refusal("result-too-large", f"the result has more than {size >> 20} MiB.")


def _row_query(row: Mapping[str, Any]) -> RowQuery:
    given = tuple((name, tuple(values)) for name, values in row["properties"])
    return RowQuery(row["text"], tuple(row["types"]), row["limit"], given)


def _form(wanted: str | None, offered: Mapping[str, Any]) -> str:
    if wanted is None:
        raise Refusal("not-acceptable", "the answer has none of the forms that were asked for.", offered=list(offered))
    return wanted


def _setting(values: Mapping[str, Any]) -> Setting:
    """The setting of a page, from its plain values."""
    frame = frame_of(values["lang"])
    links = Links(values["root"], frame.language, values["version"], tuple(values["without"]))
    return Setting(
        day(values["today"]), links, frame, values["base"], values["contact"], embedded=values["embedded"]
    )  # fmt: skip


@lru_cache(maxsize=256)
def _guarded(text: str) -> bool:
    return guard(text, allow_service=False)


def _proper(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Refusal("bad-query", "the query is not proper Unicode text; write it in UTF-8.") from None


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _refused(refusal: Refusal) -> IpcFrame:
    return IpcFrame({"problem": refusal.name, "detail": refusal.detail, "more": refusal.more})
