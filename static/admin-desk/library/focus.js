"use strict";

// The focal point, set by a click into the picture or by the arrow keys, in hundredths from its left
// and upper edge, also where the desk is read from the right. The boxes beside it say the same.
document.addEventListener("DOMContentLoaded", () => {
  const frame = document.querySelector("[data-focus]");
  const boxes = ["x", "y"].map((axis) => document.getElementById(`id_focal_${axis}`));
  if (!frame || boxes.includes(null)) return;
  const point = frame.querySelector("[data-focus-point]");
  const picture = frame.querySelector("img");
  const cuts = document.querySelector("[data-cuts]");
  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  const inside = (number) => Math.min(100, Math.max(0, Math.round(number) || 0));
  const told = () => boxes.map((box) => inside(Number(box.value)));

  function put(place) {
    boxes.forEach((box, axis) => {
      box.value = inside(place[axis]);
    });
    show();
  }

  function show() {
    const [x, y] = told();
    point.style.insetInlineStart = `${x}%`;
    point.style.insetBlockStart = `${y}%`;
    for (const cut of cuts.querySelectorAll("img")) cut.style.objectPosition = placeOf(cut, x, y);
  }

  // A cut has the focal point at its middle, as far as it then lies inside the picture.
  function placeOf(cut, x, y) {
    const [width, height] = [picture.naturalWidth, picture.naturalHeight];
    const wide = Math.min(width, height * Number(cut.dataset.ratio));
    const high = wide / Number(cut.dataset.ratio);
    const part = (whole, cut, focus) => {
      const room = whole - cut;
      const edge = Math.min(room, Math.max(0, (whole * focus) / 100 - cut / 2));
      return room > 0 ? (edge / room) * 100 : 50;
    };
    return `${part(width, wide, x)}% ${part(height, high, y)}%`;
  }

  frame.addEventListener("click", (event) => {
    if (event.target === point) return;
    const { left, top, width, height } = picture.getBoundingClientRect();
    put([((event.clientX - left) / width) * 100, ((event.clientY - top) / height) * 100]);
    point.focus();
  });
  point.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const far = event.shiftKey ? 10 : 1;
    put(told().map((number, axis) => number + step[axis] * far));
  });
  for (const box of boxes) box.addEventListener("input", show);
  picture.addEventListener("load", show);

  point.hidden = false;
  cuts.hidden = false;
  frame.classList.add("is-live");
  show();
});
