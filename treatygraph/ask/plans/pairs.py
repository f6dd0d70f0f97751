"""Questions about two powers: what remains, what has ended, what one has without the other, what happened."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from treatygraph.answers.between_answer import Between
from treatygraph.answers.claims.answer import ClaimsAnswer
from treatygraph.answers.compare import Comparison
from treatygraph.answers.timeline import Entry
from treatygraph.answers.wording import listed, topic_name
from treatygraph.ask.frame import Piece
from treatygraph.ask.plans.plan import MOST, SILENT, Asking, Plan, counted, enumerated, sentence, spanned
from treatygraph.ask.rows import begun, in_words, rows_of, sentence_of, typed
from treatygraph.model.dates import long_form

__all__ = ["plans"]

_BETWEEN = "rel:party rel:in-force rel:remain rel:limits rel:binding topic scope"


def plans(it: Asking) -> Iterator[Plan]:
    """Every plan for a question that names two powers and no instrument, the most special first."""
    frame = it.frame
    if len(frame.powers) != 2 or frame.of("official"):
        return
    if frame.instruments:
        if frame.has("mark:only") and frame.ask in ("whether", ""):
            yield _only(it)
        return
    member = frame.rel("party")
    if frame.groups and member and member.text.casefold().startswith("member") and not frame.has("noun:things"):
        return  # who is a member of an alliance is another question
    if frame.ask in ("why", "where", "until-when"):
        return
    first, second = frame.powers
    if frame.rel("one-sided") or first.negated or second.negated:
        yield _one_sided(it, first, second)
    yield from _over_time(it, first, second)
    signed, ratified = frame.rel("signed"), frame.rel("ratified", "in-force", "joined", "entered")
    if signed and ratified and ratified.negated:
        yield _signed_only(it, first, second)
    if frame.has("mark:last", "mark:first"):
        yield _last(it, first, second)
    if frame.ask != "when":
        yield _between(it, first, second)


def _over_time(it: Asking, first: Piece, second: Piece) -> Iterator[Plan]:
    """What happened, changed or ended between the two."""
    frame = it.frame
    if frame.rel("happened"):
        yield _happened(it, first, second)
    over_time = frame.rel("signed", "ended", "compare") and (_stretch(it) or len(frame.whens) == 2)
    if frame.rel("changed") or over_time:
        yield from _changed(it, first, second)
    if frame.rel("compare"):
        yield _compared(it, first, second)
    if frame.rel("ended"):
        yield _ended(it, first, second)


def _stretch(it: Asking) -> bool:
    return any(not when.is_day or when.role == "since" for when in it.frame.whens)


def _narrow(it: Asking) -> tuple[tuple[str, ...], str]:
    """Options for topic, scope and binding force, and how they are said."""
    frame, words, said = it.frame, [], ""
    if frame.scope:
        words += ["--scope", frame.scope]
        said += f", {frame.scope} only"
    if frame.topic:
        words += ["--topic", frame.topic.value]
        said = f" about {frame.topic.shown}{said}"
    if frame.rel("binding"):
        words.append("--binding")
        said += ", legally binding only"
    return tuple(words), said


def _pair_commands(it: Asking, first: Piece, second: Piece, days: Sequence[date]) -> Iterator[tuple[str, ...]]:
    narrow, _ = _narrow(it)
    for day in days:
        yield (
            "between",
            it.name_of(first),
            it.name_of(second),
            "--on",
            day.isoformat(),
            *narrow,
            *it.reading(),
            *it.known(),
        )


def _between(it: Asking, first: Piece, second: Piece) -> Plan:
    days, (_, narrow) = it.days(since=False), _narrow(it)
    says = it.said(f"what remains between {first.shown} and {second.shown}{narrow}", days)
    commands = tuple(_pair_commands(it, first, second, days))

    def reply(answers: Sequence[object]) -> str:
        pairs = _of_pairs(answers)
        lines = [answer.answer for answer in pairs]
        if it.frame.ask == "whether":
            lines.insert(0, _some_hold(it, pairs[0]))
        if len(pairs) == 2:
            lines.append(_difference(*pairs))
        return " ".join(dict.fromkeys(lines))

    return it.plan("between", says, commands, reply, _BETWEEN, first, second, *it.frame.of("topic", "scope"))


def _of_pairs(answers: Sequence[object]) -> list[Between]:
    return [typed(Between, answer) for answer in answers]


def _some_hold(it: Asking, answer: Between) -> str:
    """Yes or no; where a treaty is asked for, a pledge is none."""
    law = any(piece.text.casefold().startswith(("treat", "convention", "pact")) for piece in it.frame.of("noun"))
    if any(item.binding for item in answer.instruments):
        return "Yes."
    if answer.not_known and any(item.binding for item in answer.not_known):
        return f"{SILENT} for certain."
    if answer.instruments:
        return "No treaty that binds in law." if law else "Yes, but nothing that binds in law."
    return f"{SILENT} for certain." if answer.not_known and not law else "No."


def _difference(first: Between, last: Between) -> str:
    then, now = ({item.id: item.title for item in one.instruments} for one in (first, last))
    gone = [title for name, title in then.items() if name not in now]
    new = [title for name, title in now.items() if name not in then]
    parts = [f"{what}: {listed(titles)}" for what, titles in (("gone", gone), ("new", new)) if titles]
    return f"Between the two days, {'; '.join(parts)}." if parts else "The two days have the same instruments."


def _ended(it: Asking, first: Piece, second: Piece) -> Plan:
    since, until = it.span()
    day, (_, narrow) = until or it.today, _narrow(it)
    if until is None:
        it.notes.append(f"no day was given: today, {long_form(it.today)}, was taken")
    says = it.said(
        f"what has ended between {first.shown} and {second.shown}{narrow}{spanned(since, day, it.today)}", ()
    )

    def reply(answers: Sequence[object]) -> str:
        gone = [one for one in _of_pairs(answers)[0].ended if since is None or one.until >= since.isoformat()]
        told = [f"{one.title} ({in_words(one.until)}, {one.because})" for one in gone]
        lead = {"whether": "Yes: " if told else "No: "}.get(it.frame.ask, "")
        what = f"between {first.shown} and {second.shown}{narrow}{spanned(since, day, it.today)}"
        if not told:
            return sentence(f"{lead}nothing on record has ended {what}")
        count = counted(len(told), "instrument")
        return f"{begun(lead + count)} ended {what}: {enumerated(told)}."

    uses = "rel:ended rel:remain rel:in-force rel:party rel:binding topic scope"
    commands = tuple(_pair_commands(it, first, second, (day,)))
    return it.plan("ended", says, commands, reply, uses, first, second, *it.frame.of("topic", "scope"))


def _signed_only(it: Asking, first: Piece, second: Piece) -> Plan:
    days, (_, narrow) = it.days(), _narrow(it)
    says = it.said(f"what {first.shown} and {second.shown} have both signed that does not bind both{narrow}", days)

    def reply(answers: Sequence[object]) -> str:
        told = [
            f"{one.title} ({', '.join(f'{k} {v}' for k, v in one.standing.items())})"
            for one in _of_pairs(answers)[0].signed
        ]
        if not told:
            return (
                f"Nothing on record was signed by both {first.shown} and {second.shown} without binding both{narrow}."
            )
        count = counted(len(told), "instrument was", "instruments were")
        return (
            f"{begun(count)} signed by both {first.shown} and {second.shown} and did not bind both: {enumerated(told)}."
        )

    uses = "rel:signed rel:ratified rel:in-force rel:joined rel:entered topic scope"
    commands = tuple(_pair_commands(it, first, second, days))
    return it.plan("signed-by-both", says, commands, reply, uses, first, second, *it.frame.of("topic", "scope"))


def _one_sided(it: Asking, first: Piece, second: Piece) -> Plan:
    days = it.days()
    only = first if second.negated else second if first.negated else None
    other = second if only is first else first
    what = f"what holds only one of {first.shown} and {second.shown}"
    what = f"what holds {only.shown} but not {other.shown}" if only else what
    commands = tuple(
        ("query", "one-sided", "--a", first.value, "--b", second.value, "--on", day.isoformat()) for day in days
    )

    def reply(answers: Sequence[object]) -> str:
        rows = [row for row in rows_of(answers[0]) if only is None or row["bound"] == only.value]
        told = [row["title"] if only else f"{row['title']} ({row['bound']} alone)" for row in rows]
        if not told:
            return f"Nothing on record, on {long_form(days[0])}, is {what}."
        return f"On {long_form(days[0])}, {counted(len(told), 'instrument')}: {what}: {enumerated(told)}."

    uses = "rel:one-sided rel:party rel:in-force rel:joined rel:ratified rel:remain rel:binding"
    return it.plan("one-sided", it.said(what, days), commands, reply, uses, first, second)


def _happened(it: Asking, first: Piece, second: Piece) -> Plan:
    since, until = it.span()
    words = ["timeline", first.value, second.value]
    words += ["--on", until.isoformat()] if until and until != it.today else []
    words += ["--since", since.isoformat()] if since else []
    says = f"what happened between {first.shown} and {second.shown}{spanned(since, until, it.today)}"
    return it.plan("pair-timeline", says, (tuple(words),), lambda answers: told_of_events(says, answers, it.today),
                   "rel:happened", first, second)  # fmt: skip


def told_of_events(says: str, answers: Sequence[object], today: date) -> str:
    """How many entries, and what the latest of them tells, of the answer of ``timeline``."""
    entries = [typed(Entry, entry) for entry in typed(tuple, answers[0])]
    if not entries:
        return f"{begun(says)}: nothing on record."
    past = [entry for entry in entries if entry.order <= today] or list(entries)
    count = counted(len(entries), "entry is", "entries are")
    latest = f"the latest is of {in_words(past[-1].date)}: {past[-1].text.rstrip('.')}"
    return f"{begun(says)}: {count} on record; {latest}."


def _compared(it: Asking, first: Piece, second: Piece) -> Plan:
    days = it.days()
    says = it.said(f"which instruments hold {first.shown} and {second.shown} both, and which only one", days)
    words = ("query", "bound-both-or-one", "--a", first.value, "--b", second.value, "--on", days[0].isoformat())

    def reply(answers: Sequence[object]) -> str:
        rows = rows_of(answers[0])
        both = [row for row in rows if row["holds"] == "both"]
        one, other = ([row["title"] for row in rows if row["holds"] == piece.value] for piece in (first, second))
        return (
            f"On {long_form(days[0])}, {counted(len(both), 'instrument')} held both {first.shown} and {second.shown}; "
            f"{counted(len(one), 'instrument')} only {first.shown}{_some(one)}; "
            f"{counted(len(other), 'instrument')} only {second.shown}{_some(other)}."
        )

    uses = "rel:compare rel:changed rel:party rel:in-force rel:remain"
    return it.plan("compared", says, (words,), reply, uses, first, second)


def _some(titles: Sequence[str]) -> str:
    return f" ({enumerated(titles, MOST // 2)})" if titles else ""


def _changed(it: Asking, first: Piece, second: Piece) -> Iterator[Plan]:
    """What two powers kept, lost and gained from one day to another."""
    since, until = it.span()
    if len(it.frame.whens) == 2 and all(when.role == "on" for when in it.frame.whens):
        since, until = it.frame.whens[0].first, it.frame.whens[1].first
    if since is None or since >= (until or it.today):
        return
    last, (narrow, narrowed) = min(until or it.today, max(it.today, since)), _narrow(it)
    whom = f"between {first.shown} and {second.shown}{narrowed}"
    says = f"what changed {whom} from {long_form(since)} to {long_form(last)}"
    words = ("compare", first.value, second.value, "--then", since.isoformat(), "--on", last.isoformat(), *narrow)
    verb = it.frame.rel("changed")
    said = verb.text.casefold() if verb else ""
    gained = it.frame.has("mark:new") or it.frame.rel("signed") or said.startswith("gain")
    lost = it.frame.rel("ended") or said.startswith("los")

    def reply(answers: Sequence[object]) -> str:
        if not gained and not lost:
            return sentence_of(answers[0])
        comparison = typed(Comparison, answers[0])
        items = comparison.only_second if gained else comparison.only_first
        told = [f"{one.title} ({in_words(one.since if gained else one.until)})" for one in items]
        lead = ("Yes. " if told else "No. ") if it.frame.ask == "whether" else ""
        count = begun(counted(len(told), "instrument"))
        did = "began" if gained else "ended"
        span = f"{whom} from {long_form(since)} to {long_form(last)}"
        return f"{lead}{count} {did} {span}{f': {enumerated(told)}' if told else ''}."

    uses = (
        "rel:changed rel:compare rel:party rel:in-force rel:remain rel:signed mark:new rel:ended rel:limits topic scope"
    )
    pieces = (first, second, *it.frame.of("topic", "scope"))
    yield it.plan("changed", says, (words,), reply, f"{uses} rel:binding", *pieces)


def _last(it: Asking, first: Piece, second: Piece) -> Plan:
    """The latest, or the first, instrument that the two made with each other alone."""
    days, (_, narrow) = it.days(), _narrow(it)
    latest = it.frame.has("mark:last")
    which = "last" if latest else "first"
    says = f"the {which} bilateral instrument{narrow} between {first.shown} and {second.shown}"

    def reply(answers: Sequence[object]) -> str:
        answer = _of_pairs(answers)[0]
        ids = [one.id for one in answer.instruments]
        ids += [] if it.frame.rel("in-force") else [one.id for one in answer.ended]
        cards = [it.index.summary(name) for name in ids]
        cards = [card for card in cards if card.scope == "bilateral" and (card.signed or card.entry)]
        if not cards:
            return f"No bilateral instrument{narrow} between {first.shown} and {second.shown} is on record."
        chosen = sorted(cards, key=lambda card: (card.signed or card.entry, card.id))[-1 if latest else 0]
        made = in_words(chosen.signed or chosen.entry)
        ends = f"; it ended on {in_words(chosen.end)}" if chosen.end else "; no end of it is on record"
        return f"{begun(says)} on record is {chosen.title}, of {made}{ends}."

    uses = "mark:last mark:first rel:party rel:remain rel:in-force rel:ended rel:signed rel:binding topic scope"
    commands = tuple(_pair_commands(it, first, second, days[:1]))
    return it.plan("last-between", says, commands, reply, uses, first, second, *it.frame.of("topic", "scope"))


def _only(it: Asking) -> Plan:
    """Whether an instrument is all that is left between two powers, held against the record as a claim."""
    first, second = it.frame.powers
    titles = [piece.shown for piece in it.frame.instruments]
    day = it.days()[0]
    says = f"whether nothing but {listed(titles)} is left between {first.shown} and {second.shown}"
    claim: dict[str, Any] = {"id": "asked", "says": says, "check": "only-instrument"}
    claim |= {"instruments": [piece.value for piece in it.frame.instruments], "states": [first.value, second.value]}
    claim |= {"on": day.isoformat()}
    claim |= {"topic": it.frame.topic.value} if it.frame.topic else {}
    claim |= {"scope": it.frame.scope} if it.frame.scope else {}
    topic = f" about {topic_name(it.frame.topic.value)}" if it.frame.topic else ""
    words = ("claims", json.dumps({"date": day.isoformat(), "claims": [claim]}))
    return it.plan("claim", it.said(f"{says}{topic}", (day,)), (words,), lambda answers: told_of_claim(answers[0]),
                   "mark:only rel:remain rel:party rel:in-force rel:left topic scope rel:binding",
                   *it.frame.powers, *it.frame.instruments, *it.frame.of("topic", "scope"))  # fmt: skip


def told_of_claim(answer: object, *, negated: bool = False) -> str:
    """Yes or no to a claim, with what the record says of it."""
    held = typed(ClaimsAnswer, answer).claims[0]
    verdicts = {"confirmed": "Yes", "imprecise": "Yes, though not precisely", "contradicted": "No",
                "depends": "That depends on the view taken"}  # fmt: skip
    if negated:
        verdicts |= {"confirmed": "No", "imprecise": "No", "contradicted": "Yes"}
    return f"{verdicts.get(held.verdict, 'The record does not say')}. {held.record}"
