"""Suppositions: when a state would be out, what defers it, whom it would leave with nothing, and what it is in law."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy
import pytest

from treatygraph import cli
from treatygraph.answers.between import Question, between
from treatygraph.answers.whatif.answer import whatif
from treatygraph.answers.whatif.overlay import ground
from treatygraph.answers.whatif.result import Change, WhatIf
from treatygraph.answers.whatif.wording import the
from treatygraph.bonds.matrix_from_index import intervals
from treatygraph.build.index import Index
from treatygraph.graph import Graph
from treatygraph.law.derivations import Corpus
from treatygraph.law.withdrawal import notice_given
from treatygraph.model.dates import Span, day, within
from treatygraph.model.errors import BadDate, UnknownName, UsageError
from treatygraph.model.records import Act, Cite, Facts

TODAY = "2026-11-25"


def suppose(index: Index, *texts: str, on: str = TODAY, binding: bool = False) -> WhatIf:
    return whatif(index, texts, day(on), binding=binding)


def only(answer: WhatIf) -> Change:
    (change,) = answer.changes
    return change


@pytest.mark.parametrize(
    ("text", "on", "outcome", "effective"),
    [
        ("US leaves NPT", TODAY, "out", "2027-02-25"),
        # The day before each of these notices was in fact given: the clause's own arithmetic.
        ("Lithuania leaves CCM", "2024-09-05", "out", "2025-03-05"),
        ("US leaves Open Skies", "2020-05-21", "out", "2020-11-21"),
        ("US leaves ABM", "2001-12-12", "out", "2002-06-12"),
        ("Soviet Union leaves ABM", "1985-08-31", "out", "1986-02-28"),
        # On the day itself the notice is on record.
        ("Lithuania leaves CCM", "2024-09-06", "already-leaving", "2025-03-06"),
        # A term: only at its end, if the notice comes six months before it; else at the end of the next.
        ("US leaves TTBT", "2025-06-11", "out", "2025-12-11"),
        ("US leaves TTBT", "2025-06-12", "out", "2030-12-11"),
        # Deferred by an armed conflict, and not determinable without a clause.
        ("Ukraine leaves Ottawa", TODAY, "deferred", None),
        ("US leaves ENMOD", TODAY, "not-determinable", None),
        # The term runs out before the notice would work.
        ("US leaves New START", "2025-12-01", "ends-first", "2026-02-05"),
        # What is no withdrawal.
        ("Russia leaves CTBT", TODAY, "signature-disowned", TODAY),
        ("France leaves CTBT", TODAY, "consent-withdrawn", TODAY),
        ("US leaves ATT", TODAY, "already-disowned", None),
        ("US leaves MTCR", TODAY, "out", TODAY),
        # Nothing to leave: never bound; no longer bound; ended.
        ("Poland leaves CCM", TODAY, "not-bound", None),
        ("Poland leaves Ottawa", TODAY, "not-bound", None),
        ("US leaves ABM", TODAY, "not-bound", None),
        # Joining.
        ("US joins TPNW", TODAY, "bound", "2027-02-23"),
        ("Israel joins NPT", TODAY, "bound", TODAY),
        ("Russia joins CTBT", TODAY, "contracting", None),
        ("UK joins CCM", TODAY, "already-bound", None),
        ("France joins TTBT", TODAY, "closed", None),
        ("US joins New START", TODAY, "over", None),
    ],
)  # fmt: skip
def test_what_it_comes_to(graph_index: Index, text: str, on: str, outcome: str, effective: str | None) -> None:
    change = only(suppose(graph_index, text, on=on))
    found = change.effective.isoformat() if change.effective else None
    assert (change.outcome, found) == (outcome, effective)


def test_us_leaves_npt(graph_index: Index) -> None:
    answer = suppose(graph_index, "US leaves NPT")
    change = only(answer)
    assert answer.answer.startswith(
        "If notice by the United States were received on 25 November 2026, it would be out of the NPT on "
        "25 February 2027 (article X(1), three months), leaving "
    )
    assert change.ways[0]["addressees"] == ["all-parties", "security-council"]
    assert change.ways[0]["ground"] == "extraordinary-events"
    assert [step["rule"] for step in change.because] == ["R23"]
    assert "USA" not in change.left
    assert {"RUS", "IRN", "DEU"} <= set(change.left)
    assert set(change.sources) > set(change.ways[0]["sources"])


@pytest.mark.parametrize(
    ("text", "topic"),
    [("US leaves NPT", "nuclear-nonproliferation"), ("Poland leaves BWC", "biological-weapons")],
)
def test_the_pairs_that_lose_their_last_by_between(graph_index: Index, text: str, topic: str) -> None:
    """Each pair by the answer that a user would compare it with, before and after."""
    answer = suppose(graph_index, text)
    change = only(answer)
    supposed = ground(graph_index).supposing(
        [Act(change.instrument, change.state, change.act, Span.of(answer.on), None, (), "", "", "", Cite((), ""))]
    )
    lost = next(item for item in answer.topics if item.topic == topic and item.change == "lost")
    question = Question(("", ""), answer.counted_on, topic=topic)
    expected = []
    for other in sorted({*change.left, "CHN", "TWN"}):
        before = between(graph_index, change.state, other, question).instruments
        after = between(supposed, change.state, other, question).instruments
        if before and not after:
            expected.append(tuple(sorted((change.state, other))))
    assert sorted(expected) == list(lost.pairs)
    assert len(expected) > 10


def test_a_leaving_state_is_out_exactly_on_the_effective_day(graph_index: Index, facts: Facts) -> None:
    """Drawn from all standings: bound the day before, out on the day, everybody else as before."""
    chance, tried = random.Random(11), 0
    table = intervals(graph_index)
    rows = [
        row for row in range(len(table.line)) if facts.instruments[table.instruments[table.instrument[row]]].is_treaty
    ]
    while tried < 25:
        row = chance.choice(rows)
        first, last = int(table.start[row]), min(int(table.end[row]), day(TODAY).toordinal())
        on = date.fromordinal(chance.randrange(first, max(last, first + 1)))
        name = table.instruments[table.instrument[row]]
        state = table.bearer(int(table.line[row]), on)
        answer = suppose(graph_index, f"{state} leaves {name}", on=on.isoformat())
        change = only(answer)
        if change.outcome != "out" or change.effective is None:
            continue
        tried += 1
        act = Act(name, state, change.act, Span.of(on), None, (), "", "", "", Cite((), ""))
        after = intervals(ground(graph_index).supposing([act]))
        line, column = table.index(state), table.instruments.index(name)
        eve = change.effective - timedelta(days=1)
        if change.effective > on:
            assert after.held(eve)[line, column], (state, name, on)
        assert not after.held(change.effective)[line, column], (state, name, on)
        others = numpy.arange(len(table.lines)) != line
        if change.status != "ends":
            same = table.held(change.effective)[others, column] == after.held(change.effective)[others, column]
            assert same.all(), (state, name, on)


def test_the_day_is_the_one_of_the_clause(graph_index: Index, corpus: Corpus) -> None:
    """Derived by adding an act, and read off the clause alone: the two ways agree for every treaty of one state."""
    on = day(TODAY)
    compared = 0
    for name, derived in list(corpus.default.items())[::3]:
        held = [item for item in derived.of("USA") if within(on, item.start, item.end)]
        card = ground(graph_index).card(name)
        if not held or held[0].standing != "party" or card.scope == "bilateral":
            continue
        change = only(suppose(graph_index, f"US leaves {name}"))
        by_clause = notice_given(card, Span.of(on), derived.life.entry, ())
        if change.outcome == "ends-first" or change.before != "party":
            continue
        compared += 1
        expected = by_clause.day.earliest if by_clause.day else None
        assert change.effective == expected, name
    assert compared > 8


def test_an_act_that_changes_nothing_changes_nothing(graph_index: Index) -> None:
    """Deriving anew gives the record back: a party's second signature moves no standing."""
    before = intervals(graph_index)
    for name, state in (("npt", "USA"), ("ccw", "FRA"), ("start-1", "USA"), ("cfe", "POL"), ("new-start", "RUS")):
        act = Act(name, state, "signature", Span.of(day("2026-11-24")), None, (), "", "", "", Cite((), ""))
        after = intervals(ground(graph_index).supposing([act]))
        order = [numpy.lexsort((t.end, t.start, t.instrument, t.line)) for t in (before, after)]
        for key in ("line", "instrument", "start", "end"):
            assert (getattr(before, key)[order[0]] == getattr(after, key)[order[1]]).all(), name
        assert before.denials == after.denials


def test_a_framework_takes_its_protocols_along(graph_index: Index) -> None:
    change = only(suppose(graph_index, "France leaves CCW"))
    after = {item["id"]: item for item in change.dependents}
    assert {name for name, item in after.items() if item["relation"] == "protocol-to"} == {
        "ccw-p1", "ccw-p2", "ccw-p3", "ccw-p4", "ccw-p5", "ccw-ap2",
    }  # fmt: skip
    assert {item["after"] for item in after.values()} == {"former-party"}
    assert all(item["because"][0]["rule"] == "R28" for item in after.values())
    alone = only(suppose(graph_index, "France leaves CCW Protocol IV"))
    assert alone.dependents == ()
    assert alone.effective == change.effective


def test_a_bilateral_treaty_ends(graph_index: Index) -> None:
    change = only(suppose(graph_index, "US leaves TTBT"))
    assert (change.status, change.status_from) == ("ends", date(2030, 12, 11))
    assert change.left == ()
    assert {item["id"] for item in change.dependents if item["affected"]} == {"pnet", "ttbt-protocol-1990"}


def test_what_defers_it(graph_index: Index) -> None:
    change = only(suppose(graph_index, "Ukraine leaves Ottawa"))
    assert change.deferred is not None
    assert change.deferred["due"] == "2027-05-25"
    assert change.deferred["until"] is None
    assert change.deferred["because"][0]["rule"] == "R25"
    peace = only(suppose(graph_index, "Finland leaves CCW"))
    assert peace.deferred is None


def test_conditions_are_told_not_judged(graph_index: Index) -> None:
    change = only(suppose(graph_index, "Australia leaves Rarotonga"))
    assert any("only in response to another party's violation" in note and "R40" in note for note in change.notes)
    assert change.effective == date(2027, 11, 25)
    stalled = only(suppose(graph_index, "US leaves Antarctic Treaty"))
    assert any("only when an amendment has stalled" in note for note in stalled.notes)


def test_what_the_ctbt_still_needs(graph_index: Index) -> None:
    annex = "consent of CHN, EGY, IND, IRN, ISR, PAK, PRK, RUS, USA"
    assert only(suppose(graph_index, "Russia leaves CTBT")).missing_after == annex
    joined = suppose(graph_index, "Russia joins CTBT")
    assert only(joined).missing_before == annex
    assert only(joined).missing_after == annex.replace("RUS, ", "")
    assert only(suppose(graph_index, "France leaves CTBT")).missing_after == annex.replace("IND", "FRA, IND")
    texts = [f"{code} joins CTBT" for code in annex.removeprefix("consent of ").split(", ")]
    all_of_them = suppose(graph_index, *texts)
    assert {item.status for item in all_of_them.changes} == {"enters into force"}
    # 180 days after the deposit that completes Annex 2 (article XIV(1)).
    assert {item.effective for item in all_of_them.changes} == {date(2026, 11, 25) + timedelta(days=180)}
    assert "the treaty would enter into force by it" in all_of_them.answer


def test_several_at_once_are_counted_together(graph_index: Index) -> None:
    """Two that leave together leave each other, too, and are counted on the later of the two days."""
    answer = suppose(graph_index, "US leaves NPT and US leaves IAEA Statute")
    alone = suppose(graph_index, "US leaves NPT")

    def lost(found: WhatIf) -> int:
        return next(len(item.pairs) for item in found.topics if item.topic == "nuclear-nonproliferation")

    assert answer.counted_on == max(item.effective for item in answer.changes if item.effective)
    assert lost(answer) > lost(alone) + 100
    assert len(suppose(graph_index, "NATO leaves CCM").changes) == 23


def test_later_acts_of_the_same_state_are_set_aside(graph_index: Index) -> None:
    answer = suppose(graph_index, "Poland leaves Ottawa", on="2025-06-02")
    assert only(answer).effective == date(2025, 12, 2)
    assert "set aside, being later than what is supposed: apmbc/POL/notice-of-withdrawal/2025-08-20/un" in answer.notes


def test_only_what_binds_can_be_counted(graph_index: Index) -> None:
    every, binding = (suppose(graph_index, "US leaves MTCR", binding=value) for value in (False, True))
    assert any(item.fewer for item in every.topics)
    assert not binding.topics


def test_former_states_and_names_with_and(graph_index: Index) -> None:
    answer = suppose(graph_index, "Bosnia and Herzegovina leaves CCM and Trinidad and Tobago leaves NPT")
    assert [(item.state, item.instrument) for item in answer.changes] == [("BIH", "ccm"), ("TTO", "npt")]
    heir = suppose(graph_index, "Soviet Union leaves NPT")
    assert only(heir).state == "RUS"
    assert any("continues it" in note for note in heir.notes)


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    [
        ("US leaves", UsageError, "supposes nothing"),
        ("leaves NPT", UsageError, "supposes nothing"),
        ("US likes NPT", UsageError, "write 'A leaves INSTRUMENT'"),
        ("US leaves NPT Russia leaves CTBT", UsageError, "no 'and'"),
        ("Atlantis leaves NPT", UnknownName, "no state or group is called 'Atlantis'"),
        ("US leaves Hovercraft", UnknownName, "no instrument is called 'Hovercraft'"),
    ],
)
def test_what_cannot_be_read(graph_index: Index, text: str, kind: type[Exception], says: str) -> None:
    with pytest.raises(kind, match=says):
        suppose(graph_index, text)


@pytest.mark.parametrize("given", [["US leaves NPT"], None, 7])
def test_what_is_no_text(graph: Graph, given: Any) -> None:
    with pytest.raises(UsageError, match=f"not a {type(given).__name__}.*leaves"):
        graph.whatif(given, on=TODAY)
    if given is not None:  # no day is today
        with pytest.raises(BadDate, match="YYYY-MM-DD"):
            graph.whatif("US leaves NPT", on=given)


def test_a_state_that_did_not_exist(graph_index: Index) -> None:
    with pytest.raises(UsageError, match="Czechoslovakia was there"):
        suppose(graph_index, "Czechia leaves NPT", on="1985-01-01")


def test_titles_withwith_article() -> None:
    titles = ("NPT", "Open Skies Treaty", "New START", "START I", "CCW Protocol II", "Treaty of Rarotonga")
    assert [the(title) for title in titles] == [
        "the NPT", "the Open Skies Treaty", "New START", "START I", "CCW Protocol II", "the Treaty of Rarotonga",
    ]  # fmt: skip


def test_without_numpy_all_but_the_pairs_is_told(graph_index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = suppose(graph_index, "US leaves NPT")
    monkeypatch.setattr("treatygraph.answers.whatif.answer._CAN_COUNT", False)
    found = suppose(graph_index, "US leaves NPT")
    assert found.changes == whole.changes
    assert (found.counts_pairs, found.topics) == (False, ())
    assert whole.answer.startswith(found.answer)
    assert "pair" not in found.answer
    assert any("treatygraph[network]" in note for note in found.notes)


def test_the_command_line(built_cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["whatif", "US", "leaves", "NPT", "and", "Russia", "leaves", "CTBT", "--notice", TODAY]
    assert cli.run([*words, "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["question"]["suppositions"] == ["USA leaves npt", "RUS leaves ctbt"]
    assert [item["effective"] for item in answer["changes"]] == ["2027-02-25", TODAY]
    quoted = ["whatif", "US leaves NPT", "Russia leaves CTBT", "--on", TODAY, "--format", "json"]
    assert cli.run(quoted) == 0
    assert json.loads(capsys.readouterr().out) == answer
    assert cli.run([*words, "--format", "csv"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert rows[0].startswith("row,state,verb,instrument")
    assert sum(row.startswith("pair,") for row in rows) == sum(item["count"] for item in answer["topics"])
    assert cli.run(words) == 0
    assert capsys.readouterr().out.startswith(answer["answer"])
    with pytest.raises(SystemExit):
        cli.run([*words, "--format", "ttl"])
