"use strict";

// A provider's player in place of what leads to it, once a reader presses that. Without this script
// the same link leads to the page with the player on it.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-player]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const figure = link.closest("figure");
  const player = figure.querySelector("template").content.firstElementChild.cloneNode(true);
  link.parentElement.replaceChildren(player);
  figure.querySelector(".note")?.remove();
  player.focus();
});
