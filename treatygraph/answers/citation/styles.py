"""Works in the styles that reference managers read: text, BibTeX, CSL-JSON and RIS."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from treatygraph.answers.citation.works import Work
from treatygraph.model.dates import Span, long_form

__all__ = ["STYLES", "bibtex", "csl", "ris", "text"]

STYLES: Final = ("text", "bibtex", "csl", "ris")

_SPECIAL: Final = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
"""What TeX obeys in running text, and how it is written instead."""
_CSL_TYPES: Final[Mapping[str, str]] = {
    "answer": "webpage", "record": "entry", "fact": "entry", "picture": "figure", "dataset": "dataset",
    "press": "article-newspaper", "reference": "entry-encyclopedia", "treaty": "treaty", "document": "document",
}  # fmt: skip
_RIS_TYPES: Final[Mapping[str, str]] = {"dataset": "DATA", "picture": "FIGURE", "press": "NEWS",
                                         "treaty": "STAT", "document": "GEN"}  # fmt: skip
_GENRES: Final[Mapping[str, str]] = {"answer": "answer", "record": "record", "fact": "fact", "picture": "picture"}


def text(work: Work, sources: Sequence[Work], original: Work | None = None) -> str:
    """A line for a list of references, one for the instrument itself, and one for each source."""
    lines = [*([_line(original)] if original else []), _line(work)]
    if sources:
        lines += ["", "Sources:", *(f"[{number}] {_line(source)}" for number, source in enumerate(sources, 1))]
    return "\n".join(lines)


def _line(work: Work) -> str:
    year = f" ({work.year})" if work.year else ""
    begin = f"{work.author or work.publisher}{year}: " if work.author or work.publisher else ""
    parts = [f"{begin}{work.title}".rstrip(".")]
    if work.container:
        parts.append(f"In: {work.container}")
    if work.version:
        parts.append(f"Version {work.version}")
    if work.note:
        parts.append(work.note)
    if not work.author and work.date and work.date.is_day:
        parts.append(long_form(work.date.latest))
    where = work.address or work.place
    accessed = f" (accessed {long_form(Span.parse(work.accessed).latest)})" if work.accessed else ""
    return ". ".join([*parts, f"{where}{accessed}"] if where else parts) + ("" if where else ".")


# ---------------------------------------------------------------------- BibTeX


def bibtex(works: Iterable[Work]) -> str:
    """Entries of BibTeX, as biblatex and Zotero read them too; UTF-8."""
    return "\n".join(map(_entry, works))


def _entry(work: Work) -> str:
    date = work.date
    month = f"{date.latest.month:02d}" if date and (date.is_day or date.precision == "month") else ""
    # Verbatim in biblatex and in \url: only what would end the field is written as a percent code.
    address = work.address.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
    fields = {
        "author": f"{{{_tex(work.author)}}}" if work.author else "",
        "title": f"{{{_tex(work.title)}}}",
        "year": work.year,
        "month": month,
        "date": work.issued if date and work.year else "",
        "publisher": _tex(work.publisher),
        "howpublished": _tex(work.container or work.place),
        "version": _tex(work.version),
        "url": address,
        "urldate": work.accessed,
        "note": _tex(work.note),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{work.key},\n{lines}}}\n"


def _tex(text: str) -> str:
    return "".join(_SPECIAL.get(character, character) for character in _plain(text))


def _plain(text: str) -> str:
    """On one line, without characters that no format takes."""
    return re.sub(r"[\x00-\x1f\x7f]+", " ", text).strip()


# ---------------------------------------------------------------------- CSL-JSON


def csl(works: Iterable[Work]) -> list[dict[str, object]]:
    """Items of CSL-JSON 1.0."""
    return [_item(work) for work in works]


def _item(work: Work) -> dict[str, object]:
    fields: dict[str, object] = {
        "id": work.key,
        "type": _CSL_TYPES.get(work.kind) or ("webpage" if work.address else "document"),
        "title": _plain(work.title),
        "author": [{"literal": work.author}] if work.author else [],
        "publisher": _plain(work.publisher),
        "container-title": work.container,
        "genre": _GENRES.get(work.kind, ""),
        "version": work.version,
        "issued": _date(work.date),
        "accessed": _date(Span.parse(work.accessed)) if work.accessed else None,
        "URL": work.address,
        "archive_location": _plain(work.place),
        "note": _plain(work.note),
    }
    return {name: value for name, value in fields.items() if value}


def _date(when: Span | None) -> dict[str, object] | None:
    if when is None or when.earliest.year == 1:  # open towards the past: there is no first day to give
        return None
    if when.precision == "interval":
        return {"date-parts": [[day.year, day.month, day.day] for day in (when.earliest, when.latest)]}
    day = when.latest
    return {"date-parts": [[day.year, day.month, day.day][: {"day": 3, "month": 2}.get(when.precision, 1)]]}


# ---------------------------------------------------------------------- RIS


def ris(works: Iterable[Work]) -> str:
    """Records of RIS; lines end as its specification asks."""
    return "\r\n".join(map(_record, works))


def _record(work: Work) -> str:
    date = work.date
    day = ""
    if date and work.year:
        day = date.latest.strftime("%Y/%m/%d") if date.is_day else f"{work.year}///"
    lines = [
        ("TY", _RIS_TYPES.get(work.kind) or ("ELEC" if work.address else "GEN")),
        ("ID", work.key),
        ("TI", work.title),
        ("AU", work.author),
        ("PB", work.publisher),
        ("T2", work.container),
        ("PY", work.year),
        ("DA", day),
        ("ET", work.version),
        ("UR", work.address),
        ("AV", work.place),
        ("Y2", work.accessed.replace("-", "/")),
        ("N1", work.note),
    ]
    return "".join(f"{tag}  - {_plain(value)}\r\n" for tag, value in lines if value) + "ER  - \r\n"
