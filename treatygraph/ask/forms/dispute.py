"""Questions about what is disputed: suspension, contested standings, allegations, pledges."""

from __future__ import annotations

from typing import Final

from treatygraph.ask.forms.form import about_instrument, of_a_day

__all__ = ["FORMS"]

FORMS: Final = (
    of_a_day(
        "suspension-claims",
        "Who claims suspension?",
        "who claims to have suspended an instrument",
        "@who (claims|claim|claimed) [a|the] (suspension|suspensions)",
        "@who (claims|claim|claimed) to have suspended [a|an|any] @thing",
        "@which suspensions @be claimed",
        "@who @have suspended [a|any] @thing",
    ),
    of_a_day(
        "contested-on",
        "Which standings are contested?",
        "which standings are contested",
        "(what|(which|what) (standings|standing|cases)) @be (contested|disputed)",
    ),
    about_instrument(
        "who-holds-what",
        "Who says what about the NPT?",
        "who accepts, rejects or claims what under {instrument}",
        "@who (says|say|said|holds|hold) what (about|under|on) <instrument>",
        "@who (accepts|accept) or (rejects|reject) (acts|what) (under|about) <instrument>",
    ),
    about_instrument(
        "allegations",
        "Who alleged a violation of the INF Treaty?",
        "who alleged a violation of {instrument}, and who denied it",
        "@who (alleged|alleges|claimed) [a] (violation|violations|breach|breaches) of <instrument>",
        "who accused whom of (violating|breaching|breaking) <instrument>",
        "(alleged violations|allegations) (of|under|about) <instrument>",
    ),
    of_a_day(
        "pledges",
        "Which pledges are observed today?",
        "which limits are observed only as one-sided pledges",
        "@which (pledges|unilateral pledges|one sided pledges) @be (observed|made|standing|in force)",
        "@which limits @be (observed|kept) only as [political|one sided|unilateral] pledges",
    ),
)
