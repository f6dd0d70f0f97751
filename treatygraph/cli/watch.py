"""``treatygraph watch FILE.yaml``."""

from __future__ import annotations

import json
import shlex
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from treatygraph.answers.citation.cite import plain_form
from treatygraph.answers.watching import Watched, WatchReport, content_of, difference
from treatygraph.cli.options import opened, today
from treatygraph.model.errors import TreatygraphError, UsageError

__all__ = ["answer", "grammar", "run"]

_KEYS: Final = {"id", "command", "question"}
_FORM: Final = "write questions: [{id: …, command: 'between US Russia'}, {id: …, question: 'plain English'}]"


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument(
        "file", metavar="FILE.yaml", type=Path,
        help="questions: each with an id, and a command ('between US Russia') or a question in plain English",
    )  # fmt: skip
    command.add_argument(
        "--state-file", metavar="PATH", type=Path, help="what was answered last time; default: FILE.yaml.state.json"
    )
    command.add_argument("--dry-run", action="store_true", help="do not take down what is answered now")
    command.add_argument("--format", choices=("table", "json"), default="table", help="how to print the report")


def answer(options: Namespace) -> WatchReport:
    """What has changed since the questions were last asked; what is answered now is taken down.

    Raises:
        UsageError: the file of questions or of last time cannot be read.
    """
    from treatygraph.answers.edition import edition_of

    questions = _questions(options.file)
    place = options.state_file or options.file.with_name(f"{options.file.name}.state.json")
    last = _last(place)
    graph = opened(options)
    edition = edition_of(graph.index())
    graph.close()
    known = last.get("questions")
    known = known if isinstance(known, dict) else {}
    rows, kept = [], dict[str, object]()
    for name, words in questions.items():
        row, state = _asked(options, name, words, known.get(name))
        rows.append(row)
        kept[name] = state if state is not None else known.get(name)
    since: dict[str, object] | None = {key: last[key] for key in ("day", "edition") if key in last} or None
    report = WatchReport(_sentence(rows, since), since, rows, edition)
    if not options.dry_run:
        state = {"day": today().isoformat(), "edition": edition.to_dict(), "questions": kept}
        _take_down(place, state)
    return report


def _asked(options: Namespace, name: str, words: list[str], before: object) -> tuple[Watched, dict[str, object] | None]:
    """One question asked again: what is told of it, and what is kept; None where it could not be asked."""
    from treatygraph.cli.answering import answer_to, options_of

    line = shlex.join(words)
    try:
        given = answer_to(options_of(words, options), words[0])
    except TreatygraphError as problem:
        return Watched(id=name, question=line, error=str(problem)), None
    plain = plain_form(given)
    sentence = (
        str(plain.get("answer", ""))
        if isinstance(plain, dict)
        else f"{len(plain) if isinstance(plain, list) else 0} entries"
    )
    content = json.loads(json.dumps(content_of(plain)))
    state: dict[str, object] = {"question": line, "answer": sentence, "content": content}
    if not isinstance(before, Mapping) or before.get("question") != line:
        return Watched(id=name, question=line, after=sentence, new=True), state
    old = before.get("content")
    differs = difference(old if isinstance(old, Mapping) else {}, content, plain)
    row = Watched(id=name, question=line, before=before.get("answer"), after=sentence, differs=differs)
    return row, state


def _questions(path: Path) -> dict[str, list[str]]:
    """The command line of each question, by id.

    Raises:
        UsageError: the file is none of questions; what is wrong is named.
    """
    import yaml

    try:
        value = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
        mark = getattr(problem, "problem_mark", None)
        where = f" (line {mark.line + 1})" if mark else ""
        raise UsageError(f"'{path}' cannot be read: {str(problem).splitlines()[0]}{where}; {_FORM}.") from None
    rows = value.get("questions") if isinstance(value, dict) else None
    if not isinstance(rows, list) or not rows:
        raise UsageError(f"'{path}' has no questions; {_FORM}.")
    questions: dict[str, list[str]] = {}
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict) or set(row) - _KEYS or ("command" in row) == ("question" in row):
            raise UsageError(f"{path}: question {number} needs a command or a question, and no other key; {_FORM}.")
        name = str(row.get("id") or row.get("command") or row.get("question"))
        if name in questions:
            raise UsageError(f"{path}: the id '{name}' stands twice; give each question an id of its own.")
        try:
            words = shlex.split(row["command"]) if "command" in row else ["ask", row["question"]]
        except ValueError as problem:
            raise UsageError(f"{path}: the command of '{name}' cannot be read: {problem}.") from None
        questions[name] = words[1:] if words[:1] == ["treatygraph"] else words
    return questions


def _last(place: Path) -> dict[str, object]:
    """What was answered last time; empty where nothing was.

    Raises:
        UsageError: the file is damaged.
    """
    try:
        value = json.loads(place.read_text(encoding="utf-8"))
        if not isinstance(value["questions"], dict):
            raise ValueError("no questions")
        return dict(value)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError) as problem:
        message = f"'{place}' does not hold what was answered last time ({problem}); delete it to begin anew."
        raise UsageError(message) from None


def _take_down(place: Path, state: Mapping[str, object]) -> None:
    """Keep what was answered, whole or not at all.

    Raises:
        UsageError: it cannot be written.
    """
    from treatygraph.facts.written import write

    try:
        write(place, json.dumps(state, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    except OSError as problem:
        raise UsageError(f"'{place}' cannot be written: {problem.strerror}; name another with --state-file.") from None


def _sentence(rows: list[Watched], since: Mapping[str, object] | None) -> str:
    changed = [str(row["id"]) for row in rows if row.has_changed]
    failed = sum("error" in row for row in rows)
    trouble = f" {failed} could not be asked." if failed else ""
    if since is None:
        return f"{len(rows) - failed} questions asked for the first time; their answers are kept.{trouble}"
    edition = since.get("edition")
    version = f" (record {edition.get('version', '')})" if isinstance(edition, dict) else ""
    when = f"since {since.get('day')}{version}"
    if not changed:
        return f"None of {len(rows)} questions has another answer {when}.{trouble}"
    has = "has" if len(changed) == 1 else "have"
    return f"{len(changed)} of {len(rows)} questions {has} another answer {when}: {', '.join(changed)}.{trouble}"


def run(options: Namespace) -> int:
    """Print the report; 1 where an answer is another one, 2 where a question could not be asked, else 0."""
    from treatygraph.render import emit
    from treatygraph.render.watch import VIEW

    report = answer(options)
    emit(report, options.format, VIEW)
    return 2 if report.failed else 1 if report.changed else 0
