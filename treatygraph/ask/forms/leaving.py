"""Questions about leaving: who left, when, what would follow, what the clauses say."""

from __future__ import annotations

from typing import Final

from treatygraph.ask.forms.form import ON, VIEWED, Form, of_a_day

__all__ = ["FORMS"]

FORMS: Final = (
    Form(
        "who-left",
        "Who withdrew from the Ottawa Convention?",
        "query who-left --instrument {instrument}",
        "who has left {instrument} by {on}",
        (
            "@who [@have] @leave <instrument>",
            "@who @be no longer [a] party to <instrument>",
            "(withdrawals|exits) from <instrument>",
        ),
        dates=ON,
        today="on",
    ),
    Form(
        "withdrawals-since",
        "Which withdrawals took effect since 2000?",
        "query withdrawals-since",
        "which withdrawals from treaties in force took effect",
        (
            "@which withdrawals [from @thing] (took effect|have taken effect|were effective)",
            "@who [@have] @leave [a|any] @thing",
            "(withdrawals|exits) from @thing",
        ),
        dates={"since": "since", "until": "until"},
        today="until",
        by="until",
    ),
    Form(
        "left-by",
        "Which treaties has the US left?",
        "query left-by --a {a}",
        "which instruments {a} has left by {on}",
        ("@which @thing (@have|@do) <state:a> @leave", "[the] (withdrawals|exits) of <state:a>"),
        dates=ON,
        today="on",
    ),
    Form(
        "has-left",
        "Did Russia withdraw from the CTBT?",
        "status {instrument} --state {a}",
        "whether {a} has left {instrument}, on {on}",
        (
            "[@do|@have|whether|if] <power:a> [@have] @leave <instrument> @view",
            "(is|was) it @true that <power:a> [@have] @leave <instrument>",
            "@be the (sentence|statement|claim|phrase) <power:a> [@have] @leave <instrument> @true",
            "@be <power:a> out of <instrument> @view",
        ),
        dates=VIEWED,
        today="on",
        flags={"authority": "reading"},
    ),
    Form(
        "when-left",
        "When did Russia withdraw from the CFE Treaty?",
        "query standings-of --instrument {instrument} --a {a}",
        "when {a} left {instrument}",
        ("when did <state:a> @leave <instrument>", "when was <state:a> out of <instrument>"),
        dates=ON,
        today="on",
    ),
    Form(
        "notice",
        "When would France be out of the NPT if it gave notice today?",
        "whatif {a} leaves {instrument}",
        "when {a} would be out of {instrument} if it gave notice on {on}",
        (
            "when would <state:a> be out of <instrument> if it (gave notice|withdrew|left)",
            "when (could|can|would|will) <state:a> (@to_leave|be out of) <instrument> [if it (gives|gave) notice]",
            "if <state:a> (gave|gives) notice [of withdrawal] when (would|will) it be out of <instrument>",
            "if <state:a> (gave|gives) notice [of withdrawal] when (is|was) it out of <instrument>",
            "if <state:a> @would_leave <instrument> when (is|would|will) it [be] out",
            "what if <state:a> @would_leave <instrument>",
            "what (happens|would happen) if <state:a> @would_leave <instrument>",
            "how (can|could) <state:a> @to_leave <instrument>",
            "how long (would|does|will) it take [for] <state:a> to @to_leave <instrument>",
            "how much notice (must|does|would) <state:a> [have to|need to] give to @to_leave <instrument>",
        ),
        dates={"on": "notice"},
        today="notice",
    ),
    of_a_day(
        "pending-withdrawals",
        "Which withdrawals are pending?",
        "which withdrawals are pending",
        "@which (withdrawals|notices|notices of withdrawal) @be (pending|running)",
        "(pending|open) withdrawals",
        "@who [has|have|had] (given|gave) notice [of withdrawal] and @be not [yet] out [yet]",
    ),
    Form(
        "no-withdrawal-clause",
        "Which treaties have no withdrawal clause?",
        "query no-withdrawal-clause",
        "which instruments have no withdrawal clause",
        (
            "@which @thing (have|has|had) no (withdrawal|exit) clause",
            "@which @thing (lack|lacks) a (withdrawal|exit) clause",
            "@thing without [a] (withdrawal|exit) clause",
        ),
    ),
    Form(
        "notify-security-council",
        "Which treaties require notifying the Security Council?",
        "query notify-security-council",
        "which instruments require a party that leaves to notify the Security Council",
        (
            "@which @thing (require|requires|need|needs) notifying the [un] security council [before leaving]",
            "@which @thing (require|requires|need|needs) (notice|notification) (to|of) the @council @before",
        ),
    ),
)
