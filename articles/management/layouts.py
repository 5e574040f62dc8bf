"""What stands in the sections of pictures, verse, pages and links, for a first start."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import transaction

from articles.actions import add_picture, make_renditions, order_pages
from articles.management.drawn import scene
from articles.models import Article, Author, Figure, Image, Link, Section, Source

WHEN = datetime(2026, 4, 1, 7, tzinfo=UTC)
"""Behind the samples that are news: none of this leads a front page."""
CREDIT = "Newsroom, sample"


@transaction.atomic
def fill_layouts(file: Path) -> None:
    """Store what ``file`` tells, in each of the languages that it tells it in."""
    told = json.loads(file.read_text(encoding="utf-8"))
    images = [_image(number) for number in range(len(told["pictures"]))]
    authors = _authors(told["author"])
    for entry in told["stories"]:
        story = uuid4()
        for code, texts in entry["texts"].items():
            author = authors[code] if entry.get("author") else None
            article = _article(code, entry["section"], author, {**texts, "story": story})
            _place(article, entry.get("pictures", ()), images, told["pictures"])
    for section in Section.objects.filter(layout=Section.Layout.PAGES):
        pages = section.articles.order_by("pk").values_list("pk", flat=True)
        order_pages(section=section, places={pk: n for n, pk in enumerate(pages, 1)}, by=None)
    for section in Section.objects.filter(layout=Section.Layout.LINKS):
        for place, entry in enumerate(told["links"], 1):
            _link(section, place, entry).save()


def _image(number: int) -> Image:
    """A picture with its renditions: what would make them in passing ends with this program."""
    image = add_picture(data=scene(number), filename=f"sample-{number + 1}.jpg").image
    image.credit = CREDIT
    image.save(update_fields=["credit"])
    make_renditions(image=image)
    image.refresh_from_db()
    return image


def _authors(told: dict[str, Any]) -> dict[str, Author]:
    return {
        code: Author.objects.create(
            language_id=code, slug=told["slug"], name=name, about=told["about"][code]
        )
        for code, name in told["names"].items()
    }


def _article(code: str, section: str, author: Author | None, fields: dict[str, Any]) -> Article:
    return Article.objects.create(
        language_id=code,
        section=Section.objects.get(language=code, slug=section),
        source=Source.objects.get(slug=f"samples-{code}"),
        author=author,
        byline=author.name if author else "",
        status=Article.Status.PUBLISHED,
        published_at=WHEN,
        first_published_at=WHEN,
        published_precision=Article.Precision.DAY,
        **fields,
    )


def _place(
    article: Article, numbers: Sequence[int], images: list[Image], alts: list[dict[str, str]]
) -> None:
    for place, number in enumerate(numbers, 1):
        alt_text = alts[number][article.language_id]
        Figure.objects.create(
            article=article, image=images[number], position=place, alt_text=alt_text
        )


def _link(section: Section, place: int, entry: dict[str, Any]) -> Link:
    code = section.language_id
    return Link(
        section=section,
        title=entry["titles"][code],
        address=entry["address"],
        description=entry["descriptions"][code],
        spoken_id=entry.get("spoken"),
        position=place,
    )
