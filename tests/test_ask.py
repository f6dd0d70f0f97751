"""Questions in plain English: phrasings by kind, what must be refused, and the answers in their tense."""

from __future__ import annotations

import io
import json
import shlex
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from treatygraph import cli
from treatygraph.answers.between_answer import Between
from treatygraph.ask import ask, understand
from treatygraph.ask.days import dates_in, figures_spelled
from treatygraph.ask.rows import typed
from treatygraph.ask.running import Command, command_of
from treatygraph.ask.session import Session
from treatygraph.ask.spelling import meant
from treatygraph.graph import Graph
from treatygraph.model.errors import BadDate, NotUnderstood, UsageError
from treatygraph.queries.catalogue import catalogue

TODAY = date(2026, 11, 23)
PHRASINGS = yaml.safe_load((Path(__file__).parent / "data" / "phrasings.yaml").read_text(encoding="utf-8"))
UNDERSTOOD, REFUSED = PHRASINGS["understood"], PHRASINGS["refused"]


BY_KIND = yaml.safe_load((Path(__file__).parent / "data" / "questions.yaml").read_text(encoding="utf-8"))
ASKED = [{"kind": kind, **case} for kind, cases in BY_KIND["understood"].items() for case in cases]
DECOYS = BY_KIND["refused"]


def test_there_are_enough_phrasings() -> None:
    assert len(UNDERSTOOD) + len(ASKED) >= 400
    assert len(REFUSED) + len(DECOYS) >= 150


def test_a_phrasing_is_understood(graph: Graph) -> None:
    """Each by the commands that it must lead to; all at once, since each takes a millisecond."""
    wrong = []
    for case in UNDERSTOOD:
        found = understand(graph.index(), case["ask"], TODAY)
        if [command_of(words) for words in found.commands] != [command_of(line.split()) for line in case["as"]]:
            wrong.append((case["ask"], found.commands))
    assert not wrong


def test_a_question_of_each_kind_is_understood(graph: Graph) -> None:
    wrong = []
    for case in ASKED:
        try:
            found = understand(graph.index(), case["ask"], TODAY)
        except NotUnderstood as problem:
            wrong.append((case["ask"], str(problem)))
            continue
        lines = [" ".join(words) for words in found.commands]
        if (found.kind, lines) != (case["is"], case["as"]):
            wrong.append((case["ask"], f"{found.kind}: {lines}"))
    assert not wrong


def test_what_is_not_of_the_record_is_refused(graph: Graph) -> None:
    """With at most three near questions, each of which is understood; and never with an answer to another question."""
    answered, near = [], set()
    for text in [*DECOYS, *(case["ask"] for case in REFUSED)]:
        try:
            answered.append((text, ask(graph, text, TODAY).answer))
        except NotUnderstood as problem:
            near.add(problem.nearest)
        except UsageError:
            continue
    assert not answered
    assert max(map(len, near)) <= 3
    for text in {text for texts in near for text in texts}:
        understand(graph.index(), text, TODAY)


@pytest.mark.parametrize("case", [case for case in REFUSED if case.get("nearest")], ids=lambda case: case["ask"][:60])
def test_a_refusal_names_what_stands_in_the_way(graph: Graph, case: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as refused:
        ask(graph, case["ask"], TODAY)
    assert case["nearest"].casefold() in str(refused.value).casefold()


def test_a_word_that_nothing_is_done_with_is_named(graph: Graph) -> None:
    """Whatever is added to a question that is understood, it is used or it is named."""
    for word in ("dinosaurs", "secretly", "happy", "banana", "tomorrowish"):
        for text in ("Is France a {} party to the NPT?", "What {} remains between the US and Russia?"):
            with pytest.raises(NotUnderstood) as refused:
                understand(graph.index(), text.format(word), TODAY)
            assert refused.value.word == word


@pytest.mark.parametrize("case", UNDERSTOOD[::4], ids=lambda case: case["ask"][:60])
def test_an_answer_says_how_it_came_about(graph: Graph, case: dict[str, Any]) -> None:
    answer = ask(graph, case["ask"], TODAY)
    plain = json.loads(json.dumps(answer.to_dict()))
    assert plain["answer"].endswith(".")
    assert plain["understood"]
    assert len(plain["commands"]) == len(plain["sparql"]) == len(plain["answers"]) == len(case["as"])


def test_the_commands_of_answers_run(graph: Graph, capsys: pytest.CaptureFixture[str]) -> None:
    """What is shown as the command gives the answer that was shown."""
    for text in ("Is France a party to the NPT?", "What happened to the INF Treaty since 2018?", "Show SALT II",
                 "Who withdrew from the Ottawa Convention?", "Check the report 2021-05-open-skies",
                 "Which NATO members are not party to the Ottawa Convention?"):  # fmt: skip
        answer = ask(graph, text, TODAY)
        words = shlex.split(answer.commands[0])
        assert words[0] == "treatygraph"
        cli.run([*words[1:], "--format", "json"])
        assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(answer.to_dict()["answers"][0]))


@pytest.mark.parametrize(
    "text",
    [
        "What remains between the US and Russia on 28 May 2021?",
        "What remains between India and Pakistan today?",
        "Which treaties limit strategic arms between the US and Russia on 28 May 2021?",
        "Which legally binding treaties remain between the US and Russia on 28 May 2021?",
        "Which bilateral treaties remain between the US and the USSR on 1 June 1975?",
    ],
)
def test_the_query_behind_between_gives_the_same_instruments(graph: Graph, text: str) -> None:
    answer = ask(graph, text, TODAY)
    query = answer.sparql[0]
    assert query
    rows = {row[0] for row in graph.sparql(query).rows}
    shown = {item.id for top in typed(Between, answer.answers[0]).instruments for item in _with_parts(top)}
    assert rows == shown


def _with_parts(item: Any) -> Iterator[Any]:
    yield item
    for part in item.parts:
        yield from _with_parts(part)


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Is France a party to the NPT?", "Yes. On 23 November 2026,"),
        ("Was France party to the NPT on 1 January 1990?", "No. On 1 January 1990,"),
        ("Has North Korea left the NPT?", "By the depositaries' record: no."),
        ("Did Russia withdraw from the CTBT?", "No. On 23 November 2026, the CTBT was not in force"),
        ("When did France join the NPT?", "France has been a party to NPT since 2 August 1992."),
        (
            "When did Russia join the NPT?",
            "Russia has been a party to NPT since 5 March 1970 (then in the person of SUN).",
        ),
        (
            "When did the US leave the Open Skies Treaty?",
            "The United States was out of Open Skies Treaty on 22 November",
        ),
        ("When did the US leave New START?", "The United States did not leave New START: it is no longer bound since"),
        ("Did the US leave New START?", "No. On 23 November 2026, New START had expired"),
        ("Did the US leave the INF Treaty?", "Yes. "),
        ("Did Russia leave the Open Skies Treaty?", "Yes. "),
        ("Did Russia leave the ABM Treaty?", "No. "),
        (
            "Who left the INF Treaty?",
            "Who has left INF Treaty by 23 November 2026: one. the United States (2 August 2019).",
        ),
        (
            "Who left New START?",
            "Who has left New START by 23 November 2026: none on record. No longer bound, but not by",
        ),
        ("When did Iran leave the NPT?", "Iran has not left NPT"),
        (
            "When did North Korea leave the NPT?",
            "That is contested: by the depositaries' record North Korea is not out",
        ),
        ("Is the Soviet Union a party to the NPT?", "No: the Soviet Union ended on 26 December 1991."),
        ("Did the USSR leave the CFE Treaty?", "No. "),
        ("When did the ABM Treaty enter into force?", "ABM Treaty entered into force on 3 October 1972; it ended on"),
        (
            "Who left the JCPOA?",
            "Who has left Iran nuclear deal by 23 November 2026: one. the United States (8 May 2018)",
        ),
        (
            "Which of the P5 have ratified the CTBT?",
            "Two of the 5 permanent members of the Security Council have consented",
        ),
        ("Can a state withdraw from ENMOD?", "No. ENMOD Convention has no clause on leaving"),
        ("What is the withdrawal period of the NPT?", "NPT, on leaving: article X(1): 3 months"),
        ("Was New START extended?", "Yes. New START was extended once: agreed on 26 January 2021"),
        ("Did Russia suspend New START in 2023?", "That depends on the view taken."),
        ("Is New START really the only treaty left between the US and Russia?", "No. "),
        ("Is it true that India never signed the NPT?", "Yes. No signature of NPT by India is on record"),
        ("why is the ctbt not in force", "For CTBT to enter into force this is missing: consent of CHN, EGY"),
        ("who was us secretary of state when the inf treaty was signed", "On 8 December 1987: George Shultz"),
        ("Which treaties limit strategic arms between the US and Russia?", "On 23 November 2026, no legally binding"),
        ("Is any treaty limiting strategic arms in force between the US and Russia?", "No treaty that binds in law."),
        ("Has the United States ratified the CTBT?", "No. No ratification of CTBT by the United States is on record."),
        ("When did Cuba accede to the NPT?", "Cuba acceded to NPT on 4 November 2002"),
        ("Is New START in force?", "No. On 23 November 2026, New START had expired"),
        ("When did Russia suspend the CFE Treaty?", "Russia declared the suspension of CFE Treaty on "),
        ("Is the Budapest Memorandum legally binding?", "That is disputed"),
        ("Which treaties has the US left?", "Which instruments the United States has left by 23 November 2026: five. "),
        ("When was SALT II signed?", "SALT II Treaty was signed on 18 June 1979"),
        (
            "When did the ECOWAS convention enter into force?",
            "ECOWAS Convention entered into force on 29 September 2009 (u",
        ),
        (
            "When did Taiwan sign the PTBT?",
            "Taiwan signed Partial Test Ban Treaty on 23 August 1963 (Washington). This is unverified: it rests on",
        ),
        (
            "How did the vote on the CTBT go?",
            "Which votes on CTBT are on record: four. 10 September 1996: The UN General Assembly adopted the CTBT by",
        ),
        (
            "How many warheads does Russia have?",
            "The record does not say how many warheads Russia has: it holds no numbers of arms, only the limits of",
        ),
        (
            "how many nuclear weapons does North Korea have",
            "The record does not say how many nuclear weapons North Korea",
        ),
        ("How many warheads may Russia have under New START?", "What New START limits: deployed warheads: 1550."),
        ("Did the US ratify the Treaty of Versailles?", "No. No ratification of Treaty of Versailles"),
        ("Is the African Union a party to the CWC?", "Not all of them. 52 of the 54 members of the African Union"),
        ("Is NATO a party to the NPT?", "Yes, all of them. 32 of the 32 members of NATO"),
        ("Which Annex 2 states have not ratified the CTBT?", "Nine members are without consent to be bound by CTBT"),
        ("Which treaty superseded SORT?", "What took the place of Moscow Treaty: New START (since 5 February 2011)."),
        (
            "What if Poland leaves the Convention on Cluster Munitions?",
            "Poland had nothing to leave on 23 November 2026: it had no standing under",
        ),
        (
            "When would France be out of the NPT if it gave notice today?",
            "If notice by France were received on 23 November 2026, it would be out of the NPT on 23 February 2027",
        ),
        (
            "If Ukraine leaves the Ottawa Convention today, when is it out?",
            (
                "If notice by Ukraine under the Anti-Personnel Mine Ban Convention were received on 23 November 2026, it "
                "would stay bound beyond 23 May 2027, until its armed conflict has ended"
            ),
        ),
    ],
)
def test_the_answer_is_to_the_question(graph: Graph, text: str, begins: str) -> None:
    assert ask(graph, text, TODAY).answer.startswith(begins)


def test_a_question_without_end_is_refused_at_once(graph: Graph) -> None:
    with pytest.raises(NotUnderstood, match="longer than 1000 letters") as refused:
        ask(graph, "what remains between " * 10_000, TODAY)
    assert len(str(refused.value)) < 500


def test_a_month_is_answered_for_both_ends_and_says_so(graph: Graph) -> None:
    answer = ask(graph, "What remained between the US and Russia in February 2026?", TODAY)
    assert [typed(Between, one).question.on for one in answer.answers] == [date(2026, 2, 1), date(2026, 2, 28)]
    assert "'February 2026' is not a day" in answer.notes[0]
    assert "gone: New START" in answer.answer


def test_a_day_left_out_is_today_and_says_so(graph: Graph) -> None:
    answer = ask(graph, "What remains between the US and Russia?", TODAY)
    assert answer.notes == ("no day was given: today, 23 November 2026, was taken",)


@pytest.mark.parametrize(
    ("text", "role", "first", "last"),
    [
        ("on 1 May 2021", "on", "2021-05-01", "2021-05-01"),
        ("on the 1st of May 2021", "on", "2021-05-01", "2021-05-01"),
        ("May 1st, 2021", "on", "2021-05-01", "2021-05-01"),
        ("as of 2021-05-01", "on", "2021-05-01", "2021-05-01"),
        ("in May 2021", "on", "2021-05-01", "2021-05-31"),
        ("in Feb. 2024", "on", "2024-02-01", "2024-02-29"),
        ("in 1999", "on", "1999-01-01", "1999-12-31"),
        ("since 1999", "since", "1999-01-01", "1999-01-01"),
        ("after May 2021", "since", "2021-06-01", "2021-06-01"),
        ("before 2000", "until", "1999-12-31", "1999-12-31"),
        ("until May 2021", "until", "2021-05-31", "2021-05-31"),
        ("by 2021-05-01", "by", "2021-05-01", "2021-05-01"),
        ("as known by 31 December 2020", "known", "2020-12-31", "2020-12-31"),
        ("today", "on", "2026-11-23", "2026-11-23"),
    ],
)
def test_dates_in_english(text: str, role: str, first: str, last: str) -> None:
    found = dates_in(figures_spelled(f"question {text}"), TODAY)
    assert [(one.role, one.first.isoformat(), one.last.isoformat()) for one in found] == [(role, first, last)]


@pytest.mark.parametrize("text", ["on 31 February 2021", "on 05/01/2021", "on 1.5.2021"])
def test_no_day_is_guessed(text: str) -> None:
    with pytest.raises(BadDate):
        dates_in(figures_spelled(text), TODAY)


@pytest.mark.parametrize("text", ["Vienna Document 2011", "1925 Geneva Protocol", "1972 ABM Treaty"])
def test_a_year_in_a_name_is_no_date(graph: Graph, text: str) -> None:
    assert not understand(graph.index(), f"What is the status of the {text}?", TODAY).frame.whens


def test_figures_are_read_where_they_can_be_read_in_one_way() -> None:
    assert figures_spelled("on 12/31/1979 and 1.1.2006") == "on 1979-12-31 and 2006-01-01"


def test_a_mistyped_word_is_read_as_the_one_that_is_near() -> None:
    words = frozenset({"france", "russia", "ratified", "iran", "iraq"})
    assert [meant(word, words) for word in ("frnace", "Rusia".casefold(), "ratifed", "irak", "prussia")] == [
        "france", "russia", "ratified", "", "",
    ]  # fmt: skip


def test_typing_and_fillers_do_not_lose_a_question(graph: Graph) -> None:
    right = understand(graph.index(), "Is France a party to the NPT?", TODAY).commands
    for text in ("is frnace party to the npt", "so, is France currently a party to the NPT pls", "Isn’t France in the NPT??",
                 "hey could you tell me whether France is in the npt, thanks", "IS FRANCE A MEMBER OF THE NPT"):  # fmt: skip
        assert understand(graph.index(), text, TODAY).commands == right


def test_questions_go_on_from_the_one_before(graph: Graph) -> None:
    session = Session(graph, TODAY)
    asked = ["Is France a party to the NPT?", "and China?", "and in 1980?", "what about the CTBT?",
             "What remains between the US and Russia?", "and China?", "and on 28 May 2021?"]  # fmt: skip
    lines = [session.ask(text).commands[0] for text in asked]
    assert lines == [
        "treatygraph status npt --state FRA --on 2026-11-23",
        "treatygraph status npt --state CHN --on 2026-11-23",
        "treatygraph status npt --state CHN --on 1980-01-01",
        "treatygraph status ctbt --state CHN --on 1980-01-01",
        "treatygraph between USA RUS --on 2026-11-23",
        "treatygraph between USA CHN --on 2026-11-23",
        "treatygraph between USA CHN --on 2021-05-28",
    ]
    with pytest.raises(NotUnderstood):
        session.ask("and the weather?")


def test_many_questions_at_once(
    built_cache: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "questions.txt"
    file.write_text("# mine\nIs France in the NPT?\n\nWho will win?\n", encoding="utf-8")
    assert cli.run(["ask", "--file", str(file), "--format", "json"]) == 1
    first, second = json.loads(capsys.readouterr().out)
    assert first["answer"].startswith("Yes. ")
    assert (second["question"], second["error"]["word"]) == ("Who will win?", "win")
    monkeypatch.setattr("sys.stdin", io.StringIO("Is France in the NPT?\n"))
    assert cli.run(["ask", "-", "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "question,answer,understood,command,refused"
    monkeypatch.setattr("sys.stdin", io.StringIO("Is France in the NPT?\nand India?\n"))
    assert cli.run(["ask", "--brief"]) == 0
    assert "India had no standing under it" in capsys.readouterr().out


def test_commands_are_read_back() -> None:
    assert command_of(["status", "npt", "--state", "FRA", "--on", "2021-05-01"]) == Command(
        "status", ("npt",), {"state": "FRA", "on": "2021-05-01"}
    )


def test_the_command_shows_the_question_the_command_and_the_query(
    built_cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["ask", "What remains between the US and Russia on 28 May 2021?"]) == 0
    printed = capsys.readouterr().out
    parts = ["On 28 May 2021, ", "Understood as: what remains between the United States and Russia on 28 May 2021",
             "Command: treatygraph between USA RUS --on 2021-05-28"]  # fmt: skip
    places = [printed.index(part) for part in parts]
    assert places == sorted(places)
    assert printed.startswith(parts[0])
    assert "SPARQL" not in printed
    assert cli.run(["ask", "--explain", "--brief", "What remains between the US and Russia on 28 May 2021?"]) == 0
    assert "SPARQL: PREFIX" in capsys.readouterr().out


def test_named_questions_without_a_form_are_known(graph: Graph) -> None:
    """A named question that plain words cannot reach is one too many; those of other tools are listed here."""
    reached = {command_of(words).words[0] for case in UNDERSTOOD for words in understand(graph.index(), case["ask"], TODAY).commands
               if words[0] == "query"}  # fmt: skip
    behind = {"remains", "remains-on-topic", "parties-on", "what-happened"}
    ours = {"who-left", "acts-of", "standings-of", "in-force-on", "pending-withdrawals", "replaced"}
    assert ours <= reached
    assert behind <= {question.name for question in catalogue()}
