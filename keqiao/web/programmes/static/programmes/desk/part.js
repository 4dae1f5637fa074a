// The form of a part opens in place of the tree; its address stays a page of its own.
import { showWords } from "./facts.js";
import { showSide } from "./panes.js";

const pane = () => document.querySelector("[data-part-pane]");
const tree = () => document.querySelector("[data-tree-pane]");
const form = () => document.querySelector("[data-part-form]");

const BEHIND_THE_BARS = 120;

let from = null;
let height = 0;
let isOlder = false; // a form saved itself: the tree on this page shows what stood before

// The page comes anew, with the row from which the form was opened in sight.
function again() {
  const row = from?.closest(".kq-stated, details[data-branch]")?.id;
  if (row) {
    history.replaceState(null, "", `#${row}`);
    history.scrollRestoration = "manual"; // or the browser puts the old place back over the row
  }
  history.scrollRestoration = "manual"; // else the browser goes back to where the form stood
  location.reload();
}

function close() {
  if (pane().hidden) return;
  if (isOlder) {
    again();
    return;
  }
  pane().hidden = true;
  form().replaceChildren();
  tree().hidden = false;
  scrollTo({ top: height });
  from?.focus({ preventScroll: true });
  from = null;
}

function show(title) {
  if (!tree().hidden) height = scrollY;
  tree().hidden = true;
  pane().hidden = false;
  showSide("structure");
  const head = document.querySelector("[data-part-title]");
  head.textContent = title;
  head.focus({ preventScroll: true });
  const { top } = pane().getBoundingClientRect();
  if (top < BEHIND_THE_BARS) scrollBy({ top: top - BEHIND_THE_BARS });
}

async function open(link) {
  const title = link.dataset.title ?? link.textContent.trim();
  from = link.closest("[data-tree-pane]") ? link : from;
  form().replaceChildren();
  await window.htmx.ajax("GET", link.href, { target: form(), swap: "innerHTML" });
  if (!form().childElementCount) {
    location.assign(link.href); // nothing came: let the browser show why
    return;
  }
  show(title);
  if (link.dataset.key) showWords(link.dataset.key);
}

// Links inside a form: back to the draft closes it, another part opens in its place.
function inside(link) {
  if (link.pathname === location.pathname && !link.search) return close;
  return link.pathname.includes("/part/") && !link.pathname.endsWith("/remove/") ? () => open(link) : null;
}

export function startPart() {
  if (!pane() || !window.htmx) return;
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = event.target.closest("a[data-part]");
    const other = event.target.closest("[data-part-form] a[href]");
    const act = link ? () => open(link) : other && inside(other);
    if (act) {
      event.preventDefault();
      act();
    } else if (event.target.closest("[data-closes-part]")) close();
  });
  document.addEventListener("desk:close-part", close);
  document.addEventListener("keqiao:saved", () => {
    isOlder = true;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && pane().contains(event.target)) close();
  });
}
