"""The rules of ``docs/law.md`` in a few words each, to stand beside the number that a reason cites."""

from __future__ import annotations

from typing import Final

__all__ = ["RULES"]

RULES: Final = {
    "R1": "status on a day",
    "R2": "only the international act counts",
    "R3": "a treaty is what is meant to bind in law",
    "R4": "each protocol or amendment stands by itself",
    "R5": "signature subject to ratification",
    "R6": "signature alone is consent",
    "R7": "consent by ratification or accession",
    "R8": "the first valid deposit counts",
    "R9": "consent before entry into force",
    "R10": "partial consent",
    "R11": "objection between two states",
    "R12": "participation that some do not recognise",
    "R13": "entry into force of the instrument",
    "R14": "entry into force for the state",
    "R15": "final clauses work from adoption",
    "R16": "provisional application",
    "R17": "consent withdrawn before entry into force",
    "R18": "fixed term and its extension",
    "R19": "fewer parties do not end a treaty",
    "R20": "ended by agreement or by a side's leaving",
    "R21": "superseded by a later instrument",
    "R22": "effects that survive the end",
    "R23": "withdrawal works after receipt and period",
    "R24": "party until a notice works",
    "R25": "an armed conflict defers the effect",
    "R26": "no clause on withdrawal",
    "R27": "notice revoked before effect",
    "R28": "leaving a framework takes its protocols along",
    "R29": "lives as long as another instrument",
    "R30": "grounds and notice of suspension",
    "R31": "a suspension is a claim",
    "R32": "countermeasures are no suspension",
    "R33": "a continuing state is the same party",
    "R34": "succession by notification",
    "R35": "a union takes over its parts' treaties",
    "R36": "a successor needs the other side's agreement",
    "R37": "predecessor and successor both on record",
    "R38": "the whole territory unless said otherwise",
    "R39": "an authority's view of an act",
    "R40": "status says nothing about compliance",
    "R41": "reasons with every answer",
    "R42": "a vague date stays vague",
}
