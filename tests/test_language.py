"""Names, numbers and verbs found in English text, with their places."""

from __future__ import annotations

from datetime import date

import pytest

from treatygraph.build.index import Index
from treatygraph.language.days import Clock, dates_in
from treatygraph.language.lexicon import Lexicon, lexicon_of
from treatygraph.language.numbers import quantities
from treatygraph.language.scanning import Sentence, scan
from treatygraph.language.verbs import ACTS, forms_of
from treatygraph.language.words import paragraphs, sentences

TODAY = date(2020, 5, 22)


@pytest.fixture(scope="module")
def lexicon(graph_index: Index) -> Lexicon:
    return lexicon_of(graph_index)


def scanned(lexicon: Lexicon, text: str, *states: str, today: date = TODAY) -> Sentence:
    return scan(text, 0, len(text), lexicon, Clock(today), frozenset(states))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("The Treaty on Open Skies and New START", ["open-skies", "new-start"]),
        ("the Ottawa mine ban convention", ["apmbc"]),
        ("the New START nuclear arms treaty", ["new-start"]),
        ("the nuclear Non-Proliferation Treaty", ["npt"]),
        ("a treaty banning nuclear weapons", ["tpnw"]),
        ("an arms trade pact", ["att"]),
        ("a meeting in Ottawa with hot lines and a start", []),
        ("the IAEA said in Bangkok", []),
    ],
)
def test_instruments_are_found_by_the_names_of_newsrooms(lexicon: Lexicon, text: str, ids: list[str]) -> None:
    found = scanned(lexicon, text, today=date(2021, 1, 1)).of_kind("instrument")
    assert [mention.ids[0] for mention in found] == ids
    assert all(text[mention.start : mention.end] == mention.text for mention in found)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Moscow told Washington", [("RUS",), ("USA",)]),
        ("signed in Moscow", []),
        ("the Kremlin and the State Duma", [("RUS",), ("RUS",)]),
        ("Polish and Czech officials", [("POL",), ("CZE",)]),
        ("the U.S. and us", [("USA",)]),
        ("It can no longer be", []),
        ("the two Koreas", [("PRK", "KOR")]),
    ],
)
def test_states_are_found_as_newsrooms_call_them(lexicon: Lexicon, text: str, ids: list[tuple[str, ...]]) -> None:
    assert [mention.ids for mention in scanned(lexicon, text).of_kind("state", "body")] == ids


def test_the_north_is_a_state_only_after_its_name(lexicon: Lexicon) -> None:
    assert scanned(lexicon, "The North declared").of_kind("state") == ()
    assert scanned(lexicon, "The North declared", "PRK").of_kind("state")[0].ids == ("PRK",)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on Friday", "2020-05-22"),
        ("last Friday", "2020-05-15"),
        ("on Tuesday", "2020-05-19"),
        ("in November", "2019-11"),
        ("next February", "2021-02"),
        ("in August last year", "2019-08"),
        ("on Dec. 13", "2019-12-13"),
        ("since early 2020", "2020-01-01/2020-04-30"),
        ("in the nineties", "1990/1999"),
        ("the 3rd of May 1999", "1999-05-03"),
        ("between 2004 and 2006", "2004/2006"),
        ("yesterday", "2020-05-21"),
        ("three months ago", "2020-02"),
    ],
)
def test_days_are_counted_from_the_day_of_the_text(text: str, value: str) -> None:
    found = list(dates_in(text, Clock(TODAY)))
    assert [when.value for when in found] == [value]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("in May 1972, in force on Oct. 3 of that year", ["1972-05", "1972-10-03"]),
        ("on 8 December 1987; in June of the following year", ["1987-12-08", "1988-06"]),
        ("in 2003 and a year later", ["2003", "2004"]),
    ],
)
def test_a_day_may_count_from_the_one_before_it(text: str, values: list[str]) -> None:
    assert [when.value for when in dates_in(text, Clock(TODAY))] == values


def test_may_is_no_month_and_a_false_day_is_no_day() -> None:
    assert list(dates_in("A state may leave; March on.", Clock(TODAY))) == []
    assert [when.value for when in dates_in("on 31 February 2019", Clock(TODAY))] != ["2019-02-31"]


def test_days_after_a_verb_of_the_future_are_to_come(lexicon: Lexicon) -> None:
    ahead = scanned(lexicon, "Norway will suspend the CFE Treaty on 7 December")
    behind = scanned(lexicon, "Norway suspended the CFE Treaty on 7 December")
    assert [when.value for when in ahead.dates] == ["2020-12-07"]
    assert [when.value for when in behind.dates] == ["2019-12-07"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("more than 160 states", ["more than 160"]),
        ("nearly twenty parties", ["about 20"]),
        ("1,550 warheads and 3.67 percent", ["1550", "3.67"]),
        ("two thirds of one hundred and twenty-two", ["2/3", "122"]),
        ("the 50th state", ["50"]),
    ],
)
def test_numbers_in_figures_and_words(text: str, values: list[str]) -> None:
    assert [number.text for number in quantities(text)] == values


@pytest.mark.parametrize(
    ("text", "act", "mood", "negated"),
    [
        ("Russia has formally pulled out of the CFE Treaty", "leave", "fact", False),
        ("Russia never ratified it", "ratify", "fact", True),
        ("Russia has not yet acceded to it", "accede", "fact", True),
        ("Russia may quit the pact", "leave", "possible", False),
        ("Russia will sign it", "sign", "future", False),
        ("If Russia left the pact", "leave", "possible", False),
        ("Russia decided to withdraw from it", "leave", "infinitive", False),
        ("after leaving the pact", "leave", "gerund", False),
        ("the treaty was signed", "sign", "fact", False),
        ("it hasn't been ratified", "ratify", "fact", True),
    ],
)
def test_verbs_tell_facts_from_prospects(lexicon: Lexicon, text: str, act: str, mood: str, negated: bool) -> None:
    verbs = [verb for verb in scanned(lexicon, text).verbs if verb.act == act]
    assert [(verb.mood, verb.negated) for verb in verbs] == [(mood, negated)]


def test_nouns_are_no_verbs(lexicon: Lexicon) -> None:
    text = "The suspended treaty, its exit and a halt to the notice"
    assert scanned(lexicon, text).verbs == ()


def test_every_verb_is_listed_once_for_an_act() -> None:
    for act, verbs in ACTS.items():
        assert len(verbs) == len(set(verbs)), act
    for lemma, past in (
        ("withdraw", "withdrew"),
        ("submit", "submitted"),
        ("opt", "opted"),
        ("deny", "denied"),
        ("do", "did"),
    ):
        assert (past, "past") in set(forms_of(lemma))


def test_sentences_and_paragraphs_keep_their_places() -> None:
    text = "A headline\nGENEVA - Gen. Moiseyev left on Dec. 3. The U.S. Senate\nvoted.\n\nA new one."
    found = [[text[a:b] for a, b in sentences(text, *place)] for place in paragraphs(text)]
    assert found[0] == ["A headline"]
    assert found[1][0] == "GENEVA - Gen. Moiseyev left on Dec. 3."
    assert found[-1] == ["A new one."]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("A century ago today five powers signed it", ["1922-02-06"]),
        ("Fifty years ago today the treaty was signed", ["1972-02-06"]),
        ("two decades ago it was signed", ["2002"]),
        ("thirty years ago", ["1992"]),
        ("it was signed today", ["2022-02-06"]),
    ],
)
def test_so_many_years_ago_today_is_the_day_of_another_year(text: str, values: list[str]) -> None:
    assert [item.value for item in dates_in(text, Clock(date(2022, 2, 6)))] == values
