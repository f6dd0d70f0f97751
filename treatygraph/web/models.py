"""The JSON of each answer, for the description of the interface (OpenAPI); the same as the command line's."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field

from treatygraph.web.problems import MEDIA_TYPE

__all__ = [
    "PROBLEM_RESPONSES",
    "PROBLEM_SCHEMA",
    "AskedModel",
    "BetweenModel",
    "ChangesModel",
    "CitationModel",
    "ClaimsModel",
    "ComparisonModel",
    "DraftedModel",
    "EntryModel",
    "HealthModel",
    "QuestionModel",
    "RecordModel",
    "ResultModel",
    "StatusModel",
    "UpcomingModel",
]

EDTF: Final = "A date in EDTF, as sources give it: 2011-02-05, 1998, 2013-10-07/2021-05-28."


class _AnswerModel(BaseModel):
    """Keys may be added in later versions, and are never renamed."""

    model_config = ConfigDict(extra="allow")


class AskedModel(_AnswerModel):
    """What was asked, with names resolved."""

    states: list[str] = Field(min_length=2, max_length=2, description="Codes of the two states, or ids of groups.")
    on: str = Field(description="The day asked about.")
    known: str | None
    reading: str
    topic: str | None
    scope: str
    binding: bool


class RemainingModel(_AnswerModel):
    """An instrument that holds both powers on the day, with its protocols, amendments and extensions."""

    id: str
    title: str
    kind: str
    scope: str
    topics: list[str]
    binding: bool | None = Field(description="null: whether it binds in law is disputed.")
    since: str = Field(description=EDTF)
    until: str | None = Field(description=EDTF)
    standing: dict[str, str] = Field(description="The standing of each state, by its code.")
    with_: list[str] = Field(alias="with", description="Of groups: the members that it holds.")
    flags: list[str]
    details: list[dict[str, Any]] = Field(description="Who raised each flag, against whom, who rejects it.")
    unverified: bool = Field(description="Whether nothing but general knowledge stands behind a standing.")
    sources: list[str]
    parts: list[RemainingModel]


class NotKnownModel(_AnswerModel):
    """An instrument that stands on the day and of which the record cannot say whether it binds both powers."""

    id: str
    title: str
    kind: str
    scope: str
    binding: bool | None
    topics: list[str]
    about: list[str] = Field(description="Codes of the states whose standing is not known.")
    why: str = Field(description="What the record lacks.")


class EditionModel(_AnswerModel):
    """Which edition of the record an answer rests on."""

    version: str = Field(description="Of the record: its day with dots.")
    day: str = Field(description="The day up to which the record tells what happened.")
    digest: str


class SignedModel(_AnswerModel):
    """An instrument to which both powers have put their names, and that does not bind both."""

    id: str
    title: str
    kind: str
    scope: str
    topics: list[str]
    standing: dict[str, str] = Field(description="The standing of each state, by its code.")
    flags: list[str]
    unverified: bool
    sources: list[str]


class EndedModel(_AnswerModel):
    """An instrument that held both powers before the day, and no longer does."""

    id: str
    title: str
    until: str
    because: str
    binding: bool | None
    topics: list[str]
    unverified: bool
    sources: list[str]


class PledgeModel(_AnswerModel):
    """A one-sided commitment of one of the powers; it binds nobody else."""

    id: str
    title: str
    by: str
    since: str
    until: str | None
    topics: list[str]
    flags: list[str]
    unverified: bool
    sources: list[str]


class BetweenModel(_AnswerModel):
    """What remains between two powers on a day, what has ended and why."""

    answer: str = Field(description="One sentence that can be printed.")
    question: AskedModel
    instruments: list[RemainingModel]
    not_known: list[NotKnownModel]
    signed: list[SignedModel]
    ended: list[EndedModel]
    pledges: list[PledgeModel]
    notes: list[str] = Field(description="What the reader must know: gaps, continuity, what is unverified.")
    edition: EditionModel


class StepModel(_AnswerModel):
    """One step of the reasoning: a rule, and the act or fact that it was applied to."""

    rule: str
    act: str | None
    date: str | None
    text: str | None
    source: str | None
    sources: list[str]


class StateModel(_AnswerModel):
    """One state's standing on the day, and what other readings hold."""

    state: str
    standing: str
    since: str | None
    until: str | None
    flags: list[str]
    details: list[dict[str, Any]]
    readings: list[dict[str, Any]]
    because: list[StepModel]
    unverified: bool
    may: list[str]
    as_of: str | None
    bound: list[dict[str, str | None]]


class StatusModel(_AnswerModel):
    """How an instrument stands on a day, and its states."""

    answer: str
    instrument: str
    title: str
    on: str
    known: str | None
    reading: str
    status: str
    since: str | None
    until: str | None
    counts: dict[str, int]
    counts_complete: bool
    as_of: str | None
    states: list[StateModel]
    readings: list[dict[str, Any]]
    because: list[StepModel]
    held: list[dict[str, Any]]
    missing: str | None
    sources: list[str]
    notes: list[str]
    edition: EditionModel


class EntryModel(_AnswerModel):
    """One thing that happened."""

    date: str = Field(description=EDTF)
    precision: str
    type: str
    instrument: str | None
    instruments: list[str]
    states: list[str]
    officials: list[dict[str, str]]
    text: str
    sources: list[str]
    unverified: bool
    record: str


class RecordModel(_AnswerModel):
    """One record: sections of lines, each with a name, a value and its sources."""

    answer: str
    kind: str
    id: str
    iri: str
    title: str
    edition: EditionModel


class ClaimModel(_AnswerModel):
    """One claim held against the record."""

    id: str
    says: str
    check: str
    terms: dict[str, str | list[str]]
    verdict: str
    record: str
    fix: str | None
    because: list[str]
    sources: list[str]
    unverified: list[str]
    definitions: list[dict[str, Any]]


class DraftedModel(BaseModel):
    """Claims of the caller's own: each with a check and its terms, as the documentation of claims lists them."""

    title: str = "The claims"
    date: str
    claims: list[dict[str, Any]]


class ClaimsModel(_AnswerModel):
    """A report, with all its claims held against the record."""

    answer: str
    report: str
    title: str
    date: str
    known: str | None
    sources: list[str]
    claims: list[ClaimModel]
    notes: list[str]
    edition: EditionModel


class ChangesModel(_AnswerModel):
    """What changed between two days, or between what was known on two."""

    answer: str
    question: dict[str, Any]
    acts: list[dict[str, Any]]
    standings: list[dict[str, Any]]
    instruments: list[dict[str, Any]]
    pairs: list[dict[str, Any]] = Field(description="Pairs that lost their last or gained their first, by topic.")
    answers: list[dict[str, str]] = Field(description="Answers that are others now.")
    notes: list[str]
    edition: EditionModel


class ComparisonModel(_AnswerModel):
    """Two days of a pair (kept, lost, gained), or two pairs (common, only_first, only_second)."""

    answer: str
    of: str = Field(description="days or pairs.")
    questions: list[AskedModel]
    titles: list[str]
    not_known: list[dict[str, str]] = Field(description="What holds on one side and is not known to on the other.")
    notes: list[str]
    edition: EditionModel


class UpcomingModel(_AnswerModel):
    """What is due within some months after a day."""

    answer: str
    question: dict[str, Any]
    items: list[dict[str, Any]] = Field(description="In order of their days.")
    waiting: list[dict[str, Any]] = Field(description="Notices of which no day of effect can be told.")
    notes: list[str]
    edition: EditionModel


class CitationModel(_AnswerModel):
    """A citation of an answer, a record or a fact."""

    answer: str = Field(description="As text.")
    kind: str
    title: str
    key: str
    address: str
    command: str | None = Field(description="The command line that gives it again.")
    accessed: str | None
    sources: list[dict[str, str]] = Field(description="The works behind it, where they were asked for.")
    styles: dict[str, Any] = Field(description="text, bibtex, csl (a list of items) and ris.")
    notes: list[str]
    edition: EditionModel


class ResultModel(_AnswerModel):
    """The rows of a named question."""

    answer: str
    columns: list[str]
    rows: list[list[str | None]]
    edition: EditionModel


class QuestionModel(_AnswerModel):
    """One named question."""

    name: str
    summary: str
    theme: str
    parameters: list[dict[str, str]]
    columns: list[str]


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
PROBLEM_SCHEMA: Final = ProblemModel.model_json_schema()
