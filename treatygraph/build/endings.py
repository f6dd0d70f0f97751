"""Why a standing ended, or is not known, in a few words: ``withdrawal of USA``, ``superseded by New START``."""

from __future__ import annotations

from treatygraph.model.dates import Span, long_form
from treatygraph.model.records import Facts
from treatygraph.model.standings import Because, Standing

__all__ = ["lack", "reason"]

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


def lack(standing: Standing) -> str:
    """What the record lacks of a standing that is not known; empty where the reasons do not say."""
    step = next((step for step in standing.because if step.rule.startswith("K")), None)
    if step is None:
        return ""
    parts = step.act.split("/")
    if step.rule == "K17" and len(parts) > 2 and step.date:
        span = Span.parse(step.date)
        days = f"between {long_form(span.earliest)} and {long_form(span.latest)}"
        return f"the day of its {parts[2].replace('-', ' ')} lies {days}"
    return step.text
