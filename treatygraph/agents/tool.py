"""A tool as agents see it: its arguments with a closed schema, and what is said of an argument that is wrong.

The schema of the arguments is that of a dataclass (:mod:`treatygraph.answers.schema`): the text below a field is what
the agent reads. The SDK would derive one from a signature too, but takes unknown arguments in silence, gives
``anyOf null`` to what may be left out, and answers a wrong type with pydantic's own page of errors.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from types import UnionType
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, Union, get_args, get_origin, get_type_hints

from treatygraph.answers.schema import schema_of
from treatygraph.model.dates import day
from treatygraph.model.errors import BadDate, UsageError

if TYPE_CHECKING:
    from treatygraph.agents.desk import Desk
    from treatygraph.agents.lines import ToolAnswer

__all__ = ["BUDGET", "MOST_TOKENS", "Arguments", "BadArgument", "Tool"]

BUDGET: Final = 1500
"""Tokens of an answer that asks for no other number."""
MOST_TOKENS: Final = 25_000
_LEAST_TOKENS: Final = 100
_MEANT: Final[Mapping[str, tuple[str, ...]]] = {
    "date": ("on", "since"), "as_of": ("on", "known"), "day": ("on",), "when": ("on",), "at": ("on",),
    "from": ("since",), "to": ("until",), "start": ("since",), "end": ("until",), "country": ("state", "states", "a"),
    "countries": ("states",), "party": ("state", "a"), "state": ("states", "a"), "states": ("state", "a"),
    "treaty": ("instrument", "instruments", "first"), "treaties": ("instruments",), "name": ("text", "instrument"),
    "instrument": ("instruments", "first"), "instruments": ("instrument", "first"), "limit": ("budget",),
    "max_tokens": ("budget",), "tokens": ("budget",), "page": ("cursor",), "offset": ("cursor",), "view": ("reading",),
    "query": ("text",), "question": ("name",), "article": ("text",), "story": ("text",), "party_a": ("a",),
    "party_b": ("b",), "state_a": ("a",), "state_b": ("b",), "first": ("a", "instrument"), "second": ("b",),
    "binding_only": ("binding",), "legally_binding": ("binding",), "type": ("types",), "status": ("standing",),
    "id": ("text", "instrument", "ids"), "subject": ("topic",), "suppositions": ("changes",), "what": ("show",),
}  # fmt: skip
"""What models write for an argument, and which it is: the first that the tool has."""


@dataclass(frozen=True, kw_only=True)
class Arguments:
    """What every tool takes."""

    budget: int = BUDGET
    """Tokens of the answer, at most 25000; "cursor" goes on with what does not fit."""
    cursor: str = ""
    """That of an earlier answer, all other arguments as they were."""


class BadArgument(UsageError):
    """An argument that a tool does not take; ``code`` and ``nearest`` say so to programs."""

    def __init__(self, code: str, text: str, nearest: Sequence[str] = (), fix: str = "") -> None:
        super().__init__(text)
        self.code, self.nearest, self.fix = code, tuple(nearest), fix


@dataclass(frozen=True)
class Tool:
    """A tool: what it is called, what it takes, what its lines are, and what runs it."""

    name: str
    title: str
    description: str
    arguments: type[Arguments]
    line: type
    """The class of the lines of its answers."""
    run: Callable[[Desk, Any], ToolAnswer]
    choices: Mapping[str, Callable[[Desk], Sequence[str]]] | None = None
    """Lists of words that only the record knows, by argument."""
    seconds: float = 30.0
    """How long it may run."""

    NESTED: ClassVar = "parameters"
    """The argument that holds further arguments."""

    @cached_property
    def hints(self) -> Mapping[str, Any]:
        """The type of each argument, by name, in order."""
        hints = get_type_hints(self.arguments)
        bases = [base for base in self.arguments.__mro__ if base is not object and base is not Arguments]
        own = [name for base in bases for name in vars(base).get("__annotations__", ())]
        return {name: hints[name] for name in (*own, "budget", "cursor")}

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The arguments that must be given."""
        bare = (item for item in fields(self.arguments) if item.default is MISSING and item.default_factory is MISSING)
        return tuple(item.name for item in bare)

    def schema(self, desk: Desk) -> dict[str, Any]:
        """The closed schema of the arguments, with the words of each list and without null."""
        form = schema_of(self.arguments, closed=True)
        properties = {name: _without_null(form["properties"][name]) for name in self.hints}
        for name, words in (self.choices or {}).items():
            target = properties[name].get("items", properties[name])
            target["enum"] = list(words(desk))
        properties["budget"] |= {"minimum": _LEAST_TOKENS, "maximum": MOST_TOKENS, "default": BUDGET}
        for item in fields(self.arguments):
            if item.default not in (MISSING, None, "", ()) and item.name != "budget":
                properties[item.name]["default"] = item.default
        form = {name: form[name] for name in ("type", "additionalProperties", "$defs") if name in form}
        return {**form, "properties": properties, "required": list(self.required)}

    def taken(self, raw: Mapping[str, Any], desk: Desk) -> Arguments:
        """The arguments as the tool takes them.

        Raises:
            BadArgument: one is unknown, misplaced, missing, of another type, or no word of its list.
        """
        for name in raw:
            if name not in self.hints:
                raise self._unknown(name)
        for name in self.required:
            if name not in raw:
                told = self.schema(desk)["properties"][name].get("description", "")
                text = f"'{self.name}' needs the argument '{name}': {told}"
                raise BadArgument("missing-argument", text, (name,), f"call '{self.name}' with '{name}'")
        values: dict[str, Any] = {
            name: self._value(name, value, desk) for name, value in raw.items() if value is not None
        }
        for name in self.required:
            if values.get(name) in ("", (), None):
                raise BadArgument("missing-argument", f"'{name}' is empty; give a value.", (name,))
        return self.arguments(**values)

    def _unknown(self, name: str) -> BadArgument:
        known = list(self.hints)
        meant = [item for item in _MEANT.get(name, ()) if item in known]
        if self.NESTED in known and not meant:
            text = f"'{name[:80]}' is no argument of '{self.name}'; a parameter of the question stands in 'parameters'."
            return BadArgument("misplaced-argument", text, (self.NESTED,), f'write "parameters": {{"{name[:80]}": …}}')
        nearest = (*meant[:1], *get_close_matches(name, known, 1, 0.6)) or tuple(known)
        nearest = tuple(dict.fromkeys(nearest))
        hint = f" Did you mean '{nearest[0]}'?" if len(nearest) < len(known) else ""
        text = f"'{self.name}' has no argument '{name[:80]}'.{hint} It takes {', '.join(known)}."
        return BadArgument("unknown-argument", text, nearest, f"use '{nearest[0]}'")

    def _value(self, name: str, value: object, desk: Desk) -> object:
        taken = _taken(name, self.hints[name], value)
        if self.choices and name in self.choices:
            known = tuple(self.choices[name](desk))
            for text in taken if isinstance(taken, tuple) else (taken,):
                _word(name, known, text)
        if name == "budget" and isinstance(taken, int) and not _LEAST_TOKENS <= taken <= MOST_TOKENS:
            text = f"'budget' is {taken}; it is a number of tokens from {_LEAST_TOKENS} to {MOST_TOKENS}."
            raise BadArgument("bad-value", text, (str(BUDGET),), "leave it out for 1500")
        return taken


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of an argument that may be left out and is never null."""
    kinds = [kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}]
    if len(kinds) == 1:
        return {**{key: value for key, value in schema.items() if key != "anyOf"}, **kinds[0]}
    if isinstance(schema.get("type"), list):
        return {**schema, "type": next(kind for kind in schema["type"] if kind != "null")}
    return dict(schema)


_SAID: Final = {str: "a text", int: "a whole number", bool: "true or false", date: "a day, YYYY-MM-DD"}
_KINDS: Final = {
    str: "a text", bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object",
}  # fmt: skip


def _taken(name: str, hint: object, value: object) -> object:
    """A value as its type wants it."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (UnionType, Union):
        return _taken(name, next(part for part in parts if part is not type(None)), value)
    if origin is Literal:
        return _word(name, parts, value)
    if origin is tuple:
        if not isinstance(value, list | tuple):
            raise _mistyped(name, "a list", value)
        return tuple(_taken(name, parts[0], item) for item in value)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        if not isinstance(value, Mapping) or not all(isinstance(item, str) for item in value.values()):
            raise _mistyped(name, "an object whose values are texts", value)
        return dict(value)
    return _day(name, value) if hint is date else _plain_value(name, hint, value)


def _plain_value(name: str, hint: object, value: object) -> object:
    if hint in _SAID:
        if not isinstance(value, hint) or (hint is int and isinstance(value, bool)):
            raise _mistyped(name, _SAID[hint], value)
        return value
    if not isinstance(value, Mapping):
        raise _mistyped(name, "a list of objects", value)
    return dict(value)


def _word(name: str, words: Sequence[str], value: object) -> object:
    if value in words:
        return value
    near = get_close_matches(str(value), words, 3, 0.5) or words
    text = f"'{str(value)[:80]}' is no value of '{name}'; it is one of {', '.join(words)}."
    raise BadArgument("bad-value", text, near, f"use '{near[0]}'")


def _day(name: str, value: object) -> date:
    if not isinstance(value, str):
        raise _mistyped(name, _SAID[date], value)
    try:
        return day(value)
    except BadDate as problem:
        raise BadArgument("bad-date", f"'{name}': {problem}", (), "write a day as YYYY-MM-DD") from None


def _mistyped(name: str, wanted: str, value: object) -> BadArgument:
    text = f"'{name}' is {wanted}, and not {_KINDS.get(type(value), type(value).__name__)}."
    return BadArgument("bad-type", text, (), f"give {wanted}")
