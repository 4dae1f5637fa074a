// The two panes: their widths, on a phone the one that is in sight; folding and filtering of the tree.

const KEY = "keqiao-desk-width";
const STEP = 4;

const panes = () => document.querySelector("[data-panes]");

function setWidth(separator, percent) {
  const least = Number(separator.getAttribute("aria-valuemin"));
  const most = Number(separator.getAttribute("aria-valuemax"));
  const width = Math.round(Math.min(most, Math.max(least, percent)));
  separator.setAttribute("aria-valuenow", String(width));
  document.body.style.setProperty("--original-width", `${width}%`);
  try {
    localStorage.setItem(KEY, String(width));
  } catch {
    // storage is closed: the width holds for this page only
  }
}

function remembered() {
  try {
    return Number(localStorage.getItem(KEY));
  } catch {
    return 0;
  }
}

function startSeparator(separator) {
  const now = () => Number(separator.getAttribute("aria-valuenow"));
  const moves = { ArrowLeft: () => now() - STEP, ArrowRight: () => now() + STEP, Home: () => 0, End: () => 100 };
  if (remembered()) setWidth(separator, remembered());
  separator.addEventListener("keydown", (event) => {
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    setWidth(separator, move());
  });
  separator.addEventListener("pointerdown", (event) => separator.setPointerCapture(event.pointerId));
  separator.addEventListener("pointermove", (event) => {
    if (!separator.hasPointerCapture(event.pointerId)) return;
    const box = panes().getBoundingClientRect();
    setWidth(separator, (100 * (event.clientX - box.left)) / box.width);
  });
}

// Show one side where only one has room; elsewhere both are in sight anyway.
export function showSide(side) {
  const box = panes();
  if (!box) return;
  box.dataset.side = side;
  for (const tab of document.querySelectorAll("[data-side][href]")) {
    if (tab.dataset.side === side) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
}

// Open every folded thing round an element, so that it can be seen.
export function unfold(element) {
  for (let at = element?.closest("details"); at; at = at.parentElement?.closest("details")) at.open = true;
}

function fold(open) {
  for (const branch of document.querySelectorAll("[data-whole-tree] details[data-branch]"))
    branch.open = open || branch.id === "node-";
}

export function showAll() {
  document.querySelector("[data-whole-tree]")?.classList.remove("is-only-open");
  document.querySelector("[data-only-open]")?.removeAttribute("aria-current");
}

function toggleFilter(link) {
  const only = document.querySelector("[data-whole-tree]").classList.toggle("is-only-open");
  if (only) link.setAttribute("aria-current", "true");
  else link.removeAttribute("aria-current");
}

export function startPanes() {
  panes()?.classList.add("is-tabbed");
  const separator = document.querySelector("[data-separator]");
  if (separator) startSeparator(separator);
  for (const button of document.querySelectorAll("[data-fold]")) button.hidden = false;
  document.addEventListener("click", (event) => {
    const folder = event.target.closest("[data-fold]");
    if (folder) fold(folder.dataset.fold === "open");
    const filter = event.target.closest("[data-only-open]");
    const tab = event.target.closest("[data-side][href]");
    if (filter) {
      event.preventDefault();
      toggleFilter(filter);
    } else if (tab) {
      event.preventDefault();
      showSide(tab.dataset.side);
    }
  });
}
