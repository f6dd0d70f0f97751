"""What remains between two powers: the questions that started it, each year's answer, and who does not accept whom."""

from __future__ import annotations

import csv
import gc
import weakref
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from law_bench import Bench
from treatygraph.answers.between import Between, Question, Remaining, between
from treatygraph.bonds.pairs import change_points
from treatygraph.bonds.powers import power
from treatygraph.build.as_known import index_known_by
from treatygraph.build.index import Index
from treatygraph.build.storage import MemoryStorage
from treatygraph.model.errors import UnknownName, UsageError

DAYS = ("2021-05-28", "2026-11-23")
with (Path(__file__).parent / "data" / "us_russia.csv").open(encoding="utf-8") as table:
    US_RUSSIA = list(csv.DictReader(table))
"""Every instrument between the two powers and how it stood on two days, as reviewed by hand."""

WHERE = {
    "in-force": "remains",
    "in-force-dormant": "remains",
    "in-force-suspension-claimed": "remains",
    "commitment-standing": "remains",
    "ended": "over",
    "commitment-lapsed": "over",
    "one-side-out": "over",
    "never-in-force": "absent",
    "did-not-exist": "absent",
    "unknown": "",
}
"""In which part of the answer an instrument stands by its reviewed status; empty = the review did not find out."""


def ask(index: Index, first: str, second: str, on: str, **wanted: object) -> Between:
    question = Question((first, second), date.fromisoformat(on), **wanted)  # type: ignore[arg-type]
    return between(index, first, second, question)


def every(found: Iterable[Remaining]) -> Iterator[Remaining]:
    """The instruments and all their parts."""
    for item in found:
        yield item
        yield from every(item.parts)


def ids(answer: Between) -> set[str]:
    return {item.id for item in every(answer.instruments)}


def strategic(index: Index, on: str) -> Between:
    return ask(index, "US", "Russia", on, scope="bilateral", topic="strategic-offensive-arms", binding=True)


# ---------------------------------------------------------------------- the review


@pytest.fixture(scope="module")
def reviewed(graph_index: Index) -> dict[str, Between]:
    """The answers of the two days."""
    return {on: ask(graph_index, "US", "Russia", on) for on in DAYS}


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("row", US_RUSSIA, ids=[row["instrument"] for row in US_RUSSIA])
def test_the_review_of_two_days(reviewed: dict[str, Between], row: dict[str, str], on: str) -> None:
    answer, name, status = reviewed[on], row["instrument"], row[f"on_{on}"]
    remains = {item.id: item for item in every(answer.instruments)}
    pledged = {item["id"] for item in answer.pledges}
    over = {item.id for item in answer.ended}
    part = "remains" if name in remains or name in pledged else "over" if name in over else "absent"
    expected = WHERE[status]
    if status == "commitment-lapsed" and name not in over:
        expected = "absent"  # what one side had promised alone is not told as ended between the two
    assert expected in ("", part), f"{name} on {on}: reviewed as {status}"
    if status == "in-force-suspension-claimed":
        assert "suspension-claimed" in remains[name].flags
    elif status == "in-force":
        assert remains[name].binding
        assert "suspension-claimed" not in remains[name].flags
    elif status == "commitment-standing" and name in remains:
        assert remains[name].binding is not True


def test_nothing_binding_remains_that_was_not_reviewed(reviewed: dict[str, Between]) -> None:
    known = {row["instrument"] for row in US_RUSSIA}
    for on, answer in reviewed.items():
        bilateral = {item.id for item in every(answer.instruments) if item.scope == "bilateral" and item.binding}
        assert bilateral <= known, on


# ---------------------------------------------------------------------- limits on strategic arms


@pytest.mark.parametrize("on", ["2021-05-28", "2026-02-04"])
def test_case_22_new_start_alone(graph_index: Index, on: str) -> None:
    (item,) = strategic(graph_index, on).instruments
    assert (item.id, [part.id for part in item.parts]) == ("new-start", ["new-start-extension-2021"])
    assert item.standing == {"USA": "party", "RUS": "party"}
    assert (item.since, item.until) == ("2011-02-05", "2026-02-05")


@pytest.mark.parametrize("on", ["2026-02-05", "2026-11-23"])
def test_case_23_nothing_is_left(graph_index: Index, on: str) -> None:
    answer = strategic(graph_index, on)
    assert answer.instruments == ()
    assert "no bilateral legally binding instruments on strategic offensive arms" in answer.answer
    assert (answer.ended[0].until, answer.ended[0].because) == ("2026-02-05", "expired")


def test_the_moscow_treaty_alone(graph_index: Index) -> None:
    assert [item.id for item in strategic(graph_index, "2010-06-01").instruments] == ["sort"]


def test_russia_in_1975_is_the_soviet_union(graph_index: Index) -> None:
    answer = strategic(graph_index, "1975-06-01")
    assert [item.id for item in answer.instruments] == ["salt-1-interim"]
    assert "the Soviet Union" in answer.answer
    assert any("whose identity it continues" in note for note in answer.notes)


@pytest.mark.parametrize(
    ("eve", "day", "gone"),
    [
        ("1977-10-02", "1977-10-03", "salt-1-interim"),
        ("2002-06-12", "2002-06-13", "abm"),
        ("2009-12-04", "2009-12-05", "start-1"),
        ("2011-02-04", "2011-02-05", "sort"),
        ("2019-08-01", "2019-08-02", "inf"),
        ("2020-11-21", "2020-11-22", "open-skies"),
        ("2023-11-06", "2023-11-07", "cfe"),
        ("2026-02-04", "2026-02-05", "new-start"),
    ],
)
def test_each_ends_on_its_day(graph_index: Index, eve: str, day: str, gone: str) -> None:
    assert gone in ids(ask(graph_index, "US", "Russia", eve))
    answer = ask(graph_index, "US", "Russia", day)
    assert gone not in ids(answer)
    assert {item.id: item.until for item in answer.ended}[gone] == day


# ---------------------------------------------------------------------- the whole answer


def test_case_22_the_whole_answer(graph_index: Index) -> None:
    answer = ask(graph_index, "US", "Russia", "2021-05-28")
    there = {
        "new-start", "ttbt", "pnet", "incsea", "launch-notification-1988", "nrrc", "hotline-1963", "npt", "bwc", "cwc",
        "outer-space", "ptbt", "cfe",
    }  # fmt: skip
    assert there <= ids(answer)
    assert not ids(answer) & {"open-skies", "inf", "abm", "start-1", "start-2", "sort", "ctbt", "salt-2"}
    cfe = next(item for item in answer.instruments if item.id == "cfe")
    assert "suspension-claimed" in cfe.flags
    (claim,) = [detail for detail in cfe.details if detail["flag"] == "suspension-claimed"]
    assert (claim["by"], claim["rejected_by"]) == ("RUS", ["nato"])


def test_case_23_what_remains_after_it(graph_index: Index) -> None:
    found = ids(ask(graph_index, "US", "Russia", "2026-11-23"))
    assert {"ttbt", "pnet", "incsea", "launch-notification-1988", "npt", "outer-space", "ptbt"} <= found
    assert not found & {"new-start", "cfe", "pmda"}


def test_what_ended_says_when_and_why(graph_index: Index) -> None:
    ended = {item.id: (item.until, item.because) for item in ask(graph_index, "US", "Russia", "2021-05-28").ended}
    assert ended["open-skies"] == ("2020-11-22", "withdrawal of USA")
    assert ended["inf"] == ("2019-08-02", "withdrawal of USA")
    assert ended["abm"] == ("2002-06-13", "withdrawal of USA")
    assert ended["start-1"] == ("2009-12-05", "expired")
    assert ended["sort"] == ("2011-02-05", "superseded by New START")
    assert "start-2" not in ended, "what was never in force has not ended"


def test_the_two_may_be_named_in_either_order(graph_index: Index) -> None:
    one, other = (
        ask(graph_index, "US", "Russia", "2021-05-28"),
        ask(graph_index, "Russian Federation", "usa", "2021-05-28"),
    )
    assert ids(one) == ids(other)
    assert {item.id for item in one.ended} == {item.id for item in other.ended}


@pytest.mark.parametrize("scope", ["bilateral", "multilateral"])
def test_scopes_split_the_whole(graph_index: Index, scope: str) -> None:
    whole, part = (
        ask(graph_index, "US", "Russia", "2021-05-28"),
        ask(graph_index, "US", "Russia", "2021-05-28", scope=scope),
    )
    assert {item.id for item in every(part.instruments)} == {i.id for i in every(whole.instruments) if i.scope == scope}


def test_a_broader_topic_takes_the_narrower_ones(graph_index: Index) -> None:
    nuclear = ids(ask(graph_index, "US", "Russia", "2021-05-28", topic="nuclear"))
    assert {"new-start", "ttbt", "npt"} <= nuclear
    assert not nuclear & {"bwc", "incsea"}


def test_what_was_known_then(graph_index: Index) -> None:
    early = index_known_by(graph_index, date(2021, 1, 1))
    answer = ask(early, "US", "Russia", "2021-05-28", known=date(2021, 1, 1), topic="strategic-offensive-arms")
    assert "new-start" not in ids(answer), "it was to expire on 5 February 2021"
    assert answer.ended[0].until == "2021-02-05"


def test_whose_reading(graph_index: Index) -> None:
    on = "2024-01-01"
    record = {i.id: i.flags for i in ask(graph_index, "US", "Russia", on).instruments}
    russian = {i.id: i.flags for i in ask(graph_index, "US", "Russia", on, reading="RUS").instruments}
    american = {i.id: i.flags for i in ask(graph_index, "US", "Russia", on, reading="USA").instruments}
    assert "suspension-claimed" in record["new-start"]
    assert "suspended" in russian["new-start"]
    assert not {"suspended", "suspension-claimed"} & set(american["new-start"])


# ---------------------------------------------------------------------- bad questions


def test_one_power_is_not_two(graph_index: Index) -> None:
    with pytest.raises(UsageError, match="name two powers"):
        ask(graph_index, "US", "America", "2021-05-28")


def test_a_misspelt_name_is_answered_with_the_nearest(graph_index: Index) -> None:
    with pytest.raises(UnknownName, match="Russia"):
        ask(graph_index, "US", "Russja", "2021-05-28")


def test_a_state_that_was_not_there(graph_index: Index) -> None:
    with pytest.raises(UsageError, match="Czechoslovakia was there"):
        ask(graph_index, "US", "Czechia", "1985-01-01")


# ---------------------------------------------------------------------- who does not accept whom (R11, R12)


def pairwise(bench: Bench, *acts: str, says: tuple[str, ...] = ()) -> Index:
    ledger = bench.acts(*(f"{code} ratification 2000-01-01" for code in ("AAA", "BBB", "CCC")), *acts)
    facts = bench.facts([bench.card(entry_into_force="2000-01-01")], ledger, [bench.says(text) for text in says])
    return bench.index(facts)


def test_r11_an_objection_works_between_the_two_alone(bench: Bench) -> None:
    index = pairwise(bench, "DDD accession 2015-01-05", "AAA objection 2015-01-16 against=DDD")
    assert ids(ask(index, "AAA", "DDD", "2015-01-10")) == {"pact"}
    excluded = ask(index, "AAA", "DDD", "2016-01-01")
    assert ids(excluded) == set()
    assert any("objected to the participation of" in note and "Pact" in note for note in excluded.notes)
    assert ids(ask(index, "BBB", "DDD", "2016-01-01")) == {"pact"}
    assert ids(ask(index, "AAA", "BBB", "2016-01-01")) == {"pact"}


def test_r11_an_objection_is_not_known_before_it_is_made(bench: Bench) -> None:
    index = pairwise(bench, "DDD accession 2015-01-05", "AAA objection 2015-01-16 against=DDD")
    early = index_known_by(index, date(2015, 1, 15))
    assert ids(ask(early, "AAA", "DDD", "2016-01-01", known=date(2015, 1, 15))) == {"pact"}


def test_r12_not_accepting_a_participant_works_between_the_two_alone(bench: Bench) -> None:
    says = ("AAA rejects DDD accession 2015-02-10 holds=none effective=2015-02-10",)
    index = pairwise(bench, "DDD accession 2015-02-10 at=Moscow", "DDD accession 2015-02-12 at=London", says=says)
    excluded = ask(index, "DDD", "AAA", "2016-01-01")
    assert ids(excluded) == set()
    assert any("does not accept the participation of" in note and "Pact" in note for note in excluded.notes)
    assert ids(ask(index, "BBB", "DDD", "2016-01-01")) == {"pact"}


def test_r30_a_suspension_between_two_is_told_of_these_two(bench: Bench) -> None:
    index = pairwise(bench, "AAA suspension 2022-08-01 against=BBB")

    def flags(first: str, second: str) -> tuple[str, ...]:
        (found,) = ask(index, first, second, "2023-01-01").instruments
        return found.flags

    assert flags("AAA", "BBB") == flags("BBB", "AAA") == ("suspended", "suspension-claimed")
    assert flags("AAA", "CCC") == flags("BBB", "CCC") == ()


def test_r9_a_contracting_state_is_not_yet_bound(bench: Bench) -> None:
    card = bench.card({"clause": "entry-into-force", "count": "3"}, signed="1999-01-01")
    index = bench.index(bench.facts([card], bench.acts("AAA ratification 2000-01-01", "BBB ratification 2000-01-01")))
    assert ids(ask(index, "AAA", "BBB", "2010-01-01")) == set()


def test_r16_what_is_applied_provisionally_is_listed_as_such(bench: Bench) -> None:
    card = bench.card(signed="1999-01-01")
    acts = [f"{code} {kind} 2000-01-01" for code in ("AAA", "BBB") for kind in ("signature", "provisional-application")]
    (found,) = ask(bench.index(bench.facts([card], bench.acts(*acts))), "AAA", "BBB", "2010-01-01").instruments
    assert found.standing == {"AAA": "provisional", "BBB": "provisional"}


@pytest.mark.parametrize(
    ("first", "second", "reading"),
    [
        ("US", "Russia", "depositary"),
        ("North Korea", "US", "PRK"),
        ("United States", "Palestine", "depositary"),
        ("Poland", "Belarus", "depositary"),
        ("China", "Taiwan", "CHN"),
        ("NATO", "Russia", "depositary"),
    ],
)
def test_an_answer_kept_is_the_answer_made_anew(graph_index: Index, first: str, second: str, reading: str) -> None:
    asked = [year + rest for year in map(str, range(1950, 2027, 3)) for rest in ("-01-01", "-06-01")]
    fresh = {}
    for on in (*asked, "2018-07-10", "2018-07-11"):
        try:
            when = date.fromisoformat(on)
            powers = power(graph_index, first, when), power(graph_index, second, when)
        except UsageError:
            continue
        points = change_points(graph_index, powers, reading)
        later = [day[:10] for day in points if on < day[:10] < "2027"][:3]
        for day in (*later, *(str(date.fromisoformat(one) - timedelta(days=1)) for one in later if len(one) == 10), on):
            anew = Index(graph_index.storage)
            fresh[day] = ask(anew, first, second, day, reading=reading) if len(day) == 10 else None
    index = Index(graph_index.storage)
    for day, answer in sorted(fresh.items()):
        assert answer is None or ask(index, first, second, day, reading=reading) == answer
    assert len(fresh) > 20


def test_old_answers_are_forgotten() -> None:
    index = Index(MemoryStorage(()))
    answers: list[weakref.ref[set[int]]] = [
        weakref.ref(index.recent(("answers", number), set)) for number in range(6_000)
    ]
    gc.collect()
    kept = [number for number, answer in enumerate(answers) if answer() is not None]
    assert 1_000 < len(kept) <= 2_000
    assert kept == list(range(6_000))[-len(kept) :]
    assert index.recent(("answers", kept[-1]), set) is answers[-1](), "what is kept is not made again"


def test_what_was_signed_and_does_not_bind_both_is_told_apart(graph_index: Index) -> None:
    answer = ask(graph_index, "US", "Russia", "2021-05-28")
    signed = {item.id: item for item in answer.signed}
    assert signed["ctbt"].standing == {"USA": "signatory", "RUS": "contracting"}
    assert signed["start-2"].flags == ("signature-duty-ended",)
    assert {"cfe-adaptation", "salt-2"} <= set(signed)
    assert not set(signed) & ids(answer)
    later = ask(graph_index, "US", "Russia", "2024-01-01")
    assert {item.id: item.standing for item in later.signed}["ctbt"] == {"USA": "signatory", "RUS": "signatory"}
    assert not {item.id for item in later.signed} & {"open-skies", "inf", "abm"}, "who left has no name under it"
    narrow = ask(graph_index, "US", "Russia", "2021-05-28", topic="nuclear-testing", binding=True)
    assert "ctbt" in {item.id for item in narrow.signed}
    assert "salt-2" not in {item.id for item in narrow.signed}
    assert answer.to_dict()["signed"][0].keys() >= {"id", "title", "standing", "flags", "sources"}
