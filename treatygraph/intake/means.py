"""What registers call an act, in six languages, and which act of the vocabulary it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from treatygraph.model.names import key

__all__ = ["Means", "means_of", "named_in"]


@dataclass(frozen=True, slots=True)
class Means:
    """An act, and whether the name tells it from its sisters."""

    act: str
    exact: bool = True
    note: str = ""


_WHICH: Final = "ratification, acceptance or approval: the source does not tell"
UNSPECIFIED: Final = Means("ratification", exact=False, note=_WHICH)
"""A deposit of which a list does not say whether it is a ratification, an acceptance or an approval."""

_WORDS: Final[tuple[tuple[str, Means], ...]] = (
    # the first that a name begins with, or has in it as words, is the one; longer names stand before their parts
    ("definitive signature", Means("definitive-signature")),
    ("signature without reservation", Means("definitive-signature")),
    ("consent to be bound", Means("consent-to-be-bound")),
    ("consentement a etre lie", Means("consent-to-be-bound")),
    ("provisional application", Means("provisional-application")),
    ("application provisoire", Means("provisional-application")),
    ("voorlopige toepassing", Means("provisional-application")),
    ("aplicacion provisional", Means("provisional-application")),
    ("notice of withdrawal", Means("notice-of-withdrawal")),
    ("notification of withdrawal", Means("notice-of-withdrawal")),
    ("intention not to", Means("intention-not-to-ratify")),
    ("withdrawal", Means("notice-of-withdrawal")),
    ("withdrawn", Means("notice-of-withdrawal")),
    ("denunciation", Means("notice-of-withdrawal")),
    ("denunciado", Means("notice-of-withdrawal")),
    ("denuncia", Means("notice-of-withdrawal")),
    ("denonciation", Means("notice-of-withdrawal")),
    ("kundigung", Means("notice-of-withdrawal")),
    ("renunciation", Means("notice-of-withdrawal")),
    ("opzegging", Means("notice-of-withdrawal")),
    ("suspension", Means("suspension")),
    ("succession", Means("succession")),
    ("nachfolge", Means("succession")),
    ("voortgezette gebondenheid", Means("succession")),
    ("sucesion", Means("succession")),
    ("successione", Means("succession")),
    ("accession", Means("accession")),
    ("acceded", Means("accession")),
    ("adhesion", Means("accession")),
    ("adesione", Means("accession")),
    ("beitritt", Means("accession")),
    ("toetreding", Means("accession")),
    ("acceptance", Means("acceptance")),
    ("accepted", Means("acceptance")),
    ("acceptation", Means("acceptance")),
    ("aceptacion", Means("acceptance")),
    ("annahme", Means("acceptance")),
    ("aanvaarding", Means("acceptance")),
    ("approval", Means("approval")),
    ("approved", Means("approval")),
    ("approbation", Means("approval")),
    ("aprobacion", Means("approval")),
    ("genehmigung", Means("approval")),
    ("goedkeuring", Means("approval")),
    ("formal confirmation", Means("ratification", exact=False, note="formal confirmation")),
    ("confirmed", Means("ratification", exact=False, note="formal confirmation")),
    ("ratification", Means("ratification")),
    ("ratified", Means("ratification")),
    ("ratificacion", Means("ratification")),
    ("ratifica", Means("ratification")),
    ("ratifikation", Means("ratification")),
    ("ratificatie", Means("ratification")),
    ("bekrachtiging", Means("ratification")),
    ("signature", Means("signature")),
    ("signed", Means("signature")),
    ("unterzeichnung", Means("signature")),
    ("unterzeichnet", Means("signature")),
    ("ondertekening", Means("signature")),
    ("firma", Means("signature")),
    ("adherence", Means("adherence")),
    ("subscription", Means("adherence")),
    ("subscribed", Means("adherence")),
    ("notification", Means("notification")),
    ("deposit", UNSPECIFIED),
    ("deposito", UNSPECIFIED),
    ("depot", UNSPECIFIED),
    ("hinterlegung", UNSPECIFIED),
)  # fmt: skip


def means_of(text: str) -> Means | None:
    """The act that a word or phrase means; None where it means none.

    >>> means_of("Beitritt").act
    'accession'
    >>> means_of("RegisterEntry into force") is None
    True
    """
    plain = f" {key(text)}"
    places = [(plain.find(f" {word}"), -len(word), means) for word, means in _WORDS if f" {word}" in plain]
    return min(places, key=lambda item: item[:2])[2] if places else None


def named_in(heading: str) -> dict[str, Means]:
    """What each letter of a column means, as its heading explains; ``""`` is a date without a letter.

    >>> sorted(named_in("Approval(AA), Acceptance(A), Accession(a), Ratification").items())[0][1].act
    'ratification'
    """
    named: dict[str, Means] = {}
    for part in re.split(r",\s*|\n", heading):
        hit = re.search(r"\(\s*([A-Za-z]{1,3})\s*\)\s*\d*$", part.strip())
        means = means_of(part[: hit.start()] if hit else part)
        if means:
            named.setdefault(hit[1] if hit else "", means)
    return named
