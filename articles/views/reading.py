"""Views that only read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def read_only(view: View) -> View:
    """Let a view answer GET and HEAD, and every other method with 405.

    It needs no proof that a form is ours, since it takes none: so the 405 comes before Django asks
    for the proof, and says what is the matter.
    """
    return csrf_exempt(require_safe(view))
