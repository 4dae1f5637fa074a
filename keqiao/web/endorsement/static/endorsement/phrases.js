// A phrase that is picked goes into the field beside it, behind what stands there; it can be changed then.

function picked(event) {
  const choice = event.target.closest?.("select[data-phrases]");
  if (!choice?.value) return;
  const field = document.getElementById(choice.dataset.phrases);
  if (!field) return;
  field.value = [field.value.trim(), choice.value].filter(Boolean).join("\n");
  choice.value = "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

document.addEventListener("change", picked);
