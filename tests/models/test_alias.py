"""Old addresses take none of the site's own."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from articles.models.alias import is_free


@pytest.mark.parametrize(
    "path",
    [
        "/en/archive", "/ur/archive/2023", "/sd/archive/2023/07/", "/en/archive/2023/07/29",
        "/en/latest/rss", "/ur/section/culture/atom", "/sd/source/press/json", "/en/12.txt",
        "/en/12.json?x=1", "/robots.txt", "/sitemap.xml", "/ur/sitemap-2023-07.xml",
        "/en/sitemap-news.xml", "/oembed", "/oembed?url=x",
    ],
)  # fmt: skip
def test_an_address_of_the_site_is_no_old_one(path):
    with pytest.raises(ValidationError):
        is_free(path)


@pytest.mark.parametrize(
    "path",
    [
        "/englishnews/43827/a-headline", "/English-News/Apr-2008/news080415.htm", "/archive/2023/",
        "/rss", "/news/12.txt", "/en/archive/july-2023/", "/sitemap.html", "/feed.xml",
    ],
)  # fmt: skip
def test_an_address_that_only_an_older_site_had_may_be_one(path):
    is_free(path)
