"""``treatygraph network …``: the network of states and instruments on a day and over time."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date
from typing import TYPE_CHECKING, Any

from treatygraph.cli.options import add_format, add_on, add_reading, need, opened, today
from treatygraph.export.selection import SYSTEMS

if TYPE_CHECKING:
    from treatygraph.answers.citable import Citable
    from treatygraph.graph import Graph

__all__ = ["answer", "grammar", "run"]

_SUMMARIES = {
    "summary": "The network on a day in a dozen figures.",
    "centrality": "States or instruments by how central they are on a day.",
    "communities": "Groups of states that share more with each other than with the rest.",
    "core": "The states that are most densely tied to one another.",
    "shared": "Which pairs of states share more than chance explains.",
    "similar": "Instruments with like parties, or states under like instruments.",
    "history": "How many instruments bound two powers over time, and the act behind each step.",
    "erosion": "What was lost, when, and through whose act.",
}


_OF_STATES = frozenset({"summary", "centrality", "communities", "core", "shared", "similar"})
"""Those that are about the states of one day."""


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    subcommands = command.add_subparsers(title="questions", metavar="QUESTION", required=True, dest="question")
    made = {name: subcommands.add_parser(name, help=text, description=text) for name, text in _SUMMARIES.items()}
    made["similar"].add_argument("name", metavar="NAME", help="an instrument or a state, by any of its names")
    _history(made["history"])
    made["erosion"].add_argument(
        "--since", metavar="DATE", type=_since, required=True, help="the first day: YYYY, YYYY-MM or YYYY-MM-DD"
    )
    _measures(made)
    for name, one in made.items():
        one.add_argument("--topic", help="only this topic and those below it, e.g. nuclear")
        one.add_argument("--binding", action="store_true", help="leave out what is not legally binding")
        if name != "history":
            one.add_argument("--group", help="only the states of this group, e.g. NATO")
        if name in _OF_STATES:
            one.add_argument("--system", choices=SYSTEMS, default="all", help="only states in this list on the day")
            one.add_argument("--organisations", action="store_true", help="include the European Union and Euratom")
        add_on(one)
        add_reading(one)
        add_format(one)


def _history(command: ArgumentParser) -> None:
    command.add_argument("first", metavar="A", help="a state or group; a group alone: every two of its members")
    command.add_argument("second", metavar="B", nargs="?", help="the other one")
    command.add_argument("--every", choices=("year", "month"), default="year", help="how often to count")
    command.add_argument(
        "--since",
        metavar="DATE",
        type=_since,
        help="the first day: YYYY, YYYY-MM or YYYY-MM-DD; default: the first step",
    )


def _measures(made: dict[str, ArgumentParser]) -> None:
    made["centrality"].add_argument("--of", choices=("states", "instruments"), default="states", help="what to rank")
    made["centrality"].add_argument(
        "--by", choices=("degree", "partners", "strength", "eigenvector", "betweenness"), default="strength",
        help="the measure to rank by",
    )  # fmt: skip
    made["communities"].add_argument("--resolution", type=float, default=1.0, help="above 1: smaller communities")
    made["communities"].add_argument("--seed", type=int, default=0, help="of the first run: the same gives the same")
    made["communities"].add_argument("--runs", type=int, default=20, metavar="N", help="how many runs have to agree")
    made["shared"].add_argument(
        "--draws", type=int, default=1000, metavar="N", help="how many random networks are drawn"
    )
    made["shared"].add_argument("--seed", type=int, default=0, help="the same seed gives the same result")
    made["shared"].add_argument(
        "--level", type=float, default=0.05, help="the share of false ones among those reported"
    )
    made["core"].add_argument(
        "--at-least",
        type=int,
        metavar="N",
        help="who shares so many instruments is a partner; default: the closest tenth",
    )
    for name in ("centrality", "communities"):
        made[name].add_argument(
            "--at-least", type=int, default=1, metavar="N", help="who shares so many instruments is a partner"
        )


def _since(text: str) -> date:
    from treatygraph.model.dates import Span

    return Span.parse(text).earliest


def answer(options: Namespace) -> Citable:
    """What the graph answers."""
    need("network", "numpy", "scipy", "networkx")
    asked = {"topic": options.topic, "binding": options.binding, "reading": options.reading}
    if options.question != "history":
        asked["group"] = options.group
    if options.question in _OF_STATES:
        asked |= {"system": options.system, "organisations": options.organisations}
    return _ask(opened(options), options, options.on or today(), asked)


def run(options: Namespace) -> int:
    """Print the answer; 0."""
    from treatygraph.render import emit
    from treatygraph.render.network import VIEWS

    measured = answer(options)
    emit(measured, options.format, VIEWS[type(measured).__name__.removeprefix("Network").lower()])
    return 0


def _ask(graph: Graph, options: Namespace, on: date, asked: dict[str, Any]) -> Citable:
    if options.question == "centrality":
        return graph.centrality(on, of=options.of, by=options.by, at_least=options.at_least, **asked)
    if options.question == "communities":
        given = {key: getattr(options, key) for key in ("resolution", "seed", "at_least", "runs")}
        return graph.communities(on, **given, **asked)
    if options.question == "core":
        return graph.core(on, at_least=options.at_least, **asked)
    if options.question == "shared":
        return graph.shared(on, draws=options.draws, seed=options.seed, level=options.level, **asked)
    if options.question == "similar":
        return graph.similar(options.name, on, **asked)
    if options.question == "erosion":
        return graph.erosion(options.since, on, **asked)
    if options.question == "history" and options.second is None:
        return graph.pairs(options.first, on, since=options.since, every=options.every, **asked)
    if options.question == "history":
        return graph.history(options.first, options.second, on, since=options.since, every=options.every, **asked)
    return graph.summary(on, **asked)
