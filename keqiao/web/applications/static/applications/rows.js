// Rows of tables are added and taken out on the page; the buttons post where there are no scripts.

const NEW = "__n__";

export function addRow(form, table) {
  const template = form.querySelector(`template[data-row-template="${table}"]`);
  const list = form.querySelector(`[data-rows="${table}"]`);
  const count = form.querySelector(`[data-row-count="${table}"]`);
  if (!template || !list || !count) return null;
  const holder = document.createElement("template");
  holder.innerHTML = template.innerHTML.replaceAll(NEW, count.value); // written by the server
  const row = holder.content.querySelector("[data-row]");
  (list.tBodies?.[0] ?? list).append(row);
  count.value = String(Number(count.value) + 1);
  return row;
}

// Take the last row out. False: there is none.
export function dropRow(form, table) {
  const list = form.querySelector(`[data-rows="${table}"]`);
  const row = list && [...list.querySelectorAll("[data-row]")].at(-1);
  if (!row) return false;
  row.remove();
  renumber(form, list);
  return true;
}

const NAMING = ["name", "id", "for", "value", "list", "aria-describedby", "data-cell", "data-characters"];

// Rows are numbered from 0 without gaps, as the server numbers them.
function renumber(form, list) {
  const table = list.dataset.rows;
  const numbered = new RegExp(`^((?:remove:)?f\\.${table})\\.\\d+`);
  const rows = [...list.querySelectorAll("[data-row]")];
  rows.forEach((row, number) => {
    for (const place of row.querySelectorAll("*"))
      for (const attribute of NAMING) {
        const said = place.getAttribute(attribute);
        if (said && numbered.test(said)) place.setAttribute(attribute, said.replace(numbered, `$1.${number}`));
      }
  });
  const count = form.querySelector(`[data-row-count="${table}"]`);
  if (count) count.value = String(rows.length);
}

export function startRows(form, changed) {
  form.addEventListener("click", (event) => {
    const adds = event.target.closest("[data-adds]");
    const removes = event.target.closest("[data-removes]");
    if (adds) {
      const row = addRow(form, adds.dataset.adds);
      if (!row) return;
      event.preventDefault();
      row.querySelector("input:not([type=hidden]), textarea, select")?.focus();
      changed();
    } else if (removes) {
      event.preventDefault();
      const row = removes.closest("[data-row]");
      const list = row.closest("[data-rows]");
      const next =
        row.nextElementSibling?.querySelector("input:not([type=hidden]), textarea") ??
        form.querySelector(`[data-adds="${list.dataset.rows}"]`);
      row.remove();
      renumber(form, list);
      next?.focus();
      changed();
    }
  });
}
