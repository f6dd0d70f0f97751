"""The command line: data to stdout, talk to stderr; exit 0 fine, 1 findings, 2 usage or unknown name.

Modules are imported inside the command that needs them, so that an answer does not wait for the rest.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from datetime import date

from treatygraph.errors import TreatygraphError, UsageError

__all__ = ["COMMANDS", "main", "parser"]

FORMATS = ("table", "json", "csv", "ttl")


def _today() -> date:
    """Today, as the user's calendar has it: the only clock of the package."""
    return date.today()  # noqa: DTZ011 - a day without a time zone is meant


def _emit(answer: object, options: Namespace, kind: str) -> int:
    from treatygraph.render import emit

    emit(answer, options.format, kind)
    return 0


def between(options: Namespace) -> int:
    """What remains between two powers, what has ended since and why."""
    from treatygraph.graph import open_graph

    answer = open_graph().between(
        options.first,
        options.second,
        options.on or _today(),
        known=options.known,
        reading=options.reading,
        topic=options.topic,
        scope=options.scope,
        binding=options.binding,
    )
    return _emit(answer, options, "between")


def status(options: Namespace) -> int:
    """An instrument's standing and that of its states, with readings and reasons."""
    from treatygraph.graph import open_graph

    answer = open_graph().status(
        options.instrument, options.on or _today(), state=options.state, reading=options.reading, known=options.known
    )
    return _emit(answer, options, "status")


def timeline(options: Namespace) -> int:
    """What happened, in order, each with its source."""
    from treatygraph.graph import open_graph

    answer = open_graph().timeline(options.first, options.second, since=options.since, on=options.on)
    return _emit(answer, options, "timeline")


def show(options: Namespace) -> int:
    """One record: card, acts, people, links."""
    from treatygraph.graph import open_graph

    graph = open_graph()
    record = graph.show(options.name)
    if options.format == "ttl":
        return _emit(graph.sparql(f"DESCRIBE <{record.iri}>"), options, "sparql")
    return _emit(record, options, "show")


def claims(options: Namespace) -> int:
    """Each claim of a report held against the record."""
    from treatygraph.graph import open_graph

    return _emit(open_graph().claims(options.report, known=options.known), options, "claims")


def query(options: Namespace) -> int:
    """A named question of the catalogue; without a name, the list of questions."""
    from treatygraph.catalogue import catalogue, parameters_of

    if options.name is None:
        return _emit(catalogue(), options, "catalogue")
    from treatygraph.graph import open_graph

    return _emit(open_graph().query(options.name, parameters_of(options.rest)), options, "sparql")


def sparql(options: Namespace) -> int:
    """Any SPARQL 1.1 query over the graph."""
    from treatygraph.catalogue import text_of
    from treatygraph.graph import open_graph

    answer = open_graph().sparql(text_of(options.text), allow_service=options.allow_service)
    return _emit(answer, options, "sparql")


def check(options: Namespace) -> int:
    """Every finding about the facts: record, rule, and how to mend it."""
    from treatygraph.answers.check import check as checked

    answer = checked(options.graph, _today(), every=options.all)
    _emit(answer, options, "check")
    return 1 if answer.errors else 0


def build(options: Namespace) -> int:
    """Build the graph from its facts (done by itself when needed)."""
    from pathlib import Path

    from treatygraph.store import built

    made = built(Path(options.graph) if options.graph else None, again=options.again)
    counts = made.manifest
    print(f"{made.folder}: {counts['instruments']} instruments, {counts['acts']} acts, {counts['quads']} quads")
    return 0


COMMANDS: dict[str, Callable[[Namespace], int]] = {
    "between": between,
    "status": status,
    "timeline": timeline,
    "show": show,
    "query": query,
    "sparql": sparql,
    "claims": claims,
    "check": check,
    "build": build,
}


def _day(text: str) -> date:
    from treatygraph.dates import day

    return day(text)


def parser() -> ArgumentParser:
    """The grammar of the command line."""
    top = ArgumentParser(
        prog="treatygraph",
        description="A knowledge graph of arms control: which treaties remain between two powers, on any day, and why.",
    )
    from treatygraph.version import VERSION

    top.add_argument("--version", action="version", version=VERSION)
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    found: dict[str, ArgumentParser] = {}
    for name, run in COMMANDS.items():
        found[name] = commands.add_parser(name, help=run.__doc__, description=run.__doc__)
        found[name].set_defaults(run=run)
        if name != "build":
            found[name].add_argument("--format", choices=FORMATS, default="table", help="how to print the answer")
    _grammar_of_answers(found)
    _grammar_of_queries(found)
    return top


def _grammar_of_answers(commands: dict[str, ArgumentParser]) -> None:
    add = commands["between"].add_argument
    add("first", metavar="A", help="a state or group, by any of its names")
    add("second", metavar="B", help="the other one")
    add("--topic", help="only this topic and those below it, e.g. nuclear")
    add("--scope", choices=("bilateral", "multilateral", "any"), default="any", help="by the number of parties")
    add("--binding", action="store_true", help="leave out what is not legally binding")
    add = commands["status"].add_argument
    add("instrument", metavar="INSTRUMENT", help="by id, title, abbreviation or alias")
    add("--state", help="only this state or group")
    for name in ("between", "status"):
        add = commands[name].add_argument
        add("--on", metavar="DATE", type=_day, help="the day asked about, YYYY-MM-DD; default: today")
        add(
            "--reading",
            metavar="WHO",
            default="depositary",
            help="whose legal view: depositary, clause, or an authority",
        )
    for name in ("between", "status", "claims"):
        commands[name].add_argument("--known", metavar="DATE", type=_day, help="only what was on record by this day")
    add = commands["timeline"].add_argument
    add("first", metavar="A|INSTRUMENT", help="a state, a group, or an instrument")
    add("second", metavar="B", nargs="?", help="the other power")
    add("--since", metavar="DATE", type=_day, help="nothing before this day")
    add("--on", metavar="DATE", type=_day, help="nothing after this day")
    commands["show"].add_argument("name", metavar="NAME", help="an instrument, state, group, official, event or source")
    commands["claims"].add_argument("report", metavar="REPORT", help="the id of a report")


def _grammar_of_queries(commands: dict[str, ArgumentParser]) -> None:
    commands["query"].add_argument(
        "name", metavar="NAME", nargs="?", help="a named question; its parameters as --NAME VALUE"
    )
    add = commands["sparql"].add_argument
    add("text", metavar="TEXT|FILE|-", help="a query, a file that holds one, or - for stdin")
    add("--allow-service", action="store_true", help="let the query ask other hosts")
    for name in ("check", "build"):
        commands[name].add_argument("--graph", metavar="FOLDER", help="facts elsewhere; default: those installed")
    commands["check"].add_argument("--all", action="store_true", help="also the known differences between sources")
    commands["build"].add_argument("--again", action="store_true", help="build even if a build of these facts is there")


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code.

    Raises:
        TreatygraphError: an error raised on purpose; its text is the message for the user.
    """
    grammar = parser()
    options, rest = grammar.parse_known_args(arguments)
    if rest and options.run is not query:
        raise UsageError(f"unknown option: {' '.join(rest)}; see 'treatygraph --help'.")
    options.rest = rest
    code: int = options.run(options)
    return code


def main() -> None:
    """Run the command line; an error raised on purpose is one clear line and exit code 2."""
    try:
        code = run()
        sys.stdout.flush()
    except TreatygraphError as problem:
        print(f"treatygraph: {problem}", file=sys.stderr)
        code = 2
    except BrokenPipeError:
        # Whoever read the answer has stopped reading; nothing is wrong with the answer.
        sys.stderr.close()
        code = 0
    sys.exit(code)
