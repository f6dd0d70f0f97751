"""The questions that no query can answer: where the law is applied anew, or pairs and days are counted.

Each is a module of this room, named as the question with ``_`` for ``-``. It has a ``HEADER`` of the form of
``queries/README.md`` and a function ``rows`` that takes the documents of the graph and the values asked for.
Where the pattern of the header cannot tell the answer in a sentence, a function ``sentence`` makes it from the rows.
It reads no clock, no file and no store, so the same question gives the same rows. What several of them share
begins with an underscore.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from treatygraph.question import Question, read_header

__all__ = ["every", "named"]


def every() -> Iterator[Question]:
    """Every question of this room, in order of name."""
    for module in sorted(iter_modules(__path__), key=lambda module: module.name):
        if not module.name.startswith("_"):
            yield _read(module.name)


def named(name: str) -> Question | None:
    """The question of that name; None when there is none."""
    module = name.replace("-", "_")
    if module.startswith("_") or not module.isidentifier() or not find_spec(f"{__name__}.{module}"):
        return None
    return _read(module)


def _read(module: str) -> Question:
    found = import_module(f"{__name__}.{module}")
    place = f"treatygraph/questions/{module}.py"
    name, telling = module.replace("_", "-"), getattr(found, "sentence", None)
    return read_header(name, place, found.HEADER, function=found.rows, telling=telling)
