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
  return `${name}: ${found.by} ${did} the participation of ${found.against}`;
}

/**
 * The answer to a question, in the shape that the command line prints as JSON.
 *
 * question: {a, b, on, reading, topic, scope, binding}; names as people write them, `on` as YYYY-MM-DD.
 * Throws a Refusal where there is no answer: an unknown name, a state that was not there, one power twice.
 */
function between(record, question) {
  const { a, b, on, reading = "depositary", topic = null, scope = "any", binding = false } = question;
  const sides = [sideOf(record, a, on), sideOf(record, b, on)];
  if (sides[0].id === sides[1].id) {
    throw new Refusal(`'${a}' and '${b}' are both ${sides[0].title}; name two powers.`);
  }
  const topics = topic === null ? null : record.topics.get(topic);
  if (topics === undefined) throw new Refusal(`no topic is called '${topic}'.`);
  const asked = { states: [sides[0].id, sides[1].id], on, known: null, reading, topic, scope, binding };
  const wanted = (brief) => (topics === null || brief.topics.some((one) => topics.has(one)))
    && (scope === "any" || (brief.scope === "bilateral") === (scope === "bilateral"))
    && (!binding || brief.binding === true);
  const when = dayNumber(on);
  const found = sorted(record, sides, reading, when, wanted);
  const instruments = nested(found.remaining);
  return {
    answer: sentenceBetween(sides, asked, instruments),
    question: asked,
    instruments,
    signed: signedAlone(record, sides, reading, when, wanted, found.remaining),
    ended: found.ended.sort((one, two) => compare(two.until, one.until) || compare(two.id, one.id)),
    pledges: pledges(record, sides, reading, when, wanted),
    notes: notesOn(record, sides, found, on),
    sides,
  };
}

function sorted(record, sides, reading, when, wanted) {
  const remaining = new Map();
  const ended = [];
  const unproven = new Set();
  for (const [name, stretches] of pairings(record, sides, reading)) {
    const brief = record.briefs.get(name);
    if (brief.scope === "unilateral" || !wanted(brief)) continue;
    const now = stretches.filter((one) => one.from <= when && when < one.to).filter((one) => {
      const reason = exclusion(record, name, one, when);
      if (reason) unproven.add(reason);
      return !reason;
    });
    if (now.length) {
      remaining.set(name, still(sides, brief, now, when));
      continue;
    }
    let last = null;
    for (const one of stretches) if (one.to <= when && (!last || one.to > last.to)) last = one;
    if (last) ended.push(gone(brief, last));
  }
  return { remaining, ended, unproven };
}

function still(sides, brief, now, when) {
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
    scope: brief.scope === "bilateral" ? "bilateral" : "multilateral",
    topics: brief.topics, binding: brief.binding, since,
    until: (last.to < OPEN && last.until) || null,
    standing: standingOf(sides, rows),
    flags: [...new Set(flags.map((flag) => flag.flag))].sort(compare),
    details: flags.filter((flag) => flag.flag !== "by-succession").map(detail),
    unverified: rows.some((row) => isRecall(row.sources)),
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
      unverified: both.some((row) => isRecall(row.sources)),
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

function gone(brief, stretch) {
  const last = endingOf(stretch);
  return {
    id: brief.id, title: brief.title, until: last.until || dayText(last.to), because: last.reason || "ended",
    binding: brief.binding, topics: brief.topics, unverified: isRecall(last.ending),
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
      unverified: isRecall(row.sources), sources: row.sources,
    }));
}

function unilateral(record, side, reading) {
  return record.once(`unilateral/${side.key}/${reading}`, () => side.lines.flatMap((line) =>
    [...record.bearings(line, reading)].sort(([a], [b]) => compare(a, b))
      .filter(([name]) => record.briefs.get(name).scope === "unilateral")
      .flatMap(([, held]) => held.rows.filter((row) => row.binds))));
}

/** What the reader must know: continuity, coverage, what rests on general knowledge. */
function notesOn(record, sides, found, on) {
  const notes = [...sides.flatMap((side) => side.notes), ...[...found.unproven].sort(compare)];
  const short = new Map();
  for (const name of found.remaining.keys()) {
    const brief = record.briefs.get(name);
    if (brief.gap) notes.push(`ledger of ${name} incomplete: ${brief.gap}`);
    else if (brief.coverage && brief.coverage < on) short.set(brief.coverage, [...(short.get(brief.coverage) || []), name]);
  }
  for (const [through, names] of [...short].sort(([a], [b]) => compare(a, b))) {
    notes.push(`ledger${names.length === 1 ? "" : "s"} of ${names.join(", ")} complete through ${through}`);
  }
  const recall = [...found.remaining].filter(([, item]) => item.unverified).map(([name]) => name);
  if (recall.length) notes.push(`unverified (general knowledge): ${recall.join(", ")}`);
  return [...new Set(notes)];
}
