// Whom a question is about: a state or a group, by any of its names, on a day.

/** What a reader must be told instead of an answer. */
class Refusal extends Error {}

/** The kind and id of the state or group that `text` names. */
function findSide(record, text) {
  const found = record.names.get(nameKey(text)) || [];
  const powers = Object.fromEntries(found.map(([kind, id]) => [kind, id]));
  if (powers.state && powers.group && isBodyOf(record, powers.state, powers.group)) return ["group", powers.group];
  if (powers.state && powers.group && text.trim() !== powers.state) {
    throw new Refusal(`'${text}' is the code of a state, ${powers.state}, and names a group, ${powers.group}. Use one of these ids.`);
  }
  for (const kind of ["state", "group"]) {
    const matches = [...new Set(found.filter(([of]) => of === kind).map(([, id]) => id))];
    const exact = matches.filter((id) => id.toLowerCase() === text.trim().toLowerCase());
    const one = exact.length ? exact : matches;
    if (one.length === 1) return [kind, one[0]];
    if (matches.length) throw new Refusal(`'${text}' names several: ${matches.join(", ")}. Use one of these ids.`);
  }
  throw new Refusal(`no state or group is called '${text}'.`);
}

/** Whether a code is that of a group in its own person (the European Union): then its members are meant. */
function isBodyOf(record, code, group) {
  return record.states.get(code).name === record.groups.get(group).title.replace(/ members$/, "");
}

/** The power that `text` names, on a day (ISO text): its members, and the codes whose standings are theirs. */
function sideOf(record, text, on) {
  const [kind, id] = findSide(record, text);
  return kind === "group" ? groupSide(record, id, on) : stateSide(record, id, on);
}

function stateSide(record, id, on) {
  const states = record.states;
  const there = (code) => states.get(code).from <= on && on < states.get(code).to;
  let state = states.get(id);
  let chain = state.line;
  let borne = chain.filter(there);
  const notes = [];
  if (!borne.length && state.to <= on) {
    const heir = [...states.values()].find((life) => life.continues === id && there(life.code));
    if (heir) {
      notes.push(`${state.name} ended on ${state.to}; ${heir.name} continues it`);
      [chain, borne, state] = [heir.line, [heir.code], heir];
    }
  }
  const named = borne.length ? "" : bearerOf(record, state.name, on);
  if (named) {
    const other = stateSide(record, named, on);
    const note = `on ${on} ${state.name} was the state that is on record as ${other.title}`;
    return { ...other, title: state.name, name: state.spoken, notes: [...other.notes, note] };
  }
  if (!borne.length) throw new Refusal(absent(record, state, on));
  const bearer = states.get(borne[0]);
  if (bearer.code !== state.code) {
    notes.push(`on ${on} ${state.name} was ${bearer.name}, whose identity it continues`);
  }
  return {
    id: state.code, title: bearer.name, name: bearer.spoken, isGroup: false, members: [state.code], lines: [chain],
    key: String(chain), notes,
  };
}

/** The state that bore a name on a day, by an alias with its years: "Yugoslavia (1992-2003)"; else empty. */
function bearerOf(record, name, on) {
  const start = `${nameKey(name)} `;
  for (const [called, entries] of record.names) {
    const years = called.startsWith(start) && /^(\d{4}) (\d{4})$/.exec(called.slice(start.length));
    if (!years || on.slice(0, 4) < years[1] || on.slice(0, 4) > years[2]) continue;
    const life = entries.filter(([kind]) => kind === "state").map(([, id]) => record.states.get(id))
      .find((one) => one.from <= on && on < one.to);
    return life ? life.code : "";
  }
  return "";
}

function absent(record, state, on) {
  if (on >= state.to) {
    const heirs = [...record.states.values()]
      .filter((life) => life.continues === state.code || life.successorOf.includes(state.code))
      .map((life) => life.name).sort(compare);
    return `${state.name} had ended by ${on}${heirs.length ? `; after it came ${heirs.join(", ")}` : ""}.`;
  }
  const before = [state.continues, ...state.successorOf].filter(Boolean).map((code) => record.states.get(code).name);
  const was = before.length ? `; ${before.join(" and ")} was there` : "";
  return `${state.name} did not exist on ${on} (it begins on ${state.from})${was}.`;
}

function groupSide(record, id, on) {
  const { title, members, spoken } = record.groups.get(id);
  const there = [...new Set(members
    .filter(([code, from, to]) => from <= on && on < to)
    .map(([code]) => code)
    .filter((code) => record.states.get(code).from <= on && on < record.states.get(code).to))].sort(compare);
  if (!there.length) throw new Refusal(`${title} has no member on record on ${on}.`);
  const lines = there.map((code) => record.states.get(code).line);
  const note = `${title} had ${there.length} members on record on ${on}`;
  return { id, title, name: spoken, isGroup: true, members: there, lines, key: lines.join(";"), notes: [note] };
}
