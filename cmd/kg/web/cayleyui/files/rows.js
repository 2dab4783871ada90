// The rows of an answer as a table beside the JSON: a column for each tag, names
// in place of IRIs where there are names, links to the pages, and CSV.
(function () {
  "use strict";

  const mostShown = 200; // rows at first; a button shows all
  const mostNamed = 500; // IRIs that the server names at once

  const iriOf = (value) => window.kg.termOf(value).iri;

  // named asks for the names of the IRIs in rows; none is no error.
  async function named(rows) {
    const iris = new Set();
    for (const row of rows) {
      for (const value of row !== null && typeof row === "object" && !("@id" in row) ? Object.values(row) : [row]) {
        const iri = iriOf(value);
        if (iri && iris.size < mostNamed) iris.add(iri);
      }
    }
    if (iris.size === 0) return {};
    try {
      const response = await fetch("../api/kg/names", { method: "POST", body: JSON.stringify([...iris]) });
      return response.ok ? await response.json() : {};
    } catch {
      return {};
    }
  }

  // cells are rows under columns: a row that is no object has one, "value".
  function cells(rows) {
    const columns = [];
    const list = rows.map((row) => {
      const of = row !== null && typeof row === "object" && !("@id" in row) && !("@value" in row) ? row : { value: row };
      for (const name of Object.keys(of)) if (!columns.includes(name)) columns.push(name);
      return of;
    });
    return { columns, list };
  }

  function cell(value) {
    const td = document.createElement("td");
    if (value === undefined) return td;
    const term = window.kg.termOf(value);
    if (!term.iri) {
      td.textContent = term.name;
      return td;
    }
    const a = document.createElement("a");
    a.href = window.kg.pageOf(term.iri);
    a.textContent = term.name;
    a.title = term.iri;
    td.append(a);
    return td;
  }

  // csv is RFC 4180 with names and, beside them, IRIs. A text that a spreadsheet would
  // take for a formula gets an apostrophe before it.
  function csv({ columns, list }) {
    const quote = (text) => '"' + (/^\s*[=+\-@]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text) ? "'" + text : text).replaceAll('"', '""') + '"';
    const line = (texts) => texts.map(quote).join(",");
    const rows = list.map((row) => line(columns.flatMap((c) => {
      const term = row[c] === undefined ? { name: "" } : window.kg.termOf(row[c]);
      return [term.name, term.iri || ""];
    })));
    return "\uFEFF" + [line(columns.flatMap((c) => [c, c + " IRI"])), ...rows].join("\r\n") + "\r\n";
  }

  function button(label, act) {
    const b = document.createElement("button");
    b.type = "button";
    b.textContent = label;
    b.addEventListener("click", act);
    return b;
  }

  function save(text) {
    const a = document.createElement("a");
    a.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    a.download = "answer.csv";
    a.click();
    setTimeout(() => URL.revokeObjectURL(a.href), 1000);
  }

  // show puts a table in place of the last one; no rows leave none.
  function show(rows) {
    const box = document.getElementById("kg-rows");
    box.hidden = rows.length === 0;
    box.replaceChildren();
    if (rows.length === 0) return;
    const all = cells(rows);
    const table = document.createElement("table");
    const head = table.createTHead().insertRow();
    for (const name of all.columns) {
      const th = document.createElement("th");
      th.scope = "col";
      th.textContent = name;
      head.append(th);
    }
    const body = table.createTBody();
    const fill = (from, to) => {
      for (const row of all.list.slice(from, to)) body.insertRow().append(...all.columns.map((name) => cell(row[name])));
    };
    fill(0, mostShown);
    const tools = document.createElement("p");
    tools.append(button("Download as CSV", () => save(csv(all))));
    if (rows.length > mostShown) {
      const more = button("Show all " + rows.length.toLocaleString("en") + " rows", () => { fill(mostShown); more.remove(); });
      tools.append(more);
    }
    box.append(tools, table);
  }

  window.kgRows = { named, show };
})();
