"""Words for acts as a claim may give them, and the acts of the ledgers that each means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from treatygraph.model.vocabulary import ACTS, CONSENTS, EXITS

__all__ = ["ACT_SYNONYMS", "ACT_WORDS", "JOINING", "KINDRED", "LEAVING", "RATIFYING", "acts_meant"]

JOINING: Final = CONSENTS | {"adherence", "adoption", "declaration"}
"""Acts by which a state takes part in an instrument of whatever kind."""
RATIFYING: Final = frozenset({"ratification", "consent-to-be-bound", "exchange-of-instruments", "notification"})
"""Acts that are a ratification, or of which the source does not say more than that the state consented."""
LEAVING: Final = EXITS | {"withdrawal-of-consent", "intention-not-to-ratify"}
"""Acts by which a state leaves, in the widest sense."""

ACT_SYNONYMS: Final[Mapping[str, str]] = {
    "signed": "signature",
    "ratified": "ratification",
    "acceded": "accession",
    "accepted": "acceptance",
    "approved": "approval",
    "joined": "consent",
    "joining": "consent",
    "deposit": "consent",
    "withdrew": "withdrawal",
    "exit": "withdrawal",
    "withdrawal-effective": "withdrawal",
    "effect-of-withdrawal": "withdrawal",
    "notice": "notice-of-withdrawal",
    "suspended": "suspension",
    "notice-of-suspension": "suspension",
    "denunciation": "termination",
    "denounced": "termination",
    "unsigning": "intention-not-to-ratify",
    "revocation-of-signature": "intention-not-to-ratify",
    "revocation-of-ratification": "withdrawal-of-consent",
    "de-ratification": "withdrawal-of-consent",
    "objected": "objection",
    "participation": "adherence",
}
"""Other words for an act; ``consent`` is any act by which a state takes part."""
ACT_WORDS: Final = frozenset((*ACTS, *ACT_SYNONYMS, "consent"))
"""Every word that a claim may use for an act."""

KINDRED: Final[Mapping[str, frozenset[str]]] = {
    **{kind: JOINING - {kind} for kind in ("acceptance", "approval", "accession", "succession", "adherence")},
    "ratification": JOINING - RATIFYING,
    "signature": frozenset({"definitive-signature"}),
    "definitive-signature": frozenset({"signature"}),
    "withdrawal": LEAVING - {"withdrawal", "notice-of-withdrawal"},
    "notice-of-withdrawal": LEAVING - {"withdrawal", "notice-of-withdrawal"},
    "termination": LEAVING - {"termination"},
    "suspension": LEAVING | {"countermeasure", "end-of-provisional-application"},
    "countermeasure": frozenset({"suspension"}),
    "withdrawal-of-consent": frozenset(),
    "intention-not-to-ratify": frozenset(),
    "end-of-participation": LEAVING - {"end-of-participation"},
}
"""Acts of another kind that a loose word may mean: right in substance."""


def acts_meant(word: str) -> frozenset[str]:
    """The kinds of act that a word means.

    >>> sorted(acts_meant("unsigning"))
    ['intention-not-to-ratify']
    """
    kind = ACT_SYNONYMS.get(word, word)
    if kind == "consent":
        return JOINING
    if kind == "ratification":
        return RATIFYING
    if kind in ("signature", "definitive-signature"):
        return frozenset({"signature", "definitive-signature"})
    return frozenset({kind})
