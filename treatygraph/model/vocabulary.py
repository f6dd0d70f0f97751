"""The closed word lists of the facts: what a kind, a role, a stance or a clause's key may say.

The ontology's SKOS schemes define the same words; this module is their one place in Python, and
``checks`` refuses every other word. Kinds of clause are not here: they are the keys of
:data:`treatygraph.law.clauses.CLAUSE_KEYS`, which also knows what each of them can carry.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = [
    "ACTS",
    "ANNOUNCED",
    "BINDING",
    "CLAUSE",
    "CLAUSE_VALUES",
    "CONSENTS",
    "DEPOSITARY",
    "ENDINGS",
    "EVENT_TYPES",
    "EVERY_STATE",
    "FLAGS",
    "GAP_ACTS",
    "HELD",
    "INSTRUMENT_KINDS",
    "NOT_KNOWN",
    "RELATIONS",
    "ROLES",
    "SCHEMES",
    "SCOPES",
    "SOURCE_KINDS",
    "STANCES",
    "STANDINGS",
    "STATED_ABSENCE",
    "STATE_LISTS",
    "STATUSES",
    "SUCCESSION_MODES",
    "TERRITORIAL",
    "TEXTS_READ",
    "TOPICS",
    "TREATY_KINDS",
    "VOUCHING",
]

Words = tuple[str, ...]

DEPOSITARY: Final = "depositary"
"""The default reading: the record as depositaries keep it."""
CLAUSE: Final = "clause"
"""The reading that applies the clauses to every act as made, whoever disputes it."""

ACTS: Final[Words] = (
    "signature",
    "definitive-signature",
    "ratification",
    "acceptance",
    "approval",
    "accession",
    "succession",
    "consent-to-be-bound",
    "exchange-of-instruments",
    "notification",
    "adherence",
    "adoption",
    "declaration",
    "end-of-participation",
    "provisional-application",
    "end-of-provisional-application",
    "notice-of-withdrawal",
    "withdrawal",
    "revocation-of-notice",
    "withdrawal-of-consent",
    "intention-not-to-ratify",
    "suspension",
    "resumption",
    "countermeasure",
    "termination",
    "objection",
    "waiver",
    "extension",
    "stated-absence",
    "bound-through",
    "territorial-application",
    "territorial-exclusion",
)
"""Kinds of act: what a state does at a depositary or towards the other side."""

NOT_KNOWN: Final = "not-known"
"""The standing of a state of which the record cannot tell (rules K3, K4, K17)."""
STATED_ABSENCE: Final = "stated-absence"
"""No act of the state: somebody names it as no party on that day (rule K4)."""
TERRITORIAL: Final = ("territorial-application", "territorial-exclusion")
"""Acts that say to which territories of a state an instrument applies, and to which not (VCLT article 29, rule R38)."""

INSTRUMENT_KINDS: Final[Words] = (
    "treaty",
    "protocol",
    "amendment",
    "executive-agreement",
    "political-document",
    "export-control-regime",
    "unilateral-statement",
    "resolution",
)

TREATY_KINDS: Final = frozenset({"treaty", "protocol", "amendment", "executive-agreement"})
"""Kinds that the law of treaties governs (VCLT article 2(1)(a), rule R3)."""

SCOPES: Final[Words] = ("bilateral", "multilateral", "unilateral")

BINDING: Final[Words] = ("yes", "no", "disputed")

ENDINGS: Final[Words] = ("completed", "lapsed", "expired", "terminated", "superseded")
"""How an instrument ended, where a card states it."""

STANDINGS: Final[Words] = (
    "party",
    "provisional",
    "contracting",
    "signatory",
    "former-party",
    "none",
    "participant",
    "former-participant",
    "not-known",
)
"""Standings of a state under an instrument."""

STATUSES: Final[Words] = (
    "in-force",
    "provisional",
    "not-in-force",
    "expired",
    "terminated",
    "superseded",
    "operative",
    "ended",
    "not-known",
)
"""Statuses of an instrument."""

FLAGS: Final[Words] = (
    "notice-pending",
    "suspension-claimed",
    "suspended",
    "countermeasures",
    "contested",
    "consent-revoked",
    "signature-duty-ended",
    "by-succession",
    "uncertain-date",
)
"""What qualifies a standing."""

HELD: Final[Words] = tuple(dict.fromkeys((*STANDINGS, *STATUSES, *FLAGS)))
"""What an authority can hold: a standing, a status or a flag."""

STANCES: Final[Words] = ("accepts", "rejects", "claims", "not-recorded")

SOURCE_KINDS: Final[Words] = (
    "primary",
    "depositary",
    "depositary-copy",
    "official",
    "press",
    "dataset",
    "reference",
    "editorial",
    "recall",
)

VOUCHING: Final = frozenset({"depositary", "depositary-copy"})
"""Kinds of source whose totals are those of the depositary (rule K2)."""

EVENT_TYPES: Final[Words] = (
    "signature",
    "ratification",
    "accession",
    "entry-into-force",
    "extension",
    "expiry",
    "termination",
    "notice-of-withdrawal",
    "withdrawal-effective",
    "denunciation",
    "suspension",
    "notice-of-suspension",
    "revocation-of-ratification",
    "revocation-of-signature",
    "snapback",
    "statement",
    "announcement",
    "domestic-law",
    "meeting",
    "moratorium",
    "countermeasure",
    "violation-allegation",
    "denial",
)

ANNOUNCED: Final[Words] = (
    *ACTS,
    "meeting",
    "halt-of-inspections",
    "halt-of-fire",
    "submission",
    "postponement",
    "refusal",
)
"""What an announcement, or a step at home, can be about: an act, or what leads to one, or to none."""

ROLES: Final[Words] = ("signatory", "speaker", "addressee", "decision-maker", "negotiator")
"""Roles of an official in an event."""

BINDS: Final = ("party", "participant", "provisional")
"""The standings in which an instrument holds a state."""
BINDS_FIRMLY: Final = ("party", "participant")
"""The same without provisional application: it does not count as being a party (VCLT 25, and 59 for a later treaty)."""
EXITS: Final = frozenset({"notice-of-withdrawal", "withdrawal", "termination", "end-of-participation"})
"""Acts by which a state leaves an instrument that holds it."""
CONSENTS: Final = frozenset(
    {
        "definitive-signature",
        "ratification",
        "acceptance",
        "approval",
        "accession",
        "succession",
        "consent-to-be-bound",
        "exchange-of-instruments",
        "notification",
        "bound-through",
    }
)
"""Acts by which a state consents to be bound (VCLT articles 11 to 16)."""

GAP_ACTS: Final[Words] = ("signature", "consent", "exit", "objection", "any")
"""Kinds of act that a ledger may lack (rule K1)."""

EVERY_STATE: Final = frozenset({"all", "others"})
"""What a gap names instead of codes: every state, or every state without an act in the ledger."""

TEXTS_READ: Final[Words] = ("whole", "part", "no")
"""How much of an instrument's text was read (rule K9)."""

RELATIONS: Final[Words] = (
    "protocol-to",
    "amends",
    "extends",
    "supersedes",
    "part-of",
    "implements",
    "follows",
)
"""How a later instrument stands to an earlier one."""

STATE_LISTS: Final[Words] = ("cow", "gw", "gw-microstates", "un", "organisation")
"""Lists that a state can be in: Correlates of War, Gleditsch and Ward with their small states apart, members of the
United Nations; and what is a party without being a state."""

SUCCESSION_MODES: Final[Words] = ("continuity", "separation", "union", "absorption", "independence")
"""How a state came after others."""

TOPICS: Final[Words] = (
    "strategic-offensive-arms",
    "intermediate-range-missiles",
    "missile-defence",
    "missiles",
    "nuclear-testing",
    "nuclear-nonproliferation",
    "nuclear-weapon-free-zone",
    "nuclear-prohibition",
    "fissile-material",
    "nuclear-security",
    "nuclear",
    "chemical-weapons",
    "biological-weapons",
    "conventional-forces",
    "inhumane-weapons",
    "landmines",
    "cluster-munitions",
    "small-arms",
    "arms-trade",
    "outer-space",
    "seabed",
    "antarctica",
    "environmental-modification",
    "naval-arms",
    "aerial-observation",
    "confidence-building",
    "risk-reduction",
    "crisis-communication",
    "export-control",
    "threat-reduction",
)
"""Topics that a card may carry; the broader ones above them are in the scheme only."""

_ADDRESSEES: Final[Words] = ("depositary", "all-parties", "other-party", "security-council", "executive-council")
_YES: Final[Words] = ("yes",)

CLAUSE_VALUES: Final[Mapping[tuple[str, str], Words]] = {
    ("entry-into-force", "on"): ("signature", "exchange", "deposit", "notification"),
    ("entry-into-force", "acts"): ACTS,
    ("entry-into-force", "others"): _YES,
    ("entry-into-force", "all_of"): ("signatories", "participants"),
    ("entry-into-force", "start"): ("first-of-month",),
    ("state-entry-into-force", "on"): ("signature", "exchange", "deposit", "notification", "waiver"),
    ("state-entry-into-force", "start"): ("first-of-month",),
    ("state-entry-into-force", "applies"): ("after-entry",),
    ("withdrawal", "addressees"): _ADDRESSEES,
    ("withdrawal", "ground"): ("extraordinary-events",),
    ("withdrawal", "tail"): ("named-conflict", "any-conflict", "occupation"),
    ("withdrawal", "only"): ("violation", "stalled-amendment"),
    ("withdrawal", "at_end_of"): ("term",),
    ("withdrawal", "ends"): ("all",),
    ("withdrawal", "none"): _YES,
    ("provisional-application", "extent"): ("whole", "part"),
    ("duration", "unlimited"): _YES,
    ("extension", "by"): ("agreement",),
    ("suspension", "addressees"): _ADDRESSEES,
    ("suspension", "none"): _YES,
}
"""The words that a key of a clause may carry, by kind of clause and key.

``all_of`` may also carry codes of states; keys that are not here take dates, periods, numbers,
codes of states, ids of instruments, or free text.
"""

SCHEMES: Final[Mapping[str, Words]] = {
    "act": ACTS,
    "instrument-kind": INSTRUMENT_KINDS,
    "scope": SCOPES,
    "binding": BINDING,
    "ending": ENDINGS,
    "standing": STANDINGS,
    "status": STATUSES,
    "flag": FLAGS,
    "stance": STANCES,
    "source-kind": SOURCE_KINDS,
    "event-type": EVENT_TYPES,
    "role": ROLES,
    "relation": RELATIONS,
    "succession-mode": SUCCESSION_MODES,
    "topic": TOPICS,
}
"""Every word list by its name."""
