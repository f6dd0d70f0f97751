"""Cards, ledgers and assertions of a few words each, on which a rule of the law is tried."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from treatygraph.build.documents import documents
from treatygraph.build.shelf import MemoryShelf
from treatygraph.law.derivations import Corpus
from treatygraph.law.readings import DEPOSITARY
from treatygraph.law.standings import Case, derive
from treatygraph.model.coverage import Coverage, Gap, TextRead
from treatygraph.model.dates import BEGINNING, OPEN, Span, day, within
from treatygraph.model.records import Act, Assertion, Cite, Clause, Conflict, Facts, Instrument, Relation, State
from treatygraph.model.standings import Derivation, Flag

LEAVE = {"clause": "withdrawal", "article": "IX", "period": "P3M"}
TAIL = {**LEAVE, "period": "P6M", "tail": "named-conflict"}
TWO_CONSENTS = {"clause": "entry-into-force", "article": "VII", "count": "2"}
THREE = {"clause": "entry-into-force", "article": "VII", "count": "3"}
IN_FORCE = {"entry_into_force": "2000-01-01"}
PAIR: dict[str, Any] = {"scope": "bilateral", "participants": ("AAA", "BBB"), "signed": "1999-05-01"}
BOTH = ("AAA ratification 1999-06-01", "BBB ratification 1999-06-01")
PARTIES = tuple(f"{code} ratification 1999-01-01" for code in ("AAA", "BBB", "CCC"))


class Bench:
    """Makes cards, ledgers and assertions of a few words each, and reads off what the rules make of them.

    States: ``AAA`` to ``FFF`` without a beginning; ``NEW`` continues ``OLD`` (1992); ``ONE`` and ``TWO`` united in
    ``UNI`` (1990); ``PAR`` ended in 1993 and ``HEI`` separated from it.
    """

    CITE = Cite(("register",), "page", "acts/pact.csv:2")

    def __init__(self) -> None:
        lives = [
            *(State(code, code, BEGINNING, OPEN, "", (), "", (), {}, "", self.CITE) for code in self.plain),
            self.state("OLD", until="1992-01-01"),
            self.state("NEW", since="1992-01-01", continues="OLD", mode="continuity"),
            self.state("ONE", until="1990-05-01"),
            self.state("TWO", until="1990-05-01"),
            self.state("UNI", since="1990-05-01", parts=("ONE", "TWO"), mode="union"),
            self.state("PAR", until="1993-01-01"),
            self.state("HEI", since="1993-01-01", parts=("PAR",), mode="separation"),
        ]
        self.states = {state.code: state for state in lives}

    plain = ("AAA", "BBB", "CCC", "DDD", "EEE", "FFF")

    def state(
        self,
        code: str,
        *,
        since: str = "",
        until: str = "",
        continues: str = "",
        parts: tuple[str, ...] = (),
        mode: str = "",
    ) -> State:
        """A state with a life."""
        start, end = day(since) if since else BEGINNING, day(until) if until else OPEN
        return State(code, code, start, end, continues, parts, mode, (), {}, "", self.CITE)

    def card(self, *clauses: Mapping[str, object], name: str = "pact", **values: object) -> Instrument:
        """A treaty with clauses; ``values`` replace what a card says (dates as text)."""
        known: dict[str, object] = {
            "title": name, "short": name, "aliases": (), "kind": "treaty", "scope": "multilateral", "binding": "yes",
            "topics": ("nuclear-testing",), "signed": "", "signed_place": "", "entry_into_force": "", "operative": "",
            "ended": "", "ended_how": "", "participants": (), "depositaries": (), "relations": (), "coverage": Coverage(), "text": TextRead(),
            "identifiers": (), "description": "", **values,
        }  # fmt: skip
        for key in ("signed", "entry_into_force", "operative", "ended"):
            known[key] = Span.parse(str(known[key])) if known[key] else None
        if isinstance(known["coverage"], str):
            known["coverage"] = self.covered(known["coverage"])
        known["relations"] = tuple(Relation(kind, other, self.CITE) for kind, other in known["relations"])  # type: ignore[attr-defined]
        made = tuple(self._clause(dict(clause)) for clause in clauses)
        cites = {"entry_into_force": self.CITE, "signed": self.CITE, "ended": self.CITE}
        return Instrument(id=name, clauses=made, cites=cites, **known)  # type: ignore[arg-type]

    @staticmethod
    def covered(through: str = "", *gaps: str) -> Coverage:
        """A ledger whole through a day but for gaps: ``AAA,BBB consent from=2000-01-01 until=2001-01-01``."""
        found: list[Gap] = []
        for text in gaps:
            states, acts, *rest = text.split()
            more = dict(item.split("=", 1) for item in rest)
            start, end = (Span.parse(more[key]) if key in more else None for key in ("from", "until"))
            found.append(Gap(tuple(states.split(",")), acts, start, end, ""))
        return Coverage(Span.parse(through) if through else None, tuple(found))

    def _clause(self, terms: dict[str, object]) -> Clause:
        kind, article = str(terms.pop("clause")), str(terms.pop("article", "X"))
        return Clause(kind, article, dict(terms), self.CITE)  # type: ignore[arg-type]

    def act(self, text: str, name: str = "pact") -> Act:
        """``AAA ratification 2000-01-01 effective=2000-03-01 against=BBB;CCC at=London scope=part``."""
        state, kind, when, *rest = text.split()
        more = dict(item.split("=", 1) for item in rest)
        effective = Span.parse(more["effective"]) if "effective" in more else None
        against = tuple(more["against"].split(";")) if "against" in more else ()
        place, scope = more.get("at", ""), more.get("scope", "")
        return Act(name, state, kind, Span.parse(when), effective, against, scope, place, "", self.CITE)

    def acts(self, *texts: str, name: str = "pact") -> tuple[Act, ...]:
        """A ledger."""
        return tuple(self.act(text, name) for text in texts)

    def says(self, text: str, name: str = "pact") -> Assertion:
        """``CCC rejects BBB notice-of-withdrawal 2003-01-10 holds=party effective=… said=…``; state, act, date may be ``-``."""
        authority, stance, state, act, when, *rest = [("" if word == "-" else word) for word in text.split()]
        more = dict(item.split("=", 1) for item in rest)
        effective = Span.parse(more["effective"]) if "effective" in more else None
        said = Span.parse(more.get("said") or when or more["effective"])
        return Assertion(
            authority, stance, name, state, act, when, more.get("holds", ""), effective, said, "", self.CITE
        )

    def case(self, card: Instrument, *texts: str, says: Iterable[str] = (), **more: object) -> Case:
        """A case of one card."""
        acts, views = self.acts(*texts, name=card.id), tuple(self.says(text, card.id) for text in says)
        return Case(card, acts, self.states, views, **more)  # type: ignore[arg-type]

    def derive(
        self,
        card: Instrument,
        *texts: str,
        says: Iterable[str] = (),
        reading: str = DEPOSITARY,
        known: str = "",
        **more: object,
    ) -> Derived:
        """What the rules make of a card and a ledger."""
        return Derived(derive(self.case(card, *texts, says=says, **more), reading, day(known) if known else None))

    def conflict(self, state: str, since: str, until: str = "") -> Conflict:
        """An armed conflict of a state."""
        return Conflict(state, "war", day(since), day(until) if until else OPEN, self.CITE)

    def facts(self, cards: Iterable[Instrument], acts: Iterable[Act], says: Iterable[Assertion] = ()) -> Facts:
        """Facts with nothing in them but cards, acts and assertions."""
        by_id, ledger = {card.id: card for card in cards}, tuple(acts)
        ledgers = {name: tuple(act for act in ledger if act.instrument == name) for name in by_id}
        return Facts(states=self.states, instruments=by_id, acts=ledgers, assertions=tuple(says))

    def together(self, cards: Iterable[Instrument], *texts: str, known: str = "") -> dict[str, Derived]:
        """What the rules make of several cards and one ledger, whose lines begin with the card: ``pact: AAA …``."""
        acts = [self.act(text, name) for name, text in (line.split(": ") for line in texts)]
        found = Corpus(self.facts(cards, acts), day(known) if known else None)
        return {item.instrument: Derived(item) for item in found.derivations() if item.reading == DEPOSITARY}

    def shelf(self, facts: Facts) -> MemoryShelf:
        """The documents of small facts."""
        return MemoryShelf(documents(facts, Corpus(facts).derivations(), {}))


@dataclass(frozen=True)
class Derived:
    """A derivation that is asked by day."""

    result: Derivation

    def standing(self, state: str, on: str) -> str:
        """The standing of a state on a day; ``none`` where it has none."""
        when = day(on)
        held = [item for item in self.result.of(state) if within(when, item.start, item.end)]
        assert len(held) < 2, held
        return held[0].standing if held else "none"

    def edges(self, state: str) -> list[tuple[str, str]]:
        """Each standing with its first day."""
        return [(item.standing, item.start.isoformat()) for item in self.result.of(state)]

    def flags(self, state: str, on: str) -> set[str]:
        """The flags of a state on a day."""
        when = day(on)
        return {flag.flag for flag in self.result.flags if flag.state == state and within(when, flag.start, flag.end)}

    def flag(self, state: str, name: str) -> Flag:
        """The one flag of that name."""
        (found,) = [flag for flag in self.result.flags if flag.state == state and flag.flag == name]
        return found

    def status(self, on: str) -> str:
        """The status of the instrument on a day; empty before its signature."""
        when = day(on)
        held = [item.status for item in self.result.statuses if within(when, item.start, item.end)]
        assert len(held) < 2, held
        return held[0] if held else ""

    def rules(self, state: str, standing: str) -> set[str]:
        """The rules by which a standing began."""
        return {step.rule for item in self.result.of(state) if item.standing == standing for step in item.because}
