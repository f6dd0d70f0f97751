"""How an instrument stands on a day, and every state under it: with readings and reasons."""

from __future__ import annotations

import json
from datetime import date

import pytest

from law_bench import Bench
from treatygraph.answers.status import InstrumentStatus, StateStatus, status
from treatygraph.build.as_known import index_known_by
from treatygraph.build.index import Index
from treatygraph.model.errors import UnknownName, UsageError


def ask(index: Index, name: str, on: str, **wanted: object) -> InstrumentStatus:
    return status(index, name, date.fromisoformat(on), **wanted)  # type: ignore[arg-type]


def one(index: Index, name: str, state: str, on: str, **wanted: object) -> StateStatus:
    (found,) = ask(index, name, on, state=state, **wanted).states
    return found


def test_case_2_the_record_and_who_differs(graph_index: Index) -> None:
    found = one(graph_index, "NPT", "North Korea", "2003-06-01")
    assert (found.standing, found.since, found.until) == ("party", "1985-12-12", "")
    assert found.flags == ("contested",)
    differing = {view["by"]: (view["standing"], view["since"]) for view in found.readings}
    assert differing == {"PRK": ("former-party", "2003-01-11"), "clause": ("former-party", "2003-04-10")}
    assert {step["rule"] for view in found.readings for step in view["because"]} == {"R23"}


def test_case_13_both_sides_of_new_start(graph_index: Index) -> None:
    answer = ask(graph_index, "New START", "2024-01-01")
    assert (answer.status, answer.since, answer.until) == ("in-force", "2011-02-05", "2026-02-05")
    assert answer.counts["party"] == 2
    flags = {state.state: set(state.flags) for state in answer.states}
    assert flags == {"RUS": {"suspension-claimed", "contested"}, "USA": {"countermeasures"}}
    (claim,) = [d for state in answer.states for d in state.details if d["flag"] == "suspension-claimed"]
    assert (claim["by"], claim["since"], claim["rejected_by"]) == ("RUS", "2023-02-28", ["USA"])
    assert "Russia claims suspension towards the United States (rejected by the United States)" in answer.answer


def test_case_42_continuity_is_one_standing_since_the_beginning(graph_index: Index) -> None:
    found = one(graph_index, "npt", "Russia", "2000-01-01")
    assert (found.standing, found.since) == ("party", "1970-03-05")
    soviet = ask(graph_index, "npt", "1980-01-01", state="Russia")
    assert soviet.states[0].state == "SUN"
    assert any("whose identity it continues" in note for note in soviet.notes)


def test_case_42_three_deposits_in_the_reasons(graph_index: Index) -> None:
    because = one(graph_index, "npt", "Belarus", "2000-01-01").because
    assert [step["date"] for step in because if step["rule"] == "R8"] == ["1993-02-09", "1993-07-22", "1993-07-23"]


def test_case_44_contested_after_one_side_s_end(graph_index: Index) -> None:
    answer = ask(graph_index, "PMDA", "2026-01-01")
    assert answer.status == "terminated"
    assert {"by": "clause", "status": "in-force"}.items() <= answer.readings[0].items()
    russia = next(state for state in answer.states if state.state == "RUS")
    assert "contested" in russia.flags
    assert [(view["by"], view["standing"], view["flags"]) for view in russia.readings] == [
        ("clause", "party", ["notice-pending", "suspension-claimed"])
    ]


def test_case_24_what_is_missing_is_said(graph_index: Index) -> None:
    assert ask(graph_index, "CTBT", "2023-11-04").missing == "consent of CHN, EGY, IND, IRN, ISR, PAK, PRK, RUS, USA"
    early = index_known_by(graph_index, date(2023, 11, 2))
    assert ask(early, "CTBT", "2023-11-04").missing == "consent of CHN, EGY, IND, IRN, ISR, PAK, PRK, USA"


@pytest.mark.parametrize("name", ["npt", "bwc", "cwc", "apmbc", "ccm", "ctbt", "open-skies", "cfe", "hcoc"])
@pytest.mark.parametrize("on", ["1993-06-01", "2010-06-01", "2026-06-01"])
def test_counts_are_of_the_states_listed(graph_index: Index, name: str, on: str) -> None:
    answer = ask(graph_index, name, on)
    listed = [state.standing for state in answer.states]
    assert {key: value for key, value in answer.counts.items() if value} == {
        key: listed.count(key) for key in set(listed)
    }
    assert len({state.state for state in answer.states}) == len(answer.states)


def test_another_reading_is_the_answer_when_it_is_asked_for(graph_index: Index) -> None:
    found = one(graph_index, "npt", "PRK", "2003-06-01", reading="PRK")
    assert found.standing == "former-party"
    assert ("depositary", "party") in {(view["by"], view["standing"]) for view in found.readings}


def test_a_reading_that_changes_nothing_answers_as_the_record(graph_index: Index) -> None:
    assert one(graph_index, "npt", "PRK", "2003-06-01", reading="JPN").standing == "party"


def test_a_state_without_a_standing_is_listed_when_asked_for(graph_index: Index) -> None:
    found = one(graph_index, "npt", "India", "2020-01-01")
    assert (found.standing, found.since, found.flags, found.readings) == ("none", "", (), ())
    answer = ask(graph_index, "npt", "2020-01-01", state="India")
    assert "India had no standing under it" in answer.answer


def test_every_reason_names_a_rule_and_most_a_source(graph_index: Index) -> None:
    for state in ask(graph_index, "bwc", "2020-01-01").states:
        assert state.because
        assert all(step["rule"].startswith("R") for step in state.because)
        assert any(step["source"] for step in state.because), state.state


def test_an_instrument_not_yet_signed(graph_index: Index) -> None:
    answer = ask(graph_index, "new-start", "2009-01-01")
    assert (answer.status, answer.since, answer.states) == ("not-in-force", "", ())


def test_what_is_no_treaty_is_operative(graph_index: Index) -> None:
    answer = ask(graph_index, "HCOC", "2020-01-01")
    assert answer.status == "operative"
    assert set(answer.counts) <= {"participant", "former-participant", "not-known"}


def test_the_json_is_plain(graph_index: Index) -> None:
    answer = ask(graph_index, "npt", "2003-06-01").to_dict()
    assert json.loads(json.dumps(answer)) == answer
    assert {"instrument", "on", "status", "since", "until", "counts", "states", "notes", "answer"} <= set(answer)
    assert {"state", "standing", "since", "until", "flags", "readings", "because"} <= set(answer["states"][0])
    assert (answer["instrument"], answer["on"], answer["until"]) == ("npt", "2003-06-01", None)


def test_r38_territories_that_an_act_names(graph_index: Index) -> None:
    """The latest act that names a territory counts, and moves no standing; without one nothing is said."""
    uk = one(graph_index, "CWC", "UK", "2004-01-01")
    assert (uk.standing, uk.territories) == ("party", ())
    after = one(graph_index, "CWC", "UK", "2006-01-01").territories
    assert {(item["applies"], item["since"]) for item in after} == {(True, "2005-10-26")}
    assert {"Gibraltar", "Bermuda"} < {item["territory"] for item in after}
    dutch = {
        item["territory"]: item["since"] for item in one(graph_index, "CCM", "Netherlands", "2023-01-01").territories
    }
    assert dutch["Curaçao"] == "2022-09-20"
    assert dutch["European part of the Netherlands"] == "2011-08-01", "bound from that day, not from its act"
    answer = ask(graph_index, "ATT", "2020-01-01", state="Denmark")
    assert any("does not apply to Faroe Islands; Greenland (since 24 December 2014)" in note for note in answer.notes)
    assert not ask(graph_index, "ATT", "2020-01-01", state="Norway").states[0].territories


def test_unknown_names(graph_index: Index) -> None:
    with pytest.raises(UnknownName, match="New START"):
        ask(graph_index, "New STRAT", "2020-01-01")
    with pytest.raises(UsageError, match="did not exist"):
        ask(graph_index, "npt", "1970-01-01", state="Moldova")


def test_r42_a_day_within_the_uncertainty(bench: Bench) -> None:
    ledger = bench.acts("AAA accession 2001-05", "BBB accession 2001-01-01")
    index = bench.index(bench.facts([bench.card(entry_into_force="2000-01-01")], ledger))
    found = one(index, "pact", "AAA", "2001-05-15")
    assert (found.standing, found.since, found.flags) == ("not-known", "2001-05-01", ("uncertain-date",))
    assert one(index, "pact", "AAA", "2001-05-31").since == "2001-05"


def test_the_ledger_s_reach_is_told(bench: Bench) -> None:
    card = bench.card(entry_into_force="2000-01-01", coverage="2018-07-10")
    index = bench.index(bench.facts([card], bench.acts("AAA accession 2001-01-01")))
    assert any("up to 10 July 2018" in note for note in ask(index, "pact", "2020-01-01").notes)
    assert ask(index, "pact", "2018-07-10").notes == ()
