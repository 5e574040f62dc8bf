"use strict";

// Sending files to the library: one after the other, each told for itself while it goes.
window.desk = window.desk || {};

// Send one file. `told` is called with how much of it is gone, 0 to 1. Returns what became of it, as
// the library tells it: {name, told} and, where the library has it, {is_new, address, cell}.
window.desk.sendPicture = (file, { address, token, credit = "", told = () => {} }) =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest(); // fetch() does not tell how much is gone.
    const fail = (sentence) => resolve({ name: file.name, told: sentence });
    request.open("POST", address);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", token);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) told(event.loaded / event.total);
    });
    request.addEventListener("error", () => fail(gettext("It was not sent: no connection. Try again.")));
    request.addEventListener("load", () => {
      try {
        resolve(JSON.parse(request.responseText).files[0]);
      } catch {
        fail(gettext("It was not taken. Are you still signed in? Look in another window, and try again."));
      }
    });
    const body = new FormData();
    body.append("files", file);
    body.append("credit", credit);
    request.send(body);
  });

// Send files one after the other and show each as a line of `list`. Returns what became of them.
window.desk.sendPictures = async (files, list, options) => {
  const { make, sendPicture } = window.desk;
  const lines = [...files].map((file) => {
    const bar = make("progress", { max: 1, value: 0, "aria-label": file.name });
    const words = make("p", {});
    const text = make("div", {}, make("bdi", { className: "upload-name", textContent: file.name }), bar, words);
    const line = make("li", { className: "upload is-waiting" }, text);
    list.append(line);
    return { file, bar, words, line };
  });
  const taken = [];
  for (const { file, bar, words, line } of lines) {
    line.className = "upload is-going";
    const one = await sendPicture(file, { ...options, told: (part) => (bar.value = part) });
    bar.remove();
    words.textContent = one.told;
    line.className = `upload ${one.cell ? (one.is_new ? "is-taken" : "is-known") : "is-refused"}`;
    if (one.cell) line.prepend(window.desk.shownPicture(one));
    taken.push(one);
  }
  return taken;
};

// A small picture that leads to its form.
window.desk.shownPicture = ({ cell, address, name }) => {
  const link = window.desk.make("a", { className: "upload-shown", href: address, "aria-label": name });
  link.innerHTML = cell;
  link.replaceChildren(...link.querySelectorAll("picture"));
  return link;
};

// Let files be dropped on `place`, and call `act` with them. A file that misses is not opened.
window.desk.takeDrops = (place, act) => {
  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
  const over = (isOver) => place.classList.toggle("is-over", isOver);
  for (const name of ["dragover", "drop"]) {
    document.addEventListener(name, (event) => holdsFiles(event) && event.preventDefault());
  }
  place.addEventListener("dragover", (event) => over(holdsFiles(event)));
  place.addEventListener("dragleave", (event) => place.contains(event.relatedTarget) || over(false));
  place.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    over(false);
    if (event.dataTransfer.files.length) act(event.dataTransfer.files);
  });
};
