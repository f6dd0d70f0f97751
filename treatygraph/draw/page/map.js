// One slider over the days of a treaty: the shapes change their look, the lists say the same in words.
(() => {
"use strict";
const data = RECORD;
const byId = (id) => document.getElementById(id);
const shapes = new Map();
for (const path of document.querySelectorAll("#map path[data-code]")) {
  const { code } = path.dataset;
  if (!shapes.has(code)) shapes.set(code, []);
  shapes.get(code).push(path);
}
const months = (day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
const first = months(data.since), last = months(data.until);
const slider = byId("month"), field = byId("on");
slider.min = first;
slider.max = last;

function dayOf(month) {
  if (month >= last) return data.until;
  const day = `${String(Math.floor(month / 12)).padStart(4, "0")}-${String(month % 12 + 1).padStart(2, "0")}-01`;
  return day < data.since ? data.since : day;
}

function pieceOn(code, day) {
  let found = null;
  for (const piece of data.places[code]) if (piece[0] <= day) found = piece;
  return found;
}

const wordsOf = (piece) => piece[2].map(([name, look]) => `${data.names[name]}: ${data.looks[look][1]}`).join("; ");

function show(day) {
  const lists = new Map(data.looks.map(([look]) => [look, new Set()]));
  const seen = new Set();
  for (const code of Object.keys(data.places)) {
    const piece = pieceOn(code, day);
    const look = piece ? data.looks[piece[1]][0] : "nobody";
    if (shapes.has(code)) seen.add(look);
    for (const path of shapes.get(code) || []) path.setAttribute("class", `l-${look}${path.classList.contains("dot") ? " dot" : ""}`);
    for (const [name, one] of piece ? piece[2] : []) lists.get(data.looks[one][0]).add(data.names[name]);
  }
  for (const item of document.querySelectorAll("[data-look]")) item.hidden = !seen.has(item.dataset.look);
  const counts = data.looks.filter(([look]) => lists.get(look).size && look !== "none");
  const said = counts.map(([look, words]) => `${words}: ${lists.get(look).size}`).join("; ");
  byId("sentence").textContent = day === data.until ? data.sentence : `On ${day}: ${said || "nobody"}.`;
  const open = new Set([...document.querySelectorAll("#lists details[open]")].map((list) => list.id));
  byId("lists").replaceChildren(...data.looks.filter(([look]) => lists.get(look).size).map(([look, words]) => {
    const list = document.createElement("details"), head = document.createElement("summary"), text = document.createElement("p");
    list.id = `list-${look}`;
    list.open = open.has(list.id);
    head.textContent = `${words[0].toUpperCase()}${words.slice(1)} (${lists.get(look).size})`;
    text.textContent = [...lists.get(look)].sort().join(", ");
    list.append(head, text);
    return list;
  }));
  field.value = day;
  slider.value = months(day);
  slider.setAttribute("aria-valuetext", day);
  history.replaceState(null, "", day === data.until ? location.pathname : `#on=${day}`);
}

slider.addEventListener("input", () => show(dayOf(Number(slider.value))));
slider.addEventListener("keydown", (event) => {
  const step = { PageUp: 12, PageDown: -12 }[event.key];
  if (!step) return;
  event.preventDefault();
  show(dayOf(Math.min(Math.max(Number(slider.value) + step, first), last)));
});
field.addEventListener("change", () => {
  if (field.value >= data.since && field.value <= data.until) show(field.value);
});
document.forms[0].addEventListener("submit", (event) => event.preventDefault());
const place = byId("place");
for (const name of ["pointerover", "click"]) {
  byId("map").addEventListener(name, ({ target }) => {
    const piece = target.dataset.code && pieceOn(target.dataset.code, field.value);
    place.hidden = !(piece && piece[2].length);
    if (!place.hidden) place.textContent = wordsOf(piece);
  });
}
byId("map").addEventListener("pointerleave", () => { place.hidden = true; });
const asked = /^#on=(\d{4}-\d{2}-\d{2})$/.exec(location.hash);
const valid = asked && new Date(asked[1]).toISOString().slice(0, 10) === asked[1];
show(valid && asked[1] >= data.since && asked[1] <= data.until ? asked[1] : data.until);
})();
