"""Citations made: of an answer, a record, a fact, a picture, or the record as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from treatygraph.answers.citation.styles import bibtex, csl, ris, text
from treatygraph.answers.citation.works import AUTHOR, CONTAINER, Subject, Work, key_of
from treatygraph.answers.edition import Edition
from treatygraph.model.dates import Span, long_form
from treatygraph.model.display import bundle
from treatygraph.model.terms import BASE

__all__ = ["Citation", "citation_of"]


@dataclass(frozen=True)
class Citation:
    """A citation in every style, and the sources behind what is cited."""

    answer: str
    """As text."""
    work: Work
    subject: Subject
    sources: tuple[Work, ...]
    notes: tuple[str, ...]
    edition: Edition | None

    @property
    def text(self) -> str:
        """A line for a list of references; sources in lines of their own below it."""
        return text(self.work, self.sources)

    @property
    def bibtex(self) -> str:
        """An entry of BibTeX, and one for each source."""
        return bibtex((self.work, *self.sources))

    @property
    def csl(self) -> list[dict[str, object]]:
        """Items of CSL-JSON (Zotero, pandoc, citeproc)."""
        return csl((self.work, *self.sources))

    @property
    def ris(self) -> str:
        """Records of RIS (EndNote, Mendeley, Zotero)."""
        return ris((self.work, *self.sources))

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """What a notebook shows."""
        return bundle(self.to_dict())

    def to_dict(self) -> dict[str, object]:
        """The JSON shape."""
        return {
            "answer": self.answer,
            "kind": self.work.kind,
            "title": self.work.title,
            "key": self.work.key,
            "address": self.work.address,
            "command": self.subject.command or None,
            "accessed": self.work.accessed or None,
            "sources": [_plain(source) for source in self.sources],
            "styles": {"text": self.text, "bibtex": self.bibtex, "csl": self.csl, "ris": self.ris},
            "notes": list(self.notes),
            "edition": self.edition.to_dict() if self.edition else None,
        }


def _plain(work: Work) -> dict[str, str]:
    values = {"id": work.key, "kind": work.kind, "title": work.title, "publisher": work.publisher,
              "date": work.issued, "address": work.address, "place": work.place}  # fmt: skip
    return {name: value for name, value in values.items() if value}


def citation_of(
    subject: Subject,
    edition: Edition | None,
    *,
    accessed: date | None = None,
    base: str = BASE,
    sources: Iterable[Work] = (),
    notes: Iterable[str] = (),
) -> Citation:
    """The citation of a subject in an edition of the record.

    Args:
        subject: what is cited.
        edition: the edition that it rests on; None: it is not known.
        accessed: the day on which it was read; None: it is not said.
        base: where the pages are; default: the permanent addresses.
        sources: the works behind it.
        notes: what the reader must know.
    """
    version, day = (edition.version, edition.day) if edition else ("", "")
    answered = subject.command.removeprefix("treatygraph ") if subject.kind in ("answer", "picture") else ""
    parts = answered or subject.path.removeprefix("id/") or subject.title
    work = Work(
        key=key_of("treatygraph", version, "" if subject.kind == "dataset" else parts),
        kind=subject.kind,
        title=subject.title,
        author=AUTHOR,
        publisher="",
        container="" if subject.kind == "dataset" else CONTAINER,
        issued=day,
        version=version,
        address=f"{base.rstrip('/')}/{subject.path or 'dataset'}",
        place="",
        accessed=accessed.isoformat() if accessed else "",
        note=_note(subject, edition),
    )
    works = tuple(sources)
    return Citation(text(work, ()), work, subject, works, tuple(notes), edition)


def _note(subject: Subject, edition: Edition | None) -> str:
    parts = []
    if edition:
        parts.append(f"Record as of {long_form(Span.parse(edition.day).latest)}")
        parts += [f"digest {edition.digest}"] if edition.digest else []
        parts += ["with facts of the user's own laid over it"] if edition.overlay else []
    parts += [f"made by: {subject.command}"] if subject.command else []
    return "; ".join(parts)
