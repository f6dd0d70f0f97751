"""Permitted failures: an exception spares the findings of one rule about one record, until it expires."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from treatygraph.model.errors import Finding
from treatygraph.model.records import Waiver

__all__ = ["spared", "stale"]


def spared(finding: Finding, waivers: Iterable[Waiver], today: date | None = None) -> bool:
    """Whether an exception permits the finding; with ``today`` only one that has not expired does."""
    return any(_covers(waiver, finding) and (today is None or today < waiver.expires) for waiver in waivers)


def stale(findings: Iterable[Finding], waivers: Iterable[Waiver], today: date) -> Iterator[Finding]:
    """A warning for each exception that has expired, and for each that permits nothing any more."""
    findings = list(findings)
    for waiver in waivers:
        if not any(_covers(waiver, finding) for finding in findings):
            message = f"the exception from '{waiver.rule}' for '{waiver.record}' permits nothing."
            yield _finding("unused-exception", waiver, message, "take the row out.")
        elif waiver.expires <= today:
            message = f"the exception from '{waiver.rule}' for '{waiver.record}' expired on {waiver.expires}."
            yield _finding("expired-exception", waiver, message, "fix the record, or give a reason and a later day.")


def _covers(waiver: Waiver, finding: Finding) -> bool:
    return (waiver.rule, waiver.record) == (finding.rule, finding.record)


def _finding(rule: str, waiver: Waiver, message: str, mend: str) -> Finding:
    return Finding(waiver.cite.place, rule, message, mend, "warning", f"{waiver.rule}/{waiver.record}")
