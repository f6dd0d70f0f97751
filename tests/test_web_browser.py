"""The pages in a real browser that may talk to the server alone."""

from __future__ import annotations

from typing import Any

from serving import PATIENCE


class Watched:
    """A page, what it asked for, and what it complained of."""

    def __init__(self, browser: Any, width: int = 1280) -> None:
        self.page = browser.new_page(viewport={"width": width, "height": 900})
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def quiet(self, address: str) -> None:
        """Nothing was asked of anyone but the server, and nothing went wrong."""
        assert self.errors == []
        assert [url for url in self.requests if not url.startswith((address, "data:", "blob:"))] == []


def test_the_editor_runs_queries(browser: Any, web: str) -> None:
    watched = Watched(browser)
    page = watched.page
    page.goto(f"{web}/editor")
    page.locator(".yasqe_queryButton:visible").click()
    page.locator(".yasr table tbody tr:visible").nth(19).wait_for(timeout=1000 * PATIENCE)
    page.locator(".tabsList").get_by_text("remains", exact=True).click()
    page.locator(".yasqe_queryButton:visible").click()
    page.locator(".yasr:visible table tbody tr", has_text="Antarctic Treaty").first.wait_for(timeout=1000 * PATIENCE)
    watched.quiet(web)
    page.close()


def test_two_powers_and_a_day_are_a_few_clicks(browser: Any, web: str) -> None:
    watched = Watched(browser, width=390)
    page = watched.page
    page.goto(f"{web}/between")
    page.get_by_label("One power").fill("US")
    page.get_by_label("The other").fill("Russia")
    page.get_by_label("On", exact=True).fill("2021-05-28")
    page.get_by_role("button", name="Ask").click()
    page.wait_for_url(f"{web}/between/USA/RUS/2021-05-28")
    assert "bound the United States and Russia" in page.locator("h1").inner_text()
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390, "the page scrolls sideways on a telephone"
    page.get_by_role("link", name="New START", exact=True).first.click()
    assert page.url.endswith("/instrument/new-start")
    watched.quiet(web)
    page.close()


def test_the_first_page_loads(browser: Any, web: str) -> None:
    watched = Watched(browser)
    watched.page.goto(f"{web}/")
    watched.page.wait_for_timeout(500)
    watched.quiet(web)
    watched.page.close()
