// Sentences that a journalist could print, as answers/sentences.py makes them.

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

/** The one sentence that answers what remains; parts count with their parent, as one treaty. */
function sentenceBetween(sides, question, instruments) {
  const binding = instruments.filter((item) => item.binding === true);
  const loose = instruments.length - binding.length;
  let text = `On ${longForm(question.on)}, ${boundSentence(binding, sides, question)}`;
  if (question.topic === null && binding.length) text += `; ${strategicSentence(binding)}`;
  text += ".";
  if (loose) text += ` ${besideSentence(loose, binding.length > 0)}`;
  if (question.reading !== "depositary") text += ` This is the view of ${question.reading}.`;
  return text;
}

function boundSentence(binding, sides, question) {
  const scope = question.scope === "any" ? "" : `${question.scope} `;
  const topic = question.topic ? ` on ${question.topic.replaceAll("-", " ")}` : "";
  const what = `${scope}legally binding instrument${binding.length === 1 ? "" : "s"}${topic}`;
  const few = binding.length > 0 && binding.length <= NAMED;
  const named = few ? `: ${listed(binding.map((item) => item.title))}` : "";
  return `${numberWord(binding.length)} ${what} bound ${sides[0].name} and ${sides[1].name}${named}`;
}

function strategicSentence(binding) {
  const limits = binding.filter((item) => item.topics.includes("strategic-offensive-arms")).map((item) => item.title);
  if (!limits.length) return "none limits strategic offensive arms";
  return `${numberWord(limits.length)} ${limits.length === 1 ? "limits" : "limit"} strategic offensive arms: ${listed(limits)}`;
}

function besideSentence(count, beside) {
  const one = count === 1;
  const text = `${numberWord(count)} commitment${one ? "" : "s"} stood that ${one ? "is" : "are"} not legally binding`;
  return beside ? `Beside that, ${text}, or disputed.` : `${text[0].toUpperCase()}${text.slice(1)}, or disputed.`;
}
