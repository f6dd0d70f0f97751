// What can be drawn of an instrument between two powers: stages of its life for both, and marks on the way.

const HALFWAY = new Set(["signatory", "contracting"]);

/** The stage of two standings together: in-force, provisional, signed, or none. */
function stageOf(first, second) {
  if (!first || !second) return "";
  if ([first, second].some((row) => row.standing === "not-known")) {
    return [first, second].every((row) => row.binds || row.standing === "not-known") ? "not-known" : "";
  }
  if (first.binds && second.binds) {
    return first.standing === "provisional" || second.standing === "provisional" ? "provisional" : "in-force";
  }
  const near = (row) => row.binds || HALFWAY.has(row.standing);
  return near(first) && near(second) ? "signed" : "";
}

/** Whether a flag of one of the two holds on a day and concerns the other. */
function flaggedOn(rows, when, wanted) {
  const [first, second] = rows;
  return flagsBetween({ first, second }, when).some((flag) => wanted.includes(flag.flag));
}

/**
 * The stages of each instrument between two sides, in order of id: {stages: [{stage, from, to}], marks}.
 * Between groups it is the time during which any two members were held.
 */
function courses(record, sides, reading) {
  const key = `courses/${sides[0].key}/${sides[1].key}/${reading}`;
  return record.once(key, () => (sides.some((side) => side.isGroup)
    ? groupCourses(record, sides, reading) : pairCourses(record, sides, reading)));
}

function groupCourses(record, sides, reading) {
  const found = new Map();
  for (const [name, stretches] of pairings(record, sides, reading)) {
    const stages = [];
    for (const one of [...stretches].sort((a, b) => a.from - b.from)) {
      const last = stages[stages.length - 1];
      if (last && one.from <= last.to) last.to = Math.max(last.to, one.to);
      else stages.push({ stage: "in-force", from: one.from, to: one.to });
    }
    found.set(name, { stages, marks: [] });
  }
  return found;
}

function pairCourses(record, sides, reading) {
  const [mine, theirs] = sides.map((side) => record.bearings(side.lines[0], reading));
  const found = new Map();
  for (const name of [...mine.keys()].filter((one) => theirs.has(one)).sort(compare)) {
    const course = pairCourse(record, name, mine.get(name).rows, theirs.get(name).rows);
    if (course.stages.length) found.set(name, course);
  }
  return found;
}

function pairCourse(record, name, mine, theirs) {
  const days = new Set();
  for (const row of [...mine, ...theirs]) {
    for (const day of [row.from, row.to]) days.add(day);
    for (const flag of row.flags) for (const day of [flag.from, flag.to]) days.add(day);
  }
  for (const one of record.exclusions.get(name) || []) for (const day of [one.from, one.to]) days.add(day);
  const edges = [...days].sort((a, b) => a - b);
  const stages = [];
  const marks = [];
  for (let place = 0; place + 1 < edges.length; place += 1) {
    const [from, to] = [edges[place], edges[place + 1]];
    const rows = [mine, theirs].map((side) => side.find((row) => row.from <= from && from < row.to));
    let stage = stageOf(...rows);
    if (!stage || (stage === "signed" && flaggedOn(rows, from, ["signature-duty-ended"]))) continue;
    if (stage !== "signed" && stage !== "not-known") {
      if (exclusion(record, name, { first: rows[0], second: rows[1] }, from)) stage = "excluded";
      else if (flaggedOn(rows, from, ["suspended", "suspension-claimed"])) stage = "suspended";
      else if (flaggedOn(rows, from, ["contested"])) stage = "contested";
    }
    const last = stages[stages.length - 1];
    if (last && last.to === from && last.stage === stage) last.to = to;
    else stages.push({ stage, from, to });
  }
  for (const extension of extensionsOf(record, name)) marks.push(extension);
  const [begin, end] = stages.length ? [stages[0].from, stages[stages.length - 1].to] : [0, 0];
  for (const row of [...mine, ...theirs]) {
    for (const flag of row.flags) {
      const known = marks.some((one) => one.mark === "notice" && one.day === flag.from && one.by === flag.by);
      if (flag.flag === "notice-pending" && !known) marks.push({ mark: "notice", day: flag.from, by: flag.by });
    }
  }
  const kept = marks.filter((one) => begin <= one.day && one.day < end);
  return { stages, marks: kept.sort((a, b) => a.day - b.day || compare(a.mark, b.mark) || compare(a.by, b.by)) };
}

/** The entry into force of every instrument that extends this one. */
function extensionsOf(record, name) {
  const all = record.once("extensions", () => record.block.extensions.map(([target, other]) => [target, record.briefs.get(other)]));
  return all.filter(([target, brief]) => target === name && brief.entered)
    .map(([, brief]) => ({ mark: "extension", day: dayNumber(brief.entered), by: brief.title }));
}
