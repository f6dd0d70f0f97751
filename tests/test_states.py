"""The codes of states, held against other lists; and groups wherever a state may stand."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
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
    family = {"255": {"DEU", "DRE"}, "345": {"SCG", "SRB", "SRK", "YUG"}, "365": {"RSF", "RUE", "RUS", "SUN"}}
    family |= {"510": {"TGK", "TZA"}, "552": {"RHO", "ZWE"}, "640": {"OTT", "TUR"}}
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


NUMBERS = [
    ("cow", "DEU", "1950-01-01", "260", False), ("cow", "DEU", "1955-05-05", "260", True),
    ("cow", "DEU", "1990-10-02", "260", True), ("cow", "DEU", "1990-10-03", "255", True),
    ("cow", "DRE", "1930-01-01", "255", True), ("gw", "DEU", "1980-01-01", "260", True),
    ("gw", "DEU", "2020-01-01", "260", True), ("cow", "TWN", "1938-01-01", "710", True),
    ("cow", "TWN", "1949-11-01", "713", False), ("cow", "TWN", "1980-01-01", "713", True),
    ("cow", "CHN", "1949-10-01", "710", True), ("cow", "RSF", "1920-01-01", "365", True),
    ("cow", "UKR", "1985-01-01", "369", False), ("cow", "UKR", "1991-12-26", "369", True),
    ("cow", "NRU", "1990-01-01", "970", False), ("gw", "NRU", "1990-01-01", "971", False),
    ("gw-microstates", "NRU", "1990-01-01", "971", True), ("cow", "JPN", "1948-01-01", "740", False),
    ("un", "CHN", "1971-10-24", "", False), ("un", "TWN", "1971-10-24", "", True), ("un", "CHN", "1971-10-25", "", True),
    ("un", "SYR", "1960-01-01", "", False), ("un", "CHE", "2002-09-10", "", True), ("un", "PSE", "2020-01-01", "", False),
]  # fmt: skip
"""List, state, day, its number then, and whether it is in the list."""


@pytest.mark.parametrize(("system", "code", "when", "number", "inside"), NUMBERS)
def test_numbers_and_lists_go_by_the_day(
    facts: Facts, system: str, code: str, when: str, number: str, inside: bool
) -> None:
    state = facts.states[code]
    assert (state.number_on(system, day(when)), state.is_in(system, day(when))) == (number, inside)


def test_lists_are_as_long_as_their_owners_count(facts: Facts) -> None:
    """Members of the United Nations: 51 in 1945, 159 in 1984, 193 since 2011; COW had 195 states at the end of 2016."""
    for system, when, number in (
        ("un", "1945-12-31", 51), ("un", "1984-12-31", 159), ("un", "2011-12-31", 193), ("cow", "2016-12-31", 195),
    ):  # fmt: skip
        assert sum(state.is_in(system, day(when)) for state in facts.states.values()) == number, (system, when)


@pytest.mark.parametrize("system", ["cow", "gw", "gw-microstates", "un"])
def test_a_state_is_in_a_list_once_at_a_time_and_within_its_life(facts: Facts, system: str) -> None:
    for state in facts.states.values():
        spans = [span for span in state.systems if span.system == system]
        assert all(first.end <= second.start for first, second in pairwise(spans)), state.code
        assert all(span.start < span.end <= max(span.end, state.end) for span in spans), state.code


def test_organisations_are_told_from_states(facts: Facts) -> None:
    assert {code for code, state in facts.states.items() if state.is_organisation} == {"EUU", "EUE"}


@pytest.mark.parametrize(
    ("line", "finding"),
    [
        ("cow,XYZ,1,1900,,register,p1,", r"systems\.csv:2: unknown-state: 'XYZ' has no record"),
        ("cow,USA,1,1900,,nowhere,p1,", r"systems\.csv:2: unknown-source"),
    ],
)
def test_a_bad_line_of_the_lists_is_found(tiny: Tiny, line: str, finding: str) -> None:
    header = "system,state,number,from,until,source,at,note"
    (tiny.root / "systems.csv").write_text(f"{header}\n{line}\n", encoding="utf-8")
    with pytest.raises(FactsError, match=finding):
        tiny.errors()


def test_before_1949_china_is_the_republic(built_cache: Path) -> None:
    assert built_cache.is_dir()
    answer = Graph(built(None)).between("US", "China", on="1938-01-01")
    assert "the United States and China" in answer.answer
    assert "kellogg-briand" in {item.id for item in answer.instruments}
    assert any("on record as Taiwan" in note for note in answer.notes)


def test_russia_is_there_between_empire_and_union(built_cache: Path) -> None:
    assert built_cache.is_dir()
    assert "and Soviet Russia" in Graph(built(None)).between("US", "Russia", on="1921-06-01").answer


def test_a_list_that_nobody_knows_is_found(tiny: Tiny) -> None:
    text = "system,state,number,from,until,source,at,note\nworld,USA,1,1900,,register,p1,\n"
    (tiny.root / "systems.csv").write_text(text, encoding="utf-8")
    assert any("'world' is not a list of states" in str(finding) for finding in tiny.errors())
