"""What a named question asks for: parameters with a type, and values as users type them turned into RDF terms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, Final

from pyoxigraph import Literal, NamedNode

from treatygraph.answers.readings import reading
from treatygraph.bonds.powers import find, named, power
from treatygraph.build.index import Index
from treatygraph.model import names
from treatygraph.model.dates import Span, day, long_form
from treatygraph.model.errors import UnknownName, UsageError
from treatygraph.model.json_form import HIDDEN, plain, shown
from treatygraph.model.terms import PREFIXES, concept, iri
from treatygraph.model.version import EDITION_DAY
from treatygraph.model.vocabulary import CLAUSE, DEPOSITARY

__all__ = ["ANY", "TYPES", "Parameter", "Value", "values"]

ANY: Final = "any"
"""What a user gives for a topic or a word when every one is meant."""
_READINGS: Final = {DEPOSITARY: "the depositaries' record", CLAUSE: "the clauses alone"}


@dataclass(frozen=True)
class Parameter:
    """One parameter of a named question, as the header of its file declares it."""

    name: str
    type: str
    """One of :data:`TYPES`, or the words that may be given, with ``|`` between them."""
    example: str
    """What may be given."""
    description: str
    optional: Annotated[bool, HIDDEN] = False
    """Whether it may be left out; its example is taken then. A day called ``on`` may be left out too."""

    @property
    def is_day_asked(self) -> bool:
        """Whether it is the day that the question is about; where there is a clock, it is today when left out."""
        return (self.name, self.type) == ("on", "date")

    def to_dict(self) -> dict[str, str]:
        """The JSON form; the default is that of the command line, which has a clock."""
        return plain(self)

    @property
    @shown
    def default(self) -> str | None:
        """What is taken where it is left out; null: it must be given."""
        return "today" if self.is_day_asked else self.example if self.optional else None


@dataclass(frozen=True)
class Value:
    """A value that was given: as one or several terms in SPARQL's own writing, and as answers repeat it."""

    term: str
    shown: str
    said: str = ""
    """As a sentence calls it: with the article of a state, the title of an instrument, the day in words."""

    def __post_init__(self) -> None:
        if not self.said:
            object.__setattr__(self, "said", self.shown)


def values(index: Index, parameters: tuple[Parameter, ...], given: Mapping[str, str]) -> dict[str, Value]:
    """The value of every parameter: what was given, else the default where there is one.

    A line of states is that of the day called ``on``, on which one of them must have been there.

    Raises:
        UnknownName: a parameter is not one of the question's, or a value names nothing on record.
        UsageError: a value is missing or not of the parameter's type, or a state did not exist on the day.
    """
    known = [parameter.name for parameter in parameters]
    for name in given:
        if name not in known:
            raise UnknownName("parameter of this question", name, known)
    missing = [one for one in parameters if one.name not in given and one.default is None]
    if missing:
        told = "; ".join(f"{one.name} ({one.description.rstrip('.')}; for example {one.example})" for one in missing)
        raise UsageError(f"the question needs {told}.")
    given = {one.name: _left_out(one) for one in parameters} | dict(given)
    filled = {one.name: _value(index, one, given[one.name]) for one in parameters}
    for one in parameters:
        if one.type == "line":
            filled[one.name] = _line(index, filled[one.name].shown, day(filled["on"].shown))
    return filled


def _left_out(parameter: Parameter) -> str:
    """What is taken for a parameter without a value: of a day, the one up to which the record tells what happened."""
    return EDITION_DAY.isoformat() if parameter.is_day_asked else parameter.example


def _line(index: Index, code: str, on: date) -> Value:
    """The state and those whose identity it carries on: all of them bear its standings, each in its time (R33)."""
    codes = power(index, code, on).continuities[0]
    return Value(" ".join(_node(iri("state", one), one).term for one in codes), code, named(index, code))


def _value(index: Index, parameter: Parameter, text: str) -> Value:
    if parameter.type in TYPES:
        return TYPES[parameter.type](index, text.strip())
    words = parameter.type.split("|")
    if text not in words:
        raise UnknownName(f"value of --{parameter.name}", text, words)
    return _text(index, text)


def _state(index: Index, text: str) -> Value:
    _, code = find(index, text, ("state",))
    return _node(iri("state", code), code, named(index, code))


def _instrument(index: Index, text: str) -> Value:
    _, name = find(index, text, ("instrument",))
    return _node(iri("instrument", name), name, index.summary(name).title)


def _topic(index: Index, text: str) -> Value:
    """A topic and all below it, or all topics for ``any``: a path through the scheme is not the same on all engines."""
    if text == ANY:
        return _topics(index.topics(), ANY)
    name = names.key(text).replace(" ", "-")
    narrower = index.topic(name)
    if narrower is None:
        raise names.unknown("topic", text, [(one.replace("-", " "), one) for one in index.topics()])
    return _topics((name, *narrower), name, name.replace("-", " "))


def _topics(ids: Iterable[str], shown: str, said: str = "") -> Value:
    terms = (str(NamedNode(concept("topic", name))) for name in sorted(set(ids)))
    return Value(" ".join(terms), shown, said)


def _reading(index: Index, text: str) -> Value:
    name = reading(index, text)
    said = _READINGS.get(name) or (named(index, name) if index.existence(name) else name)
    return _node(concept("reading", name), name, said)


def _date(_: Index, text: str) -> Value:
    when: date = day(text)
    return replace(_literal(when.isoformat(), "date"), said=long_form(when))


def _when(_: Index, text: str) -> Value:
    return Value(str(Literal(Span.parse(text).text)), text)


def _number(_: Index, text: str) -> Value:
    if not re.fullmatch(r"[+-]?[0-9]+", text):
        raise UsageError(f"'{text}' is not a whole number; write digits, for example 10.")
    return _literal(str(int(text)), "integer")


def _text(_: Index, text: str) -> Value:
    return Value(str(Literal(text)), text)


def _node(address: str, shown: str, said: str = "") -> Value:
    return Value(str(NamedNode(address)), shown, said)


def _literal(text: str, datatype: str) -> Value:
    return Value(str(Literal(text, datatype=NamedNode(PREFIXES["xsd"] + datatype))), text)


TYPES: Final[Mapping[str, Callable[[Any, str], Value]]] = {
    "state": _state,
    "line": _state,
    "instrument": _instrument,
    "topic": _topic,
    "date": _date,
    "when": _when,
    "reading": _reading,
    "text": _text,
    "number": _number,
}
"""The types of parameters, and how a value of each is read."""
