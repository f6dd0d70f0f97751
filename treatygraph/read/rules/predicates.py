"""Days told of an instrument without a verb of the field: in force since, its signature of a day, the 1992 accord."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from treatygraph.language.mentions import Mention
from treatygraph.language.scanning import Sentence
from treatygraph.read.boundaries import clusters
from treatygraph.read.clause import DraftedClaim, draft
from treatygraph.read.discourse import Discourse

__all__ = [
    "actors_at",
    "dates_from",
    "in_force_since",
    "instrument_near",
    "signature_of",
    "signed_in_turn",
    "still_holds",
    "years",
]


_MEMBERS_OF: Final = re.compile(r"(?:['’]s?)?\s+(?:\w+\s+)?(?:members?|states|countries|nations|governments|allies)\b")


def actors_at(sentence: Sentence, place: int, discourse: Discourse) -> tuple[Sequence[str], int]:
    """The states that a predicate at a place is about, and where they begin."""
    found: list[tuple[Mention, ...]] = [
        c
        for c in clusters(sentence)
        if c[-1].end <= place and c[0].kind in ("state", "group") and c[0].form != "adjective"
    ]
    heads = [
        c
        for c in found
        if not _MEMBERS_OF.match(sentence.text, c[-1].end)  # "most European Union member states" are not the Union
        and not re.search(
            r"\b(?:of|from|with|against|to|in|by|for|between|among|like)\s+(?:the\s+)?$",
            sentence.text[max(sentence.start, c[0].start - 12) : c[0].start],
        )
    ]
    breaks = [
        m.end()
        for m in re.finditer(r"[;:]|\b(?:but|while|although|whereas|and)\b", sentence.text[sentence.start : place])
    ]
    near = [c for c in heads if not any(c[-1].end <= sentence.start + b <= place for b in breaks)] or heads
    if near:
        return [i for m in near[0] for i in m.ids], near[0][0].start
    if re.search(
        r"\b(?:it|which|who|they|both)\s+$", sentence.text[max(sentence.start, place - 8) : place], re.IGNORECASE
    ):
        return discourse.states, place
    return (), place


def instrument_near(sentence: Sentence, start: int, end: int, discourse: Discourse) -> tuple[str, int]:
    """The instrument that words from one place to another are about, and where it, or the words, end; or empty."""
    after = [m for m in sentence.of_kind("instrument") if m.ids and end <= m.start <= end + 30]
    if after:
        return after[0].ids[0], after[0].end
    before = [m for m in sentence.of_kind("instrument") if m.ids and m.end <= start]
    previous = discourse.previous
    found = (
        before[-1].ids[0]
        if before
        else previous[0]
        if len(previous) == 1
        else discourse.main
        if discourse.main in previous
        else ""
    )
    return found, end


_SIGNATURE: Final = re.compile(r"\bits\s+(?P<what>signature|ratification|accession)\s+(?:of|on)\s+$", re.IGNORECASE)


_PLACED: Final = re.compile(r"(?:\s+in\s+(?!19|20)[A-Z]\w+)?\s+(?:in|on)\s+", re.IGNORECASE)


def signed_in_turn(sentence: Sentence, _: Discourse) -> Iterator[DraftedClaim]:
    """A list of signatures: "the CFE Treaty in Paris in November 1990, START I in July 1991"."""
    told = re.search(r"\bsign(?:ed|atures?|ings?)\b", sentence.quote, re.IGNORECASE)
    others = {v.act for v in sentence.verbs if told and v.start >= sentence.start + told.start()} - {"sign", "other"}
    if not told or others or sentence.is_question:
        return
    found = []
    for mention in sentence.of_kind("instrument"):
        day = next((w for w in sentence.dates if w.start > mention.end), None)
        if day and mention.ids and mention.form == "name" and mention.start > sentence.start + told.start():
            between = sentence.text[mention.end : day.start]
            if _PLACED.fullmatch(between):
                found.append((mention, day))
    for mention, day in found if len(found) > 1 else ():
        yield draft(sentence, mention.start, day.end, "date-of-signature", instrument=mention.ids[0], on=day.value)


def in_force_since(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """In force since a day, without a verb."""
    for when in sentence.dates:
        lead = re.search(
            r"\b(?:in (?:force|effect)|(?:legally )?binding|operative|law),?\s+(?:since|from)\s+(?:the\s+)?$",
            sentence.text[sentence.start : when.start],
            re.IGNORECASE,
        )
        before = sentence.start + lead.start() if lead else 0
        if not lead or any(v.lemma.startswith("be in") and v.end > before for v in sentence.verbs if v.start <= before):
            continue
        instrument, _ = instrument_near(sentence, before, before, discourse)
        if instrument:
            yield draft(sentence, before, when.end, "date-of-entry-into-force", instrument=instrument, on=when.value)


def signature_of(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """Its signature of a day."""
    for when in sentence.dates:
        lead = _SIGNATURE.search(sentence.text[sentence.start : when.start])
        if not lead:
            continue
        place = sentence.start + lead.start()
        if any(
            v.act in ("revoke", "leave", "suspend", "deny", "finish", "plan") and 0 <= place - v.end < 3
            for v in sentence.verbs
        ):
            continue  # "revoked its ratification on 2 November" is no ratification
        states, _ = actors_at(sentence, place, discourse)
        instrument, _ = instrument_near(sentence, place, place, discourse)
        for state in list(states)[:1] if instrument else ():
            act = lead["what"].casefold()
            if act == "signature":
                yield draft(
                    sentence, place, when.end, "date-of-signature", instrument=instrument, state=state, on=when.value
                )
            else:
                yield draft(
                    sentence, place, when.end, "act-on", act=act, instrument=instrument, state=state, on=when.value
                )


_FROM: Final = re.compile(
    r"(?:,?\s+which)?(?:\s+dates\s+(?:from|back\s+to)|,?\s+(?:was\s+)?(?:founded|established|created|set\s+up)\s+(?:in|on))\s+"
)


def dates_from(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """Dates from a year, was founded in one: the day of adoption of what is no treaty, else of signature."""
    for mention in sentence.of_kind("instrument"):
        match = _FROM.match(sentence.text, mention.end)
        when = next((w for w in sentence.dates if match and 0 <= w.start - match.end() < 5), None)
        if match and when and mention.ids and not sentence.is_question:
            check = "date-of-signature" if discourse.is_treaty(mention.ids[0]) else "adopted-on"
            yield draft(sentence, mention.start, when.end, check, instrument=mention.ids[0], on=when.value)


_HOLDS: Final = re.compile(r"(?:\s+of\s+\d{4})?\s+(?:still|also still)\s+(?:holds|stands|applies|binds)\b")


def still_holds(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """An instrument still holds: it is in force."""
    for mention in sentence.of_kind("instrument"):
        match = _HOLDS.match(sentence.text, mention.end)
        if match and mention.ids and discourse.is_treaty(mention.ids[0]) and not sentence.is_question:
            yield draft(
                sentence, mention.start, match.end(), "status-on", instrument=mention.ids[0], status="in-force",
                on=discourse.day.isoformat(),
            )  # fmt: skip


_WHEN: Final = re.compile(r"\b(?:in|by|since|until|till|before|after|during|from|to|of)\s*$", re.IGNORECASE)


def years(sentence: Sentence, discourse: Discourse) -> Iterator[DraftedClaim]:
    """The 1992 agreement: a year in passing."""
    for mention in sentence.of_kind("instrument"):
        before = sentence.text[sentence.start : mention.start - 5]
        in_passing = mention.form != "name" or not _WHEN.search(before)  # "in 2012 New START was …" dates what was
        if mention.year and mention.ids and in_passing:
            found = draft(
                sentence,
                mention.start - (5 if mention.form == "name" else 0),
                mention.end,
                "date-of-signature",
                instrument=mention.ids[0],
                on=mention.year,
            )
            yield DraftedClaim(found.draft, mention.form == "name" and mention.ids[0] != discourse.main)
        day = next((w for w in sentence.dates if sentence.text[mention.end : w.start] in (" of ", " on ")), None)
        card = discourse.card(mention.ids[0]) if day and mention.ids else None
        if day and card and card.kind == "resolution":
            yield draft(sentence, mention.start, day.end, "adopted-on", instrument=card.id, on=day.value)
        elif day and card and sentence.text[mention.end : day.start] == " of ":
            yield draft(sentence, mention.start, day.end, "date-of-signature", instrument=mention.ids[0], on=day.value)
