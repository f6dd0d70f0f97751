"""Ways in which newsrooms say the same: nouns for verbs, relative clauses, what is not said in the text's own voice."""

from __future__ import annotations

from datetime import date

import pytest

from treatygraph.build.index import Index
from treatygraph.read import read

Terms = dict[str, str]

DRAFTED: tuple[tuple[str, str, str, Terms, str], ...] = (
    # nouns
    ("2021-01-02", "The US withdrawal from the Open Skies Treaty on 22 November 2020 angered Berlin.",
     "effect-of-withdrawal", {"instrument": "open-skies", "state": "USA", "on": "2020-11-22"}, "confirmed"),
    ("1999-03-02", "The Ottawa Convention holds. Ratification by Canada came on 3 December 1997, and by Germany on 23 July 1998.",
     "act-on", {"act": "ratification", "state": "DEU", "on": "1998-07-23"}, "confirmed"),
    ("1979-06-20", "The ABM Treaty binds both. Its entry into force came on October 3, 1972.",
     "date-of-entry-into-force", {"instrument": "abm", "on": "1972-10-03"}, "confirmed"),
    ("1988-06-02", "Reagan and Gorbachev exchanged the instruments of ratification of the INF Treaty on Wednesday.",
     "date-of-entry-into-force", {"instrument": "inf", "on": "1988-06-01"}, "confirmed"),
    ("2021-05-28", "Biden has reconsidered Trump's decision to withdraw from the Open Skies Treaty.",
     "announcement-of-withdrawal", {"state": "USA", "by": "trump-donald"}, "confirmed"),
    # relative clauses and participles
    ("2023-11-09", "Russia's withdrawal from the CFE Treaty, of which it gave notice on 9 June, became effective on 7 November.",
     "notice-of-withdrawal", {"instrument": "cfe", "state": "RUS", "on": "2023-06-09"}, "confirmed"),
    ("2025-09-29", "Iran remains a party to the Non-Proliferation Treaty, which it ratified in 1970, but grumbles.",
     "act-on", {"act": "ratification", "instrument": "npt", "state": "IRN", "on": "1970"}, "confirmed"),
    ("2009-07-16", "Opened for signature in Cairo on 11 April 1996, the Treaty of Pelindaba bans the bomb.",
     "date-of-signature", {"instrument": "pelindaba", "on": "1996-04-11"}, "confirmed"),
    ("1999-03-02", "Amended Protocol II to the Convention on Certain Conventional Weapons, which took effect in 1998, is weaker.",
     "date-of-entry-into-force", {"instrument": "ccw-ap2", "on": "1998"}, "confirmed"),
    ("2021-02-05", "The CWC, to which 193 states are party, entered into force in 1997.",
     "date-of-entry-into-force", {"instrument": "cwc", "on": "1997"}, "confirmed"),
    # an agreement that is told with its day
    ("2026-01-02", "India and Pakistan left the Simla Agreement alone. They give notice under an agreement of 3 October 2005.",
     "date-of-signature", {"instrument": "ind-pak-missile-2005"}, "confirmed"),
    # who stands outside
    ("1999-03-02", "The United States has not signed the Ottawa Convention. Neither have Russia and China.",
     "standing-on", {"instrument": "apmbc", "state": "CHN", "standing": "none"}, "confirmed"),
    ("2010-01-01", "Egypt has signed the Treaty of Pelindaba but is not yet a party.",
     "standing-on", {"state": "EGY", "standing": "signatory"}, "confirmed"),
    ("2024-05-02", "Myanmar has never ratified the Chemical Weapons Convention.",
     "standing-on", {"state": "MMR", "standing": "signatory"}, "contradicted"),
    ("2002-06-14", "The Moscow Treaty was signed on 24 May. It has not been ratified by either side.",
     "standing-on", {"instrument": "sort", "state": "RUS", "standing": "signatory"}, "confirmed"),
    ("2021-01-22", "No member of NATO is a party to the Treaty on the Prohibition of Nuclear Weapons.",
     "count-on", {"among": "nato", "number": "0"}, "confirmed"),
    # clauses
    ("2002-06-14", "The ABM Treaty is of unlimited duration.", "clause-says", {"clause": "term", "exists": "no"}, "confirmed"),
    ("2011-02-05", "New START is of unlimited duration.", "clause-says", {"clause": "term", "exists": "no"}, "contradicted"),
    ("2025-09-29", "Under Article X any party to the NPT must give three months' notice.",
     "clause-says", {"article": "X"}, "confirmed"),
    ("2002-06-14", "The Moscow Treaty limits each side to between 1,700 and 2,200 strategic warheads.",
     "limit-says", {"number": "1700-2200"}, "confirmed"),
    ("2012-06-05", "In 2012 New START was in force.", "status-on", {"instrument": "new-start", "on": "2012"}, "confirmed"),
    # votes and their bodies
    ("1999-10-14", "The Assembly adopted the CTBT by 158 votes to three.", "vote-was", {"body": "Assembly"}, "confirmed"),
    ("1999-10-14", "The Bundestag approved the CTBT by 158 votes to three.", "vote-was", {"body": "Bundestag"}, "not-on-record"),
    ("1999-10-14", "The Senate rejected the CTBT by 48 votes to 51.", "vote-was", {"body": "Senate"}, "confirmed"),
    ("1999-10-14", "The Senate rejected the CTBT by 51 votes to 48.", "vote-was", {"for": "48", "against": "51"}, "confirmed"),
    ("1999-10-14", "The Senate voted the CTBT down, by 51 votes to 48.", "vote-was", {"for": "48"}, "confirmed"),
    ("1999-10-14", "The Senate rejected the CTBT by 61 votes to 39.", "vote-was", {"body": "Senate"}, "contradicted"),
    # sanctions, reasons, holders
    ("2025-09-29", "Britain, France and Germany triggered the snapback under resolution 2231.",
     "event-on", {"type": "snapback", "state": "FRA"}, "depends"),
    ("2019-09-01", "The United States withdrew from the INF Treaty on 2 August, saying that Russia had violated it.",
     "allegation", {"instrument": "inf", "state": "USA", "against": "RUS"}, "confirmed"),
)  # fmt: skip


@pytest.mark.parametrize(("day", "text", "check", "terms", "verdict"), DRAFTED, ids=[item[1][:48] for item in DRAFTED])
def test_it_is_drafted_however_it_is_said(
    graph_index: Index, day: str, text: str, check: str, terms: Terms, verdict: str
) -> None:
    claims = read(graph_index, text, day=date.fromisoformat(day)).claims
    fitting = [
        claim
        for claim in claims
        if claim.check == check
        and all(value == claim.terms.get(name) or (value,) == claim.terms.get(name) for name, value in terms.items())
    ]
    assert [claim.verdict for claim in fitting] == [verdict], [(claim.check, claim.terms) for claim in claims]


SILENT: tuple[tuple[str, str], ...] = (
    ("2012-02-05", "New START had been in force for one year."),
    ("2002-06-14", "The ABM Treaty lasted thirty years."),
    ("2022-02-06", "A century ago today the United States and Japan signed the Washington Naval Treaty."),
    ("1963-10-11", "Reports that the Kremlin has already denounced the hot line agreement were denied."),
    ("2019-10-29", "He denied that the US is out of the NPT."),
    ("2019-10-29", "If Russia is out of the New START treaty, we are too."),
    ("2009-07-16", "The Treaty of Pelindaba binds South Africa, the one country that built bombs and scrapped them."),
    ("2024-06-05", "South Korea did not sign the Korean Armistice."),
    ("2020-11-23", "The Open Skies Treaty is hollow. Trump made the decision claiming Russia was cheating, and gave notice."),
    ("2023-11-10", "Russia revoked its ratification of the CTBT on 2 November."),
)  # fmt: skip


@pytest.mark.parametrize(("day", "text"), SILENT, ids=[text[:48] for _, text in SILENT])
def test_nobody_is_accused_by_what_was_not_said(graph_index: Index, day: str, text: str) -> None:
    claims = read(graph_index, text, day=date.fromisoformat(day)).claims
    assert [(claim.check, claim.terms) for claim in claims if claim.verdict == "contradicted"] == []


def test_who_holds_a_claim_stands_in_its_quote(graph_index: Index) -> None:
    text = "Critics say Trump pulled the US out of the INF Treaty in August 2019."
    (claim,) = read(graph_index, text, day=date(2019, 10, 29)).claims
    assert claim.quote == claim.says == text.rstrip(".")
