"""JSON Schema (draft 2020-12) of an answer, from its class: what the server, the agents' tools and the reference show.

The keys are those of :mod:`treatygraph.model.json_form`; the description of a key is the text below its field, that of
an object its class's docstring. pydantic would describe the same classes, but it is no package of the core, and does
not know which fields are left out or renamed.
"""

from __future__ import annotations

import ast
import inspect
import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import (
    Annotated,
    Any,
    Final,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from treatygraph.model.json_form import JsonKey, keys_of

__all__ = ["DIALECT", "Described", "definitions_of", "described", "schema_of"]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_PLAIN: Final[Mapping[Any, Mapping[str, Any]]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    type(None): {"type": "null"},
    date: {"type": "string", "format": "date"},
}


@dataclass(frozen=True, slots=True)
class Described:
    """One key of an object: its name in JSON, its field or property in Python, and what it means."""

    name: str
    attribute: str
    type: Any
    description: str
    null: bool
    """Whether it may be null although its type is a text."""
    required: bool
    """Whether it is always there."""
    spread: bool


def schema_of(kind: object, *, closed: bool = False) -> dict[str, Any]:
    """The schema of the JSON form of a type: a dataclass, a NamedTuple, a TypedDict, or a tuple of these.

    Args:
        kind: the type.
        closed: whether other keys are refused. Answers may get keys in later versions, so what is published is open;
            a test closes it to see that nothing undescribed is given.
    """
    definitions: dict[str, Any] = {}
    schema = _Writer(definitions, "#/$defs/", closed).schema(kind, top=True)
    return {"$schema": DIALECT, **schema, **({"$defs": definitions} if definitions else {})}


def definitions_of(*kinds: type, place: str) -> dict[str, Any]:
    """The schemas of classes and of all that they hold, each by its name, referring to each other under ``place``."""
    definitions: dict[str, Any] = {}
    writer = _Writer(definitions, place, closed=False)
    for kind in kinds:
        writer.schema(kind)
    return dict(sorted(definitions.items()))


class _Writer:
    """Writes schemas, each class once."""

    def __init__(self, definitions: dict[str, Any], place: str, closed: bool) -> None:
        self._definitions, self._place, self._closed = definitions, place, closed

    def schema(self, kind: object, *, top: bool = False) -> dict[str, Any]:
        if kind in _PLAIN:
            return dict(_PLAIN[kind])
        if isinstance(kind, type) and (is_dataclass(kind) or is_typeddict(kind) or hasattr(kind, "_fields")):
            return self._object(kind, top=top)
        origin, arguments = get_origin(kind), get_args(kind)
        if origin is Annotated:
            return self.schema(arguments[0])
        if origin is Literal:
            return {"type": "string", "enum": list(arguments)}
        if origin in (Union, types.UnionType):
            return _either([self.schema(part) for part in arguments])
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return {"type": "object", "additionalProperties": self.schema(arguments[1])}
        if origin is tuple and arguments[-1] is not Ellipsis:
            parts = [self.schema(part) for part in arguments]
            return {"type": "array", "prefixItems": parts, "minItems": len(parts), "maxItems": len(parts)}
        if isinstance(origin, type) and issubclass(origin, Sequence):
            return {"type": "array", "items": self.schema(arguments[0])}
        return {}

    def _object(self, kind: type, *, top: bool) -> dict[str, Any]:
        if top:
            return self._properties(kind)
        if kind.__name__ not in self._definitions:
            self._definitions[kind.__name__] = {}  # a class may hold others of its kind
            self._definitions[kind.__name__] = self._properties(kind)
        return {"$ref": f"{self._place}{kind.__name__}"}

    def _properties(self, kind: type) -> dict[str, Any]:
        properties: dict[str, Any] = {}
        required: list[str] = []
        others: Any = None
        for item in described(kind):
            schema = self.schema(item.type)
            if item.spread:
                others = self.schema(get_args(get_args(item.type)[0])[1])
                continue
            if item.null:
                schema = _either([schema, {"type": "null"}])
            properties[item.name] = {**schema, "description": item.description} if item.description else schema
            if item.required:
                required.append(item.name)
        form: dict[str, Any] = {
            "type": "object",
            "description": _summary(kind),
            "properties": properties,
            "required": required,
        }
        if others is not None:
            form["additionalProperties"] = others
        elif self._closed:
            form["additionalProperties"] = False
        return {name: value for name, value in form.items() if value or name == "additionalProperties"}


def _either(schemas: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """One of several schemas; of plain types in the short form."""
    if all(set(schema) == {"type"} and isinstance(schema["type"], str) for schema in schemas):
        return {"type": list(dict.fromkeys(schema["type"] for schema in schemas))}
    return {"anyOf": list(schemas)}


@lru_cache(maxsize=256)
def described(kind: type) -> tuple[Described, ...]:
    """The keys of the JSON form of a class, in order, with what they mean.

    Args:
        kind: a dataclass, a NamedTuple or a TypedDict.
    """
    texts = _texts(kind)
    if is_typeddict(kind):
        return tuple(_typed(name, hint, texts) for name, hint in get_type_hints(kind, include_extras=True).items())
    return tuple(_of_key(item, _meaning(kind, item.attribute, texts)) for item in keys_of(kind))


def _typed(name: str, hint: object, texts: Mapping[str, str]) -> Described:
    optional = get_origin(hint) is NotRequired
    bare = get_args(hint)[0] if optional else hint
    return Described(name, name, bare, texts.get(name, ""), null=False, required=not optional, spread=False)


def _of_key(item: JsonKey, text: str) -> Described:
    return Described(item.name, item.attribute, item.type, text, item.null, not item.absent, item.spread)


def _meaning(kind: type, attribute: str, texts: Mapping[str, str]) -> str:
    member = vars(kind).get(attribute)
    return inspect.getdoc(member.fget) or "" if isinstance(member, property) else texts.get(attribute, "")


def _texts(kind: type) -> dict[str, str]:
    """The text below each field, as it stands in the source; empty where there is no source."""
    texts: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        try:
            tree = ast.parse(inspect.cleandoc("\n" + inspect.getsource(base)))
        except (OSError, TypeError, SyntaxError):
            continue
        body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
        for line, below in pairwise(body):
            if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name) and isinstance(below, ast.Expr):
                value = below.value
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    texts[line.target.id] = _unmarked(inspect.cleandoc(value.value))
    return texts


def _summary(kind: type) -> str:
    """The first paragraph of a class's docstring."""
    return _unmarked((inspect.getdoc(kind) or "").partition("\n\n")[0])


def _unmarked(text: str) -> str:
    """A docstring's words without its marks."""
    return " ".join(text.replace("``", "").split())
