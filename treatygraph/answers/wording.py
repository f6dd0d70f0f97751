"""Sentences that a journalist could print, made from the record."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from treatygraph.bonds.powers import named
from treatygraph.model.cites import is_recall
from treatygraph.model.vocabulary import CLAUSE, DEPOSITARY

if TYPE_CHECKING:
    from treatygraph.build.index import Index
    from treatygraph.model.records import Act, Instrument

__all__ = ["UNVERIFIED", "amount", "authority_name", "denied", "listed", "made_by", "number", "reason_named",
           "still_held", "the", "topic_name", "unverified"]  # fmt: skip

UNVERIFIED: Final = "unverified"
"""What a sentence says of a fact that no source was read for."""

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def number(count: int) -> str:
    """A count in words up to twelve, in figures above."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def amount(count: int, *, least: bool = False) -> str:
    """A count in words: ``twelve``, or ``at least 14``, ``no known`` where the record may lack some."""
    if not least:
        return number(count)
    return f"at least {number(count)}" if count else "no known"


def unverified(sources: Sequence[str]) -> str:
    """`` (unverified)`` behind what rests on general knowledge alone; empty behind all else."""
    return f" ({UNVERIFIED})" if is_recall(sources) else ""


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


def denied(index: Index, authorities: Sequence[str], most: int = 99) -> str:
    """Who rejects what another holds: ``rejected by China, not on the depositary's list``; empty of nobody.

    A depositary lists or does not list; it does not judge (VCLT article 77), so that it rejects nothing.
    """
    names = [authority_name(index, who) for who in authorities if who != DEPOSITARY]
    more = [f"{len(names) - most} others"] if len(names) > most else []
    told = [f"rejected by {listed([*names[:most], *more])}"] if names else []
    return ", ".join([*told, *["not on the depositary's list"] * (DEPOSITARY in authorities)])


def still_held(index: Index, authorities: Sequence[str]) -> str:
    """Who holds that something still stands that has ended on record: ``contested: by its clauses alone it stands``."""
    who = listed([authority_name(index, who) for who in authorities if who != CLAUSE])
    views = [f"{who} {'holds' if len(authorities) - (CLAUSE in authorities) == 1 else 'hold'} that it stands"] * bool(
        who
    )
    views += ["by its clauses alone it stands"] * (CLAUSE in authorities)
    return f"contested: {'; '.join(views)}" if views else ""


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
