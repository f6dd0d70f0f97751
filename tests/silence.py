"""What each door says of states of which a short ledger says nothing: none may deny that they are bound."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

from ignorance import CLAIMED, DENIAL, Taken, panel_on, terms_of, told_between
from treatygraph.answers.claims.draft import Draft
from treatygraph.answers.claims.judge import judge
from treatygraph.answers.claims.verdicts import CONFIRMED, CONTRADICTED
from treatygraph.ask import ask
from treatygraph.build.index import Index
from treatygraph.draw.page_data import page_data
from treatygraph.graph import Graph
from treatygraph.model.version import EDITION_DAY
from treatygraph.model.vocabulary import NOT_KNOWN


def silent_pairs(index: Index, day: date, many: int, seed: int) -> list[tuple[str, str]]:
    """Instruments whose ledger is short, each with a state that is not in it and may be bound on the day."""
    lives = index.existences()
    there = [code for code, life in lives.items() if life.on(day.isoformat()) and not life.continues]
    found = [
        (name, code)
        for name in index.ids("instrument")
        if index.summary(name).scope != "unilateral"
        for code in there
        if not index.derivation(name).of(code) and index.knowledge(name).absence((code,), day).may_bind
    ]
    return random.Random(seed).sample(found, min(many, len(found)))


Denials = Callable[[Graph, str, str, date], str]
"""What a door says of an instrument and a state that denies that it is bound; empty where it does not."""


def _denied_by_status(graph: Graph, name: str, code: str, day: date) -> str:
    answer = graph.status(name, on=day, state=code)
    text = answer.answer if "had no standing" in answer.answer or answer.states[0].standing != NOT_KNOWN else ""
    return text or ("complete counts" if answer.counts_complete else "")


def _denied_by_between(graph: Graph, name: str, code: str, day: date) -> str:
    bound = [row.state for row in graph.index().derivation(name).standings if row.binds and row.start <= day < row.end]
    other = next((state for state in bound if state != code), "")
    if not other:
        return ""
    answer = graph.between(code, other, day).to_dict()
    return "" if told_between(answer).get(name, False) is not False else f"{code} {other}: neither listed nor open"


def _denied_by_ask(graph: Graph, name: str, code: str, day: date) -> str:
    title = graph.index().existences()[code].name
    for pattern in ("Is {} a party to {}?", "Was {} a party to {}?", "When did {} join {}?", "Has {} left {}?"):
        answer = ask(graph, pattern.format(title, name), day).answer
        if DENIAL.match(answer):
            return answer
    return ""


def _denied_by_whatif(graph: Graph, name: str, code: str, day: date) -> str:
    answer = graph.whatif(f"{code} leaves {name}", on=day).answer
    return "" if answer.startswith(("The record does not say", "No withdrawal clause")) else answer


def _denied_by_claims(graph: Graph, name: str, code: str, day: date) -> str:
    item = Taken(name, code, "", 0)
    drafts = [Draft(claimed, "It was so.", "standing-on", terms_of(item, day, standing=claimed)) for claimed in CLAIMED]
    held = judge(graph.index(), drafts, day)
    return "; ".join(f"{one.id} {one.verdict}" for one in held if (one.verdict in (CONFIRMED, CONTRADICTED)))


def _denied_by_questions(graph: Graph, name: str, code: str, day: date) -> str:
    for question in ("standing-of", "acts-of", "status-by-authority", "parties-on"):
        state = "state" if question == "status-by-authority" else "a"
        asked = {"instrument": name, state: code, "on": day.isoformat()}
        if question == "parties-on":
            del asked["a"]
        if not graph.query(question, asked, today=day).notes:
            return f"{question}: no note"
    return ""


def _denied_by_sparql(graph: Graph, name: str, code: str, day: date) -> str:
    base = "https://w3id.org/treatygraph"
    text = (
        f"ASK {{ ?x a tg:Standing ; tg:instrument <{base}/id/instrument/{name}> ; tg:state <{base}/id/state/{code}> ; "
        f"tg:from ?f ; tg:until ?u . FILTER(?f <= '{day}'^^xsd:date && '{day}'^^xsd:date < ?u) }}"
    )
    return "a standing" if graph.sparql(text).answer == "true" else ""


def _denied_by_page(graph: Graph, name: str, code: str, day: date) -> str:
    ledgers = graph.index().keep(
        ("ledgers of the page",), lambda: page_data(graph.index(), EDITION_DAY).answers["ledgers"]
    )
    return "" if any(row[0] == name for row in ledgers) else f"no ledger for {code} on {day}"


def _denied_by_panel(graph: Graph, name: str, code: str, day: date) -> str:
    index = graph.index()
    told = index.keep(("panel", day), lambda: panel_on(index, day))
    return "" if (name, code) in told else "no row"


def _denied_by_timeline(graph: Graph, name: str, code: str, _: date) -> str:
    wrong = [
        entry.text for entry in graph.timeline(code) if name in entry.instruments and entry.type in ("none", "out")
    ]
    return "; ".join(wrong)


DENIALS: dict[str, Denials] = {
    "status": _denied_by_status, "between": _denied_by_between, "ask": _denied_by_ask, "whatif": _denied_by_whatif,
    "claims": _denied_by_claims, "questions": _denied_by_questions, "sparql": _denied_by_sparql,
    "page data": _denied_by_page, "panel": _denied_by_panel, "timeline": _denied_by_timeline,
}  # fmt: skip
