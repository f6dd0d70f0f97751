"""What a card says of its ledger and of its text: read as data, written in one form, refused where it says nothing."""

from __future__ import annotations

import pytest

from tiny_record import Tiny
from treatygraph.build.codec import decode, encode
from treatygraph.facts.canonical import canonical
from treatygraph.model.coverage import Coverage, Gap, TextRead
from treatygraph.model.dates import Span
from treatygraph.model.errors import FactsError
from treatygraph.model.records import Instrument

CARD = "instruments/test-ban.yaml"
OLD = "coverage: {through: '2000-01-01', source: register, at: test-ban}\n"
CITED = "source: register, at: test-ban"


def read(tiny: Tiny, line: str) -> Instrument:
    tiny.change(CARD, OLD, line)
    return tiny.facts().instruments["test-ban"]


def test_a_day_and_gaps_are_data(tiny: Tiny) -> None:
    gap = "{states: [GBR, USA], acts: consent, from: '1970', until: '1980-05-04', note: 'the list was not read on'}"
    line = f"coverage: {{through: '2000-01-01', gaps: [{gap}, {{states: others, acts: any}}], {CITED}}}\n"
    text = f"text: {{read: part, articles: 'IV; V', link: 'https://example.org/text', {CITED}}}\n"
    card = read(tiny, line + text)
    assert card.coverage == Coverage(
        Span.parse("2000-01-01"),
        (
            Gap(("GBR", "USA"), "consent", Span.parse("1970"), Span.parse("1980-05-04"), "the list was not read on"),
            Gap(("others",), "any", None, None, ""),
        ),
    )
    assert card.coverage.words == "the list was not read on; acts of further states may be missing"
    assert card.text == TextRead("part", "IV; V", "https://example.org/text")
    assert decode(Instrument, encode(card)) == card
    assert line + text in canonical(tiny.root, CARD)


def test_a_card_that_says_nothing_is_whole_for_no_day_and_its_text_was_not_read(tiny: Tiny) -> None:
    card = read(tiny, "")
    assert (card.coverage, card.text) == (Coverage(), TextRead())
    assert (card.through, card.coverage.words, card.text.read) == (None, "", "no")


@pytest.mark.parametrize(
    ("line", "rule", "says"),
    [
        ("coverage: {gap: 'much', " + CITED + "}", "unknown-key", "'gap' is not a key of 'coverage'"),
        ("coverage: {gaps: 'much', " + CITED + "}", "unknown-key", "'gaps' is not a key of 'coverage'"),
        ("coverage: {" + CITED + "}", "coverage", "the coverage says nothing"),
        ("coverage: {gaps: [{acts: any}], " + CITED + "}", "coverage", "does not say of which states"),
        ("coverage: {gaps: [{states: all}], " + CITED + "}", "coverage", "'' is no kind of missing act"),
        ("coverage: {gaps: [{states: all, acts: deposit}], " + CITED + "}", "coverage", "'deposit' is no kind"),
        ("coverage: {gaps: [{states: [GBR, all], acts: any}], " + CITED + "}", "coverage", "beside 'all'"),
        ("coverage: {gaps: [{states: [XXQ], acts: any}], " + CITED + "}", "unknown-state", "'XXQ' has no record"),
        ("coverage: {gaps: [{states: all, acts: any, why: x}], " + CITED + "}", "unknown-key", "'why' is not a key"),
        ("coverage: {gaps: [{states: all, acts: any, from: soon}], " + CITED + "}", "date", "'soon' is not a date"),
        (
            "coverage: {gaps: [{states: all, acts: any, from: '1990', until: '1980'}], " + CITED + "}",
            "coverage",
            "ends before it begins",
        ),
        ("coverage: {gaps: [{states: all, acts: any}, all], " + CITED + "}", "yaml", "mixes words and facts"),
        ("text: {read: some, " + CITED + "}", "text", "'some' does not say how much"),
        ("text: {read: whole}", "missing-source", "the fact has no 'source'"),
        ("description: {text: [{a: b}], " + CITED + "}", "yaml", "nested keys"),
    ],
)
def test_what_says_nothing_clear_is_refused_with_its_line(tiny: Tiny, line: str, rule: str, says: str) -> None:
    place = tiny.change(CARD, OLD, line + "\n")
    with pytest.raises(FactsError) as caught:
        tiny.facts()
    found = [item for item in caught.value.findings if item.rule == rule and says in item.message]
    assert [item.place for item in found] == [place], [str(item) for item in caught.value.findings]
