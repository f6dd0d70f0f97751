"""The built graph: each shape and each query that must find nothing sees what is broken on purpose."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import NamedTuple

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from tiny_record import Tiny
from treatygraph.answers.check import check
from treatygraph.checks.coherence import incoherent
from treatygraph.checks.graph import graph_findings
from treatygraph.checks.graph.places import Places
from treatygraph.checks.graph.queries import broken_rules, rules
from treatygraph.checks.graph.shapes import broken_shapes
from treatygraph.law.derivations import Corpus
from treatygraph.model.dates import OPEN
from treatygraph.model.errors import Finding
from treatygraph.model.terms import BASE, DERIVED, TG, concept, iri
from treatygraph.triplestore.quads import quads

CARD = "instruments/test-ban.yaml"
LEDGER = "acts/test-ban.csv"
EVENT = "events/1963-08-05-test-ban.yaml"
GUIDELINES = "instruments/guidelines.yaml"


class Break(NamedTuple):
    """Changes to the tiny record, and the query that sees them: where, and what it says."""

    rule: str
    changes: tuple[tuple[str, str, str], ...]
    record: str
    says: str


BREAKS = [
    Break("ended-without-beginning", ((CARD, "entry_into_force: {date: '1963-10-10'", "ended: {how: expired, date: '1990'"), (CARD, "[GBR, SUN, USA], delay", "[GBR, SUN, USA], count: '9', delay")), "instrument/test-ban", "never entered into force"),
    Break("pledge-in-force", ((GUIDELINES, "signed: {date: '1974-09', source", "entry_into_force: {date: '1974-10', source: register, at: x}\nsigned: {date: '1974-09', source"),), "instrument/guidelines", "not a treaty, yet in force since 1974-10"),
    Break("pledge-in-force", (("acts/guidelines.csv", "USA,adherence", "USA,ratification"),), "instrument/guidelines", "act/guidelines/USA/ratification"),
    Break("adopted-and-in-force-at-once", ((CARD, "date: '1963-10-10'", "date: '1963-08-05'"),), "instrument/test-ban", "in force on 1963-08-05"),
    Break("withdrawal-before-entry", ((LEDGER, "GBR,notice-of-withdrawal,1995-01-31,1995-04-30,,,London,register,test-ban,\n", ""), (LEDGER, "GBR,ratification", "GBR,notice-of-withdrawal")), "act/test-ban/GBR/notice-of-withdrawal/1963-09-10/london", "when the treaty was not in force"),
    Break("withdrawal-counted-twice", ((LEDGER, "1995-04-30,,,London,register,test-ban,\n", ",,,London,register,test-ban,\nGBR,withdrawal,1995-05-02,,,,London,register,test-ban,\n"),), "act/test-ban/GBR/withdrawal/1995-05-02/london", "the notice of 1995-01-31 already has this effect"),
    Break("in-force-before-signature", ((CARD, "signed: {date: '1963-08-05'", "signed: {date: '1963-11-05'"),), "instrument/test-ban", "but was signed on 1963-11-05"),
    Break("ended-before-beginning", ((GUIDELINES, "'2001-05-01'", "'1971-05-01'"),), "instrument/guidelines", "ended on 1971-05-01"),
    Break("two-instruments-in-one", ((CARD, "'Treaty Banning Tests'", "'Treaty Banning Tests + Protocol'"),), "instrument/test-ban", "names more than one"),
    Break("later-instrument-superseded", ((CARD, "coverage:", "relations:\n  - {relation: supersedes, instrument: guidelines, source: register, at: x}\ncoverage:"),), "instrument/test-ban", "related to the later guidelines"),
    Break("official-not-alive", (("officials.csv", "USA,1909,1994", "USA,1909,1961-05-01"),), "event/1963-08-05-test-ban", "died on 1961-05-01"),
]  # fmt: skip

INJECTED = {
    "triple-in-two-graphs": Quad(
        NamedNode(iri("instrument", "test-ban")),
        NamedNode(TG("topic")),
        NamedNode(concept("topic", "nuclear-testing")),
        NamedNode(DERIVED),
    ),
    "unknown-concept": Quad(
        NamedNode(iri("instrument", "test-ban")),
        NamedNode(TG("topic")),
        NamedNode(f"{BASE}scheme/topic/gardening"),
    ),
}
"""What the facts cannot bring about, because making the graph refuses it: a triple put in by hand."""


def made(tiny: Tiny) -> list[Quad]:
    facts = tiny.facts()
    return list(quads(facts, Corpus(facts).derivations()))


def found(tiny: Tiny) -> list[Finding]:
    return list(broken_rules(made(tiny), Places(tiny.facts())))


def test_a_sound_record_breaks_nothing(tiny: Tiny) -> None:
    facts = tiny.facts()
    assert list(graph_findings(facts, Corpus(facts).derivations())) == []


@pytest.mark.parametrize("case", BREAKS, ids=lambda case: f"{case.rule}: {case.says}")
def test_a_query_sees_what_is_broken(tiny: Tiny, case: Break) -> None:
    for file, old, new in case.changes:
        tiny.change(file, old, new)
    mine = [finding for finding in found(tiny) if finding.rule == case.rule]
    assert [finding.record for finding in mine] == [case.record]
    assert case.says in mine[0].message
    assert mine[0].mend
    file, _, line = mine[0].place.partition(":")
    assert (tiny.root / file).is_file()
    assert line.isdecimal()


@pytest.mark.parametrize("rule", sorted(INJECTED))
def test_a_query_sees_a_triple_that_must_not_be(tiny: Tiny, rule: str) -> None:
    broken = broken_rules([*made(tiny), INJECTED[rule]], Places(tiny.facts()))
    assert [(finding.rule, finding.record) for finding in broken] == [(rule, "instrument/test-ban")]


def test_every_query_is_broken_once() -> None:
    assert {rule.name for rule in rules()} == {*(case.rule for case in BREAKS), *INJECTED}


def test_a_query_says_what_must_not_be_and_how_to_mend_it() -> None:
    for rule in rules():
        assert rule.never.endswith("."), rule.name
        assert rule.mend.endswith("."), rule.name
        assert "SERVICE" not in rule.text


# -------- The shapes

ACT = "act/test-ban/GBR/ratification/1963-09-10/london"
STANDING = "standing/depositary/test-ban/GBR/1"
PATHS = {
    "no source": (ACT, "source", None, "minCount"),
    "two kinds": (ACT, "actKind", concept("act", "signature"), "maxCount"),
    "no concept": (ACT, "actKind", f"{BASE}scheme/act/promise", "class"),
    "another scheme": (ACT, "actKind", concept("event-type", "ratification"), "pattern"),
    "not a date": (ACT, "dateEdtf", "New Year", "node"),
    "a date that is text": (ACT, "date", "New Year", "datatype"),
    "not a day": (ACT, "dateEarliest", "1963-09-10", "datatype"),
    "the wrong way round": (
        ACT.replace("GBR", "USA").replace("london", "washington"),
        "dateEarliest",
        date(2050, 1, 1),
        "lessThanOrEquals",
    ),
    "empty": (ACT, "at", "", "minLength"),
    "ends at once": (STANDING, "from", date(2050, 1, 1), "lessThan"),
    "no such rule": (STANDING, "rule", "R99", "pattern"),
    "no such ground": (STANDING, "because", f"{BASE}id/act/none", "node"),
    "statements missing": ("instrument/test-ban", "about", None, "minCount"),
}


def broken(whole: list[Quad], node: str, term: str, value: object) -> list[Quad]:
    """The graph with one value in place of another; None: without it; a second kind: beside the first."""
    subject, predicate = NamedNode(f"{BASE}id/{node}"), NamedNode(TG(term))
    if term == "about":
        return [quad for quad in whole if not (quad.predicate == predicate and quad.object == subject)]
    mine = [quad for quad in whole if quad.subject == subject and quad.predicate == predicate]
    rest = whole if term == "actKind" and value == concept("act", "signature") else [q for q in whole if q not in mine]
    if value is None:
        return rest
    new = NamedNode(value) if isinstance(value, str) and value.startswith("http") else _literal(value)
    return [*rest, Quad(subject, predicate, new, mine[0].graph_name)]


def _literal(value: object) -> Literal:
    if isinstance(value, date):
        return Literal(value.isoformat(), datatype=NamedNode("http://www.w3.org/2001/XMLSchema#date"))
    return Literal(str(value))


@pytest.mark.parametrize("name", sorted(PATHS))
def test_a_broken_shape_is_found_at_its_line(tiny: Tiny, name: str) -> None:
    node, term, value, rule = PATHS[name]
    facts = tiny.facts()
    findings = list(broken_shapes(broken(made(tiny), node, term, value), Places(facts)))
    assert (node, f"'{term}' breaks {rule} of the shape") in {
        (finding.record, finding.message.partition(": ")[2].rpartition(" ")[0]) for finding in findings
    }
    mine = next(finding for finding in findings if finding.record == node)
    assert mine.rule == "shape"
    assert mine.place.startswith(LEDGER if node.startswith("act/") else CARD)


def test_a_shacl_engine_says_the_same(tiny: Tiny) -> None:
    """Every break at once, on different nodes where one would hide another: the same nodes, paths and constraints."""
    pyshacl, rdflib = pytest.importorskip("pyshacl"), pytest.importorskip("rdflib")
    from pyoxigraph import RdfFormat, serialize

    from treatygraph.model.folders import room

    whole = made(tiny)
    for node, term, value, _ in PATHS.values():
        whole = broken(whole, node, term, value)
    ours = {
        (finding.record, finding.message.split("'")[1], finding.message.split(" breaks ")[1].split()[0])
        for finding in broken_shapes(whole, Places(tiny.facts()))
    }
    data = rdflib.Graph().parse(
        data=serialize((quad.triple for quad in whole), format=RdfFormat.N_TRIPLES), format="nt"
    )
    for vocabulary in ("treatygraph", "schemes"):
        data.parse(room("ontology") / f"{vocabulary}.ttl")
    _, report, _ = pyshacl.validate(data, shacl_graph=rdflib.Graph().parse(room("ontology") / "shapes.ttl"))
    shacl = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    theirs = set()
    for result in report.subjects(rdflib.RDF.type, shacl.ValidationResult):
        node = str(report.value(result, shacl.focusNode)).removeprefix(f"{BASE}id/")
        path = report.value(result, shacl.resultPath)
        if path is None:  # the detail of a value that does not fit the shape it is put to
            continue
        inverse = report.value(path, shacl.inversePath) if isinstance(path, rdflib.BNode) else None
        constraint = str(report.value(result, shacl.sourceConstraintComponent)).removeprefix(str(shacl))
        name = constraint.removesuffix("ConstraintComponent")
        theirs.add((node, str(inverse or path).rpartition("#")[2], name[0].lower() + name[1:]))
    assert ours == theirs
    assert len(ours) >= len(PATHS) - 2


# -------- What the rules yield, against itself


def test_standings_that_cannot_be_are_found(tiny: Tiny) -> None:
    facts = tiny.facts()
    derivations = Corpus(facts).derivations()
    assert list(incoherent(facts, derivations)) == []
    ban = next(item for item in derivations if (item.instrument, item.reading) == ("test-ban", "depositary"))
    party = next(item for item in ban.standings if (item.state, item.standing) == ("USA", "party"))
    early = replace(party, since="1963-08-06", start=date(1963, 8, 6))
    late = next(item for item in ban.standings if item.state == "SUN" and item.standing == "party")
    for standing, rule in (
        (replace(party, start=date(1990, 1, 1)), "two-standings-at-once"),
        (early, "bound-before-entry"),
        (replace(late, end=OPEN), "standing-outside-life"),
    ):
        wrong = replace(ban, standings=(*ban.standings, standing))
        assert rule in {finding.rule for finding in incoherent(facts, [wrong])}


def test_check_tells_of_files_records_and_the_graph(tiny: Tiny) -> None:
    tiny.change(CARD, "'Treaty Banning Tests'", "'Treaty Banning Tests + Protocol'")
    tiny.add("exceptions.csv", "two-instruments-in-one,instrument/test-ban,both are one text,2030-01-01")
    rules_found = {finding.rule for finding in check(str(tiny.root), date(2026, 1, 1), every=True).findings}
    assert "canonical-form" in rules_found
    assert "two-instruments-in-one" not in rules_found, "an exception permits it"
    assert "unused-exception" not in rules_found
    expired = check(str(tiny.root), date(2030, 1, 1), every=True).findings
    assert {"two-instruments-in-one", "expired-exception"} <= {finding.rule for finding in expired}


def test_every_rule_is_in_the_docs() -> None:
    """Each name of a rule that the code uses for a finding stands in docs/checks.md."""
    import ast
    from pathlib import Path

    root = Path(__file__).resolve().parent.parent
    named = {rule.name for rule in rules()}
    for path in (root / "treatygraph").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and len(node.args) >= 3 and isinstance(node.args[1], ast.Constant):
                called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if called in ("Finding", "add"):
                    named.add(str(node.args[1].value))
    page = (root / "docs" / "checks.md").read_text(encoding="utf-8")
    assert sorted(name for name in named if f"`{name}`" not in page) == []
