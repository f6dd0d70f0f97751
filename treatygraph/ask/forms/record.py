"""Questions about the record: one record, a history, what was known, sources, claims."""

from __future__ import annotations

from typing import Final

from treatygraph.ask.forms.form import VIEWED, Form, about_instrument

__all__ = ["FORMS"]

FORMS: Final = (
    Form(
        "timeline",
        "What happened to the Open Skies Treaty?",
        "timeline {instrument}",
        "what happened to {instrument}",
        (
            "what (happened|has happened) (to|with|under|about) <instrument>",
            "[show [me]] [the] (timeline|history|chronology|story) of <instrument>",
        ),
        dates={"since": "since", "until": "on"},
        by="until",
    ),
    Form(
        "signed-when",
        "When was SALT II signed?",
        "show {instrument}",
        "when and where {instrument} was signed",
        ("(when|where) was <instrument> (signed|concluded)", "when and where was <instrument> signed"),
    ),
    Form(
        "treaties-of",
        "Which treaties is North Korea party to?",
        "show {a}",
        "which instruments hold {a}, as far as known",
        ("@which @thing @be <state:a> ([a] (party|participant|member) (to|of|in)|bound by|in)",),
    ),
    Form(
        "is-binding",
        "Is the Budapest Memorandum legally binding?",
        "show {instrument}",
        "whether {instrument} binds in law",
        ("@be <instrument> [legally] binding",),
    ),
    Form(
        "show",
        "Show New START",
        "show {name}",
        "the record of {name}",
        ("(show [me]|tell me about|about|describe) <name>", "(what|who) (is|was) <name>"),
    ),
    Form(
        "known-of",
        "What did the record know about New START by 31 December 2020?",
        "status {instrument}",
        "the status of {instrument} as the record had it on {known}",
        (
            "what did the record know (about|of) <instrument>",
            "what was (known|on record) (about|of) <instrument>",
            "what did (we|one) know (about|of) <instrument>",
        ),
        dates=VIEWED,
        today="known",
        by="known",
    ),
    Form(
        "known-of-state",
        "What was known by 1 February 1993 about Slovakia under the NPT?",
        "status {instrument} --state {a}",
        "how {a} stood under {instrument} as the record had it on {known}",
        (
            "what did the record know (about|of) <power:a> (under|in) <instrument>",
            "what was [known|on record] (about|of) <power:a> (under|in) <instrument>",
        ),
        dates=VIEWED,
        today="known",
        by="known",
    ),
    about_instrument(
        "sources-of",
        "What are the sources of New START?",
        "where what is said about {instrument} was read",
        "[what @be] [the] sources (of|for|on|about) <instrument>",
        "where was what is said about <instrument> read",
    ),
    about_instrument(
        "unverified",
        "Which facts about the Montreux Convention are unverified?",
        "which facts about {instrument} are unverified",
        "(which|what) facts about <instrument> @be (unverified|from general knowledge)",
        "unverified facts about <instrument>",
    ),
    Form(
        "unverified-by-instrument",
        "How many facts are unverified for each instrument?",
        "query unverified-by-instrument",
        "how many facts about each instrument are unverified",
        ("how many facts @be unverified [(for|about|by) (each|every) @thing|by instrument]",),
    ),
    Form(
        "succession-acts",
        "Which states succeeded to treaties of a predecessor?",
        "query succession-acts",
        "which states notified that they carry on a predecessor's participation",
        (
            "@who succeeded to [the] @thing [of (a predecessor|predecessors|another state)]",
            "@which (acts of succession|succession acts|notifications of succession) @be on record",
        ),
    ),
    Form(
        "claims",
        "Check the report 2021-05-open-skies",
        "claims {report}",
        "each claim of the report {report} held against the record",
        (
            "@be [the] claims (of|in) [the report] <report> @true",
            "(check|verify) [the] (report|claims of) <report>",
        ),
        dates={"known": "known"},
    ),
)
