"""What the description of the interface (OpenAPI) says of answers, derived from their classes; and of the server's own.

The schemas of answers are those of :mod:`treatygraph.answers.schema`: the same JSON as the command line's.
"""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field

from treatygraph.answers.between_answer import Between
from treatygraph.answers.changes.answer import Changes
from treatygraph.answers.citation.citation import Citation
from treatygraph.answers.claims.answer import ClaimsAnswer
from treatygraph.answers.compare import Comparison
from treatygraph.answers.schema import definitions_of
from treatygraph.answers.show import Record
from treatygraph.answers.status_answer import InstrumentStatus
from treatygraph.answers.timeline import Entry
from treatygraph.answers.upcoming import Upcoming
from treatygraph.ask import Understanding
from treatygraph.queries.question import NamedQuestion
from treatygraph.read.answer import ReadAnswer
from treatygraph.triplestore.sparql import Result
from treatygraph.web.problems import MEDIA_TYPE

__all__ = ["PROBLEM_RESPONSES", "DraftedModel", "HealthModel", "StoryModel", "answer_schemas", "answered_with"]

_PLACE: Final = "#/components/schemas/"
_ANSWERS: Final = (
    Between, InstrumentStatus, Entry, Record, ClaimsAnswer, Comparison, Upcoming, Citation, Result, NamedQuestion,
    Understanding, ReadAnswer, Changes,
)  # fmt: skip


def answered_with(kind: type, *, several: bool = False) -> dict[str, Any]:
    """The response of a route, as OpenAPI has it: an answer of a class, or a list of them."""
    schema: dict[str, Any] = {"$ref": f"{_PLACE}{kind.__name__}"}
    if several:
        schema = {"type": "array", "items": schema}
    return {"description": "The answer.", "content": {"application/json": {"schema": schema}}}


def answer_schemas() -> dict[str, Any]:
    """The schemas of all answers and of the problem document, by name."""
    return {**definitions_of(*_ANSWERS, place=_PLACE), "ProblemModel": ProblemModel.model_json_schema()}


class _AnswerModel(BaseModel):
    """Keys may be added in later versions, and are never renamed."""

    model_config = ConfigDict(extra="allow")


class DraftedModel(BaseModel):
    """Claims of the caller's own: each with a check and its terms, as the documentation of claims lists them."""

    model_config = ConfigDict(extra="forbid", strict=True)

    title: str = Field("The claims", max_length=1000)
    date: str = Field(max_length=10, description="The day of the story, YYYY-MM-DD.")
    claims: list[dict[str, Any]] = Field(min_length=1, max_length=500)


class StoryModel(BaseModel):
    """A news story in English, as plain text."""

    model_config = ConfigDict(extra="forbid", strict=True)

    text: str = Field(min_length=1)
    date: str | None = Field(None, max_length=10, description="Its day, YYYY-MM-DD; left out: that of its date line.")
    known: str | None = Field(None, max_length=10, description="Only what was on record by this day.")


class HealthModel(_AnswerModel):
    """Whether the server can answer."""

    status: str
    version: str
    build: str = Field(description="The build that is served: a digest of facts, ontology and code.")
    build_in_place: bool = Field(description="Whether it is still in the cache; the server makes it anew otherwise.")
    facts: str = Field(description="Whether the facts are those that are served.")
    workers: int = Field(description="Workers that are there.")
    idle: int = Field(description="Workers that wait for a question.")
    waiting: int = Field(description="Questions that wait for a worker.")
    connections: int = Field(description="Open connections.")
    sending: int = Field(description="Bytes of answers that are being sent.")


class ProblemModel(_AnswerModel):
    """A problem document (RFC 9457) with a way to mend it."""

    type: str
    title: str
    status: int
    detail: str
    mend: str
    nearest: list[str] = Field(default=[], description="Names that come closest to one that is unknown.")


_SAYS: Final = {
    "400": "The question cannot be asked, or its result is too large.",
    "403": "The query is refused: it would ask another host, read another graph, or write.",
    "404": "Nothing on record is called that; the nearest names are given.",
    "406": "No such form of the answer.",
    "408": "The request did not arrive in time.",
    "413": "The request is too large.",
    "414": "The address is too long.",
    "415": "The body is of a kind that is not taken.",
    "429": "Too many questions at once from one address.",
    "503": "A limit of time, memory or load was met.",
}
PROBLEM_RESPONSES: Final[dict[str, Any]] = {
    status: {
        "description": text,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemModel"}}},
    }
    for status, text in _SAYS.items()
}
"""What may come in place of an answer, as OpenAPI has it."""
