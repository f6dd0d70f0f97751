// Completes names as they are typed, from one file of all names; copies what is to be taken. Nothing needs it.
"use strict";

(() => {
  const box = document.getElementById("q");
  if (!box) return;
  const start = box.dataset.start;
  const suffix = box.dataset.suffix;
  const most = 8;
  let loaded = null;

  document.querySelectorAll(".needs-script").forEach((part) => { part.hidden = false; });

  // The same form of a name as the server compares: no case, no accents, no punctuation, no leading "the".
  function key(text) {
    return text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim().replace(/^the /, "");
  }

  function names() {
    loaded = loaded || fetch(box.dataset.names).then((answer) => answer.json()).then((data) => data.records.map(
      ([kind, id, title, others]) => ({
        kind, id, title, of: data.kinds[kind].title, path: data.kinds[kind].path,
        keys: [title, ...others].map((said) => [key(said), said]),
      })));
    return loaded;
  }

  // How many letters differ at most by two: "otawa" is near "ottawa".
  function near(a, b) {
    if (Math.abs(a.length - b.length) > 2) return 9;
    let row = Array.from({ length: b.length + 1 }, (_, place) => place);
    for (let i = 1; i <= a.length; i += 1) {
      let corner = row[0];
      row[0] = i;
      for (let j = 1; j <= b.length; j += 1) {
        const above = row[j];
        row[j] = Math.min(above + 1, row[j - 1] + 1, corner + (a[i - 1] === b[j - 1] ? 0 : 1));
        corner = above;
      }
    }
    return row[b.length];
  }

  function rank(name, wanted) {
    if (name === wanted) return 0;
    if (name.startsWith(wanted)) return 1;
    if (name.includes(" " + wanted)) return 2;
    return wanted.length > 2 && name.includes(wanted) ? 3 : null;
  }

  function matches(records, text, kinds) {
    const wanted = key(text);
    if (!wanted) return [];
    const found = [];
    const order = ["state", "instrument", "group", "official", "topic", "question"];
    const allowed = records.filter((record) => !kinds || kinds.includes(record.kind));
    for (const record of allowed) {
      let best = null;
      for (const [name, said] of record.keys) {
        const placed = rank(name, wanted);
        if (placed !== null && (best === null || placed < best.rank)) best = { record, said, rank: placed };
      }
      if (best) found.push(best);
    }
    if (!found.length && wanted.length > 3) {
      for (const record of allowed) {
        if (record.kind === "question") continue;
        for (const [name, said] of record.keys) {
          const far = near(name.slice(0, wanted.length + 2), wanted);
          if (far <= 2) { found.push({ record, said, rank: 4 + far, meant: true }); break; }
        }
      }
    }
    found.sort((a, b) => a.rank - b.rank || order.indexOf(a.record.kind) - order.indexOf(b.record.kind) || a.record.title.localeCompare(b.record.title));
    return found.slice(0, most);
  }

  let number = 0;

  // A combobox with a list, after the pattern of the ARIA authoring practices.
  function complete(input, kinds, take) {
    const list = document.createElement("ul");
    list.className = "options";
    list.id = "options-" + (number += 1);
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Names");
    input.after(list);
    input.removeAttribute("list");
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) input.setAttribute(name, value);
    let shown = [];
    let at = -1;

    function close() {
      list.hidden = true;
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function mark(place) {
      at = place;
      [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
      if (at >= 0) {
        input.setAttribute("aria-activedescendant", list.children[at].id);
        list.children[at].scrollIntoView({ block: "nearest" });
      } else input.removeAttribute("aria-activedescendant");
    }

    async function show() {
      const text = input.value;
      const records = await names();
      if (text !== input.value) return;
      shown = matches(records, text, kinds);
      list.replaceChildren(...shown.map((one, index) => {
        const item = document.createElement("li");
        item.id = list.id + "-" + index;
        item.setAttribute("role", "option");
        item.append((one.meant ? "Did you mean " : "") + one.record.title + (one.meant ? "?" : "") + " ");
        const note = document.createElement("span");
        note.className = "note";
        note.textContent = one.record.of + (key(one.said) === key(one.record.title) ? "" : ", “" + one.said + "”");
        item.append(note);
        item.addEventListener("mousedown", (event) => { event.preventDefault(); close(); take(one.record); });
        return item;
      }));
      list.hidden = !shown.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      mark(-1);
    }

    input.addEventListener("input", show);
    input.addEventListener("focus", () => { names(); });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        mark((at + step + shown.length + 1) % (shown.length + 1) === shown.length ? -1 : (at === -1 && step === -1 ? shown.length - 1 : at + step));
      } else if (event.key === "Enter" && at >= 0) {
        event.preventDefault();
        const one = shown[at].record;
        close();
        take(one);
      } else if (event.key === "Escape") {
        event.preventDefault();
        close();
      }
    });
  }

  function go(record) {
    window.location.href = start + record.path + "/" + record.id.split("/").map(encodeURIComponent).join("/") + suffix + window.location.search.replace(/^(?!\?lang=\w+$).*/, "");
  }

  complete(box, null, go);
  document.querySelectorAll("input[data-kinds]").forEach((input) => {
    complete(input, input.dataset.kinds.split(" "), (record) => { input.value = record.title; input.focus(); });
  });
  if (box.form && !box.form.action.includes("/search")) {
    // A folder of files has no server that could search: the best name is the page.
    box.form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const found = matches(await names(), box.value, null);
      if (found.length) go(found[0].record);
    });
  }
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      box.focus();
    }
  });

  // On a telephone the answer comes before the form of the next question.
  if (window.matchMedia("(max-width: 40rem)").matches) document.querySelectorAll("details.again").forEach((part) => { part.open = false; });

  // On paper everything is there; a link to a source opens the list that it is in.
  window.addEventListener("beforeprint", () => document.querySelectorAll(".sources details").forEach((part) => { part.open = true; }));
  document.addEventListener("click", (event) => {
    const place = event.target.closest("a.ref");
    const source = place && document.getElementById(place.hash.slice(1));
    if (source) source.closest("details").open = true;
  });

  // A button beside everything that is to be taken along.
  document.querySelectorAll(".take").forEach((part) => {
    if (!navigator.clipboard) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(part.textContent.trim());
      button.textContent = "Copied";
    });
    part.after(button);
  });

  // Columns of tables keep their names where the rows become blocks, on a telephone.
  document.querySelectorAll(".wide table").forEach((table) => {
    const heads = [...table.querySelectorAll("thead th")].map((head) => head.textContent);
    table.querySelectorAll("tbody tr").forEach((row) => {
      [...row.children].forEach((cell, index) => { if (index && cell.textContent.trim()) cell.dataset.of = heads[index]; });
    });
  });
})();
