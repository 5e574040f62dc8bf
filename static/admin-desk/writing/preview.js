"use strict";

// The page that readers would get of what is in the form, beside the form: asked for a second after the
// last change, and shown as wide as a phone or a desktop is. The last page that could be made stays,
// with what is wrong now in sentences above it.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("article_form");
  const pane = document.getElementById("writing-preview");
  const toggle = form?.querySelector("[data-preview-toggle]");
  if (!pane || !toggle) return;
  const { make } = window.desk;
  const frame = pane.querySelector("iframe");
  const place = pane.querySelector(".preview-place");
  const told = pane.querySelector(".preview-told");
  const widths = [...pane.querySelectorAll("[data-preview-width]")];
  const address = toggle.formAction;
  let waiting;
  let asked;

  toggle.setAttribute("aria-controls", pane.id);
  toggle.addEventListener("click", (event) => {
    event.preventDefault();
    open(pane.hidden);
  });
  pane.querySelector("[data-preview-close]").addEventListener("click", () => {
    open(false);
    toggle.focus();
  });
  for (const button of widths) button.addEventListener("click", () => choose(button));
  form.addEventListener("desk:changed", () => {
    clearTimeout(waiting);
    if (!pane.hidden) waiting = setTimeout(refresh, 1000);
  });
  form.addEventListener("desk:preview", () => open(pane.hidden));
  form.addEventListener("desk:preview-now", () => open(true));
  new ResizeObserver(fit).observe(place);

  choose(widths.find((each) => each.dataset.previewWidth === remembered("width")) || widths[0]);
  open(remembered("open") === "true");

  function open(isOpen) {
    pane.hidden = !isOpen;
    document.body.classList.toggle("has-preview", isOpen);
    toggle.setAttribute("aria-expanded", String(isOpen));
    remember("open", isOpen);
    if (isOpen) refresh();
    else asked?.abort();
  }

  // The frame is as wide as the device, and made smaller where there is no room for it.
  function choose(button) {
    for (const each of widths) each.setAttribute("aria-pressed", String(each === button));
    remember("width", button.dataset.previewWidth);
    fit();
  }

  function fit() {
    const width = Number(widths.find((each) => each.ariaPressed === "true").dataset.previewWidth);
    const scale = Math.min(1, place.clientWidth / width);
    if (!scale) return;
    frame.style.inlineSize = `${width}px`;
    frame.style.blockSize = `${place.clientHeight / scale}px`;
    frame.style.scale = scale;
    frame.style.marginInlineStart = `${Math.max(0, (place.clientWidth - width) / 2)}px`;
  }

  async function refresh() {
    clearTimeout(waiting);
    asked?.abort();
    const { signal } = (asked = new AbortController());
    const typed = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    try {
      const body = new URLSearchParams(typed);
      const answer = await fetch(address, { method: "POST", body, redirect: "manual", signal });
      const html = await answer.text();
      if (answer.ok) show(html);
      else if (answer.status === 422) say(reasonsIn(html));
      else if (answer.type === "opaqueredirect") {
        say([
          gettext("You are signed out. What you typed is still here: sign in again in another window."),
        ]);
      } else say([gettext("The preview could not be made.")]);
    } catch (error) {
      if (error.name !== "AbortError") say([gettext("The preview could not be fetched.")]);
    }
  }

  function show(html) {
    say([]);
    const page = new DOMParser().parseFromString(html, "text/html");
    const shown = frame.contentDocument;
    if (!shown?.querySelector("main")) {
      frame.addEventListener("load", () => hold(frame.contentDocument), { once: true });
      frame.srcdoc = html;
      return;
    }
    // Exchanging the body alone, the frame neither flickers nor loses the place that was scrolled to.
    for (const { name, value } of page.documentElement.attributes) {
      shown.documentElement.setAttribute(name, value);
    }
    shown.body.replaceWith(shown.adoptNode(page.body));
  }

  // A link shows where it leads and does not go there: what is typed would be out of sight.
  function hold(shown) {
    shown.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (link && !link.getAttribute("href").startsWith("#")) event.preventDefault();
    });
  }

  function reasonsIn(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    return [...page.querySelectorAll("[data-preview-refused] li")].map((item) => item.textContent);
  }

  function say(sentences) {
    const words = sentences.join("\n");
    if (told.dataset.words === words) return;
    told.dataset.words = words;
    told.replaceChildren(...sentences.map((sentence) => make("p", { textContent: sentence })));
  }

  function remember(name, value) {
    try {
      localStorage.setItem(`desk.preview.${name}`, value);
    } catch {
      // A browser that keeps nothing opens the preview anew on each page.
    }
  }

  function remembered(name) {
    try {
      return localStorage.getItem(`desk.preview.${name}`);
    } catch {
      return null;
    }
  }
});
