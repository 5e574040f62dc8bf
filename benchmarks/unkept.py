"""The site with no room for a page: each is made, of what the last change left to be remembered."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
_django = get_wsgi_application()

from articles.caching.wrapper import PageCache  # noqa: E402  Its models are there only now.
from articles.views.due import do_due  # noqa: E402

application = PageCache(_django, room=0, do_due=do_due)
