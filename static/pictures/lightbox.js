"use strict";

// An article's pictures enlarged in a dialog: Escape closes it, the arrow keys lead on, in the
// direction of the page, and the keys stay inside. The page itself enlarges a figure by its address
// (#large-3), so that nothing is lost without this script, and the way back in the history works.
(() => {
  const LARGE = /^#large-\d+$/;
  const LEFT = /^#picture-(\d+)$/;
  const WAYS = { ArrowLeft: "prev", ArrowRight: "next" };
  const BACKWARDS = { ArrowLeft: "next", ArrowRight: "prev" };
  const TURNED = 40; // Points that a finger moves before it means to turn the page.
  const root = document.documentElement;
  const dialog = document.createElement("dialog");
  dialog.className = "enlarged";
  let touchedAt = 0;

  const shown = () => LARGE.test(location.hash) && document.querySelector(location.hash);

  function follow() {
    const figure = shown();
    if (!figure || !figure.querySelector("img")) {
      close();
      // Going to a place on the page takes the keys from where they were.
      const left = LEFT.exec(location.hash);
      if (left) document.querySelector(`#large-${left[1]} > a`)?.focus({ preventScroll: true });
      return;
    }
    const copy = figure.cloneNode(true);
    copy.removeAttribute("id");
    for (const image of copy.querySelectorAll("[sizes]")) image.sizes = "100vw";
    const way = dialog.querySelector(":focus")?.rel;
    dialog.replaceChildren(copy);
    dialog.setAttribute("aria-label", copy.querySelector("img").alt);
    if (!dialog.open) dialog.showModal();
    (dialog.querySelector(way ? `[rel=${way}]` : null) || dialog.querySelector(".close")).focus();
  }

  function close() {
    if (!dialog.open) return;
    dialog.close();
    dialog.replaceChildren();
  }

  // Back to the figure from which one left, with the keys on its picture.
  function leave() {
    close();
    location.replace(location.hash.replace("#large-", "#picture-"));
  }

  // Steps are not kept in the history: one step back leaves the pictures. The address says where one
  // is; the dialog follows it a moment later, after a second key perhaps.
  function step(way) {
    const link = (shown() || dialog).querySelector(`.steps [rel=${way}]`);
    if (link) location.replace(link.href);
  }

  dialog.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.rel === "prev" || link.rel === "next") step(link.rel);
    else leave();
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", (event) => {
    if (!dialog.open || event.altKey || event.ctrlKey || event.metaKey) return;
    const way = (root.dir === "rtl" ? BACKWARDS : WAYS)[event.code];
    if (way) step(way);
  });
  dialog.addEventListener("touchstart", (event) => {
    touchedAt = event.touches.length === 1 ? event.touches[0].clientX : NaN;
  }, { passive: true });
  dialog.addEventListener("touchend", (event) => {
    const moved = event.changedTouches[0].clientX - touchedAt;
    if (Math.abs(moved) > TURNED) step((moved < 0) === (root.dir !== "rtl") ? "next" : "prev");
  });

  root.classList.add("modal");
  document.body.append(dialog);
  window.addEventListener("hashchange", follow);
  window.addEventListener("load", follow); // Its place on the page has taken the keys meanwhile.
  follow();
})();
