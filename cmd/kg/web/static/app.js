// Suggestions as one types, for fields marked data-suggest. "go" opens the page
// of what is chosen; "pick" puts its name into the field. Without this script the
// forms work as they are, and pictures and texts are scrolled by hand.
"use strict";

// A picture larger than its frame shows what it is about first.
for (const canvas of document.querySelectorAll(".canvas")) {
  const focus = canvas.querySelector(".focus");
  if (focus) {
    const frame = canvas.getBoundingClientRect(), node = focus.getBoundingClientRect();
    canvas.scrollLeft += node.left + node.width / 2 - frame.left - frame.width / 2;
    canvas.scrollTop += node.top + node.height / 2 - frame.top - frame.height / 2;
  }
}

// Beside the claim that the address names, the text shows its passage.
const showPassage = () => {
  const id = decodeURIComponent(location.hash.slice(1)).replace(/^at-/, "");
  const pieces = [...document.querySelectorAll(".mark")];
  for (const piece of pieces) { piece.classList.toggle("lit", id !== "" && piece.dataset.claims.split(" ").includes(id)); }
  const first = pieces.find((piece) => piece.classList.contains("lit"));
  const text = document.querySelector(".text");
  if (first && text) {
    text.scrollTop += first.getBoundingClientRect().top - text.getBoundingClientRect().top - text.clientHeight / 3;
  }
};
if (document.querySelector(".mark")) {
  addEventListener("hashchange", showPassage);
  showPassage();
}

// What is to be cited has a button that copies it.
for (const text of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.setAttribute("aria-label", "Copy " + text.dataset.copy);
  text.after(button);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent);
    } catch { // an address that is not this machine's has no clipboard without TLS
      getSelection().selectAllChildren(text);
      document.execCommand("copy");
    }
    button.classList.add("copied");
    button.setAttribute("aria-label", "Copied " + text.dataset.copy);
  });
}

// A browser that keeps the token sends it for its reader.
for (const field of document.querySelectorAll("input[data-token]")) {
  let token = null;
  try { token = localStorage.getItem("kg-token"); } catch { /* the field is typed in */ }
  if (token && field.value === "") {
    field.value = token;
    field.closest("label").hidden = true;
  }
}

for (const [n, input] of document.querySelectorAll("input[data-suggest]").entries()) {
  const list = document.createElement("ul");
  list.className = "suggest";
  list.id = "suggest-" + n;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  const box = document.createElement("span");
  box.className = "suggestbox";
  input.replaceWith(box);
  box.append(input, list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) {
    input.setAttribute(name, value);
  }

  let sent = null; // what a chosen name stands for
  let timer, asked = 0, at = -1, found = [], chosen = false;

  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const choose = (one) => {
    if (input.dataset.suggest === "go") {
      chosen = true;
      location.href = one.href;
      return;
    }
    // The field keeps the name; what is sent is the id, which is of nothing else.
    sent ??= Object.assign(document.createElement("input"), { type: "hidden", name: input.name });
    sent.value = one.id;
    input.removeAttribute("name");
    input.after(sent);
    input.value = one.name;
    close();
    chosen = true;
    setTimeout(() => { chosen = false; }, 50);
  };

  const show = (answer) => {
    found = answer.found;
    at = -1;
    list.replaceChildren(...found.map((one, i) => {
      const item = document.createElement("li");
      item.id = list.id + "-" + i;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      const name = document.createElement("span");
      name.textContent = one.name;
      const kind = document.createElement("span");
      kind.className = "kind";
      kind.textContent = one.kind;
      item.append(name, kind);
      item.addEventListener("mousedown", (event) => { event.preventDefault(); choose(one); });
      return item;
    }));
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
  };

  const ask = async () => {
    const mine = ++asked;
    if (input.value.trim() === "") { close(); return; }
    try {
      const response = await fetch("/suggest?for=" + input.dataset.suggest + "&q=" + encodeURIComponent(input.value) +
        (input.dataset.kind ? "&kind=" + encodeURIComponent(input.dataset.kind) : ""));
      if (!response.ok) { return; }
      const answer = await response.json();
      if (mine === asked && document.activeElement === input) { show(answer); }
    } catch { /* the form works without suggestions */ }
  };

  const move = (by) => {
    const items = list.children;
    if (list.hidden || items.length === 0) { return; }
    if (at >= 0) { items[at].setAttribute("aria-selected", "false"); }
    at = (at + by + items.length) % items.length;
    items[at].setAttribute("aria-selected", "true");
    items[at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", items[at].id);
  };

  input.addEventListener("input", () => {
    if (!sent) { return; }
    input.name = sent.name; // another name was typed
    sent.remove();
    sent = null;
  });
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 90); });
  input.addEventListener("blur", close);
  // The key that chose one must not send the form, too.
  input.form.addEventListener("submit", (event) => { if (chosen) { event.preventDefault(); } });
  input.addEventListener("keydown", (event) => {
    switch (event.key) {
      case "ArrowDown": event.preventDefault(); move(1); break;
      case "ArrowUp": event.preventDefault(); move(at < 0 ? 0 : -1); break;
      case "Escape": close(); break;
      case "Enter":
        if (!list.hidden && at >= 0) { event.preventDefault(); choose(found[at]); }
    }
  });
}
