"""Rows for tests: one plain function a noun, sensible by default, any field overridable."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone

from articles.actions import add_picture, make_renditions, set_recording
from articles.actions.log import told
from articles.models import (
    Article,
    Author,
    Broadcast,
    Choice,
    Contact,
    Desk,
    Event,
    Figure,
    Image,
    Language,
    Link,
    Message,
    Notice,
    Poll,
    Recording,
    Section,
    Source,
)
from tests.pictures.made import photograph
from tests.recordings.made import sound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.contrib.admin.models import LogEntry
    from django.contrib.auth.models import AbstractUser

WHEN = datetime(2024, 3, 5, 9, 30, tzinfo=UTC)
"""When an article of a test is published, unless it says otherwise: long past, to the minute."""

SCRIPTS = {"en": ("ltr", "Latn"), "ur": ("rtl", "Aran"), "sd": ("rtl", "Arab")}
TEXTS = {
    "en": (
        "Rain fills the village wells",
        "<p>The wells of the village are full after the rain.</p>",
    ),
    "ur": (
        "بارش سے گاؤں کے کنویں بھر گئے",
        "<p>بارش کے بعد گاؤں کے تمام کنویں پانی سے بھر گئے ہیں۔</p>",
    ),
    "sd": (
        "برسات سان ڳوٺ جا کوهه ڀرجي ويا",
        "<p>برسات کان پوءِ ڳوٺ جا سڀ کوهه پاڻي سان ڀرجي ويا آهن.</p>",
    ),
}
NOTICES = {
    "en": "An earlier version said that the canal was closed for six days. It was closed for two.",
    "ur": "پہلے لکھا گیا تھا کہ نہر چھ دن بند رہی۔ درست یہ ہے کہ نہر دو دن بند رہی۔",
    "sd": "اڳ ۾ لکيو ويو هو ته واهه ڇهه ڏينهن بند رهيو. صحيح هي آهي ته واهه ٻه ڏينهن بند رهيو.",
}
FIGURES = {
    "en": ("Two boats on a flooded street", "Boats carried bread to the old town on Friday."),
    "ur": ("زیرِ آب گلی میں دو کشتیاں", "جمعے کو کشتیوں میں پرانے شہر تک روٹی پہنچائی گئی۔"),
    "sd": ("پاڻي هيٺ آيل گهٽي ۾ ٻه ٻيڙيون", "جمعي تي ٻيڙين ۾ پراڻي شهر تائين ماني پهچائي وئي."),
}
"""What a picture shows, and what readers are told of it."""
MESSAGES = {
    "en": ("The canal", "The report on the canal names the wrong village."),
    "ur": ("نہر کی خبر", "نہر کی خبر میں گاؤں کا نام درست نہیں۔"),
    "sd": ("واهه جي خبر", "واهه جي خبر ۾ ڳوٺ جو نالو صحيح ناهي."),
}
"""What a reader writes about, and what."""
POLLS = {
    "en": ("Where should the new library stand?", ["At the station", "By the river", "Nowhere"]),
    "ur": ("نیا کتب خانہ کہاں بنایا جائے؟", ["اسٹیشن پر", "دریا کے کنارے", "کہیں نہیں"]),
    "sd": ("نئون ڪتب خانو ڪٿي ٺهي؟", ["اسٽيشن تي", "درياءَ جي ڪناري", "ڪٿي به نه"]),
}
"""A question to readers, and its answers."""
WHY = "The newsroom could not confirm what this article said."
"""Why an article is withdrawn, where a test has nothing to say about it."""
_numbers = count(1)


def load_languages() -> dict[str, Language]:
    """Store the languages of ``fixtures/languages.json`` and return them by their code."""
    call_command("loaddata", "fixtures/languages.json", verbosity=0)
    return {language.code: language for language in Language.objects.all()}


def make_language(code: str = "en", **overrides: Any) -> Language:
    """Return the language ``code``, storing it first when it is not there."""
    direction, script = SCRIPTS.get(code, ("ltr", "Latn"))
    fields = {
        "name": code,
        "endonym": code,
        "direction": direction,
        "script": script,
        "site_title": f"Newsroom {code}",
    }
    language, _created = Language.objects.update_or_create(
        code=code, defaults=overrides, create_defaults={**fields, **overrides}
    )
    return language


def make_source(**overrides: Any) -> Source:
    """Store a source whose name is English, a newspaper unless ``kind`` says otherwise."""
    number = next(_numbers)
    fields = {"slug": f"source-{number}", "name": f"Example Press {number}", "kind": "newspaper"}
    return Source.objects.create(**_with_language({**fields, **overrides}))


def make_section(**overrides: Any) -> Section:
    """Store a section of one edition (English, unless ``language`` says otherwise)."""
    number = next(_numbers)
    fields = {"slug": f"section-{number}", "title": f"Section {number}", "position": number}
    return Section.objects.create(**_with_language({**fields, **overrides}))


def make_article(**overrides: Any) -> Article:
    """Store a published article with a headline and a body in its own language.

    ``language`` may be a code or a row. The source is made unless one (or None) is given.
    """
    fields = _with_language(overrides)
    headline, body = TEXTS.get(fields["language"].code, TEXTS["en"])
    fields.setdefault("headline", headline)
    fields.setdefault("body", body)
    fields.setdefault("status", Article.Status.PUBLISHED)
    fields.setdefault("published_at", WHEN)
    if fields["status"] in {Article.Status.PUBLISHED, Article.Status.WITHDRAWN}:
        fields.setdefault("first_published_at", fields["published_at"])
    if "source" not in fields:
        fields["source"] = make_source(language=fields["language"])
    return Article.objects.create(**fields)


def make_notice(article: Article, **overrides: Any) -> Notice:
    """Store a correction of the article, in its language, an hour after the article's own time."""
    fields = {
        "kind": "correction",
        "text": NOTICES.get(article.language_id, NOTICES["en"]),
        "made_at": WHEN + timedelta(hours=1),
    }
    return Notice.objects.create(article=article, **{**fields, **overrides})


def make_image(data: bytes = b"", **overrides: Any) -> Image:
    """Store an image and its renditions; a picture like no other unless ``data`` is given."""
    number = next(_numbers)
    fields = {"filename": f"picture-{number}.jpg", **overrides}
    original = data or photograph(180, 120, seed=number)
    image, _is_new = add_picture(data=original, filename=fields.pop("filename"))
    for name, value in fields.items():
        setattr(image, name, value)
    image.save()
    make_renditions(image=image)
    return image


def make_figure(article: Article, **overrides: Any) -> Figure:
    """Place an image in the article, behind those that it has, described in its language."""
    alt_text, caption = FIGURES.get(article.language_id, FIGURES["en"])
    fields: dict[str, Any] = {"alt_text": alt_text, "caption": caption}
    fields["position"] = article.figures.count() + 1
    if "image" not in overrides:
        fields["image"] = make_image(credit="Photo: A. Khan")
    return Figure.objects.create(article=article, **{**fields, **overrides})


def make_event(article: Article, **overrides: Any) -> Event:
    """Give the article an event in Karachi: a day after its publication unless ``starts_at`` says
    otherwise.
    """
    fields = {"starts_at": WHEN + timedelta(days=1), "timezone": "Asia/Karachi"}
    return Event.objects.create(article=article, **{**fields, **overrides})


def make_recording(article: Article, data: bytes = b"", **overrides: Any) -> Recording:
    """Place a recording in the article: a second of sound like no other, unless an ``address`` or
    the ``data`` of a file is given.
    """
    fields = {"position": article.recordings.count() + 1, **overrides}
    upload = None if "address" in fields else ContentFile(data or sound(seed=next(_numbers)))
    return set_recording(recording=Recording(article=article, **fields), by=None, upload=upload)


def make_author(code: str = "en", **overrides: Any) -> Author:
    """Store an author of one edition."""
    number = next(_numbers)
    fields = {"slug": f"author-{number}", "name": f"Author {number}"}
    return Author.objects.create(**_with_language({**fields, "language": code, **overrides}))


def make_link(section: Section, **overrides: Any) -> Link:
    """Give the section a link to another site."""
    number = next(_numbers)
    fields = {"title": f"Site {number}", "address": f"https://site-{number}.example/about"}
    return Link.objects.create(section=section, **{**fields, **overrides})


def make_broadcast(language: str = "en", **overrides: Any) -> Broadcast:
    """Store an hour of an edition's Web TV, at WHEN unless its moments are given."""
    fields = {
        "title": f"Broadcast {next(_numbers)}",
        "address": "https://youtu.be/abcdefghijk",
        "starts_at": WHEN,
        "ends_at": WHEN + timedelta(hours=1),
        **overrides,
    }
    return Broadcast.objects.create(language=make_language(language), **fields)


def make_gallery(number: int, code: str = "en") -> Article:
    """Store an article with so many figures, each of another image. Only rows: a page of a hundred
    pictures is not worth the time that renditions of a hundred take.
    """
    article, first = make_article(language=code), make_image(credit="Photo: A. Khan")
    alt_text, caption = FIGURES[code]
    for place in range(1, number + 1):
        mine = next(_numbers)
        first.pk, first.token, first.sha256 = (
            None,
            f"{mine * 0x9E3779B97F4A7C15:016x}"[-16:],
            f"{mine:064x}",
        )
        first.save(force_insert=True)
        told = {"alt_text": f"{alt_text} {place}", "caption": f"{place}. {caption}"}
        make_figure(article, image=Image.objects.get(pk=first.pk), position=place, **told)
    return article


def make_contact(language: str = "en", **overrides: Any) -> Contact:
    """Store a press contact of an edition, with a number and an address."""
    number = next(_numbers)
    fields = {
        "name": f"Office {number}",
        "phone": "+44 20 7946 0123",
        "email": f"office-{number}@example.org",
        "position": number,
    }
    return Contact.objects.create(language=make_language(language), **{**fields, **overrides})


def make_poll(language: str = "en", votes: Sequence[int] = (), **overrides: Any) -> Poll:
    """Store a poll with three answers, open for a day unless its times say otherwise."""
    question, answers = POLLS[language]
    now = timezone.now().replace(microsecond=0)
    fields = {
        "slug": "library",
        "question": question,
        "opens_at": now - timedelta(hours=1),
        "closes_at": now + timedelta(days=1),
    }
    poll = Poll.objects.create(language=make_language(language), **{**fields, **overrides})
    for position, text in enumerate(answers, 1):
        number = votes[position - 1] if votes else 0
        Choice.objects.create(poll=poll, position=position, text=text, votes=number)
    return poll


def make_message(language: str = "en", **overrides: Any) -> Message:
    """Store a message to the desk of an edition, which nobody has been told of."""
    subject, text = MESSAGES[language]
    fields = {
        "name": "A Reader",
        "email": "reader@example.org",
        "subject": subject,
        "text": text,
        "digest": f"{next(_numbers):064x}",
    }
    return Message.objects.create(language=make_language(language), **{**fields, **overrides})


def make_editor(**overrides: Any) -> AbstractUser:
    """Store a member of staff who may do everything, with the password ``a long password``."""
    fields = {
        "username": f"editor-{next(_numbers)}",
        "password": "a long password",
        "is_staff": True,
        "is_superuser": True,
    }
    return get_user_model().objects.create_user(**{**fields, **overrides})


def make_desk(user: AbstractUser, language: str = "en", role: str = "writer") -> Desk:
    """Give the user a role (writer, editor or publisher) on the desk of a language."""
    return Desk.objects.create(
        user_id=user.pk, language=make_language(language), role=Desk.Role[role.upper()]
    )


def make_member(language: str = "en", role: str = "writer", **overrides: Any) -> AbstractUser:
    """Store a member of staff who has a role on one desk and no other rights."""
    number = next(_numbers)
    member = make_editor(**{"username": f"{role}-{number}", "is_superuser": False, **overrides})
    make_desk(member, language, role)
    return member


def _with_language(fields: dict[str, Any]) -> dict[str, Any]:
    language = fields.get("language", "en")
    return {
        **fields,
        "language": make_language(language) if isinstance(language, str) else language,
    }


def logged(entry: LogEntry) -> str:
    """What a line of the log says of a deed, in the active language."""
    return str(told(entry.change_message))
