"""The questions that no query can answer: where the law is applied anew, or pairs and days are counted.

Each is a module of this room, named as the question with ``_`` for ``-``. It has a ``HEADER`` of the form of
``queries/README.md`` and a function ``rows`` that takes the documents of the graph and the values asked for.
Where the pattern of the header cannot tell the answer in a sentence, a function ``sentence`` makes it from the rows.
It reads no clock, no file and no store, so the same question gives the same rows. What several of them share
begins with an underscore.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from importlib import import_module
from pathlib import Path
from typing import Final

from treatygraph.build.index import Index
from treatygraph.model.errors import StoreError
from treatygraph.queries.question import NamedQuestion, QuestionValues, Row, read_header

__all__ = ["every", "named"]

_ROOM: Final = Path(__file__).parent
_MARK: Final = '"""'


def every() -> Iterator[NamedQuestion]:
    """Every question of this room, in order of name. Only headers are read: a module is imported when it answers."""
    for path in sorted(_ROOM.glob("[!_]*.py")):
        yield _read(path)


def named(name: str) -> NamedQuestion | None:
    """The question of that name; None when there is none."""
    path = _ROOM / f"{name.replace('-', '_')}.py"
    return _read(path) if path.stem.isidentifier() and not path.stem.startswith("_") and path.is_file() else None


@lru_cache(maxsize=64)
def _read(path: Path) -> NamedQuestion:
    text, place = path.read_text(encoding="utf-8"), f"treatygraph/queries/computed/{path.name}"
    _, mark, after = text.partition(f"\nHEADER = {_MARK}")
    if not mark:
        raise StoreError(f"{place}: there is no header. Fix: write HEADER = {_MARK} and the lines of a header.")
    telling = partial(_sentence, path.stem) if "\ndef sentence(" in after else None
    header = after.partition(_MARK)[0]
    return read_header(path.stem.replace("_", "-"), place, header, function=partial(_rows, path.stem), telling=telling)


def _rows(module: str, index: Index, values: QuestionValues) -> Iterable[Row]:
    rows: Iterable[Row] = import_module(f"{__name__}.{module}").rows(index, values)
    return rows


def _sentence(module: str, values: QuestionValues, rows: Sequence[Row]) -> str:
    return str(import_module(f"{__name__}.{module}").sentence(values, rows))
