"""Reads a story in plain English: drafts its claims, each with its place, and holds them against the record.

No model and no network: word lists and rules over the order of words (:mod:`treatygraph.language`). When in doubt
nothing is drafted, and the sentence stands in ``not_read``. Nothing is stored.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Final

from treatygraph.answers.edition import Edition, edition_of
from treatygraph.model.errors import UsageError
from treatygraph.read.answer import ReadAnswer
from treatygraph.read.drafting import Drafts, drafts_of
from treatygraph.read.judging import judged
from treatygraph.read.story import Story, is_english, story_of

if TYPE_CHECKING:
    from treatygraph.answers.claims.held import HeldClaim
    from treatygraph.build.index import Index

__all__ = ["LONGEST", "ReadAnswer", "read"]

LONGEST: Final = 200_000
"""How many characters a story may have."""
_VERDICTS: Final = {
    "confirmed": "confirmed by the record", "imprecise": "imprecise", "contradicted": "contradicted by it",
    "depends": "true or false by definition", "not-on-record": "not on record",
}  # fmt: skip


def read(
    index: Index, text: str, *, day: date | None = None, today: date | None = None, known: date | None = None
) -> ReadAnswer:
    """The claims of a story, each with its verdict.

    Args:
        index: the documents of the graph; with ``known`` those of that day.
        text: the story, plain text in English.
        day: of the story; None: that of its date line, else ``today``.
        today: what a date line without a year is counted from; None: a story without a day is refused.
        known: only what was on record by this day counts.

    Raises:
        UsageError: the text is empty, too long, or not in English; or it has no day.
    """
    if not text.strip():
        raise UsageError("the story is empty; give its text in a file or on standard input.")
    if len(text) > LONGEST:
        raise UsageError(
            f"the story has {len(text):,} characters; at most {LONGEST:,} are read at once. Cut it in parts."
        )
    if not is_english(text):
        raise UsageError(
            "the story is not in English; 'read' reads English. Draft its claims in a file and ask 'claims FILE'."
        )
    story = story_of(text, day, today)
    drafts = drafts_of(index, story)
    claims = judged(index, drafts.drafted, story.date, known)
    return _answer(story, drafts, claims, edition_of(index))


def _answer(story: Story, drafts: Drafts, claims: tuple[HeldClaim, ...], edition: Edition) -> ReadAnswer:
    title = story.text[slice(*story.headline)].strip() if story.headline else ""
    notes = (
        [] if story.is_dated else [f"the text has no day; it is taken to be of {story.date.isoformat()}: give --date"]
    )
    notes += list(dict.fromkeys(note for claim in claims for note in claim.notes))
    if not drafts.instruments:
        notes.append("the text names no instrument of arms control that is on record")
    answer = _sentence(claims, drafts)
    return ReadAnswer(answer, title, story.date.isoformat(), claims, drafts.unread, tuple(notes), edition)


def _sentence(claims: tuple[HeldClaim, ...], drafts: Drafts) -> str:
    """How the claims of a story stand, in one sentence."""
    left = len(drafts.unread)
    rest = (
        f" {left} sentence{'' if left == 1 else 's'} about treaties {'was' if left == 1 else 'were'} not read."
        if left
        else ""
    )
    if not claims:
        return f"No claim was drafted from the text.{rest}"
    counts = Counter(claim.verdict for claim in claims)
    parts = [
        f"{counts[verdict]} {'is' if counts[verdict] == 1 else 'are'} {words}"
        for verdict, words in _VERDICTS.items()
        if counts[verdict]
    ]
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"Of {len(claims)} claim{'' if len(claims) == 1 else 's'} drafted from the text, {listed}.{rest}"
