"use strict";

// What comes from Word or from a web page is brought to the plain blocks that a body has. The editor's
// own parts then drop what is left of it, and the server cleans whatever it is sent.
window.desk = window.desk || {};

window.desk.cleanPaste = (html) => {
  if (html.includes("data-pm-slice")) return html; // Copied here: it is clean and keeps its marks.
  const page = new DOMParser().parseFromString(html, "text/html");
  const make = (tag, ...children) => {
    const element = page.createElement(tag);
    element.append(...children);
    return element;
  };
  // Some programs say in a style what is bold and what is slanted, and nowhere else.
  const isBoldOrSlanted = (element) => /font-(weight|style)/i.test(element.getAttribute("style"));
  const each = (selector, change) => {
    for (const element of [...page.body.querySelectorAll(selector)]) change(element);
  };

  // Word says in a style what the sign before an item is, and in a comment that it is only a sign.
  const listOf = (paragraph) => {
    const style = paragraph.getAttribute("style") || "";
    const told = /mso-list:\s*(l\d+)\s+level(\d+)/i.exec(style);
    if (!told) return null;
    const sign = paragraph.querySelector('[style*="mso-list:Ignore" i], [style*="mso-list: Ignore" i]');
    const isNumbered = /^\s*[([]?(\d|[۰-۹]|[٠-٩]|[a-z]{1,4}[.)\]])/i.test(sign?.textContent || "");
    sign?.remove();
    return { tag: isNumbered ? "ol" : "ul", name: told[1], level: Number(told[2]) };
  };

  const makeLists = () => {
    let open = []; // The lists that the next item may go on with, the outermost first.
    let last = null;
    each("p, h1, h2, h3, h4, h5, h6, div, table", (block) => {
      const told = block.nodeName === "P" ? listOf(block) : null;
      if (!told || block.previousElementSibling !== last) open = [];
      if (!told) return;
      open.length = Math.min(open.length, told.level);
      if (open.at(-1) && open.length === told.level && open.at(-1).name !== told.tag) open.pop();
      while (open.length < told.level) {
        const list = make(told.tag);
        const item = open.at(-1)?.list.lastElementChild;
        if (item) item.append(list);
        else block.before(list);
        open.push({ list, name: told.tag });
        if (!item) break;
      }
      open.at(-1).list.append(make("li", ...block.childNodes));
      block.remove();
      last = open[0].list;
    });
  };

  makeLists();
  each("head, link, meta, noscript, object, script, style, svg, template, title, xml", (element) => element.remove());
  each("img, iframe, video, audio, canvas, form, button, input, select, textarea", (element) => element.remove());
  each("*", (element) => {
    if (element.localName.includes(":")) element.replaceWith(...element.childNodes);
  });
  // A row of a table is a line, in which its cells stand apart.
  each("table", (table) => {
    const rows = [...table.rows].map((row) =>
      [...row.cells].map((cell) => cell.textContent.replace(/\s+/g, " ").trim()).filter(Boolean),
    );
    const lines = rows.filter((cells) => cells.length).map((cells) => make("p", cells.join(" | ")));
    table.replaceWith(...lines);
  });
  each("h1", (element) => element.replaceWith(make("h2", ...element.childNodes)));
  each("h5, h6", (element) => element.replaceWith(make("h4", ...element.childNodes)));
  // Footnotes of Word lead to places that do not come along.
  each('a[href^="#"], a:not([href])', (element) => element.replaceWith(...element.childNodes));
  each("*", (element) => {
    for (const { name } of [...element.attributes]) {
      const isKept = name === "href" || (name === "style" && isBoldOrSlanted(element));
      if (!isKept) element.removeAttribute(name);
    }
  });
  const letters = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  while (letters.nextNode()) {
    letters.currentNode.data = letters.currentNode.data.replace(/[\u00a0\u202f]/g, " ");
  }
  each("p, h2, h3, h4, li, blockquote", (element) => {
    if (!element.textContent.trim() && !element.querySelector("hr")) element.remove();
  });
  return page.body.innerHTML;
};
