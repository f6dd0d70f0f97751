"""Questions about the whole record: what is in force, pending, contested, suspended, voted, signed in a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from treatygraph.ask.frame import Piece
from treatygraph.ask.plans.plan import MOST, Asking, Plan, amount, spanned
from treatygraph.ask.rows import Row, begun, plain_rows, rows_of
from treatygraph.model.dates import long_form

__all__ = ["listing", "plans"]

_IN_FORCE: Final = "rel:in-force rel:remain topic mark:all"


class _Words(dict[str, str]):
    """The cells of a row as a sentence has them; what is absent is left out."""

    def __missing__(self, name: str) -> str:
        return ""


def listing(says: str, rows: Sequence[Row], item: str, *, most: int = MOST) -> str:
    """The count of rows, and the first of them as ``item`` names them."""
    items = list(dict.fromkeys(_tidy(item.format_map(_Words(row))) for row in rows))
    if not items:
        return f"{begun(says)}: none on record."
    more = f"; and {len(items) - most} more" if len(items) > most else ""
    return f"{begun(says)}: {amount(len(items))}. {'; '.join(items[:most])}{more}."


def _tidy(text: str) -> str:
    """Without the brackets and marks that an empty cell leaves."""
    return text.replace(" ()", "").rstrip(" .,:")


class _Listed(NamedTuple):
    """A named question whose rows are the answer as they stand."""

    query: str
    says: str
    item: str
    signs: str
    """Relations of which one must be there; one with a ``!`` must be denied."""
    uses: str
    of_day: bool = False
    takes_topic: bool = False


_OF_RECORD: Final = (
    _Listed("contested-on", "which standings are contested", "{state} under {title}, by {by}", "contested",
            "rel:party noun:cases", of_day=True),
    _Listed("suspension-claims", "who claims to have suspended an instrument", "{state}, {title} (since {since})",
            "suspended", "rel:pending rel:alleged rel:claimed", of_day=True),
    _Listed("pledges", "which limits are observed only as one-sided pledges", "{state}: {title}", "pledge",
            "rel:observed rel:limits rel:in-force rel:party mark:only", of_day=True, takes_topic=True),
    _Listed("no-withdrawal-clause", "which instruments have no withdrawal clause", "{title}", "!clause", "rel:left"),
    _Listed("no-withdrawal-clause", "which instruments have no withdrawal clause", "{title}", "missing",
            "rel:left rel:clause"),
    _Listed("notify-security-council", "which instruments require a party that leaves to notify the Security Council",
            "{title}", "security-council notify", "rel:missing rel:notice rel:left mark:time"),
    _Listed("pending-withdrawals", "which withdrawals are pending", "{state} from {title} (out on {effect})",
            "pending announce", "rel:left mark:upcoming rel:notice rel:in-force rel:effective rel:party", of_day=True),
    _Listed("signed-never-in-force", "which treaties were signed but never entered into force", "{title}",
            "!entered !in-force", "rel:signed"),
    _Listed("not-binding", "which instruments do not bind in law", "{title}", "not-binding !binding", "rel:in-force",
            of_day=True, takes_topic=True),
    _Listed("depends-on-another", "which instruments last only as long as another one", "{title} (on {on})", "depends",
            "mark:only rel:lasted mark:last"),
    _Listed("replaced", "which instrument took the place of which", "{later} after {earlier}", "replaced", ""),
    _Listed("succession-acts", "which states notified that they carry on a predecessor's participation",
            "{state} to {title} ({notified})", "inherited", "rel:done"),
    _Listed("unverified-by-instrument", "how many facts about each instrument are unverified", "{title} ({facts})",
            "unverified", "mark:all noun:facts"),
)  # fmt: skip
_OF_INSTRUMENT: Final = (
    _Listed("sources-of", "where what is said about {} was read", "{title}", "sources",
            "rel:says rel:entered rel:in-force rel:happened rel:signed rel:ended"),
    _Listed("unverified", "which facts about {} are unverified", "{key}", "unverified", "noun:facts"),
    _Listed("who-holds-what", "who accepts, rejects or claims what under {}", "{authority} {stance} {holds}", "holds",
            "rel:done rel:party"),
    _Listed("owes-article-18", "which signatories must not defeat the object and purpose of {}", "{state}",
            "article-18", "rel:signatory rel:signed rel:party", of_day=True),
    _Listed("allegations", "who alleged a violation of {}, and who denied it", "{date}: {what}", "alleged denied",
            "rel:party rel:holds"),
)  # fmt: skip


def plans(it: Asking) -> Iterator[Plan]:
    """Every plan whose answer is a list of the record: of one instrument, or of all."""
    frame = it.frame
    if len(frame.instruments) == 1 and not frame.of("official"):
        yield from _of_instrument(it, frame.instruments[0])
    if frame.rel("voted"):
        yield _votes(it)
    if frame.instruments or frame.powers or frame.of("official"):
        return
    for listed in _OF_RECORD:
        if _is_meant(it, listed):
            yield _listed(it, listed)
    if frame.rel("left"):
        if frame.has("mark:upcoming"):
            yield _listed(it, next(one for one in _OF_RECORD if one.query == "pending-withdrawals"))
        yield _withdrawals(it)
    if (frame.rel("ended") or frame.has("mark:last")) and frame.scope == "bilateral":
        yield _ended(it)
    if frame.rel("entered", "signed", "ended"):
        yield from _milestones(it)
    if frame.rel("happened", "changed") and frame.whens:
        yield _happened(it)
    yield from _in_force(it)


def _is_meant(it: Asking, listed: _Listed) -> bool:
    signs = listed.signs.split()
    return any(it.frame.denied(sign[1:]) if sign.startswith("!") else bool(it.frame.rel(sign)) for sign in signs)


def _listed(it: Asking, listed: _Listed, *instruments: Piece) -> Plan:
    """The plan for a named question as it stands."""
    days = it.days() if listed.of_day else ()
    topics = it.frame.of("topic") if listed.takes_topic else ()
    says = it.said(listed.says.format(*(piece.shown for piece in instruments)), days)
    words = ["query", listed.query]
    words += ["--instrument", instruments[0].value] if instruments else []
    narrow = ["--topic", topics[0].value] if topics else []
    commands = [(*words, "--on", day.isoformat(), *narrow) for day in days] or [(*words, *narrow)]
    signs = " ".join(f"rel:{sign.removeprefix('!')}" for sign in listed.signs.split())
    lead = "The record does not judge that; it has who said so. "
    judges = listed.query == "allegations" and (it.frame.ask == "whether" or not it.frame.rel("alleged"))

    def reply(answers: Sequence[object]) -> str:
        told = dict.fromkeys(listing(says, rows_of(answer), listed.item) for answer in answers)
        return f"{lead if judges else ''}{' '.join(told)}"

    states = it.frame.states if listed.query == "allegations" else ()
    return it.plan(listed.query, says, commands, reply, f"{signs} {listed.uses}", *instruments, *topics, *states)


def _of_instrument(it: Asking, instrument: Piece) -> Iterator[Plan]:
    frame = it.frame
    for listed in _OF_INSTRUMENT:
        if _is_meant(it, listed) and (not frame.powers or listed.query == "allegations"):
            yield _listed(it, listed, instrument)
    if frame.powers:
        return
    if frame.rel("depends"):
        says = f"which instruments last only as long as {instrument.shown}"

        def hanging(answers: Sequence[object]) -> str:
            return listing(says, [row for row in rows_of(answers[0]) if row["on"] == instrument.shown], "{title}")

        yield it.plan(
            "depends-on-another", says, (("query", "depends-on-another"),), hanging, "rel:depends", instrument
        )
    if frame.rel("suspended") and frame.ask == "whether":
        yield _is_suspended(it, instrument)


def _is_suspended(it: Asking, instrument: Piece) -> Plan:
    """Whether somebody claims to have suspended it; whether that works, its readings tell."""
    days = it.days()
    words = [("query", "suspension-claims", "--on", day.isoformat()) for day in days]
    says = it.said(f"whether a suspension of {instrument.shown} is claimed", days)

    def reply(answers: Sequence[object]) -> str:
        suspended = [row for answer in answers for row in rows_of(answer) if row["id"] == instrument.value]
        if not suspended:
            return (
                f"No. No suspension of {instrument.shown} is claimed on record{' that day' if it.frame.whens else ''}."
            )
        told = dict.fromkeys(_claim_of(row) for row in suspended)
        denied = any(row["rejected_by"] for row in suspended)
        return f"{'That is disputed' if denied else 'Yes'}: {'; '.join(told)}."

    return it.plan("suspension-claims", says, words, reply, "rel:suspended rel:claimed", instrument)


def _claim_of(row: Row) -> str:
    rejected = f", rejected by {row['rejected_by']}" if row["rejected_by"] else ""
    return f"{row['state']} claims suspension since {row['since']}{rejected}"


def _withdrawals(it: Asking) -> Plan:
    since, until = it.span()
    last = until or it.today
    words = ["query", "withdrawals-since"]
    words += ["--since", since.isoformat()] if since else []
    words += ["--until", last.isoformat()]
    if until is None:
        it.notes.append(f"no day was given: today, {long_form(it.today)}, was taken")
    time = spanned(since, last, it.today) if since else f" by {long_form(last)}"
    says = f"which withdrawals from treaties in force took effect{time}"
    uses = "rel:left rel:entered rel:in-force rel:effective rel:happened rel:party mark:any"
    return it.plan(
        "withdrawals-since",
        says,
        (tuple(words),),
        lambda answers: listing(says, rows_of(answers[0]), "{state} from {title} ({out})"),
        uses,
    )


def _ended(it: Asking) -> Plan:
    since, until = it.span()
    words = ("query", "last-day", *(("--since", since.isoformat()) if since else ()))
    says = f"the last day of each bilateral instrument that has ended{spanned(since, until, it.today)}"
    end = (until or date.max).isoformat()

    def reply(answers: Sequence[object]) -> str:
        plain = plain_rows(answers[0])
        rows = [row for row, raw in zip(rows_of(answers[0]), plain, strict=True) if raw["gone"] <= end]
        return listing(says, rows, "{title} ({last_day})")

    uses = "rel:ended rel:last-day mark:last mark:all scope rel:remain"
    return it.plan("last-day", says, (words,), reply, uses, *it.frame.of("scope"))


def _milestones(it: Asking) -> Iterator[Plan]:
    """Which instruments were signed, entered into force, or ended in a time."""
    since, until = it.span()
    if since is None and until is None:
        return
    step = next(piece.value for piece in it.frame.pieces if piece.key in ("rel:entered", "rel:signed", "rel:ended"))
    topic = it.frame.topic
    words = ["query", "milestones", "--what", step]
    words += ["--topic", topic.value] if topic else []
    words += ["--since", since.isoformat()] if since else []
    words += ["--until", (until or it.today).isoformat()]
    what = {"entered": "entered into force", "signed": "were signed or agreed", "ended": "ended"}[step]
    about = f" about {topic.shown}" if topic else ""
    says = f"which instruments{about} {what}{spanned(since, until or it.today, it.today)}"
    uses = "rel:entered rel:signed rel:ended topic scope rel:in-force rel:party"

    def reply(answers: Sequence[object]) -> str:
        rows = [row for row in rows_of(answers[0]) if not it.frame.scope or row["scope"] == it.frame.scope]
        return listing(says, rows, "{title} ({date})")

    yield it.plan("milestones", says, (tuple(words),), reply, uses, *it.frame.of("topic", "scope"))


def _happened(it: Asking) -> Plan:
    since, until = it.span()
    words = ["query", "events-in", "--until", (until or it.today).isoformat()]
    words += ["--since", since.isoformat()] if since else []
    says = f"what happened{spanned(since, until or it.today, it.today)}"
    return it.plan(
        "events-in",
        says,
        (tuple(words),),
        lambda answers: listing(says, rows_of(answers[0]), "{date}: {what}"),
        "rel:happened rel:changed topic",
    )


def _in_force(it: Asking) -> Iterator[Plan]:
    frame = it.frame
    named = frame.has("noun:things") or (frame.whens and frame.rel("in-force"))
    if not named or not (frame.rel("in-force", "remain") or (frame.topic and frame.ask in ("which", "how-many", ""))):
        return
    days, topic = it.days(), it.frame.topic
    narrow = ("--topic", topic.value) if topic else ()
    words = [("query", "in-force-on", "--on", day.isoformat(), *narrow) for day in days]
    about = f" about {topic.shown}" if topic else ""
    says = it.said(f"which treaties{about} are in force", days)
    scope = it.frame.scope

    def reply(answers: Sequence[object]) -> str:
        told = []
        for day, answer in zip(days, answers, strict=True):
            rows = [row for row in rows_of(answer) if not scope or row["scope"] == scope]
            told.append(listing(f"treaties{about} in force on {long_form(day)}", rows, "{title}"))
        return " ".join(dict.fromkeys(told))

    yield it.plan(
        "in-force-on", says, words, reply, f"{_IN_FORCE} rel:binding scope rel:limits", *it.frame.of("topic", "scope")
    )


def _votes(it: Asking) -> Plan:
    since, until = it.span()
    names = it.frame.instruments
    words = ["query", "votes", "--about", names[0].value if names else "any"]
    words += ["--since", since.isoformat()] if since else []
    words += ["--until", (until or it.today).isoformat()]
    says = f"which votes{f' on {names[0].shown}' if names else ''} are on record{spanned(since, until, it.today)}"
    bodies = {piece.value for piece in (*it.frame.of("body"), *it.frame.states)}

    def reply(answers: Sequence[object]) -> str:
        rows = rows_of(answers[0])
        own = [row for row in rows if bodies <= set(row["states"].split())] if bodies else rows
        return listing(says, own, "{date}: {what}")

    return it.plan(
        "votes", says, (tuple(words),), reply, "rel:voted rel:happened", *names[:1], *it.frame.of("body", "state")
    )
