"""Who has an account, and which desks are theirs: for superusers to say, and for nobody else."""

from __future__ import annotations

import pytest
from django.urls import reverse

from articles.models import Desk
from articles.models.desk import Role
from tests.admin.desk import said, sit_down
from tests.factories import load_languages, make_desk, make_editor, make_member

pytestmark = pytest.mark.django_db


def posted_desk(number: int, language: str, role: Role, pk: object = "") -> dict[str, str]:
    """What a form posts of one row of desks."""
    fields = {"language": language, "role": str(role.value), "id": str(pk)}
    return {f"desks-{number}-{name}": value for name, value in fields.items()}


def test_account_is_made_together_with_its_desk() -> None:
    load_languages()
    words = {"password1": "a long password", "password2": "a long password"}
    person = {"username": "ayesha", "usable_password": "true", **words}
    desks = {"desks-TOTAL_FORMS": "1", "desks-INITIAL_FORMS": "0"}
    posted = {**person, **desks, **posted_desk(0, "ur", Role.EDITOR)}

    response = sit_down().post(reverse("admin:auth_user_add"), posted, follow=True)

    desk = Desk.objects.get()
    assert (desk.user.username, desk.language_id, desk.role) == ("ayesha", "ur", Role.EDITOR)
    assert "ayesha" in said(response)


def test_person_has_no_two_roles_at_one_desk() -> None:
    load_languages()
    member = make_member("ur", "writer")
    first = Desk.objects.get()
    posted = {
        "username": member.username,
        "is_staff": "on",
        "is_active": "on",
        "date_joined_0": "2024-03-05",
        "date_joined_1": "09:30:00",
        "desks-TOTAL_FORMS": "2",
        "desks-INITIAL_FORMS": "1",
        "desks-0-user": str(member.pk),
        **posted_desk(0, "ur", Role.WRITER, first.pk),
        **posted_desk(1, "ur", Role.PUBLISHER),
    }

    response = sit_down().post(reverse("admin:auth_user_change", args=[member.pk]), posted)

    assert response.status_code == 200
    assert Desk.objects.get().role == Role.WRITER


@pytest.mark.parametrize("language", ["en", "ur", "sd"])
def test_screens_of_people_offer_desks_and_no_permission_that_opens_nothing(language: str) -> None:
    load_languages()
    member = make_member("sd", "publisher")
    client = sit_down(language)

    for address in (
        reverse("admin:auth_user_change", args=[member.pk]),
        reverse("admin:auth_user_add"),
    ):
        page = client.get(address).content.decode()
        assert 'name="desks-TOTAL_FORMS"' in page
        assert "user_permissions" not in page
        assert 'name="groups"' not in page


def test_list_of_desks_tells_who_has_which_role(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    load_languages()
    for role in ("writer", "editor", "publisher"):
        make_desk(make_member("ur", role), "sd", role)
    client = sit_down()

    with django_assert_max_num_queries(12):
        page = client.get(reverse("admin:articles_desk_changelist")).content.decode()

    assert page.count('<bdi lang="sd" dir="rtl">') == 3 + 1  # The rows, and a choice to filter by.


def test_people_are_suggested_for_a_desk_to_superusers_alone() -> None:
    asked = {"app_label": "articles", "model_name": "desk", "field_name": "user", "term": "ayesha"}
    ayesha = make_editor(username="ayesha")
    address = reverse("admin:autocomplete")

    answer = sit_down().get(address, asked)
    refused = sit_down(member=make_member("en", "publisher")).get(address, asked)

    assert [row["id"] for row in answer.json()["results"]] == [str(ayesha.pk)]
    assert refused.status_code == 403
