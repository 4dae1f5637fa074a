// Countdowns: <time data-until datetime="…"> is rewritten each minute. The server wrote it first, by its own clock;
// this computer's clock may be wrong, so only the difference since the page arrived is counted here.

const DAY = 86_400;

function left(seconds, words) {
  if (seconds <= 0) return words.textOver;
  const days = Math.floor(seconds / DAY);
  if (days >= 1) return words.textDaysLeft.replace("{n}", String(days));
  const minutes = Math.max(1, Math.floor(seconds / 60));
  return minutes >= 60
    ? words.textHoursLeft.replace("{n}", String(Math.floor(minutes / 60)))
    : words.textMinutesLeft.replace("{n}", String(minutes));
}

export function startTimes() {
  const words = document.body.dataset;
  const began = performance.now();
  const tick = () => {
    const passed = (performance.now() - began) / 1000;
    for (const place of document.querySelectorAll("[data-seconds-left]"))
      place.textContent = left(Number(place.dataset.secondsLeft) - passed, words);
  };
  if (document.querySelector("[data-seconds-left]")) setInterval(tick, 60_000);
}
