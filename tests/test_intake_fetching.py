"""``intake`` from an address: who asks is said, what did not change is not sent again, and nothing leaves the web."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import intake_pages as pages
from intake_harbours import harbours
from treatygraph import cli
from treatygraph.intake.fetching import Fetcher, agent, is_address, page_from
from treatygraph.model.errors import PageRefused, RemoteError, UsageError


@dataclass
class Register:
    """A register on loopback: what it was asked, and what it answers at which path."""

    address: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    """A server of this machine alone."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    found = Register()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append({"path": self.path, **{name: str(value) for name, value in self.headers.items()}})
            status, headers, body = found.answers.get(self.path, (404, {}, b""))
            if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                status, body = 304, b""
            self.send_response(status)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is to be read of it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found.address = f"http://127.0.0.1:{server.server_address[1]}"
    found.answers["/list"] = (
        200,
        {"ETag": '"1"', "Last-Modified": "Tue, 03 Feb 2026 10:00:00 GMT"},
        pages.untc().encode(),
    )
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture
def fetcher(tmp_path: Path) -> Fetcher:
    return Fetcher(agent("1.0", "someone@example.org"), tmp_path / "cache", timeout=5, most=200_000)


def test_who_asks_is_said_and_what_did_not_change_is_not_sent_again(register: Register, fetcher: Fetcher) -> None:
    first = fetcher.page(f"{register.address}/list")
    again = fetcher.page(f"{register.address}/list")
    assert first.content == again.content == pages.untc().encode()
    assert register.asked[0]["User-Agent"] == "treatygraph/1.0 (someone@example.org)"
    assert "If-None-Match" not in register.asked[0]
    assert register.asked[1]["If-None-Match"] == '"1"'
    assert register.asked[1]["If-Modified-Since"] == "Tue, 03 Feb 2026 10:00:00 GMT"


def test_a_page_that_changed_replaces_the_one_that_was_kept(register: Register, fetcher: Fetcher) -> None:
    fetcher.page(f"{register.address}/list")
    register.answers["/list"] = (200, {"ETag": '"2"'}, b"<html>new</html>")
    assert fetcher.page(f"{register.address}/list").content == b"<html>new</html>"
    assert fetcher.page(f"{register.address}/list").content == b"<html>new</html>"
    assert register.asked[-1]["If-None-Match"] == '"2"'


def test_redirects_stay_on_the_web(register: Register, fetcher: Fetcher) -> None:
    register.answers["/moved"] = (302, {"Location": f"{register.address}/list"}, b"")
    page = fetcher.page(f"{register.address}/moved")
    assert page.address == f"{register.address}/list", "the source is where it was found"
    for where in ("file:///etc/hostname", "ftp://127.0.0.1/list", "http://user:word@127.0.0.1/list"):
        register.answers["/out"] = (302, {"Location": where}, b"")
        with pytest.raises((UsageError, RemoteError)):
            fetcher.page(f"{register.address}/out")
    register.answers["/round"] = (302, {"Location": f"{register.address}/round"}, b"")
    with pytest.raises(RemoteError):
        fetcher.page(f"{register.address}/round")


@pytest.mark.parametrize(
    ("headers", "body", "message"),
    [
        ({}, b"x" * 200_001, "has more than 200000 bytes"),
        ({"Content-Type": "image/png"}, b"x", "is of the type image/png; expected HTML, JSON, CSV"),
    ],
)
def test_what_is_too_large_or_no_page_is_refused(
    headers: dict[str, str], body: bytes, message: str, register: Register, fetcher: Fetcher
) -> None:
    register.answers["/odd"] = (200, headers, body)
    with pytest.raises(PageRefused, match=message):
        fetcher.page(f"{register.address}/odd")


def test_an_answer_that_is_an_error_and_nobody_there(register: Register, fetcher: Fetcher) -> None:
    with pytest.raises(RemoteError, match="answers 404"):
        fetcher.page(f"{register.address}/none")
    with pytest.raises(RemoteError, match="does not answer"):
        fetcher.page("http://127.0.0.1:1/list")


@pytest.mark.parametrize("address", ["file:///etc/hostname", "https:///list", "http://me:secret@127.0.0.1/list"])
def test_addresses_that_are_none_of_the_web(address: str, fetcher: Fetcher) -> None:
    with pytest.raises(UsageError):
        fetcher.page(address)


def test_only_an_address_asks_the_network() -> None:
    assert is_address("HTTPS://treaties.un.org/x")
    assert not is_address("file:///x")
    with pytest.raises(UsageError, match="needs a contact"):
        page_from("https://treaties.un.org/x", None)


def test_the_command_needs_a_contact_and_cites_the_address(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("TREATYGRAPH_CONTACT", raising=False)
    here = harbours(tmp_path / "graph")
    words = ["intake", f"{register.address}/list", "--graph", str(here.root)]
    with pytest.raises(UsageError, match="a register asks who is asking"):
        cli.run(words)
    assert not register.asked
    assert cli.run([*words, "--contact", "me@example.org", "--source", "s", "--format", "json"]) == 1
    assert f'"place": "{register.address}/list"' in capsys.readouterr().out
