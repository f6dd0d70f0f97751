// The page: it reads the record, keeps the question in the address, and shows the answer.

const UNREAD = "The record could not be read; load the page again.";
const FIRST_DAY = "1945-01-01";
const MS_A_DAY = 86400000;
const EXAMPLES = [
  ["US and Russia, 28 May 2021", { a: "USA", b: "RUS", on: "2021-05-28" }],
  ["US and Russia today", { a: "USA", b: "RUS" }],
  ["US and the Soviet Union, 1985", { a: "USA", b: "SUN", on: "1985-11-19" }],
  ["India and Pakistan today", { a: "IND", b: "PAK" }],
  ["NATO and Russia, 2010", { a: "nato", b: "RUS", on: "2010-01-01" }],
  ["Japan and North Korea, 2004, as North Korea sees it",
    { a: "JPN", b: "PRK", on: "2004-01-01", topic: "nuclear-nonproliferation", reading: "PRK" }],
];

/** The text of the data block, taken apart: base64 of raw deflate of JSON. */
/** A part of the record: from the page itself, or from the file that a server has beside it. */
async function part(id) {
  const place = document.getElementById(id);
  if (place.dataset.file) {
    const answer = await fetch(place.dataset.file);
    if (!answer.ok) throw new Error(`${place.dataset.file}: ${answer.status}`);
    return answer.json();
  }
  const text = place.textContent;
  const bytes = Uint8Array.from(atob(text.trim()), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return JSON.parse(await new Response(stream).text());
}

function offsetOf(iso) {
  return Math.round((Date.parse(iso) - Date.parse(FIRST_DAY)) / MS_A_DAY);
}

function dayAt(offset) {
  return new Date(Date.parse(FIRST_DAY) + offset * MS_A_DAY).toISOString().slice(0, 10);
}

/** The question in an address's fragment: #a=USA&b=RUS&on=2021-05-28&topic=nuclear&reading=RUS. */
function readAddress(fragment, today) {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  return {
    a: given.get("a") || "USA", b: given.get("b") || "RUS", on: given.get("on") || today,
    topic: given.get("topic") || null, reading: given.get("reading") || "depositary", scope: given.get("scope") || "any",
    binding: given.get("binding") === "1", card: given.get("card") || "",
    wrong: wrongIn(given),
  };
}

const KEYS = ["a", "b", "on", "topic", "reading", "scope", "binding", "card"];

/** What of an address is not understood, in words; empty where all of it is. */
function wrongIn(given) {
  const other = [...given.keys()].find((key) => !KEYS.includes(key));
  if (other !== undefined) return `the address has no part '${other}'; it takes ${KEYS.join(", ")}.`;
  const binding = given.get("binding");
  return binding === null || binding === "1" || binding === "0" ? "" : `'${binding}' is no value of binding; it is 1 or left out.`;
}

function writeAddress(question) {
  const parts = new URLSearchParams({ a: question.a, b: question.b, on: question.on });
  if (question.topic) parts.set("topic", question.topic);
  if (question.reading !== "depositary") parts.set("reading", question.reading);
  if (question.scope !== "any") parts.set("scope", question.scope);
  if (question.binding) parts.set("binding", "1");
  if (question.card) parts.set("card", question.card);
  return `#${parts}`;
}

class Explorer {
  constructor(record) {
    this.record = record;
    this.at = (id) => document.getElementById(id);
    this.open = (id) => this.change({ card: id });
    this.question = readAddress(location.hash, record.today);
    this.pictured = "";
    this.said = new Map();
    this.fillForm();
    this.listen();
    this.show();
    document.querySelector("main").classList.remove("waiting");
  }

  fillForm() {
    const { record } = this;
    this.at("as-of").textContent = longForm(record.today);
    const alive = [...record.states.values()].filter((state) => state.to > "9999" || state.line.length > 1 || state.to > FIRST_DAY);
    const names = [...[...record.groups.values()].map((group) => group.title), ...alive.map((state) => state.name).sort(compare)];
    this.at("powers").append(...names.map((name) => element("option", { value: name })));
    const topics = [...record.topics.keys()].sort(compare);
    this.at("topic").append(element("option", { value: "" }, "all topics"), ...topics.map((topic) => element("option", { value: topic }, words(topic))));
    this.at("reading").append(...record.readings.map(([id, name]) => element("option", { value: id }, id.length > 3 && id !== "nato" ? name : `${name}’s view`)));
    this.at("slider").max = offsetOf(record.today);
    for (let year = 1950; year <= +record.today.slice(0, 4); year += 10) {
      const place = (offsetOf(`${year}-01-01`) / offsetOf(record.today)) * 100;
      this.at("ticks").append(element("span", { style: { left: `${place}%` } }, String(year)));
    }
    this.at("examples").append(...EXAMPLES.map(([title, given]) => element("button", { type: "button", on: { click: () =>
      this.change({ topic: null, reading: "depositary", scope: "any", binding: false, card: "", on: record.today, ...given }) } }, title)));
    const jump = document.querySelector(".jump");
    for (const [id, title] of [["remains", "Remains"], ["signed", "Signed"], ["ended", "Ended"], ["network", "Ties"], ["timeline", "Timeline"]]) {
      jump.append(element("button", { type: "button", on: { click: () => this.at(id).scrollIntoView() } }, title));
    }
  }

  listen() {
    const on = (id, event, act) => this.at(id).addEventListener(event, act);
    for (const side of ["a", "b"]) on(side, "change", () => this.change({ [side]: this.typed(side) }));
    on("ask", "submit", (event) => event.preventDefault());
    on("swap", "click", () => this.change({ a: this.question.b, b: this.question.a }));
    on("topic", "change", (event) => this.change({ topic: event.target.value || null }));
    on("reading", "change", (event) => this.change({ reading: event.target.value }));
    on("scope", "change", (event) => this.change({ scope: event.target.value }));
    on("binding", "change", (event) => this.change({ binding: event.target.checked }));
    on("on", "change", (event) => event.target.value && this.change({ on: event.target.value }));
    on("slider", "input", (event) => this.slide(dayAt(+event.target.value)));
    on("slider", "change", () => this.change({}));
    on("earlier", "click", () => this.jumpTo(-1));
    on("later", "click", () => this.jumpTo(1));
    on("now", "click", () => this.change({ on: this.record.today }));
    on("theme", "click", () => this.turn(isDark() ? "light" : "dark"));
    on("close", "click", () => this.at("card").close());
    on("card", "close", () => this.question.card && this.change({ card: "" }));
    on("card", "click", (event) => event.target === this.at("card") && this.at("card").close());
    on("skip", "click", (event) => { event.preventDefault(); this.at("answer").focus(); });
    const read = () => { this.question = readAddress(location.hash, this.record.today); this.show(); };
    window.addEventListener("popstate", read);
    window.addEventListener("hashchange", read);
  }

  /** How the address calls the power in a field; what was typed where it is none (the answer then says so). */
  typed(side) {
    const text = this.at(side).value;
    try {
      return findSide(this.record, text)[1];
    } catch {
      return text;
    }
  }

  /** The name of the power that the question calls so. */
  named(text) {
    try {
      const [kind, id] = findSide(this.record, text);
      return kind === "group" ? this.record.groups.get(id).title : this.record.states.get(id).name;
    } catch {
      return text;
    }
  }

  /** A new question: it goes into the address, so that "back" leads to the one before. */
  change(parts) {
    this.question = { ...this.question, ...parts, wrong: "" };
    const address = writeAddress(this.question);
    if (address !== location.hash) history.pushState(null, "", address);
    this.show();
  }

  /** A step of the slider: the answer follows the thumb; the network, when it rests; the address, when it is let go. */
  slide(day) {
    this.question = { ...this.question, on: day };
    this.show();
  }

  /** The days on which something between the two begins or ends, under the present filters. */
  changes() {
    const { record, answer } = this;
    const days = new Set();
    for (const [name, stretches] of pairings(record, answer.sides, answer.question.reading)) {
      if (!this.wanted(record.briefs.get(name))) continue;
      for (const one of stretches) for (const day of [one.from, one.to]) days.add(day);
    }
    return [...days].filter((day) => day <= dayNumber(record.today)).sort((a, b) => a - b);
  }

  jumpTo(direction) {
    const when = dayNumber(this.question.on);
    const days = this.changes();
    const next = direction > 0 ? days.find((day) => day > when) : days.findLast((day) => day < when);
    if (next) this.change({ on: dayText(next) });
  }

  wanted(brief) {
    const { topic, scope, binding } = this.question;
    const topics = topic === null ? null : this.record.topics.get(topic);
    return (!topics || brief.topics.some((one) => topics.has(one)))
      && (scope === "any" || (brief.scope === "bilateral") === (scope === "bilateral")) && (!binding || brief.binding === true);
  }

  show() {
    const { question } = this;
    this.showForm();
    try {
      if (question.wrong) throw new Refusal(question.wrong);
      if (question.card && !this.record.briefs.has(question.card)) throw new Refusal(`no instrument is called '${question.card}'.`);
      this.answer = between(this.record, question, this.record.today);
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem;
      this.refuse(problem.message);
      return;
    }
    this.at("answer").textContent = this.answer.answer;
    this.at("answer").classList.remove("refused");
    const { instruments, pledges: oneSidedOnes, not_known: open, signed, ended, notes } = this.answer;
    this.renewed("remains-list", [instruments, oneSidedOnes, open], (place) => showRemaining(this.record, place, this.answer, this.open));
    this.renewed("signed-list", signed, (place) => showSigned(this.record, place, this.answer, this.open));
    this.renewed("ended-list", ended, (place) => showEnded(this.record, place, this.answer, this.open));
    this.renewed("notes-list", notes, (place) => showNotes(place, this.answer));
    this.at("notes").hidden = !notes.length;
    this.showCard();
    document.title = `${this.answer.sides[0].title} and ${this.answer.sides[1].title}, ${longForm(question.on)} – treatygraph`;
    this.picture();
  }

  /** Makes a list anew only where what it says has changed: most steps of the slider change nothing. */
  renewed(id, content, make) {
    const said = JSON.stringify([content, isDark()]);
    if (this.said.get(id) === said) return;
    this.said.set(id, said);
    make(this.at(id));
  }

  refuse(message) {
    this.answer = null;
    this.at("answer").textContent = message[0].toUpperCase() + message.slice(1);
    this.at("answer").classList.add("refused");
    this.said.clear();
    for (const id of ["remains-list", "signed-list", "ended-list", "notes-list"]) this.at(id).replaceChildren();
    document.querySelector(".pictures").hidden = true;
    this.at("notes").hidden = true;
    document.title = "treatygraph explorer";
    this.showCard();
  }

  showForm() {
    const { question } = this;
    for (const side of ["a", "b"]) this.at(side).value = this.named(question[side]);
    this.at("topic").value = question.topic || "";
    this.at("reading").value = question.reading;
    this.at("scope").value = question.scope;
    this.at("binding").checked = question.binding;
    const slider = this.at("slider");
    this.at("on").value = isDay(question.on) ? question.on : "";
    if (!isDay(question.on)) return;
    slider.value = offsetOf(question.on);
    slider.setAttribute("aria-valuetext", longForm(question.on));
    this.markDay();
  }

  showCard() {
    const card = this.at("card");
    const id = this.question.card;
    if (!this.record.briefs.has(id)) {
      this.question.card = "";
      if (card.open) card.close();
      return;
    }
    this.at("card-title").textContent = this.record.briefs.get(id).title;
    this.at("card-body").replaceChildren("Reading the record …");
    if (!card.open) card.showModal();
    this.record.details().then((details) => {
      if (this.question.card !== id) return;
      showCard(this.record, details, this.at("card-body"), id, this.answer, this.open);
      card.scrollTop = 0;
    }, () => this.at("card-body").replaceChildren(UNREAD));
  }

  /** Pictures follow when the words are on the screen; what does not change with the day is drawn once. */
  picture() {
    clearTimeout(this.waiting);
    const { sides, question } = this.answer;
    const key = JSON.stringify([sides.map((side) => side.key), question.reading, question.topic, question.scope, question.binding]);
    const same = key === this.pictured;
    if (same) this.timeline.on(question.on);
    this.waiting = setTimeout(() => this.draw(key), same ? 120 : 0);
  }

  draw(key) {
    if (!this.answer) return;
    document.querySelector(".pictures").hidden = false;
    this.network ??= new NetworkPicture(this.record, this.at("network-picture"), this.open);
    this.timeline ??= new TimelinePicture(this.record, this.at("timeline-picture"), this.open);
    this.network.show(this.answer);
    if (key === this.pictured) return;
    this.pictured = key;
    setTimeout(() => {
      if (!this.answer) return;
      this.timeline.show(this.answer, (brief) => this.wanted(brief));
      this.legend();
      this.spark(key);
    });
  }

  /** How many instruments held the two in each year: the ground that the slider runs on. */
  spark(key) {
    const today = +this.record.today.slice(0, 4);
    const counts = [];
    const step = () => {
      if (key !== this.pictured || !this.answer) return;
      const end = performance.now() + 10;
      while (1945 + counts.length <= today && performance.now() < end) {
        const day = `${1945 + counts.length}-12-31`;
        counts.push(this.counted(day > this.record.today ? this.record.today : day));
      }
      if (1945 + counts.length <= today) setTimeout(step);
      else this.drawSpark(counts);
    };
    step();
  }

  counted(on) {
    try {
      const { instruments } = between(this.record, { ...this.question, on });
      const binding = instruments.filter((item) => item.binding === true).length;
      return [binding, instruments.length - binding];
    } catch {
      return [0, 0];
    }
  }

  drawSpark(counts) {
    const spark = this.at("spark");
    const most = Math.max(1, ...counts.map(([one, other]) => one + other));
    spark.setAttribute("viewBox", `0 0 ${offsetOf(this.record.today)} 100`);
    const bar = (kind, x, width, y, height) => {
      const made = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      for (const [name, value] of Object.entries({ class: kind, x, width, y, height })) made.setAttribute(name, value);
      return made;
    };
    spark.replaceChildren(...counts.flatMap(([binding, loose], year) => {
      const x = offsetOf(`${1945 + year}-01-01`);
      const tall = (count) => (count / most) * 96;
      return [bar("binding", x, 330, 100 - tall(binding), tall(binding)),
        bar("loose", x, 330, 100 - tall(binding) - tall(loose), tall(loose))];
    }));
    const [binding, loose] = counts[counts.length - 1];
    this.at("spark-note").textContent = `Bars: instruments at each year’s end, binding (dark) and others; at most ${most}, now ${binding} and ${loose}.`;
    this.markDay();
  }

  markDay() {
    const spark = this.at("spark");
    let mark = spark.querySelector(".day");
    if (!mark) {
      mark = document.createElementNS("http://www.w3.org/2000/svg", "line");
      mark.setAttribute("class", "day");
      spark.append(mark);
    }
    const x = offsetOf(this.question.on);
    for (const [name, value] of Object.entries({ x1: x, x2: x, y1: 0, y2: 100 })) mark.setAttribute(name, value);
  }

  legend() {
    const swatch = (name, colour) => element("span", {}, element("i", { class: "swatch", style: { background: colour } }), name);
    const stroke = (name, kind) => element("span", {}, element("i", { class: `stroke ${kind}` }), name);
    const colours = this.record.block.families.filter(([id]) => this.timeline.families.has(id))
      .map(([, title, light, dark]) => swatch(title, isDark() ? dark : light));
    this.at("network-legend").replaceChildren(stroke("party or participant", "soft"), stroke("signed only", "dotted soft"),
      stroke("notice pending", "dashed warn"), stroke("suspension", "dashed bad"), element("span", {}, "no stroke: has left"),
      element("span", {}, "dashed box: not legally binding"));
    this.at("timeline-legend").replaceChildren(...colours,
      swatch("suspension", "repeating-linear-gradient(45deg, var(--bad) 0 3px, var(--panel) 3px 8px)"),
      swatch("contested", "repeating-linear-gradient(90deg, var(--warn) 0 3px, var(--panel) 3px 6px)"),
      stroke("signed", "dotted soft"), stroke("provisional", "dashed"), element("span", {}, "● notice of withdrawal; red line: the day"));
  }

  turn(theme) {
    document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem("treatygraph-theme", theme);
    } catch { /* a page that may store nothing still turns */ }
    this.pictured = "";
    if (this.answer) this.show();
  }
}

function chosenTheme() {
  try {
    const kept = localStorage.getItem("treatygraph-theme");
    if (kept) return kept;
  } catch { /* as above */ }
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

document.documentElement.dataset.theme = chosenTheme();
window.treatygraph = {
  ready: part("record").then((block) => {
    const record = new Record(block, () => part("details"));
    window.treatygraph.record = record;
    window.treatygraph.between = (question, today) => between(record, question, today);
    window.treatygraph.named = (details, answer) => JSON.parse(JSON.stringify(answer, (key, value) =>
      (key === "sources" ? value.map((one) => details.sources[one].id) : value)));
    window.treatygraph.courses = (a, b, on, reading) => [...courses(record, [sideOf(record, a, on), sideOf(record, b, on)], reading)];
    window.treatygraph.explorer = new Explorer(record);
  }, (problem) => {
    document.getElementById("answer").textContent = UNREAD;
    throw problem;
  }),
  Refusal,
};
