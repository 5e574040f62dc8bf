"use strict";

// The pictures of an article: chosen from the library in a dialog, uploaded where they are placed,
// moved by buttons or by dragging, and taken out with a way back until the form is saved.
document.addEventListener("DOMContentLoaded", () => {
  const place = document.querySelector("[data-figures]");
  if (!place) return;
  const { make, openDialog, sendPictures, takeDrops } = window.desk;
  const form = place.closest("form");
  const rows = place.querySelector("[data-rows]");
  const blank = place.querySelector("[data-blank]");
  const { name, choose, upload } = place.dataset;
  let next = rows.children.length;

  const all = () => [...rows.children];
  const isOut = (row) => row.classList.contains("is-out");
  const imageOf = (row) => row.querySelector(`[name^="${name}-"][name$="-image"]`).value;
  const part = (row, what) => row.querySelector(`[data-${what}]`);
  const say = (words) => {
    place.querySelector("[data-said]").textContent = words;
  };

  // Order ------------------------------------------------------------------------------------------

  function changed() {
    let number = 0;
    for (const row of all()) {
      number += isOut(row) ? 0 : 1;
      part(row, "number").textContent = isOut(row) ? "" : number;
      row.querySelector("[name$='-position']").value = all().indexOf(row) + 1;
      row.querySelector("[data-move='-1']").disabled = row === rows.firstElementChild;
      row.querySelector("[data-move='1']").disabled = row === rows.lastElementChild;
    }
    place.querySelector("[data-none]").hidden = number > 0;
    form.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function move(row, by) {
    if (by < 0) row.previousElementSibling?.before(row);
    else row.nextElementSibling?.after(row);
    changed();
    say(interpolate(gettext("It is picture %s now."), [all().indexOf(row) + 1]));
    const button = row.querySelector(`[data-move="${by}"]`);
    (button.disabled ? row.querySelector(`[data-move="${-by}"]`) : button).focus();
  }

  function takeOut(row, isGone) {
    row.classList.toggle("is-out", isGone);
    row.querySelector("[name$='-remove']").checked = isGone;
    part(row, "take-out").hidden = isGone;
    part(row, "put-back").hidden = !isGone;
    for (const box of row.querySelectorAll("textarea")) box.readOnly = isGone;
    changed();
    part(row, isGone ? "put-back" : "take-out").focus();
  }

  rows.addEventListener("click", (event) => {
    const row = event.target.closest("[data-row]");
    const button = event.target.closest("button");
    if (!row || !button) return;
    if (button.dataset.move) move(row, Number(button.dataset.move));
    if ("takeOut" in button.dataset) takeOut(row, true);
    if ("putBack" in button.dataset) takeOut(row, false);
  });

  // Dragged by its picture: in the rest of a row text is selected.
  let dragged = null;
  rows.addEventListener("dragstart", (event) => {
    const shown = event.target.closest?.("[data-shown]");
    if (!shown) return;
    dragged = shown.closest("[data-row]");
    dragged.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
  });
  rows.addEventListener("dragover", (event) => {
    const row = event.target.closest("[data-row]");
    if (!dragged || !row) return;
    event.preventDefault();
    const { top, height } = row.getBoundingClientRect();
    if (row !== dragged) row[event.clientY < top + height / 2 ? "before" : "after"](dragged);
  });
  rows.addEventListener("drop", (event) => dragged && event.preventDefault());
  rows.addEventListener("dragend", () => {
    dragged?.classList.remove("is-dragged");
    dragged = null;
    changed();
  });

  // Placing ----------------------------------------------------------------------------------------

  function enliven(row) {
    for (const each of row.querySelectorAll("[data-plain]")) each.hidden = true;
    for (const each of row.querySelectorAll("[data-move], [data-take-out]")) each.hidden = false;
    part(row, "shown").draggable = true;
    for (const each of part(row, "shown").querySelectorAll("img")) each.draggable = false;
  }

  // Place a picture, given as the button that stands for it in the library.
  function add(button) {
    const { image, name: file, by, about } = button.dataset;
    const there = all().find((row) => imageOf(row) === image);
    if (there) {
      if (isOut(there)) takeOut(there, false);
      there.querySelector("textarea").focus();
      return say(gettext("This picture is in the article already."));
    }
    const holder = make("ol");
    holder.innerHTML = blank.innerHTML.replaceAll("__n__", next);
    next += 1;
    const row = holder.firstElementChild;
    row.querySelector("[name$='-image']").value = image;
    part(row, "file").textContent = file;
    part(row, "about").href = about;
    part(row, "credit").textContent = by || gettext("no credit yet");
    const drawn = button.querySelector("picture");
    if (drawn) part(row, "shown").append(drawn.cloneNode(true));
    const { dir, lang } = document.getElementById("id_headline");
    for (const box of row.querySelectorAll("textarea")) Object.assign(box, { dir, lang });
    rows.append(row);
    enliven(row);
    changed();
    row.querySelector("textarea").focus();
  }

  async function send(files) {
    const list = place.querySelector("[data-uploads]");
    const token = form.elements.csrfmiddlewaretoken.value;
    for (const one of await sendPictures(files, list, { address: upload, token })) {
      if (one.cell) add(buttonIn(one.cell));
    }
    for (const line of list.querySelectorAll(".is-taken, .is-known")) line.remove();
  }

  function buttonIn(html) {
    return new DOMParser().parseFromString(html, "text/html").querySelector("[data-image]");
  }

  const input = place.querySelector("[data-files]");
  input.addEventListener("change", () => {
    send(input.files);
    input.value = "";
  });
  takeDrops(place, send);

  // The library ------------------------------------------------------------------------------------

  place.querySelector("[data-open-library]").addEventListener("click", () => {
    const words = gettext("Search the library");
    const box = make("input", { type: "search", dir: "auto", placeholder: words, "aria-label": words });
    const found = make("div", { className: "library-found", "aria-live": "polite" });
    const dialog = openDialog({
      title: gettext("Choose a picture"),
      content: make("div", { className: "library-choose" }, box, found),
    });
    dialog.classList.add("is-wide");
    let waiting;
    let asked;

    async function show(page = 1) {
      asked?.abort();
      const { signal } = (asked = new AbortController());
      try {
        const query = new URLSearchParams({ q: box.value, p: page });
        const answer = await fetch(`${choose}?${query}`, { redirect: "manual", signal });
        if (!answer.ok) throw new Error(answer.type);
        found.innerHTML = await answer.text();
      } catch (error) {
        if (error.name === "AbortError") return;
        found.textContent = gettext("The library could not be fetched. Are you still signed in?");
      }
    }

    box.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => show(), 300);
    });
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      show();
    });
    found.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button?.dataset.page) show(button.dataset.page);
      if (!button?.dataset.image) return;
      dialog.close();
      add(button);
    });
    dialog.addEventListener("close", () => asked?.abort());
    box.focus();
    show();
  });

  place.querySelector("[data-add]").hidden = false;
  for (const row of all()) enliven(row);
  for (const row of all()) {
    row.querySelector("[data-move='-1']").disabled = row === rows.firstElementChild;
    row.querySelector("[data-move='1']").disabled = row === rows.lastElementChild;
  }
});
