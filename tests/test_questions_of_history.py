"""The forty questions: successions, events and people, sources and analysis (25 to 40)."""

from __future__ import annotations

from datetime import date

import numpy
import pytest

from asking import by, rows
from treatygraph.bonds.matrix_from_index import intervals
from treatygraph.graph import Graph
from treatygraph.model.records import Membership

# ------------------------------------------------------------------ succession and territory


def test_25_obligations_from_predecessor(graph: Graph) -> None:
    found = by(rows(graph, "obligations-from-predecessor", state="Kazakhstan"), "id", "date")
    start = found["start-1", "1994-12-05"]
    assert (start["predecessor"], start["was"], start["standing"]) == ("SUN", "signatory", "party")
    assert found["npt", "1994-02-14"]["act"] == "accession"


def test_26_retroactive_successions(graph: Graph) -> None:
    found = by(rows(graph, "retroactive-successions"), "id", "state")
    czech = found["cppnm", "CZE"]
    assert found["npt", "CZE"]["works_from"] == "1993-01-01", "what one depositary shows as the act is its effect"
    assert (czech["works_from"], czech["predecessor"], czech["predecessor_was"]) == ("1993-01-01", "CSK", "party")
    assert czech["before"] == "not listed"
    assert all(int(row["days"]) > 0 for row in found.values())


def test_27_former_states(graph: Graph) -> None:
    found = by(rows(graph, "former-states", on="2021-05-28"), "former", "id")
    assert found["SUN", "npt"]["continued_by"] == "RUS"
    assert found["CSK", "npt"]["succeeded_by"] == "CZE SVK"
    assert found["DDR", "npt"]["succeeded_by"] == "DEU"


def test_28_territories(graph: Graph) -> None:
    (whole,) = rows(graph, "territories", state="France", instrument="BWC", on="2021-05-28")
    assert (whole["applies_to"], whole["standing"]) == ("the whole territory", "party")
    assert "not known" in whole["note"]
    found = by(
        rows(graph, "territories", state="China", instrument="Outer Space Treaty", on="1998-01-01"), "applies_to"
    )
    assert found["Hong Kong",]["since"] == "1997-07-01", "the day of effect, not that of the declaration"
    assert ("Macao",) not in found, "its act came in 1999"
    assert "unless another intention" in found["every other territory",]["note"]
    excluded = by(rows(graph, "territories", state="Denmark", instrument="ATT", on="2021-05-28"), "applies_to")
    assert excluded["not Greenland",]["since"] == "2014-12-24", "Denmark was bound from that day only"
    (nothing,) = rows(graph, "territories", state="US", instrument="Open Skies", on="2021-05-28")
    assert nothing["applies_to"] == "nothing"


# ------------------------------------------------------------------ events, officials, causes


def test_29_who_signed(graph: Graph) -> None:
    found = by(rows(graph, "who-signed", instrument="New START"), "official")
    assert found["Barack Obama",]["office"] == "President"
    assert found["Dmitry Medvedev",]["date"] == "2010-04-08"


def test_30_who_made_the_exit(graph: Graph) -> None:
    found = by(rows(graph, "who-made-the-exit"), "id", "state", "step", "date")
    law = found["open-skies", "RUS", "domestic law", "2021-06-07"]
    assert (law["official"], law["office"]) == ("Vladimir Putin", "President")
    said = found["inf", "USA", "announced", "2019-02-01"]
    assert (said["official"], said["office"]) == ("Mike Pompeo", "Secretary of State")


def test_31_exits_and_breaches(graph: Graph) -> None:
    found = rows(graph, "exits-and-breaches")
    (start,) = [row for row in found if row["id"] == "start-2"]
    assert (start["state"], start["about"], start["earlier"]) == ("RUS", "abm", "2002-06-13")
    sky = [row for row in found if (row["id"], row["state"]) == ("open-skies", "RUS")]
    assert any(row["what"] == "US withdrawal from Open Skies took effect." for row in sky)
    breach = [row for row in found if (row["id"], row["state"], row["ground"]) == ("inf", "USA", "alleged breach")]
    assert len(breach) >= 3


def test_32_what_happened(graph: Graph) -> None:
    found = rows(graph, "what-happened", instrument="Open Skies")
    assert [row["date"] for row in found] == sorted(row["date"] for row in found)
    assert all(row["sources"] for row in found)


def test_33_replaced(graph: Graph) -> None:
    found = by(rows(graph, "replaced"), "later", "earlier")
    assert (found["new-start", "sort"]["article"], found["new-start", "sort"]["since"]) == ("XIV(4)", "2011-02-05")


# ------------------------------------------------------------------ claims, sources, analysis


@pytest.mark.parametrize(
    ("state", "did", "instrument", "when", "verdict", "act"),
    [
        ("Russia", "withdrew", "CTBT", "2023", "imprecise", "withdrawal-of-consent"),
        ("Russia", "withdrew", "START II", "2002", "imprecise", "intention-not-to-ratify"),
        ("US", "withdrew", "Open Skies", "2020-11-22", "confirmed", "notice-of-withdrawal"),
        ("US", "withdrew", "Open Skies", "2020-05-22", "imprecise", "notice-of-withdrawal"),
        ("US", "withdrew", "Open Skies", "2018", "contradicted", "notice-of-withdrawal"),
        ("Russia", "withdrew", "New START", "2023-02", "contradicted", "suspension"),
        ("Russia", "suspended", "New START", "2023-02-28", "depends", "suspension"),
        ("US", "withdrew", "JCPOA", "2018", "confirmed", "end-of-participation"),
        ("China", "joined", "NPT", "1992-03-09", "confirmed", "accession"),
        ("India", "signed", "NPT", "1968", "contradicted", ""),
        ("North Korea", "withdrew", "NPT", "1993", "contradicted", "notice-of-withdrawal"),
        ("North Korea", "withdrew", "NPT", "2003", "depends", "notice-of-withdrawal"),
        ("France", "withdrew", "NPT", "2001", "contradicted", ""),
    ],
)
def test_34_is_it_right(graph: Graph, state: str, did: str, instrument: str, when: str, verdict: str, act: str) -> None:
    first = rows(graph, "is-it-right", state=state, did=did, instrument=instrument, when=when)[0]
    assert (first["verdict"], first["act"]) == (verdict, act)
    assert first["precise"].endswith(".")


def test_35_sources_disagree(graph: Graph) -> None:
    found = rows(graph, "sources-disagree")
    ban = next(row for row in found if (row["id"], row["state"]) == ("ptbt", "BLR"))
    assert (ban["one"], ban["other"], ban["days_apart"]) == ("1963-12-14", "1963-12-16", "2")
    assert any(row["other"].startswith("Switzerland rejects it") for row in found)


def test_36_known_by(graph: Graph) -> None:
    early = rows(graph, "known-by", instrument="NPT", on="1993-02-01", known="1993-02-01", show="all")
    found = by(early, "code")
    assert found["SVK",]["now_since"] == "1993-01-01"
    assert found["BIH",]["then"] == "none"
    assert (found["BIH",]["now"], found["BIH",]["now_since"]) == ("party", "1992-03-06")
    czech = by(rows(graph, "known-by", instrument="ptbt", on="1993-03-01", known="1993-03-01"), "code")
    assert all(row["then"] != row["now"] or row["then_since"] != row["now_since"] for row in czech.values())


def test_36_known_by_is_the_whole_record_cut(graph: Graph) -> None:
    """One instrument derived alone gives what the whole record gives as known by that day."""
    for name in ("new-start", "ccm", "start-1"):
        whole = graph.status(name, "1995-01-01", known="1994-06-01")
        alone = rows(graph, "known-by", instrument=name, on="1995-01-01", known="1994-06-01", show="all")
        assert {one.state: one.standing for one in whole.states} == {
            row["code"]: row["then"] for row in alone if row["then"] != "none"
        }


def test_37_why(graph: Graph) -> None:
    found = rows(graph, "why", state="US", instrument="Open Skies", on="2021-05-28")
    assert {(row["holds"], row["rule"]) for row in found} >= {("in-force", "R13"), ("former-party", "R23")}
    assert all(row["source"] for row in found)


def test_38_network_by_year(graph: Graph) -> None:
    found = by(rows(graph, "network-by-year", since="1963", on="2026-11-23", members="then"), "year")
    assert (found["1963",]["states"], found["1964",]["states"]) == ("4", "5")
    asked = {"on": "2026-11-23", "members": "now", "topic": "strategic-offensive-arms"}
    strategic = by(rows(graph, "network-by-year", **asked), "year")
    assert (strategic["2025",]["bound_pairs"], strategic["2026",]["bound_pairs"]) == ("1", "0")
    # De-targeting, as in the treaty of 2001 between China and Russia, limits no arms.
    assert len(strategic["2026",]["isolates"].split()) == 9


def test_38_the_network_counts_what_between_lists(graph: Graph) -> None:
    answer = graph.between("US", "Russia", on="2021-12-31", binding=True)
    pending, listed = list(answer.instruments), 0
    while pending:
        item = pending.pop()
        listed += 1
        pending.extend(item.parts)
    assert by(rows(graph, "network-by-year"), "year")["2021",]["most"] == f"RUS-USA {listed}"


def test_38_the_network_is_the_one_of_the_matrix(graph: Graph) -> None:
    """The question counts few pairs on intervals of text, without numpy; the arrays count all pairs."""
    table = intervals(graph.index())
    wanted = table.wanted(binding=True)
    for row in rows(graph, "network-by-year", since="1963", on="2026-11-23", members="then"):
        on = date.fromisoformat(row["on"])
        members = sorted({table.index(one.state) for one in _nuclear_armed(graph) if one.holds_on(on)} - {-1})
        there = [line for line in members if table.bearer(line, on)]
        counts = table.matrix(on, wanted)[numpy.ix_(there, there)]
        pairs = counts[numpy.triu_indices(len(there), 1)]
        assert (row["states"], row["pairs"]) == (str(len(there)), str(len(pairs))), on
        assert row["bound_pairs"] == str(int((pairs > 0).sum())), on
        assert row["mean_per_pair"] == f"{pairs.sum() / len(pairs):.2f}", on
        assert row["most"].split()[1] == str(pairs.max()), on


def _nuclear_armed(graph: Graph) -> list[Membership]:
    return list(graph.index().memberships("nuclear-armed"))


def test_39_design_and_survival(graph: Graph) -> None:
    found = by(rows(graph, "design-and-survival", since="2010-01-01", on="2026-11-23"), "feature")
    limits = found["numerical limit",]
    assert int(limits["with"]) + int(limits["without"]) == int(found["fixed term",]["with"]) + int(
        found["fixed term",]["without"]
    )
    assert {"inf", "sort"} <= set(limits["ended"].split())


def test_40_if_a_leaves(graph: Graph) -> None:
    found = by(rows(graph, "if-a-leaves", state="US", instrument="New START", on="2021-05-28"), "topic", "code")
    assert set(found) == {("strategic-offensive-arms", "RUS")}
    assert "new-start" in found["strategic-offensive-arms", "RUS"]["lost"].split()
    assert rows(graph, "if-a-leaves", state="Poland", instrument="CCM", on="2026-11-23") == []


@pytest.mark.parametrize(
    "text", ["US leaves NPT", "Belarus leaves CFE", "US leaves CCW", "China leaves Outer Space Treaty"]
)
def test_40_the_pairs_are_those_of_a_supposition(graph: Graph, text: str) -> None:
    """The question reads what one state shares with each other; a supposition counts all pairs before and after."""
    supposed = graph.whatif(text, on="2019-03-01", binding=True)
    (change,) = supposed.changes
    assert change.effective is not None
    state, _, instrument = text.split(maxsplit=2)
    found = rows(graph, "if-a-leaves", state=state, instrument=instrument, on=change.effective.isoformat())
    topics = set(graph.index().summary(change.instrument).topics)
    lost = {
        (item.topic, one if other == change.state else other)
        for item in supposed.topics
        if item.change == "lost" and item.topic in topics
        for one, other in item.pairs
    }
    assert {(row["topic"], row["code"]) for row in found} == lost
