"""Claims as newsrooms make them, judged on the real record by one engine."""

from __future__ import annotations

from datetime import date

import pytest

from claims_cases import ACTS, STANDINGS, TEXTS, Claimed
from treatygraph.answers.claims.draft import Draft
from treatygraph.answers.claims.evidence import actors
from treatygraph.answers.claims.held import HeldClaim
from treatygraph.answers.claims.judge import judge
from treatygraph.answers.claims.verdicts import VERDICTS
from treatygraph.build.index import Index
from treatygraph.model.errors import UsageError


def judged(index: Index, claimed: Claimed) -> HeldClaim:
    terms = {key: tuple(value) if isinstance(value, list) else value for key, value in claimed.terms.items()}
    (held,) = judge(index, [Draft("c", "", claimed.check, terms)], date.fromisoformat(claimed.date))
    return held


def named(claimed: Claimed) -> str:
    return f"{claimed.check}-{claimed.terms.get('instrument', '')}-{claimed.terms.get('state', '')}-{claimed.verdict}"


@pytest.mark.parametrize("claimed", [*ACTS, *STANDINGS, *TEXTS], ids=named)
def test_each_claim_gets_its_verdict(graph_index: Index, claimed: Claimed) -> None:
    held = judged(graph_index, claimed)
    assert held.verdict == claimed.verdict, held.record
    assert held.record.endswith((".", "”."))
    assert bool(held.fix) == (held.verdict in ("imprecise", "contradicted", "depends"))
    assert (held.verdict == "depends") <= bool(
        held.definitions or "contested" in held.record or held.check == "order-of"
    )


def test_every_verdict_is_given() -> None:
    assert {claimed.verdict for claimed in (*ACTS, *STANDINGS, *TEXTS)} == set(VERDICTS)


ANNOUNCED = {
    "2018-05-08-jcpoa-us-exit": "confirmed",
    "2018-10-20-inf-trump-remark": "confirmed",
    "2019-02-01-inf-pompeo-announcement": "confirmed",
    "2019-02-02-inf-russian-announcement": "contradicted",
    "2019-04-26-att-us-announcement": "imprecise",
    "2020-05-21-open-skies-announcement": "confirmed",
    "2021-01-15-open-skies-russian-procedures": "confirmed",
    "2022-08-08-new-start-inspections-halted": "contradicted",
    "2023-02-21-new-start-putin-speech": "contradicted",
    "2023-11-07-cfe-allied-announcement": "contradicted",
    "2023-11-07-cfe-british-announcement": "contradicted",
    "2023-11-07-cfe-us-announcement": "contradicted",
    "2023-11-27-cfe-norwegian-suspension": "contradicted",
    "2025-03-18-apmbc-four-ministers": "confirmed",
    "2025-08-15-cma-2018-restoration-promised": "contradicted",
}
"""What "it announced its withdrawal that day" is, for every announcement about an instrument that is on record."""


@pytest.mark.parametrize(("name", "verdict"), ANNOUNCED.items(), ids=ANNOUNCED)
def test_an_announcement_of_something_else_is_none_of_withdrawal(graph_index: Index, name: str, verdict: str) -> None:
    event = graph_index.event(name)
    assert event is not None
    for state in actors(event):
        terms = {"instrument": event.instruments[0], "state": state, "on": event.date.text}
        held = judged(graph_index, Claimed("2026-11-30", verdict, "announcement-of-withdrawal", terms))
        assert held.verdict == verdict, held.record


def test_a_claim_that_cannot_be_judged_is_named_with_its_term(graph_index: Index) -> None:
    for terms, says in (
        ({"act": "leaving", "instrument": "npt", "state": "PRK"}, "'leaving' is no act"),
        ({"act": "signature", "instrument": "npt"}, "lacks state"),
        ({"act": "signature", "instrument": "npt", "state": "PRK", "colour": "red"}, "does not know colour"),
        ({"act": "signature", "instrument": "npt", "state": "PRK", "on": "last May"}, "the term 'on'"),
    ):
        with pytest.raises(UsageError, match="the claim 'c'") as caught:
            judged(graph_index, Claimed("2020-01-01", "", "act-on", terms))
        assert says in str(caught.value)
