"use strict";

// What was typed, kept in this browser alone: one entry for each tab of one person in one article's
// form (or in that for a new one). It is a second net, and empty while the server answers.
window.desk = window.desk || {};

window.desk.typedStore = (user, article, tab) => {
  const family = `newsroom.typed.${user}.${article}.`;
  const own = family + tab;

  // A browser may refuse: no room, or nothing may be stored at all.
  const attempt = (act) => {
    try {
      return act();
    } catch {
      return undefined;
    }
  };

  return {
    put(text, baseVersion) {
      const entry = { data: JSON.parse(text), base_version: baseVersion, typed: Date.now() };
      return attempt(() => {
        localStorage.setItem(own, JSON.stringify(entry));
        return true;
      });
    },
    drop: () => attempt(() => localStorage.removeItem(own)),
    holds: () => Boolean(attempt(() => localStorage.getItem(own))),
    // What other tabs left, each with what is told the server and a way to forget it.
    others() {
      const keys = attempt(() => Object.keys(localStorage)) || [];
      return keys
        .filter((key) => key.startsWith(family) && key !== own)
        .map((key) => {
          const { typed, ...entry } = JSON.parse(localStorage.getItem(key));
          return {
            content: { ...entry, typed_ago: Date.now() - typed, tab: key.slice(family.length) },
            drop: () => localStorage.removeItem(key),
          };
        });
    },
  };
};
