"""The storyline draws on each day what ``between`` answers on that day, and says it without colour too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import chain
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatygraph.answers.between import Between, Remaining
from treatygraph.bonds.phases import HELD, Course, courses
from treatygraph.bonds.powers import power_ever
from treatygraph.draw import pictures
from treatygraph.draw.tale import story
from treatygraph.draw.threads import Storyline, Thread
from treatygraph.graph import Graph
from treatygraph.model.errors import UnknownName, UsageError
from treatygraph.model.version import RECORD_VERSION
from treatygraph.model.vocabulary import DEPOSITARY

TODAY = date(2026, 11, 30)
PAIRS = (
    ("US", "Russia"), ("India", "Pakistan"), ("NATO", "Russia"), ("North Korea", "United States"),
    ("East Germany", "United States"), ("Canada", "Palestine"), ("China", "Taiwan"), ("NATO", "Warsaw Pact"),
    ("mtcr", "China"), ("Ukraine", "Russia"), ("Bhutan", "South Sudan"), ("Japan", "European Union members"),
)  # fmt: skip
"""With what is contested, suspended or denied, groups, a regime, states that ended, and a pair with next to nothing."""
SVG = "{http://www.w3.org/2000/svg}"


@cache
def course_of(graph: Graph, first: str, second: str) -> dict[str, Course]:
    index = graph.index()
    powers = [power_ever(index, name, TODAY)[0] for name in (first, second)]
    found = courses(index, powers[0], powers[1], DEPOSITARY)
    return {name: course for name, course in found.items() if index.summary(name).scope != "unilateral"}


@cache
def story_of(graph: Graph, *powers: str, on: date = TODAY, binding: bool = True) -> Storyline:
    return story(graph, powers, on, since=None, topic=None, reading=DEPOSITARY, binding=binding)


def threads_of(told: Storyline) -> list[Thread]:
    return [thread for ribbon in told.ribbons for thread in ribbon.threads]


def all_of(items: tuple[Remaining, ...]) -> Iterator[Remaining]:
    for item in items:
        yield item
        yield from all_of(item.parts)


def between(graph: Graph, pair: tuple[str, str], day: date, *, binding: bool = False) -> Between | None:
    try:
        return graph.between(*pair, day, binding=binding)
    except UsageError:
        return None  # one of the two was not there


def phase_of(item: Remaining) -> str:
    if {"suspended", "suspension-claimed"} & set(item.flags):
        return "suspended"
    if "contested" in item.flags:
        return "contested"
    return "provisional" if "provisional" in item.standing.values() else "in-force"


@given(pair=st.sampled_from(PAIRS), day=st.dates(date(1946, 1, 1), TODAY))
def test_phases_are_what_between_answers_on_the_day(graph: Graph, pair: tuple[str, str], day: date) -> None:
    answer = between(graph, pair, day)
    if answer is None:
        return
    phases = {name: phase for name, course in course_of(graph, *pair).items() if (phase := course.on(day.isoformat()))}
    remaining = {item.id: phase_of(item) for item in all_of(answer.instruments)}
    held = {name: phase for name, phase in phases.items() if phase in HELD}
    assert held.keys() == remaining.keys()
    states = all(
        len(answer.question.states[place]) == 3 and answer.question.states[place].isupper() for place in (0, 1)
    )
    if states:
        assert held == remaining
    unknown = {item.id for item in answer.not_known}
    assert {name for name, phase in phases.items() if phase == "not-known"} == unknown
    undone = {item.id for item in answer.signed if "signature-duty-ended" in item.flags}
    signed = {item.id for item in answer.signed} - unknown
    assert {name for name, phase in phases.items() if phase == "signed"} - undone == signed - undone


@given(pair=st.sampled_from(PAIRS), day=st.dates(date(1960, 1, 1), TODAY))
def test_threads_are_what_between_counts_on_the_day(graph: Graph, pair: tuple[str, str], day: date) -> None:
    answer = between(graph, pair, day, binding=True)
    if answer is None:
        return
    told = story_of(graph, *pair, on=day)
    if told.on != day:
        return  # it is about the life of one that had ended
    drawn = threads_of(told)
    assert {thread.instrument for thread in drawn if thread.now in HELD} == {item.id for item in answer.instruments}
    assert {thread.instrument for thread in drawn if thread.now == "not-known"} <= {
        item.id for item in answer.not_known
    }
    ended = {item.id: item.until for item in answer.ended}
    for thread in drawn:
        if thread.cut and thread.because != "no longer between these" and not thread.ended.startswith("between"):
            assert thread.instrument in ended
    assert told.sentence == answer.answer


def test_among_the_nine_as_between_each_two(graph: Graph) -> None:
    index = graph.index()
    group = power_ever(index, "nuclear-armed", TODAY)[0]
    for on in ("1993-06-01", "2003-01-11", "2026-11-30"):
        members = power_ever(index, "nuclear-armed", date.fromisoformat(on))[0].members
        pairs = [(one, other) for one in members for other in members if one < other]
        answers = [graph.between(*pair, on) for pair in pairs]
        remaining = {item.id for answer in answers for item in all_of(answer.instruments)}
        found = courses(index, group, None, DEPOSITARY)
        held = {name for name, course in found.items() if course.on(on) in HELD}
        assert {name for name in held if index.summary(name).scope != "unilateral"} == remaining
        for name in sorted(remaining)[::7]:
            states = {
                code
                for answer in answers
                for item in all_of(answer.instruments)
                if item.id == name
                for code in answer.question.states
            }
            assert [count for start, end, count in found[name].holders if start <= on < end] == [len(states)]


def test_the_ribbon_of_strategic_limits_ends_with_new_start(graph: Graph) -> None:
    told = story_of(graph, "US", "Russia")
    strategic = told.ribbons[0]
    assert strategic.title == "Strategic offensive arms"
    assert strategic.held[-1] == ("1994-12-05", "2026-02-05")
    assert strategic.status == ("nothing since 5 February 2026", True)
    last = strategic.ended
    assert last
    assert (last.instrument, last.because, last.ended) == ("new-start", "expired", "5 February 2026")
    assert [phase.phase for phase in last.phases] == ["signed", "in-force", "suspended"]
    assert told.ended.startswith(
        "Nothing binding is left on strategic offensive arms (New START: expired, 5 February 2026);"
    )
    before = story_of(graph, "US", "Russia", on=date(2026, 2, 4)).ribbons[0]
    assert before.ended is None
    assert before.status == ("1 in force, 1 of them contested or suspended and 2 signed only", False)
    inf = next(thread for thread in threads_of(told) if thread.instrument == "inf")
    assert (inf.because, inf.ended) == ("withdrawal of the United States", "2 August 2019")
    assert graph.index().source(inf.source)


def test_nothing_is_said_to_be_left_where_something_may_be(graph: Graph) -> None:
    for pair in PAIRS:
        told = story_of(graph, *pair)
        there = {topic for thread in threads_of(told) if thread.now in (*HELD, "not-known") for topic in thread.topics}
        for ribbon in told.ribbons:
            if f"on {ribbon.title[0].lower()}{ribbon.title[1:]} (" in told.ended:
                assert ribbon.ended
                assert ribbon.ended.topics[0] not in there


@pytest.mark.parametrize(
    "powers", [("US", "Russia"), ("NATO", "Russia"), ("nuclear-armed",), ("Bhutan", "South Sudan")]
)
@pytest.mark.parametrize("narrow", [False, True])
def test_the_drawing_is_whole_and_the_same_each_time(graph: Graph, powers: tuple[str, ...], narrow: bool) -> None:
    content = pictures.storyline(graph, powers, TODAY, "svg", narrow=narrow)
    assert pictures.storyline(graph, powers, TODAY, "svg", narrow=narrow) == content
    root = ElementTree.fromstring(content)
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    assert width == (360 if narrow else 1280)
    assert root.find(f"{SVG}title") is not None
    words = " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    assert f"treatygraph {RECORD_VERSION} · record of 30 November 2026" in words
    assert "CC BY 4.0" in words
    desc = root.find(f"{SVG}desc")
    assert desc is not None
    assert desc.text
    assert story_of(graph, *powers).sentence in desc.text
    for text in root.iter(f"{SVG}text"):
        assert 0 <= float(text.attrib["x"]) <= width
        assert 0 <= float(text.attrib["y"]) <= height
    for place in re.findall(r"[MH](-?[\d.]+)", " ".join(path.attrib["d"] for path in root.iter(f"{SVG}path"))):
        assert -2 <= float(place) <= width


def test_every_phase_has_a_form_of_its_own_without_colour(graph: Graph) -> None:
    content = pictures.storyline(graph, ["US", "Russia"], TODAY, "svg", binding=False).decode()
    looks = {
        name: set(re.findall(rf"<title>{name}\n.*?</title><path [^>]*?(stroke-width=\S+(?: stroke-dasharray=\"[^\"]*\")?)",
                             content, re.DOTALL))
        for name in ("New START", "Budapest Memorandum")
    }  # fmt: skip
    assert any("dasharray" in look for look in looks["New START"]), "frayed"
    assert len(looks["New START"]) >= 2
    assert all("dasharray" not in look for look in looks["Budapest Memorandum"]), "split, not frayed"
    for letter in "SNBCER":
        assert f">{letter}</text>" in content


def test_the_page_has_both_forms_tables_and_links(graph: Graph, browser: Any, tmp_path: Any) -> None:
    path = tmp_path / "storyline.html"
    path.write_bytes(pictures.storyline(graph, ["US", "Russia"], TODAY, "html"))
    for width, shown, hidden in ((1300, ".wide", ".narrow"), (360, ".narrow", ".wide")):
        page = browser.new_page(viewport={"width": width, "height": 800})
        complaints: list[str] = []
        asked: list[str] = []
        page.on("console", lambda message, said=complaints: said.append(message.text))
        page.on("request", lambda request, seen=asked: seen.append(request.url))
        page.goto(path.as_uri())
        assert page.is_visible(shown)
        assert page.is_hidden(hidden)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.inner_text("h1").startswith("On 30 November 2026, at least 41 legally binding instruments bound")
        page.click("summary >> nth=0")
        assert "New START" in page.inner_text("details >> nth=0")
        assert complaints == []
        assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
        page.close()


def test_the_preview_has_the_shape_that_sites_show(graph: Graph) -> None:
    content = pictures.preview(graph, ["US", "Russia"], TODAY)
    assert (int.from_bytes(content[16:20]), int.from_bytes(content[20:24])) == (1200, 630)
    drawn = pictures.preview(graph, ["US", "Russia"], TODAY, "svg").decode()
    assert "nothing since 5 February 2026" in drawn
    assert "CC BY 4.0" in drawn
    assert "and 3 more topics" in drawn


def test_png_needs_no_browser_and_has_the_same_bytes(graph: Graph) -> None:
    made = [pictures.storyline(graph, ["US", "Russia"], TODAY, "png", topic="strategic-offensive-arms") for _ in "12"]
    assert made[0].startswith(b"\x89PNG\r\n\x1a\n")
    assert made[0] == made[1]
    assert int.from_bytes(made[0][16:20]) == 2560


def test_since_all_and_a_state_that_ended(graph: Graph) -> None:
    late = pictures.storyline(graph, ["US", "Russia"], TODAY, "svg", since=date(2000, 1, 1)).decode()
    assert "from 2000 to 2026" in late
    assert "SALT I Interim" not in late
    everything = threads_of(story_of(graph, "US", "Russia", binding=False))
    assert {"vladivostok", "new-start"} & {thread.instrument for thread in everything} == {"vladivostok", "new-start"}
    gone = story_of(graph, "East Germany", "US")
    assert gone.on == date(1990, 10, 2)
    assert gone.sentence.startswith("East Germany ended on 3 October 1990")


@pytest.mark.parametrize(
    ("powers", "more", "says"),
    [
        (["US"], {}, "name two powers, or a group"),
        (["US", "USA"], {}, "name two powers"),
        (["US", "Russia", "China"], {}, "of two powers, or of one group"),
        (["US", "Russia"], {"since": TODAY + timedelta(days=1)}, "--since"),
        (["US", "Atlantis"], {}, "Atlantis"),
        (["US", "Russia"], {"topic": "nonsense"}, "nonsense"),
    ],
)
def test_what_cannot_be_drawn_is_refused(graph: Graph, powers: list[str], more: dict[str, Any], says: str) -> None:
    with pytest.raises((UsageError, UnknownName), match=says):
        pictures.storyline(graph, powers, TODAY, "svg", **more)


def test_pairs_cover_what_is_hard(graph: Graph) -> None:
    phases = chain.from_iterable(course.phases for pair in PAIRS for course in course_of(graph, *pair).values())
    assert {phase.phase for phase in phases} == {*HELD, "not-known", "signed", "excluded"}
