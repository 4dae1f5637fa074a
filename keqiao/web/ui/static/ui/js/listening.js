// Small things by data- attributes: mode switch, menus, copy, print, closing of notes, drop zones, selection.

const text = (name) => document.body.dataset[name] ?? "";

export function announce(message) {
  const place = document.getElementById("announcements");
  if (place) place.textContent = message;
}

function switchMode() {
  const root = document.documentElement;
  const dark = root.dataset.mode
    ? root.dataset.mode === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.mode = dark ? "light" : "dark";
  try {
    localStorage.setItem("keqiao-mode", root.dataset.mode);
  } catch {
    // storage is closed: the choice holds for this page only
  }
}

async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  if (!source) return;
  if (navigator.clipboard) await navigator.clipboard.writeText((source.value ?? source.textContent).trim());
  else if (!copyMarked(source)) return; // what is marked can still be taken by hand
  button.lastChild.textContent = text("textCopied");
  announce(text("textCopied"));
}

// Without https there is no clipboard to write to, as on many office networks: mark the words and copy the mark.
function copyMarked(source) {
  if (source.select) source.select();
  else getSelection().selectAllChildren(source);
  return document.execCommand("copy");
}

const ACTS = {
  mode: switchMode,
  print: () => window.print(),
  close: (button) => button.closest("[data-closes]")?.remove(),
};

function countSelected(form) {
  const boxes = [...form.querySelectorAll("input[data-select]")];
  const chosen = boxes.filter((box) => box.checked).length;
  const bar = form.querySelector("[data-selection]");
  if (bar) {
    bar.dataset.count = String(chosen);
    bar.querySelector("[data-selected]").textContent = String(chosen);
  }
  const all = form.querySelector("input[data-select-all]");
  if (all) {
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  }
}

export function startListening() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act]");
    if (button) ACTS[button.dataset.act]?.(button);
    const copied = event.target.closest("[data-copy]");
    if (copied) copy(copied);
    for (const menu of document.querySelectorAll("details.kq-menu[open]"))
      if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("change", (event) => {
    const { target } = event;
    if (target.matches("[data-submit-on-change]")) target.form.requestSubmit();
    if (!target.matches("input[data-select], input[data-select-all]")) return;
    if (target.matches("[data-select-all]"))
      for (const box of target.form.querySelectorAll("input[data-select]")) box.checked = target.checked;
    countSelected(target.form);
  });
  for (const kind of ["dragover", "dragleave", "drop"])
    document.addEventListener(kind, (event) => drop(event, kind));
}

function drop(event, kind) {
  const zone = event.target.closest?.("[data-drop]");
  if (!zone) return;
  event.preventDefault();
  zone.classList.toggle("is-over", kind === "dragover");
  if (kind !== "drop") return;
  const input = zone.querySelector("input[type=file]");
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}
