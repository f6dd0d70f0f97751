// The SPARQL editor: this server's endpoint, the named questions as tabs, and nothing fetched from elsewhere.
"use strict";

(function () {
  const questions = JSON.parse(document.getElementById("questions").textContent);
  const place = document.getElementById("editor");
  // beside this file, wherever the server is reached: at the root of a host, or below a path of it
  const endpoint = new URL("../sparql", document.currentScript.src).href;
  // Its own list of prefixes comes from a host of the web; the queries declare theirs, and the server knows the rest.
  Yasgui.Yasqe.defaults.autocompleters = ["variables"];
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
