"""The map shows of each state what ``status`` answers, on shapes whose areas can be compared."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatygraph.draw import pictures
from treatygraph.draw.atlas import LOOKS, MapPlace, outlines
from treatygraph.draw.map import treaty
from treatygraph.graph import Graph
from treatygraph.model.errors import UnknownName, UsageError
from treatygraph.model.vocabulary import DEPOSITARY

TODAY = date(2026, 11, 30)
TREATIES = ("npt", "apmbc", "cfe", "new-start", "ctbt", "ptbt", "bwc", "mtcr", "hcoc", "cppnm", "open-skies", "tpnw")
BOUND = {"party", "provisional", "participant"}
SIGNED = {"signatory", "contracting"}
SVG = "{http://www.w3.org/2000/svg}"


def looks_on(places: tuple[MapPlace, ...], day: str) -> dict[str, str]:
    """How each state looks, by its name."""
    pieces = [piece for place in places if (piece := place.on(day))]
    return dict(pair for piece in pieces for pair in piece.states)


@given(name=st.sampled_from(TREATIES), day=st.dates(date(1963, 1, 1), TODAY))
def test_the_map_shows_what_status_answers(graph: Graph, name: str, day: date) -> None:
    try:
        shown = treaty(graph, name, day, reading=DEPOSITARY, since=day)
    except UsageError:
        return  # nobody had a standing yet
    drawn = looks_on(shown.places, day.isoformat())
    answer = graph.status(name, day)
    names = {code: life.name for code, life in graph.index().existences().items()}
    for state in answer.states:
        look = drawn[names[state.state]]
        if state.standing in BOUND:
            assert look in ("party", "provisional", "disputed"), state
            assert (look == "disputed") == bool({"contested", "suspended", "suspension-claimed"} & set(state.flags))
        elif state.standing in SIGNED:
            assert look == "signed", state
        elif state.standing.startswith("former"):
            assert look == "former", state
    with_standing = {names[state.state] for state in answer.states}
    for state_name, look in drawn.items():
        if state_name not in with_standing:
            assert look in ("none", "not-known"), state_name
    assert shown.sentence == answer.answer


def test_a_slider_of_days_shows_what_each_day_shows(graph: Graph) -> None:
    whole = treaty(graph, "npt", TODAY, reading=DEPOSITARY)
    for day in (date(1968, 7, 1), date(1975, 1, 1), date(1991, 12, 26), date(2003, 1, 11)):
        alone = treaty(graph, "npt", day, reading=DEPOSITARY, since=day)
        assert looks_on(whole.places, day.isoformat()) == looks_on(alone.places, day.isoformat())


def test_who_was_there_on_the_day(graph: Graph) -> None:
    whole = {place.code: place for place in treaty(graph, "npt", TODAY, reading=DEPOSITARY).places}

    def says(code: str, day: str) -> str:
        piece = whole[code].on(day)
        return piece.says if piece else ""

    assert says("UKR", "1985-01-01") == says("GEO", "1989-01-01") == says("RUS", "1985-01-01") == "Soviet Union: party"
    assert says("UKR", "1993-01-01") == "Ukraine: not a party"
    assert says("CZE", "1980-01-01") == "Czechoslovakia: party"
    assert says("YEM", "1980-01-01") == "North Yemen: signed, not bound; South Yemen: party"
    assert says("DDR", "1980-01-01") == "East Germany: party", "it has no shape, but is in the lists"
    assert says("GRL", "1985-01-01") == LOOKS["nobody"]
    own = {place.code: place for place in treaty(graph, "ptbt", date(1985, 1, 1), reading=DEPOSITARY).places}
    ukraine = own["UKR"].on("1985-01-01")
    assert ukraine
    assert ukraine.says == "Ukraine: party", "it signed in its own name"


def test_outlines_keep_areas(graph: Graph) -> None:
    def area(way: str) -> float:
        total = 0.0
        for part in way.split("M")[1:]:
            numbers = [int(number) for number in re.findall(r"-?\d+", part)]
            x, y = numbers[:2]
            points = [(x, y)]
            for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
                x, y = x + dx, y + dy
                points.append((x, y))
            total += sum(a * d - c * b for (a, b), (c, d) in zip(points, [*points[1:], points[0]], strict=True)) / 2
        return abs(total)

    shapes = outlines().shapes
    square_kilometres = {"AUS": 7.7e6, "BRA": 8.5e6, "RUS": 17.1e6, "COD": 2.34e6, "DZA": 2.38e6, "NOR": 0.385e6}
    whole_earth = 510e6
    sheet = area_of_the_earth()
    for code, size in square_kilometres.items():
        assert area(shapes[code]) / sheet == pytest.approx(size / whole_earth, rel=0.06), code
    missing = {code for code, life in graph.index().existences().items() if life.on("2026-11-30")}
    assert missing - set(shapes) - set(outlines().dots) == {"EUE", "EUU", "TUV"}


def area_of_the_earth() -> float:
    """In square pixels of the sheet: Equal Earth keeps areas, and its equator is 5.4133 radii long."""
    radius = outlines().width / 5.4133
    return 4 * 3.141592653589793 * radius**2


@pytest.mark.parametrize(("name", "day"), [("npt", "1975-01-01"), ("apmbc", "2026-11-30")])
def test_the_drawing_says_all_in_words_too(graph: Graph, name: str, day: str) -> None:
    content = pictures.map_of(graph, name, date.fromisoformat(day), "svg")
    assert pictures.map_of(graph, name, date.fromisoformat(day), "svg") == content
    root = ElementTree.fromstring(content)
    words = " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    assert "Natural Earth" in words
    assert "CC BY 4.0" in words
    tips = {tip.text for tip in root.iter(f"{SVG}title")}
    expected = {"npt": "Soviet Union: party", "apmbc": "Ukraine: party, contested or suspended"}
    assert expected[name] in tips
    assert len(content) < 130_000


def test_the_page_slides_through_time_by_key_and_address(graph: Graph, browser: Any, tmp_path: Any) -> None:
    path = tmp_path / "map.html"
    path.write_bytes(pictures.map_of(graph, "NPT", TODAY, "html"))
    assert path.stat().st_size < 150_000
    page = browser.new_page(viewport={"width": 360, "height": 740})
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda problem: complaints.append(str(problem)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{path.as_uri()}#on=1975-01-01")
    assert "party: 84" in page.inner_text("#sentence")
    assert graph.status("npt", "1975-01-01").counts["party"] == 84
    page.focus("#month")
    page.keyboard.press("PageUp")
    assert page.input_value("#on") == "1976-01-01"
    page.keyboard.press("ArrowRight")
    assert page.input_value("#on") == "1976-02-01"
    page.keyboard.press("End")
    assert page.inner_text("#sentence") == graph.status("npt", TODAY).answer
    page.click("#list-party summary")
    assert "Tuvalu" in page.inner_text("#list-party")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.goto(f"{path.as_uri()}#on=2021-02-30")
    page.reload()
    assert page.input_value("#on") == "2026-11-30"
    assert complaints == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    page.close()


def test_what_cannot_be_drawn_is_refused(graph: Graph) -> None:
    with pytest.raises(UnknownName, match="Atlantis"):
        pictures.map_of(graph, "Atlantis Treaty", TODAY, "svg")
    with pytest.raises(UsageError, match="nobody had a standing"):
        pictures.map_of(graph, "NPT", date(1950, 1, 1), "svg")


def test_outlines_are_small_and_in_one_form() -> None:
    data = json.loads((pictures_folder() / "outlines" / "world.json").read_text(encoding="utf-8"))
    assert data["source"].startswith("Natural Earth")
    assert all(re.fullmatch(r"(M\d+ \d+l[-\d ]+z)+", way) for way in data["shapes"].values())


def pictures_folder() -> Any:
    from importlib.resources import files

    return files("treatygraph.draw")
