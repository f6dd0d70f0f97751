"""Where the facts, the ontology and the queries are: in the wheel, or in the checkout."""

from __future__ import annotations

from pathlib import Path

from treatygraph.model.errors import StoreError, UsageError

__all__ = ["facts_folder", "room"]

_PACKAGE = Path(__file__).resolve().parent.parent


def room(name: str) -> Path:
    """The folder ``ontology``, ``graph`` or ``queries``.

    An installed wheel carries the folders inside the package; a checkout has them beside it.

    Raises:
        StoreError: the installation lacks the folder.
    """
    for place in (_PACKAGE / "data" / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise StoreError(f"the folder '{name}' is missing from this installation; install treatygraph again.")


def facts_folder(given: Path | str | None = None) -> Path:
    """The folder of facts that was given, or that of this installation.

    Raises:
        UsageError: what was given is no folder of facts. Read as one, it would be a record in which nothing holds.
    """
    if given is None:
        return room("graph")
    folder = Path(given)
    if not (folder / "instruments").is_dir():
        raise UsageError(f"--graph {folder}: no folder of facts is there; name one that holds 'instruments/'.")
    return folder
