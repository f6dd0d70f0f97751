"""Feeds of the site: what changed and what comes, in each form, on a server and in a folder, and the pages that link them."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest

import treatygraph
from treatygraph.graph import Graph
from treatygraph.model.errors import UnknownName
from treatygraph.site.feeds import FEED_FORMS, GENERAL, feed_data
from treatygraph.site.links import StaticLinks
from treatygraph.site.pages import page
from treatygraph.site.setting import Setting

ATOM = "{http://www.w3.org/2005/Atom}"
SUBJECTS: dict[str, dict[str, str]] = {
    "changes": {}, "upcoming": {}, "state": {"state": "XAA"}, "instrument": {"instrument": "lake-treaty"},
    "between": {"a": "XAA", "b": "XBB"},
}  # fmt: skip
SETTING = Setting(date(2012, 5, 1), base="https://treaties.example")


@pytest.fixture(scope="module")
def small() -> Iterator[Graph]:
    opened = treatygraph.open(Path(__file__).parent / "small_graph")
    yield opened
    opened.close()


@pytest.mark.parametrize("name", SUBJECTS)
def test_the_forms_of_a_feed_have_the_same_entries(small: Graph, name: str) -> None:
    written = {form: feed_data(small, name, SUBJECTS[name], form, SETTING).decode() for form in FEED_FORMS}
    assert written == {form: feed_data(small, name, SUBJECTS[name], form, SETTING).decode() for form in FEED_FORMS}
    tree = ET.fromstring(written["atom"])
    links = {link.get("rel"): link.get("href") or "" for link in tree.findall(f"{ATOM}link")}
    assert links["self"].startswith("https://treaties.example/")
    assert links["self"].endswith(".atom")
    entries = tree.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    for element in (tree, *entries):
        assert all(element.findtext(f"{ATOM}{part}") for part in ("id", "title", "updated"))
    plain = json.loads(written["feed.json"])
    assert plain["version"] == "https://jsonfeed.org/version/1.1"
    assert plain["feed_url"].endswith(".feed.json")
    assert [item["id"] for item in plain["items"]] == ids
    assert all(item["content_text"] and item["date_modified"] for item in plain["items"])
    assert written["ics"].count("BEGIN:VEVENT") <= len(ids)
    if name not in GENERAL:
        assert entries
        assert links["alternate"] == links["self"].removesuffix(".atom")


def test_what_happened_stands_newest_first_and_what_comes_before_it(graph: Graph) -> None:
    found = json.loads(feed_data(graph, "between", {"a": "USA", "b": "RUS"}, "feed.json", Setting(date(2010, 6, 1))))
    days = [re.search(r"\((\d{4}(?:-\d\d){0,2})\)", item["content_text"]) for item in found["items"]]
    told = [day[1] for day in days if day and len(day[1]) == 10]
    assert told == sorted(told, reverse=True)
    assert told[0] > "2010-06-01", "the entry into force of 2011 is ahead"
    assert min(told) > "1990"


def test_in_a_folder_the_entries_lead_to_files(small: Graph) -> None:
    setting = Setting(date(2012, 5, 1), base="https://treaties.example", links=StaticLinks())
    plain = json.loads(feed_data(small, "state", {"state": "XAA"}, "feed.json", setting))
    assert plain["home_page_url"] == "https://treaties.example/state/XAA.html"
    assert all(item["url"].endswith(".html") for item in plain["items"] if "url" in item)


def test_a_feed_that_is_none_is_refused(small: Graph) -> None:
    with pytest.raises(UnknownName):
        feed_data(small, "group", {"group": "x"}, "atom", SETTING)


@pytest.mark.parametrize(("name", "arguments"), [("home", {}), *((n, a) for n, a in SUBJECTS.items() if a)])
def test_the_pages_link_their_feeds(small: Graph, name: str, arguments: dict[str, str]) -> None:
    html = page(small, name, arguments, SETTING).html
    linked = re.findall(r'<link rel="alternate" type="([^"]+)" href="([^"]+)" title=', html)
    for form, kind in FEED_FORMS.items():
        assert any(href.endswith(f".{form}") for media_type, href in linked if media_type == kind.media_type)


def test_a_server_answers_them(web: str) -> None:
    for path in ("/state/RUS.atom", "/between/USA/RUS.feed.json", "/instrument/npt.ics", "/feeds/upcoming.atom"):
        reply = httpx.get(f"{web}{path}", timeout=60)
        assert reply.status_code == 200, path
        form = path.partition(".")[2]
        assert reply.headers["content-type"].startswith(FEED_FORMS[form].media_type)
    refused = httpx.get(f"{web}/feeds/gossip.atom", headers={"Accept": "application/json"})
    assert refused.status_code == 404
    assert "/feeds/changes.atom" in refused.text
