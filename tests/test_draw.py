"""Networks, timelines and heatmaps: one file each, the same bytes, what the answers say and nothing fetched."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from serving import PATIENCE
from treatygraph import cli
from treatygraph.bonds.phases import HELD
from treatygraph.bonds.powers import power
from treatygraph.draw import pictures
from treatygraph.draw.bars import bars, bars_of_groups
from treatygraph.draw.heatmap import members, pair_counts
from treatygraph.draw.network import network
from treatygraph.draw.palette import FAMILIES
from treatygraph.draw.shapes import PAINTS
from treatygraph.graph import Graph, open_graph
from treatygraph.model.errors import UnknownName, UsageError
from treatygraph.model.vocabulary import TOPICS

TODAY = date(2026, 11, 25)
SVG = "{http://www.w3.org/2000/svg}"


class Fetched(HTMLParser):
    """Collects every address in a page that a browser would fetch when it opens it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.addresses: list[str] = []
        self.styles: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        for name, value in attrs:
            fetched = name in {"src", "srcset", "poster", "data", "action", "background"} or (
                name in {"href", "xlink:href"} and tag != "a"
            )
            if fetched and value and not value.startswith(("data:", "#")):
                self.addresses.append(f"<{tag} {name}={value}>")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "style":
            self.styles.append(data)

    def all(self) -> list[str]:
        style = " ".join(self.styles)
        urls = re.findall(r"url\(\s*['\"]?(?!data:|#)([^'\")]+)|(@import)", style)
        return self.addresses + [str(url) for url in urls]


MAKE: dict[str, Callable[[Graph], bytes]] = {
    "explorer": lambda graph: pictures.explorer(graph, TODAY),
    "network of two": lambda graph: pictures.network(graph, date(2021, 5, 28), states=["US", "Russia"]),
    "network of all": lambda graph: pictures.network(graph, TODAY),
    "timeline": lambda graph: pictures.timeline(graph, "US", "Russia", TODAY, "html"),
    "heatmap": lambda graph: pictures.heatmap(graph, TODAY, "html", group="nuclear-armed"),
    "storyline": lambda graph: pictures.storyline(graph, ["India", "Pakistan"], TODAY, "html"),
    "map": lambda graph: pictures.map_of(graph, "NPT", TODAY, "html"),
}


@pytest.fixture(scope="module")
def drawn(graph: Graph) -> dict[str, bytes]:
    return {name: make(graph) for name, make in MAKE.items()}


@pytest.mark.parametrize("name", MAKE)
def test_nothing_in_the_file_would_be_fetched(drawn: dict[str, bytes], name: str) -> None:
    page = Fetched()
    page.feed(drawn[name].decode())
    assert page.all() == []
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', drawn[name].decode())
    assert policy
    assert policy[1].startswith("default-src 'none';"), "nor could anything be"


@pytest.mark.parametrize("name", MAKE)
def test_the_same_record_gives_the_same_bytes(graph: Graph, drawn: dict[str, bytes], name: str) -> None:
    assert MAKE[name](graph) == drawn[name]


@pytest.mark.parametrize("name", [name for name in MAKE if name != "explorer"])
@pytest.mark.parametrize("width", [1400, 400])
def test_each_opens_without_a_network_a_request_or_a_complaint(
    browser: Any, drawn: dict[str, bytes], tmp_path: Path, name: str, width: int
) -> None:
    path = tmp_path / "picture.html"
    path.write_bytes(drawn[name])
    context = browser.new_context(viewport={"width": width, "height": 900}, offline=True)
    page = context.new_page()
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda problem: complaints.append(str(problem)))
    page.on("request", lambda request: asked.append(request.url))
    context.set_default_timeout(1000 * PATIENCE)
    page.goto(path.as_uri())
    page.evaluate("new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)))")
    assert page.inner_text("h1").startswith(("On ", "For each", "NPT"))
    if name.startswith("network"):
        page.fill("#find", "New START" if name.endswith("two") else "Russia")
        page.keyboard.press("Tab")
        assert page.inner_text("#card h2") == ("New START" if name.endswith("two") else "Russia")
        assert page.evaluate("network.getSelectedNodes().length") == 1
        page.keyboard.press("Escape")
        assert page.is_hidden("#card")
    elif name != "map":
        page.locator(".tipped").first.dispatch_event("pointerover")  # a level line has no height to hover over
        assert page.inner_text("#tip")
        page.keyboard.press("Escape")
        assert page.locator("#tip").is_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    context.close()


def test_the_network_shows_each_standing_as_it_is(graph: Graph) -> None:
    found = network(graph, date(2021, 5, 28), states=["US", "Russia"])
    looks = {(edge.state, edge.instrument): edge.look for edge in found.edges}
    assert looks["USA", "new-start"] == looks["RUS", "new-start"] == "party"
    assert looks["USA", "open-skies"] == "former"
    assert looks["RUS", "open-skies"] == "party"
    assert looks["RUS", "cfe"] == "suspended"
    pending = network(graph, date(2020, 6, 1), states=["US", "Russia"])
    assert {edge.instrument for edge in pending.edges if edge.look == "notice pending"} == {"open-skies"}
    assert "since 1992" in next(edge.tip for edge in found.edges if edge.instrument == "cfe" and edge.state == "USA")
    assert all("sources: " in edge.tip for edge in found.edges)
    assert found.sentence == graph.between("US", "Russia", "2021-05-28").answer


def test_the_network_of_two_holds_all_that_remains_between_them(graph: Graph) -> None:
    for first, second, on in (("USA", "RUS", "2021-05-28"), ("IND", "PAK", "2010-01-01"), ("USA", "SUN", "1985-01-01")):
        found = network(graph, date.fromisoformat(on), states=[first, second])
        held = Counter(edge.instrument for edge in found.edges if edge.look in ("party", "notice pending", "suspended"))
        answer = graph.between(first, second, on)
        remaining = {one.id for top in answer.instruments for one in (top, *top.parts)}
        assert {name for name, times in held.items() if times == 2} == remaining, (first, second)


def test_the_network_of_a_topic_and_of_a_group(graph: Graph) -> None:
    found = network(graph, date(2010, 1, 1), group="NATO", topic="conventional-forces")
    assert "28 members of NATO" in found.sentence
    topics = {node.id: graph.index().summary(node.id).topics for node in found.nodes if node.family}
    assert all("conventional-forces" in one for one in topics.values())
    places = [(node.x, node.y) for node in found.nodes]
    assert len(set(places)) == len(places), "no node hides another"


def test_the_network_refuses_what_it_cannot_draw(graph: Graph) -> None:
    with pytest.raises(UnknownName, match="nuclear-testing"):
        network(graph, TODAY, topic="nuclear-tests")
    with pytest.raises(UsageError, match="--group"):
        network(graph, TODAY, states=["NATO", "RUS"])
    with pytest.raises(UsageError, match="nothing on record"):
        network(graph, date(1800, 1, 1))


def test_text_of_the_record_stays_text_in_every_picture(browser: Any, tiny: Any, tmp_path: Path) -> None:
    bad = "<img src=x onerror=window.hit=1></script><script>window.hit=1</script> href"
    tiny.change("instruments/hotline.yaml", "{text: 'Hotline',", f"{{text: '{bad}',")
    tiny.change("states.csv", "USA,United States,", f"USA,{bad},")
    graph = open_graph(tiny.root)
    for number, content in enumerate(
        (
            pictures.network(graph, date(1970, 1, 1), states=["USA", "SUN"]),
            pictures.timeline(graph, "USA", "Russia", date(1999, 1, 1), "html"),
            pictures.heatmap(graph, date(1999, 1, 1), "html", states=["USA", "RUS", "GBR"]),
        )
    ):
        path = tmp_path / f"{number}.html"
        path.write_bytes(content)
        page = browser.new_page()
        page.goto(path.as_uri())
        page.evaluate("new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)))")
        assert page.evaluate("[window.hit, document.querySelectorAll('img').length]") == [None, 0], number
        page.close()
    ElementTree.fromstring(pictures.timeline(graph, "USA", "Russia", date(1999, 1, 1), "svg"))


@pytest.mark.parametrize(
    ("instrument", "stages"),
    [
        ("new-start", ["signed", "in-force", "suspended"]),
        ("ttbt", ["signed", "in-force"]),
        ("start-2", ["signed"]),
        ("pmda", ["provisional", "in-force", "suspended"]),
        ("budapest-memorandum", ["contested"]),
        ("inf", ["signed", "in-force", "suspended"]),
    ],
)
def test_the_stages_of_an_instrument_between_the_two(graph: Graph, instrument: str, stages: list[str]) -> None:
    index = graph.index()
    found = {one.instrument: one for one in bars(index, (power(index, "US", TODAY), power(index, "Russia", TODAY)))}
    assert [stage.stage for stage in found[instrument].stages] == stages


def test_marks_and_endings_of_bars(graph: Graph) -> None:
    index = graph.index()
    found = {one.instrument: one for one in bars(index, (power(index, "US", TODAY), power(index, "Russia", TODAY)))}
    assert [(mark.mark, mark.day, mark.by) for mark in found["open-skies"].marks] == [("notice", "2020-05-22", "USA")]
    assert [(mark.mark, mark.day) for mark in found["new-start"].marks] == [("extension", "2021-02-03")]
    assert found["open-skies"].stages[-1].end == "2020-11-22"
    assert found["open-skies"].because == "withdrawal of USA"
    assert found["npt"].because == ""


def test_bars_stand_where_between_says_that_the_two_were_bound(graph: Graph) -> None:
    index = graph.index()
    powers = power(index, "US", TODAY), power(index, "Russia", TODAY)
    drawn = bars(index, powers)
    for on in ("1965-01-01", "1992-06-01", "2009-12-05", "2021-05-28", "2026-11-25"):
        bound = {
            one.instrument
            for one in drawn
            for stage in one.stages
            if stage.stage not in ("signed", "excluded", "not-known") and stage.start <= on < stage.end
        }
        answer = graph.between("US", "Russia", on)
        remaining = {one.id for top in answer.instruments for one in (top, *top.parts)}
        pledges = {name for name in bound if index.summary(name).scope == "unilateral"}
        assert bound - pledges == remaining, on


def test_the_timeline_of_a_group_has_its_members_of_each_day_and_all_stages(graph: Graph) -> None:
    content = pictures.timeline(graph, "NATO", "Russia", TODAY, "svg").decode()
    assert "Legally binding, between two states alone" in content
    assert "between the two alone" not in content
    assert "Anglo-Soviet naval agreement" not in content, "NATO dates from 1949"
    index = graph.index()
    found = {
        bar.instrument: bar for bar in bars_of_groups(index, (power(index, "NATO", TODAY), power(index, "RUS", TODAY)))
    }
    assert [stage.stage for stage in found["new-start"].stages] == ["signed", "in-force", "suspended"]
    assert {mark.mark for mark in found["abm"].marks} == {"notice"}
    assert min(stage.start for bar in found.values() for stage in bar.stages) >= "1949-04-04"
    for on in ("1975-06-01", "2010-01-01"):
        answer = graph.between("NATO", "Russia", on)
        remaining = {one.id for top in answer.instruments for one in (top, *top.parts)}
        held = {
            bar.instrument
            for bar in found.values()
            for stage in bar.stages
            if stage.stage in HELD and stage.start <= on < stage.end
        }
        assert {name for name in held if index.summary(name).scope != "unilateral"} >= remaining


def test_the_timeline_as_svg_and_png(graph: Graph) -> None:
    content = pictures.timeline(graph, "US", "Russia", TODAY, "svg")
    root = ElementTree.fromstring(content)
    tips = [title.text or "" for title in root.iter(f"{SVG}title")]
    assert any(tip.startswith("New START\nsuspension claimed or in effect, 2023-02-28 to 2026-02-04\nended 2026-02-05: expired")
               for tip in tips)  # fmt: skip
    assert "2026-11-25" in {text.text for text in root.iter(f"{SVG}text")}
    assert b"url(#hatch-suspended)" in content
    assert pictures.timeline(graph, "US", "Russia", TODAY, "svg") == content
    png = pictures.timeline(graph, "US", "Russia", TODAY, "png", topic="strategic-offensive-arms")
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert pictures.timeline(graph, "US", "Russia", TODAY, "png", topic="strategic-offensive-arms") == png


def test_the_heatmap_counts_what_between_counts(graph: Graph) -> None:
    index = graph.index()
    _, states = members(index, "nuclear-armed")
    assert {"RUS", "USA", "CHN"} <= set(states)
    assert "SUN" not in states, "a state that is continued stands under the name that carries it on"
    days = [date(1975, 6, 1), date(2010, 1, 1), TODAY]
    compared = 0
    rows = pair_counts(index, states, days, None, "depositary")
    for (first, second), (_, counts) in zip(combinations(states, 2), rows, strict=True):
        for on, count in zip(days, counts, strict=True):
            try:
                answer = graph.between(first, second, on)
            except UsageError:
                assert count is None
                continue
            assert count == sum(one.binding is True for one in answer.instruments)
            compared += 1
    assert compared > 100


def test_every_topic_has_a_colour_and_colours_can_be_told_from_their_ground() -> None:
    coloured = [topic for family in FAMILIES for topic in family.topics]
    assert sorted(coloured) == sorted(TOPICS)
    for paint, (light, dark) in PAINTS.items():
        if paint.startswith("family") or paint in ("ink", "soft", "bad", "warn"):
            assert contrast(light, PAINTS["ground"][0]) >= 3, paint
            assert contrast(dark, PAINTS["ground"][1]) >= 3, paint


def contrast(one: str, other: str) -> float:
    """The contrast of two colours after WCAG 2."""

    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_command_writes_the_file_and_says_so(
    built_cache: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "timeline.svg"
    assert cli.run(["draw", "timeline", "US", "Russia", "--on", "2021-05-28", "-o", str(target)]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert str(target) in said.err
    assert "2021-05-28" in target.read_text(encoding="utf-8")
    assert cli.run(["draw", "heatmap", "--group", "p5", "--every", "decade", "-o", str(tmp_path / "h.svg")]) == 0
    assert cli.run(["draw", "network", "--states", "US, Russia", "-o", str(tmp_path / "n.html")]) == 0
    assert cli.run(["draw", "explorer", "-o", str(tmp_path / "e.html")]) == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["timeline", "US", "Russia", "-o", "x.pdf"], "timeline writes .html or .svg or .png"),
        (["explorer", "-o", "x.svg"], "explorer writes .html"),
        (["timeline", "US", "Atlantis", "-o", "x.svg"], "Atlantis"),
        (["timeline", "US", "USA", "-o", "x.svg"], "name two powers"),
        (["timeline", "US", "Russia", "--topic", "nonsense", "-o", "x.svg"], "nonsense"),
        (["heatmap", "--states", "US", "-o", "x.svg"], "two states"),
        (["heatmap", "--group", "nobody", "-o", "x.svg"], "nobody"),
        (["explorer", "-o", "no/such/folder/x.html"], "there is no folder no/such/folder"),
    ],
)
def test_bad_input_is_refused_and_nothing_is_written(
    built_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=re.escape(message)):
        cli.run(["draw", *words])
    assert list(tmp_path.iterdir()) == []


def test_the_gallery_shows_small_pictures_by_commands_that_work() -> None:
    docs = Path(__file__).resolve().parent.parent / "docs"
    text = (docs / "gallery.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text)
    assert shown
    for name in shown:
        assert (docs / name).stat().st_size < 400_000, name
    assert {path.name for path in (docs / "pictures").iterdir()} == {Path(name).name for name in shown}
    for page in ("gallery.md", "draw.md"):
        for words in re.findall(
            r"^scripts/treatygraph (draw [^#\n]+)", (docs / page).read_text(encoding="utf-8"), re.MULTILINE
        ):
            assert cli.parser("draw").parse_args(words.split()).picture in pictures.KINDS
