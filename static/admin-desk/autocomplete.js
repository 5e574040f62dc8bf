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
