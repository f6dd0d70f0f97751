"""The codes of states, held against other lists; and groups wherever a state may stand."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tiny_record import Tiny
from treatygraph.build.cache import built
from treatygraph.graph import Graph
from treatygraph.model.dates import OPEN, day
from treatygraph.model.errors import FactsError, UnknownName, UsageError
from treatygraph.model.names import key

if TYPE_CHECKING:
    from pathlib import Path

    from treatygraph.model.records import Facts, State

NO_ISO = {"EUE", "EUU", "XKX"}
"""A community, a union, and a state to which ISO 3166-1 gives no code."""
NOT_IN_COW = {"COK", "EUE", "EUU", "NIU", "PSE", "VAT"}
"""Not states of the Correlates of War list."""
NAMED_ANEW = {"NRU"}
"""The other list has a newer name."""
DIFFER = {
    "DEU": ("255", "260"), "SRB": ("345", "340"), "SRK": ("345", "340"), "YEM": ("679", "678"),
    "KIR": ("946", "970"), "NRU": ("970", "971"), "TON": ("955", "972"), "TUV": ("947", "973"),
}  # fmt: skip
"""States for which the two lists use different numbers."""


def present(facts: Facts) -> list[State]:
    return [state for state in facts.states.values() if state.end == OPEN]


def test_iso_codes_are_those_of_another_list(facts: Facts) -> None:
    pycountry = pytest.importorskip("pycountry")
    listed = {country.alpha_3: country.alpha_2 for country in pycountry.countries}
    for state in present(facts):
        if state.code not in NO_ISO:
            assert state.identifiers["iso3"] == state.code
            assert listed[state.code] == state.identifiers["iso2"], state.code
    withdrawn = {country.alpha_3 for country in pycountry.historic_countries}
    assert {"CSK", "DDR", "SCG", "SUN", "YMD", "YUG"} <= withdrawn & facts.states.keys()


def test_names_are_those_of_another_list(facts: Facts) -> None:
    rigour = pytest.importorskip("rigour.territories")
    for state in present(facts):
        if state.code in (NO_ISO - {"XKX"}) | NAMED_ANEW:
            continue
        territory = rigour.get_territory(state.identifiers["iso2"].lower())
        theirs = {key(name) for name in (territory.name, territory.full_name, territory.in_sentence)}
        assert theirs & {key(name) for name in (state.name, *state.aliases)}, state.code


def test_numbers_of_the_state_systems(facts: Facts) -> None:
    here = {state.code: state.identifiers for state in present(facts)}
    assert {code for code, ids in here.items() if "cow" not in ids} == NOT_IN_COW
    assert {code for code, ids in here.items() if "gw" not in ids} == NOT_IN_COW
    for code, state in facts.states.items():
        both = (state.identifiers.get("cow", ""), state.identifiers.get("gw", ""))
        assert all(number.isdecimal() and 2 <= int(number) < 1000 for number in both if number), code
        if all(both) and both[0] != both[1]:
            assert DIFFER[code] == both


@pytest.mark.parametrize("scheme", ["iso2", "iso3", "cow", "gw"])
def test_no_two_states_of_today_share_a_code(facts: Facts, scheme: str) -> None:
    codes = Counter(state.identifiers[scheme] for state in present(facts) if scheme in state.identifiers)
    assert [code for code, number in codes.items() if number > 1] == []


def test_a_number_is_shared_only_within_a_family(facts: Facts) -> None:
    """One number for two states means that the list takes them for one: each continues or succeeded the other."""
    family = {"255": {"DEU", "DRE"}, "345": {"SCG", "SRB", "SRK", "YUG"}, "365": {"RUE", "RUS", "SUN"}}
    family |= {"510": {"TGK", "TZA"}, "552": {"RHO", "ZWE"}, "640": {"OTT", "TUR"}, "651": {"EGY", "UAR"}}
    family |= {"816": {"VDR", "VNM"}, "820": {"MAL", "MYS"}}
    shared: dict[str, set[str]] = {}
    for state in facts.states.values():
        if "cow" in state.identifiers:
            shared.setdefault(state.identifiers["cow"], set()).add(state.code)
    assert {number: codes for number, codes in shared.items() if len(codes) > 1} == family


@pytest.mark.parametrize(
    ("first", "second", "day", "instrument"),
    [
        ("NATO", "Russia", "1999-11-20", "cfe"),
        ("Warsaw Pact", "NATO", "1975-01-01", "npt"),
        ("P5", "India", "2020-01-01", "outer-space"),
        ("EU members", "UK", "2021-06-01", "npt"),
        ("Missile Technology Control Regime", "China", "2020-01-01", "npt"),
        ("Russia", "NSG", "2020-01-01", "nsg"),
    ],
)
def test_a_group_stands_where_a_state_may(
    built_cache: Path, first: str, second: str, day: str, instrument: str
) -> None:
    assert built_cache.is_dir()
    answer = Graph(built(None)).between(first, second, on=day)
    assert instrument in {item["id"] for item in answer.to_dict()["instruments"]}


def test_a_regime_stands_for_its_participants_on_the_day(built_cache: Path) -> None:
    assert built_cache.is_dir()
    graph = Graph(built(None))
    assert any(
        "had 34 members" in note or "had 35 members" in note
        for note in graph.between("MTCR", "China", on="2020-01-01").notes
    )
    with pytest.raises(UsageError, match="no member on record"):
        graph.between("MTCR", "China", on="1980-01-01")
    with pytest.raises(UnknownName):
        graph.between("New START", "China", on="2020-01-01")


def test_west_germany_has_its_own_number(facts: Facts) -> None:
    """Correlates of War: 260 from 5 May 1955 to 2 October 1990, 255 before and after."""
    germany = facts.states["DEU"]
    for when, number in (("1950-01-01", "255"), ("1955-05-05", "260"), ("1990-10-02", "260"), ("1990-10-03", "255")):
        assert germany.code_on("cow", day(when)) == number
    assert germany.code_on("iso3", day("1980-01-01")) == "DEU"


def test_a_code_without_its_days_is_found(tiny: Tiny) -> None:
    path = tiny.root / "states.csv"
    header, first, *rest = path.read_text(encoding="utf-8").splitlines()
    cells = first.split(",")
    cells[4] = "2;3:1990"
    path.write_text("\n".join([header, ",".join(cells), *rest]) + "\n", encoding="utf-8")
    with pytest.raises(FactsError, match=r"states\.csv:2: code-span: '3:1990' is not a code with its days"):
        tiny.errors()
