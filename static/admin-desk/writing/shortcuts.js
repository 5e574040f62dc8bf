"use strict";

// Keys for what is done all day. They are told by their place on the keyboard (event.code) and not by
// the letter on them, since an Urdu or Sindhi layout types its own letters. None is held with Ctrl and
// Alt together: that is AltGr, with which such layouts type.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("article_form");
  if (!form) return;
  const { isMac, make, modifier, openDialog } = window.desk;

  const press = (selector) => () => {
    const button = form.querySelector(selector);
    if (button) form.requestSubmit(button);
  };
  const move = (step) => () => {
    const fields = [
      ...form.querySelectorAll(
        "input:not([type=hidden], [type=submit], [type=file]), textarea," +
          "select:not(.select2-hidden-accessible), [contenteditable=true], [role=combobox]",
      ),
    ].filter((field) => field.checkVisibility() && !field.disabled);
    const here = document.activeElement;
    const isBefore = (field) => here.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_PRECEDING;
    const at = fields.includes(here) ? fields.indexOf(here) : fields.filter(isBefore).length - 0.5;
    fields[step > 0 ? Math.floor(at) + 1 : Math.ceil(at) - 1]?.focus();
  };

  const shortcuts = [
    { code: "KeyS", key: "S", label: gettext("Save and go on writing"), run: press("[name=_continue]") },
    { code: "Enter", key: "Enter", label: gettext("Save and leave"), run: press("[name=_save]") },
    {
      code: "Enter",
      key: "Enter",
      shift: true,
      label: gettext("Go to the next steps, such as submitting and publishing"),
      run: () => form.querySelector(".verbs button")?.focus(),
    },
    {
      code: "Backslash",
      key: "\\",
      label: gettext("Show or hide the preview"),
      run: () => form.dispatchEvent(new CustomEvent("desk:preview")),
    },
    {
      code: "Backslash",
      key: "\\",
      shift: true,
      label: gettext("Show the text as it is now in the preview"),
      run: () => form.dispatchEvent(new CustomEvent("desk:preview-now")),
    },
    { code: "ArrowDown", key: "↓", alt: true, label: gettext("Next field"), run: move(1) },
    { code: "ArrowUp", key: "↑", alt: true, label: gettext("Previous field"), run: move(-1) },
    { code: "Slash", key: "/", label: gettext("Show these keys"), run: showKeys },
  ];
  // These are the editor's own.
  const ofText = [
    { key: "B", label: gettext("Strong") },
    { key: "I", label: gettext("Emphasis") },
    { key: "K", label: gettext("Link") },
    { key: "Z", label: gettext("Undo") },
    { key: "Z", shift: true, label: gettext("Redo") },
    { key: "Enter", shift: true, isBare: true, label: gettext("New line in the same paragraph") },
  ];

  const isHeld = (event, { alt = false, shift = false }) => {
    const main = isMac ? event.metaKey : event.ctrlKey;
    const other = isMac ? event.ctrlKey : event.metaKey;
    return main === !alt && event.altKey === alt && event.shiftKey === shift && !other;
  };

  document.addEventListener(
    "keydown",
    (event) => {
      if (event.isComposing || document.querySelector("dialog[open]")) return;
      const found = shortcuts.find((each) => each.code === event.code && isHeld(event, each));
      if (!found) return;
      event.preventDefault();
      event.stopPropagation(); // The body's editor makes a new line with one of them.
      if (!event.repeat || found.alt) found.run();
    },
    true,
  );

  function showKeys() {
    const row = ({ key, label, alt, shift, isBare }) => {
      const held = alt ? (isMac ? "⌥" : "Alt") : isBare ? "" : modifier;
      const keys = [held, shift ? "Shift" : "", key].filter(Boolean);
      const printed = keys.flatMap((name) => ["+", make("kbd", { textContent: name })]).slice(1);
      return make(
        "div",
        {},
        make("dt", { textContent: label }),
        make("dd", {}, make("bdi", { dir: "ltr" }, ...printed)),
      );
    };
    const list = (title, rows) => [
      make("h3", { textContent: title }),
      make("dl", { className: "desk-keys" }, ...rows.map(row)),
    ];
    openDialog({
      title: gettext("Keys"),
      content: make(
        "div",
        {},
        ...list(gettext("Everywhere in the form"), shortcuts),
        ...list(gettext("In the text"), ofText),
      ),
    });
  }

  // Django puts the cursor of a new row into the form's first control, which is a button of the bar.
  window.addEventListener("load", () => {
    const isInBar = document.activeElement.closest(".writing-bar");
    if (isInBar) document.getElementById("id_headline")?.focus();
  });

  const help = document.querySelector("[data-writing-keys]");
  if (help) {
    help.hidden = false;
    help.addEventListener("click", showKeys);
  }
});
