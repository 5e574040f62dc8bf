"use strict";

// The library's own pages: pictures are sent as soon as they are chosen or dropped, and each is told
// for itself. Where the library is listed below, they then stand in it.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("[data-drop]");
  if (!form) return;
  const list = document.querySelector("[data-uploads]");
  const input = form.elements.files;
  const wall = document.querySelector(".library-grid");
  let queue = Promise.resolve();

  form.querySelector("[data-drop-hint]").hidden = false;
  form.querySelector("[data-drop-send]").hidden = true;
  form.classList.add("is-live");

  function send(files) {
    const all = [...files];
    queue = queue
      .then(() =>
        window.desk.sendPictures(all, list, {
          address: form.action,
          token: form.elements.csrfmiddlewaretoken.value,
          credit: form.elements.credit.value,
        }),
      )
      .then(renew, renew);
  }

  async function renew() {
    if (!wall) return;
    const answer = await fetch(location, { redirect: "manual" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector(".library-grid");
    if (now) wall.innerHTML = now.innerHTML;
  }

  input.addEventListener("change", () => {
    send(input.files);
    input.value = "";
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  window.desk.takeDrops(form, send);
});
