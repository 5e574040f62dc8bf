"use strict";

// Recovery codes, shown once: copy or print them with a button. Without scripts there is no button,
// and the list itself can be selected.
document.addEventListener("DOMContentLoaded", () => {
  const tools = document.querySelector(".codes-tools");
  const status = tools.querySelector("[role=status]");
  const codes = [...document.querySelectorAll(".codes li")].map((item) => item.textContent);
  const deeds = {
    async copy() {
      await navigator.clipboard.writeText(codes.join("\n"));
      status.textContent = status.dataset.copied;
    },
    print: () => window.print(),
  };
  for (const button of tools.querySelectorAll("button")) {
    // Browsers give no clipboard to pages that came over plain http from another computer.
    button.hidden = button.dataset.codes === "copy" && !navigator.clipboard;
    button.addEventListener("click", deeds[button.dataset.codes]);
  }
  tools.hidden = false;
});
