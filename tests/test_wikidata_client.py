"""Asking Wikidata, against a real SPARQL server on loopback and a proxy that misbehaves on demand."""

from __future__ import annotations

from datetime import timedelta

import pytest

from treatygraph.model.errors import RemoteError, UsageError
from treatygraph.wikidata.questions import NAMES
from wikidata_world import DAY, MakeClient, Proxy, Waits, free_port, values_of


def test_it_says_who_asks(client: MakeClient, proxy: Proxy) -> None:
    client(proxy.url).answers(NAMES, ["Q30"])
    assert proxy.agents == ["treatygraph/0 (https://w3id.org/treatygraph/; tester@example.org)"]


def test_it_asks_in_batches_and_keeps_answers_by_item(client: MakeClient, proxy: Proxy) -> None:
    items = ["Q30", "Q159", "Q145", "Q30", "Q900000020", "Q649"]
    found = client(proxy.url, batch=2).answers(NAMES, items)
    assert [len(values_of(query)) for query in proxy.queries] == [2, 2, 1]
    assert list(found) == ["Q30", "Q159", "Q145", "Q900000020", "Q649"]
    assert found["Q159"] == [{"label": "Russia"}]
    assert found["Q649"] == []
    assert client(proxy.url, batch=7).answers(NAMES, items) == found
    assert len(proxy.queries) == 3, "what is on disk was asked again, even that which had no answer"


def test_an_old_answer_is_asked_again_and_a_fresh_one_is_not(client: MakeClient, proxy: Proxy) -> None:
    client(proxy.url).answers(NAMES, ["Q30"])
    for later, asked in ((DAY + timedelta(30), 1), (DAY + timedelta(31), 2)):
        client(proxy.url, today=later).answers(NAMES, ["Q30"])
        assert len(proxy.queries) == asked
    client(proxy.url, today=DAY + timedelta(40), fresh=timedelta(0)).answers(NAMES, ["Q30"])
    client(proxy.url, today=DAY + timedelta(40), fresh=timedelta(0)).answers(NAMES, ["Q30"])
    assert len(proxy.queries) == 3


@pytest.mark.parametrize(
    ("fault", "waits"),
    [
        ("429 7", [7.5]),
        ("429", [60.5]),
        ("503 3", [3.5]),
        ("500", [1.5]),
        ("503", [1.5]),
        ("cut", [1.5]),
        ("short", [1.5]),
        ("html", [1.5]),
        ("slow", [1.5]),
    ],
)
def test_it_tries_again_after(fault: str, waits: list[float], client: MakeClient, proxy: Proxy) -> None:
    proxy.faults = [fault]
    slept, said = Waits(), list[str]()
    found = client(proxy.url, sleep=slept, timeout=1, talk=said.append).answers(NAMES, ["Q30"])
    assert found == {"Q30": [{"label": "United States"}]}
    assert slept.seconds == waits
    assert len(proxy.queries) == 2
    assert len(said) == 1


def test_a_date_to_wait_for_is_held_against_the_clock_of_the_server(client: MakeClient, proxy: Proxy) -> None:
    proxy.faults = ["429 date"]
    slept = Waits()
    client(proxy.url, sleep=slept).answers(NAMES, ["Q30"])
    assert 29 <= slept.seconds[0] - 0.5 <= 31


def test_pauses_grow_and_end(client: MakeClient, proxy: Proxy) -> None:
    proxy.faults = ["500"] * 4
    slept = Waits()
    with pytest.raises(RemoteError, match=r"HTTP 500\), 4 times; what was answered before is kept"):
        client(proxy.url, sleep=slept).answers(NAMES, ["Q30"])
    assert slept.seconds == [1.5, 3.0, 6.0]


def test_it_does_not_wait_for_ever(client: MakeClient, proxy: Proxy) -> None:
    proxy.faults = ["429 7200"]
    with pytest.raises(RemoteError, match="asks to wait 7200 seconds"):
        client(proxy.url).answers(NAMES, ["Q30"])
    assert len(proxy.queries) == 1


def test_a_batch_that_is_too_much_is_halved(client: MakeClient, proxy: Proxy) -> None:
    proxy.faults = ["500", "500"]
    found = client(proxy.url, attempts=2, batch=4).answers(NAMES, ["Q30", "Q159", "Q145", "Q649"])
    assert [len(values_of(query)) for query in proxy.queries] == [4, 4, 2, 2]
    assert found["Q145"] == [{"label": "United Kingdom"}]


def test_a_question_that_is_refused_is_not_asked_again(client: MakeClient, proxy: Proxy) -> None:
    for fault in ("400", "403", "404"):
        proxy.faults = [fault]
        with pytest.raises(UsageError, match="refuses the question"):
            client(proxy.url).answers(NAMES, ["Q30"])
    assert len(proxy.queries) == 3


def test_no_network(client: MakeClient) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}/sparql"
    slept = Waits()
    with pytest.raises(RemoteError, match=r"no connection .*, 4 times"):
        client(nowhere, sleep=slept).answers(NAMES, ["Q30", "Q159"])
    assert len(slept.seconds) == 3, "smaller questions cannot help where there is no connection"


def test_interrupted_twice_and_resumed_it_asks_nothing_twice(client: MakeClient, proxy: Proxy) -> None:
    items = ["Q30", "Q159", "Q145", "Q33946", "Q900000001", "Q900000002", "Q900000003"]
    whole = client(proxy.url, today=DAY - timedelta(90)).answers(NAMES, items)
    proxy.queries.clear()

    class Broken:
        """A progress bar during which the user breaks off after some items."""

        def __init__(self, after: int) -> None:
            self.left = after

        def __enter__(self) -> Broken:
            return self

        def __exit__(self, *problem: object) -> None:
            """Nothing to release."""

        def update(self, n: float | None = 1) -> None:
            self.left -= int(n or 0)
            if self.left <= 0:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        client(proxy.url, batch=1, progress=lambda *_: Broken(2)).answers(NAMES, items)
    proxy.faults = ["", "", "429 7200"]
    with pytest.raises(RemoteError):
        client(proxy.url, batch=1).answers(NAMES, items)
    refused = proxy.asked[-1]
    assert client(proxy.url, batch=2).answers(NAMES, items) == whole
    assert sorted(proxy.asked) == sorted([*items, refused]), "an item was asked twice, besides the one that was refused"


def test_the_progress_counts_what_is_known_already(client: MakeClient, proxy: Proxy) -> None:
    seen: list[tuple[int, str]] = []
    counted: list[float] = []

    class Bar:
        def __enter__(self) -> Bar:
            return self

        def __exit__(self, *problem: object) -> None:
            """Nothing to release."""

        def update(self, n: float | None = 1) -> None:
            counted.append(n or 0)

    def bar(total: int, what: str) -> Bar:
        seen.append((total, what))
        return Bar()

    client(proxy.url).answers(NAMES, ["Q30"])
    client(proxy.url, batch=1, progress=bar).answers(NAMES, ["Q30", "Q159", "Q145"])
    assert seen == [(3, "names")]
    assert counted == [1, 1, 1]
