"""Names of states as registers write them, in six languages, old names included: from a name to a state's code.

The names of the record come first, then those of :mod:`treatygraph.labels`, then the file beside this module, which
has Dutch and Italian (Unicode's, by way of Babel; its licence stands in ``labels/``) and the forms of registers.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from treatygraph.labels import FILE, read_labels
from treatygraph.model.names import key, names
from treatygraph.model.records import Facts, State

__all__ = ["TERRITORY", "StateNames", "cleaned", "state_names"]

TERRITORY: Final = "territory"
"""Stands for the code of what lists set under a state and is no participant of its own."""
_EXTRA: Final = Path(__file__).resolve().parent / "state-names.csv"
_MARKS: Final = re.compile(
    r"(?:\s*(?:\[?\b\d{1,2}\]|(?<![\d.-])\d{1,2}\s?[/)]|[*†‡§¹²³⁴⁵⁶⁷⁸⁹⁰]+/?|\(\*+\)|(?<=\w)\s[a-e](?=$)|\(\d{1,2}\)))+\s*$"
)
_LEADING: Final = re.compile(r"^(?:[a-e]|\d{1,2}|[*†]+)\)?\s+(?=[A-ZÀ-Þ])")
_SPAN: Final = re.compile(
    r"\s*\((?:[<>≤≥]|until|before|bis|tot|jusqu|hasta|from|since|as of|\d)[^()]*\)\s*$", re.IGNORECASE
)
_INSIDE: Final = re.compile(r"^(?P<base>[^()]+?)\s*\((?P<inside>[^()]+)\)$")
_HYPHENED: Final = re.compile(r"^(?P<first>[^()]+?)\s*\((?P<prefix>\w+)-\)$")
_ARTICLES: Final = frozenset({"the", "die", "der", "das", "la", "le", "les", "el", "los", "las", "de", "het"})
_LONG_FORM: Final = re.compile(
    r"^(?:the |la |le |el |de |die )?(?:(?:\w+ )?(?:republic|kingdom|principality|commonwealth|sultanate|state|union|"
    r"grand duchy|republik|königreich|fürstentum|staat|république|royaume|principauté|état|república|reino|principado|"
    r"estado|republiek|koninkrijk)\b(?: of| du| de la| de l['’]| d['’]| des| de| der| del| von| van)?(?: the)?) ",
    re.IGNORECASE,
)
_SHARED: Final = frozenset(
    {"congo", "kongo", "korea", "coree", "corea", "china", "germany", "yemen", "vietnam", "viet nam"}
)
"""Names that two states share and only the long form tells apart: a form that is not known is not shortened."""


def cleaned(text: str) -> str:
    """A name without the marks of footnotes and reservations.

    >>> cleaned("Hungary* 1/"), cleaned("4 India")
    ('Hungary', 'India')
    """
    name = _LEADING.sub("", text.strip().strip("|").strip())
    while (shorter := _MARKS.sub("", name)) != name:
        name = shorter
    return name.strip(" ,;:")


@dataclass(frozen=True)
class StateNames:
    """What states are called, and the lives of those states."""

    codes: Mapping[str, str]
    """The code of a state by the key of a name."""
    states: Mapping[str, State]

    def code(self, text: str) -> str:
        """The code of the state that is called this; empty where no state is, or where two could be meant."""
        return next((state for form in _forms(cleaned(text)) if (state := self.codes.get(key(form), ""))), "")

    def two(self, text: str) -> tuple[str, str]:
        """The codes of two names that stand together without a mark between them: ``Macau Costa Rica``.

        Running text does so where a row has no day of its own: the days are those of the second. Two empty texts
        where the words are not two names.
        """
        words = cleaned(text).split()
        for at in range(1, len(words)):
            first, second = self.code(" ".join(words[:at])), self.code(" ".join(words[at:]))
            if first and second:
                return first, second
        return "", ""

    def on(self, code: str, when: date) -> str:
        """The state that acted on ``when`` and is listed as ``code`` today: itself, or whose identity it carries on.

        Empty where none existed on that day (rule R33).
        """
        seen: set[str] = set()
        while code and code not in seen:
            state = self.states[code]
            if state.start <= when < state.end:
                return code
            seen.add(code)
            code = state.continues if when < state.start else self._heir(code)
        return ""

    def before(self, code: str, when: date) -> tuple[str, ...]:
        """The states that ``code`` came from and that existed on ``when``; the nearest first.

        Who became independent is not in the place of the state that it left (rule R34, "clean slate").
        """
        line = [code]
        for name in line:  # grows while it is walked
            state = self.states[name]
            came_from = () if state.mode == "independence" else state.successor_of
            line += [other for other in (state.continues, *came_from) if other and other not in line]
        return tuple(name for name in line[1:] if self._lived(name, when))

    def family(self, code: str) -> frozenset[str]:
        """The code with every state that it continues or is continued by: one participant in the course of time."""
        family = {code}
        while more := {other for name in family for other in self._kin(name)} - family:
            family |= more
        return frozenset(family)

    def _lived(self, code: str, when: date) -> bool:
        return self.states[code].start <= when < self.states[code].end

    def _heir(self, code: str) -> str:
        return next((state.code for state in self.states.values() if state.continues == code), "")

    def _kin(self, code: str) -> Iterator[str]:
        if self.states[code].continues:
            yield self.states[code].continues
        if heir := self._heir(code):
            yield heir


def _forms(name: str) -> Iterator[str]:
    """The name, and the forms that mean the same, the surest first."""
    yield name
    without = _SPAN.sub("", name)
    yield without
    if hyphened := _HYPHENED.match(without):
        yield f"{hyphened['prefix']}{hyphened['first']}"
        yield f"{hyphened['prefix']} {hyphened['first']}"
    base, inside = _parted(without)
    if inside:
        yield f"{inside} {base}"
        yield inside
        yield base if key(base) not in _SHARED or key(inside) in _ARTICLES else ""
    if shorter := _LONG_FORM.sub("", without):
        yield shorter if key(shorter) not in _SHARED else ""
    for prefix in ("former ", "the former "):
        if without.lower().startswith(prefix):
            yield without[len(prefix) :]


def _parted(name: str) -> tuple[str, str]:
    """Base and qualifier of ``Bahamas (The)`` and ``Tanzania, United Republic of``; the second may be empty."""
    if inside := _INSIDE.match(name):
        return inside["base"].rstrip(" ,"), inside["inside"].strip()
    base, comma, rest = name.partition(",")
    return (base.strip(), rest.strip()) if comma else (name, "")


def state_names(facts: Facts) -> StateNames:
    """Every name of every state of ``facts``; the record's own names are stronger than those of lists."""
    codes = {name: code for name, kind, code, _ in names(facts) if kind == "state" and name}
    elsewhere: dict[str, set[str]] = {}
    for name, code in _elsewhere():
        if (code in facts.states or code == TERRITORY) and name not in codes:
            elsewhere.setdefault(name, set()).add(code)
    codes.update({name: next(iter(meant)) for name, meant in elsewhere.items() if len(meant) == 1})
    return StateNames(codes, facts.states)


@lru_cache(maxsize=1)
def _elsewhere() -> tuple[tuple[str, str], ...]:
    labels = [(key(label.label), label.record) for label in read_labels(FILE) if label.kind == "state"]
    with _EXTRA.open(encoding="utf-8", newline="") as stream:
        return (*labels, *((key(row["name"]), row["code"]) for row in csv.DictReader(stream)))
