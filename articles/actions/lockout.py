"""Failed logins: who is shut out, until when, and letting somebody in again."""

from __future__ import annotations

from datetime import datetime

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.contrib.auth.models import AbstractUser, User
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from articles.actions.log import log
from articles.actions.refusal import Refused


def shut_out_until(*, username: str, address: str | None) -> datetime | None:
    """When the account's failed logins from ``address`` are forgotten; None when there are none."""
    attempts = AccessAttempt.objects.filter(username=username, ip_address=address)
    last: datetime | None = attempts.aggregate(last=Max("attempt_time"))["last"]
    return last + settings.AXES_COOLOFF_TIME if last else None


def unlock(*, username: str, by: AbstractUser | None = None) -> None:
    """Forget the failed logins of an account, from every address. ``by`` is None when its own new
    password does it. Raises Refused when there are none.
    """
    with transaction.atomic():
        if not reset(username=username):
            raise Refused([_("“%(name)s” has no failed logins.") % {"name": username}])
        accounts = User.objects.filter(username=username)
        if by is not None and accounts.exists():
            log(accounts, "unlock", by=by)
