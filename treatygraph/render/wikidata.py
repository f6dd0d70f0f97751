"""What was found at Wikidata: candidates as SSSOM, comparisons in four tables, proposals as QuickStatements."""

from __future__ import annotations

import json
import sys
from typing import Any, Final

from treatygraph.facts import link_lines
from treatygraph.render import View
from treatygraph.render.parts import Row, joined, notes, table, text
from treatygraph.wikidata.propose import StatementProposal
from treatygraph.wikidata.resolve import ResolvedItems

__all__ = ["COMPARED", "ENRICHED", "LISTS", "print_proposal", "print_resolved"]

LISTS: Final = {
    "differs": "Differs",
    "only_here": "Only here",
    "only_there": "Only at Wikidata",
    "agrees": "Agrees",
}
"""The four lists of a comparison and their titles, in the order in which a reader wants them."""
_COLUMNS: Final = ("instrument", "property", "property_label", "what", "value", "here", "there", "days", "note", "item",
                   "statement", "sources", "references")  # fmt: skip


def _compared_rows(answer: dict[str, Any]) -> tuple[Row, list[Row]]:
    rows: list[Row] = []
    for name in LISTS:
        rows += [[name, *(joined(line[column]) for column in _COLUMNS)] for line in answer[name]]
    return ("list", *_COLUMNS), rows


def _value(line: dict[str, Any]) -> str:
    """The value, with the kind of consent where it is another than ratification: Wikidata has one property for all."""
    plain = line["property"] != "P6193" or line["what"] in ("ratification", "ratified by")
    return text(line["value"] or line["what"]) if plain else f"{line['value']} ({line['what']})"


def _compared_table(answer: dict[str, Any]) -> None:
    print(answer["answer"])
    for name, title in LISTS.items():
        rows = [
            (line["instrument"], f"{line['property_label']} ({line['property']})", _value(line),
             text(line["here"]), text(line["there"]), text(line["days"]), text(line["note"]))
            for line in answer[name]
        ]  # fmt: skip
        header = ("Instrument", "Property", "Value", "Here", "Wikidata", "Days", "Note")
        table(f"{title} ({len(rows)})", header, rows)
    print()
    notes(answer["notes"])
    print(f"Statements are Wikidata's (CC0), asked {answer['asked']}.")


COMPARED: Final = View(_compared_rows, _compared_table)


def _enriched_rows(answer: dict[str, Any]) -> tuple[Row, list[Row]]:
    header = ("kind", "record", "language", "label", "origin", "confirmed")
    return header, [[label[name] for name in header] for label in answer["labels"]]


ENRICHED: Final = View(_enriched_rows, lambda answer: print(answer["answer"]))


def print_resolved(items: ResolvedItems, output: str, today: str) -> None:
    """Print candidates as ``sssom``, ``table`` or ``json``."""
    if output == "json":
        _json(items.to_dict())
    elif output == "table":
        print(items.answer)
        rows = [
            (one.subject.kind, one.subject.label, one.item, one.item_label, f"{one.score:.2f}",
             "exact" if one.exact else "two are equal" if one.equal else "look at it", "; ".join(one.why))
            for one in items.candidates
        ]  # fmt: skip
        table("Candidates", ("Kind", "Record", "Item", "Label", "Score", "", "Why"), rows)
    else:
        print(items.answer, file=sys.stderr)
        print("\n".join(link_lines(one.link(today) for one in items.candidates)))


def print_proposal(proposal: StatementProposal, output: str) -> None:
    """Print a proposal as ``quickstatements``, ``table`` or ``json``; what was held back goes to stderr."""
    if output == "json":
        _json(proposal.to_dict())
        return
    if output == "table":
        print(proposal.answer)
        table(
            "Proposed",
            ("Instrument", "Says", "Sources"),
            [(p.instrument, p.says, text(p.sources)) for p in proposal.lines],
        )
        table("Pages to open first", ("Lines", "Page"), [(str(count), page) for page, count in proposal.pages])
        table("Held back", ("Count", "Why"), [(str(count), reason) for reason, count in proposal.held_back])
        return
    for line in proposal.lines:
        print(line.line)
    print(f"treatygraph: {proposal.answer} Nothing has been sent.", file=sys.stderr)
    for page, count in proposal.pages:
        print(f"treatygraph: open first, and leave out what differs: {page} ({count} lines)", file=sys.stderr)
    for note in proposal.notes:
        print(f"treatygraph: {note}", file=sys.stderr)
    for reason, count in proposal.held_back:
        print(f"treatygraph: held back {count}: {reason}", file=sys.stderr)


def _json(value: object) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
