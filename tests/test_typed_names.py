"""Names as people, newspapers and official lists write them: found by rule, never two records by one form."""

from __future__ import annotations

from pathlib import Path

import pytest

from treatygraph.bonds.powers import find
from treatygraph.build.index import Index
from treatygraph.cli import run
from treatygraph.model.errors import TreatygraphError, UnknownName, UsageError
from treatygraph.model.names import key, nearest

ALL = ("instrument", "state", "group", "official")


def instrument(index: Index, text: str) -> str:
    return find(index, text, ("instrument",))[1]


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("New START Treaty", "new-start"), ("NPT Treaty", "npt"), ("CTBT Treaty", "ctbt"), ("JCPOA agreement", "jcpoa"),
        ("Chemical Weapons Convention (CWC)", "cwc"), ("Conventional Armed Forces in Europe (CFE) Treaty", "cfe"),
        ("Treaty on the Prohibition of Nuclear Weapons (TPNW)", "tpnw"), ("LTBT/PTBT", "ptbt"),
        ("Ottawa Convention, Land Mine Ban Treaty", "apmbc"), ("New START (2010)", "new-start"),
        ("1987 INF Treaty", "inf"), ("Treaty of Tlatelolco", "tlatelolco"), ("Tlatelolco Treaty", "tlatelolco"),
        ("Pelindaba", "pelindaba"), ("UNSC 1540", "unscr-1540"), ("mine ban", "apmbc"), ("ДНЯО", "npt"),
        ("Conventional Armed Forces in Europe", "cfe"), ("Vienna Document 1999", "vienna-document"),
        ("START Treaty (2010)", "new-start"), ("START 1993", "start-2"),
        ("Bangkok protocol", "bangkok-protocol"), ("Bangkok Treaty", "bangkok"), ("Kernwaffenteststopp", "ctbt"),
        ("ДРСМД", "inf"), ("Convention d'Ottawa", "apmbc"), ("Inter-American Convention on Firearms", "cifta"),
        ("https://w3id.org/treatygraph/id/instrument/new-start", "new-start"),
    ],
)  # fmt: skip
def test_an_instrument_is_found_by_the_name_on_the_page(graph_index: Index, text: str, record: str) -> None:
    assert instrument(graph_index, text) == record


def test_every_card_is_found_by_the_forms_of_newspapers(graph_index: Index) -> None:
    """Short name and ``Treaty``; title and abbreviation in brackets; two names with a stroke; the year."""
    lost = []
    for card in graph_index.instruments().values():
        forms = [f"{card.short} Treaty"] if key(card.short).split()[-1] != "treaty" else []
        forms += [f"{card.title} ({alias})" for alias in card.aliases[:1]]
        forms += ["/".join(card.aliases[:2])] if len(card.aliases) > 1 else []
        forms += [f"{card.short}, {card.signed.text[:4]}"] if card.signed and card.signed.text[:4].isdecimal() else []
        for form in forms:
            try:
                if instrument(graph_index, form) != card.id:
                    lost.append((card.id, form))
            except TreatygraphError:
                lost.append((card.id, form))
    assert len(lost) <= 3, lost


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Congo, Dem. Rep.", "COD"), ("Congo, Rep.", "COG"), ("Iran, Islamic Rep.", "IRN"), ("Venezuela, RB", "VEN"),
        ("Tanzania, United Republic of", "TZA"), ("Korea, Dem. People's Rep.", "PRK"), ("Korea, Rep.", "KOR"),
        ("Zimbabwe (Rhodesia)", "ZWE"), ("Burkina Faso (Upper Volta)", "BFA"), ("Cook Is.", "COK"), ("Eq. Guinea", "GNQ"),
        ("Macedonia, FYR", "MKD"), ("Moldova, Republic of", "MDA"), ("S. Sudan", "SSD"), ("Bosnia and Herz.", "BIH"),
        ("Central African Rep.", "CAF"), ("Solomon Is.", "SLB"), ("St. Lucia", "LCA"), ("Czech Rep.", "CZE"),
        ("Holy See (Vatican City State)", "VAT"), ("Vietnam, Republic of", "RVN"), ("Bahamas, The", "BHS"),
        ("ROM", "ROU"), ("TMP", "TLS"), ("BYS", "BLR"), ("Russian Federation (the)", "RUS"),
        ("https://w3id.org/treatygraph/id/state/RUS", "RUS"), ("Q30", "USA"), ("http://www.wikidata.org/entity/Q30", "USA"),
    ],
)  # fmt: skip
def test_a_state_is_found_by_the_name_in_an_official_list(graph_index: Index, text: str, code: str) -> None:
    assert find(graph_index, text, ("state",)) == ("state", code)


@pytest.mark.parametrize(
    "text",
    ["Paris", "Paris Agreement", "Kyoto Protocol", "CWC protocol", "NPT/CTBT", "NPT, banana", "banana (NPT)", "treaty",
     "INF Treaty 1950", "the treaty", "2010", "", "Rio Pact", "Korea", "Iran", "Gorbachev Treaty"],
)  # fmt: skip
def test_what_is_not_the_name_of_an_instrument_is_refused(graph_index: Index, text: str) -> None:
    with pytest.raises(UnknownName):
        instrument(graph_index, text)


@pytest.mark.parametrize("text", ["Korea", "Congo, Rep. of the two", "Guinea, X", "Hong Kong"])
def test_what_could_be_several_states_is_refused(graph_index: Index, text: str) -> None:
    with pytest.raises(UnknownName):
        find(graph_index, text, ("state",))


def test_an_abbreviation_of_several_is_asked_back(graph_index: Index) -> None:
    with pytest.raises(UsageError, match="start-1, start-2, new-start"):
        instrument(graph_index, "START treaty")


def test_an_official_is_found_by_the_surname(graph_index: Index) -> None:
    for text, record in (("Gorbachev", "gorbachev-mikhail"), ("obama", "obama-barack"), ("Ban", "ban-ki-moon")):
        assert find(graph_index, text, ALL) == ("official", record)
    with pytest.raises(UsageError, match=r"'Bush' is the surname of several: George H. W. Bush .*, George W. Bush"):
        find(graph_index, "Bush", ALL)


@pytest.mark.parametrize(
    ("text", "near"),
    [("Rusia", ("Russia",)), ("Argentia", ("Argentina",)), ("Korea", ("North Korea", "South Korea")), ("Obama", ()),
     ("Kyoto Protocol", ()), ("qqqq", ()), ("Eq.", ())],
)  # fmt: skip
def test_suggestions_are_near_or_none(graph_index: Index, text: str, near: tuple[str, ...]) -> None:
    states = [(name, entry.shown) for name, found in graph_index.names() for entry in found if entry.kind == "state"]
    assert nearest(text, dict(states))[: len(near) or None] == near


def test_a_name_of_several_words_wants_quotes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError, match=r"one argument too many: Australia.* needs quotes"):
        run(["between", "New", "Zealand", "Australia"])
    with pytest.raises(UsageError, match="unknown option: --frm"):
        run(["between", "US", "Russia", "--frm"])


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (["status", "australia-group", "--state", "EU"], "the European Union was a participant"),
        (["status", "ATT", "--state", "EU", "--on", "2021-01-01"], "of the 27 members of the European Union, 27 were parties"),
        (["between", "EU", "US", "--on", "2020-01-01"], "at least one member of the European Union"),
        (["whatif", "EU", "leaves", "australia-group"], "If the European Union ended its participation"),
    ],
)  # fmt: skip
def test_the_union_is_a_body_where_it_acts_itself_and_else_its_members(
    built_cache: Path, capsys: pytest.CaptureFixture[str], command: list[str], says: str
) -> None:
    assert built_cache.is_dir()
    assert run(command) == 0
    assert says in capsys.readouterr().out.splitlines()[0]


def test_a_code_that_is_a_groups_abbreviation_is_asked_back(graph_index: Index) -> None:
    assert find(graph_index, "NAM", ("state", "group")) == ("state", "NAM")
    with pytest.raises(UsageError, match="Use one of these ids"):
        find(graph_index, "nam", ("state", "group"))
