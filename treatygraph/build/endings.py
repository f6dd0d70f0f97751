"""Why a standing ended, in a few words: ``withdrawal of USA``, ``expired``, ``superseded by New START``."""

from __future__ import annotations

from treatygraph.model.records import Facts
from treatygraph.model.standings import Because, Standing

__all__ = ["reason"]

_ACTS = {
    "notice-of-withdrawal": "withdrawal of {}",
    "withdrawal": "withdrawal of {}",
    "termination": "termination by {}",
    "end-of-participation": "{} ended its participation",
    "withdrawal-of-consent": "consent withdrawn by {}",
}


def reason(facts: Facts, standing: Standing) -> str:
    """The phrase for the end of a standing; empty while no end is known."""
    for step in standing.ending:
        phrase = _phrase(facts, step)
        if phrase:
            return phrase
    return ""


def _phrase(facts: Facts, step: Because) -> str:
    target = step.act.split("#", 1)[0]
    card = facts.instruments.get(target)
    if step.rule == "R21" and card:
        return f"superseded by {card.short}"
    if step.rule == "R29" and card:
        return f"ended with {card.short}"
    if step.rule == "R28" and card:
        return f"withdrawal from {card.short}"
    if step.rule == "R18" and step.act.endswith("#duration"):
        return "expired"
    if step.rule == "R20" and step.act.endswith("#ended"):
        return step.text or "ended"
    if step.rule == "R33":
        return step.text
    if step.rule == "R12":
        return step.text
    parts = step.act.split("/")
    if len(parts) > 2 and parts[2] in _ACTS:
        return _ACTS[parts[2]].format(parts[1])
    return ""
