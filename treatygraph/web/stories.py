"""``/read``: a page into which one pastes a news story; its claims are marked in the text by verdict.

The page needs no script. Nothing of a story is kept: it stands in no address, in no log and in no cache.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from treatygraph.site.urls import Names
from treatygraph.web.bodies import form_of
from treatygraph.web.page import page
from treatygraph.web.problems import Refusal
from treatygraph.web.state import Site, site_of

__all__ = ["ROUTER", "StoryPiece", "pieces_of"]

ROUTER: Final = APIRouter(include_in_schema=False)
_UNSTORED: Final = {"Cache-Control": "no-store"}
_WORST: Final = ("contradicted", "imprecise", "depends", "not-on-record", "confirmed")
"""Verdicts, the one that an editor must see first."""


@dataclass(frozen=True, slots=True)
class StoryPiece:
    """A stretch of the text, and the claims that stand upon it."""

    text: str
    claims: tuple[int, ...] = ()
    """Their numbers in the list, from 1."""
    verdict: str = ""
    """The worst of them; ``unread`` where the sentence was not read; else empty."""
    ends: tuple[int, ...] = ()
    """The claims whose words end here."""


@ROUTER.get("/read")
async def form(request: Request) -> Response:
    """The form alone."""
    return _page(request, {"text": "", "date": ""}, None, None)


@ROUTER.post("/read")
async def read(request: Request) -> Response:
    """The story with its marks, and the list of its claims."""
    site = site_of(request)
    fields = await form_of(request, site.limits)
    # a browser sends line ends as two characters; places are counted in the text as it is shown
    asked = {"text": fields.get("text", "").replace("\r\n", "\n"), "date": fields.get("date", "")}
    strange = sorted(set(fields) - set(asked))
    answer, refusal = None, None
    try:
        if strange:
            raise Refusal("bad-request", f"'{strange[0][:80]}' is no field of this form; it has text and date.")
        answer = await _answer(request, site, asked)
    except Refusal as found:
        refusal = found
    return _page(request, asked, answer, refusal)


async def _answer(request: Request, site: Site, asked: Mapping[str, str]) -> dict[str, Any]:
    return await site.call(
        request, "read", text=asked["text"], date=asked["date"] or None, today=site.today().isoformat()
    )


def _page(
    request: Request, asked: Mapping[str, str], answer: dict[str, Any] | None, refusal: Refusal | None
) -> Response:
    pieces = list(pieces_of(asked["text"], answer["claims"], answer["not_read"])) if answer else []
    return page(
        request, "read.html", status=refusal.kind.status if refusal else 200, headers=_UNSTORED, asked=asked,
        answer=answer, problem=refusal, pieces=pieces, names=Names(site_of(request).graph.index()),
    )  # fmt: skip


def pieces_of(
    text: str, claims: Sequence[Mapping[str, Any]], unread: Sequence[Mapping[str, Any]] = ()
) -> Iterator[StoryPiece]:
    """A text cut at the places where claims begin and end, in order and whole.

    >>> [piece.text for piece in pieces_of("It left.", [{"span": [3, 7], "verdict": "confirmed"}])]
    ['It ', 'left', '.']
    """
    places = [tuple(item["span"]) for item in (*claims, *unread)]
    cuts = sorted({0, len(text), *(place for span in places for place in span if 0 <= place <= len(text))})
    for start, end in pairwise(cuts):
        here = [n for n, item in enumerate(claims, 1) if item["span"][0] <= start and end <= item["span"][1]]
        skipped = any(item["span"][0] <= start and end <= item["span"][1] for item in unread)
        verdicts = {claims[number - 1]["verdict"] for number in here}
        worst = next((verdict for verdict in _WORST if verdict in verdicts), "unread" if skipped else "")
        ends = tuple(number for number in here if claims[number - 1]["span"][1] == end)
        yield StoryPiece(text[start:end], tuple(here), worst, ends)
