// Sends the file of a form in pieces before the form itself (tus 1.0.0) and goes on where a broken line stopped.
// Without this module the browser sends the file with the form.

const PIECE = 4 * 1024 * 1024;
const PAUSES = [1, 2, 5, 10, 20, 30]; // seconds between tries after the line broke

class RefusedError extends Error {}

const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

function base64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function headersOf(form, more) {
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  return { "Tus-Resumable": "1.0.0", "X-CSRFToken": token, ...more };
}

// The digest of a piece, where the browser offers it (only over https or on this machine).
async function checksum(piece) {
  if (!globalThis.crypto?.subtle) return {};
  const digest = await crypto.subtle.digest("SHA-256", await piece.arrayBuffer());
  return { "Upload-Checksum": `sha256 ${btoa(String.fromCharCode(...new Uint8Array(digest)))}` };
}

function memoryOf(place, file) {
  return ["upload", place.dataset.purpose, place.dataset.association, file.name, file.size, file.lastModified].join("|");
}

async function announce(form, place, file) {
  const { purpose, association, most } = place.dataset;
  const about = { filename: file.name, purpose, association, most };
  const pairs = Object.entries(about).filter(([, value]) => value).map(([name, value]) => `${name} ${base64(value)}`);
  const headers = headersOf(form, { "Upload-Length": String(file.size), "Upload-Metadata": pairs.join(",") });
  const answer = await fetch(place.dataset.resumable, { method: "POST", headers });
  if (answer.status !== 201) throw new RefusedError(await answer.text());
  return answer.headers.get("Location");
}

async function offsetAt(form, address) {
  const answer = await fetch(address, { method: "HEAD", headers: headersOf(form) });
  return answer.ok ? Number(answer.headers.get("Upload-Offset")) : null;
}

// Where to go on: the upload this tab began with the same file, else a new one.
async function begin(form, place, file) {
  const memory = memoryOf(place, file);
  const known = sessionStorage.getItem(memory);
  const offset = known ? await offsetAt(form, known) : null;
  if (offset !== null) return { address: known, offset };
  const address = await announce(form, place, file);
  sessionStorage.setItem(memory, address);
  return { address, offset: 0 };
}

async function sendPiece(form, file, upload) {
  const piece = file.slice(upload.offset, upload.offset + PIECE);
  const headers = headersOf(form, {
    "Content-Type": "application/offset+octet-stream",
    "Upload-Offset": String(upload.offset),
    ...(await checksum(piece)),
  });
  const answer = await fetch(upload.address, { method: "PATCH", headers, body: piece });
  if (answer.status === 204) {
    return { offset: Number(answer.headers.get("Upload-Offset")), state: answer.headers.get("Keqiao-File-State") };
  }
  if ([409, 423, 460].includes(answer.status) || answer.status >= 500) throw new Error(String(answer.status));
  throw new RefusedError(await answer.text());
}

async function send(form, place, file, show) {
  const upload = await begin(form, place, file);
  let tries = 0;
  for (;;) {
    show(place.dataset.textSending, upload.offset / file.size);
    try {
      const { offset, state } = await sendPiece(form, file, upload);
      upload.offset = offset;
      tries = 0;
      if (state === "stored") return upload.address;
    } catch (fault) {
      if (fault instanceof RefusedError || tries >= PAUSES.length) throw fault;
      show(place.dataset.textWaiting, upload.offset / file.size);
      await pause(PAUSES[tries++]);
      upload.offset = (await offsetAt(form, upload.address).catch(() => null)) ?? upload.offset;
    }
  }
}

function watch(place) {
  const form = place.closest("form");
  const field = place.querySelector("input[type=file]");
  const sent = place.querySelector("input[name$=sent]");
  const bar = place.querySelector("progress");
  const says = place.querySelector("[data-says]");
  const show = (words, share) => {
    bar.hidden = false;
    bar.value = Math.round(share * 100);
    says.textContent = `${words} ${bar.value}%`;
  };
  form.addEventListener("submit", async (event) => {
    const file = field.files[0];
    if (!file || !file.size) return;
    event.preventDefault();
    const button = event.submitter;
    if (button) button.disabled = true;
    try {
      const address = await send(form, place, file, show);
      show(place.dataset.textSending, 1);
      sent.value = address.split("/").filter(Boolean).pop();
      field.value = "";
      field.required = false;
      sessionStorage.removeItem(memoryOf(place, file));
      form.submit();
    } catch (fault) {
      if (fault instanceof RefusedError) sessionStorage.removeItem(memoryOf(place, file));
      says.textContent = (fault instanceof RefusedError && fault.message) || place.dataset.textFailed;
      if (button) button.disabled = false;
    }
  });
}

for (const place of document.querySelectorAll("[data-resumable]")) watch(place);
