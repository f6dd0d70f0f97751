"""What a pair kept, lost and gained; what two pairs share; what is due: held against ``between`` and the acts."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import icalendar
import pytest

from treatygraph.answers.between import Between
from treatygraph.answers.feeds import Feed, FeedEntry, atom, calendar
from treatygraph.graph import Graph
from treatygraph.model.errors import UsageError

PAIRS = [("US", "Russia", "2001-01-01", "2026-11-30"), ("India", "Pakistan", "1990-01-01", "2026-11-30"),
         ("NATO", "Russia", "2010-01-01", "2026-11-30"), ("Canada", "Palestine", "2010-01-01", "2026-11-30"),
         ("Soviet Union", "US", "1985-01-01", "1992-06-30")]  # fmt: skip


def ids(answer: Between) -> set[str]:
    return {item.id for top in answer.instruments for item in (top, *top.parts)}


@pytest.mark.parametrize(("a", "b", "then", "on"), PAIRS)
def test_the_lists_are_the_difference_of_two_answers(graph: Graph, a: str, b: str, then: str, on: str) -> None:
    was, now = graph.between(a, b, then), graph.between(a, b, on)
    answer = graph.compare(a, b, then=then, on=on)
    open_ids = {name for name, _ in answer.not_known}
    assert {item.id for item in answer.both} == ids(was) & ids(now)
    assert {item.id for item in answer.only_first} == ids(was) - ids(now) - open_ids
    assert {item.id for item in answer.only_second} == ids(now) - ids(was) - open_ids
    assert open_ids <= {item.id for item in (*was.not_known, *now.not_known)}
    for item in answer.only_first:
        assert item.until, item.id
        assert item.because, item.id
        assert item.sources, item.id


def test_a_loss_names_the_act_that_made_it(graph: Graph) -> None:
    lost = {item.id: item for item in graph.compare("US", "Russia", then="2018-01-01", on="2026-11-30").only_first}
    skies = lost["open-skies"]
    assert (skies.until, skies.because) == ("2020-11-22", "withdrawal of USA")
    assert any(str(act["act"]).startswith("open-skies/USA/notice-of-withdrawal/2020-05-22") for act in skies.acts)
    assert (lost["new-start"].until, lost["new-start"].because) == ("2026-02-05", "expired")


def test_what_the_record_does_not_say_is_neither_lost_nor_gained(graph: Graph) -> None:
    answer = graph.compare("US", "Russia", "China", on="2026-11-30")
    doubtful = {item.id for item in graph.between("US", "China", "2026-11-30").not_known}
    assert not doubtful & {item.id for item in answer.only_first}
    assert "the record does not say" in answer.answer


def test_the_counts_are_those_of_between(graph: Graph) -> None:
    now = graph.between("US", "Russia", "2026-11-30")
    binding = sum(item.binding is True for item in now.instruments)
    total = f"at least {len(now.instruments)} (at least {binding} of them legally binding)"
    assert f"at least {binding} legally binding instruments" in now.answer
    assert f"; {total} hold them on 30 November 2026." in graph.compare(
        "US", "Russia", then="2010-01-01", on="2026-11-30").answer  # fmt: skip
    assert f"In all, {total} held the United States and Russia" in graph.compare(
        "US", "Russia", "US", "China", on="2026-11-30").answer  # fmt: skip


def test_two_pairs(graph: Graph) -> None:
    answer = graph.compare("US", "Russia", "US", "China", on="2021-05-28", topic="nuclear")
    assert answer.to_dict().keys() >= {"common", "only_first", "only_second"}
    assert "new-start" in {item.id for item in answer.only_first}
    assert graph.compare("US", "Russia", "China", on="2021-05-28", topic="nuclear") == answer


def test_what_cannot_be_compared(graph: Graph) -> None:
    for third, then in ((None, None), ("China", "2001-01-01")):
        with pytest.raises(UsageError, match="one of the two"):
            graph.compare("US", "Russia", third, then=then)
    with pytest.raises(UsageError, match="earlier day first"):
        graph.compare("US", "Russia", then="2027-01-01", on="2026-11-30")
    with pytest.raises(UsageError, match="one and the same"):
        graph.compare("US", "Russia", "Russia", "US", on="2026-11-30")


def test_what_was_due_in_2025(graph: Graph) -> None:
    answer = graph.upcoming("2025-08-01", months=7, topic="landmines")
    exits = {item.states[0]: item.date for item in answer.items if item.type == "exit"}
    assert exits == {"EST": "2025-12-27", "LVA": "2025-12-27", "LTU": "2025-12-27", "FIN": "2026-01-10",
                     "POL": "2026-02-20"}  # fmt: skip
    assert all("armed conflict" in item.conditions[0] for item in answer.items if item.type == "exit")


def test_only_what_was_known_is_expected(graph: Graph) -> None:
    """On 1 June 2020 the treaty was to run out in February 2021; that it was extended came later."""
    known = graph.upcoming("2020-06-01", months=12, instrument="New START", known="2020-06-01")
    assert [(item.type, item.date) for item in known.items] == [("end", "2021-02-05")]
    assert "prolonged" in known.items[0].conditions[0]
    assert not graph.upcoming("2020-06-01", months=12, instrument="New START").items


def test_a_notice_without_a_day_waits(graph: Graph) -> None:
    waiting = graph.upcoming("2026-11-30", state="North Korea").waiting
    assert ("cma-2018", ("PRK",)) in {(item.instrument, item.states) for item in waiting}
    assert all(item.conditions and not item.date for item in waiting)
    with pytest.raises(UsageError):
        graph.upcoming("2026-11-30", months=0)


def test_the_calendar_and_the_feed_are_read_by_others(graph: Graph) -> None:
    answer = graph.upcoming("2025-08-01", months=12)
    events = list(icalendar.Calendar.from_ical(calendar(answer.feed)).walk("VEVENT"))
    assert len(events) == len(answer.items) == len({str(event["UID"]) for event in events})
    assert {event["DTSTART"].dt for event in events} == {item.days[0] for item in answer.items if item.days}
    tree = ElementTree.fromstring(atom(answer.feed))
    space = "{http://www.w3.org/2005/Atom}"
    entries = tree.findall(f"{space}entry")
    assert len(entries) == len(answer.items) + len(answer.waiting)
    assert len({entry.findtext(f"{space}id") for entry in entries}) == len(entries)
    assert all(entry.findtext(f"{space}title") and entry.findtext(f"{space}updated") for entry in (tree, *entries))


def test_hard_texts_survive_in_both_forms() -> None:
    text = "Ответ; a,b\\c <&> “x”\nlast line " + "ж" * 90
    day = date(2027, 2, 28)
    feed = Feed("T & <t>", "api/upcoming?a=b&c=d", date(2026, 11, 30), (FeedEntry("k", text, text, day, day, "id/x"),))
    (event,) = icalendar.Calendar.from_ical(calendar(feed)).walk("VEVENT")
    assert str(event["SUMMARY"]) == text
    assert event["DTEND"].dt == date(2027, 3, 1)
    assert all(len(line) <= 75 for line in calendar(feed).encode().split(b"\r\n"))
    title = ElementTree.fromstring(atom(feed)).find("{*}entry/{*}title")
    assert title is not None
    assert title.text == text
