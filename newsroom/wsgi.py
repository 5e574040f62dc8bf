"""The door for web servers. Without a secret it stays shut: sessions could be forged."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

from newsroom.metrics import observed
from newsroom.secret import require_secret


def with_page_cache(django: WSGIHandler) -> Any:
    """Return the application that serves pages from memory, if the settings give it any."""
    from articles.caching.wrapper import PageCache  # Its models are there only now.
    from articles.views.due import do_due

    room = settings.PAGE_CACHE_MB * 1024 * 1024
    return PageCache(django, room=room, do_due=do_due) if room else django


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
application = observed(with_page_cache(get_wsgi_application()), counting=settings.METRICS)
require_secret()
