"""The storyline of two powers: time across, each instrument a thread, each topic a ribbon, cut where it ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from treatygraph.bonds.phases import Phase
from treatygraph.build.index import Index
from treatygraph.draw.credit import credit
from treatygraph.draw.lettering import text_width, wrapped
from treatygraph.draw.shapes import Drawing, Label, Path, Shape, Stroke
from treatygraph.draw.strands import Strand, cut_mark, strands
from treatygraph.draw.threads import Ribbon, Storyline, Thread
from treatygraph.model.dates import long_form
from treatygraph.model.intervals import merged

__all__ = ["storyline"]

_MORE: Final = 14
"""The height of a further line of a name."""
_PAST: Final = 14
"""How far a thread that still holds runs on beyond the day."""


@dataclass(frozen=True)
class _Sheet:
    """The measures of a wide sheet or of a phone's."""

    width: float
    left: float
    """Where time begins, and below where the day of the picture is."""
    right: float
    heads: bool
    """Whether ribbons have their names above them; else beside."""
    lane: float
    """From one named thread to the next."""
    quiet: float
    thick: float
    size: float
    """Of the letters of a thread's name."""


_WIDE: Final = _Sheet(1280, 222, 890, False, 17, 5.5, 7, 11.5)
_NARROW: Final = _Sheet(360, 10, 338, True, 27, 5, 6, 11.5)


def storyline(index: Index, story: Storyline, *, narrow: bool = False) -> Drawing:
    """The drawing; ``narrow`` for a phone's width of 360 pixels."""
    return _Storyline(index, story, _NARROW if narrow else _WIDE).drawn()


class _Storyline:
    """Places the shapes, from the top down."""

    def __init__(self, index: Index, story: Storyline, sheet: _Sheet) -> None:
        self._index, self._story, self._sheet = index, story, sheet
        self._after = (story.on + timedelta(days=1)).isoformat()
        cited = dict.fromkeys(t.source for ribbon in story.ribbons for t in ribbon.named if t.source and self._shows(t))
        self._notes: Mapping[str, int] = {source: place + 1 for place, source in enumerate(cited)}
        holders = [count for ribbon in story.ribbons for t in ribbon.threads for _, _, count in t.holders]
        self._most = max(holders, default=0)

    def drawn(self) -> Drawing:
        """The whole drawing."""
        sheet, story = self._sheet, self._story
        heading, top = self._heading()
        body: list[Shape] = []
        y = top + 34
        for ribbon in story.ribbons:
            y = self._ribbon(ribbon, y, body)
        if not story.ribbons:
            body.append(Label(sheet.left + 10, y + 16, "No treaty on record between them.", "soft", 13))
            y += 40
        foot, height = self._foot(y + 12)
        shapes = (*heading, *self._axis(top + 22, y), *body, *self._now(top + 22, y), *foot)
        words = f"{story.sentence} {story.ended}".strip()
        return Drawing(sheet.width, height, story.title, shapes, f"{words} {credit(self._index)}")

    def _x(self, day: str) -> float:
        """Where a day lies on the axis; what lies before it is at its edge, what holds on the day runs on beyond."""
        if day >= self._after:
            return self._sheet.right + _PAST
        begin, end = self._story.since, self._story.on
        share = (date.fromisoformat(day) - begin) / max(end - begin, timedelta(days=1))
        return self._sheet.left + min(max(share, 0), 1) * (self._sheet.right - self._sheet.left)

    def _shows(self, thread: Thread) -> bool:
        """Whether the thread reaches into the time that is drawn."""
        return any(phase.end > self._story.since.isoformat() for phase in thread.phases)

    def _heading(self) -> tuple[list[Shape], float]:
        sheet, story = self._sheet, self._story
        room, size = sheet.width - 2 * 16, 20 if sheet is _WIDE else 16
        shapes: list[Shape] = []
        y = 16.0
        for line in wrapped(story.title, room, size, bold=True):
            y += size + 3
            shapes.append(Label(16 if sheet is _WIDE else 10, y, line, "ink", size, bold=True))
        for text, paint in ((story.ended, "bad"), (story.sentence, "ink")):
            y += 4 if text else 0
            for line in wrapped(text, room, 13):
                y += 18
                shapes.append(Label(16 if sheet is _WIDE else 10, y, line, paint, 13))
        return shapes, y + 8

    def _axis(self, top: float, bottom: float) -> Iterator[Shape]:
        step = 10 if self._story.on.year - self._story.since.year > 25 else 5
        shown = -100.0
        for year in range(self._story.since.year, self._story.on.year + 1):
            x = self._x(f"{year}-01-01")
            if year % step or date(year, 1, 1) < self._story.since or x > self._sheet.right - 30:
                continue
            yield Stroke(x, top, x, bottom, "line")
            if x - shown > 34 and x + 16 < self._sheet.right + _PAST - text_width(
                long_form(self._story.on), 11, bold=True
            ):
                yield Label(x, top - 6, str(year), "soft", 11, "middle")
                shown = x

    def _now(self, top: float, bottom: float) -> Iterator[Shape]:
        x = self._sheet.right
        yield Path(f"M{x:.1f} {top:.1f}V{bottom:.1f}", stroke="ink", width=1.2, dashes="3 3")
        yield Label(x + _PAST, top - 6, long_form(self._story.on), "ink", 11, "end", bold=True)

    def _ribbon(self, ribbon: Ribbon, y: float, body: list[Shape]) -> float:
        """Draws a ribbon from ``y`` down; where it ends."""
        sheet = self._sheet
        paint = f"family-{ribbon.family.id}"
        status, warns = ribbon.status
        named = [thread for thread in ribbon.named if self._shows(thread)]
        quiet = list(_folded([thread for thread in ribbon.quiet if self._shows(thread)]))
        if not named and not quiet:
            return y
        room = sheet.width - 42 if sheet.heads else sheet.left - 44
        title, told = wrapped(ribbon.title, room, 12.5, bold=True), wrapped(status, room, 11)
        head = len(title) * 15 + len(told) * 14
        start = y
        if sheet.heads:
            y += head + 6
        lanes = self._lanes(named)
        names = self._names(quiet)
        beside = len(names) * (sheet.size + 2)
        room_for_quiet = len(quiet) * sheet.quiet + beside if sheet.heads else max(len(quiet) * sheet.quiet, beside)
        tall = sum(map(self._tall, lanes)) + (room_for_quiet + 6 if quiet else 0) + 4
        tall = tall if sheet.heads else max(tall, head + 6)
        body += self._band(ribbon, y, tall, paint)
        body += self._head(title, told, start if sheet.heads else y, ribbon, warns=warns)
        inner = y + 2
        for lane in lanes:
            for thread in lane:
                body += self._named(thread, inner, paint)
            inner += self._tall(lane)
        body += self._quiet(quiet, names, inner + 2, paint)
        return y + tall + (12 if sheet.heads else 8)

    def _band(self, ribbon: Ribbon, y: float, tall: float, paint: str) -> Iterator[Shape]:
        """The ground of the ribbon on the days on which something held, and a bar where it ended."""
        since = self._story.since.isoformat()
        for start, end in ribbon.held:
            if end > since:
                left, right = self._x(start), self._x(end)
                way = f"M{left:.1f} {y:.1f}H{right:.1f}V{y + tall:.1f}H{left:.1f}Z"
                yield Path(way, fill=paint, opacity=0.15)
        last = ribbon.ended
        if last and last.cut > since:
            x = self._x(last.cut)
            yield Path(f"M{x:.1f} {y:.1f}v{tall:.1f}", stroke="ink", width=2.4)

    def _head(
        self, title: Sequence[str], told: Sequence[str], y: float, ribbon: Ribbon, *, warns: bool
    ) -> Iterator[Shape]:
        x = 16 if self._sheet is _WIDE else 10
        yield Path(f"M{x + 1:.1f} {y + 5:.1f}h12v12h-12Z", stroke=f"family-{ribbon.family.id}", width=2.5)
        yield Label(x + 7, y + 14.7, ribbon.family.letter, "ink", 10, "middle", bold=True)
        for place, line in enumerate(title):
            yield Label(x + 19, y + 15 + place * 15, line, "ink", 12.5, bold=True)
        for place, line in enumerate(told):
            there = y + 15 + len(title) * 15 + place * 14 - 1
            yield Label(x + 19, there, line, "bad" if warns else "soft", 11, bold=warns)

    def _label(self, thread: Thread) -> str:
        note = f" [{self._notes[thread.source]}]" if thread.source in self._notes else ""
        if thread.cut:
            return f"{thread.ended}{note}: {thread.because}"
        if not thread.held:
            open_still = any(phase.phase == "not-known" for phase in thread.phases)
            never = "signed, not in force for both" if thread.now == "signed" else "signed, never in force for both"
            return "not known whether it held both" if open_still else never
        return {"suspended": "suspended, or claimed to be", "contested": "contested"}.get(thread.now, "")

    def _lanes(self, items: Sequence[Thread]) -> list[list[Thread]]:
        """The threads in as few lanes as can be without one running into another or its name."""
        lanes: list[list[Thread]] = []
        ends: list[float] = []
        for thread in items:
            left, right = self._extent(thread)
            place = next((place for place, end in enumerate(ends) if end + 8 < left), len(lanes))
            if place == len(lanes):
                lanes.append([])
                ends.append(0)
            lanes[place].append(thread)
            ends[place] = right
        return lanes

    def _tall(self, lane: Sequence[Thread]) -> float:
        """The height of a lane: as many lines as its longest words take."""
        return self._sheet.lane + _MORE * (max(len(self._text(thread)[2]) for thread in lane) - 1)

    def _extent(self, thread: Thread) -> tuple[float, float]:
        left, right = self._x(thread.phases[0].start), self._x(thread.phases[-1].end)
        x, anchor, lines = self._text(thread)
        wide = max(self._wide(title, rest) for title, rest in lines)
        return (min(left, x - wide), right) if anchor == "end" else (min(left, x), max(right, x + wide))

    def _wide(self, title: str, rest: str) -> float:
        size = self._sheet.size
        return text_width(title, size, bold=True) + (text_width(f" {rest}", size) if rest else 0)

    def _text(self, thread: Thread) -> tuple[float, str, list[tuple[str, str]]]:
        """Where the words of a thread stand, which end of them, and their lines: what of the title, and of the rest."""
        sheet, rest = self._sheet, self._label(thread)
        left, right = self._x(thread.phases[0].start), self._x(thread.phases[-1].end)
        if not sheet.heads:
            x = right + (12 if thread.cut else 6)
            return x, "start", self._lines(thread.title, rest, sheet.width - 12 - x)
        lines = self._lines(thread.title, rest, sheet.width - 20)
        wide = max(self._wide(*line) for line in lines)
        return (sheet.width - 10, "end", lines) if left + wide > sheet.width - 10 else (left, "start", lines)

    def _lines(self, title: str, rest: str, room: float) -> list[tuple[str, str]]:
        """A title and what is said of it, in lines that fit: nothing is cut off."""
        size = self._sheet.size
        *above, last = wrapped(title, room, size, bold=True)
        beside, below = "", rest.split()
        while below and self._wide(last, f"{beside} {below[0]}".strip()) <= room:
            beside = f"{beside} {below.pop(0)}".strip()
        return [
            *((line, "") for line in above),
            (last, beside),
            *(("", line) for line in wrapped(" ".join(below), room, size)),
        ]

    def _named(self, thread: Thread, y: float, paint: str) -> Iterator[Shape]:
        sheet = self._sheet
        x, anchor, lines = self._text(thread)
        middle = y + (sheet.lane - 6 + _MORE * (len(lines) - 1) if sheet.heads else sheet.lane / 2)
        place = Strand(self._x, middle, paint, sheet.thick, self._most)
        yield from strands(self._after_begin(thread), place, self._tip(thread))
        if thread.cut and thread.held[-1][1] > self._story.since.isoformat():
            yield cut_mark(self._x(thread.held[-1][1]), middle, sheet.thick / 2 + 2)
        base = y + 11 if sheet.heads else middle + 4
        for number, (title, rest) in enumerate(lines):
            there = base + _MORE * number
            yield Label(
                x,
                there,
                title or rest,
                "ink",
                sheet.size,
                anchor,
                bold=bool(title),
                rest=rest if title else "",
                halo=True,
            )

    def _after_begin(self, thread: Thread) -> Thread:
        """The thread without what lies before the axis."""
        since = self._story.since.isoformat()
        kept = (Phase(phase.phase, max(phase.start, since), phase.end) for phase in thread.phases if phase.end > since)
        return replace(thread, phases=tuple(kept))

    def _names(self, items: Sequence[Thread]) -> list[str]:
        """The names of threads to which nothing happened, in lines: beside them, or on a phone below."""
        sheet = self._sheet
        room = sheet.width - 20 if sheet.heads else sheet.width - 12 - (sheet.right + _PAST + 6)
        return wrapped(", ".join(thread.title for thread in items), room, sheet.size - 1)

    def _quiet(self, items: Sequence[Thread], names: Sequence[str], y: float, paint: str) -> Iterator[Shape]:
        sheet = self._sheet
        for place, thread in enumerate(items):
            middle = y + (place + 0.5) * sheet.quiet
            yield from strands(
                self._after_begin(thread),
                Strand(self._x, middle, paint, sheet.quiet * 0.6, self._most),
                self._tip(thread),
            )
        x, top = (10.0, y + len(items) * sheet.quiet) if sheet.heads else (sheet.right + _PAST + 6, y)
        for place, line in enumerate(names):
            yield Label(x, top + 10 + place * (sheet.size + 2), line, "soft", sheet.size - 1, halo=sheet.heads)

    def _tip(self, thread: Thread) -> str:
        lines = [thread.title]
        for phase in thread.phases:
            last = "" if phase.end >= self._after else f" to {phase.end}"
            lines.append(f"{_WORDS[phase.phase]}: {phase.start}{last or ' on'}")
        if thread.cut:
            lines.append(f"{thread.because}, {thread.ended}")
        return "\n".join(lines)

    def _foot(self, y: float) -> tuple[list[Shape], float]:
        """The legend, the sources of the cuts and the source of the picture; the height of the whole."""
        sheet = self._sheet
        shapes: list[Shape] = []
        x, start = (16.0, 16.0) if sheet is _WIDE else (10.0, 10.0)
        for phase, words in _LEGEND:
            wide = 44 + text_width(words, 11) + 14
            if x + wide > sheet.width and x > start:
                x, y = start, y + 20
            shapes += _sample(phase, x, y + 6)
            shapes.append(Label(x + 42, y + 10, words, "soft", 11))
            x += wide
        y += 30
        columns = 2 if sheet is _WIDE else 1
        room = (sheet.width - 2 * start) / columns - 12
        notes = [
            line
            for name, place in self._notes.items()
            for line in wrapped(f"[{place}] {self._source(name)}", room, 9.5)
        ]
        rows = -(-len(notes) // columns)
        for place, note in enumerate(notes):
            column, row = divmod(place, rows)
            shapes.append(Label(start + column * (room + 12), y + 9 + row * 13, note, "soft", 9.5))
        y += rows * 13 + 12
        for line in wrapped(credit(self._index), sheet.width - 2 * start, 10.5):
            shapes.append(Label(start, y + 10, line, "soft", 10.5))
            y += 14
        return shapes, y + 12

    def _source(self, name: str) -> str:
        source = self._index.source(name)
        if source is None:
            return name
        title = source.title if source.publisher in source.title else f"{source.publisher}: {source.title}"
        return title if not source.date or source.date in title else f"{title}, {source.date}"


_WORDS: Final = {
    "signed": "signed, not in force for both",
    "provisional": "applied provisionally",
    "in-force": "in force for both",
    "suspended": "suspension claimed or in effect",
    "contested": "in force, contested",
    "not-known": "the record cannot tell whether it held both",
    "excluded": "both are bound, but not to each other",
}
_LEGEND: Final = (
    ("signed", "signed"), ("provisional", "applied provisionally"), ("in-force", "in force for both"),
    ("suspended", "frayed: suspended, or claimed to be"), ("contested", "split: contested"),
    ("not-known", "not known"), ("cut", "cut: no longer holds both"), ("ribbon", "the end of a topic"),
)  # fmt: skip


def _sample(phase: str, x: float, y: float) -> Iterator[Shape]:
    def place(day: str) -> float:
        return x + 34 * (day > "2000")

    end = x + 34 if phase != "cut" else x + 24
    if phase == "ribbon":
        yield Path(f"M{x:.1f} {y - 7:.1f}h24v14h-24Z", fill="soft", opacity=0.25)
        yield Path(f"M{x + 24:.1f} {y - 7:.1f}v14", stroke="ink", width=2.4)
        return
    shown = Phase("in-force" if phase == "cut" else phase, "1999", "2001")
    sample = Thread("", "", (), (shown,), "")
    yield from strands(sample, Strand(lambda day: end if day > "2000" else place(day), y, "soft", 7), "")
    if phase == "cut":
        yield cut_mark(end, y, 5)


def _folded(items: Sequence[Thread]) -> Iterator[Thread]:
    """The threads, with those of which nothing at all is known as one at their end."""
    doubtful = [thread for thread in items if {phase.phase for phase in thread.phases} == {"not-known"}]
    yield from (thread for thread in items if thread not in doubtful)
    if len(doubtful) < 2:
        yield from doubtful
        return
    days = merged((phase.start, phase.end) for thread in doubtful for phase in thread.phases)
    names = ", ".join(thread.title for thread in doubtful)
    phases = tuple(Phase("not-known", start, end) for start, end in days)
    yield Thread("", f"not known: {names}", (), phases, "not-known")
