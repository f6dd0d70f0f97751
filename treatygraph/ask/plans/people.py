"""Questions about people: who signed for whom, who announced an exit, who held an office, what somebody signed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from treatygraph.answers.wording import listed
from treatygraph.ask.frame import Piece
from treatygraph.ask.plans.acted import made_otherwise
from treatygraph.ask.plans.lacks import missing_acts
from treatygraph.ask.plans.plan import MOST, Asking, Plan, counted, enumerated, sentence
from treatygraph.ask.plans.record import listing
from treatygraph.ask.rows import Row, begun, in_words, rows_of, sentence_of
from treatygraph.bonds.powers import named
from treatygraph.model import names
from treatygraph.model.dates import long_form

__all__ = ["plans"]


def plans(it: Asking) -> Iterator[Plan]:
    """Every plan for a question about officials, the most special first."""
    frame = it.frame
    if frame.of("official") and not frame.powers:
        yield from _of_officials(it, frame.of("official"))
    if frame.of("official") or frame.groups:
        return
    office = frame.rel("office")
    if office and frame.has("ask:when") and len(frame.states) == 1:
        yield from _holders(it, frame.states[0], office)
    if len(frame.instruments) == 1 and frame.ask in ("who", "which", "what-is"):
        instrument = frame.instruments[0]
        if frame.rel("left", "announce") and frame.states and not frame.rel("alleged"):
            yield _exit_makers(it, instrument)
        if _is_signing(it) and len(frame.states) < 2 and _asks_persons(it, office):
            yield _signers(it, instrument)
    if office and len(frame.states) == 1 and frame.ask in ("who", "what-is", "which"):
        yield from _holders(it, frame.states[0], office)


def _is_signing(it: Asking) -> bool:
    """Whether it is about a signature and no other step, and not about which state came first."""
    signing = it.frame.rel("signed", "signatory")
    others = it.frame.rel("ratified", "party") or it.frame.has("noun:states", "mark:first", "mark:last")
    return signing is not None and not signing.negated and not others


def _asks_persons(it: Asking, office: Piece | None) -> bool:
    """Whether "who" may be persons: an office or a state is named, or "who" stands alone, not "which states"."""
    asked = next((piece for piece in it.frame.pieces if piece.key == "ask:who"), None)
    return bool(office or it.frame.states or (asked and asked.text.casefold() in ("who", "whom", "by whom")))


def _signers(it: Asking, instrument: Piece) -> Plan:
    """The states with an act of signature (rule K12), and the persons where events name them."""
    frame = it.frame
    words: list[tuple[str, ...]] = [("query", "who-signed", "--instrument", instrument.value)]
    if not frame.states and not frame.rel("office"):
        words = [
            (
                "query",
                "who-acted",
                "--instrument",
                instrument.value,
                "--did",
                "signed",
                "--until",
                it.today.isoformat(),
            ),
            *words,
        ]
    says = f"who signed {instrument.shown}{f' for {frame.states[0].shown}' if frame.states else ''}"

    def reply(answers: Sequence[object]) -> str:
        people = _persons(it, rows_of(answers[-1]))
        told = f"{begun(says)}: {listed(people[:MOST])}." if people else f"{begun(says)}: no person is on record."
        if len(answers) == 1:
            return told
        states = sorted(named(it.index, row["code"]) for row in rows_of(answers[0]))
        holes = missing_acts(it, instrument, "signed")
        lack = f" {sentence(holes[0].text)}" if holes else ""
        if not states:
            none = f"No signature of {instrument.shown} is on record.{made_otherwise(it, instrument)}{lack}"
            return told if people else none
        count = begun(counted(len(states), "state", least=bool(holes)))
        person = f" In person: {listed(people[:MOST])}." if people else ""
        return f"{count} signed {instrument.shown}: {enumerated(states)}.{person}{lack}"

    uses = "rel:signed rel:signatory rel:office rel:remain mark:all"
    return it.plan("signers", says, words, reply, uses, instrument, *frame.states)


def _persons(it: Asking, rows: Sequence[Row]) -> list[str]:
    """Each person once, with the offices held that day."""
    persons: dict[str, list[str]] = {}
    where: dict[str, str] = {}
    for row in rows:
        if it.frame.states and row["state"] not in {piece.value for piece in it.frame.states} | {
            piece.shown for piece in it.frame.states
        }:
            continue
        persons.setdefault(row["official"], [])
        where[row["official"]] = row["state"]
        if row["office"] and row["office"] not in persons[row["official"]]:
            persons[row["official"]].append(row["office"])
    return [
        f"{name}{f' ({listed(offices)})' if offices else ''} for {_body(it, where[name])}" if where[name] else name
        for name, offices in persons.items()
    ]


def _body(it: Asking, text: str) -> str:
    return named(it.index, text) if it.index.existence(text) else text


def _exit_makers(it: Asking, instrument: Piece) -> Plan:
    """Who announced and who carried out the exit of a state."""
    codes = {piece.value for piece in it.frame.states}
    words = ("query", "who-made-the-exit", "--since", "1945-01-01", "--until", it.today.isoformat())
    who = listed([piece.shown for piece in it.frame.states])
    says = f"who announced and who carried out that {who} left {instrument.shown}"

    def reply(answers: Sequence[object]) -> str:
        rows = [row for row in rows_of(answers[0]) if row["id"] == instrument.value and row["state"] in codes]
        if not rows:
            return f"No exit of {who} from {instrument.shown} is on record."
        people = [row for row in rows if row["official"]]
        if not people:
            return f"{begun(says)}: the record names nobody. " + listing("the steps", rows, "{step} on {date}: {what}")
        return listing(says, people, "{official} ({step} on {date}: {what})")

    return it.plan(
        "exit-makers",
        says,
        (words,),
        reply,
        "rel:left rel:announce rel:office rel:notice",
        instrument,
        *it.frame.states,
    )


def _holders(it: Asking, state: Piece, office: Piece) -> Iterator[Plan]:
    """Who held an office, on a day or when an instrument was signed or entered into force."""
    instruments = it.frame.instruments
    wanted = names.key(_OFFICES.get(office.text.removeprefix("the ").casefold(), office.text))
    terms = (
        term for official in it.index.officials() for term in it.index.tenures(official) if term.body == state.value
    )
    if not any(wanted in names.key(term.office) for term in terms):
        return
    days = [] if instruments else list(it.days())
    if len(instruments) == 1:
        summary = it.index.summary(instruments[0].value)
        text = summary.entry if it.frame.rel("entered") else summary.end if it.frame.rel("ended") else summary.signed
        try:
            from treatygraph.model.dates import day

            days = [day(text)]
        except ValueError:
            return
    word = office.text.removeprefix("the ")
    words = (
        "query",
        "office-holders",
        "--body",
        state.value,
        "--office",
        _OFFICES.get(word.casefold(), word),
        "--on",
        days[0].isoformat(),
    )
    says = it.said(f"who was {word} of {state.shown}", days[:1])

    def reply(answers: Sequence[object]) -> str:
        rows = rows_of(answers[0])
        exact = [
            row for row in rows if row["office"].casefold() == _OFFICES.get(word.casefold(), word).casefold()
        ] or rows
        if not exact:
            return f"The record has no {word} of {state.shown} on {long_form(days[0])}."
        people = [f"{row['name']}, {row['office']}{' since ' + row['from'] if row['from'] else ''}" for row in exact]
        return f"On {long_form(days[0])}: {'; '.join(people)}."

    yield it.plan(
        "office-holders", says, (words,), reply, "rel:office rel:signed rel:entered rel:ended", state, *instruments
    )


_OFFICES = {"foreign minister": "Minister of Foreign Affairs", "defence minister": "Minister of Defence",
            "head of state": "President"}  # fmt: skip


def _of_officials(it: Asking, officials: Sequence[Piece]) -> Iterator[Plan]:
    """What one or several persons signed, whether and when they signed one instrument, and who somebody is."""
    frame, who = it.frame, listed([piece.shown for piece in officials])
    instruments = frame.instruments
    if (
        frame.rel("signed")
        and len(instruments) < 2
        and frame.ask in ("which", "how-many", "whether", "when", "where", "", "what-is")
    ):
        says = f"what {who} signed" if not instruments else f"whether and when {who} signed {instruments[0].shown}"
        words = [("show", piece.value) for piece in officials]

        def reply(_: Sequence[object]) -> str:
            return _signed_by(it, officials, says)

        yield it.plan("signed-by", says, words, reply, "rel:signed noun:things mark:both", *officials, *instruments)
    if (
        len(officials) == 1
        and frame.ask in ("what-is", "show", "who", "")
        and not instruments
        and not frame.rel("signed")
    ):
        words = [("show", officials[0].value)]
        yield it.plan(
            "show",
            f"the record of {who}",
            words,
            lambda answers: sentence_of(answers[0]),
            "ask:show rel:office",
            *officials,
        )


def _signed_by(it: Asking, officials: Sequence[Piece], says: str) -> str:
    wanted = {piece.value for piece in officials}
    name = it.frame.instruments[0].value if it.frame.instruments else ""
    since, until = it.span()
    acts = [
        event
        for event in it.index.events().values()
        if event.type == "signature" and event.instruments and (not name or name in event.instruments)
        and wanted <= {one.official for one in event.officials if one.role == "signatory"}
        and (since is None or event.date.latest >= since) and (until is None or event.date.earliest <= until)
    ]  # fmt: skip
    told = [
        f"{it.index.summary(one.instruments[0]).title} ({in_words(one.date.text)})"
        for one in sorted(acts, key=lambda one: one.date.latest)
    ]
    lead = ("Yes. " if told else "The record does not say so. ") if it.frame.ask == "whether" else ""
    return f"{lead}{begun(says)}: {enumerated(told)}." if told else f"{lead}{begun(says)}: none on record."
