"""Sentences that a journalist could print, made from the record."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from treatygraph.bonds.powers import named

if TYPE_CHECKING:
    from treatygraph.build.index import Index
    from treatygraph.model.records import Act, Instrument

__all__ = ["authority_name", "listed", "made_by", "number", "reason_named", "topic_name"]

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def number(count: int) -> str:
    """A count in words up to twelve, in figures above."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def listed(items: Sequence[str]) -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


_BODIES: Final = {
    "depositary": "the depositary", "iaea": "the IAEA", "meeting-of-states-parties": "the meeting of states parties",
    "nato": "NATO", "security-council": "the Security Council", "un-command": "the UN Command",
    "un-secretariat": "the UN Secretariat",
}  # fmt: skip


def authority_name(index: Index, authority: str) -> str:
    """Who holds a view, within a sentence: ``Russia``, ``the UN Secretariat``."""
    if authority.isupper():
        return named(index, authority)
    return _BODIES.get(authority, authority.replace("-", " "))


def made_by(card: Instrument, acts: Sequence[Act]) -> str:
    """How an instrument came about (rule K12): ``signed``, ``adopted``, ``announced`` or ``agreed``.

    A treaty is signed unless its acts say otherwise; what is none is signed only where an act says so.
    """
    kinds = {act.kind for act in acts}
    if kinds & {"signature", "definitive-signature"}:
        return "signed"
    if card.is_treaty:
        return "agreed" if "exchange-of-instruments" in kinds else "signed"
    if card.kind == "unilateral-statement" or kinds == {"declaration"}:
        return "announced"
    return "adopted" if card.kind == "resolution" or "adoption" in kinds else "agreed"


_TOPICS = {
    "nuclear": "nuclear arms", "wmd": "weapons of mass destruction", "conventional": "conventional arms",
    "nuclear-weapon-free-zone": "nuclear-weapon-free zones", "transfers": "transfers of arms",
    "nuclear-nonproliferation": "nuclear non-proliferation",
}  # fmt: skip


def topic_name(topic: str) -> str:
    """A topic within a sentence: ``nuclear testing``, ``conventional arms``."""
    return _TOPICS.get(topic, topic.replace("-", " "))


def reason_named(index: Index, reason: str) -> str:
    """Why a standing ended, with states by their names: ``withdrawal of the United States``; ``ended`` where empty."""
    code = re.compile(r"\b[A-Z]{3}\b")
    text = code.sub(lambda match: named(index, match[0]) if index.existence(match[0]) else match[0], reason)
    return text or "ended"


_WITHOUT_ARTICLE = re.compile(r"(New )?START|SALT|.* (Protocol|Phase) [IVX\d]+$|Vladivostok|Camp David")
_WITH_ARTICLE = re.compile(
    r"[A-Z]{2,}$|(?i:.*\b(treaty|convention|agreement|protocol|memorandum|committee|group|regime|arrangement|statute"
    r"|act|accord|document|code|initiative|understanding|amendment|declaration|armistice|mechanism)\b)"
)


def the(title: str) -> str:
    """The title of an instrument within a sentence: ``the NPT``, ``the Open Skies Treaty``, ``New START``."""
    return f"the {title}" if _WITH_ARTICLE.match(title) and not _WITHOUT_ARTICLE.match(title) else title
