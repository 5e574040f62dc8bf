"use strict";

// The body of an article is written as readers see it: in its own face, language and direction.
// Without this script it is the same text as HTML in a plain box, which is also where it stays when
// it holds something that the editor cannot show.
document.addEventListener("DOMContentLoaded", async () => {
  const area = document.querySelector("textarea[data-body-editor]");
  if (!area) return;
  const { make, openDialog, bodyParts, bodySource, bodyTools, cleanPaste } = window.desk;
  const engine = await import(area.dataset.bodyEditor);
  const address = new RegExp(`^(?:${area.dataset.address})$`, "i");
  const isAddress = (text) => address.test(text.trim());

  const label = area.labels[0];
  label.id ||= `${area.id}_label`;
  const described = (area.getAttribute("aria-describedby") || "").replace(`${area.id}_helptext`, "");
  const place = make("div", { className: "body-text" });
  const told = make("p", { className: "body-told", role: "status" });

  const editor = new engine.Editor({
    element: place,
    extensions: bodyParts(engine, { isAddress, editLink }),
    injectCSS: false, // Ours stands in text.css: it asks nothing of a content security policy.
    enableInputRules: false, // A dash at the beginning of a line is a dash.
    enablePasteRules: false,
    editorProps: {
      attributes: {
        id: `${area.id}_text`,
        "aria-multiline": "true",
        "aria-labelledby": label.id,
        ...(described.trim() && { "aria-describedby": described.trim() }),
        ...(area.hasAttribute("aria-invalid") && { "aria-invalid": "true" }),
      },
      transformPastedHTML: cleanPaste,
    },
    onUpdate() {
      area.value = source.htmlFrom(editor.state.doc);
      area.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  const source = bodySource(engine, editor.schema);
  const text = editor.view.dom;
  for (const name of ["dir", "lang", "data-article-text"]) {
    if (area.hasAttribute(name)) text.setAttribute(name, area.getAttribute(name));
  }

  let isSource = true;
  const tools = bodyTools(editor, { editLink, toggleSource, isSource: () => isSource });
  const frame = make("div", { className: "body-editor" }, tools.bar, told, place);
  area.before(frame);
  frame.append(area);
  label.addEventListener("click", () => isSource || editor.commands.focus());
  showText();
  area.addEventListener("desk:restored", showText); // Who puts another text into the box says so.
  area.dispatchEvent(new CustomEvent("desk:body-ready", { bubbles: true }));

  // Show what the box holds as text, if the editor can hold all of it. What it cannot stays HTML.
  function showText() {
    const nodes = source.blocksOf(area.value);
    const holds = source.holds(area.value, nodes);
    told.textContent = holds
      ? ""
      : gettext("This text holds HTML that can only be shown as HTML, so it is edited here.");
    if (holds) {
      const put = ({ tr }) => Boolean(tr.replaceWith(0, tr.doc.content.size, nodes));
      const quiet = editor.chain().setMeta("preventUpdate", true).setMeta("addToHistory", false);
      quiet.command(put).run();
    }
    turn(!holds);
  }

  function toggleSource() {
    if (isSource) showText();
    else turn(true);
    if (isSource) area.focus();
    else editor.commands.focus();
  }

  function turn(toSource) {
    isSource = toSource;
    frame.classList.toggle("is-source", isSource);
    place.hidden = isSource;
    area.hidden = !isSource;
    tools.update();
  }

  // Ask where the selected words lead. Always true: the keys for it are taken.
  function editLink() {
    const isLink = editor.isActive("link");
    if (editor.state.selection.empty && !isLink) return true;
    const field = make("input", {
      id: "desk-link-address",
      type: "text",
      dir: "ltr",
      value: editor.getAttributes("link").href || "",
      autocomplete: "off",
      spellcheck: false,
      required: true,
    });
    field.setAttribute("inputmode", "url");
    const title = make("label", { htmlFor: field.id, textContent: gettext("Address") });
    openDialog({
      title: isLink ? gettext("Change the link") : gettext("Make a link"),
      content: make("p", { className: "desk-dialog-field" }, title, field),
      submit: isLink ? gettext("Change") : gettext("Make a link"),
      onSubmit() {
        const href = whole(field.value.trim());
        if (!isAddress(href)) {
          return gettext(
            "A link leads to a web address, an e-mail address, or an address of this site that begins with a slash.",
          );
        }
        editor.chain().focus().extendMarkRange("link").setLink({ href }).run();
      },
    });
    return true;
  }

  // People type an address as it is printed, without what stands before it.
  function whole(typed) {
    if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(typed)) return `mailto:${typed}`;
    return /^[\w-]+(\.[\w-]+)+([/?#:]|$)/.test(typed) ? `https://${typed}` : typed;
  }
});
