"""The links of a section, written on its own screen by its edition's publishers."""

from __future__ import annotations

import pytest
from django.urls import reverse

from articles.models import Link
from tests.admin.desk import sent_from, sit_down
from tests.factories import load_languages, make_link, make_member, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def editions():
    return load_languages()


def screen(section) -> str:
    return reverse("admin:articles_section_change", args=[section.pk])


def typed(client, section, **boxes: str):
    """Send the screen as it is with something typed into the first empty row of links."""
    page = client.get(screen(section))
    row = section.links.count()
    written = {f"links-{row}-{name}": value for name, value in boxes.items()}
    return client.post(screen(section), sent_from(page, **written), follow=True)


@pytest.mark.parametrize("code", ["en", "ur"])
def test_a_publisher_writes_links_on_the_screen_of_the_section(code):
    section = make_section(language=code, layout="links")
    client = sit_down(code, make_member(code, "publisher"))

    typed(client, section, title="  علي  پريس ", address="Paper.Example/about", spoken="sd")
    typed(client, section, title="Other", address="https://other.example/", position="3")

    first, second = section.links.in_order()
    assert (first.address, first.spoken_id) == ("https://paper.example/about", "sd")
    assert first.title == {"en": "علي پريس", "ur": "علی پریس"}[code]
    assert (second.title, second.position) == ("Other", 3)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Copy the whole address of a web page from the browser."),
        ("ur", "ویب صفحے کا پورا پتا براؤزر سے نقل کریں"),
        ("sd", "ويب صفحي جو پورو پتو برائوزر مان نقل ڪريو"),
    ],
)
@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://a@b.example/", "no address"])
def test_an_address_that_is_unfit_is_refused_in_a_sentence_and_nothing_is_lost(
    language, sentence, address
):
    section = make_section(layout="links")
    response = typed(sit_down(language), section, title="Kept", address=address)
    assert sentence in response.content.decode()
    assert 'value="Kept"' in response.content.decode()
    assert not Link.objects.exists()


def test_only_publishers_of_the_edition_change_links():
    section = make_section(layout="links")
    link = make_link(section)
    for role in ("writer", "editor"):
        client = sit_down(member=make_member("en", role))
        page = client.get(screen(section))
        assert link.address in page.text
        assert 'name="links-0-title"' not in page.text
        sent = {**sent_from(page), "links-0-title": "Mine", "links-0-id": link.pk}
        assert client.post(screen(section), sent).status_code == 403
    assert Link.objects.get().title == link.title


def test_a_section_of_another_layout_asks_for_no_links():
    section = make_section()
    assert "links-TOTAL_FORMS" not in sit_down().get(screen(section)).text


def test_a_long_list_of_links_is_edited_at_the_cost_of_a_short_one(django_assert_max_num_queries):
    section = make_section(layout="links")
    for _number in range(60):
        make_link(section, spoken=section.language)
    client = sit_down()
    with django_assert_max_num_queries(15):
        client.get(screen(section))
