"""Languages come from a file with their catalogues; the desk shows them and adds none."""

from __future__ import annotations

import pytest
from django.core.checks import Tags, run_checks
from django.db import connection
from django.test import Client
from django.urls import reverse

from articles.checks import languages_agree
from articles.models import Language
from tests.admin.desk import sit_down, typed
from tests.factories import load_languages, make_article, make_language

pytestmark = pytest.mark.django_db

LIST = "admin:articles_language_changelist"


def address_of(code: str) -> str:
    return reverse("admin:articles_language_change", args=[code])


def faults() -> list[str]:
    """What the system check says about the stored languages."""
    found = run_checks(tags=[Tags.database], databases=["default"])
    return [message.msg for message in found if message.id == "newsroom.W001"]


def test_no_language_is_added_or_deleted_at_the_desk_and_it_says_what_adds_one() -> None:
    load_languages()
    client = sit_down()
    row = {"code": "fr", "name": "French", "endonym": "français", "direction": "ltr"}

    assert client.post(reverse("admin:articles_language_add"), row).status_code == 403
    delete = reverse("admin:articles_language_delete", args=["sd"])
    assert client.post(delete, {"post": "yes"}).status_code == 403

    assert set(Language.objects.values_list("pk", flat=True)) == {"en", "ur", "sd"}
    for page in (client.get(reverse(LIST)), client.get(address_of("ur"))):
        assert "a row in fixtures/languages.json and a catalogue" in page.content.decode()


def test_what_djangos_own_pages_follow_cannot_be_edited_and_the_rest_can() -> None:
    load_languages()
    client = sit_down()

    changes = {"code": "fa", "direction": "ltr", "script": "Latn", "tagline": "Words"}
    client.post(address_of("ur"), typed(client.get(address_of("ur")), **changes))

    urdu = Language.objects.get(code="ur")
    assert (urdu.direction, urdu.script, urdu.tagline) == ("rtl", "Aran", "Words")
    assert not Language.objects.filter(code="fa").exists()


def test_readers_are_offered_no_language_that_addresses_do_not_know() -> None:
    load_languages()
    make_language("fr", endonym="français")
    make_article(language="fr")
    make_article(language="en")

    page = Client().get("/en/").content.decode()

    assert "français" not in page
    assert "/fr/" not in page
    assert "/ur/" in page


def test_languages_as_the_file_has_them_are_no_fault() -> None:
    load_languages()

    assert faults() == []


def test_tables_that_are_not_filled_or_not_there_yet_are_no_fault() -> None:
    assert faults() == []
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE articles_language RENAME TO articles_elsewhere")
    try:
        assert faults() == []
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE articles_elsewhere RENAME TO articles_language")


def test_language_that_only_the_database_knows_is_told() -> None:
    load_languages()
    make_language("fr")

    assert faults() == [
        "The language 'fr' is stored but not in the settings: readers never see it."
    ]


def test_language_that_only_the_settings_know_is_told() -> None:
    load_languages()["sd"].delete()

    assert faults() == ["The language 'sd' is in the settings but not stored: it has no pages."]


def test_language_that_is_stored_the_wrong_way_round_is_told() -> None:
    load_languages()
    Language.objects.filter(code="sd").update(direction="ltr")

    assert faults() == ["The language 'sd' is stored as ltr, the settings say rtl."]


def test_checks_that_ask_no_database_leave_the_languages_alone() -> None:
    make_language("fr")

    assert languages_agree(None) == []
