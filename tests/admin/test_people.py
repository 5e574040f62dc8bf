"""Users and groups at the desk: permissions are told in its language."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from articles.models import Article
from tests.admin.desk import sit_down
from tests.factories import make_editor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("en", "Newsroom | article | add"),
        ("ur", "نیوز روم | تحریر | شامل کرنا"),
        ("sd", "نيوز روم | مضمون | شامل ڪرڻ"),
    ],
)
def test_permissions_are_told_in_the_language_of_the_desk(language: str, label: str) -> None:
    user = make_editor()

    for address in (
        reverse("admin:auth_user_change", args=[user.pk]),
        reverse("admin:auth_group_add"),
    ):
        page = sit_down(language).get(address).content.decode()
        assert label in page
        assert "Can add" not in page


def test_permission_of_another_kind_keeps_the_name_it_was_given() -> None:
    of_articles = ContentType.objects.get_for_model(Article)
    Permission.objects.create(content_type=of_articles, codename="add_ons", name="May see add-ons")

    page = sit_down().get(reverse("admin:auth_group_add")).content.decode()

    assert "Newsroom | article | May see add-ons" in page


def test_permissions_chosen_by_their_new_names_are_stored() -> None:
    permission = Permission.objects.get(codename="view_article")

    sit_down().post(
        reverse("admin:auth_group_add"), {"name": "Readers", "permissions": [permission.pk]}
    )

    assert list(permission.group_set.values_list("name", flat=True)) == ["Readers"]
