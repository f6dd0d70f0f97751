"""``docs/record.md``: what the record holds and what it lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pages import Record, paragraph, table
from treatygraph.facts.references import citations
from treatygraph.law.clauses import entry_of
from treatygraph.model.dates import OPEN
from treatygraph.model.records import Facts, Instrument

__all__ = ["MEMBERS_SINCE_2011", "record"]

MEMBERS_SINCE_2011 = 193
"""Members of the United Nations since 14 July 2011, when South Sudan was admitted."""
NOT_MEMBERS = frozenset({"COK", "EUU", "EUE", "NIU", "PSE", "TWN", "VAT", "XKX"})
"""What the record holds besides the members and the states that ended."""


def record(found: Record) -> Iterator[str]:
    """The blocks of the page."""
    facts = found.facts
    yield "# What the record holds\n"
    yield paragraph("Made by `scripts/record` from the facts; do not edit.")
    yield _numbers(facts)
    yield "## Instruments by kind\n"
    yield paragraph(
        "What makes an instrument one kind or another is written in [graph/README.md](../graph/README.md).",
        "What is not a treaty is never in force: it is operative, or it has ended.",
    )
    kinds = Counter(card.kind for card in facts.instruments.values())
    yield table(("kind", "instruments"), sorted(kinds.items()))
    yield "## Acts by decade\n"
    decades = Counter(act.date.latest.year // 10 * 10 for ledger in facts.acts.values() for act in ledger)
    yield table(("decade", "acts"), ((f"{decade}s", number) for decade, number in sorted(decades.items())))
    yield "## Facts by kind of source\n"
    yield _sources(facts)
    yield from _entries(found)
    yield from _coverage(facts)


def _numbers(facts: Facts) -> str:
    cites = list(citations(facts))
    recall = sum(1 for cite in cites if facts.is_unverified(cite.sources))
    ended = [state for state in facts.states.values() if state.end != OPEN]
    rows: list[tuple[str, object]] = [
        ("instruments", len(facts.instruments)),
        ("acts", sum(map(len, facts.acts.values()))),
        ("clauses", sum(len(card.clauses) for card in facts.instruments.values())),
        ("of them limits with a number", sum(_limits(facts))),
        ("assertions", len(facts.assertions)),
        ("events", len(facts.events)),
        ("officials", len(facts.officials)),
        ("officials with a tenure", len({tenure.official for tenure in facts.tenures})),
        ("tenures", len(facts.tenures)),
        ("states, of today and ended", len(facts.states)),
        (f"members of the United Nations, of {MEMBERS_SINCE_2011}", len(members(facts))),
        ("states that ended", len(ended)),
        ("memberships in groups", len(facts.memberships)),
        ("totals of others (rosters)", len(facts.rosters)),
        ("sources", len(facts.sources)),
        ("facts in all", len(cites)),
        ("facts that rest on general knowledge", f"{recall:,} ({100 * recall / len(cites):.1f} %)"),
    ]
    return table(("records", "number"), rows)


def _limits(facts: Facts) -> Iterator[bool]:
    for card in facts.instruments.values():
        yield from (bool(clause.get("number")) for clause in card.clauses_of("limit"))


def members(facts: Facts) -> list[str]:
    """The members of the United Nations of today that the record has."""
    return [code for code, state in facts.states.items() if state.end == OPEN and code not in NOT_MEMBERS]


def _sources(facts: Facts) -> str:
    cites = [cite.sources[0] for cite in citations(facts) if cite.sources]
    used = Counter(facts.sources[name].kind for name in cites)
    rows = ((kind, number, f"{100 * number / len(cites):.1f} %") for kind, number in used.most_common())
    return table(("kind of the first source", "facts", "share"), rows)


def _entries(found: Record) -> Iterator[str]:
    """Entry into force as stated and as derived from the deposits."""
    yield "## Entry into force, stated and derived from the deposits\n"
    yield paragraph(
        "Every treaty with a clause that counts deposits, and a stated day or enough deposits.",
        "Where the ledger is not complete up to the stated day, the deposits decide nothing.",
    )
    rows = []
    for name, card in sorted(found.facts.instruments.items()):
        rule, derived = entry_of(card), found.corpus.default[name].derived_entry
        if rule is None or rule.on in ("signature", "exchange") or not (derived or card.entry_into_force):
            continue
        stated = card.entry_into_force.text if card.entry_into_force else ""
        day = derived.text if derived else ""
        if stated == day:
            verdict = "equal"
        elif day:
            verdict = "differs: " + found.reasons.get(("entry-into-force", name), "not explained")
        else:
            verdict = "the notes of the two sides are not on record" if card.participants else "ledger not complete"
        rows.append((name, rule.article, stated or "not in force", day, verdict))
    yield table(("instrument", "article", "stated", "derived", "verdict"), rows)
    equal = sum(1 for row in rows if row[-1] == "equal")
    differing = sum(1 for row in rows if row[-1].startswith("differs"))
    yield paragraph(
        f"Equal: {equal}. Different, with a reason: {differing}. "
        f"Not to be counted yet: {len(rows) - equal - differing}."
    )


_REACHES = (
    "complete through a day of 2026",
    "complete through an earlier day",
    "no day up to which they are complete, the gaps named",
    "of named participants, each with an act",
    "of named participants, some without an act",
    "of resolutions, which have no parties",
    "of others, nothing said",
)


def _reach(card: Instrument, facts: Facts) -> str:
    """How far a ledger is known to be complete; that of named participants is when each has an act (rule K2)."""
    if card.through:
        return _REACHES[0] if card.through.text.startswith("2026") else _REACHES[1]
    if card.coverage.gaps:
        return _REACHES[2]
    if card.participants:
        acting = {act.state for act in facts.acts.get(card.id, ())}
        return _REACHES[3] if acting.issuperset(card.participants) else _REACHES[4]
    return _REACHES[5] if card.kind == "resolution" else _REACHES[6]


def _coverage(facts: Facts) -> Iterator[str]:
    """How far each ledger is complete."""
    yield "## How far the ledgers are complete\n"
    cards = facts.instruments.items()
    kinds = Counter(_reach(card, facts) for _, card in cards)
    yield table(("ledgers", "number"), [(kind, kinds[kind]) for kind in _REACHES])
    empty = sorted(name for name, _ in cards if not facts.acts.get(name))
    yield paragraph(f"Without any act are {len(empty)}: {', '.join(empty)}.")
    yield paragraph("What came after the day up to which a ledger is complete is not known from here, news included.")
    rows = [(card.through.text, name, len(facts.acts.get(name, ()))) for name, card in cards if card.through]
    rows.sort(reverse=True)
    yield table(("complete through", "ledger", "acts"), rows)
    yield "## Ledgers with a gap\n"
    gaps = [(name, len(facts.acts.get(name, ())), card.coverage.words) for name, card in cards if card.coverage.words]
    yield table(("ledger", "acts", "what is missing"), gaps)
    rest = sorted(name for name, card in cards if not card.through and not card.coverage.words)
    yield paragraph(f"Nothing is said of {len(rest)} instruments: {', '.join(rest)}.")
