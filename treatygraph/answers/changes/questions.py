"""What can be asked of a graph about change: what a pair lost, what changed, what is due."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from treatygraph.answers.between_answer import Question
from treatygraph.answers.edition import edition_of
from treatygraph.build.index import Index
from treatygraph.model.dates import day
from treatygraph.model.errors import UsageError
from treatygraph.model.vocabulary import DEPOSITARY

if TYPE_CHECKING:
    from pathlib import Path

    from treatygraph.answers.changes.answer import Changes
    from treatygraph.answers.compare import Comparison
    from treatygraph.answers.upcoming import Upcoming

__all__ = ["ChangeQuestions"]

When = date | str | None


def _day(when: When) -> date | None:
    return day(when) if isinstance(when, str) else when


class ChangeQuestions:
    """Questions about change; days are dates or ``"YYYY-MM-DD"``."""

    def index(self, known: When = None) -> Index:
        """The documents of the graph; with ``known`` as they stood on the record by that day."""
        raise NotImplementedError

    @staticmethod
    def today() -> date:
        """The day that is taken where none is given."""
        raise NotImplementedError

    def reading(self, text: str) -> str:
        """The id of a reading."""
        raise NotImplementedError

    def compare(
        self,
        first: str,
        second: str,
        third: str | None = None,
        fourth: str | None = None,
        *,
        then: When = None,
        on: When = None,
        topic: str | None = None,
        scope: str = "any",
        binding: bool = False,
        reading: str = DEPOSITARY,
        known: When = None,
        today: When = None,
    ) -> Comparison:
        """What a pair kept, lost and gained between two days; or what two pairs have in common on one day.

        Args:
            first: a state or group, by any of its names.
            second: the other one.
            third: of a second pair: one power; with it ``then`` is not allowed.
            fourth: of a second pair: the other power; None: the first pair's first power, so that three names do.
            then: the earlier day.
            on: the later day, or that of both pairs; None: today.
            topic: a topic of the scheme; a broader one takes all below it.
            scope: ``any``, ``bilateral`` or ``multilateral``.
            binding: leave out what is not legally binding.
            reading: whose legal view.
            known: only what was on record by this day.
            today: the day of the one who asks; None: that of the edition.

        Raises:
            UnknownName: a name is not on record.
            UsageError: neither an earlier day nor a second pair, or both; the days are not in order.
        """
        from treatygraph.answers.compare import compare, compare_pairs

        if (then is None) == (third is None):
            raise UsageError("compare two days of a pair (--then DATE) or two pairs (A B C D), one of the two.")
        question = Question(
            (first, second), _day(on) or self.today(), _day(known), self.reading(reading), topic, scope, binding
        )
        earlier = _day(then)
        if earlier is not None:
            return compare(self.index(known), first, second, question, earlier, _day(today))
        other = (third or "", fourth) if fourth else (first, third or "")
        return compare_pairs(self.index(known), (first, second), other, question, _day(today))

    def changes(
        self,
        since: When = None,
        on: When = None,
        *,
        known_from: When = None,
        known_to: When = None,
        record: str | Path | None = None,
        state: str | None = None,
        instrument: str | None = None,
        topic: str | None = None,
        reading: str = DEPOSITARY,
    ) -> Changes:
        """What changed: between two days, between what was known on two days, or between another record and this one.

        Args:
            since: the earlier of two days.
            on: the later day; of what was known, and of records, the day that is looked at; None: today.
            known_from: the earlier of two days by which acts were on record.
            known_to: the later of them; None: all that is on record.
            record: a folder of facts, an archive of a release, or a version.
            state: only what concerns this state or group.
            instrument: only this instrument.
            topic: only instruments of this topic and those below it.
            reading: whose legal view.

        Raises:
            UnknownName: a name is not on record.
            UsageError: not one of the three is asked for; the days are not in order; there is no such record.
            FactsError: the other record cannot be read.
        """
        from treatygraph.answers.changes.answer import changes
        from treatygraph.answers.changes.sides import ChangeScope, Side
        from treatygraph.build.other import other_record

        if sum(item is not None for item in (since, known_from, record)) != 1:
            raise UsageError("name one: a day since when, a day on which it was known, or another record.")
        scope = ChangeScope(state or "", instrument or "", topic or "", self.reading(reading))
        index, last = self.index(), _day(on) or self.today()
        edition = edition_of(index)
        if record is not None:
            with other_record(str(record)) as other:
                sides = Side(other.index, last, other.edition), Side(index, last, edition)
                return changes(*sides, "records", scope, other.notes)
        if known_from is not None:
            first, second = _day(known_from), _day(known_to) or last
            before = Side(self.index(known_from), last, edition, first)
            return changes(before, Side(self.index(second), last, edition, second), "known", scope)
        earlier = _day(since) or last
        return changes(Side(index, earlier, edition), Side(index, last, edition), "days", scope)

    def upcoming(
        self,
        on: When = None,
        *,
        months: int = 24,
        state: str | None = None,
        instrument: str | None = None,
        topic: str | None = None,
        reading: str = DEPOSITARY,
        known: When = None,
    ) -> Upcoming:
        """What ends, takes effect or begins within some months after a day, and what waits without a day.

        Args:
            on: the day after which it is due; None: today.
            months: how many months ahead.
            state: only what concerns this state or group.
            instrument: only this instrument.
            topic: only instruments of this topic and those below it.
            reading: whose legal view.
            known: only what was on record by this day: what was then to be expected.

        Raises:
            UnknownName: a name is not on record.
            UsageError: ``months`` is below one.
        """
        from treatygraph.answers.upcoming import Scope, upcoming

        scope = Scope(state or "", instrument or "", topic or "", self.reading(reading))
        return upcoming(self.index(known), _day(on) or self.today(), months=months, scope=scope, known=_day(known))
