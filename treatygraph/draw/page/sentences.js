// Sentences that a journalist could print, as answers/between_wording.py makes them.

const NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December"];
const NAMED = 4;

/** A day as a journalist writes it: 28 May 2021. */
function longForm(iso) {
  return `${+iso.slice(8)} ${MONTHS[+iso.slice(5, 7) - 1]} ${+iso.slice(0, 4)}`;
}

function numberWord(count) {
  return count < NUMBERS.length ? NUMBERS[count] : String(count);
}

/** A, B and C. */
function listed(items) {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items[items.length - 1]}`;
}

/** How a day is spoken of: as past, or as what would be if nothing happened. */
function tenseOf(record, on, today) {
  const end = record.edition.day;
  const late = on > end;
  const would = late && on > (today > end ? today : end);
  const day = longForm(end);
  const condition = would ? ` if nothing happened (the record ends on ${day})` : late ? ` (as of ${day}, where the record ends)` : "";
  return { would, condition };
}

const TOPICS = {
  nuclear: "nuclear arms", wmd: "weapons of mass destruction", conventional: "conventional arms",
  "nuclear-weapon-free-zone": "nuclear-weapon-free zones", transfers: "transfers of arms",
  "nuclear-nonproliferation": "nuclear non-proliferation",
};

/** The sentence that answers what remains; parts count with their parent, as one treaty. */
function sentenceBetween(record, sides, question, instruments, open, today) {
  const tense = tenseOf(record, question.on, today);
  const binding = instruments.filter((item) => item.binding === true);
  const loose = instruments.filter((item) => item.binding !== true);
  const doubtful = doubtfulOf(record, instruments, open);
  let text = `On ${longForm(question.on)}, ${boundSentence(record, sides, question, instruments, open, doubtful, tense)}`;
  if (question.topic === null && binding.length) text += `; ${strategicSentence(record, binding, open, tense)}`;
  text += `${tense.condition}.`;
  if (doubtful.length) {
    const names = doubtful.length <= NAMED ? ` (${listed(doubtful.map((item) => item.title))})` : "";
    text += ` Of ${numberWord(doubtful.length)}${binding.length ? " more" : ""}${names} the record does not say.`;
  }
  if (loose.length) text += ` ${besideSentence(loose, binding.length > 0, tense)}`;
  if (question.reading !== "depositary") text += ` This is the view of ${record.authorities[question.reading]}.`;
  return text;
}

/** What may bind and is not known to, parts with their parents. */
function doubtfulOf(record, instruments, open) {
  const binding = open.filter((item) => item.binding === true);
  const names = new Set([...instruments, ...binding].map((item) => item.id));
  const tops = binding.filter((item) => !record.briefs.get(item.id).parents.some((parent) => names.has(parent)));
  return tops.length ? tops : binding;
}

function boundSentence(record, sides, question, instruments, open, doubtful, tense) {
  const binding = instruments.filter((item) => item.binding === true);
  const group = sides.some((side) => side.isGroup);
  const scope = question.scope === "any" ? "" : `${question.scope} `;
  const topic = question.topic ? ` on ${TOPICS[question.topic] || question.topic.replaceAll("-", " ")}` : "";
  const least = doubtful.length && binding.length ? "at least " : "";
  const known = binding.length > 0 || !doubtful.length;
  const plural = binding.length === 1 || !known ? "" : "s";
  const what = `${least}${numberWord(binding.length)} ${scope}legally binding instrument${plural}${topic}`;
  const verb = known
    ? tense.would ? `would still ${group ? "hold" : "bind"}` : group ? "held" : "bound"
    : `${tense.would ? "would be" : "is"} known to have ${group ? "held" : "bound"}`;
  let text = `${what} ${verb} ${whomOf(sides)}${sharesOf(record, sides, question, instruments, open, tense)}`;
  if (!binding.length && !doubtful.length) text += " on record";
  if (binding.length && binding.length <= NAMED) return `${text}: ${listed(binding.map((item) => namedItem(record, item)))}`;
  return `${text}${unverifiedOf(binding)}`;
}

/** How many of those that are not named rest on general knowledge alone. */
function unverifiedOf(items) {
  const count = items.filter((item) => item.unverified).length;
  return count ? `, ${numberWord(count)} of them unverified` : "";
}

function isDescribed(side) {
  return /^\p{Ll}/u.test(side.name.replace(/^the /, ""));
}

function ownName(side) {
  return side.name.replace(/ members$/, "");
}

function memberOf(side) {
  return isDescribed(side) ? `of ${side.name}` : `member of ${ownName(side)}`;
}

function whomOf(sides) {
  const [first, second] = sides[0].isGroup && !sides[1].isGroup ? [sides[1], sides[0]] : sides;
  if (!second.isGroup) return `${first.name} and ${second.name}`;
  return `${first.isGroup ? `at least one ${memberOf(first)}` : first.name} with at least one ${memberOf(second)}`;
}

/** Of groups: how many hold all members, and how many the group itself. */
function sharesOf(record, sides, question, instruments, open, tense) {
  const binding = instruments.filter((item) => item.binding === true);
  const groups = sides.filter((side) => side.isGroup);
  if (!groups.length || !binding.length) return "";
  const members = [...new Set(groups.flatMap((side) => side.members))];
  const all = binding.filter((item) => members.every((one) => item.with.includes(one))).length;
  const may = binding.filter((item) => members.every((one) => [...item.with, ...item.with_not_known].includes(one))).length > all
    || open.some((item) => item.binding === true && members.every((one) => item.about.includes(one)));
  const whole = groups.length === 1 ? `all ${members.length}` : "all of both";
  const own = groups.filter((side) => !isDescribed(side)).map((side) => {
    const mine = ownBonds(record, side, sides.find((one) => one !== side), question, instruments, open);
    const verb = tense.would ? "would hold" : "held";
    if (mine.open && !mine.count) return `; of none is it known that it ${verb} ${ownName(side)} itself`;
    return `; ${atLeast(mine.count, mine.open > 0)} ${verb} ${ownName(side)} itself`;
  });
  return `, ${atLeast(all, may)} with ${whole}${own.join("")}`;
}

/** A count that may be short. */
function atLeast(count, may) {
  if (!count) return may ? "none for certain" : "none";
  return may ? `at least ${numberWord(count)}` : numberWord(count);
}

function ownBonds(record, side, other, question, instruments, open) {
  const [title, on, when] = [side.title.replace(/ members$/, ""), question.on, dayNumber(question.on)];
  const all = [...instruments.flatMap((item) => [item, ...item.parts]), ...open];
  const wanted = all.filter((item) => item.binding === true).map((item) => item.id);
  const held = new Set();
  const doubtful = new Set();
  for (const life of record.states.values()) {
    if (life.name !== title || !(life.from <= on && on < life.to)) continue;
    const person = { lines: [[life.code]], key: life.code, members: [life.code] };
    for (const [name, stretches] of pairings(record, [person, other], question.reading)) {
      const now = stretches.some((one) => one.from <= when && when < one.to && !exclusion(record, name, one, when));
      if (wanted.includes(name) && now) held.add(name);
    }
    for (const name of wanted) if (unknownOf(record, [person, other], question.reading, when, name)) doubtful.add(name);
  }
  return { count: held.size, open: [...doubtful].filter((name) => !held.has(name)).length };
}

function strategicSentence(record, binding, open, tense) {
  const about = (item) => item.topics.includes("strategic-offensive-arms");
  const limits = binding.filter(about);
  if (!limits.length) {
    if (open.some((item) => item.binding === true && about(item))) return "none is known to limit strategic offensive arms";
    return `none ${tense.would ? "would limit" : "limits"} strategic offensive arms`;
  }
  const verb = tense.would ? "would limit" : limits.length > 1 ? "limit" : "limits";
  const names = limits.map((item) => (binding.length <= NAMED ? item.title : namedItem(record, item)));
  return `${numberWord(limits.length)} ${verb} strategic offensive arms: ${listed(names)}`;
}

/** A title, with what is contested of it on the day. */
function namedItem(record, item) {
  const name = (authority) => record.authorities[authority];
  const claims = item.details.filter((one) => one.flag === "suspension-claimed");
  const disputes = claims.map((one) => `${name(one.by)} claims to have suspended it`
    + (one.rejected_by ? `, ${deniedBy(record, one.rejected_by)}` : ""));
  const others = [...new Set(item.details.filter((one) => one.flag === "contested").map((one) => one.by))];
  if (others.length && !claims.length) disputes.push(`${listed(others.map(name))} ${others.length === 1 ? "holds" : "hold"} otherwise`);
  const remarks = item.unverified ? ["unverified"] : [];
  if (disputes.length) remarks.push(`contested: ${[...new Set(disputes)].join("; ")}`);
  return remarks.length ? `${item.title} (${remarks.join("; ")})` : item.title;
}

/** Who rejects what another holds; a depositary lists or does not list, it does not judge. */
function deniedBy(record, authorities) {
  const names = authorities.filter((who) => who !== "depositary").map((who) => record.authorities[who]);
  const told = names.length ? [`rejected by ${listed(names)}`] : [];
  if (authorities.includes("depositary")) told.push("not on the depositary's list");
  return told.join(", ");
}

function besideSentence(loose, beside, tense) {
  const one = loose.length === 1;
  const stood = tense.would ? "would stand" : "stood";
  const text = `${numberWord(loose.length)} commitment${one ? "" : "s"} ${stood} that ${one ? "is" : "are"} not legally binding, or disputed`
    + unverifiedOf(loose);
  return beside ? `In addition, ${text}.` : `${text[0].toUpperCase()}${text.slice(1)}.`;
}
