"use strict";

// One key a decision, by its place on the keyboard: an Urdu layout types Urdu letters. A key does
// what its button or link says, and nothing while somebody types.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest("input, textarea, select, [contenteditable], .select2-container")) return;
  const what = document.querySelector(`[data-key="${CSS.escape(event.code)}"]`);
  if (!what) return;
  event.preventDefault();
  if (what.matches("input")) {
    what.focus();
    what.select();
  } else {
    what.click();
  }
});

// Enter in a headline's box saves that headline, whatever button stands first in the form.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches(".headline input")) return;
  event.preventDefault();
  event.target.parentElement.querySelector("button").click();
});

// A second press of a key must not decide about the next capture before it is seen.
document.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
