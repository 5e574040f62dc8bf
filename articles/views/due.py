"""What is due takes effect by being due: whoever comes first after its moment has it done.

These are scheduled changes, and mails that tell a desk of messages that wait. No job has to run. A
process looks at most once a second, and only at an index of what is scheduled or waits.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import DatabaseError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from articles.actions import apply_due, tell_desks
from newsroom.replica import for_writers

INTERVAL = timedelta(seconds=1)

logger = logging.getLogger(__name__)


class DueChangesMiddleware:
    """Do what is due before a request is answered; where that fails, the page is served."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        now = timezone.now()
        if last_look.is_over(now):
            last_look.at = now
            do_due(now)
        return self.get_response(request)


def do_due(now: datetime) -> None:
    """Do what is due by ``now``; a failure is logged."""
    try:
        with for_writers():
            apply_due(now)
            tell_desks(now)
    except DatabaseError:
        logger.exception("What is due could not be done.")


class LastLook:
    """When this process last looked for changes that are due; never, when it starts."""

    at: datetime | None = None

    def is_over(self, now: datetime) -> bool:
        """Whether it is time to look again, also after a clock was set back."""
        return self.at is None or not self.at <= now < self.at + INTERVAL


last_look = LastLook()
