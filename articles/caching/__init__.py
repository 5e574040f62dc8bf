"""Pages that are made once and given to many, never more than a second after they changed.

A view says what its answer depends on (``depends_on``), an action says that what readers see has
changed (``renew_pages``), what many pages have in common is read once (``remembered``), and
``articles.caching.wrapper.PageCache`` stands before Django.
"""

from __future__ import annotations

from articles.caching.dependence import depends_on
from articles.caching.memory import remembered
from articles.caching.renewal import renew_pages

__all__ = ["depends_on", "remembered", "renew_pages"]
