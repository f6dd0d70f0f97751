"""The forms of questions: how each may be put, and the command that answers it.

A pattern may use the shorthands of :data:`SHORT`. To add a form: phrases into ``tests/data/phrasings.yaml``
first, then the form here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

__all__ = ["FORMS", "SHORT", "Form"]

SHORT: Final[Mapping[str, str]] = {
    "which": "(which|what)",
    "be": "(is|are|was|were)",
    "have": "(has|have|had)",
    "do": "(do|does|did)",
    "who": "(who|(which|what) (state|states|country|countries|party|parties|power|powers))",
    "thing": (
        "(treaty|treaties|agreement|agreements|accord|accords|pact|pacts|instrument|instruments|convention"
        "|conventions|commitment|commitments|deal|deals)"
    ),
    "things": (
        "[any|all|the|all the|other] [<binding>] [<scope>] [<binding>] [<topic>] [arms control] @thing "
        "[(about|on|for|concerning|regarding|limiting|covering|banning|that limit|that limited|that cover) <topic>]"
    ),
    "pair": "(between <power:a> and <power:b>|between <power:a> with <power:b>)",
    "two": "[both] <power:a> and <power:b>",
    "tail": "[(about|on|concerning|regarding|as to) <topic>] [(according to|in the view of) <authority>]",
    "view": "[(according to|in the view of) <authority>]",
    "in_force": "(in force|operative|in effect|valid|alive)",
    "stay": (
        "(remain|remains|remained|[@be] left|@be [@in_force]|hold|holds|held|stand|stands|stood|exist|exists|existed"
        "|apply|applies|applied|survive|survives|survived)"
    ),
    "leave": "(leave|left|leaves|withdraw from|withdrew from|withdraws from|withdrawn from|quit|exit|exited)",
    "join": "(join|joined|enter|entered|become [a] party to|became [a] party to|become [a] member of|become bound by)",
    "party": (
        "([a] (party|parties|member|members|participant|participants) (to|of|in)|bound by|in|covered by"
        "|taking part in)"
    ),
}
"""Shorthands: ``@name`` in a pattern."""

_SHORTHAND: Final = re.compile(r"@(\w+)")
_ON: Final = {"on": "on"}
_VIEWED: Final = {"on": "on", "known": "known"}


@dataclass(frozen=True)
class Form:
    """One kind of question."""

    name: str
    example: str
    """As a user may put it; offered when a question is not understood."""
    command: str
    """The command, with slots in braces."""
    says: str
    """The question as understood, with slots in braces."""
    patterns: tuple[str, ...]
    dates: Mapping[str, str] = field(default_factory=dict)
    """What a date may be for (``on``, ``since``, ``until``, ``known``), and the option that takes it."""
    today: str = ""
    """The option that is today when no date is given."""
    by: str = "on"
    """What "by 1 May" means here."""
    flags: Mapping[str, str] = field(default_factory=lambda: {"scope": "scope", "topic": "topic", "binding": "binding"})
    """Slots that become options of the command, where they are filled."""

    @cached_property
    def written_out(self) -> tuple[str, ...]:
        """The patterns without shorthands."""
        return tuple(_written_out(pattern) for pattern in self.patterns)


def _written_out(pattern: str) -> str:
    while _SHORTHAND.search(pattern):
        pattern = _SHORTHAND.sub(lambda found: SHORT[found[1]], pattern)
    return pattern


def _asked(name: str, example: str, says: str, *patterns: str) -> Form:
    """A named question about an instrument, without a date."""
    return Form(name, example, f"query {name} --instrument {{instrument}}", says, patterns)


def _today(name: str, example: str, says: str, *patterns: str, more: str = "") -> Form:
    """A named question of a day."""
    return Form(name, example, f"query {name}{more}", f"{says} on {{on}}", patterns, dates=_ON, today="on")


_BETWEEN: Final = (
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
            "[the] @things @pair @tail",
            "(@which|@do) @things (bind|bound|tie|link|hold|cover|apply to) @two @tail",
            "@which @things @do @two (share|have in common|have) @tail",
            "@which @do @two (share|have in common) @tail",
            "@which (limits|limit|limited|restrains) <topic> @pair @view",
            "@which @things (limit|limits|limited|cover|covers|govern|govern|ban|bans) <topic> @pair @view",
            "@be there [any|a] @thing (limiting|about|on|that limits|that limit|covering) <topic> @pair @view",
            "[@which @do] @two (still|both have) @tail",
            "@two",
        ),
        dates=_VIEWED,
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
        dates=_VIEWED,
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
        dates=_ON,
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

_LEAVING: Final = (
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
        dates=_ON,
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
        "has-left",
        "Did Russia withdraw from the CTBT?",
        "status {instrument} --state {a}",
        "whether {a} has left {instrument}, on {on}",
        (
            "[@do|@have|whether|if] <power:a> [@have] @leave <instrument> @view",
            "(is|was) it (true|correct|right) that <power:a> [@have] @leave <instrument>",
            "@be the (sentence|statement|claim|phrase) <power:a> [@have] @leave <instrument> (correct|true|right|accurate)",
            "@be <power:a> out of <instrument> @view",
        ),
        dates=_VIEWED,
        today="on",
        flags={"authority": "reading"},
    ),
    Form(
        "when-left",
        "When did Russia withdraw from the CFE Treaty?",
        "query standings-of --instrument {instrument} --a {a}",
        "when {a} left {instrument}",
        ("when did <state:a> @leave <instrument>", "when was <state:a> out of <instrument>"),
        dates=_ON,
        today="on",
    ),
    Form(
        "notice",
        "When would France be out of the NPT if it gave notice today?",
        "whatif {a} leaves {instrument}",
        "when {a} would be out of {instrument} if it gave notice on {on}",
        (
            "when would <state:a> be out of <instrument> if it (gave notice|withdrew|left)",
            "when (could|can|would|will) <state:a> (leave|be out of|withdraw from) <instrument> [if it (gives|gave) notice]",
            "if <state:a> (gave|gives) notice [of withdrawal] when (would|will) it be out of <instrument>",
            "if <state:a> (gave|gives) notice [of withdrawal] when (is|was) it out of <instrument>",
            "if <state:a> (leaves|left|withdraws from|withdrew from) <instrument> when (is|would|will) it [be] out",
            "what if <state:a> (leaves|left|withdraws from|withdrew from|quits) <instrument>",
            "what (happens|would happen) if <state:a> (leaves|left|withdraws from|withdrew from|quits) <instrument>",
            "how long (would|does|will) it take [for] <state:a> to (leave|withdraw from|quit) <instrument>",
            "how much notice (must|does|would) <state:a> [have to|need to] give to (leave|withdraw from|quit) <instrument>",
        ),
        dates={"on": "notice"},
        today="notice",
    ),
    _today(
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
            "@which @thing (require|requires|need|needs) (notice|notification) (to|of) the [un] security council "
            "[(before|when|for) leaving|before withdrawal]",
        ),
    ),
)

_PARTIES: Final = (
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
            "@who (participates|participate|participated|takes part|take part|took part) in <instrument>",
        ),
        dates=_VIEWED,
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
            "(is|was) it (true|correct|right) that <power:a> @be @party <instrument>",
            "@do <instrument> (bind|bound|cover|apply to) <power:a> @view",
            "@do <power:a> (belong to|take part in|participate in) <instrument> @view",
        ),
        dates=_VIEWED,
        today="on",
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
        dates=_VIEWED,
        today="on",
        flags={"authority": "reading"},
    ),
    Form(
        "did-act",
        "Has the United States ratified the CTBT?",
        "query acts-of --instrument {instrument} --a {a}",
        "whether {a} did {act} {instrument}",
        ("(@do|@have) <state:a> <act> <instrument>", "(whether|if) <state:a> [@have] <act> <instrument>"),
        dates=_ON,
        today="on",
    ),
    Form(
        "when-act",
        "When did Iran sign the NPT?",
        "query acts-of --instrument {instrument} --a {a}",
        "when {a} did {act} {instrument}",
        ("when did <state:a> <act> <instrument>",),
        dates=_ON,
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
        dates=_ON,
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
        dates=_ON,
        today="on",
    ),
    Form(
        "who-signed",
        "Who signed New START and what office did they hold?",
        "query who-signed --instrument {instrument}",
        "who signed {instrument}, and in what office",
        (
            "who [has] signed <instrument> [and (in what|what|which) (office|offices) [did they hold|they held]]",
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
        dates=_ON,
        today="on",
    ),
)

_INSTRUMENTS: Final = (
    Form(
        "status",
        "What is the status of New START?",
        "status {instrument}",
        "the status of {instrument} on {on}",
        (
            "[what @be] [the] (status|state|standing) of <instrument> @view",
            "how @do <instrument> stand @view",
            "when (did|does|will) <instrument> (end|expire|lapse|terminate|enter into force|come into force|take effect)",
            "(what|how much) is [still] missing for <instrument> to (enter|come) into force",
            "[whether|if] <instrument> @be @in_force",
        ),
        dates=_VIEWED,
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
        dates=_VIEWED,
        today="on",
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
        dates=_ON,
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
    _asked(
        "limits",
        "What does New START limit?",
        "what {instrument} limits",
        "what (does|did) <instrument> limit",
        "[what are|what were] [the] (limits|ceilings) (of|in|under) <instrument>",
    ),
)

_DISPUTE: Final = (
    _today(
        "suspension-claims",
        "Who claims suspension?",
        "who claims to have suspended an instrument",
        "@who (claims|claim|claimed) [a|the] (suspension|suspensions)",
        "@who (claims|claim|claimed) to have suspended [a|an|any] @thing",
        "@which suspensions @be claimed",
        "@who @have suspended [a|any] @thing",
    ),
    _today(
        "contested-on",
        "Which standings are contested?",
        "which standings are contested",
        "(what|(which|what) (standings|standing|cases)) @be (contested|disputed)",
    ),
    _asked(
        "who-holds-what",
        "Who says what about the NPT?",
        "who accepts, rejects or claims what under {instrument}",
        "@who (says|say|said|holds|hold) what (about|under|on) <instrument>",
        "@who (accepts|accept) or (rejects|reject) (acts|what) (under|about) <instrument>",
    ),
    _asked(
        "allegations",
        "Who alleged a violation of the INF Treaty?",
        "who alleged a violation of {instrument}, and who denied it",
        "@who (alleged|alleges|claimed) [a] (violation|violations|breach|breaches) of <instrument>",
        "who accused whom of (violating|breaching|breaking) <instrument>",
        "(alleged violations|allegations) (of|under|about) <instrument>",
    ),
    _today(
        "pledges",
        "Which pledges are observed today?",
        "which limits are observed only as one-sided pledges",
        "@which (pledges|unilateral pledges|one sided pledges) @be (observed|made|standing|in force)",
        "@which limits @be (observed|kept) only as [political|one sided|unilateral] pledges",
    ),
)

_RECORD: Final = (
    Form(
        "timeline",
        "What happened to the Open Skies Treaty?",
        "timeline {instrument}",
        "what happened to {instrument}",
        (
            "what (happened|has happened) (to|with|under|about) <instrument>",
            "[the] (timeline|history|chronology|story) of <instrument>",
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
        dates=_VIEWED,
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
        dates=_VIEWED,
        today="known",
        by="known",
    ),
    _asked(
        "sources-of",
        "What are the sources of New START?",
        "where what is said about {instrument} was read",
        "[what @be] [the] sources (of|for|on|about) <instrument>",
        "where was what is said about <instrument> read",
    ),
    _asked(
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
            "@be [the] claims (of|in) [the report] <report> (correct|true|right)",
            "(check|verify) [the] (report|claims of) <report>",
        ),
        dates={"known": "known"},
    ),
)

FORMS: Final[tuple[Form, ...]] = (*_BETWEEN, *_LEAVING, *_PARTIES, *_INSTRUMENTS, *_DISPUTE, *_RECORD)
"""Every form, in the order in which they are tried."""
