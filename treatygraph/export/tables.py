"""The tables of all records: one file for each kind, with every column described."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from treatygraph.build.index import Index
from treatygraph.export.fields import Table, cited, days, of, span
from treatygraph.export.results import RESULTS
from treatygraph.model.records import Clause, Membership, Tenure

__all__ = ["TABLES"]


class _Owned(NamedTuple):
    """A record that has no key of its own, with the id of the record that it belongs to."""

    owner: str
    number: int
    record: Any


_Records = Callable[[Index], Iterable[Any]]


def _owned(records: Callable[[Index], Mapping[str, Any]], attribute: str) -> _Records:
    """Every part of every record, numbered from 1."""

    def parts(index: Index) -> Iterator[_Owned]:
        for name, record in records(index).items():
            for number, part in enumerate(getattr(record, attribute), 1):
                yield _Owned(name, number, part)

    return parts


def _memberships(index: Index) -> Iterator[Membership]:
    return (one for group in index.ids("members") for one in index.memberships(group))


def _tenures(index: Index) -> Iterator[Tenure]:
    return (one for official in index.ids("tenures") for one in index.tenures(official))


def _in(attribute: str) -> Callable[[Any], Any]:
    """An attribute of the record inside."""
    return lambda one: getattr(one.record, attribute)


_INSTRUMENT: Final = "Id of the instrument (table instruments)."
_STATE: Final = "Code of the state (table states)."

_FACTS: Final = (
    Table(
        "states",
        "States and organisations, with their lives and codes.",
        (
            of("code", "Code: ISO 3166-1 alpha-3, or our own for states that ended."),
            of("name", "Name."),
            of("iso2", "ISO 3166-1 alpha-2.", lambda one: one.identifiers.get("iso2")),
            of("iso3", "ISO 3166-1 alpha-3, also a former one.", lambda one: one.identifiers.get("iso3")),
            of(
                "cow",
                "Correlates of War number; by days in the table systems.",
                lambda one: _number(one.identifiers.get("cow")),
                "integer",
            ),
            of(
                "gw",
                "Gleditsch and Ward number; by days in the table systems.",
                lambda one: _number(one.identifiers.get("gw")),
                "integer",
            ),
            *days("it exists"),
            of("continues", "Code of the state whose identity it carries on."),
            of("successor_of", "Codes of the states it came after, separated by ;."),
            of("mode", "How: continuity, separation, union, absorption or independence."),
            of("aliases", "Other names, separated by ;."),
            *cited(),
        ),
        lambda index: index.states().values(),
        ("code",),
    ),
    Table(
        "systems",
        "Lists of states: which of them has which state when, and under which number.",
        (
            of("state", "Code of the state (table states).", "owner"),
            of(
                "system",
                "cow (Correlates of War), gw and gw-microstates (Gleditsch and Ward), un (members of the United "
                "Nations), organisation (a party that is no state).",
                _in("system"),
            ),
            of(
                "number",
                "Its number there; empty where the list has none.",
                lambda one: _number(one.record.number),
                "integer",
            ),
            of("from", "First day on which the list has it; empty: before the record.", _in("start"), "date"),
            of("until", "First day on which it no longer has it; empty: no end known.", _in("end"), "date"),
            of("note", "Note.", _in("note")),
            *cited(_in("cite")),
        ),
        _owned(Index.states, "systems"),
        ("state", "system", "from"),
    ),
    Table(
        "groups",
        "Groups of states.",
        (of("id", "Id of the group."), of("title", "Title."), of("aliases", "Other names, separated by ;."), *cited()),
        lambda index: index.groups().values(),
        ("id",),
    ),
    Table(
        "memberships",
        "States in groups over time.",
        (
            of("group", "Id of the group (table groups)."),
            of("state", _STATE),
            *span("start", "Since when"),
            *span("end", "First day on which it is no longer a member"),
            *cited(),
        ),
        _memberships,
    ),
    Table(
        "officials",
        "People who act for a state or an organisation.",
        (
            of("id", "Id of the official."),
            of("name", "Name."),
            of("native_name", "Name in its own script."),
            of("state", "Code of the state or body."),
            of("born", "Date of birth, in EDTF."),
            of("died", "Date of death, in EDTF."),
            *cited(),
        ),
        lambda index: index.officials().values(),
        ("id",),
    ),
    Table(
        "tenures",
        "Officials in offices.",
        (
            of("official", "Id of the official (table officials)."),
            of("office", "The office."),
            of("body", "Code of the state or body."),
            *span("start", "Since when"),
            *span("end", "First day on which it is no longer held"),
            *cited(),
        ),
        _tenures,
    ),
    Table(
        "instruments",
        "Treaties and other instruments.",
        (
            of("id", "Id of the instrument."),
            of("short", "Short title."),
            of("title", "Full title."),
            of("aliases", "Other names, separated by ;."),
            of("kind", "Treaty, protocol, amendment, executive-agreement, political-document and so on."),
            of("scope", "Bilateral, multilateral or unilateral."),
            of("binding", "Whether it binds in law: yes, no or disputed."),
            of("topics", "Topics, separated by ;."),
            *span("adopted", "Adoption of the text, where that was another day than that of the signature"),
            *span("signed", "Signature"),
            of("signed_place", "Where it was signed."),
            *span("entry_into_force", "Entry into force, as sources state it"),
            *span("operative", "Since when it is operative, where it is not a treaty"),
            *span("ended", "End, where a source states it"),
            of("ended_how", "How it ended: completed, lapsed, expired, terminated or superseded."),
            of("participants", "Codes of the states it is made for, where it is closed, separated by ;."),
            of("depositaries", "Depositaries, separated by ;."),
            *span("coverage", "The day through which the ledger is complete", "through"),
            of("gap", "What the ledger lacks.", lambda one: one.coverage.words),
            of("description", "What it is, in our own words."),
            of("sources", "Ids of the sources of the title, separated by ;.", lambda one: one.cites["title"].sources),
        ),
        lambda index: index.instruments().values(),
        ("id",),
    ),
    Table(
        "clauses",
        "Final clauses and limits of instruments.",
        (
            of("instrument", _INSTRUMENT, "owner"),
            of("number", "Number of the clause on its card, from 1.", type="integer"),
            of("kind", "Kind of clause: withdrawal, duration, entry-into-force, limit and so on.", _in("kind")),
            of("article", "The article.", _in("article")),
            of(
                "terms",
                "What it says, as key=value, separated by ; (several values by ,).",
                lambda one: _terms(one.record),
            ),
            of("gist", "What it says, in our own words.", lambda one: one.record.get("gist")),
            *cited(_in("cite")),
        ),
        _owned(Index.instruments, "clauses"),
        ("instrument", "number"),
    ),
    Table(
        "relations",
        "How instruments stand to earlier ones.",
        (
            of("instrument", _INSTRUMENT, "owner"),
            of(
                "relation", "protocol-to, amends, extends, supersedes, part-of, implements or follows.", _in("relation")
            ),
            of("to", "Id of the earlier instrument.", _in("instrument")),
            *cited(_in("cite")),
        ),
        _owned(Index.instruments, "relations"),
    ),
    Table(
        "acts",
        "Acts of states: signatures, deposits, notices.",
        (
            of("id", "Key of the act.", "id"),
            of("instrument", _INSTRUMENT),
            of("state", "Code of the state in whose name it was done."),
            of("act", "Kind of act.", "kind"),
            *span("date", "Day of the act: signature, deposit, receipt of a notice"),
            *span("effective", "Day of effect, where a source states it"),
            of("against", "Codes of the states to which it applies, separated by ;; empty: all."),
            of("scope", "Which part of the instrument, where it is a part only."),
            of("depositary", "At which depositary."),
            of("note", "Note."),
            *cited(),
        ),
        Index.acts,
    ),
    Table(
        "assertions",
        "What authorities hold about acts, standings and instruments.",
        (
            of("authority", "Who holds it."),
            of("stance", "accepts, rejects, claims or not-recorded."),
            of("instrument", _INSTRUMENT),
            of("state", _STATE),
            of("act", "Kind of the act that it is about."),
            of("act_date", "Date of that act."),
            of("holds", "Which standing, status or flag is held."),
            *span("effective", "From which day, by the authority"),
            *span("said", "When it was said"),
            of("note", "Note."),
            *cited(),
        ),
        Index.assertions,
    ),
    Table(
        "conflicts",
        "Armed conflicts that can defer a withdrawal.",
        (of("state", _STATE), of("conflict", "The conflict."), *days("it lasts"), *cited()),
        Index.conflicts,
    ),
    Table(
        "events",
        "Meetings, statements, allegations, laws: what moves no standing.",
        (
            of("id", "Id of the event."),
            *span("date", "When"),
            of("type", "Type of event."),
            of("text", "What happened, in our own words."),
            of("instruments", "Ids of the instruments concerned, separated by ;."),
            of("states", "Codes of the states concerned, separated by ;."),
            of("about", "Ids of the events that it is about, separated by ;."),
            *cited(lambda one: one.cites["text"]),
        ),
        lambda index: index.events().values(),
        ("id",),
    ),
    Table(
        "participations",
        "Officials in events.",
        (
            of("event", "Id of the event (table events).", "owner"),
            of("official", "Id of the official (table officials).", _in("official")),
            of("role", "Signatory, speaker, addressee, decision-maker or negotiator.", _in("role")),
            of("state", "For which state or body.", _in("state")),
            *cited(_in("cite")),
        ),
        _owned(Index.events, "officials"),
    ),
    Table(
        "claims",
        "What news reports claim.",
        (
            of("report", "Id of the report.", "owner"),
            of("id", "Id of the claim in its report.", _in("id")),
            of("says", "What is claimed, in our own words.", _in("says")),
            of("check", "The check that the record can run on it.", _in("check")),
            *cited(_in("cite")),
        ),
        _owned(Index.reports, "claims"),
        ("report", "id"),
    ),
    Table(
        "rosters",
        "Totals that depositaries and references give.",
        (
            of("instrument", _INSTRUMENT),
            *span("as_of", "As of when"),
            of("signatories", "Number of signatories.", type="integer"),
            of("parties", "Number of parties.", type="integer"),
            of("note", "Note."),
            *cited(),
        ),
        Index.rosters,
    ),
    Table(
        "sources",
        "What was read.",
        (
            of("id", "Id of the source."),
            of("title", "Title."),
            of("publisher", "Who published it."),
            of("date", "When, in EDTF."),
            of("place", "Where it is: address or shelf mark."),
            of(
                "kind",
                "primary, depositary, depositary-copy, official, press, dataset, reference, editorial,"
                " or recall (unverified).",
            ),
            of("licence", "Its licence, where known."),
            of("note", "Note."),
        ),
        lambda index: index.sources().values(),
        ("id",),
    ),
)

TABLES: Final[tuple[Table, ...]] = (*_FACTS, *RESULTS)
"""Every table, facts first."""


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _terms(clause: Clause) -> str:
    texts = {key: ",".join(clause.many(key)) for key in sorted(clause.terms) if key != "gist"}
    return ";".join(f"{key}={text}" for key, text in texts.items())
