"""A preview for somebody outside: an address that shows one article, and ends."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.signing import Signer
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from articles.actions import publish, share_preview, submit, withdraw
from articles.actions.sharing import LASTS, SALT
from articles.models import Article, Desk
from tests.admin.desk import form_of, sit_down
from tests.caching.process import Process
from tests.factories import (
    WHY,
    load_languages,
    make_article,
    make_editor,
    make_member,
    make_recording,
)

pytestmark = pytest.mark.django_db

SECRET = "Quillwort"


@pytest.fixture(autouse=True)
def editions() -> None:
    load_languages()


def make_draft(language: str = "en", **fields: Any) -> Article:
    told = {"headline": f"{SECRET} found", "status": "draft", "published_at": None}
    return make_article(language=language, **{**told, **fields})


def address_of(article: Article, by: Any = None) -> str:
    token = share_preview(article=article, by=by or make_editor(), at=timezone.now())
    return reverse("shared_preview", args=[token])


def is_open(address: str) -> bool:
    response = Client().get(address)
    assert response.status_code in {200, 404}
    return SECRET in response.content.decode()


@pytest.mark.parametrize("language", ["en", "ur", "sd"])
def test_whoever_is_given_the_address_sees_the_page_in_its_language(language):
    client = sit_down(language, member=make_member(language, "editor"))
    article = make_draft(language)
    assert (
        reverse("admin:articles_article_share", args=[article.pk])
        in client.get(form_of(article)).content.decode()
    )

    made = client.post(reverse("admin:articles_article_share", args=[article.pk]))
    address = re.findall(r'value="https?://[^/]+(/preview/[^"]+)"', made.content.decode())[0]
    page = Client().get(address)

    assert page.status_code == 200
    assert SECRET in page.content.decode()
    assert f'<html lang="{language}"' in page.content.decode()
    assert 'role="note"' in page.content.decode()


def test_an_article_is_found_by_no_address_before_one_is_made():
    article = make_draft()
    client = sit_down()
    client.get(reverse("admin:articles_article_share", args=[article.pk]))
    for token in (article.pk, f"{article.pk}:draft", Signer().sign_object([article.pk])):
        assert Client().get(f"/preview/{token}/").status_code == 404


def test_the_address_of_one_article_opens_no_other():
    one, other = make_draft(), make_draft()
    token = share_preview(article=one, by=make_editor(), at=timezone.now())
    payload, _colon, signature = token.rpartition(":")
    signer = Signer(salt=SALT)
    told = signer.unsign_object(token)
    forged = Signer(salt=SALT, key="another secret").sign_object([other.pk, *told[1:]])
    for bad in (
        forged,
        f"{forged.rpartition(':')[0]}:{signature}",
        f"{payload}x:{signature}",
        f"{payload}:{signature[:-1]}",
        Signer(salt="another door").sign_object([other.pk, *told[1:]]),
        payload,
        "",
    ):
        assert Client().get(f"/preview/{bad}/").status_code == 404, bad


def test_an_address_works_for_three_days_and_not_a_second_longer():
    with time_machine.travel("2026-03-04T07:00:00Z", tick=False) as clock:
        address = address_of(make_draft())
        clock.shift(LASTS)
        assert is_open(address)
        clock.shift(timedelta(seconds=1))
        assert not is_open(address)


def test_an_address_ends_when_the_article_is_sent_on():
    article, editor = make_draft(), make_editor()
    address = address_of(article, editor)
    assert is_open(address)
    submit(article=article, by=editor)
    assert not is_open(address)


def test_an_address_leads_to_the_page_when_the_moment_comes_and_nowhere_when_it_is_withdrawn():
    tomorrow = timezone.now() + timedelta(days=1)
    article, editor = make_article(headline=f"{SECRET} told", published_at=tomorrow), make_editor()
    address = address_of(article, editor)
    assert is_open(address)
    with time_machine.travel(tomorrow + timedelta(seconds=1)):
        response = Client().get(address)
        assert (response.status_code, response["Location"]) == (302, article.get_absolute_url())
    withdraw(article=article, by=editor, notice=WHY)
    assert not is_open(address)


def test_an_address_ends_with_its_makers_place_on_the_desk():
    article, maker = make_draft(), make_member("en", "editor")
    address = address_of(article, maker)
    assert is_open(address)
    Desk.objects.filter(user_id=maker.pk).update(role=Desk.Role.WRITER)
    assert not is_open(address)
    Desk.objects.filter(user_id=maker.pk).update(role=Desk.Role.EDITOR)
    for closed in ("is_active", "is_staff"):
        type(maker).objects.filter(pk=maker.pk).update(**{closed: False})
        assert not is_open(address)
        type(maker).objects.filter(pk=maker.pk).update(**{closed: True})
    maker.delete()
    assert not is_open(address)


def test_another_secret_of_the_site_ends_every_address():
    address = address_of(make_draft())
    with override_settings(SECRET_KEY="another secret of the site, fifty characters long 0"):
        assert not is_open(address)


def test_no_cache_keeps_the_page_and_no_other_site_learns_of_it():
    article = make_draft()
    make_recording(article, address="https://youtu.be/abcdefghijk")
    address = address_of(article)
    process = Process()
    for _time in range(2):
        page = process.ask(address)
    assert process.made == 2
    assert len(process.cache.shelf) == 0
    assert "no-store" in page.headers["Cache-Control"]
    assert "private" in page.headers["Cache-Control"]
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["X-Frame-Options"] == "DENY"
    policy = page.headers["Content-Security-Policy"]
    assert "script-src 'none'" in policy
    assert "frame-src https://www.youtube-nocookie.com;" in policy
    assert "frame-ancestors 'none'" in policy
    assert "Set-Cookie" not in page.headers
    assert address not in page.text


def test_what_readers_see_or_saw_is_not_shared():
    editor = make_editor()
    client = sit_down(member=editor)
    live, gone = make_article(), make_article(status="withdrawn")
    answer = client.post(reverse("admin:articles_article_share", args=[live.pk]), follow=True)
    assert "give its own address" in answer.content.decode()
    share = reverse("admin:articles_article_share", args=[gone.pk])
    assert client.post(share).status_code == 403
    assert share not in client.get(form_of(gone)).content.decode()


@pytest.mark.parametrize("role", ["writer", "editor", "publisher"])
def test_only_who_decides_about_an_article_shares_it(role):
    tomorrow = timezone.now() + timedelta(days=1)
    own, other = make_draft(), make_draft("ur")
    embargoed = make_article(published_at=tomorrow, embargoed_until=tomorrow)
    client = sit_down(member=make_member("en", role))

    def answer(article: Article) -> int:
        path = reverse("admin:articles_article_share", args=[article.pk])
        return client.post(path).status_code

    assert answer(own) == (403 if role == "writer" else 200)
    assert answer(embargoed) == (200 if role == "publisher" else 403)
    assert answer(other) == 404


def test_the_history_tells_who_shared_an_article():
    article = make_draft()
    client = sit_down()
    client.post(reverse("admin:articles_article_share", args=[article.pk]))
    history = client.get(reverse("admin:articles_article_history", args=[article.pk]))
    assert "Made an address for a preview outside." in history.content.decode()


def test_an_address_of_a_draft_leads_to_the_page_once_it_is_published():
    article, editor = make_draft(), make_editor()
    address = address_of(article, editor)
    publish(article=article, by=editor)
    article.refresh_from_db()
    assert Client().get(address)["Location"] == article.get_absolute_url()
    withdraw(article=article, by=editor, notice=WHY)
    assert not is_open(address)
