"""What a card says of itself: how far its ledger is whole, and how much of the text was read."""

from __future__ import annotations

from typing import Final

from treatygraph.facts.sheets import Fact, Findings
from treatygraph.model.coverage import Coverage, Gap, TextRead
from treatygraph.model.vocabulary import EVERY_STATE, GAP_ACTS, TEXTS_READ

__all__ = ["GAP_KEYS", "read_coverage", "read_text"]

GAP_KEYS: Final = ("states", "acts", "from", "until", "note")
"""The keys of a gap, in the order in which they are written."""


def read_coverage(fact: Fact | None, findings: Findings) -> Coverage:
    """How far the ledger is whole (rule K1); a card that says nothing of it is whole for no day."""
    if fact is None:
        return Coverage()
    if "gaps" in fact.terms:
        findings.add(fact.place, "coverage", "'gaps' is no list of gaps.", "write gaps: [{states: […], acts: …}].")
    through = findings.span(fact.text("through"), fact.place)
    if through is None and not fact.parts.get("gaps") and not fact.text("through"):
        mend = "give 'through', the last day up to which it is whole, or what is missing under 'gaps'."
        findings.add(fact.place, "coverage", "the coverage says nothing.", mend)
    gaps = tuple(_gap(item, findings) for item in fact.parts.get("gaps", ()))
    return Coverage(through, gaps, fact.many("open_to"))


def _gap(item: Fact, findings: Findings) -> Gap:
    states = item.many("states")
    if not states:
        mend = "write states: [codes], states: all, or states: others."
        findings.add(item.place, "coverage", "the gap does not say of which states acts are missing.", mend)
    elif len(states) > 1 and not EVERY_STATE.isdisjoint(states):
        mend = "let it stand alone, or write codes only."
        findings.add(item.place, "coverage", "the gap names states beside 'all' or 'others'.", mend)
    if item.text("acts") not in GAP_ACTS:
        message = f"'{item.text('acts')}' is no kind of missing act."
        findings.add(item.place, "coverage", message, f"write acts: one of {', '.join(GAP_ACTS)}.")
    start, end = (findings.span(item.text(key), item.place) for key in ("from", "until"))
    if start and end and end.latest < start.earliest:
        findings.add(item.place, "coverage", "the gap ends before it begins.", "give 'from' before 'until'.")
    return Gap(states, item.text("acts"), start, end, item.text("note"))


def read_text(fact: Fact | None, findings: Findings) -> TextRead:
    """How much of the text was read (rule K9); not read where the card says nothing of it."""
    if fact is None:
        return TextRead()
    if fact.text("read") not in TEXTS_READ:
        message = f"'{fact.text('read')}' does not say how much of the text was read."
        findings.add(fact.place, "text", message, f"write read: one of {', '.join(TEXTS_READ)}.")
    return TextRead(fact.text("read"), fact.text("articles"), fact.text("link"))
