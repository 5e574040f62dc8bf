"use strict";

// The one place that says that an article's form changed, whoever changed it: a person, the body's
// editor, a calendar, a choosing box. It tells by an event of the form, "desk:changed"; whether
// anything differs from what is stored stands in the form's data-unsaved, "true" or "false".
document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("article_form");
  if (!form) return;

  const typed = () =>
    JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value.name ?? value]));

  // A form that came back with faults holds what was typed, not what is stored.
  const stored = form.querySelector("p.errornote") ? null : typed();
  let last = stored;

  const look = () => {
    const now = typed();
    if (now === last) return;
    last = now;
    form.dataset.unsaved = String(now !== stored);
    form.dispatchEvent(new CustomEvent("desk:changed"));
  };

  // Calendars and clocks write into their boxes and tell nobody: so look after each click as well.
  for (const name of ["input", "change", "click", "focusout"]) {
    form.addEventListener(name, () => setTimeout(look));
  }
  window.django.jQuery(form).on("change", look); // What jQuery triggers is heard by jQuery alone.
  form.dataset.unsaved = "false";
  look();
});
