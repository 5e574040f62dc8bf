"""A site with stories in three languages, served to a real browser."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from articles.models import Article, Capture
from tests.factories import (
    NOTICES,
    WHEN,
    load_languages,
    make_article,
    make_notice,
    make_section,
    make_source,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from articles.models import Language

CODES = ("en", "ur", "sd")
TITLES = {"en": "Culture", "ur": "ثقافت", "sd": "ثقافت"}
PAPERS = {"en": "The Morning Page", "ur": "صبح کا صفحہ", "sd": "صبح جو صفحو"}
VOID = {"en": "Poetry", "ur": "شاعری", "sd": "شاعري"}
WORDS = {"en": "canal", "ur": "نہر", "sd": "واهه"}
"""A word of the long article in each language, to search for."""
GAP = ' <span class="gap">…</span> '
LONG = {
    "en": "Workers of the canal counted every brick twice. " * 6,
    "ur": "کیجیے تو ٹھیک، مٹھی کی گھڑیاں لکھنے والے کہتے ہیں کہ نہر کی ہر اینٹ دو بار گنی گئی۔ "
    * 5,
    "sd": "واهه جي هر سر ٻه ڀيرا ڳڻي وئي، ۽ ڪم ڪندڙن چيو ته هاڻي پاڻي اچڻ ۾ دير نه ٿيندي. " * 5,
}


class Site(NamedTuple):
    """Where the site is served, its languages, and paths of an article, one that was withdrawn and
    one that was corrected."""

    url: str
    languages: dict[str, Language]
    articles: dict[str, str]
    withdrawn: dict[str, str]
    corrected: dict[str, str]

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


@pytest.fixture
def site(transactional_db, live_server, settings) -> Site:
    settings.ROOT_URLCONF = "tests.browser.urls"
    return make_site(live_server.url)


def make_site(url: str = "") -> Site:
    """Store three editions of one long story with a gap, short ones, and what is gone or empty."""
    languages = load_languages()
    party = make_source(slug="party", kind="party", homepage="https://party.example/")
    story: Any = None
    paths, withdrawn, corrected = {}, {}, {}
    for code in CODES:
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
        other = CODES[CODES.index(code) - 1]
        sister = {"language": other, "source": party, "story": gone.story}
        make_article(**sister, published_at=WHEN - timedelta(days=7))
    return Site(url, languages, paths, withdrawn, corrected)


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
