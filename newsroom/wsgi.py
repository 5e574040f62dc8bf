"""The door for web servers. Without a secret it stays shut: sessions could be forged."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from newsroom.secret import require_secret

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
application = get_wsgi_application()
require_secret()
