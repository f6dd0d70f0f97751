"""Claims drafted from sentences of newsrooms, and what is left unread."""

from __future__ import annotations

from datetime import date

import pytest

from treatygraph.build.index import Index
from treatygraph.model.errors import UsageError
from treatygraph.read import read
from treatygraph.read.claim_review import claim_reviews
from treatygraph.read.drafting import Drafts, drafts_of
from treatygraph.read.story import story_of

DAY = date(2024, 3, 5)


def drafts(index: Index, text: str, day: date = DAY) -> Drafts:
    return drafts_of(index, story_of(text, day))


def drafted(index: Index, text: str, day: date = DAY) -> list[tuple[str, str, str, str]]:
    """Check, instrument, state and day of each claim."""
    found = [item.draft for item in drafts(index, text, day).drafted if not item.is_passing]
    return [(d.check, d.get("instrument"), d.get("state"), d.get("on")) for d in found]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Russia quit the CFE Treaty on 7 November 2023.", ("effect-of-withdrawal", "cfe", "RUS", "2023-11-07")),
        ("The U.S. has pulled out of the ABM Treaty.", ("effect-of-withdrawal", "abm", "USA", "")),
        ("Biden took the US out of the Iran nuclear deal.", ("standing-on", "jcpoa", "USA", "2024-03-05")),
        ("Trump pulled the US out of the INF Treaty.", ("effect-of-withdrawal", "inf", "USA", "")),
        ("Trump took the US out of the INF Treaty in 2019.", ("effect-of-withdrawal", "inf", "USA", "2019")),
        ("The ABM Treaty, which the U.S. left in 2002, was old.", ("effect-of-withdrawal", "abm", "USA", "2002")),
        ("Turkey suspended the CFE Treaty on Monday.", ("act-on", "cfe", "TUR", "2024-03-04")),
        ("Kazakhstan ratified the TPNW in 2019.", ("act-on", "tpnw", "KAZ", "2019")),
        ("Israel has never signed the NPT.", ("standing-on", "npt", "ISR", "2024-03-05")),
        ("France did not join the NPT until 1992.", ("act-on", "npt", "FRA", "1992")),
        ("The Seabed Treaty took effect on 18 May 1972.", ("date-of-entry-into-force", "seabed", "", "1972-05-18")),
        ("START I lapsed on December 5, 2009.", ("date-of-end", "start-1", "", "2009-12-05")),
        ("The CTBT has not entered into force.", ("status-on", "ctbt", "", "2024-03-05")),
        ("The Ottawa Convention has 164 parties.", ("count-on", "apmbc", "", "2024-03-05")),
        ("Iraq is a party to the BWC.", ("standing-on", "bwc", "IRQ", "2024-03-05")),
        ("Iran denied that it had breached the NPT.", ("denial", "npt", "IRN", "")),
        ("The US accused Russia of violating New START.", ("allegation", "new-start", "USA", "")),
        ("The TPNW was adopted on 7 July 2017.", ("adopted-on", "tpnw", "", "2017-07-07")),
        ("The CTBT was opened for signature in 1996.", ("date-of-signature", "ctbt", "", "1996")),
        ("In 1989, when the INF Treaty took effect, all was well.", ("date-of-entry-into-force", "inf", "", "1989")),
        (
            "Poland ceased on Monday to be a party to the CFE Treaty.",
            ("effect-of-withdrawal", "cfe", "POL", "2024-03-04"),
        ),
        ("The CFE Treaty has no withdrawal clause.", ("clause-says", "cfe", "", "")),
        ("Either side may leave New START by giving six months' notice.", ("clause-says", "new-start", "", "")),
        ("START II was superseded in the end.", ("status-on", "start-2", "", "2024-03-05")),
        ("Finland joined NATO in 2023.", ("member-on", "", "FIN", "2023-12-31")),
        ("The Seabed Treaty has been binding since 1972.", ("date-of-entry-into-force", "seabed", "", "1972")),
        ("Egypt signed the CTBT without ever ratifying it.", ("standing-on", "ctbt", "EGY", "2024-03-05")),
        (
            "India and China have never been parties to the Ottawa Convention and Egypt joined the NPT in 1981.",
            ("act-on", "npt", "EGY", "1981"),
        ),
        (
            "Ukraine told the UN last July that it was suspending the Ottawa Convention.",
            ("act-on", "apmbc", "UKR", "2023-07"),
        ),
        (
            "The State Department said that Russia was not complying with New START.",
            ("allegation", "new-start", "USA", ""),
        ),
        (
            "Moscow answered on Friday that it was no longer bound by START II.",
            ("event-on", "start-2", "RUS", "2024-03-01"),
        ),
        ("Twelve states have signed but not yet ratified the CCM.", ("count-on", "ccm", "", "2024-03-05")),
        (
            "Cuba was the last of the 33 states of its region to ratify the Treaty of Tlatelolco.",
            ("order-of", "tlatelolco", "CUB", ""),
        ),
        (
            "Neither the MTCR nor Wassenaar matters, but the Hague Code of Conduct is not legally binding.",
            ("binding-is", "hcoc", "", ""),
        ),
        ("The CTBT, which Russia ratified in 2000, is not in force.", ("status-on", "ctbt", "", "2024-03-05")),
        (
            "Russia, which rejects the charge, left the CFE Treaty in 2023.",
            ("effect-of-withdrawal", "cfe", "RUS", "2023"),
        ),
        (
            "Russia left the CFE Treaty in 2023, after the US had suspended it, and ratified the BWC in 1975.",
            ("act-on", "bwc", "RUS", "1975"),
        ),
    ],
)
def test_a_sentence_gives_its_claim(graph_index: Index, text: str, claim: tuple[str, str, str, str]) -> None:
    found = drafted(graph_index, text)
    assert claim in found, found
    assert len(found) <= 4


@pytest.mark.parametrize(
    "text",
    [
        "Could Poland leave the CFE Treaty?",
        "If Russia left New START, Washington would follow.",
        "If Trump pulled the US out of New START, the treaty would end.",
        "He denied that he pulled the US out of New START.",
        "Trump nearly pulled the US out of New START.",
        "Iran may quit the NPT.",
        "Russia threatened to withdraw from the CTBT.",
        "Lawmakers want Finland to leave the Ottawa Convention.",
        "Mexico signed the free trade agreement in 1992.",
        "Manchester United pulled out of the deal on Monday.",
        "The Paris climate accord entered into force in 2016.",
        "Putin left Moscow after the New START talks.",
        "Russia denounced the CFE Treaty as a relic.",
        "The Duma is in Moscow, and NATO has 31 members under the NPT.",
    ],
)
def test_what_is_no_claim_of_fact_about_an_instrument_is_not_drafted(graph_index: Index, text: str) -> None:
    assert drafted(graph_index, text) == []


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("Estonia, Latvia and Lithuania ratified the CWC.", ["EST", "LVA", "LTU"]),
        (
            "Finland gave notice on leaving the Ottawa Convention on 10 July 2025 and Poland on 20 August.",
            ["FIN", "POL"],
        ),
        ("Neither India nor Pakistan has signed the CTBT.", ["IND", "PAK"]),
        ("Belarus, an ally of Moscow, ratified the CTBT.", ["BLR"]),
        ("With the help of Norway, Latvia ratified the CTBT.", ["LVA"]),
        ("The CTBT was ratified by France and Britain.", ["FRA", "GBR"]),
        ("Germany said that Italy had ratified the CTBT.", ["ITA"]),
        ("China's parliament, on a visit to India, ratified the CWC.", ["CHN"]),
    ],
)
def test_who_acts(graph_index: Index, text: str, states: list[str]) -> None:
    assert [claim[2] for claim in drafted(graph_index, text, date(2025, 12, 1))] == states


def test_states_that_are_counted_are_those_that_the_story_names(graph_index: Index) -> None:
    text = (
        "Two countries left the Ottawa Convention on Saturday. Latvia gave notice on leaving it on 27 June 2025. "
        "Estonia gave notice on leaving it on 27 June 2025."
    )
    found = [item.draft for item in drafts(graph_index, text, date(2025, 12, 29)).drafted]
    assert ("LVA", "EST") in [item.many("state") for item in found if item.check == "effect-of-withdrawal"]
    more = drafts(graph_index, text.replace("Two", "Three"), date(2025, 12, 29)).drafted
    assert not [item for item in more if item.draft.check == "effect-of-withdrawal"]


@pytest.mark.parametrize(
    ("text", "instrument"),
    [
        ("The CFE Treaty is old. Russia left the pact in 2023.", "cfe"),
        ("The CFE Treaty is old. Georgia ratified it in 1992.", "cfe"),
        ("New START and the CFE Treaty are old. Georgia ratified the 1990 accord in 1992.", "cfe"),
        ("The CWC and the NPT are old. Georgia ratified the convention in 1995.", "cwc"),
    ],
)
def test_short_forms_mean_the_instrument_named_before(graph_index: Index, text: str, instrument: str) -> None:
    assert {claim[1] for claim in drafted(graph_index, text)} == {instrument}


def test_a_treaty_that_is_not_on_record_is_not_taken_for_one_that_is(graph_index: Index) -> None:
    text = "The NPT is old. The Paris climate accord was signed in 2016. America ratified the treaty in 2016."
    assert drafted(graph_index, text) == []


def test_an_announcement_is_a_claim_of_its_own(graph_index: Index) -> None:
    text = "The United States announced on 1 February 2019 that it would leave the INF Treaty."
    assert drafted(graph_index, text) == [("announcement-of-withdrawal", "inf", "USA", "2019-02-01")]


def test_silence_is_not_approval(graph_index: Index) -> None:
    text = "CFE Treaty in tatters\nThe CFE Treaty worries many. Could it end? Cows graze. Russia may denounce the CFE Treaty."
    found = drafts(graph_index, text)
    assert found.drafted == ()
    assert [text[slice(*item.span)] for item in found.unread] == [item.quote for item in found.unread]
    assert [item.why.split(":")[0].split(",")[0] for item in found.unread] == [
        "a headline",
        "no statement that the record can judge was made out",
        "tells what may come",
    ]


def test_claims_carry_their_place_and_are_judged(graph_index: Index) -> None:
    text = "GENEVA, Feb 6, 2024 - Russia withdrew from New START in February 2023. The INF Treaty was signed in 1987."
    answer = read(graph_index, text)
    assert answer.date == "2024-02-06"
    shape = answer.to_dict()
    assert [claim["verdict"] for claim in shape["claims"]] == ["contradicted", "confirmed"]
    for claim in shape["claims"]:
        assert text[slice(*claim["span"])] == claim["quote"]
        assert {"id", "says", "check", "terms", "record", "fix", "because", "sources"} <= set(claim)
    assert shape["answer"].startswith("Of 2 claims drafted from the text, 1 is confirmed")


def test_titles_in_passing_are_listed_only_where_the_record_differs(graph_index: Index) -> None:
    right = read(graph_index, "President Joe Biden praised the NPT.", day=date(2022, 1, 3))
    wrong = read(graph_index, "President Joe Biden praised the NPT.", day=date(2019, 1, 3))
    assert right.claims == ()
    assert [claim.check for claim in wrong.claims] == ["office-on"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("  \n", "the story is empty"),
        (
            "Der Vertrag wurde von Russland gekündigt, und die Folgen sind schwer, sagte der Minister gestern.",
            "English",
        ),
        ("Россия вышла из договора об обычных вооруженных силах в Европе.", "English"),
        ("The NPT is old, and that is all there is to say of it.", "no day"),
        ("a " * 150_000, "at most 200,000"),
    ],
)
def test_what_cannot_be_read_is_refused(graph_index: Index, text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        read(graph_index, text)


def test_a_story_about_something_else_says_so(graph_index: Index) -> None:
    answer = read(graph_index, "The team of the north won the match on Sunday, and the coach was happy.", today=DAY)
    assert answer.claims == ()
    assert "the text names no instrument of arms control that is on record" in answer.notes


def test_verdicts_as_claim_reviews(graph_index: Index) -> None:
    text = "Russia withdrew from New START in February 2023. The INF Treaty was signed in 1987."
    shape = claim_reviews(read(graph_index, text, day=DAY).to_dict())
    assert shape["@context"] == "https://schema.org"
    assert [review["reviewRating"]["ratingValue"] for review in shape["@graph"]] == [1, 5]
    assert shape["@graph"][0]["claimReviewed"].startswith("Russia withdrew from New START")
