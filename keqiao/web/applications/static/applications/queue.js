// Somebody who waits in the queue is asked to come again: the page does it by itself.

for (const form of document.querySelectorAll("form[data-again]"))
  setTimeout(() => form.requestSubmit(), Number(form.dataset.again) * 1000);
