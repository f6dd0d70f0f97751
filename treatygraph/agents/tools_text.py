"""Tools about names, texts and queries: resolve, read, claims, questions, query, terms, sparql."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date as Day  # noqa: N812 - two tools have an argument called 'date'
from typing import Literal

from treatygraph.agents.bounds import bounded
from treatygraph.agents.confined import confined
from treatygraph.agents.desk import Desk
from treatygraph.agents.lines import ReplyLine, ToolAnswer
from treatygraph.agents.ontology import OntologyTerm, terms
from treatygraph.agents.tool import Arguments, BadArgument, Tool
from treatygraph.answers.candidates import KINDS, candidates
from treatygraph.answers.claims.held import HeldClaim
from treatygraph.answers.wording import number
from treatygraph.facts.claim_terms import CHECKS
from treatygraph.queries.catalogue import question_named
from treatygraph.triplestore.warnings import warnings_of

__all__ = ["TOOLS"]


# -- resolve ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ResolveArguments(Arguments):
    """Arguments of resolve."""

    text: str
    """A name as people write it, in any language: "chemical weapons treaty", "ДНЯО", "Korea"."""
    kinds: tuple[Literal["instrument", "state", "group", "official", "topic"], ...] = KINDS
    """Only records of these kinds."""


@dataclass(frozen=True)
class CandidateLine:
    """A record that may be meant."""

    kind: str
    id: str
    title: str
    why: str
    """exact, in another language, used for several, contains the words, or near."""


def _resolve(desk: Desk, asked: ResolveArguments) -> ToolAnswer:
    bounded({"name": asked.text})
    items = candidates(desk.index, asked.text, asked.kinds)
    exact = [item for item in items if item.why in ("exact", "in another language")]
    if len(exact) == 1:
        answer = f"'{asked.text}' is {exact[0].title} ({exact[0].kind} {exact[0].id})."
        if len(items) > 1 and len({item.kind for item in items}) == 1:
            answer = f"{answer[:-1]}; others have the words too, so make sure that it is meant."
    elif len(items) == 1:
        answer = f"'{asked.text}' is most likely {items[0].title} ({items[0].kind} {items[0].id})."
    elif items:
        answer = f"'{asked.text}' may be {number(len(items))} records; choose an id, or ask the user which is meant."
    else:
        answer = f"Nothing on record is called '{asked.text}', and nothing comes near."
    lines = [
        ReplyLine(
            f"{item.kind} {item.id}: {item.title} ({item.why})", CandidateLine(item.kind, item.id, item.title, item.why)
        )
        for item in items
    ]
    links = tuple(desk.address(item.kind, item.id) for item in exact if item.kind in ("instrument", "state"))
    return ToolAnswer(answer, lines, {"candidates": len(items)}, links=links[:1])


# -- read, claims -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ReadArguments(Arguments):
    """Arguments of read."""

    text: str
    """The text to check, plain English, at most 200000 characters; its claims are drafted and judged one by one."""
    date: Day | None = None
    """The day of the text, YYYY-MM-DD; left out: that of its date line, else today."""
    known: Day | None = None
    """Judge by what was on record by this day only, YYYY-MM-DD."""


@dataclass(frozen=True, kw_only=True)
class ClaimsArguments(Arguments):
    """Arguments of claims."""

    claims: tuple[dict[str, object], ...]
    """Claims that you drafted, each {"id", "says", "check", …terms}, for example {"id": "c1", "says": "…", "check":
    "act-on", "instrument": "open-skies", "state": "RUS", "act": "notice-of-withdrawal", "on": "2021-06-18"}. For plain
    text use read."""
    date: Day | None = None
    """The day of the report, YYYY-MM-DD; left out: today."""
    known: Day | None = None
    """Judge by what was on record by this day only, YYYY-MM-DD."""


@dataclass(frozen=True)
class ClaimLine:
    """One claim and how it stands."""

    verdict: str
    """confirmed, imprecise, contradicted, depends (true under one view only), not-on-record, or not-read."""
    quote: str
    id: str = ""
    """Its number in the text; left out of a sentence that was not read."""
    record: str = ""
    """What the record says, or why the sentence was not read."""
    fix: str = ""
    """The sentence that would be right."""


def _read(desk: Desk, asked: ReadArguments) -> ToolAnswer:
    from treatygraph.read import read

    answer = read(desk.graph.index(asked.known), asked.text, day=asked.date, today=desk.today, known=asked.known)
    lines = [_claim(item) for item in answer.claims]
    lines += [
        ReplyLine(f"not read: “{item.quote}” ({item.why})", ClaimLine("not-read", item.quote, record=item.why))
        for item in answer.not_read
    ]
    return ToolAnswer(answer.answer, lines, _verdicts(answer.claims), (), "", answer.notes)


def _claims(desk: Desk, asked: ClaimsArguments) -> ToolAnswer:
    day = (asked.date or desk.today).isoformat()
    drafted = {"title": "The claims", "date": day, "claims": [dict(item) for item in asked.claims]}
    answer = desk.graph.claims(drafted, known=asked.known)
    return ToolAnswer(
        answer.answer, [_claim(item) for item in answer.claims], _verdicts(answer.claims), (), "", answer.notes
    )


def _verdicts(claims: Sequence[HeldClaim]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for item in claims:
        counts[item.verdict] = counts.get(item.verdict, 0) + 1
    return counts


def _claim(item: HeldClaim) -> ReplyLine:
    quote = item.quote or item.says
    record = ClaimLine(item.verdict, quote, item.id, item.record, item.fix)
    fix = f" Right: {item.fix}" if item.fix and item.fix not in item.record else ""
    return ReplyLine(f"{item.verdict}: “{quote}” {item.record}{fix}", record, item.sources)


# -- named questions --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class QuestionsArguments(Arguments):
    """Arguments of questions."""

    search: str = ""
    """Words to look for in names and summaries; left out: all."""


@dataclass(frozen=True)
class QuestionLine:
    """A named question."""

    name: str
    summary: str
    needs: tuple[str, ...] = ()
    """Parameters that must be given."""
    takes: tuple[str, ...] = ()
    """Parameters that may be given."""


def _questions(desk: Desk, asked: QuestionsArguments) -> ToolAnswer:
    words = asked.search.casefold().split()
    lines = []
    for item in desk.graph.questions():
        text = f"{item.name} {item.summary} {item.theme}".casefold()
        if all(word in text for word in words):
            needs = tuple(one.name for one in item.parameters if one.default is None)
            takes = tuple(one.name for one in item.parameters if one.default is not None)
            shown = f"{item.name}({', '.join((*needs, *(f'{name}?' for name in takes)))}): {item.summary}"
            lines.append(ReplyLine(shown, QuestionLine(item.name, item.summary, needs, takes)))
    text = f"{number(len(lines)).capitalize()} named questions; ask one with query; a parameter with ? may be left out."
    return ToolAnswer(text, lines, {"questions": len(lines)})


@dataclass(frozen=True, kw_only=True)
class QueryArguments(Arguments):
    """Arguments of query."""

    name: str
    """The question, as "questions" lists them."""
    parameters: dict[str, str] = field(default_factory=dict)
    """The parameters that "questions" lists for it, by name: {"instrument": "NPT"}."""


@dataclass(frozen=True)
class RowLine:
    """One row."""

    values: dict[str, str]
    """What stands in each column."""


def _query(desk: Desk, asked: QueryArguments) -> ToolAnswer:
    question = question_named(asked.name)
    known = [item.name for item in question.parameters]
    for name in asked.parameters:
        if name not in known:
            text = f"'{asked.name}' has no parameter '{name}'; it takes {', '.join(known) or 'none'}."
            raise BadArgument("unknown-parameter", text, known, f"use {known[0]}" if known else "leave it out")
    result = desk.graph.query(asked.name, asked.parameters, today=desk.today, limit=2000)
    titles = _by_title(desk) if any(name in ("source", "sources") for name in result.columns) else {}
    lines = list(_rows(result.columns, result.rows, titles))
    return ToolAnswer(result.answer, lines, {"rows": len(result.rows)})


def _by_title(desk: Desk) -> dict[str, str]:
    """Ids of sources by their titles: a question's rows name titles."""
    return desk.index.keep(
        ("sources by title",), lambda: {item.title: name for name, item in desk.index.sources().items()}
    )


def _rows(columns: Sequence[str], rows: Sequence[Sequence[str | None]], titles: dict[str, str]) -> Iterator[ReplyLine]:
    for row in rows:
        values = {name: cell for name, cell in zip(columns, row, strict=True) if cell}
        cited = [titles[part] for name in ("source", "sources") for part in (values.get(name) or "").split("; ")
                 if part in titles]  # fmt: skip
        shown = {name: cell for name, cell in values.items() if not (cited and name in ("source", "sources"))}
        text = "; ".join(f"{name} {cell}" for name, cell in shown.items())
        yield ReplyLine(text, RowLine(shown), tuple(cited))


# -- terms, sparql ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class TermsArguments(Arguments):
    """Arguments of terms."""

    search: str
    """What you look for, in words: "expiry", "who signed", "withdrawal notice"."""


@dataclass(frozen=True)
class TermLine:
    """A class, property or concept of the graph."""

    term: str
    kind: str
    definition: str
    example: str = ""


_EXAMPLE = (
    "SELECT ?title ?from WHERE { ?s a tg:Standing ; tg:instrument ?i ; tg:state <https://w3id.org/treatygraph/id/state/RUS>"
    " ; tg:standing <https://w3id.org/treatygraph/scheme/standing/party> ; tg:from ?from ; tg:until ?until ."
    ' ?i rdfs:label ?title FILTER(STR(?from) <= "2021-05-28" && STR(?until) > "2021-05-28") }'
)


def _term(item: OntologyTerm) -> TermLine:
    return TermLine(item.term, item.kind, item.definition, item.example)


def _terms(desk: Desk, asked: TermsArguments) -> ToolAnswer:
    items = terms(asked.search)[:10]
    lines = [
        ReplyLine(
            f"{item.term} ({item.kind}): {item.definition}",
            TermLine(item.term, item.kind, item.definition, item.example),
        )
        for item in items
    ]
    del desk
    text = f"The {number(len(lines))} terms that fit best. A standing on a day is asked for like this: {_EXAMPLE}"
    return ToolAnswer(text if lines else f"No term fits '{asked.search}'; try another word.", lines)


@dataclass(frozen=True, kw_only=True)
class SparqlArguments(Arguments):
    """Arguments of sparql."""

    query: str
    """SPARQL 1.1, read-only. The prefixes tg:, rdfs:, skos:, dcterms:, owl:, prov:, xsd: need not be declared."""
    rows: int = 100
    """How many rows are read, at most 500."""


def _sparql(desk: Desk, asked: SparqlArguments) -> ToolAnswer:
    if not 1 <= asked.rows <= 500:
        raise BadArgument("bad-value", f"'rows' is {asked.rows}; give 1 to 500.", ("100",), "leave it out for 100")
    warnings = warnings_of(asked.query)
    result = confined(desk.graph.home.store, asked.query, rows=asked.rows)
    lines = list(_rows(result["columns"], result["rows"], {}))
    answer = f"{result['answer']}{f'; the first {len(lines)} are read' if result['left_out'] else ''}."
    if warnings:
        answer = f"{answer} WARNING: {' '.join(warnings)}"
    return ToolAnswer(answer, lines, {"rows": len(lines) + result["left_out"]})


TOOLS = (
    Tool(
        "resolve", "Find a record",
        "Which instrument, state, group, person or topic a name means; names of treaties and states in several "
        "languages. Other tools take names too: use this where one is refused or ambiguous.",
        ResolveArguments, CandidateLine, _resolve,
    ),
    Tool(
        "read", "Check a text",
        "Fact-checks a text: each claim about treaties in it held against the record, with a verdict, what the record "
        "says, the right sentence and a source. Sentences it could not read are listed.",
        ReadArguments, ClaimLine, _read, seconds=30.0,
    ),
    Tool(
        "claims", "Check drafted claims",
        f"Claims that you drafted, held against the record. Kinds of check: {', '.join(CHECKS)}.",
        ClaimsArguments, ClaimLine, _claims, seconds=30.0,
    ),
    Tool(
        "questions", "List of named questions",
        "The catalogue of named questions, for what no tool answers: exits, suspensions, pledges, networks, sources.",
        QuestionsArguments, QuestionLine, _questions,
    ),
    Tool("query", "Ask a named question", "The rows of a question of the catalogue.", QueryArguments, RowLine, _query),
    Tool(
        "terms", "Words of the graph",
        "Classes and properties for SPARQL that fit some words, with definitions and an example query.",
        TermsArguments, TermLine, _terms,
    ),
    Tool(
        "sparql", "SPARQL",
        "Any read-only SPARQL 1.1 query; unknown terms, undeclared prefixes and texts compared with days are told. "
        "Look words up with terms first.",
        SparqlArguments, RowLine, _sparql, seconds=15.0,
    ),
)  # fmt: skip
