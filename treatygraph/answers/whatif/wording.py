"""The sentence that answers a supposition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from treatygraph.answers.whatif.parse import Proposal
from treatygraph.answers.wording import listed, number, the, topic_name
from treatygraph.bonds.powers import with_article
from treatygraph.model.dates import Period, long_form

if TYPE_CHECKING:
    from treatygraph.answers.whatif.result import Change, WhatIf

__all__ = ["sentence", "the"]

_SHOWN = 4
_TOLD = 2


class _Subject(NamedTuple):
    """Who acts, and the words for it."""

    who: str
    it: str
    its: str


_Told = Callable[["Change", _Subject, str], str]


def sentence(answer: WhatIf, asked: Sequence[Proposal]) -> str:
    """What would follow, in words: one clause per change, then what it does to pairs of states."""
    unknown = "".join(f"{item[0].upper()}{item[1:]}. " for item in dict.fromkeys(_unknown(answer)))
    if not answer.changes:
        whose = listed([proposal.side.name for proposal in asked])
        if unknown:
            return f"{unknown}As far as the record tells, nothing would change."
        return f"Nothing would change: {whose} had nothing to act on."
    groups: dict[tuple[object, ...], list[Change]] = {}
    for change in answer.changes:
        alike = (change.verb, change.instrument, change.outcome, change.effective, change.act)
        groups.setdefault(alike if change.act else (*alike, change.state), []).append(change)
    clauses = [_clause(some) for some in groups.values()]
    text = "; ".join(clauses)
    return f"{unknown}{text[0].upper()}{text[1:]}.{_pairs(answer)}"


def _unknown(answer: WhatIf) -> Iterable[str]:
    """What the record does not know of those who are to move: told before what follows (rule K8)."""
    yield from answer.not_known
    for change in answer.changes:
        if change.unknown:
            who, title = with_article(change.state, change.name), the(change.title)
            yield f"the record does not say whether {title} held {who} on {long_form(change.on)}: {change.unknown}"


def _clause(changes: Sequence[Change]) -> str:
    one = changes[0]
    names = [with_article(change.state, change.name) for change in changes]
    more = len(names) - _SHOWN
    who = listed([*names[:_SHOWN], f"{number(more)} more"] if more > 0 else names)
    subject = _Subject(who, "it", "its") if len(changes) == 1 else _Subject(who, "they", "their")
    told: Mapping[str, _Told] = _LEAVES if one.verb == "leaves" else _JOINS
    return told[one.outcome](one, subject, long_form(one.on))


def _pairs(answer: WhatIf) -> str:
    if not answer.counts_pairs or not any(change.act for change in answer.changes):
        return ""
    when = "Whenever that took effect" if answer.assumed else f"On {long_form(answer.counted_on)}"
    what = f"mutual {'binding ' if answer.binding else ''}instrument"
    sure = not answer.not_known and all(item.left_complete and not item.unknown for item in answer.changes)
    if not answer.topics:
        known = "No pair of states" if sure else "As far as the record tells, no pair of states"
        return f" {known} would lose or gain a {what} by it."
    when += "" if sure else ", as far as the record tells"
    parts = []
    for change, verb in (("lost", "lose {} last"), ("gained", "gain {} first")):
        topics = [item for item in answer.topics if item.change == change and item.pairs and item.topic != "any"]
        for item in topics[:_TOLD]:
            count = len(item.pairs)
            whose = verb.format("its" if count == 1 else "their")
            parts.append(f"{_many(count)} would {whose} {what} on {topic_name(item.topic)}")
    affected = next((item.fewer for item in answer.topics if item.topic == "any"), 0)
    if not parts:
        return f" {when}, no pair of states would lose its last or gain its first {what} on any topic."
    return f" {when}, {listed(parts)} (of {affected} affected)." if affected else f" {when}, {listed(parts)}."


def _many(count: int) -> str:
    return f"{count} pair{'' if count == 1 else 's'} of states"


# ---------------------------------------------------------------------- leaving


def _out(change: Change, who: _Subject, when: str) -> str:
    assert change.effective is not None
    title, end = the(change.title), long_form(change.effective)
    if change.act in ("end-of-participation", "end-of-provisional-application"):
        what = "participation in" if change.act == "end-of-participation" else "provisional application of"
        text = f"if {who.who} ended {who.its} {what} {title} on {when}, {who.it} would be out that day"
    else:
        text = f"if notice by {who.who} were received on {when}, {who.it} would be out of {title} on {end}"
        text += _article(change)
    return text + _after(change)


def _after(change: Change) -> str:
    if change.status == "ends" and change.status_from:
        return f", and the instrument would end on {long_form(change.status_from)}"
    many = len(change.left)
    least = "" if change.left_complete else "at least "
    return f", leaving {least}{many} state{'' if many == 1 else 's'} bound"


def _article(change: Change) -> str:
    way = change.ways[0] if change.ways else None
    if way is None or not way["period"]:
        return ""
    article = f"article {way['article']}, " if way["article"] else ""
    term = " before the end of a term" if way["at_end_of_term"] else ""
    only = f", {way['only']}" if way["only"] else ""
    return f" ({article}{_words(way['period'])}{term}{only})"


def _words(period: str) -> str:
    """``three months`` for ``P3M``, in figures above twelve."""
    length = Period.parse(period)
    parts = [(length.years, "year"), (length.months, "month"), (length.days, "day")]
    told = [f"{number(count)} {unit}{'' if count == 1 else 's'}" for count, unit in parts if count]
    return listed(told) or "at once"


def _undetermined(change: Change, who: _Subject, when: str) -> str:
    text = f"if notice by {who.who} under {the(change.title)} were received on {when}, no day could be told on which "
    text += f"{who.it} would be out"
    unread = next((step["text"] for step in change.because if step["rule"] == "K9"), "")
    if unread:
        return f"{unread[0].upper()}{unread[1:]}: {text}, or whether"
    way = change.ways[0] if change.ways else None
    why = "has no withdrawal clause" if way is None or way["none"] else "gives no period"
    return f"{text}: the treaty {why} (VCLT article 56)"


def _deferred(change: Change, who: _Subject, when: str) -> str:
    day = change.deferred["due"] if change.deferred else None
    due = long_form(date.fromisoformat(day)) if day else "its period"
    text = f"if notice by {who.who} under {the(change.title)} were received on {when}, {who.it} would stay bound"
    return f"{text} beyond {due}, until {who.its} armed conflict has ended{_article(change)}"


def _ends_first(change: Change, who: _Subject, when: str) -> str:
    assert change.effective is not None
    return (
        f"notice by {who.who} under {the(change.title)} on {when} would change nothing: {who.it} would cease to be "
        f"bound on {long_form(change.effective)} without it"
    )


def _not_bound(change: Change, who: _Subject, when: str) -> str:
    if change.unknown:
        return f"the record does not say what {who.who} would have to leave on {when}"
    if change.before == "none":
        return f"{who.who} had nothing to leave on {when}: {who.it} had no standing under {the(change.title)}"
    since = f" (since {change.since})" if change.since else ""
    standing = change.before.replace("-", " ")
    return f"{who.who} had nothing to leave on {when}: {who.it} was a {standing} of {the(change.title)}{since}"


def _already_leaving(change: Change, who: _Subject, when: str) -> str:
    text = f"{who.who} had already given notice under {the(change.title)} by {when}"
    if change.effective:
        return f"{text}: {who.it} is out on {long_form(change.effective)}"
    return f"{text}; no day of effect can be told"


def _consent_withdrawn(change: Change, who: _Subject, when: str) -> str:
    return (
        f"if {who.who} took back {who.its} consent to {the(change.title)} on {when}, that would be no withdrawal from "
        f"a treaty in force: {who.it} would be a signatory again{_needs(change)}"
    )


def _disowned(change: Change, who: _Subject, when: str) -> str:
    back = next((step for step in change.standing_because if step["rule"] == "R17"), None)
    once, was = ("once more ", f" (consent withdrawn on {back['date']})") if back else ("", "")
    return (
        f"{who.who} is {once}only a signatory of {the(change.title)}{was}, so {who.it} cannot withdraw from it: on "
        f"{when} {who.it} could say that {who.it} will not become a party, which ends the duty not to defeat its "
        f"purpose (VCLT article 18(a)){_needs(change)}"
    )


def _already_disowned(change: Change, who: _Subject, when: str) -> str:
    return (
        f"{who.who} had nothing to leave on {when}: {who.it} had signed {the(change.title)} and said that {who.it} "
        "will not become a party"
    )


def _needs(change: Change) -> str:
    return f"; entry into force would need {_the_consent(change.missing_after)}" if change.missing_after else ""


def _the_consent(missing: str) -> str:
    return f"the {missing}" if missing.startswith("consent") else missing


# ---------------------------------------------------------------------- joining


def _bound(change: Change, who: _Subject, when: str) -> str:
    assert change.effective is not None
    text = f"if {who.who} joined {the(change.title)} on {when} ({change.act.replace('-', ' ')}), {who.it} would be "
    text += f"bound from {long_form(change.effective)}"
    if change.status == "enters into force":
        text += ", and the treaty would enter into force by it"
    return text


def _contracting(change: Change, who: _Subject, when: str) -> str:
    text = f"if {who.who} joined {the(change.title)} on {when} ({change.act.replace('-', ' ')}), {who.it} would not be "
    return f"{text}bound yet: the treaty is not in force{_needs(change)}"


def _already_bound(change: Change, who: _Subject, when: str) -> str:
    if change.before == "contracting":
        return f"{who.who} had already consented to {the(change.title)} by {when}{_needs(change)}"
    since = f" since {change.since}" if change.since else ""
    return f"{who.who} had been bound by {the(change.title)}{since}; there was nothing to join on {when}"


def _closed(change: Change, who: _Subject, when: str) -> str:
    return f"{who.who} could not join {the(change.title)} on {when} by an act of its own: it is between two others"


def _over(change: Change, who: _Subject, when: str) -> str:
    ended = f"ended on {long_form(change.status_from)}" if change.status_from else "had ended"
    return f"{who.who} had nothing to join on {when}: {the(change.title)} {ended}"


_LEAVES: Final[dict[str, _Told]] = {
    "out": _out,
    "not-determinable": _undetermined,
    "deferred": _deferred,
    "ends-first": _ends_first,
    "not-bound": _not_bound,
    "already-leaving": _already_leaving,
    "already-disowned": _already_disowned,
    "consent-withdrawn": _consent_withdrawn,
    "signature-disowned": _disowned,
}
_JOINS: Final[dict[str, _Told]] = {
    "bound": _bound,
    "contracting": _contracting,
    "already-bound": _already_bound,
    "closed": _closed,
    "over": _over,
}
