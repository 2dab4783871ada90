// The desk: words are marked with the mouse or with keys, fields are completed and
// the claim is previewed as one types. All of it is asked of the server; without
// this script the form is sent as it is, with the words typed and a token.
"use strict";

const ask = (address, fields, extra) => {
  let token = null;
  try { token = localStorage.getItem("kg-token"); } catch { /* then saving is refused, with the reason */ }
  return fetch(address, { method: "POST", body: new URLSearchParams([...fields, ...extra]), headers: { Accept: "text/html", ...(token ? { Authorization: "Bearer " + token } : {}) } });
};

// marking keeps what is marked in the text, and puts it into the form.
const marking = (text, form) => {
  const all = text.textContent;
  const points = (n) => [...all.slice(0, n)].length;
  const units = (n) => [...all].slice(0, n).join("").length;
  const lines = all.replace(/([^\n])\n(?!\n)/g, "$1 "); // a line that is wrapped ends no sentence
  const segments = (granularity) => typeof Intl.Segmenter === "function"
    ? [...new Intl.Segmenter(undefined, { granularity }).segment(lines)].map((s) => [s.index, s.index + s.segment.trimEnd().length, s.isWordLike])
    : [...lines.matchAll(granularity === "word" ? /\S+/g : /\S[^.!?\n]*[.!?]*/g)].map((m) => [m.index, m.index + m[0].trimEnd().length, true]);
  const once = (make) => { let made; return () => made ??= make(); }; // a long text takes a while
  const sentences = once(() => {
    const body = units(Number(text.dataset.body));
    return segments("sentence").filter(([from, to]) => to > from && from >= body);
  });
  const words = once(() => segments("word").filter((s) => s[2]));
  let from = -1, to = units(Number(text.dataset.after));

  const node = (at) => {
    const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    let one = walk.nextNode();
    for (; at > one.length; one = walk.nextNode()) { at -= one.length; }
    return [one, at];
  };
  const show = () => {
    const range = document.createRange();
    range.setStart(...node(from));
    range.setEnd(...node(to));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    const box = range.getBoundingClientRect(), frame = text.getBoundingClientRect();
    if (box.top < frame.top || box.bottom > frame.bottom) { text.scrollTop += box.top - frame.top - text.clientHeight / 3; }
  };
  const set = (start, end) => { if (start < end) { from = start; to = end; show(); } };
  const take = () => {
    if (from < 0 || !form.elements.words) { return; }
    form.elements.words.value = all.slice(from, to);
    form.elements.start.value = points(from);
    form.elements.end.value = points(to);
    form.elements.words.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const name = () => {
    const field = form.elements.entities;
    if (from < 0 || !field) { return; }
    const before = field.value === "" || field.value.endsWith("\n") ? field.value : field.value + "\n";
    field.value = before + " " + all.slice(from, to).replace(/\s+/g, " ");
    field.focus();
    field.setSelectionRange(before.length, before.length);
  };
  const by = (key, shift) => {
    const next = sentences().findIndex(([start]) => from < 0 ? start >= to : start > from);
    switch (key) {
      case "ArrowDown":
        if (shift && from >= 0) { set(from, (sentences().find((s) => s[1] > to) ?? [0, to])[1]); }
        else if (next >= 0) { set(...sentences()[next]); }
        break;
      case "ArrowUp":
        if (shift && from >= 0) { set(from, (sentences().findLast((s) => s[1] < to && s[1] > from) ?? [0, to])[1]); }
        else { set(...(sentences().findLast(([start, end]) => from < 0 ? end <= to : start < from) ?? [0, 0])); }
        break;
      case "ArrowRight":
        if (shift) { set((words().find((w) => w[0] > from) ?? [from])[0], to); }
        else { set(from, (words().find((w) => w[1] > to) ?? [0, to])[1]); }
        break;
      case "ArrowLeft":
        if (shift) { set((words().findLast((w) => w[0] < from) ?? [from])[0], to); }
        else { set(from, (words().findLast((w) => w[1] < to && w[1] > from) ?? [0, to])[1]); }
    }
  };
  text.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) { return; }
    if (event.key.startsWith("Arrow")) { by(event.key, event.shiftKey); }
    else if (event.key === "Enter") { take(); form.elements.edges?.focus(); }
    else if (event.key === "n" || event.key === "N") { name(); }
    else { return; }
    event.preventDefault();
  });
  document.addEventListener("mouseup", () => {
    const selection = getSelection();
    if (selection.isCollapsed || !text.contains(selection.anchorNode) || !text.contains(selection.focusNode)) { return; }
    const range = selection.getRangeAt(0), before = document.createRange();
    before.selectNodeContents(text);
    before.setEnd(range.startContainer, range.startOffset);
    const start = before.toString().length, chosen = range.toString();
    from = start + chosen.length - chosen.trimStart().length;
    to = start + chosen.trimEnd().length;
    if (from < to) { take(); }
  });
};

// keyed does what the letter of a link or button says, while the focus is in a region
// and not in a field of it.
const keyed = (region) => region.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || event.repeat || event.target.matches("input, textarea, select")) { return; }
  const one = [...document.querySelectorAll("[data-key]")].find((e) => e.dataset.key === event.key.toLowerCase());
  if (one) { event.preventDefault(); one.click(); }
});

// adding puts an entity that a word needs among the new ones.
const adding = (form, line) => {
  const field = form.elements.entities, told = document.getElementById("told");
  if (!line || !field || field.value.split("\n").includes(line)) { return; }
  field.value = (field.value.trim() === "" ? "" : field.value.trimEnd() + "\n") + line;
  told?.replaceChildren(Object.assign(document.createElement("p"), { className: "note", textContent: "Added to the new entities: " + line }));
};

// completing offers what may stand at the caret of a field.
const completing = (field, number) => {
  const list = Object.assign(document.createElement("ul"), { className: "suggest", id: "offers-" + number, hidden: true, tabIndex: -1 }); // a list that scrolls would take the Tab key
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "What may stand here");
  const box = Object.assign(document.createElement("span"), { className: "suggestbox" });
  field.replaceWith(box);
  box.append(field, list);
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  let offers = [], typed = "", at = -1, asked = 0, timer;

  const close = () => { clearTimeout(timer); asked++; list.hidden = true; at = -1; field.removeAttribute("aria-activedescendant"); };
  const line = () => {
    const caret = field.selectionStart, start = field.value.lastIndexOf("\n", caret - 1) + 1, end = (field.value + "\n").indexOf("\n", caret);
    return [field.value.slice(start, caret), field.value.slice(caret, end)];
  };
  const choose = (i) => {
    const caret = field.selectionStart, gap = field.value[caret] === " ";
    adding(field.form, offers[i].adds);
    field.setRangeText(offers[i].word + (gap ? "" : " "), caret - typed.length, caret, "end");
    if (gap) { field.setSelectionRange(field.selectionEnd + 1, field.selectionEnd + 1); }
    close();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const mark = (i) => {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = (i + offers.length) % offers.length;
    list.children[at].setAttribute("aria-selected", "true");
    list.children[at].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", list.children[at].id);
  };
  const show = () => {
    list.replaceChildren(...offers.map((one, i) => {
      const item = Object.assign(document.createElement("li"), { id: list.id + "-" + i });
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.append(Object.assign(document.createElement("span"), { textContent: one.word }), Object.assign(document.createElement("span"), { className: "kind", textContent: one.says }));
      item.addEventListener("mousedown", (event) => { event.preventDefault(); choose(i); });
      return item;
    }));
    at = -1;
    list.hidden = offers.length === 0;
    if (typed !== "" && offers.length > 0) { mark(0); }
  };
  const look = async () => {
    const mine = ++asked, [before, after] = line(), form = field.form;
    try {
      const answer = await ask("/desk/complete" + new URL(form.action).search, [], [["field", field.dataset.complete], ["before", before], ["after", after], ["entities", form.elements.entities?.value ?? ""]]);
      if (!answer.ok || mine !== asked || document.activeElement !== field) { return; }
      ({ offers, typed } = await answer.json());
      if (mine === asked) { show(); }
    } catch { /* the field works without */ }
  };
  field.addEventListener("input", (event) => {
    close();
    if (event.inputType === undefined && line()[0].trim() === "") { return; }
    timer = setTimeout(look, 60);
  });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey) { return; }
    if (list.hidden) { return; }
    if (event.key === "ArrowDown") { event.preventDefault(); mark(at + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); mark(at < 0 ? -1 : at - 1); }
    else if (event.key === "Escape") { close(); }
    else if (event.key === "Enter" && at >= 0) { event.preventDefault(); choose(at); }
  });
};

// previewing shows how the claim will read, and what is wrong with it.
const previewing = (form) => {
  const preview = document.getElementById("preview");
  let timer, mine = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    const now = ++mine;
    timer = setTimeout(async () => {
      try {
        const answer = await ask(form.action, new FormData(form), [["act", "preview"]]);
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (now !== mine || !answer.ok) { return; }
        preview.replaceChildren(...page.getElementById("preview").childNodes, ...[...page.querySelectorAll(".wrong, [role=alert] li")].map((w) =>
          Object.assign(document.createElement("p"), { className: "wrong", textContent: w.textContent })));
      } catch { /* saving tells */ }
    }, 400);
  });
};

// unreached says that nothing came of a form.
const unreached = (form) => {
  form.querySelector(".unreached")?.remove();
  const told = Object.assign(document.createElement("p"), { className: "warn unreached", textContent: "The server did not answer. What you typed is still here: see to it that kg serve runs, and send it again." });
  told.setAttribute("role", "alert");
  form.prepend(told);
};

let sending = false;

const start = () => {
  const text = document.getElementById("desk-text"), form = document.getElementById("desk-form");
  if (text && form) { marking(text, form); }
  for (const region of [text, document.getElementById("desk-review")]) { if (region) { keyed(region); } }
  document.querySelectorAll("[data-complete]").forEach(completing);
  if (document.getElementById("preview")) { previewing(form); }
  const light = (claim) => { for (const m of document.querySelectorAll("mark[data-claims]")) { m.classList.toggle("lit", m.dataset.claims.split(" ").includes(claim)); } };
  for (const item of document.querySelectorAll("[data-claim]")) {
    for (const event of ["mouseenter", "focusin"]) { item.addEventListener(event, () => light(item.dataset.claim)); }
  }
  if (form?.elements.was?.value) { light(form.elements.was.value); }
  const frame = text ?? document.querySelector(".passage"), lit = frame?.querySelector(".lit");
  if (lit) { frame.scrollTop += lit.getBoundingClientRect().top - frame.getBoundingClientRect().top - frame.clientHeight / 3; }
  for (const one of document.querySelectorAll("main form[method=post]")) {
    one.addEventListener("keydown", (event) => {
      const save = one.querySelector("button[value=save]");
      if (save && event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); one.requestSubmit(save); }
    });
    one.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (sending) { return; } // a key pressed twice
      sending = true;
      let answer, page;
      try {
        answer = await ask(one.action, new FormData(one), [["act", event.submitter?.value ?? "save"]]);
        if (answer.redirected) { location.assign(answer.url); return; }
        page = new DOMParser().parseFromString(await answer.text(), "text/html");
      } catch { /* the server has stopped, say */ }
      sending = false;
      if (!page?.querySelector("main")) { unreached(one); return; }
      document.querySelector("main").replaceWith(page.querySelector("main"));
      start();
      const wrong = document.querySelector("[aria-invalid=true]") ?? document.querySelector("[role=alert]");
      if (wrong) { wrong.tabIndex = Math.max(wrong.tabIndex, wrong.matches("[role=alert]") ? -1 : 0); wrong.focus(); }
    });
  }
};
start();
const parameters = new URLSearchParams(location.search);
const first = document.getElementById("desk-review") ?? (location.pathname === "/desk/new" ? document.getElementById("s-publisher") : null) ?? (parameters.has("claim") && parameters.has("saved") ? document.getElementById("f-edges") : parameters.has("saved") ? document.getElementById("desk-text") : null);
first?.focus({ preventScroll: true });
