"""An article's sisters in other languages: only those that readers can reach."""

from __future__ import annotations

import pytest
from django.conf import settings

from articles.models import Language
from tests.factories import make_article, make_language


@pytest.fixture
def strange(editions: dict[str, Language]) -> Language:
    """A published row of a language whose addresses the site does not know."""
    language = make_language("fr", is_published=True)
    assert language.code not in dict(settings.LANGUAGES)
    return language


def test_a_page_offers_no_sister_in_a_language_without_addresses(client, strange):
    english = make_article(language="en")
    make_article(language="ur", story=english.story, headline="بارش")
    french = make_article(language=strange, story=english.story, headline="La pluie")

    response = client.get(english.get_absolute_url())

    assert [sister.language_id for sister in response.context["siblings"]] == ["ur"]
    assert "La pluie" not in response.content.decode()
    assert french.get_absolute_url() not in response.content.decode()


@pytest.mark.parametrize("end", ["", "/"])
def test_the_number_of_an_article_in_such_a_language_leads_nowhere(client, strange, end):
    french = make_article(language=strange)

    response = client.get(f"/en/{french.pk}{end}", follow=True)

    assert response.status_code == 404
    assert "/fr/" not in str(response.redirect_chain)
