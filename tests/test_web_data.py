"""The data as documents: forms by ending, back-links by page, dumps, descriptions, reconciliation, caches."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterator
from hashlib import sha256

import httpx
import pyoxigraph
import pytest

from treatygraph.web.documents import SHORTS
from treatygraph.web.media_types import GRAPHS

NPT = "/id/instrument/npt"


@pytest.fixture(scope="module")
def client(web: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=web, timeout=60) as made:
        yield made


@pytest.mark.parametrize("path", ["/id/state/RUS", "/scheme/standing/party", "/ontology", "/shapes", "/dataset"])
@pytest.mark.parametrize("ending", [name for name, form in SHORTS.items() if form in GRAPHS])
def test_an_ending_asks_for_a_form(client: httpx.Client, path: str, ending: str) -> None:
    answer = client.get(f"{path}.{ending}", headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].partition(";")[0] == SHORTS[ending]
    assert sum(1 for _ in pyoxigraph.parse(answer.content, format=GRAPHS[SHORTS[ending]])) > 5


def test_the_context_is_that_of_the_exports(client: httpx.Client) -> None:
    for path in ("/context.jsonld", "/ontology/context.jsonld"):
        assert "@context" in client.get(path).json()


def test_a_thing_is_told_within_bounds_and_leads_to_what_points_to_it(client: httpx.Client) -> None:
    for accept in ("application/n-triples", "text/html"):
        answer = client.get(NPT, headers={"Accept": accept, "Accept-Encoding": "identity"})
        assert len(answer.content) < 100_000
    page = client.get(f"{NPT}?links=act.instrument&page=2")
    assert "Page 2 of" in page.text
    assert client.get(f"{NPT}?links=act.instrument&page=999").status_code == 404
    assert client.get(f"{NPT}?links=nothing.at.all").status_code == 404


@pytest.mark.parametrize(
    "path", ["/sparql?query=SELECT * { ?a a tg:Act } LIMIT 99", "/id/state/RUS.ttl", "/ontology.nt", "/reconcile"]
)
def test_what_is_there_already_is_not_sent_again(client: httpx.Client, path: str) -> None:
    first = client.get(path, headers={"Accept": "*/*"})
    assert first.headers["content-encoding"] == "gzip" or len(first.content) < 1000
    assert "max-age" in first.headers["cache-control"]
    for name, value in (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified")):
        again = client.get(path, headers={"Accept": "*/*", name: first.headers[value]})
        assert (again.status_code, again.content) == (304, b"")
    older = {"Accept": "*/*", "If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"}
    assert client.get(path, headers=older).status_code == 200


def test_what_passes_is_not_kept(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": "SELECT (NOW() AS ?now) {}"})
    assert answer.headers["cache-control"] == "no-store"


def test_an_address_says_the_methods_that_it_takes(client: httpx.Client) -> None:
    for path, allowed in (("/sparql", "GET, HEAD, POST, OPTIONS"), ("/sparql/", "GET, HEAD, POST, OPTIONS"),
                          ("/api/read", "POST, OPTIONS"), (NPT, "GET, HEAD, OPTIONS")):  # fmt: skip
        assert client.put(path).headers["allow"] == allowed
        before = client.options(path, headers={"Access-Control-Request-Headers": "x-requested-with, authorization"})
        assert before.headers["access-control-allow-methods"] == allowed
        assert before.headers["access-control-allow-headers"] == "x-requested-with, authorization"
    odd = client.options("/sparql", headers={"Access-Control-Request-Headers": "a<script>"})
    assert "<" not in odd.headers["access-control-allow-headers"]


def test_the_dumps_are_whole_and_described(client: httpx.Client) -> None:
    for _ in range(10):  # they are made when first asked for
        sums = client.get("/dumps/SHA256SUMS")
        if sums.status_code == 200:
            break
        assert sums.headers["retry-after"]
        time.sleep(5)
    described = client.get("/dataset.nt").text
    for line in sums.text.splitlines():
        value, name = line.split()
        body = client.get(f"/dumps/{name}").content
        assert sha256(body).hexdigest() == value
        assert f'"{value}"' in described
        assert f"/dumps/{name}>" in described
        assert gzip.decompress(body)
    first = gzip.decompress(client.get("/dumps/treatygraph.nq.gz").content).splitlines()
    assert first == sorted(set(first))
    assert f'<http://rdfs.org/ns/void#triples> "{len(first)}"' in described
    assert client.get("/dumps/none").status_code == 404


def test_a_client_of_reconciliation(client: httpx.Client) -> None:
    manifest = client.get("/reconcile").json()
    assert manifest["versions"] == ["0.1", "0.2"]
    queries = {"a": {"query": "Russian Federation", "type": "State"}, "b": {"query": "nobody at all"}}
    for answer in (client.post("/reconcile", data={"queries": json.dumps(queries)}),
                   client.get("/reconcile", params={"queries": json.dumps(queries)})):  # fmt: skip
        found = answer.json()
        assert found["a"]["result"][0]["id"] == "state/RUS"
        assert found["a"]["result"][0]["match"] is True
        assert not any(one["match"] for one in found["b"]["result"])
        assert answer.headers["access-control-allow-origin"] == "*"
    extend = {"ids": ["instrument/npt"], "properties": [{"id": "signed"}]}
    rows = client.post("/reconcile", data={"extend": json.dumps(extend)}).json()["rows"]
    assert rows == {"instrument/npt": {"signed": [{"date": "1968-07-01"}]}}
    for what in ("entity?prefix=open", "property?prefix=sign", "type?prefix=St"):
        assert client.get(f"/reconcile/suggest/{what}").json()["result"]
    preview = client.get(manifest["preview"]["url"].replace("{{id}}", "state/RUS"))
    assert "frame-ancestors *" in preview.headers["content-security-policy"]
    assert "Russia" in preview.text
    for wrong in ("[", '{"a": 5}', '{"a": {"query": ""}}', json.dumps({str(n): {"query": "x"} for n in range(51)})):
        assert client.post("/reconcile", data={"queries": wrong}).status_code == 400
