"""``/api/…``: the questions of the command line, with the same JSON."""

from __future__ import annotations

import json
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Depends, Query
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from treatygraph.answers.between_answer import Between
from treatygraph.answers.changes.answer import Changes
from treatygraph.answers.citation.citation import Citation
from treatygraph.answers.claims.answer import ClaimsAnswer
from treatygraph.answers.compare import Comparison
from treatygraph.answers.show import Record
from treatygraph.answers.status_answer import InstrumentStatus
from treatygraph.answers.timeline import Entry
from treatygraph.answers.upcoming import Upcoming
from treatygraph.ask import Understanding
from treatygraph.model.errors import UnknownName
from treatygraph.model.version import VERSION
from treatygraph.queries.catalogue import catalogue
from treatygraph.queries.question import NamedQuestion
from treatygraph.read.answer import ReadAnswer
from treatygraph.triplestore.sparql import Result
from treatygraph.web.bodies import body_as
from treatygraph.web.ipc import IpcFrame
from treatygraph.web.models import (
    PROBLEM_RESPONSES,
    DraftedModel,
    StoryModel,
    answered_with,
)
from treatygraph.web.problems import Refusal
from treatygraph.web.state import site_of

__all__ = ["LENGTH", "QUESTION", "routes", "understood"]

LENGTH: Final = 200
"""Characters of a name, at most."""
QUESTION: Final = 500
"""Characters of a plain question, at most."""
Name = Annotated[str, Query(min_length=1, max_length=LENGTH, description="By any of its names.")]
Day = Annotated[str | None, Query(max_length=10, description="YYYY-MM-DD; left out: today.")]
Known = Annotated[str | None, Query(max_length=10, description="Only what was on record by this day.")]
Since = Annotated[str | None, Query(max_length=10, description="Nothing before this day.")]
Until = Annotated[str | None, Query(max_length=10, description="Nothing after this day.")]
Maybe = Annotated[str | None, Query(min_length=1, max_length=LENGTH)]
Reading = Annotated[
    str, Query(min_length=1, max_length=LENGTH, description="Whose legal view: depositary, clause, or an authority.")
]
_LISTS: Final = (Entry, NamedQuestion)
"""Answers that are lists of these."""
_VALUES: Final = 20
_METRICS: Final = "text/plain; version=0.0.4; charset=utf-8"


def routes() -> APIRouter:
    """The routes, with one of its own for each named question."""
    router = APIRouter(prefix="/api", tags=["answers"], responses={}, dependencies=[Depends(understood)])
    for path, call, kind, summary in (
        ("/between", between, Between, "What remains between two powers"),
        ("/status", status, InstrumentStatus, "How an instrument stands, and its states"),
        ("/timeline", timeline, Entry, "What happened, in order"),
        ("/show", show, Record, "One record"),
        ("/ask", ask, Understanding, "A question in plain English"),
        ("/claims", claims, ClaimsAnswer, "Each claim of a report held against the record"),
        ("/changes", changes, Changes, "What changed between two days"),
        ("/compare", compare, Comparison, "Two days of a pair, or two pairs"),
        ("/upcoming", upcoming, Upcoming, "What is due after a day"),
        ("/cite", cite, Citation, "A citation of an answer, a record or a fact"),
        ("/query", questions, NamedQuestion, "The named questions"),
    ):
        router.add_api_route(
            path, call, methods=["GET"], summary=summary, operation_id=call.__name__,
            responses={200: answered_with(kind, several=kind in _LISTS), **_problems()}, response_class=Response,
        )  # fmt: skip
    for path, post, body, answer, summary in (
        ("/claims", drafted_claims, DraftedModel, ClaimsAnswer, "Claims of your own held against the record"),
        ("/read", read_story, StoryModel, ReadAnswer, "The claims of a news story, drafted from its text and judged"),
    ):
        router.add_api_route(
            path, post, methods=["POST"], summary=summary, operation_id=post.__name__,
            responses={200: answered_with(answer), **_problems()}, response_class=Response,
            openapi_extra={"requestBody": _body(body)},
        )  # fmt: skip
    for question in catalogue():
        router.add_api_route(
            f"/query/{question.name}", query, methods=["GET"], summary=question.summary, tags=["named questions"],
            operation_id=f"query_{question.name.replace('-', '_')}", response_class=Response,
            responses={200: answered_with(Result), **_problems()},
            openapi_extra={"parameters": _parameters(question)},
        )  # fmt: skip
    router.add_api_route("/query/{name}", query, methods=["GET"], include_in_schema=False, response_class=Response)
    return router


def understood(request: Request) -> None:
    """Refuse a request with a parameter that the address does not take, or with one twice: nothing is answered in part.

    Raises:
        Refusal: it names the parameter, and those that there are.
    """
    route = request.scope.get("route")
    if not isinstance(route, APIRoute) or route.endpoint is query:  # a named question has its own check
        return
    known = [parameter.alias for parameter in route.dependant.query_params]
    values = [name for name, _ in request.query_params.multi_items()]
    wrong = next((name for name in values if name not in known), None)
    if wrong is not None:
        takes = f"it takes {', '.join(known)}" if known else "it takes none"
        raise Refusal("bad-request", f"'{wrong[:LENGTH]}' is no parameter of {request.url.path}; {takes}.")
    twice = next((name for name in values if values.count(name) > 1), None)
    if twice is not None:
        raise Refusal("bad-request", f"the parameter '{twice}' is given more than once.")


def _body(model: type[BaseModel]) -> dict[str, Any]:
    return {"required": True, "content": {"application/json": {"schema": model.model_json_schema()}}}


def _problems() -> dict[int | str, dict[str, Any]]:
    return {int(status): problems for status, problems in PROBLEM_RESPONSES.items()}


def _parameters(question: NamedQuestion) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "in": "query",
            "description": f"{one.description} Left out: {one.default}." if one.default else one.description,
            "required": one.default is None,
            "schema": _schema(one.type),
            "example": one.example,
        }
        for one in question.parameters
    ]


def _schema(kind: str) -> dict[str, Any]:
    if "|" in kind:
        return {"type": "string", "enum": kind.split("|")}
    return {"type": "string", "maxLength": LENGTH}


def _answer(reply: IpcFrame) -> Response:
    return Response(reply.body, media_type=reply.head["type"])


async def between(
    request: Request,
    a: Name,
    b: Name,
    on: Day = None,
    known: Known = None,
    reading: Reading = "depositary",
    topic: Maybe = None,
    scope: Annotated[Literal["any", "bilateral", "multilateral"], Query()] = "any",
    binding: Annotated[bool, Query(description="Leave out what is not legally binding.")] = False,
) -> Response:
    """What remains between two powers on a day, what has ended and why; with sources."""
    site = site_of(request)
    return _answer(
        await site.called(
            request, "between", first=a, second=b, on=on or site.today().isoformat(), known=known, reading=reading,
            topic=topic, scope=scope, binding=binding, today=site.today().isoformat(),
        )
    )  # fmt: skip


async def status(
    request: Request,
    instrument: Name,
    on: Day = None,
    state: Maybe = None,
    known: Known = None,
    reading: Reading = "depositary",
) -> Response:
    """How an instrument stands on a day, and its states, with readings and reasons."""
    site = site_of(request)
    return _answer(
        await site.called(
            request, "status", instrument=instrument, on=on, state=state, known=known, reading=reading,
            today=site.today().isoformat(),
        )
    )  # fmt: skip


async def timeline(
    request: Request,
    a: Annotated[str, Query(min_length=1, max_length=LENGTH, description="A state, a group, or an instrument.")],
    b: Maybe = None,
    since: Since = None,
    on: Until = None,
) -> Response:
    """What happened to an instrument, or between two powers, in order, each with its sources."""
    return _answer(await site_of(request).called(request, "timeline", first=a, second=b, since=since, on=on))


async def show(request: Request, name: Name) -> Response:
    """One record: an instrument, state, group, official, event or source."""
    return _answer(await site_of(request).called(request, "show", name=name))


async def ask(
    request: Request,
    question: Annotated[str, Query(min_length=1, max_length=QUESTION, description="In plain English.")],
) -> Response:
    """The answer to a question in plain English, how it was understood, and the commands behind it."""
    site = site_of(request)
    return _answer(await site.called(request, "ask", text=question, today=site.today().isoformat()))


async def changes(
    request: Request,
    since: Since = None,
    on: Day = None,
    known_from: Annotated[str | None, Query(max_length=10, description="What came on record after this day.")] = None,
    known_to: Annotated[str | None, Query(max_length=10, description="And by this day.")] = None,
    state: Maybe = None,
    instrument: Maybe = None,
    topic: Maybe = None,
    reading: Reading = "depositary",
) -> Response:
    """Acts, standings, instruments and pairs that changed between two days, or between what was known on two."""
    site = site_of(request)
    return _answer(
        await site.called(
            request, "changes", since=since, on=on or site.today().isoformat(), known_from=known_from,
            known_to=known_to, state=state, instrument=instrument, topic=topic, reading=reading,
        )
    )  # fmt: skip


async def compare(
    request: Request,
    a: Name,
    b: Name,
    c: Maybe = None,
    d: Maybe = None,
    then: Annotated[
        str | None, Query(max_length=10, description="The earlier day, where one pair is compared.")
    ] = None,
    on: Day = None,
    known: Known = None,
    reading: Reading = "depositary",
    topic: Maybe = None,
    scope: Annotated[Literal["any", "bilateral", "multilateral"], Query()] = "any",
    binding: Annotated[bool, Query(description="Leave out what is not legally binding.")] = False,
) -> Response:
    """What a pair kept, lost and gained from one day to another; or what the pairs A, B and C, D have in common."""
    site = site_of(request)
    today = site.today().isoformat()
    return _answer(
        await site.called(
            request, "compare", first=a, second=b, third=c, fourth=d, then=then, on=on or today, known=known,
            reading=reading, topic=topic, scope=scope, binding=binding, today=today,
        )
    )  # fmt: skip


async def upcoming(
    request: Request,
    on: Day = None,
    months: Annotated[int, Query(ge=1, le=1200, description="How many months ahead.")] = 24,
    state: Maybe = None,
    instrument: Maybe = None,
    topic: Maybe = None,
    known: Known = None,
    reading: Reading = "depositary",
) -> Response:
    """Terms that expire, notices that take effect, what begins; and notices that wait without a day."""
    site = site_of(request)
    return _answer(
        await site.called(
            request, "upcoming", on=on or site.today().isoformat(), months=months, state=state, instrument=instrument,
            topic=topic, known=known, reading=reading,
        )
    )  # fmt: skip


async def cite(
    request: Request,
    what: Annotated[
        str | None,
        Query(max_length=2000, description="A name, the key of an act, or the address of an answer; left out: all."),
    ] = None,
    sources: Annotated[bool, Query(description="Also the sources behind it.")] = False,
) -> Response:
    """A citation as text, BibTeX, CSL-JSON and RIS, with version, day and digest of the record."""
    site = site_of(request)
    return _answer(
        await site.called(
            request, "cite", what=what, sources=sources, accessed=site.today().isoformat(), base=site.address or None
        )
    )


async def claims(request: Request, report: Name, known: Known = None) -> Response:
    """Each claim of a report held against the record."""
    return _answer(await site_of(request).called(request, "claims", report=report, known=known))


async def drafted_claims(request: Request, known: Known = None) -> Response:
    """Each claim that the caller drafted held against the record; nothing of it is kept."""
    site = site_of(request)
    body = (await body_as(request, DraftedModel, site.limits)).model_dump()
    return _unstored(await site.called(request, "claims", report=body, known=known))


async def read_story(request: Request) -> Response:
    """The claims of a news story, each with its place in the text and a verdict; nothing of it is kept."""
    site = site_of(request)
    story = await body_as(request, StoryModel, site.limits)
    return _unstored(
        await site.called(
            request, "read", text=story.text, date=story.date, known=story.known, today=site.today().isoformat()
        )
    )


def _unstored(reply: IpcFrame) -> Response:
    """An answer that holds words of the caller's: no cache on the way keeps it."""
    response = _answer(reply)
    response.headers["Cache-Control"] = "no-store"
    return response


async def questions() -> Response:
    """The named questions, with their parameters and columns."""
    return Response(_json([one.to_dict() for one in catalogue()]), media_type="application/json")


async def query(request: Request) -> Response:
    """The rows of a named question; an option that is left out takes its default."""
    site = site_of(request)
    name = str(request.path_params.get("name") or request.url.path.rpartition("/")[2])
    given = dict(request.query_params)
    _short((name, *given, *given.values()), len(given))
    if not name.isascii():
        raise UnknownName("question", name)
    job = {"job": "named", "name": name, "given": given, "today": site.today().isoformat()}
    reply = await site.ask(request, job)
    return Response(reply.body, media_type="application/json")


def _short(texts: tuple[str, ...], values: int) -> None:
    if values > _VALUES or any(len(text) > LENGTH for text in texts):
        raise Refusal("bad-request", f"a question takes at most {_VALUES} values of {LENGTH} characters each.")


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


async def health(request: Request) -> Response:
    """Whether the server can answer: 200, or 503 while no worker is there."""
    site = site_of(request)
    state = {**site.pool.state, "connections": site.traffic.connections, "sending": site.traffic.in_flight}
    found = {
        "status": "ok" if state["workers"] else "no workers",
        "version": VERSION,
        "build": site.graph.home.folder.name,
        "build_in_place": site.notices.is_there,
        "facts": "as served" if site.notices.is_current else "edited since; a SIGHUP takes them up",
        **state,
    }
    headers = {"Cache-Control": "no-store"}
    return Response(_json(found), 200 if state["workers"] else 503, headers, media_type="application/json")


async def ready(request: Request) -> Response:
    """Whether the server takes questions now: 200, or 503 while it has no worker, no room, or lost its build."""
    site = site_of(request)
    is_ready = site.pool.is_ready and site.notices.is_there
    found = {"status": "ready" if is_ready else "not ready"}
    return Response(
        _json(found), 200 if is_ready else 503, {"Cache-Control": "no-store"}, media_type="application/json"
    )


async def metrics(request: Request) -> Response:
    """Counts and gauges for Prometheus."""
    site, requests = site_of(request), request.app.state.requests
    gauges = {
        **site.pool.state, "places": site.pool.places, "connections": site.traffic.connections,
        "sending_bytes": site.traffic.in_flight, "build_in_place": site.notices.is_there,
        "facts_as_served": site.notices.is_current,
    }  # fmt: skip
    try:
        text = requests.text(gauges)
    except ImportError:
        raise Refusal("not-found", "this needs the package prometheus-client; install it beside the server.") from None
    return Response(text, headers={"Cache-Control": "no-store", "Content-Type": _METRICS})
