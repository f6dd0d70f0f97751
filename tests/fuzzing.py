"""Nonsense of every kind, how often it is tried, and how it is counted."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

EXAMPLES = int(os.environ.get("TREATYGRAPH_FUZZ", "0"))
"""How many new cases of each kind; 0: the few of the suite, always the same."""
COUNTED: Counter[str] = Counter()
LONGEST = 300
"""Seconds after which a command counts as hanging."""


def cases(few: int) -> settings:
    """How often a test is tried."""
    return settings(
        max_examples=EXAMPLES or few,
        derandomize=not EXAMPLES,
        database=None,
        deadline=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )


def note_numbers() -> None:
    """Add how many cases were tried to the file that scripts/fuzz reads."""
    log = os.environ.get("TREATYGRAPH_FUZZ_LOG")
    if log:
        with Path(log).open("a", encoding="utf-8") as file:
            file.write(json.dumps(COUNTED) + "\n")
    COUNTED.clear()


WORDS = st.sampled_from((
    "", " ", "NO", "no", "~", "null", "0", "-1", "1e9", "9999999999", "P0D", "P9999Y", "P99999999999D", "9999-12-31",
    "0000-00-00", "0001-01-01", "1970-02-30", "1999/1998", "../..", "1970", "/1970", "1970-01/", "XXXX", "19XX", "1970?",
    "signatories", "participants", "lake-treaty", "lake-protocol", "Aland", "AAA", "yes", "clause-x", "first-of-month",
    "{", "}", "[", "]", ": ", ",", ",,", ";", '"', "'", "|", "#", "&a", "*a", "!!python/object:os.system", "\t", "\r\n",
    "\n", "\u0000", "\u2028", "\ufeff", "é", "ｅ", "\U0001f600", "\u202e", "%", "\\", "<script>", "_:b", "http://x",
))  # fmt: skip
NEARLY_DATES = st.one_of(
    st.text("0123456789-/.~?%XYMDPWu T:Z+", max_size=16),
    st.from_regex(r"P?[0-9]{0,6}[YMD]?[0-9]{0,9}[YMD]?", fullmatch=True),
    st.from_regex(r"-?[0-9]{1,5}-[0-9]{2}(-[0-9]{2})?(/[0-9X]{4}(-[0-9]{2})?)?[?~%]?", fullmatch=True),
    WORDS,
    st.text(max_size=8),
)
NAMES = st.one_of(
    st.sampled_from(("US", "Russia", "NATO", "NPT", "New START", "Kazakhstan", "P5", "UN", "CTBT", "the treaty")),
    WORDS,
    st.text(max_size=20),
    st.text("USRaeiou -'.,()/\\%\u0301", max_size=12),
)
VALUES = st.one_of(
    st.sampled_from((
        "US", "Russia", "NPT", "open-skies", "NATO", "2021-05-28", "1800-01-01", "9999-12-31", "json", "csv", "table",
        "ttl", "nuclear", "any", "clause", "depositary", "remains", "parties-on", "year", "summary", "history",
        "erosion", "similar", "matrix", "dyads", "centrality", "core", "compare", "instrument", "event", "ASK {}",
        "SELECT * { ?s ?p ?o }", "leaves", "joins", "x.html", "/dev/full", "/proc/1/mem", "1", "0", "-1", "nan", "1e400",
        "http://127.0.0.1:1/", "what remains between the US and Russia?", "bash", "words", "network", "pair", "timeline",
    )),
    NEARLY_DATES,
    NAMES,
)  # fmt: skip
