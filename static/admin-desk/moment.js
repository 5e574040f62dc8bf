"use strict";

// Beside the two boxes of a moment, tell what it is in universal time while it is typed.
(() => {
  // Both rows of digits of the Arabic script begin where a row of sixteen characters does.
  function latin(text) {
    return text.trim().replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => digit.charCodeAt(0) & 15);
  }

  // The numbers of a day and a time as the server reads them, or null.
  function typed(day, time) {
    const iso = latin(day).match(/^(\d{4})-(\d{1,2})-(\d{1,2})$/);
    const local = latin(day).match(/^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/);
    const clock = latin(time).match(/^(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?$/);
    const [year, month, date] = iso ? iso.slice(1) : local ? local.slice(1).reverse() : [];
    return year && clock ? [+year, month - 1, +date, +clock[1], +clock[2]] : null;
  }

  // What the clocks of a zone show at a moment, as if it were universal time.
  function shown(moment, zone) {
    const form = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
    });
    const part = Object.fromEntries(form.formatToParts(moment).map((p) => [p.type, +p.value]));
    return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute);
  }

  function told(day, time, zone) {
    const numbers = typed(day, time);
    if (!numbers) return "";
    const wanted = Date.UTC(...numbers);
    let moment = wanted;
    // Twice, because the zone's distance may change between the first guess and the moment.
    for (let round = 0; round < 2; round++) moment += wanted - shown(moment, zone);
    const [date, clock] = new Date(moment).toISOString().split("T");
    const isSameDay = date === new Date(wanted).toISOString().split("T")[0];
    return `= ${isSameDay ? "" : `${date} `}${clock.slice(0, 5)} UTC`;
  }

  function follow(output) {
    const boxes = [...output.htmlFor].map((id) => document.getElementById(id));
    if (!boxes.every(Boolean)) return;
    const tell = () => {
      output.value = told(boxes[0].value, boxes[1].value, output.dataset.zone);
    };
    // Django's shortcuts fill a box and give it the focus; they tell nobody else.
    for (const box of boxes)
      for (const event of ["input", "change", "focus"]) box.addEventListener(event, tell);
    tell();
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const output of document.querySelectorAll(".zones output")) follow(output);
  });
})();
