"""When a notice of withdrawal takes effect: the clause, the conflict tail, or VCLT article 56."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from treatygraph.law.clauses import WithdrawalRule, durations_of, withdrawal_of
from treatygraph.model.dates import OPEN, Period, Span
from treatygraph.model.records import Act, Conflict, Instrument
from treatygraph.model.standings import Because

__all__ = ["Exit", "exit_of", "notice_given"]


@dataclass(frozen=True, slots=True)
class Exit:
    """The day a state is out (None: not determinable), and why."""

    day: Span | None
    because: tuple[Because, ...]
    note: str = ""


def exit_of(
    act: Act,
    instrument: Instrument,
    entry: Span | None,
    conflicts: Sequence[Conflict],
    *,
    stated: bool = True,
    clause_first: bool = False,
) -> Exit:
    """When the state that gave this notice is out of the instrument (rules R23 to R26).

    Args:
        act: a notice of withdrawal, a withdrawal, or a termination.
        instrument: the card with the withdrawal clause.
        entry: entry into force, for notices barred in the first year and for terms.
        conflicts: armed conflicts of the state.
        stated: whether a day of effect that a source states goes before the clause.
        clause_first: whether a stated day counts only where the clause allows it so early.
    """
    if act.kind == "withdrawal":
        return Exit(act.effective or act.date, (_because("R23", act, "withdrawal recorded"),))
    leaving = notice_given(instrument, act.date, entry, conflicts)
    if stated and act.effective is not None and not (clause_first and _too_early(act.effective, leaving)):
        return Exit(act.effective, (_because("R23", act, "day of effect stated"),))
    because = tuple(
        Because(item.rule, act.id, act.date.text, (*act.cite.sources, *item.sources), item.text)
        for item in leaving.because
    )
    return Exit(leaving.day, because, leaving.note)


def _too_early(stated: Span, allowed: Exit) -> bool:
    """Whether a stated day of effect lies before the clause allows it, or no clause allows any."""
    return allowed.day is None or stated.latest < allowed.day.earliest


def notice_given(instrument: Instrument, notice: Span, entry: Span | None, conflicts: Sequence[Conflict]) -> Exit:
    """When a state would be out that gives (or gave) notice on a day, by the clause alone."""
    rule = withdrawal_of(instrument)
    if rule is None or rule.none or rule.period is None:
        if not instrument.is_treaty:
            return Exit(notice, (Because("R3", text="not a treaty: no period of notice"),))
        return _without_period(instrument, rule)
    starts = notice
    if rule.not_before and entry:
        starts = starts.not_before(entry.shift(rule.not_before))
    if rule.at_end_of_term:
        return _end_of_term(instrument, rule, starts, entry)
    due = starts.shift(rule.period)
    because = (Because("R23", sources=rule.cite.sources, text=f"article {rule.article}: {rule.period.text}"),)
    return _deferred(Exit(due, because), rule, conflicts)


def _without_period(instrument: Instrument, rule: WithdrawalRule | None) -> Exit:
    """No day can be told: by article 56 only where the text is known to have no clause (R26, K9)."""
    if rule and not rule.none:
        text = f"article {rule.article} gives no period of notice"
        note = "the withdrawal clause gives no period of notice, so the effect of a notice cannot be determined"
        return Exit(None, (Because("R26", sources=rule.cite.sources, text=text),), note)
    if rule or instrument.text.read == "whole":
        note = "the text has no withdrawal clause, so the effect of a notice cannot be determined (VCLT article 56)"
        return Exit(None, (Because("R26", text="no withdrawal clause: VCLT article 56"),), note)
    read = "the text was read only in part" if instrument.text.read == "part" else "the text was not read"
    text = f"no withdrawal clause is on record; {read}"
    return Exit(
        None, (Because("K9", f"{instrument.id}#text", text=text),), f"{text}: the effect of a notice is not known"
    )


def _end_of_term(instrument: Instrument, rule: WithdrawalRule, notice: Span, entry: Span | None) -> Exit:
    terms = [item for item in durations_of(instrument) if item.term]
    if not terms or entry is None or rule.period is None:
        return Exit(None, (Because("R18", text="the term cannot be computed"),))
    ready = rule.period.after(notice.latest)
    end = _next_end(entry.latest, terms[0].term, terms[0].renews, ready)
    text = f"article {rule.article}: at the end of a term, {rule.period.text} before it"
    return Exit(Span.of(end), (Because("R18", sources=rule.cite.sources, text=text),))


def _next_end(start: date, term: Period | None, renews: Period | None, ready: date) -> date:
    end = term.after(start) if term else start
    while end < ready and renews:
        end = renews.after(end)
    return end


def _deferred(due: Exit, rule: WithdrawalRule, conflicts: Sequence[Conflict]) -> Exit:
    """The conflict tail (R25): out only when the conflict that runs on the due day has ended."""
    if not rule.tail or due.day is None:
        return due
    running = [item for item in conflicts if item.start <= due.day.latest < item.end]
    if not running:
        return due
    sources = tuple(dict.fromkeys(source for item in running for source in item.cite.sources))
    last = max(item.end for item in running)
    text = f"article {rule.article}: deferred until the armed conflict ends ({running[0].conflict})"
    because = (*due.because, Because("R25", sources=sources, text=text))
    return Exit(None if last == OPEN else Span.of(last), because, "deferred: the state is in an armed conflict")


def _because(rule: str, act: Act, text: str) -> Because:
    return Because(rule, act.id, act.date.text, act.cite.sources, text)
