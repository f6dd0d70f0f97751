"""The names of the graph: addresses, terms and concepts. A misspelt one raises.

The terms are those of ``ontology/treatygraph.ttl``, the concepts those of ``ontology/schemes.ttl``; a test
keeps them the same. They stand here so that a start does not read Turtle.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from treatygraph.model import vocabulary

__all__ = [
    "BASE",
    "BROADER_TOPICS",
    "CONCEPTS",
    "CURRENT",
    "DATASET",
    "DERIVED",
    "DOCUMENTS",
    "FACTS",
    "KINDS",
    "NAMED",
    "ONTOLOGY",
    "PREFIXES",
    "READINGS",
    "SCHEMES",
    "TERMS",
    "TG",
    "concept",
    "iri",
    "slug",
]

BASE: Final = "https://w3id.org/treatygraph/"
ONTOLOGY: Final = BASE + "ontology#"
SCHEMES: Final = BASE + "scheme/"
DERIVED: Final = BASE + "graph/derived"
"""The named graph of what follows from the depositaries' record."""
READINGS: Final = BASE + "graph/readings"
"""The named graph of what other legal views yield: apart, so that who counts parties counts each once."""
FACTS: Final = BASE + "graph/facts"
"""The named graph of the facts and the ontology: stores differ in what their default graph holds, so ours is empty."""
NAMED: Final = (FACTS, DERIVED, READINGS)
"""The named graphs of the dataset, the same in every store and file."""
DOCUMENTS: Final = BASE + "graph/documents"
"""On a server the graphs of the index: one for each build, named after it."""
CURRENT: Final = BASE + "graph/current"
"""On a server the graph that says which build is there."""
DATASET: Final = BASE + "dataset"

PREFIXES: Final[Mapping[str, str]] = {
    "dcterms": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "tg": ONTOLOGY,
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The prefixes that queries and exports use."""

_CLASSES: Final = """
    Act AmendmentEntryClause Assertion Body Claim Clause Conflict DepositaryClause DurationClause
    EntryIntoForceClause Event Exclusion ExtensionClause Group Instrument InstrumentStatus Life LimitClause Link
    Membership Office Official Participation ProvisionalApplicationClause Reading Relation Report ReservationBan Roster
    Source Standing StandingFlag State StateEntryIntoForceClause Statement SupersessionClause SuspensionClause
    Tenure VerificationClause WithdrawalClause
"""
_PROPERTIES: Final = """
    about aboutAct acceptedBy actKind actor addressee adopted adoptedEarliest adoptedLatest
    adoptedEdtf standsUnder afterEntryOf against agreedBy alias allOf allOfThe amends
    applies appliesFrom appliesUntil article asInstrument asOf asOfEarliest asOfLatest at atEndOf authority
    because between bindingForce body born by check clauseKind code completedBy concerns continues count countedAct
    countsOthers coverage coverageEarliest coverageLatest date dateEarliest dateLatest deadline delay deniedBy
    depositary
    derivedEntry derivedEntryEarliest derivedEntryLatest description detail died effective effectiveEarliest
    effectiveLatest
    ended endedEarliest endedHow endedLatest endingBecause endingRule endsFor endsInstrument entry entryEarliest
    entryIntoForce entryIntoForceEarliest entryIntoForceLatest entryLatest event eventType extends extent field flag
    follows fraction from gist ground group holds identifier implements including instrument instrumentKind
    instrumentScope item keptAt lastsThrough lastsUntil licence maximum missing nativeName noClause notBefore
    note number ofPartiesTo office official only operative operativeEarliest operativeLatest origin part partOf
    participant parties period periodFrom place protocolTo published publisher qualifies reading rejectedBy
    relatedTo relation renewsBy report role rule said saidEarliest saidLatest says shortTitle signatories signed
    signedAt signedEarliest signedLatest since some someOf source sourceKind stance standing startsOn state
    status successionMode successorOf supersedes tail term text times title topic unit unlimited until untilText
    confidence linkedOn linkedTo matchedBy wikipediaArticle numberMost
    dateEdtf effectiveEdtf saidEdtf signedEdtf entryIntoForceEdtf operativeEdtf
    endedEdtf coverageEdtf asOfEdtf entryEdtf derivedEntryEdtf
"""
_CLAUSE_KINDS: Final = (
    "entry-into-force",
    "state-entry-into-force",
    "withdrawal",
    "duration",
    "extension",
    "supersession",
    "provisional-application",
    "suspension",
    "amendment-entry",
    "reservation-ban",
    "verification",
    "depositary",
    "limit",
)
"""Kinds of clause: the keys of :data:`treatygraph.law.clauses.CLAUSE_KEYS`, which stands above this module."""

TERMS: Final = frozenset(_CLASSES.split() + _PROPERTIES.split())
"""The local name of every class and property of the ontology."""

KINDS: Final = frozenset(
    {
        "act",
        "assertion",
        "body",
        "claim",
        "clause",
        "conflict",
        "event",
        "exclusion",
        "group",
        "instrument",
        "life",
        "link",
        "membership",
        "office",
        "official",
        "participation",
        "relation",
        "report",
        "roster",
        "source",
        "standing",
        "standing-flag",
        "state",
        "statement",
        "status",
        "tenure",
    }
)
"""The kinds of record that have an address of their own."""


BROADER_TOPICS: Final = (
    "wmd",
    "conventional",
    "transfers",
    "common-areas",
    "space",
    "confidence-and-communication",
)
"""Topics that no card carries: they stand above others. ``nuclear`` and ``missiles`` may be carried all the same."""

CONCEPTS: Final[Mapping[str, frozenset[str]]] = {
    **{scheme: frozenset(words) for scheme, words in vocabulary.SCHEMES.items()},
    "topic": frozenset((*vocabulary.TOPICS, *BROADER_TOPICS)),
    "clause": frozenset(_CLAUSE_KINDS),
    "reading": frozenset(("depositary", "clause")),
}
"""The ids of each concept scheme."""


def _known(what: str, name: str, names: Iterable[str]) -> str:
    """The name itself, if it is one of ``names``."""
    if name not in names:
        near = difflib.get_close_matches(name, sorted(names), n=3)
        raise LookupError(f"no {what} is called '{name}'" + (f"; near: {', '.join(near)}" if near else "") + ".")
    return name


class Vocabulary:
    """The terms of one namespace, to be called with a local name."""

    def __init__(self, namespace: str, names: frozenset[str]) -> None:
        self.namespace, self.names = namespace, names

    def __call__(self, name: str) -> str:
        """The IRI of a term.

        Raises:
            LookupError: the ontology has no such term; the nearest are named.
        """
        return self.namespace + _known("term", name, self.names)

    def __repr__(self) -> str:
        return f"Vocabulary({self.namespace!r})"


TG: Final = Vocabulary(ONTOLOGY, TERMS)
"""The terms of the ontology.

>>> TG("Instrument")
'https://w3id.org/treatygraph/ontology#Instrument'
>>> TG("Instrumnet")
Traceback (most recent call last):
LookupError: no term is called 'Instrumnet'; near: Instrument, instrument, InstrumentStatus.
"""


@lru_cache(maxsize=8192)
def iri(kind: str, key: str) -> str:
    """The address of a record, made from its own key; slashes within the key stay.

    >>> iri("state", "RUS")
    'https://w3id.org/treatygraph/id/state/RUS'
    >>> iri("act", "npt/USA/signature/1968-07-01/são tomé")
    'https://w3id.org/treatygraph/id/act/npt/USA/signature/1968-07-01/s%C3%A3o%20tom%C3%A9'

    Raises:
        LookupError: no kind of record is called that, or the key is empty.
    """
    if not key:
        raise LookupError(f"a record of the kind '{kind}' has an empty key.")
    return f"{BASE}id/{_known('kind of record', kind, KINDS)}/{quote(key, safe='/')}"


@lru_cache(maxsize=1024)
def concept(scheme: str, name: str) -> str:
    """The address of a concept: a kind of act, a standing, a topic.

    Readings are open: besides the two of the scheme, every authority has one.

    >>> concept("standing", "party")
    'https://w3id.org/treatygraph/scheme/standing/party'

    Raises:
        LookupError: there is no such scheme, or it has no such concept.
    """
    ids = CONCEPTS[_known("scheme", scheme, CONCEPTS)]
    return f"{SCHEMES}{scheme}/{quote(name if scheme == 'reading' else _known(scheme, name, ids))}"


def slug(text: str) -> str:
    """A key made from words: lower case, with hyphens; letters of any script stay.

    >>> slug("Minister of Foreign Affairs (acting)")
    'minister-of-foreign-affairs-acting'
    """
    return "-".join("".join(letter if letter.isalnum() else " " for letter in text.lower()).split())
