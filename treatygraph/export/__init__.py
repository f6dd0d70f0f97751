"""Files that others can use: RDF, networks, tables, panels. Whole or not at all; the same facts give the same bytes."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from treatygraph.build.edition import edition_of
from treatygraph.build.index import Index
from treatygraph.export.fields import Cell, Table
from treatygraph.export.selection import ExportSelection
from treatygraph.export.writing import whole_file, whole_folder
from treatygraph.model.errors import UnknownName, UsageError
from treatygraph.model.vocabulary import DEPOSITARY

__all__ = ["FORMATS", "ExportSelection", "Exported", "Format", "export"]

Talk = Callable[[str], None]


@dataclass(frozen=True)
class Format:
    """A kind of file: what it is for, whether it is a folder, and what can be chosen."""

    summary: str
    folder: bool = False
    takes: frozenset[str] = frozenset()
    """Of ``on``, ``topic``, ``group``, ``reading``, ``since``, ``parquet``."""


_PART: Final = frozenset({"on", "topic", "group", "reading"})
_PANEL: Final = _PART | {"parquet"}

FORMATS: Final[Mapping[str, Format]] = {
    "turtle": Format("The whole graph as Turtle; facts and standings together."),
    "trig": Format("The whole graph as TriG; facts and standings in their graphs."),
    "nquads": Format("The whole graph as N-Quads, one quad a line."),
    "jsonld": Format("The whole graph as JSON-LD, with the published context."),
    "rdf12": Format(
        "Standings, signatures and ratifications as RDF 1.2 statements with qualifiers, as Wikidata has them."
    ),
    "gexf": Format("States and instruments as a network with spells, which Gephi animates.", takes=_PART),
    "graphml": Format("The same network as GraphML, an edge for each stretch of time.", takes=_PART),
    "csv": Format("Every record as CSV tables, with a codebook.", folder=True),
    "parquet": Format("Every record as Parquet tables, with a codebook.", folder=True),
    "state-intervals": Format("Panel: which instrument held which state, in days.", folder=True, takes=_PANEL),
    "dyad-intervals": Format("Panel: which instrument held both of two states, in days.", folder=True, takes=_PANEL),
    "dyad-years": Format(
        "Panel: how many instruments held each pair of COW numbers at the end of each year.",
        folder=True,
        takes=frozenset({"topic", "group", "reading", "since", "parquet"}),
    ),
}
"""Every format by its name."""
_NEEDS: Final = {"gexf": "networkx", "graphml": "networkx", "parquet": "pyarrow"}
_EXTRAS: Final = {"networkx": "network", "pyarrow": "frames"}


@dataclass(frozen=True)
class Exported:
    """What was written where."""

    path: Path
    files: tuple[Path, ...]


def export(
    index: Index,
    store: Path,
    format_name: str,
    path: Path,
    today: date,
    selection: ExportSelection | None = None,
    *,
    since: int | None = None,
    parquet: bool = False,
    force: bool = False,
    talk: Talk = lambda _: None,
) -> Exported:
    """Write one export.

    Args:
        index: the documents of the graph.
        store: the folder of the Oxigraph store.
        format_name: one of :data:`FORMATS`.
        path: a file, or a folder where the format is one.
        today: the last whole year before it ends the dyad-years.
        selection: a part of the record, where the format can be of a part.
        since: the first year of dyad-years; default 1945.
        parquet: panels as Parquet in place of CSV.
        force: replace an older export.
        talk: told about what takes a while.

    Raises:
        UnknownName: no format, topic or group is called that.
        UsageError: the format takes no such choice, something is at ``path``, or a library is missing.
        StoreError: it cannot be written.
    """
    chosen = selection or ExportSelection()
    if format_name not in FORMATS:
        raise UnknownName("format", format_name, FORMATS)
    _check(format_name, chosen, since=since, parquet=parquet)
    kind = FORMATS[format_name]
    if not kind.folder:
        with whole_file(path, force=force) as made:
            _write_file(index, store, format_name, made, chosen, talk)
        return Exported(path, (path,))
    with whole_folder(path, force=force) as made:
        _write_folder(index, format_name, made, chosen, (since, today), talk, parquet=parquet)
    return Exported(path, tuple(sorted(path.iterdir())))


def _check(name: str, selection: ExportSelection, *, since: int | None, parquet: bool) -> None:
    given = {
        "on": selection.on is not None,
        "topic": selection.topic is not None,
        "group": selection.group is not None,
        "reading": selection.reading != DEPOSITARY,
        "since": since is not None,
        "parquet": parquet,
    }
    for option, there in given.items():
        if there and option not in FORMATS[name].takes:
            able = [other for other, kind in FORMATS.items() if option in kind.takes]
            raise UsageError(f"the format '{name}' takes no --{option}; these do: {', '.join(able)}.")
    library = "pyarrow" if parquet else _NEEDS.get(name, "")
    if library and importlib.util.find_spec(library) is None:
        raise UsageError(f"this needs {library}: pip install 'treatygraph[{_EXTRAS[library]}]'.")


def _write_file(index: Index, store: Path, name: str, path: Path, selection: ExportSelection, talk: Talk) -> None:
    if name in ("gexf", "graphml"):
        from treatygraph.export import networks

        if name == "gexf":
            networks.write_gexf(path, networks.spells_graph(index, selection))
        else:
            networks.write_graphml(path, networks.stretches_graph(index, selection))
        return
    from treatygraph.export import rdf, statements

    talk("treatygraph: reading the graph …")
    quads = rdf.all_quads(store)
    talk(f"treatygraph: writing {len(quads):,} quads …")
    writers = {"turtle": rdf.write_turtle, "trig": rdf.write_trig, "nquads": rdf.write_nquads,
               "jsonld": rdf.write_jsonld, "rdf12": statements.write_statements}  # fmt: skip
    writers[name](path, quads)


def _write_folder(
    index: Index, name: str, folder: Path, selection: ExportSelection, years: tuple[int | None, date], talk: Talk, *,
    parquet: bool,
) -> None:  # fmt: skip
    from treatygraph.export import package

    if name in ("csv", "parquet"):
        from treatygraph.export.tables import TABLES

        tables = [(table, table.rows(index)) for table in TABLES]
        package.write_package(folder, "treatygraph", "treatygraph: every record", tables,
                              parquet=name == "parquet", talk=talk, edition=edition_of(index))  # fmt: skip
        return
    table, rows, notes = _panel(index, name, selection, years)
    title = f"treatygraph: {table.title}"
    package.write_package(
        folder,
        f"treatygraph-{name}",
        title,
        [(table, rows)],
        parquet=parquet,
        talk=talk,
        notes=notes,
        edition=edition_of(index),
    )


def _panel(
    index: Index, name: str, selection: ExportSelection, years: tuple[int | None, date]
) -> tuple[Table, Iterable[tuple[Cell, ...]], list[str]]:
    """A panel: its table, its rows, and what who uses it must know."""
    from treatygraph.export import panels

    notes = ["Derived from the acts on record by rules that the project documents; days are half-open.",
             f"Reading: {selection.reading}."]  # fmt: skip
    notes += [f"{what}: {value}." for what, value in (
        ("Topic", selection.topic), ("Group", selection.group), ("Day", selection.on)) if value]  # fmt: skip
    if name == "dyad-years":
        first, last = years[0] or panels.FIRST_YEAR, years[1].year - 1
        if first > last:
            raise UsageError(f"the panel ends with {last}, the last whole year; --since must not be later.")
        notes.append(f"Years {first} to {last}. States without a COW number are left out.")
        return panels.YEARS, panels.dyad_years(index, selection, first, last), notes
    if name == "dyad-intervals":
        return panels.DYADS, panels.dyad_intervals(index, selection), notes
    return panels.STATES, panels.state_intervals(index, selection), notes
