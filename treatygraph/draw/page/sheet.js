// What a shape says, shown beside it when it is pointed at, touched, or reached by the keyboard.
const tip = document.getElementById("tip");

const says = new WeakMap();

function show(shape) {
  tip.textContent = says.get(shape);
  tip.hidden = false;
  const at = shape.getBoundingClientRect();
  const left = Math.min(Math.max(at.left, 8), innerWidth - tip.offsetWidth - 8);
  const below = at.bottom + 6 + tip.offsetHeight < innerHeight;
  tip.style.left = `${left}px`;
  tip.style.top = `${below ? at.bottom + 6 : at.top - tip.offsetHeight - 6}px`;
}

for (const shape of document.querySelectorAll(".tipped")) {
  const title = shape.querySelector("title");
  says.set(shape, title.textContent);
  if (shape.hasAttribute("tabindex")) shape.setAttribute("aria-label", title.textContent);
  title.remove();
}
for (const event of ["pointerover", "focusin", "click"]) {
  document.addEventListener(event, ({ target }) => {
    const shape = target.closest(".tipped");
    if (shape) show(shape);
    else tip.hidden = true;
  });
}
document.addEventListener("keydown", ({ key }) => { if (key === "Escape") tip.hidden = true; });
