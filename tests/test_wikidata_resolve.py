"""Finding the items of records in Wikidata, and taking labels from there."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from treatygraph.build.documents import documents
from treatygraph.build.index import Index
from treatygraph.build.storage import MemoryStorage
from treatygraph.facts import Findings, read_links
from treatygraph.facts.wikidata_links import COLUMNS
from treatygraph.labels import called, read_labels
from treatygraph.law.derivations import Corpus
from treatygraph.model.dates import Span
from treatygraph.model.errors import FactsError
from treatygraph.triplestore.load import topics
from treatygraph.wikidata.accept import accept, write_links
from treatygraph.wikidata.client import Client
from treatygraph.wikidata.enrich import enrich, write
from treatygraph.wikidata.resolve import ItemCandidate, ResolvedItems, from_file, resolve
from treatygraph.wikidata.subjects import subjects
from wikidata_world import STATES, MakeClient, index_of, link

# -------- Resolve

ARTICLES = """instrument,test-ban,Test Ban Treaty,gazette,page 9,
official,rusk-dean,Dean Rusk,recall,unverified,
"""


def found_for(resolved: ResolvedItems) -> dict[str, list[tuple[str, bool]]]:
    found: dict[str, list[tuple[str, bool]]] = {}
    for one in resolved.candidates:
        found.setdefault(one.subject.record, []).append((one.item, one.exact))
    return found


def asked(tiny: Any, client: Client, *links: str) -> ResolvedItems:
    index = index_of(tiny, *STATES, *links, articles=ARTICLES)
    return resolve(client, subjects(index, ("instrument", "official")))


def test_resolve_finds_by_article_and_by_label_and_refuses_two_equal(tiny: Any, client: MakeClient) -> None:
    resolved = asked(tiny, client(), link("tg:official/home-alec", "Q900000007", modifier="Not"))
    assert found_for(resolved) == {
        "test-ban": [("Q900000001", True)],
        "rusk-dean": [("Q900000005", True)],
        "hotline": [("Q900000002", True), ("Q900000020", False)],
        "guidelines": [("Q900000003", False), ("Q900000004", False)],
        "gromyko-andrei": [("Q900000006", False)],
    }
    by_item = {one.item: one for one in resolved.candidates}
    assert by_item["Q900000001"].why == (
        "article 'Test Ban Treaty'",
        "the label is the same",
        "a treaty",
        "dated 1963-10-10",
    )
    assert by_item["Q900000005"].why[0] == "article 'Dean Rusk' (a title that was not read)"
    assert by_item["Q900000002"].why == ("by its label", "a treaty", "dated 1963-06-20")
    assert by_item["Q900000006"].why == ("by its label", "a person", "born 1950, 14611 days apart")
    assert by_item["Q900000003"].equal == ("Q900000004",)
    assert resolved.answer == "5 of 6 records without an item have candidates, 3 of them exact."


@pytest.mark.parametrize(
    ("days", "exact"),
    [
        (("1963-08-05",), True),  # the day that the item has, or one of them
        (("1964-05-01",), True),  # within a year, by article and label: adopted on the one day, opened on the other
        (("1966-05-01",), False),
        (("1966-05-01", "1963-08-06"), True),  # the day of adoption is on the card
    ],
)
def test_adoption_against_opening_for_signature_puts_nothing_off(
    tiny: Any, client: MakeClient, days: tuple[str, ...], exact: bool
) -> None:
    index = index_of(tiny, *STATES, articles=ARTICLES)
    subject = next(one for one in subjects(index, ("instrument",)) if one.record == "test-ban")
    dated = replace(subject, dates=tuple(("P585", Span.parse(day)) for day in days))
    resolved = resolve(client(), [dated])
    assert [(one.item, one.exact) for one in resolved.candidates] == [("Q900000001", exact)]


def test_the_day_of_adoption_on_the_card_is_one_of_its_dates(tiny: Any) -> None:
    card = (tiny.root / "instruments/test-ban.yaml").read_text(encoding="utf-8")
    tiny.put("instruments/test-ban.yaml", f"{card}adopted: {{date: '1963-07-25', source: register, at: page 1}}\n")
    subject = next(one for one in subjects(index_of(tiny), ("instrument",)) if one.record == "test-ban")
    assert ("P585", Span.parse("1963-07-25")) in subject.dates


def test_two_that_would_each_be_exact_refuse_each_other(tiny: Any, client: MakeClient) -> None:
    tiny.change("instruments/guidelines.yaml", "'Guidelines', source", "'Twin Pact', source")
    index = index_of(tiny, *STATES)
    resolved = resolve(client(), [one for one in subjects(index, ("instrument",)) if one.record == "guidelines"])
    twins = [one for one in resolved.candidates if one.score > 0.8]
    assert [(one.item, one.equal, one.exact) for one in twins] == [
        ("Q900000023", ("Q900000024",), False),
        ("Q900000024", ("Q900000023",), False),
    ]
    decided = accept(resolved.candidates, "2026-01-02", lambda _: "y", "A. Reviewer")
    assert decided.taken == []
    assert decided.left == ["Twin Pact: Q900000023, Q900000024 are equally good"]


def test_an_article_that_two_records_share_is_no_key(tiny: Any, client: MakeClient) -> None:
    index = index_of(tiny, *STATES, articles=ARTICLES + "instrument,hotline,Test Ban Treaty,gazette,page 9,\n")
    resolved = resolve(client(), subjects(index, ("instrument",)))
    assert "Q900000001" not in {item for item, _ in found_for(resolved)["hotline"]}
    assert {one.subject.article for one in resolved.candidates} == {""}
    assert next(one.why[0] for one in resolved.candidates if one.item == "Q900000001") == "by its label"


def test_accept_takes_the_exact_asks_about_the_rest_and_remembers(tiny: Any, client: MakeClient) -> None:
    resolved = asked(tiny, client())
    questions: list[str] = []

    def answer(text: str) -> str:
        questions.append(text)
        return "what?" if len(questions) == 1 else "n"

    decided = accept(resolved.candidates, "2026-01-02", answer, "A. Reviewer")
    assert sorted(taken.item for taken in decided.taken) == ["Q900000001", "Q900000002", "Q900000005"]
    assert sorted(gone.item for gone in decided.rejected) == ["Q900000006", "Q900000007"]
    assert decided.left == ["Guidelines: Q900000003, Q900000004 are equally good"]
    assert len(questions) == 3, "an answer that is none is asked for again"

    path = tiny.root / "links.sssom.tsv"
    write_links(path, [*decided.taken, *decided.rejected])
    assert tiny.errors() == []
    kept = {one.item: one for one in read_links(path, path.name, Findings())}
    assert kept["Q900000006"].rejected
    assert kept["Q900000006"].author == "A. Reviewer"
    assert kept["Q900000001"].cite.sources == ("wikidata",)
    assert path.read_text(encoding="utf-8").startswith("#mapping_set_id: test\n")

    again = asked_again(tiny, client())
    assert found_for(again) == {"guidelines": [("Q900000003", False), ("Q900000004", False)]}


def asked_again(tiny: Any, client: Client) -> ResolvedItems:
    facts = tiny.facts()
    index = Index(MemoryStorage(documents(facts, Corpus(facts).derivations(), topics())))
    return resolve(client, subjects(index, ("instrument", "official")))


def test_with_nobody_to_ask_only_the_exact_is_taken(tiny: Any, client: MakeClient) -> None:
    decided = accept(asked(tiny, client()).candidates, "2026-01-02", None)
    assert len(decided.taken) == 3
    assert decided.rejected == []
    assert len(decided.left) == 3


def test_stop_ends_the_questions(tiny: Any, client: MakeClient) -> None:
    questions: list[str] = []

    def answer(text: str) -> str:
        questions.append(text)
        return "s"

    accept(asked(tiny, client()).candidates, "2026-01-02", answer)
    assert len(questions) == 1


def test_a_name_that_the_file_has_already_is_found_without_asking(tiny: Any) -> None:
    row = link("", "Q900000005", "Dean Rusk").split("\t")
    row[COLUMNS.index("comment")] = "official"
    index = index_of(tiny, "\t".join(row), link("", "Q900000006", "Andrei Gromyko"))
    found = from_file(index, subjects(index, ("official",)))
    assert [(one.subject.record, one.item, one.exact) for one in found] == [("rusk-dean", "Q900000005", True)]
    assert found[0].link("2026-01-02").cite.sources == ("gazette",)
    write_links(tiny.root / "links.sssom.tsv", [found[0].link("2026-01-02")])
    kept = read_links(tiny.root / "links.sssom.tsv", "links", Findings())
    assert [(one.kind, one.record, one.item) for one in kept] == [
        ("official", "rusk-dean", "Q900000005"),
        ("", "", "Q900000006"),
    ], "the name has given way to the record"


def test_a_candidate_of_the_file_waits_for_somebody(tiny: Any) -> None:
    tiny.put(
        "link-candidates.sssom.tsv", "\n".join(["\t".join(COLUMNS), link("tg:instrument/hotline", "Q900000002")]) + "\n"
    )
    index = index_of(tiny)
    found = from_file(index, subjects(index, ("instrument",)))
    assert [(one.item, one.exact, one.why) for one in found] == [("Q900000002", False, ("unconfirmed, in gazette",))]
    assert accept(found, "2026-01-02", None).taken == []
    taken = accept(found, "2026-01-02", lambda _: "y", "A. Reviewer").taken
    assert [(one.item, one.cite.sources) for one in taken] == [("Q900000002", ("gazette", "wikidata"))]
    write_links(tiny.root / "links.sssom.tsv", taken)
    assert read_links(tiny.root / "link-candidates.sssom.tsv", "candidates", Findings()) == ()
    assert tiny.errors() == []


def test_a_broken_file_of_links_is_not_written_to(tiny: Any) -> None:
    index_of(tiny, *STATES)
    place = tiny.add("links.sssom.tsv", "tg:state/USA\tbroken")
    before = (tiny.root / "links.sssom.tsv").read_text(encoding="utf-8")
    one = ItemCandidate(subjects(index_of(tiny), ("official",))[0], "Q1", "", 1, (), "LexicalMatching", exact=True)
    tiny.put("links.sssom.tsv", before)
    with pytest.raises(FactsError, match=re.escape(place)):
        write_links(tiny.root / "links.sssom.tsv", [one.link("2026-01-02")])
    assert (tiny.root / "links.sssom.tsv").read_text(encoding="utf-8") == before


# -------- Enrich


def test_enrich_takes_labels_and_more_into_the_cache(tiny: Any, client: MakeClient, tmp_path: Path) -> None:
    index = index_of(
        tiny,
        *STATES,
        link("tg:official/rusk-dean", "Q900000005"),
        link("tg:office/usa/secretary-of-state", "Q900000030"),
    )
    found = enrich(index, client(), ("state", "official", "office"))
    assert [row[1:4] for row in found.labels] == [
        ("RUS", "ru", "Россия"),
        ("RUS", "zh", "俄罗斯"),
        ("USA", "ru", "Соединённые Штаты Америки"),
        ("USA", "zh", "美国"),
    ], "a label that two states share is left out"
    assert {row[4] for row in found.labels if row[1] == "USA"} == {"Wikidata Q30 (CC0), asked 2026-01-02"}
    assert found.extras["state/USA"]["coordinates"] == "Point(-98.5795 39.828175)"
    assert found.extras["official/rusk-dean"]["portrait"] == "Dean%20Rusk.jpg"
    assert found.extras["office/usa/secretary-of-state"]["holders"] == [
        {"item": "Q900000005", "name": "Dean Rusk", "from": "1961-01-21", "until": "1969-01-20"}
    ]
    file = tmp_path / "wikidata" / "labels.csv"
    write(found, file)
    assert called("Соединенные Штаты Америки", ("state",), file) == ("state", "USA")
    assert called("Shared Land", ("state",), file) is None
    assert len(list(read_labels(file))) == 4
    assert "Wikidata" not in "".join(path.read_text(encoding="utf-8") for path in tiny.root.rglob("*.csv"))
