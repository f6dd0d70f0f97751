"""Readers that stop, readers that are slow, senders that go away, and one address with too many connections."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import urlencode

import httpx
import psutil  # type: ignore[import-untyped]
import pytest

from serving import get
from treatygraph.web.limits import MIB, Limits
from treatygraph.web.problems import Refusal
from treatygraph.web.traffic import Traffic

LARGE = {"query": "SELECT ?s ?o WHERE {?s ?p ?o} LIMIT 90000"}
Serve = Callable[..., AbstractContextManager[str]]


@contextmanager
def reader(address: str, query: dict[str, str] = LARGE) -> Iterator[socket.socket]:
    """A connection that has asked for a large answer and reads it through a small window."""
    host, port = address.removeprefix("http://").split(":")
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(30)
        connection.connect((host, int(port)))
        head = f"GET /sparql?{urlencode(query)} HTTP/1.1\r\nHost: x\r\nAccept: application/sparql-results+json\r\n\r\n"
        connection.sendall(head.encode())
        yield connection


def rest_of(connection: socket.socket) -> int:
    """How many bytes still come, until the other side ends it."""
    size = 0
    with contextlib.suppress(ConnectionError):
        while part := connection.recv(1 << 16):
            size += len(part)
    return size


def test_a_reader_that_stops_is_cut_off_and_its_memory_given_back(serve: Serve, built_cache: Path) -> None:
    processes: list[subprocess.Popen[str]] = []
    with serve("--max-download", "2", "--max-workers", "1", "--max-long", "1", found=processes) as address:
        server = psutil.Process(processes[0].pid)
        before = server.memory_info().rss
        with contextlib.ExitStack() as several:
            readers = [several.enter_context(reader(address)) for _ in range(6)]
            answers = [connection.recv(64) for connection in readers]
            sent = [connection for connection, head in zip(readers, answers, strict=True) if b" 200 " in head]
            assert sum(b" 429 " in head for head in answers) == len(readers) - len(sent) > 0, "32 MiB for one address"
            assert server.memory_info().rss - before < 150 * MIB
            assert wait_until(lambda: in_flight(address) == 0), "cut off though they still hold the connection"
            assert all(rest_of(connection) < 4 * MIB for connection in sent)
        assert wait_until(lambda: server.memory_info().rss - before < 30 * MIB)
        assert get(f"{address}/sparql", params={"query": "ASK {}"}).status_code == 200


def in_flight(address: str) -> int:
    return int(get(f"{address}/health").json()["sending"])


def wait_until(condition: Callable[[], bool], seconds: float = 40) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def test_an_honest_slow_reader_gets_all(serve: Serve, built_cache: Path) -> None:
    query = {"query": "SELECT ?s ?o WHERE {?s ?p ?o} LIMIT 4000"}
    with serve("--max-download", "1", "--max-workers", "1", "--max-long", "1") as address:
        whole = len(get(f"{address}/sparql", params=query, headers={"Accept": "application/json"}).content)
        with reader(address, query) as connection:
            head, _, body = connection.recv(4096).partition(b"\r\n\r\n")
            size = len(body)
            assert f"content-length: {whole}".encode() in head
            while size < whole:
                time.sleep(0.04)  # what is tried is the pace: some 50 kB in a second
                part = connection.recv(2048)
                assert part, f"cut off after {size} of {whole} bytes"
                size += len(part)


def test_one_address_has_so_many_connections_and_others_are_served(serve: Serve, built_cache: Path) -> None:
    with serve("--max-connections", "5", "--max-workers", "1", "--max-long", "1") as address:
        host, port = address.removeprefix("http://").split(":")
        with contextlib.ExitStack() as several:
            crowd = [several.enter_context(socket.create_connection((host, int(port)))) for _ in range(6)]
            crowd[-1].settimeout(20)
            assert crowd[-1].recv(4096).startswith(b"HTTP/1.1 429 ")
            with httpx.Client(transport=httpx.HTTPTransport(local_address="127.0.0.9")) as other:
                assert other.get(f"{address}/health").status_code == 200
        assert wait_until(lambda: answered(f"{address}/health"))


def answered(address: str) -> bool:
    try:
        return get(address).status_code == 200
    except httpx.HTTPError:
        return False


def test_a_sender_that_goes_away_leaves_no_word_in_the_log(serve: Serve, built_cache: Path) -> None:
    """``serving`` refuses a server that wrote a traceback."""
    head = (
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 50\r\n\r\nASK"
    )
    with serve("--max-workers", "1", "--max-long", "1") as address:
        host, port = address.removeprefix("http://").split(":")
        for _ in range(5):
            with socket.create_connection((host, int(port))) as visitor:
                visitor.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # ends with a reset
                visitor.sendall(head)
        assert get(f"{address}/sparql", params={"query": "ASK {}"}).status_code == 200


def test_what_is_in_flight_is_counted() -> None:
    traffic = Traffic(Limits(flight=100, flight_each=40, connections=2))
    with traffic.sending("192.0.2.1", 90, 0):  # the first one may be as large as it is
        with pytest.raises(Refusal, match="read these first"), traffic.sending("192.0.2.1", 1, 0):
            pass
        with pytest.raises(Refusal, match="being sent already"), traffic.sending("192.0.2.2", 11, 0):
            pass
        with traffic.sending("192.0.2.2", 10, 0):
            assert traffic.in_flight == 100
    assert traffic.in_flight == 0
    traffic.was_cut_off("192.0.2.1", 100)
    with pytest.raises(Refusal, match="did not read"), traffic.sending("192.0.2.1", 1, 159):
        pass
    with traffic.sending("192.0.2.1", 1, 160), traffic.sending("192.0.2.2", 1, 101):
        assert traffic.in_flight == 2
    assert [traffic.opened("2001:db8::1"), traffic.opened("2001:db8::2"), traffic.opened("2001:db8::3")] == [
        True, True, False,
    ]  # fmt: skip
    traffic.closed("2001:db8::1")
    assert traffic.connections == 1
    assert traffic.opened("2001:db8::3")
