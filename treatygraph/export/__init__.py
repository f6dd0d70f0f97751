"""Files that others can use: RDF, networks, tables, panels. Whole or not at all; the same facts give the same bytes."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from treatygraph.build.edition import edition_of
from treatygraph.build.index import Index
from treatygraph.export.panels import PANELS, Panel
from treatygraph.export.panels.years import FIRST_YEAR
from treatygraph.export.selection import AT, SYSTEMS, ExportSelection
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
    """Of ``on``, ``topic``, ``group``, ``reading``, ``system``, ``organisations``, ``known``, ``since``, ``at``,
    ``parquet``, ``stata``."""


_STATES: Final = frozenset({"topic", "group", "reading", "system", "organisations", "known"})
_PART: Final = _STATES | {"on"}
_FILE: Final = frozenset({"parquet", "stata"})


def _takes(name: str, panel: Panel) -> frozenset[str]:
    """What can be chosen of a panel."""
    if panel.by_year:
        return _STATES | _FILE | {"since", "at"}
    return (_PART if name.endswith("-intervals") else _STATES) | _FILE


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
    **{name: Format(panel.summary, folder=True, takes=_takes(name, panel)) for name, panel in PANELS.items()},
}
"""Every format by its name."""
_NEEDS: Final = {
    "gexf": ("networkx",), "graphml": ("networkx",), "parquet": ("pyarrow",),
    **{name: ("numpy",) for name, panel in PANELS.items() if panel.needs_numpy},
}  # fmt: skip
_EXTRAS: Final = {"networkx": "network", "numpy": "network", "pyarrow": "frames", "pandas": "frames"}


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
    file: str = "csv",
    force: bool = False,
    talk: Talk = lambda _: None,
) -> Exported:
    """Write one export.

    Args:
        index: the documents of the graph, as known by the day of the selection.
        store: the folder of the Oxigraph store.
        format_name: one of :data:`FORMATS`.
        path: a file, or a folder where the format is one.
        today: the last whole year before it ends the panels by year.
        selection: a part of the record, where the format can be of a part.
        since: the first year of panels by year; default 1945.
        file: a panel as ``csv``, ``parquet`` or ``stata``.
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
    _check(format_name, chosen, since=since, file=file)
    kind = FORMATS[format_name]
    if not kind.folder:
        with whole_file(path, force=force) as target:
            _write_file(index, store, format_name, target, chosen, talk)
        return Exported(path, (path,))
    with whole_folder(path, force=force) as target:
        _write_folder(index, format_name, target, chosen, (since, today), talk, file=file)
    return Exported(path, tuple(sorted(path.iterdir())))


def _check(name: str, selection: ExportSelection, *, since: int | None, file: str) -> None:
    options = {
        "on": selection.on is not None,
        "topic": selection.topic is not None,
        "group": selection.group is not None,
        "reading": selection.reading != DEPOSITARY,
        "system": selection.system != "all",
        "organisations": selection.organisations,
        "known": selection.known is not None,
        "at": selection.at != "end",
        "since": since is not None,
        "parquet": file == "parquet",
        "stata": file == "stata",
    }
    for option, there in options.items():
        if there and option not in FORMATS[name].takes:
            able = [other for other, kind in FORMATS.items() if option in kind.takes]
            raise UsageError(f"the format '{name}' takes no --{option}; these do: {', '.join(able)}.")
    for what, word, words in (("system", selection.system, SYSTEMS), ("at", selection.at, AT)):
        if word not in words:
            raise UsageError(f"'{word}' is no value of {what}; use one of {', '.join(words)}.")
    libraries = (*_NEEDS.get(name, ()), *{"parquet": ("pyarrow",), "stata": ("pandas",)}.get(file, ()))
    for library in libraries:
        if importlib.util.find_spec(library) is None:
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
    file: str,
) -> None:  # fmt: skip
    from treatygraph.export import package

    if name in ("csv", "parquet"):
        from treatygraph.export.tables import TABLES

        tables = [(table, table.rows(index)) for table in TABLES]
        package.write_package(folder, "treatygraph", "treatygraph: every record", tables, file=name, talk=talk,
                              edition=edition_of(index))  # fmt: skip
        return
    panel, bounds = PANELS[name], (years[0] or FIRST_YEAR, years[1].year - 1)
    if panel.by_year and bounds[0] > bounds[1]:
        raise UsageError(f"the panel ends with {bounds[1]}, the last whole year; --since must not be later.")
    package.write_package(
        folder, f"treatygraph-{name}", f"treatygraph: {panel.title}", panel.rows(index, selection, bounds), file=file,
        talk=talk, notes=_notes(index, panel, selection, bounds), edition=edition_of(index),
    )  # fmt: skip


_COUNTED: Final = {
    "end": "what holds on 31 December: what came after an event of the same year counts as there before it, so lag by "
           "one year, or take share",
    "any": "what holds on any day of the year", "share": "the part of the year's days on which it holds",
}  # fmt: skip


def _notes(index: Index, panel: Panel, selection: ExportSelection, years: tuple[int, int]) -> list[str]:
    """What who uses a panel must know."""
    from treatygraph.export.panels.frame import unevenness

    notes = ["Derived from the acts on record by rules that the project documents; days are half-open.",
             f"Reading: {selection.reading}."]  # fmt: skip
    notes += [f"{what}: {value}." for what, value in (
        ("Topic", selection.topic), ("Group", selection.group), ("Day", selection.on),
        ("As known by", selection.known)) if value]  # fmt: skip
    notes.append(f"States: {selection.system}{', and organisations' if selection.organisations else ''}.")
    if panel.by_year:
        notes.append(f"Years {years[0]} to {years[1]}. Counted: {_COUNTED[selection.at]}.")
    notes.append("What the record cannot tell is in no count; columns in _max count it too, and known says so.")
    notes.append("Taiwan: under the reading 'depositary' bound until 1971-10-25, when the Chinese seat in the United "
                 "Nations passed (R12); another reading, such as USA, keeps it. Palestine: since its own acts; states "
                 "that refuse it are not bound to it (R12). Successors: from their birth where they notified so later "
                 "(R34); as known at the time by --known.")  # fmt: skip
    if panel.pairs:
        notes.append(unevenness(index, selection))
    return notes
