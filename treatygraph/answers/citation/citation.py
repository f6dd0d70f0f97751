"""Citations made: of an answer, a record, a fact, a picture, or the record as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, NotRequired, TypedDict

from treatygraph.answers.citation.styles import bibtex, csl, ris, text
from treatygraph.answers.citation.works import AUTHOR, CONTAINER, CitedSubject, Work, key_of
from treatygraph.answers.edition import Edition
from treatygraph.model.dates import Span, long_form
from treatygraph.model.display import bundle
from treatygraph.model.json_form import HIDDEN, NULL_WHERE_EMPTY, key, plain, shown
from treatygraph.model.terms import BASE

__all__ = ["Citation", "CitationStyles", "CitedWork", "citation_of"]


class CitedWork(TypedDict):
    """A work behind what is cited."""

    id: str
    kind: str
    title: str
    publisher: NotRequired[str]
    date: NotRequired[str]
    address: NotRequired[str]
    """Where it can be read on the web."""
    place: NotRequired[str]
    """Where it can be read otherwise."""


class CitationStyles(TypedDict):
    """A citation in four styles."""

    text: str
    bibtex: str
    csl: list[dict[str, object]]
    ris: str


@dataclass(frozen=True)
class Citation:
    """A citation in every style, and the sources behind what is cited."""

    answer: str
    """As text."""
    work: Annotated[Work, HIDDEN]
    subject: Annotated[CitedSubject, HIDDEN]
    sources: Annotated[tuple[Work, ...], HIDDEN]
    notes: tuple[str, ...]
    edition: Edition | None
    original: Annotated[Work | None, HIDDEN] = None
    """Of the record of an instrument: the instrument itself, which is what a reader of a paper looks for."""

    @property
    def _all(self) -> tuple[Work, ...]:
        return (self.work, *([self.original] if self.original else []), *self.sources)

    @property
    def text(self) -> str:
        """A line for a list of references, one for the instrument itself, and one for each source."""
        return text(self.work, self.sources, self.original)

    @property
    def bibtex(self) -> str:
        """An entry of BibTeX, and one for each source."""
        return bibtex(self._all)

    @property
    def csl(self) -> list[dict[str, object]]:
        """Items of CSL-JSON (Zotero, pandoc, citeproc)."""
        return csl(self._all)

    @property
    def ris(self) -> str:
        """Records of RIS (EndNote, Mendeley, Zotero)."""
        return ris(self._all)

    @property
    @shown
    def kind(self) -> str:
        """``answer``, ``record``, ``fact``, ``picture``, ``dataset``; of a source its kind."""
        return self.work.kind

    @property
    @shown
    def title(self) -> str:
        """What is cited."""
        return self.work.title

    @property
    @shown
    def key(self) -> str:
        """Of the entry in BibTeX."""
        return self.work.key

    @property
    @shown
    def address(self) -> str:
        """Where it can be read on the web."""
        return self.work.address

    @property
    @shown
    def command(self) -> Annotated[str, NULL_WHERE_EMPTY]:
        """The command line that gives it again; null where none does."""
        return self.subject.command

    @property
    @shown
    def accessed(self) -> Annotated[str, NULL_WHERE_EMPTY]:
        """The day on which it was read; null where it is not said."""
        return self.work.accessed

    @property
    @shown
    def works(self) -> Annotated[tuple[CitedWork, ...], key("sources")]:
        """The works behind it, where they were asked for."""
        return tuple(_cited(source) for source in self.sources)

    @property
    @shown
    def instrument(self) -> CitedWork | None:
        """The instrument itself, of the record of one; null of all else."""
        return _cited(self.original) if self.original else None

    @property
    @shown
    def styles(self) -> CitationStyles:
        """The citation in each style."""
        return {"text": self.text, "bibtex": self.bibtex, "csl": self.csl, "ris": self.ris}

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """What a notebook shows."""
        return bundle(self.to_dict())

    def to_dict(self) -> dict[str, object]:
        """The JSON form."""
        return plain(self)


def _cited(work: Work) -> CitedWork:
    form: CitedWork = {"id": work.key, "kind": work.kind, "title": work.title}
    if work.publisher:
        form["publisher"] = work.publisher
    if work.issued:
        form["date"] = work.issued
    if work.address:
        form["address"] = work.address
    if work.place:
        form["place"] = work.place
    return form


def citation_of(
    subject: CitedSubject,
    edition: Edition | None,
    *,
    accessed: date | None = None,
    base: str = BASE,
    sources: Iterable[Work] = (),
    notes: Iterable[str] = (),
    original: Work | None = None,
) -> Citation:
    """The citation of a subject in an edition of the record.

    Args:
        subject: what is cited.
        edition: the edition that it rests on; None: it is not known.
        accessed: the day on which it was read; None: it is not said.
        base: where the pages are; default: the permanent addresses.
        sources: the works behind it.
        notes: what the reader must know.
        original: the instrument itself, where its record is cited.
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
    return Citation(text(work, (), original), work, subject, works, tuple(notes), edition, original)


def _note(subject: CitedSubject, edition: Edition | None) -> str:
    parts = []
    if edition:
        parts.append(f"Record as of {long_form(Span.parse(edition.day).latest)}")
        parts += [f"digest {edition.digest}"] if edition.digest else []
        parts += ["with facts of the user's own laid over it"] if edition.overlay else []
    parts += [f"made by: {subject.command}"] if subject.command else []
    return "; ".join(parts)
