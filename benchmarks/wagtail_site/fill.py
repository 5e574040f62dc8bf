"""Fill the database that DATABASE_URL names with so many stories: ``python -m … COUNT``.

They are those of ``benchmarks.filling``, all in one language, as Wagtail's tree keeps them. Rows
are written as Wagtail's own ``add_child`` would, without asking the tree for each. The addresses to
measure are printed as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from itertools import islice
from typing import Any

from benchmarks.filling import SECTIONS, SOURCES, Story, stories

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.wagtail_site.settings"
BATCH = 2000
INTRO_WORDS = 30


def main(size: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    index = _begin()
    told = stories(size)
    number = 0
    while batch := list(islice(told, BATCH)):
        _write(index, batch, number)
        number += len(batch)
    index.numchild = size
    index.save(update_fields=["numchild"])
    from django.db import connection

    if connection.vendor == "postgresql":  # As its autovacuum would.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    new = [f"/stories/story-{n}/" for n in range(0, size, max(1, size // 300))][:300]
    pages = {
        "the front page": "/",
        "the list": "/stories/",
        "the list's middle": f"/stories/?page={size // 40 or 1}",
        "a section": "/stories/?section=s-1",
        "an article": f"/stories/story-{size // 2}/",
    }
    sys.stdout.write(json.dumps([pages, new]) + "\n")


def _begin() -> Any:
    from wagtail.models import Page, Site

    from benchmarks.wagtail_site.models import FrontPage, IndexPage, Section, Source

    for n in range(SECTIONS):
        Section.objects.get_or_create(pk=n + 1, slug=f"s-{n}", title=f"S{n}")
    for n in range(SOURCES):
        Source.objects.get_or_create(pk=n + 1, name=f"Press {n}")
    root = Page.objects.get(depth=1)
    front = root.add_child(instance=FrontPage(title="News", slug="news"))
    index = front.add_child(instance=IndexPage(title="Stories", slug="stories"))
    Site.objects.update(root_page=front)
    return index


def _write(index: Any, batch: list[Story], first: int) -> None:
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection, transaction
    from wagtail.models import Page

    from benchmarks.wagtail_site.models import StoryPage

    kind = ContentType.objects.get_for_model(StoryPage)
    pages = [
        Page(
            path=Page._get_path(index.path, index.depth + 1, first + n + 1),
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
    columns = "page_ptr_id, date, section_id, source_id, intro, body"
    rows = []
    with transaction.atomic(), connection.cursor() as cursor:
        for page, story in zip(Page.objects.bulk_create(pages), batch, strict=True):
            words = " ".join(story.text.split(" ")[:INTRO_WORDS])
            kept = (story.number % SECTIONS + 1, story.number % SOURCES + 1)
            day = connection.ops.adapt_datetimefield_value(story.published_at)
            rows.append((page.pk, day, *kept, words, f"<p>{story.text}</p>"))
        table = StoryPage._meta.db_table
        places = ", ".join(["%s"] * 6)
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)  # noqa: S608


if __name__ == "__main__":
    main(int(sys.argv[1]))
