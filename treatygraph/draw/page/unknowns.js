// Of whom the record cannot say whether an instrument binds both: the same steps as bonds/unknowns.py and
// model/knowledge.py; a test holds them together.

const EVERY_STATE = ["all", "others"];

/** The first hole that may hold an act of such a kind by a state of the line, done by a day. */
function holeOf(ledger, line, when, acts, acting, byName = false) {
  return ledger.holes.find((hole) => acts.includes(hole.acts) && hole.from <= when && covers(ledger, hole, line, acting, byName));
}

function covers(ledger, hole, line, acting, byName) {
  if (!hole.states.some((one) => EVERY_STATE.includes(one))) return line.some((code) => hole.states.includes(code));
  const others = hole.states.length === 1 && hole.states[0] === "others";
  if (byName || (acting && others)) return false;
  return !ledger.closedTo.length || line.some((code) => ledger.closedTo.includes(code));
}

/** What the ledger lacks of a state without a standing that may be bound; empty where it cannot be. */
function lackOf(ledger, line, when, rows) {
  const acting = rows.length > 0;
  const outside = ledger.closedTo.length && !line.some((code) => ledger.closedTo.includes(code));
  if (outside && !holeOf(ledger, line, when, ["consent", "any", "signature"], acting)) return "";
  const first = acting ? Math.min(...rows.map((row) => row.from)) : null;
  if (when < ledger.opened || when >= ledger.ended) return "";
  if (acting && when < first && !holeOf(ledger, line, when, ["consent", "any", "signature"], false, true)) return "";
  if (ledger.absences.some((one) => line.includes(one.state) && one.first <= when && when <= one.last)) return "";
  const hole = holeOf(ledger, line, when, ["consent", "any"], acting);
  const mayBind = !ledger.treaty || when >= ledger.entry;
  if (hole) return mayBind ? hole.text : "";
  if (ledger.lists.some(([begun, last]) => begun <= when && when <= last)) return "";
  if (holeOf(ledger, line, when, ["signature"], acting)) {
    return ledger.treaty ? "" : holeOf(ledger, line, when, ["signature"], acting).text;
  }
  if (when <= ledger.whole || (ledger.wholeText && when <= ledger.stale) || !mayBind) return "";
  const whom = ledger.treaty ? "parties" : "participants";
  return ledger.wholeText ? `the record's list of ${whom} ends on ${ledger.wholeText}` : `no whole list of ${whom} was read`;
}

/** The members of a side that an instrument binds on a day, or may bind. */
function stances(record, side, reading, when, name, ledger) {
  const found = [];
  side.members.forEach((member, place) => {
    const line = side.lines[place];
    const held = record.bearings(line, reading).get(name);
    const rows = held ? held.rows : [];
    const now = rows.filter((row) => row.from <= when && when < row.to);
    if (now.some((row) => row.binds)) found.push({ member, line, lack: "" });
    else if (now.length) {
      const doubt = now.find((row) => row.mayBind);
      if (doubt) found.push({ member, line, lack: doubt.lack || "its standing is not known" });
    } else if (ledger) {
      const lack = lackOf(ledger, line, when, rows);
      if (lack) found.push({ member, line, lack });
    }
  });
  return found;
}

function denied(record, name, mine, theirs, when) {
  return (record.exclusions.get(name) || []).some((one) => one.from <= when && when < one.to
    && ((mine.line.includes(one.by) && theirs.line.includes(one.against))
      || (mine.line.includes(one.against) && theirs.line.includes(one.by))));
}

function unknownOf(record, sides, reading, when, name) {
  const ledger = record.ledgers.get(name);
  if (ledger && !(ledger.opened <= when && when < ledger.ended)) return null;
  const first = stances(record, sides[0], reading, when, name, ledger);
  const second = first.length ? stances(record, sides[1], reading, when, name, ledger) : [];
  const meets = (one, others) => one.lack && others.some((other) => String(one.line) !== String(other.line)
    && !denied(record, name, one, other, when));
  const doubtful = [...first.filter((one) => meets(one, second)), ...second.filter((one) => meets(one, first))];
  if (!doubtful.length) return null;
  const lacks = [...new Set(doubtful.map((one) => one.lack))];
  return { about: [...new Set(doubtful.map((one) => one.member))], why: lacks.slice(0, 2).join("; ") };
}

/** Of groups: further members of whom the record cannot say whether an instrument holds them. */
function openMembers(record, sides, reading, when, item) {
  if (!item.with.length) return [];
  const open = unknownOf(record, sides, reading, when, item.id);
  const groups = sides.filter((side) => side.isGroup).flatMap((side) => side.members);
  return open ? [...new Set(open.about)].filter((one) => groups.includes(one) && !item.with.includes(one)).sort(compare) : [];
}

/** What may hold both and is not known to, what binds first, in order of id. */
function notKnown(record, sides, reading, when, wanted, held) {
  const shared = record.once(`shared/${sides[0].key}/${sides[1].key}/${reading}`, () => {
    const [mine, theirs] = sides.map((side) => new Set(side.lines.flatMap((line) => [...record.bearings(line, reading).keys()])));
    return [...mine].filter((name) => theirs.has(name));
  });
  const found = [];
  for (const name of new Set([...record.ledgers.keys(), ...shared])) {
    const brief = record.briefs.get(name);
    if (held.has(name) || brief.scope === "unilateral" || !wanted(brief)) continue;
    const open = unknownOf(record, sides, reading, when, name);
    if (open) {
      found.push({ id: name, title: brief.title, kind: brief.kind, scope: brief.scope, binding: brief.binding,
        topics: brief.topics, about: open.about, why: open.why });
    }
  }
  return found.sort((one, two) => (one.binding !== true) - (two.binding !== true) || compare(one.id, two.id));
}
