// The SPARQL editor: this server's endpoint, the named questions as tabs, and nothing fetched from elsewhere.
"use strict";

(function () {
  const questions = JSON.parse(document.getElementById("questions").textContent);
  const place = document.getElementById("editor");
  // beside this file, wherever the server is reached: at the root of a host, or below a path of it
  const endpoint = new URL("../sparql", document.currentScript.src).href;
  // Its own list of prefixes comes from a host of the web; the queries declare theirs, and the server knows the rest.
  Yasgui.Yasqe.defaults.autocompleters = ["variables"];
  // Completion by our ontology: a name, or a word of its label; the editor's own asks a host of the web.
  const terms = JSON.parse(document.getElementById("terms").textContent);
  ["property", "class"].forEach((kind) => {
    const labels = new Map(terms.filter((term) => term.kind === kind).map((term) => [term.name, term.label]));
    const wanted = (token) => token.string.trim().toLowerCase();
    Yasgui.Yasqe.forkAutocompleter(kind, {
      name: `graph-${kind}`,
      preProcessToken: (_, token) => token,
      get: (_, token) => {
        const typed = wanted(token), local = typed.slice(typed.indexOf(":") + 1);
        const starts = (name) => name.toLowerCase().startsWith(typed);
        return [...labels.keys()]
          .filter((name) => starts(name) || (local && `${name} ${labels.get(name)}`.toLowerCase().includes(local)))
          .sort((a, b) => starts(b) - starts(a) || a.localeCompare(b)).slice(0, 50);
      },
      // The server knows the prefixes without a declaration, so that the short name is enough.
      postProcessSuggestion: (_, __, name) => name,
      postprocessHints: (_, hints) => hints.map((hint) => ({ ...hint, displayText: `${hint.text}  ${labels.get(hint.text)}` })),
    });
  });
  const editor = new Yasgui(place, {
    requestConfig: { endpoint, method: "POST" },
    endpointCatalogueOptions: { getData: () => [{ endpoint }] },
    copyEndpointOnNewTab: true,
    persistenceId: null,
    populateFromUrl: true,
    autofocus: true,
  });
  const first = editor.getTab();
  questions.forEach((question) => {
    editor.addTab(false, {
      name: question.name,
      yasqe: { value: question.query },
      requestConfig: { endpoint, method: "POST" },
    });
  });
  if (first && !window.location.hash) {
    first.setName("your query");
    first.setQuery("PREFIX tg: <https://w3id.org/treatygraph/ontology#>\n\n" +
      "SELECT ?instrument ?title WHERE {\n  ?instrument a tg:Instrument ; tg:shortTitle ?title .\n}\nORDER BY ?title\nLIMIT 20");
  }
  window.editor = editor;
})();

// What the editor leaves unsaid: names of its fields, tabs whose panels are not in the page, a button among the tabs.
(function () {
  function name() {
    document.querySelectorAll(".tabsList").forEach((list) => list.setAttribute("role", "group"));
    document.querySelectorAll(".tabsList [role=tab]").forEach((tab) => {
      tab.removeAttribute("role");
      tab.removeAttribute("aria-controls");
      tab.setAttribute("aria-current", String(Boolean(tab.closest(".active"))));
      tab.removeAttribute("aria-selected");
    });
    document.querySelectorAll("#editor input:not([aria-label]), #editor textarea:not([aria-label])").forEach((field) => {
      field.setAttribute("aria-label", field.placeholder || (field.className.includes("autocomplete") ? "Endpoint" : "Query"));
    });
  }
  name();
  new MutationObserver(name).observe(document.getElementById("editor"), { childList: true, subtree: true });
})();
