"""Takes candidates into the file of links: exact ones as they are, the rest as somebody decides; rejections stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from treatygraph.facts import FILES, Findings, link_lines, read_links
from treatygraph.model.errors import FactsError, UsageError
from treatygraph.model.wikidata_links import Link
from treatygraph.wikidata.resolve import SOURCE, ItemCandidate

__all__ = ["Accepted", "accept", "write_links"]

Ask = Callable[[str], str]
_SOURCE_ROW = f"{SOURCE},Wikidata,Wikimedia Foundation,,https://www.wikidata.org/,reference,CC0 1.0,"


@dataclass
class Accepted:
    """What was decided."""

    taken: list[Link] = field(default_factory=list)
    rejected: list[Link] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    """What was left undecided, and why."""

    @property
    def answer(self) -> str:
        """One sentence."""
        return f"{len(self.taken)} links taken, {len(self.rejected)} rejected, {len(self.left)} left open."


def accept(candidates: Iterable[ItemCandidate], today: str, ask: Ask | None, author: str = "a reviewer") -> Accepted:
    """Decide on candidates.

    Args:
        candidates: those of each record in order of score.
        today: the day of the decision.
        ask: puts a question and returns the answer: yes, no, later, or stop; None: nobody is there to ask.
        author: who decides.
    """
    accepted, decided, stopped = Accepted(), set[tuple[str, str]](), False
    for one in candidates:
        record = (one.subject.kind, one.subject.record)
        if record in decided:
            continue
        if one.exact:
            accepted.taken.append(one.link(today))
            decided.add(record)
        elif one.equal:
            accepted.left.append(f"{one.subject.label}: {', '.join(sorted((one.item, *one.equal)))} are equally good")
            decided.add(record)
        elif ask is None or stopped:
            accepted.left.append(f"{one.subject.label}: {one.item} waits for somebody to look at it")
            decided.add(record)
        else:
            answer = _answer(ask, one)
            stopped = answer == "stop"
            if answer == "yes":
                accepted.taken.append(one.link(today, author=author))
                decided.add(record)
            elif answer == "no":
                accepted.rejected.append(one.link(today, rejected=True, author=author, note="looked at, not the same"))
            else:
                accepted.left.append(f"{one.subject.label}: {one.item} left open")
                decided.add(record)
    return accepted


def _answer(ask: Ask, one: ItemCandidate) -> str:
    text = (
        f"{one.subject.kind} {one.subject.label}: is it {one.item} ({one.item_label or 'no label'})? "
        f"{'; '.join(one.why)}; score {one.score:.2f}. [y]es, [n]o, [l]ater, [s]top: "
    )
    while True:
        reply = ask(text).strip().lower()
        for word in ("yes", "no", "later", "stop"):
            if reply and word.startswith(reply):
                return word


def write_links(path: Path, links: Iterable[Link]) -> None:
    """Add links to a file of links, in its order; the file is replaced whole.

    A name without a record gives way to the record that has taken its item, and a candidate to what was decided on it.

    Raises:
        FactsError: the file is broken; nothing is written.
        UsageError: it cannot be written.
    """
    new = list(links)
    if not new:
        return
    taken = {link.item for link in new if not link.rejected}
    decided = {(link.kind, link.record, link.item) for link in new}
    beside = path.with_name("link-candidates.sssom.tsv")
    remaining = [link for link in _read(path) if link.kind or link.item not in taken]
    open_still = [link for link in _read(beside) if (link.kind, link.record, link.item) not in decided]
    try:
        _write(path, [*remaining, *new])
        if beside.is_file():
            _write(beside, open_still)
        _with_source(path.parent / "sources.csv", new)
    except OSError as problem:
        raise UsageError(f"{path} cannot be written: {problem}; name another file with --links.") from None


def _read(path: Path) -> tuple[Link, ...]:
    findings = Findings()
    links = read_links(path, path.name, findings)
    if findings.found:
        raise FactsError(findings.found)
    return links


def _write(path: Path, links: Iterable[Link]) -> None:
    head = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    _replace(path, "\n".join([*head, *link_lines(links)]) + "\n")


def _replace(path: Path, text: str) -> None:
    part = path.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def _with_source(path: Path, links: Iterable[Link]) -> None:
    """Wikidata as a source, where a link cites it and the table has it not yet."""
    if not path.is_file() or not any(SOURCE in link.cite.sources for link in links):
        return
    lines = path.read_text(encoding="utf-8").splitlines()
    if lines[:1] != [FILES["sources.csv"]] or any(line.startswith(f"{SOURCE},") for line in lines):
        return
    place = next((number for number, line in enumerate(lines) if number and line > _SOURCE_ROW), len(lines))
    _replace(path, "\n".join([*lines[:place], _SOURCE_ROW, *lines[place:]]) + "\n")
