"""Questions about instruments: their status, what they limit, what replaced them."""

from __future__ import annotations

from typing import Final

from treatygraph.ask.forms.form import ON, VIEWED, Form, about_instrument

__all__ = ["FORMS"]

FORMS: Final = (
    Form(
        "status",
        "What is the status of New START?",
        "status {instrument}",
        "the status of {instrument} on {on}",
        (
            "[what @be] [the] (status|state|standing) of <instrument> @view",
            "how @do <instrument> stand @view",
            "when (did|does|will) <instrument> (end|expire|lapse|terminate|(enter|come) into force|take effect)",
            "(what|how much) is [still] missing for <instrument> to (enter|come) into force",
            "[whether|if] <instrument> @be @in_force",
        ),
        dates=VIEWED,
        today="on",
        flags={"authority": "reading"},
    ),
    Form(
        "is-in-force",
        "Is New START in force?",
        "status {instrument}",
        "whether {instrument} is in force on {on}",
        (
            "@be <instrument> [still] @in_force @view",
            "@have <instrument> (entered|come|gone) into force @view",
            "did <instrument> (enter|come) into force",
        ),
        dates=VIEWED,
        today="on",
        past=True,
        flags={"authority": "reading"},
    ),
    Form(
        "in-force-on",
        "Which treaties were in force on 28 May 2021?",
        "query in-force-on",
        "which treaties are in force on {on}",
        (
            "@which [<topic>] [arms control] @thing [(about|on|concerning|limiting) <topic>] @be @in_force",
            "@which [<topic>] [arms control] @thing @be @in_force (about|on|concerning|limiting) <topic>",
            "@thing @in_force",
        ),
        dates=ON,
        today="on",
        flags={"topic": "topic"},
    ),
    Form(
        "signed-never-in-force",
        "Which treaties never entered into force?",
        "query signed-never-in-force",
        "which treaties were signed but never entered into force",
        (
            "@which @thing [@be signed but|@be signed and] never (entered into force|came into force|took effect)",
            "@which @thing @have never (entered|come) into force",
        ),
    ),
    Form(
        "replaced",
        "What replaced START I?",
        "query replaced",
        "what took the place of {instrument}",
        ("(what|which) [@thing] (replaced|superseded|succeeded|followed) <instrument>",),
    ),
    Form(
        "replaced-all",
        "Which treaties replaced which?",
        "query replaced",
        "which instrument took the place of which",
        ("(which|what) @thing (replaced|superseded) (which|what|another|others)",),
    ),
    Form(
        "depends-on-another",
        "Which treaties depend on another treaty?",
        "query depends-on-another",
        "which instruments last only as long as another one",
        (
            "@which @thing (depend|depends|rest) on (another|others|the life of another) [@thing]",
            "@which @thing last only as long as another [@thing] [does]",
        ),
    ),
    Form(
        "last-day",
        "Which bilateral treaties have ended since 2000?",
        "query last-day",
        "the last day of each bilateral instrument that has ended",
        (
            "(when|what) (was|is) the last day of (each|every) bilateral @thing",
            "@which bilateral @thing (have|has|had) (ended|lapsed|expired)",
            "@which bilateral @thing (ended|lapsed|expired)",
        ),
        dates={"since": "since"},
    ),
    about_instrument(
        "limits",
        "What does New START limit?",
        "what {instrument} limits",
        "what (does|did) <instrument> limit",
        "[what are|what were] [the] (limits|ceilings) (of|in|under) <instrument>",
    ),
)
