// The picture of the page Explore. The server says what a state shows, and the
// address is the state: this script draws it, turns clicks and keys into the next
// state, and keeps the way back. Without it the page's buttons do the same.
"use strict";

(() => {
  const form = document.getElementById("explore");
  const net = document.getElementById("x-net");
  const says = document.getElementById("x-says");
  document.getElementById("x-stage").hidden = false;

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const classes = { person: "ellipse", organisation: "rectangle", group: "round-rectangle", place: "hexagon", event: "round-rectangle", figure: "tag", record: "cut-rectangle", thing: "rectangle" };

  // Letters are 13 pixels, and are left out rather than drawn with less than 12.
  const style = () => [
    { selector: "node", style: { label: "data(name)", "font-size": 13, "min-zoomed-font-size": 12, "text-wrap": "wrap", "text-max-width": "130px",
      "text-valign": "bottom", "text-margin-y": 4, color: colour("ink"), "text-background-color": colour("paper"), "text-background-opacity": .85, "text-background-padding": "2px",
      width: 26, height: 22, "border-width": 2, "font-family": "system-ui, sans-serif" } },
    ...Object.entries(classes).map(([name, shape]) => ({ selector: "node[look='" + name + "']", style: { shape, "background-color": colour(name), "border-color": colour(name + "-l") } })),
    { selector: "node[?focus]", style: { width: 34, height: 30, "border-width": 4, "font-weight": 700 } },
    { selector: "node[?pinned]", style: { "border-style": "double", "border-width": 6 } },
    { selector: "edge", style: { label: "data(words)", "font-size": 12, "min-zoomed-font-size": 12, "text-wrap": "wrap", "text-max-width": "110px", color: colour("quiet"),
      "text-background-color": colour("paper"), "text-background-opacity": .85, "text-background-padding": "1px", "font-family": "system-ui, sans-serif",
      width: 1.5, "line-color": colour("edge"), "target-arrow-color": colour("edge"), "target-arrow-shape": "triangle", "curve-style": "bezier", "source-endpoint": "outside-to-node-or-label", "target-endpoint": "outside-to-node-or-label" } },
    { selector: "edge[sure='weak']", style: { "line-style": "dashed" } },
    { selector: "edge[sure='denied']", style: { "line-style": "dotted", width: 2.5, "line-color": colour("denied"), "target-arrow-color": colour("denied"), color: colour("denied") } },
    { selector: "edge.quiet", style: { label: "" } },
    { selector: "edge.near", style: { label: "data(words)", "z-index": 8 } },
    { selector: ".at", style: { "border-color": colour("accent"), "border-width": 5, "line-color": colour("accent"), "target-arrow-color": colour("accent"), width: 4, "z-index": 9 } },
    { selector: "node.at", style: { width: 34, height: 30, "underlay-color": colour("accent"), "underlay-opacity": .25, "underlay-padding": 7 } },
  ];

  const cy = window.cytoscape({ container: net, style: style(), minZoom: .1, maxZoom: 4, autounselectify: true, boxSelectionEnabled: false });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => cy.style(style()));

  let answer = { nodes: [], edges: [], at: "" };
  let asked = 0;

  // New things begin around the one they hang on, away from the middle.
  const place = (fresh, known) => {
    const step = Math.PI * (3 - Math.sqrt(5));
    let alone = 0;
    for (const node of fresh) {
      const anchor = node.neighborhood("node").filter((other) => known.has(other)).first();
      const n = anchor.length > 0 ? (anchor.scratch("_kids") || 0) + 1 : ++alone;
      if (anchor.length > 0) { anchor.scratch("_kids", n); }
      const at = anchor.length > 0 ? anchor.position() : { x: 0, y: 0 };
      const away = 90 + 22 * Math.sqrt(n) * 2, turn = Math.atan2(at.y, at.x) + n * step;
      node.position({ x: at.x + away * Math.cos(turn), y: at.y + away * Math.sin(turn) });
    }
  };

  // Larger pictures than the frame scroll: letters too small to read are no picture.
  // The frame is no larger than the picture on either side.
  const fit = () => {
    cy.fit(undefined, 30);
    if (cy.zoom() > 1.2) { cy.zoom(1.2); cy.center(); }
    if (cy.zoom() < .93) {
      cy.zoom(.93);
      const about = cy.getElementById(answer.at).nonempty() ? cy.getElementById(answer.at) : cy.nodes("[?focus]").first();
      cy.center(about.nonempty() ? about : undefined);
      const box = cy.elements().renderedBoundingBox(), pad = 30;
      const by = (low, high, room) => (high - low + 2 * pad <= room ? (room - low - high) / 2 : low > pad ? pad - low : high < room - pad ? room - pad - high : 0);
      cy.panBy({ x: by(box.x1, box.x2, cy.width()), y: by(box.y1, box.y2, cy.height()) });
    }
  };

  const layout = (held) => {
    held.lock();
    cy.layout({ name: "cose", animate: false, randomize: false, fit: false, nodeDimensionsIncludeLabels: true, idealEdgeLength: () => 70,
      nodeRepulsion: () => 5000, nodeOverlap: 20, numIter: 800, gravity: 1, componentSpacing: 30 }).run();
    held.unlock();
  };

  const draw = () => {
    const first = cy.nodes().empty();
    const want = new Set([...answer.nodes.map((n) => n.key), ...answer.edges.map((e) => e.key)]);
    cy.batch(() => {
      cy.elements().filter((one) => !want.has(one.id())).remove();
      for (const n of answer.nodes) {
        const data = { id: n.key, name: n.name + (n.left ? "\n+ " + n.left.toLocaleString("en") : ""), look: n.class, focus: n.focus, pinned: !!n.pin, opens: n.opens, pages: n.pages || 0, kind: n.kind || "" };
        const have = cy.getElementById(n.key);
        if (have.nonempty()) { have.data(data); } else { cy.add({ group: "nodes", data, classes: "fresh" }); }
      }
      for (const e of answer.edges) {
        const data = { id: e.key, source: e.from, target: e.to, words: e.words, sure: e.sure, by: e.by || "", says: e.says || "" };
        if (cy.getElementById(e.key).empty()) { cy.add({ group: "edges", data }); }
      }
      cy.elements().removeClass("at near");
      cy.getElementById(answer.at || "").addClass("at near");
      // Of many lines only those under the pointer have their words.
      cy.edges().toggleClass("quiet", answer.edges.length > 20);
    });
    const fresh = cy.nodes(".fresh").removeClass("fresh");
    if (fresh.nonempty()) { place(fresh, cy.nodes().difference(fresh)); }
    for (const n of answer.nodes) { if (n.pin) { cy.getElementById(n.key).position({ x: n.pin[0], y: n.pin[1] }); } }
    if (fresh.nonempty()) { layout(first ? cy.nodes("[?pinned]") : cy.nodes().difference(fresh)); }
    if (first) { fit(); }
  };

  const fill = () => {
    // What had the focus keeps it, if it is still there.
    const had = document.activeElement, key = had && had.name ? [had.name, had.value] : null;
    const within = had && ["x-at", "x-filters", "x-shown"].find((id) => document.getElementById(id).contains(had));
    for (const [name, html] of Object.entries(answer.parts)) { document.getElementById("x-" + name).innerHTML = html; }
    for (const button of form.querySelectorAll("[data-do='pin']")) { button.hidden = false; }
    if (within) {
      const again = key && [...document.getElementById(within).querySelectorAll("[name]")].find((one) => one.name === key[0] && one.value === key[1]);
      (again || document.getElementById("x-chosen") || net).focus({ preventScroll: true });
    }
    says.textContent = answer.nodes.length + " things and " + answer.edges.length + " edges shown.";
  };

  const go = async (params, push) => {
    const mine = ++asked;
    params.set("format", "json");
    net.setAttribute("aria-busy", "true");
    try {
      const response = await fetch("/explore?" + params);
      if (!response.ok) { throw new Error(await response.text()); }
      const got = await response.json();
      if (mine !== asked) { return; }
      answer = got;
      if (push && location.pathname + location.search !== answer.address) { history.pushState(null, "", answer.address); }
      draw();
      fill();
    } catch (error) {
      if (mine === asked) { document.getElementById("x-at").innerHTML = ""; document.getElementById("x-at").textContent = says.textContent = String(error.message || error); }
    } finally {
      if (mine === asked) { net.removeAttribute("aria-busy"); }
    }
  };

  const now = () => new URLSearchParams(location.search);
  const change = (...pairs) => {
    const params = now();
    for (const [name, value] of pairs) {
      if (name === "at") { params.set(name, value); } else { params.append(name, value); }
    }
    return go(params, true);
  };
  const spot = (node) => Math.round(node.position("x")) + "," + Math.round(node.position("y")) + "~" + node.id();
  const choose = (one) => change(["at", one.id()]);
  const open = (node, further) => {
    const pages = node.data("pages");
    return node.data("opens") && (further || pages === 0) ? change(["at", node.id()], ["open", (pages + 1) + "~" + node.id()]) : choose(node);
  };

  cy.on("tap", "node", (event) => { open(event.target, false); });
  cy.on("tap", "edge", (event) => { choose(event.target); });
  cy.on("mouseover", "node, edge", (event) => { (event.target.isEdge() ? event.target : event.target.connectedEdges()).addClass("near"); });
  cy.on("mouseout", "node, edge", () => { cy.edges().not(".at").removeClass("near"); });
  cy.on("dragfree", "node", (event) => { change(["pin", spot(event.target)]); });

  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button && button.name === "format") { return; }
    event.preventDefault();
    const params = new URLSearchParams(new FormData(form, button));
    if (button && button.name === "open") { params.set("at", button.value.slice(button.value.indexOf("~") + 1)); }
    if (button && button.name === "at") { params.set("at", button.value); }
    go(params, true).then(() => { if (button && button.name === "at") { document.getElementById("x-at").scrollIntoView({ block: "nearest" }); document.getElementById("x-chosen")?.focus({ preventScroll: true }); } });
  });
  addEventListener("popstate", () => { go(now(), false); });

  const zoom = (by) => { cy.zoom({ level: cy.zoom() * by, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } }); };
  const save = (blob, ending) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = "explore." + ending;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const doing = {
    in: () => zoom(1.3),
    out: () => zoom(1 / 1.3),
    fit,
    arrange: () => { layout(cy.nodes("[?pinned]")); fit(); },
    full: () => { if (document.fullscreenElement) { document.exitFullscreen(); } else { document.getElementById("x-stage").requestFullscreen(); } },
    pin: (button) => change(["pin", spot(cy.getElementById(button.dataset.key))]),
    png: async () => save(await cy.png({ output: "blob-promise", full: true, scale: 2, bg: colour("paper"), maxWidth: 8000, maxHeight: 8000 }), "png"),
    svg: () => save(new Blob([window.exploreSVG(cy, answer, colour)], { type: "image/svg+xml" }), "svg"),
  };
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) { doing[button.dataset.do](button); }
  });
  document.addEventListener("fullscreenchange", () => { cy.resize(); fit(); });
  addEventListener("resize", () => { cy.resize(); });

  // By keyboard: one thing or line at a time has the cursor.
  let cursor = null;
  const tell = (one) => {
    cursor = one;
    cy.elements().removeClass("at near");
    one.addClass("at near");
    const box = one.renderedBoundingBox();
    if (box.x1 < 0 || box.y1 < 0 || box.x2 > cy.width() || box.y2 > cy.height()) { cy.center(one); }
    says.textContent = one.isNode()
      ? one.data("name") + (one.data("kind") ? ", " + one.data("kind") : "") + ", " + one.connectedEdges().length + " lines" + (one.data("pages") ? ", open" : "")
      : one.source().data("name") + " " + one.data("words") + " " + one.target().data("name") + (one.data("by") ? ", said by " + one.data("by") + ", " + one.data("says") : "");
  };
  const here = () => {
    const at = cursor && cursor.inside() ? cursor : cy.getElementById(answer.at || "");
    return at.nonempty() ? at : cy.nodes("[?focus]").nonempty() ? cy.nodes("[?focus]").first() : cy.nodes().first();
  };
  // The nearest thing in a direction counts what lies beside it double.
  const step = (dx, dy) => {
    let from = here();
    if (from.isEdge()) { from = from.source(); }
    const p = from.position();
    let best = null, least = Infinity;
    cy.nodes().forEach((node) => {
      const x = node.position("x") - p.x, y = node.position("y") - p.y;
      const along = x * dx + y * dy, beside = Math.abs(x * dy) + Math.abs(y * dx);
      if (node.id() !== from.id() && along > 0 && along + 2 * beside < least) { best = node; least = along + 2 * beside; }
    });
    if (best) { tell(best); }
  };
  const line = () => {
    let at = here();
    const node = at.isEdge() ? at.scratch("_of") || at.source() : at;
    const lines = node.connectedEdges();
    if (lines.empty()) { return; }
    const next = lines[(at.isEdge() ? lines.toArray().findIndex((one) => one.id() === at.id()) + 1 : 0) % lines.length];
    next.scratch("_of", node);
    tell(next);
  };
  const shift = (dx, dy) => {
    const at = here();
    if (at.isNode()) { at.position({ x: at.position("x") + 20 * dx, y: at.position("y") + 20 * dy }); change(["pin", spot(at)]); }
  };
  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  net.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || cy.nodes().empty()) { return; }
    const way = ways[event.key];
    const keys = {
      Enter: () => { const at = here(); if (at.isNode()) { open(at, true); } else { choose(at); } },
      " ": () => choose(here()),
      e: line, h: () => { const at = here(); if (at.isNode()) { cursor = null; change(["hide", at.id()]); } },
      p: () => { const at = here(); if (at.isNode()) { change([at.data("pinned") ? "unpin" : "pin", at.data("pinned") ? at.id() : spot(at)]); } },
      "+": doing.in, "=": doing.in, "-": doing.out, 0: fit, f: doing.full,
    };
    const act = way ? () => (event.shiftKey ? shift(...way) : step(...way)) : keys[event.key] || keys[event.key.toLowerCase()];
    if (act) { event.preventDefault(); act(); }
  });

  window.exploring = cy; // for those who look at a picture from the console, and tests
  go(now(), false);
})();
