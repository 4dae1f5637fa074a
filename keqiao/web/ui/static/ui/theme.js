// Runs before the page is painted: puts the chosen mode on <html>. No choice, or no scripts: the system's.
try {
  const mode = localStorage.getItem("keqiao-mode");
  if (mode === "light" || mode === "dark") document.documentElement.dataset.mode = mode;
} catch {
  // storage is closed by the browser's settings; the system's mode stays
}
