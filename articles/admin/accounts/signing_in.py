"""The session of a login: held after the password, a user's own after the second step."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from articles.actions.second_factor import new_key

HELD = "desk_held"
NEW_KEY = "desk_new_key"
HELD_FOR = timedelta(minutes=10)
"""Time to find one's phone, or to set up an app, after the password was right."""


def has_proved_both(request: HttpRequest) -> bool:
    """Whether the session's user was checked by a code, or none is asked for.

    Asked on each request: a session from before the second factor was switched on, or whose device
    was reset since, is no longer one of the desk.
    """
    return not settings.SECOND_FACTOR or getattr(request.user, "otp_device", None) is not None


def hold(request: HttpRequest, user: User, page: str) -> None:
    """Note in an empty session that the password of ``user`` was right, and where to go after."""
    request.session.flush()
    request.session[HELD] = {
        "user": user.pk,
        "hash": user.get_session_auth_hash(),
        "backend": getattr(user, "backend", ""),
        "page": page,
    }
    request.session.set_expiry(HELD_FOR)


def held(request: HttpRequest) -> User | None:
    """The user whose password was right a moment ago; None when it was not, or has changed."""
    note = request.session.get(HELD)
    if note is None:
        return None
    user = User.objects.filter(pk=note["user"], is_active=True, is_staff=True).first()
    if user is None or not constant_time_compare(user.get_session_auth_hash(), note["hash"]):
        return None
    user.backend = note["backend"]
    return user


def page_after(request: HttpRequest) -> str:
    """Where the editor wanted to go when the password was asked for."""
    note = request.session.get(HELD)
    return str(note["page"]) if note else reverse("admin:index")


def sign_in(request: HttpRequest, user: User, device: Any = None) -> None:
    """Begin the session of ``user`` under a new key, to end twelve hours from now.

    A moment, not a length of time: however often a busy session is stored, it ends then. Whoever
    comes in sweeps out the sessions that have ended.
    """
    request.session.flush()
    request.session.clear_expired()
    if device is not None:
        user.otp_device = device  # type: ignore[attr-defined]  # The session will name it.
    login(request, user)
    request.session.set_expiry(timedelta(seconds=settings.SESSION_COOKIE_AGE))


def key_for(request: HttpRequest) -> str:
    """The secret that is offered to a new app.

    It lives in this session alone: whoever else knows the password is offered another one, and
    cannot come back with this one later.
    """
    if NEW_KEY not in request.session:
        request.session[NEW_KEY] = new_key()
    return str(request.session[NEW_KEY])
