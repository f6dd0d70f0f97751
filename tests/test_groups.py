"""Groups among the powers: their names within a sentence, and names that a state's code shares."""

from __future__ import annotations

from datetime import date

import pytest

from treatygraph.bonds.powers import side
from treatygraph.build.shelf import MemoryShelf
from treatygraph.model.errors import UsageError

ON = date(2020, 1, 1)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("NATO", "NATO"), ("Non-Aligned Movement", "the Non-Aligned Movement"), ("P5", "the permanent members of the Security Council"),
        ("MTCR", "the Missile Technology Control Regime"), ("nuclear powers", "the nuclear-armed states"), ("NAM", "Namibia"),
    ],
)  # fmt: skip
def test_its_name_within_a_sentence(graph_shelf: MemoryShelf, text: str, name: str) -> None:
    assert side(graph_shelf, text, ON).name == name


def test_a_code_that_is_a_groups_abbreviation_too_is_asked_back(graph_shelf: MemoryShelf) -> None:
    with pytest.raises(UsageError, match=r"'nam' is the code of a state, NAM, and names a group, non-aligned\."):
        side(graph_shelf, "nam", ON)


def test_no_group_bears_a_code(graph_shelf: MemoryShelf) -> None:
    codes = {code.casefold() for code, _ in graph_shelf.all("life")}
    assert [group for group, _ in graph_shelf.all("group") if group.casefold() in codes] == []
