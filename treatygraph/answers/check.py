"""Every finding about the facts, as an answer."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from treatygraph.model.errors import FactsError, Finding
from treatygraph.model.folders import facts_folder

__all__ = ["Checked", "check"]


@dataclass(frozen=True)
class Checked:
    """What is wrong (errors), and what differs between sources and is known to (warnings)."""

    answer: str
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that make a check fail."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    def to_dict(self) -> dict[str, Any]:
        """The JSON shape: each finding with place, rule, message and mend."""
        return {"answer": self.answer, "findings": [asdict(finding) for finding in self.findings]}


def check(graph: str | None, today: date, *, every: bool = False, own: str | None = None) -> Checked:
    """Read and check all facts.

    Args:
        graph: a folder of facts; None = those of this installation.
        today: exceptions that expired before this day are findings.
        every: list warnings too; they are counted in any case.
        own: a folder of own facts laid over them; only what is found in it is listed then.

    Raises:
        UsageError: ``graph`` is no folder of facts, or ``own`` is none.
        FactsError: ``own`` cannot be laid over the record.
    """
    if own:
        return _checked_own(Path(own), graph, today, every=every)
    from treatygraph.checks import findings, stops
    from treatygraph.checks.canonical import not_canonical
    from treatygraph.checks.graph import graph_findings
    from treatygraph.facts import read
    from treatygraph.law.derivations import Corpus

    folder = facts_folder(graph or None)
    try:
        facts = read(folder)
        corpus = Corpus(facts)
        further = [*not_canonical(folder)]
        if not stops(facts):
            further += graph_findings(facts, corpus.derivations())
        findings_now = findings(facts, corpus, today, further)
    except FactsError as problem:
        findings_now = list(problem.findings)
    errors = [finding for finding in findings_now if finding.severity == "error"]
    warnings = len(findings_now) - len(errors)
    text = f"{_counted(len(errors), 'finding')} about the facts" if errors else "The facts have no finding"
    text += f"; {_counted(warnings, 'known difference')} between sources." if warnings else "."
    return Checked(text, tuple(sorted(findings_now if every else errors)))


def _checked_own(own: Path, graph: str | None, today: date, *, every: bool) -> Checked:
    """The findings about own facts: those of the record are its own affair."""
    import tempfile
    from dataclasses import replace

    from treatygraph.facts.overlay import lay_over

    with tempfile.TemporaryDirectory(prefix="treatygraph-own-") as place:
        overlaid = lay_over(facts_folder(graph or None), own, Path(place) / "graph")
        answer = check(str(Path(place) / "graph"), today, every=True)
    mine = [
        replace(finding, place=f"{own.resolve().name}/{where}")
        for finding in answer.findings if finding.rule != "canonical" and (where := overlaid.place(finding.place))
    ]  # fmt: skip
    errors = [finding for finding in mine if finding.severity == "error"]
    text = f"{_counted(len(errors), 'finding')} about own facts." if errors else "Own facts have no finding."
    return Checked(text, tuple(mine if every else errors))


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
