"""Finds the items of records that have none: by the article first, then by name, class and dates.

Each candidate is scored and says why. One is taken as exact only when its evidence is of two kinds, or its article
leads to it; two that are equally good are both refused; one that was rejected before is never proposed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from treatygraph.build.index import Index
from treatygraph.model.cites import Cite
from treatygraph.model.dates import Span
from treatygraph.model.names import key
from treatygraph.model.version import VERSION
from treatygraph.model.wikidata_links import ENTITY, Link
from treatygraph.wikidata.client import Client
from treatygraph.wikidata.compare import gap
from treatygraph.wikidata.questions import ARTICLES, LABELLED, LOOKS
from treatygraph.wikidata.statements import moment
from treatygraph.wikidata.subjects import Subject
from treatygraph.wikidata.wire import Row

__all__ = ["SOURCE", "ItemCandidate", "ResolvedItems", "from_file", "resolve"]

SOURCE: Final = "wikidata"
"""The source of an id that was found by asking Wikidata."""
_ARTICLE, _ARTICLE_RECALLED, _LABEL, _ALIAS = 0.7, 0.55, 0.4, 0.3
_CLASS, _DATE, _DATE_APART = 0.2, 0.25, -0.4
_EXACT: Final = 0.75
"""From this score on a candidate may be exact."""
_ONE_YEAR: Final = 366
"""Days by which the dates of one treaty may be apart: adopted in one autumn, opened for signature in the next spring.

Of 44 treaties whose items were read, five have there the day of adoption and here that of the opening: 14 to 200 days.
"""


@dataclass(frozen=True)
class ItemCandidate:
    """An item that may be a record of ours."""

    subject: Subject
    item: str
    item_label: str
    score: float
    why: tuple[str, ...]
    justification: str
    exact: bool
    """Good enough to be taken without asking anybody."""
    equal: tuple[str, ...] = ()
    """Other items that are just as good: then none is taken."""
    source: str = SOURCE
    at: str = ""

    def link(self, today: str, *, rejected: bool = False, author: str = "", note: str = "") -> Link:
        """The candidate as a link.

        Args:
            today: the day on which it was taken or rejected.
            rejected: it was looked at and is wrong.
            author: who looked at it; empty when nobody has.
            note: in place of the reasons.
        """
        sources = [*self.source.split(";"), *((SOURCE,) if author else ())]
        return Link(
            kind=self.subject.kind,
            record=self.subject.record,
            label=self.subject.label,
            predicate="exactMatch",
            item=self.item,
            item_label=self.item_label,
            rejected=rejected,
            justification="MappingReview" if author else self.justification,
            author=author,
            tool=f"treatygraph {VERSION}",
            date=today,
            confidence="1" if author else f"{self.score:.2f}",
            note=note or "; ".join((*self.why, *(f"as good: {other}" for other in self.equal))),
            cite=Cite(tuple(dict.fromkeys(sources)), self.at or f"item {self.item}"),
        )

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        return {
            "kind": self.subject.kind, "record": self.subject.record, "label": self.subject.label, "item": self.item,
            "item_label": self.item_label, "score": round(self.score, 2), "exact": self.exact, "why": list(self.why),
            "as_good": list(self.equal),
        }  # fmt: skip


@dataclass(frozen=True)
class ResolvedItems:
    """The candidates of every record asked about."""

    asked: int
    candidates: tuple[ItemCandidate, ...]

    @property
    def answer(self) -> str:
        """One sentence."""
        subjects = {(one.subject.kind, one.subject.record) for one in self.candidates}
        exact = sum(one.exact for one in self.candidates)
        return f"{len(subjects)} of {self.asked} records without an item have candidates, {exact} of them exact."

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape."""
        return {"answer": self.answer, "candidates": [one.to_dict() for one in self.candidates]}


def from_file(index: Index, subjects: Iterable[Subject]) -> list[ItemCandidate]:
    """Candidates from the files: names that are linked without a record, and links that nobody has confirmed.

    Nothing is asked. An id that was read next to a name before we had the record is found here when the record comes.
    """
    subjects = list(subjects)
    return [*_from_names(index, subjects), *_unconfirmed(index, subjects)]


def _unconfirmed(index: Index, subjects: Iterable[Subject]) -> Iterator[ItemCandidate]:
    known = {(subject.kind, subject.record): subject for subject in subjects}
    for link in index.candidates():
        subject = known.get((link.kind, link.record))
        if subject and link.item not in subject.rejected:
            why = (f"unconfirmed, in {', '.join(link.cite.sources)}", *((link.note,) if link.note else ()))
            yield ItemCandidate(subject, link.item, link.item_label, float(link.confidence), why, link.justification,
                            exact=False, source=";".join(link.cite.sources), at=link.cite.at)  # fmt: skip


def _from_names(index: Index, subjects: Iterable[Subject]) -> list[ItemCandidate]:
    named: dict[str, list[Link]] = {}
    for link in index.links("", ""):
        if not link.rejected:
            named.setdefault(f"{_kind(link)}/{key(link.label)}", []).append(link)
    candidates = []
    for subject in subjects:
        links = {link.item: link for name in subject.names for link in named.get(f"{subject.kind}/{key(name)}", ())}
        good = [link for item, link in links.items() if item not in subject.rejected]
        for link in good:
            others = tuple(sorted(other.item for other in good if other.item != link.item))
            why = (f"the id stands beside the name in {', '.join(link.cite.sources)}",)
            candidates.append(
                ItemCandidate(subject, link.item, link.item_label, float(link.confidence), why, link.justification,
                          exact=not others, equal=others, source=";".join(link.cite.sources), at=link.cite.at)
            )  # fmt: skip
    return candidates


def _kind(link: Link) -> str:
    """The kind of thing that a name without a record is, as the first word of its note says."""
    first = link.note.partition(";")[0].strip()
    return {"historical state": "state", "treaty": "instrument", "organisation": "group"}.get(first, first)


def resolve(client: Client, subjects: Sequence[Subject]) -> ResolvedItems:
    """Ask for the items of these records; each record's best candidates, in order of score.

    Raises:
        RemoteError: the service gives no usable answer.
    """
    articles = client.answers(ARTICLES, [subject.article for subject in subjects if subject.article])
    by_article = {(subject.kind, subject.record): _items(articles.get(subject.article, ())) for subject in subjects}
    rest = [subject for subject in subjects if not by_article[subject.kind, subject.record]]
    labels = client.answers(LABELLED, [name for subject in rest for name in subject.names])
    pairs: list[tuple[Subject, str, str]] = []
    for subject in subjects:
        hits = dict.fromkeys(by_article[subject.kind, subject.record], "article") or _named(subject, labels)
        pairs += [(subject, item, how) for item, how in hits.items() if item not in subject.rejected]
    looks = client.answers(LOOKS, [item for _, item, _ in pairs])
    candidates = [_scored(subject, item, how, looks[item]) for subject, item, how in pairs]
    return ResolvedItems(len(subjects), tuple(_judged(candidates)))


def _items(rows: Iterable[Row]) -> list[str]:
    return sorted({row["item"].removeprefix(ENTITY) for row in rows})


def _named(subject: Subject, labels: Mapping[str, Sequence[Row]]) -> dict[str, str]:
    """The items that bear one of the names, with the better way in which they do."""
    by_name: dict[str, str] = {}
    for name in subject.names:
        for row in labels.get(name, ()):
            item = row["item"].removeprefix(ENTITY)
            if by_name.get(item) != "label":
                by_name[item] = row["how"]
    return dict(sorted(by_name.items()))


def _scored(subject: Subject, item: str, how: str, rows: Sequence[Row]) -> ItemCandidate:
    label = next((row["label"] for row in rows if row.get("label")), "")
    named = any(key(name) == key(label) for name in subject.names)
    score, why = _start(subject, how)
    if how == "article" and named:
        score, why = score + _LABEL, [*why, "the label is the same"]
    fits = _class(subject, rows)
    if fits:
        score, why = score + _CLASS, [*why, fits]
    days, said = _dates(subject, rows)
    near = subject.kind == "instrument" and how == "article" and named and 0 < (days or 0) <= _ONE_YEAR
    if said:
        apart = 0.0 if near else _DATE_APART
        score, why = score + (apart if days else _DATE), [*why, f"{said} (adoption or opening)" if near else said]
    evidence = how == "article" and (subject.article_read or named or days == 0)
    exact = (days in (0, None) or near) and score >= _EXACT and (evidence or days == 0)
    justification = "CompositeMatching" if len(why) > 1 else "LexicalMatching"
    return ItemCandidate(subject, item, label, max(0.0, min(1.0, score)), tuple(why), justification, exact)


def _start(subject: Subject, how: str) -> tuple[float, list[str]]:
    if how == "article":
        words = "" if subject.article_read else " (a title that was not read)"
        start = _ARTICLE if subject.article_read else _ARTICLE_RECALLED
        return start, [f"article '{subject.article}'{words}"]
    return (_LABEL, ["by its label"]) if how == "label" else (_ALIAS, ["by an alias"])


def _class(subject: Subject, rows: Sequence[Row]) -> str:
    if subject.kind == "instrument" and any(row.get("treaty") for row in rows):
        return "a treaty"
    if subject.kind == "official" and any(row.get("property") == "P569" for row in rows):
        return "a person"
    return ""


def _dates(subject: Subject, rows: Sequence[Row]) -> tuple[int | None, str]:
    """By how many days the nearest date is apart, and in words; None where there is nothing to hold against."""
    theirs = {(row["property"], span) for row in rows if (span := _moment(row))}
    same = {"P585": ("P585", "P571"), "P580": ("P580", "P571")}
    apart = [
        (gap(mine, span), pid, span)
        for pid, mine in subject.dates
        for other, span in theirs
        if other in same.get(pid, (pid,))
    ]
    if not apart:
        return None, ""
    days, pid, span = min(apart, key=lambda found: (found[0], found[1], found[2]))
    words = {"P569": "born", "P570": "died"}.get(pid, "dated")
    return days, f"{words} {span.text}" + (f", {days} days apart" if days else "")


def _moment(row: Row) -> Span | None:
    return moment(row["time"], row["precision"]) if row.get("time") else None


def _judged(candidates: Sequence[ItemCandidate]) -> list[ItemCandidate]:
    """In order of record and score; those that are equally good refuse each other, and only the best may be exact."""
    grouped: dict[tuple[str, str], list[ItemCandidate]] = {}
    for one in candidates:
        grouped.setdefault((one.subject.kind, one.subject.record), []).append(one)
    judged: list[ItemCandidate] = []
    for _, group in sorted(grouped.items()):
        top = max(one.score for one in group)
        best = sorted(one.item for one in group if round(top - one.score, 2) == 0)
        for one in sorted(group, key=lambda found: (-found.score, found.item)):
            equal = tuple(item for item in best if item != one.item) if one.item in best else ()
            judged.append(replace(one, equal=equal, exact=one.exact and best == [one.item]))
    return judged
