"""Where the facts, the ontology and the queries are: in the wheel, or in the checkout."""

from __future__ import annotations

from pathlib import Path

from treatygraph.model.errors import StoreError

__all__ = ["room"]

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
