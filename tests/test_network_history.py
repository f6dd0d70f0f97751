"""The network over time: each year is what ``between`` lists, each step has its act, pairs are the matrix."""

from __future__ import annotations

from datetime import date

import numpy
import pytest

from treatygraph.answers.between import Question, between
from treatygraph.bonds.matrix_from_index import intervals
from treatygraph.build.index import Index
from treatygraph.network import Selection
from treatygraph.network.history import History, history, points_in_time
from treatygraph.network.pairs import pairs

TODAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def us_russia(graph_index: Index) -> History:
    return history(graph_index, "US", "Russia", Selection(TODAY))


def test_each_year_is_what_between_lists(graph_index: Index, us_russia: History) -> None:
    for point in us_russia.points[::4]:
        answer = between(graph_index, "US", "Russia", Question(("US", "Russia"), point.on))
        listed = [item for top in answer.instruments for item in (top, *top.parts)]
        assert point.instruments == len(answer.instruments)
        assert point.instruments + point.parts == len(listed)
        assert point.binding == sum(item.binding is True for item in listed)
        assert point.bilateral == sum(
            item.binding is True and graph_index.summary(item.id).scope == "bilateral" for item in listed
        )
        assert point.topics.get("nuclear-testing", 0) == sum("nuclear-testing" in item.topics for item in listed)


def test_steps_add_up_to_the_points(us_russia: History) -> None:
    first = us_russia.points[0]  # what bound both before the count begins is no step in it
    count, steps = first.instruments + first.parts, list(us_russia.steps)
    for point in us_russia.points:
        while steps and steps[0].date <= point.on.isoformat():
            count += 1 if steps.pop(0).change == "began" else -1
        assert count == point.instruments + point.parts, point.on
    assert not steps


def test_the_rise_to_the_nineties_and_the_fall_since_2001(us_russia: History) -> None:
    limits = {point.on.year: point.limits for point in us_russia.points}
    assert limits[1971] == 0
    most = [year for year, count in limits.items() if count == max(limits.values())]
    assert 1990 <= most[0] <= most[-1] <= 2001
    assert limits[most[-1]] > limits[2002] > limits[2019] > limits[2026]


@pytest.mark.parametrize(
    ("when", "instrument", "change", "because", "act"),
    [
        ("1988-06-01", "inf", "began", "entered into force", "inf#entry_into_force"),
        ("1994-12-05", "start-1", "began", "entered into force", "start-1/USA/exchange-of-instruments/1994-12-05"),
        ("1997-12-05", "cwc", "began", "ratification of RUS", "cwc/RUS/ratification/1997-11-05/un"),
        ("2002-06-13", "abm", "ended", "withdrawal of USA", "abm/USA/notice-of-withdrawal/2001-12-13"),
        ("2019-08-02", "inf", "ended", "withdrawal of USA", "inf/USA/notice-of-withdrawal/2019-02-02"),
        ("2020-11-22", "open-skies", "ended", "withdrawal of USA", "open-skies/USA/notice-of-withdrawal/2020-05-22"),
        ("2026-02-05", "new-start", "ended", "expired", "new-start#duration"),
    ],
)
def test_the_act_behind_a_step(
    us_russia: History, when: str, instrument: str, change: str, because: str, act: str
) -> None:
    (step,) = [item for item in us_russia.steps if (item.instrument, item.change) == (instrument, change)]
    assert (step.date, step.because) == (when, because)
    assert act in [item["act"] for item in step.acts]
    assert step.sources


def test_the_end_of_the_soviet_union_is_no_step(us_russia: History) -> None:
    assert not [step for step in us_russia.steps if step.date == "1991-12-26" and step.change == "ended"]


def test_a_topic_and_months(graph_index: Index) -> None:
    asked = Selection(date(2002, 7, 31), topic="missile-defence", binding=True)
    found = history(graph_index, "US", "Russia", asked, since=date(2002, 4, 15), every="month")
    assert [(point.on.isoformat(), point.binding) for point in found.points] == [
        ("2002-04-30", 2), ("2002-05-31", 2), ("2002-06-30", 0), ("2002-07-31", 0),
    ]  # fmt: skip
    assert {step.instrument for step in found.steps} == {"abm", "abm-protocol-1974"}


def test_the_sentence_says_from_when_on_it_counts(graph_index: Index, us_russia: History) -> None:
    """Hague IV and others bound both before the count begins at the end of 1945."""
    before = between(graph_index, "US", "Russia", Question(("US", "Russia"), date(1945, 12, 31), binding=True))
    count = sum(1 + len(item.parts) for item in before.instruments)
    assert "hague-1907-iv" in {item.id for item in before.instruments}
    wanted = f" Counted at the end of each year from 31 December 1945 on, when {count} did."
    assert us_russia.answer.endswith(wanted)
    missiles = Selection(TODAY, topic="missiles", binding=True)
    assert history(graph_index, "US", "Russia", missiles).answer.endswith("from 31 December 1946 on, when none did.")


@pytest.mark.parametrize(
    ("since", "said"),
    [
        (date(2026, 1, 1), "Counted at the end of each month from 31 January 2026 on, when 2 did."),
        (date(2026, 3, 1), "end of any month from 31 March 2026 on, or on 25 November 2026."),
        (TODAY, "Nothing on record bound the United States and Russia on 25 November 2026."),
    ],
)
def test_what_bound_them_before_the_count_is_not_denied(graph_index: Index, since: date, said: str) -> None:
    asked = Selection(TODAY, topic="strategic-offensive-arms", binding=True)
    found = history(graph_index, "US", "Russia", asked, since=since, every="month")
    assert found.answer.endswith(said)


def test_nothing_ever_bound_them(graph_index: Index) -> None:
    found = history(graph_index, "Israel", "North Korea", Selection(TODAY, topic="missiles"))
    assert found.answer.startswith("Nothing on record bound Israel and North Korea")
    assert found.steps == ()


def test_pairs_of_a_group_are_the_matrix(graph_index: Index) -> None:
    found = pairs(graph_index, "nuclear-armed", Selection(TODAY), every="year", since=date(1990, 1, 1))
    table = intervals(graph_index)
    lines = [table.index(code) for code in found.states]
    assert len(found.states) == 9
    for number in (0, 17, len(found.days) - 1):
        assert (found.counts[number] == table.matrix(found.days[number])[numpy.ix_(lines, lines)]).all()
    shown = found.to_dict()["pairs"]
    assert len(shown) == 36
    russia = next(item for item in shown if item["states"] == ["RUS", "USA"])
    assert russia["instruments"][-1] == found.counts[-1, found.states.index("RUS"), found.states.index("USA")]
    answer = between(graph_index, "US", "Russia", Question(("US", "Russia"), found.days[-1]))
    listed = [item for top in answer.instruments for item in (top, *top.parts)]
    arms = sum("strategic-offensive-arms" in item.topics for item in listed)
    assert russia["topics"]["strategic-offensive-arms"][-1] == arms


@pytest.mark.parametrize(
    ("since", "until", "every", "expected"),
    [
        ("2000-01-01", "2002-06-01", "year", ["2000-12-31", "2001-12-31", "2002-06-01"]),
        ("2000-11-30", "2001-01-31", "month", ["2000-11-30", "2000-12-31", "2001-01-31"]),
        ("2000-02-29", "2000-02-29", "month", ["2000-02-29"]),
        ("2000-12-31", "2000-12-31", "year", ["2000-12-31"]),
    ],
)
def test_points_in_time(since: str, until: str, every: str, expected: list[str]) -> None:
    found = points_in_time(date.fromisoformat(since), date.fromisoformat(until), every)
    assert [on.isoformat() for on in found] == expected
