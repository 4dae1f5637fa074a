// What was typed and is not saved yet, kept in this browser under the application's id: a broken line, a closed window
// or an ended log-in lose nothing. It goes once it is saved, and at log-out (ui/js/forms.js).

import { addRow, dropRow } from "./rows.js";

const NOT_TYPED = new Set(["csrfmiddlewaretoken", "do", "asked"]);

export const keyOf = (form) => `keqiao-unsaved-${form.dataset.fill}`;

const pairs = (form) =>
  [...new FormData(form)].filter(([name, value]) => !NOT_TYPED.has(name) && typeof value === "string");

export const read = (form) => JSON.stringify(pairs(form).filter(([name]) => name !== "version"));

// ``isSent``: the page itself was sent. Where the page that comes next is of a later version, it arrived.
export function keep(form, isSent = false) {
  const said = { isSent, at: new Date().toLocaleTimeString("zh-CN", { hour12: false }), pairs: pairs(form) };
  try {
    localStorage.setItem(keyOf(form), JSON.stringify(said));
  } catch {
    // storage is closed or full: the page itself still holds what was typed
  }
}

export function forget(form) {
  try {
    localStorage.removeItem(keyOf(form));
  } catch {
    // storage is closed: nothing is kept there
  }
}

// What is kept, unless it is what the page shows anyway.
export function kept(form) {
  let said = null;
  try {
    said = JSON.parse(localStorage.getItem(keyOf(form)));
  } catch {
    return null;
  }
  if (said?.isSent && versionOf(said) < Number(form.elements.version.value)) {
    forget(form);
    return null;
  }
  const same = said && JSON.stringify(said.pairs.filter(([name]) => name !== "version")) === read(form);
  if (same) forget(form);
  return same ? null : said;
}

const versionOf = (said) => Number(said.pairs.find(([name]) => name === "version")?.[1] ?? 0);

function rowsBack(form, values) {
  for (const count of form.querySelectorAll("[data-row-count]")) {
    if (!values.has(count.name)) continue;
    const wanted = Number(values.get(count.name)[0]);
    while (Number(count.value) < wanted && addRow(form, count.dataset.rowCount));
    while (Number(count.value) > wanted && dropRow(form, count.dataset.rowCount));
  }
}

// Put what was typed back into the blanks, with the version it began with: the server brings it together with
// whatever others saved since.
export function put(form, said) {
  const values = new Map();
  for (const [name, value] of said.pairs) values.set(name, [...(values.get(name) ?? []), value]);
  rowsBack(form, values);
  for (const field of form.elements) {
    if (!field.name || NOT_TYPED.has(field.name)) continue;
    const there = values.get(field.name) ?? [];
    if (field.type === "radio" || field.type === "checkbox") field.checked = there.includes(field.value);
    else if (there.length) field.value = there[0];
  }
}
