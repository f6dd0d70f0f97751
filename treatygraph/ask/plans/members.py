"""Questions about the states of an instrument: who is party, who is not, who signed first, how many, of which group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from treatygraph.answers.wording import listed
from treatygraph.ask.frame import Piece
from treatygraph.ask.plans.plan import FORMER, MOST, SILENT, amount, Asking, counted, enumerated, held_out, members_of, Plan, sentence, spanned
from treatygraph.ask.rows import Row, begun, in_words, rows_of
from treatygraph.bonds.powers import named
from treatygraph.model.dates import long_form
from treatygraph.model.vocabulary import BINDS, NOT_KNOWN

__all__ = ["plans"]

_ASKS: Final = ("who", "which", "how-many", "whether", "", "show", "what-is", "when")
_SIGNED_ONLY: Final = ("signatory",)
_HOW: Final = {"ratified": "consented to be bound by", "signed": "signed", "joined": "joined", "left": "left",
               "suspended": "declared the suspension of", "objected": "objected under"}  # fmt: skip
_CLOSED: Final = "bilateral"


def plans(it: Asking) -> Iterator[Plan]:
    """Every plan for a question about the states under one instrument, the most special first."""
    frame = it.frame
    if not frame.instruments or len(frame.groups) > 1 or frame.ask not in _ASKS or frame.rel("whatif"):
        return
    if frame.of("official") or (frame.states and not frame.rel("objected")):
        return
    if len(frame.instruments) == 2 and any(piece.negated for piece in frame.instruments):
        yield _in_one_only(it)
        return
    if len(frame.instruments) != 1 or not _about_states(it):
        return
    instrument = frame.instruments[0]
    signed, ratified = frame.rel("signed", "signatory"), frame.rel("ratified", "party", "joined")
    if signed and ratified and ratified.negated and not signed.negated:
        yield _standing_only(it, instrument)
    if frame.rel("pending"):
        yield _pending(it, instrument)
    lacking = next((piece for piece in frame.pieces if piece.kind == "rel" and piece.negated), None)
    if lacking or frame.rel("nonparty") or instrument.negated:
        yield _has_not(it, instrument, lacking)
        return
    relation = frame.rel("left", "ratified", "joined", "signed", "signatory", "suspended", "objected")
    if relation is None or relation.value == "party":
        yield _parties(it, instrument)
    elif relation.value == "left" and not frame.has("mark:first", "mark:last"):
        yield _left(it, instrument)
    elif relation.value == "joined" and not frame.whens and not frame.has("mark:first", "mark:last"):
        yield _parties(it, instrument)
    else:
        yield _acted(it, instrument, relation)


def _about_states(it: Asking) -> bool:
    """Whether it asks for states at all, and not for the day or the text of the instrument itself."""
    frame = it.frame
    relations = frame.rel("party", "signed", "signatory", "ratified", "joined", "left", "suspended", "objected", "nonparty", "pending")
    if frame.ask == "when":
        return False
    if frame.ask == "whether":
        return bool(frame.groups) or (frame.has("mark:any", "mark:all", "noun:states", "ask:who", "mark:none") and bool(relations))
    if frame.ask in ("", "show", "what-is"):
        return bool((frame.groups or frame.has("noun:states")) and relations) or bool(relations and (_is_plural(it) or relations.value == "nonparty"))
    return bool(relations) or bool(frame.groups) or frame.has("ask:who", "noun:states")


def _is_plural(it: Asking) -> bool:
    """ "parties", "signatories", "withdrawals": a list is wanted, where "signature" alone is a day."""
    rels = (piece for piece in it.frame.pieces if piece.kind == "rel" and piece.value != "remain")
    return any(piece.text.casefold().split()[0].endswith("s") for piece in rels)


def _among(it: Asking) -> tuple[str, str]:
    group = next(iter(it.frame.groups), None)
    return (group.value, f" among {members_of(group.shown)}") if group else ("any", "")


def _told(it: Asking, names: Sequence[str], what: str, *, least: bool = False, total: int = 0, where: str = "") -> str:
    """Yes or no, a count or a list, as it was asked: "12 states are party to X: A, B and 10 more."."""
    frame, count = it.frame, len(names)
    noun = ("member", "members") if frame.groups else ("state", "states")
    shown = "" if frame.ask == "how-many" and count > MOST else f": {enumerated(names)}" if names else ""
    of_total = f" of the {total} {_plain_members(frame.groups[0].shown)}" if total and frame.groups else f" {noun[count != 1]}"
    many = amount(count, least=least)
    lead = ""
    if frame.ask == "whether":
        if frame.has("mark:all"):
            lead = "Yes. " if total and count == total else "No. "
        else:
            lead = "Yes. " if count else ("No. " if not least else f"{SILENT}. ")
    return f"{lead}{begun(f'{many}{of_total} {what}{where}{shown}')}."


def _plain_members(shown: str) -> str:
    return members_of(shown).removeprefix("the ")


def _be(it: Asking, day: Any) -> str:
    return "are" if day == it.today else "would be" if day > it.today else "were"


# -- standing --


def _parties(it: Asking, instrument: Piece) -> Plan:
    days = it.days()
    group, among = next(iter(it.frame.groups), None), _among(it)[1]
    state = ("--state", group.value) if group else ()
    commands = tuple(
        ("status", instrument.value, *state, "--on", day.isoformat(), *it.reading(), *it.known()) for day in days
    )
    says = it.said(f"who is party to {instrument.shown}{among}", days)

    def reply(answers: Sequence[Any]) -> str:
        told = [_parties_told(it, instrument, answer) for answer in answers]
        return " ".join(dict.fromkeys(told))

    uses = "rel:party rel:joined rel:in-force mark:all mark:any rel:remain rel:binding"
    return it.plan("parties", says, commands, reply, uses, instrument, *it.frame.groups)


def _parties_told(it: Asking, instrument: Piece, answer: Any) -> str:
    bound = [state for state in answer.states if state.standing in BINDS]
    unsure = [state for state in answer.states if state.standing == NOT_KNOWN]
    names = [named(it.index, state.state) for state in bound]
    day = answer.on
    kind = "in" if any(state.standing == "participant" for state in bound) else "party to"
    total = len(answer.states) if it.frame.groups else 0
    least = bool(unsure) or (not it.frame.groups and not answer.counts_complete)
    as_of = f", as of {answer.as_of}" if answer.as_of and day != it.today else ""
    be = "is" if len(names) == 1 and day == it.today else "was" if len(names) == 1 and day < it.today else _be(it, day)
    told = _told(it, names, f"{be} {kind} {instrument.shown}", least=least, total=total, where=f" on {long_form(day)}{as_of}")
    consented = [state for state in answer.states if state.standing == "contracting"]
    if not bound and consented and not it.frame.groups:
        told += f" It is not in force: {counted(len(consented), 'state has', 'states have')} consented to be bound."
    if unsure and it.frame.groups:
        told += f" Of {listed([named(it.index, one.state) for one in unsure][:MOST])} the record does not say."
    return told


def _standing_only(it: Asking, instrument: Piece) -> Plan:
    """Those that signed and did not consent to be bound."""
    days, (_, among) = it.days(), _among(it)
    group = next(iter(it.frame.groups), None)
    state = ("--state", group.value) if group else ()
    commands = tuple(("status", instrument.value, *state, "--on", day.isoformat(), *it.reading(), *it.known()) for day in days)
    says = it.said(f"which states have signed {instrument.shown} without being bound{among}", days)

    def reply(answers: Sequence[Any]) -> str:
        told = []
        for answer in answers:
            names = [named(it.index, one.state) for one in answer.states if one.standing in _SIGNED_ONLY]
            verb = "has" if len(names) == 1 else "have"
            had = verb if answer.on == it.today else "had"
            where = "" if answer.on == it.today else f" on {long_form(answer.on)}"
            total = len(answer.states) if group else 0
            told.append(_told(it, names, f"{had} signed {instrument.shown} and not consented to be bound", total=total,
                              least=not group and not answer.counts_complete, where=where))  # fmt: skip
        return " ".join(dict.fromkeys(told))

    uses = "rel:signed rel:signatory rel:ratified rel:party rel:joined mark:all mark:any"
    return it.plan("signed-only", says, commands, reply, uses, instrument, *it.frame.groups)


def _in_one_only(it: Asking) -> Plan:
    """Party to one instrument and not to another."""
    one, other = sorted(it.frame.instruments, key=lambda piece: piece.negated)
    days, (_, among) = it.days(), _among(it)
    day = days[0].isoformat()
    group = next(iter(it.frame.groups), None)
    state = ("--state", group.value) if group else ()
    commands = tuple(("status", piece.value, *state, "--on", day) for piece in (one, other))
    says = it.said(f"who is party to {one.shown} and not to {other.shown}{among}", days[:1])

    def reply(answers: Sequence[Any]) -> str:
        first, second = ({s.state: s.standing for s in answer.states} for answer in answers)
        left = [code for code, standing in first.items() if standing in BINDS and second.get(code) not in BINDS]
        unsure = any(second.get(code) == NOT_KNOWN for code in left) or not answers[1].counts_complete
        names = [named(it.index, code) for code in left if second.get(code) != NOT_KNOWN]
        be = "is" if len(names) == 1 else "are"
        tail = " The record may lack parties of the second." if unsure else ""
        return _told(it, names, f"{be} party to {one.shown} and not to {other.shown}", where=f" on {long_form(days[0])}") + tail

    return it.plan("party-to-one", says, commands, reply, "rel:party rel:joined rel:ratified", one, other, *it.frame.groups)


# -- what has not been done --


def _has_not(it: Asking, instrument: Piece, lacking: Piece | None) -> Plan | Any:
    days, (among, where) = it.days(), _among(it)
    value = lacking.value if lacking else "party"
    what = {"signed": "signed", "signatory": "signed", "ratified": "ratified"}.get(value, "bound")
    commands = tuple(
        ("query", "who-has-not", "--instrument", instrument.value, "--what", what, "--among", among, "--on", day.isoformat())
        for day in days
    )
    verb = {"bound": "no party to", "signed": "without a signature of", "ratified": "without consent to be bound by"}[what]
    says = it.said(f"which states are {verb} {instrument.shown}{where}", days)

    def reply(answers: Sequence[Any]) -> str:
        told = []
        for day, answer in zip(days, answers, strict=True):
            rows = rows_of(answer)
            sure = [row for row in rows if not row["why"]]
            unsure = [row["state"] for row in rows if row["why"]]
            names = [_with_standing(row, what) for row in sure]
            text = _told(it, names, f"{_be(it, day)} {verb} {instrument.shown}", where=f" on {long_form(day)}").replace(
                "One state are", "One state is"
            )  # fmt: skip
            if unsure:
                text += f" Of {enumerated(unsure, MOST // 2)} the record does not say."
            told.append(text)
        return " ".join(dict.fromkeys(told))

    uses = "rel:party rel:signed rel:signatory rel:ratified rel:joined rel:nonparty mark:all mark:any rel:binding"
    return it.plan("who-has-not", says, commands, reply, uses, instrument, *it.frame.groups)


def _with_standing(row: Row, what: str) -> str:
    standing = row["standing"].replace("-", " ")
    return f"{row['state']} ({standing})" if standing not in ("none", "not known") and what != "signed" else row["state"]


# -- acts --


def _left(it: Asking, instrument: Piece) -> Plan:
    since, until = it.span()
    day = until or it.today
    if until is None and since is None:
        it.notes.append(f"no day was given: today, {long_form(it.today)}, was taken")
    group = next(iter(it.frame.groups), None)
    if group:
        return _group_left(it, instrument, group, day, since)
    words = ("query", "who-left", "--instrument", instrument.value, "--on", day.isoformat())
    says = f"who has left {instrument.shown}{spanned(since, day, it.today) if since else f' by {long_form(day)}'}"

    def reply(answers: Sequence[Any]) -> str:
        return _left_told(it, instrument, says, [row for row in rows_of(answers[0])], since)

    uses = "rel:left rel:party rel:joined mark:any rel:announce rel:effective mark:all"
    return it.plan("who-left", says, (words,), reply, uses, instrument)


def _left_told(it: Asking, instrument: Piece, says: str, rows: Sequence[Row], since: Any) -> str:
    own = [row for row in rows if row["act"]]
    if since:
        own = [row for row in own if row["out"] and _iso(row["out"]) >= since.isoformat()]
    told = [f"{row['state']} ({row['out']})" for row in own]
    others = list(dict.fromkeys(row["state"] for row in rows if not row["act"]))
    holding = held_out(it, instrument.value)
    contested = [f"{named(it.index, code)} ({', '.join(views)})" for code, views in holding.items()]
    if it.frame.ask in ("how-many", "whether"):
        head = _told(it, told, f"{'has' if len(told) == 1 else 'have'} left {instrument.shown}")
    elif not told:
        head = f"{begun(says)}: none on record."
    else:
        head = f"{begun(says)}: {amount(len(told))}. {'; '.join(told[:MOST])}{f'; and {len(told) - MOST} more' if len(told) > MOST else ''}."
    if contested:
        head += f" Contested: {listed(contested)}."
    if others and not since:
        names = listed(others[:MOST]) if len(others) <= MOST else f"{len(others)} others"
        bound = "No longer bound" if it.index.summary(instrument.value).binding is not False else "No longer a participant"
        head += f" {bound}, but not by an act of their own: {names}."
    return head


def _iso(said: str) -> str:
    """A day in words back as text that compares; anything else as it is."""
    from datetime import datetime

    try:
        return datetime.strptime(said, "%d %B %Y").date().isoformat()
    except ValueError:
        return said


def _group_left(it: Asking, instrument: Piece, group: Piece, day: Any, since: Any) -> Plan:
    words = ("status", instrument.value, "--state", group.value, "--on", day.isoformat(), *it.reading(), *it.known())
    says = f"which of {members_of(group.shown)} have left {instrument.shown} by {long_form(day)}"

    def reply(answers: Sequence[Any]) -> str:
        out = [one for one in answers[0].states if one.standing in FORMER and (since is None or one.since >= since.isoformat())]
        names = [f"{named(it.index, one.state)} ({in_words(one.since)})" for one in out]
        verb = "has" if len(names) == 1 else "have"
        return _told(it, names, f"{verb} left {instrument.shown}", total=len(answers[0].states))

    return it.plan("who-left", says, (words,), reply, "rel:left rel:party mark:all mark:any", instrument, group)


def _acted(it: Asking, instrument: Piece, relation: Piece) -> Plan:
    since, until = it.span()
    last, (among, where) = until or it.today, _among(it)
    did = "signed" if relation.value == "signatory" else relation.value
    words = ["query", "who-acted", "--instrument", instrument.value, "--did", did, "--among", among]
    words += ["--since", since.isoformat()] if since else []
    words += ["--until", last.isoformat()]
    says = f"which states {_HOW[did]} {instrument.shown}{where}{spanned(since, last, it.today)}"

    def reply(answers: Sequence[Any]) -> str:
        return _acted_told(it, instrument, did, rows_of(answers[0]), spanned(since, last, it.today) if it.whens else "")

    uses = f"rel:{relation.value} rel:signed rel:party mark:first mark:last mark:all mark:any rel:objected"
    return it.plan("who-acted", says, (tuple(words),), reply, uses, instrument, *it.frame.groups, *it.frame.states)


def _acted_told(it: Asking, instrument: Piece, did: str, rows: Sequence[Row], when: str) -> str:
    frame = it.frame
    if rows and frame.has("mark:first", "mark:last"):
        ends = [row for row in rows if row["date"] == rows[0 if frame.has("mark:first") else -1]["date"]]
        which = "first" if frame.has("mark:first") else "latest"
        kind = ends[0]["act"].replace("-", " ")
        return f"The {which} to have {_HOW[did]} {instrument.shown}{when}: {listed([row['state'] for row in ends])}, on {ends[0]['date']} ({kind})."
    lasting = [row for row in rows if not row["undone"]]
    undone = [f"{row['state']} ({row['undone']})" for row in rows if row["undone"]]
    names = [row["state"] for row in lasting]
    holes = [hole for hole in it.index.knowledge(instrument.value).holes if hole.acts in (_GAP.get(did, "exit"), "any")]
    total = 0
    if frame.groups:
        total = sum(one.holds_on(it.today) for one in it.index.memberships(frame.groups[0].value))
    if not rows and did == "signed" and not frame.groups:
        return f"No signature of {instrument.shown} is on record.{_made_otherwise(it, instrument)}{_gap(holes)}"
    verb = _HOW[did] if when or did == "signed" else f"have {_HOW[did]}" if len(names) != 1 else f"has {_HOW[did]}"
    told = _told(it, names, f"{verb} {instrument.shown}", least=bool(holes), total=total, where=when)
    if did == "ratified" and not when and not frame.groups:
        by = [f"{sum(row['act'] == kind for row in lasting)} by {kind}" for kind in dict.fromkeys(row["act"] for row in lasting)]
        told += f" ({', '.join(by).replace('-', ' ')}.)" if len(by) > 1 else ""
    if undone:
        told += f" Taken back later: {listed(undone[:MOST])}."
    if did == "signed" and not when:
        told += _since_then(it, instrument, lasting)
    return told + _gap(holes)


_GAP: Final = {"signed": "signature", "ratified": "consent", "joined": "consent"}


def _gap(holes: Sequence[Any]) -> str:
    return f" The ledger is incomplete ({holes[0].text})." if holes else ""


def _made_otherwise(it: Asking, instrument: Piece) -> str:
    from treatygraph.answers.wording import made_by

    card = it.index.instrument(instrument.value)
    made = made_by(card, it.index.ledger(instrument.value)) if card else "signed"
    return "" if made == "signed" else f" It was {made}."


def _since_then(it: Asking, instrument: Piece, rows: Sequence[Row]) -> str:
    """How many of the signers are not bound."""
    if not it.frame.rel("signatory"):
        return ""
    now = {one.state: one.standing for one in it.index.derivation(instrument.value).standings if one.start <= it.today < one.end}
    waiting = [row for row in rows if now.get(row["code"]) == "signatory"]
    return f" {begun(counted(len(waiting), 'of them has', 'of them have'))} not consented to be bound."


def _pending(it: Asking, instrument: Piece) -> Plan:
    days = it.days()
    words = ("query", "pending-withdrawals", "--on", days[0].isoformat())
    says = it.said(f"whose withdrawal from {instrument.shown} is notified and not yet in effect", days[:1])

    def reply(answers: Sequence[Any]) -> str:
        rows = [row for row in rows_of(answers[0]) if row["id"] == instrument.value]
        told = [f"{named(it.index, row['state'])} (out on {row['effect']})" for row in rows]
        if not told:
            return sentence(f"no state has a pending withdrawal from {instrument.shown} on {long_form(days[0])}")
        return f"{begun(counted(len(told), 'state has', 'states have'))} given notice and not left {instrument.shown}: {enumerated(told)}."

    uses = "rel:pending rel:left rel:notice rel:party mark:upcoming rel:effective"
    return it.plan("pending-withdrawals", says, (words,), reply, uses, instrument)


