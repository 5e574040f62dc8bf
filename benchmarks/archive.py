"""A newsroom that has been at work for years: ``fill(size)`` writes so many articles, and all that
a desk has around them, in realistic shares.

Stories are told in one, two or three languages. Half of the articles came with a capture. The same
size gives the same rows, and one size has of everything the same share as another; only people,
sections and sources are as many in each.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from itertools import count, islice
from typing import Any
from uuid import UUID

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, transaction
from django.utils import timezone

from articles.captures.sketch import SIZE, bands, pack
from articles.models import (
    Alias,
    Article,
    Capture,
    Desk,
    Draft,
    Event,
    Figure,
    Image,
    LoadRun,
    Message,
    Notice,
    Recording,
    Revision,
    Section,
    Sketch,
    Source,
)
from articles.models.revision import snapshot_of
from articles.search.index import install, remove
from articles.text.fold import fold
from benchmarks.synthetic import vocabulary

COMMON = {"en": "the", "ur": "کے", "sd": "جي"}
"""A word that every article of a language has."""
RARE = "rareword"
"""What one English article in some thousand has."""
LANGUAGES = [["en"], ["ur"], ["sd"], ["en", "ur"], ["ur", "sd"], ["en", "ur", "sd"]]
"""What a story may be told in, its original first."""
OFTEN = [20, 15, 10, 15, 10, 30]
STATES = {"live": 870, "scheduled": 4, "embargoed": 2, "withdrawn": 4, "review": 10, "draft": 100}
"""How many of a thousand articles; half of the drafts are held by the loader."""
YEARS = 20
BATCH = 1_000
LONG = 1
"""The number of the article with a long history."""

MODELS = [Capture, Article, Sketch, Revision, Notice, Draft, Alias, LogEntry]
MODELS += [Image, Figure, Event, Recording, Message]
"""What rows are made of, in the order in which they may be stored."""


@dataclass
class Newsroom:
    """What all articles have in common. ``writers`` are written about first, then at random."""

    size: int
    now: datetime
    people: Sequence[User]
    sections: dict[str, list[int]]
    sources: list[int]
    chance: random.Random
    revisions: Iterator[int] = field(default_factory=lambda: count(1))

    @cached_property
    def paragraphs(self) -> dict[str, list[tuple[str, str]]]:
        """Paragraphs of each language, to be told again and again, with what finds them."""
        words = vocabulary()
        return {
            code: [self._paragraph([common, *words[code]]) for _ in range(400)]
            for code, common in COMMON.items()
        }

    def _paragraph(self, words: Sequence[str]) -> tuple[str, str]:
        text = " ".join([words[0], *self.chance.choices(words, k=self.chance.randint(30, 90))])
        return text, fold(text)

    def some(self, permille: float) -> bool:
        """Whether something happens to one, when it happens to so many of a thousand."""
        return self.chance.random() * 1000 < permille


def fill(size: int) -> None:
    """Write a newsroom of ``size`` articles into the database, which has languages and no more."""
    remove()
    with transaction.atomic():
        newsroom = _newsroom(size)
        rows = _rows(newsroom)
        while batch := list(islice(rows, BATCH)):
            for model in MODELS:
                stored = [row for row in batch if isinstance(row, model)]
                model._default_manager.bulk_create(stored, batch_size=BATCH)
        _count_on()
    install()
    if connection.vendor == "postgresql":  # Which does so by itself, a minute later.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _count_on() -> None:
    """Let the database number its rows after those that were given a number here."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [*MODELS, User]):
            cursor.execute(statement)


def _newsroom(size: int) -> Newsroom:
    chance = random.Random(1)  # noqa: S311  Nothing here is a secret.
    people = _people()
    LoadRun.objects.bulk_create(LoadRun(software="1") for _ in range(max(60, size // 100)))
    sections = Section.objects.bulk_create(
        Section(language_id=code, slug=f"section-{n}", title=f"Section {n}", position=n)
        for code in COMMON
        for n in range(8)
    )
    sources = Source.objects.bulk_create(
        Source(language_id=code, slug=f"source-{code}-{n}", name=f"Source {code} {n}")
        for code in COMMON
        for n in range(5)
    )
    of = {code: [row.pk for row in sections if row.language_id == code] for code in COMMON}
    return Newsroom(size, timezone.now(), people, of, [row.pk for row in sources], chance)


def _people() -> list[User]:
    """An editor of every language, a writer of one, a publisher of another, a superuser, and other
    writers.
    """
    people = User.objects.bulk_create(
        User(username=f"person-{n}", last_name=str(n), is_staff=True, is_superuser=n == 3)
        for n in range(24)
    )
    writer, editor, publisher = Desk.Role
    places = [(0, code, editor) for code in COMMON]
    places += [(1, "ur", writer), (2, "en", publisher)]
    places += [(n, "ur", writer) for n in range(4, len(people))]
    Desk.objects.bulk_create(
        Desk(user=people[n], language_id=code, role=role) for n, code, role in places
    )
    return people


def _rows(newsroom: Newsroom) -> Iterator[Any]:
    """All rows, those of one story after those of another."""
    number = 1
    while number <= newsroom.size:
        chance = newsroom.chance
        languages = chance.choices(LANGUAGES, OFTEN)[0][: newsroom.size + 1 - number]
        story, origin = UUID(int=chance.getrandbits(128), version=4), None
        for language in languages if number != LONG else ["en"]:
            article = _article(newsroom, number, language, story)
            revisions = list(_revisions(newsroom, article))
            _translated(newsroom, article, origin)
            origin = origin or (revisions[-1] if revisions else None)
            yield from [article, *revisions, *_around(newsroom, article)]
            number += 1


def _article(newsroom: Newsroom, number: int, language: str, story: UUID) -> Article:
    chance, now = newsroom.chance, newsroom.now
    state = chance.choices(list(STATES), list(STATES.values()))[0] if number != LONG else "live"
    born = now - timedelta(minutes=chance.randrange(60, YEARS * 365 * 24 * 60))
    ahead = now + timedelta(minutes=chance.randrange(30, 60 * 24 * 9))
    later = chance.randrange(300 * 24 * 60) if newsroom.some(100) else chance.randrange(120)
    has_date = state not in {"draft", "review"}
    told = chance.choices(newsroom.paragraphs[language], k=chance.randint(2, 6))
    headline = " ".join(told[0][0].split()[1:9])
    rare = f" {RARE}" if number % 5000 == 1 else ""
    published_at = (ahead if state == "scheduled" else born) if has_date else None
    return Article(
        pk=number,
        story=story,
        language_id=language,
        section_id=_uneven(chance, newsroom.sections[language]),
        source_id=_uneven(chance, newsroom.sources),
        headline=headline,
        slug="slug",
        body="".join(f"<p>{text}</p>" for text, _key in told),
        search_key=" ".join([fold(headline), *(key for _text, key in told)]) + rare,
        status=state if state in Article.Status.values else Article.Status.PUBLISHED,
        published_at=published_at if state != "embargoed" else ahead,
        embargoed_until=ahead if state == "embargoed" else None,
        first_published_at=published_at,
        modified_at=min(born + timedelta(minutes=later), now),
        hold_reason="The date is missing." if state == "draft" and newsroom.some(500) else "",
    )


def _uneven(chance: random.Random, keys: Sequence[int]) -> int:
    """One of the keys; the first is as frequent as all after it together, and so on."""
    return next((key for key in keys if chance.random() < 0.5), keys[-1])


def _revisions(newsroom: Newsroom, article: Article) -> Iterator[Revision]:
    """The history of what was written here, and what waits to change it."""
    length = newsroom.chance.choice([0, 0, 1, 1, 2, 4])
    if article.pk == LONG:
        length = max(60, newsroom.size // 100)
    snapshot = snapshot_of(article)
    article.version = article.text_version = max(length, 1)
    for number in range(1, length + 1):
        yield _revision(newsroom, article, {**snapshot, "byline": f"{number}"}, number=number)
    state = newsroom.chance.choices(["", *Revision.PENDING], [990, 6, 3, 1])[0]
    if state and article.status == Article.Status.PUBLISHED:
        yield _revision(newsroom, article, snapshot, state=state)


def _revision(newsroom: Newsroom, article: Article, snapshot: Any, **more: Any) -> Revision:
    deeds = Revision.Deed
    is_returned = article.status == "draft" and newsroom.some(100)
    return Revision(
        pk=next(newsroom.revisions),
        article_id=article.pk,
        deed=deeds.RETURN if is_returned else deeds.SAVED,
        status=article.status,
        snapshot=snapshot,
        made_by=newsroom.chance.choice(newsroom.people),
        made_at=article.modified_at - timedelta(minutes=max(0, 99 - more.get("number", 99))),
        goes_live_at=newsroom.now + timedelta(hours=newsroom.chance.randint(1, 99)),
        **more,
    )


def _translated(newsroom: Newsroom, article: Article, origin: Revision | None) -> None:
    if origin:
        article.translated_from_id = origin.pk
        article.stale_since = article.modified_at if newsroom.some(60) else None


def _around(newsroom: Newsroom, article: Article) -> Iterator[Any]:
    """What lies around one article besides its texts."""
    yield from _log(newsroom, article)
    yield from _drafts(newsroom, article)
    yield from _captures(newsroom, article)
    yield from _notices(newsroom, article)
    if newsroom.some(300):
        yield Alias(path=f"/old/{article.pk}/headline", article_id=article.pk)
    if newsroom.some(100):
        yield from _picture(newsroom, article)
    if newsroom.some(200):  # So that the smaller archive has a whole page of them as well.
        yield from _beside(article)
    if newsroom.some(100):
        yield _message(article)


def _log(newsroom: Newsroom, article: Article) -> Iterator[LogEntry]:
    kind = ContentType.objects.get_for_model(Article).pk
    for number in range(newsroom.chance.randrange(3) if article.pk != LONG else article.version):
        yield LogEntry(
            action_time=article.modified_at - timedelta(minutes=number),
            user=newsroom.chance.choice(newsroom.people),
            content_type_id=kind,
            object_id=str(article.pk),
            object_repr=article.headline,
            action_flag=CHANGE,
            change_message="Joined with another article." if number % 2 else "[]",
        )


def _drafts(newsroom: Newsroom, article: Article) -> Iterator[Draft]:
    """What somebody left unsaved, and those who are there now: six, whatever the size."""
    is_open = article.pk < 7
    if is_open or newsroom.some(3):
        yield Draft(
            article_id=article.pk,
            user=newsroom.chance.choice(newsroom.people),
            tab=UUID(int=article.pk),
            base_version=article.version,
            data={"headline": article.headline, "body": article.body},
            changed_at=newsroom.now,
            seen_at=newsroom.now + timedelta(hours=9 if is_open else -9),
        )


def _captures(newsroom: Newsroom, article: Article) -> Iterator[Any]:
    """The capture of every second article; the drafts of some wait for an editor's decision. One
    in twenty came to nothing.
    """
    if not (article.hold_reason or newsroom.some(500)):
        return
    states = Capture.State
    state = states.NEW if article.hold_reason else states.ACCEPTED
    if newsroom.some(50):
        state = newsroom.chance.choice([states.NEW, states.REJECTED, states.DUPLICATE])
    else:
        article.capture_id = article.pk
        numbers = tuple(sorted(newsroom.chance.getrandbits(63) for _ in range(SIZE)))
        named = dict(zip(Sketch.BANDS, bands(numbers), strict=True))
        yield Sketch(article_id=article.pk, numbers=pack(numbers), **named)
    yield _capture(newsroom, article, state)


def _capture(newsroom: Newsroom, article: Article, state: str) -> Capture:
    raw = article.body.encode()
    told = {"headline": article.headline, "language": article.language_id}
    return Capture(
        pk=article.pk,
        sha256=f"{newsroom.chance.getrandbits(256):064x}",
        raw=raw,
        filename=f"{article.pk:06}.txt",
        charset="utf-8",
        target_uri=f"https://example.org/{article.pk}",
        source_id=article.source_id,
        state=state,
        report={"kept": [[0, len(raw), "body"]], "dropped": [], "gaps": [], "articles": [told]},
    )


def _notices(newsroom: Newsroom, article: Article) -> Iterator[Notice]:
    is_gone = article.status == Article.Status.WITHDRAWN
    if is_gone or newsroom.some(15):
        kind = "withdrawal" if is_gone else "correction"
        yield Notice(
            article_id=article.pk, kind=kind, text=article.headline, made_at=article.modified_at
        )


def _beside(article: Article) -> Iterator[Any]:
    """An event and a recording."""
    moment = article.modified_at
    yield Event(
        article_id=article.pk, starts_at=moment, over_at=moment, timezone="UTC", place="Karachi"
    )
    yield Recording(
        article_id=article.pk,
        title=article.headline,
        is_video=False,
        address=f"https://archive.org/details/{article.pk}",
        token=f"{article.pk:016x}",
    )


def _message(article: Article) -> Message:
    """What a reader wrote of it."""
    return Message(
        language_id=article.language_id,
        name="A reader",
        subject=article.headline,
        text=article.headline,
        received_at=article.modified_at,
        digest=f"{article.pk:064x}",
        state="new" if article.pk % 9 == 0 else "answered",
    )


def _picture(newsroom: Newsroom, article: Article) -> Iterator[Any]:
    name = f"{article.pk:064x}"
    yield Image(
        pk=article.pk,
        file=f"{name}.jpg",
        filename=f"{article.pk}.jpg",
        sha256=name,
        media_type="image/jpeg",
        width=1200,
        height=800,
        credit=f"Photo: {newsroom.chance.choice(newsroom.people)}",
        uploaded_at=article.modified_at,
        token=name[-32:],
        recipe="1",
        rendered_as="1",
    )
    yield Figure(article_id=article.pk, image_id=article.pk, position=1, alt_text="A picture")
