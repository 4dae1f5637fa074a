// Counts characters while they are typed, as the form counts them: ends of lines are not counted.

function count(place, field) {
  const limit = Number(place.dataset.limit);
  const used = [...field.value.replace(/[\r\n]/g, "")].length;
  place.textContent = `${used} / ${limit}`;
  place.classList.toggle("is-over", used > limit);
}

export function startCounting(form) {
  form.addEventListener("input", (event) => {
    const place = [...form.querySelectorAll("[data-characters]")].find(
      (each) => each.dataset.characters === event.target.id,
    );
    if (place) count(place, event.target);
  });
}
