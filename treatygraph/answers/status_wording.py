"""The sentence about an instrument on a day, and about a state under it: never more than the record knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from treatygraph.answers.reasoning import FlagDetail
from treatygraph.answers.status_answer import InstrumentStatus, StateStatus, StateView, StatusHolders
from treatygraph.answers.tense import Tense
from treatygraph.answers.wording import UNVERIFIED, authority_name, denied, listed, number, the
from treatygraph.bonds.powers import Power, named
from treatygraph.build.index import Index
from treatygraph.model.dates import day, long_form
from treatygraph.model.version import EDITION_DAY
from treatygraph.model.vocabulary import BINDS, CLAUSE, NOT_KNOWN

__all__ = ["Totals", "lack_of", "lives_of", "sentence", "when"]

_NAMED: Final = 6
"""Up to so many disputes are told in the sentence."""
_TOLD: Final = 2
"""Up to so many contested standings are told with who holds what."""
_NONE: Final = "no standing"
_OTHERS: Final = "other states"
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_OVER: Final = {
    "expired": "expired", "terminated": "been terminated", "superseded": "been superseded", "ended": "ended",
}  # fmt: skip
"""How a sentence says that an instrument is over."""
_FORMER: Final = ("former-party", "former-participant")


@dataclass(frozen=True, slots=True)
class Totals:
    """How many states we have as bound on the day, and how many another counts."""

    bound: int
    whole: int
    """0 where no total is on record."""
    as_of: str
    may: frozenset[str]
    """The standings that some state may have on the day without the record telling it."""


def sentence(index: Index, answer: InstrumentStatus, only: Power | None, tense: Tense, totals: Totals) -> str:
    """The answer in one sentence; contested is said first (rule K11)."""
    text = f"On {long_form(answer.on)}, {_instrument(index, answer, tense)}"
    if only and not only.is_group and len(answer.states) == 1:
        text += f"; {_of_state(index, answer, only, answer.states[0], tense, totals)}"
    elif only:
        text += f"; {_of_members(index, answer, only, tense)}"
    else:
        text += _counts(answer, totals, tense) + _disputes(index, answer)
    return f"{text}."


def when(text: str) -> str:
    """A day in words; an uncertain one as what it lies between."""
    if _DAY.fullmatch(text):
        return long_form(day(text))
    first, slash, last = text.partition("/")
    if not slash:
        return text
    if not first.strip("."):
        return f"a day not after {when(last)}"
    return f"a day from {when(first)} on" if not last.strip(".") else f"a day between {when(first)} and {when(last)}"


# -- the instrument ---------------------------------------------------------------------------------------------------


def _instrument(index: Index, answer: InstrumentStatus, tense: Tense) -> str:
    if answer.status == NOT_KNOWN:
        lack = next((step["text"] for step in answer.because if step["rule"] == "K3"), "the record does not tell")
        return f"whether {the(answer.title)} {tense.be('in force')} is not known: {lack}{tense.condition}"
    if not answer.held:
        doubt = f", {UNVERIFIED}" if answer.unverified else ""
        return f"{the(answer.title)} {_status(answer.status, answer.since, tense, doubt)}{tense.condition}"
    views = [_view(index, item) for item in answer.held]
    theirs = list(dict.fromkeys(_silent(index, answer)))
    if theirs:
        one = len(theirs) == 1 and theirs[0] != _OTHERS
        views.append(f"what {listed(theirs)} {'holds' if one else 'hold'} is not known")
    counted = f"{answer.status.replace('-', ' ')}{f' since {when(answer.since)}' if answer.since else ''}"
    return (
        f"the status of {the(answer.title)} {tense.be('contested')}{tense.condition}: {'; '.join(views)}; "
        f"counted here as {counted}, {_whose(index, answer)}"
    )


def _whose(index: Index, answer: InstrumentStatus) -> str:
    """Whose view it is that is counted, of those that differ."""
    mine = next((item["by"] for item in answer.held if item["status"] == answer.status), [])
    who = [authority_name(index, by) for by in mine if by != CLAUSE]
    if who:
        return f"as {listed(who)} {'holds' if len(who) == 1 else 'hold'}"
    return "by its clauses alone" if mine else f"the view of {authority_name(index, answer.reading)}"


def _status(status: str, since: str, tense: Tense, doubt: str = "") -> str:
    how = status.replace("-", " ")
    if status in _OVER:
        future = since > EDITION_DAY.isoformat()
        text = f"would have {_OVER[status]}" if tense.would and future else f"had {_OVER[status]}"
        return f"{text} (on {since}{doubt})" if since else text
    words = {"provisional": "applied provisionally", "none": "not there"}.get(status, how)
    begun = "concluded" if status == "not-in-force" else "since"  # "not in force since" would say that it once was
    return tense.be(words, still=True) + (f" ({begun} {since}{doubt})" if since else "")


def _view(index: Index, held: StatusHolders) -> str:
    """Who holds one view: ``Russia holds that it has been terminated since 6 November 2025``."""
    who = [authority_name(index, by) for by in held["by"] if by != CLAUSE]
    what = f"{held['status'].replace('-', ' ')} since {when(held['since'])}"
    own = f"by its clauses alone it is {what}"
    if not who:
        return own
    text = f"{listed(who)} {'holds' if len(who) == 1 else 'hold'} it {what}"
    return f"{text}, as do its clauses alone" if CLAUSE in held["by"] else text


def _silent(index: Index, answer: InstrumentStatus) -> Iterable[str]:
    """Of an instrument between two, who of them has not spoken; of another, all others together."""
    spoken = {by for item in answer.held for by in item["by"]}
    members = index.summary(answer.instrument).participants
    if len(members) != 2:
        yield _OTHERS
        return
    lives = index.existences()
    holders = [next((life.code for life in lives.values() if life.continues == code), code) for code in members]
    yield from (named(index, code) for code in holders if code not in spoken)


def _counts(answer: InstrumentStatus, totals: Totals, tense: Tense) -> str:
    if answer.status == "not-in-force" and answer.counts.get("contracting"):
        return _towards_entry(answer, totals, tense)
    parts = [
        f"{'at least ' if name in totals.may else ''}{count} {_plural(name, count)}"
        for name, count in answer.counts.items()
        if count and name != NOT_KNOWN
    ]
    text = f", with {listed(parts)}" if parts else ""
    if totals.whole > totals.bound and not answer.counts_complete:
        what = "parties" if "party" in answer.counts else "participants"
        text += f" (of {totals.whole} {what} counted {_on(totals.as_of)})"
    doubtful = 0 if answer.unverified else sum(item.unverified for item in answer.states)
    text += f", {number(doubtful)} of them {UNVERIFIED}" if doubtful and parts else ""
    text += f", as of {answer.as_of}" if answer.as_of and parts else ""
    unclear = answer.counts.get(NOT_KNOWN, 0)
    return text + (f"; of {unclear} state{'' if unclear == 1 else 's'} the record cannot say" if unclear else "")


def _towards_entry(answer: InstrumentStatus, totals: Totals, tense: Tense) -> str:
    """Who has consented to a treaty that is not in force, and who has signed it and no more."""
    told = []
    for name, what in (("contracting", "ratified it or acceded to it"), ("signatory", "signed it only")):
        if count := answer.counts.get(name):
            least = "at least " if name in totals.may else ""
            told.append(f"{least}{count} state{'' if count == 1 else 's'} {tense.had(what)}")
    text = f"; {listed(told)}"
    return f"{text}, as of {answer.as_of}" if answer.as_of else text


def _on(text: str) -> str:
    return f"on {when(text)}" if _DAY.fullmatch(text) else f"in {text}"


def _disputes(index: Index, answer: InstrumentStatus) -> str:
    """Claims and contested standings, where they are few enough to be told."""
    claims = [_claim(index, detail) for item in answer.states for detail in item.details if _is_claim(detail)]
    contested = [] if answer.held else [item for item in answer.states if item.readings]
    phrases = list(dict.fromkeys(claims))
    if 0 < len(contested) <= _TOLD:
        phrases += [f"contested for {named(index, item.state)}: {'; '.join(_views(index, item))}" for item in contested]
    elif 0 < len(contested) <= _NAMED:
        phrases.append(f"contested: the standing of {listed([named(index, item.state) for item in contested])}")
    if len(phrases) > _NAMED:
        phrases = [] if len(contested) > _NAMED else phrases[len(dict.fromkeys(claims)) :]
        phrases = [*_suspensions(answer), *phrases]
    return f"; {'; '.join(phrases)}" if phrases else ""


def _suspensions(answer: InstrumentStatus) -> Iterable[str]:
    """How many states claim to suspend, or have suspended, where they are too many to be named (rule K11)."""
    for flag, verb in (("suspension-claimed", "claim"), ("suspended", "have")):
        count = sum(flag in item.flags for item in answer.states)
        if count:
            what = "suspension" if verb == "claim" else "suspended it"
            yield f"{number(count)} of them {_verb(verb, count)} {what}"


def _verb(verb: str, count: int) -> str:
    return {"claim": "claims", "have": "has"}[verb] if count == 1 else verb


def _plural(name: str, count: int) -> str:
    """``party`` and ``parties``, as a sentence has them."""
    plain = name.replace("-", " ")
    if name == "signatory":  # "25 signatories" is taken to be all who signed
        return f"state{'' if count == 1 else 's'} that signed only"
    if name in ("contracting", "provisional"):
        ending = "" if count == 1 else "s"
        return f"contracting state{ending}" if name == "contracting" else f"state{ending} applying it provisionally"
    if count == 1:
        return plain
    return f"{plain[:-1]}ies" if plain.endswith("y") else f"{plain}s"


def _is_claim(detail: FlagDetail) -> bool:
    return detail["flag"] in ("suspension-claimed", "notice-pending")


def _claim(index: Index, detail: FlagDetail) -> str:
    what = "claims suspension" if detail["flag"] == "suspension-claimed" else "has given notice of withdrawal"
    towards = f" towards {_names(index, detail['against'])}" if detail.get("against") else ""
    return f"{authority_name(index, detail['by'])} {what}{towards}{_rejected(index, detail.get('rejected_by'))}"


def _rejected(index: Index, by: Sequence[str] | None) -> str:
    return f" ({denied(index, by)})" if by else ""


def _names(index: Index, authorities: Sequence[str]) -> str:
    return listed([authority_name(index, who) for who in authorities])


# -- a state ----------------------------------------------------------------------------------------------------------


def _of_state(
    index: Index, answer: InstrumentStatus, only: Power, item: StateStatus, tense: Tense, totals: Totals
) -> str:
    name = only.name
    if item.standing == NOT_KNOWN:
        text = _not_known(name, item, answer, totals)
    elif item.standing == "none":
        text = f"{name} {tense.have('no standing under it')}"
        text += f" that was on record by {long_form(answer.known)}" if answer.known else ""
        text += f", having been {lives_of(item)}" if item.bound and item.bound[-1][1] else ""
    else:
        text = f"{name} {tense.be(_standing(item.standing))}"
        text += f" ({lives_of(item)})" if item.bound and _is_past(index, item) else ""
        text += f" ({UNVERIFIED})" if item.unverified else ""
    text += f", as of {item.as_of}" if item.as_of and item.standing != NOT_KNOWN and not tense.would else ""
    for detail in item.details:
        if detail["flag"] not in ("by-succession", "uncertain-date"):
            text += f", {detail['flag'].replace('-', ' ')}{_rejected(index, detail.get('rejected_by'))}"
    views = list(_views(index, item))
    return f"{text}; contested: {'; '.join(views)}" if views else text


def _is_past(index: Index, item: StateStatus) -> bool:
    """Whether its being bound is over, or the state itself."""
    life = index.existence(item.state)
    return item.standing in _FORMER or (life is not None and life.end <= EDITION_DAY.isoformat())


def _standing(standing: str) -> str:
    if standing == "provisional":
        return "applying it provisionally"
    if standing == "contracting":
        return "contracting (it had consented, and was not bound yet)"
    return f"a {standing.replace('-', ' ')}"


def lives_of(item: StateStatus) -> str:
    """When the instrument held a state: ``bound from 1988-06-01 to 2019-08-02``."""
    spans = [f"from {since} to {until}" if until else f"since {since}" for since, until in item.bound]
    return f"bound {listed(spans)}" if spans else ""


def _not_known(name: str, item: StateStatus, answer: InstrumentStatus, totals: Totals) -> str:
    what = _may(item)
    known = "is not known to be" if answer.on == EDITION_DAY else "is not known to have been"
    if item.since:
        return f"whether {name} was {what} is not known: {lack_of(item)}"
    if set(item.may).isdisjoint(BINDS) or totals.whole <= totals.bound:
        return f"{name} {known} {what}: {lack_of(item)}"
    whom = "parties" if "party" in answer.counts else "participants"
    dated = f"the record has dated acts of {totals.bound} of {totals.whole} {whom}"
    return f"{name} {known} {what}: {dated} (as counted {_on(totals.as_of)})"


def _may(item: StateStatus) -> str:
    """The strongest standing that it may have."""
    order = ("party", "participant", "provisional", "contracting", "signatory", *_FORMER)
    best = next((standing for standing in order if standing in item.may), "bound")
    return "a contracting state" if best == "contracting" else f"a {best.replace('-', ' ')}"


def lack_of(item: StateStatus) -> str:
    """What the record lacks where the standing of a state is not known."""
    step = next((step for step in item.because if step["rule"].startswith("K") and not step.get("ends")), None)
    if step is None:
        return "the record does not tell"
    act = (step["act"] or "").split("/")
    if step["rule"] == "K17" and len(act) > 2 and step["date"]:
        return f"its {act[2].replace('-', ' ')} is of {when(step['date'])}"
    return str(step["text"])


def _views(index: Index, item: StateStatus) -> Iterable[str]:
    """Who holds what of a contested standing, each view once, with who rejects it."""
    holders: dict[tuple[str, str], list[StateView]] = {}
    for view in item.readings:
        held = _held(view["standing"]).replace("-", " ")
        # the day is of the standing, so it stands before what is suspended of it
        since = f" since {view['since']}" if view["since"] and held != _NONE else ""
        flags = [flag.replace("-", " ") for flag in view["flags"] if flag != "suspension-claimed"]
        holders.setdefault((held, f"{held}{since}{', ' + listed(flags) if flags else ''}"), []).append(view)
    for (held, told), views in holders.items():
        who = [authority_name(index, view["by"]) for view in views if view["by"] != CLAUSE]
        rejecters = list(dict.fromkeys(who for view in views for who in view.get("rejected_by", ())))
        if who:
            holds = "holds" if len(who) == 1 else "hold"
            own = [view["by"] for view in views if view["by"] != CLAUSE] == [item.state]
            what = f"that it has {told}" if held == _NONE else f"{'itself' if own else 'it'} {told}"
            yield f"{listed(who)} {holds} {what}{_rejected(index, rejecters)}"
        if any(view["by"] == CLAUSE for view in views):
            yield f"by the clauses alone it {'has' if held == _NONE else 'is'} {told}"


def _held(standing: str) -> str:
    if standing == "none":
        return _NONE
    return "contracting" if standing == "contracting" else f"a {standing}"


def _of_members(index: Index, answer: InstrumentStatus, only: Power, tense: Tense) -> str:
    """A group is its members (rule K13): how many of them stand how, and which are the exceptions."""
    by_end: dict[str, list[str]] = {}
    for item in answer.states:
        by_end.setdefault(item.standing, []).append(named(index, item.state))
    many = len(answer.states)
    common = max(by_end, key=lambda standing: len(by_end[standing]), default="none")
    parts = []
    for standing, who in sorted(by_end.items(), key=lambda entry: -len(entry[1])):
        names = f" ({listed(who)})" if standing != common and len(who) <= _NAMED else ""
        parts.append(f"{_member(standing, len(who), tense)}{names}")
    contested = [named(index, item.state) for item in answer.states if item.readings]
    dispute = f"; contested: the standing of {listed(contested)}" if 0 < len(contested) <= _NAMED else ""
    return f"of the {many} members of {only.name.removesuffix(' members')}, {listed(parts)}{dispute}"


def _member(standing: str, count: int, tense: Tense) -> str:
    if standing == NOT_KNOWN:
        return f"of {count} the record does not say"
    be = "would be" if tense.would else "was" if count == 1 else "were"
    if standing == "none":
        return f"{count} {'would have' if tense.would else 'had'} no standing under it"
    if standing == "provisional":
        return f"{count} {be} applying it provisionally"
    one = {"contracting": "a contracting state"}.get(standing, f"a {standing.replace('-', ' ')}")
    return f"{count} {be} {one if count == 1 else _plural(standing, count)}"
