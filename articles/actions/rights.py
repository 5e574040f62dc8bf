"""Who may do what: two tables, and the questions that the desk and the actions ask them.

The policy reads and changes nothing. A member of a desk needs no permission rows of Django's, and
those decide nothing here: a role on the desk of an article's language does. A superuser is a
publisher on every desk. Whether somebody may enter the desk at all is ``is_staff``'s to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.actions.refusal import Refused
from articles.models import Article, Capture, Desk, Language
from articles.models.article import live
from articles.models.desk import Role
from articles.text.bidi import isolate

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser

    Person = AbstractUser | AnonymousUser

KNOWN = "_roles_by_language"
"""Where a user's roles are kept once they are read: a request has one copy of its user."""


class Right(NamedTuple):
    """The least role that a deed asks on the desk of an article's language, by its status.

    None is for the states in which nobody does it. What ``of_live`` holds of, any member of any
    desk may also do to what readers see.
    """

    draft: Role | None = None
    review: Role | None = None
    published: Role | None = None
    withdrawn: Role | None = None
    of_live: bool = False

    @property
    def roles(self) -> Mapping[str, Role]:
        by_status = zip(Article.Status.values, self[:4], strict=True)
        return {status: role for status, role in by_status if role}


WRITER, EDITOR, PUBLISHER = Role
RIGHTS = {
    # deed                draft      review     published  withdrawn
    "view": Right(WRITER, WRITER, WRITER, WRITER, of_live=True),
    # Notes between colleagues, texts as they were and as they may become: the desk's own matters.
    "history": Right(WRITER, WRITER, WRITER, WRITER),
    # What is not published, with somebody outside.
    "share": Right(EDITOR, EDITOR, PUBLISHER, None),
    "change": Right(WRITER, EDITOR, PUBLISHER, PUBLISHER),
    "propose": Right(None, None, EDITOR, None),
    "schedule": Right(None, None, PUBLISHER, None),
    "submit": Right(WRITER, None, None, None),
    "return": Right(None, EDITOR, None, None),
    "publish": Right(PUBLISHER, PUBLISHER, None, None),
    "notice": Right(None, None, PUBLISHER, None),
    "withdraw": Right(None, None, PUBLISHER, None),
    "restore": Right(None, None, None, PUBLISHER),
    "join": Right(EDITOR, EDITOR, PUBLISHER, PUBLISHER),
    # A draft is the whole desk's: who may only write deletes no colleague's work.
    "delete": Right(EDITOR, EDITOR, PUBLISHER, PUBLISHER),
}
"""What may be done to an article: what is not in this table nobody may do."""

DESK_RIGHTS = {
    "add": WRITER,  # An article, and so a translation into the language.
    "image": WRITER,
    "shown_image": PUBLISHER,  # What is said of a picture that readers see.
    "section": PUBLISHER,
    "author": EDITOR,
    "broadcast": PUBLISHER,
    "contact": PUBLISHER,
    "poll": PUBLISHER,
    "message": WRITER,  # Reading and answering what readers write.
    "forget": PUBLISHER,  # A message, and with it who wrote it.
    "alias": PUBLISHER,
    "source": EDITOR,
    "capture": EDITOR,
    "loadrun": EDITOR,
}
"""The least role for what is done at the desk of a language, whatever the article."""


def may(user: Person, deed: str, article: Article) -> bool:
    """Whether ``user`` may do ``deed``, one of ``RIGHTS``, to the article as it is."""
    right = RIGHTS[deed]
    least = right.roles.get(article.status)
    if least and role_on(user, article.language_id) >= least:
        return True
    return right.of_live and article.is_live() and is_member(user)


def where(user: Person, deed: str, at: datetime | None = None) -> Q:
    """The condition for the articles that ``user`` may do ``deed`` to: ``may()`` for lists.

    The roles stand in it as a list of languages, so that a list costs no join.
    """
    right = RIGHTS[deed]
    if is_everywhere(user):
        return Q() if len(right.roles) == len(Article.Status) else Q(status__in=right.roles)
    condition = Q(pk__in=[])
    for role in Role:
        if statuses := [status for status, least in right.roles.items() if least == role]:
            every = len(statuses) == len(Article.Status)
            own = on_desks(user, role)
            condition |= own if every else own & Q(status__in=statuses)
    if right.of_live and is_member(user):
        # Not "or": given two ways to rows, SQLite would fetch all of both and sort them for a list.
        condition = ~(~condition & ~live(at or timezone.now()))
    return condition


def may_somewhere(user: Person, deed: str) -> bool:
    """Whether there is a desk on which ``user`` may do ``deed`` to some article."""
    return is_member(user, min(RIGHTS[deed].roles.values()))


def may_on(user: Person, deed: str, language: str | None = None) -> bool:
    """Whether ``user`` may do ``deed``, one of ``DESK_RIGHTS``, on the desk of a language, or on
    any desk when none is given.
    """
    least = DESK_RIGHTS[deed]
    return is_member(user, least) if language is None else role_on(user, language) >= least


def captures(user: Person) -> Q:
    """The condition for the captures that ``user`` may see.

    A capture has the languages of its articles. One without articles has those of all that it
    tells, and is any editor's if nobody knows them.
    """
    if is_everywhere(user):
        return Q()
    if not may_on(user, "capture"):
        return Q(pk__in=[])
    made = Article.objects.filter(capture=OuterRef("pk"))
    least = DESK_RIGHTS["capture"]
    own = Exists(made.filter(on_desks(user, least)))
    known = _told_in()
    return own | ~Exists(made) & (~Exists(known) | Exists(known.filter(on_desks(user, least))))


def _told_in() -> QuerySet[Any]:
    """A capture's links to the languages of all that it tells."""
    links = Capture.languages.through._default_manager
    return links.filter(capture=OuterRef("pk"))


def decidable(user: Person) -> Q:
    """The condition for the captures that ``user`` may decide about: none of another desk's too.

    To reject a capture is to delete the drafts that were made of it.
    """
    if is_everywhere(user):
        return Q()
    if not may_on(user, "capture"):
        return Q(pk__in=[])
    own = on_desks(user, DESK_RIGHTS["capture"])
    made = Article.objects.filter(capture=OuterRef("pk"))
    is_told = Exists(made) | ~Exists(_told_in().filter(~own))
    return ~Exists(made.filter(~own)) & is_told


def may_decide(user: Person, capture: Capture) -> bool:
    """Whether ``user`` may accept and reject the capture: ``decidable()`` for one."""
    return Capture.objects.filter(decidable(user), pk=capture.pk).exists()


def sections(user: Person) -> Q:
    """The condition for the sections that ``user`` may know of: readers see the menus, and a desk
    sees the other sections of its own edition too.
    """
    return Q() if is_everywhere(user) else Q(in_menu=True) | on_desks(user, WRITER)


def on_desks(user: Person, least: Role, path: str = "language") -> Q:
    """The condition for rows of the languages on whose desks ``user`` has at least that role.

    ``path`` leads from the rows to their language.
    """
    if is_everywhere(user):
        return Q()
    own = [language for language, role in roles_of(user).items() if role >= least]
    return Q(**{f"{path}__in": own})


def is_member(user: Person, least: Role = WRITER) -> bool:
    """Whether ``user`` has at least that role on any desk."""
    return is_everywhere(user) or any(role >= least for role in roles_of(user).values())


def role_on(user: Person, language: str) -> int:
    """The role of ``user`` on the desk of a language; 0 for none."""
    return PUBLISHER if is_everywhere(user) else roles_of(user).get(language, 0)


def roles_of(user: Person) -> Mapping[str, int]:
    """The desks of ``user`` as roles by language, read once for each copy of the user."""
    if not (user.is_authenticated and user.is_active):
        return {}
    known: Mapping[str, int] | None = getattr(user, KNOWN, None)
    if known is None:
        known = dict(Desk.objects.of(user).order_by().values_list("language", "role"))
        setattr(user, KNOWN, known)
    return known


def is_everywhere(user: Person) -> bool:
    """Whether ``user`` is a superuser, who may do what can be done on any desk."""
    return user.is_superuser and user.is_active


def name_for_all(article: Article) -> str:
    """What names an article in a log that other desks read: its headline where readers see it."""
    return str(article) if article.is_live() else f"#{article.pk}"


def demand(by: Person | None, deed: str, article: Article) -> None:
    """Raise Refused, in a sentence, unless ``by`` may do ``deed`` to the article, a locked row.

    None is a command, which may. A status that the deed is not for is not refused here: the action
    says what it is, unless ``by`` may not so much as see the article.
    """
    if by is not None and (reason := reason_against(by, deed, article)):
        raise Refused([reason])


def reason_against(user: Person, deed: str, article: Article) -> str:
    """Say in a sentence who may do ``deed`` where ``user`` may not; nothing where they may, and
    where it is the article's status that keeps everybody from it.
    """
    if may(user, deed, article):
        return ""
    if not may(user, "view", article):
        return _("This article is not on any of your desks.")
    least = RIGHTS[deed].roles.get(article.status)
    return _asked(least) % {"language": isolate(str(article.language))} if least else ""


def demand_on(by: Person | None, deed: str, language: Language) -> None:
    """Raise Refused, in a sentence, unless ``by`` may do ``deed`` on the desk of the language.

    ``deed`` is one of ``DESK_RIGHTS``; None is a command, which may.
    """
    if by is not None and not may_on(by, deed, language.pk):
        raise Refused([_asked(DESK_RIGHTS[deed]) % {"language": isolate(str(language))}])


def _asked(least: Role) -> str:
    return {
        WRITER: _("Only the desk of %(language)s may do this."),
        EDITOR: _("Only editors and publishers of the desk of %(language)s may do this."),
        PUBLISHER: _("Only publishers of the desk of %(language)s may do this."),
    }[least]
