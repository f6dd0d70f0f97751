"""Claims about extensions: until when, how soon after taking an office, and none in a term of office."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from treatygraph.answers.claims.draft import Draft
from treatygraph.answers.claims.evidence import Evidence, proof_of_event, proof_of_tenure
from treatygraph.answers.claims.instruments import because_of
from treatygraph.answers.claims.people import same_office
from treatygraph.answers.claims.verdicts import (
    CONFIRMED,
    CONTRADICTED,
    IMPRECISE,
    NOT_ON_RECORD,
    Held,
    capital,
    dated,
    verdict_on_date,
)
from treatygraph.law.clauses import duration_of
from treatygraph.model.dates import OPEN, Period, Span, long_form
from treatygraph.model.records import Event, Instrument, Tenure

__all__ = ["extended_soon_after", "extended_to", "not_extended_under"]


def extended_to(evidence: Evidence, draft: Draft) -> Held:
    """``extended-to``: until when an extension prolongs the instrument, and by how long (``period``)."""
    card = evidence.card(draft.get("instrument"))
    title = evidence.title(card.id)
    ends = [(extension, until) for extension in evidence.extensions(card.id) if (until := _until(extension))]
    if not ends:
        return _decided(evidence, draft, card)
    extension, until = max(ends, key=lambda item: item[1].latest)
    proofs = (because_of(f"{extension.id}#life", "the extension", evidence.life(extension.id).entry_because),
              evidence.of_card(extension.id, "signed", "the extension"))  # fmt: skip
    entry = evidence.life(extension.id).entry
    if entry is None:
        return Held(CONTRADICTED, f"The extension of {title} was agreed but never entered into force.", proofs)
    text = f"The extension in force {dated(entry)} prolongs {title} until {_plain(until)}"
    original = evidence.original_end(card.id)
    text += f" (the original term ended {dated(original[0])})." if original else "."
    return Held(_verdict_of_extension(draft, until, original[0] if original else None), text, proofs)


def _decided(evidence: Evidence, draft: Draft, card: Instrument) -> Held:
    """An extension that was decided and is no instrument of its own: without limit where the card has none."""
    events = [event for event in evidence.events(card.id) if event.type == "extension"]
    title = evidence.title(card.id)
    if not events:
        return Held(NOT_ON_RECORD, f"The record has no extension of {title}.")
    proof = proof_of_event(events[-1])
    unlimited = [clause for clause in card.clauses_of("duration") if clause.get("unlimited") == "yes"]
    text = f"{capital(dated(events[-1].date))}: {events[-1].text}"
    if unlimited and (draft.get("until") or draft.get("period")):
        return Held(CONTRADICTED, f"{text} The extension has no end.", (proof,))
    return Held(NOT_ON_RECORD if draft.get("until") or draft.get("period") else CONFIRMED, text, (proof,))


def _until(extension: Instrument) -> Span | None:
    rules = [rule for clause in extension.clauses_of("duration") if (rule := duration_of(clause))]
    return max((rule.until for rule in rules if rule.until), default=None)


def _verdict_of_extension(draft: Draft, until: Span, original: Span | None) -> str:
    """The last day in force and the first day after it are both called "until"."""
    period = draft.get("period")
    as_long = bool(period and original and original.shift(Period.parse(period)) == until)
    if not draft.get("until"):
        return CONFIRMED if as_long or not period else CONTRADICTED if original else NOT_ON_RECORD
    said = Span.parse(draft.get("until"))
    right = verdict_on_date(said, until) == CONFIRMED or said.shift(Period.parse("P1D")) == until
    if not period or original is None:
        near = verdict_on_date(said, until) == IMPRECISE
        return CONFIRMED if right else IMPRECISE if near else CONTRADICTED
    if right and as_long:
        return CONFIRMED
    return IMPRECISE if right or as_long else CONTRADICTED


def extended_soon_after(evidence: Evidence, draft: Draft) -> Held:
    """``extended-soon-after``: whether an extension was agreed within ``period`` of taking an office."""
    card, tenure = evidence.card(draft.get("instrument")), _tenure(evidence, draft)
    title = evidence.title(card.id)
    if tenure is None or tenure.start is None:
        return Held(NOT_ON_RECORD, _no_tenure(evidence, draft))
    agreed = [(span, card_) for card_ in evidence.extensions(card.id) if (span := evidence.agreed(card_))]
    later = [item for item in agreed if item[0].earliest >= tenure.start.earliest]
    if not later:
        return Held(CONTRADICTED, f"The record has no extension of {title} since {_began(evidence, tenure)}.")
    when, extension = min(later, key=lambda item: item[0])
    entry = evidence.life(extension.id).entry
    text = f"The extension was agreed {dated(when)}, {_days(tenure.start, when)} after {_began(evidence, tenure)}"
    text += f", and in force {dated(entry)}, {_days(tenure.start, entry)} after it." if entry else "; it has no force."
    soon = Period.parse(draft.get("period")).after(tenure.start.latest)
    verdict = CONFIRMED if when.latest <= soon else CONTRADICTED if when.earliest > soon else NOT_ON_RECORD
    return Held(verdict, text, (evidence.of_card(extension.id, "signed", "the extension"), proof_of_tenure(tenure)))


def not_extended_under(evidence: Evidence, draft: Draft) -> Held:
    """``not-extended-under``: whether an office holder's term passed without an extension or any dealings about one.

    Dealings are events on record within the term that concern an instrument which extends this one.
    """
    card, tenure = evidence.card(draft.get("instrument")), _tenure(evidence, draft)
    title = evidence.title(card.id)
    if tenure is None or tenure.start is None:
        return Held(NOT_ON_RECORD, _no_tenure(evidence, draft))
    extensions, who = evidence.extensions(card.id), evidence.official(tenure.official)
    inside = [item for item in extensions if (span := evidence.agreed(item)) and _within(span, tenure)]
    if inside:
        proofs = [evidence.of_card(item.id, "signed", "the extension") for item in inside]
        text = f"{evidence.title(inside[0].id)} was agreed {_agreed(evidence, inside[0])}, in {who}'s term."
        return Held(CONTRADICTED, text, (*proofs, proof_of_tenure(tenure)))
    text = f"No extension of {title} was agreed in {who}'s term"
    text += f"; one was agreed {_agreed(evidence, extensions[0])}" if extensions else ""
    proofs = [evidence.of_card(item.id, "signed", "the extension") for item in extensions]
    dealings = list(_dealings(evidence, extensions, tenure, draft.get("state")))
    if dealings:
        text += f". But there were dealings about it: {dealings[0].text}"
        return Held(IMPRECISE, text, (*proofs, proof_of_tenure(tenure), *map(proof_of_event, dealings)))
    return Held(CONFIRMED, f"{text}, and the record has no dealings about one.", (*proofs, proof_of_tenure(tenure)))


def _dealings(evidence: Evidence, extensions: Iterable[Instrument], tenure: Tenure, state: str) -> Iterator[Event]:
    for extension in extensions:
        for event in evidence.events(extension.id):
            if _within(event.date, tenure) and (not state or set(event.states) & set(evidence.line(state))):
                yield event


def _tenure(evidence: Evidence, draft: Draft) -> Tenure | None:
    """The official's last tenure of the office that began by the day of the report."""
    tenures = [
        tenure
        for tenure in evidence.tenures(draft.get("official"))
        if same_office(tenure.office, draft.get("office")) and tenure.start and tenure.start.latest <= evidence.date
    ]
    return tenures[-1] if tenures else None


def _within(when: Span, tenure: Tenure) -> bool:
    start = tenure.start.earliest if tenure.start else when.earliest
    end = tenure.end.latest if tenure.end else OPEN
    return start <= when.earliest and when.latest < end


def _no_tenure(evidence: Evidence, draft: Draft) -> str:
    return f"The record has no tenure of {evidence.official(draft.get('official'))} as {draft.get('office')}."


def _agreed(evidence: Evidence, card: Instrument) -> str:
    when = evidence.agreed(card)
    return dated(when) if when else ""


def _began(evidence: Evidence, tenure: Tenure) -> str:
    start = f" ({_plain(tenure.start)})" if tenure.start else ""
    return f"{evidence.official(tenure.official)} became {tenure.office}{start}"


def _plain(when: Span) -> str:
    return long_form(when.earliest) if when.is_day else when.text


def _days(start: Span, end: Span) -> str:
    least, most = (end.earliest - start.latest).days, (end.latest - start.earliest).days
    count = str(most) if least == most else f"{max(least, 0)} to {most}"
    return f"{count} day{'' if count == '1' else 's'}"
