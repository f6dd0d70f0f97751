"""Questions about two powers: what remains, what has ended, what happened."""

from __future__ import annotations

from typing import Final

from treatygraph.ask.forms.form import ON, VIEWED, Form

__all__ = ["FORMS"]

FORMS: Final = (
    Form(
        "between",
        "What remains between the US and Russia on 1 May 2021?",
        "between {a} {b}",
        "what remains between {a} and {b} on {on}",
        (
            "[@which] (@stay|@be there) @pair @tail",
            "(@which|@be there) @things @stay @pair @tail",
            "(@which|@be there) @things @stay @in_force @pair @tail",
            "(@which|@be there) @things @pair @tail",
            "[name|list|show [me]|how many] @things [@stay] @pair @tail",
            "how many @things (bind|bound|hold|cover) @two @tail",
            "@which of the @thing @pair @be (<scope>|<binding>) @view",
            "@which (binds|bind|bound|links|ties) @two @tail",
            "@do anything (limit|cover|restrain|ban) <topic> @pair @view",
            "(@which|@do) @things (bind|bound|tie|link|hold|cover|apply to) @two @tail",
            "@which @things @do @two (share|have in common|have) @tail",
            "@which @do @two (share|have in common) @tail",
            "@which (limits|limit|limited|restrains) <topic> @pair @view",
            "@which @things (limit|limits|limited|cover|covers|govern|govern|ban|bans) <topic> @pair @view",
            "@be there [any|a] @thing (limiting|about|on|that limits|that limit|covering) <topic> @pair @view",
            "[@which @do] @two (still|both have) @tail",
            "@two",
        ),
        dates=VIEWED,
        today="on",
        flags={"scope": "scope", "topic": "topic", "binding": "binding", "authority": "reading"},
    ),
    Form(
        "ended",
        "What has ended between the US and Russia?",
        "between {a} {b}",
        "what has ended between {a} and {b} by {on}",
        (
            "@which (has|had|have) (ended|lapsed|expired|gone|been lost) @pair @tail",
            "@which @things @pair (have|has|had) (ended|lapsed|expired|gone|been lost) @tail",
            "@which (ended|lapsed|was lost) @pair @tail",
        ),
        dates=VIEWED,
        today="on",
        flags={"scope": "scope", "topic": "topic", "binding": "binding", "authority": "reading"},
    ),
    Form(
        "one-sided",
        "Which treaties bind only one of the US and Russia?",
        "query one-sided --a {a} --b {b}",
        "what holds only one of {a} and {b} on {on}",
        (
            "@which @thing (bind|bound|hold|held) only one of @two",
            "@which @thing do not bind @two",
            "@which @thing (bind|bound|hold|held) one [but] not the other of @two",
        ),
        dates=ON,
        today="on",
    ),
    Form(
        "pair-timeline",
        "What happened between the US and Russia since 1 January 2023?",
        "timeline {a} {b}",
        "what happened between {a} and {b}",
        ("(what happened|[the] (timeline|history|chronology) [of events|of relations]) @pair",),
        dates={"since": "since", "until": "on"},
        by="until",
    ),
)
