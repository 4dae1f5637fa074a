// Words picked out with mouse, finger or keys: a button beside them, then the menu of what they can be.

const ROOM = 116; // the bars at the top

const SELECTING_KEYS = /^(Arrow|Home|End|Shift)/;

const box = () => document.querySelector("[data-selecting]");
const characters = (text) => [...text].length; // as the server counts them: one for each, whatever its width

// The address of what is selected, cut to the paragraph in which it begins.
function address(selection) {
  const range = selection.getRangeAt(0);
  const at = range.startContainer.parentElement?.closest("[data-at]") ?? range.startContainer.closest?.("[data-at]");
  if (!at) return "";
  const before = document.createRange();
  before.selectNodeContents(at);
  before.setEnd(range.startContainer, range.startOffset);
  const start = characters(before.toString());
  const inside = range.cloneRange();
  if (!at.contains(range.endContainer)) inside.setEndAfter(at.lastChild);
  const length = characters(inside.toString());
  return inside.toString().trim() ? `${at.dataset.at}.${start}.${start + length}` : "";
}

// The button stands at the words; the menu beside the document where there is room, so that the words stay in sight.
function place(round) {
  const menu = box();
  menu.hidden = false;
  const { width, height } = menu.getBoundingClientRect();
  const edge = document.querySelector("[data-separator]")?.getBoundingClientRect().right ?? 0;
  const beside = !menu.classList.contains("is-small") && edge > 0 && edge + width + 20 < innerWidth;
  const below = round.bottom + 8 + height < innerHeight ? round.bottom + 8 : Math.max(ROOM, round.top - height - 8);
  const level = Math.max(ROOM, Math.min(round.top - 48, innerHeight - height - 12));
  menu.style.setProperty("top", `${beside ? level : below}px`);
  const left = beside ? edge + 8 : Math.min(Math.max(12, round.left), innerWidth - width - 12);
  menu.style.setProperty("left", `${left}px`);
}

function close() {
  box().hidden = true;
  box().replaceChildren();
}

async function openMenu(href, round) {
  box().classList.remove("is-small");
  await window.htmx.ajax("GET", href, { target: box(), swap: "innerHTML" });
  place(round);
  box().querySelector("a, select")?.focus({ preventScroll: true });
}

function offer() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const words = address(selection);
  if (!words) return;
  const round = selection.getRangeAt(0).getBoundingClientRect();
  const pattern = document.querySelector("a[data-use]");
  if (!pattern) return; // nobody who may change the draft
  const href = `${pattern.pathname}?words=${words}`;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-primary btn-sm kq-selecting__open";
  button.textContent = box().dataset.words;
  button.addEventListener("click", () => openMenu(href, round));
  box().replaceChildren(button);
  box().classList.add("is-small");
  place(round);
}

export function startSelecting() {
  if (!box() || !window.htmx) return;
  let waiting = 0;
  const later = (pause) => {
    clearTimeout(waiting);
    waiting = setTimeout(offer, pause);
  };
  document.addEventListener("mouseup", (event) => {
    if (!box().contains(event.target)) later(60);
  });
  document.addEventListener("keyup", (event) => {
    if (SELECTING_KEYS.test(event.key)) later(200);
  });
  // fingers move the ends of a selection without any other event
  if (matchMedia("(pointer: coarse)").matches) document.addEventListener("selectionchange", () => later(500));
  document.addEventListener("mousedown", (event) => {
    if (!box().contains(event.target)) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  document.addEventListener("click", (event) => {
    const use = event.target.closest("a[data-use]");
    if (use && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      openMenu(use.href, use.getBoundingClientRect());
    } else if (event.target.closest("[data-selecting] a[data-part]")) close();
  });
}
