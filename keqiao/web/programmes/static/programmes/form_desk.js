// Fields of a form are dragged into another place, or moved with Alt and an arrow. A drop fills in the form of the
// field's own buttons and sends it, an arrow presses one of them, so that it is one saved change like any other.

const MARKS = ["is-drop-before", "is-drop-after"];
const list = document.querySelector("[data-fields]");
const fieldOf = (target) => target.closest?.("[data-field]");
let dragged = null;

function clear() {
  for (const marked of list.querySelectorAll(MARKS.map((mark) => `.${mark}`).join())) marked.classList.remove(...MARKS);
}

/** The field that a drop would stand behind: undefined where it would change nothing, "" for the top. */
function behind(event) {
  const item = fieldOf(event.target);
  if (!dragged || !item || item === dragged) return undefined;
  const row = item.getBoundingClientRect();
  const isLower = event.clientY > row.top + row.height / 2;
  return { item, isLower, after: isLower ? item : item.previousElementSibling };
}

function send(after) {
  const form = dragged.querySelector("form");
  const said = { place: "behind", behind: after?.dataset.field ?? "" };
  for (const [name, value] of Object.entries(said)) {
    const hidden = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    form.append(hidden);
  }
  form.submit();
}

const DRAGGING = {
  dragstart(event) {
    dragged = fieldOf(event.target);
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.field);
  },
  dragover(event) {
    clear();
    const place = behind(event);
    if (!place) return;
    event.preventDefault();
    place.item.classList.add(place.isLower ? "is-drop-after" : "is-drop-before");
  },
  drop(event) {
    const place = behind(event);
    clear();
    if (!place || place.after === dragged) return;
    event.preventDefault();
    send(place.after);
  },
  dragend() {
    clear();
    dragged = null;
  },
};

const ARROWS = { ArrowUp: "up", ArrowDown: "down" };

function moveByArrow(event) {
  const place = event.altKey && !event.ctrlKey && !event.metaKey && ARROWS[event.key];
  const button = place && fieldOf(event.target)?.querySelector(`button[name="place"][value="${place}"]`);
  if (!button) return;
  event.preventDefault(); // in some browsers Alt and an arrow lead elsewhere
  button.click(); // does nothing at either end, where the button is switched off
}

if (list) list.addEventListener("keydown", moveByArrow);
if (list) for (const [name, handle] of Object.entries(DRAGGING)) list.addEventListener(name, handle);
