"""A second, slow reading of the rules, for tests alone: one day at a time, one state at a time, straight from the text.

It shares no code with ``treatygraph.law`` and makes no intervals: it asks of each day what the acts before it, and
those that work back to it, have made of a state. It knows multilateral treaties with these clauses: entry into force
by a number of consents and a delay, a delay for each state, a period of notice, a term of years. Every date is a day.

R5, R7 to R9: signature makes a signatory, consent a contracting state, consent and entry into force a party.
R13, R14: a treaty is in force once so many consents are old enough; for a state, once its own is, or by waiver.
R15, R17: acts before entry into force count; consent that is taken back before it leaves the count.
R16: provisional application lasts until the state is bound, or says that it does not mean to be.
R18: a term ends the treaty on its anniversary. R23, R24, R27: a notice works when its period has run, the last one
counts, and it may be revoked before. K3: where an act may be missing, neither yes nor no. R33 to R35: a continuing state is the same party, a successor is bound from its
succession on, a union holds what its parts held.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

FIRST, NEVER = date(1, 1, 1), date(9999, 12, 31)
CONSENT = ("ratification", "accession", "acceptance", "approval", "definitive-signature", "succession")
NOTICE = ("notice-of-withdrawal", "termination")
RANK = ("none", "signatory", "former-party", "contracting", "provisional", "party")


@dataclass(frozen=True)
class Deed:
    """Who did what, when."""

    state: str
    kind: str
    when: date


@dataclass(frozen=True)
class Treaty:
    """The clauses: consents needed, delay of each, period of notice, term; periods as (months, days)."""

    count: int
    delay: tuple[int, int]
    notice: tuple[int, int]
    term: tuple[int, int] | None
    by_waiver: bool = False
    opened: date = FIRST
    whole: date = FIRST
    holes: tuple[tuple[str, str, date], ...] = ()
    """Whose acts are missing, of which kind, from which day on."""


@dataclass(frozen=True)
class Country:
    """When a state was there, and whom it carries on."""

    start: date
    end: date
    continues: str = ""
    parts: tuple[str, ...] = ()


def later(when: date, period: tuple[int, int]) -> date:
    """A day, so many months and days later: the same day of the month, or the month's last (R23)."""
    months, days = period
    year, month = divmod(when.year * 12 + when.month - 1 + months, 12)
    return date(year, month + 1, min(when.day, calendar.monthrange(year, month + 1)[1])) + timedelta(days=days)


class Literal:
    """The rules, asked of one day at a time."""

    def __init__(self, treaty: Treaty, deeds: Sequence[Deed], countries: Mapping[str, Country]) -> None:
        self.treaty, self.countries = treaty, countries
        self.deeds = sorted(deeds, key=lambda deed: deed.when)
        self._first: dict[str, date] = {}
        self.began = self._began()
        self.ended = later(self.began, treaty.term) if self.began and treaty.term else NEVER

    def _person(self, code: str) -> str:
        """The oldest name of the same state (R33)."""
        while self.countries[code].continues:
            code = self.countries[code].continues
        return code

    def _mine(self, code: str) -> list[Deed]:
        names = {code}
        while self.countries[code].continues:
            code = self.countries[code].continues
            names.add(code)
        return [deed for deed in self.deeds if deed.state in names]

    # ------------------------------------------------------------------ entry into force (R13, R15, R17)

    def _began(self) -> date | None:
        """The first day on which enough consents stand that are old enough."""
        due = sorted({later(deed.when, self.treaty.delay) for deed in self.deeds if deed.kind in CONSENT})
        people = {self._person(deed.state) for deed in self.deeds}
        return next(
            (day for day in due if sum(self._ripe(who, day) for who in people) >= self.treaty.count),
            None,
        )

    def _ripe(self, who: str, day: date) -> bool:
        """Whether a consent of the state stands on a day, given long enough before."""
        given: date | None = None
        for deed in self.deeds:
            if self._person(deed.state) != who:
                continue
            if deed.kind in CONSENT and given is None:
                given = deed.when
            elif deed.kind in ("withdrawal-of-consent", "withdrawal", "notice-of-withdrawal") and deed.when < day:
                given = given if self._revoked(deed) else None
        return given is not None and later(given, self.treaty.delay) <= day

    def _revoked(self, notice: Deed) -> bool:
        """Whether a notice was revoked before it worked: then it was never given (R27)."""
        if notice.kind != "notice-of-withdrawal":
            return False
        works = later(notice.when, self.treaty.notice)
        return any(
            deed.kind == "revocation-of-notice"
            and self._person(deed.state) == self._person(notice.state)
            and notice.when < deed.when < works
            for deed in self.deeds
        )

    # ------------------------------------------------------------------ what is known: rule K3

    def known(self, code: str, day: date, days: Sequence[date]) -> str:
        """The standing as far as the ledger can tell it; ``days`` are all on which anything may change."""
        base, country = self.standing(code, day), self.countries[code]
        if not country.start <= day < country.end:
            return "none"
        last = min(day, self.ended - timedelta(days=1))
        missing = {kind for who, kind, start in self.treaty.holes if self._rests_on(code, who) and start <= last}
        if base in ("party", "provisional", "contracting"):
            return "not-known" if missing & {"exit", "objection", "any"} else base
        if base != "none":
            return "not-known" if missing & {"consent", "any"} and day < self.ended else base
        if day < self.treaty.opened:
            return "none"
        if missing & {"consent", "any", "signature"}:
            return "not-known"
        if self._joins_first(code, day, days) or (
            last <= later(self.treaty.whole, (60, 0)) and self.treaty.whole > FIRST
        ):
            return "none"
        return "not-known"

    def _rests_on(self, code: str, who: str) -> bool:
        """Whether the standing of a state can rest on an act of another: its former self, or a part of a union."""
        country = self.countries[code]
        near = {code, country.continues, *country.parts} - {""}
        return who in near or any(self._rests_on(other, who) for other in near - {code})

    def _joins_first(self, code: str, day: date, days: Sequence[date]) -> bool:
        """Whether the first thing on record that the state ever was under the treaty came after the day."""
        names = [code]
        while self.countries[names[-1]].continues:
            names.append(self.countries[names[-1]].continues)
        if code not in self._first:
            was = [when for name in names for when in days if self.standing(name, when) != "none"]
            self._first[code] = min(was, default=FIRST)
        return day < self._first[code]

    # ------------------------------------------------------------------ a state on a day

    def standing(self, code: str, day: date) -> str:
        """The standing of a state on a day; ``none`` where it has none."""
        country = self.countries[code]
        if not country.start <= day < country.end:
            return "none"
        found = [self._held(code, day)]
        for part in country.parts:
            if self.countries[part].end < country.start or country.start >= self.ended:
                continue
            if self._firm(part, country.start) in ("party", "contracting", "signatory"):
                found.append(self._firm(part, day) if day < self.ended else self._held(part, day))
        return max(found, key=RANK.index)

    def _held(self, code: str, day: date) -> str:
        """What the state's own acts make of it on a day, as if it went on for ever."""
        if day < self.ended:
            return self._unended(code, day)
        eve = self._unended(code, self.ended - timedelta(days=1))
        return "former-party" if eve in ("party", "former-party") or self._was_party(code) else "none"

    def _was_party(self, code: str) -> bool:
        """Whether the state was ever bound before the treaty ended."""
        return any(bound < min(gone, self.ended) for _, bound, gone in self._spells(code))

    def _unended(self, code: str, day: date) -> str:
        firm = self._firm(code, day)
        return max(firm, "provisional" if self._provisional(code, day) else "none", key=RANK.index)

    def _firm(self, code: str, day: date) -> str:
        """What rests on signature and consent."""
        mine = self._mine(code)
        found = ["none"]
        if any(deed.kind == "signature" and deed.when <= day for deed in mine):
            found.append("signatory")
        for consent, bound, gone in self._spells(code):
            if bound < gone:
                if bound <= day < gone:
                    found.append("party")
                if gone <= day:
                    found.append("former-party")
            if consent <= day < min(bound, gone):
                found.append("contracting")
        return max(found, key=RANK.index)

    def _provisional(self, code: str, day: date) -> bool:
        """Whether the state applies the treaty provisionally: not once it is bound, nor once it says so (R16)."""
        applies = False
        for deed in self._mine(code):
            if deed.when > day:
                break
            if deed.kind == "provisional-application":
                applies = True
            elif deed.kind in ("end-of-provisional-application", "intention-not-to-ratify"):
                applies = False
        begun = [deed.when for deed in self._mine(code) if deed.kind == "provisional-application" and deed.when <= day]
        return applies and not any(bound < gone and begun[-1] <= bound <= day for _, bound, gone in self._spells(code))

    def _spells(self, code: str) -> list[tuple[date, date, date]]:
        """Each consent that counted: when it was given, from when it bound (or never), from when it did not any more."""
        found: list[tuple[date, date, date]] = []
        consent = bound = gone = None
        by_notice = waived = False
        for deed in self._mine(code):
            over = gone is not None and (gone <= deed.when or (bound is not None and gone <= bound))
            if deed.kind in CONSENT and (consent is None or over):
                if consent is not None and bound is not None and gone is not None:
                    found.append((consent, bound, gone))
                consent, bound, gone, by_notice, waived = deed.when, self._bound(deed), None, False, False
            elif consent is None or bound is None:
                continue
            elif deed.kind == "waiver" and not over:
                decides = self.treaty.by_waiver and not waived and self.began is not None
                bound = max(deed.when, self.began or FIRST) if decides else min(bound, deed.when)
                waived = True
            elif deed.kind in NOTICE and not over:
                gone, by_notice = later(deed.when, self.treaty.notice), True
            elif deed.kind == "withdrawal" and not over:
                gone, by_notice = deed.when, True
            elif deed.kind == "withdrawal-of-consent" and not (gone is not None and gone <= deed.when):
                taken = deed.when if deed.when < bound else later(deed.when, self.treaty.notice)
                if not over or (gone is not None and taken < gone):
                    gone, by_notice = taken, deed.when >= bound  # once it is bound, this is a notice like another
            elif deed.kind == "revocation-of-notice" and by_notice and gone is not None and deed.when < gone:
                gone, by_notice = None, False
        if consent is not None and bound is not None:
            found.append((consent, bound, gone or NEVER))
        return found

    def _bound(self, deed: Deed) -> date:
        """From when a consent binds: its own delay, and never before the treaty itself (R9, R14, R34)."""
        if self.began is None:
            return NEVER
        if deed.kind == "succession":
            start = self.countries[deed.state].start
            return max(self.began, deed.when if start == FIRST else start)
        return max(self.began, later(deed.when, self.treaty.delay))
