// The answer in words: what remains, what ended, notes, and the card of an instrument. Text of the record goes
// into the page as text, never as markup.

/** An element with attributes and children; a child that is a string is text. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
    else if (key === "style") for (const [property, text] of Object.entries(value)) made.style.setProperty(property, text);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

/** The family of colours of some topics. */
function familyOf(record, topics) {
  const families = record.block.families;
  for (const topic of topics) {
    const found = families.find(([, , , , topicsOf]) => topicsOf.includes(topic));
    if (found) return found;
  }
  return families[families.length - 1];
}

function isDark() {
  return document.documentElement.dataset.theme === "dark";
}

function colourOf(record, topics) {
  const [, , light, dark] = familyOf(record, topics);
  return isDark() ? dark : light;
}

function words(text) {
  return text.replaceAll("-", " ");
}

const SECTIONS = [
  ["Legally binding, between the two alone", (item) => item.binding === true && item.scope === "bilateral"],
  ["Legally binding, with others", (item) => item.binding === true && item.scope !== "bilateral"],
  ["Binding nature disputed", (item) => item.binding === null],
  ["Politically binding only", (item) => item.binding === false],
];

/** A flag with who raised and who rejects it, as the command line words it. */
function flagText(item, flag) {
  const details = (item.details || []).filter((one) => one.flag === flag);
  const by = [...new Set(details.map((one) => one.by))].sort(compare);
  const rejected = [...new Set(details.flatMap((one) => one.rejected_by || []))].sort(compare);
  let text = words(flag);
  if (by.length) text = flag === "contested" ? `${text} (${by.join(", ")})` : `${text} by ${by.join(", ")}`;
  return rejected.length ? `${text}, rejected by ${rejected.join(", ")}` : text;
}

function showRemaining(record, place, answer, open) {
  const parts = [];
  for (const [title, wanted] of SECTIONS) {
    const items = answer.instruments.filter(wanted);
    const groups = answer.sides.some((side) => side.isGroup);
    const shown = groups && title.endsWith("the two alone") ? "Legally binding, between two states alone" : title;
    if (items.length) parts.push(element("h3", {}, shown), remainingList(record, items, open));
  }
  if (answer.pledges.length) {
    parts.push(element("h3", {}, "One-sided pledges"), element("ul", { class: "items" }, ...answer.pledges.map((item) =>
      line(record, item, `since ${item.since}${item.until ? ` until ${item.until}` : ""}`,
        [`by ${item.by}`, ...(item.unverified ? ["unverified"] : [])], open))));
  }
  if (answer.not_known.length) {
    parts.push(element("h3", {}, "Not known to hold both"), element("ul", { class: "items" }, ...answer.not_known.map((item) =>
      line(record, item, fewCodes(item.about), [item.why], open))));
  }
  if (!parts.length) parts.push(element("p", { class: "empty" }, "Nothing on record."));
  place.replaceChildren(...parts);
}

/** Codes of states where they are few; else how many. */
function fewCodes(codes) {
  return codes.length <= 3 ? codes.join(", ") : `${codes.length} states`;
}

function remainingList(record, items, open) {
  return element("ul", { class: "items" }, ...items.map((item) => {
    const dates = `since ${item.since}${item.until ? ` until ${item.until}` : ""}`;
    const flags = item.flags.map((flag) => flagText(item, flag));
    if (item.with.length) flags.unshift(`with ${fewCodes(item.with)}`);
    if (item.unverified) flags.push("unverified");
    const made = line(record, item, dates, flags, open);
    if (item.parts.length) made.append(remainingList(record, item.parts, open));
    return made;
  }));
}

function line(record, item, dates, flags, open) {
  const more = flags.flatMap((flag, place) => {
    const bad = /^(suspen|contest|notice)/.test(flag);
    return [place ? " · " : "", element("span", { class: bad ? "flag bad" : "flag" }, flag)];
  });
  return element("li", {}, element("button",
    { type: "button", class: "item", "data-id": item.id, on: { click: () => open(item.id) } },
    element("span", { class: item.binding === true ? "dot" : "dot loose", "aria-hidden": "true",
      style: { background: colourOf(record, item.topics) } }),
    element("span", {}, element("span", { class: "name" }, item.title),
      element("span", { class: "about" }, item.topics.map(words).join(", "))),
    element("span", { class: "dates" }, dates), more.length ? element("span", { class: "more" }, ...more) : ""));
}

function showSigned(record, place, answer, open) {
  const items = answer.signed.map((item) => line(record, item, Object.entries(item.standing)
    .map(([state, standing]) => `${state} ${standing}`).slice(0, 4).join(", "),
  [...item.flags, ...(item.unverified ? ["unverified"] : [])], open));
  place.replaceChildren(items.length ? element("ul", { class: "items" }, ...items)
    : element("p", { class: "empty" }, "Nothing was signed by both that does not bind both."));
}

function showEnded(record, place, answer, open) {
  const items = answer.ended.map((item) => line(record, item, `until ${item.until}`,
    [item.because, ...(item.contested.length ? [`contested by ${item.contested.join(", ")}`] : []),
      ...(item.unverified ? ["unverified"] : [])], open));
  place.replaceChildren(items.length ? element("ul", { class: "items" }, ...items)
    : element("p", { class: "empty" }, "Nothing had ended."));
}

function showNotes(place, answer) {
  place.replaceChildren(...answer.notes.map((note) => element("li", {}, note)));
}

/** A source as a reader can find it: a link where its place is an address. */
function sourceElement(details, number) {
  const source = details.sources[number];
  const text = source.kind === "recall" ? "general knowledge, unverified" : source.title;
  const title = [source.publisher, source.date, source.kind].filter(Boolean).join(", ");
  if (/^https?:\/\//.test(source.place)) {
    return element("a", { href: source.place, rel: "noreferrer noopener", target: "_blank", title }, text);
  }
  return element("span", { title: [title, source.place].filter(Boolean).join(", ") }, text);
}

function fromSources(details, numbers) {
  if (!numbers.length) return "";
  const shown = numbers.slice(0, 6).flatMap((number, place) => (place ? [" · ", sourceElement(details, number)] : [sourceElement(details, number)]));
  if (numbers.length > 6) shown.push(` and ${numbers.length - 6} more`);
  return element("div", { class: "from" }, "Source: ", ...shown);
}

/** The card of an instrument, as it concerns the two sides on the day. */
function showCard(record, details, body, id, answer, open) {
  const brief = record.briefs.get(id);
  const card = details.cards[id] || {};
  const codes = answer ? answer.sides.map((side) => new Set(side.lines.flat())) : [];
  body.replaceChildren(
    element("p", { class: "small" }, details.titles[id]),
    card.gist ? element("p", {}, card.gist) : "",
    facts(record, brief, card),
    ...(answer ? standingsPart(record, details, brief, answer) : []),
    ...clausesPart(record, details, card),
    ...actsPart(record, details, id, codes),
    ...eventsPart(record, details, id),
    ...relationsPart(record, details, id, card, open),
    element("h3", {}, "Sources of the card"), fromSources(details, brief.sources),
  );
}

function facts(record, brief, card) {
  const rows = [
    ["Kind", `${words(brief.kind)}, ${brief.scope}`],
    ["Binding", { true: "legally binding", false: "politically binding only" }[brief.binding] || "disputed"],
    ["Topics", brief.topics.map(words).join(", ")],
    [card.made ? card.made[0].toUpperCase() + card.made.slice(1) : "Signed", [brief.signed, card.place].filter(Boolean).join(", ")],
    ["In force", brief.entry], ["Ended", [brief.end, brief.how && words(brief.how)].filter(Boolean).join(", ")],
    ["Depositaries", (card.depositaries || []).join(", ")],
    ["Ledger", brief.gap ? `incomplete: ${brief.gap}` : brief.coverage ? `complete through ${brief.coverage}` : ""],
  ].filter(([, value]) => value);
  const links = (card.ids || []).map(([scheme, text]) => {
    const wikidata = scheme === "wikidata" && /^Q\d+$/.test(text);
    return [words(scheme), wikidata ? element("a", { href: `https://www.wikidata.org/wiki/${text}`,
      rel: "noreferrer noopener", target: "_blank" }, text) : text];
  });
  return element("dl", {}, ...[...rows, ...links].flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]));
}

/** Each side's standings with their reasons; of a group the first members only, the others are counted. */
function standingsPart(record, details, brief, answer) {
  const found = [];
  for (const side of answer.sides) {
    for (const line of side.lines.slice(0, 12)) {
      const held = record.bearings(line, answer.question.reading).get(brief.id);
      for (const row of held ? held.rows : []) found.push(standingElement(record, details, row));
    }
    if (side.lines.length > 12) found.push(element("li", {}, `and ${side.lines.length - 12} more members of ${side.title}`));
  }
  return found.length ? [element("h3", {}, "Standings and reasons"), element("ul", {}, ...found)] : [];
}

function standingElement(record, details, row) {
  const [why, whyEnd] = details.why[row.place];
  const span = row.until ? `${row.since} to ${row.until}` : `since ${row.since}`;
  const flags = row.flags.filter((flag) => flag.flag !== "by-succession").map((flag) => element("div", { class: "flag" },
    `${words(flag.flag)} ${dayText(flag.from)}${flag.to < OPEN ? ` to ${dayText(flag.to)}` : " on"}`
    + `${flag.by ? `, by ${flag.by}` : ""}${flag.against.length ? `, against ${flag.against.join(", ")}` : ""}`
    + `${flag.text ? `: ${flag.text}` : ""}`));
  return element("li", {},
    element("b", {}, record.states.get(row.state).name), `: ${words(row.standing)}, ${span}`,
    stepsElement(details, "because", why), stepsElement(details, row.reason ? `ended (${row.reason})` : "ended", whyEnd),
    ...flags, fromSources(details, row.sources));
}

function stepsElement(details, title, places) {
  if (!places.length) return "";
  const steps = places.slice(0, 5).flatMap((place) => {
    const [rule, act, day, text] = details.steps[place];
    const date = day === 0 ? act.split("/")[3] : day;
    const named = act.includes("#") ? `clause “${words(act.split("#")[1])}” of ${act.split("#")[0]}` : act.split("/").slice(1, 3).map(words).join(": ");
    return [element("div", {}, element("span", { class: "rule", title: details.rules[rule] || "" }, rule),
      [named, date, text].filter(Boolean).join(", ") || details.rules[rule] || "")];
  });
  return element("div", { class: "small" }, `${title}:`, ...steps);
}

function clausesPart(record, details, card) {
  if (!card.clauses) return [];
  return [element("h3", {}, "Clauses"), element("ul", {}, ...card.clauses.map(([kind, article, gist, cite]) =>
    element("li", {}, element("b", {}, `${words(kind)}${article ? ` (${article})` : ""}: `), gist,
      fromSources(details, record.cites[cite]))))];
}

function actsPart(record, details, id, codes) {
  const all = details.acts.get(id) || [];
  const near = codes.length ? all.filter(([state]) => codes.some((side) => side.has(state))) : all;
  const shown = near.slice(0, 60);
  if (!all.length) return [];
  const lines = shown.map(([state, kind, date, effective, against, scope, depositary, note, cite]) => element("li", { class: "act" },
    element("time", {}, date), element("div", {},
      `${state}: ${words(kind)}`, effective ? `, effective ${effective}` : "",
      against.length ? `, against ${against.join(", ")}` : "", scope ? `, ${scope}` : "", depositary ? ` (${depositary})` : "",
      note ? element("div", { class: "small" }, note) : "", fromSources(details, record.cites[cite]))));
  const rest = all.length - shown.length;
  return [element("h3", {}, "Acts"), element("ol", {}, ...lines),
    rest ? element("p", { class: "small" }, `${rest} acts of others are on record.`) : ""];
}

function eventsPart(record, details, id) {
  const events = details.events.filter(([, , , , , instruments]) => instruments.includes(id))
    .sort((a, b) => compare(a[2], b[2]));
  if (!events.length) return [];
  return [element("h3", {}, "Events and people"), element("ol", {}, ...events.map(([, date, , , text, , , people, cite]) =>
    element("li", { class: "act" }, element("time", {}, date), element("div", {}, text,
      ...people.map(([name, role, state, office]) => element("div", { class: "small" },
        `${name}${office ? `, ${office}` : ""}${state ? ` (${state})` : ""}: ${words(role)}`)),
      fromSources(details, record.cites[cite])))))];
}

function relationsPart(record, details, id, card, open) {
  const button = (name) => element("button", { type: "button", class: "quiet", on: { click: () => open(name) } },
    record.briefs.has(name) ? record.briefs.get(name).title : name);
  const later = Object.entries(details.cards).flatMap(([name, other]) =>
    (other.relations || []).filter(([, target]) => target === id).map(([relation]) => [relation, name]));
  const lines = [
    ...(card.relations || []).map(([relation, target]) => element("li", {}, `${words(relation)} `, button(target))),
    ...later.map(([relation, name]) => element("li", {}, button(name), ` ${words(relation)} this`)),
  ];
  return lines.length ? [element("h3", {}, "Related"), element("ul", {}, ...lines)] : [];
}
