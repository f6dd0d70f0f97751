"""``treatygraph ask "…"``: one question, many (``-``, ``--file``), or a conversation (without words)."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from treatygraph.cli.options import add_format, opened, today
from treatygraph.model.errors import UsageError, refusal
from treatygraph.model.spreadsheet import SPREADSHEETS, write_rows

if TYPE_CHECKING:
    from treatygraph.ask import Understanding
    from treatygraph.graph import Graph

__all__ = ["answer", "grammar", "run"]


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument(
        "question", metavar="QUESTION", nargs="*",
        help="a question in plain English; - for one a line on stdin; without any, a conversation",
    )  # fmt: skip
    command.add_argument("--file", metavar="FILE", type=Path, help="the questions of a file, one a line")
    command.add_argument("--brief", action="store_true", help="the answer alone, without what the commands show")
    command.add_argument("--explain", action="store_true", help="with the SPARQL behind the answer")
    add_format(command)


def answer(options: Namespace) -> Understanding:
    """What the graph answers to one question."""
    return opened(options).ask(" ".join(options.question), today=today())


def run(options: Namespace) -> int:
    """Print the answer; 0, or 1 where one of many questions was not understood."""
    from treatygraph.render import emit
    from treatygraph.render.ask import view

    if options.file and options.question:
        raise UsageError("give a question or --file, not both.")
    if options.file or options.question == ["-"]:
        return _many(opened(options), _lines(options.file), options)
    if not options.question:
        return _conversation(opened(options), options)
    exit_code = answer(options)
    emit(exit_code, options.format, view(exit_code, brief=options.brief, explain=options.explain))
    return 0


def _lines(file: Path | None) -> list[str]:
    """The questions, one a line; empty lines and those that begin with ``#`` are none."""
    try:
        text = file.read_text(encoding="utf-8") if file else sys.stdin.read()
    except (OSError, UnicodeDecodeError) as problem:
        raise UsageError(f"{file} cannot be read: {problem}. Give a file of text in UTF-8.") from None
    return [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def _answers(graph: Graph, questions: Iterable[str]) -> Iterator[tuple[str, Understanding | UsageError]]:
    for question in questions:
        try:
            yield question, graph.ask(question, today=today())
        except UsageError as problem:
            yield question, problem


def _many(graph: Graph, questions: list[str], options: Namespace) -> int:
    """Each question with its answer or its refusal: as text, as one JSON list, or as rows of a CSV."""
    replies = list(_answers(graph, questions))
    refused = sum(isinstance(told, UsageError) for _, told in replies)
    if options.format == "json":
        plain = [
            {"question": question, **refusal(told)} if isinstance(told, UsageError) else told.to_dict()
            for question, told in replies
        ]
        json.dump(plain, sys.stdout, ensure_ascii=False, indent=2)
        print()
    elif options.format in SPREADSHEETS:
        rows = [_row(question, told) for question, told in replies]
        write_rows(sys.stdout, [("question", "answer", "understood", "command", "refused"), *rows], options.format)
    elif options.format == "table":
        for question, told in replies:
            print(f"{question}\n  {_short(told)}\n")
    else:
        raise UsageError("many questions are answered as table, json or csv.")
    return 1 if refused else 0


def _row(question: str, told: Understanding | UsageError) -> tuple[str, ...]:
    if isinstance(told, UsageError):
        return question, "", "", "", str(told)
    return question, told.answer, told.understood, "; ".join(told.commands), ""


def _short(told: Understanding | UsageError) -> str:
    return str(told) if isinstance(told, UsageError) else f"{told.answer}\n  Command: {'; '.join(told.commands)}"


def _conversation(graph: Graph, options: Namespace) -> int:
    """Questions one after the other until the end of the input; each may go on from the one before."""
    from treatygraph.ask.session import Session
    from treatygraph.render import emit
    from treatygraph.render.ask import view

    session, asks = Session(graph, today()), sys.stdin.isatty()
    if asks:
        print('Ask in plain English; then "and China?" or "and in 2010?". An empty line ends.', file=sys.stderr)
    while True:
        text = _next_line("> " if asks else "")
        if text is None or (asks and not text.strip()):
            return 0
        if not text.strip():
            continue
        try:
            answered = session.ask(text)
        except UsageError as problem:
            if options.format == "json":
                print(json.dumps({"question": text, **refusal(problem)}, ensure_ascii=False))
            else:
                print(f"treatygraph: {problem}", file=sys.stderr)
            continue
        emit(answered, options.format, view(answered, brief=options.brief or asks, explain=options.explain))
        sys.stdout.flush()


def _next_line(prompt: str) -> str | None:
    """What the user types next; None at the end of the input."""
    if prompt:
        print(prompt, end="", file=sys.stderr, flush=True)
    try:
        line = sys.stdin.readline()
    except KeyboardInterrupt:
        return None
    return line.rstrip("\n") if line else None
