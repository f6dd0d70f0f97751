"""The ontology, the schemes, the shapes and what a build writes use exactly the same terms."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from treatygraph.facts import read
from treatygraph.law.clauses import CLAUSE_KEYS
from treatygraph.law.derivations import Corpus
from treatygraph.model import vocabulary
from treatygraph.model.folders import room
from treatygraph.model.terms import (
    BASE,
    CONCEPTS,
    DERIVED,
    FACTS,
    ONTOLOGY,
    PREFIXES,
    READINGS,
    SCHEMES,
    TERMS,
    TG,
    concept,
)
from treatygraph.triplestore import quads as writing
from treatygraph.triplestore.quads.clauses import CLAUSE_CLASSES, KEY_TERMS
from treatygraph.triplestore.quads.instruments import RELATION_TERMS

SMALL = Path(__file__).resolve().parent / "small_graph"
SKOS = PREFIXES["skos"]
RDFS = PREFIXES["rdfs"]
OWL = PREFIXES["owl"]
SHACL = "http://www.w3.org/ns/shacl#"
TYPE = PREFIXES["rdf"] + "type"
LITERAL = RDFS + "Literal"
LOADED = ("treatygraph", "schemes", "rules", "dataset")
"""The files that go into the store with the facts."""


@cache
def turtle(name: str) -> tuple[Quad, ...]:
    return tuple(parse(path=str(room("ontology") / f"{name}.ttl"), format=RdfFormat.TURTLE))


@cache
def small() -> tuple[Quad, ...]:
    """The made-up world as quads."""
    facts = read(SMALL)
    return tuple(writing.quads(facts, Corpus(facts).derivations()))


def values(name: str, predicate: str) -> dict[str, list[str]]:
    """Subject to objects of one predicate in one file."""
    found: dict[str, list[str]] = {}
    for quad in turtle(name):
        if quad.predicate.value == predicate and isinstance(quad.subject, NamedNode):
            found.setdefault(quad.subject.value, []).append(getattr(quad.object, "value", ""))
    return found


def terms_in(quads: tuple[Quad, ...]) -> set[str]:
    """The local names of ours that stand in any place of the quads."""
    nodes = {node for quad in quads for node in (quad.subject, quad.predicate, quad.object)}
    return {node.value.removeprefix(ONTOLOGY) for node in nodes if isinstance(node, NamedNode) and _is_ours(node)}


def _is_ours(node: NamedNode) -> bool:
    return node.value.startswith(ONTOLOGY) and node.value != ONTOLOGY


def is_a(*types: str) -> set[str]:
    """The terms that the ontology declares with one of the types."""
    declared = values("treatygraph", TYPE)
    return {
        name.removeprefix(ONTOLOGY)
        for name, found in declared.items()
        if name.startswith(ONTOLOGY) and {OWL + one for one in types} & set(found)
    }


# -------- The ontology


def test_the_terms_are_those_of_the_ontology() -> None:
    declared = is_a("Class", "ObjectProperty", "DatatypeProperty")
    assert sorted(declared ^ TERMS) == [], (
        "Fix: ontology/treatygraph.ttl and treatygraph/model/terms.py must name the same."
    )
    assert terms_in(turtle("treatygraph")) == TERMS


def test_classes_begin_with_a_capital_and_properties_do_not() -> None:
    assert all(name[0].isupper() for name in is_a("Class"))
    assert all(name[0].islower() for name in is_a("ObjectProperty", "DatatypeProperty"))


@pytest.mark.parametrize("predicate", [RDFS + "label", SKOS + "definition", SKOS + "example"])
def test_every_term_has(predicate: str) -> None:
    said = values("treatygraph", predicate)
    assert [name for name in sorted(TERMS) if len(said.get(TG(name), [])) != 1] == []
    assert all(text.strip() for texts in said.values() for text in texts)


def test_every_label_is_used_once_for_a_class_and_once_for_a_property() -> None:
    labels = values("treatygraph", RDFS + "label")
    for kind in (is_a("Class"), is_a("ObjectProperty", "DatatypeProperty")):
        said = [labels[TG(name)][0] for name in kind]
        assert sorted(label for label in set(said) if said.count(label) > 1) == []


def test_properties_fit_their_range() -> None:
    ranges = values("treatygraph", RDFS + "range")
    for name in is_a("DatatypeProperty"):
        assert [one.startswith(PREFIXES["xsd"]) or one == LITERAL for one in ranges[TG(name)]] == [True], name
    for name in is_a("ObjectProperty"):
        assert not any(one.startswith(PREFIXES["xsd"]) for one in ranges.get(TG(name), [])), name


def test_a_range_is_of_owl_2() -> None:
    """OWL 2 has no xsd:date: the range of a date is any literal, and the shapes require the day."""
    assert PREFIXES["xsd"] + "date" not in {
        one for found in values("treatygraph", RDFS + "range").values() for one in found
    }
    days = {name for name, found in values("treatygraph", RDFS + "range").items() if found == [LITERAL]}
    required = {
        node for node, found in values("shapes", SHACL + "datatype").items() if found == [PREFIXES["xsd"] + "date"]
    }
    assert len(days) > 30
    assert required


def test_every_term_says_where_it_is_defined() -> None:
    defined = values("treatygraph", RDFS + "isDefinedBy")
    assert [name for name in sorted(TERMS) if defined.get(TG(name)) != [ONTOLOGY.rstrip("#")]] == []


def test_no_node_is_two_things_that_are_disjoint_nor_says_twice_what_is_functional() -> None:
    types, above = _types_of_small(), _above()
    apart = [(one, other) for one, found in values("treatygraph", OWL + "disjointWith").items() for other in found]
    assert len(apart) > 100
    for node, direct in types.items():
        known = _all_types(direct, above)
        assert [pair for pair in apart if known.issuperset(pair)] == [], node
    functional = {TG(name) for name in is_a("FunctionalProperty")}
    assert len(functional) > 100
    said: dict[tuple[str, str], set[str]] = {}
    for quad in small():
        if quad.predicate.value in functional:
            said.setdefault((_value(quad.subject), quad.predicate.value), set()).add(str(quad.object))
    assert {key: found for key, found in said.items() if len(found) > 1} == {}


def test_the_schemes_are_whole() -> None:
    """Top concepts and narrower ones are said from both ends."""
    for name in ("schemes", "rules"):
        for one, other in (("topConceptOf", "hasTopConcept"), ("broader", "narrower")):
            there = {(a, b) for a, found in values(name, SKOS + one).items() for b in found}
            back = {(b, a) for a, found in values(name, SKOS + other).items() for b in found}
            assert there == back, (name, one)


def test_every_reading_is_a_concept_with_a_label() -> None:
    views = {
        _value(quad.subject)
        for quad in small()
        if quad.predicate.value == TYPE and _value(quad.object) == TG("Reading")
    }
    assert views
    for predicate in ("prefLabel", "inScheme", "notation"):
        assert views <= {_value(quad.subject) for quad in small() if quad.predicate.value == SKOS + predicate}, (
            predicate
        )


def test_what_the_build_writes_fits_domain_and_range() -> None:
    types, above = _types_of_small(), _above()
    domains, ranges = values("treatygraph", RDFS + "domain"), values("treatygraph", RDFS + "range")
    for quad in small():
        name = quad.predicate.value
        for wanted in domains.get(name, []):
            assert wanted in _all_types(types[_value(quad.subject)], above), f"{quad.subject} is no {wanted}, by {name}"
        for wanted in ranges.get(name, []):
            assert _fits(quad.object, wanted, types, above), f"{quad.object} is no {wanted}, by {name}"


def _value(node: object) -> str:
    return str(getattr(node, "value", ""))


def _types_of_small() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for quad in (*small(), *turtle("schemes")):
        if quad.predicate.value == TYPE:
            found.setdefault(_value(quad.subject), set()).add(_value(quad.object))
    return found


def _above() -> dict[str, list[str]]:
    return values("treatygraph", RDFS + "subClassOf")


def _all_types(types: set[str], above: dict[str, list[str]]) -> set[str]:
    found = set(types)
    for one in types:
        found |= _all_types(set(above.get(one, [])), above)
    return found


def _fits(value: object, wanted: str, types: dict[str, set[str]], above: dict[str, list[str]]) -> bool:
    if isinstance(value, Literal):
        return wanted in (value.datatype.value, LITERAL)
    assert isinstance(value, NamedNode)
    return wanted in _all_types(types[value.value], above)


# -------- The schemes


def test_the_concepts_are_those_of_the_schemes() -> None:
    notations, members = values("schemes", SKOS + "notation"), values("schemes", SKOS + "inScheme")
    found = {(members[node][0].removeprefix(SCHEMES), notations[node][0]): node for node in notations}
    assert set(found) == {(scheme, name) for scheme, names in CONCEPTS.items() for name in names}, (
        "Fix: ontology/schemes.ttl and treatygraph/model/vocabulary.py must name the same."
    )
    for (scheme, name), node in found.items():
        assert concept(scheme, name) == node


def test_every_word_of_the_facts_is_a_concept() -> None:
    assert set(CONCEPTS) == {*vocabulary.SCHEMES, "clause", "reading"}
    assert CONCEPTS["clause"] == set(CLAUSE_KEYS)


def test_every_concept_has_a_label_and_a_definition() -> None:
    labels, definitions = values("schemes", SKOS + "prefLabel"), values("schemes", SKOS + "definition")
    for node in values("schemes", TYPE):
        assert len(labels.get(node, [])) == 1, node
        assert len(definitions.get(node, [])) == 1, node


def test_nuclear_stands_above_all_nuclear_topics() -> None:
    broader = values("schemes", SKOS + "broader")
    below = {
        name for name in vocabulary.TOPICS if concept("topic", "nuclear") in broader.get(concept("topic", name), [])
    }
    assert below == {
        "strategic-offensive-arms",
        "intermediate-range-missiles",
        "fissile-material",
        *(name for name in vocabulary.TOPICS if name.startswith("nuclear-")),
    }


def test_broader_topics_lead_to_a_top() -> None:
    broader, tops = values("schemes", SKOS + "broader"), values("schemes", SKOS + "topConceptOf")
    known = {concept("topic", name) for name in CONCEPTS["topic"]}
    for node in known:
        assert set(broader.get(node, [])) <= known
        assert (node in broader) != (node in tops), node


# -------- The writer's tables


def test_every_key_of_every_clause_has_a_term() -> None:
    keys = {("", "gist"), *((kind, key) for kind, known in CLAUSE_KEYS.items() for key in known)}
    missing = [(kind, key) for kind, key in sorted(keys) if f"{kind}.{key}" not in KEY_TERMS and key not in KEY_TERMS]
    assert missing == [], "Fix: add the key to KEY_TERMS in treatygraph/triplestore/quads/clauses.py."
    known = {key for _, key in keys} | {f"{kind}.{key}" for kind, key in keys}
    assert [key for key in KEY_TERMS if key not in known] == []


def test_every_kind_of_clause_and_relation_has_a_term() -> None:
    assert set(CLAUSE_CLASSES) == set(CLAUSE_KEYS)
    assert set(RELATION_TERMS) == set(vocabulary.RELATIONS)
    assert set(RELATION_TERMS.values()) <= TERMS


# -------- What is written


def test_what_is_written_uses_terms_of_the_ontology() -> None:
    assert terms_in(small()) <= TERMS


def test_every_term_is_used() -> None:
    """By what a build writes of a world that has every kind of record, and by the shapes; no term is idle."""
    used = terms_in(small())
    quoted = {"standsUnder"}  # only the export of statements has it
    assert sorted(TERMS - used - {"periodFrom"} - quoted) == [], (
        "Fix: use the term in tests/small_graph, or take it out."
    )
    assert sorted(TERMS - terms_in(turtle("shapes"))) == [], "Fix: say in ontology/shapes.ttl what the term needs."


def test_shapes_use_terms_of_the_ontology() -> None:
    assert terms_in(turtle("shapes")) <= TERMS
    assert set(values("shapes", SHACL + "targetClass")) == {
        f"{BASE}shapes#{name}" for name in TERMS if name[0].isupper()
    }


def test_questions_use_terms_of_the_ontology() -> None:
    for path in sorted(room("queries").glob("*.rq")):
        assert set(re.findall(r"\btg:(\w+)", path.read_text(encoding="utf-8"))) <= TERMS, path.name


def test_the_description_of_the_dataset_has_examples_that_exist() -> None:
    examples = [
        value for found in values("dataset", "http://rdfs.org/ns/void#exampleResource").values() for value in found
    ]
    facts = read(room("graph"))
    assert {f"{BASE}id/state/{code}" for code in facts.states} & set(examples)
    assert {f"{BASE}id/instrument/{name}" for name in facts.instruments} & set(examples)


def test_the_whole_of_the_facts_can_be_written() -> None:
    written = tuple(writing.quads(read(room("graph")), ()))
    assert terms_in(written) <= TERMS
    described = {quad.subject for quad in written}
    links = {
        quad.object for quad in written if isinstance(quad.object, NamedNode) and f"{BASE}id/" in quad.object.value
    }
    assert sorted(node.value for node in links - described) == []


def test_there_are_no_blank_nodes() -> None:
    for quads in (small(), *(turtle(name) for name in LOADED)):
        assert not any(isinstance(node, BlankNode) for quad in quads for node in (quad.subject, quad.object))


def test_no_triple_stands_in_two_graphs() -> None:
    facts = {quad.triple for quad in small() if quad.graph_name == NamedNode(FACTS)}
    facts |= {quad.triple for name in LOADED for quad in turtle(name)}
    derived = {quad.triple for quad in small() if quad.graph_name == NamedNode(DERIVED)}
    assert facts
    assert derived
    assert not facts & derived
    others = {quad.triple for quad in small() if quad.graph_name == NamedNode(READINGS)}
    assert others
    assert not others & (facts | derived)
    assert len({quad.graph_name for quad in small()}) == 3


def test_dates_have_no_time_and_no_zone() -> None:
    literals = {quad.object for quad in small() if isinstance(quad.object, Literal)}
    assert {one.datatype.value.removeprefix(PREFIXES["xsd"]).removeprefix(PREFIXES["rdf"]) for one in literals} == {
        "string",
        "langString",
        "date",
        "integer",
        "decimal",
        "boolean",
    }
    dates = [one.value for one in literals if one.datatype.value.endswith("date")]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", text) for text in dates), "questions compare days as text"
    assert {"0001-01-01", "9999-12-31"} <= set(dates)


def test_links_lead_to_described_nodes() -> None:
    described = {quad.subject for quad in small()} | {quad.subject for name in LOADED for quad in turtle(name)}
    for quad in small():
        if isinstance(quad.object, NamedNode) and quad.object.value.startswith(BASE) and not _is_ours(quad.object):
            assert quad.object in described, quad


def test_the_same_facts_give_the_same_bytes() -> None:
    facts = read(SMALL)
    first = writing.nquads(facts, Corpus(facts).derivations())
    second = writing.nquads(read(SMALL), reversed(Corpus(facts).derivations()))
    assert first == second
    lines = first.splitlines()
    assert lines == sorted(set(lines))


def test_a_standing_says_why() -> None:
    about = {
        quad.predicate.value.removeprefix(ONTOLOGY): _value(quad.object)
        for quad in small()
        if quad.subject == NamedNode(f"{BASE}id/standing/depositary/lake-treaty/XBB/3")
    }
    assert about["standing"] == concept("standing", "party")
    assert (about["from"], about["until"]) == ("1972-03-01", "1990-01-01")
    assert (about["since"], about["untilText"]) == ("1972-03-01", "1990-01-01")
    assert about["because"] == f"{BASE}id/act/lake-treaty/XBB/ratification/1972-01-01/lake-office"
    assert about["endingRule"] == "R33"
