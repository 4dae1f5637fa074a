// The form of a part opens in place of the tree; its address stays a page of its own.
import { showSide } from "./panes.js";
import { showWords } from "./facts.js";

const pane = () => document.querySelector("[data-part-pane]");
const tree = () => document.querySelector("[data-tree-pane]");

let from = null;
let height = 0;

function close() {
  if (pane().hidden) return;
  pane().hidden = true;
  pane().replaceChildren();
  tree().hidden = false;
  scrollTo({ top: height });
  from?.focus({ preventScroll: true });
  from = null;
}

function show() {
  if (!tree().hidden) height = scrollY;
  tree().hidden = true;
  pane().hidden = false;
  showSide("structure");
  const top = document.querySelector("[data-panes]").getBoundingClientRect().top;
  if (top < 0) scrollBy({ top: top - 110 });
  const first = pane().querySelector(".kq-faults, input:not([type=hidden]), select, textarea, h1, h2");
  if (first && !first.matches("input, select, textarea, .kq-faults")) first.tabIndex = -1;
  first?.focus({ preventScroll: true });
}

async function open(link) {
  from = link.closest("[data-tree-pane]") ? link : from;
  const key = link.dataset.key;
  await window.htmx.ajax("GET", link.href, { target: pane(), swap: "innerHTML" });
  if (!pane().childElementCount) {
    location.assign(link.href); // nothing came: let the browser show why
    return;
  }
  show();
  if (key) showWords(key);
}

export function startPart() {
  if (!pane()) return;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-part]");
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);
    if (link && plain && window.htmx) {
      event.preventDefault();
      open(link);
    } else if (event.target.closest("[data-part-pane] [data-closes-part]")) {
      event.preventDefault();
      close();
    }
  });
  document.addEventListener("desk:close-part", close);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && pane().contains(event.target)) close();
  });
}
