"""The life of an instrument: when it was made, began and ended, and how long it lasted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from treatygraph.answers.status_answer import InstrumentStatus
from treatygraph.answers.wording import made_by, unverified
from treatygraph.ask.frame import Piece
from treatygraph.ask.plans.plan import SILENT, Asking, Plan
from treatygraph.ask.rows import begun, in_words, statuses
from treatygraph.model.dates import day
from treatygraph.model.index_records import Summary
from treatygraph.model.vocabulary import NOT_KNOWN

__all__ = ["life", "life_told", "made_told", "made_when", "status_words"]


def status_words(it: Asking, instrument: Piece, when: date) -> tuple[str, ...]:
    """The command for the status of an instrument on a day."""
    return ("status", instrument.value, "--on", when.isoformat(), *it.reading(), *it.known())


def life_told(answer: InstrumentStatus) -> str:
    """The answer's own sentence, the last day, and what entry into force still needs."""
    until = f" Its last day by the record is the one before {in_words(answer.until)}." if answer.until else ""
    missing = f" Missing: {answer.missing}." if answer.missing else ""
    return f"{answer.answer}{until}{missing}"


def life(it: Asking, instrument: Piece) -> Plan:
    """When it was made, began, ended, or how long it lasted."""
    frame, summary = it.frame, it.index.summary(instrument.value)
    relation = frame.rel("extended", "ended", "entered", "lasted", "in-force", "signed", "remain", "left")
    what = relation.value if relation else "in-force"
    if frame.ask == "until-when" or (what in ("in-force", "left") and frame.ask == "when" and frame.future):
        what = "ended"
    if frame.ask == "how-long":
        what = "lasted"
    words = status_words(it, instrument, it.days()[-1])
    titles = {"ended": "when {} ended or ends", "lasted": "how long {} was in force", "signed": "when {} was signed"}
    says = titles.get(what, "when {} entered into force").format(instrument.shown)

    def reply(answers: Sequence[object]) -> str:
        answer = statuses(answers)[0]
        contested = f"That is contested. {answer.answer} " if answer.held and what in ("ended", "lasted") else ""
        if what == "signed":
            return made_told(it, instrument)
        if what == "ended":
            return contested + _end_told(it, instrument, answer)
        began = f"{begun(instrument.shown)} {_began(summary)} on {in_words(summary.entry)}"
        begin = f"{began}{_doubt(it, instrument, 'entry_into_force')}" if summary.entry else ""
        if not begin and answer.status == NOT_KNOWN:
            return f"{SILENT} whether {instrument.shown} has entered into force. {life_told(answer)}"
        if not begin:
            return f"{begun(instrument.shown)} has not entered into force. {life_told(answer)}"
        doubt = _end_doubt(it, instrument, answer)
        ended = f"; it ended on {in_words(summary.end)}{doubt}" if summary.end else ""
        length = f", after {_length(summary.entry, summary.end or it.today.isoformat())}" if what == "lasted" else ""
        if what == "lasted" and not summary.end:
            return f"{contested}{begin} and has been so for {_length(summary.entry, it.today.isoformat())}."
        return f"{contested}{begin}{ended}{length}."

    uses = "rel:entered rel:ended rel:in-force rel:lasted rel:signed rel:remain rel:duration mark:last rel:left"
    uses += " rel:binding"
    return it.plan(f"when-{what}", says, (words,), reply, uses, instrument)


def _doubt(it: Asking, instrument: Piece, field: str) -> str:
    """`` (unverified)`` where a value of the card rests on general knowledge alone."""
    card = it.index.instrument(instrument.value)
    return unverified(card.cites[field].sources) if card and field in card.cites else ""


def _end_doubt(it: Asking, instrument: Piece, answer: InstrumentStatus) -> str:
    """The same of its end, which may also follow from an act."""
    ended = answer.status not in ("in-force", "operative", "provisional")
    return (unverified(["recall"]) if ended and answer.unverified else "") or _doubt(it, instrument, "ended")


def _began(summary: Summary) -> str:
    return "entered into force" if summary.is_treaty else "took effect"


def _length(start: str, end: str) -> str:
    """Years and months between two days, as far as they are days."""
    try:
        first, last = day(start), day(end)
    except ValueError:
        return f"the time from {start} to {end}"
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    years, rest = divmod(months, 12)
    parts = [
        f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in ((years, "year"), (rest, "month")) if count
    ]
    return " and ".join(parts) or f"{(last - first).days} days"


def _end_told(it: Asking, instrument: Piece, answer: InstrumentStatus) -> str:
    summary = it.index.summary(instrument.value)
    title = begun(instrument.shown)
    if summary.end:
        how = f" ({summary.how})" if summary.how else ""
        tense = "ended" if summary.end <= it.today.isoformat() else "is to end"
        doubt = _end_doubt(it, instrument, answer)
        return f"{title} {tense} on {in_words(summary.end)}{doubt}{how}; its last day was the one before."
    if answer.status == NOT_KNOWN:
        return f"{SILENT} whether {instrument.shown} has ended. {life_told(answer)}"
    if not summary.entry:
        return f"{title} has not entered into force, so it has not ended. {life_told(answer)}"
    if answer.until:
        return f"{title} is to end on {in_words(answer.until)}, as the record stands."
    card = it.index.instrument(instrument.value)
    terms = [clause.get("gist") for clause in (card.clauses_of("duration") if card else ())]
    term = f" On its term: {terms[0]}" if terms and terms[0] else ""
    return f"No end of {instrument.shown} is on record. {answer.answer}{term}"


def made_when(it: Asking, instrument: Piece) -> Plan:
    """When and where it was signed, adopted or agreed."""
    says = f"when and where {instrument.shown} was signed"
    return it.plan(
        "signed-when",
        says,
        (("show", instrument.value),),
        lambda _: made_told(it, instrument),
        "rel:signed",
        instrument,
    )


def made_told(it: Asking, instrument: Piece) -> str:
    """When and where it was signed, or adopted, announced, agreed (rule K12)."""
    card = it.index.instrument(instrument.value)
    if card is None or card.signed is None:
        return f"When {instrument.shown} was signed is not on record."
    made = made_by(card, it.index.ledger(instrument.value))
    place = f" in {card.signed_place}" if card.signed_place else ""
    lead = "" if made == "signed" else f"{begun(instrument.shown)} is not on record as signed. "
    doubt = _doubt(it, instrument, "signed")
    return f"{lead}{begun(instrument.shown)} was {made} on {in_words(card.signed.text)}{place}{doubt}."
