"""The site as a folder: every link leads to a file of it, RDF lies beside each page, nothing is asked of another host."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pyoxigraph
import pytest

import treatygraph
from treatygraph.graph import Graph
from treatygraph.model.errors import UnknownName, UsageError
from treatygraph.site.links import StaticLinks, file_of
from treatygraph.site.static_site import StaticSite, write_site

TODAY = date(2012, 5, 1)
SMALL = Path(__file__).parent / "small_graph"


@pytest.fixture(scope="module")
def small() -> Iterator[Graph]:
    opened = treatygraph.open(SMALL)
    opened.prepare()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def site(small: Graph, tmp_path_factory: pytest.TempPathFactory) -> StaticSite:
    folder = tmp_path_factory.mktemp("site") / "pages"
    return write_site(small, folder, TODAY, pairs=[("Aland Lakes", "XBB")], address="https://treaties.example/")


class Links(HTMLParser):
    """What a page loads, what it leads to, and the names within it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.leads: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.ids |= {values["id"]} if "id" in values else set()
        if tag == "a" or (tag == "link" and values.get("rel") in ("canonical", "alternate")):
            self.leads.append(values.get("href", ""))
        elif tag == "form":
            self.leads += [values["action"]] if "action" in values else []
        else:
            self.loads += [values[name] for name in ("href", "src", "data-names") if values.get(name)]


def pages(site: StaticSite) -> list[Path]:
    return sorted(path for path in site.path.rglob("*.html") if path.name != "explorer.html")


def test_every_link_leads_to_a_file_of_the_folder(site: StaticSite) -> None:
    texts = {path: Links(path.read_text(encoding="utf-8")) for path in pages(site)}
    assert len(texts) > 50
    inner = 0
    for path, found in texts.items():
        for address in (*found.loads, *found.leads):
            parts = urlsplit(address)
            if parts.scheme or not (parts.path or parts.fragment):
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.is_file(), f"{path.relative_to(site.path)} leads to {address}"
            if parts.fragment and target in texts:
                assert unquote(parts.fragment) in texts[target].ids, (path, address)
            inner += 1
    assert inner > 500


def test_nothing_is_loaded_from_another_host(site: StaticSite) -> None:
    for path in pages(site):
        found = Links(path.read_text(encoding="utf-8"))
        assert [address for address in found.loads if urlsplit(address).scheme] == [], path
    style = (site.path / "static" / "site.css").read_text(encoding="utf-8")
    assert not re.search(r"url\(|@import", style)


def test_each_record_has_its_triples_beside_its_page(site: StaticSite) -> None:
    page = (site.path / "id/instrument/lake-treaty.html").read_text(encoding="utf-8")
    assert 'href="lake-treaty.ttl"' in page
    assert 'href="lake-treaty.jsonld"' in page
    for path in pages(site):
        name = path.relative_to(site.path).as_posix()
        if not name.startswith("id/"):
            continue
        stores = [pyoxigraph.Store(), pyoxigraph.Store()]
        for store, (ending, form) in zip(stores, (("ttl", pyoxigraph.RdfFormat.TURTLE), ("jsonld", pyoxigraph.RdfFormat.JSON_LD)), strict=True):  # fmt: skip
            store.load(path=str(path.with_suffix(f".{ending}")), format=form)
        node = pyoxigraph.NamedNode("https://w3id.org/treatygraph/" + name.removesuffix(".html"))
        assert set(stores[0].quads_for_pattern(node, None, None, None)), name
        assert set(stores[0]) == set(stores[1])


def test_a_pair_has_its_answer_as_data_and_picture(site: StaticSite, small: Graph) -> None:
    place = site.path / "between" / "XAA" / "XBB"
    answer = json.loads((place / "2012-05-01.json").read_text(encoding="utf-8"))
    assert answer == small.between("XAA", "XBB", TODAY, today=TODAY).to_dict()
    assert answer["answer"] in (site.path / "between/XAA/XBB.html").read_text(encoding="utf-8").replace("&#39;", "'")
    assert (place / "2012-05-01.csv").read_text(encoding="utf-8").startswith("id,title,")
    assert (place / "2012-05-01.svg").read_text(encoding="utf-8").startswith("<svg")
    assert "https://treaties.example/between/XAA/XBB.html" in (site.path / "sitemap.xml").read_text(encoding="utf-8")


def test_it_is_replaced_whole_and_no_stranger_is_touched(site: StaticSite, small: Graph, tmp_path: Path) -> None:
    write = partial(write_site, small, today=TODAY)
    with pytest.raises(UsageError, match="there already"):
        write(site.path)
    with pytest.raises(UnknownName):
        write(tmp_path / "new", pairs=[("XAA", "Nowhere")])
    assert not (tmp_path / "new").exists()
    mine = tmp_path / "mine"
    first = write(mine)
    (mine / "robots.txt").write_text("mine", encoding="utf-8")
    (mine / "CNAME").write_text("treaties.example", encoding="utf-8")
    assert write(mine, force=True).files == first.files
    assert (mine / "CNAME").read_text(encoding="utf-8") == "treaties.example"
    assert "User-agent" in (mine / "robots.txt").read_text(encoding="utf-8")
    (mine / "state" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="stands in the way"):
        write(mine, force=True)
    assert (mine / "state" / "notes.txt").is_file()


def test_addresses_of_a_folder_are_relative_to_the_page() -> None:
    links = StaticLinks(page="between/USA/RUS.html", files={"index.html", "state/RUS.html", "id/source/a b.html"})
    assert links("/") == "../../index.html"
    assert links("/state/RUS#joined") == "../../state/RUS.html#joined"
    assert links("/id/source/a b") == "../../id/source/a%20b.html"
    assert links("/state/USA") is None
    assert links("/state/RUS", since="2000-01-01") is None
    assert file_of("/instrument/start-1.5") == "instrument/start-1.5.html"


def test_a_browser_walks_it_from_a_plain_server(site: StaticSite, browser: Any) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site.path)))
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    try:
        page.goto(address)
        page.get_by_role("combobox", name="Search").fill("peaceful l")
        page.get_by_role("option").first.wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(urljoin(address, "instrument/lake-treaty.html"))
        page.get_by_role("link", name="Every line of the record").click()
        page.wait_for_url(urljoin(address, "id/instrument/lake-treaty.html"))
    finally:
        page.close()
        server.shutdown()
        server.server_close()
    assert [url for url in asked if not url.startswith(address)] == []


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""
