// What remains between two powers on a day: two sides' derived standings laid side by side, and nothing else.
// The same steps in the same order as answers/pairing.py and answers/between.py; a test holds the two together.

/** Every stretch of time in which an instrument held a member of each side, by instrument, in order of id. */
function pairings(record, sides, reading) {
  return record.once(`pairings/${sides[0].key}/${sides[1].key}/${reading}`, () => {
    const found = new Map();
    for (const mine of sides[0].lines) {
      for (const theirs of sides[1].lines) {
        if (String(mine) === String(theirs)) continue;
        layTogether(record.bearings(mine, reading), record.bearings(theirs, reading), found);
      }
    }
    return new Map([...found].sort(([a], [b]) => compare(a, b)));
  });
}

function layTogether(mine, theirs, found) {
  for (const [name, held] of mine) {
    const other = theirs.get(name);
    if (!other) continue;
    for (const first of held.rows) {
      if (!first.binds) continue;
      for (const second of other.rows) {
        const from = Math.max(first.from, second.from);
        const to = Math.min(first.to, second.to);
        if (!second.binds || from >= to) continue;
        const [a, b] = [held.origins.get(first), other.origins.get(second)];
        if (!found.has(name)) found.set(name, []);
        found.get(name).push({ first, second, from, to, since: a >= b ? a : b });
      }
    }
  }
}

/** The standing that ends first. */
function endingOf(stretch) {
  return stretch.first.to <= stretch.second.to ? stretch.first : stretch.second;
}

/** The flags of either standing on a day, as far as they concern the other state. */
function flagsBetween(stretch, when) {
  const found = [];
  for (const [row, other] of [[stretch.first, stretch.second], [stretch.second, stretch.first]]) {
    for (const flag of row.flags) {
      const holds = flag.from <= when && when < flag.to;
      if (holds && (!flag.against.length || flag.against.includes(other.state))) found.push(flag);
    }
  }
  return found;
}

/** Why the two are not bound to each other on a day although both are bound (R11, R12); empty if they are. */
function exclusion(record, name, stretch, when) {
  const pair = [stretch.first.state, stretch.second.state];
  const found = (record.exclusions.get(name) || []).find((one) => pair.includes(one.by) && pair.includes(one.against)
    && one.from <= when && when < one.to);
  if (!found) return "";
  const did = found.rule === "R11" ? "objected to" : "does not accept";
  const [by, against] = [found.by, found.against].map((code) => record.states.get(code).spoken);
  const title = record.briefs.get(name).title;
  const text = `${by} ${did} the participation of ${against} in ${title}: it does not hold between them`;
  return text[0].toUpperCase() + text.slice(1);
}

/**
 * The answer to a question, in the shape that the command line prints as JSON.
 *
 * question: {a, b, on, reading, topic, scope, binding}; names as people write them, `on` as YYYY-MM-DD. `today` is
 * the day of the one who asks: beyond it an answer is in the conditional.
 * Throws a Refusal where there is no answer: an unknown name, a state that was not there, one power twice.
 */
function between(record, question, today = record.edition.day) {
  checkQuestion(record, question);
  const { a, b, on, reading = "depositary", topic = null, scope = "any", binding = false } = question;
  const sides = [sideOf(record, a, on), sideOf(record, b, on)];
  if (sides[0].id === sides[1].id) {
    throw new Refusal(`'${a}' and '${b}' are both ${sides[0].title}; name two powers.`);
  }
  const topics = topic === null ? null : record.topics.get(topic);
  if (topics === undefined) throw new Refusal(`no topic is called '${topic}'.`);
  const asked = { states: [sides[0].id, sides[1].id], on, known: null, reading, topic, scope, binding };
  const wanted = (brief, ofDay = brief.scope) => (topics === null || brief.topics.some((one) => topics.has(one)))
    && (scope === "any" || (ofDay === "bilateral") === (scope === "bilateral"))
    && (!binding || brief.binding === true);
  const when = dayNumber(on);
  const found = sorted(record, sides, reading, when, wanted, scope);
  const instruments = nested(found.remaining);
  const open = notKnown(record, sides, reading, when, wanted, found.held);
  for (const item of found.remaining.values()) item.with_not_known = openMembers(record, sides, reading, when, item);
  return {
    answer: sentenceBetween(record, sides, asked, instruments, open, today),
    question: asked,
    instruments,
    not_known: open,
    signed: signedAlone(record, sides, reading, when, wanted, found.remaining),
    ended: found.ended.sort((one, two) => compare(two.until, one.until) || compare(two.id, one.id)),
    pledges: pledges(record, sides, reading, when, wanted),
    notes: notesOn(record, sides, found, on),
    edition: record.edition,
    sides,
  };
}

/** Refuses what is not understood in full. */
function checkQuestion(record, { on, reading = "depositary", scope = "any" }) {
  if (!isDay(on)) throw new Refusal(`'${on}' is not a day; write it as YYYY-MM-DD.`);
  if (!SCOPES.includes(scope)) throw new Refusal(`no scope is called '${scope}'; take one of ${SCOPES.join(", ")}.`);
  if (!record.views.has(reading)) {
    throw new Refusal(`no reading is called '${reading}'; take one of ${[...record.views].join(", ")}.`);
  }
}

const SCOPES = ["any", "bilateral", "multilateral"];

function sorted(record, sides, reading, when, wanted, scope) {
  const remaining = new Map();
  const held = new Set();
  const ended = [];
  const unproven = new Set();
  for (const [name, stretches] of pairings(record, sides, reading)) {
    const brief = record.briefs.get(name);
    if (brief.scope === "unilateral" || !wanted(brief, scope)) continue;
    const now = stretches.filter((one) => one.from <= when && when < one.to).filter((one) => {
      const reason = exclusion(record, name, one, when);
      if (reason) unproven.add(reason);
      return !reason;
    });
    if (now.length) {
      held.add(name);
      const item = still(record, sides, brief, now, when, reading);
      if (wanted(brief, item.scope)) remaining.set(name, item);
      continue;
    }
    if (!wanted(brief)) continue;
    let last = null;
    for (const one of stretches) if (one.to <= when && (!last || one.to > last.to)) last = one;
    if (last) ended.push({ ...gone(record, brief, last), contested: holdingOtherwise(record, sides, brief.id, reading, when) });
  }
  return { remaining, held, ended, unproven };
}

/** Under whose reading an instrument that has ended between the two still holds them. */
function holdingOtherwise(record, sides, name, reading, when) {
  const others = record.changes(name);
  if (!others.length) return [];
  return ["depositary", ...others].filter((view) => view !== reading && (pairings(record, sides, view).get(name) || [])
    .some((one) => one.from <= when && when < one.to && !exclusion(record, name, one, when)));
}

/** By who is bound on the day: an instrument made between two may have come to bind more. */
function scopeOn(record, brief, rows, when, reading) {
  if (brief.scope !== "bilateral") return "multilateral";
  const view = record.changes(brief.id).includes(reading) ? reading : "depositary";
  const bound = record.boundBy(brief.id).filter((row) => row.reading === view && row.from <= when && when < row.to);
  return new Set([...bound, ...rows].map((row) => row.state)).size === 2 ? "bilateral" : "multilateral";
}

/** The members of groups whose standings these are. */
function membersOf(sides, rows) {
  const states = new Set(rows.map((row) => row.state));
  return [...new Set(sides.filter((side) => side.isGroup).flatMap((side) => side.members
    .filter((member, place) => side.lines[place].some((code) => states.has(code)))))].sort(compare);
}

function still(record, sides, brief, now, when, reading) {
  const rows = [...new Set(now.flatMap((one) => [one.first, one.second]))];
  const flags = [...new Set(now.flatMap((one) => flagsBetween(one, when)))];
  let last = endingOf(now[0]);
  let since = now[0].since;
  for (const one of now) {
    if (endingOf(one).to > last.to) last = endingOf(one);
    if (one.since < since) since = one.since;
  }
  return {
    id: brief.id, title: brief.title, kind: brief.kind,
    scope: scopeOn(record, brief, rows, when, reading),
    topics: brief.topics, binding: brief.binding, since,
    until: (last.to < OPEN && last.until) || null,
    standing: standingOf(sides, rows), with: membersOf(sides, rows),
    flags: [...new Set(flags.map((flag) => flag.flag))].sort(compare),
    details: flags.filter((flag) => flag.flag !== "by-succession").map(detail),
    unverified: rows.some((row) => isRecall(record, row.sources)),
    sources: [...new Set([...brief.sources, ...rows.slice(0, 8).flatMap((row) => row.sources)])],
    parts: [], parents: brief.parents,
  };
}

/** The standing of each member, under the code that the side was asked by. */
function standingOf(sides, rows) {
  const held = new Map(rows.map((row) => [row.state, row.standing]));
  const found = {};
  for (const side of sides) {
    side.members.forEach((member, place) => {
      for (const code of side.lines[place]) if (held.has(code)) found[member] = held.get(code);
    });
  }
  return found;
}

function detail(flag) {
  const found = { flag: flag.flag, by: flag.by, since: dayText(flag.from), until: flag.to < OPEN ? dayText(flag.to) : null };
  if (flag.against.length) found.against = flag.against;
  if (flag.accepted.length) found.accepted_by = flag.accepted;
  if (flag.rejected.length) found.rejected_by = flag.rejected;
  return found;
}

/** What members of both sides have signed or consented to on the day and what does not bind both. */
function signedAlone(record, sides, reading, when, wanted, remaining) {
  const [mine, theirs] = sides.map((side) => namedOn(record, side, reading, when));
  const found = [];
  for (const [name, rows] of mine) {
    const others = theirs.get(name);
    const brief = record.briefs.get(name);
    if (!others || remaining.has(name) || !wanted(brief)) continue;
    if (rows.some((row) => row.binds) && others.some((row) => row.binds)) continue;
    const both = [...rows, ...others];
    const flags = both.flatMap((row) => row.flags.filter((one) => one.from <= when && when < one.to)).map((one) => one.flag);
    found.push({
      id: name, title: brief.title, kind: brief.kind, scope: brief.scope, topics: brief.topics,
      standing: standingOf(sides, both),
      flags: [...new Set(flags)].filter((flag) => flag !== "contested").sort(compare),
      unverified: both.some((row) => isRecall(record, row.sources)),
      sources: [...new Set([...brief.sources, ...both.slice(0, 8).flatMap((row) => row.sources)])],
    });
  }
  return found.sort((one, two) => compare(one.id, two.id));
}

function namedOn(record, side, reading, when) {
  const found = new Map();
  for (const line of side.lines) {
    for (const [name, held] of record.bearings(line, reading)) {
      const now = held.rows.filter((row) => row.from <= when && when < row.to
        && (row.binds || row.standing === "signatory" || row.standing === "contracting"));
      if (now.length) found.set(name, [...(found.get(name) || []), ...now]);
    }
  }
  return found;
}

function gone(record, brief, stretch) {
  const last = endingOf(stretch);
  return {
    id: brief.id, title: brief.title, until: last.until || dayText(last.to), because: last.reason || "ended",
    binding: brief.binding, topics: brief.topics, unverified: isRecall(record, last.ending),
    sources: last.ending.length ? last.ending : brief.sources,
  };
}

/** Parts under their parents; what binds first, bilateral before multilateral, the oldest first. */
function nested(remaining) {
  const tops = [];
  for (const [name, item] of remaining) {
    const parent = item.parents.find((one) => remaining.has(one));
    if (parent === undefined) tops.push(item);
    else remaining.get(parent).parts.push(item);
  }
  for (const item of remaining.values()) delete item.parents;
  const rank = (item) => [item.binding !== true, item.scope !== "bilateral"];
  return tops.sort((one, two) => rank(one)[0] - rank(two)[0] || rank(one)[1] - rank(two)[1]
    || compare(one.since, two.since) || compare(one.id, two.id));
}

/** One-sided commitments of either power that stand on the day: they bind nobody else. */
function pledges(record, sides, reading, when, wanted) {
  const rows = sides.flatMap((side) => unilateral(record, side, reading));
  return rows.filter((row) => row.from <= when && when < row.to && wanted(record.briefs.get(row.instrument)))
    .map((row) => ({
      id: row.instrument, title: record.briefs.get(row.instrument).title, by: row.state, since: row.since,
      until: row.until || null, topics: record.briefs.get(row.instrument).topics,
      flags: [...new Set(row.flags.filter((flag) => flag.from <= when && when < flag.to).map((flag) => flag.flag))].sort(compare),
      unverified: isRecall(record, row.sources), sources: row.sources,
    }));
}

function unilateral(record, side, reading) {
  return record.once(`unilateral/${side.key}/${reading}`, () => side.lines.flatMap((line) =>
    [...record.bearings(line, reading)].sort(([a], [b]) => compare(a, b))
      .filter(([name]) => record.briefs.get(name).scope === "unilateral")
      .flatMap(([, held]) => held.rows.filter((row) => row.binds))));
}

/** What the reader must know: continuity, who is not bound to whom, early ends of ledgers, general knowledge. */
function notesOn(record, sides, found, on) {
  const notes = [...sides.flatMap((side) => side.notes), ...[...found.unproven].sort(compare)];
  const short = [];
  const partly = [];
  const names = [...found.remaining.keys()].sort(compare);
  for (const name of names) {
    const { coverage } = record.briefs.get(name);
    const { title, scope } = found.remaining.get(name);
    if (coverage && coverage < on) short.push([coverage, title]);
    else if (!coverage && scope !== "bilateral") partly.push(title);
  }
  if (short.length) notes.push(endsNote(short.sort(([a, b], [c, d]) => compare(a, c) || compare(b, d))));
  if (partly.length) notes.push(`the acts under ${fewTitles(partly)} were not read to their end: an exit may be missing`);
  const recall = names.map((name) => found.remaining.get(name)).filter((item) => item.unverified).map((item) => item.title);
  if (recall.length) notes.push(`what is told of ${fewTitles(recall)} rests on general knowledge alone (unverified)`);
  return [...new Set(notes)];
}

const FEW = 3;

function endsNote(short) {
  if (short.length <= FEW) {
    return `the record has the acts under ${listed(short.map(([day, title]) => `${title} up to ${longForm(lastDay(day))}`))}; `
      + "an exit after that would be missing";
  }
  const [[first, title], [last]] = [short[0], short[short.length - 1]];
  const span = first === last ? `up to ${longForm(lastDay(first))}`
    : `up to days from ${longForm(lastDay(first))} (${title}) to ${longForm(lastDay(last))}`;
  return `the record has the acts under ${short.length} of these instruments ${span}; an exit after that would be missing`;
}

/** The last day of a date that may be a month or a year. */
function lastDay(text) {
  if (text.length === 10) return text;
  if (text.length === 4) return `${text}-12-31`;
  return new Date(Date.UTC(+text.slice(0, 4), +text.slice(5, 7), 0)).toISOString().slice(0, 10);
}

function fewTitles(titles) {
  return titles.length <= FEW ? listed(titles)
    : `${titles.slice(0, FEW - 1).join(", ")} and ${titles.length - FEW + 1} more`;
}
