"use strict";

// How many lines a headline takes where readers meet it, measured in a hidden page with their own style
// sheets and faces: letters of a joined script cannot be counted. It is said in words beneath the
// field, a while after the last key, and only when it is not what was said before.
document.addEventListener("DOMContentLoaded", () => {
  const field = document.getElementById("id_headline");
  const select = document.getElementById("id_language");
  const template = document.querySelector("template[data-headline-places]");
  if (!field || !select || !template) return;
  const { make } = window.desk;

  // The box grows like a text's, and is one line: Enter does what it does in any other field.
  field.addEventListener("keydown", (event) => {
    if (!/^(Numpad)?Enter$/.test(event.code) || event.isComposing) return;
    event.preventDefault();
    if (!event.repeat) field.form.querySelector("[type=submit]").click();
  });

  // Of each place: how wide the window is, how many lines look well there, and the words for it.
  const places = [
    {
      name: "lead",
      width: 1280,
      most: 3,
      say: (lines) =>
        ngettext("%s line as the lead story", "%s lines as the lead story", lines),
    },
    {
      name: "column",
      width: 1280,
      most: 4,
      say: (lines) =>
        ngettext(
          "%s line in a column of the front page",
          "%s lines in a column of the front page",
          lines,
        ),
    },
    {
      name: "list",
      width: 1280,
      most: 2,
      say: (lines) => ngettext("%s line in lists", "%s lines in lists", lines),
    },
    {
      name: "list",
      width: 390,
      most: 3,
      say: (lines) => ngettext("%s line in lists on a phone", "%s lines in lists on a phone", lines),
    },
  ];

  const told = make("p", { className: "headline-fit", id: "headline-fit", role: "status" });
  (field.closest(".flex-container") || field.parentElement).append(told);
  const described = field.getAttribute("aria-describedby") || "";
  field.setAttribute("aria-describedby", `${described} ${told.id}`.trim());

  const frame = make("iframe", { className: "headline-measure", "aria-hidden": "true", tabIndex: -1 });
  frame.setAttribute("sandbox", "allow-same-origin"); // Ours to measure in; no script runs there.
  frame.srcdoc = `<!doctype html><title>.</title>${template.innerHTML}`;
  frame.addEventListener("load", measure);
  document.body.append(make("div", { className: "headline-measure-place" }, frame));

  let waiting;
  document.getElementById("article_form").addEventListener("desk:changed", () => {
    clearTimeout(waiting);
    waiting = setTimeout(measure, 1200);
  });
  select.addEventListener("change", measure);

  async function measure() {
    const page = frame.contentDocument;
    const headline = field.value.trim();
    const { lang, dir, dataset } = select.selectedOptions[0] || field;
    Object.assign(page.documentElement, { lang, dir });
    page.documentElement.dataset.script = dataset.script || "";
    for (const place of page.querySelectorAll("[data-place]")) place.textContent = headline;
    page.body.getBoundingClientRect(); // A face is fetched when something is laid out in it.
    await page.fonts.ready;
    if (field.value.trim() === headline) tell(headline ? places.map(said) : []);

    function said({ name, width, most, say }) {
      const place = page.querySelector(`[data-place=${name}]`);
      frame.style.inlineSize = `${width}px`;
      const { lineHeight } = frame.contentWindow.getComputedStyle(place);
      const lines = Math.round(place.getBoundingClientRect().height / parseFloat(lineHeight));
      return { text: interpolate(say(lines), [lines]), isLong: lines > most };
    }
  }

  function tell(all) {
    const long = all.some(({ isLong }) => isLong)
      ? [{ text: gettext("A shorter headline reads better."), isLong: true }]
      : [];
    const items = [...all, ...long].map(({ text, isLong }) =>
      make("span", { className: isLong ? "is-long" : "", textContent: text }),
    );
    const words = items.map((item) => item.textContent).join("\n");
    if (told.dataset.words === words) return;
    told.dataset.words = words;
    told.replaceChildren(...items);
  }
});
