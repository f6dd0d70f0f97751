"""The forty questions: each has a named answer; what holds, how one leaves, what is disputed (1 to 24)."""

from __future__ import annotations

from datetime import date

import pytest

from asking import by, examples, rows
from treatygraph.cli import parser
from treatygraph.graph import Graph
from treatygraph.model.errors import BadDate, UnknownName
from treatygraph.queries.catalogue import NamedQuestion, catalogue

QUESTIONS = catalogue()
NAMES = [question.name for question in QUESTIONS]


def test_each_of_the_forty_has_one_named_answer() -> None:
    numbers = [number for question in QUESTIONS for number in question.numbers]
    assert sorted(numbers) == list(range(1, 41))


@pytest.mark.parametrize("question", QUESTIONS, ids=NAMES)
def test_every_answer_begins_with_a_sentence(graph: Graph, question: NamedQuestion) -> None:
    answer = graph.query(question.name, examples(question.name)).answer
    assert answer[0].isupper() or answer[0].isdigit() or answer[0] == "“"
    assert answer.endswith(".")
    assert "{" not in answer
    assert "  " not in answer


def test_no_parameter_is_hidden_by_an_option_of_the_command() -> None:
    top = parser("query")
    known, _ = top.parse_known_args(["query"])
    taken = {name for name in vars(known) if name not in ("name", "run", "takes_more")}
    for question in QUESTIONS:
        assert not taken & {parameter.name for parameter in question.parameters}, question.name


def test_a_wrong_parameter_names_the_right_ones(graph: Graph) -> None:
    with pytest.raises(UnknownName, match="state, instrument, on"):
        graph.query("notice-today", {"country": "France"})
    with pytest.raises(BadDate, match="EDTF"):
        graph.query("is-it-right", examples("is-it-right", when="some day"))


# ------------------------------------------------------------------ what holds on a day


def test_01_in_force_on(graph: Graph) -> None:
    found = by(rows(graph, "in-force-on", on="2026-02-04"), "id")
    assert found["new-start",]["since"] == "2011-02-05"
    assert found["new-start",]["until"] == "2026-02-05"
    assert ("new-start",) not in by(rows(graph, "in-force-on", on="2026-02-05"), "id")
    assert ("ctbt",) not in found


def test_02_bound_both_or_one(graph: Graph) -> None:
    found = by(rows(graph, "bound-both-or-one", a="US", b="Russia", on="2021-05-28"), "id")
    assert found["new-start",]["holds"] == "both"
    assert found["open-skies",]["holds"] == "RUS"
    assert found["open-skies",]["standing_a"] == "former-party"
    denied = by(rows(graph, "bound-both-or-one", a="Canada", b="Palestine", on="2020-01-01"), "id")
    assert any(row["holds"].startswith("each") and "Palestine" not in row["title"] for row in denied.values())


def test_03_then_and_now(graph: Graph) -> None:
    found = by(rows(graph, "then-and-now", a="US", b="Russia", then="2021-05-28", on="2026-11-23"), "id")
    assert (found["new-start",]["then"], found["new-start",]["now"]) == ("yes", "no")
    assert found["new-start",]["ended"] == "2026-02-05"
    assert found["cfe",]["because"] == "withdrawal of RUS"
    assert (found["ttbt",]["then"], found["ttbt",]["now"]) == ("yes", "yes")


def test_04_remains_by_purpose(graph: Graph) -> None:
    found = by(rows(graph, "remains-by-purpose", a="US", b="Russia", on="2021-05-28"), "id")
    assert [name for (name,), row in found.items() if row["strategic"] == "yes"] == [
        "new-start",
        "new-start-extension-2021",
    ]
    assert found["incsea",]["confidence_only"] in ("yes", "no")
    assert found["launch-notification-1988",]["strategic"] == "no"
    assert found["npt",]["multilateral"] == "yes"


def test_05_parties_on(graph: Graph) -> None:
    found = by(rows(graph, "parties-on", instrument="NPT", on="2003-06-01"), "code")
    assert found["PRK",]["standing"] == "party"
    assert "contested" in found["PRK",]["flags"]
    assert found["RUS",]["since"] == "1970-03-05"


def test_06_standing_of(graph: Graph) -> None:
    (before,) = rows(graph, "standing-of", a="Russia", instrument="Open Skies", on="2021-12-17")
    (after,) = rows(graph, "standing-of", a="Russia", instrument="Open Skies", on="2021-12-18")
    assert (before["standing"], before["party"], before["flags"]) == ("party", "yes", "notice-pending")
    assert (after["standing"], after["party"]) == ("former-party", "no")
    (iran,) = rows(graph, "standing-of", a="Iran", instrument="iran-additional-protocol", on="2018-01-01")
    assert (iran["standing"], iran["provisional"], iran["party"]) == ("provisional", "yes", "no")


def test_07_signed_never_in_force(graph: Graph) -> None:
    found = by(rows(graph, "signed-never-in-force"), "id")
    assert {("start-2",), ("salt-2",), ("cfe-adaptation",)} <= found.keys()
    assert ("start-1",) not in found


def test_08_last_day(graph: Graph) -> None:
    found = by(rows(graph, "last-day"), "id")
    assert found["abm",]["last_day"] == "2002-06-12"
    assert found["salt-1-interim",]["last_day"] == "1977-10-02"
    assert found["start-1",]["last_day"] == "2009-12-04"
    assert found["inf",]["last_day"] == "2019-08-01"


# ------------------------------------------------------------------ notice, effect, clauses


def test_09_notice_today(graph: Graph) -> None:
    (npt,) = rows(graph, "notice-today", state="France", instrument="NPT", on="2026-11-30")
    assert (npt["out"], npt["period"], npt["article"]) == ("2027-02-28", "P3M", "X(1)")
    assert npt["to"] == "all-parties security-council"
    (mines,) = rows(graph, "notice-today", state="Ukraine", instrument="APMBC", on="2026-11-23")
    assert mines["out"] == ""
    assert mines["deferral"].startswith("yes: ")
    assert "R25" in mines["rules"]
    (peace,) = rows(graph, "notice-today", state="France", instrument="APMBC", on="2026-11-23")
    assert (peace["out"], peace["deferral"][:8]) == ("2027-05-23", "possible")
    (pnet,) = rows(graph, "notice-today", state="US", instrument="PNET", on="2026-11-23")
    assert (pnet["out"], pnet["rules"]) == ("", "K9")
    (ctbt,) = rows(graph, "notice-today", state="US", instrument="CTBT", on="2026-11-23")
    assert (ctbt["standing"], ctbt["out"]) == ("signatory", "")
    asked = {"state": "US", "instrument": "TTBT", "on": "2026-11-23"}
    assert graph.query("notice-today", asked).answer.endswith("it would be out on 11 December 2030.")


LEFT = ("npt", "cwc", "new-start", "start-1", "open-skies", "ccm", "apmbc", "enmod", "ttbt", "cfe", "mtcr", "inf")


@pytest.mark.parametrize(
    ("state", "on"),
    [("US", "2019-06-01"), ("Lithuania", "2024-12-01"), ("Russia", "2025-12-01"), ("Ukraine", "2026-11-23")],
)
def test_09_the_day_is_the_one_that_a_supposition_comes_to(graph: Graph, state: str, on: str) -> None:
    """The question reads the clause, a supposition derives all standings anew: both are one law."""
    compared = 0
    for name in LEFT:
        (change,) = graph.whatif(f"{state} leaves {name}", on=on).changes
        (row,) = rows(graph, "notice-today", state=state, instrument=name, on=on)
        if change.before in ("party", "participant"):
            assert row["out"] == (change.effective.isoformat() if change.effective else ""), (name, change.outcome)
            compared += 1
        else:
            assert row["out"] == "", name
    assert compared >= 4


def test_10_pending_withdrawals(graph: Graph) -> None:
    found = by(rows(graph, "pending-withdrawals", on="2019-08-01"), "id", "state")
    assert found["inf", "USA"]["effect"] == "2019-08-02"
    assert ("inf", "USA") not in by(rows(graph, "pending-withdrawals", on="2019-08-02"), "id", "state")


def test_11_no_withdrawal_clause(graph: Graph) -> None:
    found = by(rows(graph, "no-withdrawal-clause"), "id")
    assert ("enmod",) in found
    assert "VCLT 56" in found["enmod",]["default"]


def test_12_notify_security_council(graph: Graph) -> None:
    found = {row["id"] for row in rows(graph, "notify-security-council")}
    assert {"npt", "bwc", "cwc", "ctbt"} <= found
    assert "outer-space" not in found


def test_13_withdrawals_undone(graph: Graph) -> None:
    found = by(rows(graph, "withdrawals-undone", on="2026-11-23"), "id", "state", "notice")
    assert (found["npt", "PRK", "1993-03-12"]["fate"], found["npt", "PRK", "1993-03-12"]["revoked"]) == (
        "revoked",
        "1993-06-11",
    )
    late = found["npt", "PRK", "2003-01-10"]
    assert late["fate"].startswith("without effect")
    assert "the clauses alone: 2003-04-10" in late["otherwise"]
    assert "North Korea: 2003-01-11" in late["otherwise"]
    assert not any(name == "open-skies" for name, _, _ in found)
    running = by(rows(graph, "withdrawals-undone", on="2020-06-01"), "id", "state", "notice")
    assert running["open-skies", "USA", "2020-05-22"]["fate"] == "still running, to 2020-11-22"


def test_14_withdrawals_since(graph: Graph) -> None:
    found = by(rows(graph, "withdrawals-since", since="2000-01-01"), "id", "state")
    assert found["ccm", "LTU"]["out"] == "2025-03-06"
    assert found["abm", "USA"]["out"] == "2002-06-13"
    assert not {"start-2", "ctbt", "att", "new-start", "jcpoa"} & {name for name, _ in found}


def test_15_law_to_exit(graph: Graph) -> None:
    found = by(rows(graph, "law-to-exit"), "id", "state")
    sky = found["open-skies", "RUS"]
    assert (sky["law"], sky["act"], sky["out"]) == ("2021-06-07", "2021-06-18", "2021-12-18")
    assert int(sky["days_after_law"]) == (date(2021, 12, 18) - date(2021, 6, 7)).days
    assert (found["ctbt", "RUS"]["kind"], found["ctbt", "RUS"]["days_after_law"]) == ("withdrawal-of-consent", "1")
    assert found["abm", "USA"]["law"] == ""


def test_16_missing_for_entry(graph: Graph) -> None:
    found = by(rows(graph, "missing-for-entry", instrument="CTBT", on="2023-11-04"), "state")
    assert sorted(code for (code,) in found) == ["CHN", "EGY", "IND", "IRN", "ISR", "PAK", "PRK", "RUS", "USA"]
    assert found["IND",]["standing"] == "none"
    before = by(rows(graph, "missing-for-entry", instrument="CTBT", on="2023-11-02"), "state")
    assert len(before) == 8
    assert rows(graph, "missing-for-entry", instrument="NPT", on="2023-11-02") == []


# ------------------------------------------------------------------ suspension, dispute, pledges


def test_17_suspension_claims(graph: Graph) -> None:
    found = by(rows(graph, "suspension-claims", on="2024-01-01"), "id", "state")
    assert found["new-start", "RUS"]["rejected_by"] == "United States"
    assert found["new-start", "RUS"]["act"] == "limits said to be kept"
    assert "suspension" in found["new-start", "RUS"]["clause"].lower()


def test_18_operating_pairs(graph: Graph) -> None:
    found = by(rows(graph, "operating-pairs", instrument="CFE", on="2023-06-01"), "a", "b")
    assert found["BLR", "POL"]["operating"] == "suspended"
    assert found["BLR", "CZE"]["by"] == "CZE"
    assert found["DEU", "POL"]["operating"] == "operating"
    assert len(found) == 30 * 29 // 2


def test_19_status_by_authority(graph: Graph) -> None:
    found = by(rows(graph, "status-by-authority", state="North Korea", instrument="NPT", on="2026-01-01"), "by")
    assert found["the depositaries' record",]["standing"] == "party"
    assert (found["North Korea",]["standing"], found["North Korea",]["since"]) == ("former-party", "2003-01-11")
    assert (found["the clauses alone",]["standing"], found["the clauses alone",]["since"]) == (
        "former-party",
        "2003-04-10",
    )
    assert (found["Japan",]["standing"], found["Japan",]["stance"]) == ("party", "rejects")
    assert found["IAEA",]["standing"] == "party"


def test_20_changed_by_reading(graph: Graph) -> None:
    found = by(rows(graph, "changed-by-reading", a="US", b="North Korea", on="2005-01-01"), "reading", "id")
    assert found["North Korea", "npt"]["change"] == "takes it away"
    suspended = by(rows(graph, "changed-by-reading", a="US", b="Russia", on="2024-01-01"), "reading", "id")
    assert suspended["Russia", "new-start"]["change"] == "qualifies it otherwise"
    assert rows(graph, "changed-by-reading", a="France", b="Germany", on="1995-01-01") == []


def test_21_pledges(graph: Graph) -> None:
    found = by(rows(graph, "pledges", on="2026-11-23"), "id")
    assert found["russia-limits-pledge-2026",]["state"] == "RUS"
    assert "as long as the United States" in found["russia-limits-pledge-2026",]["what"]
    assert ("inf-moratorium-russia-2019",) not in found


def test_22_not_binding(graph: Graph) -> None:
    found = by(rows(graph, "not-binding", on="2021-05-28"), "id")
    assert found["hcoc",]["binding"] == "no"
    assert found["budapest-memorandum",]["binding"] == "disputed"
    assert ("npt",) not in found


def test_23_owes_article_18(graph: Graph) -> None:
    found = {row["code"] for row in rows(graph, "owes-article-18", instrument="CTBT", on="2023-11-04")}
    assert {"USA", "CHN", "RUS"} <= found
    assert "RUS" not in {row["code"] for row in rows(graph, "owes-article-18", instrument="START II", on="2002-06-14")}
    assert "RUS" in {row["code"] for row in rows(graph, "owes-article-18", instrument="START II", on="2002-06-13")}


def test_24_depends_on_another(graph: Graph) -> None:
    assert by(rows(graph, "depends-on-another"), "id")["pnet",]["on"] == "Threshold Test Ban Treaty"
