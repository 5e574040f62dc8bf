"""The whole day of a story in real browsers: written, returned, mended by two, scheduled, live
without a job, corrected, and withdrawn in three languages.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime

from articles.models import Article
from tests.admin.browsing import wait_for_scripts
from tests.admin.desk import form_of, sit_down
from tests.factories import (
    NOTICES,
    load_languages,
    make_article,
    make_desk,
    make_member,
    make_source,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

    Sit = Callable[[AbstractUser], Page]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HEADLINE = "نہر کی صفائی مکمل، پانی کل سے ملے گا"
BODY = "نہر کی صفائی کا کام مکمل ہو گیا ہے۔"
MENDED = " محکمے کے مطابق پانی کل صبح چھوڑا جائے گا۔"
STANDFIRST = "تین ہفتے بعد کھیتوں کو پانی ملے گا۔"
NOTE = "بتائیں کہ پانی کب چھوڑا جائے گا۔"
WHY = {
    "en": "The department has taken back what it announced.",
    "ur": "محکمے نے اپنا اعلان واپس لے لیا ہے۔",
    "sd": "کاتي پنهنجو اعلان واپس وٺي ڇڏيو آهي.",
}


@pytest.fixture
def sit(chromium: Browser, live_server: LiveServer) -> Iterator[Sit]:
    """Seat somebody at a browser of their own, at an Urdu desk."""
    contexts = []

    def seat(member: AbstractUser) -> Page:
        context = chromium.new_context(service_workers="block")
        contexts.append(context)
        cookies = sit_down("ur", member).cookies.items()
        context.add_cookies(
            [{"name": name, "value": one.value, "url": live_server.url} for name, one in cookies]
        )
        return context.new_page()

    yield seat
    for context in contexts:
        context.close()


def open_page(page: Page, live_server: LiveServer, address: str) -> None:
    page.goto(live_server.url + address)
    wait_for_scripts(page)


def write(page: Page, text: str) -> None:
    """Type at the end of the body, as readers will see it."""
    page.locator(".body-text [contenteditable]").first.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def press(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.locator(button).first.click()


def read(live_server: LiveServer, article: Article) -> tuple[int, str]:
    """What a reader gets who asks for the article."""
    response = Client().get(Article.objects.get(pk=article.pk).get_absolute_url())
    return response.status_code, response.content.decode()


def test_a_story_from_its_first_word_to_its_withdrawal(sit: Sit, live_server: LiveServer) -> None:
    load_languages()
    source, story = make_source(language="ur"), uuid.uuid4()
    siblings = [make_article(language=code, story=story) for code in ("en", "sd")]
    writer, second = make_member("ur", "writer"), make_member("ur", "writer")
    editor, publisher = make_member("ur", "editor"), make_member("ur", "publisher")
    make_desk(publisher, "en", "publisher")
    make_desk(publisher, "sd", "publisher")
    first_desk, second_desk, editors_desk, last_desk = map(sit, (writer, second, editor, publisher))

    # A writer drafts in Urdu and submits.
    query = urlencode({"story": str(story), "language": "ur", "source": source.pk})
    open_page(first_desk, live_server, f"{reverse('admin:articles_article_add')}?{query}")
    first_desk.fill("#id_headline", HEADLINE)
    write(first_desk, BODY)
    press(first_desk, "[name=_verb][value=submit]")
    article = Article.objects.get(language="ur")
    assert (article.status, article.story) == ("review", story)

    # The editor returns it with a note, which the writer finds on the first page.
    open_page(editors_desk, live_server, form_of(article))
    editors_desk.fill("#id_note", NOTE)
    press(editors_desk, "[name=_verb][value=return]")
    open_page(first_desk, live_server, reverse("admin:index"))
    assert NOTE in first_desk.content()

    # The writer mends the text while a second writer adds a standfirst: both are kept.
    open_page(first_desk, live_server, form_of(article))
    open_page(second_desk, live_server, form_of(article))
    second_desk.fill("#id_standfirst", STANDFIRST)
    press(second_desk, "[name=_save]")
    write(first_desk, MENDED)
    press(first_desk, "[name=_verb][value=submit]")
    article.refresh_from_db()
    assert (article.status, article.standfirst) == ("review", STANDFIRST)
    assert MENDED.strip() in article.body

    # The publisher schedules it for an hour from now. Readers do not see it yet.
    moment = timezone.now() + timedelta(hours=1)
    open_page(last_desk, live_server, form_of(article))
    last_desk.fill("#id_published_at_0", f"{localtime(moment):%Y-%m-%d}")
    last_desk.fill("#id_published_at_1", f"{localtime(moment):%H:%M}")
    press(last_desk, "[name=_verb][value=publish]")
    article.refresh_from_db()
    assert article.status == "published"
    assert read(live_server, article)[0] == 404

    # It goes live by itself, without a job.
    with time_machine.travel(moment + timedelta(minutes=1)):
        status, html = read(live_server, article)
        assert (status, HEADLINE in html) == (200, True)

        # A correction is published beside it.
        open_page(last_desk, live_server, form_of(article))
        press(last_desk, "[name=_verb][value=notice]")
        last_desk.select_option("select[name$=kind]", "correction")
        last_desk.fill("fieldset.notice textarea", NOTICES["ur"])
        press(last_desk, "form .submit-row button")
        assert NOTICES["ur"] in read(live_server, article)[1]

        # The story is withdrawn in its three languages at once.
        open_page(last_desk, live_server, form_of(article))
        press(last_desk, "[name=_verb][value=withdraw]")
        for box in last_desk.locator("fieldset.notice").all():
            code = box.locator("legend bdi").get_attribute("lang") or ""
            box.locator("textarea").fill(WHY[code])
        press(last_desk, "form .submit-row button")
        for each in (article, *siblings):
            status, html = read(live_server, each)
            assert (status, WHY[each.language_id] in html) == (410, True)
        assert not Article.objects.live().exists()
