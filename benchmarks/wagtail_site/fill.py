"""Fill the database that DATABASE_URL names with so many stories: ``python -m … COUNT``.

They are those of ``benchmarks.filling``, in their languages, as Wagtail's tree keeps them. Rows
are written as Wagtail's own ``add_child`` would, without asking the tree for each. The addresses to
measure are printed as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from itertools import islice
from typing import Any

from benchmarks.filling import SECTIONS, SOURCES, WORDS, Story, stories

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.wagtail_site.settings"
BATCH = 2000
INTRO_WORDS = 30
NEW = 300


def main(size: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    told, indexes = stories(size), _begin()
    while batch := list(islice(told, BATCH)):
        for code, index in indexes.items():
            _write(index, [story for story in batch if story.language == code])
    for index in indexes.values():
        index.save(update_fields=["numchild"])
    from django.db import connection

    with connection.cursor() as cursor:  # As PostgreSQL's autovacuum would; SQLite is told to.
        cursor.execute("ANALYZE")
    english = [story.number for story in stories(size) if story.language == "en"]
    pages = {
        "the front page": "/en/",
        "the list": "/en/stories/",
        "the list's middle": f"/en/stories/?page={len(english) // 40 or 1}",
        "a section": "/en/stories/?section=s-1",
        "an article": f"/en/stories/story-{english[len(english) // 2]}/",
    }
    new = [f"/en/stories/story-{n}/" for n in english[:NEW]]
    sys.stdout.write(json.dumps([pages, new]) + "\n")


def _begin() -> dict[str, Any]:
    """The index of each language, of a site that has nothing else yet."""
    from wagtail.models import Locale, Page, Site

    from benchmarks.wagtail_site.models import FrontPage, IndexPage, Section, Source

    for n in range(SOURCES):
        Source.objects.create(pk=n + 1, name=f"Press {n}", kind="A report of a newspaper.")
    root, indexes, same = Page.objects.get(depth=1), {}, {}
    for place, code in enumerate(WORDS):
        locale, _made = Locale.objects.get_or_create(language_code=code)
        for n in range(SECTIONS):
            key = place * SECTIONS + n + 1
            Section.objects.create(pk=key, slug=f"s-{n}", title=f"S{n}", locale=locale)
        slug = "news" if code == "en" else f"news-{code}"
        front = FrontPage(title="News", slug=slug, locale=locale, tagline="News in", **same)
        root.add_child(instance=front)
        above = {"translation_key": indexes["en"].translation_key} if indexes else {}
        index = IndexPage(title="Latest", slug="stories", locale=locale, **above)
        indexes[code] = front.add_child(instance=index)
        same = {"translation_key": front.translation_key}
        if code == "en":
            Site.objects.update(root_page=front)
    return indexes


def _write(index: Any, batch: list[Story]) -> None:
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection, transaction
    from wagtail.models import Page

    from benchmarks.wagtail_site.models import StoryPage

    kind = ContentType.objects.get_for_model(StoryPage)
    pages = [
        Page(
            path=Page._get_path(index.path, index.depth + 1, index.numchild + n + 1),
            depth=index.depth + 1,
            title=story.headline[:255],
            draft_title=story.headline[:255],
            slug=f"story-{story.number}",
            url_path=f"{index.url_path}story-{story.number}/",
            content_type=kind,
            locale=index.locale,
            live=True,
            first_published_at=story.published_at,
            last_published_at=story.published_at,
        )
        for n, story in enumerate(batch)
    ]
    columns = "page_ptr_id, date, section_id, source_id, byline, intro, body"
    rows = []
    with transaction.atomic(), connection.cursor() as cursor:
        for page, story in zip(Page.objects.bulk_create(pages), batch, strict=True):
            words = " ".join(story.text.split(" ")[:INTRO_WORDS])
            place = list(WORDS).index(story.language) * SECTIONS
            kept = (place + story.number % SECTIONS + 1, story.number % SOURCES + 1)
            day = connection.ops.adapt_datetimefield_value(story.published_at)
            rows.append((page.pk, day, *kept, "", words, f"<p>{story.text}</p>"))
        table = StoryPage._meta.db_table
        places = ", ".join(["%s"] * 7)
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)  # noqa: S608
    index.numchild += len(batch)


if __name__ == "__main__":
    main(int(sys.argv[1]))
