// Words and facts: a click on either shows the other.
import { announce } from "../../ui/js/listening.js";
import { showAll, showSide, unfold } from "./panes.js";

const narrow = () => matchMedia("(max-width: 767px)").matches;

function only(elements, kind) {
  for (const shown of document.querySelectorAll(`.${kind}.is-shown`)) shown.classList.remove("is-shown");
  for (const element of elements) element.classList.add("is-shown");
}

function wordsOf(key) {
  return key ? [...document.querySelectorAll(`[data-keys~="${CSS.escape(key)}"]`)] : [];
}

// Bring the words of a fact into sight at the left. On a phone that side comes up only if asked for.
export function showWords(key, { turn = false } = {}) {
  const words = wordsOf(key);
  only(words, "kq-fact");
  if (!words.length) return;
  if (turn) showSide("original");
  if (narrow() && !turn) return;
  const pane = words[0].closest("[data-scroll]");
  const box = words[0].getBoundingClientRect();
  const round = pane.getBoundingClientRect();
  const table = words[0].closest(".kq-scroll");
  if (table) table.scrollLeft += box.left - table.getBoundingClientRect().left - table.clientWidth / 3;
  if (narrow()) words[0].scrollIntoView({ block: "center" });
  else pane.scrollTop += box.top - round.top - round.height / 3;
}

// Bring a row of the tree, a doubt or a section into sight and put the focus on it.
export function lead(target) {
  if (!target) return;
  showSide("structure");
  if (target.closest(".is-only-open") && !target.offsetParent) showAll();
  unfold(target);
  const focus = target.matches(".kq-stated") ? target.querySelector("a, [tabindex]") : target;
  if (target.matches("details")) target.querySelector("summary").focus({ preventScroll: true });
  else {
    if (!focus.matches("a, button, input, [tabindex]")) focus.tabIndex = -1;
    focus.focus({ preventScroll: true });
  }
  only(target.matches(".kq-stated") ? [target] : [], "kq-stated");
  target.scrollIntoView({ block: target.matches("section") ? "start" : "center" });
}

function rowOf(fact) {
  const keys = fact.dataset.keys.split(" ");
  const found = keys.map((key) =>
    document.querySelector(`[data-tree-pane] .kq-stated [data-key="${CSS.escape(key)}"]`),
  );
  const row = found.find(Boolean)?.closest(".kq-stated");
  return row ?? document.getElementById(`node-${keys[0]}`) ?? document.getElementById(keys[0].replaceAll(":", "-"));
}

function clickedWords(event, fact) {
  if (!getSelection().isCollapsed) {
    event.preventDefault(); // words were being picked out
    return;
  }
  const row = rowOf(fact);
  if (!row) return;
  event.preventDefault();
  document.dispatchEvent(new CustomEvent("desk:close-part"));
  only(wordsOf(fact.dataset.keys.split(" ")[0]), "kq-fact");
  lead(row);
  const said = row.matches("details") ? row.querySelector("summary") : row.querySelector(".kq-stated__link");
  announce((said ?? row).textContent.replace(/\s+/g, " ").trim());
}

// An address may name a row or a doubt; behind the last doubt the list of doubts stands for it.
function arrive(name) {
  const target = document.getElementById(name) ?? (name.startsWith("doubt-") && document.getElementById("doubts"));
  if (!target || !target.closest("[data-tree-pane]")) return;
  lead(target);
  showWords(target.dataset.key ?? target.querySelector("[data-key]")?.dataset.key);
}

export function startFacts() {
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const fact = event.target.closest("[data-keys]");
    if (fact) {
      clickedWords(event, fact);
      return;
    }
    const shows = event.target.closest("[data-shows]");
    if (shows) {
      event.preventDefault();
      showWords(shows.dataset.shows, { turn: true });
      return;
    }
    const leads = event.target.closest("[data-leads], [data-doubt-of]");
    const target = leads && document.getElementById(leads.hash.slice(1));
    if (target) {
      event.preventDefault();
      lead(target);
    }
  });
  document.addEventListener("focusin", (event) => {
    const key = event.target.closest("[data-tree-pane] [data-key]")?.dataset.key;
    if (key) showWords(key);
  });
  arrive(decodeURIComponent(location.hash.slice(1)));
}
