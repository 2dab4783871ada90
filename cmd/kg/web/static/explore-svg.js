// The picture of Explore as SVG, as it is arranged on the page. Each thing leads to
// its page and each line to its claim, at the address of this server.
"use strict";

window.exploreSVG = (cy, answer, colour) => {
  const escape = (s) => String(s).replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
  const r = (n) => Math.round(n * 10) / 10;
  const linked = (href, title, inner) => {
    const body = "<title>" + escape(title) + "</title>" + inner;
    return href ? '<a href="' + escape(new URL(href, location.origin)) + '">' + body + "</a>" : "<g>" + body + "</g>";
  };
  const lines = (text, x, y, size, fill, weight) => {
    const rows = [];
    for (const part of text.split("\n")) {
      let row = "";
      for (const word of part.split(" ")) {
        if (row && row.length + word.length > 22) { rows.push(row); row = word; } else { row = row ? row + " " + word : word; }
      }
      rows.push(row);
    }
    return '<text text-anchor="middle" font-size="' + size + '" fill="' + fill + '"' + (weight ? ' font-weight="700"' : "") + ">" +
      rows.map((row, i) => '<tspan x="' + r(x) + '" y="' + r(y + i * size * 1.25) + '">' + escape(row) + "</tspan>").join("") + "</text>";
  };
  const box = cy.elements().boundingBox(), pad = 30, foot = 44;
  const at = (key) => cy.getElementById(key).position();
  const paper = colour("paper"), ink = colour("ink"), quiet = colour("quiet");
  const edges = answer.edges.map((e) => {
    const one = cy.getElementById(e.key), from = one.sourceEndpoint(), to = one.targetEndpoint(), mid = one.midpoint();
    const bend = { x: 2 * mid.x - (from.x + to.x) / 2, y: 2 * mid.y - (from.y + to.y) / 2 };
    const line = colour(e.sure === "denied" ? "denied" : "edge");
    const dash = e.sure === "weak" ? ' stroke-dasharray="6 4"' : e.sure === "denied" ? ' stroke-dasharray="2 4"' : "";
    return linked(e.href, e.words + (e.by ? ": " + e.by + ", " + e.says : ""),
      '<path d="M' + r(from.x) + " " + r(from.y) + " Q" + r(bend.x) + " " + r(bend.y) + " " + r(to.x) + " " + r(to.y) + '" fill="none" stroke="' + line + '" stroke-width="1.5"' + dash + ' marker-end="url(#' + (e.sure === "denied" ? "d" : "a") + ')"/>' +
      lines((e.sure === "denied" ? "denied: " : "") + e.words, mid.x, mid.y, 12, quiet));
  });
  const nodes = answer.nodes.map((n) => {
    const p = at(n.key), w = n.focus ? 17 : 13, h = n.focus ? 15 : 11, look = 'fill="' + colour(n.class) + '" stroke="' + colour(n.class + "-l") + '" stroke-width="' + (n.focus ? 4 : 2) + '"';
    const shape = n.class === "person" ? '<ellipse cx="' + r(p.x) + '" cy="' + r(p.y) + '" rx="' + w + '" ry="' + h + '" ' + look + "/>"
      : n.class === "place" ? '<polygon points="' + [[-w, 0], [-w / 2, -h], [w / 2, -h], [w, 0], [w / 2, h], [-w / 2, h]].map(([x, y]) => r(p.x + x) + "," + r(p.y + y)).join(" ") + '" ' + look + "/>"
        : '<rect x="' + r(p.x - w) + '" y="' + r(p.y - h) + '" width="' + 2 * w + '" height="' + 2 * h + '" rx="' + (n.class === "event" || n.class === "group" ? 5 : 0) + '" ' + look + "/>";
    return linked(n.href, n.name + (n.kind ? " (" + n.kind + ")" : ""), shape + lines(n.name, p.x, p.y + h + 16, 13, ink, n.focus));
  });
  const x = r(box.x1 - pad), y = r(box.y1 - pad), w = r(Math.max(box.w + 2 * pad, 480)), h = r(box.h + 2 * pad + foot);
  const marker = (id, name) => '<marker id="' + id + '" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0 10 5 0 10z" fill="' + colour(name) + '"/></marker>';
  const when = new Date().toISOString().slice(0, 10);
  const note = (i, words) => '<text x="' + r(x + 12) + '" y="' + r(y + h - foot + 14 + 18 * i) + '" font-size="12" fill="' + quiet + '">' + escape(words) + "</text>";
  return '<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="' + [x, y, w, h].join(" ") + '" width="' + w + '" height="' + h + '" font-family="system-ui, Helvetica, Arial, sans-serif">' +
    "<title>" + escape(answer.title) + "</title><defs>" + marker("a", "edge") + marker("d", "denied") + '</defs><rect x="' + x + '" y="' + y + '" width="' + w + '" height="' + h + '" fill="' + paper + '"/>' +
    edges.join("") + nodes.join("") + note(0, answer.title + " · " + answer.nodes.length + " things, " + answer.edges.length + " edges · dashed: hedged, planned or derived; dotted: denied") + note(1, when + " · " + location.origin + answer.address.slice(0, 120)) + "</svg>\n";
};
