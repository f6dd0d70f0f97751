"""The shapes of ``ontology/shapes.ttl`` held against a graph, fast enough for every check of the facts.

A SHACL engine needs minutes for the whole graph and stays the judge in the tests; this reads the part of SHACL
Core that the shapes use, and refuses a shape that uses more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from treatygraph.checks.graph.places import Places
from treatygraph.model.errors import Finding
from treatygraph.model.folders import room
from treatygraph.model.terms import PREFIXES

__all__ = ["Shape", "broken_shapes", "shapes"]

_SH: Final = "http://www.w3.org/ns/shacl#"
_TYPE: Final = PREFIXES["rdf"] + "type"
_INVERSE: Final = "^"
"""Before a path: the other way round."""

Term = NamedNode | BlankNode | Literal
Graph = Mapping[str, Mapping[str, Sequence[Term]]]
"""What is said of a node: the values of each property."""


@dataclass(frozen=True)
class Shape:
    """A node shape or a property shape: a path (empty for the node itself), its constraints, its parts."""

    name: str
    path: str
    constraints: tuple[tuple[str, object], ...]
    parts: tuple[Shape, ...]
    message: str


class Data:
    """A graph indexed for the constraints: values by subject and property, and the classes of each node."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.about: dict[str, dict[str, list[Term]]] = {}
        inverse = _inverse_paths()
        for quad in quads:
            node, predicate, value = quad.subject, quad.predicate.value, quad.object
            assert not isinstance(node, Triple)
            assert not isinstance(value, Triple)
            subject = node.value
            said = self.about.setdefault(subject, {}).setdefault(predicate, [])
            if value not in said:
                said.append(value)
            if predicate in inverse:
                self.about.setdefault(value.value, {}).setdefault(_INVERSE + predicate, []).append(node)
        self._above = _superclasses()
        self.classes = {node: self._classes(said) for node, said in self.about.items()}

    def _classes(self, said: Mapping[str, Sequence[Term]]) -> frozenset[str]:
        return _closed(tuple(sorted(term.value for term in said.get(_TYPE, ()))))

    def of_class(self, name: str) -> Iterator[str]:
        """The nodes of a class or of one below it."""
        return (node for node, classes in self.classes.items() if name in classes)

    def is_a(self, term: Term, name: str) -> bool:
        """Whether a value is a node of the class; concepts are those of the schemes."""
        return name in self.classes.get(term.value, ()) or name in _vocabulary().get(term.value, ())


def broken_shapes(quads: Iterable[Quad], places: Places) -> Iterator[Finding]:
    """A finding for each node and property that breaks a shape."""
    data = Data(quads)
    for target, shape in shapes():
        for node in data.of_class(target):
            for part, rule in _breaches(shape, node, data):
                what = part.path.removeprefix(_INVERSE).rpartition("#")[2] or "the node"
                yield Finding(
                    places.of(node),
                    "shape",
                    f"{places.record(node)}: '{what}' breaks {rule} of the shape {shape.name}.",
                    part.message or "see the shape in ontology/shapes.ttl, and complete or correct the record.",
                    record=places.record(node),
                )


def _breaches(shape: Shape, node: str, data: Data) -> Iterator[tuple[Shape, str]]:
    """The parts that a node breaks, each with the name of the constraint."""
    for part in shape.parts:
        values = data.about.get(node, {}).get(part.path, ())
        for name, wanted in part.constraints:
            if not _CONSTRAINTS[name](ShapeCase(values, wanted, node, data)):
                yield part, name


def _fits(term: Term, shape: Shape, data: Data) -> bool:
    return all(_CONSTRAINTS[name](ShapeCase((term,), wanted, term.value, data)) for name, wanted in shape.constraints)


_pattern: Final = cache(re.compile)


@dataclass(frozen=True, slots=True)
class ShapeCase:
    """One constraint put to the values of one property of a node."""

    values: Sequence[Term]
    wanted: object
    node: str
    data: Data

    @property
    def number(self) -> int:
        """The number that is wanted."""
        assert isinstance(self.wanted, Literal)
        return int(self.wanted.value)

    @property
    def name(self) -> str:
        """The class, datatype or property that is wanted."""
        assert isinstance(self.wanted, NamedNode)
        return self.wanted.value

    def ordered(self, *, equal: bool) -> bool:
        """Whether each value is less than each value of the property that is wanted; different types have no order."""
        return all(
            isinstance(one, Literal)
            and isinstance(other, Literal)
            and one.datatype == other.datatype
            and (one.value < other.value or (equal and one.value == other.value))
            for other in self.data.about[self.node].get(self.name, ())
            for one in self.values
        )

    def each(self, fits: Callable[[Term], bool]) -> bool:
        """Whether every value fits."""
        return all(map(fits, self.values))

    def matches(self, term: Term) -> bool:
        """Whether a value has the pattern that is wanted."""
        assert isinstance(self.wanted, Literal)
        return _pattern(self.wanted.value).search(term.value) is not None

    def fits(self, term: Term) -> bool:
        """Whether a value fits the shape, or one of the shapes, that are wanted."""
        wanted = self.wanted if isinstance(self.wanted, tuple) else (self.wanted,)
        return any(isinstance(shape, Shape) and _fits(term, shape, self.data) for shape in wanted)


_CONSTRAINTS: Final[Mapping[str, Callable[[ShapeCase], bool]]] = {
    "minCount": lambda case: len(case.values) >= case.number,
    "maxCount": lambda case: len(case.values) <= case.number,
    "minLength": lambda case: case.each(lambda term: len(term.value) >= case.number),
    "minInclusive": lambda case: case.each(lambda term: int(term.value) >= case.number),
    "datatype": lambda case: case.each(lambda term: isinstance(term, Literal) and term.datatype == case.wanted),
    "class": lambda case: case.each(lambda term: case.data.is_a(term, case.name)),
    "pattern": lambda case: case.each(case.matches),
    "hasValue": lambda case: case.wanted in case.values,
    "in": lambda case: case.each(lambda term: isinstance(case.wanted, tuple) and term in case.wanted),
    "nodeKind": lambda case: case.each(lambda term: case.name == _SH + "IRI" and isinstance(term, NamedNode)),
    "lessThan": lambda case: case.ordered(equal=False),
    "lessThanOrEquals": lambda case: case.ordered(equal=True),
    "node": lambda case: case.each(case.fits),
    "or": lambda case: case.each(case.fits),
}
"""The constraints that the shapes use. A property without values breaks none but ``minCount`` and ``hasValue``."""


@cache
def shapes() -> tuple[tuple[str, Shape], ...]:
    """Every shape with the class whose nodes it is for.

    Raises:
        ValueError: a shape uses a part of SHACL that is not read here.
    """
    about = _read("shapes.ttl")
    targets = (
        (target.value, _shape(node, about))
        for node, said in about.items()
        for target in said.get(_SH + "targetClass", ())
    )
    return tuple(sorted(targets, key=lambda pair: pair[0]))


def _shape(node: str, about: Graph) -> Shape:
    said = about[node]
    constraints: list[tuple[str, object]] = []
    parts: list[Shape] = []
    for predicate, values in said.items():
        name = predicate.removeprefix(_SH)
        if name == "property":
            parts += [_shape(value.value, about) for value in values]
        elif name in _CONSTRAINTS:
            constraints += [(name, _argument(name, value, about)) for value in values]
        elif predicate != _TYPE and name not in ("path", "message", "targetClass"):
            raise ValueError(f"shapes.ttl uses {predicate}, which treatygraph.checks.graph.shapes does not read.")
    message = next((value.value for value in said.get(_SH + "message", ())), "")
    return Shape(node.rpartition("#")[2], _path(said, about), tuple(constraints), tuple(parts), message)


def _path(said: Mapping[str, Sequence[Term]], about: Graph) -> str:
    for value in said.get(_SH + "path", ()):
        inverse = about.get(value.value, {}).get(_SH + "inversePath", ()) if isinstance(value, BlankNode) else ()
        return _INVERSE + inverse[0].value if inverse else value.value
    return ""


def _argument(name: str, value: Term, about: Graph) -> object:
    if name == "node":
        return _shape(value.value, about)
    if name == "or":
        return tuple(_shape(item.value, about) for item in _items(value, about))
    return tuple(_items(value, about)) if name == "in" else value


def _items(head: Term, about: Graph) -> Iterator[Term]:
    while (said := about.get(head.value)) is not None:
        yield said[PREFIXES["rdf"] + "first"][0]
        head = said[PREFIXES["rdf"] + "rest"][0]


@cache
def _inverse_paths() -> frozenset[str]:
    return frozenset(
        part.path.removeprefix(_INVERSE) for _, shape in shapes() for part in shape.parts if part.path[:1] == _INVERSE
    )


def _read(name: str) -> Graph:
    about: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for quad in parse(path=str(Path(room("ontology")) / name), format=RdfFormat.TURTLE):
        assert not isinstance(quad.subject, Triple)
        assert not isinstance(quad.object, Triple)
        about[quad.subject.value][quad.predicate.value].append(quad.object)
    return about


@cache
def _superclasses() -> Mapping[str, tuple[str, ...]]:
    below = PREFIXES["rdfs"] + "subClassOf"
    return {node: tuple(term.value for term in said.get(below, ())) for node, said in _read("treatygraph.ttl").items()}


@cache
def _closed(names: tuple[str, ...]) -> frozenset[str]:
    """Classes with all that are above them."""
    closed = list(names)
    for name in closed:
        closed += [other for other in _superclasses().get(name, ()) if other not in closed]
    return frozenset(closed)


@cache
def _vocabulary() -> Mapping[str, frozenset[str]]:
    """The classes of the concepts and of whatever else the vocabularies name."""
    notations: dict[str, frozenset[str]] = {}
    for name in ("schemes.ttl", "treatygraph.ttl"):
        for node, said in _read(name).items():
            notations[node] = _closed(tuple(sorted(term.value for term in said.get(_TYPE, ()))))
    return notations
