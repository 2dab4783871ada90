// What the bundle of Cayley's web UI calls in place of its own functions, and
// the notice in which kg says what the UI keeps silent about: errors, the
// number of rows, that an answer was cut, what a write did.
(function () {
  "use strict";

  const settings = window.kgSettings; // of this server; see settings.js

  // What is in the editor when nothing was asked before: any graph has edges, and
  // the picture draws them.
  const first = '// Some edges: from what, by which relation, to what. Ctrl+Enter runs it.\ng.V().tag("source").out(null, "by").tag("target").limit(25).all()';
  const last = "LAST_QUERY"; // where the UI keeps what was asked last
  const past = "kg-history"; // where we keep what was asked before that
  const mostPast = 100;

  let names = {}; // of the IRIs of the last answer

  // asked is the query in the page's address.
  const asked = () => new URLSearchParams(location.hash.slice(1)).get("q");
  if (asked()) localStorage.setItem(last, JSON.stringify({ text: asked(), language: "gizmo" }));

  // load puts a query into the editor.
  function load(text) {
    const editor = monaco.editor.written();
    if (editor) editor.setValue(text);
  }
  addEventListener("hashchange", () => asked() && load(asked()));

  function readPast() {
    try {
      return JSON.parse(localStorage.getItem(past)) || [];
    } catch {
      return [];
    }
  }

  // queries is the history as the UI has it, the oldest first.
  const queries = () => readPast().map(({ text, time, failed }, id) => ({ id, text, language: "gizmo", time: new Date(time), result: failed ? { error: "" } : {} }));

  // remember keeps a query, in the address and in the history.
  function remember(text, failed) {
    if (text !== asked()) history.replaceState(null, "", "#" + new URLSearchParams({ q: text }));
    const list = [...readPast(), { text, time: Date.now(), failed }].slice(-mostPast);
    try {
      localStorage.setItem(past, JSON.stringify(list));
    } catch { /* what a browser has no room for is not kept */ }
  }

  // notice shows a text in the bar below the page until the next one; actions are [label, function].
  function notice(kind, text, actions) {
    const box = document.getElementById("kg-notice");
    box.className = "kg-" + kind;
    box.replaceChildren(text);
    for (const [label, act] of actions || []) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.addEventListener("click", act);
      box.append(button);
    }
  }

  const count = (n, noun) => n.toLocaleString("en") + " " + noun + (n === 1 ? "" : "s");

  let limit = null; // of rows; null is the server's own

  // request is fetch for the API. Its answer is always an object: what the
  // server could not say in JSON, and that it could not be reached, are errors
  // too, and nothing is thrown, since the UI does not catch it.
  async function request(address, options) {
    const token = localStorage.getItem("kg-token"); // see the page of the printed address
    if (token && /\/(write|delete)$/.test(address)) {
      options = { ...options, headers: { ...options?.headers, Authorization: "Bearer " + token } };
    }
    const asks = address.includes("/query?");
    if (asks && limit !== null) address += "&limit=" + limit;
    const stop = new AbortController();
    notice("busy", asks ? "Running the query…" : "Working…", asks ? [["Stop", () => stop.abort()]] : []);
    let body;
    try {
      const response = await fetch(address, { ...options, signal: stop.signal });
      const text = await response.text();
      try {
        body = JSON.parse(text);
      } catch (_) {
        body = { error: text.trim() || response.status + " " + response.statusText };
      }
    } catch (error) {
      body = { error: stop.signal.aborted ? "stopped" : "the server cannot be reached: " + error.message };
    }
    if (body === null || typeof body !== "object") body = { error: "the server's answer is not what it should be" };
    if (asks) {
      const rows = Array.isArray(body.result) ? body.result : [];
      names = await kgRows.named(rows);
      kgRows.show(rows);
      if (address.includes("lang=gizmo")) remember(String(options.body), Boolean(body.error));
    }
    report(body, asks);
    return { json: async () => body };
  }

  function report(body, asks) {
    const editor = monaco.editor.written();
    if (editor) editor.mark(body.line || 0);
    if (body.error) {
      notice("failed", body.error);
    } else if (body.truncated) {
      const all = [["Show more", () => more(body)]];
      notice("cut", "The first " + count(body.limit, "row") + "; there are more.", body.limit < settings.most ? all : []);
    } else if (Array.isArray(body.result) && body.result.length === 1 && body.result[0] === null) {
      // As Cayley has it: clients may count on it.
      notice("cut", "The query ends with a value that it does not give out: write g.emit(…) around it.");
    } else if (Array.isArray(body.result)) {
      notice("done", body.result.length === 0 ? "The query has no answer: no rows." : count(body.result.length, "row") + ", all there are.");
    } else if (typeof body.result === "string") {
      notice("done", body.result);
    } else if (Array.isArray(body.nodes)) {
      notice("done", "The shape of the query: " + count(body.nodes.length, "node") + ", " + count(body.links.length, "link") + ".");
    } else {
      notice("done", "Done.");
    }
  }

  // more runs the query again with room for ten times the rows.
  function more(body) {
    limit = Math.min(body.limit * 10, settings.most);
    const editor = monaco.editor.written();
    if (editor) editor.run("cayley-run");
  }

  // short is an IRI as people read and type it.
  function short(iri) {
    let best = ["", ""];
    for (const [name, full] of settings.prefixes) {
      if (iri.startsWith(full) && full.length > best[1].length) best = [name + ":", full];
    }
    return best[0] + iri.slice(best[1].length);
  }

  // pageOf is the page of an IRI.
  const pageOf = (iri) => "../entity?id=" + encodeURIComponent(short(iri));

  // brief is the last part of a long name, which says most of it.
  const brief = (name) => (name.length > 28 && /\/[^/]+$/.test(name) ? "…" + /\/[^/]+$/.exec(name)[0] : name);

  // termOf is a value of a row as a node of the picture: one for each value,
  // literals included.
  function termOf(value) {
    if (value !== null && typeof value === "object") {
      if (typeof value["@id"] === "string") {
        const iri = value["@id"].replace(/^<|>$/g, "");
        return { id: "<" + iri + ">", iri, name: names[iri] || brief(short(iri)) };
      }
      if ("@value" in value) {
        const tail = value["@language"] ? "@" + value["@language"] : value["@type"] ? " (" + short(value["@type"]) + ")" : "";
        return { id: JSON.stringify(value), name: value["@value"] + tail };
      }
    }
    if (typeof value === "string" && /^<[^<>\s]+>$/.test(value)) return termOf({ "@id": value });
    return { id: JSON.stringify(value), name: typeof value === "string" ? value : JSON.stringify(value) };
  }

  let drawn = { rows: null, graph: null };

  // graph makes a picture of rows that have source and target. What else a row
  // has, save its id, names its edge; edges between the same two are one.
  function graph(rows) {
    if (drawn.rows === rows) return drawn.graph;
    const nodes = new Map();
    const links = new Map();
    let without = 0;
    for (const row of Array.isArray(rows) ? rows : []) {
      if (row === null || typeof row !== "object" || !("source" in row) || !("target" in row)) {
        without++;
        continue;
      }
      const ends = [termOf(row.source), termOf(row.target)];
      for (const end of ends) if (!nodes.has(end.id)) nodes.set(end.id, end);
      const key = JSON.stringify([ends[0].id, ends[1].id]);
      if (!links.has(key)) links.set(key, { source: ends[0].id, target: ends[1].id, names: new Set() });
      for (const tag of Object.keys(row)) {
        if (tag !== "source" && tag !== "target" && tag !== "id") links.get(key).names.add(termOf(row[tag]).name);
      }
    }
    spread([...links.values()]);
    drawn = { rows, graph: { nodes: [...nodes.values()], links: [...links.values()] } };
    if (without > 0) tellWithout(without, rows.length);
    if (links.size > 0) requestAnimationFrame(() => document.querySelector(".graph")?.scrollIntoView({ block: "end" }));
    return drawn.graph;
  }

  // spread makes a line the longer the more of them meet at one of its ends.
  function spread(links) {
    const met = new Map();
    for (const l of links) for (const end of [l.source, l.target]) met.set(end, (met.get(end) || 0) + 1);
    for (const l of links) l.distance = Math.min(600, Math.max(120, 8 * Math.max(met.get(l.source), met.get(l.target))));
  }

  function tellWithout(without, all) {
    const how = 'A row is drawn from its tags source and target, and its edge is named by any other tag: g.V("<…>").tag("source").out(null, "by").tag("target").all()';
    const words = without === all ? "Nothing to draw. " : count(without, "row") + " of " + count(all, "row") + " not drawn. ";
    // The notice about the query itself comes first; this one is part of it.
    const said = document.getElementById("kg-notice").firstChild.textContent + " ";
    if (!said.includes(how)) notice("cut", said + words + how);
  }

  // component makes a React component once: another one each time it is drawn
  // would be built anew each time.
  function component(draw) {
    let made = null;
    return (React) => made || (made = (props) => draw(React.createElement, props));
  }

  const node = component((h, { node }) => {
    const left = node.x < middle - 1; // names lead away from the lines
    const dot = node.iri ? h("circle", { r: 6, className: "kg-node" }) : h("rect", { x: -5, y: -5, width: 10, height: 10, className: "kg-literal" });
    const name = node.name.length > 60 ? node.name.slice(0, 59) + "…" : node.name;
    const shape = [h("title", { key: "t" }, node.iri || node.name), h("g", { key: "d" }, dot), h("text", { key: "n", x: left ? -9 : 9, y: 4, textAnchor: left ? "end" : "start", className: "kg-name" }, name)];
    if (!node.iri) return h("g", null, shape);
    return h("a", { href: pageOf(node.iri), target: "_blank" }, shape);
  });

  const link = component((h, { link }) => {
    const { source: a, target: b } = link;
    const name = [...link.names].join(", ");
    const line = a === b ? "M0,0 c-60,-50 60,-50 0,0" : "M0,0 L" + (b.x - a.x) + "," + (b.y - a.y);
    const middle = a === b ? { x: 0, y: -40 } : { x: (b.x - a.x) * 0.65, y: (b.y - a.y) * 0.65 };
    const turn = (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI;
    const arrow = "translate(" + (b.x - a.x) + "," + (b.y - a.y) + ") rotate(" + (turn || 0) + ")";
    const head = a === b ? null : h("path", { d: "M-6,0 L-16,-5 L-16,5 Z", transform: arrow, className: "kg-arrow" });
    return h("g", { transform: "translate(" + a.x + "," + a.y + ")" }, h("path", { d: line, className: "kg-edge" }), head, h("text", { x: middle.x, y: middle.y, className: "kg-edge-name" }, name));
  });

  let middle = 0; // of the picture, from left to right

  // frame is the part of the plane that the picture shows: all of it, with room
  // for the names.
  function frame(picture, width, height) {
    if (!width || !height) return null;
    middle = width / 2;
    const nodes = picture.nodes.filter((n) => Number.isFinite(n.x));
    const left = Math.min(0, ...nodes.map((n) => n.x - 200));
    const top = Math.min(0, ...nodes.map((n) => n.y - 20));
    const right = Math.max(width, ...nodes.map((n) => n.x + 200));
    const bottom = Math.max(height, ...nodes.map((n) => n.y + 20));
    return { viewBox: [left, top, right - left, bottom - top].join(" ") };
  }

  // The saved questions: choosing one puts it into the editor, with a link to its page.
  const saved = document.getElementById("kg-saved");
  for (const { name, question } of settings.saved) saved.add(new Option(question, name));
  saved.parentElement.hidden = settings.saved.length === 0;
  saved.addEventListener("change", () => {
    const chosen = settings.saved.find((one) => one.name === saved.value);
    const page = document.getElementById("kg-page");
    page.hidden = !chosen;
    if (!chosen) return;
    page.href = "../query/" + chosen.name;
    load(chosen.text);
  });

  // cure names what the UI leaves without a name or with a role that it has not: the
  // lists to choose from and the tabs. It draws them anew at each turn.
  function cure() {
    for (const box of document.querySelectorAll(".mdc-select[role]")) box.removeAttribute("role");
    for (const list of document.querySelectorAll(".mdc-select__native-control:not([aria-label])")) {
      list.setAttribute("aria-label", [...list.options].some((o) => o.value === "gizmo") ? "Query language" : "Write or delete");
    }
    for (const tab of document.querySelectorAll(".mdc-tab:not([role])")) {
      tab.setAttribute("role", "tab");
      tab.parentElement.setAttribute("role", "tablist");
      tab.parentElement.setAttribute("aria-label", "What is shown");
    }
  }
  new MutationObserver(cure).observe(document.getElementById("root"), { childList: true, subtree: true });

  window.kg = { first, history: queries, load, termOf, pageOf, fetch: request, graph, node, link, frame, distance: (l) => l.distance };
})();
