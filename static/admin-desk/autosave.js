"use strict";

// What is typed into an article's form is kept before three seconds have passed, also while somebody
// types on: on the server and, when it does not answer or nobody is signed in any more, in this
// browser. The same messages tell who is here. Only pressing a button of the form saves anything.
document.addEventListener("DOMContentLoaded", () => {
  const place = document.getElementById("desk-autosave");
  if (!place) return;
  const KEEP_AFTER = 2500; // From the first stroke that is not kept, with time for the way.
  const BEAT = 15_000;
  const BEATS_HIDDEN = 8; // Of a hidden tab every eighth beat is sent.
  const PATIENCE = 10_000;
  const MOST_WHILE_LEAVING = 60_000; // Bytes: browsers let a page that is left send 64 KiB.

  const form = place.closest("form");
  const { address, user, article } = place.dataset;
  const tab = form.elements._tab.value;
  const here = document.getElementById("desk-here");
  const unsaved = document.getElementById("desk-unsaved");
  const told = place.querySelector("[data-told]");
  const announced = place.querySelector("[data-announced]");
  const store = window.desk.typedStore(user, article, tab);

  // Browsers fill a form that is loaded again with what was in it: then it is not as it was sent.
  const isFilled = [...form.querySelectorAll("input, textarea")].some(
    ({ value, defaultValue }) => value !== defaultValue,
  );
  const opened = typed();
  const isFresh = !isFilled && !("typed" in place.dataset); // It says what is stored.
  let held = isFresh ? opened : null; // What the server has.
  let timer = null;
  let queue = Promise.resolve();
  let keptAt = 0;
  let trouble = "";
  let isGoing = false; // A button was pressed and the form is on its way.
  let left = null; // What the page said when it was left, unless it stayed.
  let beats = 0;

  // What the form says, as JSON.
  function typed() {
    const fields = [...new FormData(form)].filter(
      ([name, value]) => typeof value === "string" && !["csrfmiddlewaretoken", "_tab"].includes(name),
    );
    return JSON.stringify(Object.fromEntries(fields));
  }

  function message(text, more = {}) {
    const baseVersion = Number(form.elements.base_version?.value) || null;
    const isUndone = isFresh && text === opened;
    const news = isUndone ? { undone: true } : { data: JSON.parse(text) };
    return { tab, base_version: baseVersion, ...(text === held ? {} : news), ...more };
  }

  // Talking ----------------------------------------------------------------------------------------

  async function post(content, options = {}) {
    const request = () =>
      fetch(address, {
        method: "POST",
        body: JSON.stringify(content),
        headers: {
          "Content-Type": "application/json",
          "X-CSRFToken": form.elements.csrfmiddlewaretoken.value,
        },
        redirect: "manual",
        signal: AbortSignal.timeout(PATIENCE),
        ...options,
      });
    const answer = await heard(request);
    if (answer.outcome !== "unproven") return answer;
    // Somebody signed in after this page was made: its proof is an old one.
    const renewed = await ask();
    return renewed.outcome === "kept" ? heard(request) : renewed;
  }

  // Ask for a token and for what lies unsaved, and show it.
  async function ask() {
    const query = new URLSearchParams({ tab });
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await heard(() => fetch(`${address}?${query}`, { redirect: "manual", signal }));
    if (answer.outcome !== "kept") return answer;
    for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = answer.token;
    if (!unsaved.contains(document.activeElement)) {
      unsaved.innerHTML = answer.offered;
      unsaved.dataset.mark = answer.unsaved;
    }
    return answer;
  }

  // What became of a request: kept, refused (for a reason), signed-out, silent, unproven or failed.
  async function heard(request) {
    try {
      const response = await request();
      if (response.type === "opaqueredirect") return { outcome: "signed-out" };
      if (!response.headers.get("Content-Type")?.startsWith("application/json")) {
        return { outcome: response.status === 403 ? "unproven" : "failed" };
      }
      const answer = await response.json();
      if (answer.refused) return { outcome: "refused", reason: answer.refused };
      return { outcome: String(answer.user) === user ? "kept" : "signed-out", ...answer };
    } catch {
      return { outcome: "silent" };
    }
  }

  // Keeping ----------------------------------------------------------------------------------------

  // One message at a time, so that what was typed first never replaces what was typed later.
  function keep() {
    queue = queue.then(keepNow);
    return queue;
  }

  async function keepNow() {
    clearTimeout(timer);
    timer = left = null;
    const text = typed();
    const isTyped = text !== held;
    const answer = await post(message(text));
    if (answer.outcome === "kept") {
      held = text;
      if (isTyped) keptAt = answer.kept_at ? Date.now() : 0;
      store.drop();
      show(answer);
      // Its text may have been thrown away elsewhere: then the server shall have it again.
      if (!answer.kept_at && text !== opened) held = null;
    } else if (isTyped) {
      store.put(text, message(text).base_version);
    }
    tell(answer);
    if (typed() !== held) touched();
    return answer.outcome;
  }

  function touched() {
    timer ??= setTimeout(keep, KEEP_AFTER);
  }

  // The last word of a page. It is said before the next page is asked for, which may tell of it, and
  // once more when the page goes, should there be something new. Returns whether the text is safe.
  function leave() {
    const text = typed();
    if (isGoing || text === left) return true;
    const isSafe = text === held || store.put(text, message(text).base_version);
    const content = message(text, { left: true });
    const isShort = new Blob([JSON.stringify(content)]).size < MOST_WHILE_LEAVING;
    post(content, { keepalive: isShort });
    left = text;
    return isSafe;
  }

  // What an earlier page of this article kept in this browser alone.
  async function handOver() {
    const left = store.others();
    for (const each of left) {
      const { outcome } = await post({ ...each.content, left: true });
      if (outcome === "kept") each.drop();
    }
    if (left.length) await ask();
  }

  // Telling ----------------------------------------------------------------------------------------

  function show(answer) {
    const wasOvertaken = here.querySelector(".overtaken");
    here.innerHTML = answer.here;
    const overtaken = here.querySelector(".overtaken");
    if (overtaken && !wasOvertaken) announce(overtaken.textContent.trim());
    if (unsaved.dataset.mark !== answer.unsaved) ask();
  }

  function tell({ outcome, reason }) {
    const before = trouble;
    trouble = outcome === "kept" ? "" : outcome;
    if (trouble !== before) {
      alertOf(trouble === "silent" ? "" : trouble, reason);
      if (before === "signed-out" && !trouble) announce(gettext("You are logged in again. Press the button once more."));
      else announce(trouble ? sentence() : "");
    }
    told.textContent = sentence();
  }

  // Show the one alert of that name, or none.
  function alertOf(name, reason = "") {
    for (const each of place.querySelectorAll("[data-alert]")) {
      each.hidden = each.dataset.alert !== name;
      const words = each.querySelector("[data-reason]");
      if (words) words.textContent = reason;
    }
  }

  function announce(words) {
    announced.textContent = words;
  }

  function sentence() {
    if (trouble && typed() !== held) {
      if (!store.holds()) return gettext("Not saved, and kept nowhere: copy your text before you leave this page.");
      if (trouble === "silent") return gettext("Not saved: no connection. Kept in this browser.");
      return gettext("Not saved. Kept in this browser.");
    }
    if (!keptAt) return "";
    const seconds = Math.round((Date.now() - keptAt) / 1000);
    if (seconds < 60) return interpolate(gettext("Kept %(seconds)s s ago, not yet saved."), { seconds }, true);
    const minutes = Math.floor(seconds / 60);
    return interpolate(gettext("Kept %(minutes)s min ago, not yet saved."), { minutes }, true);
  }

  // When -------------------------------------------------------------------------------------------

  const listen = window.django?.jQuery // Boxes made by select2 tell jQuery alone.
    ? (names, act) => window.django.jQuery(form).on(names.join(" "), act)
    : (names, act) => names.forEach((name) => form.addEventListener(name, act));
  listen(["input", "change"], touched);
  form.addEventListener("desk:changed", touched);

  setInterval(() => {
    beats += 1;
    if (!isGoing && (!document.hidden || beats % BEATS_HIDDEN === 0)) keep();
  }, BEAT);
  setInterval(() => {
    const words = sentence();
    if (!document.hidden && told.textContent !== words) told.textContent = words;
  }, 1000);
  document.addEventListener("visibilitychange", () => {
    if (!isGoing && left === null && (!document.hidden || typed() !== held)) keep();
  });
  window.addEventListener("beforeunload", (event) => leave() || event.preventDefault());
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    isGoing = false;
    keep();
  });

  // Before the form goes, the server is asked whether it would be taken: a page of refusal must not
  // come in place of what was typed.
  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    const isElsewhere = button?.hasAttribute("formaction") || button?.hasAttribute("formtarget");
    if (isGoing || isElsewhere || event.defaultPrevented) return;
    event.preventDefault();
    if (form.hasAttribute("aria-busy")) return;
    form.setAttribute("aria-busy", "true");
    const outcome = await keep();
    form.removeAttribute("aria-busy");
    const alert = place.querySelector(`[data-alert="${outcome}"]`);
    if (alert) {
      alert.hidden = false;
      alert.focus();
    } else {
      isGoing = true;
      form.requestSubmit(button);
    }
  });

  const url = new URL(location);
  if (url.searchParams.has("draft")) {
    url.searchParams.delete("draft"); // Another tab of this address would be the same draft.
    history.replaceState(history.state, "", url);
  }
  keep().then(handOver);
});
