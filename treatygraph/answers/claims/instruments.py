"""Claims about an instrument: its dates, its term and extensions, and what it is about."""

from __future__ import annotations

from collections.abc import Sequence

from treatygraph.answers.claims.acts import judged_act
from treatygraph.answers.claims.draft import Draft
from treatygraph.answers.claims.evidence import Evidence, proof_of_act, proof_of_event, sources_of
from treatygraph.answers.claims.leaving import reading_name
from treatygraph.answers.claims.standings import status_of
from treatygraph.answers.claims.verdicts import (
    CONFIRMED,
    CONTRADICTED,
    DEPENDS,
    IMPRECISE,
    NOT_ON_RECORD,
    Definition,
    Held,
    Proof,
    best,
    capital,
    dated,
    verdict_on_date,
)
from treatygraph.answers.wording import listed
from treatygraph.model.dates import Period, Span
from treatygraph.model.records import Instrument
from treatygraph.model.standings import Because

__all__ = [
    "about_topic",
    "adopted_on",
    "because_of",
    "binding_is",
    "date_of_end",
    "date_of_entry",
    "date_of_signature",
    "original_term_ends",
]


_SIGNING = ("signature", "definitive-signature")


def date_of_signature(evidence: Evidence, draft: Draft) -> Held:
    """``date-of-signature``: when the instrument was signed, or by ``state``; what nobody signs was agreed."""
    card = evidence.card(draft.get("instrument"))
    if draft.get("state"):
        return judged_act(evidence, draft, "signature")
    title = evidence.title(card.id)
    days = _signed(evidence, card)
    if not days:
        return _not_signed(evidence, draft, card)
    where = f" at {card.signed_place}" if card.signed_place and card.signed else ""
    held = best(_of_date(draft, day, f"{title} was signed {dated(day)}{where}.", proof) for day, proof in days)
    entry = evidence.life(card.id).entry
    if held.verdict == CONTRADICTED and entry and verdict_on_date(Span.parse(draft.get("on")), entry) == CONFIRMED:
        return held.graded(IMPRECISE, f" It entered into force {dated(entry)}.")
    return held


def _signed(evidence: Evidence, card: Instrument) -> list[tuple[Span, Proof]]:
    """The day of signature with its proof, and the first act of signing; empty where nothing shows that any was."""
    acts = evidence.acts(card.id, kinds=_SIGNING)
    events = [event for event in evidence.events(card.id) if event.type == "signature"]
    spans = []
    if card.signed and (card.is_treaty or acts or events):
        spans.append((card.signed, evidence.of_card(card.id, "signed", "the signature")))
    spans += [(event.date, proof_of_event(event)) for event in events if len(event.instruments) == 1]
    return spans or [(act.date, proof_of_act(act)) for act in acts[:1]]


_MADE = {"resolution": "adopted", "unilateral-statement": "announced"}


def _not_signed(evidence: Evidence, draft: Draft, card: Instrument) -> Held:
    """What was not signed was adopted, announced or agreed (rule K12)."""
    title, day = evidence.title(card.id), card.signed or evidence.life(card.id).entry
    if day is None or card.is_treaty:
        return Held(NOT_ON_RECORD, f"The record has no signature of {title}.")
    text = f"{title} was {_MADE.get(card.kind, 'agreed')} {dated(day)}; nothing on record shows that it was signed."
    verdict = verdict_on_date(Span.parse(draft.get("on")), day)
    proof = evidence.of_card(card.id, "signed" if card.signed else "operative", "the day")
    return Held(IMPRECISE if verdict == CONFIRMED else verdict, text, (proof,))


def adopted_on(evidence: Evidence, draft: Draft) -> Held:
    """``adopted-on``: when the text was adopted."""
    card, said = evidence.card(draft.get("instrument")), Span.parse(draft.get("on"))
    title = evidence.title(card.id)
    days = [(act.date, proof_of_act(act)) for act in evidence.acts(card.id, kinds=("adoption",))]
    days += [
        (event.date, proof_of_event(event))
        for event in evidence.events(card.id)
        if event.type != "domestic-law" and event.instruments == (card.id,) and "adopted" in event.text.casefold()
    ]
    if card.adopted:
        days.append((card.adopted, evidence.of_card(card.id, "adopted", "the adoption")))
    if card.signed and not card.is_treaty:
        days.append((card.signed, evidence.of_card(card.id, "signed", "the adoption")))
    if days:
        return best(
            Held(verdict_on_date(said, day), f"{title} was adopted {dated(day)}.", (proof,)) for day, proof in days
        )
    return _adopted_by_signature(evidence, said, card)


def _adopted_by_signature(evidence: Evidence, said: Span, card: Instrument) -> Held:
    """A treaty whose adoption is not on record: it was adopted by the day of its signature."""
    title, signed = evidence.title(card.id), _signed(evidence, card)
    if not signed:
        return Held(NOT_ON_RECORD, f"The record has no adoption of {title}.")
    day, proof = signed[0]
    text = f"The day on which {title} was adopted is not on record; it was signed {dated(day)}."
    verdict = verdict_on_date(said, day)
    if verdict == CONTRADICTED:
        return Held(CONTRADICTED if said.earliest > day.latest else NOT_ON_RECORD, text, (proof,))
    if card.scope == "bilateral":
        return Held(verdict, text, (proof,))
    return Held(CONFIRMED if said.precision == "year" and verdict == CONFIRMED else NOT_ON_RECORD, text, (proof,))


def date_of_entry(evidence: Evidence, draft: Draft) -> Held:
    """``date-of-entry-into-force``: when the instrument entered into force or became operative, or for ``state``."""
    card, life = evidence.card(draft.get("instrument")), evidence.life(draft.get("instrument"))
    if draft.get("state"):
        return _entry_for(evidence, draft)
    title = evidence.title(card.id)
    became = "entered into force" if card.is_treaty else "became operative"
    if life.entry is None:
        missing = evidence.derivation(card.id).missing
        if not card.is_treaty or not (missing or card.coverage.through):
            return Held(NOT_ON_RECORD, f"The record does not say when {title} {became}.")
        return Held(CONTRADICTED, f"{title} never {became} on record{f' ({missing})' if missing else ''}.")
    proof = because_of(f"{card.id}#life", "the entry into force", life.entry_because)
    held = _of_date(draft, life.entry, f"{title} {became} {dated(life.entry)}.", proof)
    said = Span.parse(draft.get("on"))
    if held.verdict == CONTRADICTED and card.signed and verdict_on_date(said, card.signed) == CONFIRMED:
        # the very day of signature is another step of the same life; a year that both could mean is a wrong year
        grade = IMPRECISE if said.is_day and card.is_treaty else CONTRADICTED
        return held.graded(grade, f" It was signed {dated(card.signed)}.")
    return held


def _entry_for(evidence: Evidence, draft: Draft) -> Held:
    """When the instrument began to hold one state."""
    name, state, said = draft.get("instrument"), draft.get("state"), Span.parse(draft.get("on"))
    who, title = capital(evidence.named(state)), evidence.title(name)
    bound = [item for item in evidence.standings(name, state) if item.binds]
    if not bound:
        return judged_act(evidence, draft, "consent")
    text = f"{who} was bound by {title} from"
    return best(
        Held(
            verdict_on_date(said, Span.parse(item.since)), f"{text} {item.since}.", (evidence.proof_of_standing(item),)
        )
        for item in bound
    )


def date_of_end(evidence: Evidence, draft: Draft) -> Held:
    """``date-of-end``: the first day on which the instrument is gone for all, extensions counted.

    The last day in force is called its end as often. Where others hold that it goes on, it depends.
    """
    card, life = evidence.card(draft.get("instrument")), evidence.life(draft.get("instrument"))
    title, said = evidence.title(card.id), Span.parse(draft.get("on"))
    ends = {by: evidence.derivation(card.id, by).life.end for by in evidence.readings(card.id)}
    if not any(ends.values()):
        return _no_end(evidence, draft)
    proof = because_of(f"{card.id}#life", "the end", life.end_because)
    told = {by: f"ended {dated(end)}" if end else "has not ended" for by, end in ends.items()}
    mine, *_ = told.values()
    text = f"{title} {mine}" + (f" ({life.how})" if life.how else "")
    text += "".join(f"; by {reading_name(by)} it {how}" for by, how in told.items() if how != mine)
    grades = {by: _end_grade(said, end) for by, end in ends.items()}
    if len(set(grades.values())) > 1 and CONFIRMED in grades.values():
        definitions = tuple(Definition(definition=reading_name(by), holds=it == CONFIRMED) for by, it in grades.items())
        return Held(DEPENDS, f"{text}.", (proof,), definitions)
    return Held(next(iter(grades.values())), f"{text}.", (proof,), notes=evidence.coverage(card.id, evidence.date))


def _end_grade(said: Span, end: Span | None) -> str:
    """The last day in force counts as the end too."""
    if end is None:
        return CONTRADICTED
    last = Span.of(Period.parse("P1D").before(end.earliest)) if end.is_day else end
    return CONFIRMED if verdict_on_date(said, last) == CONFIRMED else verdict_on_date(said, end)


def _no_end(evidence: Evidence, draft: Draft) -> Held:
    name, on = draft.get("instrument"), Span.parse(draft.get("on")).latest
    live = status_of(evidence.derivation(name), min(on, evidence.date))
    proofs = (evidence.proof_of_status(live),) if live else ()
    text = f"The record has no end of {evidence.title(name)}"
    text += f"; it is {live.status.replace('-', ' ')} since {live.since}." if live else "."
    return Held(CONTRADICTED, text, proofs, notes=evidence.coverage(name, evidence.latest))


def binding_is(evidence: Evidence, draft: Draft) -> Held:
    """``binding-is``: whether the instrument binds in law; where that is disputed, it depends."""
    card, claimed = evidence.card(draft.get("instrument")), draft.get("binding")
    words = {"yes": "binding in law", "no": "not binding in law", "disputed": "of disputed force"}
    text = f"{capital(evidence.title(card.id))} is {words[card.binding]} ({card.kind.replace('-', ' ')})."
    proof = evidence.of_card(card.id, "binding", "whether it binds")
    if card.binding == claimed:
        return Held(CONFIRMED, text, (proof,))
    if "disputed" in (card.binding, claimed):
        views = (("that it binds in law", "yes"), ("that it does not", "no"))
        definitions = tuple(Definition(definition=view, holds=claimed == word) for view, word in views)
        return Held(DEPENDS if card.binding == "disputed" else CONTRADICTED, text, (proof,), definitions)
    return Held(CONTRADICTED, text, (proof,))


def original_term_ends(evidence: Evidence, draft: Draft) -> Held:
    """``original-term-ends``: when the term ends that the instrument was made for, extensions apart."""
    card = evidence.card(draft.get("instrument"))
    title = evidence.title(card.id)
    end = evidence.original_end(card.id)
    if end is None:
        return Held(NOT_ON_RECORD, f"The record has no term of {title} that ends.")
    text = f"The original term of {title} ends {dated(end[0])}"
    proofs = [end[1], because_of(f"{card.id}#life", "the entry into force", evidence.life(card.id).entry_because)]
    for extension in evidence.extensions(card.id):
        agreed = evidence.agreed(extension)
        text += f"; it was extended {dated(agreed)}" if agreed else ""
        proofs.append(evidence.of_card(extension.id, "signed", "the extension"))
    return _of_date(draft, end[0], f"{text}.", *proofs)


def about_topic(evidence: Evidence, draft: Draft) -> Held:
    """``about-topic``: whether the instrument is about a topic, or one below it."""
    card, topic = evidence.card(draft.get("instrument")), draft.get("topic")
    title = evidence.title(card.id)
    wanted = set(evidence.index.topic(topic) or (topic,))
    verdict = CONFIRMED if wanted & set(card.topics) else CONTRADICTED
    text = f"{title} is about {listed([item.replace('-', ' ') for item in card.topics])}"
    text += f": {card.description}" if card.description else "."
    clauses = [clause for kind in ("limit", "verification") for clause in card.clauses_of(kind)]
    sources = tuple(dict.fromkeys(source for clause in clauses for source in clause.cite.sources))
    read = sources or evidence.of_card(card.id, "title", "the title").sources
    return Held(verdict, text, (Proof(f"{card.id}#topics", "what it is about", read),))


def _of_date(draft: Draft, recorded: Span, text: str, *proofs: Proof) -> Held:
    return Held(verdict_on_date(Span.parse(draft.get("on")), recorded), text, proofs)


def because_of(name: str, shows: str, steps: Sequence[Because]) -> Proof:
    """The steps of a derivation as one proof; the id is that of the first act or card field they name."""
    return Proof(next((step.act for step in steps if step.act), name), shows, sources_of(steps))
