"use strict";

// The schedule of Web TV on the reader's own clock, in the words of the page: browsers do not name
// days and months in every language that the site speaks. And the page as it is when something
// begins or ends, unless a player stands on it.
(() => {
  const schedule = document.querySelector("[data-words]");
  const words = schedule ? JSON.parse(schedule.dataset.words) : {};
  const LONGEST = 6 * 3600 * 1000;
  const two = (number) => String(number).padStart(2, "0");
  const inDigits = (text) => text.replace(/\d/g, (digit) => words.digits[digit]);
  const clock = (moment) => inDigits(`${two(moment.getHours())}:${two(moment.getMinutes())}`);

  function day(moment) {
    const parts = {
      weekday: words.weekdays[(moment.getDay() + 6) % 7],
      day: moment.getDate(),
      month: words.months[moment.getMonth()],
      year: moment.getFullYear(),
    };
    return inDigits(words.pattern.replace(/\{(\w+)\}/g, (_whole, name) => parts[name]));
  }

  // A time of the newsroom's has its distance from universal time at its end: +05:00.
  function isForeign(time) {
    const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(time.dateTime) || [];
    const ahead = (sign === "-" ? -1 : 1) * (60 * hours + Number(minutes));
    return ahead !== -new Date(time.dateTime).getTimezoneOffset();
  }

  function heading(moment, like) {
    const title = like.cloneNode(true);
    const time = title.querySelector("time");
    time.dateTime = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
    time.textContent = day(moment);
    return title;
  }

  function regroup() {
    const sections = [...schedule.querySelectorAll(".day")];
    const rows = sections.flatMap((section) => [...section.querySelectorAll("li")]);
    const anchor = document.createComment("");
    sections[0].before(anchor);
    let last = "";
    let list = null;
    for (const row of rows) {
      const moment = new Date(row.querySelector("time").dateTime);
      if (moment.toDateString() !== last) {
        last = moment.toDateString();
        const section = sections[0].cloneNode(false);
        list = document.createElement("ol");
        section.append(heading(moment, sections[0].querySelector("h3")), list);
        anchor.before(section);
      }
      list.append(row);
    }
    for (const section of sections) section.remove();
  }

  function translate() {
    const times = [...document.querySelectorAll("time[data-local]")];
    if (!words.weekdays || !times.some(isForeign)) return;
    for (const time of times) {
      const moment = new Date(time.dateTime);
      const isClock = time.dataset.local === "clock";
      time.textContent = isClock ? clock(moment) : words.moment
        .replace("{day}", day(moment)).replace("{time}", `\u2066${clock(moment)}\u2069`);
    }
    const zone = schedule.querySelector(".zone");
    zone.textContent = zone.dataset.own;
    regroup();
  }

  function waitForChange() {
    const page = document.querySelector("[data-changes]");
    if (!page) return;
    const left = new Date(page.dataset.changes) - Date.now();
    if (left > LONGEST) return;
    setTimeout(() => {
      if (!document.querySelector("iframe")) location.reload();
    }, Math.max(left, 0) + 1000 + 9000 * Math.random()); // Not everybody in one second.
  }

  translate();
  waitForChange();
})();
