"""Questions about leaving that was not done, and about clauses: notice, articles, terms, conditions, limits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from treatygraph.answers.wording import listed
from treatygraph.ask.frame import Piece
from treatygraph.ask.plans.plan import SILENT, Asking, Plan
from treatygraph.ask.rows import Row, begun, in_words, rows_of, sentence_of
from treatygraph.model.dates import long_form

__all__ = ["plans"]

_CLAUSES: Final = {"notice": "withdrawal", "clause": "withdrawal", "left": "withdrawal", "duration": "duration",
                   "extended": "extension", "entered": "entry-into-force", "depositary": "depositary",
                   "reservation": "reservation-ban", "notify": "withdrawal", "security-council": "withdrawal",
                   "suspended": "suspension", "be-out": "withdrawal"}  # fmt: skip
_SAID: Final = {"withdrawal": "leaving", "duration": "duration", "extension": "extension",
                "entry-into-force": "entry into force",
                "depositary": "the depositary", "reservation-ban": "reservations",
                "suspension": "suspension", "limit": "limits"}  # fmt: skip
_ARMS: Final = re.compile(r"(?:weapons|arms|missiles|warheads)$", re.IGNORECASE)
_LIMITS: Final = 4
"""So many limits that have ended are told."""
_USES: Final = ("rel:notice rel:clause rel:left rel:article rel:duration rel:extended rel:entered rel:conditions "
                "rel:depositary rel:reservation rel:notify rel:security-council rel:whatif rel:missing rel:in-force "
                "rel:suspended rel:limits rel:says rel:party rel:ratified rel:future rel:lasted mark:last mark:all "
                "rel:be-out rel:binding")  # fmt: skip


def plans(it: Asking) -> Iterator[Plan]:
    """Every plan for what would follow if a state left, and for what a clause says."""
    frame = it.frame
    if frame.ask == "how-many" and len(frame.states) == 1 and not frame.instruments:
        yield from _stocks(it, frame.states[0])
    if len(frame.instruments) != 1 or frame.of("official") or frame.ask == "who":
        return
    instrument = frame.instruments[0]
    if len(frame.states) >= 1 and not frame.groups:
        yield from _whatifs(it, instrument)
    if frame.rel("limits") and frame.ask == "how-many" and len(frame.states) == 1:
        yield _limits(it, instrument)
    if frame.powers:
        return
    if frame.rel("limits") and frame.ask not in ("whether", "why", "when") and not frame.rel("left", "in-force"):
        yield _limits(it, instrument)
    if frame.of("article"):
        yield _article_says(it, instrument, frame.of("article")[0])
    relation = _clause_asked(it)
    if relation:
        yield _clause(it, instrument, _CLAUSES[relation])


def _clause_asked(it: Asking) -> str:
    """Which kind of clause a question is about; empty for none."""
    frame = it.frame
    kinds = [value for value in _CLAUSES if frame.rel(value)]
    if not kinds:
        return "left" if frame.rel("article") and frame.rel("left") else ""
    first = kinds[0]
    if frame.past and frame.rel("missing") and frame.rel("entered"):
        return "entered"
    if frame.rel("left") and any(piece.text.casefold().startswith(("allow", "permit")) for piece in frame.of("rel")):
        return "left"
    if first == "left" and frame.ask == "how-long":
        return "left"
    asks_text = frame.rel(
        "article", "clause", "notice", "conditions", "whatif", "reservation", "notify", "security-council"
    )
    if first in ("left", "entered", "extended", "depositary", "suspended", "be-out"):
        if frame.ask in ("how", "how-much") or asks_text:
            return first
        if frame.ask == "which" and first == "entered" and frame.rel("missing"):
            return first
        return ""
    if first == "duration" and frame.ask in ("when", "why"):
        return ""
    return first


def _clause(it: Asking, instrument: Piece, kind: str) -> Plan:
    words = ("query", "clauses-of", "--instrument", instrument.value, "--clause", kind)
    says = f"what the text of {instrument.shown} says on {_SAID[kind]}"

    def reply(answers: Sequence[object]) -> str:
        return _clause_told(it, instrument, kind, rows_of(answers[0]))

    return it.plan("clause", says, (words,), reply, _USES, instrument)


def _article_says(it: Asking, instrument: Piece, article: Piece) -> Plan:
    """What the record has of one article."""
    words = ("query", "clauses-of", "--instrument", instrument.value, "--clause", "any")
    says = f"what article {article.value} of {instrument.shown} says"

    def reply(answers: Sequence[object]) -> str:
        wanted = re.compile(rf"{re.escape(article.value)}(?![A-Za-z0-9])", re.IGNORECASE)
        rows = [row for row in rows_of(answers[0]) if wanted.match(row["article"])]
        if not rows:
            return f"{SILENT}: no clause of article {article.value} of {instrument.shown} is on record."
        told = [
            f"{row['article']} ({row['clause'].replace('-', ' ')}): {row['gist'] or row['terms']}".rstrip(".")
            for row in rows
        ]
        return f"{begun(instrument.shown)}, {'; '.join(told)}."

    return it.plan("clause", says, (words,), reply, "rel:says rel:article rel:left rel:clause", instrument, article)


def _clause_told(it: Asking, instrument: Piece, kind: str, rows: Sequence[Row]) -> str:
    card = it.index.instrument(instrument.value)
    title = begun(instrument.shown)
    absent = [row for row in rows if not row["article"] and "none yes" in row["terms"]]
    real = [row for row in rows if row not in absent]
    lead = ""
    if it.frame.ask == "whether":
        lead = _yes_or_no(it, kind, real, absent)
        end = it.index.summary(instrument.value).end
        if end and end <= it.today.isoformat():
            lead = f"Not any more: {title} ended on {in_words(end)}. "
    if not real:
        if absent:
            return f"{lead}{title} has no clause on {_SAID[kind]}: {absent[0]['gist']}"
        whole = card is not None and card.text.read == "whole"
        why = "its text was read whole and has none" if whole else "its text was not read whole"
        return f"{lead or f'{SILENT}. '}No clause of {instrument.shown} on {_SAID[kind]} is on record; {why}."
    told = [f"{_article(row)}{_period(row['period'])}{row['gist'] or row['terms']}".rstrip(".") for row in real]
    return f"{lead}{title}, on {_SAID[kind]}: {'; '.join(told)}."


def _article(row: Row) -> str:
    return f"article {row['article']}: " if row["article"] else ""


def _yes_or_no(it: Asking, kind: str, real: Sequence[Row], absent: Sequence[Row]) -> str:
    frame = it.frame
    if not real and not absent:
        return ""
    truth = bool(real)
    if frame.rel("notify", "security-council"):
        truth = any("security council" in row["terms"] for row in real)
    elif kind == "extension":
        return ""  # whether it could be extended once more, the clause alone does not say
    elif kind == "reservation-ban":
        truth = not real
    elif kind == "duration" and frame.rel("duration"):
        truth = any("unlimited yes" in row["terms"] for row in real)
    negated = (
        frame.has("mark:not")
        and not frame.has("mark:claim")
        and not frame.text.casefold().startswith(("is not", "does not", "can not"))
    )
    if frame.has("mark:claim") and negated:
        truth = not truth
    return "Yes. " if truth else "No. "


def _period(text: str) -> str:
    """An ISO 8601 duration in words."""
    units = {"D": "day", "W": "week", "M": "month", "Y": "year"}
    if not text.startswith("P") or text[-1:] not in units or not text[1:-1].isdigit():
        return ""
    count = int(text[1:-1])
    return f"{count} {units[text[-1]]}{'' if count == 1 else 's'}; " if count else ""


def _limits(it: Asking, instrument: Piece) -> Plan:
    words = ("query", "limits", "--instrument", instrument.value)

    def reply(answers: Sequence[object]) -> str:
        rows = rows_of(answers[0])
        text = it.frame.text.casefold()
        wanted = [
            row for row in rows if any(word in text for word in row["item"].replace("-", " ").split() if len(word) > 5)
        ]
        told = [
            f"{row['item'].replace('-', ' ')}: {row['number']}{' ' + row['unit'] if row['unit'] else ''}"
            for row in wanted or rows
        ]
        if not told:
            return f"No number that {instrument.shown} sets is on record."
        return f"What {instrument.shown} limits: {'; '.join(dict.fromkeys(told))}."

    uses = "rel:says rel:limits rel:in-force topic rel:article rel:whatif"
    return it.plan("limits", f"what {instrument.shown} limits", (words,), reply, uses,
                   instrument, *it.frame.of("topic"), *it.frame.states)  # fmt: skip


def _stocks(it: Asking, state: Piece) -> Iterator[Plan]:
    """How many arms a state has: not on record; what treaties allow it, or allowed it, is."""
    arms = [piece for piece in it.frame.of("rel", "topic") if piece.value == "limits" or _ARMS.search(piece.text)]
    if len(arms) != 1:
        return
    counted, day = arms[0].text.casefold(), it.days()[-1]
    of = ("--of", counted) if arms[0].kind == "rel" else ()
    words = ("query", "limits-on-state", "--a", state.value, *of, "--on", day.isoformat())
    says = it.said(f"how many {counted} treaties allow {state.shown}", (day,))

    def reply(answers: Sequence[object]) -> str:
        rows = rows_of(answers[0])
        now = [row for row in rows if not row["until"]]
        told = (
            f"{SILENT} how many {counted} {state.shown} has: it holds no numbers of arms, only the limits of treaties."
        )
        if not now:
            told += f" No limit on them that is on record held it on {long_form(day)}."
        spans = [(row, f" until {row['until']}" if row["until"] else "") for row in now or rows[:_LIMITS]]
        limits = [
            f"{row['title']}, {row['number']} {row['unit']} {row['item']}".replace("  ", " ") + until
            for row, until in spans
        ]
        return f"{told} {'In force' if now else 'Past limits'}: {'; '.join(limits)}." if limits else told

    yield it.plan("stocks", says, (words,), reply, "rel:limits rel:party", state, *arms)


# -- what would follow --


def _whatifs(it: Asking, instrument: Piece) -> Iterator[Plan]:
    frame = it.frame
    verb = frame.rel("left", "be-out", "notice", "joined", "ratified")
    if verb is None or frame.ask in ("who", "why", "where", "how-many", "status"):
        return
    if frame.ask == "which" and not frame.rel("whatif"):
        return
    supposed = (
        frame.rel("whatif") or frame.ask in ("how", "how-much") or (frame.ask == "how-long" and verb.value != "joined")
    )
    if not supposed:
        return
    joins = verb.value in ("joined", "ratified")
    day = it.days()[0]
    together = (
        frame.states if " and " in frame.text[frame.states[0].end : frame.states[-1].start + 1] else frame.states[:1]
    )
    move = "joins" if joins else "leaves"
    text = " and ".join(f"{one.value} {move} {instrument.value}" for one in together)
    words = ("whatif", *text.split(), "--notice", day.isoformat())
    leaver = replace(together[0], shown=listed([one.shown for one in together]))
    what = f"joined {instrument.shown}" if joins else f"gave notice to leave {instrument.shown}"
    says = f"what would follow if {leaver.shown} {what} on {long_form(day)}"
    if not joins and frame.ask in ("when", "how-long", "how-much", "how"):
        says = f"when {leaver.shown} would be out of {instrument.shown} if it gave notice on {long_form(day)}"
    if frame.rel("remain", "party") and len(frame.states) > 1:
        return  # what would still bind two of them is another question
    uses = _USES + " rel:joined rel:happened rel:announce rel:changed rel:entered"
    yield it.plan("notice", says, (words,), lambda answers: sentence_of(answers[0]), uses, *together, instrument)
