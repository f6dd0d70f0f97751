"""Links to Wikidata as facts: each id with the source it was read in; names of states in other languages."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from treatygraph.answers.between import Question, between
from treatygraph.bonds.powers import find
from treatygraph.build.index import Index
from treatygraph.facts import Findings, link_lines, read_links
from treatygraph.facts.wikidata_links import COLUMNS
from treatygraph.labels import FILE, called, read_labels
from treatygraph.model.dates import day
from treatygraph.model.errors import UnknownName
from treatygraph.model.folders import room
from treatygraph.model.names import key
from treatygraph.model.records import Facts
from treatygraph.triplestore.quads import quads
from treatygraph.wikidata.properties import PROPERTIES, TREATY

ROOT = Path(__file__).resolve().parent.parent
FILES = ("links.sssom.tsv", "link-candidates.sssom.tsv")
GOOD = "tg:state/USA\tUnited States\t\t\tskos:exactMatch\twd:Q30\t\tsemapv:ManualMappingCuration\t\t\t2026-01-01\t0.95\tgazette\tpage 9\t"


# -------- What ships


def test_every_id_carries_the_source_it_was_read_in(facts: Facts) -> None:
    """A source that says so itself: not general knowledge, and not our own judgement."""
    assert len(facts.links) > 800
    for link in (*facts.links, *facts.candidates):
        assert link.cite.sources, link
        assert link.cite.at, link
        kinds = {facts.sources[name].kind for name in link.cite.sources}
        assert "recall" not in kinds, f"{link.cite.place}: {link.item} rests on general knowledge."
        if not link.rejected:
            assert kinds != {"editorial"}, f"{link.cite.place}: {link.item} was read nowhere. Fix: cite where it was."


def test_what_only_machines_have_written_is_a_candidate_and_no_link(facts: Facts) -> None:
    for link in facts.links:
        titles = [facts.sources[name].title for name in link.cite.sources]
        assert not all(title.startswith("A machine-written") for title in titles), link
    assert {link.record for link in facts.candidates} == {"antarctic-treaty"}


def test_no_id_stands_anywhere_else() -> None:
    """Ids in code, questions and pages are those of the files of links, or made up (from Q900000001 on)."""
    known = {link.item for name in FILES for link in read_links(room("graph") / name, name, Findings())}
    known |= {*PROPERTIES, TREATY}
    for folder, pattern in (
        ("treatygraph", "*.py"),
        ("queries", "*.rq"),
        ("docs", "wikidata.md"),
        ("ontology", "*.ttl"),
    ):
        for path in sorted((ROOT / folder).rglob(pattern)):
            found = set(re.findall(r"\b[QP][1-9]\d{1,9}\b(?![DMY])", path.read_text(encoding="utf-8")))
            found = {one for one in found if not re.fullmatch(r"P\d{1,2}", one) or one in PROPERTIES}
            unread = sorted(one for one in found - known if not one.startswith("Q9000000"))
            assert unread == [], f"{path.name}: {unread} stand in no file of links. Fix: take them out, or link them."


def test_every_property_says_where_it_was_read() -> None:
    assert all(one.label and one.read for one in PROPERTIES.values())


@pytest.mark.parametrize("name", FILES)
def test_the_files_are_in_their_order_and_written_as_they_are_read(name: str) -> None:
    text = (room("graph") / name).read_text(encoding="utf-8")
    head = [line for line in text.splitlines() if line.startswith("#")]
    found = Findings()
    assert "\n".join([*head, *link_lines(read_links(room("graph") / name, name, found))]) + "\n" == text
    assert found.found == []


@pytest.mark.parametrize("name", FILES)
def test_the_header_is_metadata_of_sssom(name: str) -> None:
    import yaml

    text = (room("graph") / name).read_text(encoding="utf-8")
    head = yaml.safe_load("\n".join(line[1:] for line in text.splitlines() if line.startswith("#")))
    assert {"mapping_set_id", "license", "curie_map"} <= set(head)
    used = {cell.partition(":")[0] for line in text.splitlines() if not line.startswith("#")
            for cell in line.split("\t")[:8] if re.match(r"(semapv|skos|tg|tgo|tgs|wd):", cell)}  # fmt: skip
    assert used <= set(head["curie_map"])
    assert {one["slot_name"] for one in head["extension_definitions"]} == {"source", "at"}


def test_rejected_links_are_no_links_in_the_graph(facts: Facts) -> None:
    rejected = {link.address for link in facts.links if link.rejected}
    assert rejected
    objects = {getattr(quad.object, "value", "") for quad in quads(facts, ())}
    assert not rejected & objects
    assert "http://www.wikidata.org/entity/Q2002064" in objects


def test_an_article_is_known_for_most_instruments_that_have_one(facts: Facts) -> None:
    kinds = Counter(article.kind for article in facts.articles)
    assert kinds["instrument"] >= 110
    assert kinds["official"] >= 180


# -------- Reading


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("wd:Q30", "wd:30", "'wd:30' is no item"),
        ("wd:Q30", "http://www.wikidata.org/entity/Q30", "is no item"),
        ("tg:state/USA", "state/USA", "'state/USA' is no subject"),
        ("tg:state/USA", "tg:planet/USA", "is no subject"),
        ("tg:state/USA", "", "is no subject"),
        ("tg:state/USA", "tg:state/USB", "'USB' has no record"),
        ("skos:exactMatch", "owl:sameAs", "'owl:sameAs' is no predicate"),
        ("\t\t\tskos", "\t\tNo\tskos", "'No' is no modifier"),
        ("semapv:ManualMappingCuration", "", "how it was found"),
        ("2026-01-01", "last year", "has no day"),
        ("0.95", "95%", "no number from 0 to 1"),
        ("gazette\tpage 9", "\tpage 9", "no source or no place"),
        ("gazette", "bulletin", "'bulletin' has no record"),
        ("gazette", "recall", "rests on general knowledge"),
        ("\tpage 9\t", "\tpage 9", "14 cells for 15 columns"),
        ("United States", "", "no subject_label"),
    ],
)
def test_a_broken_link_is_found_at_its_line(tiny: Any, old: str, new: str, says: str) -> None:
    tiny.put("links.sssom.tsv", "\n".join(["# a: b", "\t".join(COLUMNS), GOOD.replace(old, new, 1)]) + "\n")
    found = _problems(tiny)
    assert len(found) == 1, found
    assert found[0].startswith("links.sssom.tsv:3: "), found
    assert says in found[0]


def _problems(tiny: Any) -> list[str]:
    from treatygraph.model.errors import FactsError

    try:
        return [str(finding) for finding in tiny.errors()]
    except FactsError as problem:
        return [str(finding) for finding in problem.findings]


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (GOOD.replace("Q30", "Q31"), "two-exact-links"),
        (GOOD.replace("\t\t\tskos", "\t\tNot\tskos"), "doubled-link"),
        (GOOD.replace("tg:state/USA", "tg:office/usa/king"), "link-from-nothing"),
        (GOOD.replace("tg:state/USA", "tg:body/nobody"), "link-from-nothing"),
        (GOOD.replace("tg:state/USA", "tgo:kingdom"), "link-from-nothing"),
    ],
)
def test_links_that_cannot_stand_together_are_found(tiny: Any, row: str, rule: str) -> None:
    tiny.put("links.sssom.tsv", "\n".join(["\t".join(COLUMNS), GOOD, row]) + "\n")
    assert [finding.rule for finding in tiny.errors()] == [rule]


def test_a_file_with_other_columns_is_not_read(tiny: Any) -> None:
    tiny.put("links.sssom.tsv", "subject_id\tobject_id\n")
    assert "the columns differ" in _problems(tiny)[0]


# -------- Names in other languages


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("США", "Россия"),
        ("美国", "俄罗斯"),
        ("Vereinigte Staaten", "Russland"),
        ("États-Unis", "Russie"),
        ("ETATS UNIS", "russie"),
        ("Estados Unidos", "Rusia"),
        ("الولايات المتحدة", "روسيا"),
    ],
)
def test_between_in_other_languages(first: str, second: str, graph_index: Index) -> None:
    def answer(one: str, other: str) -> str:
        question = Question((one, other), day("2021-05-28"))
        return between(graph_index, one, other, question).answer

    assert answer(first, second) == answer("US", "Russia")


def test_a_name_of_ours_comes_before_any_label(graph_index: Index) -> None:
    for label in read_labels(FILE):
        entry = graph_index.named(key(label.label))
        if entry:
            assert label.record in {record for kind, record, _ in entry if kind == "state"}, label


def test_every_label_names_one_state_and_says_where_it_is_from(graph_index: Index) -> None:
    labels = list(read_labels(FILE))
    assert len(labels) > 1150
    assert {label.language for label in labels} == {"ar", "de", "es", "fr", "ru", "zh"}
    for label in labels:
        assert label.origin
        assert find(graph_index, label.label, ("state",)) == ("state", label.record), label
    confirmed = sum(bool(label.confirmed) for label in labels)
    assert confirmed / len(labels) > 0.95
    assert (FILE.parent / "LICENSE.unicode").read_text(encoding="utf-8").startswith("UNICODE LICENSE V3")


def test_labels_agree_with_rigour() -> None:
    """Every label that rigour knows, it knows for the same state."""
    territories = pytest.importorskip("rigour.territories")
    for label in read_labels(FILE):
        found = territories.lookup_territory(label.label)
        assert found is None or found.alpha3.upper() == label.record, label
        assert found is not None or not label.confirmed, label


def test_labels_agree_with_pycountry() -> None:
    """No label is another state's name in the translations of ISO 3166; nothing of these ships."""
    import gettext

    pycountry = pytest.importorskip("pycountry")
    codes = {country.alpha_3 for country in pycountry.countries}
    compared = 0
    for language in ("ar", "de", "es", "fr", "ru", "zh_CN"):
        names = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language])
        theirs = {key(names.gettext(country.name)): country.alpha_3 for country in pycountry.countries}
        for label in read_labels(FILE):
            if label.language == language[:2] and label.record in codes and key(label.label) in theirs:
                assert theirs[key(label.label)] == label.record, label
                compared += 1
    assert compared > 800


def test_what_two_states_share_leads_nowhere(tmp_path: Path, graph_index: Index) -> None:
    file = tmp_path / "labels.csv"
    file.write_text(
        "kind,record,language,label,origin,confirmed\nstate,USA,xx,Landia,x,\nstate,RUS,xy,LANDIA,x,\nstate,USA,xx,Usonia,x,\n",
        encoding="utf-8",
    )
    assert called("landia", ("state",), file) is None
    assert called("usonia", ("state",), file) == ("state", "USA")
    assert called("usonia", ("official",), file) is None
    assert called("usonia", ("state",), tmp_path / "none.csv") is None
    with pytest.raises(UnknownName):
        find(graph_index, "Landia", ("state",))


def test_the_answer_about_a_state_shows_whose_its_labels_are(built_cache: Path) -> None:
    from treatygraph.graph import open_graph

    record = open_graph().show("美国").to_dict()
    assert record["id"] == "USA"
    labels = {line["value"]: line["from"] for line in record["from elsewhere"]}
    assert labels["Vereinigte Staaten"].startswith("Unicode CLDR")
    assert labels["США"].startswith("rigour")
    assert [line["value"] for line in record["links"]] == ["http://www.wikidata.org/entity/Q30"]
