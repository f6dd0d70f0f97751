// What pyvis lacks: a day, filters, what changed, folding, a list, records with their sources, and a picture to take.
(() => {
"use strict";
const data = RECORD;
const LOOK = { party: 0, signatory: 1, pending: 2, suspended: 3, former: 4, unknown: 5 };
const BINDING = new Set([LOOK.party, LOOK.pending, LOOK.suspended]);
const SINGLE = 12, FULL = 45, COLUMN = 236, ROW = 72;
const [ID, TITLE, KIND, FAMILY, TOPICS, BINDS, SPAN, CITES] = [0, 1, 2, 3, 4, 5, 6, 7];
const FACE = "system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, DejaVu Sans, sans-serif";
const byId = (id) => document.getElementById(id);
const dark = matchMedia("(prefers-color-scheme: dark)");
const folded = data.states.length > SINGLE;
const opened = new Set();
const state = { day: data.until, since: "", topic: "", binding: false, looks: new Set(), chosen: null };
const ties = data.ties.map(([who, what, look, start, end, cites]) => ({ who, what, look, start, end, cites }));
const byInstrument = data.instruments.map(() => []);
for (const tie of ties) byInstrument[tie.what].push(tie);
let drawn = { bundles: [], holders: [] };

const colour = (family) => data.families[family][dark.matches ? 4 : 3];
const ink = () => (dark.matches ? { ink: "#e9e6df", ground: "#14171a", soft: "#a3abb3", bad: "#ff8a80", warn: "#f0b13c" }
  : { ink: "#1c2024", ground: "#ffffff", soft: "#5b636b", bad: "#b3261e", warn: "#9a5b00" });
const on = (tie, day) => tie.start <= day && day < tie.end;
const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
const short = (text, letters) => (text.length > letters ? `${text.slice(0, letters - 1)}…` : text);

// Who is drawn: states one by one, or communities until one is opened.
function holders() {
  if (!folded) return data.states.map((row, place) => ({ id: row[0], label: row[1], members: [place], group: row[2] }));
  return data.groups.flatMap(([title, count], group) => {
    const members = data.states.map((row, place) => [row, place]).filter(([row]) => row[2] === group);
    if (opened.has(group)) return members.map(([row, place]) => ({ id: row[0], label: row[1], members: [place], group }));
    return [{ id: `group-${group}`, label: title === "others" ? plural(count, "other state") : `${plural(count, "state")},\n${title}`, members: members.map(([, place]) => place), group }];
  });
}

// The instruments that match, with their ties of the day and what changed since another.
function matching() {
  return data.instruments.flatMap((row, what) => {
    if (state.topic && !row[TOPICS].includes(state.topic)) return [];
    if (state.binding && !row[BINDS]) return [];
    const now = tiesOn(what);
    const standing = now.filter((tie) => tie.look !== LOOK.former);
    const bound = now.filter((tie) => BINDING.has(tie.look));
    const shown = now.filter((tie) => state.looks.has(tie.look));
    const changes = state.since ? changesOf(what, now) : [];
    const holds = standing.length >= data.least && bound.length && shown.length;
    const ended = state.looks.has(LOOK.former) && !standing.length && now.length >= data.least;
    if (!changes.length && !holds && !ended) return [];
    return [{ row, what, ties: shown, bound, changes }];
  });
}

// The ties of an instrument on the day; one that bound before and is gone is former, whatever became of the instrument.
function tiesOn(what) {
  const now = byInstrument[what].filter((tie) => on(tie, state.day));
  const there = new Set(now.map((tie) => tie.who)), gone = new Map();
  for (const tie of byInstrument[what]) {
    if (BINDING.has(tie.look) && tie.end <= state.day && !there.has(tie.who)) gone.set(tie.who, { ...tie, look: LOOK.former, start: tie.end, end: "9999-12-31" });
  }
  return [...now, ...gone.values()];
}

function changesOf(what, now) {
  const before = byInstrument[what].filter((tie) => on(tie, state.since));
  const bound = (list) => new Map(list.filter((tie) => BINDING.has(tie.look)).map((tie) => [tie.who, tie]));
  const then = bound(before), here = bound(now);
  const gained = [...here].filter(([who]) => !then.has(who)).map(([who, tie]) => ({ who, tie, how: "gained" }));
  const lost = [...then].filter(([who]) => !here.has(who)).map(([who, tie]) => ({ who, tie, how: "lost" }));
  return [...gained, ...lost];
}

// What a holder is to an instrument: a look, or of a community how many of it are held.
function tieOf(holder, item) {
  const mine = item.ties.filter((tie) => holder.members.includes(tie.who));
  if (!mine.length) return null;
  if (holder.members.length === 1) return { look: mine[0].look, share: 1, count: 1 };
  const count = mine.filter((tie) => BINDING.has(tie.look)).length;
  return { look: LOOK.party, share: (count || 0.2) / holder.members.length, count };
}

const keyOf = (share) => (share > 0.9 ? "all" : share > 0.5 ? "most" : share > 0.1 ? "some" : "few");

function bundlesOf(items, there) {
  const keys = [
    (item) => String(item.what),
    (item, held) => `${item.row[TOPICS][0]}|${item.row[BINDS]}|${held.map((tie) => (tie ? `${tie.look}${keyOf(tie.share)}` : "-")).join()}`,
    (item, held) => `${item.row[FAMILY]}|${item.row[BINDS]}|${held.map((tie) => (tie ? `${tie.look}${keyOf(tie.share)}` : "-")).join()}`,
    (item) => `${item.row[TOPICS][0]}|${item.row[BINDS]}`,
  ];
  for (const key of state.since ? keys.slice(3) : keys) {
    const found = new Map();
    for (const item of items) {
      const name = item.changes.length ? `changed ${item.what}` : key(item, there.map((holder) => tieOf(holder, item)));
      if (!found.has(name)) found.set(name, []);
      found.get(name).push(item);
    }
    if (found.size <= FULL || key === keys[3]) return [...found.values()].map((list) => bundle(list, there));
  }
  return [];
}

function bundle(items, there) {
  const [first] = items;
  const held = there.map((holder) => {
    const mine = items.map((item) => tieOf(holder, item)).filter(Boolean);
    if (!mine.length) return null;
    const share = mine.reduce((sum, tie) => sum + tie.share, 0) / items.length;
    return { look: Math.max(...mine.map((tie) => tie.look)), share, count: mine.length };
  });
  const everyone = there.length > 4 && held.every((tie) => tie && tie.look === LOOK.party && tie.share > 0.9);
  const names = items.map((item) => item.row[TITLE]);
  const head = items.length === 1 ? names[0] : `${items.length}: ${names.slice(0, 2).join(", ")}${items.length > 2 ? ", …" : ""}`;
  return { id: items.length === 1 ? first.row[ID] : `bundle-${items.map((item) => item.what).join("-")}`,
    label: short(head, 58) + (everyone ? "\n— holds all" : ""), items, held, everyone, family: first.row[FAMILY],
    binds: first.row[BINDS], changed: items.some((item) => item.changes.length) };
}

// Bundles by topic in columns, states around them in the order of communities.
function place(bundles, there) {
  const box = byId("mynetwork");
  const aspect = Math.max(box.clientWidth, 1) / Math.max(box.clientHeight, 1);
  const columns = Math.max(1, Math.min(8, Math.round(Math.sqrt((bundles.length * ROW * aspect) / COLUMN) * 0.92)));
  const rows = Math.ceil(bundles.length / columns);
  bundles.forEach((item, number) => {
    const column = Math.floor(number / rows), row = number % rows;
    const tall = Math.min(rows, bundles.length - column * rows);
    item.x = (column - (Math.ceil(bundles.length / rows) - 1) / 2) * COLUMN;
    item.y = (row - (tall - 1) / 2) * ROW;
  });
  const wide = Math.max((columns * COLUMN) / 2 + 150, there.length * 22), high = Math.max((rows * ROW) / 2 + 80, there.length * 15);
  there.forEach((holder, number) => {
    if (there.length === 2) return void Object.assign(holder, aspect > 1 ? { x: number ? wide : -wide, y: 0 } : { x: 0, y: number ? high : -high });
    const angle = -Math.PI / 2 + (2 * Math.PI * (number + 0.5)) / there.length;
    holder.x = wide * 1.12 * Math.cos(angle);
    holder.y = high * 1.18 * Math.sin(angle);
  });
}

function styleOf(look, bundleOf) {
  const paint = ink();
  return {
    [LOOK.party]: { color: colour(bundleOf.family), dashes: bundleOf.binds ? false : [7, 4] },
    [LOOK.signatory]: { color: paint.soft, dashes: [2, 4] },
    [LOOK.pending]: { color: paint.warn, dashes: [10, 4] },
    [LOOK.suspended]: { color: paint.bad, dashes: [8, 5] },
    [LOOK.former]: { color: paint.soft, dashes: [2, 8] },
    [LOOK.unknown]: { color: paint.soft, dashes: [1, 6] },
  }[look];
}

function edgesOf(bundles, there) {
  const chosen = state.chosen, found = [];
  for (const item of bundles) {
    there.forEach((holder, number) => {
      const tie = item.held[number];
      const picked = chosen && (chosen === item.id || chosen === holder.id);
      const changes = item.items.flatMap((one) => one.changes).filter((change) => holder.members.includes(change.who));
      for (const how of new Set(changes.map((change) => change.how))) {
        const paint = how === "lost" ? ink().bad : colour(item.family);
        found.push({ from: holder.id, to: item.id, width: 3, dashes: how === "lost" ? [9, 5] : false, color: { color: paint, opacity: 1 },
          title: `${how} since ${state.since}: ${changes.filter((change) => change.how === how).length}` });
      }
      if (!tie || changes.length || (item.everyone && !picked) || (chosen && !picked)) return;
      const style = styleOf(tie.look, item);
      const width = (item.binds ? 1.2 : 0.7) + 3 * Math.log2(1 + (item.items.length * tie.share) / 3) / 2;
      const quiet = state.since ? 0.12 : picked ? 0.95 : tie.look === LOOK.party ? 0.35 : 0.9;
      found.push({ from: holder.id, to: item.id, width, dashes: style.dashes, color: { color: style.color, opacity: quiet },
        title: `${holder.label.replace("\n", " ")} – ${plural(item.items.length, "instrument")}: ${data.looks[tie.look]}` });
    });
  }
  return found.map((edge, id) => ({ id, ...edge, smooth: { enabled: true, type: "curvedCW", roundness: 0.08 } }));
}

function draw(fit) {
  const there = holders(), paint = ink();
  const items = matching();
  const bundles = bundlesOf(items, there).sort((a, b) => a.family - b.family || b.binds - a.binds || (a.id < b.id ? -1 : 1));
  place(bundles, there);
  drawn = { bundles, holders: there, items };
  const faint = (item) => Boolean(state.since) && !item.changed;
  edges.clear();
  nodes.clear();
  nodes.add(there.map((holder) => ({ id: holder.id, label: holder.label, x: holder.x, y: holder.y, shape: "box", margin: 8,
    color: { background: paint.ink, border: paint.ink, highlight: paint.ink, hover: paint.ink }, font: { color: paint.ground, size: 20, face: FACE },
    widthConstraint: { maximum: 230 } })));
  nodes.add(bundles.map((item) => ({ id: item.id, label: `${data.families[item.family][1]}  ${item.label}`, x: item.x, y: item.y, shape: "box",
    margin: 6, borderWidth: item.binds ? 3 : 1.5, opacity: faint(item) ? 0.35 : 1, widthConstraint: { minimum: 190, maximum: 205 },
    shapeProperties: item.binds ? {} : { borderDashes: [5, 4] }, font: { color: paint.ink, size: 15, face: FACE },
    color: { background: paint.ground, border: colour(item.family), highlight: { background: paint.ground, border: paint.ink }, hover: paint.ground } })));
  edges.add(edgesOf(bundles, there));
  if (fit) whole();
  if (state.chosen && nodes.get(state.chosen)) network.selectNodes([state.chosen], false);
  say(items);
  list(bundles);
  legend(bundles);
}

// The whole drawing, as large as it can be; the library's own fit leaves a third of the room empty.
function whole() {
  const box = byId("mynetwork"), boxes = nodes.getIds().map((id) => network.getBoundingBox(id));
  if (!boxes.length) return;
  const left = Math.min(...boxes.map((one) => one.left)), right = Math.max(...boxes.map((one) => one.right));
  const top = Math.min(...boxes.map((one) => one.top)), bottom = Math.max(...boxes.map((one) => one.bottom));
  const scale = Math.min(box.clientWidth / (right - left + 30), box.clientHeight / (bottom - top + 30), 1.2);
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale, animation: false });
}

function say(items) {
  const bound = items.filter((item) => item.bound.length >= data.least);
  const changed = items.flatMap((item) => item.changes);
  const gained = changed.filter((change) => change.how === "gained").length;
  const plain = state.day === data.until && !state.topic && !state.binding;
  const told = plain ? data.sentence : `On ${state.day}, ${plural(bound.length, "instrument")}${state.topic ? ` on ${state.topic.replace(/-/g, " ")}` : ""} held ${data.least > 1 ? "two or more of " : ""}${data.whom}.`;
  byId("sentence").textContent = told + (state.since ? ` Since ${state.since}: ${plural(gained, "tie")} gained, ${changed.length - gained} lost.` : "");
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

function element(name, text) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  return made;
}

// The same in words, for who does not see the drawing.
function list(bundles) {
  const open = new Set([...document.querySelectorAll("#list details[open]")].map((item) => item.dataset.name));
  const byFamily = new Map();
  for (const item of bundles.flatMap((one) => one.items)) {
    if (!byFamily.has(item.row[FAMILY])) byFamily.set(item.row[FAMILY], []);
    byFamily.get(item.row[FAMILY]).push(item);
  }
  byId("list").replaceChildren(...[...byFamily].map(([family, items]) => {
    const part = element("details"), lines = element("ul"), name = data.families[family][2];
    part.dataset.name = name;
    part.open = open.has(name);
    part.append(element("summary", `${name} (${items.length})`), lines);
    for (const item of items) {
      const line = element("li");
      line.append(button(item.row[TITLE], () => card(item.row[ID])), item.bound.length ? ` holds ${item.bound.length}` : " ended or changed", `${item.row[BINDS] ? "" : ", not legally binding"}`);
      lines.append(line);
    }
    return part;
  }));
}

function sourcesOf(places) {
  const lines = element("ul");
  for (const [title, address] of places.map((place) => data.sources[place])) {
    const line = element("li");
    if (address) {
      const link = element("a", title);
      link.href = address;
      line.append(link);
    } else line.textContent = title;
    lines.append(line);
  }
  return lines;
}

function tieLine(tie, name) {
  const last = tie.end > state.day ? "" : ` to ${tie.end}`;
  const part = element("details");
  part.append(element("summary", `${name}: ${data.looks[tie.look]} since ${tie.start}${last}`), sourcesOf(tie.cites));
  return part;
}

// A record with its standings of the day, each with sources.
function card(id) {
  const box = byId("card"), parts = [];
  const bundleOf = drawn.bundles.find((item) => item.id === id || item.items.some((one) => one.row[ID] === id));
  const instrument = data.instruments.findIndex((row) => row[ID] === id);
  const holder = drawn.holders.find((item) => item.id === id);
  if (instrument >= 0) {
    const row = data.instruments[instrument];
    parts.push(element("h2", row[TITLE]), element("p", `${row[KIND]}, ${row[TOPICS].join(", ").replace(/-/g, " ")}; ${row[SPAN]}${row[BINDS] ? "" : "; not legally binding, or disputed"}`));
    const now = tiesOn(instrument);
    parts.push(...now.map((tie) => tieLine(tie, data.states[tie.who][1])), element("h3", "Sources"), sourcesOf(row[CITES]));
  } else if (bundleOf && bundleOf.id === id) {
    parts.push(element("h2", `${bundleOf.items.length} instruments`), ...bundleOf.items.map((item) => button(item.row[TITLE], () => card(item.row[ID]))));
  } else if (holder && holder.members.length > 1) {
    parts.push(element("h2", holder.label), button("Show each of its states", () => { opened.add(holder.group); state.chosen = null; draw(true); box.hidden = true; }),
      element("p", holder.members.map((who) => data.states[who][1]).join(", ")));
  } else if (holder) {
    const mine = ties.filter((tie) => tie.who === holder.members[0] && on(tie, state.day));
    parts.push(element("h2", holder.label), ...mine.map((tie) => tieLine(tie, data.instruments[tie.what][TITLE])));
    if (folded) parts.push(button("Fold its community", () => { opened.delete(holder.group); state.chosen = null; draw(true); box.hidden = true; }));
  }
  if (!parts.length) return;
  parts[0].tabIndex = -1;
  box.replaceChildren(button("Close", () => { box.hidden = true; choose(null); }), ...parts);
  box.hidden = false;
  parts[0].focus({ preventScroll: true });
  choose(bundleOf ? bundleOf.id : id);
}

function choose(id) {
  state.chosen = id;
  edges.clear();
  edges.add(edgesOf(drawn.bundles, drawn.holders));
  if (id && nodes.get(id)) network.selectNodes([id], false);
  else network.unselectAll();
}

function legend(bundles) {
  const there = new Set(bundles.map((item) => item.family));
  for (const item of document.querySelectorAll("[data-family]")) {
    item.hidden = !there.has(Number(item.dataset.family));
    item.querySelector("b").style.borderColor = colour(Number(item.dataset.family));
  }
}

function find(text) {
  const wanted = text.trim().toLowerCase();
  const names = [...data.instruments.map((row) => [row[ID], row[TITLE]]), ...data.states.map((row) => [row[0], row[1]])];
  const tests = [(name) => name === wanted, (name) => name.startsWith(wanted), (name) => name.includes(wanted)];
  const match = wanted && tests.map((test) => names.filter((pair) => pair.some((name) => test(name.toLowerCase())))).find((list) => list.length);
  byId("found").textContent = !wanted ? "" : match ? (match.length > 1 ? `${match.length} match: ${short(match.slice(0, 6).map(([, title]) => title).join(", "), 90)}` : "") : `Nothing is called “${text.trim()}”.`;
  if (!match) return;
  const [id] = match[0];
  const who = data.states.findIndex((row) => row[0] === id);
  if (who >= 0 && folded && !opened.has(data.states[who][2])) { opened.add(data.states[who][2]); draw(true); }
  card(id);
  const there = state.chosen && nodes.get(state.chosen);
  if (there) network.moveTo({ position: { x: there.x, y: there.y }, scale: Math.max(network.getScale(), 0.6), animation: false });
  else byId("found").textContent = `${match[0][1]} is not in this picture: see its record beside it.`;
}

function picture() {
  const canvas = document.querySelector("#mynetwork canvas"), copy = document.createElement("canvas"), paint = ink();
  const foot = 26 * devicePixelRatio;
  copy.width = canvas.width;
  copy.height = canvas.height + 2 * foot;
  const brush = copy.getContext("2d");
  brush.fillStyle = paint.ground;
  brush.fillRect(0, 0, copy.width, copy.height);
  brush.fillStyle = paint.ink;
  brush.font = `${15 * devicePixelRatio}px sans-serif`;
  brush.fillText(byId("sentence").textContent, 10, foot * 0.75, copy.width - 20);
  brush.drawImage(canvas, 0, foot);
  brush.font = `${12 * devicePixelRatio}px sans-serif`;
  brush.fillText(byId("credit").textContent, 10, copy.height - foot * 0.3, copy.width - 20);
  const link = element("a");
  link.download = `network-${state.day}.png`;
  link.href = copy.toDataURL("image/png");
  link.click();
}

const valid = (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().slice(0, 10) === text;
const month = (day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
function dayOf(number) {
  if (number >= month(data.until)) return data.until;
  return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, "0")}-01`;
}

function keep() {
  const parts = { on: state.day === data.until ? "" : state.day, since: state.since, topic: state.topic, binding: state.binding ? "1" : "" };
  const text = Object.entries(parts).filter(([, value]) => value).map((pair) => pair.join("=")).join("&");
  history.replaceState(null, "", text ? `#${text}` : location.pathname);
}

function turn(day, fit) {
  state.day = day;
  byId("on").value = day;
  byId("month").value = month(day);
  byId("month").setAttribute("aria-valuetext", day);
  keep();
  draw(fit);
}

function begin() {
  const asked = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  const topics = [...new Set(data.instruments.flatMap((row) => row[TOPICS]))].sort();
  byId("topic").append(...topics.map((topic) => { const item = element("option", topic.replace(/-/g, " ")); item.value = topic; return item; }));
  for (const box of document.querySelectorAll("[name=look]")) {
    if (box.checked) state.looks.add(Number(box.value));
    box.addEventListener("change", () => { state.looks[box.checked ? "add" : "delete"](Number(box.value)); draw(false); });
  }
  const inside = (day) => valid(day || "") && day >= data.since && day <= data.until;
  if (inside(asked.since)) state.since = byId("since").value = asked.since;
  if (topics.includes(asked.topic)) state.topic = byId("topic").value = asked.topic;
  if (asked.binding === "1") state.binding = byId("binding").checked = true;
  byId("month").min = month(data.since);
  byId("month").max = month(data.until);
  byId("month").addEventListener("input", () => turn(dayOf(Number(byId("month").value)), false));
  byId("month").addEventListener("keydown", (event) => {
    const step = { PageUp: 12, PageDown: -12 }[event.key];
    if (!step) return;
    event.preventDefault();
    turn(dayOf(Math.min(Math.max(Number(byId("month").value) + step, month(data.since)), month(data.until))), false);
  });
  byId("on").addEventListener("change", () => { if (inside(byId("on").value)) turn(byId("on").value, false); });
  byId("since").addEventListener("change", () => { state.since = inside(byId("since").value) ? byId("since").value : ""; keep(); draw(true); });
  byId("topic").addEventListener("change", () => { state.topic = byId("topic").value; keep(); draw(true); });
  byId("binding").addEventListener("change", () => { state.binding = byId("binding").checked; keep(); draw(true); });
  byId("find").addEventListener("change", () => find(byId("find").value));
  byId("whole").addEventListener("click", whole);
  byId("nearer").addEventListener("click", () => network.moveTo({ scale: network.getScale() * 1.3, animation: false }));
  byId("farther").addEventListener("click", () => network.moveTo({ scale: network.getScale() / 1.3, animation: false }));
  byId("png").addEventListener("click", picture);
  document.forms[0].addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("keydown", ({ key }) => { if (key === "Escape") { byId("card").hidden = true; choose(null); } });
  network.on("click", (event) => {
    if (event.nodes.length) card(event.nodes[0]);
    else { byId("card").hidden = true; choose(null); }
  });
  dark.addEventListener("change", () => draw(false));
  addEventListener("resize", () => { network.redraw(); draw(true); });
  network.setSize("100%", "100%");
  network.redraw();
  turn(inside(asked.on) ? asked.on : data.until, true);
}

requestAnimationFrame(begin);
})();
