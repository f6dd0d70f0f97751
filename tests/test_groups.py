"""Groups among the powers: their names within a sentence, and names that a state's code shares."""

from __future__ import annotations

from datetime import date

import pytest

from treatygraph.bonds.powers import power
from treatygraph.build.index import Index
from treatygraph.model.errors import UsageError

ON = date(2020, 1, 1)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("NATO", "NATO"), ("Non-Aligned Movement", "the Non-Aligned Movement"), ("P5", "the permanent members of the Security Council"),
        ("MTCR", "the Missile Technology Control Regime"), ("nuclear powers", "the nuclear-armed states"), ("NAM", "Namibia"),
    ],
)  # fmt: skip
def test_its_name_within_a_sentence(graph_index: Index, text: str, name: str) -> None:
    assert power(graph_index, text, ON).name == name


def test_a_code_that_is_a_groups_abbreviation_too_is_asked_back(graph_index: Index) -> None:
    with pytest.raises(UsageError, match=r"'nam' is the code of a state, NAM, and names a group, non-aligned\."):
        power(graph_index, "nam", ON)


def test_no_group_bears_a_code(graph_index: Index) -> None:
    codes = {code.casefold() for code in graph_index.existences()}
    assert [group for group in graph_index.groups() if group.casefold() in codes] == []
