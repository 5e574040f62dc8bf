"""A site with stories in three languages, served to a real browser."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from django.db import connection
from django.utils import timezone

from articles.models import Article, Capture
from tests.factories import (
    NOTICES,
    WHEN,
    load_languages,
    make_article,
    make_author,
    make_broadcast,
    make_contact,
    make_event,
    make_figure,
    make_image,
    make_language,
    make_link,
    make_notice,
    make_poll,
    make_recording,
    make_section,
    make_source,
)
from tests.pictures.made import drawn, encoded
from tests.recordings.made import CAPTIONS, mp4, sound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from articles.models import Image, Language, Source

CODES = ("en", "ur", "sd")
TITLES = {"en": "Culture", "ur": "ثقافت", "sd": "ثقافت"}
PAPERS = {"en": "The Morning Page", "ur": "صبح کا صفحہ", "sd": "صبح جو صفحو"}
VOID = {"en": "Poetry", "ur": "شاعری", "sd": "شاعري"}
WORDS = {"en": "canal", "ur": "نہر", "sd": "واهه"}
"""A word of the long article in each language, to search for."""
EVENTS = {"en": "Events", "ur": "تقریبات", "sd": "تقريبون"}
PLACES = {"en": "Town Hall, Thatta", "ur": "ٹاؤن ہال، ٹھٹہ", "sd": "ٽائون هال، ٺٽو"}
MEDIA = {
    "audio": {"en": "Songs", "ur": "ترانے", "sd": "ترانا"},
    "video": {"en": "Video", "ur": "ویڈیو", "sd": "وڊيو"},
}
GAP = ' <span class="gap">…</span> '
LONG = {
    "en": "Workers of the canal counted every brick twice. " * 6,
    "ur": "کیجیے تو ٹھیک، مٹھی کی گھڑیاں لکھنے والے کہتے ہیں کہ نہر کی ہر اینٹ دو بار گنی گئی۔ "
    * 5,
    "sd": "واهه جي هر سر ٻه ڀيرا ڳڻي وئي، ۽ ڪم ڪندڙن چيو ته هاڻي پاڻي اچڻ ۾ دير نه ٿيندي. " * 5,
}


SIZES = [(360, 240), (240, 360), (400, 100)]
"""A picture that lies, one that stands and one that is long."""


class Site(NamedTuple):
    """Where the site is served, its languages, and paths of an article, one that was withdrawn, one
    that was corrected, one with pictures, one with an event, one to be heard and seen, an undated
    page and a poem."""

    url: str
    languages: dict[str, Language]
    articles: dict[str, str]
    withdrawn: dict[str, str]
    corrected: dict[str, str]
    pictured: dict[str, str]
    events: dict[str, str]
    played: dict[str, str]
    pages: dict[str, str]
    poems: dict[str, str]

    def paths(self, code: str) -> dict[str, str]:
        """One address for each template and for each of its states, by a name for it."""
        return {
            "front": f"/{code}/",
            "latest": f"/{code}/latest/",
            "narrowed": f"/{code}/latest/?section=culture",
            "date refused": f"/{code}/latest/?since=abc",
            "search form": f"/{code}/search/",
            "search": f"/{code}/search/?q={WORDS[code]}",
            "close": f"/{code}/search/?q={WORDS[code][1:]}",
            "refused": f"/{code}/search/?since=abc&q=%00",
            "empty": f"/{code}/search/?q=nothinglikethis",
            "elsewhere": f"/{code}/search/?q={WORDS['ur' if code == 'sd' else 'sd']}",
            "section": f"/{code}/section/culture/",
            "empty section": f"/{code}/section/void/",
            "source": f"/{code}/source/party/",
            "archive": f"/{code}/archive/",
            "archive year": f"/{code}/archive/2024/",
            "archive month": f"/{code}/archive/2024/03/",
            "archive day": f"/{code}/archive/2024/03/05/",
            "empty day": f"/{code}/archive/1990/01/01/",
            "article": self.articles[code],
            "corrected": self.corrected[code],
            "corrections": f"/{code}/corrections/",
            "poll": f"/{code}/poll/library/",
            "results": f"/{code}/poll/library/?results",
            "closed poll": f"/{code}/poll/closed/",
            "polls": f"/{code}/polls/",
            "contact": f"/{code}/contact/",
            "contact sent": f"/{code}/contact/sent/",
            "pictured": self.pictured[code],
            "event": self.events[code],
            "events": f"/{code}/section/events/",
            "played": self.played[code],
            "audio": f"/{code}/section/audio/",
            "video": f"/{code}/section/video/",
            "links": f"/{code}/section/links/",
            "pages": f"/{code}/section/about/",
            "page": self.pages[code],
            "live": f"/{code}/live/",
            "verse": f"/{code}/section/poetry/",
            "poem": self.poems[code],
            "wall": f"/{code}/section/gallery/",
            "author": f"/{code}/author/poet/",
            "withdrawn": self.withdrawn[code],
            "not found": f"/{code}/nothing/",
            "our fault": f"/{code}/fault/",
            "every language": f"/{code}/fault/every/",
        }

    def walk(self, page: Page, code: str) -> Iterator[str]:
        """Open one address after the other, with all that folds unfolded, and yield its name."""
        for name, path in self.paths(code).items():
            page.goto(self.url + path)
            page.evaluate(
                "document.querySelectorAll('details').forEach(each => { each.open = true })"
            )
            page.evaluate("document.fonts.ready")
            yield name


class Kept(NamedTuple):
    """A site and the database that it was stored in, copied (SQLite's online backup)."""

    site: Site
    copy: sqlite3.Connection


@pytest.fixture(scope="session")
def _kept_site() -> list[Kept]:
    """The site once it was made: it takes longer than most tests that read it."""
    return []


@pytest.fixture
def site(transactional_db, live_server, settings, _kept_site: list[Kept]) -> Site:
    settings.ROOT_URLCONF = "tests.browser.urls"
    if _kept_site:
        connection.ensure_connection()
        _kept_site[0].copy.backup(connection.connection)
        return _kept_site[0].site
    made, copy = make_site(live_server.url), sqlite3.connect(":memory:")
    connection.ensure_connection()
    connection.connection.backup(copy)
    _kept_site.append(Kept(made, copy))
    return made


def make_site(url: str = "") -> Site:
    """Store three editions of one long story with a gap, short ones, and what is gone or empty."""
    languages = load_languages()
    party = make_source(slug="party", kind="party", homepage="https://party.example/")
    story: Any = None
    paths, withdrawn, corrected, pictured, events, played = {}, {}, {}, {}, {}, {}
    pages: dict[str, str] = {}
    poems: dict[str, str] = {}
    images = [make_image(data=encoded(drawn(*size)), credit="علي") for size in SIZES]
    for code in CODES:
        make_contact(code, name=TITLES[code], role=LONG[code][:60], in_header=True)
        make_contact(code, name=TITLES[code], email="")
        make_poll(code, [21, 3, 1])
        make_poll(code, slug="closed", opens_at=WHEN, closes_at=WHEN + timedelta(days=1))
        section = make_section(language=code, slug="culture", title=TITLES[code])
        article = _article(code, section=section, source=party, story=story)
        story, paths[code] = article.story, article.get_absolute_url()
        paper = make_source(language=code, slug=f"paper-{code}", name=PAPERS[code])
        placed = {"language": code, "section": section, "source": paper}
        for number in range(1, 6):
            make_article(**placed, published_at=WHEN - timedelta(days=number))
        make_section(language=code, slug="void", title=VOID[code], in_menu=False)
        wrong = make_article(**placed, published_at=WHEN - timedelta(days=6))
        make_notice(wrong, text=f"{NOTICES[code]}\n{LONG[code][:140]}")
        make_notice(wrong, kind="update", text=NOTICES[code], made_at=WHEN + timedelta(days=2))
        corrected[code] = wrong.get_absolute_url()
        gone = make_article(**placed, status=Article.Status.WITHDRAWN)
        make_notice(gone, kind="withdrawal", made_at=WHEN + timedelta(days=3))
        withdrawn[code] = gone.get_absolute_url()
        gallery = make_article(**placed, published_at=WHEN - timedelta(days=8))
        for image in images:
            make_figure(gallery, image=image)
        pictured[code] = gallery.get_absolute_url()
        events[code] = _events(code, paper, images[0])
        start = timezone.now() - timedelta(minutes=5)
        for number in range(3):
            first = start + number * timedelta(hours=9)
            last = first + timedelta(hours=1)
            make_broadcast(code, title=PAPERS[code], starts_at=first, ends_at=last)
        _recorded(code, "video", paper, images[0])
        played[code] = _recorded(code, "audio", paper, images[0])
        _links(code)
        pages[code] = _pages(code, paper)
        poems[code] = _poems(code, paper)
        _wall(code, paper, images)
        other = CODES[CODES.index(code) - 1]
        sister = {"language": other, "source": party, "story": gone.story}
        make_article(**sister, published_at=WHEN - timedelta(days=7))
    return Site(url, languages, paths, withdrawn, corrected, pictured, events, played, pages, poems)


def _events(code: str, paper: Source, image: Image) -> str:
    """Store events to come, over and called off, and return the path of the first."""
    section = make_section(
        language=code, slug="events", title=EVENTS[code], layout="events", in_menu=False
    )
    placed = {"language": code, "source": paper, "published_at": WHEN - timedelta(days=9)}
    now = timezone.now()
    hours, days = timedelta(hours=1), timedelta(days=1)
    made = [
        make_event(make_article(**placed, section=section), place=PLACES[code], **moments)
        for moments in (
            {"starts_at": now + 3 * days, "ends_at": now + 3 * days + 2 * hours},
            {"starts_at": now + 9 * days, "ends_at": now + 11 * days, "all_day": True},
            {"starts_at": now + 20 * days, "is_cancelled": True},
            {"starts_at": now - 3 * days},
        )
    ]
    make_figure(made[0].article, image=image)
    return made[0].article.get_absolute_url()


def _recorded(code: str, layout: str, paper: Source, image: Image) -> str:
    """Store a section of sound or video, and return the path of an article with both."""
    section = make_section(
        language=code, slug=layout, title=MEDIA[layout][code], layout=layout, in_menu=False
    )
    placed = {"language": code, "source": paper, "published_at": WHEN - timedelta(days=10)}
    first, second = (make_article(**placed, section=section) for _number in range(2))
    told = {"title": EVENTS[code], "credit": PAPERS[code], "transcript": LONG[code]}
    make_recording(first, sound(95), **told)
    make_recording(first, mp4(95), captions=CAPTIONS, poster=image)
    make_recording(second, address="https://youtu.be/abcdefghijk", seconds=3723, poster=image)
    make_recording(first, address="https://soundcloud.com/a-name/a-song")
    return first.get_absolute_url()


def _links(code: str) -> None:
    """Store links to sites in this language and in another, one with a long address."""
    section = make_section(
        language=code, slug="links", title=PAPERS[code], layout="links", in_menu=False
    )
    make_link(section, title=TITLES[code], description=LONG[code][:150])
    address = f"https://{'a-long-name.' * 5}example/"
    make_link(section, title=PAPERS[code], address=address, spoken=make_language("sd"))


def _pages(code: str, paper: Source) -> str:
    """Store a long undated page and two short ones, and return the path of the long one."""
    section = make_section(
        language=code, slug="about", title=TITLES[code], layout="pages", in_menu=False
    )
    placed = {"language": code, "source": paper, "section": section}
    parts = "".join(
        f"<h{level}>{LONG[code][:50]}</h{level}><p>{LONG[code]}</p>" for level in (2, 3, 2, 2)
    )
    made = [make_article(**placed, body=body) for body in (parts, f"<p>{LONG[code]}</p>", "")]
    return made[0].get_absolute_url()


def _poems(code: str, paper: Source) -> str:
    """Store a poem of couplets, short and long, and of a stanza, and return its path."""
    section = make_section(
        language=code, slug="poetry", title=VOID[code], layout="verse", in_menu=False
    )
    short, long = LONG[code][:30], LONG[code][:150]
    body = f"<p>{short}<br>{short}</p><p>{long}<br>{short}</p><p>{short}<br>{long}<br>{short}</p>"
    image = make_image(data=encoded(drawn(*SIZES[1])), credit="علي")
    author = make_author(
        code, slug="poet", name=PAPERS[code], about=f"{long}\n\n{short}", picture=image
    )
    placed = {"language": code, "source": paper, "section": section, "author": author}
    return make_article(**placed, body=body, byline=PAPERS[code]).get_absolute_url()


def _wall(code: str, paper: Source, images: list[Image]) -> None:
    """Store a wall of articles with one picture, two and none."""
    section = make_section(
        language=code, slug="gallery", title=TITLES[code], layout="gallery", in_menu=False
    )
    for number in range(3):
        article = make_article(language=code, source=paper, section=section)
        for image in images[:number]:
            make_figure(article, image=image)


def _article(code: str, **fields: Any) -> Article:
    capture = Capture.objects.create(
        sha256=f"{CODES.index(code):064x}",
        raw=b"raw",
        filename="page.txt",
        target_uri="https://press.example/news/a-long-address-that-has-to-be-broken-somewhere/2023",
        rendered_at=datetime(2024, 7, 17, 14, 20, tzinfo=UTC),
    )
    if fields["story"] is None:
        del fields["story"]
    return make_article(
        language=code,
        capture=capture,
        headline_origin=Article.HeadlineOrigin.MANIFEST,
        standfirst=LONG[code][:140],
        dateline="Karachi",
        body=f"<p>{LONG[code]}{GAP}{LONG[code]}</p><p>{LONG[code]}</p>",
        **fields,
    )
