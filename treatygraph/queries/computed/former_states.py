"""Former states that were bound to their last day, and who carries each participation on."""

from __future__ import annotations

from collections.abc import Iterator

from treatygraph.bonds.standings import BOUND
from treatygraph.build.shelf import Shelf
from treatygraph.model.vocabulary import DEPOSITARY
from treatygraph.queries.computed._documents import title
from treatygraph.queries.computed._former import lives
from treatygraph.queries.question import Asked, Row

HEADER = """
# summary: Which states that have ended were bound to the last, and who carries each participation on a day.
# number: 27
# theme: succession
# answer: {participation of a former state is|participations of former states are} on record, each with who carries
#   it on {on}.
# param: on date "2021-05-28" The day asked about.
# param: topic topic "any" A topic, with all below it; or any.
# column: former Code of the state that has ended.
# column: name Its name.
# column: ended The first day on which it was gone.
# column: id Id of an instrument that held it on its last day.
# column: title Short title of the instrument.
# column: continued_by Codes of the states that are the same legal person, and are held on the day.
# column: succeeded_by Codes of the states that came after it, and are held on the day by an act or a rule of
#   succession or their own act.
"""


def rows(shelf: Shelf, asked: Asked) -> Iterator[Row]:
    """One row for each former state and instrument (rules R33 to R35)."""
    known = lives(shelf)
    wanted = set(shelf.get("topic", asked["topic"]) or ()) if asked["topic"] != "any" else None
    for code, life in known.items():
        if not life.over:
            continue
        heirs = [(heir, other.continues == code) for heir, other in known.items()
                 if code in (other.continues, *other.successor_of)]  # fmt: skip
        held = {heir: _bound(shelf, heir, asked["on"]) for heir, _ in heirs}
        for row in sorted(shelf.get("bearing", code) or (), key=lambda row: str(row[1])):
            if row[0] != DEPOSITARY or row[2] not in BOUND or not row[3] < life.end <= row[4]:
                continue
            if wanted is not None and wanted.isdisjoint(shelf.get("brief", row[1])["topics"]):
                continue
            same = [heir for heir, continues in heirs if continues and row[1] in held[heir]]
            after = [heir for heir, continues in heirs if not continues and row[1] in held[heir]]
            yield code, life.name, life.end, row[1], title(shelf, row[1]), " ".join(same), " ".join(after)


def _bound(shelf: Shelf, code: str, on: str) -> set[str]:
    rows = shelf.get("bearing", code) or ()
    return {row[1] for row in rows if row[0] == DEPOSITARY and row[2] in BOUND and row[3] <= on < row[4]}
