// The part of Monaco's interface that Cayley's web UI uses, over a textarea:
// what is typed stands in the textarea, whose text is transparent, and the same
// text in colours lies beneath it. Tab leaves the editor, as everywhere on a
// page. Not here, for the UI does not ask for it: models apart from editors,
// ranges, themes, the comparing editor.
(function () {
  "use strict";

  const KeyMod = { CtrlCmd: 2048 };
  const KeyCode = { Enter: 3 };
  const mostPainted = 200000; // characters; longer texts have no colours

  const comment = ["comment", /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)/y];
  const string = ["string", /"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?/y];
  const number = ["number", /-?\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b/y];
  const bracket = ["bracket", /[()[\]{}]/y];
  const word = ["", /[\w$]+/y];
  const languages = {
    javascript: [
      comment,
      ["string", /`(?:[^`\\]|\\.)*`?/y],
      string,
      number,
      ["keyword", /\b(?:var|let|const|function|return|if|else|for|while|do|of|in|new|this|typeof|break|continue|true|false|null|undefined)\b/y],
      ["graph", /\b(?:g|graph)\b(?=\s*\.)/y],
      ["method", /[\w$]+(?=\s*\()/y],
      word,
      bracket,
    ],
    graphql: [["comment", /#[^\n]*/y], ["iri", /<[^<>\s]*>/y], string, number, ["keyword", /@[\w]+|\b(?:query|true|false|null)\b/y], word, bracket],
    json: [["key", /"(?:[^"\\\n]|\\.)*"(?=\s*:)/y], string, number, ["keyword", /\b(?:true|false|null)\b/y], word, bracket],
    nquads: [["comment", /#[^\n]*/y], ["iri", /<[^<>\s]*>/y], ["string", /"(?:[^"\\\n]|\\.)*"?/y], ["keyword", /@[a-zA-Z-]+|\^\^/y], ["graph", /_:[^\s.]+/y], word],
  };

  // tokens cuts a text into [class, text] pairs; what no rule knows has no class.
  function tokens(text, language) {
    const rules = languages[language] || [];
    const out = [];
    let plain = 0;
    for (let at = 0; at < text.length; ) {
      let found = null;
      for (const [name, pattern] of rules) {
        pattern.lastIndex = at;
        const match = pattern.exec(text);
        if (match && match[0]) {
          found = [name, match[0]];
          break;
        }
      }
      if (!found) {
        at++;
        continue;
      }
      if (plain < at) out.push(["", text.slice(plain, at)]);
      out.push(found);
      at += found[1].length;
      plain = at;
    }
    if (plain < text.length) out.push(["", text.slice(plain)]);
    return out;
  }

  // pair finds the bracket beside the caret and its partner, as the numbers of
  // their tokens; brackets in strings and comments are none.
  function pair(list, caret) {
    let at = 0;
    let here = -1;
    list.forEach(([name, text], i) => {
      if (name === "bracket" && (at === caret || at + 1 === caret) && (here < 0 || at + 1 === caret)) here = i;
      at += text.length;
    });
    if (here < 0) return [];
    const step = "([{".includes(list[here][1]) ? 1 : -1;
    let depth = 0;
    for (let i = here; i >= 0 && i < list.length; i += step) {
      if (list[i][0] !== "bracket") continue;
      depth += "([{".includes(list[i][1]) === step > 0 ? 1 : -1;
      if (depth === 0) return "([{".indexOf(list[Math.min(i, here)][1]) === ")]}".indexOf(list[Math.max(i, here)][1]) ? [here, i] : [];
    }
    return [];
  }

  function element(name, className, parent) {
    const e = document.createElement(name);
    e.className = className;
    parent.appendChild(e);
    return e;
  }

  class Editor {
    constructor(container, options) {
      this.root = element("div", "kg-editor", container);
      this.lines = element("pre", "kg-lines", this.root);
      this.field = element("div", "kg-field", this.root);
      this.paint = element("pre", "kg-paint", this.field);
      this.area = element("textarea", "kg-text", this.field);
      this.lines.setAttribute("aria-hidden", "true");
      this.paint.setAttribute("aria-hidden", "true");
      for (const [name, value] of [["spellcheck", "false"], ["autocapitalize", "off"], ["autocomplete", "off"], ["wrap", "off"]]) {
        this.area.setAttribute(name, value);
      }
      this.language = options.language;
      this.listeners = new Set();
      this.actions = new Map();
      this.wrong = 0; // the line an error points at
      this.offers = new kgOffers(this);
      this.area.addEventListener("input", () => {
        this.changed();
        this.offers.show();
      });
      this.area.addEventListener("keydown", (e) => this.key(e));
      this.area.addEventListener("beforeinput", (e) => this.indent(e));
      this.area.addEventListener("scroll", () => this.scrolled());
      this.onSelect = () => document.activeElement === this.area && this.draw();
      document.addEventListener("selectionchange", this.onSelect);
      this.updateOptions(options);
      this.area.value = options.value || "";
      this.draw();
      open.add(this);
    }

    getValue() {
      return this.area.value;
    }

    // setValue keeps the text when there is none to set: the UI has none at
    // hand when it changes the language.
    setValue(text) {
      if (typeof text !== "string") return;
      this.area.value = text;
      this.changed();
    }

    changed() {
      this.wrong = 0;
      this.draw();
      for (const listener of [...this.listeners]) listener();
    }

    onDidChangeModelContent(listener) {
      this.listeners.add(listener);
      return { dispose: () => this.listeners.delete(listener) };
    }

    getModel() {
      return { editor: this, getFullModelRange: () => null, getValue: () => this.getValue() };
    }

    executeEdits(source, edits) {
      for (const edit of edits) this.setValue(edit.text);
    }

    pushUndoStop() {}

    setScrollPosition(position) {
      if (position && typeof position.scrollTop === "number") this.area.scrollTop = position.scrollTop;
    }

    updateOptions(options) {
      this.readOnly = Boolean(options && options.readOnly);
      this.area.readOnly = this.readOnly;
      this.name();
    }

    name() {
      const what = this.readOnly ? "Answer" : this.language === "nquads" ? "Statements to write or delete" : "Query";
      this.area.setAttribute("aria-label", what);
    }

    addAction(action) {
      this.actions.set(action.id, action);
      return { dispose: () => this.actions.delete(action.id) };
    }

    // run runs an action of the UI by its id.
    run(id) {
      const action = this.actions.get(id);
      if (action) action.run(this);
      return Boolean(action);
    }

    key(event) {
      if (this.offers.key(event)) return;
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      for (const action of this.actions.values()) {
        if ((action.keybindings || []).includes(KeyMod.CtrlCmd | KeyCode.Enter)) action.run(this);
      }
    }

    // indent begins a new line where the one before begins.
    indent(event) {
      if (event.inputType !== "insertLineBreak") return;
      const before = this.area.value.slice(0, this.area.selectionStart);
      const indent = /^[ \t]*/.exec(before.slice(before.lastIndexOf("\n") + 1))[0];
      if (!indent) return;
      event.preventDefault();
      // insertText is the way to change the text that can be undone.
      document.execCommand("insertText", false, "\n" + indent);
    }

    setLanguage(language) {
      this.language = language;
      this.name();
      this.draw();
    }

    // kindAt is the class of the token that a character belongs to.
    kindAt(index) {
      let end = 0;
      const token = tokens(this.area.value, this.language).find(([, text]) => (end += text.length) > index);
      return token ? token[0] : "";
    }

    // mark shows which line an error is in; 0 is none.
    mark(line) {
      this.wrong = line;
      this.draw();
    }

    draw() {
      const text = this.area.value;
      const colours = text.length <= mostPainted;
      this.root.classList.toggle("kg-plain", !colours);
      this.paint.replaceChildren();
      if (colours) {
        const list = tokens(text, this.language);
        const matched = this.readOnly ? [] : pair(list, this.area.selectionStart);
        list.forEach(([name, part], i) => {
          const classes = name && "kg-" + name + (matched.includes(i) ? " kg-matched" : "");
          if (classes) element("span", classes, this.paint).textContent = part;
          else this.paint.append(part);
        });
        this.paint.append("\n"); // so that a last empty line has its height
      }
      this.number(text.split("\n").length);
      this.scrolled();
    }

    number(count) {
      const numbers = (from, to) => Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i + "\n").join("");
      const wrong = Math.min(this.wrong, count);
      this.lines.replaceChildren(numbers(1, wrong - 1));
      if (wrong > 0) element("span", "kg-wrong", this.lines).textContent = wrong;
      this.lines.append((wrong > 0 ? "\n" : "") + numbers(wrong + 1, count));
    }

    scrolled() {
      this.paint.style.transform = "translate(" + -this.area.scrollLeft + "px," + -this.area.scrollTop + "px)";
      this.lines.style.transform = "translateY(" + -this.area.scrollTop + "px)";
    }

    dispose() {
      document.removeEventListener("selectionchange", this.onSelect);
      this.offers.hide();
      open.delete(this);
      this.root.remove();
    }
  }

  const open = new Set();
  const nothing = () => {};

  window.monaco = {
    KeyMod,
    KeyCode,
    editor: {
      create: (container, options) => new Editor(container, options || {}),
      setModelLanguage: (model, language) => model.editor.setLanguage(language),
      defineTheme: nothing,
      setTheme: nothing,
      // written is the editor one types in, if the page has one. Monaco has no
      // such function: it is for the notices.
      written: () => [...open].find((editor) => !editor.readOnly),
    },
    languages: {
      typescript: {
        ScriptTarget: { ES5: 1 },
        javascriptDefaults: { setCompilerOptions: nothing, addExtraLib: nothing },
      },
    },
  };
})();
