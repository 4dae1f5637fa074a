// Categories move in the tree by dragging, or by Alt and an arrow. Both send the form of the page "move"; after the
// answer the category that moved has the focus again. The tree: <li data-node="id" draggable="true"> in lists.

import { announce } from "../ui/js/listening.js";

const KEPT = "keqiao-moved";
const MARKS = ["is-drop-before", "is-drop-after", "is-drop-into"];

const form = document.querySelector("form[data-moves]");
const nodeOf = (target) => target.closest?.("[data-node]");
const id = (item) => item?.dataset.node ?? "";
const isCategory = (item) => item?.draggable === true;
const above = (item) => item.parentElement.closest("[data-node]");
const name = (item) => item.querySelector(".kq-branch__name")?.textContent.trim() ?? id(item);

/** The next category beside an item, or the one before it; lists also hold items that are none. */
function beside(item, step) {
  let other = item[step];
  while (other && !isCategory(other)) other = other[step];
  return other;
}

function move(item, parent, before) {
  if (before === item) return;
  sessionStorage.setItem(KEPT, JSON.stringify({ node: id(item), name: name(item) }));
  const address = new URL(form.action, location.href);
  address.searchParams.set("node", id(item));
  form.action = address.href;
  form.elements.place.value = `${id(parent)}|${id(before)}`;
  form.requestSubmit();
}

const KEYS = {
  ArrowUp: (item) => [above(item), beside(item, "previousElementSibling")],
  ArrowDown(item) {
    const next = beside(item, "nextElementSibling");
    return next && [above(item), beside(next, "nextElementSibling")];
  },
  ArrowLeft(item) {
    const parent = above(item);
    return isCategory(parent) && [above(parent), beside(parent, "nextElementSibling")];
  },
  ArrowRight: (item) => [beside(item, "previousElementSibling"), null],
};

function pressed(event) {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const item = nodeOf(event.target);
  const place = KEYS[event.key];
  if (!place || !isCategory(item) || event.target.closest("input, textarea, select")) return;
  event.preventDefault(); // Alt and left would leave the page
  const [parent, before] = place(item) || [];
  const stays = event.key === "ArrowUp" && !before;
  if (parent && !stays) move(item, parent, before);
}

let dragged = null;

/** Where a drop would put the dragged item: the upper part of a row is before it, the lower after, the middle into. */
function drop(event) {
  const item = nodeOf(event.target);
  if (!dragged || !item || dragged.contains(item)) return null;
  if (!isCategory(item)) return id(item) === "" ? { item, how: "into" } : null;
  const row = (item.querySelector("summary") ?? item).getBoundingClientRect();
  const part = (event.clientY - row.top) / row.height;
  return { item, how: part < 0.3 ? "before" : part > 0.7 ? "after" : "into" };
}

function clear() {
  for (const marked of document.querySelectorAll(MARKS.map((mark) => `.${mark}`).join())) marked.classList.remove(...MARKS);
}

const DRAGGING = {
  dragstart(event) {
    const item = nodeOf(event.target);
    if (!isCategory(item)) return;
    dragged = item;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", name(item));
  },
  dragover(event) {
    const found = drop(event);
    clear();
    if (!found) return;
    event.preventDefault();
    found.item.classList.add(`is-drop-${found.how}`);
  },
  drop(event) {
    const found = drop(event);
    clear();
    if (!found) return;
    event.preventDefault();
    const { item, how } = found;
    if (how === "into") move(dragged, item, null);
    else move(dragged, above(item), how === "before" ? item : beside(item, "nextElementSibling"));
  },
  dragend() {
    clear();
    dragged = null;
  },
};

/** After the answer: the category that moved is in view, has the focus, and screen readers are told. */
function again() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  sessionStorage.removeItem(KEPT);
  const isMoved = kept && decodeURIComponent(location.hash) === `#node-${kept.node}`; // else it was refused
  const item = isMoved && document.querySelector(`[data-node="${CSS.escape(kept.node)}"]`);
  if (!item) return;
  for (let details = item.closest("details"); details; details = details.parentElement.closest("details"))
    details.open = true;
  const row = item.querySelector("summary") ?? item;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "center" });
  announce(form.dataset.moved.replace("{name}", kept.name));
}

/** Tell of the keys where the focus will be. */
function explain() {
  for (const row of document.querySelectorAll('[data-node][draggable="true"] > details > summary')) {
    row.title = form.dataset.help;
    row.setAttribute("aria-keyshortcuts", Object.keys(KEYS).map((key) => `Alt+${key}`).join(" "));
  }
}

if (form) {
  explain();
  document.addEventListener("keydown", pressed);
  for (const [kind, act] of Object.entries(DRAGGING)) document.addEventListener(kind, act);
  // the browser goes to the place that the address names when all has arrived, and takes the focus along
  if (document.readyState === "complete") again();
  else addEventListener("load", () => requestAnimationFrame(again));
}
