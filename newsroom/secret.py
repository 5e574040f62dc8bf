"""The secret that signs sessions: who needs it, and the sentence when it is missing."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

MISSING = (
    "SECRET_KEY is not set, and the site does not start without it: set the environment variable "
    "SECRET_KEY (or a line in the file .env) to at least 50 random characters; on your own "
    "computer 'make run' makes one."
)


def require_secret() -> None:
    """Raise ImproperlyConfigured, naming the variable, when the site has no secret to sign with.

    What the settings themselves refuse comes first, with their own sentence.
    """
    _ = settings.DEBUG  # Reads the settings.
    try:
        has_secret = bool(settings.SECRET_KEY)
    except ImproperlyConfigured:  # Django's refusal of an empty key does not say how to mend it.
        has_secret = False
    if not has_secret:
        raise ImproperlyConfigured(MISSING)
