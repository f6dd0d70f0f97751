"""Real histories with a known answer: each is a row with its number, and must follow from the rules."""

from __future__ import annotations

from datetime import date

import pytest

from treatygraph.answers.between import Question, between
from treatygraph.answers.status import status
from treatygraph.build.as_known import shelf_known_by
from treatygraph.build.shelf import MemoryShelf

STANDINGS = [
    # case, instrument, state, day, standing, flags that must be there, flags that must not
    ("1", "npt", "PRK", "1993-06-11", "party", {"notice-pending"}, set()),
    ("1", "npt", "PRK", "1993-06-12", "party", {"contested"}, {"notice-pending"}),
    ("2", "npt", "PRK", "2003-01-11", "party", {"contested"}, set()),
    ("2", "npt", "PRK", "2026-06-01", "party", {"contested"}, set()),
    ("4", "abm", "USA", "2002-06-12", "party", {"notice-pending"}, set()),
    ("4", "abm", "USA", "2002-06-13", "former-party", set(), set()),
    ("4", "abm", "RUS", "2002-06-13", "former-party", set(), set()),
    ("5", "start-2", "RUS", "2002-06-13", "signatory", set(), {"signature-duty-ended"}),
    ("5", "start-2", "RUS", "2002-06-14", "signatory", {"signature-duty-ended"}, set()),
    ("9", "inf", "USA", "2019-08-01", "party", {"notice-pending", "suspension-claimed"}, set()),
    ("9", "inf", "RUS", "2019-08-01", "party", {"suspension-claimed"}, set()),
    ("9", "inf", "USA", "2019-08-02", "former-party", set(), set()),
    ("10", "start-1", "UKR", "1994-12-05", "party", set(), set()),
    ("10", "start-1", "KAZ", "2009-12-04", "party", set(), set()),
    ("10", "start-1", "RUS", "2009-12-05", "former-party", set(), set()),
    ("13", "new-start", "RUS", "2024-01-01", "party", {"suspension-claimed"}, {"suspended"}),
    ("13", "new-start", "USA", "2024-01-01", "party", {"countermeasures"}, {"suspension-claimed"}),
    ("16", "cfe", "RUS", "2010-06-01", "party", {"suspension-claimed"}, {"suspended"}),
    ("16", "cfe", "RUS", "2016-06-01", "party", {"suspension-claimed"}, set()),
    ("16", "cfe", "RUS", "2023-11-06", "party", {"notice-pending"}, set()),
    ("16", "cfe", "RUS", "2023-11-07", "former-party", set(), set()),
    ("18", "cfe", "POL", "2023-06-01", "party", {"suspended"}, set()),
    ("18", "cfe", "DEU", "2023-06-01", "party", set(), {"suspended", "suspension-claimed"}),
    ("20", "open-skies", "USA", "2020-11-21", "party", {"notice-pending"}, set()),
    ("20", "open-skies", "USA", "2020-11-22", "former-party", set(), set()),
    ("21", "open-skies", "RUS", "2021-12-17", "party", {"notice-pending"}, set()),
    ("21", "open-skies", "RUS", "2021-12-18", "former-party", set(), set()),
    ("24", "ctbt", "RUS", "2023-11-02", "contracting", set(), {"consent-revoked"}),
    ("24", "ctbt", "RUS", "2023-11-04", "signatory", {"consent-revoked"}, set()),
    ("26", "jcpoa", "USA", "2018-05-07", "participant", set(), set()),
    ("26", "jcpoa", "USA", "2018-05-09", "former-participant", set(), set()),
    ("30", "ccm", "LTU", "2025-03-05", "party", {"notice-pending"}, set()),
    ("30", "ccm", "LTU", "2025-03-06", "former-party", set(), set()),
    ("32", "apmbc", "UKR", "2026-01-01", "party", {"suspension-claimed", "contested"}, {"suspended"}),
    ("34", "npt", "TWN", "1971-10-24", "party", set(), set()),
    ("34", "npt", "TWN", "2026-06-01", "none", set(), set()),
    ("35", "npt", "CHN", "1992-03-08", "none", set(), set()),
    ("35", "npt", "CHN", "1992-03-09", "party", set(), set()),
    ("36", "npt", "PSE", "2015-02-10", "party", {"contested"}, set()),
    ("37", "npt", "SVK", "1993-02-01", "party", {"by-succession"}, set()),
    ("42", "npt", "RUS", "1992-01-01", "party", set(), {"by-succession"}),
    ("42", "npt", "SUN", "1970-03-05", "party", set(), set()),
    ("42", "ptbt", "UKR", "1970-01-01", "party", set(), set()),
    ("42", "npt", "BLR", "1993-02-08", "none", set(), set()),
    ("42", "npt", "BLR", "1993-02-09", "party", set(), set()),
    ("42", "npt", "KAZ", "1994-02-14", "party", set(), set()),
    ("42", "npt", "UKR", "1994-12-05", "party", set(), set()),
    ("43", "npt", "SUR", "1975-11-25", "party", {"by-succession"}, set()),
    ("43", "npt", "NLD", "1975-05-02", "party", set(), set()),
    ("44", "pmda", "RUS", "2017-06-01", "party", {"suspension-claimed"}, set()),
    ("44", "pmda", "RUS", "2025-11-06", "former-party", set(), set()),
    ("51", "zangger-1974", "RUS", "2020-01-01", "participant", set(), set()),
    ("K17", "zangger-1974", "CHN", "1980-01-01", "not-known", {"uncertain-date"}, set()),
    ("R14", "tlatelolco", "BRA", "1985-01-01", "contracting", set(), set()),
    ("R14", "tlatelolco", "BRA", "1994-05-30", "party", set(), set()),
    ("R14", "tlatelolco", "MEX", "1985-01-01", "party", set(), set()),
    ("R16", "open-skies", "DEU", "1992-06-01", "provisional", set(), set()),
    ("R16", "open-skies", "DEU", "2002-01-01", "party", set(), set()),
    ("K3", "npt", "IND", "2026-11-30", "none", set(), set()),
    ("K3", "cppnm", "GBR", "2026-11-30", "party", set(), set()),
]

STATUSES = [
    ("4", "abm", "2002-06-12", "in-force"),
    ("4", "abm", "2002-06-13", "terminated"),
    ("5", "start-2", "2001-01-01", "not-in-force"),
    ("6", "salt-1-interim", "1977-10-02", "in-force"),
    ("6", "salt-1-interim", "1977-10-03", "expired"),
    ("7", "salt-2", "1980-01-01", "not-in-force"),
    ("9", "inf", "2019-08-01", "in-force"),
    ("10", "start-1", "1993-06-01", "not-in-force"),
    ("10", "start-1", "1994-12-05", "in-force"),
    ("10", "start-1", "2009-12-05", "expired"),
    ("10", "lisbon-protocol", "2009-12-05", "expired"),
    ("12", "new-start", "2021-02-06", "in-force"),
    ("13", "new-start", "2024-01-01", "in-force"),
    ("14", "new-start", "2026-02-04", "in-force"),
    ("14", "new-start", "2026-02-05", "expired"),
    ("16", "cfe", "2023-11-07", "in-force"),
    ("19", "cfe-adaptation", "2020-01-01", "not-in-force"),
    ("20", "open-skies", "2020-11-22", "in-force"),
    ("24", "ctbt", "2023-11-04", "not-in-force"),
    ("45", "ccw", "1983-12-01", "not-in-force"),
    ("45", "ccw", "1983-12-02", "in-force"),
    ("47", "hotline-1963", "2020-01-01", "in-force"),
    ("50", "apmbc", "2026-03-01", "in-force"),
    ("51", "hcoc", "2020-01-01", "operative"),
    ("51", "vienna-document", "2020-01-01", "operative"),
]


@pytest.mark.parametrize(("case", "instrument", "state", "day", "standing", "there", "absent"), STANDINGS)
def test_standing(
    graph_shelf: MemoryShelf, case: str, instrument: str, state: str, day: str, standing: str, there: set[str],
    absent: set[str],
) -> None:  # fmt: skip
    answer = status(graph_shelf, instrument, date.fromisoformat(day), state=state)
    found = answer.states[0]
    assert found.standing == standing, f"case {case}: {answer.answer}"
    assert there <= set(found.flags), f"case {case}: {answer.answer}"
    assert not absent & set(found.flags), f"case {case}: {answer.answer}"
    if standing != "none":
        assert found.because, "every answer carries its reasons"


@pytest.mark.parametrize(("case", "instrument", "day", "expected"), STATUSES)
def test_status(graph_shelf: MemoryShelf, case: str, instrument: str, day: str, expected: str) -> None:
    assert status(graph_shelf, instrument, date.fromisoformat(day)).status == expected, f"case {case}"


def views(shelf: MemoryShelf, instrument: str, state: str, day: str) -> dict[str, tuple[str, list[str]]]:
    answer = status(shelf, instrument, date.fromisoformat(day), state=state)
    return {view["by"]: (view["standing"], view["flags"]) for view in answer.states[0].readings}


def test_case_2_every_reading_of_the_withdrawal_of_2003(graph_shelf: MemoryShelf) -> None:
    early = views(graph_shelf, "npt", "PRK", "2003-01-11")
    assert early["PRK"][0] == "former-party"
    assert early["clause"] == ("party", ["notice-pending"])
    late = views(graph_shelf, "npt", "PRK", "2003-04-10")
    assert late["clause"][0] == "former-party"
    assert "JPN" not in late, "Japan holds it a party, as the depositaries do"


def test_case_1_the_pause_of_the_first_notice_is_a_view_of_its_own(graph_shelf: MemoryShelf) -> None:
    assert views(graph_shelf, "npt", "PRK", "1993-06-12")["PRK"] == ("party", ["notice-pending"])


def test_case_27_snapback_is_contested(graph_shelf: MemoryShelf) -> None:
    answer = status(graph_shelf, "unscr-2231", date(2025, 10, 20))
    held = {view["by"]: view["status"] for view in answer.readings}
    assert answer.status == "ended"
    assert held["FRA"] == "operative"


def test_case_34_the_views_of_taiwan(graph_shelf: MemoryShelf) -> None:
    assert views(graph_shelf, "npt", "TWN", "2026-06-01")["USA"][0] == "party"


@pytest.mark.parametrize(("other", "bound"), [("Canada", False), ("France", True)])
def test_case_36_pairs_of_palestine(graph_shelf: MemoryShelf, other: str, bound: bool) -> None:
    answer = between(graph_shelf, other, "Palestine", Question(("", ""), date(2020, 1, 1)))
    assert ("npt" in {item.id for item in answer.instruments}) is bound


def test_case_37_a_succession_is_not_seen_before_its_notification(graph_shelf: MemoryShelf) -> None:
    early = shelf_known_by(graph_shelf, date(1992, 12, 31))
    assert status(early, "npt", date(1993, 2, 1), state="SVK").states[0].standing == "none"
    later = shelf_known_by(graph_shelf, date(1993, 5, 1))
    assert status(later, "npt", date(1993, 2, 1), state="SVK").states[0].standing == "party"


def test_case_40_a_union_is_bound_since_the_earliest_of_its_parts(graph_shelf: MemoryShelf) -> None:
    assert status(graph_shelf, "npt", date(1990, 5, 22), state="YEM").states[0].standing == "party"
    assert status(graph_shelf, "npt", date(1980, 1, 1), state="YMD").states[0].standing == "party"


def test_case_42_three_deposits_are_shown(graph_shelf: MemoryShelf) -> None:
    dates = {row[3] for row in graph_shelf.get("ledger", "npt") if row[1] == "BLR"}
    assert {"1993-02-09", "1993-07-22", "1993-07-23"} <= dates


def test_case_45_a_pair_is_bound_by_the_protocols_both_accepted(graph_shelf: MemoryShelf) -> None:
    answer = between(graph_shelf, "US", "Russia", Question(("", ""), date(2021, 5, 28)))
    ccw = next(item for item in answer.instruments if item.id == "ccw")
    assert {"ccw-ap2", "ccw-p1"} <= {part.id for part in ccw.parts}


def test_case_18_poland_and_belarus_pause_towards_each_other_alone(graph_shelf: MemoryShelf) -> None:
    question = Question(("", ""), date(2023, 6, 1))
    pair = next(i for i in between(graph_shelf, "Poland", "Belarus", question).instruments if i.id == "cfe")
    rest = next(i for i in between(graph_shelf, "Poland", "Germany", question).instruments if i.id == "cfe")
    assert "suspended" in pair.flags
    assert "suspended" not in rest.flags


def test_case_52_the_binding_nature_is_disputed(graph_shelf: MemoryShelf) -> None:
    answer = between(graph_shelf, "Russia", "Ukraine", Question(("", ""), date(2010, 1, 1)))
    memorandum = next(item for item in answer.instruments if item.id == "budapest-memorandum")
    assert memorandum.binding is None


def test_a_claimed_end_keeps_the_pair_and_is_contested(graph_shelf: MemoryShelf) -> None:
    """North Korea holds the military agreement ended for both, which denies no participation of the South."""
    answer = between(graph_shelf, "South Korea", "North Korea", Question(("", ""), date(2026, 11, 25)))
    agreement = next(item for item in answer.instruments if item.id == "cma-2018")
    assert any(flag.startswith("contested") for flag in agreement.flags)
