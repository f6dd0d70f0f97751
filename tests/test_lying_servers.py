"""Servers that lie: whatever one answers is one clear line and exit code 2, soon, and in little memory."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from treatygraph.model.errors import StoreError, UsageError
from treatygraph.remote import exchange
from treatygraph.remote.server import Server
from treatygraph.render.columns import layout

MIB = 1 << 20
ROW = '{"head": {"vars": ["build"]}, "results": {"bindings": [{"build": {"type": "literal", "value": %s}}]}}'
LIES = {
    "nesting": b"[" * 200_000,
    "nested objects": b'{"a":' * 200_000,
    "no JSON": b"<html>not here</html>",
    "no UTF-8": b'{"head": \xff\xfe',
    "a value that is an object": (ROW % '{"a": {}}').encode(),
    "a value that is a list": (ROW % "[[[]]]").encode(),
    "a row that is a list": b'{"head": {"vars": ["x"]}, "results": {"bindings": [["x"]]}}',
    "an answer that is a list": b"[]",
    "bindings that are a number": b'{"head": {"vars": ["x"]}, "results": {"bindings": 7}}',
    "nothing": b"",
}


class Liar(BaseHTTPRequestHandler):
    """Answers each request with what the server holds."""

    def do_POST(self) -> None:
        answer: Callable[[BaseHTTPRequestHandler], None] = self.server.answer  # type: ignore[attr-defined]
        with contextlib.suppress(OSError):
            answer(self)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def lie() -> Iterator[Callable[[Callable[[BaseHTTPRequestHandler], None]], str]]:
    servers: list[ThreadingHTTPServer] = []

    def begin(answer: Callable[[BaseHTTPRequestHandler], None]) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), Liar)
        server.answer = answer  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/query"

    yield begin
    for server in servers:
        server.shutdown()
        server.server_close()


def sends(body: bytes, status: int = 200, times: int = 1) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(request: BaseHTTPRequestHandler) -> None:
        # A server that closes with the question unread resets the connection, and the answer may be lost with it.
        request.rfile.read(int(request.headers.get("Content-Length") or 0))
        request.send_response(status)
        request.send_header("Content-Type", "application/sparql-results+json")
        request.end_headers()
        for _ in range(times):
            request.wfile.write(body)

    return answer


Lie = Callable[[Callable[[BaseHTTPRequestHandler], None]], str]


@pytest.mark.parametrize("name", LIES)
def test_an_answer_that_is_none_is_refused(lie: Lie, name: str) -> None:
    with pytest.raises(StoreError, match="is broken after"):
        Server(lie(sends(LIES[name]))).query("SELECT * { ?s ?p ?o }", ())


@pytest.mark.parametrize("status", [200, 400, 500])
def test_an_endless_answer_ends_at_the_limit(lie: Lie, status: int) -> None:
    server = Server(lie(sends(b" " * MIB, status, times=400)))
    with pytest.raises((StoreError, UsageError)) as problem:
        server.query("SELECT * { ?s ?p ?o }", ())
    assert "larger than 40 MiB" in str(problem.value) if status == 200 else len(str(problem.value)) < 500


def test_an_answer_that_dribbles_ends_in_time(lie: Lie) -> None:
    ended = threading.Event()

    def dribble(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        while not ended.wait(0.1):
            request.wfile.write(b" ")

    try:
        with pytest.raises(StoreError, match="did not answer within 1 s"):
            Server(lie(dribble), timeout=1).query("SELECT * { ?s ?p ?o }", ())
    finally:
        ended.set()


def test_no_control_character_of_others_reaches_a_terminal(lie: Lie) -> None:
    with pytest.raises(UsageError) as problem:
        Server(lie(sends(b"\x1b]0;pwned\x07\x1b[31m\xc2\x9b no", 400))).query("SELECT * { ?s ?p ?o }", ())
    assert not set(str(problem.value)) & {"\x1b", "\x07", "\x9b"}
    shown = layout(["x"], [["a\x1b]0;pwned\x07\x9b[31m"], ["Ünï 美国"]], 80)
    assert not set(shown) & {"\x1b", "\x07", "\x9b"}
    assert "Ünï 美国" in shown


@pytest.mark.parametrize("address", ["http://bob:s3cret@127.0.0.1:1/", "https://s3cret@host/", "http://a:s3cret@[::1"])
def test_a_password_in_an_address_is_refused_and_never_shown(address: str) -> None:
    for arguments in ((address, ""), ("http://127.0.0.1:1/", address)):
        with pytest.raises(UsageError) as problem:
            Server(*arguments)
        assert "s3cret" not in str(problem.value)


def test_the_command_line_says_one_line_in_little_memory(lie: Lie, built_cache: Path) -> None:
    code = (
        "import re, sys; sys.argv[1:] = ['status', 'NPT', '--store', sys.argv[1]]\n"
        "from treatygraph.cli import main\n"
        "try: main()\n"
        "finally: print(int(re.search('VmHWM: *\\\\D*([0-9]+)', open('/proc/self/status').read())[1]) // 1024)"
    )
    for answer in (
        sends(LIES["nesting"]),
        sends(b" " * MIB, times=400),
        sends((ROW % json.dumps("\x1b[31m")).encode()),
    ):
        done = subprocess.run(
            [sys.executable, "-c", code, lie(answer)], capture_output=True, text=True, check=False, timeout=120,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )  # fmt: skip
        assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
        assert "\x1b" not in done.stderr
        assert int(done.stdout.split()[-1]) < 200


def test_an_error_of_the_exchange_is_that_of_the_thread() -> None:
    with pytest.raises(KeyError, match="inner"):
        exchange._within(5, lambda: dict[str, int]()["inner"])
