// The answer in pictures: the network around the two (vis-network) and the course of every instrument between
// them (vis-timeline). What a reader must know stands in the lists; the pictures repeat it.

function themed(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

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

/** How an edge is drawn: by the standing, and by what qualifies it. */
function edgeStyle(standing, flags) {
  if (flags.includes("suspended") || flags.includes("suspension-claimed")) return { color: themed("--bad"), dashes: [8, 5], width: 2 };
  if (flags.includes("notice-pending")) return { color: themed("--warn"), dashes: [8, 5], width: 2 };
  if (standing === "signatory" || standing === "contracting") return { color: themed("--soft"), dashes: [2, 4], width: 1.5 };
  if (standing.startsWith("former")) return { color: themed("--line"), dashes: [2, 6], width: 1.5 };
  return { color: themed("--soft"), dashes: false, width: 1 };
}

/** Let the wheel turn the page: a picture zooms only with Ctrl. Both libraries would swallow it. */
function freeWheel(place) {
  place.addEventListener("wheel", (event) => { if (!event.ctrlKey) event.stopPropagation(); }, { capture: true, passive: true });
}

class NetworkPicture {
  constructor(record, place, open) {
    [this.record, this.place, this.open] = [record, place, open];
    freeWheel(place);
    this.nodes = new vis.DataSet();
    this.edges = new vis.DataSet();
    this.picture = new vis.Network(place, { nodes: this.nodes, edges: this.edges }, {
      physics: false, layout: { improvedLayout: false },
      interaction: { hover: true, tooltipDelay: 150, zoomSpeed: 0.6, dragNodes: true, keyboard: false },
      nodes: { shape: "box", borderWidth: 1.5, margin: 7, font: { size: 15, face: "system-ui, DejaVu Sans, sans-serif" },
        widthConstraint: { maximum: 215 } },
      edges: { smooth: { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.5 } },
    });
    this.picture.on("click", ({ nodes }) => {
      if (nodes.length && record.briefs.has(nodes[0])) open(nodes[0]);
    });
    this.count = -1;
    [this.looks, this.places] = [new Map(), new Map()];
    this.width = place.clientWidth;
    new ResizeObserver(() => { this.width = place.clientWidth; }).observe(place);
  }

  show(answer) {
    const { nodes, edges } = this.drawn(answer);
    this.put(this.nodes, nodes);
    this.put(this.edges, edges);
    if (this.count !== nodes.length) this.picture.fit({ animation: false, maxZoomLevel: 1.1 });
    this.count = nodes.length;
  }

  /** As high as what is drawn needs. */
  size(height) {
    if (height === this.height) return;
    this.height = height;
    this.place.style.height = `${height}px`;
    this.picture.setSize("100%", `${height}px`);
    this.picture.redraw();
    this.count = -1;
  }

  /** Brings a set up to what is wanted; what has only moved is moved, for that is quicker than to make it anew. */
  put(set, wanted) {
    const keep = new Set(wanted.map((one) => one.id));
    const gone = set.getIds().filter((id) => !keep.has(id));
    const changed = [];
    for (const one of wanted) {
      const { x, y, ...look } = one;
      const text = JSON.stringify(look);
      if (this.looks.get(one.id) !== text) changed.push(one);
      else if (x !== undefined && this.places.get(one.id) !== `${x},${y}`) this.picture.moveNode(one.id, x, y);
      this.looks.set(one.id, text);
      this.places.set(one.id, `${x},${y}`);
    }
    for (const id of gone) this.looks.delete(id);
    if (gone.length) set.remove(gone);
    if (changed.length) set.update(changed);
  }

  drawn(answer) {
    const tops = answer.instruments.map((item) => [this.record.briefs.get(item.id), item]);
    const others = oneSided(this.record, answer).filter(([brief]) => {
      const topics = this.record.topics.get(answer.question.topic);
      return !topics || brief.topics.some((one) => topics.has(one));
    });
    const boxes = [...tops.map(([brief]) => brief), ...others.map(([brief]) => brief)];
    const narrow = this.width < 560;
    const columns = narrow ? 2 : boxes.length > 26 ? 3 : boxes.length > 8 ? 2 : 1;
    const rows = Math.max(Math.ceil(boxes.length / columns), 1);
    this.size(Math.min(Math.max(rows * (narrow ? 30 : 31), narrow ? 200 : 280), narrow ? 560 : 720));
    const at = (index) => ({ x: (Math.floor(index / rows) - (columns - 1) / 2) * 240, y: (index % rows - (rows - 1) / 2) * 54 });
    const [left, right] = answer.sides;
    const far = columns * 120 + 130;
    const nodes = [
      this.power(left, -far), this.power(right, far),
      ...boxes.map((brief, index) => ({ ...this.box(brief), ...at(index) })),
    ];
    const edges = [...tops.flatMap(([brief, item]) => this.held(answer, brief, item)),
      ...others.flatMap(([brief, held]) => this.halfHeld(answer, brief, held))];
    return { nodes, edges };
  }

  power(side, x) {
    return { id: `side/${side.id}`, label: side.title, x, y: 0, shape: "box", margin: 12, borderWidth: 0,
      color: { background: themed("--ink"), border: themed("--ink"), highlight: themed("--ink"), hover: themed("--ink") },
      font: { color: themed("--panel"), size: 19 }, title: side.isGroup ? `${side.members.length} members` : side.title };
  }

  box(brief) {
    const colour = colourOf(this.record, brief.topics);
    const fill = { background: themed("--panel"), border: colour };
    return { id: brief.id, label: brief.title, color: { ...fill, highlight: fill, hover: { ...fill, background: themed("--shade") } },
      font: { color: themed("--ink"), size: 15 }, shapeProperties: { borderDashes: brief.binding === true ? false : [5, 4], borderRadius: 5 },
      title: `${brief.title}\n${brief.topics.map(words).join(", ")}` };
  }

  held(answer, brief, item) {
    return answer.sides.map((side) => {
      const mine = side.members.map((code) => item.standing[code]).filter(Boolean);
      const flags = item.details.filter((one) => !side.isGroup && side.lines.flat().includes(one.by)).map((one) => one.flag);
      const style = edgeStyle(mine[0] || "party", flags);
      const what = side.isGroup ? `${mine.length} of ${side.members.length} members` : `${side.title}: ${words(mine[0] || "")}`;
      return { id: `${side.id}/${brief.id}`, from: `side/${side.id}`, to: brief.id, ...style, title: [what, ...flags.map(words)].join(", ") };
    });
  }

  halfHeld(answer, brief, rows) {
    return answer.sides.map((side, place) => {
      const style = edgeStyle(rows[place].standing, []);
      return { id: `${side.id}/${brief.id}`, from: `side/${side.id}`, to: brief.id, ...style,
        title: `${side.title}: ${words(rows[place].standing)} since ${rows[place].since}` };
    });
  }
}

class TimelinePicture {
  constructor(record, place, open) {
    [this.record, this.place] = [record, place];
    freeWheel(place);
    this.picture = new vis.Timeline(place, [], [], {
      start: "1944-01-01", end: `${+record.today.slice(0, 4) + 2}-01-01`, min: "1890-01-01", max: "2075-01-01",
      zoomMin: 1000 * 60 * 60 * 24 * 60, stack: false, showCurrentTime: false, verticalScroll: true, zoomKey: "ctrlKey",
      maxHeight: 560, margin: { item: { horizontal: 0, vertical: 4 }, axis: 3 }, orientation: "top", selectable: true,
      tooltip: { followMouse: true, overflowMethod: "cap" }, groupOrder: "order",
    });
    // The keyboard reaches what scrolls; the picture is then a group and no longer one image.
    place.setAttribute("role", "group");
    place.querySelector(".vis-left").tabIndex = 0;
    this.picture.on("select", ({ items }) => items.length && open(String(items[0]).split("@")[0]));
    this.picture.on("click", (event) => event.what === "group-label" && event.group && open(event.group));
    this.picture.addCustomTime(record.today, "on");
  }

  show(answer, wanted) {
    const found = courses(this.record, answer.sides, answer.question.reading);
    const narrow = this.place.clientWidth < 560;
    const groups = [];
    const items = [];
    this.families = new Set();
    for (const [name, course] of found) {
      const brief = this.record.briefs.get(name);
      if (brief.scope === "unilateral" || !wanted(brief)) continue;
      this.families.add(familyOf(this.record, brief.topics)[0]);
      const order = `${brief.binding === true ? 0 : 1}${brief.scope === "bilateral" ? 0 : 1}${dayText(course.stages[0].from)}${name}`;
      groups.push({ id: name, content: escaped(narrow && brief.title.length > 16 ? `${brief.title.slice(0, 15)}…` : brief.title), order });
      items.push(...this.items(brief, course));
    }
    this.picture.setData({ groups: new vis.DataSet(groups), items: new vis.DataSet(items) });
    this.on(answer.question.on);
  }

  items(brief, course) {
    const [family] = familyOf(this.record, brief.topics);
    const bars = course.stages.map(({ stage, from, to }) => {
      const end = to < OPEN ? dayText(to) : "2075-01-01";
      return { id: `${brief.id}@${from}`, group: brief.id, start: dayText(from), end, content: "", type: "range",
        className: `stage-${stage} family-${family}`,
        title: `${escaped(brief.title)}\n${words(stage)}, ${dayText(from)}${to < OPEN ? ` to ${dayText(to)}` : " on"}` };
    });
    const marks = course.marks.map(({ mark, day, by }, place) => ({ id: `${brief.id}@mark${place}`, group: brief.id,
      start: dayText(day), type: "point", content: "", className: mark,
      title: `${escaped(brief.title)}\n${dayText(day)}: ${mark === "notice" ? "notice by" : "extended:"} ${escaped(by)}` }));
    return [...bars, ...marks];
  }

  on(day) {
    this.picture.setCustomTime(day, "on");
  }
}

/** Text that vis-timeline takes as markup. */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
