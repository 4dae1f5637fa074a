// Keys: "/" to the search, "?" to the list of keys, Alt+1..9 to the places of the left navigation.

const typing = (target) => target.closest?.("input, textarea, select, [contenteditable=true]");

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.isComposing) return;
  if (event.key === "Escape") {
    for (const menu of document.querySelectorAll("details.kq-menu[open]")) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
    return;
  }
  if (event.altKey && /^[1-9]$/.test(event.key)) {
    const place = document.querySelectorAll(".kq-side a")[Number(event.key) - 1];
    if (place) {
      event.preventDefault();
      place.click();
    }
    return;
  }
  if (event.altKey || typing(event.target)) return;
  if (event.key === "/") {
    const search = document.querySelector("[data-search]");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
  if (event.key === "?") document.getElementById("keys")?.showModal?.();
}

export function startKeys() {
  document.addEventListener("keydown", pressed);
}
