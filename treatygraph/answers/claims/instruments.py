"""Claims about an instrument: its dates, its term and extensions, and what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from treatygraph.answers.claims.record import (
    CONFIRMED,
    CONTRADICTED,
    IMPRECISE,
    NOT_ON_RECORD,
    Dossier,
    Held,
    Proof,
    dated,
    proof_of_act,
    proof_of_event,
    proof_of_tenure,
    sources_of,
    verdict_on_date,
)
from treatygraph.answers.wording import listed
from treatygraph.law.clauses import duration_of
from treatygraph.model.dates import OPEN, Period, Span, long_form
from treatygraph.model.records import Claim, Event, Instrument, Tenure
from treatygraph.model.standings import Because

__all__ = [
    "about_topic",
    "date_of_end",
    "date_of_entry",
    "date_of_signature",
    "extended_soon_after",
    "extended_to",
    "not_extended_under",
    "original_term_ends",
]


def date_of_signature(dossier: Dossier, claim: Claim) -> Held:
    """``date-of-signature``: when the instrument was signed, or by ``state``."""
    card, state = dossier.card(claim.get("instrument")), claim.get("state")
    title = dossier.title(card.id)
    if not state and card.signed:
        where = f" at {card.signed_place}" if card.signed_place else ""
        proof = dossier.of_card(card.id, "signed", "the signature")
        return _of_date(claim, card.signed, f"{title} was signed {dated(card.signed)}{where}.", proof)
    acts = dossier.acts(card.id, state, ("signature", "definitive-signature"))
    who = f" by {dossier.named(state)}" if state else ""
    if not acts:
        return Held(NOT_ON_RECORD, f"The record has no signature of {title}{who}.")
    return _of_date(claim, acts[0].date, f"{title} was signed{who} {dated(acts[0].date)}.", proof_of_act(acts[0]))


def date_of_entry(dossier: Dossier, claim: Claim) -> Held:
    """``date-of-entry-into-force``: when the instrument entered into force or became operative."""
    card, life = dossier.card(claim.get("instrument")), dossier.life(claim.get("instrument"))
    title = dossier.title(card.id)
    became = "entered into force" if card.is_treaty else "became operative"
    if life.entry is None:
        missing = dossier.derivation(card.id).missing
        return Held(CONTRADICTED, f"{title} never {became} on record{f' ({missing})' if missing else ''}.")
    proof = _because(f"{card.id}#life", "the entry into force", life.entry_because)
    return _of_date(claim, life.entry, f"{title} {became} {dated(life.entry)}.", proof)


def date_of_end(dossier: Dossier, claim: Claim) -> Held:
    """``date-of-end``: the first day on which the instrument is gone for all, extensions counted."""
    card, life = dossier.card(claim.get("instrument")), dossier.life(claim.get("instrument"))
    title = dossier.title(card.id)
    if life.end is None:
        note = dossier.coverage(card.id, dossier.latest)
        return Held(CONTRADICTED, f"The record has no end of {title}.", notes=note)
    proof = _because(f"{card.id}#life", "the end", life.end_because)
    return _of_date(claim, life.end, f"{title} ended {dated(life.end)} ({life.how}).", proof)


def original_term_ends(dossier: Dossier, claim: Claim) -> Held:
    """``original-term-ends``: when the term ends that the instrument was made for, extensions apart."""
    card = dossier.card(claim.get("instrument"))
    title = dossier.title(card.id)
    found = dossier.original_end(card.id)
    if found is None:
        return Held(NOT_ON_RECORD, f"The record has no term of {title} that ends.")
    text = f"The original term of {title} ends {dated(found[0])}"
    proofs = [found[1], _because(f"{card.id}#life", "the entry into force", dossier.life(card.id).entry_because)]
    for extension in dossier.extensions(card.id):
        agreed = dossier.agreed(extension)
        text += f"; it was extended {dated(agreed)}" if agreed else ""
        proofs.append(dossier.of_card(extension.id, "signed", "the extension"))
    return _of_date(claim, found[0], f"{text}.", *proofs)


def about_topic(dossier: Dossier, claim: Claim) -> Held:
    """``about-topic``: whether the instrument is about a topic, or one below it."""
    card, topic = dossier.card(claim.get("instrument")), claim.get("topic")
    title = dossier.title(card.id)
    wanted = set(dossier.shelf.get("topic", topic) or (topic,))
    verdict = CONFIRMED if wanted & set(card.topics) else CONTRADICTED
    text = f"{title} is about {listed([item.replace('-', ' ') for item in card.topics])}"
    text += f": {card.description}" if card.description else "."
    clauses = [clause for kind in ("limit", "verification") for clause in card.clauses_of(kind)]
    sources = tuple(dict.fromkeys(source for clause in clauses for source in clause.cite.sources))
    read = sources or dossier.of_card(card.id, "title", "the title").sources
    return Held(verdict, text, (Proof(f"{card.id}#topics", "what it is about", read),))


def _of_date(claim: Claim, recorded: Span, text: str, *proofs: Proof) -> Held:
    return Held(verdict_on_date(Span.parse(claim.get("on")), recorded), text, proofs)


def _because(name: str, shows: str, steps: Sequence[Because]) -> Proof:
    """The steps of a derivation as one proof; the id is that of the first act or card field they name."""
    return Proof(next((step.act for step in steps if step.act), name), shows, sources_of(steps))


# ---------------------------------------------------------------------- extensions


def extended_to(dossier: Dossier, claim: Claim) -> Held:
    """``extended-to``: until when an extension prolongs the instrument, and by how long (``period``)."""
    card = dossier.card(claim.get("instrument"))
    title = dossier.title(card.id)
    found = [(extension, until) for extension in dossier.extensions(card.id) if (until := _until(extension))]
    if not found:
        return Held(NOT_ON_RECORD, f"The record has no extension of {title}.")
    extension, until = max(found, key=lambda item: item[1].latest)
    proofs = (_because(f"{extension.id}#life", "the extension", dossier.life(extension.id).entry_because),
              dossier.of_card(extension.id, "signed", "the extension"))  # fmt: skip
    entry = dossier.life(extension.id).entry
    if entry is None:
        return Held(CONTRADICTED, f"The extension of {title} was agreed but never entered into force.", proofs)
    text = f"The extension in force {dated(entry)} prolongs {title} until {_plain(until)}"
    original = dossier.original_end(card.id)
    text += f" (the original term ended {dated(original[0])})." if original else "."
    return Held(_verdict_of_extension(claim, until, original[0] if original else None), text, proofs)


def _until(extension: Instrument) -> Span | None:
    rules = [rule for clause in extension.clauses_of("duration") if (rule := duration_of(clause))]
    return max((rule.until for rule in rules if rule.until), default=None)


def _verdict_of_extension(claim: Claim, until: Span, original: Span | None) -> str:
    """The last day in force and the first day after it are both called "until"."""
    said = Span.parse(claim.get("until"))
    right = verdict_on_date(said, until) == CONFIRMED or said.shift(Period.parse("P1D")) == until
    period = claim.get("period")
    if not period or original is None:
        return CONFIRMED if right else CONTRADICTED
    as_long = original.shift(Period.parse(period)) == until
    if right and as_long:
        return CONFIRMED
    return IMPRECISE if right or as_long else CONTRADICTED


def extended_soon_after(dossier: Dossier, claim: Claim) -> Held:
    """``extended-soon-after``: whether an extension was agreed within ``period`` of taking an office."""
    card, tenure = dossier.card(claim.get("instrument")), _tenure(dossier, claim)
    title = dossier.title(card.id)
    if tenure is None or tenure.start is None:
        return Held(NOT_ON_RECORD, _no_tenure(dossier, claim))
    agreed = [(span, card_) for card_ in dossier.extensions(card.id) if (span := dossier.agreed(card_))]
    later = [item for item in agreed if item[0].earliest >= tenure.start.earliest]
    if not later:
        return Held(CONTRADICTED, f"The record has no extension of {title} since {_began(dossier, tenure)}.")
    when, extension = min(later, key=lambda item: item[0])
    entry = dossier.life(extension.id).entry
    text = f"The extension was agreed {dated(when)}, {_days(tenure.start, when)} after {_began(dossier, tenure)}"
    text += f", and in force {dated(entry)}, {_days(tenure.start, entry)} after it." if entry else "; it has no force."
    soon = Period.parse(claim.get("period")).after(tenure.start.latest)
    verdict = CONFIRMED if when.latest <= soon else CONTRADICTED if when.earliest > soon else NOT_ON_RECORD
    return Held(verdict, text, (dossier.of_card(extension.id, "signed", "the extension"), proof_of_tenure(tenure)))


def not_extended_under(dossier: Dossier, claim: Claim) -> Held:
    """``not-extended-under``: whether an office holder's term passed without an extension or any dealings about one.

    Dealings are events on record within the term that concern an instrument which extends this one.
    """
    card, tenure = dossier.card(claim.get("instrument")), _tenure(dossier, claim)
    title = dossier.title(card.id)
    if tenure is None or tenure.start is None:
        return Held(NOT_ON_RECORD, _no_tenure(dossier, claim))
    extensions, who = dossier.extensions(card.id), dossier.official(tenure.official)
    inside = [item for item in extensions if (span := dossier.agreed(item)) and _within(span, tenure)]
    if inside:
        proofs = [dossier.of_card(item.id, "signed", "the extension") for item in inside]
        text = f"{dossier.title(inside[0].id)} was agreed {_agreed(dossier, inside[0])}, in {who}'s term."
        return Held(CONTRADICTED, text, (*proofs, proof_of_tenure(tenure)))
    text = f"No extension of {title} was agreed in {who}'s term"
    text += f"; one was agreed {_agreed(dossier, extensions[0])}" if extensions else ""
    proofs = [dossier.of_card(item.id, "signed", "the extension") for item in extensions]
    dealings = list(_dealings(dossier, extensions, tenure, claim.get("state")))
    if dealings:
        text += f". But there were dealings about it: {dealings[0].text}"
        return Held(IMPRECISE, text, (*proofs, proof_of_tenure(tenure), *map(proof_of_event, dealings)))
    return Held(CONFIRMED, f"{text}, and the record has no dealings about one.", (*proofs, proof_of_tenure(tenure)))


def _dealings(dossier: Dossier, extensions: Iterable[Instrument], tenure: Tenure, state: str) -> Iterator[Event]:
    for extension in extensions:
        for event in dossier.events(extension.id):
            if _within(event.date, tenure) and (not state or set(event.states) & set(dossier.line(state))):
                yield event


def _tenure(dossier: Dossier, claim: Claim) -> Tenure | None:
    """The official's last tenure of the office that began by the day of the report."""
    found = [
        tenure
        for tenure in dossier.tenures(claim.get("official"))
        if tenure.office == claim.get("office") and tenure.start and tenure.start.latest <= dossier.report.date.latest
    ]
    return found[-1] if found else None


def _within(when: Span, tenure: Tenure) -> bool:
    start = tenure.start.earliest if tenure.start else when.earliest
    end = tenure.end.latest if tenure.end else OPEN
    return start <= when.earliest and when.latest < end


def _no_tenure(dossier: Dossier, claim: Claim) -> str:
    return f"The record has no tenure of {dossier.official(claim.get('official'))} as {claim.get('office')}."


def _agreed(dossier: Dossier, card: Instrument) -> str:
    when = dossier.agreed(card)
    return dated(when) if when else ""


def _began(dossier: Dossier, tenure: Tenure) -> str:
    start = f" ({_plain(tenure.start)})" if tenure.start else ""
    return f"{dossier.official(tenure.official)} became {tenure.office}{start}"


def _plain(when: Span) -> str:
    return long_form(when.earliest) if when.is_day else when.text


def _days(start: Span, end: Span) -> str:
    least, most = (end.earliest - start.latest).days, (end.latest - start.earliest).days
    count = str(most) if least == most else f"{max(least, 0)} to {most}"
    return f"{count} day{'' if count == '1' else 's'}"
