"""Takes acts and clauses out of a copy of the record, with the gap on record, and compares what each door then says.

Ignorance is monotonic: what is taken out turns no yes into a no and no no into a yes, and a count may only turn into
"at least". A door is a function that yields what the two records say of one thing, each as yes, no or None (not told).
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from treatygraph.answers.claims.draft import Draft
from treatygraph.answers.claims.judge import judge
from treatygraph.answers.claims.verdicts import CONFIRMED, CONTRADICTED
from treatygraph.ask import ask
from treatygraph.build.index import Index
from treatygraph.draw.page_data import page_data
from treatygraph.export.panels import STATES, YEARS, dyad_years, state_intervals
from treatygraph.export.selection import ExportSelection
from treatygraph.graph import Graph
from treatygraph.model.act_words import JOINING, LEAVING
from treatygraph.model.errors import UsageError
from treatygraph.model.version import EDITION_DAY
from treatygraph.model.vocabulary import BINDS, NOT_KNOWN
from treatygraph.network.snapshot import Selection, snapshot

Truth = bool | None
SIGNING = frozenset({"signature", "definitive-signature"})


class Taken(NamedTuple):
    """The acts of one kind that are gone, of one state under one instrument."""

    instrument: str
    state: str
    acts: str
    """As a gap names them: ``consent``, ``exit``, ``signature`` or ``objection``."""
    lines: int


class Compared(NamedTuple):
    """One thing asked of both records: what it is, and whether each says yes, no or neither."""

    what: str
    before: Truth
    after: Truth

    @property
    def turned(self) -> bool:
        """Whether a yes became a no, or a no a yes."""
        return self.before is not None and self.after is not None and self.before is not self.after


def kind_of(act: str) -> str:
    """The kind of gap that covers an act; empty where none is as narrow."""
    if act in SIGNING:
        return "signature" if act == "signature" else "consent"
    if act in JOINING or act in ("adherence", "waiver", "consent-to-be-bound"):
        return "consent"
    return "objection" if act == "objection" else "exit" if act in LEAVING else ""


def pick(folder: Path, seed: int, many: int) -> list[Taken]:
    """Which acts go: of each instrument one state and kind, as many of each kind as of any other, seeded."""
    choose = random.Random(seed)
    by_kind: dict[str, list[Taken]] = {}
    # What an authority holds of an act needs the act.
    spoken_of = {(row["instrument"], row["state"]) for row in _rows(folder / "assertions.csv") if row["act"]}
    for path in sorted((folder / "acts").glob("*.csv")):
        counted: dict[tuple[str, str], int] = {}
        for row in _rows(path):
            kind = kind_of(row["act"])
            if kind and (path.stem, row["state"]) not in spoken_of:
                counted[row["state"], kind] = counted.get((row["state"], kind), 0) + 1
        for kind in ("consent", "exit", "signature", "objection"):
            of_kind = [Taken(path.stem, code, kind, count) for (code, named), count in counted.items() if named == kind]
            if of_kind:
                by_kind.setdefault(kind, []).append(choose.choice(of_kind))
    chosen: dict[str, Taken] = {}
    share = {"consent": many // 2, "exit": many // 4, "signature": many // 8, "objection": many // 8}
    for kind in ("objection", "exit", "signature", "consent"):
        rest = [item for item in by_kind.get(kind, []) if item.instrument not in chosen]
        for item in choose.sample(rest, min(share[kind], len(rest))):
            chosen[item.instrument] = item
    return sorted(chosen.values())


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def take_out(folder: Path, taken: Iterable[Taken]) -> None:
    """The acts go from the ledgers, and the cards say that they are missing."""
    for item in taken:
        path = folder / "acts" / f"{item.instrument}.csv"
        rows = _rows(path)
        stay = [row for row in rows if row["state"] != item.state or kind_of(row["act"]) != item.acts]
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(stay)
        card = folder / "instruments" / f"{item.instrument}.yaml"
        card.write_text(_with_gap(card.read_text(encoding="utf-8"), item), encoding="utf-8")


def _with_gap(text: str, item: Taken) -> str:
    gap = f"{{states: [{item.state}], acts: {item.acts}}}"
    if re.search(r"^coverage:.*gaps: \[", text, re.MULTILINE):
        return re.sub(r"^(coverage:.*?gaps: \[)", rf"\1{gap}, ", text, count=1, flags=re.MULTILINE)
    if re.search(r"^coverage: \{", text, re.MULTILINE):
        return re.sub(r"^(coverage: \{)", rf"\1gaps: [{gap}], ", text, count=1, flags=re.MULTILINE)
    return f"{text.rstrip()}\ncoverage: {{gaps: [{gap}], source: treatygraph, at: review-of-ledgers}}\n"


def without_clauses(folder: Path, seed: int, many: int) -> list[str]:
    """The instruments of which the withdrawal clauses go, their texts marked as read in part (K9)."""
    paths = [
        path
        for path in sorted((folder / "instruments").glob("*.yaml"))
        if re.search(r"^  - \{clause: withdrawal,.*\}$", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    chosen = random.Random(seed).sample(paths, min(many, len(paths)))
    for path in chosen:
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not _is_way_out(line)]
        text = "\n".join(line for line in lines if not line.startswith("text:")) + "\n"
        text = re.sub(r"^clauses:\n(?!  - )", "", text, flags=re.MULTILINE)
        path.write_text(f"{text}text: {{read: part, source: treatygraph, at: review-of-ledgers}}\n", encoding="utf-8")
    return sorted(path.stem for path in chosen)


def _is_way_out(line: str) -> bool:
    return line.startswith("  - {clause: withdrawal,")


# -- what a door says -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Records:
    """The record, and the record with less in it."""

    whole: Graph
    less: Graph
    taken: Sequence[Taken]
    days: Sequence[date]

    def each(self) -> Iterator[tuple[Taken, date]]:
        """What was taken out, on the days on which its state was there."""
        lives = self.whole.index().existences()
        for item in self.taken:
            yield from ((item, day) for day in self.days if lives[item.state].on(day.isoformat()))


Door = Callable[[Records], Iterator[Compared]]


def bound_by(standing: str) -> Truth:
    return None if standing == NOT_KNOWN else standing in BINDS


def by_status(records: Records) -> Iterator[Compared]:
    """The standing of the state, the count of all, and the instrument's own status."""
    for item, day in records.each():
        what = f"{item.instrument} {item.state} on {day}"
        whole, less = (one.status(item.instrument, on=day, state=item.state) for one in (records.whole, records.less))
        standings = [bound_by(answer.states[0].standing) for answer in (whole, less)]
        yield Compared(what, *standings)
        yield Compared(f"{what}, in words", standings[0], False if "had no standing" in less.answer else None)
        lost = sum(whole.counts.get(name, 0) for name in BINDS) - sum(less.counts.get(name, 0) for name in BINDS)
        yield Compared(f"{what}, its count", True, None if not lost or not less.counts_complete else False)
        stands = [_stands(answer.status) for answer in (whole, less)]
        yield Compared(f"{what}, the instrument", *stands)


def _stands(status: str) -> Truth:
    return None if status == NOT_KNOWN else status in ("in-force", "operative", "provisional")


def by_between(records: Records) -> Iterator[Compared]:
    """Every instrument between the state and another, and whether a count that fell says "at least"."""
    for item, day in records.each():
        for other in partners(records, item, day):
            whole, less = (one.between(item.state, other, day).to_dict() for one in (records.whole, records.less))
            before, after = (told_between(answer) for answer in (whole, less))
            for name in before.keys() | after.keys():
                said = before.get(name, False), after.get(name, False)
                yield Compared(f"{name} between {item.state} and {other} on {day}", *said)
            fell = sum(map(bool, before.values())) > sum(map(bool, after.values()))
            binding = any(one["binding"] for one in less["not_known"])
            silent = fell and binding and "at least" not in less["answer"] and "known" not in less["answer"]
            yield Compared(f"count between {item.state} and {other} on {day}", True, False if silent else None)


def partners(records: Records, item: Taken, day: date) -> list[str]:
    lives = records.whole.index().existences()
    return [code for code in ("FRA", "CAN") if code != item.state and lives[code].on(day.isoformat())]


def told_between(answer: dict[str, Any]) -> dict[str, Truth]:
    held: dict[str, Truth] = {item["id"]: None for item in answer["not_known"]}
    stack = list(answer["instruments"])
    while stack:
        item = stack.pop()
        held[item["id"]] = True
        stack += item["parts"]
    return held


QUESTIONS = (
    "Is {state} a party to {title}?", "Was {state} a party to {title}?", "Has {state} left {title}?",
    "Did {state} sign {title}?", "Has {state} ratified {title}?", "When did {state} join {title}?",
    "When did {state} sign {title}?", "Is {title} in force?",
)  # fmt: skip
DENIAL = re.compile(r"No\.|.* has not (?:become|left)|.* has no standing|(?:By the depositaries' record: no\b)")
_YES = re.compile(r"Yes\b|.* has been a |.* signed |(?:By the depositaries' record: yes\b)|.* was out of ")


def by_ask(records: Records) -> Iterator[Compared]:
    """Questions in English, of the first day alone."""
    seen: set[Taken] = set()
    for item, day in records.each():
        if item in seen:
            continue
        seen.add(item)
        name = records.whole.index().existences()[item.state].name
        for pattern in QUESTIONS:
            text = pattern.format(state=name, title=item.instrument)
            said = [_answered(one, text, day) for one in (records.whole, records.less)]
            yield Compared(text, *said)


def _answered(graph: Graph, text: str, day: date) -> Truth:
    try:
        answer = ask(graph, text, day).answer
    except UsageError:
        return None
    return True if _YES.match(answer) else False if DENIAL.match(answer) else None


def by_whatif(records: Records) -> Iterator[Compared]:
    """Whether there is anything to leave, or to join: of every fourth, as each derives standings anew."""
    for item, day in list(records.each())[::4]:
        for verb in ("leaves", "joins"):
            text = f"{item.state} {verb} {item.instrument}"
            said = [_supposed(one, text, verb, day) for one in (records.whole, records.less)]
            yield Compared(f"{text} on {day}", *said)


def _supposed(graph: Graph, text: str, verb: str, day: date) -> Truth:
    """Whether the state is bound, by what a supposition says of it."""
    try:
        answer = graph.whatif(text, on=day)
    except UsageError:
        return None
    change = answer.changes[0]
    if change.unknown:
        return None
    if verb == "leaves":
        return False if change.outcome == "not-bound" else True if change.before in BINDS else None
    return True if change.outcome == "already-bound" and change.before in BINDS else False if change.act else None


CLAIMED = ("party", "none", "former-party", "signatory")


def by_claims(records: Records) -> Iterator[Compared]:
    """Claims of how the state stood, and of how many parties there were."""
    for item, day in records.each():
        drafts = [
            Draft(name, "It was so.", "standing-on", terms_of(item, day, standing=name)) for name in CLAIMED
        ]  # fmt: skip
        count = str(len([1 for row in _parties(records.whole.index(), item.instrument, day)]))
        drafts.append(Draft("count", "So many.", "count-on",
                            {"instrument": item.instrument, "of": "parties", "number": count, "on": day.isoformat()}))  # fmt: skip
        for whole, less in zip(
            *(judge(one.index(), drafts, day) for one in (records.whole, records.less)), strict=True
        ):
            said = [_judged(one.verdict) for one in (whole, less)]
            yield Compared(f"{item.instrument} {item.state} {whole.id} on {day}", *said)


def terms_of(item: Taken, day: date, *, standing: str) -> dict[str, str]:
    return {"instrument": item.instrument, "state": item.state, "standing": standing, "on": day.isoformat()}


def _judged(verdict: str) -> Truth:
    return True if verdict == CONFIRMED else False if verdict == CONTRADICTED else None


def _parties(index: Index, name: str, day: date) -> Iterator[str]:
    for row in index.derivation(name).standings:
        if row.standing in ("party", "participant") and row.start <= day < row.end:
            yield row.state


def by_network(records: Records) -> Iterator[Compared]:
    """Every bond of every state with every instrument."""
    for day in records.days:
        before, after = (_held(one.index(), day) for one in (records.whole, records.less))
        for key in before.keys() | after.keys():
            yield Compared(f"{key[0]} {key[1]} in the network on {day}", before.get(key, False), after.get(key, False))


def _held(index: Index, day: date) -> dict[tuple[str, str], Truth]:
    found = snapshot(index, Selection(day))
    held: dict[tuple[str, str], Truth] = {(name, code): None for name, codes in found.open.items() for code in codes}
    for row, code in enumerate(found.states):
        for column, name in enumerate(found.instruments):
            if found.held[row, column]:
                held[name, code] = True
    return held


def by_panels(records: Records) -> Iterator[Compared]:
    """Every interval of a state on a day, and every pair of states at the end of a year."""
    for day in records.days[:1]:
        before, after = (panel_on(one.index(), day) for one in (records.whole, records.less))
        for key in before.keys() | after.keys():
            yield Compared(f"{key} in the panel on {day}", before.get(key, False), after.get(key, False))
        year = day.year
        columns = [field.name for field in YEARS.fields]
        rows = [
            {(line[2], line[6]): dict(zip(columns, line, strict=True))
             for line in dyad_years(one.index(), ExportSelection(), year, year)}
            for one in (records.whole, records.less)
        ]  # fmt: skip
        for pair, row in rows[0].items():
            other = rows[1][pair]
            fell = int(str(row["instruments"])) - int(str(other["instruments"]))
            short = fell > 0 and (other["known"] != "no" or int(str(other["left_open"])) < fell)
            yield Compared(f"{pair} in {year}", True, False if short else None)


def panel_on(index: Index, day: date) -> dict[tuple[str, str], Truth]:
    names = [field.name for field in STATES.fields]
    selection = ExportSelection(on=day, organisations=True)
    rows = (dict(zip(names, row, strict=True)) for row in state_intervals(index, selection))
    return {
        (str(row["instrument"]), str(row["state"])): bool(row["bound"]) if row["known"] != "no" else None
        for row in rows
    }


ROWS = ("bound-both-or-one", "one-sided", "remains", "standing-of", "parties-on", "who-left", "left-by", "who-signed",
        "acts-of", "status-by-authority", "missing-for-entry", "owes-article-18")  # fmt: skip


def by_questions(records: Records) -> Iterator[Compared]:
    """Named questions: where rows are gone, or are others, a note says what the record lacks."""
    for number, (item, day) in enumerate(records.each()):
        for name in ROWS[number % 3 :: 3]:
            given = {"a": item.state, "b": "FRA" if item.state != "FRA" else "CAN", "state": item.state,
                     "instrument": item.instrument, "on": day.isoformat()}  # fmt: skip
            wanted = {one.name for question in records.whole.questions() if question.name == name
                      for one in question.parameters}  # fmt: skip
            asked = {key: value for key, value in given.items() if key in wanted}
            try:
                whole, less = (one.query(name, asked, today=day) for one in (records.whole, records.less))
            except UsageError:
                continue
            silent = set(whole.rows) - set(less.rows) and not less.notes
            yield Compared(f"{name} {asked}", True, False if silent else None)


def by_page(records: Records) -> Iterator[Compared]:
    """The data of the page has every hole, and a standing that is in doubt is told as such."""
    page = page_data(records.less.index(), EDITION_DAY)
    ledgers = {row[0]: row for row in page.answers["ledgers"]}
    for item in records.taken:
        holes = ledgers[item.instrument][9] if item.instrument in ledgers else []
        told = any(item.state in states and acts == item.acts for states, acts, *_ in holes)
        yield Compared(f"{item.instrument} {item.state} in the page's data", True, None if told else False)


def by_sparql(records: Records) -> Iterator[Compared]:
    """The natural count of the parties is that of ``status``, and never counts who is not known."""
    for item, day in records.each():
        text = (
            f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?x a tg:Standing ; tg:instrument "
            f"<https://w3id.org/treatygraph/id/instrument/{item.instrument}> ; tg:state ?s ; tg:standing "
            f'<https://w3id.org/treatygraph/scheme/standing/party> ; tg:from ?f ; tg:until ?u . FILTER(?f <= "{day}"^^'
            f'xsd:date && "{day}"^^xsd:date < ?u) }}'
        )
        for one in (records.whole, records.less):
            counted = int(str(one.sparql(text).rows[0][0]))
            told = one.status(item.instrument, on=day).counts.get("party", 0)
            yield Compared(f"parties of {item.instrument} on {day} by SPARQL", True, None if counted == told else False)


DOORS: dict[str, Door] = {
    "status": by_status, "between": by_between, "ask": by_ask, "whatif": by_whatif, "claims": by_claims,
    "network": by_network, "panels": by_panels, "questions": by_questions, "page data": by_page, "sparql": by_sparql,
}  # fmt: skip
