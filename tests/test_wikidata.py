"""Wikidata compared, statements proposed to it, and the commands, against a real SPARQL server on loopback."""

from __future__ import annotations

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from treatygraph.build.index import Index
from treatygraph.cli import run as run_command
from treatygraph.facts import Findings, read_links
from treatygraph.facts.wikidata_links import COLUMNS
from treatygraph.model.errors import UsageError
from treatygraph.model.folders import room
from treatygraph.render.wikidata_page import page
from treatygraph.wikidata.client import WIKIDATA
from treatygraph.wikidata.compare import WikidataComparison, compare
from treatygraph.wikidata.propose import EDITORS, WAITING, StatementProposal, propose
from treatygraph.wikidata.questions import STATEMENTS
from treatygraph.wikidata.session import chosen, compared
from wikidata_world import DAY, LINKED, STATES, MakeClient, index_of, link, short

# -------- Compare


@pytest.fixture
def comparison(tiny: Any, client: MakeClient) -> WikidataComparison:
    tiny.change(
        "instruments/test-ban.yaml", "signed: {date: '1963-08-05',", "signed: {date: '1963-08-05', place: Moscow,"
    )
    tiny.put(
        "instruments/test-ban.yaml",
        (tiny.root / "instruments/test-ban.yaml").read_text(encoding="utf-8")
        + "depositaries: {are: [GBR, SUN, USA], source: register, at: test-ban}\n",
    )
    index = index_of(tiny, *LINKED)
    return compared(index, client(), chosen(index, ["Test Ban"], everything=False))


def test_every_planted_difference_is_found_and_nothing_else(comparison: WikidataComparison) -> None:
    assert short(comparison.differs) == [
        ("P1891", "United Kingdom", "1963-08-08", 3, ""),
        ("P1891", "Soviet Union", "1963-08-05", None, "Wikidata names Russia"),
        ("P582", "United Kingdom", "1995-05-02", 2, ""),
        ("P585", "signature", "1963-08-06", 1, ""),
    ]
    assert short(comparison.only_here) == [
        ("P1891", "Czechoslovakia", "", None, "there only as deprecated"),
        ("P6193", "Soviet Union", "", None, "the date is unknown there"),
        ("P2058", "Soviet Union", "", None, ""),
    ]
    assert short(comparison.only_there) == [
        ("P1891", "Atlantis <sunk>", "", None, ""),
        ("P582", "United States", "1996", None, ""),
        ("P1366", "Later Treaty", "", None, ""),
    ]
    assert short(comparison.agrees) == [
        ("P1891", "United Kingdom", "1963-08-05; 1963-08-08", None, ""),
        ("P1891", "United States", "1963-08-05", None, ""),
        ("P6193", "Czechoslovakia", "1963-10-17", None, ""),
        ("P6193", "United Kingdom", "1963", None, ""),
        ("P6193", "Soviet Union", "", None, ""),
        ("P6193", "United States", "1963-09-10", None, ""),
        ("P580", "entry into force", "1963-10-10", None, ""),
        ("P2058", "United Kingdom", "", None, ""),
        ("P2058", "United States", "", None, ""),
        ("P276", "Moscow", "", None, ""),
        ("P156", "Guidelines", "", None, ""),
    ]
    assert comparison.notes == [
        "Test Ban: Wikidata has an unknown value for 'signatory', which says nothing to compare.",
        "Test Ban: no item is linked for Czechia, so 'ratified by' cannot be compared there.",
        "test-ban: Q900000099 has become Q900000001; the link should follow.",
    ]


def test_a_comparison_carries_statements_references_and_our_sources(comparison: WikidataComparison) -> None:
    found = next(line for line in comparison.agrees if line.value == "United States")
    assert found.statement == "sign-usa"
    assert found.urls == ("https://example.org/register?a=1&b=2",)
    assert found.sources == ("register",)
    assert (found.here, found.item) == ("1963-08-05", "Q900000001")
    assert comparison.answer == (
        "On 1 instrument, Wikidata and this record agree in 11 statements and differ in 4; "
        "3 more stand only here and 3 only there."
    )
    assert json.loads(json.dumps(comparison.to_dict()))["differs"][0]["days"] == 3


class Reading(HTMLParser):
    """Reads a page and notes tags and texts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attributes if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_page_needs_nothing_else_and_escapes_every_text(comparison: WikidataComparison) -> None:
    comparison.notes.append("<script>alert(1)</script>")
    answer = comparison.to_dict()
    answer["agrees"][0]["references"] = ["javascript:alert(1)"]
    text = page(answer)
    found = Reading(text)
    assert "script" not in found.tags
    assert {"link", "img", "iframe"}.isdisjoint(found.tags)
    assert "Atlantis <sunk>" in found.texts
    assert found.tags.count("tr") == 4 + 11 + 4 + 3 + 3
    assert all(re.match("https?://", address) for address in found.addresses)


def test_an_instrument_without_an_item_cannot_be_compared(tiny: Any) -> None:
    tiny.put(
        "link-candidates.sssom.tsv", "\n".join(["\t".join(COLUMNS), link("tg:instrument/hotline", "Q900000002")]) + "\n"
    )
    index = index_of(tiny, link("tg:instrument/test-ban", "Q900000001", predicate="broadMatch"))
    with pytest.raises(
        UsageError, match=r"'hotline' has no item .* nobody has confirmed: Q900000002.*wikidata resolve"
    ):
        chosen(index, ["hotline"], everything=False)
    with pytest.raises(UsageError, match="only Q900000001, which is wider"):
        chosen(index, ["test-ban"], everything=False)
    with pytest.raises(UsageError, match="--all"):
        chosen(index, [], everything=False)
    assert chosen(index, [], everything=True) == []


# -------- Propose

ITEM, PROPERTY = r"Q[1-9]\d*", r"P[1-9]\d*"
TIME = r"[+-]\d{4,16}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z/(?:1[0-4]|\d)"
VALUE = rf'(?:{ITEM}|{PROPERTY}|{TIME}|"[^"\t\n]*"|[a-z-]+:"[^"\t\n]*"|[+-]?\d+(?:\.\d+)?(?:U\d+)?|somevalue|novalue)'
"""Values of QuickStatements V1 as its help page describes them: entity, time, text, text in a language, quantity, none."""
STATEMENT = re.compile(
    rf"(?P<item>{ITEM}|LAST)\t(?P<property>{PROPERTY})\t(?P<value>{VALUE})"
    rf"(?P<qualifiers>(?:\t{PROPERTY}\t{VALUE})*)(?P<references>(?:\t!?S[1-9]\d*\t{VALUE})*)"
)


def parsed(line: str) -> dict[str, Any]:
    """A line by the grammar; it must match as a whole."""
    found = STATEMENT.fullmatch(line)
    assert found, f"not a statement of QuickStatements: {line!r}"

    def pairs(text: str) -> list[tuple[str, str]]:
        cells = text.split("\t")[1:]
        return list(zip(cells[::2], cells[1::2], strict=True))

    return {**found.groupdict(), "qualifiers": pairs(found["qualifiers"]), "references": pairs(found["references"])}


@pytest.mark.parametrize(
    "line",
    [
        "Q1 P585 +1963-08-05T00:00:00Z/11",
        "Q1\tP585\t1963-08-05",
        "Q1\tP585\t+1963-08-05T00:00:00Z",
        "Q1\tP1891\tQ30\tP585",
        'Q1\tP1891\tQ30\tS854\t"a"\tP585\t+1963-08-05T00:00:00Z/11',
        'Q1\tP1891\tQ30\tS854\t"a"b"',
        "Q1\tP1891\tQ30\t",
        "-Q1\tP1891\tQ30",
    ],
)
def test_the_grammar_refuses(line: str) -> None:
    assert not STATEMENT.fullmatch(line)


@pytest.fixture
def proposal(tiny: Any, client: MakeClient) -> StatementProposal:
    """A treaty and guidelines, on whose items the small world says next to nothing."""
    index = index_of(
        tiny,
        *STATES,
        link("tg:state/CZE", "Q213"),
        link("tg:instrument/test-ban", "Q900000020"),
        link("tg:instrument/guidelines", "Q900000003"),
    )
    return propose(index, compared(index, client(), chosen(index, [], everything=True)), DAY)


def test_every_line_parses_and_carries_a_reference(proposal: StatementProposal) -> None:
    assert len(proposal.lines) == 10
    for proposed in proposal.lines:
        found = parsed(proposed.line)
        assert ("S854", '"https://register.invalid/list"') in found["references"]
        assert ("S813", "+2026-01-02T00:00:00Z/11") in found["references"]
        if found["property"] in ("P1891", "P6193"):
            assert [name for name, _ in found["qualifiers"]] == ["P585"]
    assert parsed(proposal.lines[0].line) == {
        "item": "Q900000003", "property": "P585", "value": "+1974-09-00T00:00:00Z/10", "qualifiers": [],
        "references": [("S854", '"https://register.invalid/list"'), ("S813", "+2026-01-02T00:00:00Z/11")],
    }  # fmt: skip


def test_ratifications_are_proposed_and_other_consents_held_back(proposal: StatementProposal) -> None:
    by_property: dict[str, list[str]] = {}
    for proposed in proposal.lines:
        found = parsed(proposed.line)
        by_property.setdefault(found["property"], []).append(found["value"])
    assert by_property["P6193"] == ["Q33946", "Q145", "Q15180", "Q30"]
    assert "succession" not in " ".join(proposed.says for proposed in proposal.lines)
    held_back = {reason.partition(":")[0]: count for reason, count in proposal.held_back}
    assert held_back["a consent that is no ratification"] == 1
    assert all(EDITORS in reason for reason, _ in proposal.held_back if reason.startswith("a consent"))


def test_of_two_deposits_the_first_that_has_a_good_source_is_proposed(tiny: Any, client: MakeClient) -> None:
    """The gazette is no depositary; the first of two deposits is the one in the register."""
    tiny.change(
        "acts/test-ban.csv",
        "CSK,ratification,1963-10-14,,,,London,register",
        "CSK,ratification,1963-10-14,,,,London,gazette",
    )
    tiny.change(
        "acts/test-ban.csv",
        "CSK,ratification,1963-10-17,,,,Moscow,gazette",
        "CSK,ratification,1963-10-17,,,,Moscow,register",
    )
    index = index_of(tiny, *STATES, link("tg:instrument/test-ban", "Q900000020"))
    found = propose(index, compared(index, client(), chosen(index, [], everything=True)), DAY)
    line = next(one.line for one in found.lines if "\tP6193\tQ33946\t" in one.line)
    assert "P585\t+1963-10-17T00:00:00Z/11" in line


def test_nothing_is_proposed_without_a_source_that_can_be_opened(tiny: Any, client: MakeClient) -> None:
    for old, new in (("https://register.invalid/list,depositary", "the reading room,depositary"),):
        tiny.change("sources.csv", old, new)
    index = index_of(tiny, *STATES, link("tg:instrument/test-ban", "Q900000020"))
    found = propose(index, compared(index, client(), chosen(index, [], everything=True)), DAY)
    assert found.lines == ()


COPY = "https://github.com/someone/harvest (data.json),depositary-copy"


@pytest.mark.parametrize(
    ("publisher", "ids", "cited"),
    [
        ("UNODA Treaties Database", "unoda: test_ban", "https://treaties.unoda.org/t/test_ban"),
        (
            "United Nations Treaty Section",
            "mtdsg: XXVI-2-d",
            "https://treaties.un.org/Pages/ViewDetails.aspx?src=TREATY&mtdsg_no=XXVI-2-d&chapter=26&clang=_en",
        ),
        ("UNODA Treaties Database", "", ""),
        ("A. Harvester", "unoda: test_ban", ""),
    ],
)
def test_a_copy_is_never_cited_but_the_page_of_its_register(
    tiny: Any, client: MakeClient, publisher: str, ids: str, cited: str
) -> None:
    """What was read in a copy cites the register's own page of the treaty; without one it waits."""
    tiny.change("sources.csv", "Depositary,2020,https://register.invalid/list,depositary", f"{publisher},2020,{COPY}")
    if ids:
        scheme, _, name = ids.partition(": ")
        card = (tiny.root / "instruments/test-ban.yaml").read_text(encoding="utf-8")
        tiny.put(
            "instruments/test-ban.yaml",
            f"{card}identifiers:\n  - {{scheme: {scheme}, id: {name}, source: register, at: index}}\n",
        )
    index = index_of(tiny, *STATES, link("tg:instrument/test-ban", "Q900000020"))
    proposal = propose(index, compared(index, client(), chosen(index, [], everything=True)), DAY)
    waiting = dict(proposal.held_back).get(WAITING, 0)
    assert [page for page, _ in proposal.pages] == ([cited] if cited else [])
    assert proposal.answer.endswith(f"of which {waiting} wait for a better source.")
    assert (waiting == 0) == bool(cited)
    for proposed in proposal.lines:
        assert {name for _, name in parsed(proposed.line)["references"]} == {f'"{cited}"', "+2026-01-02T00:00:00Z/11"}


def test_on_an_empty_world_no_line_cites_a_repository(graph_index: Index) -> None:
    """Everything that the record could propose, as if Wikidata had the items and no statement."""
    everything = WikidataComparison(asked="2026-01-02")
    for name, item in chosen(graph_index, [], everything=True):
        everything.add(compare(graph_index, name, item, [], lambda value: value))
    proposal = propose(graph_index, everything, DAY)
    hosts = {urlsplit(page).hostname for page, _ in proposal.pages}
    assert hosts <= {
        "treaties.unoda.org", "disarmament.un.org", "treaties.un.org", "verdragen.nl", "verdragenbank.overheid.nl",
    }  # fmt: skip
    assert len(proposal.lines) > 2500
    for proposed in proposal.lines:
        assert parsed(proposed.line)["references"]
    assert dict(proposal.held_back)[WAITING] < 500


def test_a_link_that_is_not_sure_is_to_be_looked_at_first(tiny: Any, client: MakeClient) -> None:
    unsure = link("tg:instrument/test-ban", "Q900000020").replace("0.95", "0.7")
    index = index_of(tiny, *STATES, unsure)
    found = propose(index, compared(index, client(), chosen(index, [], everything=True)), DAY)
    assert found.notes == (
        "open http://www.wikidata.org/entity/Q900000020 first: that it is a label is not sure (confidence 0.7)",
    )


def test_what_editors_have_deprecated_is_not_proposed_again(comparison: WikidataComparison, tiny: Any) -> None:
    found = propose(index_of(tiny, *LINKED), comparison, DAY)
    assert dict(found.held_back)["Wikidata has the statement as deprecated: its editors have judged it"] == 1
    assert [proposed.says for proposed in found.lines] == ["ratification Soviet Union 1963-09-10"]


# -------- The commands, on the real record


def command(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = run_command(words)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_wikidata_asks_who_is_asking(built_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TREATYGRAPH_CONTACT", raising=False)
    assert WIKIDATA == "https://query.wikidata.org/sparql"
    with pytest.raises(UsageError, match="--contact"):
        run_command(("wikidata", "compare", "new-start"))


def test_the_commands(
    built_cache: Path, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("treatygraph.build.cache.labels_file", lambda: tmp_path / "labels.csv")
    asking = ("--endpoint", server, "--refresh")
    code, out, err = command(capsys, "wikidata", "compare", "new-start", "--page", str(tmp_path / "page.html"), *asking)
    assert code == 1, "the Russian signature is ten days off"
    assert re.match(r"On 1 instrument, Wikidata and this record agree in \d+ statements? and differ in 1;", out)
    assert "2010-04-18" in out
    assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    code, out, _ = command(capsys, "wikidata", "compare", "new-start", "--format", "json", *asking)
    assert json.loads(out)["instruments"] == ["new-start"]
    code, out, err = command(capsys, "wikidata", "propose", "cwc", "--retrieved", "2026-01-02", *asking)
    lines = [parsed(line) for line in out.splitlines()]
    assert len(lines) > 100
    assert all(line["references"] for line in lines)
    assert {line["property"] for line in lines} >= {"P1891", "P6193"}
    assert "Nothing has been sent" in err
    code, out, _ = command(capsys, "wikidata", "resolve", "--kind", "instrument", *asking)
    assert out.splitlines()[0] == "\t".join(COLUMNS)
    code, out, _ = command(capsys, "wikidata", "enrich", "--kind", "state", *asking)
    assert out.startswith("4 labels in 6 languages")


def test_resolve_accept_writes_where_it_is_told(
    built_cache: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "links.sssom.tsv"
    shutil.copy(room("graph") / "links.sssom.tsv", target)
    _, out, _ = command(capsys, "wikidata", "resolve", "--offline", "--accept", "--links", str(target))
    assert re.fullmatch(r"\d+ links taken, 0 rejected, \d+ left open\.\n", out)
    read = Findings()
    assert read_links(target, target.name, read)
    assert read.found == []


# -------- Questions across both


@pytest.mark.parametrize("path", sorted((room("queries") / "federated").glob("*.rq")), ids=lambda path: path.stem)
def test_a_question_across_both_runs(path: Path, built_cache: Path, server: str, tmp_path: Path) -> None:
    from treatygraph.graph import open_graph

    text = path.read_text(encoding="utf-8")
    assert text.startswith("# summary: ")
    assert f"SERVICE <{WIKIDATA}>" in text
    found = open_graph().sparql(text.replace(WIKIDATA, server), allow_service=True)
    wanted = re.search(r"SELECT (?:DISTINCT )?(.*?)\s+WHERE", text, re.DOTALL)
    assert wanted
    assert list(found.columns) == re.findall(
        r"\?(\w+)(?=\)?\s|$)", re.sub(r"\([^?]*\?.*? AS (\?\w+)\)", r"\1", wanted[1])
    )
    assert found.rows, "the small world has an answer to each"


def test_there_are_at_least_six_questions_across_both() -> None:
    assert len(list((room("queries") / "federated").glob("*.rq"))) >= 6
    assert STATEMENTS.what == "statements"
