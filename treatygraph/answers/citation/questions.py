"""The citations that can be asked of a graph."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from treatygraph.build.index import Index
from treatygraph.model.dates import day

if TYPE_CHECKING:
    from treatygraph.answers.citation.addresses import AddressedQuestion
    from treatygraph.answers.citation.citation import Citation

__all__ = ["CitationQuestions"]

When = date | str | None


def _day(when: When) -> date | None:
    return day(when) if isinstance(when, str) else when


class CitationQuestions:
    """What can be cited of a graph; days are dates or ``"YYYY-MM-DD"``."""

    def index(self, known: When = None) -> Index:
        """The documents of the graph; with ``known`` as they stood on the record by that day."""
        raise NotImplementedError

    def cite(
        self, what: object = None, *, sources: bool = False, accessed: When = None, base: str | None = None
    ) -> Citation:
        """The citation of an answer, a record, a fact or a picture, with version, day and digest of the record.

        Args:
            what: an answer of this graph; a name, id or address of a record; the key of an act; a value of a card as
                ``new-start#entry_into_force``; the address of an answer (``/between?a=US&b=Russia&on=2021-05-28``);
                None: the record as a whole.
            sources: also the sources behind it, as works of their own.
            accessed: the day on which it was read; None: it is not said.
            base: where its pages are; None: the permanent addresses.

        Raises:
            UnknownName: nothing is called that.
            UsageError: the name is that of several records, or what is given cannot be cited.
        """
        from treatygraph.answers.citation.addresses import asked_at, is_question
        from treatygraph.answers.citation.cite import cite

        if isinstance(what, str) and is_question(what):
            asked = asked_at(what)
            if asked.method == "timeline":
                return self.cite_timeline(**asked.arguments, sources=sources, accessed=accessed, base=base)
            what = self._answer_at(asked)
        return cite(self.index(), what, sources=sources, accessed=_day(accessed), base=base)

    def _answer_at(self, asked: AddressedQuestion) -> object:
        arguments: dict[str, object] = dict(asked.arguments)
        if asked.method == "between":
            arguments["binding"] = asked.arguments.get("binding", "").lower() in ("true", "1", "yes", "on")
        answer: object = getattr(self, asked.method)(**arguments)
        return answer

    def cite_timeline(
        self, first: str, second: str | None = None, *, since: When = None, on: When = None, sources: bool = False,
        accessed: When = None, base: str | None = None,
    ) -> Citation:  # fmt: skip
        """The citation of a timeline, which is a list and cannot say what it is; arguments as :meth:`timeline`."""
        from treatygraph.answers.citation.addresses import timeline_subject
        from treatygraph.answers.citation.cite import cite
        from treatygraph.answers.timeline import timeline

        days = {name: parsed.isoformat() for name, when in (("since", since), ("on", on)) if (parsed := _day(when))}
        subject = timeline_subject(self.index(), first, second, **days)
        entries = timeline(self.index(), first, second, since=_day(since), on=_day(on)) if sources else ()
        return cite(self.index(), subject, sources=sources, accessed=_day(accessed), base=base, answer=entries)
