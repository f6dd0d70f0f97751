"""Entries with a day as a feed (Atom, RFC 4287; JSON Feed 1.1) and as a calendar (iCalendar, RFC 5545).

The same entries give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from treatygraph.answers.citation.works import AUTHOR
from treatygraph.model.terms import BASE

__all__ = ["FEED_FORMS", "Feed", "FeedEntry", "FeedForm", "atom", "calendar", "json_feed"]

_FOLD: Final = 75
"""Octets of a line of iCalendar, at most."""


class FeedEntry(NamedTuple):
    """Something on a day, or within days."""

    key: str
    """Its own name, the same whenever it is written."""
    title: str
    text: str
    first: date | None
    """The first day on which it may be; None where it has none: no calendar shows it."""
    last: date | None
    """The last day."""
    path: str
    """Its page, without the base; empty where there is none."""


class Feed(NamedTuple):
    """Entries of one answer."""

    title: str
    path: str
    """The address of the answer, without the base."""
    updated: date
    """The day of the record that it rests on."""
    entries: tuple[FeedEntry, ...]
    page: str = ""
    """The page that it follows, without the base; empty where there is none."""


def atom(feed: Feed, base: str = BASE) -> str:
    """The feed as Atom."""
    home = base.rstrip("/")
    entries = "".join(_atom_entry(entry, feed, home) for entry in feed.entries)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"  <title>{_xml(feed.title)}</title>\n"
        f"  <id>{_xml(f'{BASE}{feed.path}')}</id>\n"
        f'  <link rel="self" href={quoteattr(f"{home}/{feed.path}")}/>\n'
        f"{_alternate(feed, home)}"
        f"  <updated>{_moment(feed.updated)}</updated>\n"
        f"  <author><name>{AUTHOR}</name></author>\n"
        "  <rights>CC BY 4.0</rights>\n"
        f"{entries}</feed>\n"
    )


def _alternate(feed: Feed, home: str) -> str:
    return f'  <link rel="alternate" type="text/html" href={quoteattr(f"{home}/{feed.page}")}/>\n' if feed.page else ""


def _atom_entry(entry: FeedEntry, feed: Feed, home: str) -> str:
    link = f'    <link rel="alternate" href={quoteattr(f"{home}/{entry.path}")}/>\n' if entry.path else ""
    return (
        "  <entry>\n"
        f"    <title>{_xml(entry.title)}</title>\n"
        f"    <id>{_xml(f'{BASE}change/{entry.key}')}</id>\n{link}"
        f"    <updated>{_moment(_changed(entry, feed))}</updated>\n"
        f'    <content type="text">{_xml(entry.text)}</content>\n'
        "  </entry>\n"
    )


def _changed(entry: FeedEntry, feed: Feed) -> date:
    """The day of what happened; of what is still to come, that of the record that says so."""
    return min(entry.last, feed.updated) if entry.last else feed.updated


def json_feed(feed: Feed, base: str = BASE) -> str:
    """The feed as JSON Feed 1.1."""
    home = base.rstrip("/")
    content: dict[str, object] = {"version": "https://jsonfeed.org/version/1.1", "title": feed.title}
    if feed.page:
        content["home_page_url"] = f"{home}/{feed.page}"
    content |= {
        "feed_url": f"{home}/{feed.path}", "language": "en", "authors": [{"name": AUTHOR}],
        "items": [_json_item(entry, feed, home) for entry in feed.entries],
    }  # fmt: skip
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _json_item(entry: FeedEntry, feed: Feed, home: str) -> dict[str, str]:
    item = {"id": f"{BASE}change/{entry.key}", "title": entry.title, "content_text": entry.text,
            "date_modified": _moment(_changed(entry, feed))}  # fmt: skip
    return {**item, "url": f"{home}/{entry.path}"} if entry.path else item


def _xml(text: str) -> str:
    return escape("".join(c for c in text if c.isprintable() or c == "\n"))


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def calendar(feed: Feed, base: str = BASE) -> str:
    """The entries that have a day as a calendar; one of an uncertain day covers all days on which it may be."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//treatygraph//record//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_ical(feed.title)}",
    ]  # fmt: skip
    for entry in feed.entries:
        lines += _event(entry, feed, base.rstrip("/"))
    lines.append("END:VCALENDAR")
    return "".join(f"{line}\r\n" for text in lines for line in _folded(text))


def _event(entry: FeedEntry, feed: Feed, home: str) -> Iterable[str]:
    if entry.first is None or entry.last is None:
        return
    until = entry.last + timedelta(days=1) if entry.last < date.max else entry.last
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.key.replace('/', '-')}@treatygraph"
    yield f"DTSTAMP:{feed.updated:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{entry.first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{until:%Y%m%d}"
    yield f"SUMMARY:{_ical(entry.title)}"
    if entry.text != entry.title:
        yield f"DESCRIPTION:{_ical(entry.text)}"
    if entry.path:
        yield f"URL:{home}/{entry.path}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _ical(text: str) -> str:
    plain = "".join(c for c in text if c.isprintable() or c == "\n")
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(text: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets, cut between characters; each further piece begins with a space."""
    piece = ""
    for character in text:
        if len((piece + character).encode()) > _FOLD:
            yield piece
            piece = " "
        piece += character
    yield piece


class FeedForm(NamedTuple):
    """A form of a feed: its media type and what writes it."""

    media_type: str
    written: Callable[[Feed, str], str]


FEED_FORMS: Final[Mapping[str, FeedForm]] = {
    "atom": FeedForm("application/atom+xml", atom),
    "feed.json": FeedForm("application/feed+json", json_feed),
    "ics": FeedForm("text/calendar", calendar),
}
"""The forms by the ending of their files."""
