"""What is supposed, as a user writes it: ``US leaves NPT and Russia joins TPNW``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from treatygraph.bonds.powers import Power, find, power_under
from treatygraph.build.index import Index
from treatygraph.model.errors import UnknownName, UsageError

__all__ = ["VERBS", "Proposal", "proposals"]

VERBS = ("leaves", "joins")
_SAME: Final = {
    r"(?:withdraws? from|quits?|exits?|denounces?|pulls out of|leave)": "leaves",
    r"(?:re-?joins?|accedes? to|ratifies|ratify|returns? to|re-?enters?|join)": "joins",
}
"""What people write for a verb, as a pattern, and the verb."""
_FORM = "write 'A leaves INSTRUMENT' or 'A joins INSTRUMENT', several with 'and' between them"


class Proposal(NamedTuple):
    """One supposition: a side (a state, or every member of a group) leaves or joins an instrument."""

    side: Power
    verb: str
    instrument: str

    @property
    def text(self) -> str:
        """The proposal in the ids of the record."""
        return f"{self.side.id} {self.verb} {self.instrument}"


def proposals(index: Index, texts: Sequence[str], on: date) -> tuple[Proposal, ...]:
    """The suppositions in some texts, each of one or more, with ``and`` between them.

    A name may itself hold the word (Bosnia and Herzegovina): of the ways to divide a text, the first in which
    every name is on record counts.

    Raises:
        UsageError: a text is no text or has no verb, or a side did not exist that day.
        UnknownName: a name is not on record; the nearest ones are listed.
    """
    for text in texts:
        if not isinstance(text, str):
            raise UsageError(f"a supposition is a text, not a {type(text).__name__}: {text!r}; {_FORM}.")
    parsed = [proposal for text in texts for proposal in _read(index, _plain(text).split(), on)]
    if not parsed:
        raise UsageError(f"nothing is supposed; {_FORM}.")
    return tuple(dict.fromkeys(parsed))


def _plain(text: str) -> str:
    """The text with the verbs that are known here."""
    for pattern, verb in _SAME.items():
        text = re.sub(rf"(?i)\b{pattern}\b(?=\s)", verb, text)
    return text


def _read(index: Index, words: list[str], on: date) -> list[Proposal]:
    verbs = [place for place, word in enumerate(words) if word.lower() in VERBS]
    if not verbs or verbs[0] == 0 or verbs[-1] == len(words) - 1:
        raise UsageError(f"'{' '.join(words)}' supposes nothing; {_FORM}.")
    problem: UnknownName | UsageError | None = None
    for parts in _divided(words, verbs):
        try:
            return [_proposal(index, *part, on) for part in parts]
        except (UnknownName, UsageError) as found:
            problem = problem or found
    raise problem or UsageError(f"'{' '.join(words)}' joins its suppositions with no 'and'; {_FORM}.")


_Part = tuple[str, str, str]


def _divided(words: list[str], verbs: Sequence[int]) -> Iterator[list[_Part]]:
    """Every way to divide the words into suppositions at an ``and`` between two verbs."""
    first, *rest = verbs
    subject, verb = " ".join(words[:first]), words[first].lower()
    if not rest:
        yield [(subject, verb, " ".join(words[first + 1 :]))]
        return
    for place in range(first + 2, rest[0] - 1):
        if words[place].lower() == "and":
            later = words[place + 1 :]
            shifted = [other - place - 1 for other in rest]
            for others in _divided(later, shifted):
                yield [(subject, verb, " ".join(words[first + 1 : place])), *others]


def _proposal(index: Index, subject: str, verb: str, instrument: str, on: date) -> Proposal:
    _, name = find(index, instrument, ("instrument",))
    return Proposal(power_under(index, subject, on, name), verb, name)
