"""Archives of any size that were made up, to measure pages and searches in.

Articles have 80 to 400 words, over twenty years and in three languages; one in five thousand holds
a rare word. "lately" stands in none but the oldest tenth, "odd" and "even" never in one article.
The same size gives the same archive.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from benchmarks.synthetic import vocabulary

WORDS = {"en": "the", "ur": "کے", "sd": "جي"}
BATCH = 2_000
DAYS = 20 * 365
SOURCES, SECTIONS = 3, 8
KIND = "newspaper"


class Story(NamedTuple):
    """One article, before it is anybody's row: ``day`` counts from the oldest."""

    number: int
    language: str
    headline: str
    text: str
    day: int

    @property
    def published_at(self) -> datetime:
        begin = datetime(2004, 1, 1, tzinfo=UTC)
        return begin + timedelta(days=self.day, minutes=self.number % 1440)


def stories(size: int) -> Iterator[Story]:
    """So many articles, one after another."""
    chance = random.Random(1)  # noqa: S311  Nothing here is a secret.
    words = vocabulary()
    for number in range(size):
        language = chance.choice(sorted(WORDS))
        day = chance.randrange(DAYS)
        text = chance.choices(words[language], k=chance.randint(80, 400))
        text += [WORDS[language], "odd" if number % 2 else "even"]
        text += ["rareword"] * (number % 5000 == 0) + ["lately"] * (day < DAYS // 10)
        headline = " ".join(chance.choices(words[language], k=7))
        yield Story(number, language, headline, " ".join(text), day)


def begin() -> None:
    """Empty the database that DATABASE_URL names, and give it its tables and languages."""
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("migrate", verbosity=0)
    call_command("flush", verbosity=0, interactive=False)
    call_command("loaddata", "fixtures/languages.json", verbosity=0)


def fill(size: int) -> None:
    """Store so many articles, each of a source and in a section of its edition."""
    from django.db import connection

    from articles.models import Article

    sources, sections = _sources(), _sections()
    batch: list[Any] = []
    for story in stories(size):
        batch.append(_article(story, sources, sections))
        if len(batch) == BATCH:
            Article.objects.bulk_create(batch)
            batch = []
    Article.objects.bulk_create(batch)
    if connection.vendor == "postgresql":  # As its autovacuum would; SQLite does it when told to.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _sources() -> list[Any]:
    from articles.models import Source

    return [
        Source.objects.create(
            slug=f"source-{n}", name=f"Press {n}", language_id="en", kind="newspaper"
        )
        for n in range(SOURCES)
    ]


def _sections() -> dict[tuple[str, int], Any]:
    from articles.models import Section

    return {
        (code, n): Section.objects.create(language_id=code, slug=f"s-{n}", title=f"S{n}")
        for code in WORDS
        for n in range(SECTIONS)
    }


def _article(story: Story, sources: list[Any], sections: dict[tuple[str, int], Any]) -> Any:
    from articles.models import Article
    from articles.text.fold import fold

    return Article(
        language_id=story.language,
        source=sources[story.number % SOURCES],
        section=sections[story.language, story.number % SECTIONS],
        headline=story.headline,
        slug="slug",
        body=f"<p>{story.text}</p>",
        search_key=fold(f"{story.headline}\n{story.text}"),
        status=Article.Status.PUBLISHED,
        published_at=story.published_at,
    )
