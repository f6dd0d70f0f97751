"""The page of the network: the same ties as the answers on every day, folded, filtered, in words, and nothing fetched."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from treatygraph.draw import pictures
from treatygraph.draw.network import LOOKS, network
from treatygraph.draw.network_data import communities_of, network_data
from treatygraph.graph import Graph

TODAY = date(2026, 11, 30)
BOUND = ("party", "notice pending", "suspended")


@pytest.mark.parametrize("asked", [{"states": ["US", "Russia"]}, {"group": "NATO"}, {}])
def test_ties_over_time_are_the_ties_of_each_day(graph: Graph, asked: dict[str, Any]) -> None:
    data = network_data(graph, network(graph, TODAY, **asked), None)
    states, instruments = [row[0] for row in data.states], [row[0] for row in data.instruments]
    for on in ("1975-06-01", "2003-01-11", "2021-05-28", "2026-11-30"):
        if asked.get("group") and on != "2026-11-30":
            continue  # its members were others then
        day = network(graph, date.fromisoformat(on), **asked)
        there = {
            (states[who], instruments[what]): LOOKS[look]
            for who, what, look, start, end, _ in data.ties
            if start <= on < end
        }
        current = {edge.state: edge for edge in day.edges}.keys()
        for edge in day.edges:
            if edge.state in states:
                assert there[edge.state, edge.instrument] == edge.look, (on, edge)
        shown = {edge.instrument for edge in day.edges}
        assert {pair for pair in there if pair[1] in shown and pair[0] in current} == {
            (edge.state, edge.instrument) for edge in day.edges if edge.state in states
        }


def test_what_is_not_known_is_no_signature(graph: Graph) -> None:
    day, on = network(graph, date(1995, 6, 1)), "1995-06-01"
    standings = {
        (code, row.instrument): row.standing
        for code, chain in day.lines.items()
        for rows in graph.index().standings(chain).values()
        for row in rows
        if row.on(on)
    }
    doubtful = {(edge.state, edge.instrument) for edge in day.edges if edge.look == "not known"}
    assert doubtful
    drawn = {(edge.state, edge.instrument) for edge in day.edges}
    assert doubtful == {pair for pair, standing in standings.items() if standing == "not-known" and pair in drawn}


def test_every_state_stands_in_one_community(graph: Graph) -> None:
    shown = network(graph, TODAY)
    groups = communities_of(graph, shown, None)
    assert 3 <= len(groups) <= 9
    codes = [code for _, members in groups for code in members]
    assert sorted(codes) == sorted(shown.lines)
    assert all(title.startswith("mostly in ") or title == "others" for title, _ in groups)


@pytest.fixture(scope="module")
def page(browser: Any, graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder: Path = tmp_path_factory.mktemp("network")
    (folder / "nine.html").write_bytes(pictures.network(graph, TODAY, group="nuclear-armed"))
    (folder / "all.html").write_bytes(pictures.network(graph, TODAY))
    (folder / "two.html").write_bytes(pictures.network(graph, TODAY, states=["US", "Russia"]))
    context = browser.new_context(viewport={"width": 1366, "height": 820}, offline=True, accept_downloads=True)
    opened = context.new_page()
    opened.folder = folder
    yield opened
    context.close()


def visit(page: Any, name: str, fragment: str = "") -> None:
    page.goto("about:blank")
    page.goto((page.folder / f"{name}.html").as_uri() + fragment)
    page.evaluate("new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)))")


def test_an_empty_shelf_shows_what_ended(page: Any, graph: Graph) -> None:
    asked = pictures.network(graph, TODAY, states=["US", "Russia"], topic="strategic-offensive-arms")
    (page.folder / "shelf.html").write_bytes(asked)
    visit(page, "shelf")
    assert page.is_checked("[name=look][value='4']")
    page.click("#list summary")
    told = page.inner_text("#list")
    for title in ("New START", "START I", "Moscow Treaty", "SALT I Interim Agreement"):
        assert f"{title} ended or changed" in told
    page.click("#list button:text-is('New START')")
    assert "former since 2026-02-05" in page.inner_text("#card")


def test_it_is_folded_so_that_it_can_be_read(page: Any) -> None:
    for name, most in (("two", 50), ("nine", 60), ("all", 60)):
        visit(page, name)
        assert 8 <= page.evaluate("nodes.length") <= most, name
        assert page.evaluate("edges.length") <= 400, name
        boxes = page.evaluate("nodes.getIds().map(id => network.getBoundingBox(id))")
        wide = max(box["right"] for box in boxes) - min(box["left"] for box in boxes)
        assert 15 * 1020 / wide > 7, f"{name}: letters on a screen of 1366 pixels"
        assert page.evaluate("network.physics.physicsEnabled") is False


def test_a_day_a_filter_and_what_changed(page: Any, graph: Graph) -> None:
    visit(page, "two", "#on=2021-05-28")
    page.check("#binding")
    page.select_option("#topic", "strategic-offensive-arms")
    held = page.inner_text("#list")
    page.click("#list summary")
    assert "New START" in page.inner_text("#list"), held
    assert page.evaluate("location.hash") == "#on=2021-05-28&topic=strategic-offensive-arms&binding=1"
    page.focus("#month")
    page.keyboard.press("End")
    assert page.input_value("#on") == "2026-11-30"
    assert "0 instruments on strategic offensive arms" in page.inner_text("#sentence")
    visit(page, "two", "#since=2026-01-01&binding=1")
    assert "Since 2026-01-01" in page.inner_text("#sentence")
    lost = page.evaluate("edges.get().filter(edge => edge.title.startsWith('lost')).map(edge => edge.to)")
    assert "new-start" in lost
    ended = {item.id for item in graph.between("US", "Russia", TODAY, binding=True).ended if item.until >= "2026-01-01"}
    assert ended <= set(lost)


def test_a_card_has_sources_and_the_list_says_the_same(page: Any) -> None:
    visit(page, "nine")
    page.click("#list summary >> nth=1")
    page.click("#list button:has-text('NPT') >> nth=0")
    assert page.inner_text("#card h2") == "NPT"
    assert page.evaluate("document.activeElement.textContent") == "NPT"
    assert page.locator("#card a[href^='http']").count() > 1
    page.keyboard.press("Escape")
    assert page.is_hidden("#card")


def test_a_community_opens_and_what_is_not_there_is_said(page: Any) -> None:
    visit(page, "all")
    before = page.evaluate("nodes.length")
    page.fill("#find", "Norway")
    page.keyboard.press("Tab")
    assert page.inner_text("#card h2") == "Norway"
    assert page.evaluate("nodes.length") > before
    page.fill("#find", "Atlantis")
    page.keyboard.press("Tab")
    assert "Nothing is called" in page.inner_text("#found")


def test_the_picture_can_be_taken_away(page: Any) -> None:
    visit(page, "nine")
    with page.expect_download() as waiting:
        page.click("#png")
    assert waiting.value.suggested_filename == "network-2026-11-30.png"


def test_the_wheel_scrolls_the_page(page: Any) -> None:
    visit(page, "nine")
    page.set_viewport_size({"width": 1366, "height": 500})
    page.mouse.move(500, 400)
    page.mouse.wheel(0, 300)
    page.wait_for_timeout(200)
    assert page.evaluate("scrollY") > 100
    page.set_viewport_size({"width": 1366, "height": 820})
