// The record as the page holds it, from the two parts that page_data.py makes. Standings are derived there, under every
// reading; nothing here applies a rule of law to an act.

const OPEN = 99991231;

/** A day as a number that compares as the day does: "2021-05-28" is 20210528. */
function dayNumber(iso) {
  return +(iso.slice(0, 4) + iso.slice(5, 7) + iso.slice(8, 10));
}

/** The day that `dayNumber` read, as text. */
function dayText(number) {
  const text = String(number).padStart(8, "0");
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}

/** The day that is so many days after 1 January 1900, as text. */
function isoDay(days) {
  return new Date(Date.UTC(1900, 0, 1 + days)).toISOString().slice(0, 10);
}

/** Whether a text is a day: YYYY-MM-DD, and in the calendar. */
function isDay(text) {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
}

/** Compares as Python compares text: by code point. */
function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

const BOUND = new Set(["party", "participant", "provisional"]);

/** Names are compared without case, accents, punctuation or a leading "the". */
function nameKey(text) {
  const plain = text.toLowerCase().normalize("NFKD").replace(/\p{Mn}/gu, "");
  return plain.replace(/[^0-9a-z\u0080-\uffff]+/gu, " ").trim().replace(/^the /, "");
}

/** What a ledger knows of the states that it does not name. */
function ledgerOf([id, treaty, opened, entry, ended, closedTo, whole, wholeText, stale, holes, lists, absences]) {
  return {
    id, treaty, opened: dayNumber(opened), entry: dayNumber(entry), ended: dayNumber(ended), closedTo,
    whole: dayNumber(whole), wholeText, stale: dayNumber(stale),
    holes: holes.map(([states, acts, from, text]) => ({ states, acts, from: dayNumber(from), text })),
    lists: lists.map(([first, last]) => [dayNumber(first), dayNumber(last)]),
    absences: absences.map(([state, first, last]) => ({ state, first: dayNumber(first), last: dayNumber(last) })),
  };
}

/** Rows from columns. */
function rowsOf(columns) {
  return columns.length ? columns[0].map((_, place) => columns.map((column) => column[place])) : [];
}

/** What cards say beyond answers: why standings began and ended, acts, events, clauses, sources. */
class Details {
  constructor({ why, why_end: whyEnd, steps, acts, events, cards, sources, titles, rules }) {
    [this.steps, this.events, this.cards, this.titles, this.rules] = [rowsOf(steps), events, cards, titles, rules];
    this.why = [];
    let last = 0;
    const resolved = (list) => list.map((step) => { last += step; return last; });
    why.forEach((list, place) => { this.why.push([resolved(list), resolved(whyEnd[place])]); });
    this.acts = new Map();
    for (const [instrument, ...act] of rowsOf(acts)) {
      if (!this.acts.has(instrument)) this.acts.set(instrument, []);
      this.acts.get(instrument).push(act);
    }
    this.sources = rowsOf(sources).map(([id, title, publisher, date, place, kind]) => ({ id, title, publisher, date, place, kind }));
  }
}

class Record {
  /** `details` gives the second part when it is wanted: what cards say beyond answers. */
  constructor(block, details) {
    this.block = block;
    this.details = () => this.once("details", () => details().then((part) => new Details(part)));
    this.today = block.today;
    this.cites = block.cites;
    this.flags = block.flags.map(([flag, from, to, by, against, accepted, rejected, text]) => ({
      flag, from: dayNumber(from), to: dayNumber(to), by, against, accepted, rejected, text,
    }));
    this.states = new Map(block.states.map(([code, name, spoken, from, to, continues, successorOf, line]) =>
      [code, { code, name, spoken, from, to, continues, successorOf, line }]));
    this.groups = new Map(block.groups.map(([id, title, members, spoken]) => [id, { id, title, members, spoken }]));
    this.names = new Map();
    for (const [kind, id, ...keys] of block.names) {
      for (const key of keys) {
        if (!this.names.has(key)) this.names.set(key, []);
        this.names.get(key).push([kind, id]);
      }
    }
    this.briefs = new Map(block.briefs.map((brief) => [brief.id, brief]));
    this.topics = new Map(Object.entries(block.topics).map(([name, narrower]) => [name, new Set(narrower)]));
    this.changed = new Map(Object.entries(block.changed).map(([name, views]) => [name, views]));
    this.exclusions = new Map(Object.entries(block.exclusions).map(([name, rows]) => [name, rows.map(
      ([by, against, from, to, rule]) => ({ by, against, from: dayNumber(from), to: dayNumber(to), rule }))]));
    this.readings = block.readings;
    this.ledgers = new Map(block.ledgers.map((row) => [row[0], ledgerOf(row)]));
    this.views = new Set(block.views);
    this.edition = block.edition;
    this.authorities = block.authorities;
    this.memo = new Map();
  }

  /** The answer of `make`, made once for a key. */
  once(key, make) {
    if (!this.memo.has(key)) this.memo.set(key, make());
    return this.memo.get(key);
  }

  /** The rows of each state in the columns of standings: their places, and the first day of each. */
  places() {
    return this.once("places", () => {
      const { states, columns: [whose, , , , steps] } = this.block.standings;
      const found = new Map(states.map((code) => [code, []]));
      let start = 0;
      steps.forEach((step, place) => {
        start += step;
        found.get(states[whose[place]]).push([place, start]);
      });
      return found;
    });
  }

  /** Every standing of one state, under every reading, oldest first within an instrument. */
  standings(code) {
    return this.once(`standings/${code}`, () => {
      const { columns, readings, instruments, words: standings, reasons } = this.block.standings;
      return (this.places().get(code) || []).map(([place, first]) => {
        const [, reading, instrument, word, , length, since, until, origin, reason, sources, ending, flags, may] =
          columns.map((column) => column[place]);
        const [start, end] = [isoDay(first), length ? isoDay(first + length) : ""];
        const begun = since || start;
        return {
          state: code, place, reading: readings[reading], instrument: instruments[instrument], standing: standings[word],
          from: dayNumber(start), to: end ? dayNumber(end) : OPEN, since: begun, until: until === 0 ? end : until,
          origin: origin === 0 ? begun : origin, reason: reasons[reason], sources: this.cites[sources], ending: this.cites[ending],
          flags: (flags || []).map((one) => this.flags[one]), mayBind: may ? may[0] : false, lack: may ? may[1] : "",
          binds: BOUND.has(standings[word]),
        };
      });
    });
  }

  /** Who is bound by an instrument that was made between two, by reading; empty for others. */
  boundBy(instrument) {
    return this.once("bound by", () => {
      const found = new Map();
      for (const code of this.places().keys()) {
        for (const row of this.standings(code)) {
          if (!row.binds || this.briefs.get(row.instrument).scope !== "bilateral") continue;
          if (!found.has(row.instrument)) found.set(row.instrument, []);
          found.get(row.instrument).push(row);
        }
      }
      return found;
    }).get(instrument) || [];
  }

  /** The readings under which something differs for an instrument. */
  changes(instrument) {
    return this.changed.get(instrument) || [];
  }

  /**
   * All standings of a line of states under a reading, by instrument, and for each the day since when the
   * line has been bound without a break. What the reading does not change is as the depositaries have it.
   */
  bearings(line, reading) {
    return this.once(`bearings/${line}/${reading}`, () => {
      const found = new Map();
      for (const code of [...line].reverse()) {
        for (const row of this.standings(code)) {
          const view = this.changes(row.instrument).includes(reading) ? reading : "depositary";
          if (row.reading !== view) continue;
          if (!found.has(row.instrument)) found.set(row.instrument, { rows: [], origins: new Map() });
          found.get(row.instrument).rows.push(row);
        }
      }
      for (const held of found.values()) {
        for (const row of held.rows) held.origins.set(row, originOf(held.rows, row));
      }
      return found;
    });
  }
}

/** Since when the line has been bound without a break up to `now` (continuity counts). */
function originOf(rows, now) {
  let begun = now;
  for (const row of [...rows].sort((a, b) => b.from - a.from)) {
    if (row.binds && row.to === begun.from) begun = row;
  }
  return begun.origin || begun.since;
}

/** Whether nothing but general knowledge stands behind it. */
function isRecall(record, sources) {
  return sources.length > 0 && sources.every((source) => source === record.block.recall);
}
