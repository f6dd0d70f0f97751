"""Questions about one instrument itself: its life, what is missing, what replaced it, what it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from treatygraph.answers.status_answer import InstrumentStatus
from treatygraph.answers.wording import listed, number
from treatygraph.ask.frame import Piece
from treatygraph.ask.plans.life import life, life_told, made_when, status_words
from treatygraph.ask.plans.pairs import told_of_events
from treatygraph.ask.plans.plan import MOST, SILENT, Asking, Plan, enumerated, sentence, spanned
from treatygraph.ask.rows import Row, begun, in_words, rows_of, statuses
from treatygraph.bonds.powers import named
from treatygraph.model.vocabulary import NOT_KNOWN

__all__ = ["plans"]

_STANDS: Final = ("in-force", "operative", "provisional")
_LASTING: Final = ("entered", "ended", "in-force", "lasted", "remain")
_LIFE: Final = ("entered", "ended", "in-force", "signed", "lasted", "extended", "left", "remain")


def plans(it: Asking) -> Iterator[Plan]:
    """Every plan for a question about one instrument and no state, the most special first."""
    frame = it.frame
    if len(frame.instruments) == 2 and frame.rel("replaced") and not frame.powers:
        yield _replaced(it, frame.instruments[0])
    if len(frame.instruments) != 1 or frame.powers or frame.of("official") or frame.rel("whatif"):
        return
    instrument, ask = frame.instruments[0], frame.ask
    yield from _told_of(it, instrument)
    if ask == "why":
        return
    if frame.rel("signed") and ask in ("where", "when"):
        yield made_when(it, instrument)
    if ask in ("when", "until-when", "how-long", "") and frame.rel(*(_LIFE if ask != "how-long" else _LASTING)):
        yield life(it, instrument)
    if ask == "whether":
        yield from _whether(it, instrument)
    if frame.has("mark:known"):
        yield _status(it, instrument, "known-of")
    if ask in ("status", "") or frame.view or (ask in ("how", "what-is") and frame.rel("in-force", "status")):
        yield _status(it, instrument, "status")
    if frame.rel("parts"):
        yield _parts(it, instrument)
    if frame.rel("signed") and ask in ("", "what-is"):
        yield made_when(it, instrument)


def _told_of(it: Asking, instrument: Piece) -> Iterator[Plan]:
    """What happened to it: extensions, what is missing, what came after it, why it ended; and who keeps it."""
    frame, ask = it.frame, it.frame.ask
    if frame.rel("extended") and ask != "how":
        yield _extended(it, instrument)
    if frame.rel("missing"):
        yield _missing(it, instrument)
    if frame.rel("replaced"):
        yield _replaced(it, instrument)
    if frame.rel("happened") or (frame.rel("changed") and frame.whens):
        yield _happened(it, instrument)
    if ask == "why" or (ask == "who" and frame.rel("ended")):
        yield from _why(it, instrument)
    if frame.rel("depositary"):
        yield _depositary(it, instrument)
    if ask == "whether" and frame.rel("binding", "not-binding"):
        yield _is_binding(it, instrument)
    if ask == "whether" and frame.rel("is-treaty"):
        yield _is_treaty(it, instrument)


def _status(it: Asking, instrument: Piece, kind: str) -> Plan:
    days = it.days()
    says = it.said(f"the status of {instrument.shown}", days)
    uses = "rel:says rel:in-force rel:remain rel:status rel:known mark:known rel:holds ask:status rel:parts rel:ended"
    return it.plan(kind, says, [status_words(it, instrument, one) for one in days],
                   lambda answers: " ".join(dict.fromkeys(map(life_told, statuses(answers)))), uses,
                   instrument)  # fmt: skip


def _whether(it: Asking, instrument: Piece) -> Iterator[Plan]:
    frame = it.frame
    relation = frame.rel("entered", "ended", "in-force", "remain", "signed")
    if relation is None or (relation.value == "signed" and not frame.when("on")):
        return
    whole = frame.past and not frame.whens and relation.value in ("in-force", "remain")
    days = (it.today,) if whole else it.days()
    if whole:
        it.notes.append("no day was given: the whole past is meant")
    over = relation.value == "ended"
    when = frame.when("on")
    if when and not when.is_day and relation.value in ("ended", "entered", "signed"):
        yield _within(it, instrument, relation)
        return
    says = it.said(f"whether {instrument.shown} {'has ended' if over else 'is in force'}", () if whole else days)

    def reply(answers: Sequence[object]) -> str:
        told = [_in_force_told(it, instrument, answer, relation, whole=whole) for answer in statuses(answers)]
        return " ".join(dict.fromkeys(told))

    uses = "rel:entered rel:ended rel:in-force rel:remain rel:binding mark:all"
    kind, words = "has-ended" if over else "is-in-force", [status_words(it, instrument, one) for one in days]
    yield it.plan(kind, says, words, reply, uses, instrument)


def _in_force_told(it: Asking, instrument: Piece, answer: InstrumentStatus, relation: Piece, *, whole: bool) -> str:
    told, summary = life_told(answer), it.index.summary(instrument.value)
    if answer.held:
        return f"That is contested. {told}"
    if answer.status == NOT_KNOWN:
        return f"{SILENT}. {told}"
    stands = answer.status in _STANDS
    if relation.value == "ended":
        ended = bool(summary.end) and summary.end <= answer.on.isoformat() and not stands
        if not stands and not ended and not summary.entry:
            return f"It never entered into force, so it could not end. {told}"
        return _claim(it, relation, ended, told)
    if relation.value == "entered":
        entry = summary.entry
        done = bool(entry) and entry <= answer.on.isoformat()
        return _claim(it, relation, done, f"It entered into force on {in_words(entry)}. {told}" if done else told)
    if whole:
        since = summary.entry or (answer.since if stands else "")
        if since:
            span = f"from {since} to {summary.end}" if summary.end else f"since {since}"
            return _claim(it, relation, True, told, f", {span}")
    return _claim(it, relation, stands, told)


def _within(it: Asking, instrument: Piece, relation: Piece) -> Plan:
    """Whether it was signed, entered into force or ended in a time."""
    since, until = it.span()
    summary = it.index.summary(instrument.value)
    texts = {"ended": summary.end, "entered": summary.entry, "signed": summary.signed}
    verbs = {"ended": "ended", "entered": "entered into force", "signed": "was signed"}
    verb, text = verbs[relation.value], texts[relation.value]
    says = f"whether {instrument.shown} {verb}{spanned(since, until, it.today)}"

    def reply(answers: Sequence[object]) -> str:
        status = statuses(answers)[0]
        if status.held and relation.value == "ended":
            return f"That is contested. {status.answer}"
        if not text and status.status == NOT_KNOWN and relation.value != "signed":
            return f"{SILENT}. {status.answer}"
        if not text:
            return _claim(it, relation, False, f"That {instrument.shown} {verb} is not on record. {status.answer}")
        inside = (since.isoformat() if since else "") <= text <= (until.isoformat() if until else "9999")
        return _claim(it, relation, inside, f"{begun(instrument.shown)} {verb} on {in_words(text)}.")

    return it.plan(
        "in-that-time", says, (status_words(it, instrument, it.today),), reply, f"rel:{relation.value}", instrument
    )


def _claim(it: Asking, relation: Piece, truth: bool, told: str, more: str = "") -> str:
    """Yes or no; to "is it true that it is not", the other way round."""
    if it.frame.has("mark:claim") and relation.negated:
        truth, more = not truth, ""
    return f"{'Yes' if truth else 'No'}{more}. {told}"


def _missing(it: Asking, instrument: Piece) -> Plan:
    days = it.days()
    words = [status_words(it, instrument, days[-1])]
    says = it.said(f"what is missing for {instrument.shown} to enter into force", days[-1:])

    def reply(answers: Sequence[object]) -> str:
        return _missing_told(it, instrument, statuses(answers)[0])

    uses = (
        "rel:missing rel:entered rel:in-force rel:ratified rel:joined rel:signed rel:effective rel:conditions rel:party"
    )
    uses += " mark:more"
    return it.plan("missing", says, words, reply, uses, instrument)


def _missing_told(it: Asking, instrument: Piece, answer: InstrumentStatus) -> str:
    title = begun(instrument.shown)
    if answer.status in _STANDS:
        return f"Nothing is missing: {title} is in force. {answer.answer}"
    if it.index.summary(instrument.value).end and it.index.summary(instrument.value).entry:
        return f"Nothing is missing: {title} was in force and has ended. {answer.answer}"
    if not answer.missing or answer.status == NOT_KNOWN:
        return f"{SILENT} what is missing for {instrument.shown} to enter into force. {answer.answer}"
    return f"For {title} to enter into force this is missing: {answer.missing}. {answer.answer}"


def _why(it: Asking, instrument: Piece) -> Iterator[Plan]:
    frame = it.frame
    relation = frame.rel("in-force", "entered", "ended", "left", "replaced", "contested")
    if relation is None:
        return
    if relation.value in ("in-force", "entered") and (relation.negated or frame.has("mark:not")):
        plan = _missing(it, instrument)
        yield plan
        return
    if relation.value != "ended":
        return
    left = ("query", "who-left", "--instrument", instrument.value, "--on", it.today.isoformat())
    words = (status_words(it, instrument, it.days()[-1]), left)

    def reply(answers: Sequence[object]) -> str:
        return _why_ended(it, instrument, statuses(answers)[0], answers[1])

    yield it.plan("why-ended", f"why {instrument.shown} ended", words, reply, "rel:ended rel:in-force", instrument)


def _why_ended(it: Asking, instrument: Piece, answer: InstrumentStatus, left: object) -> str:
    summary = it.index.summary(instrument.value)
    title = begun(instrument.shown)
    if not summary.end:
        return f"{title} has not ended by the record. {life_told(answer)}"
    contested = "That is contested. " if answer.held else ""
    steps = list(dict.fromkeys(text for step in answer.because if (text := step["text"])))
    why = f": {'; '.join(steps)}" if steps else ""
    goers = [
        f"{row['state']} ({row['act'].replace('-', ' ')}, out on {row['out']})" for row in rows_of(left) if row["act"]
    ]
    who = f" Left by {listed(goers[:MOST])}." if goers else ""
    later = [it.index.summary(name).title for name in _successors(it, instrument.value)]
    after = f" Replaced by {listed(later)}." if later and summary.how == "superseded" else ""
    return f"{contested}{title} ended on {in_words(summary.end)}, {summary.how or 'by the record'}{why}.{who}{after}"


def _successors(it: Asking, name: str) -> list[str]:
    return [
        card.id
        for card in it.index.instruments().values()
        if any(one.relation == "supersedes" and one.instrument == name for one in card.relations)
    ]


def _replaced(it: Asking, instrument: Piece) -> Plan:
    """What took its place, or what it took the place of."""
    backwards = (
        bool(it.frame.rel("replaced")) and it.frame.ask in ("which", "what-is", "") and _comes_first(it, instrument)
    )
    both = len(it.frame.instruments) == 2
    says = f"what {instrument.shown} took the place of" if backwards else f"what took the place of {instrument.shown}"

    def reply(answers: Sequence[object]) -> str:
        rows = rows_of(answers[0])
        key, other = ("later", "earlier") if backwards else ("earlier", "later")
        successors = [row for row in rows if row[key] == instrument.value]
        if both:
            first, second = it.frame.instruments
            yes = any(row["later"] == first.value and row["earlier"] == second.value for row in rows)
            did = "took" if yes else "is not on record as taking"
            return f"{'Yes' if yes else 'No'}. {begun(first.shown)} {did} the place of {second.shown}."
        if not successors:
            return f"Nothing on record {'was replaced by' if backwards else 'took the place of'} {instrument.shown}."
        told = [
            f"{it.index.summary(row[other]).title} (since {row['since']})"
            if row["since"]
            else it.index.summary(row[other]).title
            for row in successors
        ]
        return f"{begun(says)}: {enumerated(told)}."

    uses = "rel:replaced" + (" noun:things" if not both else "")
    return it.plan(
        "replaced", says, (("query", "replaced"),), reply, uses, *(it.frame.instruments if both else (instrument,))
    )


def _comes_first(it: Asking, instrument: Piece) -> bool:
    """Whether the instrument is who replaces: "what did New START replace", not "what replaced New START"."""
    verb = it.frame.rel("replaced")
    passive = bool(verb and it.frame.text[: verb.start].casefold().rstrip().endswith((" was", " is", " been", " were")))
    return bool(verb and instrument.start < verb.start) != passive


def _happened(it: Asking, instrument: Piece) -> Plan:
    since, until = it.span()
    words = ["timeline", instrument.value]
    words += ["--on", until.isoformat()] if until and until != it.today else []
    words += ["--since", since.isoformat()] if since else []
    says = f"what happened to {instrument.shown}{spanned(since, until, it.today)}"
    return it.plan("timeline", says, (tuple(words),), lambda answers: told_of_events(says, answers, it.today),
                   "rel:happened rel:changed ask:show rel:party rel:in-force", instrument)  # fmt: skip


def _extended(it: Asking, instrument: Piece) -> Plan:
    """Whether, when, how often and until when it was extended."""
    on = it.days()[-1]
    words = ("query", "extensions-of", "--instrument", instrument.value, "--on", on.isoformat())
    says = f"whether, when and until when {instrument.shown} was extended"

    def reply(answers: Sequence[object]) -> str:
        rows = rows_of(answers[0])
        if not rows:
            return f"{'No. ' if it.frame.ask == 'whether' else ''}No extension of {instrument.shown} is on record."
        lead = "Yes. " if it.frame.ask == "whether" else ""
        times = "once" if len(rows) == 1 else f"{number(len(rows))} times"
        return f"{lead}{begun(instrument.shown)} was extended {times}: {'; '.join(map(_extension_told, rows))}."

    uses = "rel:extended rel:duration rel:left rel:remain rel:in-force rel:clause mark:only"
    return it.plan("extended", says, (words,), reply, uses, instrument)


def _extension_told(row: Row) -> str:
    if not row["extension"]:
        return f"{row['agreed']}, {row['what'].rstrip('.')}"
    until = f", until {row['until']}" if row["until"] else ""
    force = f", in force on {row['in_force']}" if row["in_force"] else ", which never entered into force"
    return f"agreed on {row['agreed']}{force}{until}"


def _depositary(it: Asking, instrument: Piece) -> Plan:
    says = f"who keeps the deposits under {instrument.shown}"

    def reply(_: Sequence[object]) -> str:
        card = it.index.instrument(instrument.value)
        names = [
            named(it.index, one) if it.index.existence(one) else f"the {one}" if one.isupper() else one
            for one in (card.depositaries if card else ())
        ]
        if not names:
            return f"No depositary of {instrument.shown} is on record."
        return sentence(f"the depositar{'y' if len(names) == 1 else 'ies'} of {instrument.shown}: {listed(names)}")

    return it.plan("depositary", says, (("show", instrument.value),), reply, "rel:depositary", instrument)


def _is_binding(it: Asking, instrument: Piece) -> Plan:
    says = f"whether {instrument.shown} binds in law"

    def reply(_: Sequence[object]) -> str:
        binding, what = it.index.summary(instrument.value).binding, begun(instrument.shown)
        if binding is None:
            return f"That is disputed: whether {what} binds in law is seen differently."
        wanted = binding if not it.frame.rel("not-binding") else not binding
        told = f"{what} binds in law." if binding else f"{what} does not bind in law: it is a political commitment."
        return f"{'Yes' if wanted else 'No'}. {told}"

    return it.plan("is-binding", says, (("show", instrument.value),), reply, "rel:binding rel:not-binding", instrument)


def _is_treaty(it: Asking, instrument: Piece) -> Plan:
    says = f"whether {instrument.shown} is a treaty"

    def reply(_: Sequence[object]) -> str:
        summary = it.index.summary(instrument.value)
        kind = summary.kind.replace("-", " ")
        article = "an" if kind[0] in "aeiou" else "a"
        law = ", which does not bind in law" if summary.binding is False else ""
        return f"{'Yes' if summary.is_treaty else 'No'}. {begun(instrument.shown)} is {article} {kind}{law}."

    return it.plan("is-treaty", says, (("show", instrument.value),), reply, "rel:is-treaty rel:binding", instrument)


def _parts(it: Asking, instrument: Piece) -> Plan:
    says = f"the protocols, amendments and other parts of {instrument.shown}"

    def reply(_: Sequence[object]) -> str:
        titles = [one.title for _, one in sorted(it.index.summaries().items()) if instrument.value in one.parents]
        if not titles:
            return f"No part of {instrument.shown} is on record."
        return f"{begun(says)}: {enumerated(titles, 2 * MOST)}."

    return it.plan("parts", says, (("show", instrument.value),), reply, "rel:parts rel:binding", instrument)
