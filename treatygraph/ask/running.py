"""Runs the command that a question was understood as, and gives the query behind it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple, Protocol

from treatygraph.answers.between_answer import Between
from treatygraph.answers.claims.answer import ClaimsAnswer
from treatygraph.answers.compare import Comparison
from treatygraph.answers.show import Record
from treatygraph.answers.status_answer import InstrumentStatus
from treatygraph.answers.timeline import Entry
from treatygraph.answers.upcoming import Upcoming
from treatygraph.answers.whatif.result import WhatIf
from treatygraph.build.index import Index
from treatygraph.model.errors import UsageError
from treatygraph.model.vocabulary import DEPOSITARY
from treatygraph.queries.catalogue import prepared
from treatygraph.triplestore.sparql import Result

__all__ = ["Answered", "Command", "Doors", "command_of", "query_behind", "run"]


Answered = (
    Between | ClaimsAnswer | Comparison | InstrumentStatus | Record | Result | Upcoming | WhatIf | tuple[Entry, ...]
)
"""What a command answers."""


class Doors(Protocol):
    """What answers commands: the methods of :class:`treatygraph.graph.Graph` that questions lead to."""

    def index(self) -> Index:
        """The built graph."""

    @property
    def between(self) -> Callable[..., Between]:
        """The method of that name."""

    @property
    def status(self) -> Callable[..., InstrumentStatus]:
        """The method of that name."""

    @property
    def whatif(self) -> Callable[..., WhatIf]:
        """The method of that name."""

    @property
    def timeline(self) -> Callable[..., tuple[Entry, ...]]:
        """The method of that name."""

    @property
    def show(self) -> Callable[..., Record]:
        """The method of that name."""

    @property
    def claims(self) -> Callable[..., ClaimsAnswer]:
        """The method of that name."""

    @property
    def compare(self) -> Callable[..., Comparison]:
        """The method of that name."""

    @property
    def upcoming(self) -> Callable[..., Upcoming]:
        """The method of that name."""

    @property
    def query(self) -> Callable[..., Result]:
        """The method of that name."""


class Command(NamedTuple):
    """A command, its plain words and its options."""

    name: str
    words: tuple[str, ...]
    options: Mapping[str, str]


def command_of(words: Sequence[str]) -> Command:
    """The command that the words of a line give.

    >>> command_of(["between", "USA", "RUS", "--on", "2021-05-28", "--binding"]).options
    {'on': '2021-05-28', 'binding': ''}
    """
    plain: list[str] = []
    options: dict[str, str] = {}
    pending = ""
    for word in words[1:]:
        if word.startswith("--"):
            pending = word[2:]
            options[pending] = ""
        elif pending:
            options[pending], pending = word, ""
        else:
            plain.append(word)
    return Command(words[0], tuple(plain), options)


def run(graph: Doors, command: Command, today: date) -> Answered:
    """The answer of a command: what the function of the same name in :class:`Graph` gives.

    Raises:
        UsageError: the question cannot be asked: no such power on that day, nothing to leave.
    """
    return _RUNS[command.name](graph, command, today)


def _between(graph: Doors, command: Command, today: date) -> Between:
    options = command.options
    return graph.between(
        command.words[0],
        command.words[1],
        options.get("on") or today,
        known=options.get("known"),
        reading=options.get("reading", DEPOSITARY),
        topic=options.get("topic"),
        scope=options.get("scope", "any"),
        binding="binding" in options,
    )


def _status(graph: Doors, command: Command, today: date) -> InstrumentStatus:
    options = command.options
    return graph.status(
        command.words[0],
        options.get("on"),
        state=options.get("state"),
        reading=options.get("reading", DEPOSITARY),
        known=options.get("known"),
        today=today,
    )


def _whatif(graph: Doors, command: Command, _: date) -> WhatIf:
    return graph.whatif(" ".join(command.words), on=command.options["notice"])


def _compare(graph: Doors, command: Command, today: date) -> Comparison:
    options = dict(command.options)
    binding = "binding" in options
    options.pop("binding", None)
    return graph.compare(*command.words, **options, binding=binding, today=today)


def _upcoming(graph: Doors, command: Command, _: date) -> Upcoming:
    options = dict(command.options)
    return graph.upcoming(options.pop("on"), months=int(options.pop("months")), **options)


def _report(text: str) -> str | dict[str, object]:
    """The id of a report, or claims that were drafted for the question."""
    if not text.startswith("{"):
        return text
    claims: dict[str, object] = json.loads(text)
    return claims


_RUNS: Final[Mapping[str, Callable[[Doors, Command, date], Answered]]] = {
    "between": _between,
    "status": _status,
    "whatif": _whatif,
    "compare": _compare,
    "upcoming": _upcoming,
    "timeline": lambda graph, it, _: graph.timeline(*it.words, since=it.options.get("since"), on=it.options.get("on")),
    "show": lambda graph, it, _: graph.show(it.words[0]),
    "claims": lambda graph, it, _: graph.claims(_report(it.words[0]), known=it.options.get("known")),
    "query": lambda graph, it, today: graph.query(it.words[0], it.options, today=today),
}


def query_behind(graph: Doors, command: Command) -> str | None:
    """The SPARQL text that gives what the command gives; None where law is applied and no one query says it.

    Without the header of the file, with every value in its place.
    """
    name, parameters = _question(command)
    if command.name == "show":
        return f"DESCRIBE <{graph.show(command.words[0]).iri}>"
    if not name:
        return None
    try:
        text = prepared(graph.index(), name, parameters)
    except UsageError:  # a group in place of a state: its members are asked one by one
        return None
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#")).strip()


def _question(command: Command) -> tuple[str, dict[str, str]]:
    """The named question that says the same, with its parameters."""
    options = dict(command.options)
    if command.name == "query":
        return command.words[0], options
    if "known" in options or "on" not in options:
        return "", {}
    if command.name == "status":
        chosen = {"on": options["on"], "reading": options.get("reading", DEPOSITARY)}
        return "parties-on", {"instrument": command.words[0], **chosen}
    if command.name != "between" or "reading" in options:
        return "", {}
    pair = {"a": command.words[0], "b": command.words[1], "on": options["on"]}
    if not {"topic", "scope", "binding"} & set(options):
        return "remains", pair
    narrow = {"topic": options.get("topic", "any"), "scope": options.get("scope", "any")}
    return "remains-on-topic", {**pair, **narrow, "binding": "yes" if "binding" in options else "any"}
