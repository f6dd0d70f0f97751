"""Questions about a state under an instrument: party or not, since when, through which acts."""

from __future__ import annotations

from typing import Final

from treatygraph.ask.forms.form import ON, VIEWED, Form

__all__ = ["FORMS"]

FORMS: Final = (
    Form(
        "parties",
        "Who is party to the NPT on 1 May 2021?",
        "status {instrument}",
        "who is party to {instrument} on {on}",
        (
            "@who @be [the] @party <instrument> @view",
            "[list] [the] (parties|members|participants|states parties) (to|of|in) <instrument> @view",
            "how many (states|countries|parties|members) @be @party <instrument> @view",
            "how many (parties|members|participants|signatories) (does|do|did|has|have|had) <instrument> [have|had]",
            "@who [@have] joined <instrument>",
            "@who (participates|participate|participated|takes part|take part|took part) in <instrument>",
        ),
        dates=VIEWED,
        today="on",
        flags={"authority": "reading"},
    ),
    Form(
        "is-party",
        "Is France a party to the NPT?",
        "status {instrument} --state {a}",
        "whether {a} is a party to {instrument} on {on}",
        (
            "@be <power:a> [still] @party <instrument> @view",
            "[whether|if] <power:a> @be [still] @party <instrument> @view",
            "(is|was) it @true that <power:a> @be @party <instrument>",
            "@do <instrument> (bind|bound|cover|apply to) <power:a> @view",
            "@do <power:a> (belong to|take part in|participate in) <instrument> @view",
        ),
        dates=VIEWED,
        today="on",
        past=True,
        flags={"authority": "reading"},
    ),
    Form(
        "standing",
        "What is North Korea's status under the NPT?",
        "status {instrument} --state {a}",
        "how {a} stands under {instrument} on {on}",
        (
            "[what @be] [the] (status|standing) of <power:a> (under|in|towards) <instrument> @view",
            "[what @be] <power:a> s (status|standing) (under|in|towards) <instrument> @view",
            "how @do <power:a> stand (under|in|towards) <instrument> @view",
        ),
        dates=VIEWED,
        today="on",
        flags={"authority": "reading"},
    ),
    Form(
        "did-act",
        "Has the United States ratified the CTBT?",
        "query acts-of --instrument {instrument} --a {a}",
        "whether {a} did {act} {instrument}",
        ("(@do|@have) <state:a> <act> <instrument>", "(whether|if) <state:a> [@have] <act> <instrument>"),
        dates=ON,
        today="on",
    ),
    Form(
        "when-act",
        "When did Iran sign the NPT?",
        "query acts-of --instrument {instrument} --a {a}",
        "when {a} did {act} {instrument}",
        ("when did <state:a> <act> <instrument>",),
        dates=ON,
        today="on",
    ),
    Form(
        "when-joined",
        "When did France join the NPT?",
        "query standings-of --instrument {instrument} --a {a}",
        "since when {a} is a party to {instrument}",
        (
            "when did <state:a> @join <instrument>",
            "since when (has|have|had) <state:a> been @party <instrument>",
            "since when @be <state:a> @party <instrument>",
            "how long (has|have) <state:a> been @party <instrument>",
        ),
        dates=ON,
        today="on",
    ),
    Form(
        "acts",
        "What did Russia do under the CTBT?",
        "query acts-of --instrument {instrument} --a {a}",
        "what {a} has done under {instrument} by {on}",
        (
            "what (did|has) <state:a> (do|done) (under|about|to|with) <instrument>",
            "[which] acts of <state:a> under <instrument>",
        ),
        dates=ON,
        today="on",
    ),
    Form(
        "signers",
        "Which states signed the NPT?",
        "show {instrument}",
        "which states signed {instrument}",
        ("@who [@have] signed <instrument>",),
    ),
    Form(
        "who-signed",
        "Who signed New START and what office did they hold?",
        "query who-signed --instrument {instrument}",
        "who signed {instrument}, and in what office",
        (
            "who [has] signed <instrument> and (in what|what|which) (office|offices) [did they hold|they held]",
            "(what|which) (office|offices) did the (signers|signatories) of <instrument> hold",
        ),
    ),
    Form(
        "owes-article-18",
        "Which signatories of the CTBT must not defeat its object and purpose?",
        "query owes-article-18 --instrument {instrument}",
        "which signatories must not defeat the object and purpose of {instrument} on {on}",
        (
            "(which|what) signatories of <instrument> must not defeat its object and purpose",
            "(which|what) signatories (owe|still owe) the (article 18|art 18) duty under <instrument>",
            "who owes the (article 18|art 18) duty under <instrument>",
        ),
        dates=ON,
        today="on",
    ),
)
