"""The numpy intervals: the same counts as ``between`` lists, and as a slow reading of the standings yields."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import numpy
import pytest

from law_bench import Bench
from treatygraph.answers.between import Between, Question, Remaining, between
from treatygraph.bonds.matrix import Intervals, in_common
from treatygraph.bonds.matrix_from_index import intervals
from treatygraph.build.index import Index
from treatygraph.build.storage import Storage
from treatygraph.law.derivations import Corpus
from treatygraph.model.errors import UnknownName, UsageError
from treatygraph.model.records import Facts

FIRST, DAYS = date(1925, 1, 1), 37_000
TRIES = 200
FILTERS: tuple[dict[str, Any], ...] = (
    {}, {}, {"binding": True}, {"topic": "nuclear"}, {"topic": "nuclear-testing", "binding": True},
    {"scope": "bilateral"}, {"scope": "multilateral", "topic": "conventional"},
)  # fmt: skip
ARMED = ("CHN", "FRA", "GBR", "IND", "ISR", "PAK", "PRK", "RUS", "USA")


@pytest.fixture(scope="module")
def table(graph_index: Index) -> Intervals:
    return intervals(graph_index)


def every(found: Iterable[Remaining]) -> int:
    """How many instruments an answer lists, parts counted too."""
    return sum(1 + every(item.parts) for item in found)


def ask(index: Index, first: str, second: str, on: date, **wanted: Any) -> Between:
    return between(index, first, second, Question((first, second), on, **wanted))


def counted(table: Intervals, first: str, second: str, on: date, **wanted: Any) -> tuple[int, int]:
    """The matrix's counts of a pair: with parts, and with parts under their parents."""
    pair = table.index(first), table.index(second)
    mask = table.wanted(**wanted)
    return int(table.matrix(on, mask)[pair]), int(table.matrix(on, mask, parts=False)[pair])


def test_the_matrix_counts_what_between_lists(graph_index: Index, table: Intervals) -> None:
    chance, asked = random.Random(7), 0
    while asked < TRIES:
        on = FIRST + timedelta(chance.randrange(DAYS))
        first, second = chance.sample(ARMED if chance.random() < 0.3 else table.lines, 2)
        if asked % 3 == 0:  # a day on which something of the first begins or ends
            edges = {
                int(day) for key in ("start", "end") for day in getattr(table, key)[table.line == table.index(first)]
            }
            edges = {edge for edge in edges if FIRST.toordinal() < edge < FIRST.toordinal() + DAYS}
            on = date.fromordinal(chance.choice(sorted(edges))) if edges else on
        wanted = chance.choice(FILTERS)
        try:
            answer = ask(graph_index, first, second, on, **wanted)
        except UsageError:  # one of the two did not exist that day
            continue
        asked += 1
        listed = every(answer.instruments), len(answer.instruments)
        assert counted(table, first, second, on, **wanted) == listed, (first, second, on, wanted)


@pytest.mark.parametrize("reading", ["PRK", "RUS", "CAN", "clause"])
def test_the_matrix_follows_a_reading(graph_index: Index, reading: str) -> None:
    table, on = intervals(graph_index, reading), date(2024, 1, 1)
    for first, second in combinations((*ARMED, "CAN", "PSE", "UKR"), 2):
        answer = ask(graph_index, first, second, on, reading=reading)
        assert counted(table, first, second, on)[0] == every(answer.instruments), (first, second)


def test_who_is_not_accepted_is_not_counted(graph_index: Index, table: Intervals) -> None:
    """Canada does not accept Palestine under the CCW and objected to it under Protocol II (R11, R12)."""
    on = date(2020, 1, 1)
    answer = ask(graph_index, "CAN", "PSE", on)
    assert any("Canada" in note and "Palestine" in note for note in answer.notes)
    held = table.held(on)
    both = held[table.index("CAN")] & held[table.index("PSE")] & table.wanted()
    denied = int(both.sum()) - every(answer.instruments)
    assert denied > 0
    assert counted(table, "CAN", "PSE", on)[0] == int(both.sum()) - denied


@pytest.mark.parametrize("on", [date(1972, 10, 3), date(1991, 12, 26), date(2002, 6, 13)])
def test_a_slow_recount_from_the_standings_agrees(facts: Facts, corpus: Corpus, table: Intervals, on: date) -> None:
    """Instrument by instrument and pair by pair, from the law's own results, without any index."""
    expected: dict[tuple[str, str], int] = {}
    for name, derived in corpus.default.items():
        if facts.instruments[name].scope == "unilateral":
            continue
        held = {s.state for s in derived.standings if s.standing in ("party", "participant", "provisional")
                and s.start <= on < s.end}  # fmt: skip
        for pair in combinations(sorted(held), 2):
            expected[pair] = expected.get(pair, 0) + 1
    matrix = table.matrix(on)
    apart = {(item.first, item.second) for item in table.denials}
    seen = 0
    for first, second in combinations(range(len(table.lines)), 2):
        one, other = sorted((table.bearer(first, on), table.bearer(second, on)))
        if (first, second) not in apart:
            assert matrix[first, second] == expected.get((one, other), 0), (one, other, on)
            seen += int(matrix[first, second] > 0)
    assert seen > 5000


def test_shape_and_type(table: Intervals) -> None:
    matrix = table.matrix(date(2021, 5, 28))
    assert matrix.dtype == numpy.int64
    assert (matrix == matrix.T).all()
    assert not matrix.diagonal().any()
    assert matrix.shape == (len(table.lines), len(table.lines))


@pytest.mark.parametrize(
    "shape", [(1, 7, 1), (3, 5, 64), (2, 40, 65), (1, 3, 0), (0, 3, 9), (1, 0, 9), (1, 90, 700), (5, 9, 700)]
)
def test_both_ways_of_counting_agree(shape: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """By bits, and as a product where numpy cannot count bits."""
    monkeypatch.setattr("treatygraph.bonds.matrix._AT_ONCE", 200)  # some days at a time, not all
    held = numpy.random.default_rng(3).random(shape) < 0.5
    bits = in_common(held)
    monkeypatch.delattr(numpy, "bitwise_count", raising=False)
    product = in_common(held)
    assert bits.dtype == product.dtype == numpy.int64
    assert (bits == product).all()
    for one, other in combinations(range(shape[1]), 2):
        for place in range(shape[0]):
            assert bits[place, one, other] == (held[place, one] & held[place, other]).sum()


def test_russia_is_the_soviet_union_before_it(table: Intervals) -> None:
    number = table.index("SUN")
    assert table.lines[number] == "RUS"
    assert table.bearer(number, date(1975, 1, 1)) == "SUN"
    assert table.bearer(number, date(1991, 12, 26)) == "RUS"
    assert table.bearer(number, date(1900, 1, 1)) == "RUE"
    assert table.index("XXX") == -1


def test_a_series_is_the_matrix_day_by_day(table: Intervals) -> None:
    lines = [table.index(code) for code in (*ARMED, "CAN", "PSE")]
    days = [date(year, 6, 30) for year in range(1946, 2027, 8)]
    topics = ("nuclear-testing", "inhumane-weapons")
    both = table.series_by_topic(lines, days, topics)
    for parts in (True, False):
        series = table.series(lines, days, parts=parts)
        for number, on in enumerate(days):
            assert (series[number] == table.matrix(on, parts=parts)[numpy.ix_(lines, lines)]).all(), (on, parts)
    for place, topic in enumerate(topics):
        for number, on in enumerate(days):
            one = table.matrix(on, table.wanted(topic))[numpy.ix_(lines, lines)]
            assert (both[place, number] == one).all(), (topic, on)


def test_an_unknown_topic_is_told(table: Intervals) -> None:
    with pytest.raises(UnknownName, match="nuclear-testing"):
        table.wanted("nuclear-test")


def test_an_objection_parts_a_pair_from_its_day(bench: Bench) -> None:
    card = bench.card(entry_into_force="2000-01-01")
    acts = bench.acts(
        "AAA ratification 1999-01-01", "BBB ratification 1999-01-01", "CCC ratification 1999-01-01",
        "AAA objection 2005-05-05 against=BBB",
    )  # fmt: skip
    table = intervals(bench.index(bench.facts([card], acts)))
    pairs = (("AAA", "BBB"), ("AAA", "CCC"), ("BBB", "CCC"))
    assert [counted(table, *pair, date(2005, 5, 4))[0] for pair in pairs] == [1, 1, 1]
    assert [counted(table, *pair, date(2005, 5, 5))[0] for pair in pairs] == [0, 1, 1]


def test_parts_fold_into_any_parent_that_is_mutual(bench: Bench) -> None:
    """With two parents that are mutual the part still counts once less, not twice."""
    cards = [
        bench.card(name="one", entry_into_force="2000-01-01"),
        bench.card(name="two", entry_into_force="2000-01-01"),
        bench.card(
            name="part", entry_into_force="2000-01-01", kind="protocol",
            relations=(("part-of", "one"), ("implements", "two")),
        ),
    ]  # fmt: skip
    acts = [
        bench.act(f"{state} ratification 1999-01-01", name)
        for name, states in (("one", "AB"), ("two", "ABC"), ("part", "ABC"))
        for state in (letter * 3 for letter in states)
    ]
    table = intervals(bench.index(bench.facts(cards, acts)))
    on = date(2001, 1, 1)
    assert counted(table, "AAA", "BBB", on) == (3, 2)
    assert counted(table, "AAA", "CCC", on) == (2, 1)
    alone = table.wanted() & numpy.array([name == "part" for name in table.instruments])
    assert table.matrix(on, alone, parts=False)[table.index("AAA"), table.index("BBB")] == 1


def best(call: Callable[[], object], times: int) -> float:
    """The shortest of several runs: what the code needs when the machine lets it."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        found.append(time.perf_counter() - start)
    return min(found)


def test_all_pairs_on_a_day_within_ten_milliseconds(table: Intervals) -> None:
    assert best(lambda: table.matrix(date(2021, 5, 28)), 20) < 0.010


def test_history_of_the_nuclear_armed_states_within_a_second(table: Intervals) -> None:
    lines = [table.index(code) for code in ARMED]
    days = [date(year, month, 1) for year in range(1945, 2027) for month in range(1, 13)]
    topics = tuple(sorted({topic for brief in table.briefs.values() for topic in brief.topics}))
    assert best(lambda: (table.series(lines, days), table.series_by_topic(lines, days, topics)), 3) < 1.0


def test_who_holds_itself_out_denies_nobody(graph_index: Index, table: Intervals) -> None:
    """North Korea holds that the armistice has ended, for itself too: a claim (R39), not a refusal of China (R12)."""
    on = date(2024, 1, 1)
    named = {item.id for item in ask(graph_index, "CHN", "PRK", on).instruments}
    assert "korean-armistice" in named
    number = table.instruments.index("korean-armistice")
    assert not [item for item in table.denials if item.instrument == number]


class Refusing:
    """Documents without the standings in long form: arrays are not made from those."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def get(self, kind: str, name: str) -> Any:
        assert kind not in ("bearing", "derivation")
        return self._storage.get(kind, name)

    def some(self, kind: str, names: Collection[str]) -> Mapping[str, Any]:
        assert kind not in ("bearing", "derivation", "reasons")
        return self._storage.some(kind, names)

    def all(self, kind: str) -> Iterator[tuple[str, Any]]:
        assert kind not in ("bearing", "derivation")
        return self._storage.all(kind)

    def close(self) -> None:
        self._storage.close()


@pytest.mark.parametrize("reading", ["depositary", "clause", "USA", "RUS"])
def test_the_arrays_hold_the_standings_that_bind(graph_index: Index, reading: str) -> None:
    """Read from packed bonds, they are what the standings in long form say, reading by reading."""
    found = intervals(Index(Refusing(graph_index.storage)), reading)
    expected = []
    for row in graph_index.all_rows():
        if row.binds and row.reading == (reading if reading in graph_index.disputes(row.instrument) else "depositary"):
            first, last = (date.fromisoformat(text).toordinal() for text in (row.start, row.end))
            expected.append((found.index(row.state), row.instrument, first, last, row.sources == ("recall",)))
    columns = (found.line, found.instrument, found.start, found.end, found.unverified)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    assert sorted((a, found.instruments[b], c, d, e) for a, b, c, d, e in rows) == sorted(expected)
