"""Numbers as people write them."""

from __future__ import annotations

import pytest

from treatygraph.model.errors import BadNumber
from treatygraph.model.quantities import LAST, ONLY, Quantity, rank_of


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("104", 104, 105),
        ("1,550", 1550, 1551),
        ("more than 160", 161, 160),
        ("at least 160", 160, 159),
        ("160+", 160, 159),
        ("fewer than ten", 9, 10),
        ("up to 700", 700, 701),
        ("about 100", 95, 94),
        ("nearly 200", 190, 201),
        ("exactly 9", 9, 8),
        ("nine", 9, 10),
        ("a dozen", 12, 13),
    ],
)
def test_a_number_is_held_against_the_record(text: str, right: int, wrong: int) -> None:
    assert Quantity.parse(text).holds(right)
    assert not Quantity.parse(text).holds(wrong)


def test_one_off_or_one_per_cent_is_near() -> None:
    assert Quantity.parse("104").is_near(105)
    assert not Quantity.parse("104").is_near(106)
    assert Quantity.parse("1000").is_near(1010)


def test_fractions_and_places_in_an_order_are_read() -> None:
    assert Quantity.parse("2/3").value == Quantity.parse("two-thirds").value
    assert [rank_of(text) for text in ("first", "161st", "5", "last", "only")] == [1, 161, 5, LAST, ONLY]


@pytest.mark.parametrize("text", ["many", "", "dozens of"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(BadNumber):
        Quantity.parse(text)
    with pytest.raises(BadNumber):
        rank_of(text)
