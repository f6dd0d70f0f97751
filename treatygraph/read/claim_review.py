"""Verdicts as schema.org ``ClaimReview`` in JSON-LD: what search engines and fact-checkers' tools take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

__all__ = ["RATINGS", "claim_reviews"]

RATINGS: Final[Mapping[str, tuple[int, str]]] = {
    "confirmed": (5, "Confirmed by the record"),
    "imprecise": (4, "Imprecise"),
    "depends": (3, "Depends on the definition or the reading"),
    "contradicted": (1, "Contradicted by the record"),
}
"""The rating of each verdict, from 1 (wrong) to 5 (right), and its words; what is not on record gets no review."""
_REVIEWER: Final = {"@type": "Organization", "name": "treatygraph", "url": "https://w3id.org/treatygraph/"}


def claim_reviews(answer: Mapping[str, Any]) -> dict[str, Any]:
    """The claims of an answer as one JSON-LD document.

    The address of the page on which a review is published (``url``) and its day are left to whoever publishes it.

    Args:
        answer: an answer of ``read`` or ``claims`` in its plain form.
    """
    work: dict[str, Any] = {"@type": "CreativeWork"}
    if answer.get("report") or answer.get("title"):
        work["headline"] = answer.get("title") or answer["report"]
    if answer.get("date"):
        work["datePublished"] = answer["date"]
    reviews = [_review(claim, work) for claim in answer["claims"] if claim["verdict"] in RATINGS]
    return {"@context": "https://schema.org", "@graph": reviews}


def _review(claim: Mapping[str, Any], work: Mapping[str, Any]) -> dict[str, Any]:
    value, words = RATINGS[claim["verdict"]]
    found: dict[str, Any] = {
        "@type": "ClaimReview",
        "claimReviewed": claim.get("quote") or claim["says"],
        "itemReviewed": {"@type": "Claim", "appearance": dict(work)},
        "author": dict(_REVIEWER),
        "reviewRating": {
            "@type": "Rating", "ratingValue": value, "bestRating": 5, "worstRating": 1, "alternateName": words,
        },
        "reviewBody": claim["record"],
    }  # fmt: skip
    sources: Sequence[str] = claim.get("sources") or ()
    if sources:
        found["citation"] = [f"https://w3id.org/treatygraph/id/source/{source}" for source in sources]
    return found
