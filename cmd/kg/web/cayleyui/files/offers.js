// What one can type next in a Gizmo query: after a dot the methods of the graph
// or of a path, elsewhere, on Ctrl+Space, the functions. The list follows the
// pattern of a combobox: the text keeps the focus, the arrows choose, Enter
// takes, Escape closes.
(function () {
  "use strict";

  const most = 40; // offers at once

  window.kgOffers = class {
    constructor(editor) {
      this.editor = editor;
      this.list = null;
      editor.area.addEventListener("blur", () => this.hide());
      editor.area.addEventListener("scroll", () => this.hide());
    }

    // context is what stands before the caret: the object whose methods fit, and
    // the part of a name that is there already.
    context() {
      const area = this.editor.area;
      if (this.editor.readOnly || this.editor.language !== "javascript" || area.selectionStart !== area.selectionEnd) return null;
      const before = area.value.slice(0, area.selectionStart);
      if (["string", "comment"].includes(this.editor.kindAt(before.length - 1))) return null;
      const match = /([\w$]+|[)\]])?(\s*\.\s*)?([A-Za-z]*)$/.exec(before);
      if (!match[2]) return { object: "", typed: match[3] };
      return { object: /^(g|graph)$/.test(match[1] || "") ? "graph" : "path", typed: match[3] };
    }

    // show offers what fits; functions only if they are asked for.
    show(asked) {
      this.hide();
      const at = this.context();
      if (!at || (at.object === "" && !asked)) return;
      const typed = at.typed.toLowerCase();
      const offers = [];
      for (const m of kgSettings.methods) {
        const name = m.names.find((n) => n.toLowerCase().startsWith(typed));
        if (m.object === at.object && name) offers.push([name, m]);
      }
      offers.sort((a, b) => (b[0] === at.typed) - (a[0] === at.typed)); // what is there in full comes first
      if (offers.length > 0) this.open(offers.slice(0, most), at.typed.length);
    }

    open(offers, typed) {
      const { area } = this.editor;
      this.typed = typed;
      this.list = document.createElement("ul");
      this.list.className = "kg-offers";
      this.list.id = "kg-offers";
      this.list.setAttribute("role", "listbox");
      offers.forEach(([name, method], i) => {
        const item = document.createElement("li");
        item.id = "kg-offer-" + i;
        item.setAttribute("role", "option");
        item.dataset.name = name;
        item.append(name + method.signature);
        item.appendChild(document.createElement("small")).textContent = method.doc;
        item.addEventListener("mousedown", (event) => {
          event.preventDefault(); // the text keeps the focus
          this.take(item);
        });
        this.list.append(item);
      });
      document.body.append(this.list);
      area.setAttribute("aria-controls", "kg-offers");
      this.choose(0);
      this.place();
    }

    // place puts the list below the caret; all letters are as wide as one.
    place() {
      const { area, field } = this.editor;
      const before = area.value.slice(0, area.selectionStart).split("\n");
      const probe = document.createElement("span");
      probe.textContent = before[before.length - 1] || "";
      probe.style.cssText = "visibility:hidden;position:absolute;white-space:pre";
      this.editor.paint.append(probe);
      const width = probe.getBoundingClientRect().width;
      probe.remove();
      const box = field.getBoundingClientRect();
      this.list.style.left = Math.min(box.left + 8 + width - area.scrollLeft, window.innerWidth - 320) + "px";
      this.list.style.top = box.top + 8 + 20 * before.length - area.scrollTop + "px";
    }

    choose(i) {
      const items = this.list.children;
      for (const old of items) old.setAttribute("aria-selected", "false");
      this.at = (i + items.length) % items.length;
      items[this.at].setAttribute("aria-selected", "true");
      items[this.at].scrollIntoView({ block: "nearest" });
      this.editor.area.setAttribute("aria-activedescendant", items[this.at].id);
    }

    take(item) {
      const { area } = this.editor;
      const rest = item.dataset.name;
      area.setSelectionRange(area.selectionStart - this.typed, area.selectionStart);
      this.hide();
      document.execCommand("insertText", false, rest);
      this.hide();
    }

    // key answers a key, and tells whether it was for the list.
    key(event) {
      if (event.key === " " && event.ctrlKey) {
        this.show(true);
      } else if (!this.list || event.ctrlKey || event.metaKey || event.altKey) {
        return false;
      } else if (event.key === "ArrowDown") {
        this.choose(this.at + 1);
      } else if (event.key === "ArrowUp") {
        this.choose(this.at - 1);
      } else if (event.key === "Enter" && this.list.children[this.at].dataset.name.length > this.typed) {
        this.take(this.list.children[this.at]);
      } else if (event.key === "Escape") {
        this.hide();
      } else {
        if (/^(Arrow|Home|End|Enter)/.test(event.key)) this.hide();
        return false;
      }
      event.preventDefault();
      return true;
    }

    hide() {
      if (!this.list) return;
      this.list.remove();
      this.list = null;
      this.editor.area.removeAttribute("aria-controls");
      this.editor.area.removeAttribute("aria-activedescendant");
    }
  };
})();
