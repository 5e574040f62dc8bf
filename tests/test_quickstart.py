"""``manage.py quickstart``: what ``make run`` leaves, the first time and ever after."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.core import serializers
from django.core.management import CommandError, call_command

from articles.management.commands import quickstart
from articles.models import (
    Article,
    Author,
    Broadcast,
    Capture,
    Choice,
    Contact,
    Event,
    Image,
    Language,
    Link,
    Poll,
    Recording,
    Section,
    Source,
)

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_two_first_starts_at_once_both_end_well(tmp_path):
    folder = {"DATA_DIR": str(tmp_path / "data"), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    command = [sys.executable, "manage.py", "quickstart", "--no-serve"]
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    starts = [
        subprocess.Popen(
            command,
            cwd=django_settings.BASE_DIR,
            env={**kept, **folder},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(2)
    ]
    said = [start.communicate(timeout=180)[0] for start in starts]
    assert [start.returncode for start in starts] == [0, 0], said
    assert sum("Password (shown only now)" in output for output in said) == 1
    assert sum("this one waits" in output for output in said) <= 1


@pytest.mark.parametrize("port", [None, 65536])
def test_a_port_that_cannot_be_opened_is_named_in_a_sentence(port):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = port or listener.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} is in use .*make run PORT="):
            call_command("quickstart", port=port, stdout=StringIO())


@pytest.fixture(autouse=True)
def _data_of_its_own(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"


def start(**options: object) -> str:
    output = StringIO()
    call_command("quickstart", no_serve=True, stdout=output, **options)
    return output.getvalue()


SAMPLES = (Contact, Poll, Choice, Capture, Article, Author, Link, Event, Recording, Broadcast)
NOUNS = (Language, Source, Section, *SAMPLES)


def every_row() -> list[str]:
    return [
        serializers.serialize("json", model.objects.order_by("pk"))
        for model in (*NOUNS, get_user_model())
    ]


def test_both_seeds_and_three_editions_are_live_after_a_first_start():
    start()
    for code in ("en", "ur", "sd"):
        assert Article.objects.live().in_language(code).count() >= 4, code
    live = Article.objects.live().in_language("en")
    assert live.filter(published_at__date="2023-07-29", source__slug="mqm").exists()
    assert live.filter(published_at__date="2025-02-09").exists()


def test_each_layout_has_something_to_show_after_a_first_start(client):
    start()
    for code in ("en", "ur", "sd"):
        sections = Section.objects.filter(language=code)
        assert set(sections.values_list("layout", flat=True)) == set(Section.Layout.values)
        for section in sections:
            page = client.get(section.get_absolute_url())
            assert page.status_code == 200, section.slug
            told = section.articles.filter(status="published")
            assert section.links.exists() or told.exists(), section.slug
        author = Author.objects.get(language=code)
        assert client.get(author.get_absolute_url()).status_code == 200
    assert not Image.objects.waiting().exists()


def test_no_sample_of_a_layout_leads_a_front_page(client):
    start()
    for code in ("en", "ur", "sd"):
        newest = Article.objects.live().in_language(code).newest_first()[0]
        assert newest.section.layout not in {"pages", "gallery", "verse", "links"}


def test_a_second_start_changes_nothing():
    start()
    before = every_row()
    start()
    assert every_row() == before


def test_what_an_editor_changed_is_kept_at_the_next_start():
    start()
    Language.objects.filter(pk="ur").update(endonym="اُردو")
    Source.objects.filter(pk=Source.objects.first().pk).update(name="A better name")
    section = Section.objects.first()
    Section.objects.filter(pk=section.pk).update(title="A better title")
    start()
    assert Language.objects.get(pk="ur").endonym == "اُردو"
    assert Source.objects.filter(name="A better name").count() == 1
    assert Section.objects.get(pk=section.pk).title == "A better title"


def test_a_sample_that_an_editor_deleted_stays_away():
    start()
    assert set(Contact.objects.values_list("language", flat=True)) == {"en", "ur", "sd"}
    Contact.objects.all().delete()
    start()
    assert not Contact.objects.exists()


def test_a_first_start_shows_something_to_go_to_to_hear_and_to_see(client):
    start()
    for code in ("en", "ur", "sd"):
        events = client.get(f"/{code}/section/events/").content.decode()
        assert events.index('id="coming"') < events.index('class="when"'), code
        assert "<audio" in client.get(f"/{code}/section/sounds/").content.decode(), code
        assert 'class="screen drawn"' in client.get(f"/{code}/section/video/").content.decode()
        assert 'class="what"' in client.get(f"/{code}/live/").content.decode(), code


def test_a_row_that_a_new_release_brings_is_created():
    start()
    Section.objects.filter(pk=Section.objects.last().pk).delete()
    count = Section.objects.count()
    start()
    assert Section.objects.count() == count + 1


def test_the_editors_password_is_random_works_and_is_shown_once():
    found = re.search(r"Editor's name: (\w+) .*: (\S+)$", start(), re.MULTILINE)
    assert found
    editor = get_user_model().objects.get(username=found[1])
    assert editor.check_password(found[2])
    assert editor.is_superuser
    assert "Password" not in start()


def test_no_editor_is_made_where_there_is_a_superuser():
    get_user_model().objects.create_superuser("head", password="a long enough password")
    assert "Password" not in start()
    assert get_user_model().objects.count() == 1


def test_the_addresses_are_printed_for_the_port():
    output = start(port=8123)
    for path in ("en", "ur", "sd", "admin"):
        assert f"http://127.0.0.1:8123/{path}/" in output


def test_static_files_are_collected_once_and_again_when_one_changed(settings, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "one.css").write_text("p{}", encoding="utf-8")
    settings.STATICFILES_DIRS = [tmp_path / "site"]
    finders.get_finder.cache_clear()
    assert quickstart.collect_static() is True
    assert quickstart.collect_static() is False
    (tmp_path / "site" / "one.css").write_text("p{margin:0}", encoding="utf-8")
    assert quickstart.collect_static() is True
    assert (settings.STATIC_ROOT / "one.css").read_text(encoding="utf-8") == "p{margin:0}"
    finders.get_finder.cache_clear()


def test_the_site_is_served_by_gunicorn_on_the_port_that_was_asked_for(monkeypatch, db):
    started: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda path, words: started.append([path, *words]))
    monkeypatch.setattr(quickstart.connections, "close_all", lambda: None)
    monkeypatch.setenv("BIND", "")
    monkeypatch.delenv("SITE_URL", raising=False)
    monkeypatch.chdir(os.curdir)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    call_command("quickstart", port=port, stdout=StringIO())
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", "python:newsroom.gunicorn"]
    assert started == [[sys.executable, *gunicorn, "newsroom.wsgi"]]
    assert os.environ["BIND"] == f"127.0.0.1:{port}"
    assert os.environ.pop("SITE_URL") == f"http://127.0.0.1:{port}"
