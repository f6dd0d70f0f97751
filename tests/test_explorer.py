"""The explorer in a real browser without a network: it says what the command line says, and works by hand."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from serving import PATIENCE
from treatygraph.bonds.powers import power
from treatygraph.build.codec import encode
from treatygraph.build.index import Index
from treatygraph.build.storage import OverlayStorage
from treatygraph.draw.bars import bars
from treatygraph.draw.explorer import ExplorerPage, made
from treatygraph.draw.page_data import page_data
from treatygraph.graph import Graph, open_graph
from treatygraph.model.errors import TreatygraphError

TODAY = date(2026, 11, 25)
SEED = 1945
QUESTIONS = 600


@pytest.fixture(scope="module")
def explorer(graph: Graph) -> ExplorerPage:
    return made(graph, TODAY)


class Opened:
    """A page opened from a file with no network, and what it complained of or asked for."""

    def __init__(self, browser: Any, path: Path, width: int = 1300, height: int = 900, scheme: str = "light") -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, offline=True
        )
        self.context.set_default_timeout(1000 * PATIENCE)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda problem: self.complaints.append(str(problem)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.path = path

    def ask(self, fragment: str = "") -> Any:
        """The page with this fragment of the address, ready."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.path.as_uri()}{fragment}")
        self.page.evaluate("window.treatygraph.ready")
        return self.page

    def answer(self) -> str:
        text: str = self.page.inner_text("#answer")
        return text

    def quiet(self) -> None:
        """Nothing was complained of, nothing but the file itself was asked for."""
        assert self.complaints == []
        others = [url for url in self.requests if not url.startswith((self.path.as_uri(), "data:", "about:"))]
        assert others == []


@pytest.fixture(scope="module")
def file(explorer: ExplorerPage, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("explorer") / "explorer.html"
    path.write_text(explorer.html, encoding="utf-8")
    return path


@pytest.fixture
def wide(browser: Any, file: Path) -> Iterator[Opened]:
    opened = Opened(browser, file)
    yield opened
    opened.quiet()
    opened.context.close()


def questions(graph: Graph) -> list[dict[str, Any]]:
    """Seeded questions about states that matter, states that ended, groups, topics and readings."""
    draw = random.Random(SEED)
    index = graph.index()
    great = ["USA", "RUS", "CHN", "GBR", "FRA", "IND", "PAK", "PRK", "ISR", "IRN", "UKR", "DEU", "SUN", "BLR", "JPN"]
    every = list(index.existences())
    groups = ["nuclear-armed", "p5", "csto", "warsaw-pact"]
    topics = [None] * 60 + [*index.topics()]
    views = index.disputed().values()
    readings = ["depositary"] * 12 + sorted({view for found in views for view in found})
    days = (TODAY - date(1945, 1, 1)).days
    found = []
    for _ in range(QUESTIONS):
        first = draw.choice(great) if draw.random() < 0.7 else draw.choice(every)
        second = draw.choice([draw.choice(great), draw.choice(every), draw.choice(groups)])
        on = date(1945, 1, 1) + timedelta(draw.randrange(days))
        found.append({
            "a": first, "b": second, "on": on.isoformat(), "reading": draw.choice(readings), "topic": draw.choice(topics),
            "scope": draw.choice(["any", "any", "bilateral", "multilateral"]), "binding": draw.random() < 0.2,
        })  # fmt: skip
    plain = {"reading": "depositary", "topic": None, "scope": "any", "binding": False}
    pairs = [("CAN", "PSE"), ("PSE", "USA"), ("PRK", "CHN"), ("KOR", "PRK"), ("ISR", "SYR"), ("nuclear-armed", "PSE"),
             ("PSE", "NATO"), ("Non-Aligned Movement", "p5")]  # fmt: skip
    found += [{"a": a, "b": b, "on": on, **plain} for a, b in pairs for on in ("2020-01-01", TODAY.isoformat())]
    later = [("USA", "RUS", "3000-01-01"), ("p5", "RUS", "2031-01-01"), ("GBR", "ITA", "2026-12-01")]
    grouped = [("nato", "warsaw-pact", "1985-01-01"), ("nato", "RUS", "2010-01-01"), ("eu", "RUS", "2026-11-30")]
    return [*found, *({"a": a, "b": b, "on": on, **plain} for a, b, on in (*later, *grouped))]


def told(graph: Graph, asked: dict[str, Any]) -> dict[str, Any]:
    """What the command line answers: the JSON, or the message."""
    try:
        answer = graph.between(
            asked["a"], asked["b"], asked["on"], reading=asked["reading"], topic=asked["topic"], scope=asked["scope"],
            binding=asked["binding"],
        )  # fmt: skip
    except TreatygraphError as problem:
        return {"refused": str(problem)}
    plain: dict[str, Any] = json.loads(json.dumps(answer.to_dict()))
    return plain


ASK = """async questions => {
  const details = await window.treatygraph.record.details();
  return questions.map(question => {
    try { const {sides, ...answer} = window.treatygraph.between(question); return window.treatygraph.named(details, answer); }
    catch (problem) {
        if (!(problem instanceof window.treatygraph.Refusal)) throw problem;
        return {refused: problem.message};
    }
  });
}"""


def differing(question: dict[str, Any], answer: dict[str, Any], expected: dict[str, Any]) -> list[Any]:
    """The question, and the keys under which the two answers differ with what stands there."""
    return [question, *((key, answer.get(key), value) for key, value in expected.items() if answer.get(key) != value)]


def test_the_page_answers_what_the_command_line_answers(graph: Graph, wide: Opened) -> None:
    asked = questions(graph)
    page = wide.ask("#a=USA&b=RUS&on=2021-05-28")
    answers = page.evaluate(ASK, asked)
    wrong = [
        (question, answer, expected)
        for question, answer in zip(asked, answers, strict=True)
        if answer != (expected := told(graph, question))
    ]
    assert not wrong, f"{len(wrong)} of {len(asked)} differ; the first: {differing(*wrong[0])}"
    notes = [note for answer in answers for note in answer.get("notes", ())]
    assert sum("does not accept the participation" in note for note in notes) >= 5
    refused = sum("refused" in answer for answer in answers)
    full = sum(bool(answer.get("instruments")) for answer in answers)
    assert sum(bool(answer.get("not_known")) for answer in answers) > 200, "most pairs have something that is open"
    assert sum("if nothing happened" in answer.get("answer", "") for answer in answers) >= 3
    assert refused > 20, "states that did not exist are among the questions"
    assert full > 200, "most questions have something to compare"


def test_the_page_draws_the_courses_that_the_timeline_draws(graph: Graph, wide: Opened) -> None:
    page = wide.ask()
    index = graph.index()
    for first, second, reading in (("USA", "RUS", "depositary"), ("USA", "RUS", "RUS"), ("IND", "PAK", "depositary"),
                                   ("JPN", "PRK", "PRK"), ("nato", "RUS", "depositary"), ("BLR", "POL", "depositary")):  # fmt: skip
        powers = power(index, first, TODAY), power(index, second, TODAY)
        found = page.evaluate(
            "question => window.treatygraph.courses(...question)", [first, second, TODAY.isoformat(), reading]
        )
        drawn = {
            name: ([(one["stage"], one["from"], one["to"]) for one in course["stages"]],
                   [(one["mark"], one["day"], one["by"]) for one in course["marks"]])
            for name, course in found
        }  # fmt: skip
        expected = {
            course.instrument: ([(one.stage, _number(one.start), _number(one.end)) for one in course.stages],
                                [(one.mark, _number(one.day), one.by) for one in course.marks])
            for course in bars(index, powers, reading)
        }  # fmt: skip
        assert drawn == expected, (first, second, reading)
        assert drawn


def test_an_objection_keeps_an_instrument_from_holding_the_two(graph: Graph, wide: Opened) -> None:
    page = wide.ask("#a=USA&b=RUS&on=2021-05-28")
    objection = {"by": "RUS", "against": "USA", "from": 20000101, "to": 99991231, "rule": "R11"}
    page.evaluate("one => window.treatygraph.record.exclusions.set('npt', [one])", objection)
    for on, kept in (("1999-12-31", True), ("2000-01-01", False)):
        answer = page.evaluate("on => window.treatygraph.between({a: 'USA', b: 'RUS', on})", on)
        assert ("npt" in [item["id"] for item in answer["instruments"]]) == kept
        objected = "Russia objected to the participation of the United States in NPT: it does not hold between them"
        assert (objected in answer["notes"]) != kept


def _number(day: str) -> int:
    return int(day.replace("-", ""))


def test_the_page_opens_with_the_question_of_its_address(graph: Graph, wide: Opened) -> None:
    page = wide.ask("#a=USA&b=RUS&on=2021-05-28")
    assert wide.answer() == graph.between("USA", "RUS", "2021-05-28").answer
    listed = page.locator("#remains-list [data-id]").evaluate_all("items => items.map(item => item.dataset.id)")
    assert {"new-start", "npt", "cfe"} <= set(listed)
    assert "withdrawal of USA" in page.inner_text("#ended-list li:has([data-id=open-skies])")
    assert "suspension claimed by RUS" in page.inner_text("#remains-list li:has(> [data-id=cfe])")
    page.wait_for_selector("#spark rect", state="attached")
    assert page.locator("#timeline-picture .bar").count() > 20


def test_slider_fields_and_buttons_ask_anew_and_back_leads_back(graph: Graph, wide: Opened) -> None:
    page = wide.ask("#a=USA&b=RUS&on=2021-05-28")
    page.focus("#slider")
    page.keyboard.press("ArrowRight")
    assert wide.answer().startswith("On 29 May 2021")
    assert "on=2021-05-29" in page.url
    page.click("#now")
    assert wide.answer() == graph.between("USA", "RUS", TODAY).answer
    page.click("#earlier")
    last = page.input_value("#on")
    assert last < TODAY.isoformat()
    assert wide.answer() == graph.between("USA", "RUS", last).answer
    page.fill("#b", "Soviet Union")
    page.keyboard.press("Tab")
    assert "b=SUN" in page.url
    page.fill("#on", "1985-11-19")
    page.keyboard.press("Tab")
    assert wide.answer() == graph.between("USA", "SUN", "1985-11-19").answer
    page.select_option("#topic", "nuclear")
    assert wide.answer() == graph.between("USA", "SUN", "1985-11-19", topic="nuclear").answer
    page.click("#swap")
    assert wide.answer() == graph.between("SUN", "USA", "1985-11-19", topic="nuclear").answer
    page.go_back()
    page.wait_for_function("document.getElementById('a').value === 'United States'")
    assert wide.answer() == graph.between("USA", "SUN", "1985-11-19", topic="nuclear").answer
    page.go_back()
    page.wait_for_function("document.getElementById('topic').value === ''")
    page.go_forward()
    page.wait_for_function("document.getElementById('topic').value === 'nuclear'")


def test_a_wrong_name_and_a_state_that_was_not_there_are_said(wide: Opened) -> None:
    page = wide.ask("#a=USA&b=CZE&on=1985-01-01")
    assert wide.answer().startswith("Czechia did not exist on 1985-01-01")
    page.fill("#b", "Atlantis")
    page.keyboard.press("Tab")
    assert wide.answer() == "No state or group is called 'Atlantis'."
    page.fill("#b", "USA")
    page.keyboard.press("Tab")
    assert "name two powers" in wide.answer()
    page.fill("#b", "France")
    page.keyboard.press("Tab")
    assert wide.answer().startswith("On 1 January 1985")


@pytest.mark.parametrize(
    ("part", "says"),
    [
        ("on=2021-02-30", "'2021-02-30' is not a day"),
        ("on=2021-05-28&reading=XYZ", "No reading is called 'XYZ'"),
        ("on=2021-05-28&scope=zzz", "No scope is called 'zzz'; take one of any, bilateral, multilateral"),
        ("on=2021-05-28&topic=nonsense", "No topic is called 'nonsense'"),
        ("on=2021-05-28&card=nothing", "No instrument is called 'nothing'"),
        ("date=2021-05-28", "The address has no part 'date'; it takes a, b, on"),
    ],
)
def test_an_address_that_is_not_understood_is_refused(wide: Opened, part: str, says: str) -> None:
    page = wide.ask("#a=USA&b=RUS&on=2021-05-28")
    assert page.locator("#remains-list [data-id]").count() > 10
    page.evaluate("address => { location.hash = address; }", f"#a=USA&b=RUS&{part}")
    page.wait_for_selector("#answer.refused")
    assert says in wide.answer()
    assert page.locator("[data-id]").count() == 0, "nothing of the earlier answer is left"
    assert page.is_hidden("#notes")


def test_a_card_shows_acts_people_reasons_and_sources(wide: Opened) -> None:
    page = wide.ask("#a=USA&b=RUS&on=2021-05-28")
    page.click("[data-id=open-skies]")
    page.wait_for_selector("#card dl")
    text = page.inner_text("#card")
    for wanted in ("Open Skies", "notice of withdrawal", "R23", "Sherman", "Source:", "Standings and reasons".upper()):
        assert wanted in text, wanted
    assert "card=open-skies" in page.url
    addresses = page.locator("#card a").evaluate_all("links => links.map(link => link.href)")
    assert addresses
    assert all(address.startswith(("https://", "http://")) for address in addresses)
    page.keyboard.press("Escape")
    page.wait_for_function("!document.getElementById('card').open")
    assert "card=" not in page.url


@pytest.mark.parametrize(("width", "height", "scheme"), [(390, 844, "dark"), (1440, 900, "dark"), (820, 1180, "light")])
def test_it_fits_every_screen_and_follows_the_setting(
    browser: Any, file: Path, width: int, height: int, scheme: str
) -> None:
    opened = Opened(browser, file, width, height, scheme)
    page = opened.ask("#a=nato&b=RUS&on=2010-01-01")
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "nothing sticks out sideways"
    assert page.evaluate("document.documentElement.dataset.theme") == scheme
    ground = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(ground)
    page.click("#theme")
    assert page.evaluate(ground) != before
    low = page.evaluate(
        "[...document.querySelectorAll('button, select, #a, #b')]"
        ".filter(one => one.offsetParent && !one.getAttribute('aria-label') && !one.textContent.trim() && !one.labels?.length)"
        ".map(one => one.id)"
    )
    assert low == [], "everything that can be used has a name"
    opened.quiet()
    opened.context.close()


def test_it_works_under_its_policy_as_a_header(browser: Any, explorer: ExplorerPage) -> None:
    context = browser.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda problem: complaints.append(str(problem)))
    page.route(
        "**/*",
        lambda route: route.fulfill(
            body=explorer.html, content_type="text/html; charset=utf-8",
            headers={"Content-Security-Policy": explorer.policy},
        ),
    )  # fmt: skip
    page.goto("http://explorer.invalid/#a=USA&b=RUS&on=2021-05-28")
    page.evaluate("window.treatygraph.ready")
    page.wait_for_selector("#spark rect", state="attached")
    page.click("[data-id=npt]")
    assert complaints == []
    assert "unsafe" not in explorer.policy
    context.close()


def test_text_of_the_record_stays_text(browser: Any, tiny: Any, tmp_path: Path) -> None:
    bad = "<img src=x onerror=window.hit=1></script><script>window.hit=1</script>"
    tiny.change("instruments/hotline.yaml", "{text: 'Hotline',", f"{{text: '{bad}',")
    tiny.change("states.csv", "USA,United States,", f"USA,{bad},")
    tiny.change("instruments/hotline.yaml", "{text: 'Direct Line',", f"{{text: 'Direct {bad}',")
    path = tmp_path / "explorer.html"
    path.write_text(made(open_graph(tiny.root), TODAY).html, encoding="utf-8")
    opened = Opened(browser, path)
    page = opened.ask("#a=USA&b=SUN&on=1970-01-01&card=hotline")
    page.wait_for_selector("#timeline-picture .course")
    assert bad in opened.answer()
    assert bad in page.inner_text("#card-title")
    assert bad in page.inner_text("#timeline-picture")
    assert page.evaluate("[window.hit, document.querySelectorAll('img').length]") == [None, 0]
    opened.quiet()
    opened.context.close()


def test_a_card_links_the_item_of_wikidata_that_is_the_instrument(graph: Graph) -> None:
    linked = graph.index().links("state", "USA")[0]

    def link(item: str, predicate: str, *, rejected: bool) -> Any:
        return encode(
            replace(linked, kind="instrument", record="npt", item=item, predicate=predicate, rejected=rejected)
        )

    wrong, near = link("Q2", "exactMatch", rejected=True), link("Q3", "closeMatch", rejected=False)
    links = [wrong, near, link("Q1", "exactMatch", rejected=False)]
    made_up = page_data(Index(OverlayStorage(graph.index().storage, [("links", "instrument/npt", links)])), TODAY)
    found = [item for scheme, item in made_up.cards["cards"]["npt"]["ids"] if scheme == "wikidata"]
    assert found == ["Q1"]


def test_it_is_quick(wide: Opened) -> None:
    page = wide.ask("#a=USA&b=RUS&on=2021-05-28")
    page.wait_for_selector("#spark rect", state="attached")
    first_paint, steps, answers = page.evaluate(
        """() => {
            const { explorer, between } = window.treatygraph, steps = [], answers = [];
            const timed = (into, act) => { const begun = performance.now(); act(); into.push(performance.now() - begun); };
            for (let year = 1950; year < 2026; year += 1) {
                timed(answers, () => { between({ a: "USA", b: "RUS", on: `${year}-06-01` }); });
                timed(steps, () => { explorer.slide(`${year}-06-01`); document.body.offsetHeight; });
            }
            const middle = (all) => all.sort((a, b) => a - b)[all.length >> 1];
            return [performance.getEntriesByName("first-paint")[0].startTime, middle(steps), middle(answers)];
        }"""
    )
    assert first_paint < 1000
    assert steps < 50
    assert answers < 50


def test_it_is_one_small_file_of_the_same_bytes(graph: Graph, explorer: ExplorerPage) -> None:
    assert len(explorer.html.encode()) < 1_200_000
    assert made(graph, TODAY) == explorer
