"""The pages at their paths: one address for one answer, what is under it as data and picture, what is refused and how."""

from __future__ import annotations

import csv
import io
import json
import re
import struct
from collections.abc import Iterator
from datetime import date
from html import unescape
from urllib.parse import quote

import httpx
import pytest

from serving import PATIENCE
from treatygraph.answers.participation import moves_of, participation
from treatygraph.graph import Graph
from treatygraph.model.dates import Span
from treatygraph.model.errors import UnknownName
from treatygraph.site.frame import LANGUAGES
from treatygraph.site.search import hits, names_data, two_powers
from treatygraph.site.words import date_words, value_words

HTML = {"Accept": "text/html"}
ANSWERS = ["/between/USA/RUS/2021-05-28", "/instrument/apmbc/2026-11-30", "/state/RUS/2026-11-30"]
TODAY = date(2026, 11, 30)


@pytest.fixture(scope="module")
def client(web: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=web, timeout=PATIENCE, headers=HTML) as made:
        yield made


@pytest.mark.parametrize("path", ANSWERS)
def test_a_page_names_itself_and_says_what_it_is_about(client: httpx.Client, web: str, path: str) -> None:
    text = client.get(path).text
    assert f'<link rel="canonical" href="{web}{path}">' in text
    about = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)[0])
    assert about["@context"] == "https://schema.org"
    assert about["about"][0]["@id"].startswith("https://w3id.org/treatygraph/id/")
    picture = re.findall(r'property="og:image" content="([^"]+)"', text)[0]
    content = client.get(picture).content
    assert struct.unpack(">II", content[16:24]) == (1200, 630)


@pytest.mark.parametrize("path", [*ANSWERS, "/", "/state/PRK", "/instrument/npt/2003-06-01", "/records/instruments"])
def test_no_page_shows_what_only_the_program_reads(client: httpx.Client, path: str) -> None:
    text = re.sub(r"<script.*?</script>|<[^>]+>", " ", client.get(path).text, flags=re.DOTALL)
    assert not re.search(r"\bP\d+[YMD]\b|9999-12-31|0001-01-01|\bformer-party\b|\brecall\b", text)


@pytest.mark.parametrize("path", [*ANSWERS, "/", "/between/nato/RUS", "/instrument/npt", "/state/USA"])
def test_a_first_answer_is_light(client: httpx.Client, path: str) -> None:
    """Under 60 kB on the way, without any script."""
    answer = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert int(answer.headers["content-length"]) < 60_000


def test_one_answer_has_one_address(client: httpx.Client) -> None:
    for asked, place, status in (
        ("/between/us/Russian%20Federation/2021-05-28", ANSWERS[0], 301), ("/instrument/ottawa/2026-11-30", ANSWERS[1], 301),
        ("/state/Россия/2026-11-30", ANSWERS[2], 301), ("/between?a=USA&b=RUS&on=2021-05-28", ANSWERS[0], 303),
        ("/instrument?name=Ottawa+Treaty", "/instrument/apmbc", 303), ("/search?q=Ottawa", "/instrument/apmbc", 303),
        ("/search?q=US+and+Russia+2021-05-28", ANSWERS[0], 303), ("/search?q=美国", "/state/USA", 303),
    ):  # fmt: skip
        answer = client.get(asked)
        assert (answer.status_code, answer.headers.get("location")) == (status, place), asked


@pytest.mark.parametrize(
    ("path", "status", "leads"),
    [
        ("/between/USA/Russai/2021-05-28", 404, "/between/USA/Russia/2021-05-28"), ("/between/USA/RUS/2021-02-30", 400, ""),
        ("/between/USA/RUS/2021", 400, ""), ("/between/USA/RUS?scope=zzz", 400, ""), ("/between/USA/RUS?reading=XYZ", 404, ""),
        ("/between/USA/RUS?topc=nuclear", 400, "/search?q=topic"), ("/between/USA/RUS?binding=maybe", 400, ""),
        ("/between/USA/RUS/2021-05-28/x", 404, ""), ("/between/USA", 404, ""), ("/between/USA/USA", 400, ""),
        ("/between/USA/RUS?topic=nosuch", 404, ""), ("/between/USA/RUS?then=2030-01-01", 400, ""),
        ("/between/USA/RUS/2021-05-28?on=2020-01-01", 400, ""), ("/instrument/new-strat", 404, "/instrument/New%20START"),
        ("/state/RUS?since=2000", 400, ""), ("/state/nato", 404, ""), ("/topic/nucleer", 404, "/topic/nuclear"),
        ("/records/peple", 404, ""), ("/?lang=xx", 404, "/?lang=en"), ("/person/nobody-at-all", 404, ""), ("/between/USA/RUS.gif", 404, ""),
        ("/state/RUS/map.svg", 404, ""), ("/questions/left-by?a=nowhereland", 404, ""), ("/?x=1", 400, ""),
    ],
)  # fmt: skip
def test_every_wrong_part_of_an_address_is_refused(client: httpx.Client, path: str, status: int, leads: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    assert 'role="alert"' in answer.text
    if leads:
        assert f'href="{leads}"' in answer.text


def test_every_part_of_an_address_is_in_the_answer(client: httpx.Client) -> None:
    path = "/between/USA/RUS/2021-05-28?topic=nuclear&reading=RUS&scope=bilateral&binding=true&known=2021-05-20"
    assert client.get(path).status_code == 200
    plain = client.get(path.replace("2021-05-28?", "2021-05-28.json?")).json()["question"]
    assert plain == {
        "states": ["USA", "RUS"], "on": "2021-05-28", "known": "2021-05-20", "reading": "RUS", "topic": "nuclear",
        "scope": "bilateral", "binding": True,
    }  # fmt: skip


def test_data_under_a_page_are_those_of_the_program(client: httpx.Client, graph: Graph) -> None:
    for path, answer in (
        (ANSWERS[0], graph.between("USA", "RUS", "2021-05-28", today=TODAY).to_dict()),
        (ANSWERS[1], graph.status("apmbc", "2026-11-30", today=TODAY).to_dict()),
        (ANSWERS[2], participation(graph.index(), "RUS", TODAY).to_dict()),
        ("/between/USA/RUS/2026-11-30", graph.compare("USA", "RUS", then="2000-01-01", on=TODAY, today=TODAY).to_dict()),
    ):  # fmt: skip
        query = "?then=2000-01-01" if path not in ANSWERS else ""
        got = client.get(f"{path}.json{query}").json()
        assert {**got, "edition": None} == {**answer, "edition": None}, path
        rows = list(csv.reader(io.StringIO(client.get(f"{path}.csv{query}").text)))
        assert len(rows) > 10
        assert len({len(row) for row in rows}) == 1
        assert str(answer["answer"]) in unescape(client.get(path + query).text)


def test_pictures_of_an_answer(client: httpx.Client) -> None:
    for path in ("/between/IND/PAK.svg", "/between/IND/PAK/timeline.svg", "/between/IND/PAK/storyline-narrow.svg",
                 "/instrument/apmbc/map.svg"):  # fmt: skip
        answer = client.get(path)
        assert answer.headers["content-type"] == "image/svg+xml", path
        assert answer.text.startswith("<svg")
        assert "CC BY 4.0" in answer.text or "timeline" in path
    assert client.get("/between/IND/PAK.png").content[:8] == b"\x89PNG\r\n\x1a\n"


def test_only_an_embedded_answer_may_be_framed(client: httpx.Client, web: str) -> None:
    for path in (*(f"/embed{path}" for path in ANSWERS), "/embed/between/USA/RUS?then=2000-01-01"):
        headers = client.get(path).headers
        assert "x-frame-options" not in headers, path
        assert headers["content-security-policy"].endswith("frame-ancestors *")
        assert "script-src" not in headers["content-security-policy"]
        plain = client.get(path.removeprefix("/embed")).headers
        assert plain["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in plain["content-security-policy"]
    assert client.get("/embed/between/USA/Nowhere").headers["x-frame-options"] == "DENY"
    assert client.get("/embed/person/rusk-dean").status_code == 404
    told = client.get("/oembed", params={"url": web + ANSWERS[0], "maxwidth": "400"}).json()
    assert told["type"] == "rich"
    assert f'src="{web}/embed{ANSWERS[0]}"' in told["html"]
    assert told["width"] == 400
    assert client.get("/oembed", params={"url": "https://elsewhere.example/between/USA/RUS"}).status_code == 404


@pytest.mark.parametrize("path", [*ANSWERS, "/", "/explorer", "/api/show?name=npt", "/id/instrument/npt", "/static/site.css",
                                  "/between/IND/PAK.svg", "/data/names.json"])  # fmt: skip
def test_what_is_there_already_is_not_sent_again(client: httpx.Client, path: str) -> None:
    for packing in ("gzip", "identity"):
        first = client.get(path, headers={"Accept-Encoding": packing})
        again = client.get(path, headers={"Accept-Encoding": packing, "If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b""), packing
        assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_data_with_a_version_are_kept_for_a_year(client: httpx.Client) -> None:
    text = client.get("/").text
    for address in re.findall(r'(?:data-names|href|src)="(/(?:static|data)/[^"]+)"', text):
        assert "max-age=31536000, immutable" in client.get(address).headers["cache-control"], address
    assert "immutable" not in client.get("/static/site.css").headers.get("cache-control", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_frame_speaks_seven_languages(client: httpx.Client, language: str) -> None:
    text = client.get(f"/between/IND/PAK?lang={language}").text
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in text
    frame = LANGUAGES[language]
    assert frame("search") in text
    assert (frame("machine") in text) is True
    if language != "en":
        assert f"/state/IND?lang={language}" in text or f"lang={language}" in text
        assert '<main id="main" tabindex="-1" lang="en" dir="ltr">' in text


def test_the_frame_says_the_same_in_every_language() -> None:
    keys = {language: set(frame._words) for language, frame in LANGUAGES.items()}
    assert len(keys) == 7
    assert all(words == keys["en"] for words in keys.values())


@pytest.mark.parametrize(
    ("text", "path"),
    [("Ottawa", "/instrument/apmbc"), ("New START", "/instrument/new-start"), ("США", "/state/USA"), ("Russland", None),
     ("Россия", "/state/RUS"), ("中国", "/state/CHN"), ("NATO", "/group/nato"), ("Rusk", "/person/rusk-dean"),
     ("nuclear testing", "/topic/nuclear-testing"), ("left-by", "/questions/left-by"), ("cote d'ivoire", "/state/CIV")],
)  # fmt: skip
def test_one_search_finds_all(graph: Graph, text: str, path: str | None) -> None:
    found = [hit.path for hit in hits(graph.index(), text)]
    assert (path in found[:3]) if path else True


def test_two_powers_are_found_however_they_are_written(graph: Graph) -> None:
    for text in ("US and Russia", "US Russia", "USA/RUS", "United States – Russia", "США и Россия", "russia vs the us"):
        found = two_powers(graph.index(), text)
        assert found
        assert set(found[:2]) == {"USA", "RUS"}, text
    assert two_powers(graph.index(), "New START") is None
    assert two_powers(graph.index(), "India Pakistan on 1999-02-21") == ("IND", "PAK", "1999-02-21")


def test_the_script_knows_every_name(graph: Graph) -> None:
    data = names_data(graph.index())
    kinds = {kind: {record for of, record, *_ in data["records"] if of == kind} for kind in data["kinds"]}
    assert kinds["instrument"] == set(graph.index().summaries())
    assert kinds["state"] == set(graph.index().existences())
    assert len(quote(json.dumps(data))) > 10_000


def test_lists_of_a_state_are_those_of_its_standings(graph: Graph) -> None:
    index = graph.index()
    for code in ("RUS", "USA", "PRK", "UKR", "GBR"):
        lists = participation(index, code, TODAY)
        joined = {entry.instrument for entry in lists.joined}
        notices = {entry.instrument for entry in lists.pending if entry.standing in ("party", "participant")}
        held = {name for name, rows in index.standings((code, "SUN") if code == "RUS" else (code,)).items()
                for row in rows if row.on(TODAY.isoformat()) and row.binds}  # fmt: skip
        assert joined | notices == held, code
        left = {row[0] for row in graph.query("left-by", {"a": code, "on": TODAY.isoformat()}).rows}
        assert left - {entry.instrument for entry in lists.left} == set(), code
        since = participation(index, code, TODAY, date(2000, 1, 1))
        assert {entry.instrument for entry in since.left} <= {entry.instrument for entry in lists.left}
        assert all(Span.parse(entry.since).latest >= date(2000, 1, 1) for entry in (*since.joined, *since.left))
    with pytest.raises(UnknownName):
        participation(index, "nato", TODAY)


def test_who_came_and_went_adds_up_to_who_is_bound(graph: Graph) -> None:
    index = graph.index()
    for name in ("apmbc", "npt", "open-skies", "cwc", "tpnw", "cfe", "inf"):
        moves = moves_of(index, name)
        came, went = (sum(1 for move in moves if move.joined is joined) for joined in (True, False))
        held = sum(
            1 for one in graph.status(name, TODAY, today=TODAY).states if one.standing in ("party", "provisional")
        )
        assert came - went == held, name
    gone = {move.state for move in moves_of(index, "apmbc") if not move.joined}
    assert gone == {"EST", "LVA", "LTU", "FIN", "POL"}


def test_words_for_dates_and_periods() -> None:
    assert date_words("2021-05-28/..") == "28 May 2021 or later"
    assert date_words("../1990-01-01") == "not after 1 January 1990"
    assert value_words(("P0D", "P6M")) == "at once and six months"
    assert date_words(None) == date_words("9999-12-31") == ""
