// Forms with data-autosave save themselves a moment after the last keystroke. While the network is away what was typed
// is kept in this browser tab, tried again, and offered after a reload. The button "save" works as ever.
//
// The form has a hidden field "version" and the line of autosave.html, which brings the words that are said here.

const PAUSE = 1500; // milliseconds after the last keystroke
const AGAIN = 5000; // milliseconds until the next try after a failure
const PASSING = new Set(["csrfmiddlewaretoken", "version", "autosave"]);

const key = (form) => `keqiao-typed:${form.action || location.href}`;
const SAVED = "keqiao:saved"; // told to the page: what it shows of the draft elsewhere is older now

const place = (form) => form.querySelector("[data-saved]");
const entries = (form) => [...new FormData(form)].filter(([name, value]) => !PASSING.has(name) && typeof value === "string");

function say(form, state, text) {
  const line = place(form);
  if (!line) return;
  line.className = `kq-saved kq-saved--${state}`;
  line.textContent = text;
}

/** Write what was typed back into the form. Rows that were added on the way are carried in hidden fields. */
function fill(form, typed) {
  const values = new Map();
  for (const [name, value] of typed) values.set(name, [...(values.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!field.name || PASSING.has(field.name) || field.type === "file") continue;
    const said = values.get(field.name) ?? [];
    if (field.type === "checkbox" || field.type === "radio") field.checked = said.includes(field.value);
    else if (field.multiple) for (const option of field.options) option.selected = said.includes(option.value);
    else if (said.length) [field.value] = said;
  }
  for (const [name, said] of values) if (!form.elements.namedItem(name)) carry(form, name, said);
}

function carry(form, name, said) {
  for (const value of said) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    form.append(field);
  }
}

class Autosaving {
  constructor(form) {
    this.form = form;
    this.words = { ...place(form)?.dataset };
    this.timer = null;
    this.busy = false;
    this.sent = form.dataset.dirty === "true" ? "" : JSON.stringify(entries(form));
    form.addEventListener("input", () => this.later());
    form.addEventListener("change", () => this.later());
    form.addEventListener("submit", () => this.leave());
    addEventListener("online", () => this.waiting && this.save());
    this.offer();
    if (!this.sent) this.later(); // shown again with rows that are not saved yet
  }

  get typed() {
    return JSON.stringify(entries(this.form));
  }

  later(pause = PAUSE) {
    clearTimeout(this.timer);
    if (this.left) return;
    this.timer = setTimeout(() => this.save(), pause);
  }

  async save() {
    if (!this.form.isConnected) return undefined; // another form stands in its place and saves what was typed
    if (this.busy || this.left) return this.later();
    const typed = this.typed;
    if (typed === this.sent) return undefined;
    this.busy = true;
    say(this.form, "pending", this.words.textSaving);
    try {
      await this.send(typed);
    } catch {
      this.keep(typed); // the network is away
    } finally {
      this.busy = false;
    }
    return undefined;
  }

  async send(typed) {
    const body = new FormData(this.form);
    body.set("autosave", "1");
    const answer = await fetch(this.form.action || location.href, { method: "POST", body, headers: { "HX-Request": "true" } });
    if (this.left) return;
    const line = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-saved]");
    if (!line) {
      this.keep(typed);
      return;
    }
    place(this.form)?.replaceWith(line);
    if (!answer.ok) return; // faults, or somebody else changed the same: the line says it, the button deals with it
    this.sent = typed;
    this.waiting = false;
    sessionStorage.removeItem(key(this.form));
    this.form.elements.version.value = line.dataset.version;
    document.dispatchEvent(new CustomEvent(SAVED, { detail: { version: line.dataset.version } }));
    if (this.typed === typed) this.form.dataset.dirty = "false";
    else this.later();
  }

  /** The server could not be reached: keep what was typed in this tab and try again. */
  keep(typed) {
    this.waiting = true;
    sessionStorage.setItem(key(this.form), typed);
    say(this.form, "failed", this.words.textRetrying);
    this.later(AGAIN);
  }

  /** After a reload: bring again what could not be saved. */
  offer() {
    const typed = sessionStorage.getItem(key(this.form));
    if (!typed || typed === this.sent) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm";
    button.textContent = this.words.textBring;
    button.addEventListener("click", () => {
      fill(this.form, JSON.parse(typed));
      this.form.dataset.dirty = "true";
      this.later(0);
    });
    say(this.form, "pending", this.words.textKept);
    place(this.form)?.append(" ", button);
  }

  /** The button "save" sends everything: no autosave may come behind it. */
  leave() {
    this.left = true;
    clearTimeout(this.timer);
    sessionStorage.removeItem(key(this.form));
  }
}

export function startAutosaving(root = document) {
  for (const form of root.querySelectorAll("form[data-autosave]:not([data-autosaving])")) {
    form.dataset.autosaving = "true";
    new Autosaving(form);
  }
}

startAutosaving();
document.addEventListener("htmx:afterSwap", (event) => startAutosaving(event.target));
