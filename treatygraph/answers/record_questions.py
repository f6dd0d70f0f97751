"""What can be asked of a graph about a record, a word, or claims that somebody drafted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from treatygraph.build.index import Index
from treatygraph.model.dates import day

if TYPE_CHECKING:
    from treatygraph.answers.claims.answer import ClaimsAnswer
    from treatygraph.answers.show import Record
    from treatygraph.answers.terms import Term, TermList

__all__ = ["RecordQuestions"]

When = date | str | None


def _day(when: When) -> date | None:
    return day(when) if isinstance(when, str) else when


class RecordQuestions:
    """Questions about records; days are dates or ``"YYYY-MM-DD"``."""

    def index(self, known: When = None) -> Index:
        """The documents of the graph; with ``known`` as they stood on the record by that day."""
        raise NotImplementedError

    def show(self, name: str) -> Record:
        """One record: an instrument, state, group, official, event or source; else a term or a rule.

        Raises:
            UnknownName: nothing is called that.
        """
        from treatygraph.answers.show import show

        return show(self.index(), name)

    def explain(self, word: str | None = None) -> Term | TermList:
        """What a flag, standing, rule, topic or class means; of a list (``topics``, ``groups``) all its words.

        Args:
            word: a term, a rule (``R23``) or a list; None: the list of lists.

        Raises:
            UsageError: there is no such word; the nearest are named.
        """
        from treatygraph.answers.terms import explain

        return explain(self.index, word)

    def claims(self, report: str | Path | Mapping[str, Any] | Sequence[Any], *, known: When = None) -> ClaimsAnswer:
        """Each claim of a report held against the record.

        Args:
            report: the id or the title of a report of the record; a ``Path`` to a file of your own, YAML or JSON; or
                what such a file holds: a mapping with ``title``, ``date`` and ``claims``.
            known: only acts and events on record by this day count.

        Raises:
            UnknownName: no report is called that.
            UsageError: a drafted claim has an unknown check or term, or a value that its term does not take.
        """
        from treatygraph.answers.claims.answer import claims, claims_of
        from treatygraph.answers.claims.drafted import drafted_of, read_file

        if isinstance(report, str):
            return claims(self.index(known), report, _day(known))
        drafted = read_file(report) if isinstance(report, Path) else drafted_of(report, "the claims")
        return claims_of(self.index(known), drafted, _day(known))
