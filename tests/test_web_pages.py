"""The pages: valid, escaped, negotiated, and safe in a browser."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType, SimpleNamespace
from urllib.parse import quote

import httpx
import pyoxigraph
import pytest

import treatygraph
from serving import PATIENCE
from treatygraph.web.app import application
from treatygraph.web.limits import Limits
from treatygraph.web.media_types import GRAPHS, SHORT

BASE = "https://w3id.org/treatygraph/"
HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PAGES = [
    "/", "/between", "/between/USA/RUS/2021-05-28?scope=bilateral", "/between/nato/RUS/2010-01-01?topic=nuclear",
    "/ask", "/ask?question=Is+France+in+the+NPT", "/ask?question=Is+France+a+happy+party+to+the+NPT",
    "/between?a=US&b=Russai", "/editor", "/api", "/ontology", "/problem/busy", "/id/instrument/new-start", "/id/state/PRK",
    "/id/group/nato", "/id/official/rusk-dean", "/id/source/unoda-2018", "/id/event/2021-05-27-open-skies-sherman-ryabkov",
    "/id/act/npt/LUX/signature/1968-08-14/london", "/id/standing/depositary/open-skies/USA/1", "/scheme/topic/nuclear",
    "/scheme/standing", "/id/instrument/nothing-like-it", "/nowhere", "/explorer", "/between/USA/RUS/2021-05-28",
    "/instrument/npt/2003-06-01", "/state/RUS?since=2000-01-01", "/group/nato", "/person/rusk-dean", "/topic/nuclear", "/records",
    "/records/people", "/questions", "/questions/left-by", "/search?q=start", "/search?q=otawa", "/downloads", "/report",
    "/?lang=ar", "/between/IND/PAK?lang=fr",
]  # fmt: skip
HOSTILE = [
    '"><script>alert(1)</script>', "'><img src=x onerror=alert(1)>", "</title><script>alert(1)</script>", "{{7*7}}${7*7}",
    "javascript:alert(1)", "\u202eevil\u0000\x1b[31m", "<svg/onload=alert(1)>",
]  # fmt: skip
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


@pytest.fixture(scope="module")
def client(web: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=web, timeout=PATIENCE, headers=HTML) as made:
        yield made


class Checked(HTMLParser):
    """Finds what a validator would: tags that do not match, ids twice, attributes twice, scripts in the page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.wrong: list[str] = []
        self.inline: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()
        self.wrong += [f"<{tag}> is never closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        given = dict(attrs)
        self.tags.append(tag)
        self.wrong += [f"{tag} has {name} twice" for name in names if names.count(name) > 1]
        self.inline += [f"{tag} {name}" for name in names if name.startswith("on") or name == "style"]
        if (
            tag == "script"
            and "src" not in given
            and given.get("type") not in ("application/json", "application/ld+json")
        ):
            self.inline.append("script")
        if given.get("id"):
            self.ids.append(str(given["id"]))
        self.links += [str(given[name]) for name in ("href", "src", "action") if given.get(name)]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> at {self.getpos()} closes nothing that is open")

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_valid_and_run_nothing_written_into_them(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = answer.headers["content-security-policy"]
    page = Checked(answer.text)
    assert page.wrong == []
    assert len(page.ids) == len(set(page.ids))
    assert page.tags.count("h1") >= 1
    assert page.tags.count("title") == 1
    assert answer.text.lower().startswith("<!doctype html>\n<html lang=")
    if "sha256" not in policy:
        assert page.inline == []
        assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "script-src 'unsafe-inline'" not in policy
    assert not [link for link in page.links if link.lower().startswith(("javascript:", "data:text"))]


@pytest.mark.parametrize("path", PAGES[2:3] + PAGES[9:12] + PAGES[14:18] + PAGES[22:])
def test_links_of_pages_lead_somewhere(client: httpx.Client, path: str) -> None:
    links = [link for link in dict.fromkeys(Checked(client.get(path).text).links) if link.startswith("/")]
    assert links
    for link in links[:: max(1, len(links) // 8)]:
        there = (200, 301, 303, 503) if link.startswith("/dumps/") else (200, 301, 303)  # 503: they are being made
        assert client.get(link.partition("#")[0]).status_code in there, link


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    "path", ["/ask?question={}", "/between?a={}&b=US&on=2021-05-28", "/between?a=US&b=Russia&on={}", "/between?a=US&b=Russia&topic={}",
             "/id/instrument/{}", "/id/act/{}", "/id/{}/x", "/scheme/{}", "/problem/{}", "/{}", "/api/between?a={}&b=US",
             "/between/{}/RUS", "/between/USA/RUS/{}", "/between/USA/RUS?topic={}", "/instrument/{}", "/state/RUS/{}", "/topic/{}", "/records/{}",
             "/questions/{}", "/questions/left-by?a={}", "/oembed?url={}", "/embed/{}/x", "/?lang={}",
             "/api/query/{}", "/api/query/remains?{}=1", "/api/show?name={}", "/.well-known/{}", "/static/{}"]
)  # fmt: skip
def test_hostile_names_stay_text(client: httpx.Client, path: str, text: str) -> None:
    answer = client.get(path.format(quote(text, safe="")))
    assert answer.status_code in (400, 404), answer.status_code
    if answer.headers["content-type"].startswith("text/html"):
        page = Checked(answer.text)
        assert page.wrong == []
        assert page.inline == []
        assert "49" not in page.text or "7*7" not in text
    else:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.json()["mend"]


@pytest.mark.parametrize("path", [*PAGES, "/sparql?query=ASK{}", "/api/show?name=npt", "/health", "/openapi.json", "/robots.txt",
                                  "/static/site.css", "/static/none", "/.well-known/void", "/favicon.ico"])  # fmt: skip
def test_every_answer_has_the_headers_that_keep_browsers_safe(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "server" not in headers


@pytest.mark.parametrize(
    "path", ["/between", "/id/state/RUS", "/api/show?name=npt", "/health", "/static/site.css", "/nowhere"]
)
def test_head_is_get_without_the_body(client: httpx.Client, path: str) -> None:
    head, whole = client.head(path), client.get(path)
    assert head.content == b""
    assert (head.status_code, head.headers.get("content-type")) == (whole.status_code, whole.headers["content-type"])


def test_pages_are_not_for_the_scripts_of_others(client: httpx.Client) -> None:
    for path, shared in (
        ("/between", False),
        ("/editor", False),
        ("/api/show?name=npt", True),
        ("/id/state/RUS", True),
    ):
        assert ("access-control-allow-origin" in client.get(path).headers) is shared, path


RECORDS = [
    ("id/instrument/npt", "tg:shortTitle"), ("id/state/RUS", "tg:continues"), ("id/official/rusk-dean", "rdfs:label"),
    ("id/act/npt/LUX/signature/1968-08-14/london", "tg:actKind"), ("id/source/unoda-2018", "tg:publisher"),
    ("scheme/topic/nuclear", "skos:notation"), ("id/standing/depositary/open-skies/USA/1", "tg:since"),
]  # fmt: skip


@pytest.mark.parametrize("form", [*GRAPHS, "text/html"])
@pytest.mark.parametrize(("name", "term"), RECORDS)
def test_every_address_of_the_graph_answers_in_every_form(
    client: httpx.Client, name: str, term: str, form: str
) -> None:
    answer = client.get(f"/{name}", headers={"Accept": form})
    short = next(short for short, of in SHORT.items() if of == form)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].partition(";")[0] == form
    assert answer.headers["vary"].split(", ")[0] == "Accept"
    assert answer.headers["content-location"] == f"/{name}?format={short}"
    assert f'<{BASE}{name}>; rel="describes"' in answer.headers["link"]
    again = client.get(answer.headers["content-location"])
    assert again.headers["content-type"] == answer.headers["content-type"]
    if form in GRAPHS:
        store = pyoxigraph.Store()
        store.load(answer.content, format=GRAPHS[form])
        prefixes = {"tg": f"{BASE}ontology#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
                    "skos": "http://www.w3.org/2004/02/skos/core#", "dcterms": "http://purl.org/dc/terms/"}  # fmt: skip
        assert bool(store.query(f"ASK {{ <{BASE}{name}> {term} ?o }}", prefixes=prefixes))


def test_a_name_that_is_nearly_right_leads_on(client: httpx.Client) -> None:
    moved = client.get("/id/state/rus")
    assert (moved.status_code, moved.headers["location"]) == (301, "/id/state/RUS")
    answer = client.get("/id/instrument/new-strat", headers={"Accept": "text/turtle, application/problem+json;q=0.1"})
    assert answer.status_code == 404
    assert "New START" in answer.json()["nearest"]
    assert "New START" in client.get("/id/instrument/new-strat").text
    assert client.get("/id/instrument/npt", headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/id/instruments/npt").status_code == 404
    assert client.get("/id/instrument/" + "x" * 2000).status_code == 404


def test_a_record_shows_reasons_and_sources(client: httpx.Client) -> None:
    text = client.get("/id/instrument/new-start").text
    for part in (
        "R18",
        "/id/source/",
        "/id/act/new-start/RUS/suspension/2023-02-28/usa",
        "/id/state/RUS",
        "Clauses",
        "Acts",
    ):
        assert part in text


def test_two_powers_and_a_day(client: httpx.Client) -> None:
    asked = client.get("/between?a=US&b=Russia&on=2021-05-28&topic=strategic-offensive-arms")
    place = "/between/USA/RUS/2021-05-28?topic=strategic-offensive-arms"
    assert (asked.status_code, asked.headers["location"]) == (303, place)
    text = client.get(place).text
    assert "New START" in text
    assert 'id="source-1"' in text
    assert "START I" in text
    wrong = client.get("/between?a=US&b=Russai&on=2021-05-28")
    assert wrong.status_code == 404
    assert 'href="/between?a=US&amp;b=Russia&amp;on=2021-05-28">Russia</a>' in wrong.text


def test_the_ontology_and_the_dataset_describe_themselves(client: httpx.Client, web: str) -> None:
    assert 'id="WithdrawalClause"' in client.get("/ontology").text
    for path, text in (
        ("/ontology", f"<{BASE}ontology> ?p ?o"),
        ("/.well-known/void", f"?d <http://rdfs.org/ns/void#sparqlEndpoint> <{web}/sparql>"),
    ):
        for form in GRAPHS:
            store = pyoxigraph.Store()
            store.load(client.get(path, headers={"Accept": form}).content, format=GRAPHS[form])
            assert bool(store.query(f"ASK {{ {text} }}")), (path, form)
    assert client.get("/graph/derived").headers["location"] == "/dataset"


def test_robots_and_static_files(client: httpx.Client) -> None:
    assert "Disallow: /sparql" in client.get("/robots.txt").text
    assert client.get("/vendor/yasgui/LICENSE").text.count("MIT License") == 1
    for path in (
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/vendor/..%2fapp.py",
        "/static/%00",
        "/vendor//etc/passwd",
    ):
        assert client.get(path).status_code in (400, 404), path


@pytest.mark.parametrize("host", ["evil host", "a/b", "x" * 300, "<script>", "localhost:99999999"])
def test_a_host_that_is_none_is_refused(client: httpx.Client, host: str) -> None:
    answer = client.get("/sparql", headers={"Host": host, "Accept": "text/turtle"})
    assert answer.status_code == 400


def test_a_page_needs_no_file_of_the_checkout(built_cache: Path) -> None:
    from treatygraph.site import templating

    assert (Path(templating.__file__).parent / "templates" / "base.html").is_file()


def test_the_explorer_has_the_clock_of_the_server(monkeypatch: pytest.MonkeyPatch, built_cache: Path) -> None:
    explorer = ModuleType("treatygraph.draw.explorer")
    parts = {"answers.json": "{}" + " " * 2000}
    monkeypatch.setattr(
        explorer,
        "in_parts",
        lambda _, today, __: SimpleNamespace(html=f"<!doctype html>{today}", parts=parts),
        raising=False,
    )
    monkeypatch.setitem(sys.modules, "treatygraph.draw.explorer", explorer)
    app = application(treatygraph.open(), Limits(), lambda: date(2021, 5, 28))

    async def asked(path: str) -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as client:
            return await client.get(path)

    answer = asyncio.run(asked("/explorer"))
    assert answer.text == "<!doctype html>2021-05-28"
    assert answer.headers["cache-control"] == "no-cache"
    assert "default-src 'none'; script-src 'self'" in answer.headers["content-security-policy"]
    part = asyncio.run(asked("/data/explorer/answers.json?v=1"))
    assert part.json() == {}
    assert part.headers["content-encoding"] == "gzip"
    assert part.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert asyncio.run(asked("/data/explorer/other.json")).status_code == 404
