"""``intake``: names of states in six languages, days in words, acts by their names, sentences of notes."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from treatygraph.intake import states
from treatygraph.intake.days import day_of, days_in, numeric, plain, slips_in
from treatygraph.intake.means import means_of, named_in
from treatygraph.intake.notes import acts_of_note, effected_by
from treatygraph.intake.states import TERRITORY, StateNames, cleaned, state_names
from treatygraph.model.records import Facts


@pytest.fixture(scope="module")
def names(facts: Facts) -> StateNames:
    return state_names(facts)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # brackets and commas of the United Nations, the Netherlands and the IAEA
        ("Bahamas (The)", "BHS"), ("Bolivia (Plurinational State of)", "BOL"), ("Iran (Islamic Republic of)", "IRN"),
        ("Micronesia (Federated States of)", "FSM"), ("Netherlands (Kingdom of the)", "NLD"),
        ("Netherlands, the Kingdom of the", "NLD"), ("Tanzania, United Republic of", "TZA"),
        ("Korea, Republic of", "KOR"), ("Korea, Democratic People's Republic of", "PRK"),
        ("Congo, Democratic Republic of the", "COD"), ("Congo (Republic of the)", "COG"), ("Congo", "COG"),
        ("Andorra, Principality of", "AND"), ("Algeria, People's Democratic Republic of", "DZA"),
        ("Lao People's Democratic Republic", "LAO"), ("Côte d’Ivoire", "CIV"), ("Türkiye", "TUR"), ("Haïti", "HTI"),
        ("United Kingdom of Great Britain and Northern Ireland", "GBR"), ("St. Kitts & Nevis", "KNA"),
        ("Antigua/Barbuda", "ATG"), ("EURATOM*", "EUE"), ("European Union", "EUU"),
        # old names
        ("the former Yugoslav Republic of Macedonia", "MKD"), ("The former Yugoslavia", "YUG"), ("Swaziland", "SWZ"),
        ("Czechoslovakia (<01-01-1993)", "CSK"), ("Zaire", "COD"), ("Burma", "MMR"), ("Cape Verde", "CPV"),
        ("Union of Soviet Socialist Republics", "SUN"), ("German Democratic Republic", "DDR"),
        ("Federal Republic of Germany", "DEU"), ("Byelorussian SSR", "BLR"), ("Serbia and Montenegro", "SCG"),
        ("Libyan Arab Jamahiriya", "LBY"), ("Yemen Arab Republic", "YAR"),
        # marks of footnotes and reservations
        ("Argentina*", "ARG"), ("Germany(*)", "DEU"), ("Hungary* 1/", "HUN"), ("4 India", "IND"), ("d Ukraine", "UKR"),
        ("Deutschland* **", "DEU"), ("Belgium */", "BEL"), ("France (2)", "FRA"), ("Cuba [3]", "CUB"),
        # German, French, Dutch, Spanish, Italian
        ("Korea (Süd-)", "KOR"), ("Korea (Nord-)", "PRK"), ("Kongo (Kinshasa)", "COD"), ("Vereinigtes Königreich", "GBR"),
        ("Weissrussland", "BLR"), ("St. Vincent und die Grenadinen", "VCT"), ("Salomoninseln", "SLB"),
        ("Tschechische Republik", "CZE"), ("Heiliger Stuhl", "VAT"), ("Russland", "RUS"), ("Sowjetunion", "SUN"),
        ("Pays-Bas", "NLD"), ("Saint-Siège", "VAT"), ("République populaire démocratique de Corée", "PRK"),
        ("ex-République yougoslave de Macédoine", "MKD"), ("Tchad", "TCD"), ("Verenigd Koninkrijk", "GBR"),
        ("Tsjechische Republiek", "CZE"), ("Wit-Rusland", "BLR"), ("Zuid-Afrika", "ZAF"),
        ("República Dominicana", "DOM"), ("Reino de los Países Bajos", "NLD"), ("Federación de Rusia", "RUS"),
        ("Estados Unidos", "USA"), ("la ex República Yugoslava de Macedonia", "MKD"), ("Regno Unito", "GBR"),
        # territories, and what is no state or not sure to be one
        ("Aruba", TERRITORY), ("Niederländische Antillen", TERRITORY), ("Hongkong", TERRITORY), ("Atlantis", ""),
        ("Korea", ""), ("Korea (People's)", ""), ("European Space Agency", ""), ("", ""),
    ],
)  # fmt: skip
def test_names_of_states(text: str, code: str, names: StateNames) -> None:
    assert names.code(text) == code


def test_who_acted_on_a_day(names: StateNames) -> None:
    assert names.on("RUS", date(1977, 5, 18)) == "SUN", "Russia carries on the Soviet Union (R33)"
    assert names.on("SRB", date(2001, 3, 12)) == "SCG"
    assert names.on("SUN", date(1995, 1, 1)) == "RUS"
    assert names.on("CZE", date(1990, 1, 1)) == "", "Czechia is not Czechoslovakia"
    assert names.before("YEM", date(1979, 6, 12)) == ("YAR", "YMD")
    assert names.before("NAM", date(1983, 2, 17)) == (), "who became independent is not in its place"
    assert "SUN" in names.family("RUS")
    assert "CSK" not in names.family("CZE")


def test_two_names_without_a_mark_between_them(names: StateNames) -> None:
    assert names.two("Macau Costa Rica") == (TERRITORY, "CRI")
    assert names.two("Niederlande Aruba") == ("NLD", TERRITORY)
    assert names.two("Costa Rica") == ("", "")


def test_marks_are_no_part_of_a_name() -> None:
    assert cleaned("  Guinea-Bissau ** 2/ ") == "Guinea-Bissau"
    assert cleaned("Czechoslovakia (<01-01-1993)") == "Czechoslovakia (<01-01-1993)"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("29 Jul\t 2020", "2020-07-29"), ("1er mars 1999", "1999-03-01"), ("3. Juni 2001", "2001-06-03"),
        ("21 Apr 1988", "1988-04-21"), ("July 29, 2020", "2020-07-29"), ("29 de julio de 2020", "2020-07-29"),
        ("1º de marzo de 1999", "1999-03-01"), ("1 maart 1999", "1999-03-01"), ("1° gennaio 1999", "1999-01-01"),
        ("22nd of August 2001", "2001-08-22"), ("5 décembre 1994", "1994-12-05"), ("5. März 1970", "1970-03-05"),
        ("19-11-1990", "1990-11-19"), ("2004-12-02", "2004-12-02"), ("12 août 1999", "1999-08-12"),
        ("March 1999", "1999-03"), ("mars 1999", "1999-03"),
        ("31 Apr 1999", ""), ("31. April 1999", ""), ("3 Foo 1999", ""), ("1 May", ""), ("1999-02-30", ""),
        ("3 Jun 2013 and 4 Jun 2014", ""), ("about 3 Jun 2013", ""),
    ],
)  # fmt: skip
def test_days_in_words(text: str, day: str) -> None:
    assert str(day_of(plain(text)) or "") == day


def test_a_day_that_is_none_is_no_month() -> None:
    assert days_in("31 Apr 1999") == []
    assert [slip.text for slip in slips_in("from 31 Apr 1999 to 1 May 1999")] == ["31 Apr 1999"]


def test_days_in_figures_have_an_order_and_a_century() -> None:
    latest = date(2068, 12, 31)
    assert str(numeric("11/14/97", "mdy", latest)) == "1997-11-14"
    assert str(numeric("02/11/25", "mdy", latest)) == "2025-02-11"
    assert numeric("14/11/97", "mdy", latest) is None
    assert numeric("02/11/25", "mdy") is None, "a year of two figures needs a century"


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Beitritt (B)", "accession"), ("Adhésion", "accession"), ("Toetreding", "accession"), ("acceded", "accession"),
        ("Nachfolgeerklärung", "succession"), ("Déclaration de succession", "succession"), ("sucesión", "succession"),
        ("Deposit of instrument of ratification", "ratification"), ("Aanvaarding", "acceptance"), ("Firma", "signature"),
        ("Consent to be bound(P)", "consent-to-be-bound"), ("Unterzeichnung", "signature"), ("Denuncia", "notice-of-withdrawal"),
        ("Entry into force", ""), ("Participant", ""), ("Inkrafttreten", ""),
    ],
)  # fmt: skip
def test_acts_by_their_names(text: str, act: str) -> None:
    means = means_of(text)
    assert (means.act if means else "") == act


def test_letters_are_explained_by_the_heading() -> None:
    named = named_in("Approval(AA), Acceptance(A), Accession(a), Ratification")
    acts = {letter: means.act for letter, means in named.items()}
    assert acts == {"AA": "approval", "A": "acceptance", "a": "accession", "": "ratification"}


NOTES = [
    (
        "The former Yugoslavia had signed the Protocol on 14 March 1990. See also note 1.",
        [("former Yugoslavia", "signature", "1990-03-14", None)],
    ),
    ("Czechoslovakia acceded to the Protocol on 12 March 1991.", [("Czechoslovakia", "accession", "1991-03-12", None)]),
    (
        (
            "On 8 November 2022, the Government of Belarus notified the Secretary-General of its denunciation of the Optional "
            "Protocol with effect from 8 February 2023 in accordance with article 12(1) of the Optional Protocol."
        ),
        [("Belarus", "notice-of-withdrawal", "2022-11-08", "2023-02-08")],
    ),
    (
        (
            "On 25 August 1997, the Secretary-General received from the Government of the Democratic People's Republic of Korea a "
            "notification of withdrawal from the Covenant, dated 23 August 1997."
        ),
        [("Democratic People's Republic of Korea", "notice-of-withdrawal", "1997-08-25", None)],
    ),
    (
        (
            "In a communication received on 18 July 2019, the Government of the United States of America informed the "
            "Secretary-General of the following: “… the United States does not intend to become a party to the treaty. It has no "
            "obligations arising from its signature on September 25, 2013.”"
        ),
        [("United States of America", "intention-not-to-ratify", "2019-07-18", None)],
    ),
    (
        (
            "The Government of Guyana had initially acceded to the Protocol on 10 May 1993. On 5 January 1999, the Government of "
            "Guyana notified the Secretary-General that it had decided to denounce the said Protocol with effect from 5 April 1999."
        ),
        [("Guyana", "accession", "1993-05-10", None), ("Guyana", "notice-of-withdrawal", "1999-01-05", "1999-04-05")],
    ),
    (
        "On 26 May 1998, the Government of Croatia informed the Secretary-General that it had decided to withdraw its reservation.",
        [],
    ),
    (
        (
            "On 13 January 1989, the Government of New Zealand notified that it denounced the Convention concerning the employment "
            "of women on underground work in mines on 23 June 1987."
        ),
        [],
    ),
    (
        "On 27 June 2025, Estonia withdrew from the Convention, with effect from 27 December 2025.",
        [("Estonia", "notice-of-withdrawal", "2025-06-27", "2025-12-27")],
    ),
    ("See note 1 under “Germany” regarding Berlin (West).", []),
]


@pytest.mark.parametrize(("text", "acts"), NOTES)
def test_sentences_of_notes(text: str, acts: list[tuple[str, str, str, str | None]]) -> None:
    told = [
        (one.state, one.act, str(one.date), str(one.effective) if one.effective else None)
        for one in acts_of_note(text, "n", "UN")
    ]
    assert told == acts


def test_a_formality_by_a_predecessor() -> None:
    assert (
        effected_by("The formality was effected by the Yemen Arab Republic. See also note 1.") == "Yemen Arab Republic"
    )
    assert effected_by("See note 1.") == ""


def test_the_file_of_names_is_sound(facts: Facts) -> None:
    path = Path(states.__file__).parent / "state-names.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = [tuple(row) for row in csv.reader(stream)]
    assert rows[0] == ("language", "code", "name", "origin")
    assert rows[1:] == sorted(set(rows[1:])), "in order, and no row twice"
    assert {row[1] for row in rows[1:]} <= {*facts.states, TERRITORY}
    assert all(all(row) for row in rows)
