"use strict";

// An article's fields take the direction and the language that its language select says, at once.
document.addEventListener("DOMContentLoaded", () => {
  const select = document.getElementById("id_language");
  if (!select) return;
  select.addEventListener("change", () => {
    const { dir, lang } = select.selectedOptions[0];
    for (const field of document.querySelectorAll("[data-article-text]")) {
      field.dir = dir || "auto";
      field.lang = lang;
    }
  });
});
