"""The explorer in a real browser without a network: it says what the command line says, and works by hand."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from treatygraph.draw.explorer import Page, made
from treatygraph.errors import TreatygraphError
from treatygraph.graph import Graph, open_graph

TODAY = date(2026, 11, 25)
SEED = 1945
QUESTIONS = 500
SWITCHES = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="module")
def graph(built_cache: Path) -> Iterator[Graph]:
    opened = open_graph()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def explorer(graph: Graph) -> Page:
    return made(graph, TODAY)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium; a machine without one skips, unless everything is required."""
    path = shutil.which("chromium")
    if path is None:
        message = "chromium is not installed"
        pytest.fail(message) if os.environ.get("TREATYGRAPH_REQUIRE_ALL") else pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=path, args=list(SWITCHES))
        yield running
        running.close()


class Opened:
    """A page opened from a file with no network, and what it complained of or asked for."""

    def __init__(self, browser: Any, path: Path, width: int = 1300, height: int = 900, scheme: str = "light") -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, offline=True
        )
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
        self.page.wait_for_selector("#network-picture canvas", state="attached")
        self.page.wait_for_selector(".vis-timeline", state="attached")
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
def file(explorer: Page, tmp_path_factory: pytest.TempPathFactory) -> Path:
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
    shelf = graph.shelf()
    great = ["USA", "RUS", "CHN", "GBR", "FRA", "IND", "PAK", "PRK", "ISR", "IRN", "UKR", "DEU", "SUN", "BLR", "JPN"]
    every = [code for code, _ in shelf.all("life")]
    groups = ["nuclear-armed", "p5", "csto", "warsaw-pact"]
    topics = [None, None, *(name for name, _ in shelf.all("topic"))]
    views = shelf.get("changed", "instruments").values()
    readings = ["depositary"] * 12 + sorted({view for found in views for view in found})
    days = (TODAY - date(1945, 1, 1)).days
    found = []
    for _ in range(QUESTIONS):
        first = draw.choice(great) if draw.random() < 0.6 else draw.choice(every)
        second = draw.choice([draw.choice(great), draw.choice(every), draw.choice(groups)])
        on = date(1945, 1, 1) + timedelta(draw.randrange(days))
        found.append({
            "a": first, "b": second, "on": on.isoformat(), "reading": draw.choice(readings), "topic": draw.choice(topics),
            "scope": draw.choice(["any", "any", "bilateral", "multilateral"]), "binding": draw.random() < 0.2,
        })  # fmt: skip
    found.append({"a": "nato", "b": "warsaw-pact", "on": "1985-01-01", "reading": "depositary", "topic": None,
                  "scope": "any", "binding": False})  # fmt: skip
    return found


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


ASK = """questions => questions.map(question => {
    try { const {sides, ...answer} = window.treatygraph.between(question); return answer; }
    catch (problem) {
        if (!(problem instanceof window.treatygraph.Refusal)) throw problem;
        return {refused: problem.message};
    }
})"""


def test_the_page_answers_what_the_command_line_answers(graph: Graph, wide: Opened) -> None:
    asked = questions(graph)
    page = wide.ask("#a=USA&b=RUS&on=2021-05-28")
    answers = page.evaluate(ASK, asked)
    wrong = [
        (question, answer, expected)
        for question, answer in zip(asked, answers, strict=True)
        if answer != (expected := told(graph, question))
    ]
    assert not wrong, f"{len(wrong)} of {len(asked)} differ; the first: {wrong[0]}"
    refused = sum("refused" in answer for answer in answers)
    full = sum(bool(answer.get("instruments")) for answer in answers)
    assert refused > 20, "states that did not exist are among the questions"
    assert full > 200, "most questions have something to compare"
