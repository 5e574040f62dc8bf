"""Messages from readers: taken in, told of by mail, and settled at the desk.

A message is stored first. A mail follows after the commit, at most one in ``PAUSE`` for each
edition, and says how many messages wait, not what they say.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.mail import send_mail
from django.db import DatabaseError, IntegrityError, connections, transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from articles.actions.log import log
from articles.actions.refusal import Refused
from articles.actions.rights import demand_on
from articles.models import Contact, Language, Message

PAUSE = timedelta(minutes=10)
"""Between two mails to the desk of an edition, however many messages come in."""

logger = logging.getLogger(__name__)


def receive_message(*, message: Message) -> None:
    """Store a message that a reader sent, and have the desk told of it once it is stored.

    What was sent before, from the same form with the same words, is not stored again.
    """
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        if not Message.objects.filter(digest=message.digest).exists():
            raise
    transaction.on_commit(tell_desks, robust=True)


def settle_message(
    *, message: Message, state: str, note: str, by: AbstractUser, seen: str = ""
) -> Message:
    """Say what became of a message, for colleagues.

    ``seen`` is the state that ``by`` was shown, where that is known. Raises Refused when the
    message is none of the person's desk, and when a colleague settled it meanwhile.
    """
    with transaction.atomic():
        current = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
        demand_on(by, "message", current.language)
        if seen and seen != current.state:
            raise Refused([settled_meanwhile(current)])
        current.state, current.note = state, note
        is_settled = state != Message.State.NEW
        current.settled_at = timezone.now() if is_settled else None
        current.settled_by_id = by.pk if is_settled else None
        current.save(update_fields=["state", "note", "settled_at", "settled_by"])
        log([current], f"message_{state}", by=by)
    return current


def settled_meanwhile(message: Message) -> str:
    """Say who has settled a message since it was looked at, and how."""
    by = message.settled_by
    return _("Meanwhile this message was marked as “%(state)s” by %(name)s. Decide again.") % {
        "state": message.get_state_display(),
        "name": by.get_username() if by else "–",
    }


# Mail ---------------------------------------------------------------------------------------------


def tell_desks(at: datetime | None = None) -> None:
    """Have a mail sent to each desk that has not been told of what waits, and for which it is time
    at ``at`` (now, unless given). One query when there is none.
    """
    at = at or timezone.now()
    mine = Message.objects.filter(language=OuterRef("pk"))
    lately = mine.filter(tried_at__gt=at - PAUSE)
    due = Language.objects.filter(Exists(mine.untold()), ~Exists(lately))
    for language in due:
        later(partial(_tell, language, at))


def later(work: Callable[[], None]) -> None:
    """Do ``work`` in this process beside its requests: no reader waits for a mail server."""
    _post.submit(work)


def _tell(language: Language, at: datetime) -> None:
    try:
        told = _begin(language, at)
        if told:
            _send(language)
            Message.objects.filter(pk__in=told).update(told_at=at)
    except DatabaseError:
        logger.exception("It could not be noted that the desk of %s is told.", language.pk)
    except Exception:  # Whatever a mail server does, the messages are stored.
        logger.exception("The desk of %s could not be told that messages wait.", language.pk)
    finally:
        if threading.current_thread() is not threading.main_thread():
            connections.close_all()


def _begin(language: Language, at: datetime) -> list[int]:
    """Note that a mail is begun, and return the messages that it tells of; none when another
    process began one meanwhile.
    """
    with transaction.atomic():
        Language.objects.select_for_update(no_key=True).get(pk=language.pk)
        mine = Message.objects.filter(language=language)
        if mine.filter(tried_at__gt=at - PAUSE).exists():
            return []
        untold = list(mine.untold().values_list("pk", flat=True))
        mine.filter(pk__in=untold).update(tried_at=at)
        return untold


def _send(language: Language) -> None:
    """Mail to the desk how many messages wait, in its language and with nothing that readers wrote:
    so there is nothing in it that they could have meant for a mail server.
    """
    recipients = addresses_of(language)
    if not recipients:
        return
    with override(language.pk):
        count = Message.objects.filter(language=language).waiting().count()
        sentence = ngettext(
            "%(count)d message from a reader waits.",
            "%(count)d messages from readers wait.",
            count,
        ) % {"count": count}
        send_mail(sentence, "\n\n".join(_letter(language, sentence)), None, recipients)


def _letter(language: Language, sentence: str) -> Iterator[str]:
    query = f"?language__code__exact={language.pk}&state__exact={Message.State.NEW}"
    yield sentence
    yield settings.SITE_URL + reverse("admin:articles_message_changelist") + query
    yield _("The next mail of this kind comes in ten minutes at the earliest.")


def addresses_of(language: Language) -> list[str]:
    """Whom to mail: the addresses of CONTACT_EMAIL, or else those of the edition's contacts."""
    if settings.CONTACT_EMAIL:
        return list(settings.CONTACT_EMAIL)
    contacts = Contact.objects.filter(language=language).exclude(email="").in_order()
    return list(dict.fromkeys(contacts.values_list("email", flat=True)))


_post = ThreadPoolExecutor(1, thread_name_prefix="mail")
