"""Questions about the whole record: what is in force, pending, contested, suspended, voted, signed in a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from treatygraph.ask.frame import Piece
from treatygraph.ask.plans.plan import MOST, amount, Asking, counted, Plan, spanned
from treatygraph.ask.rows import Row, begun, rows_of
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


def plans(it: Asking) -> Iterator[Plan]:
    """Every plan for a question that names neither a power nor, but for whose view it is, an instrument."""
    frame = it.frame
    if frame.rel("alleged", "denied") and len(frame.instruments) == 1:
        yield _alleged(it, frame.instruments[0])
    if len(frame.instruments) == 1 and not frame.of("official"):
        yield from _of_instrument(it, frame.instruments[0])
    if frame.rel("voted"):
        yield _votes(it)
    if frame.instruments or frame.powers or frame.of("official"):
        return
    if frame.rel("contested"):
        yield _of_day(it, "contested-on", "which standings are contested", "{state} under {title}, by {by}",
                      "rel:contested ask:status rel:party noun:cases ask:who")  # fmt: skip
    if frame.rel("suspended"):
        yield _of_day(it, "suspension-claims", "who claims to have suspended an instrument",
                      "{state}, {title} (since {since})", "rel:suspended rel:pending rel:alleged rel:claimed")  # fmt: skip
    if frame.rel("pledge"):
        yield _of_day(it, "pledges", "which limits are observed only as one-sided pledges", "{state}: {title}",
                      "rel:observed rel:pledge rel:limits rel:in-force rel:party rel:unilateral mark:only topic", topic=True)  # fmt: skip
    if frame.denied("clause") or (frame.rel("clause") and frame.rel("missing")):
        yield _plain(it, "no-withdrawal-clause", "which instruments have no withdrawal clause", "{title}", "rel:clause rel:missing rel:left")
    if frame.rel("security-council", "notify"):
        yield _plain(it, "notify-security-council", "which instruments require a party that leaves to notify the Security Council",
                     "{title}", "rel:security-council rel:notify rel:missing rel:notice rel:left mark:time")  # fmt: skip
    if frame.rel("pending") or (frame.rel("left") and frame.has("mark:upcoming")):
        yield _of_day(it, "pending-withdrawals", "which withdrawals are pending", "{state} from {title} (out on {effect})",
                      "rel:pending rel:left mark:upcoming rel:notice rel:in-force rel:effective rel:party")  # fmt: skip
    if frame.denied("entered", "in-force"):
        yield _plain(it, "signed-never-in-force", "which treaties were signed but never entered into force", "{title}",
                     "rel:entered rel:in-force rel:signed")  # fmt: skip
    if frame.rel("left"):
        yield _withdrawals(it)
    if frame.rel("not-binding") or frame.denied("binding"):
        yield _of_day(it, "not-binding", "which instruments do not bind in law", "{title}", "rel:not-binding rel:binding rel:in-force topic", topic=True)
    if frame.rel("depends"):
        yield _plain(it, "depends-on-another", "which instruments last only as long as another one", "{title} (on {on})", "rel:depends mark:only rel:lasted mark:last")
    if frame.rel("replaced"):
        yield _plain(it, "replaced", "which instrument took the place of which", "{later} after {earlier}", "rel:replaced")
    if frame.rel("inherited"):
        yield _plain(it, "succession-acts", "which states notified that they carry on a predecessor's participation", "{state} to {title} ({notified})", "rel:inherited rel:done")
    if frame.rel("unverified"):
        yield _plain(it, "unverified-by-instrument", "how many facts about each instrument are unverified", "{title} ({facts})", "rel:unverified mark:all noun:facts")
    if (frame.rel("ended") or frame.has("mark:last")) and frame.scope == "bilateral":
        yield _ended(it)
    if frame.rel("entered", "signed", "ended"):
        yield from _begun_in(it)
    if frame.rel("happened") and frame.whens:
        yield from _happened(it)
    if (frame.has("noun:things") or (frame.whens and frame.rel("in-force"))) and (frame.rel("in-force", "remain") or (frame.topic and frame.ask in ("which", "how-many", ""))):
        yield _in_force(it)


def _of_instrument(it: Asking, instrument: Piece) -> Iterator[Plan]:
    frame = it.frame
    name = ("--instrument", instrument.value)
    simple: Mapping[str, tuple[str, str, str, str]] = {
        "sources": ("sources-of", "where what is said about {} was read", "{title}", "rel:says rel:sources rel:entered rel:in-force rel:happened rel:signed rel:ended"),
        "unverified": ("unverified", "which facts about {} are unverified", "{key}", "rel:unverified noun:facts"),
        "holds": ("who-holds-what", "who accepts, rejects or claims what under {}", "{authority} {stance} {holds}", "rel:holds rel:done rel:party"),
    }  # fmt: skip
    for value, (query, says, item, uses) in simple.items():
        if frame.rel(value) and not frame.powers:
            told = says.format(instrument.shown)
            yield it.plan(query, told, (("query", query, *name),), _lister(told, item), uses, instrument)
    if frame.rel("depends") and not frame.powers:
        says = f"which instruments last only as long as {instrument.shown}"

        def hanging(answers: Sequence[Any]) -> str:
            return listing(says, [row for row in rows_of(answers[0]) if row["on"] == instrument.shown], "{title}")

        yield it.plan("depends-on-another", says, (("query", "depends-on-another"),), hanging, "rel:depends", instrument)
    if frame.rel("suspended") and frame.ask == "whether" and not frame.powers:
        yield _is_suspended(it, instrument)
    if frame.rel("article-18"):
        days = it.days()
        says = it.said(f"which signatories must not defeat the object and purpose of {instrument.shown}", days)
        words = [("query", "owes-article-18", *name, "--on", day.isoformat()) for day in days]
        yield it.plan("owes-article-18", says, words, _lister(says, "{state}"), "rel:article-18 rel:signatory rel:signed rel:party", instrument)


def _is_suspended(it: Asking, instrument: Piece) -> Plan:
    """Whether somebody claims to have suspended it; whether that works, its readings tell."""
    days = it.days()
    words = [("query", "suspension-claims", "--on", day.isoformat()) for day in days]
    says = it.said(f"whether a suspension of {instrument.shown} is claimed", days)

    def reply(answers: Sequence[Any]) -> str:
        found = [row for answer in answers for row in rows_of(answer) if row["id"] == instrument.value]
        if not found:
            return f"No. No suspension of {instrument.shown} is claimed on record{' that day' if it.frame.whens else ''}."
        told = dict.fromkeys(_claim_of(row) for row in found)
        denied = any(row["rejected_by"] for row in found)
        return f"{'That is disputed' if denied else 'Yes'}: {'; '.join(told)}."

    return it.plan("suspension-claims", says, words, reply, "rel:suspended rel:claimed", instrument)


def _claim_of(row: Row) -> str:
    rejected = f", rejected by {row['rejected_by']}" if row["rejected_by"] else ""
    return f"{row['state']} claims suspension since {row['since']}{rejected}"


def _lister(says: str, item: str) -> Any:
    def reply(answers: Sequence[Any]) -> str:
        return " ".join(dict.fromkeys(listing(says, rows_of(answer), item) for answer in answers))

    return reply


def _of_day(it: Asking, query: str, says: str, item: str, uses: str, *, topic: bool = False) -> Plan:
    days = it.days()
    narrow = ("--topic", it.frame.topic.value) if topic and it.frame.topic else ()
    words = [("query", query, "--on", day.isoformat(), *narrow) for day in days]
    return it.plan(query, it.said(says, days), words, _lister(it.said(says, days), item), uses, *it.frame.of("topic"))


def _plain(it: Asking, query: str, says: str, item: str, uses: str) -> Plan:
    return it.plan(query, says, (("query", query),), _lister(says, item), uses)


def _withdrawals(it: Asking) -> Plan:
    since, until = it.span()
    last = until or it.today
    words = ["query", "withdrawals-since"]
    words += ["--since", since.isoformat()] if since else []
    words += ["--until", last.isoformat()]
    if until is None:
        it.notes.append(f"no day was given: today, {long_form(it.today)}, was taken")
    says = f"which withdrawals from treaties in force took effect{spanned(since, last, it.today) if since else f' by {long_form(last)}'}"
    uses = "rel:left rel:entered rel:in-force rel:effective rel:happened rel:party mark:any"
    return it.plan("withdrawals-since", says, (tuple(words),), _lister(says, "{state} from {title} ({out})"), uses)


def _ended(it: Asking) -> Plan:
    since, until = it.span()
    words = ("query", "last-day", *(("--since", since.isoformat()) if since else ()))
    says = f"the last day of each bilateral instrument that has ended{spanned(since, until, it.today)}"
    end = (until or date.max).isoformat()

    def reply(answers: Sequence[Any]) -> str:
        rows = [row for row, raw in zip(rows_of(answers[0]), answers[0].rows, strict=True) if (raw[4] or "") <= end]
        return listing(says, rows, "{title} ({last_day})")

    uses = "rel:ended rel:last-day mark:last mark:all scope rel:remain"
    return it.plan("last-day", says, (words,), reply, uses, *it.frame.of("scope"))


def _begun_in(it: Asking) -> Iterator[Plan]:
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

    def reply(answers: Sequence[Any]) -> str:
        rows = [row for row in rows_of(answers[0]) if not it.frame.scope or row["scope"] == it.frame.scope]
        return listing(says, rows, "{title} ({date})")

    yield it.plan("milestones", says, (tuple(words),), reply, uses, *it.frame.of("topic", "scope"))


def _happened(it: Asking) -> Iterator[Plan]:
    since, until = it.span()
    words = ["query", "events-in", "--until", (until or it.today).isoformat()]
    words += ["--since", since.isoformat()] if since else []
    says = f"what happened{spanned(since, until or it.today, it.today)}"
    yield it.plan("events-in", says, (tuple(words),), _lister(says, "{date}: {what}"), "rel:happened topic")


def _in_force(it: Asking) -> Plan:
    days, topic = it.days(), it.frame.topic
    narrow = ("--topic", topic.value) if topic else ()
    words = [("query", "in-force-on", "--on", day.isoformat(), *narrow) for day in days]
    about = f" about {topic.shown}" if topic else ""
    says = it.said(f"which treaties{about} are in force", days)
    scope = it.frame.scope

    def reply(answers: Sequence[Any]) -> str:
        told = []
        for day, answer in zip(days, answers, strict=True):
            rows = [row for row in rows_of(answer) if not scope or row["scope"] == scope]
            told.append(listing(f"treaties{about} in force on {long_form(day)}", rows, "{title}"))
        return " ".join(dict.fromkeys(told))

    return it.plan("in-force-on", says, words, reply, f"{_IN_FORCE} rel:binding scope rel:limits", *it.frame.of("topic", "scope"))


def _votes(it: Asking) -> Plan:
    since, until = it.span()
    names = it.frame.instruments
    words = ["query", "votes", "--about", names[0].value if names else "any"]
    words += ["--since", since.isoformat()] if since else []
    words += ["--until", (until or it.today).isoformat()]
    says = f"which votes{f' on {names[0].shown}' if names else ''} are on record{spanned(since, until, it.today)}"
    bodies = {piece.value for piece in (*it.frame.of("body"), *it.frame.states)}

    def reply(answers: Sequence[Any]) -> str:
        rows = rows_of(answers[0])
        own = [row for row in rows if bodies <= set(row["states"].split())] if bodies else rows
        return listing(says, own, "{date}: {what}")

    return it.plan("votes", says, (tuple(words),), reply, "rel:voted rel:happened", *names[:1], *it.frame.of("body", "state"))


def _alleged(it: Asking, instrument: Piece) -> Plan:
    """Who alleged a violation and who denied it; whether there was one, the record does not judge (rule R40)."""
    frame = it.frame
    says = f"who alleged a violation of {instrument.shown}, and who denied it"
    words = ("query", "allegations", "--instrument", instrument.value)

    def reply(answers: Sequence[Any]) -> str:
        rows = rows_of(answers[0])
        lead = "The record does not judge that; it has who said so. " if frame.ask == "whether" or not frame.rel("alleged") else ""
        return lead + listing(says, rows, "{date}: {what}")

    return it.plan("allegations", says, (words,), reply, "rel:alleged rel:denied rel:party rel:holds", instrument, *frame.states)
