"""What the tests of accounts share: an app that shows codes, and the two steps of a login."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.actions.second_factor import enrol, new_key

PASSWORD = "a long password"


def code_of(key: str, step: int = 0) -> str:
    """What an app that was given ``key`` shows now, or ``step`` half minutes from now."""
    return f"{totp(bytes.fromhex(key), t0=int(-30 * step)):06d}"


def give_app(user: AbstractUser) -> tuple[str, list[str]]:
    """Set up an app for ``user``; return its key, whose present code is unused, and the codes."""
    key = new_key()
    enrolled = enrol(user=user, key=key, code=code_of(key))
    TOTPDevice.objects.filter(user=user).update(last_t=-1)
    return key, enrolled.codes


def give_password(client: Client, user: AbstractUser, page: str = "", **more: Any) -> Any:
    """Take the first step of a login, on the way to ``page``; follows no redirect."""
    form = {"username": user.get_username(), "password": PASSWORD, "next": page, **more}
    return client.post(reverse("admin:login"), form)


def give_code(client: Client, code: str, **headers: str) -> Any:
    """Take the second step."""
    return client.post(reverse("admin:second_factor"), {"code": code}, headers=headers)


def signed_in(user: AbstractUser, key: str, step: int = 0) -> Client:
    """A client that has taken both steps."""
    client = Client()
    give_password(client, user)
    assert give_code(client, code_of(key, step)).status_code == 302
    return client


def is_inside(client: Client) -> bool:
    """Whether the desk lets this client in."""
    return bool(client.get(reverse("admin:index")).status_code == 200)
