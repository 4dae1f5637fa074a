// Forms: counters, the guard against lost work, the state of saving, one submit per click.

const words = () => document.body.dataset;

function count(field) {
  const place = document.querySelector(`[data-counts="${field.id}"]`);
  // people count what they see: one surrogate pair is one character
  if (place) place.textContent = `${[...field.value].length} / ${place.dataset.limit}`;
}

function say(form, state, message) {
  const place = form.querySelector("[data-saved]");
  if (!place) return;
  place.className = `kq-saved kq-saved--${state}`;
  place.textContent = message;
}

function guard(event) {
  if (document.querySelector('form[data-guard][data-dirty="true"]')) event.preventDefault();
}

function changed(event) {
  const field = event.target;
  count(field);
  const form = field.form;
  if (!form?.matches("[data-guard]")) return;
  form.dataset.dirty = "true";
  say(form, "pending", words().textUnsaved);
}

function afterRequest(event) {
  const form = event.target; // not what stands in it: that asks for rows or for words, and saves nothing
  if (!form.matches?.("form[data-autosave]")) return;
  if (!event.detail.successful) {
    say(form, "failed", words().textNotSaved);
    return;
  }
  form.dataset.dirty = "false";
  const at = event.detail.xhr.getResponseHeader("X-Saved-At"); // the server's clock, not this computer's
  say(form, "done", at ? words().textSavedAt.replace("{time}", at) : words().textSaved);
}

// What pages kept in this browser of unsaved work is for whoever is signed in: it goes with the log-out.
function forgetUnsaved() {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith("keqiao-unsaved-")) localStorage.removeItem(key);
  } catch {
    // storage is closed: nothing is kept there
  }
}

function submitted(event) {
  const form = event.target;
  if (event.defaultPrevented) return;
  if (form.action.endsWith("/account/logout/")) forgetUnsaved();
  form.dataset.dirty = "false";
  const button = event.submitter;
  if (!button || form.method !== "post") return;
  // after the browser has read the form: a second click would send it twice
  setTimeout(() => {
    button.disabled = true;
    button.dataset.sent = "true";
  }, 0);
}

export function startForms() {
  for (const place of document.querySelectorAll("[data-counts]")) {
    const field = document.getElementById(place.dataset.counts);
    if (field) count(field);
  }
  document.addEventListener("input", changed);
  document.addEventListener("submit", submitted);
  document.addEventListener("htmx:afterRequest", afterRequest);
  document.addEventListener("htmx:sendError", afterRequest);
  addEventListener("beforeunload", guard);
  addEventListener("pageshow", () => {
    for (const button of document.querySelectorAll("button[data-sent]"))
      button.disabled = false;
  });
  const faults = document.querySelector(".kq-faults");
  if (faults) faults.focus();
}
