"""Questions in plain English, understood by their pieces and the graph's own names; no model, nothing guessed.

The words of a question are signs of what is asked, of whom, of when (:mod:`treatygraph.ask.pieces`); together they are
a frame (:mod:`treatygraph.ask.frame`). A plan (:mod:`treatygraph.ask.plans`) answers it by commands of this package. A
word that nothing is done with is named, and the question refused: half a question is another question.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from treatygraph.answers.citable import Citable
from treatygraph.answers.citation.works import CitedSubject, command
from treatygraph.answers.edition import Edition, edition_of
from treatygraph.ask.frame import Frame
from treatygraph.ask.planning import Understood, understand
from treatygraph.ask.running import Answered, Command, Doors, command_of, query_behind, run
from treatygraph.model.json_form import HIDDEN, key, plain, shown

__all__ = ["Understanding", "Understood", "answered", "ask", "understand"]


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
    frame: Annotated[Frame, HIDDEN]
    """The pieces that it was understood by."""
    commands: tuple[str, ...]
    """The command line of each answer; two where a date was no day: for its first and its last day."""
    sparql: tuple[str | None, ...]
    """The query behind each answer; None where no one query says it."""
    answers: tuple[Answered, ...]
    """What each command gives: :class:`Between`, :class:`InstrumentStatus`, rows and so on."""
    notes: tuple[str, ...]
    run: Annotated[tuple[Command, ...], HIDDEN]
    edition: Edition

    @property
    def subject(self) -> CitedSubject:
        """What a citation says of it."""
        return CitedSubject("answer", self.question, "", command("ask", self.question))

    @property
    @shown
    def frame_form(self) -> Annotated[dict[str, Any], key("frame")]:
        """What is asked, and each piece of the question that means something."""
        return self.frame.to_dict()

    def to_dict(self) -> dict[str, Any]:
        """The JSON form: ``answers`` holds the JSON of each command."""
        return plain(self)


def ask(graph: Doors, text: str, today: date) -> Understanding:
    """The answer to a question in plain English.

    Args:
        graph: the graph.
        text: the question.
        today: the day meant by "today", and the one taken where the question names none.

    Raises:
        NotUnderstood: a word stands in the way, or a name is not on record; carries near questions.
        UsageError: it is understood and cannot be asked: one power twice, or a state that was not there.
    """
    return answered(graph, understand(graph.index(), text, today), text, today)


def answered(graph: Doors, understood: Understood, text: str, today: date) -> Understanding:
    """The answer to a question that was understood."""
    run_as = tuple(command_of(words) for words in understood.commands)
    answers = tuple(run(graph, command, today) for command in run_as)
    return Understanding(
        answer=understood.plan.answer(answers),
        question=text,
        understood=understood.question,
        form=understood.kind,
        frame=understood.frame,
        commands=tuple(map(_command_line, understood.commands)),
        sparql=tuple(query_behind(graph, command) for command in run_as),
        answers=answers,
        notes=understood.notes,
        run=run_as,
        edition=edition_of(graph.index()),
    )


def _command_line(words: tuple[str, ...]) -> str:
    """A command as a shell takes it; claims that no file holds go in by standard input."""
    if words[0] == "claims" and words[1].startswith("{"):
        return f"printf %s {shlex.quote(words[1])} | treatygraph claims -"
    return f"treatygraph {shlex.join(words)}"
