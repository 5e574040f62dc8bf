"use strict";

// The stored HTML of a body as blocks of the editor, and these as HTML again. A block that nobody
// changed is written as it was read: what an editor did not touch, the editor does not touch.
window.desk = window.desk || {};

window.desk.bodySource = (engine, schema) => {
  const { DOMParser, DOMSerializer } = engine.pm.model;
  const parser = DOMParser.fromSchema(schema);
  const serializer = DOMSerializer.fromSchema(schema);
  const BLOCKS = new Set("P H2 H3 H4 UL OL LI BLOCKQUOTE HR PRE".split(" "));
  // In a document that is never shown nothing is fetched and no script runs.
  const aside = document.implementation.createHTMLDocument("");

  let read = []; // Of each block that was read: its node, its HTML and the white space before it.
  let written = new WeakMap(); // The same by node. A node never changes: a change makes another.

  const parsed = (html) => {
    const root = aside.createElement("div");
    root.innerHTML = html;
    return root;
  };

  // The parts of `root` that become blocks: its blocks, and what stands loose between two of them.
  const partsOf = (root) => {
    const parts = [];
    let before = "";
    let loose = null;
    for (const child of root.childNodes) {
      const isBlock = BLOCKS.has(child.nodeName);
      const isBlank = child.nodeName === "#text" && !child.data.trim();
      if (loose && !isBlock) {
        loose.children.push(child);
      } else if (isBlank) {
        before = child.data;
      } else {
        parts.push({ before, children: [child] });
        loose = isBlock ? null : parts.at(-1);
        before = "";
      }
    }
    return parts;
  };

  const htmlOf = (children) => {
    const root = aside.createElement("div");
    root.append(...children.map((child) => child.cloneNode(true)));
    return root.innerHTML.trim();
  };

  // The nodes of stored HTML, in order; how each was written is remembered.
  const blocksOf = (html) => {
    read = [];
    written = new WeakMap();
    return partsOf(parsed(html)).flatMap(({ before, children }) => {
      const part = htmlOf(children);
      const nodes = parser.parse(parsed(part)).content.content;
      if (nodes.length === 1) {
        read.push({ node: nodes[0], html: part, before });
        written.set(nodes[0], read.at(-1));
      }
      return nodes;
    });
  };

  const rewritten = (node) => {
    const element = serializer.serializeNode(node, { document: aside });
    // An item or a quotation of one plain paragraph holds its words itself, as a loaded one does.
    for (const holder of [element, ...element.querySelectorAll("li, blockquote")]) {
      if (!holder.matches("li, blockquote")) continue;
      const [first, ...others] = holder.children;
      const isAlone = !others.some((child) => child.nodeName === "P");
      if (isAlone && first.matches("p:not([lang], [dir])")) first.replaceWith(...first.childNodes);
    }
    return element.outerHTML;
  };

  const writtenOf = (node) => {
    if (!written.has(node)) {
      const isEmpty = node.isTextblock && !node.childCount;
      const same = read.find((each) => each.node.eq(node));
      written.set(node, same || { html: isEmpty ? "" : rewritten(node), before: "\n" });
    }
    return written.get(node);
  };

  // The HTML of a document of the editor. A paragraph that was left empty is no text.
  const htmlFrom = (doc) => {
    const blocks = doc.content.content.map(writtenOf).filter(({ html }) => html);
    return blocks.map(({ before, html }, index) => (index ? before : "") + html).join("");
  };

  // Whether the editor holds all that stored HTML says, so that none of it is lost by opening it.
  const holds = (html, nodes) =>
    sense(parsed(html)) === sense(parsed(nodes.map(rewritten).join("\n")));

  // What an element says, without the ways in which it may be said: its blocks in their order, and in
  // each the letters with the marks on them. White space, which parsing joins, is left out.
  const sense = (root) => {
    const said = [];
    let run = "";
    const end = (...tags) => {
      said.push(...(run ? [run] : []), ...tags);
      run = "";
    };
    const walk = (parent, marks) => {
      for (const child of parent.childNodes) {
        if (child.nodeName === "#text") {
          for (const letter of child.data.replace(/[ \t\n\f\r]+/g, "")) run += letter + marks;
          continue;
        }
        if (child.nodeType !== 1) continue;
        const tag = tagOf(child);
        const tags = tag === "P" ? [] : [tag];
        if (BLOCKS.has(child.nodeName)) {
          end(...tags);
          walk(child, []);
          end(...tags);
        } else if (tag === "BR") {
          run += `<${tag}>`;
        } else {
          const isHollow = tag === "SPAN" || tag === "A"; // Without attributes they say nothing.
          walk(child, isHollow ? marks : [...marks, tag].sort());
        }
      }
    };
    walk(root, []);
    end();
    return said.join("\n");
  };

  const tagOf = (element) => {
    const name = { B: "STRONG", I: "EM" }[element.nodeName] || element.nodeName;
    const kept = ["class", "dir", "href", "lang", "title"].filter((each) => element.hasAttribute(each));
    return [name, ...kept.map((each) => `${each}=${element.getAttribute(each)}`)].join(" ");
  };

  return { blocksOf, htmlFrom, holds };
};
