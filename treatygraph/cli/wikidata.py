"""``treatygraph wikidata …``: find items, compare statements, propose what is missing, take in labels."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from treatygraph.cli.options import FORMATS, day, opened, today

if TYPE_CHECKING:
    from treatygraph.wikidata.client import Client

__all__ = ["grammar", "run"]

_SUMMARIES = {
    "resolve": "Find the items of records that have none; candidates as SSSOM.",
    "compare": "Our record and Wikidata's statements: what agrees, differs, or stands on one side only.",
    "propose": "What we know and Wikidata lacks, as QuickStatements. Nothing is sent.",
    "enrich": "Take labels in other languages, places, portraits and holders of offices into the cache.",
}
_ENRICHED = ("instrument", "state", "official", "group", "office", "body")


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    tasks = command.add_subparsers(title="tasks", metavar="TASK", required=True, dest="task")
    parsers = {name: tasks.add_parser(name, help=text, description=text) for name, text in _SUMMARIES.items()}
    _resolve(parsers["resolve"])
    for name in ("compare", "propose"):
        parsers[name].add_argument("instruments", metavar="INSTRUMENT", nargs="*", help="an instrument, by any name")
        parsers[name].add_argument("--all", action="store_true", help="every instrument that has an item")
    parsers["compare"].add_argument("--page", metavar="FILE", help="also write the comparison as a page of HTML")
    parsers["propose"].add_argument(
        "--retrieved", metavar="DATE", type=day, help="the day on which the references are looked at; default: today"
    )
    parsers["enrich"].add_argument("--kind", action="append", choices=_ENRICHED, help="only records of this kind")
    formats = {"resolve": ("sssom", "table", "json"), "compare": FORMATS,
               "propose": ("quickstatements", "table", "json"), "enrich": FORMATS}  # fmt: skip
    for name, one in parsers.items():
        one.add_argument("--format", choices=formats[name], default=formats[name][0], help="how to print the answer")
        _client_options(one)


def _resolve(command: ArgumentParser) -> None:
    command.add_argument(
        "--kind",
        action="append",
        choices=("instrument", "official", "state", "group"),
        help="only records of this kind",
    )
    command.add_argument("--offline", action="store_true", help="only by names that the file of links has already")
    command.add_argument("--accept", action="store_true", help="take what is exact; ask about the rest on a terminal")
    command.add_argument("--links", metavar="FILE", help="the file of links to write to; default: that of the facts")
    command.add_argument("--author", default="a reviewer", help="who decides, as the file will name it")


def _client_options(command: ArgumentParser) -> None:
    command.add_argument("--endpoint", metavar="URL", help="the query service; default: Wikidata's")
    command.add_argument(
        "--contact",
        metavar="WHO",
        default=os.environ.get("TREATYGRAPH_CONTACT", ""),
        help="address or user name for the User-Agent; default: $TREATYGRAPH_CONTACT",
    )
    command.add_argument("--refresh", action="store_true", help="ask again what was not asked today")
    command.add_argument(
        "--timeout", metavar="SECONDS", type=float, default=60.0, help="how long to wait for an answer"
    )


def run(options: Namespace) -> int:
    """Do the task; 0, and 1 where a comparison finds differences."""
    tasks = {"resolve": _run_resolve, "compare": _run_compare, "propose": _run_propose, "enrich": _run_enrich}
    return tasks[options.task](options)


def _client(options: Namespace) -> Client:
    import random
    import time
    from datetime import timedelta

    from tqdm import tqdm

    from treatygraph.build.cache import cache_folder
    from treatygraph.model.errors import UsageError
    from treatygraph.model.version import VERSION
    from treatygraph.wikidata.client import WIKIDATA, Client, agent
    from treatygraph.wikidata.memory import Memory

    endpoint = options.endpoint or WIKIDATA
    if endpoint == WIKIDATA and not options.contact:
        raise UsageError(
            "Wikidata asks who is asking: give an address or a user name with --contact, or set TREATYGRAPH_CONTACT."
        )
    return Client(
        endpoint=endpoint,
        agent=agent(VERSION, options.contact),
        memory=Memory(cache_folder() / "wikidata" / "answers.sqlite"),
        today=today(),
        sleep=time.sleep,
        chance=random.random,
        timeout=options.timeout,
        fresh=timedelta(0) if options.refresh else timedelta(days=30),
        progress=lambda total, what: tqdm(total=total, desc=what, unit="record", file=sys.stderr, disable=None),
        talk=lambda text: print(f"treatygraph: {text}", file=sys.stderr),
    )


def _run_resolve(options: Namespace) -> int:
    from pathlib import Path

    from treatygraph.model.folders import room
    from treatygraph.render.wikidata import print_resolved
    from treatygraph.wikidata.accept import accept, write_links
    from treatygraph.wikidata.resolve import ResolvedItems, from_file, resolve
    from treatygraph.wikidata.subjects import KINDS, subjects

    index = opened(options).index()
    wanted = subjects(index, options.kind or KINDS)
    candidates = from_file(index, wanted)
    if not options.offline:
        known = {(one.subject.kind, one.subject.record) for one in candidates if one.exact}
        rest = [subject for subject in wanted if (subject.kind, subject.record) not in known]
        online = resolve(_client(options), rest).candidates
        seen = {(one.subject.record, one.item) for one in online}
        candidates = [*online, *(one for one in candidates if (one.subject.record, one.item) not in seen)]
    items = ResolvedItems(len(wanted), tuple(candidates))
    if not options.accept:
        print_resolved(items, options.format, today().isoformat())
        return 0
    decided = accept(items.candidates, today().isoformat(), input if sys.stdin.isatty() else None, options.author)
    path = Path(options.links) if options.links else room("graph") / "links.sssom.tsv"
    write_links(path, [*decided.taken, *decided.rejected])
    for text in decided.left:
        print(f"left open: {text}", file=sys.stderr)
    print(decided.answer)
    return 0


def _run_compare(options: Namespace) -> int:
    from pathlib import Path

    from treatygraph.render import emit
    from treatygraph.render.wikidata import COMPARED
    from treatygraph.render.wikidata_page import page
    from treatygraph.wikidata.session import chosen, compared

    index = opened(options).index()
    instruments = chosen(index, options.instruments, everything=options.all)
    comparison = compared(index, _client(options), instruments)
    if options.page:
        Path(options.page).write_text(page(comparison.to_dict()), encoding="utf-8")
        print(f"treatygraph: the page is {options.page}", file=sys.stderr)
    emit(comparison, options.format, COMPARED)
    return 1 if comparison.differs else 0


def _run_propose(options: Namespace) -> int:
    from treatygraph.render.wikidata import print_proposal
    from treatygraph.wikidata.propose import propose
    from treatygraph.wikidata.session import chosen, compared

    index = opened(options).index()
    instruments = chosen(index, options.instruments, everything=options.all)
    comparison = compared(index, _client(options), instruments)
    print_proposal(propose(index, comparison, options.retrieved or today()), options.format)
    return 0


def _run_enrich(options: Namespace) -> int:
    from treatygraph.build.cache import labels_file
    from treatygraph.render import emit
    from treatygraph.render.wikidata import ENRICHED
    from treatygraph.wikidata.enrich import enrich, write

    enrichment = enrich(opened(options).index(), _client(options), options.kind or _ENRICHED)
    write(enrichment, labels_file())
    emit(enrichment, options.format, ENRICHED)
    return 0
