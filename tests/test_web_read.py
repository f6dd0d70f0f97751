"""A story over HTTP: ``/api/read``, ``/api/claims``, and the page into which one pastes it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from serving import PATIENCE
from treatygraph.web.stories import pieces_of

STORY = (
    "MOSCOW, Feb 3, 2019 - Russia withdrew from the INF Treaty on Saturday. The treaty was signed by Reagan and Gorbachev "
    "on 8 December 1987. The <b>INF Treaty</b> is dead & gone, they say."
)
CLAIM = {"check": "act-on", "act": "signature", "instrument": "NPT", "state": "Mexico"}


@pytest.fixture(scope="module")
def client(web: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=web, timeout=PATIENCE) as made:
        yield made


def test_a_story_is_read_as_on_the_command_line(client: httpx.Client, tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    command = [sys.executable, "-m", "treatygraph", "read", str(path), "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path.cwd())
    answer = client.post("/api/read", json={"text": STORY})
    assert answer.json() == json.loads(done.stdout)
    assert [c["verdict"] for c in answer.json()["claims"]][:1] == ["contradicted"]
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "body", "part"),
    [
        ("read", {"text": STORY, "day": "2019-02-03"}, "day"),
        ("read", {"text": 5}, "text"),
        ("read", {"text": STORY, "date": "3 Feb"}, "3 Feb"),
        ("read", {"text": "Russland hat den Vertrag über die Rüstung gekündigt, und die Folgen sind schwer für alle."},
         "English"),
        ("read", [STORY], "body"),
        ("claims", {"date": "2020-01-01", "claims": [{**CLAIM, "wen": "1968"}]}, "wen"),
        ("claims", {"date": "2020-01-01", "claims": []}, "claims"),
        ("claims", {"date": "2020-01-01", "claims": [CLAIM], "story": "x"}, "story"),
    ],
)  # fmt: skip
def test_a_body_that_is_not_understood_is_refused(client: httpx.Client, path: str, body: Any, part: str) -> None:
    answer = client.post(f"/api/{path}", json=body)
    assert answer.status_code == 400, answer.text
    assert part in answer.json()["detail"]


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        ('{"text": "a", "text": "b"}', "application/json", 400),
        ('{"text": ' + "[" * 30_000 + "]" * 30_000 + "}", "application/json", 400),
        ("not json", "application/json", 400),
        ("text=a", "application/x-www-form-urlencoded", 415),
        ('{"text": "' + "a" * 70_000 + '"}', "application/json", 413),
    ],
)
def test_a_body_of_another_kind_or_size_is_refused(client: httpx.Client, content: str, kind: str, status: int) -> None:
    assert client.post("/api/read", content=content, headers={"Content-Type": kind}).status_code == status


def test_drafted_claims_are_judged(client: httpx.Client) -> None:
    answer = client.post("/api/claims", json={"date": "2020-01-01", "claims": [CLAIM]})
    assert [claim["verdict"] for claim in answer.json()["claims"]] == ["confirmed"]
    assert client.options("/api/claims").headers["access-control-allow-methods"] == "GET, HEAD, POST, OPTIONS"


def test_the_page_refuses_politely(client: httpx.Client) -> None:
    answer = client.post(
        "/read", data={"text": "Russland hat den Vertrag gekündigt, und die Folgen sind schwer für alle."}
    )
    assert answer.status_code == 400
    assert "not in English" in answer.text
    assert "Russland hat den Vertrag" in answer.text, "what was pasted is still in the form"
    assert client.post("/read", data={"text": STORY, "lang": "en"}).status_code == 400


def test_a_text_is_cut_at_its_claims_and_stays_whole() -> None:
    text = "Both left; one signed."
    claims = [{"span": [0, 9], "verdict": "confirmed"}, {"span": [5, 21], "verdict": "contradicted"}]
    pieces = list(pieces_of(text, claims, [{"span": [0, 22]}]))
    assert "".join(piece.text for piece in pieces) == text
    assert [(piece.text, piece.claims, piece.verdict, piece.ends) for piece in pieces] == [
        ("Both ", (1,), "confirmed", ()),
        ("left", (1, 2), "contradicted", (1,)),
        ("; one signed", (2,), "contradicted", (2,)),
        (".", (), "unread", ()),
    ]


@pytest.mark.parametrize("width", [1280, 360])
def test_a_pasted_story_has_its_marks_without_script(browser: Any, web: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    foreign: list[str] = []
    page.on("request", lambda request: foreign.append(request.url) if not request.url.startswith(web) else None)
    page.goto(f"{web}/read")
    page.get_by_label("The story").fill(STORY)
    page.get_by_role("button", name="Read").click()
    assert page.url == f"{web}/read", "nothing of the story stands in an address"
    assert page.locator(".story .text").inner_text().startswith("MOSCOW, Feb 3, 2019 - Russia withdrew")
    assert page.locator("mark.contradicted").first.inner_text() == "Russia withdrew from the INF Treaty on Saturday"
    assert "<b>INF Treaty</b>" in page.locator(".story .text").inner_text(), "what is pasted is text, not markup"
    page.locator("#text-1").click()
    assert page.locator("#claim-1 .verdict").inner_text().casefold() == "contradicted"
    box = page.locator("main").bounding_box()
    assert box is not None
    assert box["width"] <= width
    assert foreign == []
    context.close()
