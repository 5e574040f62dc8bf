"use strict";

// On the page of two texts: typing into a box chooses it, and a box that is not chosen is not sent.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("conflict_form");
  if (!form) return;
  const questions = [...form.querySelectorAll(".question")].filter((each) => each.querySelector(".box"));
  const edit = (question) => question.querySelector('input[value="edit"]');

  for (const question of questions)
    question.querySelector(".box").addEventListener("input", () => (edit(question).checked = true));

  form.addEventListener("submit", () => {
    for (const question of questions)
      if (!edit(question).checked)
        for (const box of question.querySelectorAll(".box [name]")) box.disabled = true;
  });
  // Whoever comes back by the browser's own button finds the boxes open again.
  window.addEventListener("pageshow", () => {
    for (const box of form.querySelectorAll(".box [name]")) box.disabled = false;
  });
});
