"""Reads and writes links as SSSOM in tab-separated values: metadata in comment lines, then one link per row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from treatygraph.facts.sheets import Fact, Findings
from treatygraph.model.wikidata_links import Link

__all__ = ["COLUMNS", "link_lines", "read_links", "subject_of"]

COLUMNS: Final = (
    "subject_id", "subject_label", "subject_type", "predicate_modifier", "predicate_id", "object_id", "object_label",
    "mapping_justification", "author_label", "mapping_tool", "mapping_date", "confidence", "source", "at", "comment",
)  # fmt: skip
"""The columns of a file of links, as SSSOM names them; ``source`` and ``at`` are ours."""

_KINDS: Final = ("instrument", "state", "group", "official", "office", "body")
_LITERAL: Final = "rdfs literal"
_PREDICATE: Final = re.compile(r"skos:((?:exact|close|broad|narrow|related)Match)")
_ITEM: Final = re.compile(r"wd:([QP][1-9]\d*)")
_SUBJECT: Final = re.compile(r"(tg|tgo|tgs):(.+)")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_links(path: Path, name: str, findings: Findings) -> tuple[Link, ...]:
    """The links of a file; what is wrong with it goes to ``findings`` under ``name``. No file, no links."""
    if not path.is_file():
        return ()
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as problem:
        findings.add(f"{name}:1", "encoding", f"not UTF-8: {problem.reason}.", "save the file as UTF-8.")
        return ()
    return tuple(_links(lines, name, findings))


def _links(lines: list[str], name: str, findings: Findings) -> Iterator[Link]:
    head = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    columns = lines[head].split("\t") if head < len(lines) else []
    if tuple(columns) != COLUMNS:
        wrong = ", ".join(sorted(set(columns) ^ set(COLUMNS))) or "their order"
        mend = f"the header is {' '.join(COLUMNS)}, with tabs."
        findings.add(f"{name}:{head + 1}", "unknown-column", f"the columns differ: {wrong}.", mend)
        return
    for number, line in enumerate(lines[head + 1 :], head + 2):
        cells, place = line.split("\t"), f"{name}:{number}"
        if len(cells) != len(COLUMNS):
            message = f"{len(cells)} cells for {len(COLUMNS)} columns."
            findings.add(place, "cells", message, "separate the cells with one tab each.")
            continue
        fact = Fact(dict(zip(COLUMNS, cells, strict=True)), place)
        problem = _problem(fact)
        if problem:
            findings.add(place, "link", *problem)
        else:
            yield _link(fact)


def _problem(fact: Fact) -> tuple[str, str] | None:
    """What is wrong with a row, and the mend; None when nothing is."""
    text = fact.text
    checks = (
        (text("source") and text("at"), "the link has no source or no place in it.", "say where the id was read."),
        (subject_of(fact) is not None, f"'{text('subject_id')}' is no subject.",
         "write tg:kind/id, tgo:term or tgs:scheme/concept, or leave it empty with the type 'rdfs literal'."),
        (text("subject_label"), "the link has no subject_label.", "write the name of the record."),
        (_PREDICATE.fullmatch(text("predicate_id")), f"'{text('predicate_id')}' is no predicate.",
         "use skos:exactMatch, skos:closeMatch, skos:broadMatch, skos:narrowMatch or skos:relatedMatch."),
        (text("predicate_modifier") in ("", "Not"), f"'{text('predicate_modifier')}' is no modifier.",
         "leave it empty, or write Not for a rejected link."),
        (_ITEM.fullmatch(text("object_id")), f"'{text('object_id')}' is no item.", "write wd: and the id, as wd:Q159."),
        (text("mapping_justification").startswith("semapv:"), "the link does not say how it was found.",
         "fill mapping_justification with a term of semapv."),
        (_DAY.fullmatch(text("mapping_date")), "the link has no day.", "fill mapping_date as YYYY-MM-DD."),
        (re.fullmatch(r"0(\.\d+)?|1(\.0+)?", text("confidence")), "the confidence is no number from 0 to 1.",
         "write it as 0.95."),
    )  # fmt: skip
    return next(((message, mend) for holds, message, mend in checks if not holds), None)


def subject_of(fact: Fact) -> tuple[str, str] | None:
    """Kind and key of the record that a row is about; two empty texts for a name, None when it is neither."""
    text = fact.text("subject_id")
    if not text:
        return ("", "") if fact.text("subject_type") == _LITERAL else None
    match = _SUBJECT.fullmatch(text)
    if not match:
        return None
    prefix, rest = match.groups()
    if prefix != "tg":
        return ("term" if prefix == "tgo" else "concept", rest)
    kind, _, key = rest.partition("/")
    return (kind, key) if kind in _KINDS and key else None


def _link(fact: Fact) -> Link:
    text = fact.text
    kind, key = subject_of(fact) or ("", "")
    return Link(
        kind=kind,
        record=key,
        label=text("subject_label"),
        predicate=text("predicate_id").removeprefix("skos:"),
        item=text("object_id").removeprefix("wd:"),
        item_label=text("object_label"),
        rejected=text("predicate_modifier") == "Not",
        justification=text("mapping_justification").removeprefix("semapv:"),
        author=text("author_label"),
        tool=text("mapping_tool"),
        date=text("mapping_date"),
        confidence=text("confidence"),
        note=text("comment"),
        cite=fact.cite,
    )


def link_lines(links: Iterable[Link]) -> list[str]:
    """The header and one row per link, in the order of the file: records before names, by id."""
    rows = [_cells(link) for link in links]
    rows.sort(key=lambda row: (not row[0], row[0], row[1], row[5], row[3]))
    return ["\t".join(COLUMNS), *("\t".join(" ".join(cell.split()) for cell in row) for row in rows)]


def _cells(link: Link) -> list[str]:
    prefix = {"term": "tgo:", "concept": "tgs:", "": ""}.get(link.kind, f"tg:{link.kind}/")
    return [
        prefix + link.record, link.label, "" if link.kind else _LITERAL, "Not" if link.rejected else "",
        f"skos:{link.predicate}", f"wd:{link.item}", link.item_label, f"semapv:{link.justification}", link.author,
        link.tool, link.date, link.confidence, ";".join(link.cite.sources), link.cite.at, link.note,
    ]  # fmt: skip
