"""Rows for tests: one plain function a noun, sensible by default, any field overridable."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.management import call_command

from articles.models import Article, Language, Notice, Section, Source

if TYPE_CHECKING:
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


def make_editor(**overrides: Any) -> AbstractUser:
    """Store a member of staff who may do everything, with the password ``a long password``."""
    fields = {
        "username": f"editor-{next(_numbers)}",
        "password": "a long password",
        "is_staff": True,
        "is_superuser": True,
    }
    return get_user_model().objects.create_user(**{**fields, **overrides})


def _with_language(fields: dict[str, Any]) -> dict[str, Any]:
    language = fields.get("language", "en")
    return {
        **fields,
        "language": make_language(language) if isinstance(language, str) else language,
    }
