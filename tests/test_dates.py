"""Days, uncertain dates and periods."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatygraph.model.dates import BEGINNING, OPEN, Period, Span, after, day, long_form, within
from treatygraph.model.errors import BadDate


@pytest.mark.parametrize(
    "text", ["", "1970", "1970-3-5", "1970-13-01", "2021-02-29", "5 March 1970", "1970-03-05T00:00"]
)
def test_what_is_no_day_is_refused_by_name(text: str) -> None:
    with pytest.raises(BadDate, match="is not a day") as refused:
        day(text)
    assert f"'{text}'" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("1970-03-05", "1970-03-05", "1970-03-05", "day"),
        ("2023-02", "2023-02-01", "2023-02-28", "month"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("1976", "1976-01-01", "1976-12-31", "year"),
        ("1993-01/1993-03", "1993-01-01", "1993-03-31", "interval"),
        ("2024-12-28/2025", "2024-12-28", "2025-12-31", "interval"),
        ("1964-04-20/2021-05-27", "1964-04-20", "2021-05-27", "interval"),
        ("/2018", BEGINNING.isoformat(), "2018-12-31", "interval"),
    ],
)
def test_a_date_is_an_interval(text: str, earliest: str, latest: str, precision: str) -> None:
    span = Span.parse(text)
    assert (span.earliest.isoformat(), span.latest.isoformat()) == (earliest, latest)
    assert (span.precision, span.is_day, str(span)) == (precision, precision == "day", text)


@pytest.mark.parametrize("text", ["", "/", "1976-13", "1993-03/1993-01", "soon", "2021-02-29", "19 76"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(BadDate):
        Span.parse(text)


@pytest.mark.parametrize("text", ["", "P", "3M", "P3W", "PT3H", "P-3M", "P3M2Y", "three months"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(BadDate, match="P3M"):
        Period.parse(text)


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ("P3M", "2003-01-10", "2003-04-10"),
        ("P3M", "2010-11-30", "2011-02-28"),
        ("P6M", "2020-08-31", "2021-02-28"),
        ("P1M", "2023-12-31", "2024-01-31"),
        ("P1M", "2024-01-30", "2024-02-29"),
        ("P150D", "2007-07-15", "2007-12-12"),
        ("P90D", "2023-12-31", "2024-03-30"),
        ("P1Y", "2004-02-29", "2005-02-28"),
        ("P4Y", "2004-02-29", "2008-02-29"),
        ("P1Y6M", "2003-08-31", "2005-02-28"),
        ("P1M1D", "2023-01-31", "2023-03-01"),
        ("P0D", "2023-01-31", "2023-01-31"),
    ],
)
def test_a_period_keeps_the_day_of_the_month_or_clamps_to_its_end(period: str, start: str, end: str) -> None:
    assert Period.parse(period).after(day(start)) == day(end)


def test_a_period_before_a_day() -> None:
    assert Period.parse("P6M").before(day("2005-01-01")) == day("2004-07-01")
    assert Period.parse("P1M").before(day("2023-03-31")) == day("2023-02-28")
    assert Period.parse("P1Y2M10D").before(day("2023-03-31")) == day("2022-01-21")


def test_open_ends_stay_open() -> None:
    assert Period.parse("P3M").after(OPEN) == OPEN
    assert Period.parse("P3M").after(BEGINNING) == BEGINNING
    assert after(OPEN) == OPEN
    assert after(day("2023-12-31")) == day("2024-01-01")


def test_the_first_day_of_the_sixth_month_after_the_month_of_deposit() -> None:
    shifted = Span.parse("2013-12-27").shift(Period.parse("P6M"), first_of_month=True)
    assert str(shifted) == "2014-06-01"
    assert str(Span.parse("2013-08-31").shift(Period.parse("P6M"), first_of_month=True)) == "2014-02-01"


def test_an_uncertain_date_stays_uncertain_when_shifted() -> None:
    assert str(Span.parse("2023-05").shift(Period.parse("P3M"))) == "2023-08-01/2023-08-31"
    assert str(Span.parse("2023-05").shift(Period.parse("P3M"), first_of_month=True)) == "2023-08-01"


def test_the_later_of_two() -> None:
    early, late, wide = Span.parse("1990-01-01"), Span.parse("1992-06-01"), Span.parse("1992")
    assert early.not_before(late) is late
    assert late.not_before(early) is late
    assert (wide.not_before(late).earliest, wide.not_before(late).latest) == (late.earliest, wide.latest)


def test_a_half_open_interval() -> None:
    start, end = day("1970-03-05"), day("2002-06-13")
    assert within(start, start, end)
    assert within(day("2002-06-12"), start, end)
    assert not within(end, start, end)
    assert not within(day("1970-03-04"), start, end)


def test_a_day_as_it_is_printed() -> None:
    assert long_form(day("2021-05-28")) == "28 May 2021"


@given(st.dates(date(1850, 1, 1), date(2200, 12, 31)), st.integers(0, 60), st.integers(0, 400))
def test_a_longer_period_never_ends_earlier(start: date, months: int, days: int) -> None:
    assert Period.parse(f"P{months}M").after(start) <= Period.parse(f"P{months + 1}M").after(start)
    assert Period.parse(f"P{days}D").after(start) == start + timedelta(days=days)


@given(st.dates(date(1850, 1, 1), date(2200, 12, 31)))
def test_a_day_is_read_as_it_is_written(when: date) -> None:
    assert Span.parse(when.isoformat()) == Span.of(when)
    assert day(when.isoformat()) == when


def test_a_period_that_leaves_the_calendar_is_open() -> None:
    for text in ("P9999Y", "P999999M", "P999999Y999999D"):
        assert Period.parse(text).after(day("2000-01-01")) == OPEN
        assert Period.parse(text).before(day("2000-01-01")) == BEGINNING
    assert Period.parse("P1D").before(day("9999-12-30")) == day("9999-12-29")
    with pytest.raises(BadDate):
        Period.parse("P9999999Y")
