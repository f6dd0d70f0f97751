"""Links to Wikidata: what each leads from, that none is doubled, and that none comes from memory."""

from __future__ import annotations

from collections.abc import Iterator

from treatygraph.model.errors import Finding
from treatygraph.model.records import Facts
from treatygraph.model.terms import CONCEPTS, TERMS, slug
from treatygraph.model.wikidata_links import Link

__all__ = ["link_errors"]

_KINDS = ("instrument", "official", "state", "group")


def link_errors(facts: Facts) -> Iterator[Finding]:
    """Errors: a link from nothing, two exact links of one record, a link both made and rejected, one from memory."""
    seen: dict[tuple[str, str], Link] = {}
    pairs: dict[tuple[str, str, str], Link] = {}
    known = _posts_and_bodies(facts)
    for link in (*facts.links, *facts.candidates):
        yield from _from_nothing(link, known)
        yield from _from_memory(link, facts)
    for link in facts.links:
        pair = (link.kind, link.record or link.label, link.item)
        if pair in pairs:
            yield _finding(link, "doubled-link", f"{link.label} and {link.item} stand at {pairs[pair].cite.place} too.",
                           "keep one row: the link, or its rejection.")  # fmt: skip
        pairs[pair] = link
        if link.kind and link.predicate == "exactMatch" and not link.rejected:
            record = (link.kind, link.record)
            if record in seen:
                other = f"{seen[record].item} ({seen[record].cite.place})"
                message = f"{link.label} is exactly {link.item} and exactly {other}."
                yield _finding(link, "two-exact-links", message, "reject one of the two, or call it skos:closeMatch.")
            seen[record] = link
    for article in facts.articles:
        if article.kind not in _KINDS:
            message = f"'{article.kind}' is not a kind of record that has an article."
            mend = f"use one of: {', '.join(_KINDS)}."
            yield Finding(article.cite.place, "article-kind", message, mend, record=article.record)


def _finding(link: Link, rule: str, message: str, mend: str) -> Finding:
    return Finding(link.cite.place, rule, message, mend, record=link.id)


def _posts_and_bodies(facts: Facts) -> dict[str, set[str]]:
    bodies = {tenure.body for tenure in facts.tenures} | {official.state for official in facts.officials.values()}
    bodies |= {name for card in facts.instruments.values() for name in card.depositaries}
    return {
        "office": {f"{slug(tenure.body)}/{slug(tenure.office)}" for tenure in facts.tenures},
        "body": {slug(name) for name in bodies},
        "term": set(TERMS),
        "concept": {f"{scheme}/{name}" for scheme, names in CONCEPTS.items() for name in names},
    }


def _from_nothing(link: Link, known: dict[str, set[str]]) -> Iterator[Finding]:
    if link.kind in known and link.record not in known[link.kind]:
        mend = "fix the id, or leave subject_id empty with the type 'rdfs literal'."
        yield _finding(link, "link-from-nothing", f"no {link.kind} on record is called '{link.record}'.", mend)


def _from_memory(link: Link, facts: Facts) -> Iterator[Finding]:
    """An id that nobody read anywhere is worth nothing: one digit makes it another thing."""
    if facts.is_unverified(link.cite.sources):
        mend = "read the id somewhere and cite that, or take the row out."
        yield _finding(link, "link-from-memory", f"{link.item} for {link.label} rests on general knowledge.", mend)
