"""``treatygraph cite [WHAT …]``."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from treatygraph.answers.citation.styles import STYLES
from treatygraph.cli.options import add_format, day, opened, today

if TYPE_CHECKING:
    from treatygraph.answers.citation.citation import Citation
    from treatygraph.answers.citation.works import CitedSubject

__all__ = ["TAKES_MORE", "answer", "grammar", "run"]

TAKES_MORE = True
"""The options of the question that is cited are its own."""


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument(
        "what", metavar="WHAT", nargs="*",
        help="a record by its name, the key of an act, a value of a card (new-start#entry_into_force), the address of "
        "an answer, or a question as a command line (between US Russia --on 2021-05-28; draw timeline US Russia); "
        "left out: the record as a whole",
    )  # fmt: skip
    command.add_argument("--style", choices=STYLES, default="text", help="of the citation; default: text")
    command.add_argument("--sources", action="store_true", help="also the sources behind it")
    command.add_argument("--accessed", metavar="DATE", type=day, help="when it was read; default: today")
    add_format(command)


def answer(options: Namespace) -> Citation:
    """The citation."""
    from treatygraph.cli.answering import ASKING

    graph, accessed = opened(options), options.accessed or today()
    words = [*options.what, *options.rest]
    if words[:1] == ["draw"]:
        return graph.cite(_picture(words), sources=options.sources, accessed=accessed)
    if len(words) > 1 and words[0] in ASKING:
        from treatygraph.cli.answering import answer_to, options_of

        asked = options_of(words, options)
        given = answer_to(asked, words[0])
        if words[0] == "timeline":
            return graph.cite_timeline(
                asked.first, asked.second, since=asked.since, on=asked.on, sources=options.sources, accessed=accessed
            )
        return graph.cite(given, sources=options.sources, accessed=accessed)
    if options.rest:
        from treatygraph.model.errors import UsageError

        raise UsageError(f"unknown option: {' '.join(options.rest)}; see 'treatygraph cite --help'.")
    return graph.cite(" ".join(words) or None, sources=options.sources, accessed=accessed)


def _picture(words: list[str]) -> CitedSubject:
    """A picture as the command line draws it; where it was put is no part of it.

    Raises:
        UsageError: there is no such picture.
    """
    import shlex

    from treatygraph.answers.citation.works import CitedSubject
    from treatygraph.cli import parsed

    places = ("-o", "--output", "--force")
    line = words if set(places) & set(words) else [*words, "-o", "picture.svg"]
    options = parsed(line)
    of = [getattr(options, name, None) for name in ("first", "second", "states", "group", "topic")]
    about = " and ".join(text for text in of if text)
    on = f", {options.on.isoformat()}" if options.on else ""
    shown = words[: words.index("-o")] if "-o" in words else words
    title = f"{options.picture.capitalize()}{f' of {about}' if about else ''}{on}"
    return CitedSubject("picture", title, "", shlex.join(["treatygraph", *shown]))


def run(options: Namespace) -> int:
    """Print the citation in its style; 0."""
    from treatygraph.render import emit
    from treatygraph.render.cite import VIEW, styled

    citation = answer(options)
    if options.format == "table" and options.style != "text":
        sys.stdout.write(styled(citation, options.style))
    else:
        emit(citation, options.format, VIEW)
    return 0
