"""Reading a stored capture again, with what an editor knows of it."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _

from articles.actions import Refused
from articles.actions.rights import may_decide, may_on
from articles.loader import Loader, Outcome
from articles.models import Capture, Language


@transaction.atomic
def read_in_language(*, capture: Capture, language: Language, by: AbstractUser) -> Outcome:
    """Read a waiting capture as one in ``language``, as if a manifest had said so; its articles
    are drafts, held for the editor.

    Raises Refused for who may not decide about it or has no desk in that language, when something
    was made of it already, and where the reading finds no story.
    """
    current = Capture.objects.select_for_update(of=["self"]).get(pk=capture.pk)
    if not may_decide(by, current) or not may_on(by, "capture", language.pk):
        raise Refused([_("This capture is not on any of your desks.")])
    if current.state != Capture.State.NEW or current.articles.exists():
        raise Refused([_("This capture waits no longer: somebody has decided about it.")])
    current.given = {**current.given, "language": language.pk}
    current.save(update_fields=["given"])
    outcome = Loader().again(current)
    if outcome is None or not current.articles.exists():
        raise Refused([_("No story could be read from it in this language.")])
    return outcome
