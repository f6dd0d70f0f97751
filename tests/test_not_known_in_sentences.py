"""What the record does not hold is told as not known, in status, questions in English and suppositions (K3 to K16)."""

from __future__ import annotations

import random
from datetime import date

import pytest

from treatygraph.answers.status import InstrumentStatus, status
from treatygraph.answers.timeline import timeline
from treatygraph.answers.whatif.answer import whatif
from treatygraph.ask import ask
from treatygraph.bonds.powers import power
from treatygraph.build.index import Index
from treatygraph.graph import Graph
from treatygraph.model.version import EDITION_DAY
from treatygraph.model.vocabulary import NOT_KNOWN


def of(index: Index, name: str, on: str = "2026-11-30", **wanted: object) -> InstrumentStatus:
    return status(index, name, date.fromisoformat(on), **wanted)  # type: ignore[arg-type]


def pairs_of_the_unknown(index: Index, count: int) -> list[tuple[str, str]]:
    """Instruments whose ledger is short, each with a state that is not in it and may be bound."""
    day = EDITION_DAY
    found = [
        (name, code)
        for name in index.ids("instrument")
        for code, life in index.existences().items()
        if life.on(day.isoformat())
        and not any(item.state == code for item in index.derivation(name).standings)
        and not life.continues
        and index.knowledge(name).absence((code,), day).may_bind
    ]
    return random.Random(7).sample(found, min(count, len(found)))


def test_no_door_says_that_a_state_is_out_where_the_ledger_is_short(graph: Graph, graph_index: Index) -> None:
    chosen = pairs_of_the_unknown(graph_index, 200)
    assert len(chosen) > 100
    for name, code in chosen:
        answer = of(graph_index, name, state=code)
        assert answer.states[0].standing == NOT_KNOWN, (name, code)
        assert "had no standing" not in answer.answer, (name, code)
        assert "not known to be" in answer.answer or "is contested" in answer.answer, answer.answer
        assert not answer.counts_complete, (name, code)
    for name, code in chosen[:20]:
        title = graph_index.existences()[code].name
        told = ask(graph, f"Is {title} a party to {name}?", EDITION_DAY).answer
        assert told.startswith("The record does not say."), told
        assert "The record does not say" in whatif(graph_index, [f"{code} leaves {name}"], EDITION_DAY).answer


def test_a_short_ledger_counts_at_least(graph_index: Index) -> None:
    answer = of(graph_index, "hcoc")
    assert answer.counts_complete is False
    assert "at least" in answer.answer
    complete = of(graph_index, "npt", "2020-01-01")
    assert complete.counts_complete is True
    assert "at least" not in complete.answer


def test_a_ledger_that_ends_before_the_day_says_so(graph_index: Index) -> None:
    found = of(graph_index, "npt", state="India")
    assert (found.states[0].standing, found.states[0].as_of) == ("none", "22 August 2026")
    assert "had no standing under it, as of 22 August 2026" in found.answer


def test_contested_instruments_are_told_first_with_who_holds_what(graph_index: Index) -> None:
    answer = of(graph_index, "unscr-2231", "2025-10-20")
    assert "contested" in answer.answer.partition(":")[0]
    held = {item["status"]: set(item["by"]) for item in answer.held}
    assert {"IRN", "RUS", "CHN"} <= held["ended"]
    assert {"FRA", "GBR", "DEU", "USA", "un-secretariat"} <= held["operative"]
    before = of(graph_index, "unscr-2231", "2020-01-01")
    assert before.held == ()
    assert "contested" not in before.answer.partition(";")[0]


def test_who_is_silent_is_not_taken_to_agree(graph_index: Index) -> None:
    answer = of(graph_index, "pmda", "2026-01-01").answer
    assert "Russia holds it terminated since 6 November 2025" in answer
    assert "what the United States holds is not known" in answer


def test_the_future_is_conditional(graph_index: Index) -> None:
    answer = of(graph_index, "cwc", "2027-06-01").answer
    assert "would still be in force" in answer
    assert "the record ends on 30 November 2026" in answer
    late = of(graph_index, "cwc", "2027-06-01", today=date(2027, 7, 1)).answer
    assert "was in force" in late
    assert "as of 30 November 2026" in late
    assert "would" not in of(graph_index, "cwc", "2026-06-01").answer


def test_what_has_ended_has_its_life(graph_index: Index) -> None:
    former = status(graph_index, "npt", state="GDR")
    assert former.states[0].bound == (("1970-03-05", "1990-10-03"),)
    entries = timeline(graph_index, "Warsaw Pact")
    assert entries
    assert max(entry.order for entry in entries) <= date(1991, 7, 1)
    assert timeline(graph_index, "GDR")


def test_a_name_leads_to_who_bore_it_on_the_day(graph_index: Index) -> None:
    assert power(graph_index, "Yugoslavia", date(1995, 1, 1)).id == "SCG"
    assert power(graph_index, "Yugoslavia", date(1980, 1, 1)).id == "YUG"
    assert power(graph_index, "United Arab Republic", date(1965, 1, 1)).id == "EGY"


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Was the US a party to the INF Treaty?", "Yes, from 1988-06-01 to 2019-08-02."),
        ("Was East Germany a party to the NPT?", "Yes, from 1970-03-05 to 1990-10-03."),
        ("Is UNSCR 2231 still in force?", "That is contested."),
        (
            "When was UNSCR 2231 signed?",
            "UNSCR 2231 is not on record as signed. UNSCR 2231 was adopted on 20 July 2015",
        ),
        ("Did South Korea sign the Korean Armistice?", "No. "),
        ("Who signed New START?", "Two states signed New START: Russia and the United States."),
        ("Who signed UNSCR 2231?", "No signature of UNSCR 2231 is on record. It was adopted."),
    ],
)
def test_questions_of_the_past_and_of_signature(graph: Graph, text: str, begins: str) -> None:
    assert ask(graph, text, EDITION_DAY).answer.startswith(begins)


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Has Saudi Arabia or Chad joined HCoC?", "The record does not say: the record's list of participants"),
        ("Have France and Saudi Arabia joined HCoC?", "The record does not say: the record's list of participants"),
        ("Have all NATO members joined the HCoC?", "The record does not say. At least 24 of the 32 members of NATO"),
        ("Has any NATO member left HCoC?", "The record does not say. None of the 32 members of NATO"),
        ("Is it true that Chad was never a party to hcoc?", "The record does not say: "),
        ("When did Saudi Arabia join HCoC?", "The record does not say whether Saudi Arabia has joined HCoC"),
        ("Have all NATO members signed the CTBT?", "Yes. "),
        ("Did China ratify the CTBT?", "No. No ratification of CTBT by China is on record."),
        ("Has Germany left the NPT?", "No. "),
    ],
)
def test_no_is_said_only_where_the_record_would_tell(graph: Graph, text: str, begins: str) -> None:
    assert ask(graph, text, EDITION_DAY).answer.startswith(begins)


def test_the_past_ends_on_the_day_of_the_question(graph: Graph) -> None:
    text = "Was Iran a party to cairo-iaea-iran-2025?"
    assert ask(graph, text, date(2020, 1, 1)).answer.startswith("No.")
    assert ask(graph, text, EDITION_DAY).answer.startswith("Yes, from 2025-")


def test_a_list_ends_with_what_it_leaves_open_of_its_own_subject(graph: Graph) -> None:
    told = ask(graph, "Which treaties has the US left?", EDITION_DAY).answer
    assert told.endswith("the record cannot say whether the United States was held on 30 November 2026.")
    alone = ask(graph, "Which withdrawals from the Ottawa Convention are pending?", EDITION_DAY).answer
    assert alone == "No state has a pending withdrawal from Anti-Personnel Mine Ban Convention on 30 November 2026."
    text = ask(graph, "What is the withdrawal period of the NPT?", EDITION_DAY).answer
    assert "list ends" not in text


@pytest.mark.parametrize(
    ("text", "instrument"),
    [
        ("When did Chad join kinshasa?", "kinshasa"),
        ("Was Chad a party to seabed on 1 May 2000?", "seabed"),
        ("Has Chad left outer-space?", "outer-space"),
        ("Did Russia sign the Seabed Treaty?", "seabed"),
    ],
)
def test_an_id_behind_its_verb_is_an_instrument(graph: Graph, text: str, instrument: str) -> None:
    assert all(instrument in words.split() for words in ask(graph, text, EDITION_DAY).commands)


def test_an_unread_text_is_no_absence_of_a_clause(graph_index: Index) -> None:
    told = whatif(graph_index, ["Russia leaves launch-notification-1988"], EDITION_DAY).answer
    assert "no withdrawal clause is on record; the text was not read" in told.lower()
    assert "has no withdrawal clause" not in told
