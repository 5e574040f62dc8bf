"""Old addresses and sections: what would never work, or would carry articles away, is refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Alias, Section
from tests.admin.desk import sit_down, typed
from tests.factories import make_article, make_language, make_section

pytestmark = pytest.mark.django_db


def write_alias(path: str) -> Any:
    """Add an old address for a new article at the desk."""
    add = reverse("admin:articles_alias_add")
    return sit_down().post(add, {"path": path, "article": make_article().pk}, follow=True)


@pytest.mark.parametrize(
    "path",
    [
        "/en/",
        "/en",
        "/en/latest/",
        "/en/latest",
        "/ur/section/world/",
        "/en/latest/?page=2",
        "/en/1/a-headline/",
        "/en/1/a-headline",
        "/admin/anything",
        "/healthz",
        "/language/ur/",
    ],
)
def test_path_that_the_site_answers_itself_is_no_old_address(path: str) -> None:
    response = write_alias(path)

    assert "The site has a page of its own at this path." in response.content.decode()
    assert not Alias.objects.exists()


@pytest.mark.parametrize(
    "path", ["/englishnews/1234/a-headline", "/news.php?id=7", "/fr/", "/en/old.html", "/بارش"]
)
def test_path_of_an_older_site_leads_to_its_article(path: str) -> None:
    write_alias(path)

    response = Client().get(path)

    assert response.status_code == 301
    assert response.headers["Location"] == Alias.objects.get().article.get_absolute_url()


def change_language(section: Section, code: str) -> Any:
    address = reverse("admin:articles_section_change", args=[section.pk])
    client = sit_down()
    form = typed(client.get(address))
    return client.post(address, {**form, "title": "Mended", "language": code}, follow=True)


@pytest.mark.parametrize("status", ["draft", "published", "withdrawn"])
def test_section_that_holds_articles_stays_in_its_edition(status: str) -> None:
    make_language("ur")
    section = make_section(language="en")
    make_article(section=section, status=status)

    change_language(section, "ur")

    section.refresh_from_db()
    assert (section.language_id, section.title) == ("en", "Mended")


def test_empty_section_may_still_change_its_edition() -> None:
    make_language("ur")
    section = make_section(language="en")

    change_language(section, "ur")

    section.refresh_from_db()
    assert (section.language_id, section.title) == ("ur", "Mended")
