"use strict";

// Words of the choosing lists, from the desk's catalogue: select2 itself knows no Urdu and no Sindhi.
(() => {
  const words = {
    errorLoading: () => gettext("The suggestions could not be fetched."),
    loadingMore: () => gettext("Fetching more…"),
    noResults: () => gettext("Nothing found"),
    removeAllItems: () => gettext("Clear the choice"),
    removeItem: () => gettext("Clear the choice"),
    search: () => gettext("Search"),
    searching: () => gettext("Searching…"),
  };
  const { lang } = document.documentElement;
  window.django.jQuery.fn.select2.amd.define(`select2/i18n/${lang}`, [], () => words);
})();

// A box in which nothing is chosen has no name of its own: select2 names it by its choice alone.
// jQuery may call Django's own script, which makes the boxes, later than the page's load: so ask it.
window.addEventListener("load", () => window.django.jQuery(nameBoxes));

function nameBoxes() {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const label = select.labels[0];
    const box = select.parentElement.querySelector("[role=combobox]");
    if (!label || !box) continue;
    label.id ||= `${select.id}_label`;
    box.querySelector("[role=textbox]")?.setAttribute("aria-labelledby", label.id);
    box.setAttribute("aria-labelledby", `${label.id} ${box.getAttribute("aria-labelledby")}`);
  }
}
