"use strict";

// What the scripts of the writing desk share: elements made in one call, and the desk's dialogs.
window.desk = window.desk || {};

// The key that is held for what a page does, as it is printed on this keyboard.
window.desk.isMac = /Mac|iPhone|iPad/.test(navigator.platform);
window.desk.modifier = window.desk.isMac ? "⌘" : "Ctrl";

// An element with properties; a name with a hyphen, or "role", is an attribute.
window.desk.make = (tag, properties = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children);
  return element;
};

// Ask or tell something. Escape and the closing button leave it, and focus goes back where it was.
// `onSubmit` is called when the form is sent and returns a sentence that keeps the dialog open, or
// nothing. Without it there is nothing to send, only something to read.
window.desk.openDialog = ({ title, content, submit, onSubmit }) => {
  const { make } = window.desk;
  const refusal = make("p", { className: "desk-dialog-refusal", role: "alert" });
  const close = make("button", {
    type: "button",
    className: "button",
    textContent: onSubmit ? gettext("Cancel") : gettext("Close"),
  });
  const buttons = make("div", { className: "desk-dialog-buttons" }, close);
  if (onSubmit) {
    buttons.prepend(make("button", { className: "button default", textContent: submit }));
  }
  const form = make("form", { method: "dialog" }, content, refusal, buttons);
  const heading = make("h2", { id: "desk-dialog-title", textContent: title });
  const dialog = make(
    "dialog",
    { className: "desk-dialog", "aria-labelledby": heading.id },
    heading,
    form,
  );
  form.addEventListener("submit", (event) => {
    refusal.textContent = onSubmit() || "";
    if (refusal.textContent) event.preventDefault();
  });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
};
