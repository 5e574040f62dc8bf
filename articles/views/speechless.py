"""Answers that are the same for every reader, whatever language they chose."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase

Answer = TypeVar("Answer", bound=HttpResponseBase)


def speechless(view: Callable[..., Answer]) -> Callable[..., Answer]:
    """Mark the view's answers as having no language of their own.

    ``newsroom.middleware.EditionMiddleware`` then lets caches keep one copy for everybody.
    """

    @wraps(view)
    def marked(request: HttpRequest, *args: object, **kwargs: object) -> Answer:
        response = view(request, *args, **kwargs)
        response.is_speechless = True  # type: ignore[attr-defined]
        return response

    return marked
