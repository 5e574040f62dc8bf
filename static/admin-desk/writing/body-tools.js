"use strict";

// The row of buttons above the body: named in the desk's language, reached by Tab once and walked
// through with the arrow keys, each saying whether it is pressed and whether it can do anything.
window.desk = window.desk || {};

// `editLink` asks for an address, `toggleSource` turns to the HTML and back. Returns the toolbar and
// a function that says what is pressed by now.
window.desk.bodyTools = (editor, { editLink, toggleSource, isSource }) => {
  const { make } = window.desk;

  const toggle = (icon, label, name, command, keys) => ({
    icon,
    label,
    keys,
    isPressed: () => editor.isActive(name),
    can: () => editor.can()[command](),
    run: (chain) => chain[command]().run(),
  });
  const heading = (level, label) => ({
    text: `H${level}`,
    label,
    isPressed: () => editor.isActive("heading", { level }),
    can: () => editor.can().toggleHeading({ level }),
    run: (chain) => chain.toggleHeading({ level }).run(),
  });
  const step = (icon, label, command, keys) => ({
    icon,
    label,
    keys,
    can: () => editor.can()[command](),
    run: (chain) => chain[command]().run(),
  });

  const groups = [
    [
      heading(2, gettext("Heading")),
      heading(3, gettext("Subheading")),
      heading(4, gettext("Minor heading")),
    ],
    [
      toggle("format_bold", gettext("Strong"), "bold", "toggleBold", "B"),
      toggle("format_italic", gettext("Emphasis"), "italic", "toggleItalic", "I"),
    ],
    [
      {
        icon: "insert_link",
        label: gettext("Link"),
        keys: "K",
        isPressed: () => editor.isActive("link"),
        can: () => !editor.state.selection.empty || editor.isActive("link"),
        run: editLink,
      },
      {
        icon: "link_off",
        label: gettext("Take the link away"),
        can: () => editor.isActive("link"),
        run: (chain) => chain.unsetLink().run(),
      },
    ],
    [
      toggle("format_list_bulleted", gettext("List"), "bulletList", "toggleBulletList"),
      toggle("format_list_numbered", gettext("Numbered list"), "orderedList", "toggleOrderedList"),
      toggle("format_quote", gettext("Quotation"), "blockquote", "toggleBlockquote"),
      {
        icon: "horizontal_rule",
        label: gettext("Dividing line"),
        can: () => editor.can().setHorizontalRule(),
        run: (chain) => chain.setHorizontalRule().run(),
      },
      {
        icon: "format_clear",
        label: gettext("Plain text"),
        can: () => true,
        run: (chain) => chain.unsetAllMarks().clearNodes().run(),
      },
    ],
    [
      step("undo", gettext("Undo"), "undo", "Z"),
      step("redo", gettext("Redo"), "redo", "Y"),
    ],
    [
      {
        text: "HTML",
        label: gettext("Edit as HTML"),
        isPressed: isSource,
        can: () => true,
        run: toggleSource,
      },
    ],
  ];

  const made = [];
  const buttonOf = (tool) => {
    const turns = ["format_list_bulleted", "undo", "redo"].includes(tool.icon) ? " turns" : "";
    const icon = tool.icon
      ? make("span", {
          className: `material-icons${turns}`,
          "aria-hidden": "true",
          textContent: tool.icon,
        })
      : make("bdi", { dir: "ltr", textContent: tool.text });
    const keys = tool.keys ? ` \u2066(${window.desk.modifier} + ${tool.keys})\u2069` : "";
    const button = make(
      "button",
      { type: "button", className: "body-tool", title: tool.label + keys, "aria-label": tool.label },
      icon,
    );
    button.tabIndex = made.length ? -1 : 0;
    // A pressed mouse button would take the focus and with it the selection that the tool is for.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", (event) => {
      if (button.getAttribute("aria-disabled") === "true") return;
      const isByKey = event.detail === 0;
      tool.run(isByKey ? editor.chain() : editor.chain().focus());
    });
    made.push({ tool, button });
    return button;
  };

  const bar = make(
    "div",
    { className: "body-tools", role: "toolbar", "aria-label": gettext("Form of the text") },
    ...groups.map((group) => make("div", { className: "body-tool-group" }, ...group.map(buttonOf))),
  );

  const update = () => {
    for (const { tool, button } of made) {
      const can = tool.run === toggleSource || (!isSource() && tool.can());
      button.setAttribute("aria-disabled", String(!can));
      if (tool.isPressed) button.setAttribute("aria-pressed", String(Boolean(tool.isPressed())));
    }
  };

  bar.addEventListener("keydown", (event) => {
    const buttons = made.map(({ button }) => button);
    const at = buttons.indexOf(event.target);
    const forward = getComputedStyle(bar).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
    const steps = { [forward]: at + 1, [back]: at - 1, Home: 0, End: -1 };
    if (at < 0 || !(event.code in steps)) return;
    event.preventDefault();
    const next = buttons.at(steps[event.code] % buttons.length);
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  });

  editor.on("transaction", update);
  update();
  return { bar, update };
};
