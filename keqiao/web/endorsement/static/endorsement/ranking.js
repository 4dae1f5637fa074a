// Lines of a queue change their places by dragging, by Alt and an arrow, or by their buttons. All send the form of the
// page "rank"; only the table is swapped, what had the focus keeps it, and screen readers hear the new place.

import { announce } from "../ui/js/listening.js";

const MARKS = ["is-drop-before", "is-drop-after"];

const form = () => document.querySelector("form[data-ranks]");
const lineOf = (target) => target.closest?.("tr[data-line]");
const lines = () => [...document.querySelectorAll("tr[data-line]")];

let dragged = null;
let moved = null; // id of the line that moves, until the answer is there

function send(place, line) {
  const ranks = form();
  moved = line.dataset.line;
  ranks.querySelector("input[name=move]").value = place; // the buttons of the lines belong to the form as well
  ranks.requestSubmit();
}

function beside(line, step) {
  const all = lines();
  return all[all.indexOf(line) + step];
}

/** Where a drop would put the line: before the one under the pointer, or behind it. */
function drop(event) {
  const line = lineOf(event.target);
  if (!dragged || !line || line === dragged) return null;
  const box = line.getBoundingClientRect();
  return { line, how: event.clientY < box.top + box.height / 2 ? "before" : "after" };
}

function clear() {
  for (const marked of document.querySelectorAll(MARKS.map((mark) => `.${mark}`).join())) marked.classList.remove(...MARKS);
}

const DRAGGING = {
  dragstart(event) {
    dragged = lineOf(event.target);
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.name);
  },
  dragover(event) {
    const found = drop(event);
    clear();
    if (!found) return;
    event.preventDefault();
    found.line.classList.add(`is-drop-${found.how}`);
  },
  drop(event) {
    const found = drop(event);
    clear();
    if (!found) return;
    event.preventDefault();
    send(`${found.how}:${dragged.dataset.line}:${found.line.dataset.line}`, dragged);
  },
  dragend() {
    clear();
    dragged = null;
  },
};

function pressed(event) {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const line = lineOf(event.target);
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!step || !line || !form() || !beside(line, step)) return;
  event.preventDefault();
  send(`${step < 0 ? "up" : "down"}:${line.dataset.line}`, line);
}

function clicked(event) {
  const button = event.target.closest?.("button[name=move]");
  if (button) moved = lineOf(button)?.dataset.line ?? null;
}

/** After the answer: say where the line stands now. */
function settled() {
  const line = moved && document.querySelector(`tr[data-line="${CSS.escape(moved)}"]`);
  moved = null;
  const ranks = form();
  if (!line || !ranks) return;
  const place = line.querySelector("[data-place]")?.textContent.trim() ?? "";
  announce(ranks.dataset.moved.replace("{name}", line.dataset.name).replace("{place}", place));
}

document.addEventListener("keydown", pressed);
document.addEventListener("click", clicked);
document.addEventListener("htmx:afterSettle", settled);
for (const [kind, act] of Object.entries(DRAGGING)) document.addEventListener(kind, act);
