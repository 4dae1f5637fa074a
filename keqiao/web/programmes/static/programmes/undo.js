// Ctrl+Z and Ctrl+Shift+Z press the buttons of undo and redo; in a field they stay the field's own.

const typing = (target) => target.closest?.("input, textarea, select, [contenteditable=true]");

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
  if (event.key.toLowerCase() !== "z" || typing(event.target)) return;
  const button = document.querySelector(event.shiftKey ? "[data-redo]" : "[data-undo]");
  if (!button || button.disabled) return;
  event.preventDefault();
  button.click();
});

// A form on the page saved itself: that is what would be undone now.
document.addEventListener("keqiao:saved", (event) => {
  const undo = document.querySelector("[data-undo]");
  const redo = document.querySelector("[data-redo]");
  if (!undo || !redo) return;
  undo.form.elements.version.value = event.detail.version;
  undo.title = undo.textContent.split("：")[0].trim();
  undo.disabled = false;
  redo.disabled = true;
});
