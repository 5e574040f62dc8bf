"""A forgotten password: a link by mail to set a new one, and what a new one settles."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import suppress

from django.conf import settings
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.actions.lockout import unlock
from articles.actions.log import log
from articles.actions.refusal import Refused

logger = logging.getLogger(__name__)


def send_reset_links(*, email: str) -> None:
    """Mail a link to each account of this address, in the active language; there may be none.

    A mail that cannot be sent is told in the log only: nobody may learn here which accounts exist.
    """
    for user in PasswordResetForm().get_users(email):
        # A name has no line break, and a subject may have none.
        subject = _("A new password for “%(name)s”") % {"name": user.get_username()}
        try:
            send_mail(subject, "\n\n".join(_letter(user)), None, [user.email])
        except Exception:  # Whatever a mail server does, it is no affair of who asked.
            logger.exception("The link for a new password could not be sent to user %s.", user.pk)


def settle_new_password(*, user: User) -> None:
    """What follows when a link was used: the log says so, and failed logins are forgotten."""
    with transaction.atomic():
        with suppress(Refused):
            unlock(username=user.get_username())
        log([user], "set_password", by=user)


def _letter(user: User) -> Iterator[str]:
    """The paragraphs of the mail. The host is the site's own, whatever the request called it."""
    name = {"name": user.get_username(), "site": settings.SITE_URL}
    yield (_("Somebody asked to set a new password for the account “%(name)s” at %(site)s.") % name)
    key = urlsafe_base64_encode(force_bytes(user.pk))
    token = default_token_generator.make_token(user)
    minutes = settings.PASSWORD_RESET_TIMEOUT // 60
    yield ngettext(
        "If it was you, choose it on this page. The address works once, and for %(count)d minute:",
        "If it was you, choose it on this page. The address works once, and for %(count)d minutes:",
        minutes,
    ) % {"count": minutes}
    yield settings.SITE_URL + reverse("admin:password_reset_confirm", args=[key, token])
    yield _("If it was not you, do nothing: the password stays as it is.")
