"""Documents of RDF: in which form one is asked for, by its address or its header, and the headers that it goes with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pyoxigraph
from pyoxigraph import Triple
from starlette.requests import Request
from starlette.responses import Response

from treatygraph.model.terms import PREFIXES
from treatygraph.web.media_types import GRAPHS, SHORT, chosen
from treatygraph.web.problems import Refusal
from treatygraph.web.protocol import accept_of
from treatygraph.web.state import site_of

__all__ = ["SHORTS", "document", "form_of", "headers_of", "named_form", "typed"]

SHORTS: Final = {name: form for name, form in SHORT.items() if form in GRAPHS or form == "text/html"}
"""The endings of addresses, ``/ontology.ttl``, and values of ``?format=``, by which a form is asked for."""


def named_form(name: str) -> tuple[str, str]:
    """A name without the ending that asks for a form, and that ending; no record has a name that ends so.

    >>> named_form("RUS.ttl")
    ('RUS', 'ttl')
    >>> named_form("v1.2")
    ('v1.2', '')
    """
    stem, _, ending = name.rpartition(".")
    return (stem, ending) if stem and ending in SHORTS else (name, "")


def form_of(request: Request, ending: str = "", *, page: bool = True) -> str:
    """The form that a client likes best.

    Args:
        request: with a header ``Accept``, or ``?format=``.
        ending: the ending of the address, which goes before both.
        page: whether there is a page too.

    Raises:
        Refusal: there is no such form.
    """
    offered = ("text/html", *GRAPHS) if page else tuple(GRAPHS)
    if ending:
        form = SHORTS[ending] if SHORTS[ending] in offered else None
    else:
        form = chosen(accept_of(request, request.query_params.get("format", "")), offered)
    if form is None:
        raise Refusal("not-acceptable", "the record has none of the forms that were asked for.", offered=list(offered))
    return form


def headers_of(path: str, form: str, node: str, query: str = "") -> dict[str, str]:
    """The document is here; the thing that it is about is elsewhere, under an address that stays."""
    more = f"&{query}" if query else ""
    others = (f'<{path}?format={name}{more}>; rel="alternate"; type="{of}"' for name, of in SHORTS.items())
    about = f'<{node}>; rel="describes"'
    here = f"{path}?format={_short(form)}{more}"
    return {"Vary": "Accept", "Content-Location": here, "Link": ", ".join((about, *others))}


def _short(form: str) -> str:
    return next(name for name, of in SHORTS.items() if of == form)


def typed(form: str) -> str:
    """A media type with its characters, where it is one of text."""
    return f"{form}; charset=utf-8" if form.startswith("text/") else form


def document(request: Request, triples: Iterable[Triple], form: str, path: str, node: str) -> Response:
    """Triples as a document in a form."""
    body = pyoxigraph.serialize(triples, format=GRAPHS[form], prefixes=dict(PREFIXES)) or b""
    headers = {"Content-Type": typed(form), **headers_of(path, form, node), **site_of(request).dated}
    return Response(body, headers=headers)
