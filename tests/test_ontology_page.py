"""The page of the ontology that pyLODE makes: every term, with its definition, and nothing loaded from elsewhere."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from treatygraph.model.folders import room
from treatygraph.model.terms import ONTOLOGY

pytest.importorskip("pylode", reason="pyLODE is no part of the environment: pip install 'pylode>=3.3,<3.4'")
SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "ontology-page"


def test_every_term_has_its_definition_on_the_page(tmp_path: Path) -> None:
    file = tmp_path / "ontology.html"
    subprocess.run([sys.executable, str(SCRIPT), str(file)], check=True, timeout=300)
    page = file.read_text(encoding="utf-8")
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())
    ontology = rdflib.Graph().parse(room("ontology") / "treatygraph.ttl")
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    terms = {term for kind in kinds for term in ontology.subjects(RDF.type, kind) if str(term).startswith(ONTOLOGY)}
    assert len(terms) > 200
    for term in terms:
        assert str(term) in page, term
        assert str(ontology.value(term, RDFS.label)) in text, term
        assert " ".join(str(ontology.value(term, SKOS.definition)).split()) in text, term
    assert not re.search(r"<(?:script|link|img)[^>]+(?:src|href)=[\"']https?:", page)
