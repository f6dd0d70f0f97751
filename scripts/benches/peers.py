"""Who is asked, each in its own way. Answers are brought to one form afterwards, so that all can be compared.

``Peer.form`` is not timed: lists of ids, of counts by month, or of pairs with their counts.
"""

from __future__ import annotations

import http.client
import json
import urllib.parse
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from benches import texts
from benches.pairs import Pairs, home
from benches.texts import Pair, Place
from treatygraph.triplestore.graphs import OF_FACTS


class Peer:
    """One way to have answers, opened over what ``sizes`` laid down in a folder."""

    name = ""

    def anew(self) -> None:
        """Forget what was kept of earlier questions, where anything is."""

    def between(self, pair: Pair, on: date) -> Any:
        """Instruments that bind both powers on a day."""
        raise NotImplementedError

    def all_pairs(self) -> Any:
        """How many instruments bind each two states on a day."""
        raise NotImplementedError

    def history(self) -> Any:
        """How many instruments bind both powers on the first of each month."""
        raise NotImplementedError

    def status(self, place: Place) -> Any:
        """How a state stands under an instrument on a day."""
        raise NotImplementedError

    def parties(self) -> Any:
        """How many states one instrument binds on the first of each month."""
        raise NotImplementedError

    def timeline(self) -> Any:
        """The timeline of two powers."""
        raise NotImplementedError

    def form(self, question: str, answer: Any) -> list[Any]:
        """The answer in the form that all peers share."""
        raise NotImplementedError


class Treatygraph(Peer):
    """The package itself."""

    name = "treatygraph"

    def __init__(self, folder: Path, _: str) -> None:
        self._home = home(folder)
        self.anew()

    def anew(self) -> None:
        from treatygraph.graph import Graph

        self._graph = Graph(self._home)
        self._table: Any = None

    def between(self, pair: Pair, on: date) -> Any:
        return self._graph.between(pair.first[0], pair.second[0], on=on).instruments, pair, on

    def intervals(self) -> Any:
        """The arrays, read from the index when they are first asked for."""
        if self._table is None:
            self._table = self._graph.intervals()
        return self._table

    def all_pairs(self) -> Any:
        return self.intervals().matrix(texts.ON)

    def history(self) -> Any:
        return self._history(self.intervals())

    @staticmethod
    def _history(table: Any) -> Any:
        pair = [table.index(texts.POWERS.first[0]), table.index(texts.POWERS.second[0])]
        return table.series(pair, texts.MONTHS)[:, 0, 1]

    def parties(self) -> Any:
        import numpy

        table = self.intervals()
        mine = table.instrument == table.instruments.index(texts.INSTRUMENT)
        when = numpy.array([day.toordinal() for day in texts.MONTHS])
        begun = numpy.searchsorted(numpy.sort(table.start[mine]), when, side="right")
        return begun - numpy.searchsorted(numpy.sort(table.end[mine]), when, side="right")

    def timeline(self) -> Any:
        return self._graph.timeline(texts.POWERS.first[0], texts.POWERS.second[0])

    def status(self, place: Place) -> Any:
        return self._graph.status(place.instrument, texts.ON, state=place.state[0])

    def form(self, question: str, answer: Any) -> list[Any]:
        if question == "status":
            return [state.standing for state in answer.states if state.standing not in ("none", "not-known")]
        # The peers know nothing of bonds that one side denies the other: here they are counted in.
        if question == "between":
            found, pair, on = answer
            return sorted([*(item.id for item in _flat(found)), *self._denied(pair, on.toordinal())])
        if question == "timeline":
            return sorted(entry.record for entry in answer if not entry.record.startswith(("event/", "status/")))
        if question == "parties":
            return list(answer.tolist())
        table = replace(self.intervals(), denials=())
        if question == "history":
            return list(self._history(table).tolist())
        return _of_matrix(table.lines, table.matrix(texts.ON))

    def _denied(self, pair: Pair, when: int) -> Iterator[str]:
        table = self.intervals()
        lines = {table.index(pair.first[0]), table.index(pair.second[0])}
        for item in table.denials:
            if {item.first, item.second} == lines and item.start <= when < item.end:
                yield table.instruments[item.instrument]


def _flat(instruments: Iterable[Any]) -> Iterator[Any]:
    for item in instruments:
        yield item
        yield from _flat(item.parts)


def _of_matrix(codes: Sequence[str], counts: Any) -> list[Any]:
    found = ((codes[i], codes[j], int(counts[i, j])) for i in range(len(codes)) for j in range(i + 1, len(codes)))
    return [list(row) for row in found if row[2]]


class Numpy(Peer):
    """The floor: bare arrays of who is bound by what and when, with no names, reasons or sources."""

    name = "numpy"

    def __init__(self, folder: Path, _: str) -> None:
        import numpy

        self._np, self._pairs = numpy, Pairs.read(folder)
        held = numpy.load(folder / "arrays.npz")
        self._line, self._instrument, self._start, self._end, self._size, self._wanted = (
            held[key] for key in ("line", "instrument", "start", "end", "size", "wanted")
        )
        self._one, self._names = int(held["one"]), folder / "names.json"

    def _days(self) -> Any:
        return self._np.array([day.toordinal() for day in texts.MONTHS])

    def between(self, pair: Pair, on: date) -> Any:
        np, when = self._np, on.toordinal()
        now = (self._start <= when) & (when < self._end) & self._wanted[self._instrument]
        mine, theirs = (self._instrument[now & (self._line == line)] for line in self._pairs.lines[pair])
        return np.intersect1d(mine, theirs)

    def all_pairs(self) -> Any:
        np, when = self._np, texts.ON.toordinal()
        now = (self._start <= when) & (when < self._end) & self._wanted[self._instrument]
        held = np.zeros(tuple(self._size), dtype=np.float32)
        held[self._line[now], self._instrument[now]] = 1
        return (held @ held.T).astype(np.int64)

    def history(self) -> Any:
        np, when = self._np, self._days()
        held = np.zeros((2, len(when), int(self._size[1])), dtype=bool)
        for side, line in enumerate(self._pairs.lines[texts.POWERS]):
            for row in np.nonzero((self._line == line) & self._wanted[self._instrument])[0]:
                low, high = np.searchsorted(when, (self._start[row], self._end[row]))
                held[side, low:high, self._instrument[row]] = True
        return (held[0] & held[1]).sum(axis=1)

    def parties(self) -> Any:
        np, mine = self._np, self._instrument == self._one
        begun = np.searchsorted(np.sort(self._start[mine]), self._days(), side="right")
        return begun - np.searchsorted(np.sort(self._end[mine]), self._days(), side="right")

    def form(self, question: str, answer: Any) -> list[Any]:
        names = json.loads(self._names.read_text(encoding="utf-8"))
        if question == "between":
            return sorted(names["instruments"][number] for number in answer)
        return _of_matrix(names["lines"], answer) if question == "all_pairs" else list(answer.tolist())


class _InSparql(Peer):
    """A peer that is asked in SPARQL."""

    texts = texts.Texts()

    def rows(self, text: str) -> list[tuple[str, ...]]:
        """The rows of an answer, as texts."""
        raise NotImplementedError

    def between(self, pair: Pair, on: date) -> Any:
        return self.rows(self.texts.between(pair, on))

    def all_pairs(self) -> Any:
        return self.rows(self.texts.all_pairs(texts.ON))

    def history(self) -> Any:
        found = [(one, max(s, t), min(e, f)) for one, s, e, t, f in self.rows(self.texts.spells(texts.POWERS))]
        return texts.counted_by_month(found)

    def parties(self) -> Any:
        return texts.counted_by_month(list(self.rows(self.texts.parties())))

    def timeline(self) -> Any:
        return self.rows(self.texts.timeline(texts.POWERS))

    def status(self, place: Place) -> Any:
        return self.rows(self.texts.status(place, texts.ON))

    def form(self, question: str, answer: Any) -> list[Any]:
        if question in ("history", "parties"):
            return list(answer)
        if question == "status":
            return [row[0].rpartition("/")[2] for row in answer]
        if question == "all_pairs":
            return sorted([_key(first), _key(second), int(count)] for first, second, count in answer)
        return sorted(_key(row[0]) for row in answer)


def _key(address: str) -> str:
    """The id in an address: what comes after the kind."""
    return urllib.parse.unquote(address.split("/id/", 1)[1].split("/", 1)[1])


class Oxigraph(_InSparql):
    """The same store, opened by hand with pyoxigraph."""

    name = "Oxigraph"

    def __init__(self, folder: Path, _: str) -> None:
        import pyoxigraph

        self._store = pyoxigraph.Store.read_only(str(home(folder).store))

    def rows(self, text: str) -> list[tuple[str, ...]]:
        found: Any = self._store.query(text, default_graph=OF_FACTS)
        return [tuple(cell.value for cell in row) for row in found]


class Rdflib(_InSparql):
    """The same quads, parsed into rdflib's own memory."""

    name = "rdflib"

    def __init__(self, folder: Path, _: str) -> None:
        from rdflib import Dataset, URIRef

        self._data = Dataset()
        self._data.parse(folder / "dump" / "quads.nq", format="nquads")
        for triple in self._data.graph(URIRef(OF_FACTS.value)):
            self._data.default_graph.add(triple)

    def rows(self, text: str) -> list[tuple[str, ...]]:
        found: Any = self._data.query(text)
        return [tuple(map(str, row)) for row in found]


class Virtuoso(_InSparql):
    """The same triples on a Virtuoso of one's own, over HTTP on this machine."""

    name = "Virtuoso"
    texts = texts.Texts(typed=False)

    def __init__(self, _: Path, address: str) -> None:
        host, port = address.split(":")
        self._connection = http.client.HTTPConnection(host, int(port), timeout=3600)

    def rows(self, text: str) -> list[tuple[str, ...]]:
        body = urllib.parse.urlencode({"query": text, "format": "application/sparql-results+json"})
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        self._connection.request("POST", "/sparql", body, headers)
        answer = self._connection.getresponse()
        read = answer.read()
        if answer.status != 200:
            raise RuntimeError(read.decode(errors="replace")[:300])
        found = json.loads(read)
        return [tuple(row[name]["value"] for name in found["head"]["vars"]) for row in found["results"]["bindings"]]


PEERS: dict[str, Callable[[Path, str], Peer]] = {
    peer.name.casefold(): peer for peer in (Treatygraph, Numpy, Oxigraph, Virtuoso, Rdflib)
}  # fmt: skip
