"use strict";

// What the body of an article may hold, as nodes and marks for the editor: the tags and attributes of
// articles/text/html.py, no more and no fewer. A test walks through them, so that neither grows alone.
window.desk = window.desk || {};

// `engine` is django-prose-editor's module, `isAddress` tells where a link may lead, and `editLink`
// is called when somebody asks for a link.
window.desk.bodyParts = (engine, { isAddress, editLink }) => {
  const { Extension, Mark, Node, mergeAttributes } = engine;

  const kept = (name) => ({ default: null, parseHTML: (element) => element.getAttribute(name) });
  const directed = { lang: kept("lang"), dir: kept("dir") };

  const mark = (name, tags, attributes = {}) =>
    Mark.create({
      name,
      excludes: "", // A span may stand in a span of another language.
      addAttributes: () => attributes,
      parseHTML: () => tags.map((tag) => ({ tag })),
      renderHTML: ({ HTMLAttributes }) => [tags[0].split("[")[0], HTMLAttributes, 0],
    });

  // A place where the capture lost words. It moves and goes as one letter, and nothing is typed in it.
  const Gap = Node.create({
    name: "gap",
    group: "inline",
    inline: true,
    atom: true,
    priority: 1001,
    addAttributes: () => directed,
    parseHTML: () => [{ tag: "span.gap" }],
    renderHTML: ({ HTMLAttributes }) => ["span", mergeAttributes({ class: "gap" }, HTMLAttributes), "…"],
    renderText: () => "[…]",
    addNodeView: () => () => {
      const title = gettext("Words are missing here in the capture.");
      return { dom: window.desk.make("span", { className: "gap", textContent: "[…]", title }) };
    },
  });

  const Preformatted = Node.create({
    name: "preformatted",
    group: "block",
    content: "inline*",
    whitespace: "pre",
    parseHTML: () => [{ tag: "pre", preserveWhitespace: "full" }],
    renderHTML: () => ["pre", 0],
  });

  const Directed = Extension.create({
    name: "directed",
    addGlobalAttributes: () => [
      { types: ["paragraph", "listItem", "blockquote"], attributes: directed },
    ],
  });

  const Link = engine.Link.extend({
    addAttributes: () => ({ href: kept("href") }),
    addKeyboardShortcuts: () => ({ "Mod-k": () => editLink() }),
  }).configure({
    autolink: false, // Nothing becomes a link that nobody made one.
    defaultProtocol: "https",
    isAllowedUri: (address) => isAddress(address || ""),
  });

  return [
    engine.Document,
    engine.Text,
    engine.Paragraph,
    engine.Heading.configure({ levels: [2, 3, 4] }),
    engine.Blockquote,
    engine.BulletList,
    // Readers' lists are numbered by their place alone: no type and no start is kept.
    engine.OrderedList.extend({ addAttributes: () => ({}), addNodeView: null }),
    // Tab goes to the next field, in a list too.
    engine.ListItem.extend({
      addKeyboardShortcuts() {
        return { Enter: () => this.editor.commands.splitListItem(this.name) };
      },
    }),
    engine.HorizontalRule,
    engine.HardBreak,
    Preformatted,
    Gap,
    Directed,
    engine.Bold,
    engine.Italic,
    engine.Subscript,
    engine.Superscript,
    Link,
    mark("code", ["code"]),
    mark("cite", ["cite"]),
    mark("quotation", ["q"]),
    mark("abbreviation", ["abbr"], { title: kept("title") }),
    mark("isolate", ["bdi"], directed),
    mark("foreign", ["span[lang]", "span[dir]"], directed),
    engine.History,
    engine.Dropcursor.configure({ color: "currentColor" }),
    engine.Gapcursor,
  ];
};
