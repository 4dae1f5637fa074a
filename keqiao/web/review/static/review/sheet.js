// The sheet of an expert is saved while it is filled in. Without this module the page works by its buttons.

const SOON = 1500; // milliseconds after the last key
const form = document.querySelector("form[data-sheet]");
const place = form.querySelector("[data-state]");
const total = document.querySelector("[data-total]");
let timer = 0;
let isUnderWay = false;
let isStopped = false;
let isAgain = false;

function say(state, words) {
  place.className = `kq-saved kq-saved--${state}`;
  place.textContent = words;
}

async function save() {
  if (isStopped) return;
  if (isUnderWay) {
    isAgain = true;
    return;
  }
  isUnderWay = true;
  say("pending", form.dataset.textSaving);
  try {
    const answer = await fetch(form.dataset.saveAt, { method: "POST", body: new FormData(form) });
    await answered(answer);
  } catch {
    say("failed", form.dataset.textFailed);
  } finally {
    isUnderWay = false;
    if (isAgain && !isStopped) {
      isAgain = false;
      save();
    }
  }
}

async function answered(answer) {
  if (answer.ok) {
    const said = await answer.json();
    form.elements.version.value = said.version;
    if (total) total.textContent = said.total;
    say("done", form.dataset.textSaved.replace("{time}", said.at));
    return;
  }
  isStopped = answer.status === 409; // somebody else saved, or it is closed: a person has to look
  const said = answer.status === 409 ? (await answer.json()).says.join(" ") : form.dataset.textFailed;
  say("failed", said);
}

form.addEventListener("input", () => {
  if (isStopped) return;
  say("pending", form.dataset.textUnsaved);
  clearTimeout(timer);
  timer = setTimeout(save, SOON);
});
form.addEventListener("submit", () => {
  isStopped = true;
  clearTimeout(timer);
});
