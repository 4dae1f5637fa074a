// From doubt to doubt: the arrows of the bar, j or n for the next, k or p for the one before.
import { announce } from "../../ui/js/listening.js";
import { lead, showWords } from "./facts.js";

const STEPS = { j: 1, n: 1, k: -1, p: -1 };
const typing = (target) => target.closest?.("input, textarea, select, [contenteditable=true], dialog");

let last = -1;

function step(by) {
  const doubts = [...document.querySelectorAll("[data-doubt]")];
  if (!doubts.length) return;
  const here = doubts.findIndex((doubt) => doubt.contains(document.activeElement));
  const at = here >= 0 ? here : last;
  last = (at + by + doubts.length + (at < 0 && by < 0 ? 1 : 0)) % doubts.length;
  const doubt = doubts[last];
  document.dispatchEvent(new CustomEvent("desk:close-part"));
  lead(doubt);
  showWords(doubt.dataset.key);
  announce(doubt.getAttribute("aria-label"));
}

export function startDoubts() {
  document.addEventListener("click", (event) => {
    const arrow = event.target.closest("[data-step]");
    if (!arrow) return;
    event.preventDefault();
    step(Number(arrow.dataset.step));
  });
  document.addEventListener("keydown", (event) => {
    const by = STEPS[event.key];
    if (!by || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    event.preventDefault();
    step(by);
  });
}
