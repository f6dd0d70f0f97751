// The answer in pictures: the ties of the two by topic, and the course of every instrument between them. Both are plain
// HTML, so that names wrap and a page can be printed. What a reader must know stands in the lists.

/** Instruments that bind one side on the day while the other has only signed or has left: [brief, standings]. */
function oneSided(record, answer) {
  const when = dayNumber(answer.question.on);
  const holding = answer.sides.map((side) => record.bearings(side.lines[0], answer.question.reading));
  if (answer.sides.some((side) => side.isGroup)) return [];
  const found = [];
  for (const [name, mine] of holding[0]) {
    const theirs = holding[1].get(name);
    if (!theirs || record.briefs.get(name).scope === "unilateral") continue;
    const rows = [mine, theirs].map((held) => held.rows.find((row) => row.from <= when && when < row.to));
    if (rows[0] && rows[1] && rows[0].binds !== rows[1].binds) found.push([record.briefs.get(name), rows]);
  }
  return found;
}

/** How a line is drawn: by the standing, and by what qualifies it. */
function edgeStyle(standing, flags) {
  if (flags.includes("suspended") || flags.includes("suspension-claimed")) return "bad";
  if (flags.includes("notice-pending")) return "warn";
  if (standing === "signatory" || standing === "contracting") return "signed";
  return standing.startsWith("former") ? "former" : "held";
}

/** The name of an instrument in a picture: a click opens its card; the list offers the same to the keyboard. */
function boxOf(record, brief, open, name) {
  return element("button", { type: "button", tabindex: -1, class: name, style: { "--topic": colourOf(record, brief.topics) },
    title: `${brief.title}\n${brief.topics.map(words).join(", ")}`, on: { click: () => open(brief.id) } }, brief.title);
}

/** The ties of the two by topic: a box for each instrument, with a stroke towards either side that says how it is held. */
class NetworkPicture {
  constructor(record, place, open) {
    [this.record, this.place, this.open] = [record, place, open];
  }

  show(answer) {
    const { record } = this;
    const when = dayNumber(answer.question.on);
    const others = oneSided(record, answer).filter(([brief]) => {
      const topics = record.topics.get(answer.question.topic);
      return !topics || brief.topics.some((one) => topics.has(one));
    });
    const ties = [
      ...answer.instruments.map((item) => [record.briefs.get(item.id), answer.sides.map((side) => held(side, item))]),
      ...others.map(([brief, rows]) => [brief, answer.sides.map((side, place) => halfHeld(side, rows[place], when))]),
    ];
    const powers = answer.sides.map((side) => element("div", { class: "side" }, side.title));
    const parts = record.block.families.map(([id, title]) => {
      const boxes = ties.filter(([brief]) => familyOf(record, brief.topics)[0] === id).map(([brief, lines]) => this.box(brief, lines));
      return boxes.length ? element("div", { class: "family" }, element("h3", {}, title), element("div", { class: "boxes" }, ...boxes)) : "";
    });
    this.place.replaceChildren(element("div", { class: "powers" }, ...powers), ...parts.filter(Boolean));
    if (!ties.length) this.place.append(element("p", { class: "empty" }, "Nothing on record."));
  }

  box(brief, lines) {
    const box = boxOf(this.record, brief, this.open, `box${brief.binding === true ? "" : " loose"}`);
    [box.dataset.left, box.dataset.right] = lines.map(({ style }) => style);
    box.title = [brief.title, ...lines.map(({ says }) => says)].join("\n");
    const unusual = lines.filter(({ style }) => style !== "held").map(({ says }) => says);
    if (unusual.length) box.append(element("small", {}, unusual.join("; ")));
    return box;
  }
}

function held(side, item) {
  const mine = side.members.map((code) => item.standing[code]).filter(Boolean);
  const flags = item.details.filter((one) => !side.isGroup && side.lines.flat().includes(one.by)).map((one) => one.flag);
  const what = side.isGroup ? `${mine.length} of ${side.members.length} members` : `${side.title}: ${words(mine[0] || "")}`;
  return { style: edgeStyle(mine[0] || "party", flags), says: [...new Set([what, ...flags.map(words)])].join(", ") };
}

function halfHeld(side, row, when) {
  const flags = row.flags.filter((one) => one.from <= when && when < one.to).map((one) => one.flag);
  return { style: edgeStyle(row.standing, flags), says: `${side.title}: ${words(row.standing)} since ${row.since}` };
}

const COURSES = [
  ["Legally binding, between the two alone", (brief) => brief.binding === true && brief.scope === "bilateral"],
  ["Legally binding, with others", (brief) => brief.binding === true && brief.scope !== "bilateral"],
  ["Not legally binding, or disputed", (brief) => brief.binding !== true],
];

class TimelinePicture {
  constructor(record, place, open) {
    [this.record, this.place, this.open] = [record, place, open];
    this.day = element("i", { class: "day" });
    [this.first, this.last] = [1945, +record.today.slice(0, 4) + 3]; // what lies beyond is at the edges, its days are told
  }

  /** Where a day lies on the axis, in percent of its width. */
  at(day) {
    const share = (Date.parse(day) - Date.UTC(this.first, 0)) / (Date.UTC(this.last, 0) - Date.UTC(this.first, 0));
    return Math.min(Math.max(share, 0), 1) * 100;
  }

  show(answer, wanted) {
    const { record } = this;
    const found = [...courses(record, answer.sides, answer.question.reading)].map(([name, course]) => [record.briefs.get(name), course])
      .filter(([brief]) => brief.scope !== "unilateral" && wanted(brief))
      .sort(([a, one], [b, other]) => one.stages[0].from - other.stages[0].from || compare(a.id, b.id));
    this.families = new Set(found.map(([brief]) => familyOf(record, brief.topics)[0]));
    const groups = answer.sides.some((side) => side.isGroup);
    const sections = COURSES.map(([title, belongs]) => [groups ? title.replace("the two alone", "two states alone") : title,
      found.filter(([brief]) => belongs(brief))]).filter(([, rows]) => rows.length);
    this.place.replaceChildren(this.axis(), ...sections.flatMap(([title, rows]) =>
      [element("h3", {}, title), ...rows.map(([brief, course]) => this.row(brief, course))]));
    if (!found.length) this.place.replaceChildren(element("p", { class: "empty" }, "Nothing on record."));
    this.on(answer.question.on);
  }

  axis() {
    const years = [];
    for (let year = Math.ceil(this.first / 10) * 10; year < this.last; year += 10) years.push(year);
    const ticks = years.map((year) => element("span", { class: year % 20 ? "odd" : null, style: { left: `${this.at(`${year}-01-01`)}%` } }, String(year)));
    return element("div", { class: "axis", "aria-hidden": "true" }, element("div", { class: "track" }, ...ticks, this.day));
  }

  row(brief, course) {
    const [family] = familyOf(this.record, brief.topics);
    const bars = course.stages.map(({ stage, from, to }) => {
      const [left, right] = [this.at(dayText(from)), to < OPEN ? this.at(dayText(to)) : 100];
      return element("i", { class: `bar stage-${stage} family-${family}`, style: { left: `${left}%`, width: `${right - left}%` },
        title: `${brief.title}\n${words(stage)}, ${dayText(from)}${to < OPEN ? ` to ${dayText(to)}` : " on"}` });
    });
    const marks = course.marks.map(({ mark, day, by }) => element("i", { class: `mark ${mark}`, style: { left: `${this.at(dayText(day))}%` },
      title: `${brief.title}\n${dayText(day)}: ${mark === "notice" ? "notice by" : "extended:"} ${by}` }));
    return element("div", { class: "course" }, boxOf(this.record, brief, this.open, "label"), element("div", { class: "track" }, ...bars, ...marks));
  }

  on(day) {
    this.day.style.setProperty("left", `${this.at(day)}%`);
  }
}
