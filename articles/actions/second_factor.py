"""The second factor of an account: an authenticator app and, from the same moment, recovery codes.

The app shows six digits that change every thirty seconds (TOTP, RFC 6238); a recovery code has
twelve. Both are digits alone, so that one box takes either, typed in any script: whoever reads no
Latin letters can still read a code from paper. Wrong codes make the next try wait, twice as long
each time (django-otp counts them for the app and for the recovery codes apart).
"""

from __future__ import annotations

import secrets
from base64 import b32encode
from collections.abc import Iterable
from datetime import datetime
from math import ceil
from typing import Any, NamedTuple

from django.contrib.auth.models import AbstractUser, User
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from articles.actions.log import log
from articles.actions.refusal import Refused

RECOVERY_CODES = 10
RECOVERY_DIGITS = 12


class Enrolled(NamedTuple):
    """The app that was set up, and the recovery codes: they are told this once."""

    device: Any
    codes: list[str]


def new_key() -> str:
    """Return a new secret of 160 bits for an app, in hexadecimal digits (RFC 4226, section 4)."""
    return str(random_hex(20))


def address_for_app(user: AbstractUser, key: str) -> str:
    """Return the ``otpauth:`` address that an app reads from the picture."""
    return str(TOTPDevice(user=user, key=key).config_url)


def has_second_factor(user: AbstractUser) -> bool:
    """Whether the account has set up an app."""
    return bool(TOTPDevice.objects.filter(user=user, confirmed=True).exists())


def recovery_codes_left(user: AbstractUser) -> int:
    """How many recovery codes of the account were not used yet."""
    return int(StaticToken.objects.filter(device__user=user).count())


def prove(*, user: AbstractUser, code: str) -> Any:
    """Return the device of ``user`` that shows, or holds, ``code``; no code is taken twice.

    Raises Refused for a wrong code, and while earlier wrong codes make this one wait.
    """
    digits = digits_of(code)
    with transaction.atomic():  # A refusal is raised outside: it must not undo the count of tries.
        device = _devices(user, digits).select_for_update().first()
        may_try, why_not = device.verify_is_allowed() if device else (True, None)
        is_right = may_try and device and device.verify_token(_token(user, digits))
    if is_right:
        return device
    raise Refused([_wait(why_not["locked_until"]) if why_not else _wrong()])


def confirm(key: str, code: str) -> TOTP:
    """Return the moment for which an app that was given ``key`` shows ``code``.

    Changes nothing. Raises Refused for a code of another app, or of another time.
    """
    blank = TOTPDevice(key=key)
    moment = TOTP(blank.bin_key, blank.step, blank.t0, blank.digits)
    moment.time = timezone.now().timestamp()
    digits = digits_of(code)
    if len(digits) != blank.digits or not moment.verify(int(digits), blank.tolerance):
        wrong = _(
            "This is not the code that the app shows now. Look again and type it. If it stays so, "
            "let the phone set its clock by itself."
        )
        raise Refused([wrong])
    return moment


def enrol(*, user: AbstractUser, key: str, code: str) -> Enrolled:
    """Set up the app that was given ``key``, once it shows the right ``code``.

    Raises Refused for a wrong code, and for an account that has an app: whoever knows no more than
    its password must not replace it.
    """
    confirmed = confirm(key, code)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        if has_second_factor(user):
            raise Refused([_("This account has an authenticator app already. Log in with it.")])
        return _store(user, key, confirmed)


def change_device(*, user: AbstractUser, key: str, code: str, proof: str) -> Enrolled:
    """Put another app in place of the present one, with new recovery codes.

    ``code`` comes from the new app and ``proof`` is a code of the present one, or a recovery code.
    Every other session of the account ends, for its device is gone. Raises Refused.
    """
    confirmed = confirm(key, code)
    prove(user=user, code=proof)
    with transaction.atomic():
        _remove(user)
        return _store(user, key, confirmed)


def renew_recovery_codes(*, user: AbstractUser, proof: str) -> list[str]:
    """Return ten new recovery codes; no older one is taken any more. Raises Refused."""
    prove(user=user, code=proof)
    with transaction.atomic():
        codes = _fill(user)
        log([user], "make_codes", by=user)
        return codes


def reset_second_factor(*, user: AbstractUser, by: AbstractUser | None = None) -> None:
    """Forget the app and the recovery codes: the next login sets them up anew.

    Sessions that rest on them end at once. ``by`` is None when a command does it. Raises Refused
    for one's own account, where a code is asked for, and for one that has nothing to reset.
    """
    if by is not None and by.pk == user.pk:
        raise Refused([_("Change your own app on the page of your account; it asks for a code.")])
    with transaction.atomic():
        if not _remove(user):
            raise Refused([_("“%(name)s” has not set up two-step login.") % {"name": user}])
        if by is not None:
            log([user], "reset_second_factor", by=by)


def digits_of(code: str) -> str:
    """The digits of what was typed or pasted, as ASCII: spaces and other signs are left out."""
    return "".join(str(int(sign)) for sign in code if sign.isdecimal())


def _devices(user: AbstractUser, digits: str) -> Any:
    model = StaticDevice if len(digits) == RECOVERY_DIGITS else TOTPDevice
    return model.objects.filter(user=user, confirmed=True)


def _token(user: AbstractUser, digits: str) -> str:
    """What is compared: recovery codes are kept as digests only, worthless without SECRET_KEY."""
    if len(digits) != RECOVERY_DIGITS:
        return digits
    digest = salted_hmac("articles.recovery_code", f"{user.pk}:{digits}", algorithm="sha256")
    return b32encode(digest.digest()[:10]).decode()  # The 16 characters that the column takes.


def _store(user: AbstractUser, key: str, moment: TOTP) -> Enrolled:
    device = TOTPDevice.objects.create(
        user=user, name="app", key=key, drift=moment.drift, last_t=moment.t()
    )
    enrolled = Enrolled(device, _fill(user))
    log([user], "enrol", by=user)
    return enrolled


def _fill(user: AbstractUser) -> list[str]:
    holder, _created = StaticDevice.objects.get_or_create(user=user, name="codes")
    holder.token_set.all().delete()
    codes = [f"{secrets.randbelow(10**RECOVERY_DIGITS):012d}" for _number in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(
        StaticToken(device=holder, token=_token(user, code)) for code in codes
    )
    return codes


def _remove(user: AbstractUser) -> int:
    models: Iterable[Any] = (TOTPDevice, StaticDevice)
    return sum(model.objects.filter(user=user).delete()[0] for model in models)


def _wrong() -> str:
    return _("This code is wrong, or it was used before. Type the one that the app shows now.")


def _wait(until: datetime) -> str:
    seconds = max(1, ceil((until - timezone.now()).total_seconds()))
    if seconds < 60:
        sentence = ngettext(
            "The last code was wrong. Wait %(count)d second and type a new one.",
            "The last codes were wrong. Wait %(count)d seconds and type a new one.",
            seconds,
        )
        return sentence % {"count": seconds}
    minutes = ceil(seconds / 60)
    sentence = ngettext(
        "Too many codes were wrong. Wait %(count)d minute and type a new one.",
        "Too many codes were wrong. Wait %(count)d minutes and type a new one.",
        minutes,
    )
    return sentence % {"count": minutes}
