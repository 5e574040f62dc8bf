"""What browsers are told on every answer, whatever answers and whatever it says."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse
from django.utils import timezone

from articles.models import Language, Recording
from articles.views.errors import server_error
from newsroom.policy import PolicyMiddleware, policy
from tests.admin.addresses import at, routes
from tests.admin.desk import make_capture, sit_down
from tests.factories import (
    load_languages,
    make_article,
    make_broadcast,
    make_image,
    make_recording,
    make_section,
)

pytestmark = pytest.mark.django_db

CSP = "Content-Security-Policy"
TOLD = {
    CSP,
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
}
PROXIED = {
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 3600,
    "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
}


def directives(response: Any) -> dict[str, str]:
    told = (each.strip().partition(" ") for each in response.headers[CSP].split(";"))
    return {name: sources for name, _space, sources in told}


@pytest.fixture
def article(settings) -> Any:
    settings.WHITENOISE_USE_FINDERS = True
    load_languages()
    return make_article(headline="Wells")


PASTED = "; style-src-attr 'unsafe-inline'"
"""What is pasted at the desk says by attributes of style what is bold."""


def answers(article: Any) -> dict[str, Any]:
    """One answer of each kind that this site gives, by what it is."""
    here, desk = Client(), sit_down()
    make_section(slug="water")
    image, recording = make_image(), make_recording(article)
    capture = make_capture(raw=b"<script>alert(1)</script>", filename="page.html")
    picture = reverse("rendition", args=[image.name_of(image.wanted()[0], image.recipe)])
    raw = reverse("admin:articles_capture_raw", args=[capture.pk])
    withdrawn = make_article(status="withdrawn")
    found = {
        "page": here.get(article.get_absolute_url()),
        "head": here.head("/en/"),
        "redirect": here.get("/en/latest"),
        "root": here.get("/"),
        "language": here.get("/language/ur/"),
        "not found": here.get("/en/nothing/"),
        "gone": here.get(withdrawn.get_absolute_url()),
        "not allowed": here.post("/en/"),
        "no proof": Client(enforce_csrf_checks=True).post("/admin/login/"),
        "unknown host": here.get("/en/", headers={"host": "stranger.example"}),
        "too many fields": here.get("/en/search/?" + "a=1&" * 2_000),
        "feed": here.get("/en/latest/rss"),
        "calendar": here.get("/en/section/water/events.ics"),
        "sitemap": here.get("/sitemap.xml"),
        "robots": here.get("/robots.txt"),
        "text": here.get(f"/en/{article.pk}.txt"),
        "ninjs": here.get(f"/en/{article.pk}.json"),
        "oembed": here.get(f"/oembed?url={quote(settings.SITE_URL + article.get_absolute_url())}"),
        "worker": here.get("/sw.js"),
        "rendition": here.get(picture),
        "recording": here.get(recording.file_url),
        "static": here.head("/static/css/newsroom.css"),
        "no static": here.get("/static/nothing.css"),
        "health": here.get("/healthz"),
        "login": here.get("/admin/login/"),
        "desk": desk.get("/admin/"),
        "desk's form": desk.get(reverse("admin:articles_article_change", args=[article.pk])),
        "desk's scripts": desk.get(reverse("admin:jsi18n")),
        "desk's refusal": desk.get(at("articles/capture/add/")),
        "capture": desk.get(raw),
    }
    for name in ("page", "rendition", "recording", "static", "feed", "capture", "ninjs", "oembed"):
        assert found[name].status_code == 200, name
    return found


def test_every_kind_of_answer_tells_browsers_what_they_may_do(article):
    for name, response in answers(article).items():
        assert set(response.headers) >= TOLD, name
        assert response.headers["X-Content-Type-Options"] == "nosniff", name
        assert response.headers["Referrer-Policy"] == "strict-origin-when-cross-origin", name
        assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin", name
        assert "camera=()" in response.headers["Permissions-Policy"], name


def test_no_answer_lets_anything_run_that_is_written_into_it(article):
    for name, response in answers(article).items():
        told = response.headers[CSP]
        assert told.startswith("default-src 'none'"), name
        is_desk = name.startswith("desk")
        told = told.replace(PASTED, "") if is_desk else told
        assert not re.search(r"unsafe|\*|data:|blob:|https?:", told), name
        if "sandbox" not in told:
            assert directives(response)["base-uri"] == "'none'", name
            assert directives(response)["frame-ancestors"] == "'none'", name


def test_what_came_in_from_outside_is_data_and_no_page(article):
    """A file that browsers took for a page could do what its editor may."""
    found = answers(article)
    for name in ("rendition", "recording", "capture"):
        response = found[name]
        assert response.headers[CSP] == "default-src 'none'; sandbox", name
        assert "html" not in response.headers["Content-Type"], name
    recording = Recording.objects.latest("pk")
    own = sit_down().get(reverse("admin:articles_recording_file", args=[recording.pk]))
    assert "private" in own.headers["Cache-Control"]
    assert "public" not in own.headers["Cache-Control"]
    assert found["capture"].headers["Content-Disposition"].startswith("attachment")


def test_only_files_that_other_sites_show_may_be_shown_there(article):
    shown = {
        name
        for name, response in answers(article).items()
        if response.headers["Cross-Origin-Resource-Policy"] != "same-origin"
    }
    assert shown == {"rendition", "recording", "static", "no static"}


def test_every_address_of_the_desk_is_held_by_the_policy(article):
    client = sit_down()
    for route in routes():
        address = at(re.sub(r"<[^>]+>", "1", route.removesuffix("$")))
        response = client.get(address)
        assert set(response.headers) >= TOLD, address
        assert "unsafe" not in response.headers[CSP].replace(PASTED, ""), address


@override_settings(**PROXIED)
def test_over_tls_browsers_are_told_to_stay_there_on_every_answer(article):
    secure = {"X-Forwarded-Proto": "https"}
    for path in ("/en/", "/en/nothing/", "/en/latest/rss", "/static/nothing.css", "/admin/"):
        response = Client().get(path, headers=secure)
        assert response.headers["Strict-Transport-Security"] == "max-age=3600", path
    assert Client().get("/en/").headers["Location"].startswith("https://")


@override_settings(IS_HTTPS=True)
def test_over_tls_nothing_is_asked_for_without_it():
    assert policy().endswith("upgrade-insecure-requests")


def test_a_fault_of_ours_is_held_by_the_policy_too():
    """What could not be made whole may hold what was not escaped yet."""
    response = PolicyMiddleware(server_error)(RequestFactory().get("/en/"))
    assert response.status_code == 500
    assert response.headers[CSP] == policy()


def test_who_mends_a_page_sees_what_went_wrong_in_it():
    with override_settings(DEBUG=True):
        response = PolicyMiddleware(server_error)(RequestFactory().get("/en/"))
    assert CSP not in response.headers


def test_only_a_page_that_offers_a_player_may_frame_its_host_and_no_other(article):
    make_recording(article, address="https://youtu.be/abcdefghijk")
    other = make_article(headline="Silence")
    frames = directives(Client().get(article.get_absolute_url()))["frame-src"]
    assert frames == "https://www.youtube-nocookie.com"
    assert directives(Client().get(other.get_absolute_url()))["frame-src"] == "'self'"


def test_web_tv_may_frame_what_is_on_the_air(article):
    Language.objects.filter(code="en").update(has_live=True)
    now = timezone.now()
    make_broadcast("en", starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1))
    frames = directives(Client().get("/en/live/"))["frame-src"]
    assert frames.startswith("https://")
    assert " " not in frames
