/*
 * Keeps the last pages that were read, for when there is no connection. The network always comes
 * first: what is kept is shown only where a page cannot be fetched at all.
 *
 * Kept are pages of an edition that are the same for every reader. The desk, forms, other hosts,
 * redirects and errors go by untouched, and a page that is gone (404, 410) is dropped.
 */
const PAGES = "pages-1";
const FILES = "files-1";
const OFFLINE = "offline-1";
const MOST_PAGES = 30;
const MOST_FILES = 20;
const EDITION = /^\/([a-z]{2,3}(?:-[A-Za-z0-9]{2,4}){0,2})\//;
const FILE_LINK = /<(?:link|script)\b[^>]*\b(?:href|src)="([^"]+\.(?:css|js|svg|woff2))"/g;

const isOurs = (url) => url.origin === self.location.origin;
const editionOf = (url) => (EDITION.exec(url.pathname) || [])[1];

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldCaches().then(() => self.clients.claim()).then(keepOpenPages));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || !isOurs(url)) {
    return;
  }
  if (request.mode === "navigate" && (editionOf(url) || url.pathname === "/")) {
    event.respondWith(page(event, url));
  } else if (["font", "image", "script", "style"].includes(request.destination)) {
    event.respondWith(fetch(request).catch(() => keptFile(request)));
  }
});

async function page(event, url) {
  try {
    const response = await fetch(event.request);
    event.waitUntil(remember(url, response.clone()));
    return response;
  } catch {
    return (await kept(PAGES, url)) || (await offlinePage(url)) || Response.error();
  }
}

/* A page that sets a cookie, or is made for one reader, varies by cookie or says so itself. */
function isForEverybody({ headers }) {
  const varies = (headers.get("Vary") || "").toLowerCase().split(/\s*,\s*/);
  const says = (headers.get("Cache-Control") || "").toLowerCase();
  return !varies.includes("cookie") && !varies.includes("*") && !/no-store|private/.test(says);
}

async function remember(url, response) {
  const address = url.href.replace(/#.*/, "");
  const cache = await caches.open(PAGES);
  const isPage = (response.headers.get("Content-Type") || "").startsWith("text/html");
  if (response.status === 404 || response.status === 410) {
    await cache.delete(address, { ignoreVary: true });
  } else if (response.status === 200 && !response.redirected && isPage && editionOf(url)
      && isForEverybody(response)) {
    await putLast(cache, address, response.clone(), MOST_PAGES);
    await keepFiles(await response.text());
    await keepOfflinePage(editionOf(url));
  }
}

/* A cache lists what it holds by when it was put there; what is put anew is replaced in one step. */
async function putLast(cache, address, response, most) {
  await cache.put(address, response);
  const held = await cache.keys();
  await Promise.all(held.slice(0, Math.max(0, held.length - most)).map((old) => cache.delete(old)));
}

/* What the browser has just fetched for the page comes out of its own cache here. */
async function keepFiles(html) {
  const cache = await caches.open(FILES);
  for (const [, address] of html.matchAll(FILE_LINK)) {
    const url = new URL(address, self.location);
    if (isOurs(url) && !(await cache.match(url.href, { ignoreVary: true }))) {
      const response = await fetch(url.href, { cache: "force-cache" });
      if (response.status === 200) {
        await putLast(cache, url.href, response, MOST_FILES);
      }
    }
  }
}

async function keepOfflinePage(edition) {
  const address = `/${edition}/offline/`;
  const response = await fetch(address);
  if (response.status === 200) {
    const cache = await caches.open(OFFLINE);
    await cache.put(address, response.clone()); // In place: at no moment is there none.
    await keepFiles(await response.text());
  }
}

/* The page from which the worker was registered was fetched before there was one. */
async function keepOpenPages() {
  const windows = await self.clients.matchAll({ type: "window" });
  for (const { url } of windows) {
    if (editionOf(new URL(url))) {
      await remember(new URL(url), await fetch(url, { cache: "force-cache" }));
    }
  }
}

async function dropOldCaches() {
  const known = [PAGES, FILES, OFFLINE];
  const names = await caches.keys();
  await Promise.all(names.filter((name) => !known.includes(name)).map((name) => caches.delete(name)));
}

async function kept(name, url) {
  const cache = await caches.open(name);
  return cache.match(url.href.replace(/#.*/, ""), { ignoreVary: true });
}

async function keptFile(request) {
  const cache = await caches.open(FILES);
  return (await cache.match(request.url, { ignoreVary: true })) || Response.error();
}

/* In the language of the address, or else of the page that was read last. */
async function offlinePage(url) {
  const cache = await caches.open(OFFLINE);
  const last = (await cache.keys()).pop();
  const address = editionOf(url) ? `/${editionOf(url)}/offline/` : last && last.url;
  const found = (address && (await cache.match(address))) || (last && (await cache.match(last)));
  return found && new Response(await found.blob(), { status: 503, headers: found.headers });
}
