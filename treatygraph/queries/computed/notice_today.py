"""When a state would be out of an instrument if it gave notice on a day, and what can defer that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from treatygraph.bonds.powers import named
from treatygraph.build.index import Index
from treatygraph.law.clauses import WithdrawalRule, durations_of, withdrawal_of
from treatygraph.law.withdrawal import Exit, notice_given
from treatygraph.model.dates import Span, day, long_form
from treatygraph.model.index_records import StandingRow
from treatygraph.model.records import Instrument
from treatygraph.queries.computed._documents import ALWAYS, card, cited, held_on, line_on
from treatygraph.queries.question import QuestionValues, Row

HEADER = """
# summary: If a state gives notice on a day, when it is out of an instrument, and whether that day can be deferred.
# number: 9
# theme: withdrawal
# param: state state "France" The state, by any of its names.
# param: instrument instrument "NPT" The instrument, by id, title, abbreviation or alias.
# param: on date "2026-11-23" The day on which every addressee has the notice.
# column: state Code of the state that stands under it on the day.
# column: standing How it stands on the day.
# column: out First day on which it would be out, by the notice or by what ends its duty sooner; empty where that
#   cannot be determined.
# column: period Length of notice, an ISO 8601 duration.
# column: article The article that says so.
# column: to Who must be notified, separated by spaces.
# column: ground The ground that must be given, where one must.
# column: deferral What defers the day, or could.
# column: until_then What can still be done before that day.
# column: note What else the law says.
# column: rules The rules applied.
# column: sources Titles of the sources of the clause.
"""
_TAILS = {
    "named-conflict": "while it is engaged in an armed conflict on the day of effect, until that conflict ends",
    "any-conflict": "while it is engaged in an armed conflict on the day of effect, until that conflict ends",
    "occupation": "while it is engaged in an armed conflict or occupation, until that ends",
}


def rows(index: Index, values: QuestionValues) -> Iterator[Row]:
    """One row: the day, what it rests on, and what may move it (rules R23 to R27)."""
    on, name = values.day("on"), values["instrument"]
    line = line_on(index, values["state"], on)
    held = held_on(index, line, values["on"]).get(name)
    instrument = card(index, name)
    rule = withdrawal_of(instrument)
    standing = held.standing if held else "none"
    who = held.state if held else values["state"]
    if held is None or not held.binds:
        yield who, standing, "", "", "", "", "", "", "", _not_bound(index, who, standing), "R9 R17", ""
        return
    entry = index.summary(name).entry
    conflicts = [conflict for conflict in index.conflicts() if conflict.state in line]
    notice = notice_given(instrument, Span.of(on), Span.parse(entry) if entry else None, conflicts)
    pending = [flag for flag in held.flags_on(values["on"]) if flag.flag == "notice-pending"]
    out, sooner = _out(notice, _end_on_record(index, line, name, held))
    notes = [f"a notice of {flag.start} is already running" for flag in pending]
    notes += [f"it ceases to be bound on {out} without this notice"] if sooner else []
    notes += [notice.note] if notice.note else []
    notes += [f"it lasts as long as {index.summary(other).title}" for other in _lives_as(instrument)]
    yield (
        who,
        standing,
        out,
        rule.period.text if rule and rule.period else "",
        rule.article if rule else "",
        " ".join(rule.addressees) if rule else "",
        rule.ground if rule else "",
        _deferral(rule, notice),
        "party in full, with every duty (VCLT 70); the notice may be revoked before it takes effect (VCLT 68)",
        "; ".join(notes),
        " ".join(dict.fromkeys(step.rule for step in notice.because)),
        cited(index, (source for step in notice.because for source in step.sources)),
    )


def sentence(values: QuestionValues, answer_rows: Sequence[Row]) -> str:
    """When it would be out, in one sentence."""
    _, standing, out, _, _, _, _, deferral, _, note, _, _ = answer_rows[0]
    state, instrument, on = (values.known(name) for name in ("state", "instrument", "on"))
    begin = f"If {state} gave notice of withdrawal from {instrument} on {on}"
    if not deferral:
        return f"{begin}, nothing would end: it is {str(standing).replace('-', ' ')}, and {note}."
    if not out:
        why = note if deferral == "cannot be determined" else str(deferral).removeprefix("yes: ")
        return f"{begin}, the day of effect could not be told: {why}."
    if "/" in str(out):
        return f"{begin}, it would be out at some time in {out}."
    late = " (deferred)" if str(deferral).startswith("yes") else ""
    return f"{begin}, it would be out on {long_form(day(str(out)))}{late}."


def _end_on_record(index: Index, line: Sequence[str], name: str, held: StandingRow) -> str:
    """When it stops being bound without a break, as on record."""
    end = held.end
    for row in sorted(index.standings(line)[name], key=lambda row: row.start):
        if row.binds and row.start == end:
            end = row.end
    return end


def _out(notice: Exit, end: str) -> tuple[str, bool]:
    """The day, and whether it comes without the notice: an end on record that no notice can put off."""
    if notice.day is not None and notice.day.latest.isoformat() < end:
        return notice.day.text, False
    return (end, True) if end < ALWAYS else (notice.day.text if notice.day else "", False)


def _lives_as(instrument: Instrument) -> list[str]:
    """The instruments whose life it shares (rule R29)."""
    return list(dict.fromkeys(rule.lives_as for rule in durations_of(instrument) if rule.lives_as))


def _not_bound(index: Index, who: str, standing: str) -> str:
    if standing == "contracting":
        return "not in force for it yet: its consent can be taken back, which is no withdrawal from a treaty in force"
    if standing == "signatory":
        return "a signatory only: it may say that it will not become a party, and its duty under VCLT 18(a) then ends"
    return f"{named(index, who)} is not bound on that day, so there is nothing to leave"


def _deferral(rule: WithdrawalRule | None, notice: Exit) -> str:
    deferred = [step.text for step in notice.because if step.rule == "R25"]
    if deferred:
        return f"yes: {deferred[0]}"
    if rule and rule.tail:
        return f"possible: {_TAILS.get(rule.tail, rule.tail)}"
    if notice.day is None:
        return "cannot be determined"
    return "no: the text sets no later day; only the parties together can agree otherwise"
