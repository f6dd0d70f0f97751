"""Questions in plain English, by grammar and the graph's own names; no model, nothing guessed.

A question is first read (:mod:`treatygraph.ask.reading`) as a command of this package; the command is then
run. The answer says how the question was understood, with which command and which SPARQL query, and what
was taken for granted. A question that no form fits is refused, with the nearest one that is understood.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from datetime import date
from typing import Any

from treatygraph.answers.citable import Citable
from treatygraph.answers.citation.works import Subject, command
from treatygraph.answers.edition import Edition, edition_of
from treatygraph.ask.reading import Understood, understand
from treatygraph.ask.replies import reply
from treatygraph.ask.running import Command, command_of, query_behind, run
from treatygraph.graph import Graph

__all__ = ["Understanding", "Understood", "ask", "understand"]


@dataclass(frozen=True)
class Understanding(Citable):
    """A question, how it was understood, and its answer."""

    answer: str
    question: str
    """As it was put."""
    understood: str
    """As it was understood."""
    form: str
    """The kind of question."""
    commands: tuple[str, ...]
    """The command line of each answer; two where a date was no day: for its first and its last day."""
    sparql: tuple[str | None, ...]
    """The query behind each answer; None where no one query says it."""
    answers: tuple[Any, ...]
    """What each command gives: :class:`Between`, :class:`InstrumentStatus`, rows and so on."""
    notes: tuple[str, ...]
    run: tuple[Command, ...]
    edition: Edition

    @property
    def subject(self) -> Subject:
        """What a citation says of it."""
        return Subject("answer", self.question, "", command("ask", self.question))

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape: ``answers`` holds the JSON of each command."""
        return {
            "answer": self.answer,
            "question": self.question,
            "understood": self.understood,
            "form": self.form,
            "commands": list(self.commands),
            "sparql": list(self.sparql),
            "notes": list(self.notes),
            "answers": [
                [item.to_dict() for item in one] if isinstance(one, tuple) else one.to_dict() for one in self.answers
            ],
            "edition": self.edition.to_dict(),
        }


def ask(graph: Graph, text: str, today: date) -> Understanding:
    """The answer to a question in plain English.

    Args:
        graph: the graph.
        text: the question.
        today: the day meant by "today", and the one taken where the question names none.

    Raises:
        NotUnderstood: no form fits, or a name is not on record; carries the nearest questions.
        UsageError: it is understood and cannot be asked: one power twice, or a state that was not there.
    """
    found = understand(graph.index(), text, today)
    run_as = tuple(command_of(words) for words in found.commands)
    answers = tuple(run(graph, command, today) for command in run_as)
    queries = tuple(query_behind(graph, command) for command in run_as)
    return Understanding(
        answer=reply(graph.index(), found, answers),
        question=text,
        understood=found.question,
        form=found.form.name,
        commands=tuple(f"treatygraph {shlex.join(words)}" for words in found.commands),
        sparql=queries,
        answers=answers,
        notes=found.notes,
        run=run_as,
        edition=edition_of(graph.index()),
    )
