// Asks the browser to keep the pages that are read; worker.js does it. A page needs neither.
if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/sw.js").catch(() => {
    // Private windows and full disks refuse; the site then works as it does without.
  });
}
