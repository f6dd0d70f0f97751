"""Turns by address: who waits is served in rotation, nobody holds every place, the longest queue makes room."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatygraph.web.problems import Refusal
from treatygraph.web.turns import Turns, visitor


def run(conversation: Callable[[], Awaitable[Any]]) -> Any:
    return asyncio.run(conversation())  # type: ignore[arg-type]


async def settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def arrived(turns: Turns, order: list[str], *addresses: str) -> list[asyncio.Task[None]]:
    """A task for each address, which notes when its turn has come."""

    async def wait(address: str) -> None:
        await turns.take(address, 60)
        order.append(address)

    tasks = []
    for address in addresses:
        tasks.append(asyncio.ensure_future(wait(address)))
        await settled()
    return tasks


def test_addresses_take_turns() -> None:
    async def conversation() -> list[str]:
        turns, order = Turns(1, 1, 100), list[str]()
        tasks = await arrived(turns, order, "a", "a", "a", "a", "b", "c", "b")
        while len(order) < 7:
            turns.give(order[-1])
            await settled()
        await asyncio.gather(*tasks)
        return order

    assert run(conversation) == ["a", "a", "b", "c", "a", "b", "a"]


def test_one_address_never_holds_the_last_place() -> None:
    async def conversation() -> tuple[list[str], int]:
        turns, order = Turns(3, 2, 100), list[str]()
        tasks = await arrived(turns, order, *["a"] * 9, "b")
        waiting = turns.waiting
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return order, waiting

    assert run(conversation) == (["a", "a", "b"], 7)


def test_the_longest_queue_makes_room_and_the_newcomer_of_a_long_one_is_refused() -> None:
    async def conversation() -> list[str]:
        turns, order = Turns(1, 1, 3), list[str]()
        tasks = await arrived(turns, order, "a", "a", "a", "a", "b", "a")
        await settled()
        refused = [name for name, task in zip("aaaaba", tasks, strict=True) if task.done() and task.exception()]
        assert (turns.waiting, [task.done() for task in tasks]) == (3, [True, False, False, True, False, True])
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return refused

    assert run(conversation) == ["a", "a"]


def test_a_place_is_not_lost_when_its_visitor_goes_away_as_it_comes() -> None:
    async def conversation() -> bool:
        turns, order = Turns(1, 1, 10), list[str]()
        tasks = await arrived(turns, order, "a", "b")
        turns.give("a")  # b's turn has come, but b has not run yet
        tasks[1].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return turns.try_take("c")

    assert run(conversation)


def test_waiting_ends_with_a_refusal() -> None:
    async def conversation() -> int:
        turns = Turns(1, 1, 10)
        await turns.take("a", 1)
        with pytest.raises(Refusal, match=r"no worker was free within 0\.01 seconds"):
            await turns.take("b", 0.01)
        return turns.waiting

    assert run(conversation) == 0


@given(st.lists(st.tuples(st.sampled_from(["take", "give", "cancel"]), st.integers(0, 4)), max_size=60))
def test_no_order_of_events_loses_a_place(events: list[tuple[str, int]]) -> None:
    async def conversation() -> bool:
        turns, order = Turns(3, 2, 6), list[str]()
        tasks: list[asyncio.Task[None]] = []
        held = 0
        for event, number in events:
            if event == "take":
                tasks += await arrived(turns, order, "abcde"[number])
            elif event == "give" and held < len(order):
                turns.give(order[held])
                held += 1
            elif event == "cancel" and tasks:
                tasks[number % len(tasks)].cancel()
            if number % 2:
                await settled()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        while held < len(order):
            turns.give(order[held])
            held += 1
        return turns.waiting == 0 and all(turns.try_take(name) for name in ("x", "y", "z"))

    assert run(conversation)


@pytest.mark.parametrize(
    ("address", "who"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("192.0.2.1", "192.0.2.1"),
        ("testclient", "testclient"),
    ],
)
def test_who_an_address_belongs_to(address: str, who: str) -> None:
    assert visitor(address) == who
