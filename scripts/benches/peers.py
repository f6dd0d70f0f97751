"""Who is asked. Each answers with the number of things that its answer holds, so that answers can be compared."""

from __future__ import annotations

import http.client
import json
import urllib.parse
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from benches import texts


class Peer:
    """One way to have answers, opened over what ``sizes`` laid down in a folder."""

    name = ""

    def between(self, on: date) -> int:
        """Instruments that bind both powers on a day."""
        raise NotImplementedError

    def all_pairs(self) -> int:
        """The sum over all pairs of states of the instruments that bind both."""
        raise NotImplementedError

    def history(self) -> int:
        """The sum over all months of the instruments that bind both powers."""
        raise NotImplementedError

    def parties(self) -> int:
        """The sum over all months of the states bound by one instrument."""
        raise NotImplementedError

    def timeline(self) -> int:
        """Entries of the timeline of two powers."""
        raise NotImplementedError


class Treatygraph(Peer):
    """The package itself."""

    name = "treatygraph"

    def __init__(self, folder: Path, _: str) -> None:
        from treatygraph.graph import Graph
        from treatygraph.store import Build

        self._graph = Graph(Build(next(folder.glob("cache/graph-*"))))
        self._table: Any = None

    def between(self, on: date) -> int:
        found = self._graph.between("US", "Russia", on=on).instruments
        return sum(1 for _ in _flat(found))

    def _intervals(self) -> Any:
        if self._table is None:
            self._table = self._graph.intervals()
        return self._table

    def all_pairs(self) -> int:
        return int(self._intervals().matrix(texts.ON).sum()) // 2

    def history(self) -> int:
        table = self._intervals()
        pair = [table.index("USA"), table.index("RUS")]
        return int(table.series(pair, texts.MONTHS)[:, 0, 1].sum())

    def parties(self) -> int:
        import numpy

        table = self._intervals()
        mine = table.instrument == table.instruments.index(texts.INSTRUMENT)
        when = numpy.array([day.toordinal() for day in texts.MONTHS])
        begun = numpy.searchsorted(numpy.sort(table.start[mine]), when, side="right")
        return int((begun - numpy.searchsorted(numpy.sort(table.end[mine]), when, side="right")).sum())

    def timeline(self) -> int:
        return len(self._graph.timeline("US", "Russia"))


def _flat(instruments: Iterable[Any]) -> Iterator[Any]:
    for item in instruments:
        yield item
        yield from _flat(item.parts)


class Numpy(Peer):
    """The floor: bare arrays of who is bound by what and when, with no names, reasons or sources."""

    name = "numpy"

    def __init__(self, folder: Path, _: str) -> None:
        import numpy

        self._np = numpy
        held = numpy.load(folder / "arrays.npz")
        self._line, self._instrument, self._start, self._end = (
            held[key] for key in ("line", "instrument", "start", "end")
        )
        self._pair, self._one, self._size = held["pair"], int(held["one"]), held["size"]
        self._wanted = held["wanted"]

    def _days(self) -> Any:
        return self._np.array([day.toordinal() for day in texts.MONTHS])

    def between(self, on: date) -> int:
        np, when = self._np, on.toordinal()
        now = (self._start <= when) & (when < self._end) & self._wanted[self._instrument]
        mine, theirs = (self._instrument[now & (self._line == line)] for line in self._pair)
        return int(np.intersect1d(mine, theirs).size)

    def all_pairs(self) -> int:
        np, when = self._np, texts.ON.toordinal()
        now = (self._start <= when) & (when < self._end) & self._wanted[self._instrument]
        held = np.zeros(tuple(self._size), dtype=np.float32)
        held[self._line[now], self._instrument[now]] = 1
        counts = (held @ held.T).astype(np.int64)
        return int(counts.sum() - np.trace(counts)) // 2

    def history(self) -> int:
        np, when = self._np, self._days()
        held = np.zeros((2, len(when), int(self._size[1])), dtype=bool)
        for side, line in enumerate(self._pair):
            for row in np.nonzero((self._line == line) & self._wanted[self._instrument])[0]:
                low, high = np.searchsorted(when, (self._start[row], self._end[row]))
                held[side, low:high, self._instrument[row]] = True
        return int((held[0] & held[1]).sum())

    def parties(self) -> int:
        np, mine = self._np, self._instrument == self._one
        begun = np.searchsorted(np.sort(self._start[mine]), self._days(), side="right")
        return int((begun - np.searchsorted(np.sort(self._end[mine]), self._days(), side="right")).sum())


class _InSparql(Peer):
    """A peer that is asked in SPARQL."""

    def rows(self, text: str) -> list[tuple[str, ...]]:
        """The rows of an answer, as texts."""
        raise NotImplementedError

    def between(self, on: date) -> int:
        return len(self.rows(texts.between(on)))

    def all_pairs(self) -> int:
        return sum(int(row[2]) for row in self.rows(texts.all_pairs(texts.ON)))

    def history(self) -> int:
        found = [(one, max(s, t), min(e, f)) for one, s, e, t, f in self.rows(texts.spells())]
        return sum(texts.counted_by_month(found))

    def parties(self) -> int:
        return sum(texts.counted_by_month(list(self.rows(texts.parties()))))

    def timeline(self) -> int:
        return len(self.rows(texts.timeline()))


class Oxigraph(_InSparql):
    """The same store, opened by hand with pyoxigraph."""

    name = "Oxigraph"

    def __init__(self, folder: Path, _: str) -> None:
        import pyoxigraph

        self._store = pyoxigraph.Store.read_only(str(next(folder.glob("cache/graph-*")) / "store"))

    def rows(self, text: str) -> list[tuple[str, ...]]:
        found: Any = self._store.query(text)
        return [tuple(cell.value for cell in row) for row in found]


class Rdflib(_InSparql):
    """The same quads, parsed into rdflib's own memory."""

    name = "rdflib"

    def __init__(self, folder: Path, _: str) -> None:
        from rdflib import Dataset

        self._data = Dataset()
        self._data.parse(folder / "quads.nq", format="nquads")

    def rows(self, text: str) -> list[tuple[str, ...]]:
        found: Any = self._data.query(text)
        return [tuple(map(str, row)) for row in found]


class Virtuoso(_InSparql):
    """The same triples on a Virtuoso of one's own, over HTTP on this machine."""

    name = "Virtuoso"

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
