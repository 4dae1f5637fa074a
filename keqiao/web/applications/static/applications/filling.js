// The form while it is filled in: what was typed is kept here at once and saved on the server within seconds; what
// follows from it (parts that apply, sums) is shown as the server says. Without this module the page works by buttons.

import { startCounting } from "./counting.js";
import { startRows } from "./rows.js";
import { forget, keep, kept, put, read } from "./unsaved.js";

const SOON = 1500; // milliseconds after the last key
const AT_ONCE = 150; // after a choice, which other parts may hang on
const PAUSES = [3, 5, 10, 20, 30]; // seconds between tries while the line is broken

const form = document.querySelector("form[data-fill]");

class Saving {
  constructor() {
    this.timer = 0;
    this.tries = 0;
    this.isUnderWay = false;
    this.isStopped = false;
    this.waits = false; // the page is to be sent after the save that is under way
    this.pressed = null;
    this.place = form.querySelector("[data-state]");
  }

  say(state, words) {
    this.place.className = `kq-saved kq-saved--${state}`;
    if (this.place.textContent !== words) this.place.textContent = words;
  }

  changed(wait) {
    if (this.isStopped) return;
    keep(form);
    form.dataset.dirty = "true";
    if (!this.tries) this.say("pending", form.dataset.textUnsaved);
    this.plan(wait);
  }

  plan(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  async save() {
    if (this.isUnderWay || this.isStopped) {
      if (this.isUnderWay) this.plan(SOON);
      return;
    }
    const sent = read(form);
    this.isUnderWay = true;
    this.say("pending", form.dataset.textSaving);
    try {
      await this.answered(await fetch(form.dataset.autosaveAt, { method: "POST", body: new FormData(form) }), sent);
    } catch {
      this.failed(form.dataset.textOffline);
    } finally {
      this.isUnderWay = false;
    }
    if (this.waits) form.requestSubmit(this.pressed);
  }

  // The page is sent after a save that is under way: sent beside it, it would come from the version before, and meet
  // one's own words as somebody else's.
  submitting(event) {
    clearTimeout(this.timer);
    if (this.isUnderWay) {
      event.preventDefault();
      this.waits = true;
      this.pressed = event.submitter;
      return;
    }
    this.isStopped = true;
    if (form.dataset.dirty === "true") keep(form, true);
    form.dataset.dirty = "false";
  }

  failed(words) {
    this.say("failed", words);
    this.plan(PAUSES[Math.min(this.tries++, PAUSES.length - 1)] * 1000);
  }

  async answered(answer, sent) {
    if (answer.redirected || answer.status === 403) {
      this.say("failed", form.dataset.textLogIn);
      this.plan(PAUSES.at(-1) * 1000);
      return;
    }
    if (answer.status === 409) {
      this.stop(await answer.json());
      return;
    }
    if (!answer.ok) {
      this.failed(form.dataset.textFailed);
      return;
    }
    this.saved(await answer.json(), sent);
  }

  stop(said) {
    const words = { changed: form.dataset.textChanged.replace("{fields}", (said.fields ?? []).join("、")) };
    if (said.why === "closed") location.assign(said.at);
    this.isStopped = said.why === "changed";
    this.say("failed", words[said.why] ?? (said.says ?? []).join(" "));
  }

  saved(said, sent) {
    this.tries = 0;
    for (const place of document.querySelectorAll("input[name=version]")) place.value = said.version;
    show(said);
    if (read(form) === sent) {
      form.dataset.dirty = "false";
      forget(form);
      this.say("done", form.dataset.textSaved.replace("{time}", said.at));
      if (said.reload && !this.waits) location.reload();
    } else {
      keep(form);
      this.plan(SOON);
    }
  }
}

function show({ applies, computed, cells, sums }) {
  const applying = new Set(applies);
  for (const place of form.querySelectorAll("[data-field]")) place.hidden = !applying.has(place.dataset.field);
  for (const place of document.querySelectorAll("[data-part]")) place.hidden = !applying.has(place.dataset.part);
  for (const [field, words] of Object.entries(computed)) {
    const place = form.querySelector(`[data-computed="${field}"]`);
    if (place) place.textContent = words || "—";
  }
  for (const [cell, words] of Object.entries(cells)) {
    const place = form.querySelector(`[data-cell="${cell}"]`);
    if (place) place.textContent = words || "—";
  }
  for (const [table, drawn] of Object.entries(sums)) {
    const place = form.querySelector(`[data-sums="${table}"]`);
    if (place) place.innerHTML = drawn; // written by the server, from its own template
  }
}

function hideWhatDoesNotApply() {
  for (const place of form.querySelectorAll('[data-applies="false"]')) place.hidden = true;
  for (const note of form.querySelectorAll("[data-without-scripts]")) note.remove();
}

// Was something typed before this module had begun?
const typedBefore = () =>
  [...form.elements].some((field) => field.name && field.type !== "hidden" && "defaultValue" in field &&
    (field.type === "radio" || field.type === "checkbox"
      ? field.checked !== field.defaultChecked
      : field.value !== field.defaultValue.replaceAll("\r\n", "\n")));

function start() {
  hideWhatDoesNotApply();
  startCounting(form);
  const saving = new Saving();
  startRows(form, () => saving.changed(AT_ONCE));
  form.addEventListener("input", (event) => {
    if (event.target.name) saving.changed(event.target.matches("[type=radio], [type=checkbox], select") ? AT_ONCE : SOON);
  });
  form.addEventListener("submit", (event) => saving.submitting(event));
  addEventListener("online", () => form.dataset.dirty === "true" && saving.plan(0));
  addEventListener("beforeunload", (event) => form.dataset.dirty === "true" && event.preventDefault());
  const before = kept(form);
  if (before) {
    put(form, before);
    saving.changed(SOON);
    saving.say("pending", form.dataset.textRestored.replace("{time}", before.at));
  } else if (typedBefore()) {
    saving.changed(SOON);
  }
}

if (form) start();
