"""The command line: data to stdout, talk to stderr; exit 0 fine, 1 findings, 2 usage or unknown name.

Each command is a module of its own beside this one: ``grammar`` says what it takes, ``run`` does it and
returns the exit code. Only the module of the command that was asked for is imported, and it imports what it
needs when it runs, so that an answer does not wait for the rest.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from importlib import import_module
from io import TextIOWrapper
from itertools import pairwise
from types import ModuleType
from typing import NoReturn

from treatygraph.model.errors import TreatygraphError, UsageError, refusal

__all__ = ["COMMANDS", "main", "parsed", "parser", "run"]

COMMANDS: Mapping[str, str] = {
    "between": "What remains between two powers, what has ended since and why.",
    "status": "An instrument's standing and that of its states, with readings and reasons.",
    "timeline": "What happened, in order, each with its source.",
    "show": "One record: card, acts, people, links.",
    "ask": "A question in plain English: how it is understood, and its answer.",
    "query": "A named question of the catalogue; without a name, the list of questions.",
    "sparql": "Any SPARQL 1.1 query over the graph.",
    "read": "A news story in plain English: its claims, each with its place and a verdict.",
    "claims": "Each claim of a report held against the record.",
    "whatif": "What would follow if a state left or joined an instrument: when, what defers it, what it undoes.",
    "changes": "What changed between two days, two states of knowledge, or two records; as feed, as release notes.",
    "compare": "What a pair kept, lost and gained between two days, or what two pairs have in common.",
    "upcoming": "What is due: terms that expire, notices that take effect; as a table, feed or calendar.",
    "watch": "Questions of a desk asked again: what has another answer since last time, and why.",
    "batch": "Many questions at once from a CSV: between, status and plain English, one row each.",
    "cite": "A citation of any answer, record, fact or picture: text, BibTeX, CSL-JSON, RIS; with its sources.",
    "network": "The network of states and instruments: measures on a day, history, erosion.",
    "draw": "Pictures and the explorer page, each one file that needs no network.",
    "export": "Files for other tools: RDF, networks, tables, panels; without a format, the list of them.",
    "serve": "The graph on the web: pages, SPARQL, JSON; read-only, within limits.",
    "mcp": "Serve the graph to language-model agents (Model Context Protocol over stdin and stdout).",
    "wikidata": "Links with Wikidata: find items, compare, propose, take in labels.",
    "check": "Every finding about the facts: record, rule, and how to mend it.",
    "new": "Begin a record: a valid instrument, event, source or official, and what to fill in next.",
    "intake": "A register's list laid beside the ledger: what agrees, is new, differs or is gone; --write takes it in.",
    "build": "Build the graph from its facts (done by itself when needed).",
    "publish": "Lay the graph down on a SPARQL 1.1 server, whole or not at all.",
    "completion": "A script by which a shell completes commands, questions, parameters and names.",
}
"""What each command does, in one sentence; its module has its name (``-`` becomes ``_``)."""

_AT_HOME = frozenset({"build", "check", "completion", "intake", "new", "publish"})
"""Commands that do not ask the graph."""
_NO_FACTS = frozenset({"completion", "intake", "publish"})
"""Commands that own facts are not laid under: what they write is the record's, or goes to others."""
_UNWRITABLE = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EBADF)
"""What a full or broken disk behind stdout says."""
_STORE = ArgumentParser(add_help=False, allow_abbrev=False)
_STORE.add_argument("--store", metavar="URL")
_STORE.add_argument("--facts", metavar="FOLDER")
_ANYWHERE = (
    "Every command that asks the graph also takes --store URL: a SPARQL 1.1 server that holds it (see 'publish'), "
    "asked in place of the graph at home; or --facts FOLDER (or TREATYGRAPH_FACTS): own facts laid over the record."
)


class _Grammar(ArgumentParser):
    """A grammar whose refusals are JSON where the answer would have been."""

    def error(self, message: str) -> NoReturn:
        """Refuse as argparse does, or where JSON is wanted as every other refusal."""
        if _wants_json(sys.argv[1:]):
            raise UsageError(f"{message}; see '{self.prog} --help'.")
        super().error(message)


class _Raising(_Grammar):
    """The same for a question that another command asks: every refusal is raised."""

    def error(self, message: str) -> NoReturn:
        """Refuse, so that whoever asks can say which question it was."""
        raise UsageError(f"{message}; see '{self.prog} --help'.")


def _wants_json(words: Sequence[str]) -> bool:
    """Whether the words of the command line ask for JSON, readable as a whole or not."""
    return "--format=json" in words or any(pair == ("--format", "json") for pair in pairwise(words))


def _module(command: str) -> ModuleType:
    return import_module(f"treatygraph.cli.{command.replace('-', '_')}")


def parser(asked: str | None = None, kind: type[ArgumentParser] = _Grammar) -> ArgumentParser:
    """The grammar of the command line.

    Args:
        asked: the command whose arguments are wanted; None: those of every command.
        kind: how it refuses.
    """
    from treatygraph.model.version import VERSION

    top = kind(
        prog="treatygraph",
        description="A knowledge graph of arms control: which treaties remain between two powers, on any day, and why.",
        epilog=_ANYWHERE,
    )
    top.add_argument("--version", action="version", version=VERSION)
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, summary in COMMANDS.items():
        found = commands.add_parser(name, help=summary, description=summary)
        if asked in (None, name):
            module = _module(name)
            module.grammar(found)
            found.set_defaults(run=module.run, takes_more=getattr(module, "TAKES_MORE", False))
    return top


def _refuse(word: str) -> None:
    """Raise for a mistyped command; where none is near the grammar, which lists them all, says it better."""
    from treatygraph.model import names

    problem = names.unknown("command", word, [(name, name) for name in COMMANDS])
    if problem.nearest:
        raise problem


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code.

    Raises:
        TreatygraphError: an error raised on purpose; its text is the message for the user.
    """
    given, words = _STORE.parse_known_args(sys.argv[1:] if arguments is None else arguments)
    asked = words[0] if words and words[0] in COMMANDS else ""
    if words and not asked and not words[0].startswith("-"):
        _refuse(words[0])
    options = _parsed(parser(asked), words)
    if given.store and asked in _AT_HOME:
        raise UsageError(f"'{asked}' works on the facts at home; leave --store out.")
    if given.facts and (given.store or asked in _NO_FACTS):
        raise UsageError(f"'{asked}' takes no own facts; leave --facts out, or --store.")
    options.store, options.facts = given.store, given.facts
    code: int = options.run(options)
    return code


def parsed(words: Sequence[str]) -> Namespace:
    """The options of a command line that another command asks.

    Raises:
        UsageError: the words are no command line.
    """
    return _parsed(parser(words[0], _Raising), words)


def _parsed(grammar: ArgumentParser, words: Sequence[str]) -> Namespace:
    options, rest = grammar.parse_known_args(words)
    if rest and not options.takes_more:
        raise UsageError(f"unknown option: {' '.join(rest)}; see 'treatygraph --help'.")
    options.rest = rest
    return options


def _visible(text: str) -> str:
    """A message without characters that a terminal obeys: it may quote what somebody else wrote."""
    return "".join(c if c in "\n\t" or c.isprintable() or (not c.isascii() and ord(c) > 0x9F) else "�" for c in text)


def main() -> None:
    """Run the command line; an error raised on purpose is one clear line and exit code 2."""
    if sys.stdout is None or sys.stderr is None:  # closed by the caller: an answer would go nowhere, without a word
        os.write(2, b"treatygraph: stdout or stderr is closed; send them somewhere, for example to /dev/null.\n")
        sys.exit(2)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that cannot show a character still gets the rest
            stream.reconfigure(errors="replace")
    try:
        code = run()
        sys.stdout.flush()
    except TreatygraphError as problem:
        if _wants_json(sys.argv[1:]):
            print(json.dumps(refusal(problem), ensure_ascii=False, indent=2))
        else:
            print(f"treatygraph: {_visible(str(problem))}", file=sys.stderr)
        code = 2
    except BrokenPipeError:
        # Whoever read the answer has stopped reading; nothing is wrong with the answer.
        sys.stderr.close()
        code = 0
    except OSError as problem:
        if problem.errno not in _UNWRITABLE:
            raise
        print(f"treatygraph: the answer cannot be written: {problem.strerror}; send it elsewhere.", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is still held back for stdout would fail again at the end
        code = 2
    sys.exit(code)
