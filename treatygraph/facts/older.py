"""Facts as older releases wrote them, brought into the form of today; the strict reader reads that form alone.

What has changed since the first releases: a card said in words under ``coverage: {gap: …}`` what its ledger lacks;
today it says of which states and kinds of act (rule K1). Words alone leave open what is missing, so acts of every kind
and state may be: nobody is then known to be absent, which is what the old record knew.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Final

__all__ = ["brought_up", "is_older"]

_GAP_IN_WORDS: Final = re.compile(
    r"^(coverage: \{.*?)\bgap: ('(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\"|[^,}\n]+)", re.MULTILINE
)


def is_older(graph: Path) -> bool:
    """Whether a folder of facts has the form of an older release."""
    return any(_GAP_IN_WORDS.search(path.read_text(encoding="utf-8")) for path in _cards(graph))


def brought_up(graph: Path, into: Path) -> tuple[str, ...]:
    """Copy a folder of facts, in the form of today.

    Args:
        graph: the folder, in the form of today or of an older release.
        into: a folder that is not there yet.

    Returns:
        What was read otherwise than it was written, in words; empty where nothing was.
    """
    shutil.copytree(graph, into)
    count = 0
    for path in _cards(into):
        text = path.read_text(encoding="utf-8")
        fresh, replaced = _GAP_IN_WORDS.subn(r"\1gaps: [{states: all, acts: any, note: \2}]", text)
        if replaced:
            path.write_text(fresh, encoding="utf-8")
            count += 1
    if not count:
        return ()
    words = f"{count} cards of the older record say only in words what their ledgers lack"
    return (f"{words}: there, who has no act is taken as not known",)


def _cards(graph: Path) -> list[Path]:
    return sorted((graph / "instruments").glob("*.yaml"))
