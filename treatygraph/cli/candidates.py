"""What may stand at the cursor of a command line: commands, options, questions, parameters, names of the record."""

from __future__ import annotations

from argparse import Action, ArgumentParser, _SubParsersAction
from collections.abc import Iterable, Iterator, Sequence

from treatygraph.build.index import Index
from treatygraph.cli import COMMANDS, parser
from treatygraph.model.names import key

__all__ = ["candidates"]

Candidate = tuple[str, str]
"""A word and what it means."""

_POWERS = ("state", "group")
_NAMES = {
    "between": _POWERS,
    "status": ("instrument",),
    "timeline": ("instrument", *_POWERS),
    "show": ("instrument", *_POWERS),
    "whatif": ("instrument", *_POWERS),
    "network": ("instrument", *_POWERS),
}
"""What the plain arguments of a command name."""
_OPTIONS = {"--state": _POWERS, "--topic": ("topic",), "--reading": ("reading",), "--instrument": ("instrument",)}
"""What the value of an option names."""
_TYPES = {"state": ("state",), "line": ("state",), "instrument": ("instrument",), "topic": ("topic",),
          "reading": ("reading",)}  # fmt: skip
"""What a parameter of a question names, by its type."""


def candidates(words: Sequence[str]) -> Iterator[Candidate]:
    """The words that may take the place of the last one, in their order.

    Names of the record come from the index if there is one: nothing is built for a completion.
    """
    *before, current = words
    if not before:
        yield from _beginning(COMMANDS.items(), current)
    elif before[0] in COMMANDS:
        yield from _of_command(before[0], before[1:], current)


def _beginning(candidates: Iterable[Candidate], current: str) -> list[Candidate]:
    """Those that begin with what was typed, in any case; where none does, those whose meaning does."""
    every, wanted = list(candidates), current.casefold()
    named = [one for one in every if one[0].casefold().startswith(wanted)]
    return named or [one for one in every if key(one[1]).startswith(key(current) or "\0")]


def _of_command(command: str, before: Sequence[str], current: str) -> Iterator[Candidate]:
    top = parser(command)
    actions = _actions(top, command, before)
    last = before[-1] if before else ""
    if command == "query":
        yield from _of_query(before, current, last, actions)
        return
    option = next((action for action in actions if last in action.option_strings), None)
    if option is not None and option.nargs != 0:
        yield from _value(option, last, current)
    elif current.startswith("-"):
        yield from _beginning(_options(actions), current)
    else:
        for action in actions:
            if isinstance(action, _SubParsersAction):
                helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
                yield from _beginning(((name, helps.get(name, "")) for name in action.choices), current)
            elif not action.option_strings and action.choices:
                yield from _beginning(((str(choice), "") for choice in action.choices), current)
        yield from _beginning(_named(_NAMES.get(command, ())), current)


def _actions(top: ArgumentParser, command: str, before: Sequence[str]) -> list[Action]:
    """What the command takes; after the name of a command within it, what that one takes."""
    commands = next(action for action in top._actions if isinstance(action, _SubParsersAction))
    inner: ArgumentParser = commands.choices[command]
    for word in before:
        nested = next((action for action in inner._actions if isinstance(action, _SubParsersAction)), None)
        if nested is not None and word in nested.choices:
            inner = nested.choices[word]
    return inner._actions


def _options(actions: Iterable[Action]) -> Iterator[Candidate]:
    for action in actions:
        for name in action.option_strings:
            if name.startswith("--"):
                yield name, action.help or ""


def _value(option: Action, name: str, current: str) -> Iterator[Candidate]:
    if option.choices:
        yield from _beginning(((str(choice), "") for choice in option.choices), current)
    else:
        yield from _beginning(_named(_OPTIONS.get(name, ())), current)


def _of_query(before: Sequence[str], current: str, last: str, actions: list[Action]) -> Iterator[Candidate]:
    """A question first, then its parameters and their values."""
    from treatygraph.queries.catalogue import catalogue

    questions = {one.name: one for one in catalogue()}
    question = questions.get(before[0]) if before else None
    option = next((action for action in actions if last in action.option_strings), None)
    if option is not None and option.nargs != 0:
        yield from _value(option, last, current)
    elif question is None:
        candidates = (
            _options(actions) if current.startswith("-") else ((one.name, one.summary) for one in questions.values())
        )
        yield from _beginning(candidates, current)
    else:
        parameters = {f"--{one.name}": one for one in question.parameters}
        parameter = parameters.get(last)
        if parameter is None:
            own = ((name, one.description) for name, one in parameters.items() if name not in before)
            yield from _beginning((*own, *_options(actions)), current)
        elif "|" in parameter.type:
            yield from _beginning(((word, "") for word in parameter.type.split("|")), current)
        else:
            yield from _beginning(_named(_TYPES.get(parameter.type, ())), current)


def _named(kinds: Sequence[str]) -> Iterator[Candidate]:
    """Ids and codes of the record with their titles."""
    index = _index() if kinds else None
    if index is None:
        return
    for kind in kinds:
        if kind == "instrument":
            yield from ((name, summary.title) for name, summary in index.summaries().items())
        elif kind == "state":
            yield from ((code, life.name) for code, life in index.existences().items())
        elif kind == "group":
            yield from ((name, group.title) for name, group in index.groups().items())
        elif kind == "topic":
            yield from ((name, "") for name in ("any", *index.topics()))
        else:
            spoken = sorted({item.authority for item in index.assertions()})
            yield from ((name, "") for name in ("depositary", "clause", *spoken))


def _index() -> Index | None:
    from treatygraph.build.cache import ready

    build = ready()
    return build.open_index() if build else None
