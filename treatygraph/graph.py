"""The graph as Python sees it: ``treatygraph.open()`` and the questions that can be put to it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from treatygraph.answers.between import Between, Question, between
from treatygraph.answers.changes.questions import ChangeQuestions
from treatygraph.answers.citation.questions import CitationQuestions
from treatygraph.answers.record_questions import RecordQuestions
from treatygraph.build.cache import Build, built
from treatygraph.build.edition import edition_of, origins_of
from treatygraph.build.index import Index
from treatygraph.build.own_facts import built_with_own, own_folder
from treatygraph.model.dates import day
from treatygraph.model.errors import BadDate, UsageError
from treatygraph.model.version import EDITION_DAY
from treatygraph.model.vocabulary import DEPOSITARY
from treatygraph.network.questions import NetworkQuestions

if TYPE_CHECKING:
    from rdflib import Dataset

    from treatygraph.answers.status import InstrumentStatus
    from treatygraph.answers.timeline import Entry
    from treatygraph.answers.whatif.result import WhatIf
    from treatygraph.ask import Understanding
    from treatygraph.export import Exported
    from treatygraph.queries.catalogue import NamedQuestion
    from treatygraph.read import ReadAnswer
    from treatygraph.remote.place import RemoteBuild
    from treatygraph.triplestore.sparql import Engine, Result

__all__ = ["Graph", "open_graph"]

When = date | str | None


def open_graph(graph: Path | str | None = None, *, facts: Path | str | None = None, store: str | None = None) -> Graph:
    """The graph of the facts in ``graph`` (default: those of this installation), built if need be.

    Args:
        graph: a folder of facts.
        facts: a folder of own facts to lay over them; None: the one that ``TREATYGRAPH_FACTS`` names, if any.
        store: the address of a SPARQL 1.1 server that holds the graph; nothing is built then.

    Raises:
        UsageError: own facts and a server are given, or there is no such folder.
        FactsError: the facts are broken; every place is named.
        StoreError: the build cannot be written or read, or the server cannot be asked or holds none.
    """
    if store:
        from treatygraph.remote.place import RemoteBuild
        from treatygraph.remote.server import Server

        if facts:
            raise UsageError("own facts are laid over the graph at home; leave out either them or the server.")
        return Graph(RemoteBuild(Server(store)))
    base, own = Path(graph) if graph else None, own_folder(facts)
    return Graph(built_with_own(own, base) if own else built(base), base)


def _must(when: date | str) -> date:
    if isinstance(when, date):
        return when
    if isinstance(when, str):
        return day(when)
    raise BadDate(f"{when!r} is not a day; give a datetime.date or a text as YYYY-MM-DD.")


def _day(when: When) -> date | None:
    return None if when is None else _must(when)


_DAYS = 8  # "as known by" days are kept: of the real record one takes some 20 MB and a second


class Graph(NetworkQuestions, CitationQuestions, ChangeQuestions, RecordQuestions):
    """A built graph. Dates are ``datetime.date`` or ``"YYYY-MM-DD"``; names are as users type them."""

    def __init__(self, build: Build | RemoteBuild, base: Path | None = None) -> None:
        self.build, self._base = build, base
        self._index = build.open_index()

    @property
    def home(self) -> Build:
        """The build on this machine.

        Raises:
            UsageError: the graph was opened on a server.
        """
        if isinstance(self.build, Build):
            return self.build
        raise UsageError("this needs the graph at home, and it was opened on a server; ask without --store.")

    @cached_property
    def _engine(self) -> Engine:
        return self.build.engine()

    @staticmethod
    def today() -> date:
        """Today, as the user's calendar has it: the day that is taken where none is given."""
        return date.today()  # noqa: DTZ011 - a day without a time zone is meant

    def close(self) -> None:
        """Release the files, or the connection."""
        self._index.close()

    def index(self, known: When = None) -> Index:
        """The built graph, open for reading; with ``known`` as they stood on the record by that day."""
        by = _day(known)
        return self._index if by is None else self._index.recent(("known by", by), lambda: self._known_by(by), _DAYS)

    def _known_by(self, by: date) -> Index:
        from treatygraph.build.as_known import index_known_by

        return index_known_by(self._index, by)

    def between(
        self,
        first: str,
        second: str,
        on: When = None,
        *,
        known: When = None,
        reading: str = DEPOSITARY,
        topic: str | None = None,
        scope: str = "any",
        binding: bool = False,
        today: When = None,
    ) -> Between:
        """What remains between two powers on a day, what has ended and why.

        Args:
            first: a state or group, by any of its names.
            second: the other one.
            on: the day asked about; None: today, and a note says so.
            known: only what was on record by this day.
            reading: whose legal view: ``depositary``, ``clause``, or an authority such as ``Japan``.
            topic: a topic of the scheme; a broader one takes all below it.
            scope: ``any``, ``bilateral`` or ``multilateral``.
            binding: leave out what is not legally binding.
            today: the day of the one who asks, after which an answer is in the conditional; None: that of the edition.

        Raises:
            UnknownName: a name is not on record; the nearest ones are listed.
            UsageError: the powers are one and the same, or one did not exist that day.
        """
        index = self.index(known)
        when, now = _day(on) or _day(today) or self.today(), _day(today)
        question = Question((first, second), when, _day(known), self.reading(reading), topic, scope, binding)
        answer = between(index, first, second, question, now)
        return answer if on else replace(answer, notes=(f"no day was given: {when} is taken", *answer.notes))

    def status(
        self,
        instrument: str,
        on: When = None,
        *,
        state: str | None = None,
        reading: str = DEPOSITARY,
        known: When = None,
        today: When = None,
    ) -> InstrumentStatus:
        """How an instrument stands on a day, and its states, with readings and reasons.

        Args:
            instrument: any of its names.
            on: the day; None: today, and of a state or group that has ended, its last day.
            state: only this state or group.
            reading: whose legal view.
            known: only what was on record by this day.
            today: the day of the one who asks, after which an answer is in the conditional; None: that of the edition.

        Raises:
            UnknownName: no instrument or state is called that.
        """
        from treatygraph.answers.status import status

        index = self.index(known)
        view = self.reading(reading)
        now = _day(today) or (None if on else self.today())
        return status(index, instrument, _day(on), state=state, reading=view, known=_day(known), today=now)

    def timeline(
        self, first: str, second: str | None = None, *, since: When = None, on: When = None
    ) -> tuple[Entry, ...]:
        """What happened to an instrument, or to one or two powers, in order, each with its sources.

        Raises:
            UnknownName: nothing is called that.
        """
        from treatygraph.answers.timeline import timeline

        return timeline(self._index, first, second, since=_day(since), on=_day(on))

    def read(self, text: str, *, date: When = None, known: When = None, today: When = None) -> ReadAnswer:
        """The claims of a news story in plain English, each with its place in the text and a verdict.

        Args:
            text: the story, at most 200,000 characters.
            date: its day; None: that of its date line.
            known: only what was on record by this day.
            today: what a date line without a year is counted from, and the day of a text without any; None: such a
                text is refused.

        Raises:
            UsageError: the text is empty, too long, not in English, or has no day.
        """
        from treatygraph.read import read

        return read(self.index(known), text, day=_day(date), today=_day(today), known=_day(known))

    def ask(self, text: str, *, today: When = None) -> Understanding:
        """The answer to a question in plain English, with how it was understood and the commands behind it.

        Args:
            text: the question, at most 1,000 letters.
            today: the day meant by "today", and the one taken where the question names none; None: that of the edition.

        Raises:
            NotUnderstood: a word stands in the way, or it is not said what is asked; near questions are listed.
            UsageError: it is understood and cannot be asked: one power twice, or a state that was not there.
        """
        from treatygraph.ask import ask

        return ask(self, text, _day(today) or EDITION_DAY)

    def whatif(
        self, *suppositions: str, on: When = None, reading: str = DEPOSITARY, binding: bool = False, known: When = None
    ) -> WhatIf:
        """What would follow if states left or joined instruments, all else being as on record.

        Without numpy the answer is the same, but pairs are not counted.

        Args:
            suppositions: ``"US leaves NPT"``, ``"Russia joins CTBT"``; one text may hold several with ``and``.
            on: the day on which notices are received and instruments deposited; None: today.
            reading: whose legal view.
            binding: count only legally binding instruments where pairs are counted.
            known: only what was on record by this day.

        Raises:
            UnknownName: a name is not on record; the nearest ones are listed.
            UsageError: a text supposes nothing, or a state did not exist that day.
        """
        from treatygraph.answers.whatif.answer import whatif

        when = _day(on) or self.today()
        return whatif(self.index(known), suppositions, when, reading=self.reading(reading), binding=binding)

    def prepare(self, question: str | None = None) -> None:
        """Lay down the store if it is not there yet, which takes some seconds: else the first query waits for it.

        Args:
            question: the named question that is to be asked; one that a function answers needs no store.

        Raises:
            UnknownName: no question is called that.
            StoreError: the store cannot be written.
        """
        from treatygraph.queries.catalogue import question_named

        if isinstance(self.build, Build) and not (question and question_named(question).function):
            _ = self.build.store

    def sparql(self, text: str, *, allow_service: bool = False, limit: int | None = None) -> Result:
        """The result of any SPARQL 1.1 query over the graph.

        Args:
            text: SELECT, ASK, CONSTRUCT or DESCRIBE.
            allow_service: let the query ask other hosts.
            limit: read at most so many rows; ``complete`` of the result then tells whether that was all.

        Raises:
            QueryRefused: the query would reach another host or change the graph.
            UsageError: the query cannot be parsed.
        """
        from treatygraph.triplestore.sparql import run_text

        result = run_text(self._engine, text, allow_service=allow_service, limit=limit)
        return replace(result, edition=edition_of(self._index))

    def query(
        self,
        name: str,
        parameters: Mapping[str, str] | None = None,
        *,
        today: When = None,
        limit: int | None = None,
    ) -> Result:
        """The result of a named question: a query of ``queries/``, or a function of the questions' room.

        Args:
            name: the question.
            parameters: values as users type them; each that is no option must be there.
            today: taken for a day called ``on`` that is left out; None: the day of the edition.
            limit: read at most so many rows; ``complete`` of the result then tells whether that was all.

        Raises:
            UnknownName: no question or parameter is called that.
            UsageError: a value is missing.
        """
        from treatygraph.queries.catalogue import run_named

        result = run_named(self._index, self._engine, name, parameters or {}, _day(today), limit)
        return replace(result, edition=edition_of(self._index))

    def questions(self) -> tuple[NamedQuestion, ...]:
        """Every named question, in order of name: what it answers, its parameters and its columns."""
        from treatygraph.queries.catalogue import catalogue

        return catalogue()

    @cached_property
    def dataset(self) -> Dataset:
        """The whole graph as a read-only rdflib ``Dataset``; standings are in the derived named graph."""
        from treatygraph.triplestore.sparql import dataset

        return dataset(self.home.store)

    def export(
        self,
        format_name: str,
        path: Path | str,
        *,
        today: date | str,
        on: When = None,
        topic: str | None = None,
        group: str | None = None,
        reading: str = DEPOSITARY,
        system: str = "all",
        organisations: bool = False,
        at: str = "end",
        known: When = None,
        since: int | None = None,
        parquet: bool = False,
        stata: bool = False,
        force: bool = False,
        own: bool = False,
        talk: Callable[[str], None] = lambda _: None,
    ) -> Exported:
        """Write the graph, or a part of it, as files for other tools; formats: :data:`treatygraph.export.FORMATS`.

        Args:
            format_name: the kind of file.
            path: where to; a folder where the format is one.
            today: the last whole year before it ends the panels by year.
            on: only what holds on this day.
            topic: only instruments of this topic and those below it.
            group: only members of this group.
            reading: whose legal view.
            system: only states of a list: cow, gw, un, or all.
            organisations: the European Union and Euratom too.
            at: what a year counts: end (31 December), any day, or the share of its days.
            known: only what was on record by this day.
            since: the first year of panels by year.
            parquet: a panel as Parquet instead of CSV.
            stata: a panel as Stata file instead of CSV.
            force: replace an older export.
            own: take in own facts that are laid over the record; else they are left out.
            talk: told about what takes a while.

        Raises:
            UnknownName: no format, topic, group or reading is called that.
            UsageError: the format takes no such choice, or something is at ``path`` already.
            StoreError: it cannot be written.
        """
        from treatygraph.export import ExportSelection, export

        if parquet and stata:
            raise UsageError("a panel is written as Parquet or as Stata file, not as both.")
        with contextlib.ExitStack() as opened:
            record = self
            if origins_of(self._index) and not own:
                talk("treatygraph: own facts laid over the record are left out of the export; --own takes them in.")
                record = opened.enter_context(contextlib.closing(Graph(built(self._base))))
            view, by = record.reading(reading), _day(known)
            selection = ExportSelection(_day(on), topic, group, view, system, organisations, at, by)
            return export(
                record.index(by), record.home.store, format_name, Path(path), _must(today), selection, since=since,
                file="parquet" if parquet else "stata" if stata else "csv", force=force, talk=talk,
            )  # fmt: skip

    def reading(self, text: str) -> str:
        """The id of a reading: ``depositary``, ``clause``, or an authority that has asserted something.

        Raises:
            UnknownName: no authority of that name has asserted anything; those that have are listed.
        """
        from treatygraph.answers.readings import reading

        return reading(self._index, text)
